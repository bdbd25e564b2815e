package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
)

type evalOptions struct {
	engine engineFlags
	read   readFlags
	format string
	group  string
	review eval.Review
	cases  string

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
		Example: "  hookline eval labelled.jsonl.gz corpus\n  hookline eval --format json labelled.jsonl > before.json",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runEval(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().StringVar(&o.format, "format", "table", "table or json")
	cmd.Flags().StringVar(&o.group, "group", "cluster", "label field that ties near duplicates together")
	cmd.Flags().IntVar(&o.review.Reviewers, "reviewers", 1, "people who look at alerts")
	cmd.Flags().Float64Var(&o.review.Minutes, "minutes", 3, "minutes a look takes")
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
	report := eval.NewReport(d.Rules(), ids, cases, o.review)
	report.Unscored = run.Unscored
	switch o.format {
	case "json":
		encoder := json.NewEncoder(s.out)
		encoder.SetIndent("", " ")
		return encoder.Encode(report)
	case "table":
		return report.Print(s.out)
	default:
		return fmt.Errorf("--format %s: want table or json", o.format)
	}
}

// gather reads one labelled file, or a folder of corpus cases.
func (o *evalOptions) gather(ctx context.Context, s streams, run *eval.Run, path string) error {
	name := setName(path)
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		if cases, _ := fs.Glob(os.DirFS(path), "*/*.yaml"); len(cases) > 0 {
			if err := gatherCases(run, name, path); err != nil {
				return err
			}
			held := filepath.Join(path, labelled.HeldOut)
			if _, err := os.Stat(held); err != nil || !o.heldOut {
				return nil
			}
			return gatherCases(run, name+"/"+labelled.HeldOut, held)
		}
	}
	_, err := o.read.read(ctx, s, []string{path}, handlers{
		message: func(m *message.Message) error { return run.Add(name, m) },
	})
	return err
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
