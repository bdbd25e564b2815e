package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// builder fills a table. Whole pages of one class are shared.
type builder struct {
	*Runes
	own      [len(Runes{}.pages)]bool
	symbols  map[rune]string // what symbols fold to
	variants map[rune]rune   // what letters fold to in Body
	firsts   map[rune]bool   // what composes with marks
	seconds  map[rune]bool   // marks that compose with what stands before them

	iter norm.Iter // for normal, whose result is in out
	out  []byte
}

// normal is a text in a normal form, for which Form.String would make a large
// buffer each time.
func (b *builder) normal(form norm.Form, text string) string {
	b.out = b.out[:0]
	for b.iter.InitString(form, text); !b.iter.Done(); {
		b.out = append(b.out, b.iter.Next()...)
	}
	return string(b.out)
}

func buildRunes() *Runes {
	b := &builder{
		Runes: &Runes{composed: map[[2]rune]rune{}}, symbols: symbolTable(), variants: variantTable(), firsts: map[rune]bool{}, seconds: map[rune]bool{},
	}
	empty := new([256]entry)
	for i := range b.pages {
		b.pages[i] = empty
	}
	b.classes()
	for _, part := range foldedParts {
		for r := part[0]; r <= part[1]; r++ {
			b.rune(r)
		}
	}
	for from := range b.variants {
		if e := b.entry(from); e.kind() == keep {
			b.set(from, newEntry(keep, 0, from^b.bodyOf(from), e.class()))
		}
	}
	for r := 'A'; r <= 'Z'; r++ {
		b.set(r, newEntry(keep, 0, r^(r+'a'-'A'), Alpha))
	}
	b.marks()
	return b.Runes
}

// foldedParts are the code points among which some fold to others; all else,
// above all most of Han and Hangul, stays.
var foldedParts = [][2]rune{
	{0x80, 0x33FF}, {0xA620, 0xABFF}, {0xF900, 0xFFFF},
	{0x10400, 0x10FFF}, {0x11000, 0x11FFF}, {0x16E40, 0x16EFF}, {0x1CCD6, 0x1CCFF}, {0x1D100, 0x1D7FF},
	{0x1E000, 0x1E9FF}, {0x1EE00, 0x1EEFF}, {0x1F100, 0x1F2FF}, {0x1FBF0, 0x1FBF9}, {0x2F800, 0x2FA1F},
}

// set changes one entry, in a page of its own.
func (b *builder) set(r rune, e entry) {
	p := r >> 8
	if !b.own[p] {
		page := *b.pages[p]
		b.pages[p], b.own[p] = &page, true
	}
	b.pages[p][r&0xFF] = e
}

// vanishes says whether a rune leaves no trace.
func (b *builder) vanishes(r rune) bool { return vanishing(r) != keep }

// rune works out how r folds.
func (b *builder) rune(r rune) {
	class := b.Class(r)
	if k := vanishing(r); k != keep {
		b.set(r, newEntry(k, 0, 0, Other))
		return
	}
	p := norm.NFC.PropertiesString(string(r))
	if d := p.Decomposition(); d != nil && norm.NFC.IsNormalString(string(r)) {
		parts := []rune(string(d))
		last := parts[len(parts)-1]
		b.seconds[last], b.firsts[parts[0]] = true, true
		if first := []rune(b.normal(norm.NFC, string(parts[:len(parts)-1]))); len(first) == 1 {
			b.composed[[2]rune{first[0], last}] = r
		}
	}
	to := b.expand(r)
	first, size := utf8.DecodeRuneInString(to)
	switch body := b.bodyOf(first); {
	case to == "":
		b.set(r, newEntry(drop, 0, 0, Other))
	case size < len(to):
		b.spell(r, to, class)
	case b.Class(first) == Mark:
		b.set(r, newEntry(keep, r^first, r^first, Mark).withOrder(p.CCC()))
	case first == r && utf8.RuneLen(body) == utf8.RuneLen(r):
		b.set(r, newEntry(keep, 0, r^body, class))
	case utf8.RuneLen(body) == utf8.RuneLen(first):
		b.set(r, newEntry(swap, r^first, r^body, class))
	default:
		b.set(r, newEntry(swap, r^body, r^body, class))
	}
}

// expand returns what Clean gets for r: our own table comes before Unicode's
// compatibility equivalence.
func (b *builder) expand(r rune) string {
	if to, ok := b.symbols[r]; ok {
		return to
	}
	if r >= utf8.RuneSelf && unicode.Is(unicode.Nd, r) {
		return string('0' + digitValue(r))
	}
	if keepsForm(r) || norm.NFKC.PropertiesString(string(r)).Decomposition() == nil {
		return string(r)
	}
	d := b.normal(norm.NFKC, string(r))
	if d == string(r) {
		return d
	}
	var out []byte
	for _, c := range d {
		if !b.vanishes(c) && (unicode.IsMark(r) || !isAccent(c) || d == string(c)) {
			out = append(out, b.expand(c)...)
		}
	}
	return string(out)
}

