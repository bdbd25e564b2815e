package match

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"slices"

	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// regex is a regular expression of a pattern. It runs on a window around each
// occurrence of its literal, never on a whole text.
type regex struct {
	text       string
	expression func() *regexp.Regexp
	literal    string // lower case, at least gramSize bytes
	symbol     symbol
	spaceless  bool // nothing that it matches has a space
}

const (
	gramSize    = 4
	regexWindow = 256 // bytes on either side of the literal
)

// gramFilter finds the places where one of many literals may begin: a bitmap
// over hashes of their first four bytes.
type gramFilter struct {
	bits  [1 << 12 / 64]uint64
	index map[[gramSize]byte][]int32 // regexes by the literal's first bytes
}

func newGramFilter(regexes []regex) *gramFilter {
	if len(regexes) == 0 {
		return nil
	}
	g := &gramFilter{index: map[[gramSize]byte][]int32{}}
	for i, r := range regexes {
		key := [gramSize]byte([]byte(r.literal[:gramSize]))
		g.index[key] = append(g.index[key], int32(i))
		h := gramHash([]byte(r.literal))
		g.bits[h>>6] |= 1 << (h & 63)
	}
	return g
}

func gramHash(b []byte) uint32 {
	_ = b[3]
	x := uint32(b[0]) | uint32(b[1])<<8 | uint32(b[2])<<16 | uint32(b[3])<<24
	return x * 2654435761 >> 20 // Knuth's multiplicative hash, 12 bits
}

// regexEdges hangs in every match of a regular expression.
func (s *Scanner) regexEdges() {
	body, g := s.stream.Text.Body, s.program.grams
	for at := 0; at+gramSize <= len(body); at++ {
		h := gramHash(body[at : at+gramSize])
		if g.bits[h>>6&(uint32(len(g.bits))-1)]>>(h&63)&1 == 0 {
			continue
		}
		for _, i := range g.index[[gramSize]byte(body[at:at+gramSize])] {
			s.regexAt(&s.program.regex[i], at)
		}
	}
}

// regexAt runs a regular expression around its literal, if that is at body[at].
func (s *Scanner) regexAt(r *regex, at int) {
	body := s.stream.Text.Body
	if len(body)-at < len(r.literal) || string(body[at:at+len(r.literal)]) != r.literal {
		return
	}
	start, end := max(0, at-regexWindow), min(len(body), at+len(r.literal)+regexWindow)
	if r.spaceless {
		start += 1 + bytes.LastIndexByte(body[start:at], ' ')
		if n := bytes.IndexByte(body[at:end], ' '); n >= 0 {
			end = at + n
		}
	}
	for _, m := range r.expression().FindAllIndex(body[start:end], -1) {
		span := source.Span{Start: start + m[0], End: start + m[1]}
		if span.Start <= at && at < span.End {
			s.spanEdge(r.symbol, span, token.Raw)
		}
	}
}

// spaceless says whether an expression matches no space, and does not look
// whether one is before or behind what it matches.
func spaceless(expression string) bool {
	re, err := syntax.Parse(expression, syntax.Perl)
	return err == nil && !spaced(re)
}

func spaced(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText:
		return true
	case syntax.OpLiteral:
		return slices.Contains(re.Rune, ' ')
	case syntax.OpCharClass:
		for i := 0; i+1 < len(re.Rune); i += 2 {
			if re.Rune[i] <= ' ' && ' ' <= re.Rune[i+1] {
				return true
			}
		}
	}
	return slices.ContainsFunc(re.Sub, spaced)
}
