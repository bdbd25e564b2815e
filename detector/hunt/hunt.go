package hunt

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// Hunter hunts with some rules of a detector. It is safe for concurrent use.
type Hunter struct {
	detector *detector.Detector
	rules    []string // ids, sorted
	threaded []bool   // by rule: its condition needs more than one message
	needs    []*need  // by rule
	alone    *match.Program
	slots    []slot      // of alone
	complete []rule.Need // by rule: names that a thread must hold for its condition, as bits
	scanners sync.Pool
}

// New makes a hunter of the rules of d with these ids. The detector must read
// phone numbers in the region of the casebooks that are hunted in.
func New(d *detector.Detector, ids []string, region string) (*Hunter, error) {
	h := &Hunter{detector: d, rules: slices.Clone(ids)}
	slices.Sort(h.rules)
	h.rules = slices.Compact(h.rules)
	set := d.Set()
	few := &rule.Set{Weights: set.Weights}
	needs := newNeeds(set)
	for _, id := range h.rules {
		r, ok := set.Rule(id)
		if !ok {
			return nil, fmt.Errorf("no rule %s", id)
		}
		few.Rules = append(few.Rules, r)
		h.threaded = append(h.threaded, r.Condition.Threaded())
		h.needs = append(h.needs, needs.rule(r))
	}
	few.Lists = listsOf(set, few.Rules)
	var err error
	if h.alone, err = match.Compile(few); err != nil {
		return nil, err
	}
	for _, s := range h.alone.Slots() {
		h.slots = append(h.slots, slot{s.Rule, bitOf(few.Rules[s.Rule], s.Name)})
	}
	for _, r := range few.Rules {
		h.complete = append(h.complete, r.Need())
	}
	h.scanners.New = func() any { return h.alone.NewScanner(region) }
	return h, nil
}

// slot is one of a rule, as the bit of its name.
type slot struct {
	rule int
	bit  uint64
}

// bitOf is that of a name of a rule's patterns; those beyond 64 share one.
func bitOf(r *rule.Rule, name string) uint64 { return 1 << min(slices.Index(r.Names, name), 63) }

// listsOf are the lists of a set that some rules name, or that those lists name.
func listsOf(set *rule.Set, rules []*rule.Rule) []*rule.List {
	named := map[string]bool{}
	var visit func(rule.Node) bool
	visit = func(n rule.Node) bool {
		if ref, ok := n.(*rule.ListRef); ok && !named[ref.Name] {
			named[ref.Name] = true
			if list, ok := set.List(ref.Name); ok {
				for _, e := range list.Entries() {
					rule.Walk(e.Node, visit)
				}
			}
		}
		return true
	}
	for _, r := range rules {
		for _, p := range r.Patterns() {
			rule.Walk(p.Node, visit)
		}
	}
	return slices.DeleteFunc(slices.Clone(set.Lists), func(l *rule.List) bool { return !named[l.Name] })
}

// Catch is a thread in which hunted rules match.
type Catch struct {
	Key      string              `json:"key"` // of the thread
	Thread   string              `json:"thread"`
	Source   string              `json:"source"`
	Was      rule.Band           `json:"was"` // when it was kept
	Band     rule.Band           `json:"band"`
	Queue    rule.Queue          `json:"queue"`
	Score    float64             `json:"score"`
	Rules    []string            `json:"rules"`              // of those hunted, that are evidence
	Evidence []detector.Evidence `json:"evidence"`           // of the hunted rules
	Opposing []detector.Evidence `json:"opposing,omitempty"` // theirs, too, but void: a warning, a quote, a captive
	Safety   bool                `json:"safety,omitempty"`
}

// Summary says what a hunt read.
type Summary struct {
	Documents int      // in the casebook
	Read      int      // of them, because they could match
	Threads   int      // judged, because what a hunted rule needs occurs in them
	Caught    int      // in which one is evidence
	Unbounded []string // rules that need nothing the index knows: all was read
}

// Hunt returns the threads of a casebook in which a hunted rule is evidence,
// or would be but for its context: the most urgent first.
func (h *Hunter) Hunt(ctx context.Context, b *casebook.Book, includeSafety bool) (caught []Catch, sum Summary, err error) {
	err = b.Indexes(includeSafety, func(x casebook.Index) error {
		found, err := h.candidates(x, &sum)
		if err != nil {
			return err
		}
		var lock sync.Mutex
		return h.read(ctx, x, found, &sum, func(t *casebook.Thread) {
			if c := h.judge(t); c != nil {
				lock.Lock()
				defer lock.Unlock()
				caught = append(caught, *c)
			}
		})
	})
	slices.Sort(sum.Unbounded)
	sum.Unbounded = slices.Compact(sum.Unbounded)
	slices.SortFunc(caught, func(a, b Catch) int {
		return cmp.Or(cmp.Compare(b.Band, a.Band), cmp.Compare(b.Score, a.Score), strings.Compare(a.Thread, b.Thread), strings.Compare(a.Key, b.Key))
	})
	for i := range caught {
		if len(caught[i].Rules) > 0 {
			sum.Caught++
		}
	}
	return caught, sum, err
}

