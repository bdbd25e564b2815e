package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/scan"
)

type scanOptions struct {
	engine   engineFlags
	read     readFlags
	output   outputFlags
	per      string
	minBand  string
	failOn   string
	workers  int
	grouped  bool
	keep     keepFlags
	progress string
	policy   string
	ignore   string
}

func newScan(s streams) *cobra.Command {
	var o scanOptions
	cmd := &cobra.Command{
		Use:   "scan PATH...",
		Short: "Read exports or adverts and print verdicts, most urgent first",
		Long: `Scan reads files, folders and archives ("-" is standard input), recognises their
format by content, and prints a verdict for each conversation or advert: a table on
a terminal, JSONL in a pipe.`,
		Example: `  hookline scan chat.zip result.json adverts/
  hookline scan --format jsonl --min-band P3 dump.jsonl > alerts.jsonl
  hookline scan --fail-on P1 --input text post.txt`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runScan(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	o.output.register(cmd)
	o.keep.register(cmd)
	cmd.Flags().StringVar(&o.per, "per", "thread", "thread or message")
	cmd.Flags().StringVar(&o.minBand, "min-band", "P4", "least urgent band to print, P0 to P4")
	cmd.Flags().StringVar(&o.failOn, "fail-on", "", "exit 1 where a verdict is at or above this band")
	cmd.Flags().IntVar(&o.workers, "workers", 0, "messages matched at once (default: one per processor)")
	cmd.Flags().BoolVar(&o.grouped, "grouped", false, "threads are contiguous: close each at the switch to the next")
	cmd.Flags().StringVar(&o.policy, "policy", "", "YAML file with the action for bands and queues")
	cmd.Flags().StringVar(&o.ignore, "ignore", "", "YAML file of known senders, domains, threads and rules, with reasons and dates")
	cmd.Flags().StringVar(&o.progress, "progress", "auto", "auto or never")
	return cmd
}

func runScan(ctx context.Context, s streams, o *scanOptions, paths []string) (err error) {
	minBand, failOn, err := o.bands()
	if err != nil {
		return err
	}
	rules, err := readPolicy(o.policy)
	if err != nil {
		return err
	}
	known, err := readIgnore(o.ignore, time.Now())
	if err != nil {
		return err
	}
	o.engine.shadowed = known.rules
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	out, err := o.output.open(s, d, o.engine.region)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	bad := false
	options := scan.Options{
		Workers: o.workers, PerMessage: o.per == "message", Grouped: o.grouped, Language: langid.Guess,
		Verdict: func(v *detector.Verdict) error {
			if known.ignores(v) {
				return nil
			}
			rules.apply(v)
			bad = bad || failOn != rule.NoBand && v.Band >= failOn
			if v.Band < minBand {
				return nil
			}
			return out.Write(v)
		},
	}
	book, err := o.keep.open(s, d, o.engine.region)
	if err != nil {
		return err
	}
	if book != nil {
		defer func() { err = errors.Join(err, book.Close()) }()
		book.record(&options)
		if paths, err = book.left(paths, s); err != nil || len(paths) == 0 {
			return err
		}
	}
	if out.record != nil {
		out.record(&options)
	}
	run := scan.New(d, options)
	bar := newProgress(s, o.progress, paths)
	counts, readErr := o.read.read(ctx, s, paths, handlers{
		message: func(m *message.Message) error {
			bar.add()
			return run.Message(m)
		},
		end: func() error {
			if err := run.Flush(); err != nil || book == nil {
				return err
			}
			return book.finish(ctx)
		},
	})
	done, closeErr := run.Close()
	bar.close()
	sum := report.Summary{
		Messages: done.Scanned + skipped(counts, done), Scanned: done.Scanned, Skipped: skipped(counts, done),
		Threads: done.Threads, Sources: paths, Rules: d.Rules(),
	}
	if err := out.Finish(sum); err != nil {
		return err
	}
	known.summarise(s.err)
	fmt.Fprintf(s.err, "hookline: read %d messages in %d threads: %d scanned, %d skipped\n",
		sum.Messages, sum.Threads, sum.Scanned, sum.Skipped)
	return verdictOf(readErr, closeErr, bad, counts)
}

func (o *scanOptions) bands() (minBand, failOn rule.Band, err error) {
	if o.per != "thread" && o.per != "message" {
		return 0, 0, fmt.Errorf("--per %s: want thread or message", o.per)
	}
	if minBand, err = parseBand(o.minBand); err != nil {
		return 0, 0, fmt.Errorf("--min-band: %w", err)
	}
	if o.failOn != "" {
		if failOn, err = parseBand(o.failOn); err != nil {
			return 0, 0, fmt.Errorf("--fail-on: %w", err)
		}
	}
	return minBand, failOn, nil
}

func parseBand(text string) (b rule.Band, err error) {
	if text == "" {
		return b, errors.New("no band")
	}
	err = b.UnmarshalText([]byte(text))
	return b, err
}

// skipped counts what was read and not scanned: faults, repeats, notices.
func skipped(counts export.Counts, done scan.Counts) int64 {
	return counts.Faults + counts.Duplicates + done.Messages - done.Scanned
}

// verdictOf turns the outcome of a scan into an exit code: 2, then 1, then 3.
func verdictOf(readErr, closeErr error, bad bool, counts export.Counts) error {
	if readErr != nil {
		return readErr
	}
	if closeErr != nil {
		return closeErr
	}
	switch {
	case bad:
		return exit(exitBad)
	case counts.Faults > 0:
		return exit(exitSkipped)
	default:
		return nil
	}
}

// isTerminal says whether a stream is one a person looks at.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && terminal(f)
}
