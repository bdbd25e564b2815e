package match

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/snapshot"
)

// part holds the patterns of one script: how to see in a text which of them
// can be there, and those that can, compiled. All parts share the symbols of
// types, lists and regular expressions; those of words and runs are its own.
type part struct {
	script  script
	lexicon *lexicon
	runs    runTable
	units   []*unit
	unitOf  []int32  // by slot: its unit, -1 for none
	rules   []int32  // by unit: its rule, -1 for a list
	traits  []trait  // by symbol, less its script
	needs   []symbol // sets of symbols, each with its size before it, up to a zero: one of each set
	lists   index    // of the units that are lists
	callers index    // of the slots that rules are looked for by
	others  index    // of the other slots, which are looked for where those are found

	compiling sync.Mutex
}

// A symbol of a word has the script of its part above partShift.
const (
	partShift = 28
	partMask  = 1<<partShift - 1
)

// trait says what is to be done where a symbol is found.
type trait uint8

const (
	leads     trait = 1 << iota // it begins a run
	trails                      // it goes on in one
	callsList                   // patterns of lists are looked for where it is
	callsRule                   // patterns of slots that rules are looked for by
	callsSlot                   // patterns of other slots
)

// unit is the patterns of one slot, or of one group of a list, within a part.
type unit struct {
	slot     int32            // -1 for a list
	list     int32            // index into the set's lists; -1 for a slot
	whole    symbol           // of the list
	group    symbol           // of the group
	lists    bool             // some call lists
	share    float32          // of tokens that one of its patterns is called by
	written  snapshot.Checked // its trie, in a snapshot
	compiled atomic.Pointer[trie]
}

// job is a pattern to be compiled.
type job struct {
	pattern *rule.Pattern
	ending  ending
	list    int32  // of a list's entry: index into the set's lists; else -1
	group   symbol // of a list's entry: that of its group
}

// index leads from a symbol to the patterns that are looked for where it is:
// of all that a pattern needs, the rarest.
type index struct {
	first []uint32 // by symbol: its first candidate; one more at the end
	all   []uint32 // of each candidate: its unit, and where in the part's needs is all that it needs
}

// of are the candidates of a symbol, two numbers each.
func (x *index) of(s symbol) []uint32 { return x.all[2*x.first[s] : 2*x.first[s+1]] }

// called is a candidate before it has its place.
type called struct {
	by    symbol
	unit  uint32
	needs uint32
}

// newPart prepares the patterns of a script. The error is of the first pattern
// that can match nothing; the part has the others.
func newPart(program *Program, s script, todo []job) (p *part, err error) {
	size := 64
	for _, j := range todo {
		size += len(j.pattern.Text)
	}
	l := &lexicon{
		vocab: newVocabulary(size / bytesPerWord), phrases: make([]symbol, 1, size/bytesPerWord),
		next: symbol(s)<<partShift | program.shared, frequency: append(make([]float32, 0, size/bytesPerWord), program.frequency...),
	}
	l.words.reserve(size / bytesPerWord)
	p = &part{script: s, lexicon: l}
	b := indexing{part: p, needing: needing{lexicon: l, program: program}}
	for i := 0; i < len(todo); {
		end := i + 1
		for end < len(todo) && sameUnit(&todo[i], &todo[end]) {
			end++
		}
		b.unit(todo[i:end])
		i = end
	}
	p.number(program)
	l.vocab.close()
	b.choose()
	p.lists, p.callers, p.others = b.lists.sorted(len(l.frequency)), b.callers.sorted(len(l.frequency)), b.others.sorted(len(l.frequency))
	p.traits = b.traits()
	return p, b.err
}

// number notes what the units are of.
func (p *part) number(program *Program) {
	p.unitOf = make([]int32, len(program.slots))
	for i := range p.unitOf {
		p.unitOf[i] = -1
	}
	for i, u := range p.units {
		if u.slot < 0 {
			p.rules = append(p.rules, -1)
			continue
		}
		p.unitOf[u.slot] = int32(i)
		p.rules = append(p.rules, int32(program.slots[u.slot].Rule))
	}
}

// bytesPerWord of patterns are what the tables are made for to begin with.
const bytesPerWord = 32

func sameUnit(a, b *job) bool {
	return a.ending.slot == b.ending.slot && a.list == b.list && a.group == b.group
}

// indexing makes a part.
type indexing struct {
	part    *part
	needing needing
	needs   [][]uint32 // by unit: of each pattern, all that it needs
	lists   calls
	callers calls
	others  calls
	err     error
}

