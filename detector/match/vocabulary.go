package match

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// vocabulary turns a word into the symbols that it satisfies: itself, the
// prefixes it begins with (word*), and words one edit away (word~1).
//
// Words are compared by a 64-bit hash, without apostrophes. The hash of a word is built byte by
// byte, so the hashes of all its prefixes come for nothing.
type vocabulary struct {
	table    []entry // open addressing by hash; hash 0 is free
	mask     uint64
	count    int
	several  [][]symbol      // of words that satisfy several symbols, until it is closed
	lists    []symbol        // then: each up to a zero
	prefixes [1 << 10]uint64 // a bit for each prefix, by its hash
	fuzzy    map[uint64][]fuzzyWord
	allFuzzy []fuzzyWord // in the order they were added
	fuzzyMin int         // shortest fuzzy word, in bytes
	fuzzyMax int
}

// entry is what a word satisfies.
type entry struct {
	hash   uint64
	exact  symbols // satisfied by the word itself
	prefix symbols // satisfied by any word that begins with it
}

// symbols are none (0), one (itself), or the place of a list of the vocabulary
// (below 0).
type symbols int32

type fuzzyWord struct {
	word   []byte
	symbol symbol
}

// FNV-1a parameters (Fowler, Noll, Vo), finished by mix.
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

func finish(h uint64) uint64 {
	h = mix(h)
	if h == 0 {
		return 1
	}
	return h
}

func hashWord(word []byte) uint64 {
	h := uint64(fnvOffset)
	for _, c := range word {
		if c != '\'' {
			h = (h ^ uint64(c)) * fnvPrime
		}
	}
	return finish(h)
}

// newVocabulary makes an empty vocabulary with memory for about so many words.
func newVocabulary(size int) *vocabulary {
	v := &vocabulary{fuzzy: map[uint64][]fuzzyWord{}}
	v.reserve(size)
	return v
}

func (v *vocabulary) reserve(words int) {
	size := 64
	for size < words+words/2 {
		size *= 2
	}
	v.table, v.mask = make([]entry, size), uint64(size-1)
}

// add lets a word, or any word that begins with it, satisfy a symbol.
func (v *vocabulary) add(word string, s symbol, prefix bool) {
	hash := uint64(fnvOffset)
	for i := range len(word) {
		if c := word[i]; c != '\'' {
			hash = (hash ^ uint64(c)) * fnvPrime
		}
	}
	e := v.place(finish(hash))
	if prefix {
		hash *= prefixFactor
		v.prefixes[hash>>54] |= 1 << (hash >> 48 & 63)
		e.prefix = v.with(e.prefix, s)
	} else {
		e.exact = v.with(e.exact, s)
	}
}

func (v *vocabulary) with(have symbols, s symbol) symbols {
	switch {
	case have == 0:
		return symbols(s)
	case have > 0:
		v.several = append(v.several, []symbol{symbol(have), s})
		return symbols(-len(v.several))
	default:
		v.several[-have-1] = append(v.several[-have-1], s)
		return have
	}
}

// close lays the lists one after the other. Nothing can be added afterwards,
// and nothing found before.
func (v *vocabulary) close() {
	places := make([]symbols, len(v.several))
	v.lists = make([]symbol, 1, 1+4*len(v.several))
	for i, list := range v.several {
		places[i] = symbols(-len(v.lists))
		v.lists = append(append(v.lists, list...), 0)
	}
	for i := range v.table {
		for _, s := range []*symbols{&v.table[i].exact, &v.table[i].prefix} {
			if *s < 0 {
				*s = places[-*s-1]
			}
		}
	}
	v.several = nil
}

// appendTo appends the symbols to dst.
func (v *vocabulary) appendTo(dst []symbol, s symbols) []symbol {
	switch {
	case s == 0:
		return dst
	case s > 0:
		return append(dst, symbol(s))
	}
	for _, one := range v.lists[-s:] {
		if one == 0 {
			break
		}
		dst = append(dst, one)
	}
	return dst
}

// place is the entry of a hash, made where need be.
func (v *vocabulary) place(hash uint64) *entry {
	if 3*(v.count+1) > 2*len(v.table) {
		old := v.table
		v.reserve(2 * v.count)
		v.count = 0
		for _, e := range old {
			if e.hash != 0 {
				*v.place(e.hash) = e
			}
		}
	}
	i := hash & v.mask
	for v.table[i].hash != 0 {
		if v.table[i].hash == hash {
			return &v.table[i]
		}
		i = (i + 1) & v.mask
	}
	v.table[i].hash = hash
	v.count++
	return &v.table[i]
}

