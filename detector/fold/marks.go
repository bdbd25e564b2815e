package fold

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

const (
	maxMarks   = 12 // on one base, in any script; Burmese needs eight
	maxAccents = 2  // on one Latin letter: Vietnamese
	maxGreek   = 3  // on one Greek letter: breathing, accent, iota
)

// tail looks at the end of what is folded: the last rune, its order among
// marks, and how many marks stand on the last base.
func (f *Folder) tail() (r rune, order uint8, marks int) {
	r, at := f.text.last()
	if at < 0 || r < utf8.RuneSelf {
		return 0, 0, 0
	}
	e := f.table.entry(r)
	if e.class() != Mark {
		return r, 0, 0
	}
	for _, at = f.base(); at < len(f.text.Clean); marks++ {
		_, size := utf8.DecodeRune(f.text.Clean[at:])
		at += size
	}
	return r, e.order(), marks
}

// base returns where in Clean the last base begins and where the marks on it
// do. There is no base where both are equal.
func (f *Folder) base() (base, marks int) {
	clean := f.text.Clean
	marks = len(clean)
	for range maxMarks + 1 {
		r, size := utf8.DecodeLastRune(clean[:marks])
		if size == 0 {
			return 0, 0
		}
		if f.table.Class(r) != Mark {
			return marks - size, marks
		}
		marks -= size
	}
	return marks, marks
}

// noBase stands for the base of marks that have none.
const noBase = rune(-1)

// combine folds the marks from Raw[i] on together with the base before them,
// and returns where they end. Accents and strokes stay only where they make
// one letter with the base, and not more of them than writers use. Marks of a
// script stay, each once, in canonical order.
func (f *Folder) combine(i int) int {
	t := &f.text
	base, marks := f.base()
	f.accents, f.marks = f.accents[:0], f.marks[:0]
	for at := marks; at < len(t.Clean); {
		r, size := utf8.DecodeRune(t.Clean[at:])
		f.marks = append(f.marks, r)
		at += size
	}
	end, last := f.gather(i)
	if base == marks && len(f.marks) == 0 {
		return end // accents on nothing
	}
	from := i
	if base < len(t.Clean) {
		from = t.rawStart(base)
	}
	letter := noBase
	if base < marks {
		letter, _ = utf8.DecodeRune(t.Clean[base:])
		letter = f.accent(letter)
	}
	t.cut(base)
	t.addLump(from, last)
	f.emitCluster(letter)
	return end
}

// gather collects the marks from Raw[i] on, and returns where they end, with
// and without what is invisible behind them.
func (f *Folder) gather(i int) (end, last int) {
	t := &f.text
	for end, last = i, i; end < len(t.Raw); {
		r, size := decode(t.Raw, end)
		e := f.table.entry(r)
		switch k := e.kind(); {
		case k == hidden:
			t.Hidden++
		case k == weak || k == drop:
		case k == combine || k == place || k == second:
			f.take(e.clean(r))
			last = end + size
		case k == spell && e.class() == Mark:
			for _, part := range f.table.spellings[e.index()].clean {
				f.take(part)
			}
			last = end + size
		default:
			return end, last
		}
		end += size
	}
	return end, last
}

// take collects a mark; what is far too much is lost.
func (f *Folder) take(r rune) {
	switch {
	case isAccent(r):
		if len(f.accents) < maxMarks {
			f.accents = append(f.accents, r)
		}
	case len(f.marks) < maxMarks:
		f.marks = append(f.marks, r)
	}
}

// accent returns the letter that the collected accents make of a base; without
// any where they are too many, make no letter, or strike it out.
func (f *Folder) accent(base rune) rune {
	if len(f.accents) == 0 {
		return base
	}
	plain, limit := base, maxAccents
	if f.table.Class(base) == Alpha {
		f.letter = utf8.AppendRune(f.letter[:0], base)
		own := 0 // accents of the letter itself, which come first
		for i, r := range string(norm.NFD.Properties(f.letter).Decomposition()) {
			if i == 0 {
				plain = r
				continue
			}
			f.accents = slices.Insert(f.accents, own, r)
			own++
		}
		if 0x370 <= plain && plain < 0x400 {
			limit = maxGreek
		}
	}
	if len(f.accents) > limit {
		return plain
	}
	f.sort(f.accents)
	letter := plain
	for _, a := range f.accents {
		if letter = f.table.composed[[2]rune{letter, a}]; letter == 0 {
			return plain
		}
	}
	return letter
}

