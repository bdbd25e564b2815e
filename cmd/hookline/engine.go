package main

import (
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/resemble"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

// engineFlags choose the rules and the options of a detector.
type engineFlags struct {
	rules    string
	add      []string
	baseRate float64
	region   string
	shadowed []string // rules that are reported and score nothing
}

func (f *engineFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.rules, "rules", "", "rule folder instead of the built-in rules")
	cmd.Flags().StringArrayVar(&f.add, "add-rules", nil, "rule folder beside them (repeatable)")
	cmd.Flags().Float64Var(&f.baseRate, "base-rate", 0, "share of scams among what is scanned (default: what the weights were fitted for)")
	cmd.Flags().StringVar(&f.region, "region", "", "country (ISO 3166) of phone numbers without a country code")
}

// set loads the rules, with their tests.
func (f *engineFlags) set() (*rule.Set, error) { return f.load(false) }

func (f *engineFlags) load(untested bool) (*rule.Set, error) {
	var folders []fs.FS
	if f.rules != "" {
		folder, err := ruleFolder(f.rules)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	} else {
		folders = append(folders, rules.FS)
	}
	for _, path := range f.add {
		folder, err := ruleFolder(path)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return rule.LoadFolders(rule.Folder{FS: overlay(folders), Untested: untested})
}

func ruleFolder(path string) (fs.FS, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, fmt.Errorf("%s: not a folder of rules", path)
	}
	return os.DirFS(path), nil
}

// detector compiles the rules with everything that can be plugged in.
func (f *engineFlags) detector() (*detector.Detector, error) { return f.compile(true) }

func (f *engineFlags) compile(untested bool) (*detector.Detector, error) {
	// What loading makes stays: collecting meanwhile only costs start-up time.
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	set, err := f.load(untested)
	if err != nil {
		return nil, err
	}
	if set, err = set.Shadowed(f.shadowed...); err != nil {
		return nil, err
	}
	return detector.New(set, detector.Options{
		Name: f.name(), Region: f.region, BaseRate: f.baseRate,
		Language: new(langid.Identifier), Resemblance: resemble.New(corpus.FS),
	})
}

func (f *engineFlags) name() string {
	if f.rules == "" && len(f.add) == 0 {
		return "builtin-" + rules.Version
	}
	return "custom"
}
