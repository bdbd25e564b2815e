package token

import (
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
)

// Bounds of other readings.
const (
	maxReading  = 64 // bytes of a word that is read otherwise
	minSplit    = 4  // letters of a word that was set apart
	maxSplit    = 40
	minReading  = 3 // letters left of a word without its particle
	maxLeetWord = 24
)

// readings finds the other readings that the oddities of a text allow.
func (z *Tokenizer) readings(body []byte) {
	o := &z.odd
	if o.apostrophe {
		z.elisions(body)
	}
	if o.foreign {
		z.lookalikes(body)
	}
	if o.arabic {
		z.particles(body)
	}
	if o.singles >= minSplit {
		z.split(body)
	}
	if o.joined {
		z.join(body)
	}
	z.leet(body)
}

// alt enters a reading whose text was appended to the arena from start.
func (z *Tokenizer) alt(from, to, start int, view View) {
	z.alts = append(z.alts, Alt{From: int32(from), To: int32(to), Text: z.arena[start:len(z.arena):len(z.arena)], View: view})
}

// elisions reads l'argent as argent, too.
func (z *Tokenizer) elisions(body []byte) {
	for i := range z.tokens {
		t := &z.tokens[i]
		word := body[t.Start:t.End]
		for k := 1; k < len(word) && k <= 5; k++ {
			if word[k] == '\'' && len(word)-k > minReading {
				z.alts = append(z.alts, Alt{From: int32(i), To: int32(i) + 1, Text: word[k+1:], View: Raw})
				break
			}
		}
	}
}

// lookalikes reads words in which scripts are mixed, or which look like one of
// the other script from end to end, both ways.
func (z *Tokenizer) lookalikes(body []byte) {
	russian := z.odd.cyrillic*2 > len(z.tokens)
	for i := range z.tokens {
		t := &z.tokens[i]
		word := body[t.Start:t.End]
		if t.Units != wordUnits || len(word) > maxReading {
			continue
		}
		latin, other, digits := letters(word)
		if other > 0 && (latin > 0 || digits > 0 || utf8.RuneCount(word) >= minSplit) {
			start := len(z.arena)
			if text, ok := fold.Latin(z.arena, word); ok {
				z.arena = text
				z.alt(i, i+1, start, Latin)
			}
		}
		if (latin > 0 || digits > 0 && other > 0) && (other > 0 || russian) {
			start := len(z.arena)
			if text, ok := fold.Cyrillic(z.arena, word); ok {
				z.arena = text
				z.alt(i, i+1, start, Latin)
			}
		}
	}
}

// letters counts a word's Latin letters, others, and digits.
func letters(word []byte) (latin, other, digits int) {
	for i := 0; i < len(word); {
		c := word[i]
		switch {
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(word[i:])
			if r < 0x250 || r >= 0x1e00 && r < 0x1f00 {
				latin++
			} else {
				other++
			}
			i += size
			continue
		case 'a' <= c && c <= 'z':
			latin++
		default:
			digits++
		}
		i++
	}
	return latin, other, digits
}

// arabicParticles are conjunctions, prepositions and the article as they are
// written in front of a word, the longest first.
var arabicParticles = []string{"وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل", "وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك", "س"}

func (z *Tokenizer) particles(body []byte) {
	for i := range z.tokens {
		t := &z.tokens[i]
		word := body[t.Start:t.End]
		if t.Units != wordUnits || word[0] < 0xd8 || word[0] > 0xdb {
			continue
		}
		for _, p := range arabicParticles {
			if len(word) > len(p) && string(word[:len(p)]) == p && utf8.RuneCount(word[len(p):]) >= minReading {
				z.alts = append(z.alts, Alt{From: int32(i), To: int32(i) + 1, Text: word[len(p):], View: Raw})
			}
		}
	}
}

// split joins runs of single letters: w h a t s a p p. Gaps wider than the
// narrowest of a run end a word.
func (z *Tokenizer) split(body []byte) {
	for i := 0; i < len(z.tokens); {
		end := i
		for end < len(z.tokens) && end-i < maxSplit && z.single(body, end) {
			end++
		}
		if end-i >= minSplit {
			z.splitRun(body, i, end)
		}
		i = max(end, i+1)
	}
}

func (z *Tokenizer) single(body []byte, i int) bool {
	t := &z.tokens[i]
	if t.Units == 0 {
		return i > 0 // an emoji between letters
	}
	word := body[t.Start:t.End]
	_, size := utf8.DecodeRune(word)
	return t.Units == wordUnits && size == len(word)
}

