package rule

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/hookline/hookline/detector/source"
)

// Error is one fault of a rule folder. It prints as
//
//	fake_job/fee/check.yaml:10:8: unknown stage "asks"
//	  10 | stage: asks
//	     |        ^^^^ did you mean "pitch"?
//
// and a fault between two places shows both.
type Error struct {
	Pos   source.Position
	Rule  string // id of the rule, list or script; "" where the file has none
	Text  string // what is wrong: lower case, no full stop
	Hint  string // what to do about it, or ""
	Line  string // the line of Pos
	Width int    // how many code points of it are meant
	Other *Place // the place that Pos is at odds with, or nil
}

// Place is a marked piece of a file.
type Place struct {
	Pos   source.Position
	Text  string // what it is, as in "first defined here"
	Line  string
	Width int
}

// Error implements error. Control and bidirectional characters of the file
// are shown as U+FFFD, never printed.
func (e *Error) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", e.Pos, e.Text)
	if e.Pos.Line > 0 {
		b.WriteString("\n" + source.Caret(printable(e.Line), e.Pos.Line, e.Pos.Col, e.Width))
	}
	if e.Hint != "" {
		b.WriteString(" " + e.Hint)
	}
	if o := e.Other; o != nil {
		fmt.Fprintf(&b, "\n%s: %s\n%s", o.Pos, o.Text,
			source.Caret(printable(o.Line), o.Pos.Line, o.Pos.Col, o.Width))
	}
	return b.String()
}

// printable keeps a line's length in code points.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r == '\t' || !unicode.IsControl(r) && !unicode.Is(unicode.Bidi_Control, r) {
			return r
		}
		return unicode.ReplacementChar
	}, line)
}

// ErrorList is every fault of a folder, in file order. It is never empty.
type ErrorList []*Error

// Error implements error: all faults, one after the other.
func (l ErrorList) Error() string {
	texts := make([]string, len(l))
	for i, e := range l {
		texts[i] = e.Error()
	}
	return strings.Join(texts, "\n")
}

// Unwrap gives errors.Is and errors.As each fault.
func (l ErrorList) Unwrap() []error {
	errs := make([]error, len(l))
	for i, e := range l {
		errs[i] = e
	}
	return errs
}

func (l ErrorList) sort() {
	slices.SortStableFunc(l, func(a, b *Error) int {
		switch {
		case a.Pos.Less(b.Pos):
			return -1
		case b.Pos.Less(a.Pos):
			return 1
		default:
			return 0
		}
	})
}

// didYouMean is a hint that names the word most like the given one, or "".
func didYouMean(word string, known []string) string {
	best, least := "", max(1, len([]rune(word))/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), k); d < least {
			best, least = k, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// oneOf is didYouMean, or else the list of what is known.
func oneOf(word string, known []string) string {
	if hint := didYouMean(word, known); hint != "" {
		return hint
	}
	const most = 24
	if len(known) > most {
		return ""
	}
	return "one of " + strings.Join(known, ", ")
}

// distance is the number of insertions, deletions, replacements and swaps of
// neighbours that make b of a (optimal string alignment). Words beyond 64
// characters are not compared.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	const longest = 64
	if len(s) > longest || len(t) > longest {
		return longest
	}
	before, last := make([]int, len(t)+1), make([]int, len(t)+1)
	row := make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		row[0] = i + 1
		for j := range t {
			cost := 1
			if s[i] == t[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(t)]
}
