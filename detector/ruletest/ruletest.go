package ruletest

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Failure is a test that did not come out as its author said.
type Failure struct {
	Rule *rule.Rule
	Pos  source.Position
	Text string
}

// String prints file:line:col: what is wrong.
func (f Failure) String() string { return f.Pos.String() + ": " + f.Text }

// Result is what became of the tests of some rules.
type Result struct {
	Rules    int
	Passed   int
	Failures []Failure // in rule order, then as the tests stand in the file
}

// Run runs the tests of every rule that keep accepts (nil for all).
func Run(d *detector.Detector, keep func(*rule.Rule) bool) Result {
	var result Result
	for _, r := range d.Set().Rules {
		if keep != nil && !keep(r) {
			continue
		}
		result.Rules++
		run := runner{d: d, rule: r, result: &result}
		run.all(r.Tests.Match, true, false)
		run.all(r.Tests.NoMatch, false, false)
		run.all(r.Tests.TodoMatch, true, true)
		run.all(r.Tests.TodoNoMatch, false, true)
	}
	return result
}

type runner struct {
	d      *detector.Detector
	rule   *rule.Rule
	result *Result
}

// all runs tests that must match or must not; a todo must fail.
func (r *runner) all(tests []rule.Test, match, todo bool) {
	for i := range tests {
		fault, pos := r.one(&tests[i], match)
		switch {
		case todo && fault == "":
			r.fail(tests[i].Pos, "a known gap is closed: move this test out of todo")
		case !todo && fault != "":
			r.fail(pos, fault)
		default:
			r.result.Passed++
		}
	}
}

func (r *runner) fail(pos source.Position, text string) {
	r.result.Failures = append(r.result.Failures, Failure{r.rule, pos, r.rule.ID + ": " + text})
}

func (r *runner) one(test *rule.Test, match bool) (fault string, pos source.Position) {
	thread := Thread(test)
	trace, _ := r.d.Trace(thread, r.rule.ID)
	if trace.Holds != match {
		if match {
			return "does not match (" + test.Lang + "): " + missing(&trace), test.Pos
		}
		return "matches a look-alike (" + test.Lang + "): " + quoted(&trace, thread), test.Pos
	}
	if !match {
		return "", pos
	}
	for i, m := range test.Messages {
		for _, mark := range m.Marks {
			if !hits(&trace, i, mark.Name, mark.Span) {
				return fmt.Sprintf("%s does not hit %q; it hits %s", mark.Name, m.Text[mark.Span.Start:mark.Span.End],
					names(&trace, thread, i, mark.Name)), m.Pos
			}
		}
	}
	return "", pos
}

// Thread is a test as messages.
func Thread(test *rule.Test) []message.Message {
	thread := make([]message.Message, len(test.Messages))
	at := time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC)
	for i, m := range test.Messages {
		at = at.Add(max(m.After, time.Minute))
		thread[i] = message.Message{
			ID: "m" + strconv.Itoa(i+1), Thread: "test", Seq: int64(i), HasSeq: true, Sender: m.Who, Text: m.Text,
			Sent: message.Instant(at),
		}
	}
	return thread
}

func hits(t *detector.Trace, index int, name string, span source.Span) bool {
	for _, p := range t.Patterns {
		if p.Message == index && p.Name == name && p.Span == span {
			return true
		}
	}
	return false
}

// missing names the clauses that do not hold.
func missing(t *detector.Trace) string {
	var parts []string
	for _, c := range t.Clauses {
		if !c.Holds && len(c.Clause.Args) == 0 {
			parts = append(parts, c.Clause.String())
		}
	}
	if parts == nil {
		return "its patterns are found, but not as the condition wants them"
	}
	return "not found: " + strings.Join(parts, ", ")
}

func quoted(t *detector.Trace, thread []message.Message) string {
	var parts []string
	for _, p := range t.Patterns {
		if p.Used {
			parts = append(parts, fmt.Sprintf("%s %q", p.Name, thread[p.Message].Text[p.Span.Start:p.Span.End]))
		}
	}
	return strings.Join(parts, ", ")
}

func names(t *detector.Trace, thread []message.Message, index int, name string) string {
	var parts []string
	for _, p := range t.Patterns {
		if p.Message == index && p.Name == name {
			parts = append(parts, fmt.Sprintf("%q", thread[index].Text[p.Span.Start:p.Span.End]))
		}
	}
	if parts == nil {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}
