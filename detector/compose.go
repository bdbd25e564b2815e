package detector

import "github.com/hookline/hookline/detector/rule"

// composed is a composite with what its references mean at hand.
type composed struct {
	*rule.Composite
	leaves  map[*rule.Condition][]bool // by rule: does the leaf mean it
	touches []bool                     // by rule: does any leaf
}

func compileComposite(c *rule.Composite, rules []*rule.Rule) composed {
	out := composed{Composite: c, leaves: map[*rule.Condition][]bool{}, touches: make([]bool, len(rules))}
	c.When.Walk(func(leaf *rule.Condition) {
		if leaf.Ref == nil {
			return
		}
		meant := make([]bool, len(rules))
		for _, i := range leaf.Ref.Rules {
			if rules[i].Status != rule.Experimental {
				meant[i], out.touches[i] = true, true
			}
		}
		out.leaves[leaf] = meant
	})
	return out
}
