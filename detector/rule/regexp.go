package rule

import (
	"errors"
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
	re := &Regexp{span: span{source.Span{Start: start, End: g.pos}}, Text: b.String()}
	if text, hint, part := re.compile(); text != "" {
		at := re.at
		if i := strings.Index(g.text[at.Start:at.End], part); i > 0 {
			at = source.Span{Start: at.Start + i, End: at.Start + i + len(part)}
		}
		g.fault(at.Start, at.End, text, hint)
	}
	return re
}

// compile fills in Expression and Literal, or says what is wrong with which
// part of the expression.
func (re *Regexp) compile() (fault, hint, part string) {
	text := re.Text
	if utf8.RuneCountInString(text) > maxRegexp {
		return fmt.Sprintf("regular expression longer than %d characters", maxRegexp), "split it", text
	}
	tree, err := syntax.Parse(text, syntax.Perl)
	if fault := (*syntax.Error)(nil); errors.As(err, &fault) {
		return "bad regular expression: " + fault.Code.String(), "", fault.Expr
	}
	if re.Expression, err = regexp.Compile(text); err != nil {
		return "bad regular expression: " + err.Error(), "", text
	}
	if r, found := upperCase(tree); found {
		return fmt.Sprintf("upper-case %q never matches: texts are folded to lower case", r), "", string(r)
	}
	if re.Literal = requiredLiteral(tree.Simplify()); len(re.Literal) < minLiteral {
		return fmt.Sprintf("regular expression without a fixed part of %d bytes", minLiteral),
			"write out a word that every match holds", text
	}
	return "", "", ""
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
