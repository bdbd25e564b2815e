package rule

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

// The pattern grammar (DESIGN, "Rules"):
//
//	pattern = item { item }      item = word | group | opt | gap | type | list | re
//	word    = literal ["*"] ["~1"]
//	group   = "(" pattern {"|" pattern} ")"
//	opt     = "[" pattern {"|" pattern} "]"
//	gap     = ".." | ".." digits
//	type    = "<" name {"|" name} ">"
//	list    = "@" name ["." group]
//	re      = "/" RE2 "/"        where a word could begin
//
// "\" takes the meaning of an operator away. Punctuation is not matched, so
// a word of nothing else is dropped.

// Bounds of a pattern.
const (
	maxPattern      = 800 // code points
	maxAlternatives = 100 // branches of a group
	maxDepth        = 8   // groups within groups, clauses within clauses
	maxGap          = 12  // words
	defaultGap      = 4   // words of ".."
	unitsPerWord    = 2
	minFuzzy        = 7 // letters of a word with ~1
	operators       = `()[]|<>@*~/.\`
)

// PatternFault is what is wrong with a pattern.
type PatternFault struct {
	Span source.Span // bytes of the pattern's text
	Text string      // as in Error
	Hint string
}

// ParsePattern parses one pattern. With any fault the node is nil. Lists are
// not looked up.
func ParsePattern(text string) (Node, []PatternFault) { return parsePattern(text, newWorkspace()) }

func parsePattern(text string, work *workspace) (Node, []PatternFault) {
	g := grammar{text: text, work: work}
	if n := len(text); n > maxPattern && utf8.RuneCountInString(text) > maxPattern {
		n = utf8.RuneCountInString(text)
		g.fault(0, len(text), fmt.Sprintf("pattern of %d characters, more than %d", n, maxPattern), "split it")
		return nil, g.faults
	}
	node := g.sequence()
	if !g.stopped && g.pos < len(text) {
		g.stray()
	}
	if len(g.faults) == 0 {
		g.checkWhole(node)
	}
	if len(g.faults) > 0 {
		return nil, g.faults
	}
	return node, nil
}

// grammar is a recursive descent over one pattern.
type grammar struct {
	text    string
	pos     int
	depth   int
	stopped bool // by a fault after which the rest makes no sense
	faults  []PatternFault
	work    *workspace
}

func (g *grammar) fault(start, end int, text, hint string) {
	g.faults = append(g.faults, PatternFault{source.Span{Start: start, End: end}, text, hint})
}

// stop notes a fault and ends the parse.
func (g *grammar) stop(start, end int, text, hint string) {
	g.fault(start, end, text, hint)
	g.stopped = true
}

func (g *grammar) rest() string { return g.text[g.pos:] }

func (g *grammar) skipSpace() {
	g.pos = len(g.text) - len(strings.TrimLeftFunc(g.rest(), unicode.IsSpace))
}

// checkWhole refuses what only the whole pattern shows.
func (g *grammar) checkWhole(node Node) {
	if node == nil || nullable(node) {
		g.fault(0, len(g.text), "pattern holds nothing that must match", "")
		return
	}
	if gap := edgeGap(node, false); gap != nil {
		g.fault(gap.at.Start, gap.at.End, "a pattern cannot begin with a gap", "take it away")
	}
	if gap := edgeGap(node, true); gap != nil {
		g.fault(gap.at.Start, gap.at.End, "a pattern cannot end with a gap", "take it away")
	}
}

// stray reports what stands where a pattern should have ended.
func (g *grammar) stray() {
	switch c := g.text[g.pos]; c {
	case '|':
		g.stop(g.pos, g.pos+1, `"|" outside a group`, "write (a|b), or two patterns")
	default:
		g.stop(g.pos, g.pos+1, fmt.Sprintf("%q closes no group", string(c)), fmt.Sprintf(`write \%c for the character`, c))
	}
}

// sequence parses items until the end, a "|" or a closing bracket.
func (g *grammar) sequence() Node {
	var buffer [8]Node // most sequences are short
	items, touching := buffer[:0], false
	for !g.stopped {
		before := g.pos
		g.skipSpace()
		if g.pos == len(g.text) || strings.IndexByte("|)]", g.text[g.pos]) >= 0 {
			break
		}
		touching = touching && before == g.pos
		item := g.item()
		if item == nil {
			touching = false
			continue
		}
		if touching {
			g.checkTouch(items[len(items)-1], item)
		}
		if gap, ok := item.(*Gap); ok && len(items) > 0 {
			if _, ok := items[len(items)-1].(*Gap); ok {
				g.fault(gap.at.Start, gap.at.End, "two gaps in a row", `write one, as in "..8"`)
			}
		}
		items, touching = append(items, item), true
	}
	switch len(items) {
	case 0:
		return nil
	case 1:
		return items[0]
	}
	at := source.Span{Start: items[0].Span().Start, End: items[len(items)-1].Span().End}
	return g.work.seqs.add(Seq{span{at}, g.work.nodes.copy(items)})
}

func (g *grammar) item() Node {
	at := g.pos
	switch c := g.text[at]; {
	case c == '(' || c == '[':
		return g.group(c)
	case c == '<':
		return g.types()
	case c == '@':
		return g.list()
	case c == '/':
		return g.regexp()
	case strings.HasPrefix(g.rest(), ".."):
		return g.gap()
	case strings.HasPrefix(g.rest(), "…"):
		g.stop(at, at+len("…"), `"…" is not a gap`, `write ".."`)
		return nil
	case c == '*' || c == '~':
		g.stop(at, at+1, fmt.Sprintf("%q must follow a word", string(c)), `in a group, each word has its own: "(gift*|card*)"`)
		return nil
	case c == '>':
		g.stop(at, at+1, `">" closes nothing`, `write \> for the character`)
		return nil
	default:
		return g.word()
	}
}

// group parses "(a|b)" and "[a|b]".
func (g *grammar) group(open byte) Node {
	start, shut := g.pos, byte(')')
	if open == '[' {
		shut = ']'
	}
	if g.depth == maxDepth {
		g.stop(start, start+1, fmt.Sprintf("groups nested deeper than %d", maxDepth), "")
		return nil
	}
	g.depth++
	defer func() { g.depth-- }()
	g.pos++
	var buffer [16]Node
	branches := buffer[:0]
	for !g.stopped {
		g.skipSpace()
		from := g.pos
		branch := g.sequence()
		if g.stopped {
			return nil
		}
		if g.pos == len(g.text) {
			g.stop(start, start+1, fmt.Sprintf("%q is not closed", string(open)), fmt.Sprintf("it needs a %q", string(shut)))
			return nil
		}
		c := g.text[g.pos]
		if gap, ok := branch.(*Gap); ok && len(branches) == 0 && open == '[' && c == ']' {
			g.pos++
			return gap // "[..2]": a gap may be empty as it is
		}
		g.checkBranch(branch, from)
		branches = append(branches, branch)
		g.pos++
		if c == shut {
			break
		}
		if c != '|' {
			g.stop(g.pos-1, g.pos, fmt.Sprintf("%q cannot close %q", string(c), string(open)), fmt.Sprintf("it needs a %q", string(shut)))
			return nil
		}
	}
	return g.endGroup(open, source.Span{Start: start, End: g.pos}, branches)
}

func (g *grammar) endGroup(open byte, at source.Span, branches []Node) Node {
	if len(branches) > maxAlternatives {
		g.fault(at.Start, at.End, fmt.Sprintf("%d alternatives, more than %d", len(branches), maxAlternatives), "use a list")
	}
	body := branches[0]
	if len(branches) > 1 {
		body = g.work.alts.add(Alt{span{at}, g.work.nodes.copy(branches)})
	}
	if open == '[' {
		return &Opt{span{at}, body}
	}
	return body
}

// checkBranch refuses a branch that may match nothing.
func (g *grammar) checkBranch(branch Node, from int) {
	end := min(max(from+1, g.pos), len(g.text))
	switch {
	case branch == nil && g.pos > from:
		g.fault(from, end, "alternative holds nothing that can match", "punctuation is never matched")
	case branch == nil:
		g.fault(from, end, "empty alternative", "write [a|b] for a part that may be absent")
	case nullable(branch):
		g.fault(from, end, "alternative may be empty", "write [a|b] for a part that may be absent")
	}
}

func (g *grammar) types() Node {
	start := g.pos
	end := strings.IndexByte(g.rest(), '>')
	if end < 0 {
		g.stop(start, start+1, `"<" is not closed`, `it needs a ">"; write \< for the character`)
		return nil
	}
	var branches []Node
	at := start + 1
	for name := range strings.SplitSeq(g.text[at:start+end], "|") {
		where := source.Span{Start: at, End: at + len(name)}
		if !contains(typeNames, name) {
			g.fault(where.Start, max(where.End, at+1), fmt.Sprintf("unknown type %q", name), oneOf(name, typeNames))
		}
		branches = append(branches, &Type{span{where}, name})
		at = where.End + 1
	}
	g.pos = start + end + 1
	whole := span{source.Span{Start: start, End: g.pos}}
	if len(branches) == 1 {
		return &Type{whole, branches[0].(*Type).Name}
	}
	return &Alt{whole, branches}
}

func (g *grammar) list() Node {
	start := g.pos
	name := nameAt(g.text[start+1:])
	if name == "" {
		g.stop(start, start+1, `"@" needs the name of a list`, `write \@ for the character`)
		return nil
	}
	g.pos += 1 + len(name)
	group := ""
	if strings.HasPrefix(g.rest(), ".") {
		group = nameAt(g.rest()[1:])
		if group != "" {
			g.pos += 1 + len(group)
		}
	}
	return &ListRef{span{source.Span{Start: start, End: g.pos}}, name, group}
}

// nameAt is the name that a text begins with: lower-case letters, digits, '_'.
func nameAt(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_'
	})
	if i < 0 {
		return s
	}
	return s[:i]
}

func (g *grammar) gap() Node {
	start := g.pos
	g.pos += len("..")
	words, digits := 0, 0
	for g.pos < len(g.text) && g.text[g.pos] >= '0' && g.text[g.pos] <= '9' {
		words = min(10*words+int(g.text[g.pos]-'0'), 1000)
		digits++
		g.pos++
	}
	switch {
	case strings.HasPrefix(g.rest(), "."):
		g.stop(start, g.pos+1, "too many dots", `a gap is ".." or "..8"`)
		return nil
	case digits > 0 && (words == 0 || words > maxGap):
		g.fault(start, g.pos, fmt.Sprintf("a gap is of 1 to %d words", maxGap), "")
	case digits == 0:
		words = defaultGap
	}
	return &Gap{span{source.Span{Start: start, End: g.pos}}, unitsPerWord * words}
}
