package script

import (
	"math/bits"
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// Need is a necessary condition of a condition, quick to ask: from each of its
// sets of names one must occur. Names are bits. The empty Need asks nothing.
type Need []uint64

// maxNeed bounds the sets of a Need; the widest, which ask least, are left out.
const maxNeed = 32

// NeedOf works out what a condition needs; bit is that of a leaf's name.
func NeedOf(c *rule.Condition, bit func(name string) uint64) Need {
	switch c.Op {
	case rule.OpRef:
		return Need{bit(c.Name)}
	case rule.OpNone:
		return nil
	case rule.OpAny:
		return atLeast(1, needs(c, bit))
	case rule.OpAtLeast:
		return atLeast(max(c.N, 0), needs(c, bit))
	default:
		return tidy(slices.Concat(needs(c, bit)...))
	}
}

// Met says whether the names present suffice.
func (n Need) Met(present uint64) bool {
	for _, set := range n {
		if set&present == 0 {
			return false
		}
	}
	return true
}

func needs(c *rule.Condition, bit func(name string) uint64) []Need {
	all := make([]Need, len(c.Args))
	for i, arg := range c.Args {
		all[i] = NeedOf(arg, bit)
	}
	return all
}

// atLeast is what n of the parts need, worked out part by part: k of the parts
// so far hold where the last one and k-1 before it do, or k before it.
func atLeast(n int, parts []Need) Need {
	held := make([]Need, n+1)
	for k := 1; k <= n; k++ {
		held[k] = Need{0} // cannot be met
	}
	for _, p := range parts {
		for k := n; k > 0; k-- {
			held[k] = either(tidy(slices.Concat(p, held[k-1])), held[k])
		}
	}
	return held[n]
}

// either is what one of two needs: of each pair of sets a name.
func either(a, b Need) Need {
	var both Need
	for _, x := range a {
		for _, y := range b {
			both = append(both, x|y)
		}
	}
	return tidy(both)
}

// tidy drops sets that others include, and of too many the widest.
func tidy(n Need) Need {
	slices.SortFunc(n, func(a, b uint64) int {
		if c := bits.OnesCount64(a) - bits.OnesCount64(b); c != 0 {
			return c
		}
		return int(int64(a>>1) - int64(b>>1))
	})
	var kept Need
	for _, set := range n {
		if len(kept) < maxNeed && !slices.ContainsFunc(kept, func(k uint64) bool { return k&^set == 0 }) {
			kept = append(kept, set)
		}
	}
	return kept
}
