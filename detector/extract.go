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
	w := d.matchers.Get().(*Matcher)
	found := w.Match(m).Clone()
	d.matchers.Put(w) // only now: after a panic its memory is no longer to be trusted
	return found
}

// MatchAll finds what the messages of a thread say, in whatever order they come.
func (d *Detector) MatchAll(thread []message.Message) (all Matches) {
	for i := range thread {
		all.Merge(d.Match(&thread[i]))
	}
	return all
}

// Matcher is Match in memory of its own, for those who match many messages. Not
// for concurrent use.
type Matcher struct {
	detector *Detector
	scanner  *match.Scanner
	out      Matches
	sites    [1]site
	senders  [1]string

	message  *message.Message
	result   match.Result
	order    message.Order
	kept     []held
	contexts []held
	phrases  []speech.Phrase
}

// NewMatcher makes a Matcher.
func (d *Detector) NewMatcher() *Matcher {
	return &Matcher{detector: d, scanner: d.program.NewScanner(d.options.Region)}
}

// Match is that of the Detector; what it returns is valid until the next call,
// and its strings are those of the message.
func (w *Matcher) Match(m *message.Message) *Matches { return w.match(m, false) }

// Alone is Match for a message that is a thread of its own: what would count
// only together with another message is left out.
func (w *Matcher) Alone(m *message.Message) *Matches { return w.match(m, true) }

func (w *Matcher) match(m *message.Message, alone bool) *Matches {
	order := m.Order()
	w.out = Matches{
		Thread: m.ThreadID(), Source: m.Source, first: order, basis: order.Basis(),
		found: w.out.found[:0], ids: w.out.ids[:0],
	}
	if m.Sender != "" {
		w.senders[0] = m.Sender
		w.out.senders = w.senders[:]
	}
	if !m.Scored() || m.Text == "" {
		return &w.out
	}
	if alone {
		w.result = w.scanner.Alone(m.Text)
	} else {
		w.result = w.scanner.Sift(m.Text)
	}
	if len(w.result.Hits) == 0 && len(w.result.Identifiers) == 0 {
		return &w.out
	}
	w.message, w.order = m, order
	w.order.Position = 0
	w.findMatches(alone)
	w.findIdentifiers()
	if len(w.out.found)+len(w.out.ids) > 0 {
		w.fill(order)
	}
	return &w.out
}

// FrameOf is the state of a message in which nothing was found. Its strings are
// those of the message.
func FrameOf(m *message.Message) Matches {
	order := m.Order()
	f := Matches{Thread: m.ThreadID(), Source: m.Source, first: order, basis: order.Basis()}
	if m.Sender != "" {
		f.senders = []string{m.Sender}
	}
	return f
}

// Clone is a copy that shares no memory with the message or a Matcher.
func (m *Matches) Clone() Matches {
	c := *m
	c.Thread, c.Source, c.first.ID = strings.Clone(m.Thread), strings.Clone(m.Source), strings.Clone(m.first.ID)
	c.senders, c.sites = append([]string(nil), m.senders...), append([]site(nil), m.sites...)
	c.found, c.ids = append([]found(nil), m.found...), append([]identified(nil), m.ids...)
	for i := range c.senders {
		c.senders[i] = strings.Clone(c.senders[i])
	}
	for i := range c.sites {
		s := &c.sites[i]
		s.order.ID, s.sender, s.excerpt = strings.Clone(s.order.ID), strings.Clone(s.sender), strings.Clone(s.excerpt)
	}
	for i := range c.found {
		f := &c.found[i]
		s := c.site(f.site)
		f.sender, f.order.ID, f.text = s.sender, s.order.ID, strings.Clone(f.text)
	}
	for i := range c.ids {
		id := &c.ids[i]
		id.order.ID = c.site(id.site).order.ID
		id.Message = id.order.ID
	}
	return c
}

// held is a hit that a rule's condition uses.
type held struct {
	rule int
	hit  *match.Hit
}

func (w *Matcher) findMatches(alone bool) {
	w.kept, w.contexts = w.kept[:0], w.contexts[:0]
	slots := w.detector.program.Slots()
	hits := w.result.Hits
	idle := alone
	for start := 0; start < len(hits); {
		r := slots[hits[start].Slot].Rule
		c := &w.detector.rules[r]
		end, present := start, uint64(0)
		for ; end < len(hits) && slots[hits[end].Slot].Rule == r; end++ {
			present |= c.bit(hits[end].Slot)
		}
		met := c.need.Met(present)
		before := len(w.kept)
		if met || c.deferred {
			w.satisfy(r, hits[start:end])
		}
		if c.Effect != rule.NoEffect {
			w.contexts = append(w.contexts, w.kept[before:]...)
		}
		if c.Category == contextCategory {
			w.kept = w.kept[:before]
		}
		idle = idle && (len(w.kept) == before || !met)
		start = end
	}
	if len(w.kept) == 0 {
		return
	}
	quoted := speech.Quoted(w.result.Text.Body)
	if idle && len(w.contexts)+len(quoted) == 0 {
		return
	}
	w.assess(quoted)
}

