package fold

import "sync"

// Class is what a folded rune is to the reader of words.
type Class uint8

// The classes. Alpha holds the alphabets whose letters are mistaken for each
// other, so that a word may mix them; Letter those of all scripts not named.
const (
	Other    Class = iota // space, punctuation, symbols, unassigned
	Alpha                 // Latin, Cyrillic, Greek, Armenian, Cherokee, Canadian syllabics, Lisu
	Digit                 // 0 to 9
	Hangul                // Korean, written with spaces
	Arabic                // Arabic, Hebrew, Syriac, Thaana, N'Ko
	Letter                // Devanagari and every other script written with spaces
	Grapheme              // Han, kana, Thai, Lao, Khmer, Burmese: written without spaces
	Mark                  // combining marks, which belong to what stands before them
	Emoji
	Flag // regional indicators, half a flag each
	Tone // skin tones, which belong to the emoji before them
)

// kind is what folding does with a rune. Up to sara, a rune may stay where it is
// and keeps its length.
type kind uint8

const (
	keep        kind = iota // stays; Body may get its lower case or main variant, of the same length
	place                   // a mark that combines with nothing: stays if it is in order
	second                  // a mark that may combine with one of its script before it
	sara                    // the second part of a Thai or Lao letter
	swap                    // another rune
	spell                   // several runes
	hidden                  // invisible
	weak                    // invisible, and ordinary outside words
	drop                    // marks and strokes that say nothing
	combine                 // accents, which may change the letter before them
	jamo                    // vowels and finals of Hangul
	flag                    // half a flag, or a letter in disguise
	replacement             // U+FFFD, as sent or for a byte that is no UTF-8
)

// entry says how one rune is folded. Runes are kept as differences, so that
// whole scripts share one page of zeros.
//
//	bits  0–20 clean: rune XOR what Clean gets; for spell an index
//	bits 21–41 body:  rune XOR what Body gets
//	bits 42–46 kind
//	bits 47–50 Class
//	bits 51–58 order: canonical combining class; of Thai and Lao our own
//	bit  59    opens: may combine with marks of its script
type entry uint64

const (
	runeBits = 1<<21 - 1
	opens    = 1 << 59
)

func newEntry(k kind, clean, body rune, c Class) entry {
	return entry(clean) | entry(body)<<21 | entry(k)<<42 | entry(c)<<47
}

func (e entry) clean(r rune) rune       { return r ^ rune(e&runeBits) }
func (e entry) body(r rune) rune        { return r ^ rune(e>>21&runeBits) }
func (e entry) index() int              { return int(e & runeBits) }
func (e entry) kind() kind              { return kind(e >> 42 & 31) }
func (e entry) opens() bool             { return e&opens != 0 }
func (e entry) class() Class            { return Class(e >> 47 & 15) }
func (e entry) order() uint8            { return uint8(e >> 51) }
func (e entry) withOrder(o uint8) entry { return e&^(255<<51) | entry(o)<<51 }

// spelling is the two forms of a rune that folds to several.
type spelling struct{ clean, body string }

// Runes is the table of all code points. It is immutable.
type Runes struct {
	pages     [0x40000 / 256]*[256]entry
	spellings []spelling
	composed  map[[2]rune]rune // a letter and a mark, and the one letter they make
}

// Table returns the one table, which is built on first use in about 10 ms.
func Table() *Runes {
	makeTable.Do(func() { table = buildRunes() })
	return table
}

var (
	table     *Runes
	makeTable sync.Once
)

// tagEntry is that of the tags and variation selectors of plane 14.
var tagEntry = newEntry(weak, 0, 0, Other)

func (t *Runes) entry(r rune) entry {
	if p := uint32(r) >> 8; p < uint32(len(t.pages)) {
		return t.pages[p][r&0xFF]
	}
	if r>>12 == 0xE0 {
		return tagEntry
	}
	return 0
}

// Class returns the class of a rune of Body.
func (t *Runes) Class(r rune) Class { return t.entry(r).class() }
