package scan_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"

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
