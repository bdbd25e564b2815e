package rule

import (
	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/source"
)

// scalar remembers where a YAML scalar was written, so that a byte of its
// value can be found again in the file when somebody asks.
type scalar struct {
	file      *file
	line, col int32 // of the scalar's first character, quotes included
	style     yaml.Style
}

func (f *file) scalar(n *yaml.Node) scalar {
	return scalar{f, int32(n.Line), int32(n.Column), n.Style}
}

// begin is the place of the value's first byte.
func (s scalar) begin(value string) source.Position {
	at := source.Position{File: s.file.text.Name, Line: int(s.line), Col: int(s.col)}
	switch {
	case s.style == 0:
		return at
	case s.style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && value[0] > ' ':
		at.Col++ // no line end before what is no space
		return at
	}
	return s.file.position(s.offset(value, 0))
}

// offset is the byte of the file that byte at of the value was written as.
func (s scalar) offset(value string, at int) int {
	start := s.file.offsetOf(source.Position{Line: int(s.line), Col: int(s.col)})
	return source.Scalar{Start: start, Style: s.style}.Offset(s.file.text.Body, value, at)
}
