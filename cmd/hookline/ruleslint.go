package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newRulesLint(s streams) *cobra.Command {
	var engine engineFlags
	cmd := &cobra.Command{
		Use:     "lint",
		Short:   "Check rules for faults",
		Example: "  hookline rules lint --rules myrules",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			set, err := engine.set()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(s.out, "%d rules loaded without faults\n", len(set.Rules))
			return err
		},
	}
	engine.register(cmd)
	return cmd
}
