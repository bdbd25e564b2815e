package match

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Bounds of the walk, for hostile text: steps from one beginning, hits a message.
// Ordinary text needs some tens of steps; a bound that is reached loses hits,
// the same ones each time.
const (
	maxSteps = 4096
	maxHits  = 4096
)

// path is a walk in progress: where it began, where it has come to.
type path struct {
	first int32 // token it began at
	start int   // byte it began at
	end   int   // byte it has read up to
	last  int32 // token after the last one read
	view  token.View
}

// walkAll finds every occurrence of the patterns of a unit.
func (s *Scanner) walkAll(t *trie) {
	if len(s.units) == 0 {
		s.measure()
	}
	s.trie = t
	s.memo.reset()
	for k, symbol := range s.symbols { // less the entries of lists that come to them
		if !t.begins.has(symbol) {
			continue
		}
		if to := t.edges.get(root, symbol); to != 0 {
			edge := &s.edges[k]
			s.steps = 0
			s.walk(to, path{first: edge.from, start: int(edge.start), end: int(edge.end), last: edge.to, view: edge.view})
		}
	}
}

// walk goes on from a node with all that may follow it.
func (s *Scanner) walk(at uint32, p path) {
	if s.steps++; s.steps > maxSteps {
		return
	}
	n := &s.trie.nodes[at]
	if n.beyond != 0 {
		s.goBeyond(&s.trie.beyond[n.beyond], p)
	}
	if n.mask != 0 {
		s.follow(at, n.mask, p)
	}
}

func (s *Scanner) goBeyond(b *beyond, p path) {
	t := s.trie
	for i := b.accept; i != 0; i = t.accepts[i].next {
		s.accept(t.accepts[i].ending, p)
	}
	for i := b.join; i != 0; i = t.joins[i].next {
		s.walk(t.joins[i].to, p)
	}
	for i := b.gap; i != 0; i = t.gaps[i].next {
		s.walkGap(&t.gaps[i], p)
	}
}

// follow takes every edge out of the tokens at p.last, or past transparent
// ones (emoji) there.
func (s *Scanner) follow(at uint32, mask uint32, p path) {
	tokens := s.stream.Tokens
	for i := p.last; int(i) < len(tokens); i++ {
		for e := s.head[i]; e >= 0; e = s.edges[e].next {
			edge := &s.edges[e]
			if mask&edge.symbol.bit() == 0 {
				continue
			}
			if to := s.trie.edges.get(at, edge.symbol); to != 0 {
				next := p
				next.end, next.last, next.view = int(edge.end), edge.to, max(p.view, edge.view)
				s.walk(to, next)
			}
		}
		if tokens[i].Units != 0 {
			return
		}
	}
}

// walkGap skips from none to g.units of tokens and follows from each place.
func (s *Scanner) walkGap(g *gap, p path) {
	n := &s.trie.nodes[g.to]
	tokens := s.stream.Tokens
	limit := s.units[p.last] + g.units
	for i := p.last; int(i) < len(tokens) && s.units[i] <= limit; i++ {
		if s.memo.seen(g.to, i, p) {
			continue
		}
		for e := s.head[i]; e >= 0; e = s.edges[e].next {
			edge := &s.edges[e]
			if n.mask&edge.symbol.bit() == 0 {
				continue
			}
			if to := s.trie.edges.get(g.to, edge.symbol); to != 0 {
				next := p
				next.end, next.last, next.view = int(edge.end), edge.to, max(p.view, edge.view)
				s.walk(to, next)
			}
		}
	}
}

// accept records the end of a pattern.
func (s *Scanner) accept(a ending, p path) {
	if a.slot < 0 {
		s.addList(p.first, edge{symbol: a.list, to: p.last, start: int32(p.start), end: int32(p.end), view: p.view})
		return
	}
	if len(s.hits) >= maxHits {
		return
	}
	tokens := s.stream.Tokens
	s.hits = append(s.hits, Hit{
		Slot: a.slot, Lang: uint8(a.lang), View: p.view, Span: source.Span{Start: p.start, End: p.end},
		Units:  [2]int32{s.units[p.first], s.units[p.last]},
		Clause: [2]int32{tokens[p.first].Clause, tokens[p.last-1].Clause},
	})
}

// addList hangs in an entry of a list. Of several readings of the same tokens
// it keeps one: rather one that goes no farther than the tokens do, as an amount
// with its sign does, then the one that begins first, then the plainest.
func (s *Scanner) addList(from int32, list edge) {
	for i := s.head[from]; i >= 0; i = s.edges[i].next {
		if e := &s.edges[i]; e.symbol == list.symbol && e.to == list.to {
			if cmp.Or(cmp.Compare(s.overhang(from, &list), s.overhang(from, e)), cmp.Compare(list.start, e.start),
				cmp.Compare(list.view, e.view), cmp.Compare(list.end, e.end)) < 0 {
				e.start, e.end, e.view = list.start, list.end, list.view
			}
			return
		}
	}
	s.addEdge(from, list)
}

// overhang is how many ends of an edge lie outside its tokens.
func (s *Scanner) overhang(from int32, e *edge) (ends int) {
	tokens := s.stream.Tokens
	if e.start < tokens[from].Start {
		ends++
	}
	if e.end > tokens[e.to-1].End {
		ends++
	}
	return ends
}

// settle sorts the hits and keeps, for each slot, the leftmost and longest.
func (s *Scanner) settle() {
	if len(s.hits) < 2 {
		return
	}
	slices.SortFunc(s.hits, compareHits)
	kept := s.hits[:1]
	for _, h := range s.hits[1:] {
		last := &kept[len(kept)-1]
		if h.Slot == last.Slot && h.Span.Start < last.Span.End {
			continue
		}
		kept = append(kept, h)
	}
	s.hits = kept
}

func compareHits(a, b Hit) int {
	if c := cmp.Compare(a.Slot, b.Slot); c != 0 {
		return c
	}
	if c := cmp.Compare(a.Span.Start, b.Span.Start); c != 0 {
		return c
	}
	if c := cmp.Compare(b.Span.End, a.Span.End); c != 0 {
		return c
	}
	if c := cmp.Compare(a.View, b.View); c != 0 {
		return c
	}
	return cmp.Compare(a.Lang, b.Lang)
}

// memo remembers which gaps were entered at which tokens since reset, so that
// two gaps in a row do not multiply. It forgets what does not fit: that costs
// steps, never a hit.
type memo struct {
	keys  [256]uint64
	stamp [256]uint32
	now   uint32
}

func (m *memo) reset() { m.now++ }

func (m *memo) seen(node uint32, token int32, p path) bool {
	key := mix(uint64(node)<<32|uint64(uint32(token))) ^ uint64(p.start)<<8 ^ uint64(p.view)
	i := mix(key) & 255
	if m.stamp[i] == m.now && m.keys[i] == key {
		return true
	}
	m.stamp[i], m.keys[i] = m.now, key
	return false
}
