package hunt

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
	"github.com/hookline/hookline/detector/token"
)

// need is what a message must hold for something to match. Nil needs nothing.
type need struct {
	op    op
	args  []*need
	word  string   // of the others: folded, without apostrophes
	terms []string // measured: what word stands for in an index
	count int      // documents that may satisfy it, in an index
}

type op uint8

const (
	opAll op = iota
	opAny
	opWord     // exactly the term
	opPrefix   // a term that begins so
	opFuzzy    // a term one edit away, or none
	opHolds    // a term that contains it
	opCheapest // whichever of the args fewest documents satisfy
)

// needs works out what rules need.
type needs struct {
	set    *rule.Set
	folder fold.Folder
	tokens token.Tokenizer
	lists  map[string]*need
}

func newNeeds(set *rule.Set) *needs { return &needs{set: set, lists: map[string]*need{}} }

func allOf(args []*need) *need {
	args = slices.DeleteFunc(args, func(n *need) bool { return n == nil })
	switch len(args) {
	case 0:
		return nil
	case 1:
		return args[0]
	default:
		return &need{op: opAll, args: args}
	}
}

func anyOf(args []*need) *need {
	if len(args) == 0 || slices.Contains(args, nil) {
		return nil
	}
	if len(args) == 1 {
		return args[0]
	}
	return &need{op: opAny, args: args}
}

// rule is what one message at least of a thread must hold for a rule to be
// evidence in it.
func (n *needs) rule(r *rule.Rule) *need {
	if !alternatives(r.Condition) {
		return n.condition(r, r.Condition)
	}
	// As the detector has it: any pattern, also one that the condition leaves out.
	var patterns []*need
	for _, p := range r.Patterns() {
		patterns = append(patterns, n.node(p.Node))
	}
	return anyOf(patterns)
}

// alternatives says whether any pattern within a message makes a condition true.
func alternatives(c *rule.Condition) bool {
	yes := true
	c.Walk(func(c *rule.Condition) { yes = yes && (c.Op == rule.OpRef || c.Op == rule.OpAny) && !apart(c) })
	return yes
}

// apart says whether the parts of a condition may lie in different messages.
func apart(c *rule.Condition) bool {
	return c.Scope == rule.SenderScope || c.Scope == rule.ThreadScope || c.Within.Messages > 0 || c.Within.Days > 0
}

// condition is what a message must hold for a condition. Where its parts may
// lie in different messages, it is what any one of them needs.
func (n *needs) condition(r *rule.Rule, c *rule.Condition) *need {
	args := make([]*need, len(c.Args))
	for i, arg := range c.Args {
		args[i] = n.condition(r, arg)
	}
	switch c.Op {
	case rule.OpRef:
		var patterns []*need
		for _, p := range r.Patterns() {
			if p.Name == c.Name {
				patterns = append(patterns, n.node(p.Node))
			}
		}
		return anyOf(patterns)
	case rule.OpAny:
		return anyOf(args)
	case rule.OpNone:
		return nil
	case rule.OpAtLeast:
		if c.N < len(args) {
			return anyOf(args)
		}
	}
	if c.Threaded() {
		return anyOne(args)
	}
	return allOf(args)
}

// anyOne is a need that each of several needs may stand for: which one is
// chosen when it is known what they cost.
func anyOne(args []*need) *need {
	args = slices.DeleteFunc(args, func(n *need) bool { return n == nil })
	if len(args) == 0 {
		return nil
	}
	return &need{op: opCheapest, args: args}
}

func (n *needs) node(node rule.Node) *need {
	switch node := node.(type) {
	case *rule.Seq:
		var items []*need
		for _, item := range node.Items {
			items = append(items, n.node(item))
		}
		return allOf(items)
	case *rule.Alt:
		var branches []*need
		for _, branch := range node.Branches {
			branches = append(branches, n.node(branch))
		}
		return anyOf(branches)
	case *rule.Word:
		return n.words(node)
	case *rule.Type:
		return &need{op: opWord, word: "<" + node.Name + ">"}
	case *rule.ListRef:
		return n.list(node)
	case *rule.Regexp:
		return literal(node.Literal)
	default: // what may be absent
		return nil
	}
}

// words is the need of a word of the grammar, which may be several of a text.
func (n *needs) words(w *rule.Word) *need {
	stream := n.tokens.Tokenize(n.folder.Fold(w.Text))
	var words []*need
	for i := range stream.Tokens {
		last := i == len(stream.Tokens)-1
		o := opWord
		switch {
		case w.Fuzzy && last:
			o = opFuzzy
		case w.Prefix && last && stream.Tokens[i].Units > 1:
			o = opPrefix
		}
		text := string(stream.Word(i))
		var same []*need
		for _, s := range []string{text, fold.Plain(text), fold.Umlauts(text)} {
			if s != "" {
				same = append(same, &need{op: o, word: strings.ReplaceAll(s, "'", "")})
			}
		}
		words = append(words, anyOf(same))
	}
	return allOf(words)
}

func (n *needs) list(ref *rule.ListRef) *need {
	name := ref.Name + "." + ref.Group
	if known, ok := n.lists[name]; ok {
		return known
	}
	list, ok := n.set.List(ref.Name)
	if !ok {
		return nil
	}
	var entries []*need
	for _, e := range list.Entries() {
		if ref.Group == "" || e.Name == ref.Group {
			entries = append(entries, n.node(e.Node))
		}
	}
	n.lists[name] = anyOf(entries)
	return n.lists[name]
}

