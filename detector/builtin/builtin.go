package builtin

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/resemble"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

// Version of the programs; the rule set has its own.
const Version = "0.1.0"

// Options choose the rules and what a detector assumes; the zero Options stand
// for the built-in rules.
type Options struct {
	Rules    string              // folder instead of the built-in rules
	Add      []string            // folders beside them
	Keys     []ed25519.PublicKey // one of which must have signed those folders; none for any
	BaseRate float64             // share of scams; 0 for the one of the weights
	Region   string              // country of phone numbers without a country code
	Shadowed []string            // rules that are reported and score nothing
	Untested bool                // leave the tests of the rules out, which nothing but testing needs
	Cache    string              // folder of what Keep kept; empty for none
}

// Set loads the rules.
func (o *Options) Set() (*rule.Set, error) { return o.set(nil) }

// set loads the rules, without looking at those again whose brief is known.
func (o *Options) set(known func(key string) []byte) (*rule.Set, error) {
	folders := []pack.Folder{{FS: rules.FS, Name: "rules", Version: "builtin-" + rules.Version, Trusted: true}}
	if o.Rules != "" {
		folders = nil
	}
	for _, path := range o.Folders() {
		folder, err := Folder(path)
		if err != nil {
			return nil, err
		}
		folders = append(folders, folder)
	}
	return pack.Load(folders, pack.Options{Engine: Version, Untested: o.Untested, Keys: o.Keys, Known: known})
}

// Folders are the rule folders that are no part of the program.
func (o *Options) Folders() []string {
	if o.Rules == "" {
		return o.Add
	}
	return append([]string{o.Rules}, o.Add...)
}

// Folder opens a folder of rules.
func Folder(path string) (pack.Folder, error) {
	info, err := os.Stat(path)
	if err != nil {
		return pack.Folder{}, err
	}
	if !info.IsDir() {
		return pack.Folder{}, fmt.Errorf("%s: not a folder of rules", path)
	}
	return pack.Folder{FS: os.DirFS(path), Name: filepath.ToSlash(filepath.Clean(path))}, nil
}

// New compiles the rules with everything that can be plugged in.
func New(o Options) (*detector.Detector, error) {
	d, err := o.detector()
	if errors.Is(err, match.ErrSnapshot) {
		o.Cache = ""
		return o.detector()
	}
	return d, err
}

// detector makes it of what the cache keeps, if it does, and removes that where it
// is damaged.
func (o *Options) detector() (d *detector.Detector, err error) {
	var k kept
	set, err := o.set(func(key string) []byte {
		if k = keptOf(o.Cache, key); k.brief == nil {
			go fold.Table() // needed in any case, and nothing else yet
		}
		return k.brief
	})
	if err != nil {
		return nil, err
	}
	if set, err = set.Shadowed(o.Shadowed...); err != nil {
		return nil, err
	}
	d, err = detector.New(set, detector.Options{
		Name: o.name(), Region: o.Region, BaseRate: o.BaseRate, Snapshot: k.compiled,
		Language: new(langid.Identifier), Resemblance: o.scripts(),
	})
	if errors.Is(err, match.ErrSnapshot) {
		err = errors.Join(err, os.Remove(cachePath(o.Cache, rulesPrefix, set.Key)))
	}
	return d, err
}

func (o *Options) scripts() *resemble.Scripts {
	if path := cachePath(o.Cache, scriptsPrefix, ""); path != "" {
		return resemble.Kept(corpus.FS, path)
	}
	return resemble.New(corpus.FS)
}

func (o *Options) name() string {
	if len(o.Folders()) == 0 {
		return "builtin-" + rules.Version
	}
	return "custom"
}
