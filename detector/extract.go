package detector

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/script"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/speech"
)

// Match finds what one message says. It is the only part of the work that
// reads text, and needs no other message.
func (d *Detector) Match(m *message.Message) Matches {
	order := m.Order()
	matches := Matches{Thread: m.ThreadID(), Source: m.Source, first: order, basis: order.Basis()}
	if m.Sender != "" {
		matches.senders = []string{m.Sender}
	}
	if !m.Scored() || m.Text == "" {
		return matches
	}
	scanner := d.scanner()
	defer d.scanners.Put(scanner)
	result := scanner.Scan(m.Text)
	if len(result.Hits) == 0 && len(result.Identifiers) == 0 {
		return matches
	}
	x := extraction{detector: d, message: m, result: &result, order: order}
	x.order.Position = 0
	matches.found = x.matches()
	matches.ids = x.identifiers()
	if len(matches.found)+len(matches.ids) > 0 {
		x.fill(&matches, order)
	}
	return matches
}

// extraction turns the hits of one message into matches.
type extraction struct {
	detector *Detector
	message  *message.Message
	result   *match.Result
	order    message.Order
}

// held is a hit that a rule's condition uses.
type held struct {
	rule int
	hit  *match.Hit
}

func (x *extraction) matches() []found {
	var kept, contexts []held
	slots := x.detector.program.Slots()
	hits := x.result.Hits
	for start := 0; start < len(hits); {
		r := slots[hits[start].Slot].Rule
		end := start + 1
		for end < len(hits) && slots[hits[end].Slot].Rule == r {
			end++
		}
		before := len(kept)
		kept = x.satisfying(r, hits[start:end], kept)
		if x.detector.rules[r].Effect != rule.NoEffect {
			contexts = append(contexts, kept[before:]...)
		}
		if x.detector.rules[r].Category == contextCategory {
			kept = kept[:before]
		}
		start = end
	}
	if len(kept) == 0 {
		return nil
	}
	return x.assess(kept, contexts)
}

// satisfying appends the hits that make a rule's condition true; of a rule
// whose condition needs the thread, all.
func (x *extraction) satisfying(r int, hits []match.Hit, dst []held) []held {
	c := &x.detector.rules[r]
	if !c.any && !c.deferred {
		for _, i := range x.condition(c.Condition, hits) {
			dst = append(dst, held{r, &hits[i]})
		}
		return dst
	}
	for i := range hits {
		dst = append(dst, held{r, &hits[i]})
	}
	return dst
}

// condition evaluates a message-wide condition and returns the hits it uses.
func (x *extraction) condition(c *rule.Condition, hits []match.Hit) []int {
	slots := x.detector.program.Slots()
	has := func(leaf *rule.Condition) bool {
		for i := range hits {
			if slots[hits[i].Slot].Name == leaf.Name {
				return true
			}
		}
		return false
	}
	if !script.Possible(c, has) {
		return nil
	}
	find := func(leaf *rule.Condition) (occurrences []script.Occurrence) {
		for i := range hits {
			if slots[hits[i].Slot].Name == leaf.Name {
				occurrences = append(occurrences, script.Occurrence{Units: hits[i].Units, Clause: hits[i].Clause, Index: i})
			}
		}
		return occurrences
	}
	return used(script.Evaluate(c, find))
}

// used lists what any of the findings uses, sorted.
func used(findings []script.Finding) []int {
	var all []int
	for _, f := range findings {
		all = append(all, f.Used...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// assess gives each match its speech act.
func (x *extraction) assess(kept, contexts []held) []found {
	phrases := make([]speech.Phrase, len(contexts))
	for i, c := range contexts {
		phrases[i] = x.phrase(c)
	}
	speaking := speech.Read(phrases, speech.Quoted(x.result.Text.Body))
	all := make([]found, 0, len(kept)+len(contexts))
	for _, k := range kept {
		act, void := speaking.Judge(x.phrase(k))
		all = append(all, x.found(k, act, void))
	}
	for _, c := range contexts {
		if x.detector.rules[c.rule].Category == contextCategory {
			all = append(all, x.found(c, speech.Context, false))
		}
	}
	slices.SortFunc(all, compareFound)
	return trim(all, sameSeries)
}

func (x *extraction) phrase(h held) speech.Phrase {
	return speech.Phrase{
		Rule: x.detector.rules[h.rule].Rule, Name: x.detector.program.Slots()[h.hit.Slot].Name,
		Span: h.hit.Span, Units: h.hit.Units, Clause: h.hit.Clause,
	}
}

func (x *extraction) found(h held, act speech.Act, void bool) found {
	span := x.result.Text.RawSpan(h.hit.Span)
	f := found{
		rule: int32(h.rule), slot: h.hit.Slot, sender: x.message.Sender, order: x.order, act: act, void: void,
		view: h.hit.View, lang: h.hit.Lang, span: span, units: h.hit.Units, clause: h.hit.Clause,
		text: strings.Clone(clip(x.message.Text[span.Start:span.End], maxQuote)),
	}
	if f.view == 0 && x.result.Text.Changed(h.hit.Span) {
		f.view++
	}
	return f
}

// clip cuts text to at most limit bytes, between runes.
func clip(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}

func (x *extraction) identifiers() []identified {
	var all []identified
	for i := range x.result.Identifiers {
		id := &x.result.Identifiers[i]
		if !lasting(id.Kind) {
			continue
		}
		span := x.result.Text.RawSpan(id.Span)
		all = append(all, identified{
			Identifier: Identifier{Type: id.Type, Value: id.Value, Message: x.message.ID, Start: span.Start, End: span.End, Valid: id.Valid},
			order:      x.order, kind: id.Kind,
		})
	}
	slices.SortFunc(all, compareIdentified)
	return trim(all, sameKind)
}

// lasting says whether an identifier ties messages together: an amount or a
// time does not.
func lasting(kind identifier.Kind) bool {
	switch kind {
	case identifier.Money, identifier.Percent, identifier.Duration:
		return false
	default:
		return true
	}
}

// fill completes the state of a message in which something was found. Strings
// are copied, so that the message's own memory can go.
func (x *extraction) fill(m *Matches, order message.Order) {
	key := x.message.Key()
	id := strings.Clone(order.ID)
	order.ID = id
	sender := strings.Clone(x.message.Sender)
	for i := range m.found {
		f := &m.found[i]
		f.site, f.sender, f.order.ID = key, sender, id
	}
	for i := range m.ids {
		m.ids[i].site, m.ids[i].order.ID, m.ids[i].Message = key, id, id
	}
	m.sites = []site{{
		key: key, order: order, sender: sender, role: x.message.Role,
		excerpt: strings.Clone(excerpt(x.message.Text, m.found)),
	}}
}

// excerpt is the part of a message around its first match.
func excerpt(text string, all []found) string {
	if len(text) <= maxExcerpt || len(all) == 0 {
		return clip(text, maxExcerpt)
	}
	first := source.Span{Start: len(text)}
	for i := range all {
		if all[i].span.Start < first.Start {
			first = all[i].span
		}
	}
	start := max(0, min(first.Start-maxExcerpt/4, len(text)-maxExcerpt))
	for start > 0 && !utf8.RuneStart(text[start]) {
		start--
	}
	return clip(text[start:], maxExcerpt)
}
