package match

// sieve is a set of symbols that may hold a few too many: a bit for each, by
// as many of its low bits as it takes.
type sieve []uint64

func newSieve(symbols []symbol) sieve {
	size := 1
	for size*2 < len(symbols) {
		size *= 2
	}
	s := make(sieve, size)
	for _, symbol := range symbols {
		s[int(symbol>>6)&(size-1)] |= 1 << (symbol & 63)
	}
	return s
}

func (s sieve) has(symbol symbol) bool {
	return s[int(symbol>>6)&(len(s)-1)]>>(symbol&63)&1 != 0
}
