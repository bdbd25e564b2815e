package fold

import "unicode"

// each calls visit for every rune of a range table.
func each(t *unicode.RangeTable, visit func(r rune)) {
	for _, part := range t.R16 {
		for r := rune(part.Lo); r <= rune(part.Hi); r += rune(part.Stride) {
			visit(r)
		}
	}
	for _, part := range t.R32 {
		for r := rune(part.Lo); r <= rune(part.Hi); r += rune(part.Stride) {
			visit(r)
		}
	}
}

// classes fills in the classes, the general ones before the particular.
func (b *builder) classes() {
	for _, group := range []struct {
		class  Class
		tables []*unicode.RangeTable
	}{
		{Letter, []*unicode.RangeTable{unicode.L, unicode.Nl, unicode.No}},
		{Alpha, []*unicode.RangeTable{
			unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Cherokee,
			unicode.Canadian_Aboriginal, unicode.Lisu, unicode.Coptic,
		}},
		{Hangul, []*unicode.RangeTable{unicode.Hangul}},
		{Arabic, []*unicode.RangeTable{unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko}},
		{Grapheme, []*unicode.RangeTable{
			unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo,
			unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
		}},
		{Mark, []*unicode.RangeTable{unicode.M}},
		{Other, []*unicode.RangeTable{unicode.P, unicode.Sc, unicode.Sk, unicode.Z}},
	} {
		for _, table := range group.tables {
			b.fillTable(table, group.class)
		}
	}
	for _, part := range emojiParts {
		b.fill(part[0], part[1], Emoji)
	}
	b.fill(firstFlag, lastFlag, Flag)
	b.fill(0x1F3FB, 0x1F3FF, Tone)
	b.fill('0', '9', Digit)
	b.fill(0x3005, 0x3007, Grapheme) // 々 〆 〇
	b.fill(0x30FC, 0x30FC, Grapheme) // ー
	b.fill(0x0E46, 0x0E46, Grapheme) // ๆ
}

func (b *builder) fillTable(t *unicode.RangeTable, c Class) {
	for _, part := range t.R16 {
		b.fillPart(rune(part.Lo), rune(part.Hi), rune(part.Stride), c)
	}
	for _, part := range t.R32 {
		b.fillPart(rune(part.Lo), rune(part.Hi), rune(part.Stride), c)
	}
}

func (b *builder) fillPart(lo, hi, stride rune, c Class) {
	if stride == 1 {
		b.fill(lo, hi, c)
		return
	}
	for r := lo; r <= hi; r += stride {
		b.fill(r, r, c)
	}
}

// fill gives a class to a range of runes.
func (b *builder) fill(lo, hi rune, c Class) {
	var shared *[256]entry
	e := newEntry(keep, 0, 0, c)
	hi = min(hi, rune(len(b.pages)*256-1))
	for r := lo; r <= hi; {
		if r&0xFF != 0 || r+0xFF > hi {
			b.set(r, e)
			r++
			continue
		}
		if shared == nil {
			shared = new([256]entry)
			for i := range shared {
				shared[i] = e
			}
		}
		b.pages[r>>8], b.own[r>>8] = shared, false
		r += 256
	}
}
