package detector

import (
	"github.com/hookline/hookline/detector/speech"
)

// Hint tells the threads that judging can come to something from those in
// which all that was found are parts of rules of which other parts are missing.
// It is small, and says so before the matches of a thread are merged: the zero
// Hint is that of nothing, and hints merge by union.
type Hint struct {
	parts  [hintWords]uint64 // slots of rules whose condition needs more than one message
	counts bool              // something counts by itself
	names  bool              // identifiers, which any verdict lists
}

// hintWords bounds a hint; where there are more slots than bits, they share.
const hintWords = 4

// Merge adds the hint of other messages of the thread.
func (h *Hint) Merge(other Hint) {
	for i := range h.parts {
		h.parts[i] |= other.parts[i]
	}
	h.counts, h.names = h.counts || other.counts, h.names || other.names
}

// Hint is that of some matches.
func (d *Detector) Hint(m *Matches) (h Hint) {
	h.names = len(m.ids) > 0
	for i := range m.found {
		f := &m.found[i]
		r := &d.rules[f.rule]
		if f.void || f.act == speech.Context || !r.deferred {
			h.counts = true
			continue
		}
		bit := r.part(f.slot)
		h.parts[bit/64] |= 1 << (bit % 64)
	}
	return h
}

// Possible says whether the verdict about a thread of this hint may be another
// than that about one in which nothing was found.
func (d *Detector) Possible(h *Hint) bool { return h.counts || h.names || d.complete(h) }

// complete says whether all parts that some rule needs may be there.
func (d *Detector) complete(h *Hint) bool {
	for _, r := range d.deferred {
		if c := &d.rules[r]; c.need.Met(h.from(c.parts)) {
			return true
		}
	}
	return false
}

// from is what lies in a hint from some bit on; after the last comes the first.
func (h *Hint) from(bit int) uint64 {
	word, shift := bit/64%hintWords, bit%64
	return h.parts[word]>>shift | h.parts[(word+1)%hintWords]<<(64-shift)
}

// part is the bit of a slot of the rule in a hint.
func (c *compiled) part(slot int32) int {
	return (c.parts + int(min(slot-c.first, 63))) % (64 * hintWords)
}
