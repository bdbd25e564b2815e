package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/rule"
)

func newRulesStale(s streams) *cobra.Command {
	var engine engineFlags
	var ledger, format, at string
	var days int
	cmd := &cobra.Command{
		Use:   "stale",
		Short: "List rules that have not been right for a time",
		Long: `Stale reads the ledger that eval --ledger keeps and lists the rules that have not been
right for some days, or never: scripts change, and a rule that finds nothing any more
is looked at, renewed or deprecated.`,
		Example: "  hookline eval --ledger ledger.jsonl labelled.jsonl\n  hookline rules stale --ledger ledger.jsonl --days 90",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := engine.set()
			if err != nil {
				return err
			}
			today, err := time.Parse(time.DateOnly, at)
			if err != nil {
				return fmt.Errorf("--at %s: want a day, as in 2026-11-01", at)
			}
			pages, err := eval.ReadPages(ledger)
			if err != nil {
				return err
			}
			if len(pages) == 0 {
				return fmt.Errorf("%s: no run in this ledger: hookline eval --ledger adds one", ledger)
			}
			return printStale(s, set, pages, today.AddDate(0, 0, -days), format)
		},
	}
	engine.register(cmd)
	cmd.Flags().StringVar(&ledger, "ledger", "", "the ledger")
	cmd.Flags().IntVar(&days, "days", 90, "how long a rule may go without being right")
	cmd.Flags().StringVar(&at, "at", time.Now().Format(time.DateOnly), "the day to count back from")
	cmd.Flags().StringVar(&format, "format", "table", "table or jsonl")
	_ = cmd.MarkFlagRequired("ledger")
	return cmd
}

func printStale(s streams, set *rule.Set, pages []eval.Page, since time.Time, format string) error {
	encoder := json.NewEncoder(s.out)
	for _, r := range set.Rules {
		if r.Effect != rule.NoEffect {
			continue // context is right where nothing is tagged
		}
		standing := eval.Stand(pages, r.ID)
		if !standing.Stale(since) {
			continue
		}
		var err error
		switch format {
		case "jsonl":
			err = encoder.Encode(standing)
		case "table":
			last := standing.LastRight
			if last == "" {
				last = "never"
			}
			_, err = fmt.Fprintf(s.out, "%-10s  %-12s  %s\n", last, r.Status, r.ID)
		default:
			return fmt.Errorf("--format %s: want table or jsonl", format)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// enterLedger adds a run to a ledger and says how the rules on trial stand.
func enterLedger(s streams, path string, set *rule.Set, page eval.Page) error {
	if err := eval.AddPage(path, page); err != nil {
		return err
	}
	pages, err := eval.ReadPages(path)
	if err != nil {
		return err
	}
	for _, r := range set.Rules {
		if r.Status != rule.Experimental && r.Status != rule.Testing {
			continue
		}
		standing := eval.Stand(pages, r.ID)
		answer := "not yet"
		if standing.Ready {
			answer = "ready to be stable"
		}
		fmt.Fprintf(s.err, "%s (%s): %s: precision %.2f, in %.3f %% of threads, in %.2f %% of benign ones\n",
			r.ID, r.Status, answer, standing.Precision, 100*standing.HitRate, 100*standing.False)
	}
	return nil
}