// bodyOf returns what Body gets for a rune of Clean: its lower case, or the
// variant that stands for it, or what is left of it without marks that vanish.
func (b *builder) bodyOf(r rune) rune {
	l := unicode.ToLower(r)
	if v, ok := b.variants[l]; ok {
		for range 3 { // some lead to one that leads on
			if next, ok := b.variants[v]; ok {
				v = next
			}
		}
		return v
	}
	if l != r {
		if to := b.expand(l); to != string(l) && utf8.RuneCountInString(to) == 1 {
			return b.bodyOf([]rune(to)[0])
		}
	}
	if norm.NFC.PropertiesString(string(l)).Decomposition() != nil && b.Class(l) != Hangul {
		var kept []rune
		for _, c := range b.normal(norm.NFD, string(l)) {
			if !b.vanishes(c) {
				kept = append(kept, c)
			}
		}
		if c := []rune(b.normal(norm.NFC, string(kept))); len(c) == 1 && c[0] != l {
			return b.bodyOf(c[0])
		}
	}
	return l
}

// spelling stores that r folds to a text.
func (b *builder) spell(r rune, to string, c Class) {
	var s spelling
	for _, c := range to {
		body := b.bodyOf(c)
		if utf8.RuneLen(body) != utf8.RuneLen(c) {
			c = body
		}
		s.clean += string(c)
		s.body += string(body)
	}
	b.set(r, newEntry(spell, rune(len(b.spellings)), 0, c))
	b.spellings = append(b.spellings, s)
}

// digitValue is the value of a decimal digit: Unicode keeps each ten together,
// from zero on.
func digitValue(r rune) rune {
	for _, t := range unicode.Nd.R16 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	for _, t := range unicode.Nd.R32 {
		if rune(t.Lo) <= r && r <= rune(t.Hi) {
			return (r - rune(t.Lo)) % 10
		}
	}
	return 0
}

// marks decides for each combining mark how much care it needs.
func (b *builder) marks() {
	each(unicode.M, func(r rune) {
		e := b.entry(r)
		if r>>8 >= rune(len(b.pages)) || e.kind() != keep || e.class() != Mark {
			return
		}
		k := place
		switch {
		case isAccent(e.clean(r)):
			k = combine
		case b.seconds[r]:
			k = second
		}
		b.set(r, newEntry(k, r^e.clean(r), r^e.body(r), Mark).withOrder(markOrder(r, e.order())))
	})
	for _, r := range []rune{0xFF9E, 0xFF9F, 0x309B, 0x309C} { // voicing of kana that is no mark by itself
		e := b.entry(r)
		b.set(r, newEntry(combine, r^e.clean(r), r^e.clean(r), Mark))
	}
	for _, lao := range []rune{0, laoOffset} {
		b.set(saraAA+lao, newEntry(sara, 0, 0, Grapheme))
		b.set(saraE+lao, newEntry(sara, 0, 0, Grapheme))
		b.set(saraAM+lao, newEntry(place, 0, 0, Mark).withOrder(120))
	}
	for r := range b.firsts {
		if e := b.entry(r); e.class() != Alpha && e.class() != Hangul {
			b.set(r, e|opens)
		}
	}
	for r := rune(firstVowel); r < 0x1200; r++ {
		b.set(r, newEntry(jamo, 0, 0, Hangul))
	}
	for r := rune(firstFlag); r <= lastFlag; r++ {
		b.set(r, newEntry(flag, 0, 0, Flag))
	}
	b.set(utf8.RuneError, newEntry(replacement, 0, 0, Other))
}

// markOrder is the place of a mark among the marks of a letter: its canonical
// combining class; for Thai and Lao, where most have none, vowels before
// tones before what silences a letter.
func markOrder(r rune, class uint8) uint8 {
	thai := r
	if 0x0E80 <= r && r < 0x0F00 {
		thai -= laoOffset
	}
	switch {
	case thai == 0x0E31, 0x0E34 <= thai && thai <= 0x0E37, thai == 0x0E47, thai == 0x0E3B, thai == 0x0E3C:
		return 100
	case 0x0E4C <= thai && thai <= 0x0E4E:
		return 119
	case 0x0E38 <= thai && thai <= 0x0E3A:
		return 103
	case 0x0E48 <= thai && thai <= 0x0E4B:
		return 107
	}
	return class
}
