package rule

import (
	"fmt"
	"strings"

	"github.com/hookline/hookline/detector/source"
)

// Condition is a clause over the matches of a rule's patterns, or in a
// composite over the rules that matched.
type Condition struct {
	Op     Op
	Name   string       // OpRef in a rule: the pattern's name
	Ref    *Ref         // OpRef in a composite
	Args   []*Condition // in the order of the file; empty for OpRef
	N      int          // OpAtLeast: how many of Args
	Within Within       // OpNear, OpThen, OpAtLeast
	Over   int          // OpNear, OpAtLeast with Within.Messages or Days: least number of messages its parts begin in
	Scope  Scope        // as written, else the scope of the clause around it
	Pos    source.Position
}

// Within bounds a distance. At most one field is set; none set means "anywhere
// in the scope".
type Within struct {
	Units    int // of tokens, inside one message: a word is 2
	Messages int // of the thread; inside one message DefaultUnits each
	Days     int // of 24 hours
}

// DefaultUnits is the distance of near and then where none is written: about
// 25 words (DESIGN).
const DefaultUnits = 50

// Ref names rules in a composite: an id or a glob, with an optional class and
// speech act, as in "*.lock_in.*:strong@demand".
type Ref struct {
	Text     string
	Glob     string // "*" stands for any run of characters
	Class    Class  // with HasClass: only matches of rules of this class
	Act      Act    // with HasAct: only matches with this act
	HasClass bool
	HasAct   bool
	Rules    []int // the rules meant: ascending indices of Set.Rules, never empty
}

// String is the distance as a rule file writes it; "" for none.
func (w Within) String() string {
	switch {
	case w.Messages > 0:
		return fmt.Sprintf("%d messages", w.Messages)
	case w.Days > 0:
		return fmt.Sprintf("%d days", w.Days)
	case w.Units > 0:
		return fmt.Sprint(w.Units)
	default:
		return ""
	}
}

// String shows the condition on one line: near(task, pay; within 50).
func (c *Condition) String() string {
	if c.Op == OpRef {
		if c.Ref != nil {
			return c.Ref.Text
		}
		return c.Name
	}
	var b strings.Builder
	b.WriteString(c.Op.String())
	b.WriteByte('(')
	if c.Op == OpAtLeast {
		fmt.Fprintf(&b, "%d of ", c.N)
	}
	for i, arg := range c.Args {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(arg.String())
	}
	if w := c.Within.String(); w != "" {
		b.WriteString("; within " + w)
	}
	if c.Over > 0 {
		fmt.Fprintf(&b, "; over %d messages", c.Over)
	}
	b.WriteByte(')')
	return b.String()
}

// Walk calls visit for the condition and every clause in it, parents first; not
// at all for a rule without a condition.
func (c *Condition) Walk(visit func(*Condition)) {
	if c == nil {
		return
	}
	visit(c)
	for _, arg := range c.Args {
		arg.Walk(visit)
	}
}

// Threaded says whether the condition, or a clause of it, looks at more than
// one message.
func (c *Condition) Threaded() (yes bool) {
	c.Walk(func(c *Condition) {
		yes = yes || c.Scope == SenderScope || c.Scope == ThreadScope || c.Within.Messages > 0 || c.Within.Days > 0
	})
	return yes
}

// AnyOf says whether the condition asks for nothing but any one of patterns.
func (c *Condition) AnyOf() bool {
	yes := true
	c.Walk(func(c *Condition) { yes = yes && (c.Op == OpRef || c.Op == OpAny) })
	return yes
}

// holdsWithoutMatch says whether the condition is true of a text in which
// nothing matches.
func (c *Condition) holdsWithoutMatch() bool {
	switch c.Op {
	case OpNone:
		for _, arg := range c.Args {
			if arg.holdsWithoutMatch() {
				return false
			}
		}
		return true
	case OpAll:
		return count(c.Args) == len(c.Args)
	case OpAny:
		return count(c.Args) > 0
	case OpAtLeast:
		return count(c.Args) >= c.N
	default:
		return false
	}
}

func count(args []*Condition) int {
	n := 0
	for _, arg := range args {
		if arg.holdsWithoutMatch() {
			n++
		}
	}
	return n
}
