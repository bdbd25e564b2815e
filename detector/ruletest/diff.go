package ruletest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Move is a thread whose verdict two rule sets disagree about.
type Move struct {
	Thread  string     `json:"thread"`
	Source  string     `json:"source"`
	Label   string     `json:"label,omitempty"` // where the thread has one
	Before  rule.Band  `json:"before"`
	After   rule.Band  `json:"after"`
	Queue   rule.Queue `json:"queue"` // after
	Gained  []string   `json:"gained,omitempty"`
	Lost    []string   `json:"lost,omitempty"`
	Because string     `json:"because,omitempty"` // words of the heaviest evidence gained, or lost
}

// Behaviour is what changes for some threads from one rule set to another.
type Behaviour struct {
	Threads   int    `json:"threads"`   // compared
	Flagged   []Move `json:"flagged"`   // alerts now, and were none
	Unflagged []Move `json:"unflagged"` // were alerts, and are none
	Moved     []Move `json:"moved"`     // alerts of another band
	Tagged    int    `json:"tagged"`    // further threads whose tags differ
}

// Add joins the behaviour of other threads.
func (b *Behaviour) Add(other Behaviour) {
	b.Threads += other.Threads
	b.Flagged = append(b.Flagged, other.Flagged...)
	b.Unflagged = append(b.Unflagged, other.Unflagged...)
	b.Moved = append(b.Moved, other.Moved...)
	b.Tagged += other.Tagged
}

// Differ runs two detectors over the same messages. It holds what they found,
// not the messages.
type Differ struct {
	before, after *detector.Detector
	threads       map[message.Key]*differing
	order         []*differing
}

type differing struct {
	before, after detector.Matches
	label         string
}

// NewDiffer compares two detectors.
func NewDiffer(before, after *detector.Detector) *Differ {
	return &Differ{before: before, after: after, threads: map[message.Key]*differing{}}
}

// Add reads a message with both.
func (d *Differ) Add(m *message.Message) {
	key := m.ThreadKey()
	t := d.threads[key]
	if t == nil {
		t = &differing{}
		d.threads[key] = t
		d.order = append(d.order, t)
	}
	if m.Labels != nil && t.label == "" {
		t.label = m.Labels.Label
	}
	t.before.Merge(d.before.Match(m))
	t.after.Merge(d.after.Match(m))
}

// Behaviour judges every thread with both, in the order of their first
// messages.
func (d *Differ) Behaviour() Behaviour {
	b := Behaviour{Threads: len(d.order)}
	for _, t := range d.order {
		was, is := d.before.Judge(t.before), d.after.Judge(t.after)
		move := Move{
			Thread: is.Thread, Source: is.Source, Label: t.label, Before: was.Band, After: is.Band, Queue: is.Queue,
			Gained: without(is.Tags, was.Tags), Lost: without(was.Tags, is.Tags),
		}
		move.Because = cmp.Or(heaviest(&is, move.Gained), heaviest(&was, move.Lost))
		switch alerted, alerts := score.Alert(was.Band), score.Alert(is.Band); {
		case alerts && !alerted:
			b.Flagged = append(b.Flagged, move)
		case alerted && !alerts:
			b.Unflagged = append(b.Unflagged, move)
		case was.Band != is.Band:
			b.Moved = append(b.Moved, move)
		case len(move.Gained)+len(move.Lost) > 0:
			b.Tagged++
		}
	}
	return b
}

// without lists what is in a and not in b.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// heaviest is the text of the heaviest evidence of some rules.
func heaviest(v *detector.Verdict, rules []string) (text string) {
	most := score.Weight(0)
	for _, e := range v.Evidence {
		if slices.Contains(rules, e.Rule) && (text == "" || e.Weight > most) {
			text, most = e.Text, e.Weight
		}
	}
	return text
}

// Edit is what the text of one rule, list or composite says otherwise.
type Edit struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"` // added, removed, changed
	Title   string   `json:"title"`
	Details []string `json:"details,omitempty"`
}

// Edits compares two rule sets, sorted by id.
func Edits(before, after *rule.Set) []Edit {
	was, is := entries(before), entries(after)
	var edits []Edit
	for id, now := range is {
		old, ok := was[id]
		if !ok {
			edits = append(edits, Edit{ID: id, Kind: "added", Title: now.title})
			continue
		}
		if details := now.changes(old); len(details) > 0 {
			edits = append(edits, Edit{id, "changed", now.title, details})
		}
	}
	for id, old := range was {
		if _, ok := is[id]; !ok {
			edits = append(edits, Edit{ID: id, Kind: "removed", Title: old.title})
		}
	}
	slices.SortFunc(edits, func(a, b Edit) int { return strings.Compare(a.ID, b.ID) })
	return edits
}

// entry is what of a rule, list or composite is compared: fields by name, and
// patterns.
type entry struct {
	title    string
	fields   [][2]string
	patterns map[string]bool
}

func entries(set *rule.Set) map[string]entry {
	all := map[string]entry{}
	for _, r := range set.Rules {
		all[r.ID] = entry{r.Title, [][2]string{
			{"title", r.Title}, {"status", r.Status.String()}, {"stage", r.Stage.String()}, {"class", r.Class.String()},
			{"weight", fmt.Sprintf("%.2f", r.Weight)}, {"queue", r.Queue.String()}, {"act", r.Act.String()},
			{"effect", r.Effect.String()}, {"condition", r.Condition.String()},
			{"tests", fmt.Sprint(len(r.Tests.Match) + len(r.Tests.NoMatch))},
		}, patternsOf(r.Patterns())}
	}
	for _, l := range set.Lists {
		all[l.ID] = entry{l.Title, [][2]string{{"updated", l.Updated}}, patternsOf(l.Entries())}
	}
	for _, c := range set.Composites {
		all[c.ID] = entry{c.Title, [][2]string{
			{"when", c.When.String()}, {"band", c.Band.String()}, {"queue", c.Queue.String()}, {"do", c.Do},
		}, nil}
	}
	return all
}

func patternsOf(patterns []*rule.Pattern) map[string]bool {
	all := make(map[string]bool, len(patterns))
	for _, p := range patterns {
		all[p.Name+"."+p.Lang+": "+p.Text] = true
	}
	return all
}

func (e entry) changes(old entry) (details []string) {
	for i, field := range e.fields {
		if was := old.fields[i][1]; was != field[1] {
			details = append(details, fmt.Sprintf("%s: %s → %s", field[0], was, field[1]))
		}
	}
	for _, p := range sortedWithout(e.patterns, old.patterns) {
		details = append(details, "+ "+p)
	}
	for _, p := range sortedWithout(old.patterns, e.patterns) {
		details = append(details, "- "+p)
	}
	return details
}

func sortedWithout(a, b map[string]bool) (only []string) {
	for text := range a {
		if !b[text] {
			only = append(only, text)
		}
	}
	slices.Sort(only)
	return only
}
