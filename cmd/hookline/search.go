package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/report"
)

type searchOptions struct {
	casebook string
	format   string
	request  casebook.Request
}

func newSearch(s streams) *cobra.Command {
	var o searchOptions
	cmd := &cobra.Command{
		Use:   "search QUERY",
		Short: "Find messages in a casebook",
		Long: `Search finds messages that were scanned into a casebook, the most urgent first, of
those the newest. All words must occur in a message; "quotes" keep a phrase together;
word* takes any ending; a minus excludes. Fields: band:P0,P1 queue:victim tag:fake_job.*
sender:Lina thread: source: lang:zh wallet: phone: url: handle: (or id: for any of them)
after:2026-01-01 before: day:`,
		Example: `  hookline search --casebook book 'tag:fake_job.* "unlock"'
  hookline search --casebook book --facets band,day 'wallet:TXyz... after:2026-01-01'`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.request.Query = args[0]
			return runSearch(s, &o)
		},
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.format, "format", "", "table or jsonl (default: table on a terminal)")
	cmd.Flags().StringSliceVar(&o.request.Facets, "facets", nil, "count the hits by: "+strings.Join(casebook.FacetNames(), ", "))
	cmd.Flags().IntVar(&o.request.Size, "size", 20, "hits on a page")
	cmd.Flags().IntVar(&o.request.From, "from", 0, "hits to leave out before it")
	cmd.Flags().BoolVar(&o.request.IncludeSafety, "include-safety", false, "search the safety queue's messages too")
	return cmd
}

func runSearch(s streams, o *searchOptions) (err error) {
	book, jsonl, err := askBook(s, "search", o.casebook, o.format)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	result, err := book.Search(o.request)
	if err != nil {
		return err
	}
	if jsonl {
		err = printJSONL(s.out, &result)
	} else {
		printHits(s.out, &result)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "hookline: %d of %d messages\n", len(result.Hits), result.Total)
	return err
}

// askBook opens the casebook that a command asks, and reads its --format.
func askBook(s streams, command, folder, format string) (book *casebook.Book, jsonl bool, err error) {
	if folder == "" {
		return nil, false, fmt.Errorf("%s needs --casebook DIR", command)
	}
	if jsonl, err = wantsJSONL(format, s); err != nil {
		return nil, false, err
	}
	book, err = casebook.Open(folder)
	return book, jsonl, err
}

// wantsJSONL reads --format of the commands over a casebook.
func wantsJSONL(format string, s streams) (bool, error) {
	switch format {
	case "":
		return !isTerminal(s.out), nil
	case "jsonl", "table":
		return format == "jsonl", nil
	default:
		return false, fmt.Errorf("--format %s: want table or jsonl", format)
	}
}

// printJSONL prints a hit a line, then a line of facets.
func printJSONL(w io.Writer, r *casebook.Result) error {
	encoder := jsonTo(w, "")
	for i := range r.Hits {
		if err := encoder.Encode(&r.Hits[i]); err != nil {
			return err
		}
	}
	if r.Facets == nil {
		return nil
	}
	return encoder.Encode(map[string]any{"facets": r.Facets})
}

// shownFacets is how many values of a facet the table shows.
const shownFacets = 12

func printHits(w io.Writer, r *casebook.Result) {
	for i := range r.Hits {
		h := &r.Hits[i]
		fmt.Fprintf(w, "%s %5.1f %-9s %s %s  %s\n     %s\n", h.Band, h.Score, h.Queue, report.Visible(h.Sent),
			report.Visible(h.Sender), report.Visible(h.Thread), report.Marked(h.Text, h.Spans, width(w)-5, colors(w)))
	}
	for _, name := range casebook.FacetNames() {
		values, ok := r.Facets[name]
		if !ok {
			continue
		}
		fmt.Fprintf(w, "%s:", name)
		for _, v := range values[:min(len(values), shownFacets)] {
			fmt.Fprintf(w, "  %s %d", report.Visible(v.Value), v.Count)
		}
		if more := len(values) - shownFacets; more > 0 {
			fmt.Fprintf(w, "  and %d more", more)
		}
		fmt.Fprintln(w)
	}
}
