package eval

import (
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
	"github.com/hookline/hookline/detector/score"
	"github.com/hookline/hookline/detector/source"
)

// Wanted says what the label asks of the verdict, as [Measure] counts it, and
// whether the verdict answers it: of a scam an alert, of people at risk a queue
// that protects them, of honest people none. Scams of kinds that Hookline does
// not look for are not to be taken for ours.
func (c *Case) Wanted() (what string, got bool) {
	alert := score.Alert(c.Verdict.Band)
	switch {
	case c.OutOfScope():
		return "no alert of a category that Hookline looks for", !alert || !inScope(report.Category(&c.Verdict))
	case c.Label == Scam:
		return "an alert", alert
	case c.Label == AtRisk:
		return "a queue that protects people", protected(c)
	default:
		return "no alert", !alert
	}
}

// Checked is what became of labelled cases that are taken for tests.
type Checked struct {
	ruletest.Result
	Marks, Hit int // marked words, and those that their rule hits
}

// Check asks of each case that its verdict answers its label, and that every
// mark has words that its rule hits. The rest of its rule's match may lie
// outside: people mark what they read, not what a pattern spans.
func Check(d *detector.Detector, cases []labelled.Case) (Checked, error) {
	var checked Checked
	for i := range cases {
		k := checker{d: d, of: &cases[i], messages: cases[i].Messages()}
		if err := k.label(); err != nil {
			return checked, err
		}
		k.marks(&checked)
		checked.Tests++
		if len(k.failures) == 0 {
			checked.Passed++
		}
		checked.Failures = append(checked.Failures, k.failures...)
		checked.Cases = append(checked.Cases, ruletest.Case{
			Suite: path.Dir(k.of.Path), List: path.Base(k.of.Name()) + ": " + k.of.Label, Lang: k.of.Lang,
			Pos: k.of.LabelPlace(), Failures: k.failures,
		})
	}
	return checked, nil
}

type checker struct {
	d        *detector.Detector
	of       *labelled.Case
	messages []message.Message
	failures []ruletest.Failure
}

func (k *checker) fail(kind ruletest.Kind, pos source.Position, width int, format string, args ...any) *ruletest.Failure {
	k.failures = append(k.failures, ruletest.Failure{Kind: kind, Error: rule.Error{
		Pos: pos, Width: max(1, width), Line: k.of.Line(pos.Line), Text: fmt.Sprintf(format, args...),
	}})
	return &k.failures[len(k.failures)-1]
}

// label compares the verdict with the label, and shows the heaviest evidence
// of one that is wrong.
func (k *checker) label() error {
	run := NewRun(k.d, "")
	for i := range k.messages {
		if err := run.Add("", &k.messages[i]); err != nil {
			return err
		}
	}
	c := run.Cases()[0]
	wanted, got := c.Wanted()
	if got {
		return nil
	}
	v := &c.Verdict
	tags := strings.Join(v.Tags, " ")
	if tags == "" {
		tags = "no rule"
	}
	f := k.fail(ruletest.WrongVerdict, k.of.LabelPlace(), utf8.RuneCountInString(k.of.Label), "%s: wanted %s, got %s, %s, score %.1f: %s",
		k.of.Label, wanted, v.Band, v.Queue, v.Score, tags)
	most := -1
	for i := range v.Evidence {
		if most < 0 || v.Evidence[i].Weight > v.Evidence[most].Weight {
			most = i
		}
	}
	if most < 0 {
		return nil
	}
	e := &v.Evidence[most]
	number, _ := strconv.Atoi(strings.TrimPrefix(e.Message, "m"))
	if at := e.Start - k.of.TextStart(); number > 0 && at >= 0 && at < len(k.of.Turns[number-1].Text) {
		pos, width := k.words(number-1, source.Span{Start: at, End: min(e.End-k.of.TextStart(), len(k.of.Turns[number-1].Text))})
		f.Other = &rule.Place{Pos: pos, Text: "most of it for " + e.Rule, Line: k.of.Line(pos.Line), Width: width}
	}
	return nil
}

// words is where a span of a turn's text stands, and how wide it is.
func (k *checker) words(turn int, at source.Span) (source.Position, int) {
	_, size := utf8.DecodeLastRuneInString(k.of.Turns[turn].Text[at.Start:at.End])
	start, last := k.of.TextPlace(turn, at.Start), k.of.TextPlace(turn, at.End-size)
	if start.Line != last.Line {
		return start, 1
	}
	return start, last.Col - start.Col + 1
}

// marks asks the rules that the marks name, each once.
func (k *checker) marks(checked *Checked) {
	traces := map[string]*detector.Trace{}
	for turn := range k.of.Turns {
		for _, mark := range k.of.Turns[turn].Marks {
			checked.Marks++
			t := traces[mark.Name]
			if t == nil {
				t = k.trace(mark.Name)
				traces[mark.Name] = t
			}
			if why := k.missed(t, turn, mark.Span); why != "" {
				pos, width := k.words(turn, mark.Span)
				k.fail(ruletest.MarkNotHit, pos, width, "%s", why).Rule = mark.Name
				continue
			}
			checked.Hit++
		}
	}
}

// trace runs the rule of an id, or its heir. It is empty where there is none.
func (k *checker) trace(id string) *detector.Trace {
	t, ok := k.d.Trace(k.messages, id)
	if ok {
		return &t
	}
	for _, r := range k.d.Set().Rules {
		if slices.Contains(r.Aliases, id) {
			t, _ = k.d.Trace(k.messages, r.ID)
		}
	}
	return &t
}

// missed says why a rule does not hit marked words, "" if it does.
func (k *checker) missed(t *detector.Trace, turn int, at source.Span) string {
	start := k.of.TextStart()
	at.Start, at.End = at.Start+start, at.End+start
	found := slices.ContainsFunc(t.Patterns, func(p detector.TracedPattern) bool { return p.Message == turn && p.Span.Overlaps(at) })
	used := slices.ContainsFunc(t.Patterns, func(p detector.TracedPattern) bool {
		return p.Used && p.Message == turn && p.Span.Overlaps(at)
	})
	switch {
	case t.Rule == nil:
		return "no rule has this id"
	case used:
		return ""
	case found && !t.Holds:
		return "one of its patterns hits these words, but its condition does not hold"
	case found:
		return "one of its patterns hits these words, but the rule holds for others"
	default:
		return "it does not hit these words"
	}
}
