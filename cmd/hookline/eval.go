package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
)

type evalOptions struct {
	engine engineFlags
	read   readFlags
	format string
	group  string
	review eval.Review
	cases  string

	baseline string
	drop     float64
	ledger   string

	heldOut bool // read a corpus' held-out cases, too
}

func newEval(s streams) *cobra.Command {
	o := evalOptions{heldOut: true}
	cmd := &cobra.Command{
		Use:   "eval FILE...",
		Short: "Measure precision, recall, calibration and early warning on labelled messages",
		Long: `Eval reads labelled message JSONL (.gz too) or folders of corpus cases, judges every
thread, and prints what was caught and what was flagged wrongly, per set (a file's
base name), language and category, with counts and 95 % intervals. The held-out cases
of a corpus are sets of their own.`,
		Example: "  hookline eval labelled.jsonl.gz corpus\n  hookline eval --format json labelled.jsonl > before.json\n  hookline eval --baseline before.json --fail-on-drop 1 labelled.jsonl",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runEval(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().StringVar(&o.format, "format", "table", "table or json")
	cmd.Flags().StringVar(&o.group, "group", "cluster", "label field that ties near duplicates together")
	cmd.Flags().IntVar(&o.review.Reviewers, "reviewers", 1, "people who look at alerts")
	cmd.Flags().Float64Var(&o.review.Minutes, "minutes", 3, "minutes a look takes")
	cmd.Flags().StringVar(&o.baseline, "baseline", "", "earlier eval --format json: say which sets, rules and cases got worse")
	cmd.Flags().Float64Var(&o.drop, "fail-on-drop", -1, "with --baseline: exit 1 where a set's share got worse by more than so many points (default: never)")
	cmd.Flags().StringVar(&o.ledger, "ledger", "", "file of JSON lines that remembers what each rule got right: add this run")
	cmd.Flags().StringVar(&o.cases, "cases", "", "file for one line a thread: set, label, band, queue, score, tags")
	return cmd
}

func runEval(ctx context.Context, s streams, o *evalOptions, paths []string) error {
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	run := eval.NewRun(d, o.group)
	for _, path := range paths {
		if err := o.gather(ctx, s, run, path); err != nil {
			return err
		}
	}
	cases := run.Cases()
	if o.cases != "" {
		if err := writeCases(o.cases, cases); err != nil {
			return err
		}
	}
	ids := make([]string, len(d.Set().Rules))
	for i, r := range d.Set().Rules {
		ids[i] = r.ID
	}
	measured := eval.NewReport(d.Rules(), ids, cases, o.review)
	measured.Unscored = run.Unscored
	switch o.format {
	case "json":
		encoder := json.NewEncoder(s.out)
		encoder.SetIndent("", " ")
		err = encoder.Encode(measured)
	case "table":
		err = measured.Print(s.out)
	default:
		err = fmt.Errorf("--format %s: want table or json", o.format)
	}
	if err != nil {
		return err
	}
	if o.ledger != "" {
		if err := enterLedger(s, o.ledger, d.Set(), eval.NewPage(time.Now(), &measured, cases)); err != nil {
			return err
		}
	}
	return o.compare(s, &measured)
}

// compare says on standard error what is worse than in the baseline.
func (o *evalOptions) compare(s streams, after *eval.Report) error {
	if o.baseline == "" {
		return nil
	}
	body, err := os.ReadFile(o.baseline)
	if err != nil {
		return err
	}
	var before eval.Report
	if err := json.Unmarshal(body, &before); err != nil {
		return fmt.Errorf("%s: not an eval --format json: %w", o.baseline, err)
	}
	worse := eval.Compare(&before, after, max(0, o.drop))
	const most = 20
	printSome(s.err, "worse than the baseline, by set:", worse.Sets, most)
	printSome(s.err, "rules that are right less often or wrong more often:", worse.Rules, most)
	printSome(s.err, "cases that were right:", worse.Cases, most)
	if len(worse.Sets)+len(worse.Rules)+len(worse.Cases) == 0 {
		fmt.Fprintln(s.err, "nothing is worse than the baseline")
	}
	if o.drop >= 0 && len(worse.Sets) > 0 {
		return exit(exitBad)
	}
	return nil
}

// printSome prints the first few of a list, and how many more there are.
func printSome[T any](w io.Writer, title string, all []T, most int) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, title)
	for _, item := range all[:min(most, len(all))] {
		fmt.Fprintf(w, "  %s\n", report.Visible(fmt.Sprint(item)))
	}
	if more := len(all) - most; more > 0 {
		fmt.Fprintf(w, "  and %d more\n", more)
	}
}

// gather reads one labelled file, or a folder of corpus cases.
func (o *evalOptions) gather(ctx context.Context, s streams, run *eval.Run, path string) error {
	name := setName(path)
	if isCorpus(path) {
		if err := gatherCases(run, name, path); err != nil {
			return err
		}
		held := filepath.Join(path, labelled.HeldOut)
		if _, err := os.Stat(held); err != nil || !o.heldOut {
			return nil
		}
		return gatherCases(run, name+"/"+labelled.HeldOut, held)
	}
	_, err := o.read.read(ctx, s, []string{path}, handlers{
		message: func(m *message.Message) error { return run.Add(name, m) },
	})
	return err
}

// isCorpus says whether a path is a folder of corpus cases.
func isCorpus(path string) bool {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return false
	}
	cases, _ := fs.Glob(os.DirFS(path), "*/*.yaml")
	return len(cases) > 0
}

func gatherCases(run *eval.Run, name, path string) error {
	return labelled.Walk(os.DirFS(path), func(c labelled.Case) error {
		messages := c.Messages()
		for i := range messages {
			if err := run.Add(name+"/"+strings.SplitN(c.Path, "/", 2)[0], &messages[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// setName is a file's base name without its endings.
func setName(path string) string {
	name, _, _ := strings.Cut(filepath.Base(filepath.Clean(path)), ".")
	return name
}

func writeCases(path string, cases []eval.Case) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(file)
	for i := range cases {
		c := &cases[i]
		err := encoder.Encode(map[string]any{
			"set": c.Set, "thread": c.Verdict.Thread, "label": c.Label, "category": c.Category, "lang": c.Lang,
			"band": c.Verdict.Band, "queue": c.Verdict.Queue, "score": c.Verdict.Score, "tags": c.Verdict.Tags,
			"reason": c.Verdict.BandReason,
		})
		if err != nil {
			return err
		}
	}
	return file.Close()
}
