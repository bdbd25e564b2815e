package detector

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/script"
	"github.com/hookline/hookline/detector/source"
)

// Trace is what one rule makes of a thread, before any context is weighed:
// whether its condition holds, clause by clause, and where its patterns are.
type Trace struct {
	Rule     *rule.Rule
	Holds    bool
	Clauses  []TracedClause // the condition, depth first
	Patterns []TracedPattern
}

// TracedClause is one clause of a condition and whether it holds by itself.
type TracedClause struct {
	Clause *rule.Condition
	Depth  int
	Holds  bool
}

// TracedPattern is an occurrence of one of the rule's patterns.
type TracedPattern struct {
	Name    string
	Message int         // index into the thread
	Span    source.Span // bytes of the message's text
	Units   [2]int32    // its ends, in token units from the message's start
	Used    bool        // the condition holds because of it
}

// Trace runs one rule over a thread, given in its order. Without a rule of
// that id, ok is false.
func (d *Detector) Trace(thread []message.Message, id string) (t Trace, ok bool) {
	index, ok := d.indexOf(id)
	if !ok {
		return t, false
	}
	t.Rule = d.rules[index].Rule
	var occurrences []script.Occurrence
	d.scanThread(thread, index, func(_, i int, h *match.Hit, span source.Span) {
		occurrences = t.enter(d, &thread[i], i, h, span, occurrences)
	})
	t.evaluate(occurrences)
	return t, true
}

// TraceAll is Trace for every rule of which a pattern occurs, by id.
func (d *Detector) TraceAll(thread []message.Message) []Trace {
	traces := make([]Trace, len(d.rules))
	occurrences := make([][]script.Occurrence, len(d.rules))
	d.scanThread(thread, everyRule, func(rule, i int, h *match.Hit, span source.Span) {
		occurrences[rule] = traces[rule].enter(d, &thread[i], i, h, span, occurrences[rule])
	})
	found := traces[:0]
	for i := range traces {
		if t := traces[i]; len(t.Patterns) > 0 {
			t.Rule = d.rules[i].Rule
			t.evaluate(occurrences[i])
			found = append(found, t)
		}
	}
	return found
}

// enter notes a hit.
func (t *Trace) enter(d *Detector, m *message.Message, i int, h *match.Hit, span source.Span, all []script.Occurrence) []script.Occurrence {
	o := script.Occurrence{Message: i, Sender: m.Sender, Clause: h.Clause, Units: h.Units, Sent: m.Sent, Index: len(t.Patterns)}
	t.Patterns = append(t.Patterns, TracedPattern{Name: d.program.Slots()[h.Slot].Name, Message: i, Span: span, Units: h.Units})
	return append(all, o)
}

func (t *Trace) evaluate(occurrences []script.Occurrence) {
	find := func(leaf *rule.Condition) (all []script.Occurrence) {
		for i, o := range occurrences {
			if t.Patterns[i].Name == leaf.Name {
				all = append(all, o)
			}
		}
		return all
	}
	findings := script.Evaluate(t.Rule.Condition, find)
	t.Holds = len(findings) > 0
	for _, i := range used(findings) {
		t.Patterns[i].Used = true
	}
	t.clauses(t.Rule.Condition, 0, find)
}

// Occurrences are the places of one rule's patterns in a text, whatever its
// condition makes of them.
func (d *Detector) Occurrences(text, id string) []TracedPattern {
	index, ok := d.indexOf(id)
	if !ok {
		return nil
	}
	var t Trace
	thread := []message.Message{{Text: text}}
	d.scanThread(thread, index, func(_, i int, h *match.Hit, span source.Span) {
		t.enter(d, &thread[i], i, h, span, nil)
	})
	return t.Patterns
}

func (d *Detector) indexOf(id string) (int, bool) {
	return slices.BinarySearchFunc(d.rules, id, func(r compiled, id string) int { return strings.Compare(r.ID, id) })
}

const everyRule = -1

// scanThread calls hit for everything that the patterns of a rule, or of every
// rule, find in a thread.
func (d *Detector) scanThread(thread []message.Message, only int, hit func(rule, message int, h *match.Hit, span source.Span)) {
	scanner := d.scanner()
	defer d.scanners.Put(scanner)
	slots := d.program.Slots()
	for i := range thread {
		if !thread[i].Scored() {
			continue
		}
		result := scanner.Scan(thread[i].Text)
		for k := range result.Hits {
			h := &result.Hits[k]
			if r := slots[h.Slot].Rule; only == everyRule || r == only {
				hit(r, i, h, result.Text.RawSpan(h.Span))
			}
		}
	}
}

func (t *Trace) clauses(c *rule.Condition, depth int, find script.Finder) {
	holds := len(script.Evaluate(c, find)) > 0
	if c.Op == rule.OpNone && !holds { // true also of a thread in which nothing it names occurs
		holds = !slices.ContainsFunc(c.Args, func(arg *rule.Condition) bool { return len(script.Evaluate(arg, find)) > 0 })
	}
	t.Clauses = append(t.Clauses, TracedClause{c, depth, holds})
	for _, arg := range c.Args {
		t.clauses(arg, depth+1, find)
	}
}
