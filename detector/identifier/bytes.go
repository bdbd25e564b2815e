package identifier

import "strings"

// class is a set of properties of a byte. Lead bytes of UTF-8 stand for the
// script that they mostly encode.
type class uint16

const (
	digit class = 1 << iota
	letter
	at
	dot
	colon
	sign // : = - between the name of a messenger and an id, and _ in one
	high // any byte of a non-ASCII character
	latinHigh
	cyrillic
	arabic
	indic // Devanagari to Lao: E0
	han   // E4 to E9
	kana  // E3
	hangul
	dotWord // "dot" occurs in the text
	idWord  // " id " does
)

var classes = newClasses()

func newClasses() (t [256]class) {
	set := func(from, to int, c class) {
		for b := from; b <= to; b++ {
			t[b] |= c
		}
	}
	set('0', '9', digit)
	set('a', 'z', letter)
	set('A', 'Z', letter)
	set('@', '@', at)
	set('.', '.', dot)
	set(':', ':', colon)
	for _, c := range ":=-_" {
		set(int(c), int(c), sign)
	}
	set(0x80, 0xFF, high)
	set(0xC3, 0xC9, latinHigh)
	set(0xE1, 0xE1, latinHigh) // E1 BA, E1 BB: Vietnamese
	set(0xD0, 0xD3, cyrillic)
	set(0xD8, 0xDB, arabic)
	set(0xE0, 0xE0, indic)
	set(0xE3, 0xE3, kana)
	set(0xE4, 0xE9, han)
	set(0xEA, 0xED, hangul)
	return t
}

// scan returns every class that occurs in b, and whether the words dot and id do.
func scan(b []byte) (seen class) {
	const (
		dots = 'd'<<16 | 'o'<<8 | 't'
		ids  = ' '<<24 | 'i'<<16 | 'd'<<8 | ' '
	)
	last := uint32(0) // the last four bytes
	for _, c := range b {
		seen |= classes[c]
		if last = last<<8 | uint32(c); last&0xFFFFFF == dots {
			seen |= dotWord
		} else if last == ids {
			seen |= idWord
		}
	}
	return seen
}

func isDigit(c byte) bool  { return classes[c]&digit != 0 }
func isLetter(c byte) bool { return classes[c]&letter != 0 }
func isAlnum(c byte) bool  { return classes[c]&(digit|letter) != 0 }
func isUpper(c byte) bool  { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool  { return 'a' <= c && c <= 'z' }
func isSpace(c byte) bool  { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

// byteAt is b[i], or 0 beyond either end.
func byteAt(b []byte, i int) byte {
	if uint(i) < uint(len(b)) {
		return b[i]
	}
	return 0
}

// skipBlanks returns the first position from i on, at most limit bytes further,
// that holds neither blank nor tab; a line end is no blank.
func skipBlanks(b []byte, i, limit int) int {
	for end := min(len(b), i+limit); i < end && (b[i] == ' ' || b[i] == '\t'); i++ {
	}
	return i
}

// backBlanks returns the position after the last byte before i that is neither
// blank nor tab, at most limit bytes back.
func backBlanks(b []byte, i, limit int) int {
	for end := max(0, i-limit); i > end && (b[i-1] == ' ' || b[i-1] == '\t'); i-- {
	}
	return i
}

// runeStart moves i back to the first byte of the character it lies in.
func runeStart(b []byte, i int) int {
	for n := 0; n < 3 && i > 0 && i < len(b) && b[i]&0xC0 == 0x80; n++ {
		i--
	}
	return i
}

// inWord says whether the character that begins at b[i] is a letter of a script
// that puts spaces between words (Latin, Greek, Cyrillic, Arabic, Devanagari,
// Bengali). Han, kana, Thai and Hangul are written together with their
// neighbours or their particles and never are.
func inWord(b []byte, i int) bool {
	if uint(i) >= uint(len(b)) {
		return false
	}
	switch c := b[i]; {
	case c < 0x80:
		return isLetter(c)
	case c == 0xC3: // À…ÿ, without × and ÷
		return byteAt(b, i+1) != 0x97 && byteAt(b, i+1) != 0xB7
	case 0xC4 <= c && c <= 0xCA, 0xCE <= c && c <= 0xDB:
		return true
	case c == 0xE0:
		return byteAt(b, i+1) <= 0xA7
	case c == 0xE1:
		return 0xB8 <= byteAt(b, i+1) && byteAt(b, i+1) <= 0xBB
	default:
		return false
	}
}

// wordStart is a quick test for b[i] not to continue an ASCII word or a
// character.
func wordStart(b []byte, i int) bool {
	c := classes[b[i]]
	if c&letter != 0 {
		return i == 0 || classes[b[i-1]]&letter == 0
	}
	return c&high == 0 || b[i] >= 0xC0
}

// joined says whether a word goes on across position i.
func joined(b []byte, i int) bool {
	return i > 0 && i < len(b) && inWord(b, i) && inWord(b, runeStart(b, i-1))
}

func lower(s string) string { return strings.ToLower(s) }
