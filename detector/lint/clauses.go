package lint

import (
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// holdsWith says whether matches of one pattern name can satisfy a condition.
func holdsWith(c *rule.Condition, name string) bool {
	count := 0
	for _, arg := range c.Args {
		if holdsWith(arg, name) {
			count++
		}
	}
	switch c.Op {
	case rule.OpRef:
		return c.Name == name
	case rule.OpAny:
		return count > 0
	case rule.OpNone:
		return count == 0
	case rule.OpAtLeast:
		return count >= c.N
	default:
		return count == len(c.Args)
	}
}

func unusedPatterns(r *run) {
	for _, of := range r.set.Rules {
		used := map[string]bool{}
		of.Condition.Walk(func(c *rule.Condition) { used[c.Name] = true })
		for _, name := range of.Names {
			if !used[name] {
				r.report(of.ID, of.Place("patterns."+name), len(name), "the condition does not name pattern %q", name)
			}
		}
	}
}

// unreachableClauses looks at each all and any of rules and composites.
func unreachableClauses(r *run) {
	for _, of := range r.set.Rules {
		of.Condition.Walk(func(c *rule.Condition) { r.unreachable(of.ID, c) })
	}
	for _, comp := range r.set.Composites {
		comp.When.Walk(func(c *rule.Condition) { r.unreachable(comp.ID, c) })
	}
}

func (r *run) unreachable(id string, c *rule.Condition) {
	for i, arg := range c.Args {
		for j, other := range c.Args {
			if i == j || arg.Scope != other.Scope {
				continue
			}
			switch {
			case c.Op == rule.OpAny && implies(arg, other) && (j < i || !implies(other, arg)):
				r.atClause(id, arg, "this clause changes nothing: wherever it holds, %s does", other)
			case c.Op == rule.OpAll && implies(other, arg) && (j < i || !implies(arg, other)):
				r.atClause(id, arg, "this clause changes nothing: %s needs it already", other)
			case c.Op == rule.OpAll && arg.Op == rule.OpNone && excludes(arg, other):
				r.atClause(id, arg, "this can never hold: %s is needed too", other)
			default:
				continue
			}
			break
		}
	}
}

func (r *run) atClause(id string, c *rule.Condition, format string, args ...any) {
	width := len(c.Op.String())
	if c.Op == rule.OpRef {
		width = len(c.String())
	}
	r.report(id, c.Pos, width, format, args...)
}

// implies says whether b holds wherever a does. It is sound, not complete.
func implies(a, b *rule.Condition) bool {
	if b.String() == a.String() {
		return true
	}
	switch b.Op {
	case rule.OpRef:
		return slices.ContainsFunc(needed(a), func(leaf *rule.Condition) bool { return sameLeaf(leaf, b) })
	case rule.OpAny:
		return slices.ContainsFunc(b.Args, func(arg *rule.Condition) bool { return arg.Scope == b.Scope && implies(a, arg) })
	case rule.OpAll:
		return !slices.ContainsFunc(b.Args, func(arg *rule.Condition) bool { return arg.Scope != b.Scope || !implies(a, arg) })
	default:
		return false
	}
}

// needed lists the leaves that must match for the condition to hold.
func needed(c *rule.Condition) []*rule.Condition {
	switch c.Op {
	case rule.OpRef:
		return []*rule.Condition{c}
	case rule.OpAll, rule.OpNear, rule.OpThen:
		var leaves []*rule.Condition
		for _, arg := range c.Args {
			if arg.Scope <= c.Scope { // what a wider scope holds may lie elsewhere
				leaves = append(leaves, needed(arg)...)
			}
		}
		return leaves
	default:
		return nil
	}
}

// excludes says whether a none forbids something that the other clause needs.
func excludes(none, other *rule.Condition) bool {
	return slices.ContainsFunc(needed(other), func(leaf *rule.Condition) bool {
		return slices.ContainsFunc(none.Args, func(arg *rule.Condition) bool { return arg.Op == rule.OpRef && sameLeaf(arg, leaf) })
	})
}

func sameLeaf(a, b *rule.Condition) bool { return a.String() == b.String() }
