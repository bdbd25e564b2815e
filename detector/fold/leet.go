package fold

import "unicode/utf8"

// leet is a digit or sign and the letters it is written for; 0 for no second.
type leet struct{ first, second byte }

// leetOf are the ASCII ones.
var leetOf = [utf8.RuneSelf]leet{
	'0': {'o', 0}, '1': {'i', 'l'}, '2': {'z', 0}, '3': {'e', 0}, '4': {'a', 0}, '5': {'s', 0},
	'6': {'b', 'g'}, '7': {'t', 0}, '8': {'b', 0}, '9': {'g', 0},
	'@': {'a', 0}, '$': {'s', 0}, '!': {'i', 'l'}, '|': {'l', 'i'}, '+': {'t', 0}, '^': {'a', 0},
}

// LeetSign returns the size in bytes of the digit or sign at the start of b if
// it is written for a letter, else 0.
func LeetSign(b []byte) int {
	_, size := leetAt(b)
	return size
}

func leetAt(b []byte) (leet, int) {
	if len(b) == 0 {
		return leet{}, 0
	}
	c := b[0]
	if c == '(' && len(b) > 1 && b[1] == ')' {
		return leet{'o', 0}, 2
	}
	if c < utf8.RuneSelf {
		if l := leetOf[c]; l.first != 0 {
			return l, 1
		}
		return leet{}, 0
	}
	switch r, size := utf8.DecodeRune(b); r {
	case '€':
		return leet{'e', 0}, size
	case '£':
		return leet{'l', 'e'}, size
	case '¥':
		return leet{'y', 0}, size
	case '¢':
		return leet{'c', 0}, size
	case '§':
		return leet{'s', 0}, size
	}
	return leet{}, 0
}

// LeetReadings is how many ways Leet has to read a word at most.
const LeetReadings = 4

// Leet appends a folded word with signs read as letters, and look-alikes of
// other scripts as Latin ones. Signs that are used for two letters are read in
// the way that the bits of reading, below LeetReadings, choose: bit 0 for the
// first of them, bit 1 for the others. ok is false, and nothing appended, where
// the word holds something else, or if the reading is the same as an earlier
// one.
func Leet(dst, word []byte, reading uint) (out []byte, ok bool) {
	out = dst
	choices := uint(0)
	for i := 0; i < len(word); {
		c := word[i]
		if 'a' <= c && c <= 'z' {
			out = append(out, c)
			i++
			continue
		}
		l, size := leetAt(word[i:])
		if size == 0 {
			if c < utf8.RuneSelf {
				return out[:len(dst)], false
			}
			var r rune
			r, size = utf8.DecodeRune(word[i:])
			l.first = byte(sharedTwins().latin.of(r))
			if l.first == 0 {
				return out[:len(dst)], false
			}
		}
		letter := l.first
		if l.second != 0 {
			if reading>>min(choices, 1)&1 != 0 {
				letter = l.second
			}
			choices++
		}
		out = append(out, letter)
		i += size
	}
	if reading >= 1<<min(choices, 2) {
		return out[:len(dst)], false
	}
	return out, true
}
