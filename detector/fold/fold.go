package fold

import (
	"unicode"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/unicode/norm"

	"github.com/hookline/hookline/detector/source"
)

// Text is a folded message. Its slices are scratch memory of the Folder that
// made it, and must not be written to.
type Text struct {
	Raw    string
	Clean  []byte // case kept
	Body   []byte // lower case; the same length as Clean
	Hidden int    // invisible and bidirectional characters that were dropped

	from, to []int32 // by byte of Body: bytes of Raw; nil where they are equal
}

// RawSpan is the bytes of Raw that a span of Body was folded from, on rune
// boundaries. An empty span stays empty.
func (t *Text) RawSpan(s source.Span) source.Span {
	if t.from == nil || s.Start >= s.End {
		return s
	}
	return source.Span{Start: int(t.from[s.Start]), End: int(t.to[s.End-1])}
}

// Changed says whether folding did more to a span of Body than change the case
// of letters.
func (t *Text) Changed(s source.Span) bool {
	if t.from == nil {
		return false
	}
	raw := t.RawSpan(s)
	return string(t.Clean[s.Start:s.End]) != t.Raw[raw.Start:raw.End]
}

// Folder folds texts. It is scratch memory for one goroutine; the zero Folder
// is ready.
type Folder struct {
	text        Text
	clean, body []byte
	from, to    []int32
	hidden      int
}

// Fold undoes obfuscation. The result is valid until the next Fold. Any bytes
// will do: invalid UTF-8 folds to spaces, byte by byte.
func (f *Folder) Fold(raw string) *Text {
	f.clean, f.body, f.from, f.to, f.hidden = f.clean[:0], f.body[:0], f.from[:0], f.to[:0], 0
	if ascii(raw) {
		f.body = appendLower(f.body, raw)
		f.text = Text{Raw: raw, Clean: unsafe.Slice(unsafe.StringData(raw), len(raw)), Body: f.body}
		return &f.text
	}
	for i := 0; i < len(raw); {
		if c := raw[i]; c < utf8.RuneSelf && (i+1 == len(raw) || raw[i+1] < utf8.RuneSelf) {
			f.put(rune(c), i, i+1)
			i++
			continue
		}
		i += f.cluster(raw, i)
	}
	f.text = Text{Raw: raw, Clean: f.clean, Body: f.body, Hidden: f.hidden, from: f.from, to: f.to}
	return &f.text
}

// high is the top bit of each byte of a word.
const high = 0x8080808080808080

func ascii(text string) bool {
	b := unsafe.Slice(unsafe.StringData(text), len(text))
	for len(b) >= 8 {
		if *(*uint64)(unsafe.Pointer(&b[0]))&high != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// lowerTable maps ASCII bytes to lower case.
var lowerTable = func() (table [256]byte) {
	for i := range table {
		table[i] = byte(i)
		if 'A' <= i && i <= 'Z' {
			table[i] += 'a' - 'A'
		}
	}
	table['`'] = '\''
	return table
}()

func appendLower(dst []byte, text string) []byte {
	start := len(dst)
	dst = append(dst, text...)
	for i := start; i < len(dst); i++ {
		dst[i] = lowerTable[dst[i]]
	}
	return dst
}

// put appends a rune that was raw[start:end], already cleaned.
func (f *Folder) put(r rune, start, end int) {
	if r < utf8.RuneSelf {
		f.clean = append(f.clean, byte(r))
		f.body = append(f.body, lowerTable[r])
		f.from, f.to = append(f.from, int32(start)), append(f.to, int32(end))
		return
	}
	low := particular(unicode.ToLower(r))
	if low == drop {
		return
	}
	if utf8.RuneLen(low) != utf8.RuneLen(r) {
		r = low
	}
	before := len(f.clean)
	f.clean = utf8.AppendRune(f.clean, r)
	f.body = utf8.AppendRune(f.body, low)
	for range len(f.clean) - before {
		f.from, f.to = append(f.from, int32(start)), append(f.to, int32(end))
	}
}

// cluster folds the rune at raw[i] with the marks that belong to it and
// returns how many bytes that were.
func (f *Folder) cluster(raw string, i int) int {
	r, size := utf8.DecodeRuneInString(raw[i:])
	if r == utf8.RuneError && size <= 1 {
		f.put(' ', i, i+1)
		return 1
	}
	if invisible(r) {
		f.hidden++
		return size
	}
	if ignored(r) || composes(r) && r < 0x370 { // a mark on nothing
		return size
	}
	if flag(r) {
		return f.flags(raw, i)
	}
	end := i + size
	if plain(r) {
		next, width := utf8.DecodeRuneInString(raw[end:])
		if width == 0 || !composes(next) {
			f.put(r, i, end)
			return size
		}
	}
	joined, marks, strike := 0, 0, false
	for end < len(raw) {
		next, width := utf8.DecodeRuneInString(raw[end:])
		if !composes(next) {
			break
		}
		joined++
		if next < 0x370 {
			marks++
		}
		if next == 0x344 { // stands for two
			marks++
		}
		strike = strike || 0x334 <= next && next <= 0x338
		end += width
	}
	cluster := raw[i : i+size]
	if joined > 0 && marks <= maxMarks && !strike && (marks == 0 || unicode.IsLetter(r)) {
		cluster = raw[i:end]
	}
	f.compose(r, cluster, i, end)
	return end - i
}

// maxMarks is how many marks a letter may bear: Vietnamese uses two.
const maxMarks = 2

// compose folds a cluster of one base rune by Unicode's compatibility
// composition, after the project's own symbols.
func (f *Folder) compose(base rune, cluster string, start, end int) {
	if text := symbol(base); text != "" {
		for _, r := range text {
			f.put(r, start, end)
		}
		return
	}
	var buffer [64]byte
	bare := true // no letter to bear a mark, or one that lost its own: ё is е
	for _, r := range string(norm.NFKC.AppendString(buffer[:0], cluster)) {
		if ignored(r) || invisible(r) || bare && composes(r) && r < 0x370 {
			continue
		}
		if low := unicode.ToLower(r); !composes(r) {
			bare = particular(low) != low || !unicode.IsLetter(r)
		}
		if text := symbol(r); text != "" {
			r = rune(text[0])
		}
		f.put(unify(r), start, end)
	}
}

// flags folds a run of regional indicators: two are a flag and stay, more are
// letters in disguise.
func (f *Folder) flags(raw string, i int) int {
	end, count := i, 0
	for end < len(raw) {
		r, size := utf8.DecodeRuneInString(raw[end:])
		if !flag(r) && !(count > 0 && invisible(r)) {
			break
		}
		if flag(r) {
			count++
		}
		end += size
	}
	for at := i; at < end; {
		r, size := utf8.DecodeRuneInString(raw[at:])
		switch {
		case invisible(r):
			f.hidden++
		case count > 2:
			f.put('A'+r-firstFlag, at, at+size)
		default:
			f.put(r, at, at+size)
		}
		at += size
	}
	return end - i
}

const (
	firstFlag = 0x1f1e6
	lastFlag  = 0x1f1ff
)

func flag(r rune) bool { return firstFlag <= r && r <= lastFlag }
