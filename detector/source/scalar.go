package source

import (
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

// Scalar is a YAML scalar as it was written in a text.
type Scalar struct {
	Start int // byte of its first character, quotes included
	Style yaml.Style
}

// Offset is the byte of body that byte at of the scalar's value was written as.
// It is len-safe: at may be len(value), which is the end of the content. A scalar
// that cannot be retraced answers with its start.
func (s Scalar) Offset(body, value string, at int) int {
	a := aligner{src: body, value: value, s: s.Start}
	switch {
	case s.Style&yaml.DoubleQuotedStyle != 0:
		a.s++
		a.step = a.double
	case s.Style&yaml.SingleQuotedStyle != 0:
		a.s++
		a.step = a.single
	case s.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		a.enterBlock()
		a.step = a.block
	default:
		a.step = a.plain
	}
	for a.v < at {
		if a.s >= len(a.src) || !a.step() {
			return s.Start
		}
	}
	return a.contentAt(s.Style, at)
}

// aligner walks a scalar's value and its source side by side. Each step reads
// one character, escape or line fold of the source and what it stands for.
type aligner struct {
	src, value string
	s, v       int // how far each has been read
	indent     int // of a block scalar
	step       func() bool
}

// same reads a character that stands for itself.
func (a *aligner) same() bool {
	r, size := utf8.DecodeRuneInString(a.src[a.s:])
	if got, n := utf8.DecodeRuneInString(a.value[a.v:]); got != r || n != size {
		return false
	}
	a.s += size
	a.v += size
	return true
}

// fold reads white space around line ends, which stands for a space or for
// one line end less than it holds.
func (a *aligner) fold() (folded bool) {
	end, breaks := a.s, 0
	for end < len(a.src) && strings.IndexByte(" \t\r\n", a.src[end]) >= 0 {
		if a.src[end] == '\n' {
			breaks++
		}
		end++
	}
	if breaks == 0 {
		return false
	}
	a.s = end
	for n := max(1, breaks-1); n > 0 && a.v < len(a.value) && strings.IndexByte(" \n", a.value[a.v]) >= 0; n-- {
		a.v++
	}
	return true
}

func (a *aligner) plain() bool { return a.fold() || a.same() }

func (a *aligner) single() bool {
	if a.fold() {
		return true
	}
	if strings.HasPrefix(a.src[a.s:], "''") && a.value[a.v] == '\'' {
		a.s += 2
		a.v++
		return true
	}
	return a.same()
}

func (a *aligner) double() bool {
	if a.fold() {
		return true
	}
	if a.src[a.s] != '\\' {
		return a.same()
	}
	if rest := a.src[a.s+1:]; strings.HasPrefix(rest, "\n") || strings.HasPrefix(rest, "\r\n") {
		trimmed := strings.TrimLeft(rest[strings.IndexByte(rest, '\n')+1:], " \t")
		a.s = len(a.src) - len(trimmed)
		return true
	}
	a.s += escapeLen(a.src[a.s:])
	_, size := utf8.DecodeRuneInString(a.value[a.v:])
	a.v += size
	return a.s <= len(a.src)
}

// escapeLen is the length of a double-quoted escape, which begins with '\'.
func escapeLen(s string) int {
	if len(s) < 2 {
		return len(s)
	}
	switch s[1] {
	case 'x':
		return 4
	case 'u':
		return 6
	case 'U':
		return 10
	default:
		return 2
	}
}

// enterBlock goes past the header of a block scalar to its first line, and
// finds the indent: what its first written line has more than the value's.
func (a *aligner) enterBlock() {
	end := strings.IndexByte(a.src[a.s:], '\n')
	if end < 0 {
		a.s = len(a.src)
		return
	}
	a.s += end + 1
	a.indent = leading(a.src[a.s:]) - leading(a.value)
	a.skipIndent()
}

// leading counts the spaces before the first line that is not blank.
func leading(s string) int {
	for s != "" {
		line, rest, _ := strings.Cut(s, "\n")
		line = strings.TrimSuffix(line, "\r")
		if trimmed := strings.TrimLeft(line, " "); trimmed != "" {
			return len(line) - len(trimmed)
		}
		s = rest
	}
	return 0
}

func (a *aligner) skipIndent() {
	for n := 0; n < a.indent && a.s < len(a.src) && a.src[a.s] == ' '; n++ {
		a.s++
	}
}

func (a *aligner) block() bool {
	if a.src[a.s] == '\r' && strings.HasPrefix(a.src[a.s:], "\r\n") {
		a.s++
	}
	if a.src[a.s] != '\n' {
		return a.same()
	}
	if a.v < len(a.value) && (a.value[a.v] == '\n' || a.value[a.v] == ' ') {
		a.v++
	}
	a.s++
	a.skipIndent()
	return true
}

// contentAt is where the aligner stands, moved over what stands for nothing
// before the byte that is asked for.
func (a *aligner) contentAt(style yaml.Style, at int) int {
	if at >= len(a.value) || style&yaml.DoubleQuotedStyle == 0 {
		return a.s
	}
	for a.s+1 < len(a.src) && a.src[a.s] == '\\' && (a.src[a.s+1] == '\n' || a.src[a.s+1] == '\r') {
		if !a.double() {
			break
		}
	}
	return a.s
}
