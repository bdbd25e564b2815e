package match

import (
	"fmt"
	"slices"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/token"
)

// maxSpread is how many states one pattern may be in at once before its
// alternatives are led into one state: below it, patterns share prefixes; above
// it, alternatives in a row would multiply.
const maxSpread = 4

// builder grows the trie.
type builder struct {
	set       *rule.Set
	vocab     *vocabulary
	words     map[wordKey]symbol
	phrases   map[wordKey][]symbol // a word of the grammar may be several of the text
	lists     map[string]symbol    // "messengers", "places.hotspot"
	types     [numTypes]symbol
	regexes   []regex
	nodes     []node
	beyond    []beyond
	endings   map[accept]int32
	edges     edgeTable
	root      []uint32
	slots     []Slot
	ranges    []slotRange
	languages []string
	next      symbol
	folder    fold.Folder
	tokens    token.Tokenizer
	err       error
}

type wordKey struct {
	text          string
	prefix, fuzzy bool
}

func newBuilder(set *rule.Set) *builder {
	b := &builder{
		set: set, vocab: newVocabulary(), words: map[wordKey]symbol{}, phrases: map[wordKey][]symbol{}, lists: map[string]symbol{},
		endings: map[accept]int32{},
		nodes:   make([]node, 1, 1<<16), beyond: make([]beyond, 1, 1<<14), next: 1,
	}
	for t := noType + 1; t < numTypes; t++ {
		b.types[t] = b.symbol()
	}
	for _, list := range set.Lists {
		b.lists[list.Name] = b.symbol()
		for _, group := range list.Groups {
			b.lists[list.Name+"."+group] = b.symbol()
		}
	}
	return b
}

func (b *builder) symbol() symbol {
	b.next++
	return b.next - 1
}

func (b *builder) fail(p *rule.Pattern, format string, args ...any) {
	if b.err == nil {
		b.err = fmt.Errorf("%s: %s", p.Pos, fmt.Sprintf(format, args...))
	}
}

// addList compiles a list's entries: each is an edge for the whole list and
// for its group.
func (b *builder) addList(list *rule.List) {
	for i := range list.Entries {
		p := &list.Entries[i]
		ends := b.add([]uint32{0}, p.Node, p)
		for _, name := range []string{list.Name, list.Name + "." + p.Name} {
			b.end(ends, accept{slot: -1, list: b.lists[name]})
		}
	}
}

func (b *builder) addRule(index int, r *rule.Rule) {
	first := len(b.slots)
	for _, name := range r.Names {
		b.slots = append(b.slots, Slot{Rule: index, Name: name})
	}
	b.ranges = append(b.ranges, slotRange{int32(first), int32(len(b.slots))})
	for i := range r.Patterns {
		p := &r.Patterns[i]
		slot := first + slices.Index(r.Names, p.Name)
		b.end(b.add([]uint32{0}, p.Node, p), accept{slot: int32(slot), lang: b.language(p.Lang)})
	}
}

func (b *builder) language(code string) uint8 {
	i := slices.Index(b.languages, code)
	if i < 0 {
		i = len(b.languages)
		b.languages = append(b.languages, code)
	}
	return uint8(i)
}

func (b *builder) end(nodes []uint32, a accept) {
	for _, n := range nodes {
		if n == 0 {
			continue // a pattern that may be empty: refused when it was loaded
		}
		if b.nodes[n].beyond == 0 {
			b.nodes[n].beyond = b.ending(a)
			continue
		}
		if have := b.of(n); !slices.Contains(have.accept, a) {
			have.accept = append(have.accept, a)
		}
	}
}

// add lets a node of the grammar follow each of the given states and returns
// the states after it.
func (b *builder) add(from []uint32, n rule.Node, p *rule.Pattern) []uint32 {
	switch n := n.(type) {
	case *rule.Seq:
		for _, item := range n.Items {
			from = b.add(from, item, p)
		}
		return from
	case *rule.Alt:
		var to []uint32
		for _, branch := range n.Branches {
			to = append(to, b.add(from, branch, p)...)
		}
		return unique(to)
	case *rule.Opt:
		return unique(append(slices.Clone(from), b.add(from, n.Body, p)...))
	case *rule.Gap:
		return b.addGap(from, n.Units)
	case *rule.Word:
		return b.addWord(from, n, p)
	case *rule.Type:
		t, ok := typeNamed(n.Name)
		if !ok {
			b.fail(p, "unknown type <%s>", n.Name)
		}
		return b.follow(b.narrow(from), b.types[t])
	case *rule.ListRef:
		name := n.Name
		if n.Group != "" {
			name += "." + n.Group
		}
		return b.follow(b.narrow(from), b.lists[name])
	case *rule.Regexp:
		return b.addRegex(from, n)
	default:
		b.fail(p, "unknown pattern item %T", n)
		return nil
	}
}

func unique(nodes []uint32) []uint32 {
	slices.Sort(nodes)
	return slices.Compact(nodes)
}

