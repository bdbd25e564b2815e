package main

import (
	"crypto/ed25519"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/pack"
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
	keys     []string // that must have signed the folders
	shadowed []string // rules that are reported and score nothing
}

func (f *engineFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.rules, "rules", "", "rule folder instead of the built-in rules")
	cmd.Flags().StringArrayVar(&f.add, "add-rules", nil, "rule folder beside them; its pack.yaml says which rules it takes the place of (repeatable)")
	cmd.Flags().StringArrayVar(&f.keys, "require-key", nil, "public key, or its file, that must have signed those folders (repeatable: one of them)")
	cmd.Flags().Float64Var(&f.baseRate, "base-rate", 0, "share of scams among what is scanned (default: what the weights were fitted for)")
	cmd.Flags().StringVar(&f.region, "region", "", "country (ISO 3166) of phone numbers without a country code")
}

// set loads the rules, with their tests.
func (f *engineFlags) set() (*rule.Set, error) { return f.load(false) }

func (f *engineFlags) load(untested bool) (*rule.Set, error) {
	options := pack.Options{Engine: version, Untested: untested}
	for _, text := range f.keys {
		key, err := publicKey(text)
		if err != nil {
			return nil, err
		}
		options.Keys = append(options.Keys, key)
	}
	folders := []pack.Folder{{FS: rules.FS, Name: "rules", Version: "builtin-" + rules.Version, Trusted: true}}
	if f.rules != "" {
		folders = nil
	}
	for _, path := range f.paths() {
		folder, err := ruleFolder(path)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return pack.Load(folders, options)
}

// paths are the rule folders that are no part of the program.
func (f *engineFlags) paths() []string {
	if f.rules == "" {
		return f.add
	}
	return append([]string{f.rules}, f.add...)
}

func ruleFolder(path string) (pack.Folder, error) {
	info, err := os.Stat(path)
	if err != nil {
		return pack.Folder{}, err
	}
	if !info.IsDir() {
		return pack.Folder{}, fmt.Errorf("%s: not a folder of rules", path)
	}
	return pack.Folder{FS: os.DirFS(path), Name: filepath.ToSlash(filepath.Clean(path))}, nil
}

// publicKey reads a key, or the file that holds one.
func publicKey(text string) (ed25519.PublicKey, error) {
	if body, err := os.ReadFile(text); err == nil {
		text = string(body)
	}
	key, err := pack.DecodeKey(text)
	if err != nil {
		return nil, fmt.Errorf("--require-key: %w", err)
	}
	return key, nil
}

// detector compiles the rules with everything that can be plugged in.
func (f *engineFlags) detector() (*detector.Detector, error) { return f.compile(true) }

func (f *engineFlags) compile(untested bool) (*detector.Detector, error) {
	defer collectLater()()
	go fold.Table() // needed in any case, and nothing else yet
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

// collectLater keeps the garbage collector away while rules are loaded, for
// what loading makes stays. The function that it returns lets it back in when
// the heap has about doubled.
func collectLater() func() {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	percent := debug.SetGCPercent(-1)
	return func() {
		runtime.ReadMemStats(&after)
		debug.SetGCPercent(max(percent, int(200*after.HeapAlloc/before.HeapAlloc)))
		runtime.AddCleanup(new([16]byte), func(percent int) { debug.SetGCPercent(percent) }, percent)
	}
}

func (f *engineFlags) name() string {
	if f.rules == "" && len(f.add) == 0 {
		return "builtin-" + rules.Version
	}
	return "custom"
}
