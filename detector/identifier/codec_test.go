package identifier_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
)

// Encoders, so that tests can make addresses of nobody.

const (
	bitcoinAlphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	rippleAlphabet  = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz"
	bech32Alphabet  = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
)

// noise returns n bytes that depend only on seed.
func noise(seed, n int) []byte {
	var out []byte
	for block := 0; len(out) < n; block++ {
		sum := sha256.Sum256(fmt.Appendf(nil, "hookline %d %d", seed, block))
		out = append(out, sum[:]...)
	}
	return out[:n]
}

func encode58(alphabet string, data []byte) string {
	number, base, digit := new(big.Int).SetBytes(data), big.NewInt(58), new(big.Int)
	var text []byte
	for number.Sign() > 0 {
		number.DivMod(number, base, digit)
		text = append([]byte{alphabet[digit.Int64()]}, text...)
	}
	for _, b := range data {
		if b != 0 {
			break
		}
		text = append([]byte{alphabet[0]}, text...)
	}
	return string(text)
}

// check58 encodes version and payload with their checksum.
func check58(alphabet, version string, payload []byte) string {
	data := append([]byte(version), payload...)
	once := sha256.Sum256(data)
	twice := sha256.Sum256(once[:])
	return encode58(alphabet, append(data, twice[:4]...))
}

func polymod(values []byte) uint32 {
	sum := uint32(1)
	for _, v := range values {
		top := sum >> 25
		sum = sum&0x1ffffff<<5 ^ uint32(v)
		for i, g := range []uint32{0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3} {
			if top>>i&1 == 1 {
				sum ^= g
			}
		}
	}
	return sum
}

// segwit encodes a witness program.
func segwit(prefix string, version byte, program []byte) string {
	data := []byte{version}
	bits, held := uint32(0), 0
	for _, b := range program {
		bits, held = bits<<8|uint32(b), held+8
		for held >= 5 {
			held -= 5
			data = append(data, byte(bits>>held)&31)
		}
	}
	if held > 0 {
		data = append(data, byte(bits<<(5-held))&31)
	}
	constant := uint32(0x2bc830a3)
	if version == 0 {
		constant = 1
	}
	var values []byte
	for i := range prefix {
		values = append(values, prefix[i]>>5)
	}
	values = append(values, 0)
	for i := range prefix {
		values = append(values, prefix[i]&31)
	}
	sum := polymod(append(append(values, data...), 0, 0, 0, 0, 0, 0)) ^ constant
	for i := range 6 {
		data = append(data, byte(sum>>(25-5*i))&31)
	}
	var text strings.Builder
	text.WriteString(prefix + "1")
	for _, v := range data {
		text.WriteByte(bech32Alphabet[v])
	}
	return text.String()
}

// ton encodes an account of the base workchain.
func ton(tag byte, account []byte) string {
	data := append([]byte{tag, 0}, account...)
	crc := uint16(0)
	for _, b := range data {
		crc ^= uint16(b) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return base64.URLEncoding.EncodeToString(append(data, byte(crc>>8), byte(crc)))
}
