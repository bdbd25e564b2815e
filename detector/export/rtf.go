package export

import (
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// lzfuDictionary is what compressed rich text begins with ([MS-OXRTFCP] 2.1).
const lzfuDictionary = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"

// richTextFormat is the words of a compressed rich text; empty if it cannot be
// read.
func richTextFormat(raw []byte) string {
	if len(raw) < 16 {
		return ""
	}
	size, kind := int(binary.LittleEndian.Uint32(raw[4:])), string(raw[8:12])
	body := raw[16:]
	switch {
	case size > 16<<20:
		return ""
	case kind == "MELA":
		return rtfText(string(body[:min(size, len(body))]))
	case kind == "LZFu":
		return rtfText(string(unpackLZFu(body, size)))
	}
	return ""
}

// unpackLZFu undoes the compression: flags, each before eight literals or
// references to the last 4096 bytes.
func unpackLZFu(in []byte, size int) []byte {
	window := make([]byte, 4096)
	at := copy(window, lzfuDictionary)
	out := make([]byte, 0, min(size, 1<<20))
	put := func(c byte) {
		window[at] = c
		at = (at + 1) % len(window)
		out = append(out, c)
	}
	for len(in) > 0 && len(out) < size {
		flags := in[0]
		in = in[1:]
		for bit := 0; bit < 8 && len(in) > 0 && len(out) < size; bit++ {
			if flags>>bit&1 == 0 {
				put(in[0])
				in = in[1:]
				continue
			}
			if len(in) < 2 {
				return out
			}
			reference := int(in[0])<<8 | int(in[1])
			in = in[2:]
			from := reference >> 4
			if from == at {
				return out
			}
			for range reference&0xf + 2 {
				put(window[from])
				from = (from + 1) % len(window)
			}
		}
	}
	return out
}

// rtfText is the words of rich text: commands and hidden groups gone. Where it
// wraps a page (\fromhtml), the page is read.
func rtfText(rtf string) string {
	r := rtfReader{page: strings.Contains(rtf[:min(len(rtf), 1000)], "\\fromhtml")}
	for i := 0; i < len(rtf); {
		switch c := rtf[i]; c {
		case '{':
			r.stack = append(r.stack, r.skip)
			if len(r.stack) > 1000 {
				return ""
			}
			i++
			r.opened = true
			continue
		case '}':
			if n := len(r.stack); n > 0 {
				r.skip, r.stack = r.stack[n-1], r.stack[:n-1]
			}
			i++
		case '\\':
			i = r.command(rtf, i+1)
		case '\r', '\n':
			i++
		default:
			r.write(string(rune(c)))
			i++
		}
		r.opened = false
	}
	if r.page {
		return plainText(r.out.String())
	}
	return strings.TrimSpace(r.out.String())
}

type rtfReader struct {
	out    strings.Builder
	skip   bool // in a group that is not shown
	stack  []bool
	opened bool // a group has just begun
	page   bool // the text is that of a page
	plain  bool // in a page: text that is not the page's
	eat    int  // characters that stand for one of Unicode
}

func (r *rtfReader) write(text string) {
	if r.eat > 0 {
		r.eat--
		return
	}
	if !r.skip && !r.plain {
		r.out.WriteString(text)
	}
}

// command reads what follows a backslash.
func (r *rtfReader) command(rtf string, i int) int {
	if i >= len(rtf) {
		return i
	}
	switch c := rtf[i]; c {
	case '\\', '{', '}':
		r.write(string(rune(c)))
		return i + 1
	case '\'':
		if i+3 <= len(rtf) {
			high, ok1 := unhex(rtf[i+1])
			low, ok2 := unhex(rtf[i+2])
			if ok1 && ok2 {
				out, _ := codePage(1252).NewDecoder().Bytes([]byte{high<<4 | low})
				r.write(string(out))
			}
			return i + 3
		}
		return len(rtf)
	case '*':
		r.skip = r.skip || !strings.HasPrefix(rtf[i+1:], "\\htmltag")
		return i + 1
	case '~':
		r.write(" ")
		return i + 1
	}
	start := i
	for i < len(rtf) && (rtf[i]|0x20 >= 'a' && rtf[i]|0x20 <= 'z') {
		i++
	}
	if i == start {
		return i + 1
	}
	word := rtf[start:i]
	from := i
	if i < len(rtf) && rtf[i] == '-' {
		i++
	}
	for i < len(rtf) && rtf[i]-'0' <= 9 {
		i++
	}
	value, _ := parseInt(rtf[from:i])
	if i < len(rtf) && rtf[i] == ' ' {
		i++
	}
	r.word(word, value, i > from && rtf[from] == '0')
	return i
}

func (r *rtfReader) word(word string, value int64, zero bool) {
	switch word {
	case "par", "line", "row":
		r.write("\n")
	case "tab", "cell":
		r.write("\t")
	case "u":
		if value < 0 {
			value += 1 << 16
		}
		if value <= utf8.MaxRune {
			r.write(string(rune(value)))
		}
		r.eat = 1
	case "fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "object", "generator", "listtable", "listoverridetable":
		r.skip = true
	case "htmlrtf":
		r.plain = !zero
	}
}

func unhex(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}
