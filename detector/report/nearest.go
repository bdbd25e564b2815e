package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/token"
)

// Lack is one thing that keeps a rule from holding.
type Lack struct {
	Pattern string `json:"pattern,omitempty"` // not found; empty where it is no pattern that is missing
	Nearest string `json:"nearest,omitempty"` // of its phrases, the one that the thread comes nearest to
	Missing string `json:"missing,omitempty"` // the words of that phrase that are not there
	Text    string `json:"text"`              // in a sentence

	share float64 // of the nearest phrase's words that are there
}

// NearMiss is a rule of which something was found, and what it lacks.
type NearMiss struct {
	Rule  string   `json:"rule"`
	Title string   `json:"title"`
	Found []string `json:"found"` // words that its patterns hit
	Lacks []Lack   `json:"lacks"`
}

const (
	maxNearMisses = 5   // that are shown
	minShare      = 0.5 // of the words of a phrase that is lacking
	phraseWidth   = 70  // columns of a phrase in a sentence
)

// NearMisses lists the rules that lack one thing only in a thread, of which at
// least half is there; the likeliest and weightiest first, at most five. Where
// the language of the thread is known, patterns of others are not nearly found.
func NearMisses(d *detector.Detector, thread []message.Message, language string) []NearMiss {
	return nearMisses(d, thread, language, speller{})
}

func nearMisses(d *detector.Detector, thread []message.Message, language string, spell speller) []NearMiss {
	type ranked struct {
		NearMiss
		rank float64
	}
	var misses []ranked
	words := readWords(thread, language, spell)
	for _, t := range d.TraceAll(thread) {
		if t.Holds || t.Rule.Effect != rule.NoEffect || t.Rule.Status == rule.Experimental {
			continue
		}
		n := newNearness(d.Set(), &t, words)
		lacks := n.lacks(t.Rule.Condition)
		if len(lacks) != 1 {
			continue
		}
		if n.measureAll(lacks); lacks[0].share < minShare {
			continue
		}
		miss := NearMiss{t.Rule.ID, t.Rule.Title, foundWords(&t, thread), lacks}
		misses = append(misses, ranked{miss, lacks[0].share * t.Rule.Weight})
	}
	slices.SortStableFunc(misses, func(a, b ranked) int { return cmp.Compare(b.rank, a.rank) })
	var nearest []NearMiss
	for _, m := range misses[:min(len(misses), maxNearMisses)] {
		nearest = append(nearest, m.NearMiss)
	}
	return nearest
}

