package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"github.com/hookline/hookline/rules"
)

func newVersion(s streams) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of the program and of its rules",
		Example: "  hookline version",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			d, err := new(engineFlags).detector()
			if err != nil {
				return err
			}
			set := d.Set()
			_, err = fmt.Fprintf(s.out, "hookline %s (%s)\nrules builtin-%s+%s: %d rules\n",
				version, runtime.Version(), rules.Version, set.Hash, len(set.Rules))
			return err
		},
	}
}

func newMan(s streams, root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "man [COMMAND]",
		Short:   "Print the manual page of hookline or of a command",
		Example: "  hookline man scan | man -l -",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return fmt.Errorf("no command %q", strings.Join(args, " "))
			}
			return doc.GenMan(cmd, &doc.GenManHeader{Section: "1", Source: "hookline " + version}, s.out)
		},
	}
}
