package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/rule"
)

// newRule is a rule that loads and lints, with one test that fails until its
// author has written it.
const newRule = `# yaml-language-server: $schema=../../schema/rule.json
id: %s
title: %s
stage: contact
weight: medium
status: experimental
patterns:
  ask:
    en: ["(send|pay) [me|us] the (example|sample) fee [first]"]
lookalikes:
  - Say here which honest text looks most like this.
tests:
  match:
    - "Before we talk, ⟦ask|send us the example fee first⟧."
    - "Kindly ⟦ask|pay the sample fee⟧ today."
    - "Put here what somebody really wrote, in your own words."
  no_match:
    - "The example fee is on our website."
    - "We never ask for a fee."
    - "Thanks, I sent the sample back."
`

func newRulesNew(s streams) *cobra.Command {
	var folder string
	cmd := &cobra.Command{
		Use:   "new ID",
		Short: "Write a rule to start from, with a failing test to fill in",
		Long: `New writes <category>/<family>/<indicator>.yaml for an id, and beside it the schemas that
editors complete from. The rule lints; one of its tests fails until it holds your text.
It is experimental, which means that it is reported and scores nothing.

Categories: ` + strings.Join(rule.Categories(), ", ") + ".",
		Example: "  hookline rules new --folder mypack fake_job.pet_sitting.crate_fee",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			name, err := writeNewRule(folder, args[0])
			if err == nil {
				fmt.Fprintf(s.out, "%s\nnext: hookline rules test --rules %s\n", name, folder)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&folder, "folder", "rules", "rule folder to write into")
	return cmd
}

func writeNewRule(folder, id string) (string, error) {
	parts := strings.Split(id, ".")
	if len(parts) != 3 || slices.ContainsFunc(parts, func(part string) bool {
		return part == "" || part[0] < 'a' || part[0] > 'z' || strings.Trim(part, "abcdefghijklmnopqrstuvwxyz0123456789_") != ""
	}) {
		return "", fmt.Errorf("%s: an id is category.family.indicator, of lower-case letters, digits and _", id)
	}
	if parts[0] == "context" || !slices.Contains(rule.Categories(), parts[0]) {
		return "", fmt.Errorf("%s: unknown category %q: one of %s", id, parts[0], strings.Join(rule.Categories(), ", "))
	}
	name := filepath.Join(append([]string{folder}, parts...)...) + ".yaml"
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return "", err
	}
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", err
	}
	title := []rune(strings.ReplaceAll(parts[2], "_", " "))
	title[0] = unicode.ToUpper(title[0])
	body := fmt.Sprintf(newRule, id, string(title))
	if _, err := file.WriteString(body); err != nil {
		return "", err
	}
	if err := file.Close(); err != nil {
		return "", err
	}
	schemas := filepath.Join(folder, "schema")
	if _, err := os.Stat(schemas); err == nil {
		return filepath.ToSlash(name), nil
	}
	return filepath.ToSlash(name), writeSchemas(schemas)
}
