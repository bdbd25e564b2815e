package casebook_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

var today = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// conversation is a thread for tests: one message a text, a minute apart.
type conversation struct {
	id    string
	band  rule.Band
	queue rule.Queue
	day   string
	texts []string
}

func (c conversation) messages(t testing.TB) []message.Message {
	all := make([]message.Message, len(c.texts))
	for i, text := range c.texts {
		sent, err := message.ParseTime(fmt.Sprintf("%sT08:%02d:00Z", c.day, i))
		require.NoError(t, err)
		all[i] = message.Message{
			ID: fmt.Sprint("m", i), Thread: c.id, Namespace: "test", Sender: []string{"Lina", "Bo"}[i%2], Text: text, Sent: sent,
			Source: fmt.Sprintf("%s.zip:%d", c.id, i+1), Position: int64(i), Kind: message.Chat,
		}
	}
	return all
}

func (c conversation) verdict() *detector.Verdict {
	v := &detector.Verdict{Thread: c.id, Band: c.band, Queue: c.queue, Score: 42.5, Language: "en"}
	if c.band > rule.P4 {
		v.Evidence = []detector.Evidence{{Rule: "romance_investment.lock_in.tax_or_fee", Message: "m0"}}
	}
	return v
}

var conversations = []conversation{
	{"tax", rule.P1, rule.Scammer, "2026-02-03", []string{
		"Pay the tax before you withdraw", "how much tax", "Send it to TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC",
	}},
	{"lunch", rule.P4, rule.NoQueue, "2026-02-04", []string{"See you at lunch", "the tax office is closed, pay later 🔥"}},
	{"held", rule.P0, rule.Safety, "2026-02-05", []string{"they took my passport and tax papers"}},
	{"gold", rule.P3, rule.Victim, "2026-03-01", []string{"投资稳赚不赔", "earn U.S.D.T every day"}},
}

func fill(t testing.TB, folder string, options casebook.Options, all ...conversation) bool {
	t.Helper()
	if options.Today.IsZero() {
		options.Today = today
	}
	w, made, err := casebook.Create(folder, options)
	require.NoError(t, err)
	for _, c := range all {
		require.NoError(t, w.Keep(c.messages(t), c.verdict()))
	}
	require.NoError(t, w.Close())
	return made
}

func open(t testing.TB, folder string) *casebook.Book {
	t.Helper()
	b, err := casebook.Open(folder)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, b.Close()) })
	return b
}

func find(t testing.TB, b *casebook.Book, query string) (found []string) {
	t.Helper()
	r, err := b.Search(casebook.Request{Query: query, Size: 100})
	require.NoError(t, err, query)
	require.Equal(t, len(r.Hits), r.Total, query)
	for _, h := range r.Hits {
		found = append(found, h.Thread+"/"+h.Message)
	}
	return found
}

func TestQueries(t *testing.T) {
	folder := t.TempDir()
	require.True(t, fill(t, folder, casebook.Options{}, conversations...))
	b := open(t, folder)
	for query, want := range map[string][]string{
		"tax":                                  {"tax/m1", "tax/m0", "lunch/m1"},
		"TAX pay":                              {"tax/m0", "lunch/m1"},
		`"pay the tax"`:                        {"tax/m0"},
		`"tax the"`:                            nil,
		"tax -pay":                             {"tax/m1"},
		"tax band:P4":                          {"lunch/m1"},
		"tax -band:P4":                         {"tax/m1", "tax/m0"},
		"band:P1,P3 -tax":                      {"tax/m2", "gold/m1", "gold/m0"},
		"queue:none":                           {"lunch/m1", "lunch/m0"},
		"queue:victim":                         {"gold/m1", "gold/m0"},
		"tag:romance_investment.*":             {"tax/m0", "gold/m0"},
		"tag:fake_job.*":                       nil,
		"sender:lina tax":                      {"tax/m0"},
		"sender:Li*":                           {"tax/m2", "tax/m0", "gold/m0", "lunch/m0"},
		"thread:gold":                          {"gold/m1", "gold/m0"},
		"source:lunch.zip":                     {"lunch/m1", "lunch/m0"},
		"after:2026-02-04":                     {"gold/m1", "gold/m0", "lunch/m1", "lunch/m0"},
		"before:2026-02-04 tax":                {"tax/m1", "tax/m0"},
		"day:2026-02-03,2026-03-01 -sender:Bo": {"tax/m2", "tax/m0", "gold/m0"},
		"lang:en lun*":                         {"lunch/m0"},
		"稳赚":                                   {"gold/m0"},
		"赚稳":                                   nil,
		"usdt":                                 {"gold/m1"}, // as the matcher reads it
		"🔥":                                    {"lunch/m1"},
		"wallet:tjrywwfs9wtfgzg3jbrvrifbnfcug5tdec": {"tax/m2"},
		"id:TJRy*":   {"tax/m2"},
		"passport":   nil, // what a captive wrote is left out
		"nowhere":    nil,
		"thread:no*": nil,
	} {
		require.Equal(t, want, find(t, b, query), query)
	}
	require.Len(t, find(t, b, ""), 7)
	r, err := b.Search(casebook.Request{Query: "passport", IncludeSafety: true, Size: 10})
	require.NoError(t, err)
	require.Equal(t, 1, r.Total)
	for _, bad := range []string{`"tax`, "band:P7", "after:noon", "queue:x"} {
		_, err := b.Search(casebook.Request{Query: bad})
		require.Error(t, err, bad)
	}
}

