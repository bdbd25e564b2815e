package conformance_test

import (
	"bytes"
	"os"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/conformance"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

func newDetector(t *testing.T) *detector.Detector {
	t.Helper()
	set, err := rule.Load(os.DirFS("../testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	return d
}

var sentences = []string{"A guaranteed profit for you", "my love", "pay the tax", "they took my passport", "Beware of any guaranteed profit"}

func corpus(t *testing.T, seed uint64, n int) (all []message.Message) {
	t.Helper()
	require.NoError(t, conformance.Corpus(sentences, seed, n, func(m *message.Message) error {
		all = append(all, *m)
		return nil
	}))
	return all
}

func TestSentences(t *testing.T) {
	set := &rule.Set{Rules: []*rule.Rule{{Tests: rule.Tests{Match: []rule.Test{{Messages: []rule.TestMessage{{Text: "a"}, {Text: "b"}}}}}}}}
	require.Equal(t, []string{"a", "b"}, conformance.Sentences(set))
}

func run(t *testing.T, d *detector.Detector, all []message.Message) *conformance.Verdicts {
	t.Helper()
	verdicts, err := conformance.OneMachine(d, all)
	require.NoError(t, err)
	return verdicts
}

func TestCorpusHasEverything(t *testing.T) {
	all := corpus(t, 1, 20_000)
	require.Equal(t, all, corpus(t, 1, 20_000))
	require.NotEqual(t, all, corpus(t, 2, 20_000))
	var lone, untimed, unnumbered, reported int
	keys := map[message.Key]bool{}
	for _, m := range all {
		require.False(t, keys[m.Key()])
		keys[m.Key()] = true
		for flag, count := range map[*int]bool{&lone: m.Thread == "", &untimed: m.Sent.IsZero(), &unnumbered: !m.HasSeq, &reported: m.Role == message.Reporter} {
			if count {
				*flag++
			}
		}
	}
	for _, count := range []int{lone, untimed, unnumbered, reported} {
		require.Greater(t, count, 200)
	}
}

func TestWrite(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, conformance.Write(&out, sentences, 1, 100))
	rows, err := export.NewRows(export.Options{Namespace: "generated"})
	require.NoError(t, err)
	for i, m := range corpus(t, 1, 100) {
		line, err := out.ReadBytes('\n')
		require.NoError(t, err)
		read, err := rows.Message(line)
		require.NoError(t, err)
		read.Position = int64(i)
		require.Equal(t, m, read)
	}
	require.Zero(t, out.Len())
}

// The comparison sees one message that was lost, one verdict that was doubled
// and one that differs, and nothing else.
func TestCompare(t *testing.T) {
	d := newDetector(t)
	all := corpus(t, 1, 20_000)
	want := run(t, d, all)
	require.Greater(t, want.Len(), 200)
	same := run(t, d, all)
	require.Equal(t, conformance.Difference{}, want.Compare(same))
	require.Equal(t, want.Digest(), same.Digest())

	lacking, few := 0, all[:500]
	whole := run(t, d, few)
	for n := range 150 {
		got := run(t, d, slices.Concat(few[:n], few[n+1:]))
		if diff := whole.Compare(got); diff != (conformance.Difference{}) {
			require.Equal(t, 1, diff.Lost+diff.Differing)
			require.NotEqual(t, whole.Digest(), got.Digest())
			lacking++
		}
	}
	require.Greater(t, lacking, 5)

	var out bytes.Buffer
	line := `{"schema":1,"source":"s","thread":"t","messages":3,"languages":{"en":3},"notes":["unsupported:xx"],"identifiers":[{"type":"url"}]}` + "\n"
	out.WriteString(line + `{"schema":1,"source":"s","thread":"quiet","evidence":[]}` + "\n")
	var one, two conformance.Verdicts
	require.NoError(t, one.Read(bytes.NewReader(out.Bytes())))
	require.Equal(t, 1, one.Len())
	require.NoError(t, two.Read(bytes.NewReader([]byte(line+`{"schema":1,"source":"s","thread":"t","messages":9,"identifiers":[{"type":"url"}]}`))))
	require.Equal(t, conformance.Difference{Doubled: 1}, one.Compare(&two))
	require.Error(t, one.Add([]byte(`{"thread":"t"}`)))
	require.Error(t, one.Add([]byte(`{`)))
	require.Equal(t, conformance.Difference{Lost: 1}, one.Compare(new(conformance.Verdicts)))
	require.Equal(t, conformance.Difference{Invented: 1}, new(conformance.Verdicts).Compare(&one))
}
