package rule

import "go.yaml.in/yaml/v3"

// weightsFile is weights.yaml as read; nil means not said.
type weightsFile struct {
	baseRate, t3, t2 *float64
	rules            []RuleWeight
}

// Bounds of the numbers.
const (
	maxWeight                  = 10 // log-odds; beyond it one match decides everything
	minBaseRate, maxBaseRate   = 1e-6, 0.5
	minThreshold, maxThreshold = 0.1, 99.9
)

func (f *file) readWeights(root *yaml.Node) *weightsFile {
	w := &weightsFile{}
	var locked *yaml.Node
	set := func(into **float64, what string, least, greatest float64) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if x, ok := f.number(n, what, least, greatest); ok {
				*into = &x
			}
		}
	}
	f.fields(root, "the weights file",
		field{"base_rate", false, set(&w.baseRate, "base_rate", minBaseRate, maxBaseRate)},
		field{"t3", false, set(&w.t3, "t3", minThreshold, maxThreshold)},
		field{"t2", false, set(&w.t2, "t2", minThreshold, maxThreshold)},
		field{"weights", false, func(n *yaml.Node) {
			f.pairs(n, "weights", func(key, value *yaml.Node) {
				if x, ok := f.number(value, "weight", -maxWeight, maxWeight); ok {
					w.rules = append(w.rules, RuleWeight{Rule: key.Value, Weight: x, Pos: f.contentPos(key)})
				}
			})
		}},
		field{"locked", false, func(n *yaml.Node) { locked = n }},
		field{"figures", false, func(*yaml.Node) {}},
	)
	if locked != nil {
		f.readLocked(locked, w)
	}
	if w.t3 != nil && w.t2 != nil && *w.t3 >= *w.t2 {
		f.wrong(root, "t3 must be less than t2")
	}
	return w
}

// readLocked reads the ids of weights that fit leaves alone.
func (f *file) readLocked(n *yaml.Node, w *weightsFile) {
	for _, item := range f.items(n, "locked rules", maxItems) {
		id, ok := f.str(item, "rule id")
		if !ok {
			continue
		}
		found := false
		for i := range w.rules {
			if w.rules[i].Rule == id {
				w.rules[i].Locked, found = true, true
			}
		}
		if !found {
			f.wrong(item, "locked rule %q has no weight", id).Hint = "give it one under weights"
		}
	}
}

func (w *weightsFile) override(weights *Weights) {
	for _, o := range []struct {
		from *float64
		into *float64
	}{{w.baseRate, &weights.BaseRate}, {w.t3, &weights.T3}, {w.t2, &weights.T2}} {
		if o.from != nil {
			*o.into = *o.from
		}
	}
}
