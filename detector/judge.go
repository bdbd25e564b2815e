package detector

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
	"github.com/hookline/hookline/detector/script"
	"github.com/hookline/hookline/detector/speech"
)

// Judge decides about a thread from all that was found in it. It is a pure
// function of the matches: one pass over them in the thread's order.
func (d *Detector) Judge(m Matches) Verdict {
	if len(m.found) > 0 {
		if hint := d.Hint(&m); hint.counts || d.complete(&hint) {
			return d.judge(m, nil)
		}
	}
	return d.quiet(m)
}

// JudgeEach is Judge, and calls each with the verdict of the thread read up to
// and with each message in which something was found, in the thread's order.
func (d *Detector) JudgeEach(m Matches, each func(Verdict)) Verdict {
	if len(m.found) == 0 {
		return d.quiet(m)
	}
	return d.judge(m, each)
}

// judge reads a thread message by message.
func (d *Detector) judge(m Matches, each func(Verdict)) Verdict {
	j := newJudging(d, &m)
	for start := 0; start < len(j.events); {
		end := start + 1
		for end < len(j.events) && j.events[end].site == j.events[start].site {
			end++
		}
		j.read(j.events[start:end])
		if each != nil {
			v := j.verdict()
			v.Message = j.sites[len(j.sites)-1].order.ID
			each(v)
		}
		start = end
	}
	return j.verdict()
}

// quiet is the verdict about a thread in which nothing was found: the same for
// all but for its name and identifiers.
func (d *Detector) quiet(m Matches) Verdict {
	v := d.nothing
	v.Source, v.Thread = unlined(m.Source), m.Thread
	if len(m.ids) > 0 {
		v.Identifiers = m.identifiers()
	}
	return v
}

// event is a match in its place.
type event struct {
	*found
	site *site
	idle bool // it can come to nothing
}

// judging is a thread read up to some message.
type judging struct {
	*Detector
	matches *Matches
	events  []event
	sites   []*site // read so far

	accepted  []evidence
	opposing  []evidence
	waiting   []evidence // matches of rules whose condition needs the thread
	captives  []string
	released  bool // a captive was found in the message just read
	sides     []side
	perSender bool

	composites []int // that hold, in the order in which they came to
	firstAlert *Alert
	decision   decision
}

// evidence is a match that was read.
type evidence struct {
	*found
	site    *site
	ordinal int // of the message among those read
}

// side is one party of a conversation.
type side struct {
	sender string
	ledger score.Ledger
}

func newJudging(d *Detector, m *Matches) *judging {
	j := &judging{Detector: d, matches: m, events: make([]event, len(m.found))}
	roles := false
	for i := range m.sites {
		roles = roles || m.sites[i].role != message.Unknown
	}
	j.perSender = !roles && len(m.senders) == 2
	idle := j.idle(m)
	for i := range m.found {
		f := &m.found[i]
		j.events[i] = event{f, m.site(f.site), idle[f]}
	}
	slices.SortStableFunc(j.events, func(a, b event) int {
		return cmp.Or(m.basis.Compare(a.site.order, b.site.order), slices.Compare(a.site.key[:], b.site.key[:]),
			cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(a.rule, b.rule), cmp.Compare(a.slot, b.slot))
	})
	j.decision = j.decide()
	return j
}

// idle are the matches that can come to nothing: of a rule whose condition needs
// the thread and of which parts are missing, and context with nothing beside it.
func (j *judging) idle(m *Matches) map[*found]bool {
	idle := map[*found]bool{}
	beside := map[message.Key]bool{} // messages with more than context
	missing := j.missing(m)
	for i := range m.found {
		switch f := &m.found[i]; {
		case slices.Contains(missing, f.rule):
			idle[f] = true
		case f.act != speech.Context:
			beside[f.site] = true
		}
	}
	for i := range m.found {
		if f := &m.found[i]; f.act == speech.Context && !beside[f.site] {
			idle[f] = true
		}
	}
	return idle
}

// missing are the rules whose condition needs the thread and of which it has
// not all parts. Matches are sorted by rule.
func (j *judging) missing(m *Matches) (rules []int32) {
	for start := 0; start < len(m.found); {
		r, end, present := m.found[start].rule, start, uint64(0)
		c := &j.rules[r]
		for ; end < len(m.found) && m.found[end].rule == r; end++ {
			present |= c.bit(m.found[end].slot)
		}
		if c.deferred && !c.need.Met(present) {
			rules = append(rules, r)
		}
		start = end
	}
	return rules
}

