package eval

import (
	"cmp"
	"math"
	"slices"

	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Share is a count of a total, with Wilson's 95 % interval.
type Share struct {
	Count int     `json:"count"`
	Of    int     `json:"of"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// z of a two-sided 95 % interval.
const z95 = 1.959964

// NewShare computes the interval (Wilson 1927).
func NewShare(count, of int) Share {
	s := Share{Count: count, Of: of}
	if of == 0 {
		return s
	}
	n, p := float64(of), float64(count)/float64(of)
	center := (p + z95*z95/(2*n)) / (1 + z95*z95/n)
	half := z95 / (1 + z95*z95/n) * math.Sqrt(p*(1-p)/n+z95*z95/(4*n*n))
	s.Low, s.High = round(max(0, center-half), 4), round(min(1, center+half), 4)
	return s
}

// Rate is Count/Of; 0 of nothing.
func (s Share) Rate() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Count) / float64(s.Of)
}

func round(x float64, digits int) float64 {
	scale := math.Pow(10, float64(digits))
	return math.Round(x*scale) / scale
}

// Figures are what was measured on a group of threads.
type Figures struct {
	Set      string `json:"set"`
	Lang     string `json:"lang,omitempty"`
	Category string `json:"category,omitempty"`

	Caught    Share `json:"caught"`     // scams that are alerts
	Routed    Share `json:"routed"`     // scams in the queue that their thread calls for
	Safe      Share `json:"safe"`       // people at risk in a queue that protects them
	False     Share `json:"false"`      // benign threads that are alerts
	Accused   Share `json:"accused"`    // benign threads in the scammer or recruiter queue
	Outside   Share `json:"outside"`    // scams out of scope that are alerts
	Mistaken  Share `json:"mistaken"`   // of those alerts: top category romance, crypto or job
	Precision Share `json:"precision"`  // alerts that are scams or people at risk
	Groups    Share `json:"groups"`     // campaigns of scams with at least one alert
	Early     Share `json:"early"`      // threads whose first alert precedes the first request for money
	EarlyBy   int   `json:"early_by"`   // median number of messages by which it does
	EarlyDays int   `json:"early_days"` // median number of whole days

	AveragePrecision float64 `json:"average_precision"`
	Brier            float64 `json:"brier"`
}

func accused(c *Case) bool {
	return c.Verdict.Queue == rule.Scammer || c.Verdict.Queue == rule.Recruiter
}

// routedRight says whether a scam reached whoever acts on it.
func routedRight(c *Case) bool {
	return accused(c) || !c.Alone && c.Verdict.Queue == rule.Victim
}

func protected(c *Case) bool {
	switch c.Verdict.Queue {
	case rule.Safety, rule.Child, rule.Crisis:
		return true
	case rule.Victim:
		return c.Category == "victim_side"
	default:
		return false
	}
}

// counter counts the two numbers of a Share.
type counter struct{ count, of int }

func (c *counter) add(holds bool) {
	c.of++
	if holds {
		c.count++
	}
}

func (c counter) share() Share { return NewShare(c.count, c.of) }

// Measure computes the figures of some threads.
func Measure(cases []*Case) Figures {
	var caught, routed, safe, wrong, accusedOf, outside, mistaken, precision, early counter
	groups := map[string]bool{}
	var messages, days []int
	for _, c := range cases {
		alert := score.Alert(c.Verdict.Band)
		switch {
		case c.OutOfScope():
			outside.add(alert)
			if alert {
				mistaken.add(inScope(report.Category(&c.Verdict)))
			}
			continue
		case c.Label == Scam:
			caught.add(alert)
			routed.add(routedRight(c))
			groups[c.Group] = groups[c.Group] || alert
		case c.Label == AtRisk:
			safe.add(protected(c))
		default:
			wrong.add(alert)
			accusedOf.add(accused(c))
		}
		if alert {
			precision.add(c.Label != Benign)
		}
		if c.Early.Asked && c.Label == Scam {
			early.add(c.Early.Before)
			if c.Early.Before {
				messages, days = append(messages, c.Early.Messages), append(days, int(c.Early.Gap.Hours()/24))
			}
		}
	}
	var byGroup counter
	for _, alert := range groups {
		byGroup.add(alert)
	}
	return Figures{
		Caught: caught.share(), Routed: routed.share(), Safe: safe.share(), False: wrong.share(),
		Accused: accusedOf.share(), Outside: outside.share(), Mistaken: mistaken.share(),
		Precision: precision.share(), Groups: byGroup.share(), Early: early.share(),
		EarlyBy: median(messages), EarlyDays: median(days),
		AveragePrecision: averagePrecision(cases), Brier: brier(cases),
	}
}

func inScope(category string) bool {
	return category == "romance_investment" || category == "crypto_fraud" || category == "fake_job"
}

func median(values []int) int {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return values[len(values)/2]
}

// weighed are the threads that a score can be right or wrong about.
func weighed(cases []*Case) []*Case {
	var kept []*Case
	for _, c := range cases {
		if !c.OutOfScope() && c.Label != AtRisk {
			kept = append(kept, c)
		}
	}
	return kept
}

// averagePrecision is the mean of the precision at each scam, from the highest
// logit down; threads of equal logit share the precision of the last of them.
func averagePrecision(cases []*Case) float64 {
	kept := weighed(cases)
	slices.SortStableFunc(kept, func(a, b *Case) int { return cmp.Compare(b.Verdict.Logit, a.Verdict.Logit) })
	scams, sum := 0, 0.0
	for i := 0; i < len(kept); {
		end, tied := i, 0
		for ; end < len(kept) && kept[end].Verdict.Logit == kept[i].Verdict.Logit; end++ {
			if kept[end].Label == Scam {
				tied++
			}
		}
		scams += tied
		sum += float64(tied) * float64(scams) / float64(end)
		i = end
	}
	if scams == 0 {
		return 0
	}
	return round(sum/float64(scams), 4)
}

// brier is the mean squared difference of score and truth.
func brier(cases []*Case) float64 {
	kept := weighed(cases)
	if len(kept) == 0 {
		return 0
	}
	sum := 0.0
	for _, c := range kept {
		truth := 0.0
		if c.Label == Scam {
			truth = 1
		}
		d := c.Verdict.Score/100 - truth
		sum += d * d
	}
	return round(sum/float64(len(kept)), 4)
}
