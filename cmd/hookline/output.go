package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/scan"
)

// outputFlags say where verdicts go and how they look.
type outputFlags struct {
	format string
	file   string
	redact bool
}

func (f *outputFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "format", "", "table, jsonl, csv, html, sarif (default: table on a terminal, else jsonl)")
	cmd.Flags().StringVar(&f.file, "output", "", "file to write instead of standard output")
	cmd.Flags().BoolVar(&f.redact, "redact", false, "pseudonyms for names, numbers and addresses; positions stay")
}

// verdictWriter is one of the formats of report.
type verdictWriter interface {
	Write(*detector.Verdict) error
}

// output is where verdicts go.
type output struct {
	verdictWriter
	finish     func(report.Summary) error
	record     func(*scan.Options) // makes a scan give its messages too; nil if not needed
	transcript *transcript         // of formats that show conversations
	file       *os.File
}

// open makes ready to write the verdicts of a detector. region is that of phone
// numbers, for redaction.
func (f *outputFlags) open(s streams, d *detector.Detector, region string) (*output, error) {
	format := f.format
	if format == "" {
		format = "jsonl"
		if f.file == "" && isTerminal(s.out) {
			format = "table"
		}
	}
	if !slices.Contains(verdictFormats, format) {
		return nil, fmt.Errorf("--format %s: want one of %s", format, strings.Join(verdictFormats, ", "))
	}
	out := &output{}
	w := s.out
	if f.file != "" {
		file, err := os.OpenFile(f.file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return nil, err
		}
		out.file, w = file, file
	}
	var redactor *report.Redactor
	if f.redact {
		redactor = report.NewRedactor(region)
	}
	switch format {
	case "table":
		table := report.NewTable(width(s.out), colors(s.out) && f.file == "")
		out.verdictWriter, out.finish = table, func(report.Summary) error { return table.Print(w) }
	case "csv":
		rows := report.NewCSV(w)
		out.verdictWriter, out.finish = rows, func(report.Summary) error { return rows.Flush() }
	case "sarif":
		log := report.NewSARIF(d.Set(), version)
		out.verdictWriter, out.finish = log, func(report.Summary) error { return log.Print(w) }
	case "html":
		out.transcript = newTranscript()
		page := report.NewHTML(d, region, redactor)
		out.verdictWriter, out.record = withConversation{page, out.transcript}, out.transcript.record
		out.finish = func(sum report.Summary) error { return page.Print(w, sum) }
	default:
		lines := report.NewJSONL(w)
		out.verdictWriter, out.finish = lines, func(report.Summary) error { return lines.Flush() }
	}
	if f.redact && format != "html" {
		hidden := newRedacted(out.verdictWriter, redactor)
		out.verdictWriter, out.record = hidden, hidden.record
	}
	return out, nil
}

// verdictFormats are the formats of --format.
var verdictFormats = []string{"table", "jsonl", "csv", "html", "sarif"}

// withConversation gives an HTML report its conversations.
type withConversation struct {
	page       *report.HTML
	transcript *transcript
}

func (w withConversation) Write(v *detector.Verdict) error {
	return w.page.Write(v, w.transcript.messages(v.Key))
}

// Finish writes what a format holds back until the end.
func (o *output) Finish(sum report.Summary) error {
	if o.finish == nil {
		return nil
	}
	finish := o.finish
	o.finish = nil
	return finish(sum)
}

// Close finishes and closes.
func (o *output) Close() error {
	err := o.Finish(report.Summary{})
	if o.transcript != nil {
		err = errors.Join(err, o.transcript.Close())
	}
	if o.file != nil {
		err = errors.Join(err, o.file.Close())
	}
	return err
}

// jsonTo prints values as JSON, a line each or indented, with markup as it is.
func jsonTo(w io.Writer, indent string) *json.Encoder {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	return encoder
}

func terminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

const defaultWidth = 120

// width is that of the terminal, or a usual one.
func width(w io.Writer) int {
	if f, ok := w.(*os.File); ok && terminal(f) {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return defaultWidth
}

// colors follows the convention of NO_COLOR and dumb terminals.
func colors(w io.Writer) bool {
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
