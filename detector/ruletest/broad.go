package ruletest

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/lint"
	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Broad counts in how many honest messages a rule holds, and which of its
// terms it holds by: alternatives of its patterns, entries of the lists that
// they call, or patterns as a whole. It keeps no message. Not for concurrent use.
type Broad struct {
	d        *detector.Detector
	messages int
	held     map[*rule.Rule]int
	terms    map[place]*term
	probes   map[*rule.Rule]*probe
}

// place is where a term stands: two rules may call one list.
type place struct {
	of *rule.Pattern
	at source.Span
}

// term is a part of a pattern, or an entry of a list, that can match for it.
type term struct {
	place
	id     string // of the rule or list that it stands in
	inner  []*term
	count  int // messages in which a rule holds by it
	latest int // the last of them
}

// probe matches each variant of a rule's patterns, in which the choice that a
// term is has been made, by itself.
type probe struct {
	scanner *match.Scanner
	slots   []match.Slot
	terms   []*term // by rule of the compiled set
	names   []string
}

// NewBroad counts what the rules of d do, context rules left out.
func NewBroad(d *detector.Detector) *Broad {
	return &Broad{d: d, held: map[*rule.Rule]int{}, terms: map[place]*term{}, probes: map[*rule.Rule]*probe{}}
}

// Add reads a message that no rule should hold in.
func (b *Broad) Add(m *message.Message) error {
	b.messages++
	for _, t := range b.d.TraceAll([]message.Message{*m}) {
		if !t.Holds || t.Rule.Effect != rule.NoEffect {
			continue
		}
		b.held[t.Rule]++
		p, err := b.probe(t.Rule)
		if err != nil {
			return err
		}
		b.blame(p, &t, m.Text)
	}
	return nil
}

// blame counts the terms that match where a rule needs its patterns to.
func (b *Broad) blame(p *probe, t *detector.Trace, text string) {
	result := p.scanner.Scan(text)
	for i := range result.Hits {
		h := &result.Hits[i]
		variant := p.slots[h.Slot].Rule
		at := result.Text.RawSpan(h.Span)
		if of := p.terms[variant]; of.latest != b.messages && slices.ContainsFunc(t.Patterns, func(found detector.TracedPattern) bool {
			return found.Used && found.Name == p.names[variant] && found.Span == at
		}) {
			of.latest = b.messages
			of.count++
		}
	}
}

func (b *Broad) probe(r *rule.Rule) (*probe, error) {
	if p := b.probes[r]; p != nil {
		return p, nil
	}
	set := b.d.Set()
	p := &probe{}
	variants := &rule.Set{Weights: set.Weights}
	for _, pattern := range r.Patterns() {
		rule.Walk(pattern.Node, func(n rule.Node) bool {
			if ref, ok := n.(*rule.ListRef); ok {
				if list, _ := set.List(ref.Name); !slices.Contains(variants.Lists, list) {
					variants.Lists = append(variants.Lists, list)
				}
			}
			return true
		})
		whole := b.term(place{pattern, source.Span{End: len(pattern.Text)}}, r.ID)
		all := append(b.variants(pattern.Node, pattern, whole, r.ID), variant{pattern.Node, whole})
		for _, v := range all {
			of := *pattern
			of.Node = v.node
			variants.Rules = append(variants.Rules, rule.Rule{ID: r.ID, Names: []string{of.Name}}.With(&of))
			p.terms, p.names = append(p.terms, v.term), append(p.names, of.Name)
		}
	}
	program, err := match.Compile(variants)
	if err != nil {
		return nil, err
	}
	p.scanner, p.slots = program.NewScanner(""), program.Slots()
	b.probes[r] = p
	return p, nil
}

func (b *Broad) term(at place, id string) *term {
	t := b.terms[at]
	if t == nil {
		t = &term{place: at, id: id}
		b.terms[at] = t
	}
	return t
}

// variant is a pattern in which one choice has been made.
type variant struct {
	node rule.Node
	term *term // that was chosen
}

// variants makes every choice of a node, each with the others left open.
func (b *Broad) variants(n rule.Node, p *rule.Pattern, outer *term, id string) (all []variant) {
	switch n := n.(type) {
	case *rule.Alt:
		for _, branch := range n.Branches {
			t := b.term(place{p, branch.Span()}, id)
			outer.hold(t)
			all = append(all, variant{branch, t})
			all = append(all, b.variants(branch, p, t, id)...)
		}
	case *rule.Opt:
		return b.variants(n.Body, p, outer, id)
	case *rule.Seq:
		for i, item := range n.Items {
			for _, v := range b.variants(item, p, outer, id) {
				items := slices.Clone(n.Items)
				items[i] = v.node
				all = append(all, variant{&rule.Seq{Items: items}, v.term})
			}
		}
	case *rule.ListRef:
		list, _ := b.d.Set().List(n.Name)
		for _, e := range list.Entries() {
			if n.Group == "" || e.Name == n.Group {
				t := b.term(place{e, source.Span{End: len(e.Text)}}, list.ID)
				outer.hold(t)
				all = append(all, variant{e.Node, t})
			}
		}
	}
	return all
}

func (t *term) hold(inner *term) {
	if !slices.Contains(t.inner, inner) {
		t.inner = append(t.inner, inner)
	}
}

// Findings are the terms by which rules hold in more than a share of the
// messages: the narrowest parts of patterns that do, and rules that do although
// none of their terms does. They come in the order of the files.
func (b *Broad) Findings(share float64) (findings []lint.Finding) {
	most := share * float64(b.messages)
	set := b.d.Set()
	report := func(id, hint string, e *rule.Error) {
		e.Rule, e.Hint = id, hint
		findings = append(findings, lint.Finding{Check: "too-broad", Severity: lint.Fault, Error: *e})
	}
	told := func(what string, n int) string {
		return fmt.Sprintf("%s %d of %d honest messages, more than %.4g %%", what, n, b.messages, 100*share)
	}
	for _, t := range b.terms {
		if float64(t.count) <= most || t.narrower(most) {
			continue
		}
		start, end := t.of.Position(t.at.Start), t.of.Position(t.at.End)
		width := 1
		if end.Line == start.Line {
			width = end.Col - start.Col
		}
		report(t.id, "take it away, or ask for a second sign beside it", set.Fault(start, width, told("this makes rules hold in", t.count)))
	}
	for r, n := range b.held {
		if float64(n) > most && !b.anyTerm(r, most) {
			report(r.ID, "no term of it does so alone", set.Fault(r.Place("patterns"), len("patterns"), told("holds in", n)))
		}
	}
	slices.SortFunc(findings, func(x, y lint.Finding) int {
		return cmp.Or(cmp.Compare(x.Pos.File, y.Pos.File), cmp.Compare(x.Pos.Line, y.Pos.Line), cmp.Compare(x.Pos.Col, y.Pos.Col))
	})
	return findings
}

func (t *term) narrower(most float64) bool {
	return slices.ContainsFunc(t.inner, func(in *term) bool { return float64(in.count) > most || in.narrower(most) })
}

func (b *Broad) anyTerm(r *rule.Rule, most float64) bool {
	return slices.ContainsFunc(b.probes[r].terms, func(t *term) bool { return float64(t.count) > most })
}
