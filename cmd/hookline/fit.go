package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/fit"
	"github.com/hookline/hookline/detector/labelled"
)

type fitOptions struct {
	eval    evalOptions
	options fit.Options
	output  string
}

func newFit(s streams) *cobra.Command {
	var o fitOptions
	cmd := &cobra.Command{
		Use:   "fit FILE...",
		Short: "Fit the rules' weights and the thresholds to labelled messages",
		Long: `Fit reads what eval reads and writes weights.yaml: a bounded logistic regression on
the evidence that verdicts add up, every set weighing the same, and the thresholds for
a stated share of false alerts. The same input gives the same bytes. It leaves the
held-out cases of a corpus out, and refuses a path to them.`,
		Example: "  hookline fit labelled.jsonl.gz corpus --output rules/weights.yaml",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runFit(cmd.Context(), s, &o, args) },
	}
	o.eval.engine.register(cmd)
	o.eval.read.register(cmd)
	cmd.Flags().StringVar(&o.eval.group, "group", "cluster", "label field that ties near duplicates together")
	cmd.Flags().Float64Var(&o.options.Budget, "budget", 0.002, "share of benign threads that may be alerts by score")
	cmd.Flags().IntVar(&o.options.Folds, "folds", 5, "folds of the grouped cross-validation")
	cmd.Flags().StringVar(&o.output, "output", "", "file to write instead of standard output")
	return cmd
}

func runFit(ctx context.Context, s streams, o *fitOptions, paths []string) error {
	d, err := o.eval.engine.detector()
	if err != nil {
		return err
	}
	o.options.BaseRate = o.eval.engine.baseRate
	if o.options.BaseRate == 0 {
		o.options.BaseRate = d.Set().Weights.BaseRate
	}
	run := eval.NewRun(d, o.eval.group)
	for _, path := range paths {
		if heldOut(path) {
			return fmt.Errorf("%s: held-out cases measure, and are never fitted to", path)
		}
		if err := o.eval.gather(ctx, s, run, path); err != nil {
			return err
		}
	}
	result := fit.Fit(d.Set(), run.Cases(), o.options)
	if result.Scams == 0 || result.Scams == result.Threads {
		return errors.New("fit needs labelled threads of both kinds, scam and benign")
	}
	if o.output == "" {
		_, err = io.WriteString(s.out, result.YAML(o.options))
		return err
	}
	if err := os.WriteFile(o.output, []byte(result.YAML(o.options)), 0o644); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "hookline: %s: %d weights, t3 %g, t2 %g\n", o.output, len(result.Weights), result.T3, result.T2)
	return err
}

// heldOut tells whether a path is of held-out cases.
func heldOut(path string) bool {
	whole, err := filepath.Abs(path)
	if err != nil {
		whole = path
	}
	return slices.Contains(strings.Split(filepath.ToSlash(whole), "/"), labelled.HeldOut)
}
