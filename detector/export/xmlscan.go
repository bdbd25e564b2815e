package export

import (
	"bufio"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// xmlReader reads tags, attributes and text of XML in bounded memory. It knows
// the five entities and character numbers only, so nothing expands; it joins
// the halves of characters that telephones write as two numbers
// (&#55357;&#56832;), which the standard library would lose; and it goes on
// after faults.
type xmlReader struct {
	in    *bufio.Reader
	limit int
	line  int
	// keep says which attributes to read; others are passed over.
	keep func(element, attribute string) bool
	// resync are the beginnings of tags that end an attribute value whose
	// closing quote is missing.
	resync []string
	begun  bool // the < of the next tag was taken
}

// xmlToken is a tag or a text.
type xmlToken struct {
	kind  byte // '<' start, '/' end, 't' text
	name  string
	attrs []xmlAttr
	alone bool // <x/>
	text  string
	line  int
	cut   bool // a value was above the limit or broken
}

type xmlAttr struct{ name, value string }

// attr is the value of an attribute; "null" is what Android writes for none.
func (t *xmlToken) attr(name string) string {
	for _, a := range t.attrs {
		if a.name == name {
			if a.value == "null" {
				return ""
			}
			return a.value
		}
	}
	return ""
}

func newXMLReader(in *bufio.Reader, limit int) *xmlReader {
	return &xmlReader{in: in, limit: limit, line: 1}
}

func (x *xmlReader) byte() (byte, error) {
	c, err := x.in.ReadByte()
	if c == '\n' {
		x.line++
	}
	return c, err
}

// next returns the next tag, or text that is not blank.
func (x *xmlReader) next() (*xmlToken, error) {
	for {
		if x.begun {
			x.begun = false
			if t, err := x.tag(); t != nil || err != nil {
				return t, err
			}
		}
		start := x.line
		text, cut, err := x.until('<', true)
		if err == io.EOF && strings.TrimSpace(text) != "" {
			return &xmlToken{kind: 't', text: unescapeXML(text), line: start}, nil
		}
		if err != nil {
			return nil, err
		}
		if strings.TrimSpace(text) != "" || cut {
			x.begun = true
			return &xmlToken{kind: 't', text: unescapeXML(text), line: start, cut: cut}, nil
		}
		t, err := x.tag()
		if t != nil || err != nil {
			return t, err
		}
	}
}

// until reads up to a byte, which is taken too. A text above the limit is cut.
func (x *xmlReader) until(stop byte, keep bool) (text string, cut bool, err error) {
	var out []byte
	for {
		part, err := x.in.ReadSlice(stop)
		x.line += countLines(part)
		if keep && !cut {
			if len(out)+len(part) > x.limit {
				cut, out = true, nil
			} else {
				out = append(out, part...)
			}
		}
		if err == bufio.ErrBufferFull {
			continue
		}
		if err == nil && len(out) > 0 {
			out = out[:len(out)-1]
		}
		return string(out), cut, err
	}
}

func countLines(part []byte) (n int) {
	for _, c := range part {
		if c == '\n' {
			n++
		}
	}
	return n
}

// tag reads a tag after its <. Comments, declarations and instructions give
// nil.
func (x *xmlReader) tag() (*xmlToken, error) {
	t := &xmlToken{kind: '<', line: x.line}
	c, err := x.byte()
	if err != nil {
		return nil, err
	}
	switch c {
	case '?':
		_, _, err := x.until('>', false)
		return nil, err
	case '!':
		return x.declaration(t)
	case '/':
		name, _, err := x.until('>', true)
		t.kind, t.name = '/', strings.TrimSpace(name)
		return t, err
	}
	if err := x.in.UnreadByte(); err != nil {
		return nil, err
	}
	name, end, err := x.name()
	t.name = name
	for err == nil && end != '>' {
		if end == '/' {
			t.alone = true
		}
		end, err = x.attribute(t)
	}
	return t, err
}

// declaration reads CDATA as text and passes over anything else.
func (x *xmlReader) declaration(t *xmlToken) (*xmlToken, error) {
	begin, _ := x.in.Peek(7)
	end := ">"
	switch {
	case string(begin) == "[CDATA[":
		_, _ = x.in.Discard(7)
		t.kind, end = 't', "]]>"
	case strings.HasPrefix(string(begin), "--"):
		end = "-->"
	}
	var out []byte
	for {
		part, cut, err := x.until('>', true)
		if len(out)+len(part) < x.limit && !cut {
			out = append(append(out, part...), '>')
		} else {
			t.cut = true
			out = append(out[:0], part[max(0, len(part)-2):]...)
			out = append(out, '>')
		}
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(string(out[max(0, len(out)-3):]), end) {
			break
		}
	}
	if t.kind != 't' {
		return nil, nil
	}
	t.text = strings.TrimSuffix(string(out), end)
	return t, nil
}

// name reads a name and the byte after it, white space passed over.
func (x *xmlReader) name() (string, byte, error) {
	var name []byte
	for {
		c, err := x.byte()
		if err != nil {
			return "", 0, err
		}
		switch c {
		case '=', '>', '/':
			return string(name), c, nil
		case ' ', '\t', '\r', '\n':
			if len(name) > 0 {
				return string(name), x.space(), nil
			}
		default:
			if len(name) < 200 {
				name = append(name, c)
			}
		}
	}
}

// space passes over white space and takes the next byte if it is one of = > /.
func (x *xmlReader) space() byte {
	for {
		c, err := x.byte()
		if err != nil {
			return 0
		}
		switch c {
		case ' ', '\t', '\r', '\n':
			continue
		case '=', '>', '/':
			return c
		}
		_ = x.in.UnreadByte()
		return ' '
	}
}

// attribute reads name="value", and returns the byte that ends the tag, or a
// space.
func (x *xmlReader) attribute(t *xmlToken) (byte, error) {
	name, end, err := x.name()
	if err != nil || end != '=' {
		return end, err
	}
	quote := byte(0)
	for quote != '"' && quote != '\'' {
		if quote, err = x.byte(); err != nil {
			return 0, err
		}
		if quote == '>' {
			t.cut = true
			return '>', nil
		}
	}
	keep := x.keep == nil || x.keep(t.name, name)
	value, lost, err := x.value(quote, keep)
	if keep {
		t.attrs = append(t.attrs, xmlAttr{name, value})
	}
	if err != nil {
		return 0, err
	}
	if lost {
		t.cut = true
		return '>', nil
	}
	return x.space(), nil
}

// value reads up to the closing quote. lost says that it is missing: another
// tag begins in the middle.
func (x *xmlReader) value(quote byte, keep bool) (value string, lost bool, err error) {
	var out []byte
	for {
		c, err := x.byte()
		if err != nil {
			return "", false, err
		}
		if c == quote {
			return unescapeXML(string(out)), false, nil
		}
		if c == '<' && x.atTag() {
			x.begun = true
			return unescapeXML(string(out)), true, nil
		}
		if keep && len(out) <= x.limit {
			out = append(out, c)
		}
	}
}

func (x *xmlReader) atTag() bool {
	next, _ := x.in.Peek(12)
	for _, tag := range x.resync {
		if strings.HasPrefix(string(next), tag) {
			return true
		}
	}
	return false
}

// unescapeXML replaces entities. Two numbers that are the halves of one
// character are joined; what is no entity stays as it is.
func unescapeXML(text string) string {
	if !strings.Contains(text, "&") {
		return text
	}
	var out strings.Builder
	for {
		at := strings.IndexByte(text, '&')
		if at < 0 {
			out.WriteString(text)
			return out.String()
		}
		out.WriteString(text[:at])
		text = text[at:]
		r, size := entity(text)
		if utf16.IsSurrogate(r) {
			if low, more := entity(text[size:]); more > 0 && utf16.DecodeRune(r, low) != utf8.RuneError {
				r, size = utf16.DecodeRune(r, low), size+more
			}
		}
		if size == 0 {
			r, size = '&', 1
		}
		out.WriteRune(r)
		text = text[size:]
	}
}

// entity reads &name; or &#number; at the beginning of a text; size 0 is none.
func entity(text string) (r rune, size int) {
	end := strings.IndexByte(text[:min(len(text), 12)], ';')
	if end < 2 || text[0] != '&' {
		return 0, 0
	}
	switch name := text[1:end]; name {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		digits, base := strings.TrimPrefix(name, "#"), 10
		if digits == name {
			return 0, 0
		}
		if digits[:min(1, len(digits))] == "x" || digits[:min(1, len(digits))] == "X" {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || n > utf8.MaxRune {
			return 0, 0
		}
		return rune(n), end + 1
	}
}
