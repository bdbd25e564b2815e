package match

import (
	"math/bits"

	"github.com/hookline/hookline/detector/rule"
)

// presence is what a text has of a part.
type presence struct {
	part  *part
	bits  []uint64 // by symbol, less its script
	found []symbol // of those, the ones with traits
	units []uint64 // that may be there, by unit
	noted []int32  // the same as a list
	lists int      // of those noted of lists, which come first
}

// of makes it ready for a text.
func (h *presence) of(part func() *part) *presence {
	if h.part == nil {
		h.part = part()
		h.bits = make([]uint64, len(h.part.traits)/64+1)
		h.units = make([]uint64, len(h.part.units)/64+1)
	}
	return h
}

// clear forgets a text.
func (h *presence) clear() {
	for _, s := range h.found {
		h.bits[s>>6] = 0
	}
	for _, u := range h.noted {
		h.units[u>>6] = 0
	}
	h.found, h.noted = h.found[:0], h.noted[:0]
}

// add notes a symbol.
func (h *presence) add(s symbol) {
	if bit := uint64(1) << (s & 63); h.bits[s>>6]&bit == 0 {
		h.bits[s>>6] |= bit
		h.found = append(h.found, s)
	}
}

func (h *presence) has(s symbol) bool { return h.bits[s>>6]>>(s&63)&1 != 0 }

// call notes the units of the patterns that a symbol calls and that have all
// that they need.
func (h *presence) call(x *index, s symbol) {
	for all := x.of(s); len(all) > 1; all = all[2:] {
		if unit := all[0]; h.units[unit>>6]>>(unit&63)&1 == 0 && h.all(all[1]) {
			h.note(int32(unit))
		}
	}
}

// callOf is call for the slots of some rules.
func (h *presence) callOf(rules []uint64, x *index, s symbol) {
	for all := x.of(s); len(all) > 1; all = all[2:] {
		unit := all[0]
		rule := h.part.rules[unit]
		if rules[rule>>6]>>(rule&63)&1 != 0 && h.units[unit>>6]>>(unit&63)&1 == 0 && h.all(all[1]) {
			h.note(int32(unit))
		}
	}
}

// note notes that a unit may be there.
func (h *presence) note(unit int32) {
	h.units[unit>>6] |= 1 << (unit & 63)
	h.noted = append(h.noted, unit)
}

// all says whether one of each set of symbols is there.
func (h *presence) all(at uint32) bool {
	for needs := h.part.needs[at:]; needs[0] != 0; {
		size, found := needs[0], false
		for _, s := range needs[1 : 1+size] {
			if found = h.has(s & partMask); found {
				break
			}
		}
		if !found {
			return false
		}
		needs = needs[1+size:]
	}
	return true
}

// findRuns notes the runs that patterns are called by: symbols that follow each
// other, but for emoji between them.
func (s *Scanner) findRuns() {
	for i := range s.edges {
		e := &s.edges[i]
		held := &s.held[e.symbol>>partShift]
		if held.part.traits[e.symbol&partMask]&leads != 0 {
			s.runsOf(held, atom{e.symbol}, 1, e.to)
		}
	}
}

// runsOf notes the runs that begin with the first so many symbols of one, which
// go up to a token.
func (s *Scanner) runsOf(held *presence, run atom, length int, to int32) {
	part, tokens := held.part, s.stream.Tokens
	for i := to; int(i) < len(tokens); i++ {
		for next := s.head[i]; next >= 0; next = s.edges[next].next {
			e := &s.edges[next]
			b := e.symbol
			if b < s.program.shared || b>>partShift != symbol(part.script) || part.traits[b&partMask]&trails == 0 {
				continue
			}
			run[length] = b
			found := part.runs.get(run)
			if found == nil {
				continue
			}
			if found.symbol != 0 {
				held.add(found.symbol & partMask)
			}
			if found.goesOn {
				s.runsOf(held, run, length+1, e.to)
			}
		}
		if tokens[i].Units != 0 {
			return
		}
	}
}

