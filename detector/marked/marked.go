// Package marked reads texts in which spans are marked and named, as the tests
// of rules and the texts of the corpus write them:
//
//	Just ⟦task|like 3 videos⟧ and ⟦pay|get 50 USDT⟧, paid today.
//
// Marks may be nested; they cannot cross. A name is lower-case letters,
// digits, '_' and '.'.
package marked

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

const (
	open = '⟦'
	shut = '⟧'
	bar  = '|'

	maxDepth = 8 // marks within marks
)

// Mark is a named span of a text.
type Mark struct {
	Name string
	Span source.Span // bytes of the text without marks
	At   int         // byte offset of the name in the text with marks
}

// Error says where a marked text is malformed.
type Error struct {
	Offset int // bytes into the marked text
	Text   string
}

// Error implements error.
func (e *Error) Error() string { return fmt.Sprintf("byte %d: %s", e.Offset, e.Text) }

// Parse takes the marks out of a text. Marks are sorted by start, the longer
// first. Its error is an *Error.
func Parse(text string) (plain string, marks []Mark, err error) {
	if !strings.ContainsRune(text, open) && !strings.ContainsRune(text, shut) {
		return text, nil, nil
	}
	var b strings.Builder
	var opened []int // indices of marks not yet closed
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch r {
		case open:
			name, ok := markName(text[at+size:])
			if !ok {
				return "", nil, &Error{at, "a mark begins with a name, as in ⟦name|text⟧"}
			}
			if len(opened) == maxDepth {
				return "", nil, &Error{at, fmt.Sprintf("marks nested deeper than %d", maxDepth)}
			}
			opened = append(opened, len(marks))
			marks = append(marks, Mark{name, source.Span{Start: b.Len()}, at + size})
			size += len(name) + 1
		case shut:
			if len(opened) == 0 {
				return "", nil, &Error{at, "⟧ closes no mark"}
			}
			m := &marks[opened[len(opened)-1]]
			opened = opened[:len(opened)-1]
			m.Span.End = b.Len()
			if m.Span.Len() == 0 {
				return "", nil, &Error{m.At, fmt.Sprintf("mark %q is empty", m.Name)}
			}
		default:
			b.WriteString(text[at : at+size])
		}
		at += size
	}
	if len(opened) > 0 {
		m := marks[opened[0]]
		return "", nil, &Error{m.At, fmt.Sprintf("mark %q is not closed with ⟧", m.Name)}
	}
	return b.String(), marks, nil
}

// Offset is where the character at a byte of the plain text stands in the
// well-formed marked text.
func Offset(text string, plain int) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRuneInString(text[at:])
		switch {
		case r == open:
			size += strings.IndexByte(text[at+size:], bar) + 1
		case r == shut:
		case plain == 0:
			return at
		default:
			plain -= min(plain, size)
		}
		at += size
	}
	return at
}

func markName(rest string) (string, bool) {
	name, _, ok := strings.Cut(rest, string(bar))
	if !ok || name == "" {
		return "", false
	}
	for _, r := range name {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '.' {
			return "", false
		}
	}
	return name, true
}

// Format writes the marks into a plain text, the reverse of Parse. Marks must
// lie within the text and must not cross; their order does not matter.
func Format(plain string, marks []Mark) string {
	sorted := slices.Clone(marks)
	slices.SortStableFunc(sorted, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(b.Span.End, a.Span.End))
	})
	var b strings.Builder
	var ends []int // of the marks that are open, innermost last
	at := 0
	closeUntil := func(limit int) {
		for len(ends) > 0 && ends[len(ends)-1] <= limit {
			end := ends[len(ends)-1]
			b.WriteString(plain[at:end])
			b.WriteRune(shut)
			at, ends = end, ends[:len(ends)-1]
		}
	}
	for _, m := range sorted {
		closeUntil(m.Span.Start)
		b.WriteString(plain[at:m.Span.Start])
		b.WriteRune(open)
		b.WriteString(m.Name)
		b.WriteRune(bar)
		at, ends = m.Span.Start, append(ends, m.Span.End)
	}
	closeUntil(len(plain))
	b.WriteString(plain[at:])
	return b.String()
}
