package match

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hookline/hookline/detector/rule"
)

// Program is a compiled rule set. It is immutable and safe for concurrent use.
type Program struct {
	set       *rule.Set
	slots     []Slot
	languages []string

	types  [numTypes]symbol
	lists  map[string]symbol // "messengers", "places.hotspot"
	regex  []regex
	grams  *gramFilter // nil where the set has no regular expression
	shared symbol      // the first symbol that is not shared by all parts
	parts  [numScripts]func() *part

	frequency  []float32    // by shared symbol: the share of tokens that begin one
	conditions []*rule.Need // by rule; nil for one that any hit may make true, in this message or with others
	alone      []*rule.Need // the same of a message that there is no other beside
	firstSlot  []int32      // by rule; one more at the end
	callers    []bool       // by slot: its rule is looked for where it may have hits
	seldom     []int32      // the slots, of each rule first those that seldom have hits

	scriptOf func(*rule.Pattern) script
	scripts  scripts // that have patterns
}

// Slot is one named pattern group of one rule, the unit of a match.
type Slot struct {
	Rule int    // index into the set's rules
	Name string // the pattern's name in the rule
}

// Set is the rule set the program was compiled from.
func (p *Program) Set() *rule.Set { return p.set }

// Slots lists the named patterns of all rules, by rule and then in the order
// of the rule's file. A Hit's Slot is an index into it.
func (p *Program) Slots() []Slot { return p.slots }

// Languages lists the languages of the patterns; a Hit's Lang is an index into
// it.
func (p *Program) Languages() []string { return p.languages }

// symbol is a letter of the trie's alphabet: a word, a prefix, a type, a list.
type symbol uint32

// Compile builds the automaton of a rule set. Patterns that match nothing
// without letters of one script are compiled when a text first has that
// script.
func Compile(set *rule.Set) (*Program, error) { return compile(set, scriptOf) }

func compile(set *rule.Set, scriptOf func(*rule.Pattern) script) (*Program, error) {
	p := newProgram(set, scriptOf)
	for _, list := range set.Lists {
		for _, entry := range list.Entries() {
			if err := p.addRegexes(entry); err != nil {
				return nil, err
			}
		}
	}
	for _, r := range set.Rules {
		for _, pattern := range r.Patterns() {
			if err := p.addRegexes(pattern); err != nil {
				return nil, err
			}
			p.addLanguage(pattern.Lang)
		}
	}
	var todo [numScripts][]job
	p.each(func(s script, j job) { todo[s] = append(todo[s], j) })
	p.grams = newGramFilter(p.regex)
	p.shared = symbol(len(p.frequency))
	base, err := newPart(p, common, todo[common])
	if err != nil {
		return nil, err
	}
	p.parts[common] = func() *part { return base }
	for s := common + 1; s < numScripts; s++ {
		if len(todo[s]) > 0 {
			p.scripts |= s.bit()
			p.parts[s] = sync.OnceValue(func() *part {
				part, _ := newPart(p, s, todo[s])
				todo[s] = nil
				return part
			})
		}
	}
	return p, nil
}

// newProgram makes a program of what a set says without its patterns.
func newProgram(set *rule.Set, scriptOf func(*rule.Pattern) script) *Program {
	p := &Program{set: set, scriptOf: scriptOf, lists: map[string]symbol{}, frequency: make([]float32, 1)}
	for t := noType + 1; t < numTypes; t++ {
		p.types[t] = p.symbol(typeShare)
	}
	for _, list := range set.Lists {
		p.lists[list.Name] = p.symbol(0)
		for _, group := range list.Groups {
			p.lists[list.Name+"."+group] = p.symbol(0)
		}
	}
	for i, r := range set.Rules {
		p.firstSlot = append(p.firstSlot, int32(len(p.slots)))
		for _, name := range r.Names {
			p.slots = append(p.slots, Slot{Rule: i, Name: name})
		}
		need := needOf(r)
		if p.alone = append(p.alone, need); r.Condition.Threaded() {
			need = nil
		}
		p.conditions = append(p.conditions, need)
	}
	p.firstSlot = append(p.firstSlot, int32(len(p.slots)))
	return p
}

