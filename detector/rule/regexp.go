package rule

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

const (
	minLiteral = 4   // bytes that every match of a regular expression holds
	maxRegexp  = 200 // code points
)

// regexp parses "/re/".
func (g *grammar) regexp() Node {
	start := g.pos
	var b strings.Builder
	at := start + 1
	for ; at < len(g.text) && g.text[at] != '/'; at++ {
		if g.text[at] == '\\' && at+1 < len(g.text) {
			if g.text[at+1] != '/' {
				b.WriteByte('\\')
			}
			at++
		}
		b.WriteByte(g.text[at])
	}
	if at >= len(g.text) {
		g.stop(start, start+1, "regular expression is not closed", `it needs a "/"; write \/ for the character`)
		return nil
	}
	g.pos = at + 1
	re, text, hint := newRegexp(b.String())
	if text != "" {
		g.fault(start, g.pos, text, hint)
		return &Regexp{span: span{source.Span{Start: start, End: g.pos}}}
	}
	re.at = source.Span{Start: start, End: g.pos}
	return re
}

func newRegexp(text string) (re *Regexp, fault, hint string) {
	if utf8.RuneCountInString(text) > maxRegexp {
		return nil, fmt.Sprintf("regular expression longer than %d characters", maxRegexp), "split it"
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if err != nil {
		return nil, "bad regular expression: " + strings.TrimPrefix(err.Error(), "error parsing regexp: "), ""
	}
	compiled, err := regexp.Compile(text)
	if err != nil {
		return nil, "bad regular expression: " + strings.TrimPrefix(err.Error(), "error parsing regexp: "), ""
	}
	if r, found := upperCase(tree); found {
		return nil, fmt.Sprintf("regular expression with upper-case %q never matches: texts are folded to lower case", r), ""
	}
	literal := requiredLiteral(tree.Simplify())
	if len(literal) < minLiteral {
		return nil, fmt.Sprintf("regular expression without a fixed part of %d bytes", minLiteral),
			"write out a word that every match holds"
	}
	return &Regexp{Text: text, Expression: compiled, Literal: literal}, "", ""
}

// upperCase finds a letter that folded text cannot hold.
func upperCase(re *syntax.Regexp) (rune, bool) {
	if re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase == 0 {
		for _, r := range re.Rune {
			if unicode.IsUpper(r) {
				return r, true
			}
		}
	}
	for _, sub := range re.Sub {
		if r, found := upperCase(sub); found {
			return r, true
		}
	}
	return 0, false
}

// requiredLiteral is the longest text that every match of the expression
// holds, in lower case.
func requiredLiteral(re *syntax.Regexp) string {
	_, best := literals(re)
	return best
}

// literals gives the text that the expression is (whole, "" if it is more than
// one) and the longest text that it holds in every match.
func literals(re *syntax.Regexp) (whole, best string) {
	switch re.Op {
	case syntax.OpLiteral:
		text := strings.ToLower(string(re.Rune))
		return text, text
	case syntax.OpCapture:
		return literals(re.Sub[0])
	case syntax.OpPlus:
		_, best = literals(re.Sub[0])
	case syntax.OpConcat:
		run, all := "", true
		for _, sub := range re.Sub {
			w, b := literals(sub)
			if w == "" {
				all, run = false, ""
			} else {
				run += w
			}
			best = longer(best, longer(b, run))
		}
		if all {
			whole = run
		}
	}
	return whole, best
}

func longer(a, b string) string {
	if len(b) > len(a) {
		return b
	}
	return a
}