func TestHitsShowWhatMatched(t *testing.T) {
	folder := t.TempDir()
	fill(t, folder, casebook.Options{}, conversations...)
	r, err := open(t, folder).Search(casebook.Request{Query: `"the tax" with*`, Size: 10})
	require.NoError(t, err)
	require.Len(t, r.Hits, 1)
	h := r.Hits[0]
	require.Equal(t, [][2]int{{4, 11}, {23, 31}}, h.Spans)
	require.Equal(t, "tax.zip:1", h.Source)
	require.Equal(t, "2026-02-03T08:00:00Z", h.Sent)
	require.Equal(t, []string{"romance_investment.lock_in.tax_or_fee"}, h.Tags)
}

func TestPagesAndFacets(t *testing.T) {
	folder := t.TempDir()
	fill(t, folder, casebook.Options{}, conversations...)
	b := open(t, folder)
	var paged []string
	for from := range 7 {
		r, err := b.Search(casebook.Request{From: from, Size: 1})
		require.NoError(t, err)
		require.Equal(t, 7, r.Total)
		paged = append(paged, r.Hits[0].Thread+"/"+r.Hits[0].Message)
	}
	require.Equal(t, find(t, b, ""), paged)
	r, err := b.Search(casebook.Request{Query: "tax", Facets: casebook.FacetNames()})
	require.NoError(t, err)
	require.Empty(t, r.Hits)
	require.Equal(t, map[string][]casebook.Count{
		"band": {{"P1", 2}, {"P4", 1}}, "queue": {{"scammer", 2}, {"none", 1}}, "language": {{"en", 3}},
		"day": {{"2026-02-03", 2}, {"2026-02-04", 1}}, "tag": {{"romance_investment.lock_in.tax_or_fee", 1}},
	}, r.Facets)
	_, err = b.Search(casebook.Request{Facets: []string{"text"}})
	require.Error(t, err)
}

// dump is everything that a casebook holds, thread by thread.
func dump(t testing.TB, folder string) []string {
	t.Helper()
	b, err := casebook.Open(folder)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	var all []string
	require.NoError(t, b.Threads(true, func(th *casebook.Thread) error {
		for i := range th.Messages {
			m := &th.Messages[i]
			all = append(all, fmt.Sprint(th.ID, th.Band, th.Queue, th.Safety, th.Language, th.Kept, m.ID, m.Sender, m.Sent, m.Text, m.Source, m.Position, m.Tags, m.Identifiers))
		}
		return nil
	}))
	slices.Sort(all)
	return all
}

func files(t testing.TB, folder string) (all []string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		require.NoError(t, err)
		info, err := entry.Info()
		require.NoError(t, err)
		if entry.IsDir() {
			require.Zero(t, info.Mode().Perm()&0o077, path)
			return nil
		}
		require.Zero(t, info.Mode().Perm()&0o177, path)
		all = append(all, path)
		return nil
	}))
	return all
}

func segments(t testing.TB, folder string) (all []string) {
	for _, path := range files(t, folder) {
		if filepath.Ext(path) == ".zap" {
			all = append(all, path)
		}
	}
	return all
}

