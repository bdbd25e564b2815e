package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

func newRulesTest(s streams) *cobra.Command {
	var engine engineFlags
	var coverage bool
	cmd := &cobra.Command{
		Use:   "test [PATH|ID...]",
		Short: "Run the tests that the rules carry",
		Long: `Test runs the match and no_match texts of rules. A name selects rules: an id, the
beginning of one, or the path of a rule file or folder.`,
		Example: "  hookline rules test fake_job.task_boost\n  hookline rules test --rules myrules",
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := engine.compile(false)
			if err != nil {
				return err
			}
			result := ruletest.Run(d, selector(args))
			for _, f := range result.Failures {
				fmt.Fprintln(s.out, f)
			}
			fmt.Fprintf(s.out, "%d rules: %d passed, %d failed\n", result.Rules, result.Passed, len(result.Failures))
			gaps := 0
			if coverage {
				c := ruletest.Cover(d, selector(args))
				for _, gap := range c.Gaps {
					fmt.Fprintln(s.out, gap)
				}
				fmt.Fprintf(s.out, "covered: %d of %d clauses, %d of %d alternatives\n",
					c.ClausesCovered, c.Clauses, c.AlternativesCovered, c.Alternatives)
				gaps = len(c.Gaps)
			}
			if len(result.Failures)+gaps > 0 {
				return exit(exitBad)
			}
			return nil
		},
	}
	engine.register(cmd)
	cmd.Flags().BoolVar(&coverage, "coverage", false, "also say what no test reaches; any gap fails")
	return cmd
}

// selector turns ids and paths into a choice of rules; none means all.
func selector(names []string) func(*rule.Rule) bool {
	if len(names) == 0 {
		return nil
	}
	prefixes := make([]string, len(names))
	for i, name := range names {
		name = strings.TrimSuffix(strings.TrimSuffix(name, "/"), ".yaml")
		name = strings.TrimPrefix(strings.TrimPrefix(name, "./"), "rules/")
		prefixes[i] = strings.ReplaceAll(name, "/", ".")
	}
	return func(r *rule.Rule) bool {
		for _, p := range prefixes {
			if r.ID == p || strings.HasPrefix(r.ID, p+".") {
				return true
			}
		}
		return false
	}
}
