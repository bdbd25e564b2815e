package ruletest

import (
	"fmt"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Coverage is what the tests of some rules reach. A clause, a pattern's name
// among them, is covered by a written test that it decides: a match test in
// which it holds, or for none a no_match test in which it does not. An
// alternative is covered by its own words, which must match.
type Coverage struct {
	Clauses, ClausesCovered           int
	Alternatives, AlternativesCovered int
	Gaps                              []Failure // in rule order, lists last
}

// Cover measures the rules that keep accepts (nil for all), and with all rules
// the entries of the lists they call.
func Cover(d *detector.Detector, keep func(*rule.Rule) bool) Coverage {
	rules := chosen(d, keep)
	var all Coverage
	for _, part := range sideBySide(rules, func(r *rule.Rule) Coverage {
		c := coverer{d: d}
		c.clauses(r)
		for _, p := range r.Patterns() {
			c.alternatives(r, p)
		}
		return c.Coverage
	}) {
		all.add(part)
	}
	if keep != nil {
		return all
	}
	callers := callersOf(d.Set())
	for _, part := range sideBySide(d.Set().Lists, func(l *rule.List) Coverage {
		c := coverer{d: d}
		c.entries(l, callers)
		return c.Coverage
	}) {
		all.add(part)
	}
	return all
}

func (c *Coverage) add(part Coverage) {
	c.Clauses += part.Clauses
	c.ClausesCovered += part.ClausesCovered
	c.Alternatives += part.Alternatives
	c.AlternativesCovered += part.AlternativesCovered
	c.Gaps = append(c.Gaps, part.Gaps...)
}

type coverer struct {
	Coverage
	d *detector.Detector
}

// caller is a pattern that calls a list, and a text of it with a hole where the
// list's entry goes.
type caller struct {
	of   *rule.Rule
	p    *rule.Pattern
	text string
}

// callersOf finds the first pattern that calls each list or group, by "list" or
// "list.group".
func callersOf(set *rule.Set) map[string]caller {
	callers := map[string]caller{}
	for _, r := range set.Rules {
		for _, p := range r.Patterns() {
			rule.Walk(p.Node, func(n rule.Node) bool {
				ref, ok := n.(*rule.ListRef)
				if !ok {
					return true
				}
				key := ref.Name
				if ref.Group != "" {
					key += "." + ref.Group
				}
				if _, known := callers[key]; known {
					return true
				}
				for _, w := range (writer{set, ref}).witnesses(p.Node) {
					if strings.Contains(w.text, holeText) {
						callers[key] = caller{r, p, w.text}
						break
					}
				}
				return true
			})
		}
	}
	return callers
}

// clauses runs the written tests and looks at every clause they decide.
func (c *coverer) clauses(r *rule.Rule) {
	covered := map[*rule.Condition]bool{}
	for i := range r.Tests.Match {
		trace, _ := c.d.Trace(Thread(&r.Tests.Match[i]), r.ID)
		for _, clause := range trace.Clauses {
			if trace.Holds && clause.Holds && clause.Clause.Op != rule.OpNone {
				covered[clause.Clause] = true
			}
		}
	}
	for i := range r.Tests.NoMatch {
		trace, _ := c.d.Trace(Thread(&r.Tests.NoMatch[i]), r.ID)
		forbidden(&trace, covered)
	}
	forbids := map[*rule.Condition]bool{} // a none, and all in it
	r.Condition.Walk(func(clause *rule.Condition) {
		if clause.Op == rule.OpNone {
			clause.Walk(func(inner *rule.Condition) { forbids[inner] = true })
		}
		c.Clauses++
		if covered[clause] {
			c.ClausesCovered++
			return
		}
		text := fmt.Sprintf("no match test makes %s true", clause)
		if forbids[clause] {
			text = fmt.Sprintf("no no_match test is decided by %s", clause)
		}
		e := c.d.Set().Fault(clause.Pos, len(clause.Op.String()), text)
		if clause.Op == rule.OpRef {
			e = c.d.Set().Fault(r.Place("patterns."+clause.Name), len(clause.Name), text)
		}
		c.gap(Uncovered, r.ID, e)
	})
}

// forbidden marks each none in which something holds, and what holds in it.
func forbidden(trace *detector.Trace, covered map[*rule.Condition]bool) {
	holds := map[*rule.Condition]bool{}
	for _, clause := range trace.Clauses {
		holds[clause.Clause] = clause.Holds
	}
	trace.Rule.Condition.Walk(func(clause *rule.Condition) {
		if clause.Op != rule.OpNone {
			return
		}
		for _, arg := range clause.Args {
			if !holds[arg] {
				continue
			}
			covered[clause] = true
			arg.Walk(func(inner *rule.Condition) { covered[inner] = covered[inner] || holds[inner] })
		}
	})
}

func (c *coverer) gap(kind Kind, id string, e *rule.Error) {
	e.Rule = id
	c.Gaps = append(c.Gaps, Failure{kind, *e})
}

// alternatives matches every alternative of a pattern with its own words.
func (c *coverer) alternatives(r *rule.Rule, p *rule.Pattern) {
	for _, w := range (writer{set: c.d.Set()}).witnesses(p.Node) {
		c.witness(r, p.Name, w.text, p, w.at)
	}
}

// witness runs one text; what it stands for is a part of a pattern.
func (c *coverer) witness(r *rule.Rule, name, text string, of *rule.Pattern, at source.Span) {
	c.Alternatives++
	for _, tried := range spellings(text) {
		for _, hit := range c.d.Occurrences(tried, r.ID) {
			if hit.Name == name {
				c.AlternativesCovered++
				return
			}
		}
	}
	start, end := of.Position(at.Start), of.Position(at.End)
	width := 1
	if start.Line == end.Line {
		width = end.Col - start.Col
	}
	e := c.d.Set().Fault(start, width, fmt.Sprintf("this does not match its own words, %q", text))
	c.gap(NoWitness, r.ID, e)
}

// entries matches every entry of a list, inside one pattern that calls it.
func (c *coverer) entries(list *rule.List, callers map[string]caller) {
	for _, entry := range list.Entries() {
		by, called := callers[list.Name+"."+entry.Name]
		if !called {
			if by, called = callers[list.Name]; !called {
				continue
			}
		}
		for _, w := range (writer{set: c.d.Set()}).witnesses(entry.Node) {
			c.witness(by.of, by.p.Name, strings.ReplaceAll(by.text, holeText, w.text), entry, w.at)
		}
	}
}

// spellings writes the amounts of a witness in further ways: beside another
// number, or another amount, one may be read as a part of it.
func spellings(text string) []string {
	money := samples["money"]
	if !strings.Contains(text, money) {
		return []string{text}
	}
	before, after, _ := strings.Cut(text, money)
	mixed := before + money + strings.ReplaceAll(after, money, "2 BTC")
	return []string{
		text, strings.ReplaceAll(text, money, "$500"), strings.ReplaceAll(text, money, "1 BTC"), before + "$500" + after,
		mixed, strings.ReplaceAll(mixed, samples["duration"], "in "+samples["duration"]), // where a gap allows it
	}
}
