package report

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Explanation is a verdict with everything that led to it, as tools read it.
type Explanation struct {
	detector.Verdict
	Readings       []Reading       `json:"readings,omitempty"` // messages that were read otherwise than they look
	Trees          []RuleTree      `json:"rule_trees"`
	Counterfactual *Counterfactual `json:"counterfactual,omitempty"`
	NearMisses     []NearMiss      `json:"near_misses"`
}

// Reading is a message as a person sees it and as it was read.
type Reading struct {
	Message string `json:"message"`
	Shown   string `json:"shown"` // invisible characters as <U+200B>
	Read    string `json:"read"`
}

// RuleTree is what one rule makes of a thread.
type RuleTree struct {
	Rule     string       `json:"rule"`
	Title    string       `json:"title"`
	Status   string       `json:"status"`
	Holds    bool         `json:"holds"`
	Counts   bool         `json:"counts"` // is evidence of the verdict
	Clauses  []TreeClause `json:"clauses"`
	Patterns []TreeMatch  `json:"patterns"`
	Lacks    []Lack       `json:"lacks,omitempty"` // why it does not hold
}

// TreeClause is a clause of a condition, depth first.
type TreeClause struct {
	Clause string `json:"clause"`
	Depth  int    `json:"depth"`
	Holds  bool   `json:"holds"`
}

// TreeMatch is where a pattern was found.
type TreeMatch struct {
	Pattern string `json:"pattern"`
	Piece
	Used bool `json:"used"` // the condition holds because of it
}

// NewExplanation explains a verdict on a thread, given in its order.
func NewExplanation(d *detector.Detector, thread []message.Message, v *detector.Verdict) Explanation {
	e := Explanation{Verdict: *v, Trees: []RuleTree{}, NearMisses: NearMisses(d, thread, v.Language)}
	if e.NearMisses == nil {
		e.NearMisses = []NearMiss{}
	}
	for i := range thread {
		m := &thread[i]
		if shown, read := Visible(m.Text), Read(m, v.Evidence); read != "" {
			e.Readings = append(e.Readings, Reading{m.ID, shown, read})
		}
	}
	for _, t := range d.TraceAll(thread) {
		if t.Holds {
			e.Trees = append(e.Trees, newTree(&t, thread, slices.Contains(v.Tags, t.Rule.ID)))
		}
	}
	if c, ok := FindCounterfactual(d, thread, v); ok {
		e.Counterfactual = &c
	}
	return e
}

// Why is what one rule makes of a thread; ok is false where there is no such
// rule.
func Why(d *detector.Detector, thread []message.Message, v *detector.Verdict, id string) (tree RuleTree, ok bool) {
	t, ok := d.Trace(thread, id)
	if !ok {
		return tree, false
	}
	tree = newTree(&t, thread, slices.Contains(v.Tags, id))
	if !t.Holds {
		tree.Lacks = lacking(d.Set(), &t, readWords(thread, "", speller{}))
	}
	return tree, true
}

func newTree(t *detector.Trace, thread []message.Message, counts bool) RuleTree {
	tree := RuleTree{
		Rule: t.Rule.ID, Title: t.Rule.Title, Status: t.Rule.Status.String(), Holds: t.Holds, Counts: counts,
		Clauses: []TreeClause{}, Patterns: []TreeMatch{},
	}
	for _, c := range t.Clauses {
		tree.Clauses = append(tree.Clauses, TreeClause{c.Clause.String(), c.Depth, c.Holds})
	}
	for _, p := range t.Patterns {
		m := &thread[p.Message]
		tree.Patterns = append(tree.Patterns, TreeMatch{
			p.Name, Piece{m.ID, p.Span.Start, p.Span.End, m.Text[p.Span.Start:p.Span.End]}, p.Used,
		})
	}
	return tree
}

// Read is a message as it was read, where some of its evidence was not found in
// what it shows; else empty. Piece spelt with signs, set apart or in another
// script are written as they were understood.
func Read(m *message.Message, evidence []detector.Evidence) string {
	var folder fold.Folder
	text := folder.Fold(m.Text)
	hidden := text.Hidden > 0
	var views []string
	var spans []source.Span
	for _, e := range evidence {
		if e.Message == m.ID && e.View != token.Raw.String() && e.End <= len(m.Text) {
			views = append(views, e.View)
			spans = append(spans, source.Span{Start: e.Start, End: e.End})
		}
	}
	if len(views) == 0 && !hidden {
		return ""
	}
	var tokens token.Tokenizer
	stream := tokens.Tokenize(text)
	var b strings.Builder
	at := 0 // byte of Clean
	for i := 0; i < len(stream.Tokens); i++ {
		alt := slices.IndexFunc(stream.Alts, func(a token.Alt) bool {
			raw := text.RawSpan(source.Span{Start: int(stream.Tokens[a.From].Start), End: int(stream.Tokens[a.To-1].End)})
			return int(a.From) == i && a.View > token.Fold && slices.ContainsFunc(spans, func(s source.Span) bool {
				return s.Overlaps(raw) && views[slices.Index(spans, s)] == a.View.String()
			})
		})
		if alt < 0 {
			continue
		}
		a := stream.Alts[alt]
		b.Write(text.Clean[at:stream.Tokens[i].Start])
		b.Write(a.Text)
		at = int(stream.Tokens[a.To-1].End)
		i = int(a.To) - 1
	}
	b.Write(text.Clean[at:])
	if read := Visible(b.String()); read != Visible(m.Text) {
		return read
	}
	return ""
}
