package match

// trie holds the states of the automaton. What few states have is chained: a
// link is an index, 0 for none.
type trie struct {
	begins  sieve  // what patterns begin with
	nodes   []node // 0 is none, 1 the root
	edges   edgeTable
	beyond  []beyond // 0 is empty
	accepts []accept
	gaps    []gap
	joins   []join

	// While it is built:
	shared []bool // by beyond: it is that of several states, not to be written to
	own    []bool // by gap: it is of one state alone, and patterns that come the same way share it
}

// node is a state.
type node struct {
	mask   uint32 // a bit for each symbol with an edge, by its low five bits
	beyond int32  // index of what it has beyond edges
}

// beyond is what few states have.
type beyond struct {
	accept, gap, join int32
}

// accept ends a pattern: of a slot, or of a list, whose symbol it yields.
type accept struct {
	ending
	next int32
}

type ending struct {
	slot int32 // -1 for a list
	list symbol
	lang uint32
}

// gap leads to a state after up to units of skipped tokens.
type gap struct {
	units int32
	to    uint32
	next  int32
}

// join leads to a state that is reached without reading anything.
type join struct {
	to   uint32
	next int32
}

// root is the state before a pattern.
const root = 1

// newTrie makes an empty trie with memory for about so many states.
func newTrie(size int) trie {
	t := trie{
		nodes: make([]node, 2, size), beyond: make([]beyond, 1, size/3),
		accepts: make([]accept, 1, size/4), gaps: make([]gap, 1, size/4), joins: make([]join, 1, size*3/4),
		shared: make([]bool, 1, size/3), own: make([]bool, 1, size/4),
	}
	t.edges.reserve(size * 3 / 4)
	return t
}

func (t *trie) node() uint32 {
	t.nodes = append(t.nodes, node{})
	return uint32(len(t.nodes) - 1)
}

// child is the state after the edge of a symbol out of n, made where need be.
func (t *trie) child(n uint32, s symbol) uint32 {
	next := uint32(len(t.nodes))
	to := t.edges.put(n, s, next)
	if to == next {
		t.node()
		t.nodes[n].mask |= s.bit()
	}
	return to
}

// of is what a state has beyond edges, made its own to be written to.
func (t *trie) of(n uint32) *beyond {
	at := t.nodes[n].beyond
	if at == 0 || t.shared[at] {
		have := t.beyond[at]
		if have.accept != 0 { // the one that is shared
			have.accept = t.accept(t.accepts[have.accept].ending)
		}
		t.nodes[n].beyond = t.addBeyond(have, false)
	}
	return &t.beyond[t.nodes[n].beyond]
}

func (t *trie) addBeyond(b beyond, shared bool) int32 {
	t.beyond, t.shared = append(t.beyond, b), append(t.shared, shared)
	return int32(len(t.beyond) - 1)
}

// bit is one of the mask of a node.
func (s symbol) bit() uint32 { return 1 << (s & 31) }

func (t *trie) accept(e ending) int32 {
	t.accepts = append(t.accepts, accept{ending: e})
	return int32(len(t.accepts) - 1)
}

// addAccept lets a state end a pattern, once.
func (t *trie) addAccept(n uint32, e ending) {
	link := &t.of(n).accept
	for *link != 0 {
		if t.accepts[*link].ending == e {
			return
		}
		link = &t.accepts[*link].next
	}
	*link = int32(len(t.accepts))
	t.accept(e)
}

func (t *trie) addGap(n uint32, g gap, own bool) {
	link := &t.of(n).gap
	for *link != 0 {
		link = &t.gaps[*link].next
	}
	*link = int32(len(t.gaps))
	t.gaps, t.own = append(t.gaps, g), append(t.own, own)
}

func (t *trie) addJoin(n, to uint32) {
	link := &t.of(n).join
	for *link != 0 {
		link = &t.joins[*link].next
	}
	*link = int32(len(t.joins))
	t.joins = append(t.joins, join{to: to})
}

// ownGap is the state after a gap that n shares with no other state; 0 for
// none.
func (t *trie) ownGap(n uint32, units int32) uint32 {
	for i := t.beyond[t.nodes[n].beyond].gap; i != 0; i = t.gaps[i].next {
		if t.gaps[i].units == units && t.own[i] {
			return t.gaps[i].to
		}
	}
	return 0
}

// close is for when all patterns are in it: it notes what they begin with.
func (t *trie) close() {
	t.shared, t.own = nil, nil
	t.edges.fit()
	var begin []symbol
	for _, slot := range t.edges.slots {
		if slot.node == root {
			begin = append(begin, slot.s)
		}
	}
	t.begins = newSieve(begin)
}
