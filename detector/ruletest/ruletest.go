package ruletest

import (
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
	"github.com/hookline/hookline/detector/source"
)

// Kind is the sort of a failure.
type Kind string

// The kinds.
const (
	NotMatched Kind = "not-matched"        // a match test whose rule does not hold
	LookAlike  Kind = "look-alike-matched" // a no_match test whose rule holds
	WrongSpan  Kind = "wrong-span"         // a mark that its pattern does not hit
	GapClosed  Kind = "gap-closed"         // a todo test that now comes out right
	CrossMatch Kind = "cross-match"        // a look-alike that is an alert through another rule, unknown to that rule's tests
	Uncovered  Kind = "uncovered"          // what no test reaches (Cover)
	NoWitness  Kind = "no-witness"         // an alternative that does not match its own words (Cover)

	WrongVerdict Kind = "wrong-verdict" // a labelled case whose verdict its label contradicts
	MarkNotHit   Kind = "mark-not-hit"  // words of a labelled case that their rule does not hit
)

// Failure is a test that did not come out as its author said. Its place is in
// the file of the rule or of the labelled case.
type Failure struct {
	Kind Kind
	rule.Error
}

// String prints file:line:col: what is wrong, with the line.
func (f Failure) String() string {
	e := f.Error
	if e.Rule != "" {
		e.Text = e.Rule + ": " + e.Text
	}
	return e.Error()
}

// Overlap is a look-alike of one rule that another rule takes for evidence,
// without an alert or with the other's tests in agreement: no failure, but
// worth a look.
type Overlap struct {
	Rule  string          // whose no_match it is
	Other string          // the rule that is satisfied
	Pos   source.Position // of the test
	Band  rule.Band       // of the verdict on the text
}

// String prints file:line:col: who matches whose look-alike.
func (o Overlap) String() string {
	return fmt.Sprintf("%s: a look-alike of %s is evidence for %s (%s)", o.Pos, o.Rule, o.Other, o.Band)
}

// Case is one test and what became of it.
type Case struct {
	Suite    string // id of the rule, or folder of the labelled case
	List     string // match, no_match, todo_match or todo_no_match; or scam, benign, at_risk
	Lang     string
	Pos      source.Position
	Failures []Failure
}

// Result is what became of the tests of some rules.
type Result struct {
	Rules    int
	Tests    int
	Passed   int       // tests without a failure
	Cases    []Case    // every test, in rule order, then list by list
	Failures []Failure // in rule order, then as the tests stand in the file
	Overlaps []Overlap // in the same order
}

// Run runs the tests of every rule that keep accepts (nil for all). Rules are
// run side by side; the result does not depend on that.
func Run(d *detector.Detector, keep func(*rule.Rule) bool) Result {
	claims := claimed(d.Set())
	var result Result
	for _, part := range sideBySide(chosen(d, keep), func(r *rule.Rule) Result {
		run := runner{d: d, rule: r, claims: claims}
		run.all("match", r.Tests.Match, true, false)
		run.all("no_match", r.Tests.NoMatch, false, false)
		run.all("todo_match", r.Tests.TodoMatch, true, true)
		run.all("todo_no_match", r.Tests.TodoNoMatch, false, true)
		return run.result
	}) {
		result.Rules++
		result.Tests += part.Tests
		result.Passed += part.Passed
		result.Cases = append(result.Cases, part.Cases...)
		result.Failures = append(result.Failures, part.Failures...)
		result.Overlaps = append(result.Overlaps, part.Overlaps...)
	}
	return result
}

func chosen(d *detector.Detector, keep func(*rule.Rule) bool) (rules []*rule.Rule) {
	for _, r := range d.Set().Rules {
		if keep == nil || keep(r) {
			rules = append(rules, r)
		}
	}
	return rules
}

// sideBySide works on all items, as many at once as there are processors, and
// returns the results in the order of the items.
func sideBySide[T, R any](items []T, work func(T) R) []R {
	results := make([]R, len(items))
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(len(items), runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(items); i = int(next.Add(1)) - 1 {
				results[i] = work(items[i])
			}
		})
	}
	workers.Wait()
	return results
}

