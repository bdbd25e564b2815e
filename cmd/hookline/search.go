package main

import (
	"encoding/json"
	"errors"
	"fmt"

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
		Long: `Search finds messages that were scanned into a casebook. All words must occur;
"quotes" keep a phrase together; a minus excludes. Fields: band:P1 queue: tag:fake_job.*
sender: thread: lang:zh wallet: phone: url: after:2026-01-01 before: day:`,
		Example: `  hookline search --casebook book 'tag:fake_job.* "unlock"'`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			o.request.Query = args[0]
			return runSearch(s, &o)
		},
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.format, "format", "", "table or jsonl (default: table on a terminal)")
	cmd.Flags().IntVar(&o.request.Size, "size", 20, "hits on a page")
	cmd.Flags().IntVar(&o.request.From, "from", 0, "hits to leave out before it")
	cmd.Flags().BoolVar(&o.request.IncludeSafety, "include-safety", false, "search the safety queue's messages too")
	return cmd
}

func runSearch(s streams, o *searchOptions) (err error) {
	if o.casebook == "" {
		return errors.New("search needs --casebook DIR")
	}
	book, err := casebook.Open(o.casebook)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	result, err := book.Search(o.request)
	if err != nil {
		return err
	}
	if o.format == "jsonl" || o.format == "" && !isTerminal(s.out) {
		encoder := json.NewEncoder(s.out)
		encoder.SetEscapeHTML(false)
		for _, hit := range result.Hits {
			if err := encoder.Encode(hit); err != nil {
				return err
			}
		}
	} else {
		for _, hit := range result.Hits {
			fmt.Fprintf(s.out, "%s %5s %-9s %s %s\n     %s\n", hit.Band, hit.Score, hit.Queue, report.Visible(hit.Sent),
				report.Visible(hit.Sender), report.Marked(hit.Text, hit.Spans, width(s.out)-5, colors(s.out)))
		}
	}
	_, err = fmt.Fprintf(s.err, "hookline: %d of %d messages\n", len(result.Hits), result.Total)
	return err
}
