package token

import (
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
)

// Tokenizer cuts texts into tokens. It is scratch memory for one goroutine;
// the zero Tokenizer is ready.
type Tokenizer struct {
	stream Stream
	tokens []Token
	alts   []Alt
	arena  []byte // texts of alts
	clause int32
	odd    oddities
}

// oddities say which other readings a text can have at all, found while it is
// cut: most texts have none, and are not looked at again.
type oddities struct {
	singles    int  // words of one letter
	apostrophe bool // within a word
	joined     bool // words that touch, with one sign between them
	signs      bool // signs used for letters next to letters
	foreign    bool // letters that are not Latin, outside of scripts without spaces
	arabic     bool
	cyrillic   int // letters
	latin      int // letters, counted only beside others
}

// Tokenize cuts a folded text. The result is valid until the next Tokenize,
// and as long as the text is.
func (z *Tokenizer) Tokenize(text *fold.Text) *Stream {
	z.tokens, z.alts, z.arena, z.clause, z.odd = z.tokens[:0], z.alts[:0], z.arena[:0], 0, oddities{}
	body := text.Body
	for i := 0; i < len(body); {
		c := body[i]
		if c < utf8.RuneSelf {
			switch asciiClasses[c] {
			case letter, digitRune:
				i = z.word(body, i)
			case stop:
				z.stop(body, i)
				i++
			default:
				i += z.sign(body, i)
			}
			continue
		}
		i = z.wide(body, i)
	}
	z.stream = Stream{Text: text, Tokens: z.tokens}
	z.readings(body)
	z.stream.Alts = z.alts
	return &z.stream
}

func (z *Tokenizer) add(start, end int, units uint8) {
	z.tokens = append(z.tokens, Token{Start: int32(start), End: int32(end), Clause: z.clause, Units: units})
}

// Units of distance.
const (
	wordUnits     = 2
	graphemeUnits = 1
)

// word takes the run of letters, digits and marks from start, which is ASCII,
// and returns its end.
func (z *Tokenizer) word(body []byte, start int) int {
	i := start
	for i < len(body) {
		c := body[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRune(body[i:])
			k := classify(r)
			if k != letter && k != mark && k != digitRune {
				break
			}
			z.foreignLetter(r)
			i += size
			continue
		}
		if k := asciiClasses[c]; k == letter || k == digitRune {
			i++
			continue
		}
		if !z.inner(body, i) {
			break
		}
		i++
	}
	z.finish(body, start, i)
	return i
}

// inner says whether the ASCII sign at i belongs to the word around it: an
// apostrophe between letters, a point or comma between digits.
func (z *Tokenizer) inner(body []byte, i int) bool {
	if i == 0 || i+1 >= len(body) {
		return false
	}
	before, after := body[i-1], body[i+1]
	switch body[i] {
	case '\'':
		if (before >= utf8.RuneSelf || asciiClasses[before] == letter) && (after >= utf8.RuneSelf || asciiClasses[after] == letter) {
			z.odd.apostrophe = true
			return true
		}
	case '.', ',':
		return '0' <= before && before <= '9' && '0' <= after && after <= '9'
	}
	return false
}

// finish enters a word and notes what is odd about it.
func (z *Tokenizer) finish(body []byte, start, end int) {
	z.add(start, end, wordUnits)
	if end-start == 1 || body[start] >= utf8.RuneSelf && end-start == utf8.RuneLen(firstRune(body[start:end])) {
		z.odd.singles++
	}
	if end+1 < len(body) && joins(body[end]) {
		z.odd.joined = true
	}
}

func firstRune(b []byte) rune {
	r, _ := utf8.DecodeRune(b)
	return r
}

// plus is what ➕ stands for, in front of the name of a messenger.
var plus = []byte("+")

// joins says whether a sign is used to set letters of one word apart.
func joins(c byte) bool {
	return c == '-' || c == '_' || c == '.' || c == '*' || c == '~' || c == '|' || c == '/' || c >= 0xe2
}

// stop ends a clause, unless it is a point within a word (a.b).
func (z *Tokenizer) stop(body []byte, i int) {
	if c := body[i]; (c == '.' || c == ':') && i > 0 && i+1 < len(body) && wordByte(body[i-1]) && wordByte(body[i+1]) {
		return
	}
	if c := body[i]; c == '!' && i > 0 && i+1 < len(body) && wordByte(body[i-1]) && wordByte(body[i+1]) {
		z.odd.signs = true
	}
	z.clause++
}

func wordByte(c byte) bool {
	return c >= utf8.RuneSelf || asciiClasses[c] == letter || asciiClasses[c] == digitRune
}

// sign passes an ASCII sign. A plus in front of a letter ("+v") is a word of
// its own.
func (z *Tokenizer) sign(body []byte, i int) int {
	c := body[i]
	if c <= ' ' {
		return 1
	}
	if c == '+' && i+1 < len(body) && 'a' <= body[i+1] && body[i+1] <= 'z' && (i == 0 || !wordByte(body[i-1]) || body[i-1] >= utf8.RuneSelf) {
		z.add(i, i+1, wordUnits)
		return 1
	}
	if fold.LeetSign(c) && (i > 0 && wordByte(body[i-1]) || i+1 < len(body) && wordByte(body[i+1])) {
		z.odd.signs = true
	}
	return 1
}

// wide takes what begins with a rune beyond ASCII and returns its end.
func (z *Tokenizer) wide(body []byte, start int) int {
	r, size := utf8.DecodeRune(body[start:])
	switch classify(r) {
	case grapheme:
		end := start + size
		for end < len(body) && body[end] >= utf8.RuneSelf {
			next, width := utf8.DecodeRune(body[end:])
			if classify(next) != mark {
				break
			}
			end += width
		}
		z.add(start, end, graphemeUnits)
		return end
	case hangul:
		return z.hangul(body, start)
	case letter, digitRune:
		return z.word(body, start)
	case emoji:
		z.add(start, start+size, 0)
		if r == '➕' {
			z.alts = append(z.alts, Alt{From: int32(len(z.tokens) - 1), To: int32(len(z.tokens)), Text: plus, View: Fold})
		}
	case stop:
		z.clause++
	}
	return start + size
}

func (z *Tokenizer) hangul(body []byte, start int) int {
	end := start
	for end < len(body) && body[end] >= utf8.RuneSelf {
		r, size := utf8.DecodeRune(body[end:])
		if classify(r) != hangul {
			break
		}
		end += size
	}
	z.add(start, end, wordUnits)
	return end
}

func (z *Tokenizer) foreignLetter(r rune) {
	switch {
	case r >= 0x400 && r < 0x530:
		z.odd.cyrillic++
		z.odd.foreign = true
	case r >= 0x620 && r < 0x6d6:
		z.odd.arabic = true
	case r >= 0x370 && r < 0x600 || r >= 0x13a0 && r < 0x1400 || r >= 0xab70 && r < 0xabc0 || r >= 0x251 && r < 0x2b0:
		z.odd.foreign = true
	}
}
