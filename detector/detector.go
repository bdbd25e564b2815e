package detector

import (
	"fmt"
	"slices"
	"sync"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Detector is a compiled rule set with its options.
type Detector struct {
	program  *match.Program
	identity string // of the rule set
	mark     [4]byte
	rules    []compiled
	deferred []int // the rules that are
	composed []composed
	reviewed map[string]bool // languages with reviewed rules
	bias     score.Weight
	options  Options
	nothing  Verdict // about a thread in which nothing was found
	scanners sync.Pool
	matchers sync.Pool
}

// compiled is what matching and judging need to know of a rule, worked out
// once.
type compiled struct {
	*rule.Rule
	weight   score.Weight
	any      bool // the condition is: any pattern, within one message
	deferred bool // the condition needs more than one message
	need     rule.Need
	first    int32 // of its slots
	parts    int   // of its slots, among those of deferred rules: the first one's
}

// bit is that of a slot of the rule in its need.
func (c *compiled) bit(slot int32) uint64 { return 1 << min(slot-c.first, 63) }

// New compiles a rule set. The error says what is wrong with the set or the
// options.
func New(set *rule.Set, options Options) (*Detector, error) {
	program, err := compile(set, options.Snapshot)
	if err != nil {
		return nil, err
	}
	d := &Detector{program: program, options: options, identity: set.Hash, mark: fingerprint(set)}
	if options.Name != "" {
		d.identity = options.Name + "+" + set.Hash
	}
	rate := options.BaseRate
	if rate == 0 {
		rate = set.Weights.BaseRate
	}
	if rate <= 0 || rate >= 1 {
		return nil, fmt.Errorf("base rate %v does not lie between 0 and 1", rate)
	}
	d.bias = score.Bias(rate)
	slots, parts := program.Slots(), 0
	for i, r := range set.Rules {
		first, end := slotsOf(slots, i), slotsOf(slots, i+1)
		c := compileRule(r, first)
		if c.parts = parts; c.deferred {
			parts += end - first
			d.deferred = append(d.deferred, i)
		}
		d.rules = append(d.rules, c)
	}
	for _, c := range set.Composites {
		d.composed = append(d.composed, compileComposite(c, set.Rules))
	}
	d.reviewed = d.reviewedLanguages()
	d.nothing = newJudging(d, new(Matches)).verdict()
	d.matchers.New = func() any { return d.NewMatcher() }
	d.scanners.New = func() any { return program.NewScanner(options.Region) }
	return d, nil
}

func compile(set *rule.Set, snapshot []byte) (*match.Program, error) {
	if snapshot != nil {
		return match.Restore(set, snapshot)
	}
	return match.Compile(set)
}

// Snapshot returns what makes the next detector of these rules faster: see
// [Options].
func (d *Detector) Snapshot() []byte { return d.program.Snapshot() }

// slotsOf is where the slots of a rule begin.
func slotsOf(slots []match.Slot, rule int) int {
	first, _ := slices.BinarySearchFunc(slots, rule, func(s match.Slot, rule int) int { return s.Rule - rule })
	return first
}

func compileRule(r *rule.Rule, first int) compiled {
	c := compiled{Rule: r, need: r.Need(), first: int32(first), deferred: r.Condition.Threaded()}
	c.any = r.Condition.AnyOf() && !c.deferred
	if r.Status != rule.Experimental {
		c.weight = score.WeightOf(r.Weight)
	}
	return c
}

// Rules identifies the rule set: its name and the hash of its content.
func (d *Detector) Rules() string { return d.identity }

// Set is the rule set the detector was made from.
func (d *Detector) Set() *rule.Set { return d.program.Set() }

// scanner borrows the scratch memory of one goroutine; give it back.
func (d *Detector) scanner() *match.Scanner { return d.scanners.Get().(*match.Scanner) }