// satisfy keeps the hits that make a rule's condition true; of a rule whose
// condition needs the thread, all.
func (w *Matcher) satisfy(r int, hits []match.Hit) {
	c := &w.detector.rules[r]
	if !c.any && !c.deferred {
		for _, i := range w.condition(c.Condition, hits) {
			w.kept = append(w.kept, held{r, &hits[i]})
		}
		return
	}
	for i := range hits {
		w.kept = append(w.kept, held{r, &hits[i]})
	}
}

// condition evaluates a message-wide condition and returns the hits it uses.
func (w *Matcher) condition(c *rule.Condition, hits []match.Hit) []int {
	slots := w.detector.program.Slots()
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
func (w *Matcher) assess(quoted []source.Span) {
	w.phrases = w.phrases[:0]
	for _, c := range w.contexts {
		w.phrases = append(w.phrases, w.phrase(c))
	}
	speaking := speech.Read(w.phrases, quoted)
	all := w.out.found
	for _, k := range w.kept {
		act, void := speaking.Judge(w.phrase(k))
		all = append(all, w.found(k, act, void))
	}
	for _, c := range w.contexts {
		if w.detector.rules[c.rule].Category == contextCategory {
			all = append(all, w.found(c, speech.Context, false))
		}
	}
	if !slices.IsSortedFunc(all, compareFound) {
		slices.SortFunc(all, compareFound)
	}
	w.out.found = trim(all, sameSeries)
}

func (w *Matcher) phrase(h held) speech.Phrase {
	return speech.Phrase{
		Rule: w.detector.rules[h.rule].Rule, Name: w.detector.program.Slots()[h.hit.Slot].Name,
		Span: h.hit.Span, Units: h.hit.Units, Clause: h.hit.Clause,
	}
}

func (w *Matcher) found(h held, act speech.Act, void bool) found {
	text := w.result.Text
	span := text.RawSpan(h.hit.Span)
	f := found{
		rule: int32(h.rule), slot: h.hit.Slot, sender: w.message.Sender, order: w.order, act: act, void: void,
		view: h.hit.View, lang: h.hit.Lang, span: span, units: h.hit.Units, clause: h.hit.Clause,
		text: clip(w.message.Text[span.Start:span.End], maxQuote),
	}
	if f.view == 0 && text.Changed(h.hit.Span) {
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

func (w *Matcher) findIdentifiers() {
	all := w.out.ids
	for i := range w.result.Identifiers {
		id := &w.result.Identifiers[i]
		if !lasting(id.Kind) {
			continue
		}
		span := w.result.Text.RawSpan(id.Span)
		all = append(all, identified{
			Identifier: Identifier{Type: id.Type, Value: id.Value, Message: w.message.ID, Start: span.Start, End: span.End, Valid: id.Valid},
			order:      w.order, kind: id.Kind,
		})
	}
	slices.SortFunc(all, compareIdentified)
	w.out.ids = trim(all, sameKind)
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

// fill completes the state of a message in which something was found.
func (w *Matcher) fill(order message.Order) {
	m, key := &w.out, w.message.Key()
	for i := range m.found {
		m.found[i].site = key
	}
	for i := range m.ids {
		m.ids[i].site = key
	}
	w.sites[0] = site{
		key: key, order: order, sender: w.message.Sender, role: w.message.Role, excerpt: w.excerpt(),
	}
	m.sites = w.sites[:]
}

// excerpt is the part of the message around the first match of a rule that can
// hold in it, or else of any: where the message is read alone, only those are
// left.
func (w *Matcher) excerpt() string {
	text, all := w.message.Text, w.out.found
	if len(text) <= maxExcerpt || len(all) == 0 {
		return clip(text, maxExcerpt)
	}
	whole, any := len(text), len(text)
	for start := 0; start < len(all); {
		r := &w.detector.rules[all[start].rule]
		end, least, present := start, len(text), uint64(0)
		for ; end < len(all) && all[end].rule == all[start].rule; end++ {
			present |= r.bit(all[end].slot)
			least = min(least, all[end].span.Start)
		}
		any = min(any, least)
		if !r.deferred || r.need.Met(present) {
			whole = min(whole, least)
		}
		start = end
	}
	if whole == len(text) {
		whole = any
	}
	start := max(0, min(whole-maxExcerpt/4, len(text)-maxExcerpt))
	for start > 0 && !utf8.RuneStart(text[start]) {
		start--
	}
	return clip(text[start:], maxExcerpt)
}
