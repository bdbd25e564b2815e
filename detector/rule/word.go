package rule

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

// word parses a literal with its marks. It returns nil where the literal is
// punctuation only.
func (g *grammar) word() Node {
	start, escaped := g.pos, false
	for g.pos < len(g.text) {
		size := g.wordRune()
		if size == 0 {
			break
		}
		if g.text[g.pos] == '\\' {
			if g.pos+1 == len(g.text) || strings.IndexByte(operators, g.text[g.pos+1]) < 0 {
				g.stop(g.pos, min(g.pos+2, len(g.text)), "unknown escape", "only "+operators+` are escaped`)
				return nil
			}
			size, escaped = 2, true
		}
		g.pos += size
	}
	text := g.text[start:g.pos]
	if escaped {
		text = unescape(text)
	}
	return g.endWord(start, text)
}

// wordRune is the length of the next character, 0 if it ends a word.
func (g *grammar) wordRune() int {
	if c := g.text[g.pos]; c < utf8.RuneSelf {
		if wordEnds[c] || c == '.' && strings.HasPrefix(g.rest(), "..") {
			return 0
		}
		return 1
	}
	r, size := utf8.DecodeRuneInString(g.rest())
	if r == '…' || unicode.IsSpace(r) {
		return 0
	}
	return size
}

// wordEnds are the ASCII characters that end a word; "/" does not, and "."
// only where there are two.
var wordEnds = [utf8.RuneSelf]bool{
	'\t': true, '\n': true, '\v': true, '\f': true, '\r': true, ' ': true,
	'(': true, ')': true, '[': true, ']': true, '|': true, '<': true, '>': true, '@': true, '*': true, '~': true,
}

// unescape takes the backslashes out of a word whose escapes are known good.
func unescape(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// endWord reads "*" and "~1" and checks the word.
func (g *grammar) endWord(start int, text string) Node {
	end := g.pos
	w := g.work.words.add(Word{Text: strings.ToValidUTF8(text, "\ufffd")})
	if strings.HasPrefix(g.rest(), "*") {
		w.Prefix = true
		g.pos++
	}
	if strings.HasPrefix(g.rest(), "~") {
		if !strings.HasPrefix(g.rest(), "~1") {
			g.stop(g.pos, g.pos+1, `"~" must be followed by 1`, `write \~ for the character`)
			return nil
		}
		w.Fuzzy = true
		g.pos += 2
	}
	w.at = source.Span{Start: start, End: g.pos}
	letters := strings.IndexFunc(text, matchable) >= 0
	switch {
	case !letters && (w.Prefix || w.Fuzzy):
		g.fault(start, g.pos, fmt.Sprintf("%q must follow a word", g.text[end:end+1]), "punctuation is never matched")
	case !letters:
		return nil
	case w.Prefix && len(text) <= utf8.UTFMax && tooShort(text):
		g.fault(start, g.pos, "a prefix of one letter matches too much", "write at least two letters")
	case w.Fuzzy && (countLetters(text) < minFuzzy || strings.IndexFunc(text, unspaced) >= 0):
		g.fault(start, g.pos, fmt.Sprintf("~1 needs a word of at least %d letters", minFuzzy), "")
	case g.pos > end && g.pos < len(g.text):
		if r, _ := utf8.DecodeRuneInString(g.rest()); spaced(r) {
			g.fault(end, g.pos, fmt.Sprintf("%q can only end a word", g.text[end:g.pos]), "put a space after it")
		}
	}
	return w
}

// matchable says whether the tokeniser can make a token of a character:
// letters, digits, marks and symbols such as emoji.
func matchable(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r)
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// tooShort says whether a prefix would match too much: one letter, except of a
// script where one letter is a syllable or a word.
func tooShort(s string) bool {
	n := 0
	for _, r := range s {
		if unspaced(r) || unicode.Is(unicode.Hangul, r) {
			return false
		}
		if unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n < 2
}

// unspacedScripts write words without spaces: each grapheme is a token.
var unspacedScripts = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana,
	unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

func unspaced(r rune) bool { return r >= utf8.RuneSelf && unicode.IsOneOf(unspacedScripts, r) }

// spaced says whether a character is part of a word between spaces.
func spaced(r rune) bool {
	if r < utf8.RuneSelf {
		return matchable(r)
	}
	return (unicode.IsLetter(r) || unicode.IsNumber(r)) && !unspaced(r)
}

// checkTouch refuses two items without a space between them that a text would
// hold as one word: "video[s]" never matches "videos".
func (g *grammar) checkTouch(left, right Node) {
	_, afterWord := left.(*Word)
	if _, ok := right.(*Word); ok && afterWord {
		return // only "*" or "~1" can part them, and that is at fault already
	}
	if !spacedEdge(left, true) || !spacedEdge(right, false) {
		return
	}
	at := right.Span()
	g.fault(at.Start, at.End, "a space is needed here: patterns match whole words",
		`for endings write "word*" or "(word|words)"`)
}

// spacedEdge says whether a node can end (or begin) inside a word between
// spaces.
func spacedEdge(n Node, atEnd bool) bool {
	switch n := n.(type) {
	case *Word:
		r, _ := utf8.DecodeRuneInString(n.Text)
		if atEnd {
			r, _ = utf8.DecodeLastRuneInString(n.Text)
		}
		return spaced(r)
	case *Seq:
		if atEnd {
			return spacedEdge(n.Items[len(n.Items)-1], atEnd)
		}
		return spacedEdge(n.Items[0], atEnd)
	case *Alt:
		for _, branch := range n.Branches {
			if branch != nil && spacedEdge(branch, atEnd) {
				return true
			}
		}
		return false
	case *Opt:
		return n.Body != nil && spacedEdge(n.Body, atEnd)
	case *Gap:
		return false
	default:
		return n != nil
	}
}

// edgeGap finds a gap that the node can begin (or end) with.
func edgeGap(n Node, atEnd bool) *Gap {
	switch n := n.(type) {
	case *Gap:
		return n
	case *Opt:
		return edgeGap(n.Body, atEnd)
	case *Alt:
		for _, branch := range n.Branches {
			if gap := edgeGap(branch, atEnd); gap != nil {
				return gap
			}
		}
	case *Seq:
		for i := range n.Items {
			item := n.Items[i]
			if atEnd {
				item = n.Items[len(n.Items)-1-i]
			}
			if gap := edgeGap(item, atEnd); gap != nil {
				return gap
			}
			if !nullable(item) {
				break
			}
		}
	}
	return nil
}

func contains(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}
