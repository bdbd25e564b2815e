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

// builder makes one part of a program.
type builder struct {
	program *Program
	part    *part
	words   internTable
	endings map[ending]int32
	next    symbol
	states  []uint32 // memory for the states of one pattern
	symbols []symbol // of phrases
	folder  fold.Folder
	tokens  token.Tokenizer
	err     error
}

// marks are those of a word of the grammar.
type marks int

const (
	prefix marks = 1 << iota // "word*"
	fuzzy                    // "word~1"

	ofGrammar // the word as a rule has it, not as texts do
)

func marksOf(isPrefix, isFuzzy bool) (m marks) {
	if isPrefix {
		m |= prefix
	}
	if isFuzzy {
		m |= fuzzy
	}
	return m
}

// Bytes of patterns for each state and each word that they make: what the
// tables are made for to begin with.
const (
	bytesPerState = 8
	bytesPerWord  = 32
)

// build makes the part of a script. The error is of the first pattern that can
// match nothing; the part has the others.
func build(program *Program, s script, todo []job) (*part, error) {
	size := 64
	for _, j := range todo {
		size += len(j.pattern.Text)
	}
	b := &builder{
		program: program, endings: map[ending]int32{}, symbols: make([]symbol, 1, size/bytesPerWord),
		next: symbol(s)<<partShift | program.shared,
		part: &part{
			script: s, trie: newTrie(size / bytesPerState), vocab: newVocabulary(size / bytesPerWord),
			root: make([]uint32, 0, size/bytesPerWord),
		},
	}
	b.words.reserve(size / bytesPerWord)
	for _, j := range todo {
		ends := b.pattern(j.pattern)
		b.end(ends, j.ending)
		if j.group != 0 {
			b.end(ends, ending{slot: -1, list: j.group})
		}
	}
	return b.part, b.err
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

// end lets states end a pattern: most do nothing else, and share what they have.
func (b *builder) end(nodes []uint32, e ending) {
	for _, n := range nodes {
		switch {
		case n == 0: // a pattern that may be empty: refused when it was loaded
		case b.part.trie.nodes[n].beyond == 0:
			b.part.trie.nodes[n].beyond = b.sharedEnding(e)
		default:
			b.part.trie.addAccept(n, e)
		}
	}
}

func (b *builder) sharedEnding(e ending) int32 {
	i, ok := b.endings[e]
	if !ok {
		i = int32(len(b.part.trie.beyond))
		b.part.trie.beyond = append(b.part.trie.beyond, beyond{accept: b.part.trie.accept(e), shared: true})
		b.endings[e] = i
	}
	return i
}

// pattern adds a pattern and returns the states that it ends in.
func (b *builder) pattern(p *rule.Pattern) []uint32 {
	b.states = append(b.states[:0], 0)
	return b.add(b.states[:1:1], p.Node, p)
}

// room is memory for n states.
func (b *builder) room(n int) []uint32 {
	if cap(b.states)-len(b.states) < n {
		b.states = make([]uint32, 0, max(n, 1024)) // what was given out stays
	}
	from := len(b.states)
	b.states = b.states[:from+n]
	return b.states[from : from : from+n]
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
		to := b.room(len(from) * len(n.Branches))
		for _, branch := range n.Branches {
			to = append(to, b.add(from, branch, p)...)
		}
		return unique(to)
	case *rule.Opt:
		return unique(append(append(b.room(2*len(from)), from...), b.add(from, n.Body, p)...))
	case *rule.Gap:
		return b.addGap(from, n.Units)
	case *rule.Word:
		return b.addWord(from, n, p)
	case *rule.Type:
		t, ok := typeNamed(n.Name)
		if !ok {
			b.fail(p, "unknown type <%s>", n.Name)
		}
		return b.follow(b.narrow(from), b.program.types[t])
	case *rule.ListRef:
		name := n.Name
		if n.Group != "" {
			name += "." + n.Group
		}
		return b.follow(b.narrow(from), b.program.lists[name])
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
	to := b.part.trie.node()
	for _, n := range from {
		b.part.trie.addJoin(n, to)
	}
	return append(b.room(1), to)
}

// follow takes, and where need be makes, the edge of a symbol out of each
// state.
func (b *builder) follow(from []uint32, s symbol) []uint32 {
	to := b.room(len(from))
	for _, n := range from {
		to = append(to, b.child(n, s))
	}
	return to
}

func (b *builder) child(n uint32, s symbol) uint32 {
	if n != 0 {
		return b.part.trie.child(n, s)
	}
	root, i := b.part.root, int(s&partMask)
	for len(root) <= i {
		root = append(root, 0)
	}
	if root[i] == 0 {
		root[i] = b.part.trie.node()
	}
	b.part.root = root
	return root[i]
}

func (b *builder) addGap(from []uint32, units int) []uint32 {
	if len(from) == 1 {
		if to := b.part.trie.ownGap(from[0], int32(units)); to != 0 {
			return append(b.room(1), to)
		}
	}
	to := b.part.trie.node()
	for _, n := range from {
		b.part.trie.addGap(n, gap{units: int32(units), to: to, own: len(from) == 1})
	}
	return append(b.room(1), to)
}

// addWord lets a word follow.
func (b *builder) addWord(from []uint32, w *rule.Word, p *rule.Pattern) []uint32 {
	m := marksOf(w.Prefix, w.Fuzzy)
	from = b.narrow(from)
	if simpleWord(w.Text) {
		return b.follow(from, b.word(w.Text, m))
	}
	at := *b.words.find(w.Text, m|ofGrammar)
	if at == 0 {
		at = b.phrase(w.Text, m)
		*b.words.find(w.Text, m|ofGrammar) = at
	}
	symbols := b.symbols[at:]
	if symbols[0] == 0 {
		b.fail(p, "%q holds no word", w.Text)
	}
	for _, s := range symbols {
		if s == 0 {
			break
		}
		from = b.follow(from, s)
	}
	return from
}

// phrase tokenises a word of the grammar as messages are, and returns where
// its symbols stand, up to a zero. It may be several tokens, of which only the
// last may have any ending.
func (b *builder) phrase(text string, m marks) uint32 {
	stream := b.tokens.Tokenize(b.folder.Fold(text))
	at := len(b.symbols)
	for i := range stream.Tokens {
		last := i == len(stream.Tokens)-1
		part := marksOf(m&prefix != 0 && last && stream.Tokens[i].Units > 1, m&fuzzy != 0 && last)
		b.symbols = append(b.symbols, b.word(string(stream.Word(i)), part))
	}
	b.symbols = append(b.symbols, 0)
	return uint32(at)
}

// simpleWord says whether a text is one word that folding leaves as it is.
func simpleWord(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < 'a' || c > 'z' {
			return false
		}
	}
	return len(text) > 1
}

// word is the symbol of a word of a pattern. A word with accents is also
// satisfied by the same word without any, one with umlauts by their long form.
func (b *builder) word(text string, m marks) symbol {
	at := b.words.find(text, m)
	if *at != 0 {
		return symbol(*at)
	}
	s := b.symbol()
	*at = uint32(s)
	b.part.vocab.add(text, s, m&prefix != 0)
	if !simpleWord(text) {
		for _, other := range []string{fold.Plain(text), fold.Umlauts(text)} {
			if other != "" {
				b.part.vocab.add(other, s, m&prefix != 0)
			}
		}
	}
	if m&fuzzy != 0 {
		b.part.vocab.addFuzzy(text, s)
	}
	return s
}

func (b *builder) addRegex(from []uint32, n *rule.Regexp) []uint32 {
	return b.follow(b.narrow(from), b.program.regexOf(n).symbol)
}
