package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// Why prints what one rule makes of a thread: each clause of its condition,
// true or not, and each place where one of its patterns was found.
func Why(w io.Writer, d *detector.Detector, thread []message.Message, id string) error {
	trace, ok := d.Trace(thread, id)
	if !ok {
		return fmt.Errorf("no rule %q: hookline rules list names them", id)
	}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s: %s\n", trace.Rule.ID, trace.Rule.Title)
	if trace.Holds {
		fmt.Fprintln(out, "holds, because its condition does:")
	} else {
		fmt.Fprintln(out, "does not hold, because its condition does not:")
	}
	for _, c := range trace.Clauses {
		answer := "no "
		if c.Holds {
			answer = "yes"
		}
		fmt.Fprintf(out, "  %s  %s%s\n", answer, strings.Repeat("  ", c.Depth), c.Clause)
	}
	for _, p := range trace.Patterns {
		text := thread[p.Message].Text
		fmt.Fprintf(out, "  found  %-12s %s “%s”\n", p.Name, Visible(thread[p.Message].ID), Visible(text[p.Span.Start:p.Span.End]))
	}
	if len(trace.Patterns) == 0 {
		fmt.Fprintln(out, "  none of its patterns was found")
	}
	return out.Flush()
}