// minLiteral is how long a piece of a literal must be to be looked for in the
// middle of words.
const minLiteral = 3

// literal is the need of a text that holds a literal: a word of it holds the
// longest run of plain letters, since no word ends within one.
func literal(text string) *need {
	longest := ""
	for _, run := range bytes.FieldsFunc([]byte(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }) {
		if len(run) > len(longest) {
			longest = string(run)
		}
	}
	if len(longest) < minLiteral {
		return nil
	}
	return &need{op: opHolds, word: longest}
}

// maxTerms is how many terms a word may stand for before it counts for nothing.
const maxTerms = 5000

// measure finds out what needs stand for in an index and how many documents may
// satisfy them. Rules share lists and words: each is looked up once.
type measure struct {
	view   *textindex.View
	counts map[string]int // of plain words
	leaves map[leaf]*need // of other words
	done   map[*need]*need
}

type leaf struct {
	op   op
	word string
}

func newMeasure(view *textindex.View, all []*need) (*measure, error) {
	m := &measure{view: view, counts: map[string]int{}, leaves: map[leaf]*need{}, done: map[*need]*need{}}
	seen := map[*need]bool{}
	var words, literals []string
	var gather func(n *need)
	gather = func(n *need) {
		if n == nil || seen[n] {
			return
		}
		seen[n] = true
		switch n.op {
		case opWord:
			words = append(words, n.word)
		case opHolds:
			literals = append(literals, n.word)
		}
		for _, arg := range n.args {
			gather(arg)
		}
	}
	for _, n := range all {
		gather(n)
	}
	slices.Sort(words)
	words = slices.Compact(words)
	counts, err := view.Counts(words)
	if err != nil {
		return nil, err
	}
	for i, word := range words {
		m.counts[word] = counts[i]
	}
	slices.Sort(literals)
	literals = slices.Compact(literals)
	lists, err := view.Containing(literals, maxTerms)
	if err != nil {
		return nil, err
	}
	for i, literal := range literals {
		m.keep(opHolds, literal, lists[i])
	}
	return m, nil
}

// need measures a need. What stands for too much comes back as nil.
func (m *measure) need(n *need) (*need, error) {
	if n == nil {
		return nil, nil
	}
	if known, ok := m.done[n]; ok {
		return known, nil
	}
	var found *need
	var err error
	if n.args == nil {
		found, err = m.leaf(n)
	} else {
		found, err = m.several(n)
	}
	m.done[n] = found
	return found, err
}

func (m *measure) several(n *need) (*need, error) {
	all := make([]*need, len(n.args))
	for i, arg := range n.args {
		var err error
		if all[i], err = m.need(arg); err != nil {
			return nil, err
		}
	}
	if n.op == opAny {
		if len(all) == 1 || slices.Contains(all, nil) {
			return anyOf(all), nil
		}
		sum := &need{op: opAny}
		for _, a := range all {
			if a.count > 0 { // most words of a rule are of languages the index has little of
				sum.args = append(sum.args, a)
				sum.count += a.count
			}
		}
		return sum, nil
	}
	all = slices.DeleteFunc(all, func(a *need) bool { return a == nil })
	if len(all) == 0 {
		return nil, nil
	}
	slices.SortStableFunc(all, func(a, b *need) int { return a.count - b.count })
	if n.op == opCheapest || len(all) == 1 {
		return all[0], nil
	}
	return &need{op: opAll, args: all, count: all[0].count}, nil
}

func (m *measure) leaf(n *need) (*need, error) {
	if n.op == opWord {
		return &need{op: opWord, terms: []string{n.word}, count: m.counts[n.word]}, nil
	}
	if known, ok := m.leaves[leaf{n.op, n.word}]; ok {
		return known, nil
	}
	ask := m.view.Beginning
	if n.op == opFuzzy {
		ask = m.view.OneEdit
	}
	terms, err := ask(n.word, maxTerms)
	if err != nil {
		return nil, err
	}
	return m.keep(n.op, n.word, terms), nil
}

// keep remembers what a word stands for: nil, where that is too much.
func (m *measure) keep(o op, word string, terms textindex.Listing) (n *need) {
	if terms.Whole {
		n = &need{op: o, terms: terms.All, count: terms.Count}
	}
	m.leaves[leaf{o, word}] = n
	return n
}

// enough is how few documents are read rather than narrowed down further.
const enough = 32

// find lists the parts that satisfy a measured need, within some.
func (n *need) find(view *textindex.View, within []textindex.Posting) ([]textindex.Posting, error) {
	switch n.op {
	case opAll:
		for _, arg := range n.args {
			found, err := arg.find(view, within)
			if err != nil {
				return nil, err
			}
			if within = found; len(within) <= enough {
				break
			}
		}
		return within, nil
	case opAny:
		var sum []textindex.Posting
		var terms []string
		for _, arg := range n.args {
			if arg.args == nil {
				terms = append(terms, arg.terms...)
				continue
			}
			found, err := arg.find(view, within)
			if err != nil {
				return nil, err
			}
			sum = textindex.Union(sum, found)
		}
		slices.Sort(terms)
		found, err := view.Words(slices.Compact(terms), within)
		return textindex.Union(sum, found), err
	default:
		return view.Words(n.terms, within)
	}
}
