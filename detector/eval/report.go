package eval

import (
	"cmp"
	"maps"
	"slices"

	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/score"
)

// Report is everything that eval prints.
type Report struct {
	Rules      string      `json:"rules"`
	Sets       []Figures   `json:"sets"`
	Languages  []Figures   `json:"languages"`
	Categories []Figures   `json:"categories"`
	Confusion  []Confusion `json:"confusion"`
	Ledger     []Entry     `json:"ledger"`
	Never      []string    `json:"never_fired"`
	Bins       []Bin       `json:"calibration"`
	Thresholds []Threshold `json:"thresholds"`
	Unscored   int         `json:"unscored"`
	Wrong      []string    `json:"wrong"` // cases that came out wrong, "set: thread"
}

// Confusion counts the alerts of scams of one category that were taken for
// another.
type Confusion struct {
	Category string `json:"category"`
	Taken    string `json:"taken"`
	Count    int    `json:"count"`
}

// Entry is what a rule did: threads that it tagged, by label.
type Entry struct {
	Rule  string `json:"rule"`
	Hits  int    `json:"hits"`
	Right int    `json:"right"` // scams and people at risk
	Wrong int    `json:"wrong"` // benign threads
}

// Bin is a row of the reliability table: threads with a score in [From, To).
type Bin struct {
	From   float64 `json:"from"`
	To     float64 `json:"to"`
	Count  int     `json:"count"`
	Scored float64 `json:"scored"` // mean score, 0 to 1
	Scams  float64 `json:"scams"`  // share that are scams
}

// Threshold is what it costs to look at everything from a score on.
type Threshold struct {
	Score  float64 `json:"score"`
	Recall Share   `json:"recall"`
	False  Share   `json:"false"`
	Hours  float64 `json:"reviewer_hours"` // for all threads from this score on, per reviewer
}

// Review is how a team looks: reviewers, and minutes for one thread.
type Review struct {
	Reviewers int
	Minutes   float64
}

// NewReport measures the cases of a detector with the given rules.
func NewReport(rules string, ids []string, cases []Case, review Review) Report {
	r := Report{Rules: rules}
	all := make([]*Case, len(cases))
	for i := range cases {
		all[i] = &cases[i]
	}
	r.Sets = by(all, func(c *Case) Figures { return Figures{Set: c.Set} })
	r.Languages = by(all, func(c *Case) Figures { return Figures{Set: c.Set, Lang: c.Lang} })
	r.Categories = by(all, func(c *Case) Figures { return Figures{Set: c.Set, Category: cmp.Or(c.Category, c.Label)} })
	r.Confusion = confusion(all)
	r.Ledger, r.Never = ledger(all, ids)
	r.Bins = bins(all)
	r.Thresholds = thresholds(all, review)
	r.Wrong = wrong(all)
	return r
}

// by measures groups of cases; key names the group a case is in.
func by(cases []*Case, key func(*Case) Figures) []Figures {
	groups := map[Figures][]*Case{}
	for _, c := range cases {
		groups[key(c)] = append(groups[key(c)], c)
	}
	names := slices.SortedFunc(maps.Keys(groups), func(a, b Figures) int {
		return cmp.Or(cmp.Compare(a.Set, b.Set), cmp.Compare(a.Lang, b.Lang), cmp.Compare(a.Category, b.Category))
	})
	all := make([]Figures, len(names))
	for i, name := range names {
		all[i] = Measure(groups[name])
		all[i].Set, all[i].Lang, all[i].Category = name.Set, name.Lang, name.Category
	}
	return all
}

func confusion(cases []*Case) []Confusion {
	counts := map[Confusion]int{}
	for _, c := range cases {
		if c.Label == Scam && !c.OutOfScope() && score.Alert(c.Verdict.Band) {
			counts[Confusion{Category: c.Category, Taken: report.Category(&c.Verdict)}]++
		}
	}
	all := make([]Confusion, 0, len(counts))
	for pair, n := range counts {
		pair.Count = n
		all = append(all, pair)
	}
	slices.SortFunc(all, func(a, b Confusion) int {
		return cmp.Or(cmp.Compare(a.Category, b.Category), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Taken, b.Taken))
	})
	return all
}

func ledger(cases []*Case, ids []string) (entries []Entry, never []string) {
	byRule := map[string]*Entry{}
	for _, c := range cases {
		for _, tag := range c.Verdict.Tags {
			e := byRule[tag]
			if e == nil {
				e = &Entry{Rule: tag}
				byRule[tag] = e
			}
			e.Hits++
			switch c.Label {
			case Benign:
				e.Wrong++
			default:
				e.Right++
			}
		}
	}
	for _, id := range ids {
		if e := byRule[id]; e != nil {
			entries = append(entries, *e)
		} else {
			never = append(never, id)
		}
	}
	return entries, never
}

func bins(cases []*Case) []Bin {
	const width = 10
	all := make([]Bin, 100/width)
	for _, c := range weighed(cases) {
		b := &all[min(int(c.Verdict.Score)/width, len(all)-1)]
		b.Count++
		b.Scored += c.Verdict.Score / 100
		if c.Label == Scam {
			b.Scams++
		}
	}
	for i := range all {
		all[i].From, all[i].To = float64(i*width), float64((i+1)*width)
		if n := float64(all[i].Count); n > 0 {
			all[i].Scored, all[i].Scams = round(all[i].Scored/n, 4), round(all[i].Scams/n, 4)
		}
	}
	return all
}

func thresholds(cases []*Case, review Review) []Threshold {
	kept := weighed(cases)
	var all []Threshold
	for _, from := range []float64{5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95} {
		var recall, wrong counter
		for _, c := range kept {
			if c.Label == Scam {
				recall.add(c.Verdict.Score >= from)
			} else {
				wrong.add(c.Verdict.Score >= from)
			}
		}
		looks := float64(recall.count + wrong.count)
		all = append(all, Threshold{from, recall.share(), wrong.share(), round(looks*review.Minutes/60/float64(max(1, review.Reviewers)), 1)})
	}
	return all
}