// addFuzzy registers every word that one deletion makes of word, and word.
func (v *vocabulary) addFuzzy(word string, s symbol) {
	f := fuzzyWord{[]byte(word), s}
	v.allFuzzy = append(v.allFuzzy, f)
	hashes := []uint64{hashWord(f.word)}
	for i, r := range word {
		hashes = append(hashes, hashWithout(f.word, i, utf8.RuneLen(r)))
	}
	slices.Sort(hashes)
	for _, h := range slices.Compact(hashes) {
		v.fuzzy[h] = append(v.fuzzy[h], f)
	}
	if v.fuzzyMin == 0 || len(word) < v.fuzzyMin {
		v.fuzzyMin = len(word)
	}
	v.fuzzyMax = max(v.fuzzyMax, len(word))
}

func (v *vocabulary) find(hash uint64) *entry {
	for i := hash & v.mask; ; i = (i + 1) & v.mask {
		switch v.table[i].hash {
		case hash:
			return &v.table[i]
		case 0:
			return nil
		}
	}
}

// exact appends the symbols of the word itself, of no prefix.
func (v *vocabulary) exact(word []byte, dst []symbol) []symbol {
	if e := v.find(hashWord(word)); e != nil {
		dst = v.appendTo(dst, e.exact)
	}
	return dst
}

// symbols appends the symbols that a word satisfies.
func (v *vocabulary) symbols(word []byte, dst []symbol) []symbol {
	h := uint64(fnvOffset)
	for _, c := range word {
		if c == '\'' {
			continue
		}
		if v.mayBegin(h) && utf8.RuneStart(c) {
			if e := v.find(finish(h)); e != nil {
				dst = v.appendTo(dst, e.prefix)
			}
		}
		h = (h ^ uint64(c)) * fnvPrime
	}
	if e := v.find(finish(h)); e != nil {
		if e.prefix != 0 {
			dst = v.appendTo(dst, e.prefix)
		}
		if e.exact != 0 {
			dst = v.appendTo(dst, e.exact)
		}
	}
	return dst
}

// mayBegin says whether a hash, not finished, may be that of a prefix.
func (v *vocabulary) mayBegin(h uint64) bool {
	h *= prefixFactor
	return v.prefixes[h>>54]>>(h>>48&63)&1 != 0
}

// prefixFactor is 2^64 divided by the golden ratio (Knuth).
const prefixFactor = 0x9e3779b97f4a7c15

// near appends the symbols of fuzzy words exactly one edit (insertion,
// deletion or substitution of a rune) away from word.
func (v *vocabulary) near(word []byte, dst []symbol) []symbol {
	if len(v.fuzzy) == 0 || len(word) < v.fuzzyMin-utf8.UTFMax || len(word) > v.fuzzyMax+utf8.UTFMax {
		return dst
	}
	start := len(dst)
	dst = v.nearAs(hashWord(word), word, start, dst)
	for i := 0; i < len(word); {
		_, size := utf8.DecodeRune(word[i:])
		dst = v.nearAs(hashWithout(word, i, size), word, start, dst)
		i += size
	}
	return dst
}

// nearAs appends the fuzzy words that a hash leads to and that are one edit
// away from word, unless dst has them from start on.
func (v *vocabulary) nearAs(hash uint64, word []byte, start int, dst []symbol) []symbol {
	for _, f := range v.fuzzy[hash] {
		if oneEdit(word, f.word) && !slices.Contains(dst[start:], f.symbol) {
			dst = append(dst, f.symbol)
		}
	}
	return dst
}

// hashWithout is hashWord of the word less the size bytes from i on.
func hashWithout(word []byte, i, size int) uint64 {
	h := uint64(fnvOffset)
	for n, c := range word {
		if (n < i || n >= i+size) && c != '\'' {
			h = (h ^ uint64(c)) * fnvPrime
		}
	}
	return finish(h)
}

// oneEdit says whether a and b differ by exactly one rune inserted, deleted or
// replaced.
func oneEdit(a, b []byte) bool {
	prefix := 0
	for prefix < len(a) && prefix < len(b) && a[prefix] == b[prefix] {
		prefix++
	}
	for prefix > 0 && (prefix < len(a) && !utf8.RuneStart(a[prefix]) || prefix < len(b) && !utf8.RuneStart(b[prefix])) {
		prefix--
	}
	a, b = a[prefix:], b[prefix:]
	_, sa := utf8.DecodeRune(a)
	_, sb := utf8.DecodeRune(b)
	switch {
	case len(a) == 0 && len(b) == 0:
		return false
	default:
		return len(a) > 0 && bytes.Equal(a[sa:], b) || len(b) > 0 && bytes.Equal(a, b[sb:]) ||
			len(a) > 0 && len(b) > 0 && bytes.Equal(a[sa:], b[sb:])
	}
}
