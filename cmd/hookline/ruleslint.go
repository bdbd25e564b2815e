package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/lint"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

type rulesLintOptions struct {
	engine  engineFlags
	read    readFlags
	all     bool
	fix     bool
	format  string
	against []string
	share   float64
}

func newRulesLint(s streams) *cobra.Command {
	var o rulesLintOptions
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check rules for faults that loading does not find",
		Long: `Lint prints what is wrong with a rule set, with file, line and column. Errors make
it exit 1; warnings and notes (--all) do not. --against counts, over messages that are
known to be honest, how often each rule holds, and by which terms: an alternative of a
pattern or an entry of a list that makes rules hold too often is an error.
--fix puts the fields in their order, names the schema and takes away alternatives that
others cover, in the folder of --rules: the rules do the same afterwards.`,
		Example: "  hookline rules lint --rules myrules --all\n  hookline rules lint --against honest.jsonl --max-share 0.1",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return runRulesLint(cmd.Context(), s, &o) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().BoolVar(&o.all, "all", false, "print warnings and notes too")
	cmd.Flags().BoolVar(&o.fix, "fix", false, "first mend what is safe to mend, in the files of --rules")
	cmd.Flags().StringVar(&o.format, "format", "text", "text, github, sarif or json")
	cmd.Flags().StringArrayVar(&o.against, "against", nil, "honest messages that rules are to leave alone (repeatable)")
	cmd.Flags().Float64Var(&o.share, "max-share", 0.1, "with --against: percent of them in which a rule may hold, by any one term")
	return cmd
}

func runRulesLint(ctx context.Context, s streams, o *rulesLintOptions) error {
	if o.fix {
		if err := o.mend(s); err != nil {
			return err
		}
	}
	set, err := o.engine.set()
	if err != nil {
		return err
	}
	findings := lint.Run(set, lint.Options{})
	if len(o.against) > 0 {
		broad, err := o.broad(ctx, s, set)
		if err != nil {
			return err
		}
		findings = append(findings, broad...)
	}
	counts := map[lint.Severity]int{}
	var problems []report.Problem
	for _, f := range findings {
		counts[f.Severity]++
		if f.Severity == lint.Fault || o.all {
			problems = append(problems, problem(f.Severity.String(), f.Check, &f.Error, f.String()))
		}
	}
	if err := report.Problems(s.out, o.format, version, problems); err != nil {
		return err
	}
	notes := s.out
	if o.format != "text" {
		notes = s.err
	}
	fmt.Fprintf(notes, "%d rules: %d errors, %d warnings, %d notes\n",
		len(set.Rules), counts[lint.Fault], counts[lint.Warning], counts[lint.Note])
	if counts[lint.Fault] > 0 {
		return exit(exitBad)
	}
	return nil
}

// mend formats the files of the rule folder, and takes away what changes nothing.
func (o *rulesLintOptions) mend(s streams) error {
	if o.engine.rules == "" {
		return errors.New("--fix needs --rules: the folder to mend")
	}
	mended := map[string]bool{}
	if err := eachRuleFile(o.engine.rules, func(name string) error {
		changed, err := mendFile(o.engine.rules, name)
		if changed {
			mended[filepath.ToSlash(name)] = true
		}
		return err
	}); err != nil {
		return err
	}
	const passes = 10 // as deep as groups nest, and more
	for range passes {
		set, err := (&engineFlags{rules: o.engine.rules}).set()
		if err != nil {
			break // what cannot be loaded, the run tells
		}
		files := lint.Mended(set)
		if len(files) == 0 {
			break
		}
		for name, body := range files {
			mended[name] = true
			if err := os.WriteFile(filepath.FromSlash(name), []byte(body), 0o644); err != nil {
				return err
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(mended)) {
		fmt.Fprintf(s.err, "mended: %s\n", name)
	}
	return nil
}

func mendFile(folder, name string) (changed bool, err error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	place, err := filepath.Rel(folder, name)
	if err != nil {
		return false, err
	}
	mended, err := lint.Format(lint.WithSchema(filepath.ToSlash(place), string(body)))
	if err != nil || mended == string(body) {
		return false, nil // what cannot be parsed, loading tells
	}
	return true, os.WriteFile(name, []byte(mended), 0o644)
}

// broad finds the terms that make rules hold in honest messages. A labelled
// message is honest if its label says so, any other because the user does.
func (o *rulesLintOptions) broad(ctx context.Context, s streams, set *rule.Set) ([]lint.Finding, error) {
	d, err := detector.New(set, detector.Options{})
	if err != nil {
		return nil, err
	}
	counts := ruletest.NewBroad(d)
	for _, path := range o.against {
		if err := o.read.each(ctx, s, path, func(m *message.Message) error {
			if !m.Scored() || m.Labels != nil && m.Labels.Label != "" && m.Labels.Label != eval.Benign {
				return nil
			}
			return counts.Add(m)
		}); err != nil {
			return nil, err
		}
	}
	return counts.Findings(o.share / 100), nil
}

// eachRuleFile visits the files of a rule folder, or one file.
func eachRuleFile(path string, visit func(name string) error) error {
	return filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(name) != ".yaml" {
			return err
		}
		return visit(name)
	})
}

func newRulesFmt(s streams) *cobra.Command {
	var write bool
	cmd := &cobra.Command{
		Use:     "fmt PATH...",
		Short:   "Put the fields of rule files in their fixed order",
		Example: "  hookline rules fmt --write rules",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, paths []string) error {
			changed := 0
			for _, path := range paths {
				err := eachRuleFile(path, func(name string) error {
					different, err := formatFile(name, write)
					if different {
						changed++
						fmt.Fprintln(s.out, name)
					}
					return err
				})
				if err != nil {
					return err
				}
			}
			if changed > 0 && !write {
				return exit(exitBad)
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&write, "write", false, "write the files instead of naming those that differ")
	return cmd
}

func formatFile(name string, write bool) (different bool, err error) {
	body, err := os.ReadFile(name)
	if err != nil {
		return false, err
	}
	formatted, err := lint.Format(string(body))
	if err != nil {
		return false, fmt.Errorf("%s: %w", name, err)
	}
	if formatted == string(body) {
		return false, nil
	}
	if write {
		err = os.WriteFile(name, []byte(formatted), 0o644)
	}
	return true, err
}
