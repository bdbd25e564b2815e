package identifier

// keySet is a quick, inexact test for the words of a lexicon: it never denies
// one. It holds a mixed key of the first three bytes of each word, read in the
// direction of the lexicon, and apart from them the words of one byte.
type keySet struct {
	bits   [1024]uint64
	single [256]bool
}

// key mixes three bytes. The third counts only where it must be the word's own:
// in a character of three bytes, and as a letter after a letter.
func key(a, b, c byte) uint {
	switch k := uint(a)<<8 | uint(b); {
	case a >= 0xE0, a < 0xC0 && a >= 0x80 && c >= 0xE0:
		return (uint(b)<<8 ^ uint(c) ^ uint(a)<<4) & 0xFFFF
	case isLetter(c) && isLetter(b):
		return (k ^ uint(c)*0x9E5) & 0xFFFF
	default:
		return k
	}
}

// add puts a word into the set.
func (s *keySet) add(word string, open bool) {
	if len(word) == 1 {
		s.single[word[0]] = true
		return
	}
	third := byte(0)
	if len(word) > 2 {
		third = word[2]
	}
	s.set(key(word[0], word[1], third))
	for c := byte('a'); len(word) == 2 && open && c <= 'z'; c++ {
		s.set(key(word[0], word[1], c))
	}
}

func (s *keySet) set(k uint) { s.bits[k/64] |= 1 << (k % 64) }

// join puts all of other into s.
func (s *keySet) join(other *keySet) {
	for i := range s.bits {
		s.bits[i] |= other.bits[i]
	}
	for i, single := range other.single {
		s.single[i] = s.single[i] || single
	}
}

// forward says whether a word may begin at b[i], backward whether one may end
// before b[i].
func (s *keySet) forward(b []byte, i int) bool {
	return s.test(b[i], byteAt(b, i+1), byteAt(b, i+2))
}

func (s *keySet) backward(b []byte, i int) bool {
	return s.test(b[i-1], byteAt(b, i-2), byteAt(b, i-3))
}

func (s *keySet) test(first, second, third byte) bool {
	k := key(first, second, third)
	return s.bits[k/64]&(1<<(k%64)) != 0 || s.single[first] && !(isLetter(first) && isLetter(second))
}
