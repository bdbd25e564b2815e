package eval_test

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/eval"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

func newRun(t *testing.T) *eval.Run {
	t.Helper()
	set, err := rule.Load(os.DirFS("../testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return eval.NewRun(d, "")
}

func add(t *testing.T, run *eval.Run, thread, label, category string, texts ...string) {
	t.Helper()
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, text := range texts {
		require.NoError(t, run.Add("set", &message.Message{
			ID: fmt.Sprint(thread, i), Thread: thread, Seq: int64(i), HasSeq: true, Sender: "a", Text: text,
			Sent:   message.Instant(start.AddDate(0, 0, i)),
			Labels: &message.Labels{Label: label, Category: category, Lang: "en", AsksMoney: text == "send it"},
		}))
	}
}

// A scam that its author tells alone goes to the queue that acts on accounts;
// where a target speaks, reaching the target is right too.
func TestRouted(t *testing.T) {
	run := newRun(t)
	for i, m := range []message.Message{
		{Thread: "alone", Sender: "a", Text: "my love, guaranteed profit"},
		{Thread: "two", Sender: "a", Text: "my love, guaranteed profit"},
		{Thread: "two", Sender: "b", Text: "hello"},
		{Thread: "story", Sender: "a", Text: "i lost 5000 USD"},
		{Thread: "roles", Text: "guaranteed profit", Role: message.Counterparty},
		{Thread: "roles", Text: "my love is gone, i lost 5000 USD", Role: message.Reporter},
	} {
		m.ID, m.Seq, m.HasSeq = fmt.Sprint(i), int64(i), true
		m.Labels = &message.Labels{Label: eval.Scam, Category: "romance_investment", Lang: "en"}
		require.NoError(t, run.Add("set", &m))
	}
	queues := map[string]rule.Queue{}
	for _, c := range run.Cases() {
		queues[c.Verdict.Thread] = c.Verdict.Queue
	}
	require.Equal(t, map[string]rule.Queue{"alone": rule.Scammer, "two": rule.Victim, "story": rule.Victim, "roles": rule.Victim}, queues)
	report := eval.NewReport("rules", nil, run.Cases(), eval.Review{Reviewers: 1, Minutes: 3})
	require.Equal(t, eval.NewShare(3, 4), report.Sets[0].Routed, "a lone story is no scam's author")
}

func TestFigures(t *testing.T) {
	run := newRun(t)
	add(t, run, "a", eval.Scam, "romance_investment", "guaranteed profit", "ok", "send it")
	add(t, run, "b", eval.Scam, "romance_investment", "hello")
	add(t, run, "c", eval.Benign, "benign", "lunch?")
	add(t, run, "d", eval.Benign, "benign", "guaranteed return of post")
	add(t, run, "e", eval.Benign, "benign", "i was scammed")
	add(t, run, "f", eval.Scam, "other_scam", "your parcel waits")
	add(t, run, "g", eval.AtRisk, "trafficked_distress", "they took my passport")
	add(t, run, "j", eval.AtRisk, "victim_side", "i was scammed")
	add(t, run, "k", eval.AtRisk, "victim_side", "hello")
	add(t, run, "l", eval.AtRisk, "trafficked_distress", "i was scammed")
	require.NoError(t, run.Add("set", &message.Message{ID: "h", Labels: &message.Labels{Label: "unclear"}}))
	require.Error(t, run.Add("set", &message.Message{ID: "i"}))
	require.Equal(t, 1, run.Unscored)

	report := eval.NewReport("rules", []string{"romance_investment.pitch.guaranteed_return", "x.y.z"}, run.Cases(), eval.Review{Reviewers: 1, Minutes: 3})
	f := report.Sets[0]
	require.Equal(t, eval.NewShare(1, 2), f.Caught)
	require.Equal(t, eval.NewShare(1, 2), f.Routed)
	require.Equal(t, eval.NewShare(2, 3), f.False)
	require.Equal(t, eval.NewShare(1, 3), f.Accused, "a victim's story is an alert, and accuses nobody")
	require.Equal(t, eval.NewShare(2, 4), f.Safe, "a victim is reached as one, a captive is not")
	require.Equal(t, eval.NewShare(0, 1), f.Outside)
	require.Equal(t, eval.NewShare(1, 1), f.Early)
	require.Equal(t, 2, f.EarlyBy)
	require.Equal(t, 2, f.EarlyDays)
	require.Equal(t, []string{"x.y.z"}, report.Never)
	require.Equal(t, []eval.Entry{{Rule: "romance_investment.pitch.guaranteed_return", Hits: 2, Right: 1, Wrong: 1}}, report.Ledger)
	var out bytes.Buffer
	require.NoError(t, report.Print(&out))
	require.Contains(t, out.String(), "PER LANGUAGE")
}

// Wilson's interval, checked against published values (Newcombe 1998, table I).
func TestWilson(t *testing.T) {
	for _, test := range []struct {
		count, of int
		low, high float64
	}{{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611}, {1, 29, 0.0061, 0.1718}} {
		s := eval.NewShare(test.count, test.of)
		require.InDelta(t, test.low, s.Low, 0.0002)
		require.InDelta(t, test.high, s.High, 0.0002)
	}
}