// sort puts marks in canonical order. A mark without an order stays where it is
// and lets none pass.
func (f *Folder) sort(m []rune) {
	for i := 1; i < len(m); i++ {
		order := f.table.entry(m[i]).order()
		for k := i; k > 0 && order != 0 && order < f.table.entry(m[k-1]).order(); k-- {
			m[k], m[k-1] = m[k-1], m[k]
		}
	}
}

// emitCluster appends the base, or noBase, with the collected marks: in order,
// each once, and composed as Unicode's form C does.
func (f *Folder) emitCluster(base rune) {
	f.sort(f.marks)
	cluster := f.cluster[:0]
	if base != noBase {
		cluster = append(cluster, base)
	}
	before := rune(0)
	for _, r := range f.marks {
		if r == before {
			continue
		}
		before = r
		order := f.table.entry(r).order()
		if n := len(cluster); n > 0 {
			starter := f.starter(cluster)
			blocked := n-1 > starter && f.table.entry(cluster[n-1]).order() >= order
			if c := f.table.composed[[2]rune{cluster[starter], r}]; c != 0 && !blocked {
				cluster[starter] = c
				continue
			}
		}
		cluster = append(cluster, r)
	}
	f.cluster = cluster
	for _, r := range cluster {
		f.emit(r, f.table.entry(r))
	}
}

// starter is the index of the last rune of a cluster that marks may compose
// with.
func (f *Folder) starter(cluster []rune) int {
	i := len(cluster) - 1
	for i > 0 && f.table.entry(cluster[i]).order() != 0 {
		i--
	}
	return i
}

// isAccent says whether a mark belongs to no script of its own, or only to
// alphabets: accents, strokes, frames, and the voicing of kana.
func isAccent(r rune) bool {
	return 0x300 <= r && r <= 0x36F || 0x483 <= r && r <= 0x489 || 0x1AB0 <= r && r <= 0x1AFF ||
		0x1DC0 <= r && r <= 0x1DFF || 0x20D0 <= r && r <= 0x20FF || 0xFE20 <= r && r <= 0xFE2F ||
		r == 0x3099 || r == 0x309A || 0x302A <= r && r <= 0x302F
}

// Thai and Lao letters that are also typed in two parts; those of Lao are
// laoOffset further on.
const (
	saraAA    = 0x0E32
	saraAM    = 0x0E33
	saraE     = 0x0E40
	saraAE    = 0x0E41
	nikhahit  = 0x0E4D
	laoOffset = 0x80
)

// doubled says whether r is the second part of a letter whose first is before.
func doubled(before, r rune) bool {
	if r >= 0x0E80 {
		before, r = before-laoOffset, r-laoOffset
	}
	return r == saraAA && before == nikhahit || r == saraE && before == saraE
}

// sara joins r, the second part of a letter that ends at Raw[end], with the
// first.
func (f *Folder) sara(r rune, end int) {
	if r&^laoOffset == saraE {
		f.join(r+saraAE-saraE, end)
	} else {
		f.join(r+saraAM-saraAA, end)
	}
}

// join replaces the last rune by r, which stands for that and what follows it
// up to Raw[end].
func (f *Folder) join(r rune, end int) {
	t := &f.text
	_, at := t.last()
	from := t.rawStart(at)
	t.cut(at)
	t.addLump(from, end)
	f.emit(r, f.table.entry(r))
}

// Hangul syllables are composed by rule (The Unicode Standard, 3.12).
const (
	firstLead, leads         = 0x1100, 19
	firstVowel, vowels       = 0x1161, 21
	firstFinal, finals       = 0x11A7, 28 // the first stands for none
	firstSyllable, syllables = 0xAC00, leads * vowels * finals
)

// jamo joins a vowel or final, Raw[i:end], with the Hangul before it.
func (f *Folder) jamo(r rune, i, end int) {
	before, at := f.text.last()
	lead, open := before-firstLead, before-firstSyllable
	vowel, final := r-firstVowel, r-firstFinal
	switch {
	case at >= 0 && 0 <= lead && lead < leads && 0 <= vowel && vowel < vowels:
		f.join(firstSyllable+(lead*vowels+vowel)*finals, end)
	case at >= 0 && 0 <= open && open < syllables && open%finals == 0 && 0 < final && final < finals:
		f.join(before+final, end)
	default:
		f.text.addLump(i, end)
		f.emit(r, 0)
	}
}
