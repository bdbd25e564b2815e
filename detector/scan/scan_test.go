package scan_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/scan"
)

func newDetector(t testing.TB) *detector.Detector {
	t.Helper()
	set, err := rule.Load(os.DirFS("../testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

// mixture is messages of many interleaved threads, some without one.
func mixture(n int) []message.Message {
	rng := rand.New(rand.NewPCG(1, 2))
	texts := []string{"hello", "guaranteed profit", "my love", "withdraw", "pay the tax", "they took my passport", "稳赚不赔"}
	all := make([]message.Message, n)
	for i := range all {
		all[i] = message.Message{
			ID: fmt.Sprint("m", i), Sender: fmt.Sprint("s", rng.IntN(3)), Text: texts[rng.IntN(len(texts))], Position: int64(i),
		}
		if rng.IntN(4) > 0 {
			all[i].Thread = fmt.Sprint("t", rng.IntN(n/10))
		}
	}
	return all
}

func run(t *testing.T, options scan.Options, messages []message.Message) (string, scan.Counts, error) {
	t.Helper()
	var out bytes.Buffer
	lines := report.NewJSONL(&out)
	options.Verdict = lines.Write
	s := scan.New(newDetector(t), options)
	var err error
	for i := range messages {
		if err = s.Message(&messages[i]); err != nil {
			break
		}
	}
	counts, closeErr := s.Close()
	require.NoError(t, lines.Flush())
	return out.String(), counts, errors.Join(err, closeErr)
}

func TestSameBytesAtAnyNumberOfWorkers(t *testing.T) {
	messages := mixture(3000)
	one, counts, err := run(t, scan.Options{Workers: 1}, messages)
	require.NoError(t, err)
	require.EqualValues(t, 3000, counts.Scanned)
	for _, workers := range []int{2, 8} {
		many, _, err := run(t, scan.Options{Workers: workers}, messages)
		require.NoError(t, err)
		require.Equal(t, one, many)
	}
}

// The verdict about a thread is that of its messages matched, merged and judged
// without a scan.
func TestVerdictsAreThoseOfTheDetector(t *testing.T) {
	d := newDetector(t)
	messages := mixture(3000)
	threads := map[string][]message.Message{}
	for i := range messages {
		m := &messages[i]
		if i%7 == 0 {
			m.Sent = message.Instant(time.Unix(int64(1e9-i), 0)) // some with a time, out of order
		}
		m.Seq, m.HasSeq = int64(i%11), i%5 > 0
		threads[m.ThreadID()] = append(threads[m.ThreadID()], *m)
	}
	got := 0
	s := scan.New(d, scan.Options{Verdict: func(v *detector.Verdict) error {
		want := d.Judge(d.MatchAll(threads[v.Thread]))
		d.Annotate(&want, len(threads[v.Thread]), nil)
		require.Equal(t, string(want.AppendJSON(nil)), string(v.AppendJSON(nil)))
		got++
		return nil
	}})
	for i := range messages {
		require.NoError(t, s.Message(&messages[i]))
	}
	_, err := s.Close()
	require.NoError(t, err)
	require.Equal(t, len(threads), got)
}

func TestLanguagesAreCounted(t *testing.T) {
	codes := []string{"en", "es", "fr", "de", "en", "it", "pt", "it"}
	n := 0
	var got detector.Languages
	s := scan.New(newDetector(t), scan.Options{
		Workers:  1,
		Language: func(string) string { n++; return codes[n-1] },
		Verdict:  func(v *detector.Verdict) error { got = v.Languages; return nil },
	})
	for i := range codes {
		require.NoError(t, s.Message(&message.Message{ID: fmt.Sprint(i), Thread: "t", Text: "hello", Position: int64(i)}))
	}
	_, err := s.Close()
	require.NoError(t, err)
	require.Equal(t, detector.Languages{{Code: "de", Messages: 1}, {Code: "en", Messages: 2}, {Code: "es", Messages: 1}, {Code: "fr", Messages: 1}, {Code: "it", Messages: 2}, {Code: "pt", Messages: 1}}, got)
}

func TestPerMessage(t *testing.T) {
	messages := mixture(500)
	out, _, err := run(t, scan.Options{PerMessage: true}, messages)
	require.NoError(t, err)
	require.Equal(t, len(messages), bytes.Count([]byte(out), []byte("\n")))
}

func TestGrouped(t *testing.T) {
	grouped := []message.Message{{ID: "1", Thread: "a"}, {ID: "2", Thread: "a"}, {ID: "3", Thread: "b"}}
	_, counts, err := run(t, scan.Options{Grouped: true}, grouped)
	require.NoError(t, err)
	require.EqualValues(t, 2, counts.Threads)
	_, _, err = run(t, scan.Options{Grouped: true}, append(grouped, message.Message{ID: "4", Thread: "a", Source: "x:4"}))
	require.ErrorContains(t, err, "x:4: thread returns")
}

func TestSinkErrorEndsTheScan(t *testing.T) {
	broken := errors.New("pipe closed")
	s := scan.New(newDetector(t), scan.Options{Verdict: func(*detector.Verdict) error { return broken }})
	var err error
	for i := 0; err == nil && i < 1e6; i++ {
		err = s.Message(&message.Message{ID: fmt.Sprint(i), Text: "hello"})
	}
	require.ErrorIs(t, err, broken)
	_, err = s.Close()
	require.ErrorIs(t, err, broken)
}

func TestSystemNoticesAreNotScanned(t *testing.T) {
	_, counts, err := run(t, scan.Options{}, []message.Message{{ID: "1", Text: "x"}, {ID: "2", System: true}, {ID: "3", Media: "image/png"}})
	require.NoError(t, err)
	require.EqualValues(t, 3, counts.Messages)
	require.EqualValues(t, 1, counts.Scanned)
}
