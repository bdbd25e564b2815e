package export

import (
	"hash/maphash"

	"github.com/hookline/hookline/detector/message"
)

// maxSeen bounds how many messages of exports are remembered, at about 40
// bytes each; later ones can no longer be told to be duplicates.
const maxSeen = 2 << 20

// seen is the set of messages of exports that were read.
type seen struct{ keys map[message.Key]struct{} }

// add says whether the key is new.
func (s *seen) add(key message.Key) bool {
	if _, ok := s.keys[key]; ok {
		return false
	}
	if len(s.keys) < maxSeen {
		if s.keys == nil {
			s.keys = map[message.Key]struct{}{}
		}
		s.keys[key] = struct{}{}
	}
	return true
}

// occurrences numbers equal messages of a unit (same thread, sender, time and
// text), which have no id of their own. It remembers at least the last
// generationSize different ones.
type occurrences struct {
	seed      maphash.Seed
	now, past map[uint64]int32
}

const generationSize = 1 << 17

// next is how often the message was met before.
func (o *occurrences) next(m *message.Message) int {
	if o.now == nil {
		o.seed = maphash.MakeSeed()
		o.now = map[uint64]int32{}
	}
	var h maphash.Hash
	h.SetSeed(o.seed)
	var stamp [40]byte
	for _, part := range [...]string{m.Namespace, m.Thread, m.Sender, string(m.Sent.Append(stamp[:0]))} {
		h.WriteString(part)
		h.WriteByte(0xff)
	}
	h.WriteString(m.Text)
	sum := h.Sum64()
	n, ok := o.now[sum]
	if !ok {
		n = o.past[sum]
	}
	if len(o.now) >= generationSize {
		o.now, o.past = map[uint64]int32{}, o.now
	}
	o.now[sum] = n + 1
	return int(n)
}
