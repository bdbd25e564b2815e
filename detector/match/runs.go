package match

// runTable maps runs to symbols by open addressing. It holds what longer runs
// begin with, too.
type runTable struct {
	slots []runSlot
	mask  uint64
	count int
	seen  [1 << 10]uint64 // a bit for each run, by its hash: most texts' pairs are none
}

type runSlot struct {
	run    atom   // of zeros in a free slot
	symbol symbol // 0 for what only longer ones begin with
	goesOn bool   // longer ones begin with it
}

func runHash(a atom) uint64 { return mix(uint64(a[0])<<32 | uint64(a[1]) ^ uint64(a[2])<<16) }

// get is the slot of a run, nil where there is none.
func (t *runTable) get(a atom) *runSlot {
	h := runHash(a)
	if t.seen[h>>54]>>(h>>48&63)&1 == 0 {
		return nil
	}
	if slot := t.place(h, a); slot.run == a {
		return slot
	}
	return nil
}

// place is where a run stands, or would.
func (t *runTable) place(h uint64, a atom) *runSlot {
	i := h & t.mask
	for t.slots[i].run != (atom{}) && t.slots[i].run != a {
		i = (i + 1) & t.mask
	}
	return &t.slots[i]
}

// symbol is that of a run, made where need be.
func (t *runTable) symbol(a atom, make func() symbol) symbol {
	if a[2] != 0 {
		t.put(atom{a[0], a[1]}).goesOn = true
	}
	slot := t.put(a)
	if slot.symbol == 0 {
		slot.symbol = make()
	}
	return slot.symbol
}

// put is the slot of a run, made where need be. It may be written to, up to
// the next put.
func (t *runTable) put(a atom) *runSlot {
	if 3*(t.count+1) > 2*len(t.slots) {
		t.grow()
	}
	h := runHash(a)
	slot := t.place(h, a)
	if slot.run != a {
		slot.run = a
		t.count++
		t.seen[h>>54] |= 1 << (h >> 48 & 63)
	}
	return slot
}

func (t *runTable) grow() {
	old := t.slots
	t.slots = make([]runSlot, max(64, 2*len(old)))
	t.mask = uint64(len(t.slots) - 1)
	for i := range old {
		if slot := &old[i]; slot.run != (atom{}) {
			*t.place(runHash(slot.run), slot.run) = *slot
		}
	}
}
