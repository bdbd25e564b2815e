package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/export"
)

func newFormats(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "formats",
		Short:   "List what can be read, and how it is recognised",
		Example: "  hookline formats",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, f := range export.Formats() {
				if _, err := fmt.Fprintf(s.out, "%-22s %s\n%-22s %s\n", f.Name, f.Title, "", f.Recognised); err != nil {
					return err
				}
			}
			return nil
		},
	}
}
