package match

import (
	"cmp"
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// needOf is what the condition of a rule needs of its slots; nil where any hit
// may do.
func needOf(r *rule.Rule) *rule.Need {
	if len(r.Names) > 64 || r.Condition.AnyOf() {
		return nil
	}
	need := r.Need()
	return &need
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
			chosen = condition.Seldom(share[first:end])
		}
		for slot := first; slot < end; slot++ {
			p.callers[slot] = condition == nil || chosen>>(slot-first)&1 != 0
		}
		slices.SortStableFunc(p.seldom[first:end], func(a, b int32) int { return cmp.Compare(share[a], share[b]) })
	}
}
