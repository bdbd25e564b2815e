package match

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// Bounds of the walk, for hostile text: steps from one token, hits a message.
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

// walkFrom finds every pattern that begins at token i.
func (s *Scanner) walkFrom(i int) {
	s.steps = 0
	s.memo.reset()
	for e := s.head[i]; e >= 0; e = s.edges[e].next {
		// A list found from i hangs a new edge in front, which this loop
		// would miss: see accept.
		s.enterRoot(int32(i), s.edges[e])
	}
}

// enterRoot begins the patterns that begin with an edge: of its part, or of all
// where they share its symbol.
func (s *Scanner) enterRoot(i int32, e edge) {
	outer := s.part
	for _, part := range s.parts {
		if e.symbol < s.program.shared || e.symbol>>partShift == symbol(part.script) {
			if at := e.symbol & partMask; int(at) < len(part.root) && part.root[at] != 0 {
				s.part = part
				s.walk(part.root[at], path{first: i, start: e.span.Start, end: e.span.End, last: e.to, view: e.view})
			}
		}
	}
	s.part = outer
}

// walk goes on from a node with all that may follow it.
func (s *Scanner) walk(at uint32, p path) {
	if s.steps++; s.steps > maxSteps {
		return
	}
	n := &s.part.nodes[at]
	if n.beyond != 0 {
		s.goBeyond(&s.part.beyond[n.beyond], p)
	}
	if n.mask != 0 {
		s.follow(at, n.mask, p)
	}
}

func (s *Scanner) goBeyond(b *beyond, p path) {
	part := s.part
	for i := b.accept; i != 0; i = part.accepts[i].next {
		s.accept(part.accepts[i].ending, p)
	}
	for i := b.join; i != 0; i = part.joins[i].next {
		s.walk(part.joins[i].to, p)
	}
	for i := b.gap; i != 0; i = part.gaps[i].next {
		s.walkGap(&part.gaps[i], p)
	}
}

// follow takes every edge out of the tokens at p.last, or past transparent
// ones (emoji) there.
func (s *Scanner) follow(at uint32, mask uint64, p path) {
	tokens := s.stream.Tokens
	for i := p.last; int(i) < len(tokens); i++ {
		for e := s.head[i]; e >= 0; e = s.edges[e].next {
			edge := &s.edges[e]
			if mask>>(edge.symbol&63)&1 == 0 {
				continue
			}
			if to := s.part.edges.get(at, edge.symbol); to != 0 {
				next := p
				next.end, next.last, next.view = edge.span.End, edge.to, max(p.view, edge.view)
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
	n := &s.part.nodes[g.to]
	tokens := s.stream.Tokens
	limit := s.units[p.last] + g.units
	for i := p.last; int(i) < len(tokens) && s.units[i] <= limit; i++ {
		if s.memo.seen(g.to, i, s.part.script, p) {
			continue
		}
		for e := s.head[i]; e >= 0; e = s.edges[e].next {
			edge := &s.edges[e]
			if n.mask>>(edge.symbol&63)&1 == 0 {
				continue
			}
			if to := s.part.edges.get(g.to, edge.symbol); to != 0 {
				next := p
				next.end, next.last, next.view = edge.span.End, edge.to, max(p.view, edge.view)
				s.walk(to, next)
			}
		}
	}
}

// accept records the end of a pattern.
func (s *Scanner) accept(a ending, p path) {
	span := source.Span{Start: p.start, End: p.end}
	if a.slot < 0 {
		list := edge{symbol: a.list, to: p.last, span: span, view: p.view}
		if !s.hasEdge(p.first, list) {
			s.addEdge(p.first, list)
			s.enterRoot(p.first, list)
		}
		return
	}
	if len(s.hits) >= maxHits {
		return
	}
	tokens := s.stream.Tokens
	s.hits = append(s.hits, Hit{
		Slot: a.slot, Lang: a.lang, View: p.view, Span: span,
		Units:  [2]int32{s.units[p.first], s.units[p.last]},
		Clause: [2]int32{tokens[p.first].Clause, tokens[p.last-1].Clause},
	})
}

func (s *Scanner) hasEdge(from int32, want edge) bool {
	for e := s.head[from]; e >= 0; e = s.edges[e].next {
		if s.edges[e].symbol == want.symbol && s.edges[e].to == want.to {
			return true
		}
	}
	return false
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

func (m *memo) seen(node uint32, token int32, s script, p path) bool {
	key := mix(uint64(node)<<32|uint64(uint32(token))) ^ uint64(p.start)<<8 ^ uint64(s)<<4 ^ uint64(p.view)
	i := mix(key) & 255
	if m.stamp[i] == m.now && m.keys[i] == key {
		return true
	}
	m.stamp[i], m.keys[i] = m.now, key
	return false
}
