package builtin_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
)

func made(t testing.TB, o builtin.Options) *detector.Detector {
	t.Helper()
	d, err := builtin.New(o)
	require.NoError(t, err)
	return d
}

// A detector of kept rules gives the verdicts of a compiled one.
func TestKeptRulesJudgeTheSame(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "cache")
	compiled := made(t, builtin.Options{Untested: true, Cache: folder})
	require.NoError(t, builtin.Keep(compiled, folder))
	require.NoError(t, builtin.Keep(compiled, folder))
	kept := made(t, builtin.Options{Untested: true, Cache: folder})
	cases := 0
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		if cases++; testing.Short() && cases%8 != 0 {
			return nil
		}
		messages := c.Messages()
		require.Equal(t, verdict(compiled, messages), verdict(kept, messages), c.Path)
		return nil
	}))
	require.Greater(t, cases, 1000)
}

func verdict(d *detector.Detector, messages []message.Message) string {
	v := d.Judge(d.MatchAll(messages))
	return string(v.AppendJSON(nil))
}

// A file that is not as it was written is made anew, and one of other rules is
// left alone.
func TestBrokenFilesAreMadeAnew(t *testing.T) {
	folder := t.TempDir()
	compiled := made(t, builtin.Options{Untested: true})
	require.NoError(t, builtin.Keep(compiled, folder))
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 1)
	path := filepath.Join(folder, files[0].Name())
	body, err := os.ReadFile(path)
	require.NoError(t, err)
	other := func(at int) []byte {
		damaged := slices.Clone(body)
		damaged[at]++
		return damaged
	}
	for _, broken := range [][]byte{nil, body[:2], body[:len(body)/2], other(0), other(100), other(4 << 20)} { // the last in what all scripts share
		require.NoError(t, os.WriteFile(path, broken, 0o600))
		d := made(t, builtin.Options{Untested: true, Cache: folder})
		require.Equal(t, compiled.Rules(), d.Rules())
		require.NoError(t, builtin.Keep(d, folder))
		again, err := os.ReadFile(path)
		require.NoError(t, err)
		require.True(t, bytes.Equal(body, again))
	}
	own := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(own, "fake_job", "fee"), 0o700))
	rule := "id: fake_job.fee.mine\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n  pay:\n    en: [gribble]\n"
	require.NoError(t, os.WriteFile(filepath.Join(own, "fake_job", "fee", "mine.yaml"), []byte(rule), 0o600))
	d := made(t, builtin.Options{Rules: own, Cache: folder})
	require.Len(t, d.Set().Rules, 1)
	require.NoError(t, builtin.Keep(d, folder))
	require.NoError(t, os.WriteFile(filepath.Join(own, "fake_job", "fee", "mine.yaml"), []byte(rule+"nonsense: x\n"), 0o600))
	_, err = builtin.New(builtin.Options{Rules: own, Cache: folder})
	require.ErrorContains(t, err, "nonsense")
}

// Only the newest files stay.
func TestCacheStaysSmall(t *testing.T) {
	folder := t.TempDir()
	for i := range 9 {
		own := t.TempDir()
		require.NoError(t, os.MkdirAll(filepath.Join(own, "fake_job", "fee"), 0o700))
		rule := "id: fake_job.fee.mine\ntitle: t\nstage: pitch\nweight: weak\npatterns:\n  pay:\n    en: [gribble" + string(rune('a'+i)) + "]\n"
		require.NoError(t, os.WriteFile(filepath.Join(own, "fake_job", "fee", "mine.yaml"), []byte(rule), 0o600))
		require.NoError(t, builtin.Keep(made(t, builtin.Options{Rules: own}), folder))
	}
	files, err := os.ReadDir(folder)
	require.NoError(t, err)
	require.Len(t, files, 3)
}

// BenchmarkStart makes a detector and judges one message, of rules that are
// compiled and of rules that were kept.
func BenchmarkStart(b *testing.B) {
	folder := b.TempDir()
	require.NoError(b, builtin.Keep(made(b, builtin.Options{Untested: true}), folder))
	for name, o := range map[string]builtin.Options{"compiled": {Untested: true}, "kept": {Untested: true, Cache: folder}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				d := made(b, o)
				d.Judge(d.MatchAll([]message.Message{{ID: "1", Text: "see you at the lake on sunday, bring the kids", HasSeq: true}}))
			}
		})
	}
}
