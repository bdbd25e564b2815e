package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/rule"
)

func newRulesSchema(s streams) *cobra.Command {
	var write string
	cmd := &cobra.Command{
		Use:   "schema [" + strings.Join(rule.SchemaKinds(), "|") + "]",
		Short: "Print the JSON Schema of rule files, for editors",
		Long: `Schema prints the JSON Schema (draft-07) of a kind of file. An editor that is led to it
by a file's first line completes fields and marks faults while a rule is written:

  # yaml-language-server: $schema=../../schema/rule.json

in a rule, ../schema/list.json and ../schema/script.json in a list and a script, and
schema/pack.json in pack.yaml. Lint --fix adds the line.`,
		Example:   "  hookline rules schema rule\n  hookline rules schema --write myrules/schema",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: rule.SchemaKinds(),
		RunE: func(_ *cobra.Command, args []string) error {
			if write != "" {
				return writeSchemas(write)
			}
			kind := "rule"
			if len(args) > 0 {
				kind = args[0]
			}
			body, err := rule.Schema(kind)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(s.out, "%s\n", body)
			return err
		},
	}
	cmd.Flags().StringVar(&write, "write", "", "write all schemas into this folder")
	return cmd
}

func writeSchemas(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	for _, kind := range rule.SchemaKinds() {
		body, err := rule.Schema(kind)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(folder, kind+".json"), append(body, '\n'), 0o644); err != nil {
			return err
		}
	}
	return nil
}
