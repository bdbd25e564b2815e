package main

import (
	"crypto/ed25519"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/rule"
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
func (f *engineFlags) set() (*rule.Set, error) {
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	return o.Set()
}

func (f *engineFlags) options() (*builtin.Options, error) {
	o := &builtin.Options{Rules: f.rules, Add: f.add, BaseRate: f.baseRate, Region: f.region, Shadowed: f.shadowed}
	for _, text := range f.keys {
		key, err := publicKey(text)
		if err != nil {
			return nil, err
		}
		o.Keys = append(o.Keys, key)
	}
	return o, nil
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
	o, err := f.options()
	if err != nil {
		return nil, err
	}
	o.Untested = untested
	o.Cache = builtin.CacheFolder()
	d, err := builtin.New(*o)
	if err == nil {
		meanwhile.Go(func() { _ = builtin.Keep(d, o.Cache) }) // without it the next start is slower, that is all
	}
	return d, err
}

// meanwhile is work that nobody waits for but the end of the program.
var meanwhile sync.WaitGroup

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