// findLists notes the lists of which entries may be there.
func (s *Scanner) findLists() {
	s.listed = false
	for _, held := range s.used {
		for i := 0; i < len(held.found); i++ {
			if symbol := held.found[i]; held.part.traits[symbol]&callsList != 0 {
				held.call(&held.part.lists, symbol)
			}
		}
	}
	for _, held := range s.used {
		held.lists = len(held.noted)
		for _, u := range held.noted {
			entry := held.part.units[u]
			for _, other := range s.used {
				other.add(entry.whole)
				other.add(entry.group)
			}
		}
	}
}

// walkLists hangs in the entries of lists, before the first pattern that calls
// one is looked for.
func (s *Scanner) walkLists() {
	s.listed = true
	for _, held := range s.used {
		for _, u := range held.noted[:held.lists] {
			s.walkAll(held.part.trie(s.program, held.part.units[u]))
		}
	}
}

// findSlots finds the hits of all slots, or of those of rules whose condition
// may hold.
func (s *Scanner) findSlots(conditions []*rule.Need) {
	called, all := 0, conditions == nil
	for _, held := range s.used {
		for _, symbol := range held.found {
			if held.part.traits[symbol]&callsRule != 0 {
				held.call(&held.part.callers, symbol)
			}
			if all && held.part.traits[symbol]&callsSlot != 0 {
				held.call(&held.part.others, symbol)
			}
		}
		called += len(held.noted) - held.lists
	}
	if called == 0 {
		return
	}
	if !all {
		s.findOthers()
	}
	for _, held := range s.used {
		for _, u := range held.noted[held.lists:] {
			slot := held.part.units[u].slot
			s.maybe[slot>>6] |= 1 << (slot & 63)
		}
	}
	for i := range s.maybe {
		for s.maybe[i] != 0 {
			slot := int32(i<<6 + bits.TrailingZeros64(s.maybe[i]))
			rule := s.program.slots[slot].Rule
			if all || conditions[rule] == nil {
				s.findSlot(slot)
				s.maybe[i] &= s.maybe[i] - 1
			} else {
				s.findRule(conditions[rule], s.program.firstSlot[rule], s.program.firstSlot[rule+1])
			}
		}
	}
}

// findOthers notes the slots that may be there besides those that called their
// rules.
func (s *Scanner) findOthers() {
	some := false
	for _, held := range s.used {
		for _, u := range held.noted[held.lists:] {
			if rule := held.part.rules[u]; s.program.conditions[rule] != nil {
				s.rules[rule>>6] |= 1 << (rule & 63)
				some = true
			}
		}
	}
	if !some {
		return
	}
	for _, held := range s.used {
		for _, symbol := range held.found {
			if held.part.traits[symbol]&callsSlot != 0 {
				held.callOf(s.rules, &held.part.others, symbol)
			}
		}
	}
	clear(s.rules)
}

// findRule finds the hits of the slots of a rule, unless its condition cannot
// hold.
func (s *Scanner) findRule(condition *rule.Need, first, end int32) {
	slots := s.maybe[first>>6]>>(first&63) | s.maybe[first>>6+1]<<1<<(63-first&63)
	slots &= 1<<(end-first) - 1
	for slot := first; slot < end; slot++ {
		s.maybe[slot>>6] &^= 1 << (slot & 63)
	}
	if !condition.Met(slots) {
		return
	}
	before := len(s.hits)
	for _, slot := range s.program.seldom[first:end] {
		if bit := uint64(1) << (slot - first); slots&bit != 0 && !s.findSlot(slot) {
			slots &^= bit
			if !condition.Met(slots) {
				s.hits = s.hits[:before]
				return
			}
		}
	}
}

// findSlot finds the hits of a slot and says whether there are any.
func (s *Scanner) findSlot(slot int32) bool {
	before := len(s.hits)
	for _, held := range s.used {
		if u := held.part.unitOf[slot]; u >= 0 && held.units[u>>6]>>(u&63)&1 != 0 {
			unit := held.part.units[u]
			if unit.lists && !s.listed {
				s.walkLists()
			}
			s.walkAll(held.part.trie(s.program, unit))
		}
	}
	return len(s.hits) > before
}
