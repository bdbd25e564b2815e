package match

import (
	"slices"

	"github.com/hookline/hookline/detector/rule"
)

// need is a set of symbols, and of runs of symbols that follow each other, of
// which every text that a pattern matches has at least one.
type need struct {
	any       []atom
	frequency float32 // about how many of a text's tokens are, or begin, one
	runs      bool    // of words that are needed by themselves, too
}

// atom is a symbol, or a run of two or three that follow each other at once;
// 0 where there is none.
type atom [maxRun]symbol

// maxRun is three since a grapheme of Thai, where each is a token, says too
// little: with runs of two such messages took twice the time.
const maxRun = 3

// Pairs are made of these symbols only, and of so many combinations.
const (
	maxSides = 4
	maxPairs = 8
)

// needing works out what patterns need. Its memory is that of one pattern.
type needing struct {
	lexicon *lexicon
	program *Program
	needs   []need
	atoms   []atom
	symbols []symbol
}

// sides are the symbols that a node begins and ends with; nil where it may
// begin or end with something else.
type sides struct{ first, last []symbol }

// of lists what a pattern needs, the rarest first; none for a pattern with a
// word that is none.
func (n *needing) of(node rule.Node) []need {
	n.needs, n.atoms, n.symbols = n.needs[:0], n.atoms[:0], n.symbols[:0]
	if _, ok := n.node(node); !ok {
		return nil
	}
	slices.SortStableFunc(n.needs, func(a, b need) int {
		switch {
		case a.frequency < b.frequency:
			return -1
		case a.frequency > b.frequency:
			return 1
		default:
			return 0
		}
	})
	return n.needs
}

// node appends what a node needs to the needs. It visits every word of it.
func (n *needing) node(node rule.Node) (s sides, ok bool) {
	switch node := node.(type) {
	case *rule.Seq:
		return n.sequence(node)
	case *rule.Alt:
		return n.alternatives(node)
	case *rule.Opt:
		before := len(n.needs)
		_, ok := n.node(node.Body)
		n.needs = n.needs[:before]
		return sides{}, ok
	case *rule.Gap:
		return sides{}, true
	case *rule.Word:
		return n.word(node)
	default:
		s := n.program.named(node)
		n.add(n.frequency(s), atom{s})
		return sides{}, s != 0
	}
}

func (n *needing) frequency(s symbol) float32 { return n.lexicon.frequency[s&partMask] }

func (n *needing) add(frequency float32, atoms ...atom) {
	at := len(n.atoms)
	n.atoms = append(n.atoms, atoms...)
	n.needs = append(n.needs, need{any: n.atoms[at:len(n.atoms):len(n.atoms)], frequency: frequency})
}

func (n *needing) word(w *rule.Word) (s sides, ok bool) {
	var buffer [1]symbol
	symbols := n.lexicon.of(w.Text, marksOf(w.Prefix, w.Fuzzy), &buffer)
	for i := range symbols {
		n.add(n.frequency(symbols[i]), atom{symbols[i]})
		if i > 0 {
			n.pairs(symbols[i-1:i], symbols[i:i+1])
		}
		if i > 1 {
			n.triple([maxRun]symbol(symbols[i-2:]))
		}
	}
	if len(symbols) == 0 {
		return s, false
	}
	at := len(n.symbols)
	n.symbols = append(n.symbols, symbols[0], symbols[len(symbols)-1])
	return sides{n.symbols[at : at+1 : at+1], n.symbols[at+1 : at+2 : at+2]}, true
}

// pairs notes that one of some symbols is followed by one of others.
func (n *needing) pairs(first, last []symbol) {
	if len(first)*len(last) == 0 || len(first)*len(last) > maxPairs {
		return
	}
	at, frequency := len(n.atoms), float32(0)
	for _, a := range first {
		for _, b := range last {
			n.atoms = append(n.atoms, atom{a, b})
			frequency += n.frequency(a) * n.frequency(b)
		}
	}
	n.needs = append(n.needs, need{n.atoms[at:len(n.atoms):len(n.atoms)], company*frequency + runCost, true})
}

// triple notes that three symbols follow each other.
func (n *needing) triple(run atom) {
	at, frequency := len(n.atoms), n.frequency(run[0])*n.frequency(run[1])*n.frequency(run[2])
	n.atoms = append(n.atoms, run)
	n.needs = append(n.needs, need{n.atoms[at : at+1 : at+1], company*company*frequency + runCost, true})
}

func (n *needing) sequence(seq *rule.Seq) (s sides, ok bool) {
	var before sides
	for i, item := range seq.Items {
		s1, ok := n.node(item)
		if !ok {
			return s, false
		}
		if i > 0 {
			n.pairs(before.last, s1.first)
		} else {
			s.first = s1.first
		}
		before = s1
	}
	s.last = before.last
	return s, true
}

// alternatives need one of what each branch needs.
func (n *needing) alternatives(alt *rule.Alt) (s sides, ok bool) {
	first := len(n.needs)
	var atoms []atom
	frequency, open := float32(0), false
	for i, branch := range alt.Branches {
		b, ok := n.node(branch)
		if !ok {
			return s, false
		}
		if i == 0 {
			s = b
		} else {
			s.first, s.last = joined(s.first, b.first), joined(s.last, b.last)
		}
		if least := rarest(n.needs[first:]); least != nil {
			atoms, frequency = append(atoms, least.any...), frequency+least.frequency
		} else {
			open = true
		}
		n.needs = n.needs[:first]
	}
	if !open {
		n.add(frequency, atoms...)
	}
	return s, true
}

// joined is a and b together, where both are known and few.
func joined(a, b []symbol) []symbol {
	if len(a) == 0 || len(b) == 0 || len(a)+len(b) > maxSides {
		return nil
	}
	return append(slices.Clip(a), b...)
}

func rarest(needs []need) *need {
	var least *need
	for i := range needs {
		if least == nil || needs[i].frequency < least.frequency {
			least = &needs[i]
		}
	}
	return least
}
