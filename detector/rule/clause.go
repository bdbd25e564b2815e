package rule

import (
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

const (
	maxClauses  = 64
	maxUnits    = 2_000
	maxMessages = 10_000
	maxDays     = 3_650
)

// clauseReader reads the condition of one rule or composite.
type clauseReader struct {
	*file
	names   []string // of the rule's patterns; nil in a composite
	scope   Scope    // of a clause that names none, at the top
	clauses int
}

// root reads a condition and checks it as a whole. It returns nil after a
// fault.
func (c *clauseReader) root(n *yaml.Node) *Condition {
	before := len(c.faults)
	cond := c.clause(n, c.scope, 1)
	if cond == nil || len(c.faults) > before {
		return nil
	}
	if cond.holdsWithoutMatch() {
		c.wrong(n, "condition holds even where nothing matches").Hint = "require something with all or any"
	}
	return cond
}

// clause reads one clause, whose scope is that of the clause around it unless
// it says otherwise.
func (c *clauseReader) clause(n *yaml.Node, scope Scope, depth int) *Condition {
	c.clauses++
	switch {
	case depth > maxDepth:
		c.wrong(n, "clauses nested deeper than %d", maxDepth)
		return nil
	case c.clauses > maxClauses:
		if c.clauses == maxClauses+1 {
			c.wrong(n, "more than %d clauses", maxClauses)
		}
		return nil
	case n.Kind == yaml.ScalarNode:
		return c.leaf(n, scope)
	case n.Kind != yaml.MappingNode:
		c.wrong(n, "a clause is a name or an operator, not %s", kindOf(n)).Hint = "write {all: […]} or {any: […]}"
		return nil
	}
	cond := &Condition{Scope: scope, Pos: c.pos(n)}
	var op, args *yaml.Node
	var more extras
	c.pairs(n, "a clause", func(key, value *yaml.Node) {
		switch key.Value {
		case "within":
			more.within = value
		case "over":
			more.over = value
		case "of":
			more.of = value
		case "scope":
			enum(c.file, value, "scope", scopeNames, &cond.Scope)
		default:
			i := slices.Index(opNames[1:], key.Value)
			switch {
			case i < 0:
				c.wrong(key, "unknown operator %q", key.Value).Hint =
					oneOf(key.Value, append(slices.Clone(opNames[1:]), "within", "over", "scope", "of"))
			case op != nil:
				c.wrong(key, "a second operator %q in one clause", key.Value).Other = c.place(op, "the first one")
			default:
				op, args, cond.Op = key, value, Op(i+1)
			}
		}
	})
	if op == nil {
		if len(c.faults) == 0 {
			c.wrong(n, "clause without an operator").Hint = "one of " + strings.Join(opNames[1:], ", ")
		}
		return nil
	}
	return c.operator(cond, op, args, more, depth)
}

// extras are what may stand beside an operator.
type extras struct{ within, over, of *yaml.Node }

// operator reads what the operator of a clause needs.
func (c *clauseReader) operator(cond *Condition, op, args *yaml.Node, more extras, depth int) *Condition {
	cond.Pos = c.pos(op)
	if cond.Op == OpAtLeast {
		n, ok := c.number(args, "at_least", 1, maxItems)
		if cond.N = int(n); ok && float64(cond.N) != n {
			c.wrong(args, "at_least must be a whole number")
		}
		if args = more.of; args == nil {
			c.wrong(op, "at_least needs a list of clauses").Hint = "write {at_least: 2, of: […]}"
			return nil
		}
	} else if more.of != nil {
		c.wrong(more.of, "%s has no list after of", cond.Op)
	}
	c.readWithin(cond, more.within)
	c.readOver(cond, more.over)
	for _, arg := range c.items(args, "clauses", maxClauses) {
		if a := c.clause(arg, cond.Scope, depth+1); a != nil {
			cond.Args = append(cond.Args, a)
			c.checkArg(cond, a, arg)
		}
	}
	if len(args.Content) > 0 {
		c.checkCount(cond, op, len(args.Content))
	}
	return cond
}

// checkArg refuses what cannot stand below an operator.
func (c *clauseReader) checkArg(cond, arg *Condition, n *yaml.Node) {
	measured := cond.Op == OpNear || cond.Op == OpThen || cond.Op == OpAtLeast
	if measured && arg.holdsWithoutMatch() {
		c.wrong(n, "%s cannot measure from what need not match", cond.Op).Hint = "put it beside, in an all"
	}
	for _, other := range cond.Args[:len(cond.Args)-1] {
		if !measured && other.Op == arg.Op && other.Name == arg.Name && other.Scope == arg.Scope && other.String() == arg.String() {
			c.wrong(n, "the same clause twice in %s", cond.Op)
			return
		}
	}
}

func (c *clauseReader) checkCount(cond *Condition, op *yaml.Node, n int) {
	switch {
	case (cond.Op == OpNear || cond.Op == OpThen) && n < 2:
		c.wrong(op, "%s needs at least two clauses", cond.Op)
	case cond.Op == OpAtLeast && cond.N > n:
		c.wrong(op, "at_least %d of %d clauses can never hold", cond.N, n)
	}
}

// leaf reads a pattern's name, or in a composite a reference to rules.
func (c *clauseReader) leaf(n *yaml.Node, scope Scope) *Condition {
	cond := &Condition{Scope: scope, Pos: c.contentPos(n)}
	text, ok := c.str(n, "clause")
	switch {
	case !ok:
		return nil
	case c.names == nil:
		cond.Ref, ok = c.ref(n, text)
	case !contains(c.names, text):
		c.wrong(n, "unknown pattern %q", text).Hint = oneOf(text, c.names)
		return nil
	default:
		cond.Name = text
	}
	if !ok {
		return nil
	}
	return cond
}

// ref reads "glob[:class][@act]".
func (c *clauseReader) ref(n *yaml.Node, text string) (*Ref, bool) {
	ref := &Ref{Text: text}
	rest, act, hasAct := strings.Cut(text, "@")
	glob, class, hasClass := strings.Cut(rest, ":")
	ref.Glob, ref.HasAct, ref.HasClass = glob, hasAct, hasClass
	if glob == "" || strings.IndexFunc(glob, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '_' && r != '.' && r != '*'
	}) >= 0 {
		c.wrong(n, "%q names no rule", text).Hint = `write an id or a glob, as in "*.lock_in.*:strong@demand"`
		return nil, false
	}
	if i := slices.Index(classNames, class); hasClass && i < 0 {
		c.wrong(n, "unknown weight %q", class).Hint = oneOf(class, classNames)
		return nil, false
	} else if hasClass {
		ref.Class = Class(i)
	}
	if i := slices.Index(actNames, act); hasAct && i < 0 {
		c.wrong(n, "unknown act %q", act).Hint = oneOf(act, actNames)
		return nil, false
	} else if hasAct {
		ref.Act = Act(i)
	}
	return ref, true
}

