package textindex_test

import (
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/match"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

func TestTermsAreTokens(t *testing.T) {
	for text, want := range map[string][]string{
		"Earn MONEY 🔥 now": {"earn", "money", "now"},
		"日结300元":           {"日", "结", "300", "元"},
		"งานดี":            {"ง", "า", "น", "ดี"},
		"Tele\u200bgram":   {"telegram"},
	} {
		require.Equal(t, want, textindex.Terms(textindex.Tokens, text))
	}
	require.Equal(t, []string{"稳赚", "赚不", "不赔", "now"}, textindex.Terms(textindex.Pairs, "稳赚不赔 now"))
}

// texts and phrases of several scripts, for the oracle.
var (
	texts = []string{
		"earn money every day", "you earn money", "earn some money", "EARN, money!", "learn money", "投资稳赚不赔的项目",
		"稳 赚不赔", "งานออนไลน์รายได้ดี", "работа на дому", "работа, на дому", "guaranteed\u00a0profit", "guar\u200banteed profit",
		"ช่วยด้วย งานออนไลน์", "ជួយខ្ញុំផង", "nothing here", "", "profit guaranteed",
	}
	phrases = []string{"earn money", "稳赚不赔", "งานออนไลน์", "работа на дому", "guaranteed profit", "ជួយខ្ញុំ", "赚不"}
)

// bleve is the oracle: a phrase query over the same tokens finds the messages
// that the matcher finds.
func TestPhraseQueriesAgreeWithTheMatcher(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens, Phrases: true})
	require.NoError(t, err)
	index, err := textindex.Memory(m)
	require.NoError(t, err)
	defer func() { require.NoError(t, index.Close()) }()
	batch := index.NewBatch()
	for i, text := range texts {
		require.NoError(t, batch.Index(fmt.Sprintf("%02d", i), map[string]any{"text": text}))
	}
	require.NoError(t, index.Batch(batch))
	for _, phrase := range phrases {
		q := bleve.NewMatchPhraseQuery(phrase)
		q.SetField("text")
		found, err := index.Search(bleve.NewSearchRequestOptions(q, len(texts), 0, false))
		require.NoError(t, err)
		var got []string
		for _, hit := range found.Hits {
			got = append(got, hit.ID)
		}
		slices.Sort(got)
		require.Equal(t, matched(t, phrase), got, phrase)
	}
}

// matched lists the texts in which the hot path finds a phrase.
func matched(t *testing.T, phrase string) []string {
	t.Helper()
	set, err := rule.Load(fstest.MapFS{"fake_job/fee/x.yaml": {Data: fmt.Appendf(nil,
		"id: fake_job.fee.x\ntitle: X\nstage: pitch\nweight: weak\npatterns:\n  x: {en: [%q]}\n", phrase)}})
	require.NoError(t, err)
	program, err := match.Compile(set)
	require.NoError(t, err)
	scanner := program.NewScanner("")
	var all []string
	for i, text := range texts {
		if len(scanner.Scan(text).Hits) > 0 {
			all = append(all, fmt.Sprintf("%02d", i))
		}
	}
	return all
}

// A closed index leaves no goroutine behind.
func TestMemoryIndexesCloseCleanly(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens})
	require.NoError(t, err)
	index, err := textindex.Memory(m)
	require.NoError(t, err)
	require.NoError(t, index.Close())
	before := runtime.NumGoroutine()
	for range 20 {
		index, err := textindex.Memory(m)
		require.NoError(t, err)
		require.NoError(t, index.Close())
	}
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before+2 }, 5*time.Second, 10*time.Millisecond)
}

// A folder that is in use is an error, not a hang.
func TestSecondWriterIsRefused(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "index")
	index, err := textindex.Open(path, m)
	require.NoError(t, err)
	_, err = textindex.Open(path, m)
	require.ErrorContains(t, err, "another hookline")
	require.NoError(t, index.Close())
}
