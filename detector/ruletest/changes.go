package ruletest

import (
	"maps"

	"github.com/hookline/hookline/detector/rule"
)

// Changed are the rules that make two sets behave otherwise: where none of them
// occurs, and the frame is the same, the sets agree.
type Changed struct {
	Before, After []string // ids in either set: of rules that the other lacks, or has otherwise
	Frame         bool     // thresholds, base rate, scripts or composites differ
}

// Changes compares what rules are made of: their files, weights and standing,
// and the lists that they call. A rule whose tests alone differ counts as changed.
func Changes(before, after *rule.Set) Changed {
	was, is := makings(before), makings(after)
	return Changed{
		Before: otherwise(before, was, is), After: otherwise(after, is, was),
		Frame: thresholds(before) != thresholds(after) || !maps.Equal(scripts(before), scripts(after)),
	}
}

// making is all that decides what a rule does.
type making struct {
	body   string
	weight float64
	status rule.Status
	lists  string
}

func makings(set *rule.Set) map[string]making {
	all := make(map[string]making, len(set.Rules))
	for _, r := range set.Rules {
		text, _ := set.Text(r.Pos.File)
		m := making{body: text.Body, weight: r.Weight, status: r.Status}
		called := map[string]bool{}
		for _, p := range r.Patterns() {
			rule.Walk(p.Node, func(n rule.Node) bool {
				if ref, ok := n.(*rule.ListRef); ok && !called[ref.Name] {
					called[ref.Name] = true
					if list, ok := set.List(ref.Name); ok {
						text, _ := set.Text(list.Pos.File)
						m.lists += ref.Name + "\x00" + text.Body + "\x00"
					}
				}
				return true
			})
		}
		all[r.ID] = m
	}
	return all
}

func otherwise(set *rule.Set, these, others map[string]making) (ids []string) {
	for _, r := range set.Rules {
		if other, ok := others[r.ID]; !ok || other != these[r.ID] {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func thresholds(set *rule.Set) [3]float64 {
	return [3]float64{set.Weights.BaseRate, set.Weights.T3, set.Weights.T2}
}

// scripts are the texts of the files that define stages and composites.
func scripts(set *rule.Set) map[string]string {
	texts := map[string]string{}
	add := func(id, file string) {
		text, _ := set.Text(file)
		texts[id] = text.Body
	}
	for _, s := range set.Scripts {
		add(s.ID, s.Pos.File)
	}
	for _, c := range set.Composites {
		add(c.ID, c.Pos.File)
	}
	return texts
}
