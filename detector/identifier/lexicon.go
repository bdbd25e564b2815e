package identifier

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/fold"
)

// lexicon is a set of folded words and phrases with a meaning each, answered by
// longest match at a position of a text.
//
// It is a sorted list that a match narrows byte by byte, so it needs no nodes:
//
//	text "jutaan"   j → [jam jt juta]   ju → [juta]   …   juta = "juta"
//
// A backward lexicon is matched from a position towards the start of the text.
// A word does not match where a letter of a spaced script goes on after it,
// unless it was written with a star.
type lexicon[T any] struct {
	words  []string // sorted; reversed in a backward lexicon
	values []T
	open   []bool // any ending
	first  [257]int32
	keys   keySet
}

// row gives one value to several words, separated by spaces. An underscore
// stands for a space, a star at the end for any ending.
type row[T any] struct {
	value T
	words string
}

// entry is a word while a lexicon is built.
type entry[T any] struct {
	word  string
	value T
	open  bool
}

// newLexicon builds a lexicon. A word of several rows gets their values merged,
// or that of the first row if merge is nil. A word with accents is also known
// without, if that leaves four letters or more.
func newLexicon[T any](backward bool, rows []row[T], merge func(a, b T) T) *lexicon[T] {
	var entries []entry[T]
	var folder fold.Folder
	for _, r := range rows {
		for word := range strings.FieldsSeq(r.words) {
			word, open := strings.CutSuffix(word, "*")
			word = strings.ReplaceAll(word, "_", " ")
			folded := string(folder.Fold(word).Body)
			for i, form := range [...]string{folded, fold.Plain(word)} {
				if form == "" || len(form) < 4 && i > 0 && form != folded {
					continue
				}
				if backward {
					form = reversed(form)
				}
				entries = append(entries, entry[T]{form, r.value, open})
			}
		}
	}
	slices.SortStableFunc(entries, func(a, b entry[T]) int { return strings.Compare(a.word, b.word) })
	l := &lexicon[T]{}
	for _, e := range entries {
		if last := len(l.words) - 1; last >= 0 && l.words[last] == e.word {
			if merge != nil {
				l.values[last] = merge(l.values[last], e.value)
			}
			continue
		}
		l.append(e)
	}
	for at, c := 0, 0; c < len(l.first); c++ {
		for at < len(l.words) && int(l.words[at][0]) < c {
			at++
		}
		l.first[c] = int32(at)
	}
	return l
}

func (l *lexicon[T]) append(e entry[T]) {
	l.words = append(l.words, e.word)
	l.values = append(l.values, e.value)
	l.open = append(l.open, e.open)
	l.keys.add(e.word, e.open)
}

func reversed(s string) string {
	b := []byte(s)
	slices.Reverse(b)
	return string(b)
}

// begins is a quick test: may a word begin at b[i]? It never denies one.
func (l *lexicon[T]) begins(b []byte, i int) bool { return l.keys.forward(b, i) }

// at returns the meaning and the length in bytes of the longest word that
// begins at b[i]; length 0 if there is none.
func (l *lexicon[T]) at(b []byte, i int) (value T, length int) {
	if i >= len(b) || !l.begins(b, i) {
		return value, 0
	}
	index, length := l.walk(b, i, 1, false)
	if index < 0 {
		return value, 0
	}
	return l.values[index], length
}

// mixed is at, but reads Latin letters as the Cyrillic ones they look like, so
// that "нeдeлю" written with Latin e is found.
func (l *lexicon[T]) mixed(b []byte, i int) (value T, length int) {
	if value, length = l.at(b, i); length > 0 {
		return value, length
	}
	index, length := l.walk(b, i, 1, true)
	if index < 0 {
		return value, 0
	}
	return l.values[index], length
}

// before returns the meaning and the length of the longest word that ends
// before b[i]. Only for backward lexicons.
func (l *lexicon[T]) before(b []byte, i int) (value T, length int) {
	if i <= 0 || !l.keys.backward(b, i) {
		return value, 0
	}
	index, length := l.walk(b, i-1, -1, false)
	if index < 0 {
		return value, 0
	}
	return l.values[index], length
}

// walk follows the text from b[i] in the direction of step; with twins it reads
// Latin letters as Cyrillic.
func (l *lexicon[T]) walk(b []byte, i, step int, twins bool) (index, length int) {
	index = -1
	depth, lo, hi := 0, 0, len(l.words)
	for p := i; uint(p) < uint(len(b)) && lo < hi; p += step {
		c := b[p]
		if twins && c < 0x80 {
			if pair := twinOf(c); pair[0] != 0 {
				lo, hi = l.narrow(lo, hi, depth, pair[0])
				depth++
				c = pair[1]
			}
		}
		lo, hi = l.narrow(lo, hi, depth, c)
		depth++
		if lo < hi && len(l.words[lo]) == depth {
			if n := l.close(lo, b, i, p, step); n > 0 {
				index, length = lo, n
			}
		}
	}
	return index, length
}

// close returns the length of the match of word lo that covers b[i] to b[p], or
// 0 if a letter follows that it does not allow.
func (l *lexicon[T]) close(lo int, b []byte, i, p, step int) int {
	if step < 0 {
		if !l.open[lo] && joined(b, p) {
			return 0
		}
		return i - p + 1
	}
	end := p + 1
	if !l.open[lo] {
		if joined(b, end) {
			return 0
		}
		return end - i
	}
	for limit := end + 24; end < limit && joined(b, end); end++ {
		for end+1 < len(b) && b[end+1]&0xC0 == 0x80 {
			end++
		}
	}
	return end - i
}

// narrow keeps of words[lo:hi], which agree in their first depth bytes, those
// with c next.
func (l *lexicon[T]) narrow(lo, hi, depth int, c byte) (int, int) {
	if depth == 0 {
		return int(l.first[c]), int(l.first[int(c)+1])
	}
	if lo < hi && len(l.words[lo]) == depth {
		lo++ // the word that ends here
	}
	return l.bound(lo, hi, depth, int(c)), l.bound(lo, hi, depth, int(c)+1)
}

// bound is the first of words[lo:hi] whose byte at depth is at least c.
func (l *lexicon[T]) bound(lo, hi, depth, c int) int {
	for lo < hi {
		if mid := int(uint(lo+hi) >> 1); int(l.words[mid][depth]) < c {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// twinOf is the Cyrillic letter that a folded Latin letter looks like in lower
// or upper case, as UTF-8; zero where there is none.
func twinOf(c byte) [2]byte {
	switch c {
	case 'a':
		return [2]byte{0xD0, 0xB0}
	case 'b':
		return [2]byte{0xD0, 0xB2}
	case 'c':
		return [2]byte{0xD1, 0x81}
	case 'e':
		return [2]byte{0xD0, 0xB5}
	case 'h':
		return [2]byte{0xD0, 0xBD}
	case 'k':
		return [2]byte{0xD0, 0xBA}
	case 'm':
		return [2]byte{0xD0, 0xBC}
	case 'o':
		return [2]byte{0xD0, 0xBE}
	case 'p':
		return [2]byte{0xD1, 0x80}
	case 't':
		return [2]byte{0xD1, 0x82}
	case 'x':
		return [2]byte{0xD1, 0x85}
	case 'y':
		return [2]byte{0xD1, 0x83}
	default:
		return [2]byte{}
	}
}
