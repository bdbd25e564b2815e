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

// tree prints clauses and matches.
func (t *Table) tree(out io.Writer, tree *RuleTree) {
	for _, c := range tree.Clauses {
		answer := t.paint(dim, "no ")
		if c.Holds {
			answer = t.paint(cyan, "yes")
		}
		fmt.Fprintf(out, "  %s  %s%s\n", answer, strings.Repeat("  ", c.Depth), c.Clause)
	}
	for _, p := range tree.Patterns {
		fmt.Fprintf(out, "  found  %-12s %s “%s”\n", p.Pattern, Visible(p.Message), t.paint(mark, Visible(p.Text)))
	}
}
