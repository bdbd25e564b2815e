package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/lint"
)

func newRulesLint(s streams) *cobra.Command {
	var engine engineFlags
	var all bool
	cmd := &cobra.Command{
		Use:   "lint",
		Short: "Check rules for faults that loading does not find",
		Long: `Lint prints what is wrong with a rule set, with file, line and column. Errors make
it exit 1; warnings and notes (--all) do not.`,
		Example: "  hookline rules lint --rules myrules --all",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := engine.set()
			if err != nil {
				return err
			}
			counts := map[lint.Severity]int{}
			for _, f := range lint.Run(set, lint.Options{}) {
				counts[f.Severity]++
				if f.Severity == lint.Fault || all {
					fmt.Fprintln(s.out, f)
				}
			}
			fmt.Fprintf(s.out, "%d rules: %d errors, %d warnings, %d notes\n",
				len(set.Rules), counts[lint.Fault], counts[lint.Warning], counts[lint.Note])
			if counts[lint.Fault] > 0 {
				return exit(exitBad)
			}
			return nil
		},
	}
	engine.register(cmd)
	cmd.Flags().BoolVar(&all, "all", false, "print warnings and notes too")
	return cmd
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
				err := filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
					if err != nil || entry.IsDir() || filepath.Ext(name) != ".yaml" {
						return err
					}
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
