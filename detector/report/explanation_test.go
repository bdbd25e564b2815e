package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
)

const (
	feeRule = `id: fake_job.fee.check
title: A cheque to cash
stage: extraction
weight: strong
patterns:
  check: {en: ["(cash|deposit) (this|the) cheque"]}
  send: {en: ["send .. back", "wire the rest"]}
  joke: {en: ["just kidding"]}
condition: {all: [{near: [check, send], within: 30}, {none: [joke]}]}
`
	bonusRule = `id: fake_job.fee.bonus
title: A bonus
stage: contact
weight: strong
patterns: {bonus: {en: ["bonus today"]}}
`
)

func smallEngine(t *testing.T) *detector.Detector {
	t.Helper()
	set, err := rule.Load(fstest.MapFS{
		"fake_job/fee/check.yaml": {Data: []byte(feeRule)}, "fake_job/fee/bonus.yaml": {Data: []byte(bonusRule)},
	})
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

func explained(d *detector.Detector, texts ...string) ([]message.Message, detector.Verdict) {
	var thread []message.Message
	for i, text := range texts {
		thread = append(thread, message.Message{ID: "m" + string(rune('1'+i)), Thread: "t", Seq: int64(i), HasSeq: true, Text: text})
	}
	return thread, d.Judge(d.MatchAll(thread))
}

func TestExplanation(t *testing.T) {
	t.Parallel()
	d := smallEngine(t)
	thread, v := explained(d, "hello", "D\u200beposit the cheque, s3nd 900 back.")
	require.Equal(t, rule.P3, v.Band)
	e := report.NewExplanation(d, thread, &v)
	require.Equal(t, []report.Reading{{
		Message: "m2", Shown: "D<U+200B>eposit the cheque, s3nd 900 back.", Read: "Deposit the cheque, send 900 back.",
	}}, e.Readings)
	require.Len(t, e.Trees, 1)
	require.True(t, e.Trees[0].Counts)
	require.True(t, e.Trees[0].Clauses[0].Holds)
	require.Equal(t, report.TreeClause{Clause: "none(joke)", Depth: 1, Holds: true}, e.Trees[0].Clauses[4])
	require.Equal(t, "s3nd 900 back", e.Trees[0].Patterns[1].Text)
	require.NotNil(t, e.Counterfactual)
	require.True(t, e.Counterfactual.Smallest)
	require.Len(t, e.Counterfactual.Without, 1, "either half is enough")
	require.Equal(t, rule.P4, e.Counterfactual.Band)
	require.Empty(t, e.NearMisses)

	body, err := json.Marshal(e)
	require.NoError(t, err)
	require.Contains(t, string(body), `"schema":1`)
	require.Contains(t, string(body), `"rule_trees":[`)

	var b strings.Builder
	require.NoError(t, report.Explain(&b, d, &e, map[string]string{"m2": thread[1].Text}, false))
	for _, want := range []string{"what you see  D<U+200B>eposit", "was read as   Deposit the cheque, send", "yes    none(joke)",
		"it would be P4", "= logit, score"} {
		require.Contains(t, b.String(), want)
	}
}

func TestWhyNot(t *testing.T) {
	t.Parallel()
	d := smallEngine(t)
	for text, want := range map[string][]string{
		"Cash this cheque, then wire it.":                                   {"send: “the rest” is missing of “wire the rest”"},
		"Cash this cheque. Good day.":                                       {"send: nothing like it is there"},
		"back send it, and cash the cheque":                                 {"send: the words of “send .. back” are there, but not together or in this order"},
		"Send it back and cash this cheque, just kidding":                   {"joke is there, and must not be"},
		"Cash this cheque. " + strings.Repeat("word ", 20) + "send it back": {"near(check, send; within 30): found, but 52 units apart and not within 30 (a word is 2)"},
		"Good day": {"check: nothing like it is there", "send: nothing like it is there"},
	} {
		thread, v := explained(d, text)
		tree, ok := report.Why(d, thread, &v, "fake_job.fee.check")
		require.True(t, ok)
		require.False(t, tree.Holds, text)
		var got []string
		for _, l := range tree.Lacks {
			got = append(got, l.Text)
		}
		require.Equal(t, want, got, text)
		var b strings.Builder
		require.NoError(t, report.PrintWhy(&b, &tree, false))
		require.Contains(t, b.String(), "lacks  "+want[0])
	}
	thread, v := explained(d, "x")
	_, ok := report.Why(d, thread, &v, "no.such.rule")
	require.False(t, ok)
}

func TestNearMisses(t *testing.T) {
	t.Parallel()
	d := smallEngine(t)
	thread, _ := explained(d, "Cash this cheque, then wire the money.")
	misses := report.NearMisses(d, thread, "")
	require.Len(t, misses, 1)
	require.Equal(t, "fake_job.fee.check", misses[0].Rule)
	require.Equal(t, []string{"Cash this cheque"}, misses[0].Found)
	require.Equal(t, "rest", misses[0].Lacks[0].Missing)
	require.Empty(t, report.NearMisses(d, thread, "th"), "no phrase of the thread's language is near")
	thread, _ = explained(d, "Cash this cheque. Good day.")
	require.Empty(t, report.NearMisses(d, thread, ""), "less than half of what is lacking is there")
}

func TestCounterfactualTakesAsMuchAsNeeded(t *testing.T) {
	t.Parallel()
	d := smallEngine(t)
	thread, v := explained(d, "A bonus today. "+"Cash this cheque and send it back.", "Nothing here")
	c, ok := report.FindCounterfactual(d, thread, &v)
	require.True(t, ok)
	require.Less(t, c.Band, v.Band)
	thread, v = explained(d, "Nothing here")
	_, ok = report.FindCounterfactual(d, thread, &v)
	require.False(t, ok)
}
