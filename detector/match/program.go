package match

import (
	"fmt"

	"github.com/hookline/hookline/detector/rule"
)

// Program is a compiled rule set. It is immutable and safe for concurrent use.
type Program struct {
	set       *rule.Set
	slots     []Slot
	rules     []slotRange // by rule index: its slots
	languages []string

	vocab *vocabulary
	trie
	root  []uint32 // by symbol: the node after it, 0 where none begins so
	types [numTypes]symbol
	regex []regex
	grams *gramFilter // nil where the set has no regular expression
}

// Slot is one named pattern group of one rule, the unit of a match.
type Slot struct {
	Rule int    // index into the set's rules
	Name string // the pattern's name in the rule
}

type slotRange struct{ first, end int32 }

// Set is the rule set the program was compiled from.
func (p *Program) Set() *rule.Set { return p.set }

// Slots lists the named patterns of all rules, by rule and then in the order
// of the rule's file. A Hit's Slot is an index into it.
func (p *Program) Slots() []Slot { return p.slots }

// Languages lists the languages of the patterns; a Hit's Lang is an index into
// it.
func (p *Program) Languages() []string { return p.languages }

// RuleSlots is the range [first, end) of Slots that belongs to a rule.
func (p *Program) RuleSlots(rule int) (first, end int) {
	r := p.rules[rule]
	return int(r.first), int(r.end)
}

// symbol is a letter of the trie's alphabet: a word, a prefix, a type, a list.
type symbol uint32

// Bounds of a compiled set; a set beyond them is refused.
const (
	maxNodes   = 1 << 24
	maxSymbols = 1 << 24
)

// Compile builds the automaton of a rule set.
func Compile(set *rule.Set) (*Program, error) {
	b := newBuilder(set)
	for _, list := range set.Lists {
		b.addList(list)
	}
	for i, r := range set.Rules {
		b.addRule(i, r)
	}
	if b.err != nil {
		return nil, b.err
	}
	if len(b.trie.nodes) > maxNodes || int(b.next) > maxSymbols {
		return nil, fmt.Errorf("rule set too large: %d states, %d symbols", len(b.trie.nodes), b.next)
	}
	return b.program(), nil
}
