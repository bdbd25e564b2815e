package lint

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/rule"
)

// Mended takes away the alternatives that another one covers: what they match,
// their neighbour does, so that the rules do the same without them. It returns
// the new text of each file that changes. An alternative within another may be
// left for a second time; one that is written with escapes stays.
func Mended(set *rule.Set) map[string]string {
	cuts := map[string][]cut{}
	r := &run{set: set}
	r.eachPattern(func(_ string, p *rule.Pattern) {
		text, _ := set.Text(p.Pos.File)
		rule.Walk(p.Node, func(n rule.Node) bool {
			alt, ok := n.(*rule.Alt)
			if !ok {
				return true
			}
			kept := uncovered(cover{set}, alt.Branches)
			if len(kept) == len(alt.Branches) {
				return true
			}
			start, end := alt.Branches[0].Span().Start, alt.Branches[len(alt.Branches)-1].Span().End
			c := cut{from: text.Offset(p.Position(start)), to: text.Offset(p.Position(end))}
			if c.from < c.to && text.Body[c.from:c.to] == p.Text[start:end] && !strings.HasPrefix(p.Text[start:end], "<") {
				for _, branch := range kept {
					c.now = append(c.now, textOf(p, branch))
				}
				cuts[p.Pos.File] = append(cuts[p.Pos.File], c)
			}
			return false
		})
	})
	mended := map[string]string{}
	for file, all := range cuts {
		text, _ := set.Text(file)
		slices.SortFunc(all, func(a, b cut) int { return b.from - a.from })
		body := text.Body
		for _, c := range all {
			body = body[:c.from] + strings.Join(c.now, "|") + body[c.to:]
		}
		mended[file] = body
	}
	return mended
}

// cut replaces the branches of a group in a file.
type cut struct {
	from, to int
	now      []string
}

// uncovered leaves out branches that one of the others covers; of two that
// cover each other the first stays.
func uncovered(c cover, branches []rule.Node) []rule.Node {
	kept := slices.Clone(branches)
	for j := len(kept) - 1; j >= 0; j-- {
		narrow := kept[j]
		if slices.ContainsFunc(kept, func(wide rule.Node) bool { return wide != narrow && c.covers(wide, narrow) }) {
			kept = slices.Delete(kept, j, j+1)
		}
	}
	return kept
}
