package token

import (
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
)

// Tokenizer cuts texts into tokens. It is scratch memory for one goroutine;
// the zero Tokenizer is ready.
type Tokenizer struct {
	stream Stream
	table  *fold.Runes
	body   []byte
	clean  []byte
	clause int32
	arena  []byte // texts of alts
	odd    oddities

	letters, widths []int // of the run of letters at hand: tokens, and gaps between them
}

// oddities say which other readings a text can have at all, found while it is
// cut: most texts have none, and are not looked at again.
type oddities struct {
	traits  trait // of any token
	singles int   // words of one letter
	joined  bool  // words that may touch, with one sign or emoji between them
	signs   bool  // signs used for letters next to letters
	escapes bool  // backslashes
	strokes bool  // words that begin with strokes of another letter
	flags   int
}

// Tokenize cuts a folded text. The result is valid until the next Tokenize,
// and as long as the text is. Time is linear in the length of the text.
func (z *Tokenizer) Tokenize(text *fold.Text) *Stream {
	if z.table == nil {
		z.table = fold.Table()
	}
	z.stream.Text, z.stream.Tokens, z.stream.Alts = text, z.stream.Tokens[:0], z.stream.Alts[:0]
	z.body, z.clean, z.arena, z.clause, z.odd = text.Body, text.Clean, z.arena[:0], 0, oddities{}
	body := z.body
	for i := 0; i < len(body); {
		k := bytes[body[i]]
		switch {
		case k&inWord != 0:
			i = z.word(i)
		case k == space:
			i++
		case k == wide:
			i = z.wide(i)
		default:
			i = z.sign(i)
		}
	}
	z.readings()
	return &z.stream
}

func (z *Tokenizer) add(start, end int, units uint8, traits trait) {
	z.odd.traits |= traits
	z.stream.Tokens = append(z.stream.Tokens, Token{
		Start: int32(start), End: int32(end), Clause: z.clause, Units: units, traits: traits,
	})
}

// word takes the run of letters of alphabets, digits and marks from start, and
// returns its end.
func (z *Tokenizer) word(start int) int {
	body := z.body
	traits := trait(0)
	i := start
	for i < len(body) {
		k := bytes[body[i]]
		if k&inWord != 0 {
			traits |= trait(k & inWord)
			i++
			continue
		}
		if k != wide {
			if k&inner == 0 || !z.inner(i) {
				break
			}
			if k == quote {
				traits |= apostrophe
			}
			i++
			continue
		}
		r, size := decode(body, i)
		if 0x400 <= r && r < 0x530 {
			if c := z.table.Class(r); c != fold.Alpha && c != fold.Mark {
				break
			}
			traits |= cyrillic
			i += size
			continue
		}
		switch z.table.Class(r) {
		case fold.Alpha:
			traits |= foreign
		case fold.Mark:
		default:
			return z.endWord(start, i, traits)
		}
		i += size
	}
	return z.endWord(start, i, traits)
}

// endWord enters a word and notes what is odd about it and what follows it.
func (z *Tokenizer) endWord(start, end int, traits trait) int {
	body := z.body
	if end-start == 1 || end-start <= utf8.UTFMax && body[start] >= utf8.RuneSelf && !utf8.RuneStart(body[end-1]) && utf8.RuneCount(body[start:end]) == 1 {
		traits |= single
		z.odd.singles++
	}
	if c := body[start]; (c == 'l' || c == 'v') && end-start >= minStroke && stroke(body[start:end]) != 0 {
		z.odd.strokes = true
	}
	z.joined(end)
	z.add(start, end, wordUnits, traits)
	return end
}

// joined notes whether one sign or a rune beyond ASCII parts what ends at end
// from more.
func (z *Tokenizer) joined(end int) {
	if end+1 < len(z.body) && bytes[z.body[end]]&joiner != 0 && bytes[z.body[end+1]]&(inWord|high) != 0 {
		z.odd.joined = true
	}
}

// inner says whether the sign at i belongs to the word around it: an
// apostrophe between letters, a point or comma between digits.
func (z *Tokenizer) inner(i int) bool {
	body := z.body
	if i == 0 || i+1 >= len(body) {
		return false
	}
	before, after := bytes[body[i-1]], bytes[body[i+1]]
	if body[i] == '\'' {
		if after == wide {
			r, _ := decode(body, i+1)
			return before != digit && z.table.Class(r) == fold.Alpha
		}
		return before != digit && before != quote && after == letter
	}
	return before == digit && after == digit
}

// wide takes what begins with a rune beyond ASCII and returns its end.
func (z *Tokenizer) wide(start int) int {
	r, size := decode(z.body, start)
	end := start + size
	switch class := z.table.Class(r); class {
	case fold.Alpha:
		return z.word(start)
	case fold.Grapheme:
		return z.grapheme(start, end)
	case fold.Hangul, fold.Letter:
		return z.run(start, end, class, 0)
	case fold.Arabic:
		return z.run(start, end, class, arabic)
	case fold.Emoji, fold.Tone:
		return z.emoji(start, end)
	case fold.Flag:
		z.odd.flags++
		z.add(start, end, emojiUnits, flag)
	case fold.Mark:
		if spaceless(r) { // on nothing: still a token
			return z.grapheme(start, end)
		}
	default:
		z.separator(r, start, end)
	}
	return end
}

// spaceless says whether a mark is of a script that is written without spaces.
func spaceless(r rune) bool {
	return 0x0E00 <= r && r < 0x0F00 || 0x1000 <= r && r < 0x10A0 || 0x1780 <= r && r < 0x1800
}

// grapheme takes the marks behind body[start:end] and enters it.
func (z *Tokenizer) grapheme(start, end int) int {
	for end < len(z.body) && z.body[end] >= utf8.RuneSelf {
		r, size := decode(z.body, end)
		if z.table.Class(r) != fold.Mark {
			break
		}
		end += size
	}
	z.add(start, end, graphemeUnits, 0)
	return end
}

// run takes the letters of one class, with marks, behind body[start:end] and
// enters them as a word.
func (z *Tokenizer) run(start, end int, class fold.Class, traits trait) int {
	one := true
	for end < len(z.body) && z.body[end] >= utf8.RuneSelf {
		r, size := decode(z.body, end)
		c := z.table.Class(r)
		if c != class && c != fold.Mark {
			break
		}
		one = one && c == fold.Mark
		end += size
	}
	if one {
		traits |= single
		z.odd.singles++
	}
	z.joined(end)
	z.add(start, end, wordUnits, traits)
	return end
}

// emoji takes skin tones behind body[start:end] and enters it.
func (z *Tokenizer) emoji(start, end int) int {
	for end+4 <= len(z.body) {
		r, size := decode(z.body, end)
		if z.table.Class(r) != fold.Tone {
			break
		}
		end += size
	}
	if start > 0 && end < len(z.body) && bytes[z.body[start-1]]&(inWord|joiner) != 0 && bytes[z.body[end]]&(inWord|joiner) != 0 {
		z.odd.joined = true
	}
	z.add(start, end, emojiUnits, 0)
	return end
}

// decode decodes one rune of valid UTF-8 that is not ASCII.
func decode(b []byte, i int) (rune, int) {
	c := rune(b[i])
	if c < 0xE0 && i+1 < len(b) {
		return c&0x1F<<6 | rune(b[i+1])&0x3F, 2
	}
	if c < 0xF0 && i+2 < len(b) {
		return c&0x0F<<12 | rune(b[i+1])&0x3F<<6 | rune(b[i+2])&0x3F, 3
	}
	return utf8.DecodeRune(b[i:])
}