// claim is a text that a rule's author says the rule matches.
type claim struct{ rule, text string }

// claimed collects the texts of all match tests, and of known false alarms.
func claimed(set *rule.Set) map[claim]bool {
	claims := map[claim]bool{}
	for _, r := range set.Rules {
		for _, tests := range [][]rule.Test{r.Tests.Match, r.Tests.TodoNoMatch} {
			for i := range tests {
				claims[claim{r.ID, textOf(&tests[i])}] = true
			}
		}
	}
	return claims
}

func textOf(test *rule.Test) string {
	texts := make([]string, len(test.Messages))
	for i := range test.Messages {
		texts[i] = test.Messages[i].Text
	}
	return strings.Join(texts, "\n")
}

type runner struct {
	d      *detector.Detector
	rule   *rule.Rule
	claims map[claim]bool
	result Result
}

// all runs tests that must match or must not; a todo must fail.
func (r *runner) all(list string, tests []rule.Test, match, todo bool) {
	for i := range tests {
		test := &tests[i]
		thread := Thread(test)
		trace, _ := r.d.Trace(thread, r.rule.ID)
		failures := r.judge(test, thread, &trace, match)
		switch {
		case todo && len(failures) == 0:
			failures = []Failure{r.whole(GapClosed, test, "a known gap is closed").hint("move this test out of todo")}
		case todo:
			failures = nil
		case !match && len(failures) == 0 && r.rule.Effect == rule.NoEffect:
			failures = r.others(test, thread)
		}
		r.result.Tests++
		if len(failures) == 0 {
			r.result.Passed++
		}
		r.result.Failures = append(r.result.Failures, failures...)
		r.result.Cases = append(r.result.Cases, Case{r.rule.ID, list, test.Lang, test.Pos, failures})
	}
}

// judge compares what a rule made of a test with what its author says.
func (r *runner) judge(test *rule.Test, thread []message.Message, trace *detector.Trace, match bool) (failures []Failure) {
	switch {
	case trace.Holds && !match:
		return []Failure{r.whole(LookAlike, test, "matches a look-alike (%s): %s", test.Lang, quoted(trace, thread))}
	case !trace.Holds && match:
		return []Failure{r.whole(NotMatched, test, "does not match (%s): %s", test.Lang, missing(trace))}
	case !match:
		return nil
	}
	for i := range test.Messages {
		for _, mark := range test.Messages[i].Marks {
			if f, wrong := r.mark(&test.Messages[i], i, mark.Name, mark.Span, trace); wrong {
				failures = append(failures, f)
			}
		}
	}
	return failures
}

// mark checks one marked span; index is that of the message in the test.
func (r *runner) mark(m *rule.TestMessage, index int, name string, marked source.Span, trace *detector.Trace) (f Failure, wrong bool) {
	var nearest *source.Span
	for _, p := range trace.Patterns {
		if p.Message != index || p.Name != name {
			continue
		}
		if p.Span == marked {
			return f, false
		}
		if nearest == nil || p.Span.Overlaps(marked) && !nearest.Overlaps(marked) {
			nearest = &p.Span
		}
	}
	f = r.words(WrongSpan, m, marked, "%s does not hit these words", name)
	if nearest != nil {
		hit := r.words(WrongSpan, m, *nearest, "it hits %q", m.Text[nearest.Start:nearest.End])
		f.Other = &rule.Place{Pos: hit.Pos, Text: hit.Text, Line: hit.Line, Width: hit.Width}
	}
	return f, true
}

