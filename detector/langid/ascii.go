package langid

import "math/bits"

// Constants for eight bytes at a time.
const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// eight are eight bytes of a text, which the compiler loads at once.
func eight(text string, at int) uint64 {
	t := text[at : at+8]
	return uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
		uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
}

// lettersOf marks the bytes of an ASCII text that words are made of, a bit for
// each; ok is false if the text is not ASCII.
func lettersOf(text string, marks *[maxGuess/64 + 1]uint64) (ok bool) {
	for i := 0; i < len(text); i += 8 {
		var letters uint64
		if i+8 <= len(text) {
			letters = eight(text, i)
		} else {
			for k := i; k < len(text); k++ {
				letters |= uint64(text[k]) << (8 * (k - i))
			}
		}
		if letters&highs != 0 {
			return false
		}
		lower := letters | 0x20*ones
		from, beyond := lower+(0x80-'a')*ones, lower+(0x80-'z'-1)*ones // high bits: at least a, more than z
		quote := ^(letters ^ '\''*ones + 0x7f*ones)
		found := (from&^beyond | quote) & highs >> 7
		marks[i/64] |= found * 0x0102040810204080 >> 56 << (i % 64)
	}
	return true
}

// voteASCII is vote for text whose letters are marked.
func voteASCII(text string, marks *[maxGuess/64 + 1]uint64) string {
	var tally [16]int
	var counted ballot
	words := 0
	for at := 0; at < len(text); {
		start := next(marks, at, len(text), 0)
		if start == len(text) {
			break
		}
		at = next(marks, start, len(text), ^uint64(0))
		if words++; words%0xff == 0 {
			counted.move(&tally)
		}
		counted.word(text, start, at)
	}
	counted.move(&tally)
	return winner(tally[:], words)
}

// word counts the word of a text from start to end.
func (b *ballot) word(text string, start, end int) {
	size := end - start
	if size > 8 {
		b.add(longCodes(text[start:end]))
		return
	}
	var letters uint64
	if start+8 <= len(text) {
		letters = eight(text, start)
	} else {
		for i := range size {
			letters |= uint64(text[start+i]) << (8 * i)
		}
	}
	letters |= 0x20 * ones
	v := &votes.votes[votes.slot(letters<<(64-8*size)>>(64-8*size))]
	b[0] += v[0]
	b[1] += v[1]
}

// move adds the votes to a tally and begins anew.
func (b *ballot) move(tally *[16]int) {
	for i := range tally {
		tally[i] += b.count(i)
	}
	*b = ballot{}
}

// next is the first byte from at on that is marked, or with all bits for flip,
// not marked; size if there is none.
func next(marks *[maxGuess/64 + 1]uint64, at, size int, flip uint64) int {
	word := (marks[at/64] ^ flip) >> (at % 64) << (at % 64)
	for at = at / 64 * 64; word == 0; word = marks[at/64] ^ flip {
		if at += 64; at >= size {
			return size
		}
	}
	return min(at+bits.TrailingZeros64(word), size)
}
