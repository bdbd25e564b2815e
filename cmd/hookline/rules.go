package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/rule"
)

func newRules(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List, show, check and test rules",
		Example: `  hookline rules list
  hookline rules show fake_job.task_boost.like_rate_pay
  hookline rules test rules/fake_job`,
	}
	cmd.AddCommand(newRulesList(s), newRulesShow(s), newRulesLint(s), newRulesTest(s), newRulesFmt(s),
		newRulesSchema(s), newRulesPack(s), newRulesStale(s),
		newRulesDiff(s), newRulesNew(s))
	return cmd
}

func newRulesList(s streams) *cobra.Command {
	var engine engineFlags
	var format string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the rules with class, stage and languages",
		Example: "  hookline rules list --format jsonl",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := engine.set()
			if err != nil {
				return err
			}
			return listRules(s, set, format)
		},
	}
	engine.register(cmd)
	cmd.Flags().StringVar(&format, "format", "table", "table or jsonl")
	return cmd
}

// ruleRow is a rule as rules list prints it.
type ruleRow struct {
	ID        string      `json:"id"`
	Title     string      `json:"title"`
	Class     rule.Class  `json:"weight"`
	LogOdds   float64     `json:"log_odds"`
	Stage     rule.Stage  `json:"stage"`
	Queue     rule.Queue  `json:"queue"`
	Status    rule.Status `json:"status"`
	Languages []string    `json:"languages"`
}

func listRules(s streams, set *rule.Set, format string) error {
	encoder := jsonTo(s.out, "")
	for _, r := range set.Rules {
		row := ruleRow{r.ID, r.Title, r.Class, r.Weight, r.Stage, r.Queue, r.Status, languagesOf(r)}
		var err error
		switch format {
		case "jsonl":
			err = encoder.Encode(row)
		case "table":
			_, err = fmt.Fprintf(s.out, "%-52s %-7s %5.2f  %-14s %s  (%s)\n",
				row.ID, row.Class, row.LogOdds, row.Stage, row.Title, strings.Join(row.Languages, " "))
		default:
			return fmt.Errorf("--format %s: want table or jsonl", format)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func languagesOf(r *rule.Rule) (codes []string) {
	seen := map[string]bool{}
	for _, p := range r.Patterns() {
		if !seen[p.Lang] {
			seen[p.Lang] = true
			codes = append(codes, p.Lang)
		}
	}
	return codes
}

func newRulesShow(s streams) *cobra.Command {
	var engine engineFlags
	cmd := &cobra.Command{
		Use:     "show ID",
		Short:   "Print a rule as its author wrote it",
		Example: "  hookline rules show romance_investment.lock_in.tax_or_fee",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			set, err := engine.set()
			if err != nil {
				return err
			}
			r, ok := set.Rule(args[0])
			if !ok {
				return fmt.Errorf("no rule %q: hookline rules list names them", args[0])
			}
			text, _ := set.Text(r.Pos.File)
			_, err = fmt.Fprint(s.out, text.Body)
			return err
		},
	}
	engine.register(cmd)
	return cmd
}