// others looks at the other rules for which a look-alike is evidence. That is
// a failure where it makes an alert, unless such a rule has the same text under
// match or todo_no_match: then two authors agree in writing that it is one's
// and not the other's, or the gap is known. Less than an alert is an overlap,
// and no failure.
func (r *runner) others(test *rule.Test, thread []message.Message) []Failure {
	matches := r.d.MatchAll(thread)
	if matches.Empty() {
		return nil
	}
	verdict := r.d.Judge(matches)
	owned := slices.ContainsFunc(verdict.Tags, func(tag string) bool { return r.claims[claim{tag, textOf(test)}] })
	heaviest := ""
	for i, most := 0, score.Weight(0); i < len(verdict.Evidence); i++ {
		if e := verdict.Evidence[i]; e.Rule != r.rule.ID && (heaviest == "" || e.Weight > most) {
			heaviest, most = e.Rule, e.Weight
		}
	}
	for _, tag := range verdict.Tags {
		if tag != r.rule.ID {
			r.result.Overlaps = append(r.result.Overlaps, Overlap{r.rule.ID, tag, test.Pos, verdict.Band})
		}
	}
	if verdict.Band < rule.P3 || owned || heaviest == "" {
		return nil
	}
	return []Failure{r.whole(CrossMatch, test, "this look-alike (%s) is an alert, %s, through %s", test.Lang, verdict.Band, heaviest).
		hint("narrow that rule; or put the text there, under match if it is its find, under todo_no_match if not")}
}

// whole is a failure of a test as such.
func (r *runner) whole(kind Kind, test *rule.Test, format string, args ...any) Failure {
	m := &test.Messages[0]
	f := r.words(kind, m, source.Span{End: len(m.Text)}, format, args...)
	if len(test.Messages) > 1 {
		f.Pos, f.Width = test.Pos, 1
		f.Line = r.d.Set().Fault(test.Pos, 1, "").Line
	}
	return f
}

// words is a failure of a span of a message's text.
func (r *runner) words(kind Kind, m *rule.TestMessage, at source.Span, format string, args ...any) Failure {
	_, size := utf8.DecodeLastRuneInString(m.Text[at.Start:at.End])
	start, last := m.Position(at.Start), m.Position(at.End-size)
	width := 1
	if start.Line == last.Line {
		width = last.Col - start.Col + 1
	}
	e := r.d.Set().Fault(start, width, fmt.Sprintf(format, args...))
	e.Rule = r.rule.ID
	return Failure{kind, *e}
}

func (f Failure) hint(text string) Failure {
	f.Hint = text
	return f
}

// Thread is a test as messages of one thread, a minute apart where the test
// does not say.
func Thread(test *rule.Test) []message.Message {
	thread := make([]message.Message, len(test.Messages))
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i, m := range test.Messages {
		at = at.Add(max(m.After, time.Minute))
		role, _ := message.ParseRole(m.Who)
		thread[i] = message.Message{
			ID: "m" + strconv.Itoa(i+1), Thread: "test", Seq: int64(i), HasSeq: true, Sender: m.Who, Role: role,
			Text: m.Text, Sent: message.Instant(at),
		}
	}
	return thread
}

// missing names the patterns that are wanted but not found, each once.
func missing(t *detector.Trace) string {
	found := map[string]bool{}
	for _, p := range t.Patterns {
		found[p.Name] = true
	}
	var parts []string
	var look func(c *rule.Condition)
	look = func(c *rule.Condition) {
		switch {
		case c.Op == rule.OpNone:
		case c.Op != rule.OpRef:
			for _, arg := range c.Args {
				look(arg)
			}
		case !found[c.Name] && !slices.Contains(parts, c.Name):
			parts = append(parts, c.Name)
		}
	}
	look(t.Rule.Condition)
	if parts == nil {
		return "its patterns are found, but not as the condition wants them"
	}
	return "not found: " + strings.Join(parts, ", ")
}

// quoted lists the words for which the rule holds.
func quoted(t *detector.Trace, thread []message.Message) string {
	var parts []string
	for _, p := range t.Patterns {
		if p.Used {
			parts = append(parts, fmt.Sprintf("%s %q", p.Name, thread[p.Message].Text[p.Span.Start:p.Span.End]))
		}
	}
	return strings.Join(parts, ", ")
}
