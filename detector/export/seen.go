package export

import (
	"hash/maphash"
	"slices"

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

// knownChat is a conversation of people that was read before.
type knownChat struct {
	people          []string
	name, namespace string
}

// maxChats bounds how many conversations are remembered.
const maxChats = 1 << 16

// peopleThread is newThread for a conversation that its people tell from
// others. Where it begins like one that was read before, and the people of one
// of the two are among those of the other, it is the same: somebody has
// answered, or joined, since that was exported.
func (u *unit) peopleThread(first string, people []string, name string, identity ...string) *thread {
	t := u.newThread(name, identity...)
	key := message.KeyOf(u.format.Name, first)
	chats := u.r.chats[key]
	for i, c := range chats {
		if among(c.people, people) || among(people, c.people) {
			t.name, t.namespace = c.name, c.namespace
			if len(people) > len(c.people) {
				chats[i].people = people
			}
			return t
		}
	}
	if len(u.r.chats) < maxChats && len(chats) < 100 {
		if u.r.chats == nil {
			u.r.chats = map[message.Key][]knownChat{}
		}
		u.r.chats[key] = append(chats, knownChat{people, t.name, t.namespace})
	}
	return t
}

// among says whether all names are in a list.
func among(names, list []string) bool {
	for _, name := range names {
		if !slices.Contains(list, name) {
			return false
		}
	}
	return len(names) > 0
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
