package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

func newVerdicts(s streams) *cobra.Command {
	var engine engineFlags
	cmd := &cobra.Command{
		Use:   "verdicts",
		Short: "Print the verdicts of a rule set as JSONL",
		Long: `Verdicts prints, for each conversation in which anything was found, the verdict as
hookline scan prints it. Messages and languages, which a scan counts, are not counted.`,
		Example: "  hookline-stream verdicts --store sqlite:verdicts.db | jq 'select(.band <= \"P2\")'",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, store, err := engine.kept(cmd.Context())
			if err != nil {
				return err
			}
			out := bufio.NewWriter(s.out)
			err = store.Verdicts(cmd.Context(), func(v sink.Verdict) error {
				_, err := fmt.Fprintf(out, "%s\n", v.JSON)
				return err
			})
			return errors.Join(err, out.Flush(), store.Close())
		},
	}
	engine.register(cmd)
	return cmd
}

// kept opens what was found with the rules.
func (f *engineFlags) kept(ctx context.Context) (*detector.Detector, sink.Store, error) {
	d, err := f.detector()
	if err != nil {
		return nil, nil, err
	}
	store, err := f.open(ctx, d)
	return d, store, err
}

func newCheck(s streams) *cobra.Command {
	var engine engineFlags
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Prove that the verdicts follow from the rows",
		Long: `Check reads every thread with its rows, counts rows that are there twice, merges the
rows into the state and judges it again. Anything that differs makes it fail.`,
		Example: "  hookline-stream check --store postgres://localhost/hookline",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			d, store, err := engine.kept(cmd.Context())
			if err != nil {
				return err
			}
			defer func() { _ = store.Close() }()
			found, err := audit(cmd.Context(), d, store)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.out, "threads %d, rows %d, doubled rows %d, differing threads %d\n", found.threads, found.rows, found.doubled, found.differing)
			if found.doubled+found.differing > 0 {
				return errors.New("the verdicts do not follow from the rows")
			}
			return nil
		},
	}
	engine.register(cmd)
	return cmd
}

// audited is what an audit found.
type audited struct{ threads, rows, doubled, differing int }

func audit(ctx context.Context, d *detector.Detector, store sink.Store) (found audited, err error) {
	err = store.Threads(ctx, func(t sink.Thread, rows []sink.Row) error {
		found.threads++
		found.rows += len(rows)
		if len(t.State) == 0 {
			return nil // entered by a transaction that wrote nothing else
		}
		seen := map[message.Key]bool{}
		for _, r := range rows {
			if seen[r.Message] {
				found.doubled++
			}
			seen[r.Message] = true
		}
		state, err := d.DecodeMatches(t.State)
		if err != nil {
			return err
		}
		for _, r := range rows {
			m, err := d.DecodeMatches(r.Matches)
			if err != nil {
				return err
			}
			state.Merge(m)
		}
		again := sink.Judged(d, state, d.AppendMatches(nil, &state))
		if !bytes.Equal(again.State, t.State) || !bytes.Equal(again.Verdict, t.Verdict) && !(again.Quiet && t.Verdict == nil) {
			found.differing++
		}
		return nil
	})
	return found, err
}
