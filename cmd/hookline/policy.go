package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// policy says what a platform does until a human has looked, where it is not
// what the contract says: by queue first, then by band.
//
//	bands: {P1: review, P3: review}
//	queues: {recruiter: block}
type policy struct {
	Bands  map[string]string `yaml:"bands"`
	Queues map[string]string `yaml:"queues"`
}

var actions = []string{"pass", "review", "block"}

// readPolicy reads a policy file; "" is the contract's own.
func readPolicy(path string) (p policy, err error) {
	if path == "" {
		return p, nil
	}
	if err := readYAML(path, &p); err != nil {
		return p, err
	}
	for name, action := range p.Bands {
		if _, err := parseBand(name); err != nil {
			return p, fmt.Errorf("%s: bands: %w", path, err)
		}
		if !slices.Contains(actions, action) {
			return p, fmt.Errorf("%s: bands: %s: %q is not pass, review or block", path, name, action)
		}
	}
	for name, action := range p.Queues {
		var q rule.Queue
		if err := q.UnmarshalText([]byte(name)); err != nil {
			return p, fmt.Errorf("%s: queues: %w", path, err)
		}
		if !slices.Contains(actions, action) {
			return p, fmt.Errorf("%s: queues: %s: %q is not pass, review or block", path, name, action)
		}
		if score.Protects(q) && action != "review" {
			return p, fmt.Errorf("%s: queues: %s looks after people: it is always reviewed", path, name)
		}
	}
	return p, nil
}

// apply sets a verdict's action.
func (p policy) apply(v *detector.Verdict) {
	if score.Protects(v.Queue) {
		return
	}
	if action, ok := p.Bands[v.Band.String()]; ok {
		v.Action = action
	}
	if action, ok := p.Queues[v.Queue.String()]; ok {
		v.Action = action
	}
}

// readYAML reads a small file strictly: unknown fields are errors, which name
// the file and the line.
func readYAML(path string, into any) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	err = decoder.Decode(into)
	if faults := (*yaml.TypeError)(nil); errors.As(err, &faults) {
		text, _, _ := strings.Cut(faults.Errors[0], " in type") // which is Go's, not the author's
		return fmt.Errorf("%s: %s", path, text)
	}
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}
