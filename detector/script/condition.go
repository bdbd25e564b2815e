package script

import (
	"slices"
	"time"

	"github.com/hookline/hookline/detector/rule"
)

// Finder returns the occurrences of what a condition's leaf names, in the
// order of the thread.
type Finder func(leaf *rule.Condition) []Occurrence

// Evaluate returns every way in which the condition holds, in the order of the
// thread; none means that it does not hold. A condition that holds because
// something is absent yields a finding that uses nothing.
func Evaluate(c *rule.Condition, find Finder) []Finding {
	e := evaluator{find: find}
	return e.scoped(c, part{scope: rule.ThreadScope})
}

// part is the piece of a thread that a condition is evaluated in.
type part struct {
	scope   rule.Scope
	message int
	clause  int32
	sender  string
}

func (p part) holds(o Occurrence) bool {
	switch p.scope {
	case rule.ClauseScope:
		return o.Message == p.message && o.Clause[0] <= p.clause && p.clause <= o.Clause[1]
	case rule.MessageScope:
		return o.Message == p.message
	case rule.SenderScope:
		return o.Sender == p.sender
	default:
		return true
	}
}

type evaluator struct{ find Finder }

// scoped evaluates c in every part of within that its scope makes.
func (e evaluator) scoped(c *rule.Condition, within part) []Finding {
	if c.Scope == within.scope || c.Scope == rule.ThreadScope {
		return e.eval(c, within)
	}
	var findings []Finding
	for _, p := range e.parts(c, within) {
		findings = append(findings, e.eval(c, p)...)
	}
	return findings
}

// parts lists the pieces of within in which a leaf of c occurs.
func (e evaluator) parts(c *rule.Condition, within part) []part {
	var parts []part
	add := func(p part) {
		if !slices.Contains(parts, p) {
			parts = append(parts, p)
		}
	}
	for _, o := range e.leaves(c, within, nil) {
		switch c.Scope {
		case rule.ClauseScope:
			for clause := o.Clause[0]; clause <= o.Clause[1]; clause++ {
				add(part{scope: c.Scope, message: o.Message, clause: clause})
			}
		case rule.MessageScope:
			add(part{scope: c.Scope, message: o.Message})
		case rule.SenderScope:
			add(part{scope: c.Scope, sender: o.Sender})
		}
	}
	return parts
}

func (e evaluator) leaves(c *rule.Condition, within part, dst []Occurrence) []Occurrence {
	if c.Op == rule.OpRef {
		for _, o := range e.find(c) {
			if within.holds(o) {
				dst = append(dst, o)
			}
		}
	}
	for _, arg := range c.Args {
		dst = e.leaves(arg, within, dst)
	}
	return dst
}

func (e evaluator) eval(c *rule.Condition, p part) []Finding {
	switch c.Op {
	case rule.OpRef:
		var findings []Finding
		for _, o := range e.find(c) {
			if p.holds(o) {
				findings = append(findings, found(o))
			}
		}
		return findings
	case rule.OpAny:
		var findings []Finding
		for _, arg := range c.Args {
			findings = append(findings, e.scoped(arg, p)...)
		}
		return findings
	case rule.OpNone:
		for _, arg := range c.Args {
			if len(e.scoped(arg, p)) > 0 {
				return nil
			}
		}
		return []Finding{{}}
	case rule.OpAll:
		return e.atLeast(c, len(c.Args), p)
	case rule.OpAtLeast:
		if c.Within != (rule.Within{}) {
			return e.near(c, c.N, p)
		}
		return e.atLeast(c, c.N, p)
	case rule.OpNear:
		return e.near(c, len(c.Args), p)
	case rule.OpThen:
		return e.then(c, p)
	default:
		return nil
	}
}

// atLeast holds where n of the arguments do; it is one finding that uses all
// that they use.
func (e evaluator) atLeast(c *rule.Condition, n int, p part) []Finding {
	var used []Finding
	count := 0
	for _, arg := range c.Args {
		if findings := e.scoped(arg, p); len(findings) > 0 {
			count++
			for _, f := range findings {
				if len(f.Used) > 0 {
					used = append(used, f)
				}
			}
		}
	}
	if count < n {
		return nil
	}
	return []Finding{join(used...)}
}

// near holds in each window of the given width that has findings of n of the
// arguments: the first of each, or where they must be spread over several
// messages, all.
func (e evaluator) near(c *rule.Condition, n int, p part) []Finding {
	args, starts := e.arguments(c, p)
	if len(args) < n {
		return nil
	}
	var findings []Finding
	for _, left := range starts {
		parts, held := make([]Finding, 0, len(args)), 0
		for _, candidates := range args {
			before := len(parts)
			for _, f := range candidates {
				if compareStart(f.First, left) >= 0 && within(c.Within, left, f.Last) {
					parts = append(parts, f)
					if c.Over == 0 {
						break
					}
				}
			}
			if len(parts) > before {
				held++
			}
		}
		if held >= n && spread(parts) >= c.Over {
			findings = append(findings, join(parts...))
		}
	}
	return findings
}

// spread is the number of messages that the parts begin in.
func spread(parts []Finding) int {
	messages := make([]int, 0, len(parts))
	for _, p := range parts {
		messages = append(messages, p.First.Message)
	}
	slices.Sort(messages)
	return len(slices.Compact(messages))
}

// then holds where findings of the arguments follow each other in order, from
// the first one's start to the last one's end within the given distance.
func (e evaluator) then(c *rule.Condition, p part) []Finding {
	args, _ := e.arguments(c, p)
	if len(args) < len(c.Args) {
		return nil
	}
	var findings []Finding
	for _, first := range args[0] {
		chain := []Finding{first}
		for _, candidates := range args[1:] {
			last := chain[len(chain)-1].Last
			for _, f := range candidates {
				if after(last, f.First) && within(c.Within, first.First, f.Last) {
					chain = append(chain, f)
					break
				}
			}
		}
		if len(chain) == len(args) {
			findings = append(findings, join(chain...))
		}
	}
	return findings
}

// arguments evaluates each argument that holds, sorted by start, and lists all
// starts.
func (e evaluator) arguments(c *rule.Condition, p part) (args [][]Finding, starts []Occurrence) {
	for _, arg := range c.Args {
		findings := e.scoped(arg, p)
		if len(findings) == 0 {
			continue
		}
		slices.SortStableFunc(findings, func(a, b Finding) int { return compareStart(a.First, b.First) })
		args = append(args, findings)
		for _, f := range findings {
			starts = append(starts, f.First)
		}
	}
	slices.SortStableFunc(starts, compareStart)
	starts = slices.CompactFunc(starts, func(a, b Occurrence) bool { return compareStart(a, b) == 0 })
	return args, starts
}

func after(a, b Occurrence) bool {
	return a.Message < b.Message || a.Message == b.Message && a.Units[1] <= b.Units[0]
}

const day = 24 * time.Hour

// within says whether b ends no farther from the start of a than w allows. In
// one message a distance in messages is one in units, at the length of a chat
// message, so that kinds strewn over a newsletter do not add up.
func within(w rule.Within, a, b Occurrence) bool {
	switch {
	case w.Days > 0:
		return b.Sent.Since(a.Sent) <= time.Duration(w.Days)*day
	case w.Messages > 0 && a.Message == b.Message:
		return b.Units[1]-a.Units[0] <= int32(w.Messages*rule.DefaultUnits)
	case w.Messages > 0:
		return b.Message-a.Message <= w.Messages
	case w.Units > 0:
		return a.Message == b.Message && b.Units[1]-a.Units[0] <= int32(w.Units)
	default:
		return true
	}
}
