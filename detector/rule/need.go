package rule

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// Need is what a condition asks of the names present: so many of names and of
// other needs. It is necessary and says nothing of where they stand. Names are
// bits, in the order of a list; from the 64th on they share the last one.
type Need struct {
	least int
	names uint64
	needs []Need
}

// Need is that of the rule's condition over its Names.
func (r *Rule) Need() Need { return r.Condition.Need(r.Names) }

// Need works out what a condition of a rule asks of names.
func (c *Condition) Need(names []string) Need {
	var n Need
	switch c.Op {
	case OpRef:
		n.least = 1
		n.add(c, names)
		return n
	case OpNone:
		return n
	case OpAny:
		n.least = 1
	case OpAtLeast:
		n.least = c.N
	default:
		n.least = len(c.Args)
	}
	for _, arg := range c.Args {
		switch {
		case arg.Op == OpRef && n.add(arg, names):
		case arg.Op == OpNone:
			n.least--
		default:
			n.needs = append(n.needs, arg.Need(names))
		}
	}
	return n
}

// add enters the bit of a reference, unless it is there.
func (n *Need) add(ref *Condition, names []string) bool {
	bit := uint64(1) << min(slices.Index(names, ref.Name), 63)
	if n.names&bit != 0 {
		return false
	}
	n.names |= bit
	return true
}

// Met says whether the condition may hold where these names are present, and
// no others.
func (n *Need) Met(present uint64) bool {
	missing := n.least - bits.OnesCount64(n.names&present)
	for i := 0; i < len(n.needs) && missing > 0 && missing <= len(n.needs)-i; i++ {
		if n.needs[i].Met(present) {
			missing--
		}
	}
	return missing <= 0
}

// Seldom chooses names of which one at least is present wherever the need is
// met: those that are the least often, given how often each is. All, where it is
// met by nothing.
func (n *Need) Seldom(share []float32) uint64 {
	names, _ := n.seldom(share)
	return names
}

// seldom is Seldom and how often its names are, all together.
func (n *Need) seldom(share []float32) (names uint64, sum float32) {
	type choice struct {
		names uint64
		share float32
	}
	var choices []choice
	for rest := n.names; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		choices = append(choices, choice{1 << i, share[i]})
	}
	for i := range n.needs {
		names, sum := n.needs[i].seldom(share)
		choices = append(choices, choice{names, sum})
	}
	if n.least <= 0 || n.least > len(choices) {
		return math.MaxUint64, math.MaxFloat32
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(a.share, b.share) })
	for _, choice := range choices[:len(choices)-n.least+1] {
		names |= choice.names
		sum += choice.share
	}
	return names, sum
}
