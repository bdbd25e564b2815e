package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/postgres"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/sqlite"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
)

// engineFlags choose the rules and the database.
type engineFlags struct {
	builtin.Options
	store    string
	patience time.Duration
}

func (f *engineFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.Rules, "rules", "", "rule folder instead of the built-in rules")
	cmd.Flags().StringArrayVar(&f.Add, "add-rules", nil, "rule folder beside them (repeatable)")
	cmd.Flags().Float64Var(&f.BaseRate, "base-rate", 0, "share of scams among what is scanned (default: what the weights were fitted for)")
	cmd.Flags().StringVar(&f.Region, "region", "", "country (ISO 3166) of phone numbers without a country code")
	cmd.Flags().StringVar(&f.store, "store", "", "postgres://… or sqlite:FILE (or HOOKLINE_STORE)")
	cmd.Flags().DurationVar(&f.patience, "patience", time.Minute, "how long to wait for a queue or database that cannot be reached")
}

// detector compiles the rules.
func (f *engineFlags) detector() (*detector.Detector, error) {
	f.Untested, f.Cache = true, builtin.CacheFolder()
	d, err := builtin.New(f.Options)
	if err == nil {
		go func() { _ = builtin.Keep(d, f.Cache) }() // without it the next start is slower, that is all
	}
	return d, err
}

// open opens the database for the verdicts of a detector; it waits for one that
// is not there yet.
func (f *engineFlags) open(ctx context.Context, d *detector.Detector) (store sink.Store, err error) {
	deadline := time.Now().Add(f.patience)
	for {
		if store, err = f.openOnce(ctx, f.identity(d)); err == nil || time.Now().After(deadline) || ctx.Err() != nil {
			return store, err
		}
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (f *engineFlags) openOnce(ctx context.Context, identity string) (sink.Store, error) {
	place := f.place()
	switch scheme, rest, _ := strings.Cut(place, ":"); scheme {
	case "postgres", "postgresql":
		return postgres.Open(ctx, place, identity)
	case "sqlite":
		return sqlite.Open(ctx, rest, identity)
	default:
		return nil, errors.New("--store: want postgres://… or sqlite:FILE")
	}
}

// identity names all that a verdict depends on besides the messages.
func (f *engineFlags) identity(d *detector.Detector) string {
	name := d.Rules()
	if f.Region != "" {
		name += "+region=" + f.Region
	}
	if f.BaseRate != 0 {
		name += fmt.Sprintf("+base-rate=%g", f.BaseRate)
	}
	return name
}
