package fit

import (
	"hash/fnv"
	"slices"
	"strings"
)

// crossValidate fits on all folds but one and measures on the one left out.
// Threads of one group are in one fold.
func (m *model) crossValidate(samples []sample, options Options) Figures {
	folds := max(2, options.Folds)
	start := slices.Clone(m.weights)
	defer func() { m.weights = start }()
	var held Figures
	for fold := range folds {
		var seen, unseen []sample
		for _, s := range samples {
			if foldOf(s.group, folds) == fold {
				unseen = append(unseen, s)
			} else {
				seen = append(seen, s)
			}
		}
		m.weights = slices.Clone(start)
		m.train(seen)
		f := m.measureAt(unseen, m.weights, m.threshold(seen, m.weights, options.Budget))
		held.LogLoss += f.LogLoss
		held.Recall += f.Recall / float64(folds)
		held.False += f.False / float64(folds)
		held.T3 += f.T3 / float64(folds)
	}
	return Figures{round(held.LogLoss, 6), round(held.Recall, 4), round(held.False, 5), round(held.T3, 1)}
}

func foldOf(group string, folds int) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(group))
	return int(h.Sum32() % uint32(folds))
}

func countSets(samples []sample) []SetFigures {
	var all []SetFigures
	for i := range samples {
		s := &samples[i]
		k, ok := slices.BinarySearchFunc(all, s.set, func(f SetFigures, name string) int { return strings.Compare(f.Set, name) })
		if !ok {
			all = slices.Insert(all, k, SetFigures{Set: s.set})
		}
		if s.scam {
			all[k].Scams++
		} else {
			all[k].Benigns++
		}
	}
	return all
}
