package identifier

import "bytes"

// bech32Alphabet is that of BIP-173.
const bech32Alphabet = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"

// The constants that the checksum must come to: BIP-173 for witness version 0,
// BIP-350 (bech32m) for later ones.
const (
	bech32Sum  = 1
	bech32mSum = 0x2bc830a3
)

var bech32Values = newBase58(bech32Alphabet)

// segwit says whether s, in lower case, is a witness address with the given
// human-readable part: "bc" of bc1q….
func segwit(s []byte, prefix string) bool {
	if len(s) > 90 || len(s) < len(prefix)+8 || !bytes.HasPrefix(s, []byte(prefix)) || s[len(prefix)] != '1' {
		return false
	}
	data := s[len(prefix)+1:]
	sum := uint32(1)
	for _, c := range []byte(prefix) {
		sum = bech32Step(sum, c>>5)
	}
	sum = bech32Step(sum, 0)
	for _, c := range []byte(prefix) {
		sum = bech32Step(sum, c&31)
	}
	for _, c := range data {
		value := bech32Values[c]
		if value == 0xFF {
			return false
		}
		sum = bech32Step(sum, value)
	}
	version, program := bech32Values[data[0]], data[1:len(data)-6]
	want := uint32(bech32mSum)
	if version == 0 {
		want = bech32Sum
	}
	return sum == want && version <= 16 && programFits(version, program)
}

// bech32Step feeds five bits into the checksum.
func bech32Step(sum uint32, value byte) uint32 {
	generator := [...]uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3}
	top := sum >> 25
	sum = sum&0x1ffffff<<5 ^ uint32(value)
	for i, g := range generator {
		if top>>i&1 == 1 {
			sum ^= g
		}
	}
	return sum
}

// programFits checks the length of the witness program and that its padding is
// fewer than five bits, all zero.
func programFits(version uint8, program []byte) bool {
	length, spare := len(program)*5/8, len(program)*5%8
	if length < 2 || length > 40 || spare >= 5 {
		return false
	}
	if version == 0 && length != 20 && length != 32 {
		return false
	}
	return bech32Values[program[len(program)-1]]&(1<<spare-1) == 0
}
