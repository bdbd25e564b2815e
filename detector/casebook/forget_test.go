package casebook_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/zapx/v17"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// remains lists the files of a casebook that hold a text: as bytes, in a
// stored value of any document, removed ones too, or as a term.
func remains(t *testing.T, folder, text string) (in []string) {
	t.Helper()
	for _, path := range files(t, folder) {
		body, err := os.ReadFile(path)
		require.NoError(t, err)
		if strings.Contains(string(body), text) || filepath.Ext(path) == ".zap" && inSegment(t, path, text) {
			in = append(in, filepath.Base(path))
		}
	}
	return in
}

func inSegment(t *testing.T, path, text string) bool {
	t.Helper()
	segment, err := (&zap.ZapPlugin{}).Open(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, segment.Close()) }()
	found := false
	for doc := range segment.Count() {
		require.NoError(t, segment.VisitStoredFields(doc, func(_ string, _ byte, value []byte, _ []uint64) bool {
			found = found || strings.Contains(string(value), text)
			return true
		}))
	}
	for _, field := range segment.Fields() {
		dict, err := segment.Dictionary(field)
		require.NoError(t, err)
		terms := dict.AutomatonIterator(nil, nil, nil)
		entry, err := terms.Next()
		for ; entry != nil; entry, err = terms.Next() {
			found = found || strings.Contains(entry.Term, text)
		}
		require.NoError(t, err)
	}
	return found
}

// secrets are words that stand in the forgotten threads alone.
var secrets = []string{"zanzibar", "quokka", "xylophone"}

func bookWithSecrets(t *testing.T) string {
	folder := filepath.Join(t.TempDir(), "book")
	held := conversation{"apart", rule.P0, rule.Safety, "2025-12-01", []string{"help, xylophone in the yard, zanzibar"}}
	gone := conversation{"gone", rule.P1, rule.Victim, "2025-12-01", []string{"meet me in zanzibar", "bring the quokka, https://zanzibar.example/x"}}
	fill(t, folder, casebook.Options{}, append([]conversation{held, gone}, conversations...)...)
	grown := gone // rewritten once, so that an old segment holds a removed copy
	grown.texts = append(grown.texts, "quokka xylophone zanzibar")
	fill(t, folder, casebook.Options{}, grown)
	for _, secret := range secrets {
		require.NotEmpty(t, remains(t, folder, secret), "the test sees what is there")
	}
	return folder
}

func TestForgetReallyRemoves(t *testing.T) {
	for name, filters := range map[string][]casebook.Filter{
		"thread": {{Thread: "gone"}, {Thread: "apart"}}, "source": {{Source: "gone.zip"}, {Source: "apart.zip"}},
		"before": {{Before: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}},
	} {
		t.Run(name, func(t *testing.T) {
			folder := bookWithSecrets(t)
			w, _, err := casebook.Create(folder, casebook.Options{})
			require.NoError(t, err)
			n := 0
			for _, f := range filters {
				removed, err := w.Forget(context.Background(), f)
				require.NoError(t, err)
				n += removed
			}
			require.Equal(t, 2, n)
			for _, secret := range secrets {
				require.Empty(t, remains(t, folder, secret), "while it is open")
			}
			require.NoError(t, w.Close())
			for _, secret := range secrets {
				require.Empty(t, remains(t, folder, secret))
			}
			require.Len(t, findIn(t, folder, ""), 7, "the others stay")
		})
	}
}

func TestForgetNeedsAChoice(t *testing.T) {
	folder := t.TempDir()
	w, _, err := casebook.Create(folder, casebook.Options{})
	require.NoError(t, err)
	_, err = w.Forget(context.Background(), casebook.Filter{})
	require.Error(t, err)
	n, err := w.Forget(context.Background(), casebook.Filter{Thread: "nobody"})
	require.NoError(t, err)
	require.Zero(t, n)
	require.NoError(t, w.Close())
}

func findIn(t *testing.T, folder, query string) []string {
	t.Helper()
	b, err := casebook.Open(folder)
	require.NoError(t, err)
	defer func() { require.NoError(t, b.Close()) }()
	return find(t, b, query)
}

func TestRetention(t *testing.T) {
	folder := t.TempDir()
	retain, err := casebook.ParseRetain("none=30d, victim=0d")
	require.NoError(t, err)
	fill(t, folder, casebook.Options{Retain: retain}, conversations...)
	require.Len(t, findIn(t, folder, "queue:none"), 2)
	// The casebook remembers: the next scan need not say it.
	fill(t, folder, casebook.Options{Today: today.AddDate(0, 0, 10)})
	require.Len(t, findIn(t, folder, "queue:none"), 2)
	require.Empty(t, findIn(t, folder, "queue:victim"))
	fill(t, folder, casebook.Options{Today: today.AddDate(0, 0, 31)})
	require.Empty(t, findIn(t, folder, "queue:none"))
	require.Empty(t, remains(t, folder, "lunch"))
	require.Len(t, findIn(t, folder, ""), 3, "a queue without a limit stays")
	for _, bad := range []string{"none", "none=30", "nobody=3d", "none=-1d"} {
		_, err := casebook.ParseRetain(bad)
		require.Error(t, err, bad)
	}
}

func TestDoneInputs(t *testing.T) {
	folder := t.TempDir()
	w, _, err := casebook.Create(folder, casebook.Options{})
	require.NoError(t, err)
	input := message.KeyOf("chat.zip")
	require.False(t, w.Done(input))
	require.NoError(t, w.Keep(conversations[0].messages(t), conversations[0].verdict()))
	require.NoError(t, w.Finish(input))
	require.NoError(t, w.Close())
	w, _, err = casebook.Create(folder, casebook.Options{})
	require.NoError(t, err)
	require.True(t, w.Done(input))
	require.NoError(t, w.Close())
}
