package casebook_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

func fill(t *testing.T, folder string) bool {
	t.Helper()
	book, made, err := casebook.Create(folder)
	require.NoError(t, err)
	sent, err := message.ParseTime("2026-02-03T08:00:00Z")
	require.NoError(t, err)
	for _, row := range []struct {
		id, text string
		queue    rule.Queue
		band     rule.Band
	}{
		{"m1", "Pay the tax before you withdraw", rule.Scammer, rule.P1},
		{"m2", "See you at lunch", rule.NoQueue, rule.P4},
		{"m3", "they took my passport", rule.Safety, rule.P0},
		{"m4", "投资稳赚不赔", rule.Scammer, rule.P3},
	} {
		m := message.Message{ID: row.id, Thread: "t" + row.id, Sender: "Lina", Text: row.text, Sent: sent, Source: "chat.zip:1"}
		v := detector.Verdict{Band: row.band, Queue: row.queue, Language: "en",
			Evidence:    []detector.Evidence{{Rule: "romance_investment.lock_in.tax_or_fee", Message: "m1"}},
			Identifiers: []detector.Identifier{{Type: "wallet.tron", Value: "TAbc", Message: "m1"}},
		}
		require.NoError(t, book.Add(&m, &v))
	}
	require.NoError(t, book.Close())
	return made
}

func TestSearch(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "book")
	require.True(t, fill(t, folder))
	require.False(t, fill(t, folder), "a second scan finds the casebook")
	info, err := os.Stat(folder)
	require.NoError(t, err)
	require.Equal(t, os.FileMode(0o700), info.Mode().Perm())

	book, err := casebook.Open(folder)
	require.NoError(t, err)
	defer func() { require.NoError(t, book.Close()) }()
	ids := func(query string, safety bool) []string {
		result, err := book.Search(casebook.Request{Query: query, Size: 10, IncludeSafety: safety})
		require.NoError(t, err)
		all := []string{}
		for _, hit := range result.Hits {
			all = append(all, hit.Thread)
		}
		return all
	}
	require.Equal(t, []string{"tm1"}, ids("tax", false))
	require.Equal(t, []string{"tm1"}, ids(`"the tax" withdraw`, false))
	require.Empty(t, ids(`"tax the"`, false))
	require.Equal(t, []string{"tm4"}, ids("稳赚", false))
	require.Equal(t, []string{"tm1"}, ids("band:P1", false))
	require.Equal(t, []string{"tm1"}, ids("tag:romance_investment.*", false))
	require.Equal(t, []string{"tm1"}, ids("wallet:tabc", false))
	require.ElementsMatch(t, []string{"tm1", "tm2", "tm4"}, ids("after:2026-02-01 before:2026-03-01", false))
	require.Empty(t, ids("after:2026-02-04", false))
	require.ElementsMatch(t, []string{"tm2", "tm4"}, ids("-tax", false))
	require.Empty(t, ids("passport", false), "what a captive wrote is left out")
	require.Equal(t, []string{"tm3"}, ids("passport", true))
	result, err := book.Search(casebook.Request{Query: "withdraw", Size: 1})
	require.NoError(t, err)
	hit := result.Hits[0]
	require.Equal(t, "withdraw", hit.Text[hit.Spans[0][0]:hit.Spans[0][1]])
	_, err = book.Search(casebook.Request{Query: `"open`})
	require.Error(t, err)
}

func TestOpenNothing(t *testing.T) {
	_, err := casebook.Open(t.TempDir())
	require.ErrorContains(t, err, "not a casebook")
}
