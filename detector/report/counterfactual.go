package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Counterfactual is a smallest set of words without which a thread would be
// less urgent.
type Counterfactual struct {
	Without  []Piece   `json:"without"`
	Band     rule.Band `json:"band"` // that it would have then
	Score    float64   `json:"score"`
	Smallest bool      `json:"smallest"` // proved: no fewer words would do
}

// Piece is a span of a message.
type Piece struct {
	Message string `json:"message"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Text    string `json:"text"`
}

// Bounds of the search: how many spans it chooses from, and up to how many at
// once; with more it takes the heaviest first.
const (
	maxSpans    = 14
	maxTogether = 3
)

// FindCounterfactual searches the words of a verdict's evidence. ok is false
// where the verdict is no alert, or stays what it is without all of them.
func FindCounterfactual(d *detector.Detector, thread []message.Message, v *detector.Verdict) (c Counterfactual, ok bool) {
	if v.Band <= rule.P4 {
		return c, false
	}
	s := search{d: d, band: v.Band, spans: wordsOf(v)}
	var rest []message.Message
	for _, m := range thread {
		if slices.ContainsFunc(s.spans, func(w Piece) bool { return w.Message == m.ID }) {
			s.messages = append(s.messages, m)
		} else {
			rest = append(rest, m)
		}
	}
	s.rest = d.MatchAll(rest)
	all := len(s.spans)
	s.spans = s.spans[:min(all, maxSpans)]
	for size := 1; size <= min(maxTogether, len(s.spans)); size++ {
		if c, ok := s.choose(nil, 0, size); ok {
			c.Smallest = all <= maxSpans
			return c, true
		}
	}
	s.spans = wordsOf(v)
	for size := maxTogether + 1; size <= len(s.spans); size++ {
		if c, ok := s.without(s.spans[:size]); ok {
			return c, true
		}
	}
	return c, false
}

// wordsOf joins the overlapping spans of the evidence, the heaviest first.
func wordsOf(v *detector.Verdict) []Piece {
	evidence := slices.Clone(v.Evidence)
	slices.SortStableFunc(evidence, func(a, b detector.Evidence) int { return cmp.Compare(b.Weight, a.Weight) })
	var all []Piece
	for _, e := range evidence {
		at := slices.IndexFunc(all, func(w Piece) bool { return w.Message == e.Message && w.Start < e.End && e.Start < w.End })
		if at < 0 {
			all = append(all, Piece{Message: e.Message, Start: e.Start, End: e.End})
			continue
		}
		all[at].Start, all[at].End = min(all[at].Start, e.Start), max(all[at].End, e.End)
	}
	return all
}

type search struct {
	d        *detector.Detector
	band     rule.Band
	spans    []Piece
	messages []message.Message // with evidence
	rest     detector.Matches  // of all other messages
}

// choose tries every set of so many spans, heavier ones first.
func (s *search) choose(chosen []Piece, from, size int) (c Counterfactual, ok bool) {
	if size == 0 {
		return s.without(chosen)
	}
	for i := from; i+size <= len(s.spans); i++ {
		if c, ok := s.choose(append(slices.Clone(chosen), s.spans[i]), i+1, size-1); ok {
			return c, true
		}
	}
	return c, false
}

// without judges the thread less some words.
func (s *search) without(words []Piece) (c Counterfactual, ok bool) {
	less := slices.Clone(s.messages)
	texts := make([]string, len(words))
	for k := range less {
		m := &less[k]
		var cuts []source.Span
		for i, w := range words {
			if w.Message == m.ID && w.End <= len(m.Text) {
				cuts = append(cuts, source.Span{Start: w.Start, End: w.End})
				texts[i] = m.Text[w.Start:w.End]
			}
		}
		m.Text = cut(m.Text, cuts)
	}
	matches := s.d.MatchAll(less)
	matches.Merge(s.rest)
	v := s.d.Judge(matches)
	if v.Band >= s.band {
		return c, false
	}
	c = Counterfactual{Without: slices.Clone(words), Band: v.Band, Score: v.Score}
	for i := range c.Without {
		c.Without[i].Text = texts[i]
	}
	return c, true
}

// cut takes spans out of a text and leaves a full stop, so that what was
// around them does not come together.
func cut(text string, spans []source.Span) string {
	slices.SortFunc(spans, func(a, b source.Span) int { return cmp.Compare(a.Start, b.Start) })
	var b strings.Builder
	at := 0
	for _, s := range spans {
		if s.Start < at {
			continue
		}
		b.WriteString(text[at:s.Start])
		b.WriteString(" . ")
		at = s.End
	}
	b.WriteString(text[at:])
	return b.String()
}
