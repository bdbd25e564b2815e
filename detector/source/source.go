package source

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Span is the half-open byte range [Start, End) of a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the length of the span in bytes.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether other lies within s; a span contains itself.
func (s Span) Contains(other Span) bool { return s.Start <= other.Start && other.End <= s.End }

// Overlaps says whether the two spans share at least one byte.
func (s Span) Overlaps(other Span) bool { return s.Start < other.End && other.Start < s.End }

// Text is a named text. Body is never rewritten, so spans of it stay true.
type Text struct {
	Name string // as printed before the line number: a path, or "-"
	Body string
}

// Position is a place in a text as people name it. Line and Col count from 1;
// Col counts code points. The zero Position is "nowhere".
type Position struct {
	File string
	Line int
	Col  int
}

// String prints file:line:col, leaving out what is not known.
func (p Position) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
	}
}

// Less orders positions by file, then line, then column.
func (p Position) Less(other Position) bool {
	if p.File != other.File {
		return p.File < other.File
	}
	if p.Line != other.Line {
		return p.Line < other.Line
	}
	return p.Col < other.Col
}

// Position resolves a byte offset, clamped to the text.
func (t Text) Position(offset int) Position {
	offset = max(0, min(offset, len(t.Body)))
	before := t.Body[:offset]
	line := strings.Count(before, "\n") + 1
	col := utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return Position{File: t.Name, Line: line, Col: col}
}

// Offset is the byte of a position of the text, clamped to it.
func (t Text) Offset(p Position) int {
	at := 0
	for range p.Line - 1 {
		cut := strings.IndexByte(t.Body[at:], '\n')
		if cut < 0 {
			return len(t.Body)
		}
		at += cut + 1
	}
	for range p.Col - 1 {
		_, size := utf8.DecodeRuneInString(t.Body[at:])
		at += size
	}
	return at
}

// Line returns the text of a line, counted from 1, without its line end; empty
// where the text has no such line.
func (t Text) Line(number int) string {
	rest := t.Body
	for range number - 1 {
		cut := strings.IndexByte(rest, '\n')
		if cut < 0 {
			return ""
		}
		rest = rest[cut+1:]
	}
	line, _, _ := strings.Cut(rest, "\n")
	return strings.TrimSuffix(line, "\r")
}

// Caret draws a line of source and marks width code points of it from column
// col (1-based) on:
//
//	10 |   stage: asks
//	   |          ^^^^
//
// Tabs are kept in the margin so that the caret stays under its column.
func Caret(line string, number, col, width int) string {
	gutter := fmt.Sprintf("%d", number)
	var margin strings.Builder
	for i, r := range []rune(line) {
		if i >= col-1 {
			break
		}
		if r == '\t' {
			margin.WriteRune('\t')
		} else {
			margin.WriteByte(' ')
		}
	}
	return fmt.Sprintf("  %s | %s\n  %s | %s%s", gutter, line,
		strings.Repeat(" ", len(gutter)), margin.String(), strings.Repeat("^", max(1, width)))
}
