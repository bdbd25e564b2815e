package main

import (
	"context"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
)

// judgeFn merges what was found in a thread and judges it.
type judgeFn struct {
	Engine engine

	detector *detector.Detector
	minBand  rule.Band
}

// Setup implements beam's DoFn.
func (f *judgeFn) Setup() (err error) {
	if f.minBand, err = f.Engine.minBand(); err != nil {
		return err
	}
	f.detector, err = f.Engine.detector()
	return err
}

// ProcessElement implements beam's DoFn.
func (f *judgeFn) ProcessElement(ctx context.Context, _ []byte, parts func(*[]byte) bool, verdict func(string)) error {
	var thread part
	var encoded []byte
	for parts(&encoded) {
		p, err := decodePart(encoded, f.detector)
		if err != nil {
			return err
		}
		thread.merge(&p)
	}
	write(ctx, f.detector, &thread, f.minBand, verdict)
	return nil
}

// write judges a thread and gives out the verdict.
func write(ctx context.Context, d *detector.Detector, p *part, minBand rule.Band, verdict func(string)) {
	threadCount.Inc(ctx, 1)
	v := d.Judge(p.matches)
	d.Annotate(&v, p.messages, p.languages)
	if v.Band >= minBand {
		verdict(string(v.AppendJSON(nil)))
	}
}
