package match

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// clause is a condition of a rule as far as it says which of its slots must
// have hits: so many of slots and clauses.
type clause struct {
	least int
	slots uint64 // a bit for each, counted from the rule's first
	args  []clause
}

// newClause prepares the condition of a rule; nil where any hit may do, in this
// message or with others.
func newClause(r *rule.Rule) *clause {
	if r.Condition == nil || len(r.Names) > 64 || r.Condition.Threaded() || r.Condition.AnyOf() {
		return nil
	}
	whole := clauseOf(r.Condition, r.Names)
	return &whole
}

func clauseOf(c *rule.Condition, names []string) clause {
	switch c.Op {
	case rule.OpRef:
		made := clause{least: 1}
		made.add(c, names)
		return made
	case rule.OpNone:
		return clause{}
	}
	made := clause{least: len(c.Args)}
	switch c.Op {
	case rule.OpAny:
		made.least = 1
	case rule.OpAtLeast:
		made.least = c.N
	}
	for _, arg := range c.Args {
		switch {
		case arg.Op == rule.OpRef && made.add(arg, names):
		case arg.Op == rule.OpNone:
			made.least--
		default:
			made.args = append(made.args, clauseOf(arg, names))
		}
	}
	return made
}

// add enters the slot of a reference, unless it is there.
func (c *clause) add(ref *rule.Condition, names []string) bool {
	for i, name := range names {
		if bit := uint64(1) << i; name == ref.Name && c.slots&bit == 0 {
			c.slots |= bit
			return true
		}
	}
	return false
}

// possible says whether the condition may hold where these slots may have hits,
// and no others.
func (c *clause) possible(slots uint64) bool {
	missing := c.least - bits.OnesCount64(c.slots&slots)
	for i := 0; i < len(c.args) && missing > 0 && missing <= len(c.args)-i; i++ {
		if c.args[i].possible(slots) {
			missing--
		}
	}
	return missing <= 0
}

// callers are slots of which one at least must have hits where the condition
// holds, chosen to be found seldom, and how often they are.
func (c *clause) callers(share []float32) (slots uint64, sum float32) {
	type choice struct {
		slots uint64
		share float32
	}
	var choices []choice
	for rest := c.slots; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		choices = append(choices, choice{1 << i, share[i]})
	}
	for i := range c.args {
		slots, sum := c.args[i].callers(share)
		choices = append(choices, choice{slots, sum})
	}
	if c.least <= 0 || c.least > len(choices) {
		return ^uint64(0), math.MaxFloat32
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(a.share, b.share) })
	for _, choice := range choices[:len(choices)-c.least+1] {
		slots |= choice.slots
		sum += choice.share
	}
	return slots, sum
}

// order says of each slot whether its rule is looked for where it may have hits:
// of a rule whose condition needs several, the rarest will do.
func (p *Program) order(base *part) {
	share := make([]float32, len(p.slots))
	for slot, u := range base.unitOf {
		p.seldom = append(p.seldom, int32(slot))
		if u >= 0 {
			share[slot] = base.units[u].share
		}
	}
	p.callers = make([]bool, len(p.slots))
	for r, condition := range p.conditions {
		first, end := p.firstSlot[r], p.firstSlot[r+1]
		chosen := ^uint64(0)
		if condition != nil {
			chosen, _ = condition.callers(share[first:end])
		}
		for slot := first; slot < end; slot++ {
			p.callers[slot] = condition == nil || chosen>>(slot-first)&1 != 0
		}
		slices.SortStableFunc(p.seldom[first:end], func(a, b int32) int { return cmp.Compare(share[a], share[b]) })
	}
}
