package match

import (
	"encoding/binary"
	"sort"
)

// internTable maps words with their marks to numbers, by a 64-bit hash of both.
type internTable struct {
	slots []internSlot
	mask  uint64
	count int

	sorted []byte // in a restored part, instead: hash and number, by hash
}

// sortedSize is the bytes of an entry of sorted.
const sortedSize = 12

type internSlot struct {
	hash  uint64 // 0 for a free slot
	value uint32
}

// reserve makes room for about so many words.
func (t *internTable) reserve(words int) {
	size := 64
	for size < 2*words {
		size *= 2
	}
	t.slots, t.mask = make([]internSlot, size), uint64(size-1)
}

// find is the number of a word, 0 for a new one. It may be written to, up to
// the next find.
func (t *internTable) find(word string, m marks) *uint32 {
	if 2*(t.count+1) > len(t.slots) {
		old := t.slots
		t.reserve(len(old))
		for _, slot := range old {
			if slot.hash != 0 {
				*t.slot(slot.hash) = slot
			}
		}
	}
	h := internHash(word, m)
	slot := t.slot(h)
	if slot.hash == 0 {
		slot.hash = h
		t.count++
	}
	return &slot.value
}

// get is the number of a word, 0 for a new one.
func (t *internTable) get(word string, m marks) uint32 {
	hash := internHash(word, m)
	if t.sorted == nil {
		return t.slot(hash).value
	}
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(t.sorted[i*sortedSize:]) }
	n := len(t.sorted) / sortedSize
	if i := sort.Search(n, func(i int) bool { return at(i) >= hash }); i < n && at(i) == hash {
		return binary.LittleEndian.Uint32(t.sorted[i*sortedSize+8:])
	}
	return 0
}

func internHash(word string, m marks) uint64 {
	h := (uint64(fnvOffset) ^ uint64(m)) * fnvPrime
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * fnvPrime
	}
	return finish(h)
}

func (t *internTable) slot(hash uint64) *internSlot {
	i := hash & t.mask
	for t.slots[i].hash != 0 && t.slots[i].hash != hash {
		i = (i + 1) & t.mask
	}
	return &t.slots[i]
}
