package score

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// Contribution is what one family adds to a category's logit.
type Contribution struct {
	Category string `json:"category"`
	Family   string `json:"family"`
	Rule     string `json:"rule"`
	Weight   Weight `json:"weight"`
}

// halfLife is how long a weak match keeps half of its weight.
const halfLife = 30 * 24 * time.Hour

// CrossCutting is the category whose evidence counts for every other.
const CrossCutting = "cross_cutting"

// Categories are the scam categories, the ones that have a score. Where two
// score the same, the earlier one gives the verdict its name.
var categories = [...]string{"romance_investment", "crypto_fraud", "fake_job", "fraud_site"}

// Scam says whether a category has a score.
func Scam(category string) bool { return slices.Contains(categories[:], category) }

// Ledger collects the evidence of one side of a thread, in the thread's order.
// The zero Ledger is empty.
type Ledger struct {
	families []family
	now      message.Time // of the latest match
}

type family struct {
	name     string
	category string
	solid    entry    // the largest that is not weak
	weak     [2]entry // the two largest weak ones, of different rules
}

type entry struct {
	rule   *rule.Rule
	weight Weight
	sent   message.Time
}

// Add enters one match. Rules of other categories than the scam ones and
// cross_cutting have no weight here and are ignored.
func (l *Ledger) Add(r *rule.Rule, weight Weight, sent message.Time) {
	if !sent.IsZero() {
		l.now = sent
	}
	if weight <= 0 || !Scam(r.Category) && r.Category != CrossCutting {
		return
	}
	f := l.family(r)
	e := entry{r, weight, sent}
	if r.Class != rule.Weak {
		if larger(e, f.solid) {
			f.solid = e
		}
		return
	}
	f.addWeak(e)
}

func (l *Ledger) family(r *rule.Rule) *family {
	i, ok := slices.BinarySearchFunc(l.families, r.Family, func(f family, name string) int { return strings.Compare(f.name, name) })
	if !ok {
		l.families = slices.Insert(l.families, i, family{name: r.Family, category: r.Category})
	}
	return &l.families[i]
}

func (f *family) addWeak(e entry) {
	for i, have := range f.weak {
		if have.rule == e.rule {
			if fresher(e, have) {
				f.weak[i] = e
			}
			e = entry{}
			break
		}
	}
	if e.rule != nil {
		if f.weak[1].rule == nil || fresher(e, f.weak[1]) {
			f.weak[1] = e
		}
	}
	if f.weak[0].rule == nil || f.weak[1].rule != nil && fresher(f.weak[1], f.weak[0]) {
		f.weak[0], f.weak[1] = f.weak[1], f.weak[0]
	}
}

func larger(a, b entry) bool {
	return b.rule == nil || a.weight > b.weight || a.weight == b.weight && a.rule.ID < b.rule.ID
}

// fresher says whether a weighs more than b at any later time: both fade at
// the same rate, so the order never changes.
func fresher(a, b entry) bool {
	if b.rule == nil {
		return true
	}
	age := a.sent.Since(b.sent)
	x := math.Log2(float64(a.weight)) + float64(age)/float64(halfLife)
	y := math.Log2(float64(b.weight))
	if x != y {
		return x > y
	}
	return a.rule.ID < b.rule.ID
}

func (l *Ledger) faded(e entry) Weight {
	age := l.now.Since(e.sent)
	if age <= 0 {
		return e.weight
	}
	return WeightOf(e.weight.LogOdds() * math.Exp2(-float64(age)/float64(halfLife)))
}

// contributions appends what a family adds.
func (l *Ledger) contributions(f *family, category string, dst []Contribution) []Contribution {
	add := func(e entry, weight Weight) {
		if weight > 0 {
			dst = append(dst, Contribution{category, f.name, e.rule.ID, weight})
		}
	}
	weak := Weight(0)
	if f.weak[0].rule != nil {
		weak = l.faded(f.weak[0])
	}
	if f.solid.rule != nil && f.solid.weight >= weak {
		add(f.solid, f.solid.weight)
		return dst
	}
	if f.weak[0].rule != nil {
		add(f.weak[0], weak)
	}
	if f.weak[1].rule != nil {
		add(f.weak[1], l.faded(f.weak[1]))
	}
	return dst
}

// Category is the evidence for one category.
type Category struct {
	Name          string
	Logit         Weight
	Contributions []Contribution // by family, then rule
}

// Judge adds up every category that a rule of its own matched, highest logit
// first. With none, top is a category without a name, of the bias alone and of
// cross-cutting evidence.
func (l *Ledger) Judge(bias Weight) (top Category, all []Category) {
	var crossing []Contribution
	for i := range l.families {
		if f := &l.families[i]; f.category == CrossCutting {
			crossing = l.contributions(f, CrossCutting, crossing)
		}
	}
	for _, name := range categories {
		var own []Contribution
		for i := range l.families {
			if f := &l.families[i]; f.category == name {
				own = l.contributions(f, name, own)
			}
		}
		if own != nil {
			all = append(all, total(name, bias, append(own, crossing...)))
		}
	}
	slices.SortStableFunc(all, func(a, b Category) int { return cmp.Compare(b.Logit, a.Logit) })
	if len(all) > 0 {
		return all[0], all
	}
	return total("", bias, crossing), nil
}

func total(name string, bias Weight, contributions []Contribution) Category {
	c := Category{Name: name, Logit: bias, Contributions: contributions}
	for _, part := range contributions {
		c.Logit += part.Weight
	}
	return c
}
