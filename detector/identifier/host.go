package identifier

import (
	"bytes"
	"slices"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

const (
	maxLabels = 10
	maxLabel  = 63 // bytes of a label, RFC 1035
)

// host is a host name as it stands in a text.
type host struct {
	labels [maxLabels]group // of the text; mark is unused
	size   int
}

func (h *host) start() int { return h.labels[0].start }

func (h *host) end() int {
	last := h.labels[h.size-1]
	return last.start + last.length
}

// label returns label k of the host in b; negative k count from the end.
func (h *host) label(b []byte, k int) []byte {
	if k < 0 {
		k += h.size
	}
	g := h.labels[k]
	return b[g.start : g.start+g.length]
}

// dotLength returns the length of the dot at b[i], plain or disguised, or 0:
//
//	.   。   [.]  (.)  {.}   [dot]  (dot)  {dot}   " dot "   " [.] "
func dotLength(b []byte, i int) int {
	switch byteAt(b, i) {
	case '.':
		return 1
	case 0xE3: // U+3002
		if hasPrefix(b, i, "。") {
			return 3
		}
	case 0xEF: // U+FF0E, U+FF61
		if hasPrefix(b, i, "．") || hasPrefix(b, i, "｡") {
			return 3
		}
	case '[', '(', '{':
		return bracketDot(b, i)
	case ' ':
		if hasPrefix(b, i, " dot ") {
			return 5
		}
		if n := bracketDot(b, i+1); n > 0 {
			if byteAt(b, i+1+n) == ' ' {
				n++
			}
			return n + 1
		}
	}
	return 0
}

// bracketDot is the length of a dot in brackets at b[i].
func bracketDot(b []byte, i int) int {
	closing := byte(0)
	switch byteAt(b, i) {
	case '[':
		closing = ']'
	case '(':
		closing = ')'
	case '{':
		closing = '}'
	default:
		return 0
	}
	if byteAt(b, i+1) == '.' && byteAt(b, i+2) == closing {
		return 3
	}
	if hasPrefix(b, i+1, "dot") && byteAt(b, i+4) == closing {
		return 5
	}
	return 0
}

// dotAround returns the dot that covers position i.
func dotAround(b []byte, i int) (start, length int) {
	for start = max(0, i-2); start <= i; start++ {
		if n := dotLength(b, start); n > 0 && start+n > i {
			return start, n
		}
	}
	return i, 0
}

// dotBefore returns the length of the dot that ends before b[i].
func dotBefore(b []byte, i int) int {
	for n := min(7, i); n > 0; n-- {
		if dotLength(b, i-n) == n {
			return n
		}
	}
	return 0
}

// isLabel says whether b[i] belongs to a label: ASCII letters, digits and
// hyphen, or a letter of a script with spaces between words.
func isLabel(b []byte, i int) bool {
	if i < 0 || i >= len(b) {
		return false
	}
	if c := b[i]; c < 0x80 {
		return isAlnum(c) || c == '-'
	}
	return inWord(b, runeStart(b, i))
}

func labelStart(b []byte, i int) int {
	start := i
	for start > 0 && i-start <= maxLabel && isLabel(b, start-1) {
		start--
	}
	for start < i && b[start] == '-' {
		start++
	}
	return start
}

func labelEnd(b []byte, i int) int {
	end := i
	for end < len(b) && end-i <= maxLabel && isLabel(b, end) {
		end++
	}
	for end > i && b[end-1] == '-' {
		end--
	}
	return end
}

// read reads the host around the dot [at, at+length) of b, leftmost label first.
func (h *host) read(b []byte, at, length int) bool {
	h.size = 0
	start := at
	for range maxLabels - 2 {
		begin := labelStart(b, start)
		if begin == start {
			break
		}
		start = begin
		n := dotBefore(b, start)
		if n == 0 || labelStart(b, start-n) == start-n {
			break
		}
		start -= n
	}
	for h.size < maxLabels {
		end := labelEnd(b, start)
		if end == start || end-start > maxLabel {
			break
		}
		h.labels[h.size] = group{start: start, length: end - start}
		h.size++
		n := dotLength(b, end)
		if n == 0 {
			break
		}
		start = end + n
	}
	return h.size >= 2 && h.end() > at+length
}

// cut drops labels from the end until the last is a public top-level domain
// written like the rest: "evil.com.Thanks" is evil.com. If there is none it
// leaves the host as it was.
func (h *host) cut(f *Finder) bool {
	size := h.size
	for ; h.size >= 2; h.size-- {
		last := h.label(f.clean, -1)
		if title(last) && !title(h.label(f.clean, -2)) && h.size > 2 {
			continue
		}
		if f.publicTLD(h.label(f.body, -1)) {
			return true
		}
	}
	h.size = size
	return false
}

// title: a capital and small letters, as at the start of a sentence.
func title(b []byte) bool { return len(b) > 1 && isUpper(b[0]) && isLower(b[1]) }

// publicTLD says whether a lower-case label is a top-level domain of the public
// list, or one reserved for examples or for Tor. It remembers the answers.
func (f *Finder) publicTLD(label []byte) bool {
	if len(label) < 2 || len(label) > 24 || isDigit(label[0]) {
		return false
	}
	if known, ok := f.tlds[string(label)]; ok {
		return known
	}
	if len(f.tlds) >= 4096 {
		clear(f.tlds)
	}
	name := string(label)
	_, public := publicsuffix.PublicSuffix("x." + name)
	switch name {
	case "example", "onion":
		public = true
	case "xn--":
		public = false
	}
	f.tlds[name] = public
	return public
}

// ascii returns the host in lower-case ASCII with plain dots, and whether it is
// a valid name.
func (h *host) ascii(f *Finder) (string, bool) {
	var room [256]byte
	name := room[:0]
	plain := true
	for k := range h.size {
		if k > 0 {
			name = append(name, '.')
		}
		label := h.label(f.body, k)
		plain = plain && !slices.ContainsFunc(label, func(c byte) bool { return c >= 0x80 })
		name = append(name, label...)
	}
	if plain {
		return string(name), len(name) <= 253
	}
	text, err := idna.Lookup.ToASCII(string(name))
	if err != nil {
		return string(name), false
	}
	return text, true
}

func hasPrefix(b []byte, i int, word string) bool {
	return i >= 0 && i+len(word) <= len(b) && string(b[i:i+len(word)]) == word
}

// find returns the first position of word in b from i on, -1 if there is none.
func find(b []byte, word string, i int) int {
	if i > len(b) {
		return -1
	}
	at := bytes.Index(b[i:], []byte(word))
	if at < 0 {
		return -1
	}
	return i + at
}
