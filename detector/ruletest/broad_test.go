package ruletest_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

var broadFolder = fstest.MapFS{
	"fake_job/fee/a.yaml": {Data: []byte(`id: fake_job.fee.a
title: A
stage: pitch
weight: weak
patterns:
  ask: {en: ["(send|pay (now|later)) [the] @dues"]}
  when: {en: ["today", "(this|next) week"]}
condition: {near: [ask, when], within: 20}
`)},
	"fake_job/fee/b.yaml": {Data: []byte("id: fake_job.fee.b\ntitle: B\nstage: pitch\nweight: weak\npatterns: {ask: {en: [\"no milk\", \"no tea\"]}}\n")},
	"context/c.yaml":      {Data: []byte("id: context.c\ntitle: C\nweight: context\neffect: negate\npatterns: {ask: {en: [never]}}\n")},
	"lists/dues.yaml":     {Data: []byte("id: lists.dues\ntitle: Dues\nupdated: 2026-11-01\ngroups:\n  all: {en: [\"fee\", \"(small|big) rent\"]}\n")},
}

// The narrowest term that is to blame is named: an inner alternative, an entry
// of a list in its own file, a pattern, or where all share the blame, the rule.
func TestBroad(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(broadFolder)
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	b := ruletest.NewBroad(d)
	for _, text := range []string{
		"pay later the fee, today", "pay now the small rent this week", "send rent", "send the fee", // only two hold
		"no milk", "no tea", "never", "tea, today", "we pay later rent fee next week", "good morning",
	} {
		require.NoError(t, b.Add(&message.Message{Text: text}))
	}
	said := func(share float64) (all []string) {
		for _, f := range b.Findings(share) {
			head, rest, _ := strings.Cut(f.String(), "\n")
			_, caret, _ := strings.Cut(rest, "\n")
			all = append(all, head+" "+strings.Join(strings.Fields(strings.TrimLeft(caret, " |")), " "))
		}
		return all
	}
	const hint = " take it away, or ask for a second sign beside it"
	require.Equal(t, []string{
		"fake_job/fee/a.yaml:6:21: error: this makes rules hold in 2 of 10 honest messages, more than 15 % (too-broad) ^^^^^^^^^^^^^^^" + hint,
		"fake_job/fee/b.yaml:5:1: error: holds in 2 of 10 honest messages, more than 15 % (too-broad) ^^^^^^^^ no term of it does so alone",
	}, said(.15))
	one := func(place, caret string) string {
		return place + ": error: this makes rules hold in 1 of 10 honest messages, more than 5 % (too-broad) " + caret + hint
	}
	require.Equal(t, []string{
		one("fake_job/fee/a.yaml:6:26", "^^^"), one("fake_job/fee/a.yaml:6:30", "^^^^^"), // now, later
		one("fake_job/fee/a.yaml:7:16", "^^^^^"), one("fake_job/fee/a.yaml:7:26", "^^^^"), // today, this
		one("fake_job/fee/b.yaml:5:24", "^^^^^^^"), one("fake_job/fee/b.yaml:5:35", "^^^^^^"),
		one("lists/dues.yaml:5:15", "^^^"), one("lists/dues.yaml:5:22", "^^^^^^^^^^^^^^^^"),
	}, said(.05))
	require.Empty(t, said(.2))
}
