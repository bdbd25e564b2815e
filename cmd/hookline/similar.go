package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/report"
)

type similarOptions struct {
	casebook      string
	format        string
	size          int
	includeSafety bool
}

func newSimilar(s streams) *cobra.Command {
	var o similarOptions
	cmd := &cobra.Command{
		Use:   "similar TEXT|THREAD/MESSAGE|-",
		Short: "List the messages of a casebook that are most like a text",
		Example: `  hookline similar --casebook book "my uncle reads gold nodes on the night session"
  hookline similar --casebook book t-17/m3`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runSimilar(s, &o, args[0]) },
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.format, "format", "", "table or jsonl (default: table on a terminal)")
	cmd.Flags().IntVar(&o.size, "size", 10, "messages to list")
	cmd.Flags().BoolVar(&o.includeSafety, "include-safety", false, "list the safety queue's messages too")
	return cmd
}

// maxSimilar bounds what is read from standard input.
const maxSimilar = 1 << 20

func runSimilar(s streams, o *similarOptions, text string) (err error) {
	book, jsonl, err := askBook(s, "similar", o.casebook, o.format)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	if text == "-" {
		body, err := io.ReadAll(io.LimitReader(s.in, maxSimilar))
		if err != nil {
			return err
		}
		text = string(body)
	} else if !strings.ContainsAny(text, " \n") {
		known, ok, err := book.Text(text, o.includeSafety)
		if err != nil {
			return err
		}
		if ok {
			text = known
		}
	}
	near, err := book.Similar(text, o.size, o.includeSafety)
	if err != nil {
		return err
	}
	encoder := jsonTo(s.out, "")
	for i := range near {
		n := &near[i]
		if jsonl {
			if err := encoder.Encode(n); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(s.out, "%.2f %s %-9s %s %s  %s/%s\n     %s\n", n.Similarity, n.Band, n.Queue, report.Visible(n.Sent), report.Visible(n.Sender),
			report.Visible(n.Thread), report.Visible(n.Message), report.Marked(n.Text, nil, width(s.out)-5, false))
	}
	return nil
}