// read takes in the matches of the next message.
func (j *judging) read(events []event) {
	at := events[0].site
	j.sites = append(j.sites, at)
	fresh := len(j.accepted)
	waiting := len(j.waiting)
	for _, e := range events {
		ev := evidence{e.found, at, len(j.sites) - 1}
		switch {
		case e.idle:
		case e.void || e.act == speech.Context:
			j.opposing = append(j.opposing, ev)
		case j.rules[e.rule].deferred:
			j.waiting = append(j.waiting, ev)
		default:
			j.accept(ev)
		}
	}
	if len(j.waiting) > waiting {
		j.settle(j.waiting[waiting:])
	}
	if j.released {
		j.released, j.composites, fresh = false, nil, 0
	}
	if len(j.accepted) == fresh {
		return
	}
	j.compose(j.accepted[fresh:])
	j.decision = j.decide()
	if j.firstAlert == nil && score.Alert(j.decision.band) {
		j.firstAlert = &Alert{Message: at.order.ID, Sent: at.order.Sent, Band: j.decision.band}
	}
}

// accept enters a match as evidence.
func (j *judging) accept(e evidence) {
	r := &j.rules[e.rule]
	scam := score.Scam(r.Category) || r.Category == score.CrossCutting
	if scam && (e.site.role == message.Reporter || slices.Contains(j.captives, e.sender)) {
		j.opposing = append(j.opposing, e)
		return
	}
	j.accepted = append(j.accepted, e)
	switch {
	case scam:
		j.side(e.sender).Add(r.Rule, r.weight, e.site.order.Sent)
	case r.Category == distress && r.Class >= rule.Medium && !slices.Contains(j.captives, e.sender):
		j.release(e.sender)
	}
}

const (
	contextCategory = "context"
	distress        = "trafficked_distress"
	victim          = "victim_side"
)

// release takes all that a captive wrote out of the evidence of a scam: whoever
// types may be forced to.
func (j *judging) release(sender string) {
	j.captives, j.released = append(j.captives, sender), true
	j.sides = nil
	kept := j.accepted[:0]
	for _, e := range j.accepted {
		r := &j.rules[e.rule]
		if score.Scam(r.Category) || r.Category == score.CrossCutting {
			if e.sender == sender {
				j.opposing = append(j.opposing, e)
				continue
			}
			j.side(e.sender).Add(r.Rule, r.weight, e.site.order.Sent)
		}
		kept = append(kept, e)
	}
	j.accepted = kept
}

// side is the ledger of the party a sender belongs to: each of two people who
// talk, where nobody says who handed the thread over; else all but the
// reporter.
func (j *judging) side(sender string) *score.Ledger {
	if !j.perSender {
		sender = ""
	}
	for i := range j.sides {
		if j.sides[i].sender == sender {
			return &j.sides[i].ledger
		}
	}
	j.sides = append(j.sides, side{sender: sender})
	return &j.sides[len(j.sides)-1].ledger
}

// settle evaluates the rules whose condition needs the thread and that just
// got new matches, and accepts the matches that came to count.
func (j *judging) settle(fresh []evidence) {
	var done []int32
	for _, e := range fresh {
		if slices.Contains(done, e.rule) {
			continue
		}
		done = append(done, e.rule)
		r, present := &j.rules[e.rule], uint64(0)
		for _, w := range j.waiting {
			if w.rule == e.rule {
				present |= r.bit(w.slot)
			}
		}
		if !r.need.Met(present) {
			continue
		}
		find := func(leaf *rule.Condition) (all []script.Occurrence) {
			for i, w := range j.waiting {
				if w.rule == e.rule && j.program.Slots()[w.slot].Name == leaf.Name {
					all = append(all, w.occurrence(i))
				}
			}
			return all
		}
		for _, i := range used(script.Evaluate(r.Condition, find)) {
			if w := j.waiting[i]; w.found != nil && !j.has(w) {
				j.accept(w)
			}
		}
	}
}

func (j *judging) has(e evidence) bool {
	return slices.ContainsFunc(j.accepted, func(a evidence) bool { return a.found == e.found })
}

func (e evidence) occurrence(index int) script.Occurrence {
	return script.Occurrence{
		Message: e.ordinal, Sender: e.sender, Clause: e.clause, Units: e.units,
		Sent: e.site.order.Sent, Index: index,
	}
}

// compose evaluates the composites that fresh evidence may complete.
func (j *judging) compose(fresh []evidence) {
	for i := range j.composed {
		c := &j.composed[i]
		if slices.Contains(j.composites, i) || !slices.ContainsFunc(fresh, func(e evidence) bool { return c.touches[e.rule] }) {
			continue
		}
		find := func(leaf *rule.Condition) (all []script.Occurrence) {
			rules := c.leaves[leaf]
			for k, e := range j.accepted {
				if rules[e.rule] && (!leaf.Ref.HasAct || string(e.act) == leaf.Ref.Act.String()) {
					all = append(all, e.occurrence(k))
				}
			}
			return all
		}
		if len(script.Evaluate(c.When, find)) > 0 {
			j.composites = append(j.composites, i)
		}
	}
}
