package lint

import (
	"strings"

	"github.com/hookline/hookline/detector/rule"
)

// cover tells whether one pattern matches wherever another does. It is sound,
// not complete: what it covers is covered, but it does not see everything.
type cover struct{ set *rule.Set }

// covers says whether a matches exactly what b matches, and perhaps more.
func (c cover) covers(a, b rule.Node) bool {
	if alt, ok := b.(*rule.Alt); ok {
		for _, branch := range alt.Branches {
			if !c.covers(a, branch) {
				return false
			}
		}
		return true
	}
	switch a := a.(type) {
	case *rule.Alt:
		for _, branch := range a.Branches {
			if c.covers(branch, b) {
				return true
			}
		}
		return false
	case *rule.Opt:
		if opt, ok := b.(*rule.Opt); ok {
			return c.covers(a.Body, opt.Body)
		}
		return c.covers(a.Body, b)
	case *rule.ListRef:
		return c.listCovers(a, b)
	case *rule.Word:
		b, ok := b.(*rule.Word)
		return ok && wordCovers(a, b)
	case *rule.Gap:
		b, ok := b.(*rule.Gap)
		return ok && a.Units >= b.Units
	case *rule.Type:
		b, ok := b.(*rule.Type)
		return ok && a.Name == b.Name
	case *rule.Regexp:
		b, ok := b.(*rule.Regexp)
		return ok && a.Text == b.Text
	case *rule.Seq:
		return c.sequenceCovers(a.Items, items(b))
	}
	return false
}

func items(n rule.Node) []rule.Node {
	if seq, ok := n.(*rule.Seq); ok {
		return seq.Items
	}
	return []rule.Node{n}
}

// sequenceCovers matches items one by one; what a may leave out, it may.
func (c cover) sequenceCovers(a, b []rule.Node) bool {
	if len(a) == 0 {
		return len(b) == 0
	}
	if len(b) > 0 && c.covers(a[0], b[0]) && c.sequenceCovers(a[1:], b[1:]) {
		return true
	}
	switch a[0].(type) {
	case *rule.Opt, *rule.Gap:
		return c.sequenceCovers(a[1:], b)
	}
	return false
}

func (c cover) listCovers(a *rule.ListRef, b rule.Node) bool {
	if ref, ok := b.(*rule.ListRef); ok {
		return a.Name == ref.Name && (a.Group == "" || a.Group == ref.Group)
	}
	list, ok := c.set.List(a.Name)
	if !ok {
		return false
	}
	for _, e := range list.Entries() {
		if (a.Group == "" || e.Name == a.Group) && c.covers(e.Node, b) {
			return true
		}
	}
	return false
}

func wordCovers(a, b *rule.Word) bool {
	if b.Fuzzy && !a.Fuzzy {
		return false
	}
	x, y := strings.ToLower(a.Text), strings.ToLower(b.Text)
	if a.Prefix {
		return strings.HasPrefix(y, x)
	}
	return x == y && !b.Prefix
}

// within says whether a matches somewhere in everything that b matches.
func (c cover) within(a, b rule.Node) bool {
	if c.covers(a, b) {
		return true
	}
	switch b := b.(type) {
	case *rule.Alt:
		for _, branch := range b.Branches {
			if !c.within(a, branch) {
				return false
			}
		}
		return true
	case *rule.Seq:
		for i := range b.Items {
			for j := i + 1; j <= len(b.Items); j++ {
				if c.covers(a, sequence(b.Items[i:j])) {
					return true
				}
			}
			if _, nested := b.Items[i].(*rule.Seq); nested && c.within(a, b.Items[i]) {
				return true
			}
		}
	case *rule.Word:
		if a, ok := a.(*rule.Word); ok && !b.Fuzzy {
			return unspacedOnly(a.Text) && strings.Contains(b.Text, a.Text)
		}
	}
	return false
}

func sequence(nodes []rule.Node) rule.Node {
	if len(nodes) == 1 {
		return nodes[0]
	}
	return &rule.Seq{Items: nodes}
}
