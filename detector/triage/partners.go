package triage

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"go.yaml.in/yaml/v3"
)

// Partner is somebody outside to whom people in need can be referred: a
// hotline, an embassy, an organisation. The list is a dated file of the team's
// own, since a wrong number does harm.
type Partner struct {
	Name      string   `yaml:"name"`
	Country   string   `yaml:"country"`
	Languages []string `yaml:"languages"`
	Hours     string   `yaml:"hours"`
	Contact   string   `yaml:"contact"`
	Owner     string   `yaml:"owner"`    // who on the team keeps the entry
	Queues    []string `yaml:"queues"`   // for which it is meant; empty for all
	Verified  string   `yaml:"verified"` // day of the last check, YYYY-MM-DD
}

// freshFor is how long a checked entry is shown (TAXONOMY 2.4).
const freshFor = 90 * 24 * time.Hour

// ReadPartners reads a list of partners. Every entry needs a name, a contact,
// an owner and the day on which it was checked.
func ReadPartners(path string) (all []Partner, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	decoder := yaml.NewDecoder(file)
	decoder.KnownFields(true)
	if err := decoder.Decode(&all); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i, p := range all {
		if _, err := time.Parse(time.DateOnly, p.Verified); err != nil || p.Name == "" || p.Contact == "" || p.Owner == "" {
			return nil, fmt.Errorf("%s: entry %d: want name, contact, owner and verified: a day such as 2026-03-01", path, i+1)
		}
	}
	return all, nil
}

// fresh are the partners for a queue that were checked lately; "" is every
// queue.
func fresh(all []Partner, queue string, now time.Time) (current []Partner) {
	for _, p := range all {
		checked, err := time.Parse(time.DateOnly, p.Verified)
		if err != nil || now.Sub(checked) > freshFor || queue != "" && len(p.Queues) > 0 && !slices.Contains(p.Queues, queue) {
			continue
		}
		current = append(current, p)
	}
	return current
}
