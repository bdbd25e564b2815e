package detector

import (
	"slices"
	"strings"

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
	occurrences := d.occurrences(thread, index, &t)
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
	return t, true
}

// Occurrences are the places of one rule's patterns in a text, whatever its
// condition makes of them.
func (d *Detector) Occurrences(text, id string) []TracedPattern {
	var t Trace
	if index, ok := d.indexOf(id); ok {
		d.occurrences([]message.Message{{Text: text}}, index, &t)
	}
	return t.Patterns
}

func (d *Detector) indexOf(id string) (int, bool) {
	return slices.BinarySearchFunc(d.rules, id, func(r compiled, id string) int { return strings.Compare(r.ID, id) })
}

// occurrences scans the thread and enters the rule's matches into t.Patterns.
func (d *Detector) occurrences(thread []message.Message, index int, t *Trace) (all []script.Occurrence) {
	scanner := d.scanner()
	defer d.scanners.Put(scanner)
	first, end := d.program.RuleSlots(index)
	for i := range thread {
		m := &thread[i]
		result := scanner.Scan(m.Text)
		for _, h := range result.Hits {
			if int(h.Slot) < first || int(h.Slot) >= end {
				continue
			}
			all = append(all, script.Occurrence{
				Message: i, Sender: m.Sender, Clause: h.Clause, Units: h.Units, Sent: m.Sent, Index: len(t.Patterns),
			})
			t.Patterns = append(t.Patterns, TracedPattern{
				Name: d.program.Slots()[h.Slot].Name, Message: i, Span: result.Text.RawSpan(h.Span),
			})
		}
	}
	return all
}

func (t *Trace) clauses(c *rule.Condition, depth int, find script.Finder) {
	t.Clauses = append(t.Clauses, TracedClause{c, depth, len(script.Evaluate(c, find)) > 0})
	for _, arg := range c.Args {
		t.clauses(arg, depth+1, find)
	}
}
