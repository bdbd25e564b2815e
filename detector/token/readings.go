package token

import (
	stdbytes "bytes"
	"cmp"
	"slices"
	"unicode/utf8"
)

// Bounds of other readings.
const (
	maxReading = 64 // bytes of a word that is read otherwise
	minReading = 3  // letters of a reading, or left of a word without its particle
)

// readings finds the other readings that the oddities of a text allow.
func (z *Tokenizer) readings() {
	o := &z.odd
	if o.traits&apostrophe != 0 {
		z.elisions()
	}
	if o.escapes {
		z.escapes()
	}
	if o.traits&arabic != 0 {
		z.particles()
	}
	if o.traits&(cyrillic|foreign) != 0 {
		z.lookalikes()
	}
	if o.flags > 2 {
		z.flags()
	}
	if o.singles > 1 {
		z.split()
	}
	if o.joined {
		z.join()
	}
	if o.signs || o.traits&digits != 0 && o.traits&latin != 0 {
		z.leet()
	}
	if o.strokes {
		z.strokes()
	}
	z.capitals()
	if alts := z.stream.Alts; !slices.IsSortedFunc(alts, compare) {
		slices.SortFunc(alts, compare)
	}
}

func compare(a, b Alt) int {
	if c := cmp.Compare(a.From, b.From); c != 0 {
		return c
	}
	if c := cmp.Compare(a.To, b.To); c != 0 {
		return c
	}
	if c := cmp.Compare(a.View, b.View); c != 0 {
		return c
	}
	if c := cmp.Compare(len(a.Text), len(b.Text)); c != 0 {
		return c
	}
	return stdbytes.Compare(a.Text, b.Text)
}

// alt enters a reading whose text was appended to the arena from start.
func (z *Tokenizer) alt(from, to, start int, view View) *Alt {
	return z.entry(from, to, z.arena[start:len(z.arena):len(z.arena)], view)
}

func (z *Tokenizer) entry(from, to int, text []byte, view View) *Alt {
	z.stream.Alts = append(z.stream.Alts, Alt{From: int32(from), To: int32(to), Text: text, View: view})
	return &z.stream.Alts[len(z.stream.Alts)-1]
}

// maxElision is the bytes of what an apostrophe can take the place of a vowel
// of: jusqu'.
const maxElision = 5

// core is where a token begins, less what is elided in front of an apostrophe:
// l'argent begins with a.
func (z *Tokenizer) core(i int) int {
	t := &z.stream.Tokens[i]
	if t.traits&apostrophe != 0 {
		word := z.body[t.Start:t.End]
		for k := 1; k < len(word)-minReading && k <= maxElision; k++ {
			if word[k] == '\'' {
				return int(t.Start) + k + 1
			}
		}
	}
	return int(t.Start)
}

// elisions reads l'argent as argent, too.
func (z *Tokenizer) elisions() {
	for i := range z.stream.Tokens {
		if t := &z.stream.Tokens[i]; z.core(i) != int(t.Start) {
			z.entry(i, i+1, z.body[z.core(i):t.End], Raw)
		}
	}
}

// escapes reads words behind a line end that was written out, as feeds do by
// mistake: \nHello.
func (z *Tokenizer) escapes() {
	for i := range z.stream.Tokens {
		t := &z.stream.Tokens[i]
		word := z.stream.Word(i)
		if t.Start > 0 && len(word) > 1 && z.body[t.Start-1] == '\\' && (word[0] == 'n' || word[0] == 'r' || word[0] == 't') {
			z.entry(i, i+1, word[1:], Raw)
		}
	}
}

// arabicParticles are conjunctions, prepositions and the article as they are
// written in front of a word, by the second byte of their first letter.
var arabicParticles = [256][]string{
	'\x88': {"و", "ول", "وب", "وس", "وال", "ولل"}, // waw
	'\x81': {"ف", "فل", "فب", "فس", "فال", "فلل"}, // feh
	'\x84': {"ل", "لل"},                           // lam
	'\x83': {"ك", "كال"},                          // kaf
	'\xA8': {"ب", "بال"},                          // beh
	'\xA7': {"ال"},                                // alef
	'\xB3': {"س"},                                 // seen
}

// particles reads Arabic words without what is written in front of them.
func (z *Tokenizer) particles() {
	for i := range z.stream.Tokens {
		t := &z.stream.Tokens[i]
		if t.traits&arabic == 0 || int(t.End-t.Start) < 2*(1+minReading) {
			continue
		}
		word := z.body[t.Start:t.End]
		for _, p := range arabicParticles[word[1]] {
			if len(word)-len(p) >= 2*minReading && string(word[:len(p)]) == p {
				z.entry(i, i+1, word[len(p):], Raw)
			}
		}
	}
}

// flags reads runs of flags as letters: the flags of Canada and St. Helena
// spell cash.
func (z *Tokenizer) flags() {
	tokens := z.stream.Tokens
	for i := 0; i < len(tokens); {
		end := i
		for end < len(tokens) && tokens[end].traits&flag != 0 && (end == i || tokens[end].Start == tokens[end-1].End) {
			end++
		}
		if end-i > 2 {
			start := len(z.arena)
			for at := tokens[i].Start; at < tokens[end-1].End; at += 4 {
				r, _ := utf8.DecodeRune(z.body[at:])
				z.arena = append(z.arena, byte('a'+r-firstFlag))
			}
			z.alt(i, end, start, Fold)
		}
		i = max(end, i+1)
	}
}

const firstFlag = 0x1F1E6 // regional indicator A
