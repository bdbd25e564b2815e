package identifier

import (
	"encoding/hex"

	"golang.org/x/crypto/sha3"
)

const evmType = "wallet.evm"

// evmAddress returns the EIP-55 form of 40 hexadecimal digits, with 0x, and
// whether the letter case given carries no wrong checksum: all lower or all
// upper case says nothing and is accepted.
func evmAddress(digits []byte) (value string, valid bool) {
	var low, out [40]byte
	lowers, uppers := false, false
	for i, c := range digits {
		low[i] = c
		if isUpper(c) {
			low[i] = c | 0x20
			uppers = true
		}
		lowers = lowers || isLower(c)
	}
	hash := sha3.NewLegacyKeccak256()
	hash.Write(low[:])
	sum := hash.Sum(nil)
	for i, c := range low {
		nibble := sum[i/2] >> 4
		if i%2 == 1 {
			nibble = sum[i/2] & 15
		}
		if isLower(c) && nibble >= 8 {
			c &^= 0x20
		}
		out[i] = c
	}
	return "0x" + string(out[:]), !(lowers && uppers) || string(out[:]) == string(digits)
}

// allHex says whether every byte is a hexadecimal digit.
func allHex(b []byte) bool {
	for _, c := range b {
		if !isHex(c) {
			return false
		}
	}
	return true
}

// uniform says whether all hexadecimal digits are one and the same: the zero
// address, a placeholder.
func uniform(b []byte) bool {
	for _, c := range b {
		if c != b[0] {
			return false
		}
	}
	return true
}

// rawTON reads the raw form of a TON address, workchain:hash, that ends with
// the 64 hexadecimal digits at start; it has no checksum.
func rawTON(b []byte, start, end int) (value string, from int, ok bool) {
	if byteAt(b, start-1) != ':' || !isDigit(byteAt(b, start-2)) || isAlnum(byteAt(b, start-3)) {
		return "", 0, false
	}
	from = start - 2
	if byteAt(b, from-1) == '-' {
		from--
	}
	if _, err := hex.DecodeString(string(b[start:end])); err != nil {
		return "", 0, false
	}
	return lower(string(b[from:end])), from, true
}
