package match

import (
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// maxSpread is how many states one pattern may be in at once before its
// alternatives are led into one state: below it, patterns share prefixes; above
// it, alternatives in a row would multiply.
const maxSpread = 4

// builder makes the trie of a unit.
type builder struct {
	program *Program
	part    *part
	trie    trie
	endings map[ending]int32
	states  []uint32 // memory for the states of one pattern
}

// bytesPerState of patterns is what a trie is made for to begin with.
const bytesPerState = 8

// build makes the trie of a unit. All words of its patterns have symbols.
func build(program *Program, p *part, jobs []job) *trie {
	size := 0
	for _, j := range jobs {
		size += len(j.pattern.Text)
	}
	b := &builder{program: program, part: p, endings: map[ending]int32{}, trie: newTrie(8 + size/bytesPerState)}
	for _, j := range jobs {
		b.states = append(b.states[:0], root)
		ends := b.add(b.states[:1:1], j.pattern.Node)
		b.end(ends, j.ending)
		if j.group != 0 {
			b.end(ends, ending{slot: -1, list: j.group})
		}
	}
	b.trie.close()
	return &b.trie
}

// end lets states end a pattern: most do nothing else, and share what they have.
func (b *builder) end(nodes []uint32, e ending) {
	for _, n := range nodes {
		switch {
		case n == root: // a pattern that may be empty: refused when it was loaded
		case b.trie.nodes[n].beyond == 0:
			b.trie.nodes[n].beyond = b.sharedEnding(e)
		default:
			b.trie.addAccept(n, e)
		}
	}
}

func (b *builder) sharedEnding(e ending) int32 {
	i, ok := b.endings[e]
	if !ok {
		i = b.trie.addBeyond(beyond{accept: b.trie.accept(e)}, true)
		b.endings[e] = i
	}
	return i
}

// room is memory for n states.
func (b *builder) room(n int) []uint32 {
	if cap(b.states)-len(b.states) < n {
		b.states = make([]uint32, 0, max(n, 256)) // what was given out stays
	}
	from := len(b.states)
	b.states = b.states[:from+n]
	return b.states[from : from : from+n]
}

// add lets a node of the grammar follow each of the given states and returns
// the states after it.
func (b *builder) add(from []uint32, n rule.Node) []uint32 {
	switch n := n.(type) {
	case *rule.Seq:
		for _, item := range n.Items {
			from = b.add(from, item)
		}
		return from
	case *rule.Alt:
		to := b.room(len(from) * len(n.Branches))
		for _, branch := range n.Branches {
			to = append(to, b.add(from, branch)...)
		}
		return unique(to)
	case *rule.Opt:
		return unique(append(append(b.room(2*len(from)), from...), b.add(from, n.Body)...))
	case *rule.Gap:
		return b.addGap(from, n.Units)
	case *rule.Word:
		from = b.narrow(from)
		var buffer [1]symbol
		for _, s := range b.part.lexicon.of(n.Text, marksOf(n.Prefix, n.Fuzzy), &buffer) {
			from = b.follow(from, s)
		}
		return from
	default:
		return b.follow(b.narrow(from), b.program.named(n))
	}
}

func unique(nodes []uint32) []uint32 {
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// narrow leads many states into one.
func (b *builder) narrow(from []uint32) []uint32 {
	if len(from) <= maxSpread || from[0] == root {
		return from
	}
	to := b.trie.node()
	for _, n := range from {
		b.trie.addJoin(n, to)
	}
	return append(b.room(1), to)
}

// follow takes, and where need be makes, the edge of a symbol out of each
// state.
func (b *builder) follow(from []uint32, s symbol) []uint32 {
	to := b.room(len(from))
	for _, n := range from {
		to = append(to, b.trie.child(n, s))
	}
	return to
}

func (b *builder) addGap(from []uint32, units int) []uint32 {
	if len(from) == 1 {
		if to := b.trie.ownGap(from[0], int32(units)); to != 0 {
			return append(b.room(1), to)
		}
	}
	to := b.trie.node()
	for _, n := range from {
		b.trie.addGap(n, gap{units: int32(units), to: to}, len(from) == 1)
	}
	return append(b.room(1), to)
}
