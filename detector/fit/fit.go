package fit

import (
	"cmp"
	"math"
	"slices"

	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Options of a fit.
type Options struct {
	BaseRate float64 // share of scams that the scores are calibrated to
	Budget   float64 // share of benign threads that may be alerts by score (t3)
	Folds    int     // of the grouped cross-validation
}

// strength of the pull towards the start weights, as a share of the total
// weight of the samples: chosen so that a rule seen in one thread in ten
// thousand moves by half of what its threads ask for.
const strength = 3e-4

// Result is a set of weights and what they were fitted on.
type Result struct {
	Weights map[string]float64 // of the rules that fired and are not locked
	T3, T2  float64
	Threads int
	Scams   int
	Sets    []SetFigures
	Before  Figures // with the weights of the rule set
	After   Figures // with the new ones, on the threads they were fitted on
	Held    Figures // with new ones, on threads whose group they did not see
}

// SetFigures counts the threads of a set.
type SetFigures struct {
	Set            string
	Scams, Benigns int
}

// Figures are what matters of a set of weights; sets weigh the same.
type Figures struct {
	LogLoss float64
	Recall  float64 // scams with a score at or above T3
	False   float64 // benign threads with a score at or above T3
	T3      float64
}

// term is one contribution to a thread's logit.
type term struct {
	rule   int
	factor float64 // of the rule's weight: below 1 for a weak match that faded
}

// sample is a thread.
type sample struct {
	set    string
	group  string
	scam   bool
	weight float64
	terms  []term
}

// model is the rules whose weights are fitted.
type model struct {
	rules   []*rule.Rule
	index   map[string]int
	bias    float64
	weights []float64
}

// Fit fits the weights of a rule set to judged threads. Threads out of scope
// and people at risk teach nothing.
func Fit(set *rule.Set, cases []eval.Case, options Options) Result {
	m := newModel(set, options.BaseRate)
	samples := m.samples(cases, options.BaseRate)
	result := Result{Weights: map[string]float64{}, Threads: len(samples), Sets: countSets(samples)}
	for _, s := range samples {
		if s.scam {
			result.Scams++
		}
	}
	result.Before = m.measure(samples, m.weights, options.Budget)
	result.Held = m.crossValidate(samples, options)
	fired := m.train(samples)
	result.After = m.measure(samples, m.weights, options.Budget)
	result.T3 = result.After.T3
	result.T2 = max(m.threshold(samples, m.weights, options.Budget/4), min(99.9, result.T3+bandWidth))
	for i, r := range m.rules {
		if fired[i] && !r.Locked {
			result.Weights[r.ID] = m.weights[i]
		}
	}
	return result
}

func newModel(set *rule.Set, baseRate float64) *model {
	m := &model{index: map[string]int{}, bias: score.Bias(baseRate).LogOdds()}
	for _, r := range set.Rules {
		if score.Scam(r.Category) || r.Category == score.CrossCutting {
			m.index[r.ID] = len(m.rules)
			m.rules = append(m.rules, r)
			m.weights = append(m.weights, r.Weight)
		}
	}
	return m
}

// samples turns judged threads into features, with weights that make scams as
// frequent as the base rate and let a set of four times the threads speak twice
// as loud.
func (m *model) samples(cases []eval.Case, baseRate float64) []sample {
	var all []sample
	counts := map[[2]string]float64{}
	for i := range cases {
		c := &cases[i]
		if c.OutOfScope() || c.Label == eval.AtRisk {
			continue
		}
		s := sample{set: c.Set, group: c.Group, scam: c.Label == eval.Scam}
		for _, part := range c.Verdict.Contributions {
			if k, ok := m.index[part.Rule]; ok && m.rules[k].Weight > 0 {
				s.terms = append(s.terms, term{k, part.Weight.LogOdds() / m.rules[k].Weight})
			}
		}
		counts[[2]string{c.Set, c.Label}]++
		all = append(all, s)
	}
	sets := map[bool]float64{}
	for key, n := range counts {
		sets[key[1] == eval.Scam] += math.Sqrt(n)
	}
	for i := range all {
		s := &all[i]
		label, share := eval.Benign, 1-baseRate
		if s.scam {
			label, share = eval.Scam, baseRate
		}
		s.weight = share / sets[s.scam] / math.Sqrt(counts[[2]string{s.set, label}])
	}
	return all
}

func (m *model) logit(s *sample, weights []float64) float64 {
	sum := m.bias
	for _, t := range s.terms {
		sum += weights[t.rule] * t.factor
	}
	return sum
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// Bounds of the search.
const (
	maxRounds = 200
	tolerance = 1e-7
)

// train minimises the log loss plus the pull to the start weights, one weight
// at a time by Newton's method within its bounds, and says which rules fired.
func (m *model) train(samples []sample) (fired []bool) {
	fired = make([]bool, len(m.rules))
	touching := make([][]int, len(m.rules))
	logits := make([]float64, len(samples))
	for i := range samples {
		logits[i] = m.logit(&samples[i], m.weights)
		for _, t := range samples[i].terms {
			fired[t.rule] = true
			touching[t.rule] = append(touching[t.rule], i)
		}
	}
	for range maxRounds {
		moved := 0.0
		for k, r := range m.rules {
			if r.Locked || !fired[k] {
				continue
			}
			moved = max(moved, m.step(k, samples, touching[k], logits))
		}
		if moved < tolerance {
			break
		}
	}
	for k := range m.weights {
		m.weights[k] = math.Round(m.weights[k]*100) / 100
	}
	return fired
}

// step moves one weight and returns how far.
func (m *model) step(k int, samples []sample, touching []int, logits []float64) float64 {
	r := m.rules[k]
	gradient := strength * (m.weights[k] - r.Class.StartWeight())
	curvature := strength
	for _, i := range touching {
		s := &samples[i]
		p, truth := sigmoid(logits[i]), 0.0
		if s.scam {
			truth = 1
		}
		f := factorOf(s, k)
		gradient += s.weight * (p - truth) * f
		curvature += s.weight * p * (1 - p) * f * f
	}
	least, greatest := r.Class.Bounds()
	next := min(max(m.weights[k]-gradient/curvature, least), greatest)
	delta := next - m.weights[k]
	m.weights[k] = next
	for _, i := range touching {
		logits[i] += delta * factorOf(&samples[i], k)
	}
	return math.Abs(delta)
}

func factorOf(s *sample, k int) float64 {
	for _, t := range s.terms {
		if t.rule == k {
			return t.factor
		}
	}
	return 0
}

// threshold is the least score from which at most the budget of benign threads
// are alerts, every set weighing the same.
func (m *model) threshold(samples []sample, weights []float64, budget float64) float64 {
	type scored struct{ score, weight float64 }
	var benign []scored
	total := 0.0
	for i := range samples {
		if s := &samples[i]; !s.scam {
			benign = append(benign, scored{score.Score(score.WeightOf(m.logit(s, weights))), s.weight})
			total += s.weight
		}
	}
	slices.SortFunc(benign, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	spent := 0.0
	for _, b := range benign {
		if spent += b.weight / total; spent > budget {
			return min(99.9, math.Round(b.score*10+1)/10)
		}
	}
	return leastThreshold
}

// bandWidth is how far P2 begins above P3 at least.
const bandWidth = 10

// leastThreshold keeps a score that nearly nothing raised from being an alert.
const leastThreshold = 5

// measure computes figures at the threshold that the budget allows.
func (m *model) measure(samples []sample, weights []float64, budget float64) Figures {
	return m.measureAt(samples, weights, m.threshold(samples, weights, budget))
}

func (m *model) measureAt(samples []sample, weights []float64, t3 float64) Figures {
	f := Figures{T3: t3}
	var scams, benigns, recall, wrong float64
	for i := range samples {
		s := &samples[i]
		logit := m.logit(s, weights)
		alert := score.Score(score.WeightOf(logit)) >= t3
		if s.scam {
			f.LogLoss -= s.weight * math.Log(sigmoid(logit))
			scams += s.weight
			if alert {
				recall += s.weight
			}
			continue
		}
		f.LogLoss -= s.weight * math.Log(sigmoid(-logit))
		benigns += s.weight
		if alert {
			wrong += s.weight
		}
	}
	f.LogLoss = round(f.LogLoss, 6)
	if scams > 0 {
		f.Recall = round(recall/scams, 4)
	}
	if benigns > 0 {
		f.False = round(wrong/benigns, 5)
	}
	return f
}

func round(x float64, digits int) float64 {
	scale := math.Pow(10, float64(digits))
	return math.Round(x*scale) / scale
}
