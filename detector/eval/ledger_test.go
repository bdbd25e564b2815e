package eval_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/eval"
)

func day(n int) time.Time { return time.Date(2026, 1, n, 0, 0, 0, 0, time.UTC) }

func TestLedger(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "ledger.jsonl")
	pages, err := eval.ReadPages(path)
	require.NoError(t, err)
	require.Empty(t, pages)
	cases := []eval.Case{{Label: eval.Scam}, {Label: eval.Benign}, {Label: eval.Benign}}
	for n, entry := range []eval.Entry{{Rule: "a", Hits: 40, Right: 40}, {Rule: "a", Hits: 40, Right: 30, Wrong: 10}, {Rule: "b", Hits: 1, Right: 1}} {
		page := eval.NewPage(day(n+1), &eval.Report{Rules: "r", Ledger: []eval.Entry{entry}}, cases)
		require.Equal(t, []int{3, 2}, []int{page.Threads, page.Benign})
		page.Threads, page.Benign = 1000, 900
		require.NoError(t, eval.AddPage(path, page))
	}
	pages, err = eval.ReadPages(path)
	require.NoError(t, err)
	require.Len(t, pages, 3)

	require.Equal(t, eval.Standing{Rule: "a", Precision: 1, HitRate: 0.04, LastRight: "2026-01-01", Ready: true}, eval.Stand(pages[:1], "a"))
	second := eval.Stand(pages[:2], "a")
	require.False(t, second.Ready, "right in three of four")
	require.Equal(t, 0.75, second.Precision)
	last := eval.Stand(pages, "a")
	require.Equal(t, eval.Standing{Rule: "a", LastRight: "2026-01-02"}, last)
	require.True(t, last.Stale(day(3)))
	require.False(t, last.Stale(day(2)))
	never := eval.Stand(pages, "c")
	require.True(t, never.Stale(day(1)))

	require.NoError(t, os.WriteFile(path, []byte("{\"day\":\"soon\"}\n"), 0o600))
	_, err = eval.ReadPages(path)
	require.ErrorContains(t, err, `ledger.jsonl:1: "soon" is not a day`)
}

func TestCompare(t *testing.T) {
	t.Parallel()
	report := func(caught, wrong int, cases ...string) *eval.Report {
		return &eval.Report{
			Sets:   []eval.Figures{{Set: "mine", Caught: eval.NewShare(caught, 100), False: eval.NewShare(wrong, 1000)}},
			Ledger: []eval.Entry{{Rule: "a", Right: caught, Wrong: wrong}}, Wrong: cases,
		}
	}
	before := report(80, 10, "mine: t1")
	same := eval.Compare(before, before, 0)
	require.Empty(t, same)

	worse := eval.Compare(before, report(78, 31, "mine: t1", "mine: t2", "new: t9"), 1)
	require.Len(t, worse.Sets, 2)
	require.Equal(t, "mine: false alerts 3.1 % (31 of 1000), was 1.0 % (10 of 1000)", worse.Sets[0].String())
	require.Equal(t, "mine: caught 78.0 % (78 of 100), was 80.0 % (80 of 100)", worse.Sets[1].String())
	require.Equal(t, "a: right 78 (was 80), wrong 31 (was 10)", worse.Rules[0].String())
	require.Equal(t, []string{"mine: t2"}, worse.Cases)

	require.Empty(t, eval.Compare(before, report(78, 10), 2).Sets, "two points are allowed")
	require.Empty(t, eval.Compare(before, report(90, 0), 0), "better")
}
