package identifier

import "encoding/base64"

// tonLength is the length of a TON address in its user-friendly form: 36 bytes
// in base64.
const tonLength = 48

// tonAddress decodes the user-friendly form of a TON address: a tag, the
// workchain, 32 bytes of account and a CRC. The value is its URL-safe form.
func tonAddress(b []byte) (value string, valid bool) {
	var text [tonLength]byte
	for i, c := range b {
		switch c {
		case '+':
			c = '-'
		case '/':
			c = '_'
		}
		text[i] = c
	}
	var data [36]byte
	if _, err := base64.URLEncoding.Decode(data[:], text[:]); err != nil {
		return "", false
	}
	sum := uint16(data[34])<<8 | uint16(data[35])
	return string(text[:]), crc16(data[:34]) == sum
}

// crc16 is CRC-16/XMODEM: polynomial 0x1021, start 0.
func crc16(data []byte) (crc uint16) {
	for _, c := range data {
		crc ^= uint16(c) << 8
		for range 8 {
			if crc&0x8000 != 0 {
				crc = crc<<1 ^ 0x1021
			} else {
				crc <<= 1
			}
		}
	}
	return crc
}
