package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// PrintWhy prints what one rule makes of a thread: each clause of its
// condition, true or not, each place where one of its patterns was found, and
// what it lacks.
func PrintWhy(w io.Writer, tree *RuleTree, color bool) error {
	t := &Table{color: color}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s: %s\n", t.paint(bold, tree.Rule), Visible(tree.Title))
	switch {
	case tree.Holds && tree.Counts:
		fmt.Fprintln(out, "holds, because its condition does:")
	case tree.Holds && tree.Status == "experimental":
		fmt.Fprintln(out, "holds, and is experimental: it is reported and scores nothing:")
	case tree.Holds:
		fmt.Fprintln(out, "holds, but the context takes its evidence away:")
	default:
		fmt.Fprintln(out, "does not hold, because its condition does not:")
	}
	t.tree(out, tree)
	if len(tree.Patterns) == 0 {
		fmt.Fprintln(out, "  none of its patterns was found")
	}
	for _, l := range tree.Lacks {
		fmt.Fprintf(out, "  lacks  %s\n", Visible(l.Text))
	}
	return out.Flush()
}

// Of a rule that counts many kinds of words a reader wants to know which are
// there: more leaves than fewLeaves share two lines, and what is spelt out below
// a clause is cut at clauseWidth columns above.
const (
	fewLeaves   = 4
	clauseWidth = 120
)

// tree prints clauses and matches.
func (t *Table) tree(out io.Writer, tree *RuleTree) {
	line := func(holds bool, depth int, text string) {
		answer := t.paint(dim, "no ")
		if holds {
			answer = t.paint(cyan, "yes")
		}
		fmt.Fprintf(out, "  %s  %s%s\n", answer, strings.Repeat("  ", depth), text)
	}
	for all := tree.Clauses; len(all) > 0; {
		c := all[0]
		line(c.Holds, c.Depth, clip(c.Clause, clauseWidth))
		all = all[1:]
		leaves := leavesOf(c, all)
		if len(leaves) <= fewLeaves {
			continue
		}
		all = all[len(leaves):]
		for _, holds := range []bool{true, false} {
			var names []string
			for _, leaf := range leaves {
				if leaf.Holds == holds {
					names = append(names, leaf.Clause)
				}
			}
			if len(names) > 0 {
				line(holds, c.Depth+1, strings.Join(names, ", "))
			}
		}
	}
	for _, p := range tree.Patterns {
		fmt.Fprintf(out, "  found  %-12s %s “%s”\n", p.Pattern, Visible(p.Message), t.paint(mark, Visible(p.Text)))
	}
}

// leavesOf are the clauses right below one, if none of them has any itself.
func leavesOf(c TreeClause, below []TreeClause) []TreeClause {
	for i := range below {
		switch {
		case below[i].Depth <= c.Depth:
			return below[:i]
		case below[i].Depth > c.Depth+1:
			return nil
		}
	}
	return below
}
