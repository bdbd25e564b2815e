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
		b.WriteString("\n" + picture(e.Line, e.Pos, e.Width))
	}
	if e.Hint != "" {
		b.WriteString(" " + e.Hint)
	}
	if o := e.Other; o != nil {
		fmt.Fprintf(&b, "\n%s: %s\n%s", o.Pos, o.Text, picture(o.Line, o.Pos, o.Width))
	}
	return b.String()
}

// maxShown is how many code points of a line a picture shows.
const maxShown = 100

// picture draws the line with carets, cut to what surrounds them.
func picture(line string, pos source.Position, width int) string {
	runes := []rune(printable(line))
	col := pos.Col
	if len(runes) > maxShown {
		from := max(0, min(col-1-maxShown/3, len(runes)-maxShown))
		to := from + maxShown
		width = min(width, max(1, to-col+1))
		cut := string(runes[from:to])
		if from > 0 {
			cut, col = "…"+cut, col+1
		}
		if to < len(runes) {
			cut += "…"
		}
		return source.Caret(cut, pos.Line, col-from, width)
	}
	return source.Caret(string(runes), pos.Line, col, width)
}

// printable keeps a line's length in code points.
func printable(line string) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && unicode.In(r, unicode.Cc, unicode.Bidi_Control, unicode.Zl, unicode.Zp) {
			return unicode.ReplacementChar
		}
		return r
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
	known = slices.DeleteFunc(slices.Clone(known), func(name string) bool { return name == "" })
	if len(known) == 0 || len(known) > most {
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
