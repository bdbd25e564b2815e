package export_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

var le = binary.LittleEndian

func utf16le(text string) (out []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		out = le.AppendUint16(out, u)
	}
	return out
}

// compoundEntry is a directory entry of an OLE2 file.
func compoundEntry(name string, kind byte, left, right, child, start uint32, size int) []byte {
	e := make([]byte, 128)
	u := utf16le(name)
	copy(e, u)
	le.PutUint16(e[64:], uint16(len(u)+2))
	e[66], e[67] = kind, 1
	le.PutUint32(e[68:], left)
	le.PutUint32(e[72:], right)
	le.PutUint32(e[76:], child)
	le.PutUint32(e[116:], start)
	le.PutUint64(e[120:], uint64(size))
	return e
}

// compoundHead is the first sector of an OLE2 file.
func compoundHead(dirAt, fatAt uint32) []byte {
	head := make([]byte, 512)
	copy(head, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	le.PutUint16(head[24:], 0x3e)
	le.PutUint16(head[26:], 3)
	le.PutUint16(head[28:], 0xfffe)
	le.PutUint16(head[30:], 9)
	le.PutUint16(head[32:], 6)
	le.PutUint32(head[44:], 1)
	le.PutUint32(head[48:], dirAt)
	le.PutUint32(head[56:], 4096)
	le.PutUint32(head[60:], 0xfffffffe)
	le.PutUint32(head[68:], 0xfffffffe)
	for at := 76; at < len(head); at += 4 {
		le.PutUint32(head[at:], 0xffffffff)
	}
	le.PutUint32(head[76:], fatAt)
	return head
}

// compound writes a minimal OLE2 file: streams under the root, each in sectors
// of its own.
func compound(streams map[string][]byte, order []string) string {
	const sector = 512
	var data [][]byte
	chain := []uint32{}
	add := func(body []byte) uint32 {
		if len(body) == 0 {
			return 0xfffffffe
		}
		first := uint32(len(data))
		for len(body) > 0 {
			n := min(len(body), sector)
			data = append(data, append(bytes.Clone(body[:n]), make([]byte, sector-n)...))
			chain = append(chain, uint32(len(data)))
			body = body[n:]
		}
		chain[len(chain)-1] = 0xfffffffe
		return first
	}
	const none = 0xffffffff
	dir := compoundEntry("Root Entry", 5, none, none, 1, 0xfffffffe, 0)
	for i, name := range order {
		body := append(bytes.Clone(streams[name]), make([]byte, max(0, 4096-len(streams[name])))...) // not in the small streams
		right := uint32(none)
		if i+1 < len(order) {
			right = uint32(i + 2)
		}
		dir = append(dir, compoundEntry(name, 2, none, right, none, add(body), len(body))...)
	}
	dirAt := add(dir)
	fatAt := uint32(len(data))
	fat := make([]byte, 0, sector)
	for _, next := range append(chain, 0xfffffffd) {
		fat = le.AppendUint32(fat, next)
	}
	for len(fat) < sector {
		fat = le.AppendUint32(fat, none)
	}
	out := compoundHead(dirAt, fatAt)
	for _, s := range data {
		out = append(out, s...)
	}
	return string(append(out, fat...))
}

// msgFile is a message of Outlook; texts end with zeros, as streams that fill
// a sector do.
func msgFile() string {
	props := make([]byte, 32)
	props = le.AppendUint32(props, 0x00390040)
	props = le.AppendUint32(props, 6)
	props = le.AppendUint64(props, 134172149000000000)
	return compound(map[string][]byte{
		"__substg1.0_0037001F":    utf16le("Your prize"),
		"__substg1.0_1000001F":    utf16le("Dear friend,\r\nsend money."),
		"__substg1.0_0C1A001F":    utf16le("Dr. Prize"),
		"__substg1.0_5D01001F":    utf16le("prize@mail.example"),
		"__substg1.0_1035001F":    utf16le("<77@mail.example>"),
		"__properties_version1.0": props,
	}, []string{"__substg1.0_0037001F", "__substg1.0_1000001F", "__substg1.0_0C1A001F", "__substg1.0_5D01001F", "__substg1.0_1035001F", "__properties_version1.0"})
}

func TestOutlookMessage(t *testing.T) {
	got := readString(t, msgFile(), export.Options{})
	require.NoError(t, got.err)
	require.Equal(t, []string{"[77@mail.example] 2026-03-05T20:08:20Z Dr. Prize <prize@mail.example> {email} Your prize⏎Dear friend,⏎send money."},
		[]string{replaceLines(linesOf(got)[0])})
}

func replaceLines(text string) string {
	return string(bytes.ReplaceAll([]byte(text), []byte("\n"), []byte("⏎")))
}

// pstPage is a page of one entry.
func pstPage(wide bool, entry []byte) []byte {
	out := make([]byte, 512)
	copy(out, entry)
	at := 496
	if wide {
		at = 488
	}
	out[at], out[at+1], out[at+2] = 1, 1, byte(len(entry))
	return out
}

// pstFile writes a mailbox of one node, ANSI or Unicode, its bytes substituted
// or not.
func pstFile(wide bool, id uint32, properties [][]byte, values [][]byte) string {
	w := 4
	if wide {
		w = 8
	}
	number := func(dst []byte, n uint64) []byte {
		if wide {
			return le.AppendUint64(dst, n)
		}
		return le.AppendUint32(dst, uint32(n))
	}
	heap := []byte{0, 0, 0xec, 0xbc, 0x20, 0, 0, 0, 0, 0, 0, 0}
	ends := []int{12}
	pieces := append([][]byte{{0xb5, 2, 6, 0, 0x40, 0, 0, 0}, bytes.Join(properties, nil)}, values...)
	for _, p := range pieces {
		heap = append(heap, p...)
		ends = append(ends, len(heap))
	}
	le.PutUint16(heap, uint16(len(heap)))
	heap = le.AppendUint16(heap, uint16(len(pieces)))
	heap = le.AppendUint16(heap, 0)
	for _, end := range ends {
		heap = le.AppendUint16(heap, uint16(end))
	}
	node := number(number(number(nil, uint64(id)), 4), 0)
	node = append(node, make([]byte, w)...)
	block := number(number(nil, 4), 2048)
	block = le.AppendUint16(block, uint16(len(heap)))
	block = append(block, make([]byte, 3*w-len(block))...)
	head := make([]byte, 1024)
	copy(head, "!BDN\x00\x00\x00\x00SM")
	if wide {
		le.PutUint16(head[10:], 23)
		le.PutUint64(head[224:], 1024)
		le.PutUint64(head[240:], 1536)
	} else {
		le.PutUint16(head[10:], 15)
		le.PutUint32(head[188:], 1024)
		le.PutUint32(head[196:], 1536)
	}
	return string(append(append(append(head, pstPage(wide, node)...), pstPage(wide, block)...), heap...))
}

func property(id, kind uint16, value uint32) []byte {
	return le.AppendUint32(le.AppendUint16(le.AppendUint16(nil, id), kind), value)
}

func mailbox(wide bool) string {
	return pstFile(wide, 0x24, [][]byte{
		property(0x001a, 0x1f, 3<<5), property(0x0037, 0x1f, 4<<5), property(0x0039, 0x40, 5<<5),
		property(0x0c1a, 0x1e, 6<<5), property(0x1000, 0x1e, 7<<5), property(0x3ffd, 3, 1252),
	}, [][]byte{utf16le("IPM.Note"), utf16le("\x01\x05Re: prize"), le.AppendUint64(nil, 134172149000000000), []byte("Ann"), []byte("caf\xe9 at nine")})
}

func TestMailbox(t *testing.T) {
	for name, wide := range map[string]bool{"ansi": false, "unicode": true} {
		t.Run(name, func(t *testing.T) {
			got := readString(t, mailbox(wide), export.Options{})
			require.NoError(t, got.err)
			require.Empty(t, got.faults)
			require.Len(t, got.messages, 1)
			require.Equal(t, "[] 2026-03-05T20:08:20Z Ann {email} Re: prize⏎café at nine", replaceLines(linesOf(got)[0]))
			got = readString(t, mailbox(wide)[:1300], export.Options{})
			require.Len(t, got.faults, 1)
		})
	}
}
