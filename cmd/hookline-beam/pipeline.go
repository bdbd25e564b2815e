package main

import (
	"context"
	"fmt"
	"reflect"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/textio"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/x/beamx"

	"github.com/hookline/hookline/detector/shard"
)

func init() { // what runners send to workers by name
	beam.RegisterType(reflect.TypeFor[shard.Shard]())
	register.DoFn3x1[context.Context, string, func(shard.Shard), error](&cutFn{})
	register.DoFn5x1[context.Context, shard.Shard, func([]byte, []byte), func(string), func(string), error](&matchFn{})
	register.DoFn4x1[context.Context, []byte, func(*[]byte) bool, func(string), error](&judgeFn{})
	register.Emitter1[shard.Shard]()
	register.Emitter1[string]()
	register.Emitter2[[]byte, []byte]()
	register.Iter1[[]byte]()
}

// run builds the pipeline, runs it and says what it did.
func (o *options) run(ctx context.Context, globs []string) (summary, error) {
	if err := o.check(globs); err != nil {
		return summary{}, err
	}
	p := beam.NewPipeline()
	o.build(p.Root(), globs)
	result, err := beamx.RunWithMetrics(ctx, p)
	if err != nil {
		return summary{}, err
	}
	return counted(result), nil
}

// build makes the pipeline.
func (o *options) build(s beam.Scope, globs []string) {
	shards := beam.ParDo(s.Scope("cut"), &cutFn{Size: o.shardSize}, beam.CreateList(s, globs))
	found, lone, faults := beam.ParDo3(s.Scope("match"), &matchFn{Engine: o.Engine, Reading: o.Reading}, beam.Reshuffle(s, shards))
	verdicts := beam.ParDo(s.Scope("judge"), &judgeFn{Engine: o.Engine}, beam.GroupByKey(s.Scope("thread"), found))
	textio.Write(s.Scope("verdicts"), o.output, beam.Flatten(s, verdicts, lone))
	if o.faults != "" {
		textio.Write(s.Scope("faults"), o.faults, faults)
	}
}

// cutFn cuts the files of a pattern into byte ranges.
type cutFn struct{ Size int64 }

func (f *cutFn) ProcessElement(ctx context.Context, glob string, emit func(shard.Shard)) error {
	fs, err := filesystem.New(ctx, glob)
	if err != nil {
		return err
	}
	defer fs.Close()
	paths, err := fs.List(ctx, glob)
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("%s: no such file", glob)
	}
	for _, path := range paths {
		length, err := fs.Size(ctx, path)
		if err != nil {
			return err
		}
		for _, s := range shard.Ranges(path, length, f.Size) {
			emit(s)
		}
	}
	return nil
}

// The counters of a run.
var (
	scannedCount = beam.NewCounter("hookline", "scanned")
	skippedCount = beam.NewCounter("hookline", "skipped")
	faultCount   = beam.NewCounter("hookline", "faults")
	threadCount  = beam.NewCounter("hookline", "threads")
)

func counted(result beam.PipelineResult) (s summary) {
	if result == nil {
		return s
	}
	for _, c := range result.Metrics().AllMetrics().Counters() {
		switch c.Name() {
		case "scanned":
			s.scanned += c.Result()
		case "skipped":
			s.skipped += c.Result()
		case "faults":
			s.faults += c.Result()
		case "threads":
			s.threads += c.Result()
		}
	}
	return s
}