// each visits all patterns of the set.
func (p *Program) each(visit func(s script, j job)) {
	for i, list := range p.set.Lists {
		for _, entry := range list.Entries() {
			visit(p.scriptOf(entry), p.listJob(int32(i), entry))
		}
	}
	for i, r := range p.set.Rules {
		for _, pattern := range r.Patterns() {
			slot := p.firstSlot[i] + int32(slices.Index(r.Names, pattern.Name))
			visit(p.scriptOf(pattern), p.slotJob(slot, pattern))
		}
	}
}

// listJob is that of an entry: an edge for the whole list and for its group.
func (p *Program) listJob(list int32, entry *rule.Pattern) job {
	name := p.set.Lists[list].Name
	return job{entry, ending{slot: -1, list: p.lists[name]}, list, p.lists[name+"."+entry.Name]}
}

func (p *Program) slotJob(slot int32, pattern *rule.Pattern) job {
	return job{pattern: pattern, ending: ending{slot: slot, lang: uint32(slices.Index(p.languages, pattern.Lang))}, list: -1}
}

// jobs are the patterns of a unit.
func (p *Program) jobs(s script, u *unit) (jobs []job) {
	if u.slot < 0 {
		for _, entry := range p.set.Lists[u.list].Entries() {
			if j := p.listJob(u.list, entry); j.group == u.group && p.scriptOf(entry) == s {
				jobs = append(jobs, j)
			}
		}
		return jobs
	}
	slot := p.slots[u.slot]
	for _, pattern := range p.set.Rules[slot.Rule].Patterns() {
		if pattern.Name == slot.Name && p.scriptOf(pattern) == s {
			jobs = append(jobs, p.slotJob(u.slot, pattern))
		}
	}
	return jobs
}

// symbol makes a shared symbol.
func (p *Program) symbol(frequency float32) symbol {
	p.frequency = append(p.frequency, frequency)
	return symbol(len(p.frequency) - 1)
}

// named is the shared symbol of a type, list or regular expression.
func (p *Program) named(n rule.Node) symbol {
	switch n := n.(type) {
	case *rule.Type:
		t, _ := typeNamed(n.Name)
		return p.types[t]
	case *rule.ListRef:
		if n.Group != "" {
			return p.lists[n.Name+"."+n.Group]
		}
		return p.lists[n.Name]
	case *rule.Regexp:
		return p.regexOf(n).symbol
	default:
		return 0
	}
}

// addRegexes notes the regular expressions of a pattern, and refuses what the
// package does not know.
func (p *Program) addRegexes(pattern *rule.Pattern) (err error) {
	if !strings.ContainsAny(pattern.Text, "/<") {
		return nil
	}
	rule.Walk(pattern.Node, func(n rule.Node) bool {
		switch n := n.(type) {
		case *rule.Regexp:
			if p.regexOf(n) == nil {
				expression := n.Expression
				p.regex = append(p.regex, regex{expression.String(), func() *regexp.Regexp { return expression }, n.Literal, p.symbol(regexShare), spaceless(n.Text)})
			}
		case *rule.Type:
			if _, ok := typeNamed(n.Name); !ok {
				err = fmt.Errorf("%s: unknown type <%s>", pattern.Pos, n.Name)
			}
		}
		return true
	})
	return err
}

func (p *Program) regexOf(n *rule.Regexp) *regex {
	for i := range p.regex {
		if p.regex[i].text == n.Expression.String() {
			return &p.regex[i]
		}
	}
	return nil
}

func (p *Program) addLanguage(code string) {
	if !slices.Contains(p.languages, code) {
		p.languages = append(p.languages, code)
	}
}
