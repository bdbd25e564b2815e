package rule

import (
	"regexp"

	"github.com/hookline/hookline/detector/source"
)

// Pattern is one phrase of a rule or a list.
type Pattern struct {
	Name string          // the pattern's name in its rule, or the group's name in its list
	Lang string          // language code; "und" where the pattern belongs to none
	Text string          // as its author wrote it
	Node Node            // Text parsed; never nil after Load
	Pos  source.Position // where the text begins

	at scalar
}

// Position is the place in the rule file of a byte offset of the pattern's
// text. It is exact for every style of YAML scalar.
func (p *Pattern) Position(offset int) source.Position {
	if p.at.file == nil {
		return p.Pos
	}
	return p.at.file.position(p.at.offset(p.Text, offset))
}

// Node is a part of a parsed pattern: *Word, *Seq, *Alt, *Opt, *Gap, *Type,
// *ListRef or *Regexp.
type Node interface {
	// Span is the bytes of the pattern's text that the node was written as.
	Span() source.Span
}

// span makes a type a Node.
type span struct{ at source.Span }

// Span implements [Node].
func (s *span) Span() source.Span { return s.at }

// Word is a literal between spaces or operators, escapes undone, not folded
// yet. It may hold several tokens ("点赞", "t.me"), and marks that are none.
type Word struct {
	span
	Text   string
	Prefix bool // "word*": the last token may have any ending
	Fuzzy  bool // "word~1": one edit is forgiven
}

// Seq is items one after the other; it has at least two.
type Seq struct {
	span
	Items []Node
}

// Alt is "(a|b)": exactly one branch. It has at least two, none of which can
// be empty.
type Alt struct {
	span
	Branches []Node
}

// Opt is "[a|b]": the body, an *Alt where there is a choice, or nothing.
type Opt struct {
	span
	Body Node
}

// Gap is "..": anything, up to so many units (a word is 2, a grapheme of an
// unspaced script 1). No gap stands first or last in a pattern.
type Gap struct {
	span
	Units int
}

// Type is "<money>": an identifier of that kind. "<a|b>" is an *Alt of types.
type Type struct {
	span
	Name string // one of TypeNames
}

// ListRef is "@name" or "@name.group": any entry of a list or of its group.
type ListRef struct {
	span
	Name  string // the list's id without "lists."
	Group string // "" for all groups
}

// Regexp is "/re/", to be run on folded text, which is in lower case.
type Regexp struct {
	span
	Text       string         // the expression, RE2 syntax
	Expression *regexp.Regexp // Text compiled
	Literal    string         // lower case, at least 4 bytes, in every match
}

var typeNames = []string{"money", "wallet", "url", "handle", "phone", "duration", "percent", "gain", "yield", "tiers"}

// TypeNames lists what may stand between < and >.
func TypeNames() []string { return append([]string(nil), typeNames...) }

// Walk calls visit for the node and all below it, parents first, in the order
// of the text. It does not go below a node for which visit returns false.
func Walk(n Node, visit func(Node) bool) {
	if n == nil || !visit(n) {
		return
	}
	switch n := n.(type) {
	case *Seq:
		for _, item := range n.Items {
			Walk(item, visit)
		}
	case *Alt:
		for _, branch := range n.Branches {
			Walk(branch, visit)
		}
	case *Opt:
		Walk(n.Body, visit)
	}
}

// nullable says whether a node can match without reading a token.
func nullable(n Node) bool {
	switch n := n.(type) {
	case *Opt, *Gap:
		return true
	case *Seq:
		for _, item := range n.Items {
			if !nullable(item) {
				return false
			}
		}
		return true
	case *Alt:
		for _, branch := range n.Branches {
			if nullable(branch) {
				return true
			}
		}
	}
	return false
}
