package token

import (
	"unicode/utf8"

	"github.com/hookline/hookline/detector/fold"
)

const maxLeet = 32 // bytes of a word with signs for letters

// leet reads digits and signs within words as letters.
func (z *Tokenizer) leet() {
	tokens := z.stream.Tokens
	for i := 0; i < len(tokens); {
		t := &tokens[i]
		if t.Units != wordUnits || !z.odd.signs && t.traits&(digits|latin) != digits|latin {
			i++
			continue
		}
		start, end, last := z.core(i), int(t.End), i+1
		if z.odd.signs {
			start, end, last = z.chunk(i)
		}
		if t.traits&digits == 0 && end == int(t.End) && start >= int(t.Start) {
			i++ // no sign in it
			continue
		}
		if word := z.body[start:end]; len(word) <= maxLeet && !z.apart(i, last) && leetWord(word) {
			z.leetReadings(i, last, word)
		}
		i = last
	}
}

// apart says whether the tokens [from, to) are single letters with the same
// sign between them, which sets them apart.
func (z *Tokenizer) apart(from, to int) bool {
	tokens := z.stream.Tokens
	for i := from; i < to; i++ {
		if tokens[i].traits&single == 0 || i > from && (tokens[i].Start-tokens[i-1].End != 1 || z.body[tokens[i].Start-1] != z.body[tokens[from].End]) {
			return false
		}
	}
	return to-from > 2
}

// chunk is the run of words and signs for letters from token i on: its bytes
// and the token after it.
func (z *Tokenizer) chunk(i int) (start, end, last int) {
	tokens := z.stream.Tokens
	start, end, last = z.core(i), int(tokens[i].End), i+1
	floor := 0
	if i > 0 {
		floor = int(tokens[i-1].End)
	}
	if start != int(tokens[i].Start) {
		floor = start
	}
	if start > floor && leading(z.body[start-1]) && (start-1 == floor || z.body[start-2] != z.body[start-1]) {
		start--
	} else if start-3 >= floor && string(z.body[start-3:start]) == "€" {
		start -= 3
	}
	for end < len(z.body) && end-start <= maxLeet {
		gap := end
		for size := 1; size > 0; gap += size {
			if size = 0; gap < len(z.body) && bytes[z.body[gap]]&inWord == 0 {
				size = fold.LeetSign(z.body[gap:])
			}
		}
		if gap == end || z.body[end] == '!' && gap < len(z.clean) && z.clean[gap]-'A' < 26 {
			return start, end, last // "Really!Your" is two words
		}
		if last == len(tokens) || int(tokens[last].Start) != gap || tokens[last].Units != wordUnits {
			if z.body[end] == '$' || z.body[end] == '@' {
				end = gap
			}
			return start, end, last
		}
		end, last = int(tokens[last].End), last+1
	}
	return start, end, last
}

// leading says whether a sign in front of a word may stand for its first
// letter.
func leading(c byte) bool { return c == '$' || c == '@' || c == '|' || c == '!' }

// leetWord says whether a word mixes letters and signs as disguised words do:
// not an amount (50usd), an ordinal (2nd), a version (mp3) or a handle (@name).
func leetWord(word []byte) bool {
	letters, signs, lead, trail := 0, 0, 0, 0
	for i := 0; i < len(word); {
		size := fold.LeetSign(word[i:])
		if size == 0 {
			_, size = utf8.DecodeRune(word[i:])
			letters, trail = letters+1, 0
		} else {
			signs, trail = signs+1, trail+1
			if letters == 0 {
				lead++
			}
		}
		i += size
	}
	handle := signs == 1 && word[0] == '@'
	if letters == 0 || signs == 0 || handle || letters+signs < minReading {
		return false
	}
	last, need := word[len(word)-1], 4
	if bytes[word[0]] != digit {
		need = minReading
	}
	return signs > lead+trail || lead == 1 && letters >= need || lead == 0 && letters >= minReading && (last == '0' || last == '$')
}

// leetReadings enters the ways to read a word, which covers tokens [from, to).
func (z *Tokenizer) leetReadings(from, to int, word []byte) {
	start := len(z.arena)
	if z.stream.Tokens[from].traits&cyrillic != 0 {
		out, ok := fold.Cyrillic(z.arena, word)
		if z.arena = out; ok {
			z.alt(from, to, start, Leet)
			start = len(z.arena)
		}
	}
	for reading := range uint(fold.LeetReadings) {
		out, ok := fold.Leet(z.arena, word, reading)
		if z.arena = out; !ok {
			return
		}
		z.alt(from, to, start, Leet)
		start = len(z.arena)
	}
}
