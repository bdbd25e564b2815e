package match

// pairTable maps pairs to symbols by open addressing.
type pairTable struct {
	slots []pairSlot
	mask  uint64
	count int
	seen  [1 << 10]uint64 // a bit for each pair, by its hash: most texts' pairs have none
}

type pairSlot struct {
	pair atom // 0 for a free slot
	s    symbol
}

func pairHash(a atom) uint64 { return mix(uint64(a)) }

func (t *pairTable) get(a atom) symbol {
	h := pairHash(a)
	if t.seen[h>>54]>>(h>>48&63)&1 == 0 {
		return 0
	}
	return t.slots[t.place(h, a)].s
}

func (t *pairTable) place(h uint64, a atom) uint64 {
	i := h & t.mask
	for t.slots[i].pair != 0 && t.slots[i].pair != a {
		i = (i + 1) & t.mask
	}
	return i
}

// put is the symbol of a pair, made where need be.
func (t *pairTable) put(a atom, make func() symbol) symbol {
	if 3*(t.count+1) > 2*len(t.slots) {
		t.grow()
	}
	h := pairHash(a)
	i := t.place(h, a)
	if t.slots[i].pair == 0 {
		t.slots[i] = pairSlot{a, make()}
		t.count++
		t.seen[h>>54] |= 1 << (h >> 48 & 63)
	}
	return t.slots[i].s
}

func (t *pairTable) grow() {
	old := t.slots
	t.slots = make([]pairSlot, max(64, 2*len(old)))
	t.mask = uint64(len(t.slots) - 1)
	for _, slot := range old {
		if slot.pair != 0 {
			t.slots[t.place(pairHash(slot.pair), slot.pair)] = slot
		}
	}
}