// A scan again changes nothing: not even a file is written.
func TestSecondScanChangesNothing(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "book")
	fill(t, folder, casebook.Options{}, conversations...)
	before, written := dump(t, folder), segments(t, folder)
	require.Len(t, before, 8)
	require.False(t, fill(t, folder, casebook.Options{Today: today.AddDate(0, 1, 0)}, conversations...))
	require.Equal(t, before, dump(t, folder))
	require.Equal(t, written, segments(t, folder))
}

// A thread that comes again with other messages is kept whole and judged anew,
// and moves where its verdict belongs.
func TestThreadThatGrows(t *testing.T) {
	folder := t.TempDir()
	early, late := conversations[0], conversations[0]
	fill(t, folder, casebook.Options{}, early)
	w, _, err := casebook.Create(folder, casebook.Options{Today: today, Judge: func(all []message.Message) detector.Verdict {
		require.Len(t, all, 4)
		return detector.Verdict{Thread: "tax", Band: rule.P0, Queue: rule.Safety, Language: "en"}
	}})
	require.NoError(t, err)
	late.texts = append(slices.Clone(early.texts), "they lock the doors here")
	messages := late.messages(t)[1:]
	for i := range messages {
		messages[i].Source, messages[i].Position = "other.zip:7", 99
	}
	require.NoError(t, w.Keep(messages, late.verdict()))
	require.NoError(t, w.Close())
	b := open(t, folder)
	require.Empty(t, find(t, b, "tax"))
	r, err := b.Search(casebook.Request{Query: "thread:tax", IncludeSafety: true, Size: 10})
	require.NoError(t, err)
	require.Equal(t, 4, r.Total)
	require.Equal(t, "other.zip:7", r.Hits[0].Source)
	require.Equal(t, "tax.zip:3", r.Hits[1].Source, "a second delivery keeps the first place")
	th, err := b.Thread(message.KeyOf("test", "tax"))
	require.NoError(t, err)
	require.True(t, th.Safety)
	require.Len(t, th.Messages, 4)
	require.Equal(t, rule.P0, th.Verdict.Band)
}

func TestMinBandKeepsLess(t *testing.T) {
	folder := t.TempDir()
	fill(t, folder, casebook.Options{MinBand: rule.P3}, conversations...)
	require.Len(t, find(t, open(t, folder), ""), 5)
}

func TestLongThreadsComeBackWhole(t *testing.T) {
	folder := t.TempDir()
	long := conversation{id: "long", band: rule.P2, queue: rule.Scammer, day: "2026-01-01"}
	for i := range 50 {
		long.texts = append(long.texts, fmt.Sprintf("number %d of fifty", i))
	}
	fill(t, folder, casebook.Options{}, long)
	b := open(t, folder)
	th, err := b.Thread(message.KeyOf("test", "long"))
	require.NoError(t, err)
	require.Len(t, th.Messages, 50)
	for i := range th.Messages {
		require.Equal(t, long.texts[i], th.Messages[i].Text)
	}
	require.Equal(t, []string{"long/m41"}, find(t, b, "41"))
	require.Len(t, find(t, b, `"of fifty"`), 50)
	require.Empty(t, find(t, b, `"fifty number"`), "no phrase reaches into the next message")
}

func TestSecondProcessIsRefused(t *testing.T) {
	folder := t.TempDir()
	w, _, err := casebook.Create(folder, casebook.Options{})
	require.NoError(t, err)
	_, err = casebook.Open(folder)
	require.ErrorContains(t, err, "another hookline")
	_, _, err = casebook.Create(folder, casebook.Options{})
	require.ErrorContains(t, err, "another hookline")
	require.NoError(t, w.Close())
	one, two := open(t, folder), open(t, folder) // readers may be many
	require.Empty(t, find(t, one, "x"))
	require.Empty(t, find(t, two, "x"))
}

func TestForeignFolders(t *testing.T) {
	folder := t.TempDir()
	_, err := casebook.Open(folder)
	require.ErrorContains(t, err, "not a casebook")
	require.NoError(t, os.WriteFile(filepath.Join(folder, "thesis.txt"), nil, 0o600))
	_, _, err = casebook.Create(folder, casebook.Options{})
	require.ErrorContains(t, err, "thesis.txt")
	other := t.TempDir()
	fill(t, other, casebook.Options{})
	_, _, err = casebook.Create(other, casebook.Options{Region: "SG"})
	require.ErrorContains(t, err, "--region")
}
