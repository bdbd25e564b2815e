package match

// edgeTable maps (node, symbol) to a node by open addressing; the zero key is
// free, because the root's edges are kept apart.
type edgeTable struct {
	keys  []uint64
	nodes []uint32
	mask  uint64
	count int
}

func edgeKey(node uint32, s symbol) uint64 { return uint64(node)<<32 | uint64(s) }

// mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func (t *edgeTable) get(node uint32, s symbol) uint32 {
	if t.count == 0 {
		return 0
	}
	key := edgeKey(node, s)
	for i := mix(key) & t.mask; ; i = (i + 1) & t.mask {
		switch t.keys[i] {
		case key:
			return t.nodes[i]
		case 0:
			return 0
		}
	}
}

func (t *edgeTable) put(node uint32, s symbol, to uint32) {
	if 2*(t.count+1) > len(t.keys) {
		t.grow()
	}
	key := edgeKey(node, s)
	i := mix(key) & t.mask
	for t.keys[i] != 0 {
		i = (i + 1) & t.mask
	}
	t.keys[i], t.nodes[i] = key, to
	t.count++
}

func (t *edgeTable) grow() {
	old := *t
	size := max(64, 2*len(old.keys))
	t.keys, t.nodes = make([]uint64, size), make([]uint32, size)
	t.mask, t.count = uint64(size-1), 0
	for i, key := range old.keys {
		if key != 0 {
			t.put(uint32(key>>32), symbol(key), old.nodes[i])
		}
	}
}
