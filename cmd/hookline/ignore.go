package main

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// known is one entry of an ignore file: a sender, domain, thread or rule that a
// team has looked at, why, and until when that holds.
//
//   - {domain: shop.example, reason: our own shop, until: 2027-01-31}
type known struct {
	Sender string `yaml:"sender"`
	Domain string `yaml:"domain"`
	Thread string `yaml:"thread"`
	Rule   string `yaml:"rule"`
	Reason string `yaml:"reason"`
	Until  string `yaml:"until"`
}

// ignoring is an ignore file in force.
type ignoring struct {
	entries []known
	rules   []string
	expired int
	count   int // verdicts left out so far
}

// summarise says what the file did.
func (i *ignoring) summarise(w io.Writer) {
	if len(i.entries)+len(i.rules) > 0 {
		fmt.Fprintf(w, "hookline: %d alerts ignored, %d rules silent\n", i.count, len(i.rules))
	}
	if i.expired > 0 {
		fmt.Fprintf(w, "hookline: %d entries of the ignore file are past their date\n", i.expired)
	}
}

// readIgnore reads an ignore file; entries past their date are left out.
func readIgnore(path string, today time.Time) (i ignoring, err error) {
	if path == "" {
		return i, nil
	}
	var all []known
	if err := readYAML(path, &all); err != nil {
		return i, err
	}
	for n, entry := range all {
		until, err := time.Parse(time.DateOnly, entry.Until)
		switch {
		case err != nil:
			return i, fmt.Errorf("%s: entry %d: until: want a date such as 2027-01-31", path, n+1)
		case strings.TrimSpace(entry.Reason) == "":
			return i, fmt.Errorf("%s: entry %d: no reason", path, n+1)
		case entry.subjects() != 1:
			return i, fmt.Errorf("%s: entry %d: want one of sender, domain, thread, rule", path, n+1)
		case strings.HasPrefix(entry.Rule, "trafficked_distress."), strings.HasPrefix(entry.Rule, "victim_side."):
			return i, fmt.Errorf("%s: entry %d: %s looks after people: it cannot be ignored", path, n+1, entry.Rule)
		case today.After(until.AddDate(0, 0, 1)):
			i.expired++
		case entry.Rule != "":
			i.rules = append(i.rules, entry.Rule)
		default:
			entry.Domain = strings.ToLower(entry.Domain)
			i.entries = append(i.entries, entry)
		}
	}
	return i, nil
}

func (k known) subjects() (n int) {
	for _, subject := range []string{k.Sender, k.Domain, k.Thread, k.Rule} {
		if subject != "" {
			n++
		}
	}
	return n
}

// ignores says whether a verdict is about something known. Where a life, a
// child or somebody's own hand is in question nothing is known well enough.
func (i *ignoring) ignores(v *detector.Verdict) bool {
	if len(i.entries) == 0 || v.Queue == rule.Safety || v.Queue == rule.Child || v.Queue == rule.Crisis || !score.Alert(v.Band) {
		return false
	}
	for _, entry := range i.entries {
		if entry.Sender != "" && entry.Sender == v.Sender || entry.Thread != "" && entry.Thread == v.Thread ||
			entry.Domain != "" && leadsOnlyTo(v, entry.Domain) {
			i.count++
			return true
		}
	}
	return false
}

// leadsOnlyTo says whether every link of a thread is to one domain, and there
// is one. One strange link beside the known ones is reason enough to look.
func leadsOnlyTo(v *detector.Verdict, domain string) bool {
	links := 0
	for _, id := range v.Identifiers {
		if id.Type != "url" {
			continue
		}
		_, rest, found := strings.Cut(id.Value, "://")
		if !found {
			rest = id.Value
		}
		host, _, _ := strings.Cut(rest, "/")
		host, _, _ = strings.Cut(host, ":")
		if host = strings.ToLower(host); host != domain && !strings.HasSuffix(host, "."+domain) {
			return false
		}
		links++
	}
	return links > 0
}
