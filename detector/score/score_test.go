package score_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

func TestScore(t *testing.T) {
	require.InDelta(t, 1.0, score.Score(score.Bias(0.01)), 0)
	require.InDelta(t, 50.0, score.Score(0), 0)
	require.InDelta(t, 99.9, score.Score(score.WeightOf(40)), 0)
	require.InDelta(t, 0.1, score.Score(score.WeightOf(-40)), 0)
	require.InDelta(t, -4.5951, score.Bias(0.01).LogOdds(), 0)
}

func TestWeightPrintsWhatItIs(t *testing.T) {
	for _, w := range []score.Weight{0, 1, -1, 18000, -45951, 35000, math.MaxInt32} {
		text, err := json.Marshal(w)
		require.NoError(t, err)
		var back score.Weight
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, w, back, string(text))
	}
}

func newRule(family, name string, class rule.Class) *rule.Rule {
	return &rule.Rule{ID: family + "." + name, Category: family[:len(family)-2], Family: family, Class: class}
}

func TestFamilies(t *testing.T) {
	at := message.Instant(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))
	strong := newRule("fake_job.a", "strong", rule.Strong)
	medium := newRule("fake_job.a", "medium", rule.Medium)
	weak := []*rule.Rule{newRule("fake_job.b", "x", rule.Weak), newRule("fake_job.b", "y", rule.Weak), newRule("fake_job.b", "z", rule.Weak)}
	crossing := newRule("cross_cutting.p", "u", rule.Weak)

	var l score.Ledger
	l.Add(medium, 18000, at)
	l.Add(strong, 35000, at)
	l.Add(strong, 35000, at)
	top, all := l.Judge(-45951)
	require.Equal(t, "fake_job", top.Name)
	require.Len(t, all, 1)
	require.Equal(t, score.Weight(35000-45951), top.Logit, "a family gives its largest match, once")

	l = score.Ledger{}
	for _, r := range weak {
		l.Add(r, 7000, at)
	}
	top, _ = l.Judge(0)
	require.Equal(t, score.Weight(14000), top.Logit, "one more weak match, not two")

	l = score.Ledger{}
	l.Add(weak[0], 7000, at)
	l.Add(weak[0], 7000, at)
	top, _ = l.Judge(0)
	require.Equal(t, score.Weight(7000), top.Logit, "a second match of the same rule is not more")

	l.Add(crossing, 7000, at)
	top, _ = l.Judge(0)
	require.Equal(t, score.Weight(14000), top.Logit, "cross-cutting evidence counts for every category")

	var lone score.Ledger
	lone.Add(crossing, 7000, at)
	top, all = lone.Judge(0)
	require.Empty(t, top.Name)
	require.Empty(t, all)

	var other score.Ledger
	other.Add(&rule.Rule{ID: "trafficked_distress.a.b", Category: "trafficked_distress", Family: "trafficked_distress.a", Class: rule.Strong}, 35000, at)
	top, _ = other.Judge(0)
	require.Zero(t, top.Logit, "distress never enters the score")
}

func TestAction(t *testing.T) {
	require.Equal(t, "pass", score.Action(rule.P4, rule.NoQueue))
	require.Equal(t, "pass", score.Action(rule.P3, rule.Scammer))
	require.Equal(t, "review", score.Action(rule.P2, rule.Recruiter))
	require.Equal(t, "block", score.Action(rule.P1, rule.Scammer))
	require.Equal(t, "review", score.Action(rule.P0, rule.Safety), "never an automatic act against a person in danger")
	require.Equal(t, "review", score.Action(rule.P1, rule.Victim))
}