func (z *Tokenizer) splitRun(body []byte, from, to int) {
	z.joinRun(body, from, to)
	narrow := int32(1 << 30)
	for i := from + 1; i < to; i++ {
		narrow = min(narrow, z.tokens[i].Start-z.tokens[i-1].End)
	}
	start := from
	for i := from + 1; i <= to; i++ {
		if i == to || z.tokens[i].Start-z.tokens[i-1].End > narrow {
			if i-start >= minReading && (start > from || i < to) {
				z.joinRun(body, start, i)
			}
			start = i
		}
	}
}

// joinRun enters the letters of tokens [from, to) as one word.
func (z *Tokenizer) joinRun(body []byte, from, to int) {
	start := len(z.arena)
	for i := from; i < to; i++ {
		if t := &z.tokens[i]; t.Units != 0 {
			z.arena = append(z.arena, body[t.Start:t.End]...)
		}
	}
	z.alt(from, to, start, Squash)
}

// maxJoined is how many words with one sign between them may be one.
const maxJoined = 4

// join reads words that touch, with one sign or emoji between them, as one:
// tele-gram, what🔥sapp.
func (z *Tokenizer) join(body []byte) {
	for i := 0; i < len(z.tokens); i++ {
		end := i + 1
		for end < len(z.tokens) && end-i < maxJoined && z.touches(body, end) {
			end++
			if z.tokens[end-1].Units == wordUnits && end-i >= 2 && z.tokens[i].Units == wordUnits {
				z.joinRun(body, i, end)
				z.alts[len(z.alts)-1].Whole = true
			}
		}
	}
}

func (z *Tokenizer) touches(body []byte, i int) bool {
	a, b := &z.tokens[i-1], &z.tokens[i]
	if a.Units == graphemeUnits || b.Units == graphemeUnits {
		return false
	}
	gap := body[a.End:b.Start]
	switch len(gap) {
	case 0:
		return a.Units == 0 || b.Units == 0
	case 1:
		return joins(gap[0])
	default:
		return false
	}
}

// leet reads digits and signs within words as letters.
func (z *Tokenizer) leet(body []byte) {
	for i := 0; i < len(z.tokens); i++ {
		t := &z.tokens[i]
		if t.Units != wordUnits {
			continue
		}
		start, end := int(t.Start), int(t.End)
		last := i + 1
		if z.odd.signs {
			start, end, last = z.leetChunk(body, i)
		}
		if word := body[start:end]; leetWord(word) {
			z.leetReading(i, last, word)
		}
		i = last - 1
	}
}

// leetChunk is the run of words and leet signs from token i on.
func (z *Tokenizer) leetChunk(body []byte, i int) (start, end, last int) {
	start, end, last = int(z.tokens[i].Start), int(z.tokens[i].End), i+1
	for start > 0 && body[start-1] == '$' && (i == 0 || int(z.tokens[i-1].End) < start) {
		start--
	}
	for end < len(body) {
		gap := end
		for gap < len(body) && fold.LeetSign(body[gap]) && !wordByte(body[gap]) {
			gap++
		}
		if gap == end || last >= len(z.tokens) || int(z.tokens[last].Start) != gap || z.tokens[last].Units != wordUnits {
			if gap > end && (body[end] == '$' || body[end] == '@') {
				end = gap
			}
			break
		}
		end, last = int(z.tokens[last].End), last+1
	}
	return start, end, last
}

// leetWord says whether a word mixes letters and signs as disguised words do:
// not an amount (50usd), an ordinal (2nd) or a bare handle (@name).
func leetWord(word []byte) bool {
	if len(word) > maxLeetWord || len(word) < minReading {
		return false
	}
	letters, signs, leading := 0, 0, 0
	for _, c := range word {
		switch {
		case 'a' <= c && c <= 'z':
			letters++
		case fold.LeetSign(c):
			signs++
			if letters == 0 {
				leading++
			}
		default:
			return false
		}
	}
	return letters > 0 && signs > 0 && (signs > leading || leading == 1 && letters >= minSplit)
}

func (z *Tokenizer) leetReading(from, to int, word []byte) {
	start := len(z.arena)
	text, ok := fold.Leet(z.arena, word, false)
	if !ok {
		return
	}
	z.arena = text
	z.alt(from, to, start, Leet)
	for _, c := range word {
		if c == '1' {
			start := len(z.arena)
			z.arena, _ = fold.Leet(z.arena, word, true)
			z.alt(from, to, start, Leet)
			return
		}
	}
}
