package rule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/source"
)

// Set is a valid rule folder. It and all that it holds are read-only.
type Set struct {
	Rules      []*Rule      // sorted by ID; context rules are among them
	Lists      []*List      // sorted by ID
	Scripts    []*Script    // sorted by ID
	Composites []*Composite // sorted by ID
	Weights    Weights
	References map[string]string // the sources that rules may cite by key, of references.yaml
	Version    string            // of the folders, with the hash: "builtin-1.0+sha256:…"
	Hash       string            // "sha256:…" over names and contents of all files, line ends unified

	// Key stands for what the folders hold, as LoadKnown asks for it: the same for
	// the same files, of which those that are fixed were not read.
	Key string

	files  []*file          // by folder, then by path
	byName map[string]*file // as positions name them
}

// Shadowed returns the set with some rules made experimental: they are
// reported and score nothing. An id that no rule has is an error.
func (s *Set) Shadowed(ids ...string) (*Set, error) {
	shadowed := *s
	shadowed.Rules = slices.Clone(s.Rules)
	for _, id := range ids {
		i, ok := slices.BinarySearchFunc(shadowed.Rules, id, func(r *Rule, id string) int { return strings.Compare(r.ID, id) })
		if !ok {
			return nil, fmt.Errorf("no rule %q", id)
		}
		r := *shadowed.Rules[i]
		r.Status = Experimental
		shadowed.Rules[i] = &r
	}
	return &shadowed, nil
}

// Rule is one indicator, or one context rule.
type Rule struct {
	ID          string // category.family.indicator, or context.name
	Title       string
	Description string
	Category    string // first part of the id
	Family      string // the id without its last part
	Stage       Stage
	Class       Class
	Weight      float64 // log-odds: of weights.yaml, else the start weight of the class
	Locked      bool    // fit leaves the weight alone
	Queue       Queue
	Also        []Queue // further queues, in file order
	Act         Act
	Effect      Effect // NoEffect except for context and victim_side rules
	Status      Status
	Aliases     []string   // earlier ids of the rule
	Names       []string   // the patterns' names, in file order
	Languages   []string   // of the patterns, in file order
	Condition   *Condition // never nil
	Lookalikes  []string   // honest texts that look like this, in words
	References  []string   // keys of sources
	Tests       Tests
	Pos         source.Position // of the id

	places   func() map[string]source.Position
	patterns func() []*Pattern
}

// Patterns are those of the rule, by name, then in file order.
func (r *Rule) Patterns() []*Pattern { return r.patterns() }

// With is the rule with other patterns.
func (r Rule) With(patterns ...*Pattern) *Rule {
	r.patterns = func() []*Pattern { return patterns }
	return &r
}

// Place is where the rule's file gives a field, as in "weight", or a pattern
// name, as in "patterns.task"; the rule's Pos where it does not.
func (r *Rule) Place(field string) source.Position {
	if pos, ok := r.places()[field]; ok {
		return pos
	}
	return r.Pos
}

// Tests is what a rule's author says it must and must not match.
type Tests struct {
	Match, NoMatch         []Test
	TodoMatch, TodoNoMatch []Test // known gaps: they fail when they start to pass
}

// Test is a text, or a thread, with the spans that must be hit.
type Test struct {
	Lang     string // language code; "en" where the file does not say
	Messages []TestMessage
	Pos      source.Position
}

// TestMessage is one message of a test.
type TestMessage struct {
	Who   string        // the sender; "" in a test of one text
	After time.Duration // time since the message before; 0 if not said
	Text  string        // without marks
	Marks []marked.Mark // by pattern name; spans are bytes of Text
	Pos   source.Position

	at  scalar
	raw string
}

// List is a list of phrases that patterns call by @name.
type List struct {
	ID      string // "lists.messengers"
	Name    string // "messengers"
	Title   string
	Updated string // date of the last look at the data, YYYY-MM-DD
	Groups  []string
	Pos     source.Position

	entries func() []*Pattern
}

// Entries are those of the list, by group, which is their Name, then in file
// order.
func (l *List) Entries() []*Pattern { return l.entries() }

// Script is the ordered stages of a category.
type Script struct {
	ID     string // "scripts.romance_investment"
	Name   string // "romance_investment"
	Title  string
	Stages []ScriptStage // in the order of the script
	Pos    source.Position
}

// ScriptStage is a stage as one script plays it.
type ScriptStage struct {
	ID    Stage
	Title string
	Next  string // what comes next, as advice to a reviewer
	Pos   source.Position
}

// Composite is a named combination of rules that sets a band or a queue.
type Composite struct {
	ID    string // "comp.lock_in"
	Title string
	When  *Condition // over rules; default scope thread
	Band  Band       // at least this band; NoBand leaves it
	Queue Queue      // NoQueue leaves it
	Also  []Queue
	Do    string // what a reviewer does next
	Pos   source.Position
}

// Weights is weights.yaml. Rule.Weight already holds the weights.
type Weights struct {
	BaseRate float64 // share of scams among threads: the bias is its log-odds
	T3, T2   float64 // scores (0–100) from which a verdict is P3, P2
	Rules    []RuleWeight
}

// RuleWeight is one line of weights.yaml.
type RuleWeight struct {
	Rule   string
	Weight float64
	Locked bool
	Pos    source.Position
}

// Defaults where weights.yaml is silent (DESIGN, "Scoring"). One strong match
// alone scores 25.06, a strong and a medium one 66.9.
const (
	DefaultBaseRate = 0.01
	DefaultT3       = 25
	DefaultT2       = 65
)

// StartWeight is the weight of a rule of the class before anything is fitted,
// in log-odds (DESIGN, "Scoring").
func (c Class) StartWeight() float64 {
	return [...]float64{Context: 0, Weak: 0.7, Medium: 1.8, Strong: 3.5}[c]
}

// Bounds is the range that fit and lint hold a class's weight to (DESIGN).
func (c Class) Bounds() (least, greatest float64) {
	b := [...][2]float64{Context: {-6, 0}, Weak: {0, 1.2}, Medium: {0.8, 3}, Strong: {2, 6}}[c]
	return b[0], b[1]
}

// Rule finds a rule by id.
func (s *Set) Rule(id string) (*Rule, bool) {
	return find(s.Rules, id, func(r *Rule) string { return r.ID })
}

// List finds a list by its name, as in "@name".
func (s *Set) List(name string) (*List, bool) {
	return find(s.Lists, "lists."+name, func(l *List) string { return l.ID })
}

// Script finds a script by its name, which is a category.
func (s *Set) Script(name string) (*Script, bool) {
	return find(s.Scripts, "scripts."+name, func(c *Script) string { return c.ID })
}

// Composite finds a composite by id.
func (s *Set) Composite(id string) (*Composite, bool) {
	return find(s.Composites, id, func(c *Composite) string { return c.ID })
}

// Text is the file that a position of this set names.
func (s *Set) Text(file string) (source.Text, bool) {
	f, ok := s.byName[file]
	if !ok {
		return source.Text{}, false
	}
	return f.source(), true
}

// Fault is an error at a place of the set's files: what Load would have said.
func (s *Set) Fault(pos source.Position, width int, text string) *Error {
	file, _ := s.Text(pos.File)
	return &Error{Pos: pos, Text: text, Line: file.Line(pos.Line), Width: max(1, width)}
}

func find[T any](sorted []T, id string, key func(T) string) (found T, ok bool) {
	i, ok := slices.BinarySearchFunc(sorted, id, func(t T, id string) int {
		return strings.Compare(key(t), id)
	})
	if ok {
		found = sorted[i]
	}
	return found, ok
}
