package main

import (
	"errors"
	"flag"
	"fmt"
	"strings"
	"sync"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/rule"
)

// options are those of a run.
type options struct {
	Engine    engine
	Reading   reading
	output    string
	faults    string
	shardSize int64
}

// engine is what a verdict depends on besides the messages. Runners send it to
// their workers as JSON.
type engine struct {
	Rules    string
	Add      []string
	BaseRate float64
	Region   string
	MinBand  string
}

// reading says what the lines hold.
type reading struct {
	Fields    map[string]string
	Namespace string
	DateOrder string
}

func (o *options) register(flags *flag.FlagSet) {
	flags.StringVar(&o.output, "output", "", "file for the verdicts, as JSONL (needed)")
	flags.StringVar(&o.faults, "faults", "", "file for lines that are no messages: place and reason, as JSONL (default: counted only)")
	flags.Int64Var(&o.shardSize, "shard_size", 16<<20, "bytes of a file that are read as one piece of work")
	flags.StringVar(&o.Engine.Rules, "rules", "", "rule folder instead of the built-in rules, the same on every worker")
	flags.Func("add_rules", "rule folder beside them (repeatable)", func(folder string) error {
		o.Engine.Add = append(o.Engine.Add, folder)
		return nil
	})
	flags.Float64Var(&o.Engine.BaseRate, "base_rate", 0, "share of scams among what is scanned (default: what the weights were fitted for)")
	flags.StringVar(&o.Engine.Region, "phone_region", "", "country (ISO 3166) of phone numbers without a country code")
	flags.StringVar(&o.Engine.MinBand, "min_band", "P4", "least urgent band to write, P0 to P4")
	flags.StringVar(&o.Reading.Namespace, "namespace", "", "keeps equal thread names of different exports apart (default: the file's name)")
	flags.StringVar(&o.Reading.DateOrder, "date_order", "auto", "auto, dmy, mdy or ymd")
	flags.Func("field", "NAME=PATH where the objects name things otherwise (repeatable)", func(pair string) error {
		name, path, ok := strings.Cut(pair, "=")
		if !ok || name == "" || path == "" {
			return errors.New("want NAME=PATH")
		}
		if o.Reading.Fields == nil {
			o.Reading.Fields = map[string]string{}
		}
		o.Reading.Fields[name] = path
		return nil
	})
}

// check finds what is wrong before a runner is asked.
func (o *options) check(globs []string) error {
	switch {
	case len(globs) == 0:
		return errors.New("no files: hookline-beam --output verdicts.jsonl FILE…")
	case o.output == "":
		return errors.New("--output is needed")
	case o.shardSize < 1:
		return fmt.Errorf("--shard_size %d: want 1 or more", o.shardSize)
	}
	if _, err := o.Engine.minBand(); err != nil {
		return err
	}
	if _, err := o.Reading.rows(); err != nil {
		return err
	}
	_, err := o.Engine.detector()
	return err
}

func (e *engine) minBand() (band rule.Band, err error) {
	if err := band.UnmarshalText([]byte(e.MinBand)); err != nil {
		return band, fmt.Errorf("--min_band: %w", err)
	}
	return band, nil
}

// compiled are the detectors of this process. Compiling takes a second, and a
// runner makes many instances of the same step.
var compiled sync.Map

// detector compiles the rules, once in a process.
func (e *engine) detector() (*detector.Detector, error) {
	make := sync.OnceValues(func() (*detector.Detector, error) {
		return builtin.New(builtin.Options{Rules: e.Rules, Add: e.Add, BaseRate: e.BaseRate, Region: e.Region, Untested: true})
	})
	once, _ := compiled.LoadOrStore(fmt.Sprintf("%+v", *e), make)
	return once.(func() (*detector.Detector, error))()
}

// summary is what a run did.
type summary struct{ scanned, skipped, faults, threads int64 }

func (s summary) String() string {
	return fmt.Sprintf("hookline-beam: read %d messages in %d threads: %d scanned, %d skipped", s.scanned+s.skipped, s.threads, s.scanned, s.skipped)
}
