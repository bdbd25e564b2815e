package ruletest

import (
	"cmp"
	"hash/fnv"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/obfuscate"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
	"github.com/hookline/hookline/detector/source"
)

// Warned is the name of the operator that hides nothing: it puts a warning's
// words in front of a lure and a call to a contact behind it.
const Warned = "warned"

// Retention is how many of the texts that an operator changed a rule still
// matches.
type Retention struct {
	Kept    int `json:"kept"`
	Changed int `json:"changed"`
}

// Share is the part kept, 1 where nothing was changed.
func (r Retention) Share() float64 {
	if r.Changed == 0 {
		return 1
	}
	return float64(r.Kept) / float64(r.Changed)
}

func (r *Retention) add(o Retention) { r.Kept += o.Kept; r.Changed += o.Changed }

// Named is the retention of one operator or rule.
type Named struct {
	Name string `json:"name"`
	Retention
}

// Loss is a text that a rule no longer matches once an operator has changed it.
type Loss struct {
	Rule, Operator string
	Lang           string
	Pos            source.Position // of the test
	Text           string          // as changed
}

// Mutation is what hiding the words of match tests does to rules.
type Mutation struct {
	Retention
	Operators []Named // in the order of obfuscate, Warned last
	Rules     []Named // worst first
	Losses    []Loss  // in rule order
}

// Mutate applies every operator of obfuscate to every match test of the rules
// that keep accepts (nil for all), context rules left out. Wallets, links and
// accounts stay as they are but for the operators made for them: nobody can use
// them otherwise. The same rules give the same result.
func Mutate(d *detector.Detector, keep func(*rule.Rule) bool) Mutation {
	operators := obfuscate.Operators()
	around := surroundings(d.Set())
	rules := slices.DeleteFunc(chosen(d, keep), func(r *rule.Rule) bool { return r.Effect != rule.NoEffect })
	parts := sideBySide(rules, func(r *rule.Rule) mutating {
		m := mutating{d: d, rule: r, by: map[string]Retention{}}
		for i := range r.Tests.Match {
			test := &r.Tests.Match[i]
			usable := m.usable(test)
			for _, o := range operators {
				m.hide(test, i, o, usable)
			}
			m.warn(test, around[test.Lang])
		}
		return m
	})
	var all Mutation
	by := map[string]Retention{}
	for i, part := range parts {
		var of Retention
		for _, name := range slices.Sorted(maps.Keys(part.by)) {
			total := by[name]
			total.add(part.by[name])
			of.add(part.by[name])
			by[name] = total
		}
		all.add(of)
		all.Rules = append(all.Rules, Named{rules[i].ID, of})
		all.Losses = append(all.Losses, part.losses...)
	}
	for _, o := range operators {
		all.Operators = append(all.Operators, Named{o.Name, by[o.Name]})
	}
	all.Operators = append(all.Operators, Named{Warned, by[Warned]})
	slices.SortStableFunc(all.Rules, func(a, b Named) int { return cmp.Compare(a.Share(), b.Share()) })
	return all
}

// mutating is one rule's part of the work.
type mutating struct {
	d      *detector.Detector
	rule   *rule.Rule
	by     map[string]Retention // by operator
	losses []Loss
}

func (m *mutating) count(operator string, test *rule.Test, thread []message.Message, kept bool) {
	of := m.by[operator]
	of.Changed++
	if kept {
		of.Kept++
	} else {
		texts := make([]string, len(thread))
		for i := range thread {
			texts[i] = thread[i].Text
		}
		m.losses = append(m.losses, Loss{m.rule.ID, operator, test.Lang, test.Pos, strings.Join(texts, " / ")})
	}
	m.by[operator] = of
}

// hide runs the rule over a test whose words an operator has hidden.
func (m *mutating) hide(test *rule.Test, index int, o obfuscate.Operator, usable [][]source.Span) {
	seed := fnv.New64a()
	seed.Write([]byte(m.rule.ID + "\x00" + o.Name))
	rng := rand.New(rand.NewPCG(seed.Sum64(), uint64(index)))
	thread, changed := Thread(test), false
	for i := range thread {
		keep := usable[i]
		if o.Name == "defang" {
			keep = nil
		}
		hidden, _ := o.Mutate(thread[i].Text, keep, nil, rng)
		changed = changed || hidden != thread[i].Text
		thread[i].Text = hidden
	}
	if !changed {
		return
	}
	trace, _ := m.d.Trace(thread, m.rule.ID)
	m.count(o.Name, test, thread, trace.Holds)
}

// usable are the spans of each message that a sender cannot hide without losing
// what they are for.
func (m *mutating) usable(test *rule.Test) [][]source.Span {
	thread := Thread(test)
	spans := make([][]source.Span, len(thread))
	for i := range thread {
		for _, id := range m.d.Judge(m.d.Match(&thread[i])).Identifiers {
			spans[i] = append(spans[i], source.Span{Start: id.Start, End: id.End})
		}
	}
	return spans
}

// surrounding is a warning and a call to a contact in one language.
type surrounding struct{ warning, call string }

// surroundings takes the words from the match tests of the set's own context
// rules: the first that voids, the first that upholds.
func surroundings(set *rule.Set) map[string]surrounding {
	around := map[string]surrounding{}
	for _, r := range set.Rules {
		if r.Category != "context" {
			continue
		}
		for i := range r.Tests.Match {
			test := &r.Tests.Match[i]
			s := around[test.Lang]
			switch {
			case len(test.Messages) > 1:
			case r.ID == "context.warning" && s.warning == "":
				s.warning = test.Messages[0].Text
			case r.Effect == rule.Uphold && s.call == "":
				s.call = test.Messages[0].Text
			}
			around[test.Lang] = s
		}
	}
	return around
}

// warn asks whether a lure that calls to a contact is still evidence when a
// warning's words stand in front of it.
func (m *mutating) warn(test *rule.Test, around surrounding) {
	scam := score.Scam(m.rule.Category) || m.rule.Category == score.CrossCutting
	if !scam || len(test.Messages) > 1 || around.warning == "" || around.call == "" {
		return
	}
	thread := Thread(test)
	lure := thread[0].Text + "\n" + around.call
	thread[0].Text = lure
	if !m.counts(&thread[0]) {
		return // the call alone unmakes it: nothing to do with the warning
	}
	thread[0].Text = around.warning + "\n" + lure
	m.count(Warned, test, thread, m.counts(&thread[0]))
}

func (m *mutating) counts(of *message.Message) bool {
	return slices.Contains(m.d.Judge(m.d.Match(of)).Tags, m.rule.ID)
}
