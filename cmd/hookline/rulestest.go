package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

type rulesTestOptions struct {
	engine   engineFlags
	coverage bool
	mutate   bool
	retain   float64
	lost     int
	overlaps bool
	junit    string
	format   string
}

func newRulesTest(s streams) *cobra.Command {
	var o rulesTestOptions
	cmd := &cobra.Command{
		Use:   "test [PATH|ID...]",
		Short: "Run the tests that the rules carry, and labelled cases",
		Long: `Test runs the match and no_match texts of rules. A name selects rules: an id, the
beginning of one, or the path of a rule file or folder. The path of anything else is a
labelled case, or a folder of them: its verdict must answer its label, and each mark in
it must have words that its rule hits.

A look-alike that is an alert through another rule fails, too, unless that rule
has the text under match. --coverage asks that every clause is decided by a
written test and that every alternative matches its own words; --mutate hides the
words of match tests in the ways that senders do, and asks how many are still
found.`,
		Example: "  hookline rules test fake_job.task_boost\n  hookline rules test --rules myrules --coverage --mutate --junit report.xml\n  hookline rules test --add-rules myrules corpus/scam mycases/one.yaml",
		RunE:    func(_ *cobra.Command, args []string) error { return runRulesTest(s, &o, args) },
	}
	o.engine.register(cmd)
	cmd.Flags().BoolVar(&o.coverage, "coverage", false, "also say what no test reaches; any gap fails")
	cmd.Flags().BoolVar(&o.mutate, "mutate", false, "also hide the words of match tests and say how many are still found")
	cmd.Flags().Float64Var(&o.retain, "min-retention", 90, "with --mutate: percent that must still be found")
	cmd.Flags().IntVar(&o.lost, "show-lost", 0, "with --mutate: show so many texts that were lost")
	cmd.Flags().BoolVar(&o.overlaps, "overlaps", false, "also name the rules for which another's look-alike is evidence, short of an alert")
	cmd.Flags().StringVar(&o.junit, "junit", "", "also write the results to this file, as JUnit XML")
	cmd.Flags().StringVar(&o.format, "format", "text", "text, github, sarif or json")
	return cmd
}

func runRulesTest(s streams, o *rulesTestOptions, args []string) error {
	d, err := o.engine.compile(false)
	if err != nil {
		return err
	}
	names, labelled, err := sortTargets(d.Set(), args)
	if err != nil {
		return err
	}
	var result ruletest.Result
	var summary []string
	keep, ruled := selector(names), len(names) > 0 || len(labelled) == 0
	if ruled {
		result = ruletest.Run(d, keep)
		summary = append(summary, fmt.Sprintf("%d rules: %d passed, %d failed", result.Rules, result.Passed, result.Tests-result.Passed))
	}
	failures := result.Failures
	if len(labelled) > 0 {
		checked, err := eval.Check(d, labelled)
		if err != nil {
			return err
		}
		failures, result.Cases = append(failures, checked.Failures...), append(result.Cases, checked.Cases...)
		summary = append(summary, fmt.Sprintf("%d labelled cases: %d passed, %d failed; %d of %d marks hit",
			checked.Tests, checked.Passed, checked.Tests-checked.Passed, checked.Hit, checked.Marks))
	}
	if o.coverage && ruled {
		c := ruletest.Cover(d, keep)
		failures = append(failures, c.Gaps...)
		summary = append(summary, fmt.Sprintf("covered: %d of %d clauses, %d of %d alternatives",
			c.ClausesCovered, c.Clauses, c.AlternativesCovered, c.Alternatives))
	}
	bad := len(failures) > 0
	problems := make([]report.Problem, len(failures))
	for i, f := range failures {
		problems[i] = problem("error", string(f.Kind), &f.Error, f.String())
	}
	if err := report.Problems(s.out, o.format, version, problems); err != nil {
		return err
	}
	notes := s.out
	if o.format != "text" {
		notes = s.err
	}
	if o.overlaps {
		for _, overlap := range result.Overlaps {
			fmt.Fprintln(notes, overlap)
		}
	}
	if o.mutate && ruled {
		lines, lost := retention(d, keep, o)
		summary = append(summary, lines...)
		bad = bad || lost
	}
	for _, line := range summary {
		fmt.Fprintln(notes, line)
	}
	if err := writeJUnit(o.junit, result.Cases); err != nil {
		return err
	}
	if bad {
		return exit(exitBad)
	}
	return nil
}

// retention hides the words of the match tests and says what is left.
func retention(d *detector.Detector, keep func(*rule.Rule) bool, o *rulesTestOptions) (lines []string, lost bool) {
	m := ruletest.Mutate(d, keep)
	line := func(name string, r ruletest.Retention) {
		lines = append(lines, fmt.Sprintf("  %5.1f %%  %5d of %5d  %s", 100*r.Share(), r.Kept, r.Changed, name))
	}
	lines = append(lines, "still found with words hidden, by operator:")
	for _, of := range m.Operators {
		if of.Changed > 0 {
			line(of.Name, of.Retention)
		}
	}
	const worst = 10
	lines = append(lines, "by rule, the least first:")
	for _, of := range m.Rules[:min(worst, len(m.Rules))] {
		if of.Changed > 0 {
			line(of.Name, of.Retention)
		}
	}
	for _, loss := range m.Losses[:min(o.lost, len(m.Losses))] {
		lines = append(lines, fmt.Sprintf("%s: %s, %s: “%s”", loss.Pos, loss.Rule, loss.Operator, report.Visible(loss.Text)))
	}
	lost = 100*m.Share() < o.retain
	lines = append(lines, fmt.Sprintf("retained: %d of %d, %.1f %% (at least %v %%)", m.Kept, m.Changed, 100*m.Share(), o.retain))
	return lines, lost
}

// problem is a fault as reports have it; picture is how people read it.
func problem(level, check string, e *rule.Error, picture string) report.Problem {
	return report.Problem{
		File: e.Pos.File, Line: e.Pos.Line, Col: e.Pos.Col, EndCol: e.Pos.Col + max(1, e.Width),
		Level: level, Check: check, Rule: e.Rule, Text: e.Text, Hint: e.Hint, Picture: picture,
	}
}

func writeJUnit(path string, cases []ruletest.Case) error {
	if path == "" {
		return nil
	}
	var suites []report.Suite
	for _, c := range cases {
		if len(suites) == 0 || suites[len(suites)-1].Name != c.Suite {
			suites = append(suites, report.Suite{Name: c.Suite})
		}
		of := report.SuiteCase{Name: fmt.Sprintf("%s %s, line %d", c.List, c.Lang, c.Pos.Line)}
		for _, f := range c.Failures {
			of.Failures = append(of.Failures, f.String())
		}
		last := &suites[len(suites)-1]
		last.Cases = append(last.Cases, of)
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := report.JUnit(file, suites); err != nil {
		return err
	}
	return file.Close()
}

// selector turns ids and paths into a choice of rules; none means all.
func selector(names []string) func(*rule.Rule) bool {
	if len(names) == 0 {
		return nil
	}
	prefixes := make([]string, len(names))
	for i, name := range names {
		name = strings.TrimSuffix(strings.TrimSuffix(name, "/"), ".yaml")
		prefixes[i] = strings.TrimPrefix(name, "./")
	}
	return func(r *rule.Rule) bool {
		file := strings.TrimSuffix(r.Pos.File, ".yaml")
		for _, p := range prefixes {
			if r.ID == p || strings.HasPrefix(r.ID, p+".") || file == p || strings.HasPrefix(file, p+"/") {
				return true
			}
		}
		return false
	}
}
