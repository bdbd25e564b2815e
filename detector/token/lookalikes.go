package token

import (
	stdbytes "bytes"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
)

// minPlain is the number of bytes of a word that is also read without its
// accents: shorter words of one language are words of another without.
const minPlain = 7

// lookalikes reads words in which alphabets are mixed, or which look like a
// word of the other alphabet from end to end, both ways.
func (z *Tokenizer) lookalikes() {
	russian := z.mostlyCyrillic()
	for i := range z.stream.Tokens {
		t := &z.stream.Tokens[i]
		if t.Units != wordUnits || t.End-t.Start > maxReading {
			continue
		}
		switch odd := t.traits & (latin | cyrillic | foreign | digits); {
		case odd == cyrillic:
			z.wholeCyrillic(i, russian)
		case odd&cyrillic != 0:
			if odd&(latin|foreign) != 0 || !ordinaryNumber(z.stream.Word(i)) {
				z.asLatin(i)
				z.asCyrillic(i)
			}
		case odd&foreign != 0:
			z.foreign(i, russian)
		case russian && odd&latin != 0:
			z.asCyrillic(i)
		}
	}
}

func (z *Tokenizer) mostlyCyrillic() bool {
	ours, others := 0, 0
	for i := range z.stream.Tokens {
		switch t := &z.stream.Tokens[i]; {
		case t.traits&cyrillic != 0:
			ours++
		case t.traits&latin != 0:
			others++
		}
	}
	return ours > others
}

// wholeCyrillic reads a Cyrillic word as a Latin one if it looks like one: in a
// Russian text only as it stands (ВТС), elsewhere by any likeness.
func (z *Tokenizer) wholeCyrillic(i int, russian bool) {
	t := &z.stream.Tokens[i]
	if t.End-t.Start < 2*minReading {
		return
	}
	start := len(z.arena)
	ok := false
	if !russian {
		z.arena, ok = fold.Latin(z.arena, z.cleanWord(i))
	} else if c := z.clean[t.Start : t.Start+2]; c[0] == 0xD0 && c[1] < 0xB0 || c[0] == 0xD1 && c[1] > 0x90 {
		z.arena, ok = fold.LatinCapitals(z.arena, z.cleanWord(i))
	}
	if ok {
		z.alt(i, i+1, start, Latin)
	}
}

// foreign reads a word with letters of Greek and other alphabets, or with
// accents.
func (z *Tokenizer) foreign(i int, russian bool) {
	t := &z.stream.Tokens[i]
	word := z.stream.Word(i)
	if onlyAccents(word) && (t.End-t.Start < minPlain || vietnamese(word)) {
		return
	}
	z.asLatin(i)
	if russian {
		z.asCyrillic(i)
	}
	start := len(z.arena)
	out, ok := fold.Turned(z.arena, word)
	if z.arena = out; ok {
		z.alt(i, i+1, start, Latin)
	}
}

// cleanWord is a token with its capitals.
func (z *Tokenizer) cleanWord(i int) []byte {
	t := &z.stream.Tokens[i]
	return z.clean[t.Start:t.End]
}

func (z *Tokenizer) asLatin(i int) {
	start := len(z.arena)
	out, ok := fold.Latin(z.arena, z.cleanWord(i))
	if z.arena = out; ok {
		z.alt(i, i+1, start, Latin)
	}
}

func (z *Tokenizer) asCyrillic(i int) {
	start := len(z.arena)
	out, ok := fold.Cyrillic(z.arena, z.cleanWord(i))
	if z.arena = out; !ok {
		return
	}
	z.alt(i, i+1, start, Latin)
	start = len(z.arena)
	out, ok = fold.CyrillicOther(z.arena, z.cleanWord(i))
	if z.arena = out; ok {
		z.alt(i, i+1, start, Latin)
	}
}

// ordinaryNumber says whether the digits of a word are a number before letters
// (18лет) or after them (эира15), not written for letters.
func ordinaryNumber(word []byte) bool {
	lead := 0
	for lead < len(word) && bytes[word[lead]] == digit {
		lead++
	}
	end := len(word)
	for end > lead && bytes[word[end-1]] == digit {
		end--
	}
	for _, c := range word[lead:end] {
		if bytes[c] == digit {
			return false
		}
	}
	return lead != 1 || end < len(word) || utf8.RuneCount(word[1:]) < minReading
}

// onlyAccents says whether all letters of a word are Latin.
func onlyAccents(word []byte) bool {
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		if r >= 0x180 && (r < 0x1E00 || r > 0x1EFF) && r != 'ơ' && r != 'ư' && (r < 0x218 || r > 0x21B) {
			return false
		}
		i += size
	}
	return true
}

// vietnamese says whether a word has letters that only Vietnamese has.
func vietnamese(word []byte) bool {
	for i := 0; i < len(word); {
		r, size := utf8.DecodeRune(word[i:])
		if r == 'ơ' || r == 'ư' || r == 'đ' || 0x1EA0 <= r && r <= 0x1EF9 {
			return true
		}
		i += size
	}
	return false
}

// minStroke is the bytes of a word of which single strokes are read otherwise.
const minStroke = 5

// strokes reads words that begin with the strokes of another letter.
func (z *Tokenizer) strokes() {
	for i := range z.stream.Tokens {
		t := &z.stream.Tokens[i]
		if t.Units != wordUnits || t.End-t.Start < minStroke {
			continue
		}
		if word := z.body[t.Start:t.End]; stroke(word) != 0 {
			start := len(z.arena)
			z.arena = append(z.arena, stroke(word))
			if word = word[1:]; word[0] == 'v' {
				word = word[1:]
			}
			z.arena = append(z.arena, word...)
			z.alt(i, i+1, start, Latin)
		}
	}
}

// stroke is what the beginning of a word looks like: i for the l of lnvest, w
// for the two v of vvhatsapp, 0 for others.
func stroke(word []byte) byte {
	switch {
	case word[0] == 'v' && word[1] == 'v':
		return 'w'
	case word[0] == 'l' && consonant(word[1]):
		return 'i'
	}
	return 0
}

// capitals reads the capital i within words as l: TeIegram.
func (z *Tokenizer) capitals() {
	for at := stdbytes.IndexByte(z.clean, 'I'); at >= 0; {
		if at > 0 && z.clean[at-1]-'a' < 26 {
			at = z.capitalI(at)
		}
		next := stdbytes.IndexByte(z.clean[at+1:], 'I')
		if next < 0 {
			return
		}
		at += 1 + next
	}
}

func consonant(c byte) bool {
	switch c {
	case 'b', 'c', 'd', 'f', 'g', 'h', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'w', 'x', 'z':
		return true
	}
	return false
}

// capitalI reads the capital i at clean[at] and those after it in the word as
// l, and returns the last byte of the word.
func (z *Tokenizer) capitalI(at int) int {
	from, to := z.stream.TokensIn(source.Span{Start: at, End: at + 1})
	if from == to {
		return at
	}
	t := &z.stream.Tokens[from]
	if t.End-t.Start <= minReading || t.End-t.Start > maxReading {
		return int(t.End) - 1
	}
	start := len(z.arena)
	z.arena = append(z.arena, z.body[t.Start:t.End]...)
	for i := at; i < int(t.End); i++ {
		if z.clean[i] == 'I' {
			z.arena[start+i-int(t.Start)] = 'l'
		}
	}
	z.alt(from, to, start, Latin)
	return int(t.End) - 1
}
