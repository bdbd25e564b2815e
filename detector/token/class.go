package token

import (
	"unicode"
)

// class is what a rune does in a text.
type class uint8

const (
	separator class = iota
	letter          // Latin, Cyrillic, Arabic, Indic and other letters of words
	digitRune
	mark     // belongs to what is before it
	hangul   // letters of words, kept apart from Latin ones
	grapheme // a token of its own, with its marks
	emoji
	stop // ends a clause
)

// asciiClasses are the classes of ASCII.
var asciiClasses = func() (table [128]class) {
	for c := range table {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
			table[c] = letter
		case '0' <= c && c <= '9':
			table[c] = digitRune
		case c == '.' || c == '!' || c == '?' || c == ';' || c == ':' || c == '\n' || c == ',':
			table[c] = stop
		}
	}
	return table
}()

func classify(r rune) class {
	switch {
	case r < 128:
		return asciiClasses[r]
	case r < 0x300:
		if r >= 0xc0 && r != 0xd7 && r != 0xf7 || r == 0xaa || r == 0xb5 || r == 0xba {
			return letter
		}
		return separator
	case r < 0x370:
		return mark
	case r >= 0x400 && r < 0x530 && (r < 0x482 || r > 0x489):
		return letter
	case r >= 0xe01 && r < 0xe5c:
		return thai(r)
	case r >= 0x3041 && r <= 0x9fff:
		return cjk(r)
	case r >= 0xac00 && r < 0xd7a4, r >= 0x1100 && r < 0x1200, r >= 0x3131 && r < 0x318f:
		return hangul
	}
	return classifyRare(r)
}

func thai(r rune) class {
	switch {
	case r == 0xe31 || r >= 0xe33 && r <= 0xe3a || r >= 0xe47 && r <= 0xe4e:
		return mark
	case r == 0xe3f || r == 0xe4f || r == 0xe5a || r == 0xe5b:
		return separator
	default:
		return grapheme
	}
}

func cjk(r rune) class {
	switch {
	case r >= 0x3131 && r < 0x318f:
		return hangul
	case r >= 0x4e00, r >= 0x3400 && r < 0x4dc0, r < 0x3097, r >= 0x30a1 && r < 0x30fb, r == 0x30fc, r >= 0x30fd && r < 0x3100, r >= 0x309d && r < 0x30a0:
		return grapheme
	case r == 0x3099 || r == 0x309a:
		return mark
	default:
		return separator
	}
}

// stops are the ends of clauses beyond ASCII.
const stops = "。，！？；：、।॥؟،؛។៕၊။…‥·・"

func classifyRare(r rune) class {
	switch {
	case pictograph(r):
		return emoji
	case isStop(r):
		return stop
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		if unicode.Is(unicode.M, r) {
			return mark
		}
		if unicode.IsLetter(r) || unicode.Is(unicode.Nd, r) || r == '々' || r == '〆' {
			return grapheme
		}
		return separator
	case unicode.Is(unicode.M, r):
		return mark
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return digitRune
	default:
		return separator
	}
}

func isStop(r rune) bool {
	for _, s := range stops {
		if r == s {
			return true
		}
	}
	return false
}

// pictograph says whether a rune is an emoji or a symbol used as one.
func pictograph(r rune) bool {
	return r >= 0x1f000 && r < 0x1fb00 || r >= 0x2600 && r < 0x27c0 || r >= 0x2b00 && r < 0x2c00 ||
		r >= 0x2190 && r < 0x2200 || r >= 0x25a0 && r < 0x2600 || r == 0x2764 || r == 0x203c || r == 0x2049 || r >= 0x2300 && r < 0x2400
}
