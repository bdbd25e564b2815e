package message

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"strings"
)

// Key names a message or a thread for ever: 128 bits of SHA-256 over its
// length-prefixed parts. A cryptographic hash, because senders choose some of
// the parts and must not be able to make two messages one.
type Key [16]byte

// String is the key in hexadecimal.
func (k Key) String() string { return hex.EncodeToString(k[:]) }

// MarshalText is String.
func (k Key) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads String's form.
func (k *Key) UnmarshalText(text []byte) error {
	_, err := hex.Decode(k[:], text)
	return err
}

// Key names the message: a hash of (namespace, thread, id).
func (m *Message) Key() Key { return KeyOf(m.Namespace, m.ThreadID(), m.ID) }

// ThreadKey names the thread: a hash of (namespace, thread).
func (m *Message) ThreadKey() Key { return KeyOf(m.Namespace, m.ThreadID()) }

// KeyOf hashes parts so that no two lists of parts give the same input.
func KeyOf(parts ...string) Key {
	var buffer [256]byte
	input := buffer[:0]
	for _, part := range parts {
		input = binary.AppendUvarint(input, uint64(len(part)))
		input = append(input, part...)
	}
	sum := sha256.Sum256(input)
	return Key(sum[:16])
}

// ContentID is the id of a message whose export has none: a hash of sender,
// sent, text and its occurrence (from 0) among equals. The position is no part
// of it, so that a longer export of the same chat gives the same ids.
func ContentID(sender string, sent Time, text string, occurrence int) string {
	key := KeyOf(sender, sent.String(), text, strings.Repeat("+", occurrence))
	return hex.EncodeToString(key[:8])
}
