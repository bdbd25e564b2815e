package fit_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/fit"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// cases are 400 threads: promises are mostly scams, endearments mostly not.
func cases(t *testing.T) (*rule.Set, []eval.Case) {
	t.Helper()
	set, err := rule.Load(os.DirFS("../testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	run := eval.NewRun(d, "")
	for i := range 400 {
		label, text := eval.Benign, "see you at lunch"
		switch {
		case i%4 == 0:
			label, text = eval.Scam, "guaranteed profit"
		case i%40 == 1:
			text = "a guaranteed return of post"
		case i%2 == 1:
			text = "good night my love"
		}
		require.NoError(t, run.Add("set", &message.Message{
			ID: fmt.Sprint(i), Text: text, Labels: &message.Labels{Label: label, Category: "romance_investment", Lang: "en"},
		}))
	}
	return set, run.Cases()
}

var options = fit.Options{BaseRate: 0.01, Budget: 0.002, Folds: 4}

func TestFit(t *testing.T) {
	set, all := cases(t)
	result := fit.Fit(set, all, options)
	require.Equal(t, 400, result.Threads)
	require.Equal(t, 100, result.Scams)
	require.Less(t, result.After.LogLoss, result.Before.LogLoss)
	require.Zero(t, result.Weights["romance_investment.rapport.love_bombing"], "evidence never turns round")
	for id, w := range result.Weights {
		r, ok := set.Rule(id)
		require.True(t, ok)
		least, greatest := r.Class.Bounds()
		require.True(t, least <= w && w <= greatest, id)
	}
	require.NotContains(t, result.Weights, "fake_job.prepaid.order_advance", "what never fired keeps its weight")
}

func TestFitIsDeterministic(t *testing.T) {
	set, all := cases(t)
	first := fit.Fit(set, all, options)
	second := fit.Fit(set, all, options)
	require.Equal(t, first.YAML(options), second.YAML(options))
}

func TestFitWritesWhatLoads(t *testing.T) {
	set, all := cases(t)
	result := fit.Fit(set, all, options)
	text := result.YAML(options)
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS("../testdata/rules")))
	require.NoError(t, os.WriteFile(dir+"/weights.yaml", []byte(text), 0o600))
	loaded, err := rule.Load(os.DirFS(dir))
	require.NoError(t, err, strings.TrimSpace(text))
	require.InDelta(t, result.T3, loaded.Weights.T3, 0)
	r, _ := loaded.Rule("romance_investment.pitch.guaranteed_return")
	require.InDelta(t, result.Weights[r.ID], r.Weight, 0)
}