// narrow leads many states into one.
func (b *builder) narrow(from []uint32) []uint32 {
	if len(from) <= maxSpread || from[0] == 0 {
		return from
	}
	join := b.node()
	for _, n := range from {
		have := b.of(n)
		have.joins = append(have.joins, join)
	}
	return []uint32{join}
}

// ending is what a node has that ends one pattern and does nothing else: most
// have just that, and share it.
func (b *builder) ending(a accept) int32 {
	i, ok := b.endings[a]
	if !ok {
		i = int32(len(b.beyond))
		b.beyond = append(b.beyond, beyond{accept: []accept{a}, shared: true})
		b.endings[a] = i
	}
	return i
}

// of is what a node has beyond edges, made its own to be written to.
func (b *builder) of(n uint32) *beyond {
	have := b.beyond[b.nodes[n].beyond]
	if b.nodes[n].beyond == 0 || have.shared {
		b.nodes[n].beyond = int32(len(b.beyond))
		b.beyond = append(b.beyond, beyond{accept: slices.Clone(have.accept)})
	}
	return &b.beyond[b.nodes[n].beyond]
}

func (b *builder) node() uint32 {
	b.nodes = append(b.nodes, node{})
	return uint32(len(b.nodes) - 1)
}

// follow takes, and where need be makes, the edge of a symbol out of each
// state.
func (b *builder) follow(from []uint32, s symbol) []uint32 {
	to := make([]uint32, 0, len(from))
	for _, n := range from {
		to = append(to, b.child(n, s))
	}
	return to
}

func (b *builder) child(n uint32, s symbol) uint32 {
	if n == 0 {
		for len(b.root) <= int(s) {
			b.root = append(b.root, 0)
		}
		if b.root[s] == 0 {
			b.root[s] = b.node()
		}
		return b.root[s]
	}
	to := b.edges.get(n, s)
	if to == 0 {
		to = b.node()
		b.edges.put(n, s, to)
		b.nodes[n].mask |= 1 << (s & 63)
	}
	return to
}

func (b *builder) addGap(from []uint32, units int) []uint32 {
	if len(from) == 1 {
		n := from[0]
		for _, g := range b.beyond[b.nodes[n].beyond].gaps {
			if g.units == int32(units) && g.own {
				return []uint32{g.to}
			}
		}
	}
	to := b.node()
	for _, n := range from {
		have := b.of(n)
		have.gaps = append(have.gaps, gap{int32(units), to, len(from) == 1})
	}
	return []uint32{to}
}

// addWord lets a word follow.
func (b *builder) addWord(from []uint32, w *rule.Word, p *rule.Pattern) []uint32 {
	key := wordKey{w.Text, w.Prefix, w.Fuzzy}
	symbols, ok := b.phrases[key]
	if !ok {
		symbols = b.phrase(key)
		b.phrases[key] = symbols
	}
	if len(symbols) == 0 {
		b.fail(p, "%q holds no word", w.Text)
	}
	from = b.narrow(from)
	for _, s := range symbols {
		from = b.follow(from, s)
	}
	return from
}

// phrase tokenises a word as messages are; it may be several tokens, of which
// only the last may have any ending.
func (b *builder) phrase(key wordKey) []symbol {
	stream := b.tokens.Tokenize(b.folder.Fold(key.text))
	parts := make([]wordKey, len(stream.Tokens))
	for i := range parts {
		last := i == len(parts)-1
		parts[i] = wordKey{string(stream.Word(i)), key.prefix && last && stream.Tokens[i].Units > 1, key.fuzzy && last}
	}
	symbols := make([]symbol, len(parts))
	for i, part := range parts {
		symbols[i] = b.word(part)
	}
	return symbols
}

// word is the symbol of a word of a pattern. A word with accents is also
// satisfied by the same word without any, one with umlauts by their long form.
func (b *builder) word(key wordKey) symbol {
	s, ok := b.words[key]
	if ok {
		return s
	}
	s = b.symbol()
	b.words[key] = s
	b.vocab.add(key.text, s, key.prefix)
	for _, other := range []string{fold.Plain(key.text), fold.Umlauts(key.text)} {
		if other != "" {
			b.vocab.add(other, s, key.prefix)
		}
	}
	if key.fuzzy {
		b.vocab.addFuzzy(key.text, s)
	}
	return s
}

func (b *builder) addRegex(from []uint32, n *rule.Regexp) []uint32 {
	i := slices.IndexFunc(b.regexes, func(r regex) bool { return r.expression.String() == n.Expression.String() })
	if i < 0 {
		i = len(b.regexes)
		b.regexes = append(b.regexes, regex{n.Expression, n.Literal, b.symbol()})
	}
	return b.follow(b.narrow(from), b.regexes[i].symbol)
}

func (b *builder) program() *Program {
	b.vocab.freeze()
	return &Program{
		set: b.set, slots: b.slots, rules: b.ranges, languages: b.languages,
		vocab: b.vocab, nodes: b.nodes, beyond: b.beyond, edges: b.edges, root: b.root, types: b.types,
		regex: b.regexes, grams: newGramFilter(b.regexes),
	}
}