// worthAsking is how many postings a document are asked for before all is read
// instead: a posting costs half a microsecond, a document that is read thirty.
const worthAsking = 8

// candidates asks the index what can match.
func (h *Hunter) candidates(x casebook.Index, sum *Summary) (found []textindex.Posting, err error) {
	sum.Documents += x.Len()
	everything := false
	count := 0
	measured := make([]*need, len(h.needs))
	measure, err := newMeasure(x.View, h.needs)
	if err != nil {
		return nil, err
	}
	for i, n := range h.needs {
		m, err := measure.need(n)
		if err != nil {
			return nil, err
		}
		if m == nil {
			everything = true
			sum.Unbounded = append(sum.Unbounded, h.rules[i])
			continue
		}
		measured[i] = m
		count += m.count
	}
	if everything || count > worthAsking*x.Len() {
		found = x.All()
	} else {
		for _, m := range measured {
			more, err := m.find(x.View, nil)
			if err != nil {
				return nil, err
			}
			found = textindex.Union(found, more)
		}
	}
	sum.Read += len(found)
	return found, nil
}

// read confirms candidates and visits the threads in which a hunted rule
// occurs, each once, several at once and in no order.
func (h *Hunter) read(ctx context.Context, x casebook.Index, found []textindex.Posting, sum *Summary, visit func(*casebook.Thread)) (err error) {
	var seen sync.Map
	var lock sync.Mutex
	var wait sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for i := range workers {
		share := found[len(found)*i/workers : len(found)*(i+1)/workers]
		wait.Go(func() {
			for _, p := range share {
				if ctx.Err() != nil {
					return
				}
				t, e := h.confirm(x, p, &seen)
				if t == nil && e == nil {
					continue
				}
				lock.Lock()
				sum.Threads++
				err = cmp.Or(err, e)
				lock.Unlock()
				if t != nil {
					visit(t)
				}
			}
		})
	}
	wait.Wait()
	return cmp.Or(err, ctx.Err())
}

// confirm matches the rules alone on the named messages of a document, and
// where part of one occurs, reads the whole thread unless it has been seen. It
// returns the thread if all may be there that a rule needs.
func (h *Hunter) confirm(x casebook.Index, p textindex.Posting, seen *sync.Map) (*casebook.Thread, error) {
	chunk, err := x.Chunk(p.Doc)
	if err != nil {
		return nil, err
	}
	if !h.occurs(chunk, p.Parts) {
		return nil, nil
	}
	if _, twice := seen.LoadOrStore(chunk.Key, true); twice {
		return nil, nil
	}
	t, err := x.Whole(chunk)
	if err != nil || !h.possible(t) {
		return nil, err
	}
	return t, nil
}

func (h *Hunter) occurs(c *casebook.Chunk, parts uint64) bool {
	scanner := h.scanners.Get().(*match.Scanner)
	defer h.scanners.Put(scanner)
	for i := range c.Messages {
		if parts>>i&1 != 0 && len(hits(scanner, &c.Messages[i].Message)) > 0 {
			return true
		}
	}
	return false
}

// possible says whether the messages of a thread have, together, what the
// condition of a rule needs.
func (h *Hunter) possible(t *casebook.Thread) bool {
	scanner := h.scanners.Get().(*match.Scanner)
	defer h.scanners.Put(scanner)
	present := make([]uint64, len(h.rules))
	for i := range t.Messages {
		for _, hit := range hits(scanner, &t.Messages[i].Message) {
			s := h.slots[hit.Slot]
			present[s.rule] |= s.bit
			if !h.threaded[s.rule] {
				return true // Sift asked for the rest
			}
		}
	}
	for i, names := range present {
		if names != 0 && h.complete[i].Met(names) {
			return true
		}
	}
	return false
}

func hits(s *match.Scanner, m *message.Message) []match.Hit {
	if !m.Scored() || m.Text == "" {
		return nil
	}
	return s.Sift(m.Text).Hits
}

func (h *Hunter) judge(t *casebook.Thread) *Catch {
	v := h.detector.Judge(h.detector.MatchAll(t.Plain()))
	c := &Catch{
		Key: message.Key(t.Key).String(), Thread: t.ID, Source: v.Source, Was: t.Band, Band: v.Band, Queue: v.Queue, Score: v.Score,
		Evidence: h.ours(v.Evidence, false), Opposing: h.ours(v.Opposing, true), Safety: t.Safety,
	}
	for i := range c.Evidence {
		c.Rules = append(c.Rules, c.Evidence[i].Rule)
	}
	slices.Sort(c.Rules)
	c.Rules = slices.Compact(c.Rules)
	if len(c.Evidence)+len(c.Opposing) == 0 {
		return nil
	}
	return c
}

// ours are the matches of hunted rules. Of those that do not count, a rule
// whose condition needs the thread has some although it does not hold: they say
// nothing and are left out.
func (h *Hunter) ours(all []detector.Evidence, opposing bool) (ours []detector.Evidence) {
	for _, e := range all {
		if i, ok := slices.BinarySearch(h.rules, e.Rule); ok && !(opposing && h.threaded[i]) {
			ours = append(ours, e)
		}
	}
	return ours
}
