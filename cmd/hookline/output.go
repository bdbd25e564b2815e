package main

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/report"
)

// outputFlags say where verdicts go and how they look.
type outputFlags struct {
	format string
	file   string
}

func (f *outputFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.format, "format", "", "table, jsonl, csv (default: table on a terminal, else jsonl)")
	cmd.Flags().StringVar(&f.file, "output", "", "file to write instead of standard output")
}

// verdictWriter is one of the formats of report.
type verdictWriter interface {
	Write(*detector.Verdict) error
}

// output is where verdicts go.
type output struct {
	verdictWriter
	finish func() error
	file   *os.File
}

func (f *outputFlags) open(s streams) (*output, error) {
	format := f.format
	if format == "" {
		format = "jsonl"
		if f.file == "" && isTerminal(s.out) {
			format = "table"
		}
	}
	out := &output{}
	w := s.out
	switch format {
	case "table", "jsonl", "csv":
	case "html", "sarif":
		return nil, fmt.Errorf("--format %s is not built yet: use table, jsonl or csv", format)
	default:
		return nil, fmt.Errorf("--format %s: want table, jsonl or csv", format)
	}
	if f.file != "" {
		file, err := os.OpenFile(f.file, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
		if err != nil {
			return nil, err
		}
		out.file, w = file, file
	}
	switch format {
	case "table":
		table := report.NewTable(width(s.out), colors(s.out) && f.file == "")
		out.verdictWriter, out.finish = table, func() error { return table.Print(w) }
	case "csv":
		rows := report.NewCSV(w)
		out.verdictWriter, out.finish = rows, rows.Flush
	default:
		lines := report.NewJSONL(w)
		out.verdictWriter, out.finish = lines, lines.Flush
	}
	return out, nil
}

// Finish writes what a format holds back until the end.
func (o *output) Finish() error {
	if o.finish == nil {
		return nil
	}
	finish := o.finish
	o.finish = nil
	return finish()
}

// Close finishes and closes.
func (o *output) Close() error {
	err := o.Finish()
	if o.file != nil {
		if closeErr := o.file.Close(); err == nil {
			err = closeErr
		}
	}
	return err
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