func foundWords(t *detector.Trace, thread []message.Message) (all []string) {
	for _, p := range t.Patterns {
		text := Visible(thread[p.Message].Text[p.Span.Start:p.Span.End])
		if !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return all
}

// lacking lists the least that would have to be otherwise for the rule to
// hold; nil where it holds.
func lacking(set *rule.Set, t *detector.Trace, words *wordSet) []Lack {
	n := newNearness(set, t, words)
	lacks := n.lacks(t.Rule.Condition)
	n.measureAll(lacks)
	return lacks
}

func newNearness(set *rule.Set, t *detector.Trace, words *wordSet) *nearness {
	n := &nearness{set: set, trace: t, words: words, holds: map[*rule.Condition]bool{}, found: map[string]bool{}}
	for _, c := range t.Clauses {
		n.holds[c.Clause] = c.Holds
	}
	for _, p := range t.Patterns {
		n.found[p.Name] = true
	}
	return n
}

// measureAll says of each pattern that is lacking how near the thread comes,
// which is dear.
func (n *nearness) measureAll(lacks []Lack) {
	for i := range lacks {
		if lacks[i].Pattern != "" {
			lacks[i] = n.pattern(lacks[i].Pattern)
		}
	}
}

type nearness struct {
	set   *rule.Set
	trace *detector.Trace
	words *wordSet
	holds map[*rule.Condition]bool
	found map[string]bool
}

// lacks goes for the cheapest way to make a clause true.
func (n *nearness) lacks(c *rule.Condition) []Lack {
	if n.holds[c] {
		return nil
	}
	switch c.Op {
	case rule.OpRef:
		if n.found[c.Name] {
			return nil // elsewhere: the clause around it tells
		}
		return []Lack{{Pattern: c.Name}}
	case rule.OpNone:
		var lacks []Lack
		for _, arg := range c.Args {
			if n.holds[arg] {
				lacks = append(lacks, Lack{Text: fmt.Sprintf("%s is there, and must not be", arg), share: 1})
			}
		}
		return lacks
	}
	of := make([][]Lack, len(c.Args))
	for i, arg := range c.Args {
		of[i] = n.lacks(arg)
	}
	slices.SortStableFunc(of, func(a, b []Lack) int { return cmp.Compare(len(a), len(b)) })
	need := len(of)
	switch c.Op {
	case rule.OpAny:
		need = 1
	case rule.OpAtLeast:
		need = c.N
	}
	all := slices.Concat(of[:min(need, len(of))]...)
	if len(all) == 0 {
		return []Lack{{Text: n.apart(c), share: 1}}
	}
	return all
}

// apart says why a clause does not hold although each of its parts was found.
func (n *nearness) apart(c *rule.Condition) string {
	distance := n.distance(c)
	switch {
	case distance > 0 && c.Within.Units > 0:
		return fmt.Sprintf("%s: found, but %d units apart and not within %d (a word is 2)", c, distance, c.Within.Units)
	case c.Op == rule.OpThen:
		return fmt.Sprintf("%s: found, but not in this order and distance", c)
	default:
		return fmt.Sprintf("%s: found, but not in one %s", c, c.Scope)
	}
}

// distance is the least stretch of one message in which all the named parts of
// a clause lie; 0 where there is none.
func (n *nearness) distance(c *rule.Condition) int {
	least := 0
	for _, from := range n.trace.Patterns {
		start, end := from.Units[0], int32(0)
		for _, arg := range c.Args {
			next := int32(-1)
			for _, p := range n.trace.Patterns {
				if p.Message == from.Message && p.Name == arg.Name && p.Units[0] >= start && (next < 0 || p.Units[1] < next) {
					next = p.Units[1]
				}
			}
			if next < 0 {
				end = -1
				break
			}
			end = max(end, next)
		}
		if length := int(end - start); end > 0 && (least == 0 || length < least) {
			least = length
		}
	}
	return least
}

// pattern finds the phrase of a name that the thread comes nearest to.
func (n *nearness) pattern(name string) Lack {
	l := Lack{Pattern: name}
	best := -1.0
	for _, p := range n.trace.Rule.Patterns() {
		if p.Name != name || !n.words.speaks(p.Lang) {
			continue
		}
		have, missing := n.measure(p.Node)
		share := float64(have) / float64(have+len(missing))
		if share > best {
			best, l.Nearest, l.Missing = share, p.Text, strings.Join(missing, " ")
		}
	}
	l.share = max(0, best)
	switch phrase := clip(l.Nearest, phraseWidth); {
	case best <= 0:
		l.Nearest, l.Missing = "", ""
		l.Text = fmt.Sprintf("%s: nothing like it is there", name)
	case l.Missing == "":
		l.Text = fmt.Sprintf("%s: the words of “%s” are there, but not together or in this order", name, phrase)
	default:
		l.Text = fmt.Sprintf("%s: “%s” is missing of “%s”", name, l.Missing, phrase)
	}
	return l
}

// measure counts the words of a node that are in the thread and lists those
// that are not, for the branches that come nearest.
func (n *nearness) measure(node rule.Node) (have int, missing []string) {
	switch node := node.(type) {
	case *rule.Word:
		return n.judge(n.words.word(node), node.Text)
	case *rule.Type:
		return n.judge(n.words.types[node.Name], "<"+node.Name+">")
	case *rule.Regexp:
		return n.judge(n.words.matches(node), "/"+node.Text+"/")
	case *rule.ListRef:
		list, _ := n.set.List(node.Name)
		for _, e := range list.Entries() {
			if (node.Group == "" || e.Name == node.Group) && n.words.speaks(e.Lang) {
				if _, lost := n.measure(e.Node); len(lost) == 0 {
					return 1, nil
				}
			}
		}
		return 0, []string{"@" + strings.TrimSuffix(node.Name+"."+node.Group, ".")}
	case *rule.Seq:
		for _, item := range node.Items {
			h, m := n.measure(item)
			have, missing = have+h, append(missing, m...)
		}
		return have, missing
	case *rule.Alt:
		for i, branch := range node.Branches {
			h, m := n.measure(branch)
			if i == 0 || len(m) < len(missing) || len(m) == len(missing) && h > have {
				have, missing = h, m
			}
		}
		return have, missing
	default: // a gap, or what may be left out
		return 0, nil
	}
}

func (n *nearness) judge(there bool, what string) (int, []string) {
	if there {
		return 1, nil
	}
	return 0, []string{what}
}

// wordSet is what a thread says, word by word, and which types it holds.
type wordSet struct {
	lang   string // of the thread, "" if not known
	words  map[string]bool
	bodies []string // of each message, folded
	types  map[string]bool
	asked  map[string]bool // answers about words of patterns
	spell  speller
}

// speller remembers the tokens of patterns' words.
type speller map[string][]string

func (s speller) tokens(text string) []string {
	all, known := s[text]
	if known {
		return all
	}
	var folder fold.Folder
	var tokens token.Tokenizer
	stream := tokens.Tokenize(folder.Fold(text))
	for k := range stream.Tokens {
		all = append(all, string(stream.Word(k)))
	}
	s[text] = all
	return all
}

func readWords(thread []message.Message, language string, spell speller) *wordSet {
	language, _, _ = strings.Cut(language, "-")
	w := &wordSet{lang: language, words: map[string]bool{}, types: map[string]bool{}, asked: map[string]bool{}, spell: spell}
	var folder fold.Folder
	var tokens token.Tokenizer
	finder := identifier.NewFinder("")
	for i := range thread {
		if !thread[i].Scored() {
			continue
		}
		text := folder.Fold(thread[i].Text)
		stream := tokens.Tokenize(text)
		for k := range stream.Tokens {
			w.words[string(stream.Word(k))] = true
		}
		w.bodies = append(w.bodies, string(text.Body))
		for _, id := range finder.Find(text, nil) {
			w.types[id.Kind.String()] = true
		}
	}
	return w
}

// speaks says whether a pattern of a language may be in the thread.
func (w *wordSet) speaks(lang string) bool {
	return w.lang == "" || lang == w.lang || lang == "und"
}

// word says whether every token of a pattern's word is there.
func (w *wordSet) word(of *rule.Word) bool {
	key := of.Text
	if of.Prefix {
		key += "*"
	}
	there, known := w.asked[key]
	if !known {
		there = w.look(of)
		w.asked[key] = there
	}
	return there
}

func (w *wordSet) look(of *rule.Word) bool {
	parts := w.spell.tokens(of.Text)
	for k, part := range parts {
		last := k == len(parts)-1
		if !w.words[part] && !(last && of.Prefix && w.begins(part)) {
			return false
		}
	}
	return true
}

func (w *wordSet) begins(prefix string) bool {
	for word := range w.words {
		if strings.HasPrefix(word, prefix) {
			return true
		}
	}
	return false
}

func (w *wordSet) matches(re *rule.Regexp) bool {
	return slices.ContainsFunc(w.bodies, re.Expression.MatchString)
}