// readWithin reads a distance, or fills in the default: near is measured in
// units; then too, but over several messages it is not bounded; at_least only
// where it says so.
func (c *clauseReader) readWithin(cond *Condition, n *yaml.Node) {
	measured := cond.Op == OpNear || cond.Op == OpThen || cond.Op == OpAtLeast
	wide := cond.Scope == SenderScope || cond.Scope == ThreadScope
	switch {
	case n != nil && !measured:
		c.wrong(n, "%s has no distance", cond.Op).Hint = "within belongs to near, then and at_least"
	case n != nil:
		c.parseWithin(cond, n, wide)
	case cond.Op == OpNear || cond.Op == OpThen && !wide:
		cond.Within.Units = DefaultUnits
	}
}

// readOver reads over how many messages the parts of a clause must be spread.
func (c *clauseReader) readOver(cond *Condition, n *yaml.Node) {
	if n == nil {
		return
	}
	if cond.Op != OpNear && cond.Op != OpAtLeast || cond.Within.Messages == 0 && cond.Within.Days == 0 {
		c.wrong(n, "over needs a clause that is measured in messages or days").Hint =
			`write {at_least: 3, of: […], within: "20 messages", over: 2}`
		return
	}
	value, ok := c.number(n, "over", 2, maxClauses)
	if cond.Over = int(value); ok && float64(cond.Over) != value {
		c.wrong(n, "over must be a whole number")
	}
}

func (c *clauseReader) parseWithin(cond *Condition, n *yaml.Node, wide bool) {
	text, ok := c.str(n, "within")
	if !ok {
		return
	}
	digits, unit, _ := strings.Cut(strings.TrimSpace(text), " ")
	value, err := strconv.Atoi(digits)
	most := map[string]int{"": maxUnits, "units": maxUnits, "messages": maxMessages, "message": maxMessages,
		"days": maxDays, "day": maxDays}
	limit, known := most[unit]
	switch {
	case err != nil || !known:
		c.wrong(n, "within must be a distance, not %q", text).Hint = `50, "20 messages" or "7 days"`
		return
	case value < 1 || value > limit:
		c.wrong(n, "within must lie between 1 and %d", limit)
		return
	}
	switch unit {
	case "messages", "message":
		cond.Within.Messages = value
	case "days", "day":
		cond.Within.Days = value
	default:
		cond.Within.Units = value
	}
	if cond.Within.Units == 0 && !wide {
		c.wrong(n, "a distance in %s needs the scope sender or thread", strings.TrimSuffix(unit, "s")+"s").Hint =
			"add scope: thread"
	}
}

// anyOf is the condition of a rule that has none: any of its patterns.
func anyOf(r *Rule) *Condition {
	cond := &Condition{Op: OpAny, Scope: MessageScope, Pos: r.Pos}
	for _, name := range r.Names {
		cond.Args = append(cond.Args, &Condition{Name: name, Scope: MessageScope, Pos: r.Pos})
	}
	if len(cond.Args) == 1 {
		return cond.Args[0]
	}
	return cond
}
