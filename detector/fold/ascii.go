package fold

const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// load8 reads eight bytes of s as one little-endian word; the compiler makes it
// one instruction.
func load8(s string, i int) uint64 {
	s = s[i : i+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// lower8 turns the capitals among eight ASCII bytes to lower case: the sums
// carry into the high bit of each byte from 'A' and from '[' on.
func lower8(x uint64) uint64 {
	fromA := x + (0x80-'A')*ones
	pastZ := x + (0x80-'Z'-1)*ones
	return x | (fromA&^pastZ&highs)>>2
}

// lowerByte turns an ASCII capital to lower case.
func lowerByte(c byte) byte {
	if c-'A' < 26 {
		c += 'a' - 'A'
	}
	return c
}
