package match

// edgeTable maps (node, symbol) to a node by open addressing; the zero key is
// free, because the root's edges are kept apart.
type edgeTable struct {
	slots []edgeSlot
	mask  uint64
	count int
}

type edgeSlot struct {
	node uint32 // 0 for a free slot
	s    symbol
	to   uint32
}

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func edgeHash(node uint32, s symbol) uint64 { return mix(uint64(node)<<32 | uint64(s)) }

// reserve makes room for about so many edges.
func (t *edgeTable) reserve(edges int) {
	size := 64
	for size < edges+edges/2 {
		size *= 2
	}
	t.slots, t.mask = make([]edgeSlot, size), uint64(size-1)
}

func (t *edgeTable) get(node uint32, s symbol) uint32 {
	for i := edgeHash(node, s) & t.mask; ; i = (i + 1) & t.mask {
		switch slot := &t.slots[i]; {
		case slot.node == node && slot.s == s:
			return slot.to
		case slot.node == 0:
			return 0
		}
	}
}

// put returns where the edge leads, which is to if there was none.
func (t *edgeTable) put(node uint32, s symbol, to uint32) uint32 {
	if 3*(t.count+1) > 2*len(t.slots) {
		t.grow()
	}
	i := edgeHash(node, s) & t.mask
	for t.slots[i].node != 0 {
		if t.slots[i].node == node && t.slots[i].s == s {
			return t.slots[i].to
		}
		i = (i + 1) & t.mask
	}
	t.slots[i] = edgeSlot{node, s, to}
	t.count++
	return to
}

func (t *edgeTable) grow() { t.move(2 * len(t.slots)) }

// fit makes the table as small as it may be.
func (t *edgeTable) fit() {
	size := 2
	for 3*(t.count+1) > 2*size {
		size *= 2
	}
	t.move(size)
}

func (t *edgeTable) move(size int) {
	old := t.slots
	t.slots = make([]edgeSlot, size)
	t.mask, t.count = uint64(size-1), 0
	for _, slot := range old {
		if slot.node != 0 {
			t.put(slot.node, slot.s, slot.to)
		}
	}
}