// calls are an index in the making.
type calls []called

func (b *indexing) unit(jobs []job) {
	first := &jobs[0]
	u := &unit{slot: first.ending.slot, list: first.list, whole: first.ending.list, group: first.group}
	keep := make([]uint32, 0, len(jobs))
	frequency := b.part.lexicon.frequency
	for _, j := range jobs {
		needs := b.needing.of(j.pattern.Node)
		if len(needs) == 0 {
			if b.err == nil {
				b.err = fmt.Errorf("%s: %q holds a word that is none", j.pattern.Pos, j.pattern.Text)
			}
			continue
		}
		keep = append(keep, b.keep(needs))
		u.share += needs[0].frequency
		u.lists = u.lists || strings.Contains(j.pattern.Text, "@")
		if u.slot < 0 {
			frequency[j.ending.list] += needs[0].frequency
			frequency[j.group] += needs[0].frequency
		}
	}
	b.part.units, b.needs = append(b.part.units, u), append(b.needs, keep)
}

// keep enters all that a pattern needs.
func (b *indexing) keep(needs []need) uint32 {
	p, at := b.part, len(b.part.needs)
	for i, n := range needs {
		if n.runs && i > 0 {
			continue // its words are needed by themselves, too
		}
		p.needs = append(p.needs, symbol(len(n.any)))
		for _, a := range n.any {
			p.needs = append(p.needs, b.symbolOf(a))
		}
	}
	p.needs = append(p.needs, 0)
	return uint32(at)
}

// choose enters the patterns that are looked for wherever the rarest of what
// they need is found: those of lists, and of each rule those of the slots
// without which its condition cannot hold.
func (b *indexing) choose() {
	p, program := b.part, b.needing.program
	if p.script == common {
		program.order(p)
	}
	for i := range p.units {
		u := p.units[i]
		switch {
		case u.slot < 0:
			b.call(&b.lists, i)
		case program.callers[u.slot]:
			b.call(&b.callers, i)
		default:
			b.call(&b.others, i)
		}
	}
}

// call enters the patterns of a unit under the first of their needs.
func (b *indexing) call(into *calls, unit int) {
	p := b.part
	for _, at := range b.needs[unit] {
		for _, s := range p.needs[at+1:][:p.needs[at]] {
			*into = append(*into, called{s, uint32(unit), at})
		}
	}
}

// symbolOf is the symbol of an atom.
func (b *indexing) symbolOf(a atom) symbol {
	if a[1] == 0 {
		return a[0]
	}
	return b.part.runs.symbol(a, b.part.lexicon.symbol)
}

// sorted makes an index: by symbol, in the order of the patterns.
func (c calls) sorted(symbols int) index {
	x := index{first: make([]uint32, symbols+1), all: make([]uint32, 2*len(c))}
	for _, call := range c {
		x.first[call.by&partMask+1]++
	}
	for i := range symbols {
		x.first[i+1] += x.first[i]
	}
	next := append([]uint32(nil), x.first...)
	for _, call := range c {
		at := 2 * next[call.by&partMask]
		x.all[at], x.all[at+1] = call.unit, call.needs
		next[call.by&partMask]++
	}
	return x
}

func (x *index) has(s int) bool { return x.first[s] != x.first[s+1] }

func (b *indexing) traits() []trait {
	traits := make([]trait, len(b.part.lexicon.frequency))
	for s := range traits {
		if b.part.lists.has(s) {
			traits[s] |= callsList
		}
		if b.part.callers.has(s) {
			traits[s] |= callsRule
		}
		if b.part.others.has(s) {
			traits[s] |= callsSlot
		}
	}
	for i := range b.part.runs.slots {
		for k, s := range b.part.runs.slots[i].run {
			switch {
			case s == 0:
			case k == 0:
				traits[s&partMask] |= leads
			default:
				traits[s&partMask] |= trails
			}
		}
	}
	return traits
}

// trie is the compiled patterns of a unit.
func (p *part) trie(program *Program, u *unit) *trie {
	if t := u.compiled.Load(); t != nil {
		return t
	}
	p.compiling.Lock()
	defer p.compiling.Unlock()
	if u.compiled.Load() == nil {
		u.compiled.Store(p.build(program, u))
	}
	return u.compiled.Load()
}

// build makes the trie of a unit.
func (p *part) build(program *Program, u *unit) *trie {
	if t := readTrie(u.written); t != nil {
		return t
	}
	return build(program, p, program.jobs(p.script, u))
}
