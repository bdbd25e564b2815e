package eval

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hookline/hookline/detector/score"
)

// wrong lists the cases that came out wrong, by set and thread: missed scams,
// false alerts, people at risk whom no queue protects.
func wrong(cases []*Case) []string {
	var all []string
	for _, c := range cases {
		alert := score.Alert(c.Verdict.Band)
		if c.Label == Scam && !c.OutOfScope() && !alert || c.Label == Benign && alert || c.Label == AtRisk && !protected(c) {
			all = append(all, c.Set+": "+c.Verdict.Thread)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Worse is what a report has that is worse than in an earlier one.
type Worse struct {
	Sets  []Drop
	Rules []RuleDrop
	Cases []string // that were right, by set and thread
}

// Drop is a share of a set that fell, in points of a hundred; of false alerts
// and accusations, one that rose.
type Drop struct {
	Set, Figure   string
	Before, After Share
	Points        float64
}

// String is the drop in a sentence.
func (d Drop) String() string {
	return fmt.Sprintf("%s: %s %.1f %% (%d of %d), was %.1f %% (%d of %d)", d.Set, d.Figure,
		100*d.After.Rate(), d.After.Count, d.After.Of, 100*d.Before.Rate(), d.Before.Count, d.Before.Of)
}

// RuleDrop is a rule that is right less often, or wrong more often.
type RuleDrop struct{ Before, After Entry }

// String is the drop in a sentence.
func (d RuleDrop) String() string {
	return fmt.Sprintf("%s: right %d (was %d), wrong %d (was %d)", d.Before.Rule, d.After.Right, d.Before.Right, d.After.Wrong, d.Before.Wrong)
}

// Compare says what is worse in a report than in an earlier one. A set whose
// figures fell by no more than points of a hundred is not named; sets that the
// earlier report lacks are not compared.
func Compare(before, after *Report, points float64) Worse {
	var w Worse
	for i := range after.Sets {
		now := &after.Sets[i]
		j := slices.IndexFunc(before.Sets, func(f Figures) bool { return f.Set == now.Set })
		if j < 0 {
			continue
		}
		was := &before.Sets[j]
		for _, f := range []struct {
			name     string
			was, now Share
			less     bool // is better
		}{
			{"caught", was.Caught, now.Caught, false}, {"safe", was.Safe, now.Safe, false},
			{"in the right queue", was.Routed, now.Routed, false}, {"before the first request for money", was.Early, now.Early, false},
			{"false alerts", was.False, now.False, true}, {"accused wrongly", was.Accused, now.Accused, true},
		} {
			lost := 100 * (f.was.Rate() - f.now.Rate())
			if f.less {
				lost = -lost
			}
			if f.was.Of > 0 && f.now.Of > 0 && lost > points+1e-9 {
				w.Sets = append(w.Sets, Drop{now.Set, f.name, f.was, f.now, lost})
			}
		}
	}
	slices.SortStableFunc(w.Sets, func(a, b Drop) int { return cmp.Compare(b.Points, a.Points) })
	w.Rules = ruleDrops(before.Ledger, after.Ledger)
	for _, name := range after.Wrong {
		if _, old := slices.BinarySearch(before.Wrong, name); !old && before.knows(name) {
			w.Cases = append(w.Cases, name)
		}
	}
	return w
}

// knows says whether the report has the set of a case.
func (r *Report) knows(name string) bool {
	return slices.ContainsFunc(r.Sets, func(f Figures) bool {
		return len(name) > len(f.Set)+1 && name[:len(f.Set)+2] == f.Set+": "
	})
}

func ruleDrops(before, after []Entry) (drops []RuleDrop) {
	for _, was := range before {
		now := Entry{Rule: was.Rule}
		if i := slices.IndexFunc(after, func(e Entry) bool { return e.Rule == was.Rule }); i >= 0 {
			now = after[i]
		}
		if now.Right < was.Right || now.Wrong > was.Wrong {
			drops = append(drops, RuleDrop{was, now})
		}
	}
	slices.SortStableFunc(drops, func(a, b RuleDrop) int { return cmp.Compare(b.lost(), a.lost()) })
	return drops
}

func (d RuleDrop) lost() int { return d.Before.Right - d.After.Right + d.After.Wrong - d.Before.Wrong }
