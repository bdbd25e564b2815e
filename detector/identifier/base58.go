package identifier

import (
	"bytes"
	"crypto/sha256"
)

// The alphabets of base58: Bitcoin's, which most chains share, and Ripple's.
const (
	bitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	rippleAlphabet  = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
)

// base58 maps a byte to its digit value, 0xFF for none.
type base58 [256]uint8

var bitcoin, ripple = newBase58(bitcoinAlphabet), newBase58(rippleAlphabet)

func newBase58(alphabet string) *base58 {
	var t base58
	for i := range t {
		t[i] = 0xFF
	}
	for i := range alphabet {
		t[alphabet[i]] = uint8(i)
	}
	return &t
}

// base58Max is the longest text that decode takes: 64 characters hold every
// address and key read here.
const base58Max = 64

// decode returns the bytes that s stands for, in room; nil if s is too long or
// holds a foreign character.
func (t *base58) decode(s []byte, room *[base58Max]byte) []byte {
	if len(s) > base58Max {
		return nil
	}
	zeros, start := 0, base58Max // the number is room[start:], big-endian
	for i, c := range s {
		carry := uint32(t[c])
		if carry == 0xFF {
			return nil
		}
		if carry == 0 && zeros == i {
			zeros++
			continue
		}
		for p := base58Max - 1; p >= start || carry > 0; p-- {
			if p < start {
				start, room[p] = p, 0
			}
			carry += 58 * uint32(room[p])
			room[p] = byte(carry)
			carry >>= 8
		}
	}
	start -= zeros
	clear(room[start : start+zeros])
	return room[start:]
}

// check decodes base58check: version and payload followed by four bytes of the
// double SHA-256. It returns version and payload, nil if the checksum differs.
func (t *base58) check(s []byte, room *[base58Max]byte) []byte {
	data := t.decode(s, room)
	if len(data) < 5 {
		return nil
	}
	body, sum := data[:len(data)-4], data[len(data)-4:]
	once := sha256.Sum256(body)
	twice := sha256.Sum256(once[:])
	if !bytes.Equal(sum, twice[:4]) {
		return nil
	}
	return body
}
