package detector_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/workload"
)

func redecoded(t *testing.T, d *detector.Detector, m detector.Matches) detector.Matches {
	t.Helper()
	data := d.AppendMatches(nil, &m)
	read, err := d.DecodeMatches(data)
	require.NoError(t, err)
	require.Equal(t, data, d.AppendMatches(nil, &read))
	return read
}

// A state that went through its bytes, message by message and in any order,
// gives the verdict of one that did not; equal states have equal bytes.
func TestStateBytes(t *testing.T) {
	d := builtin(t)
	rng := rand.New(rand.NewPCG(1, 2))
	cases, said, every := 0, 0, 1
	if testing.Short() {
		every = 5
	}
	walked := 0
	require.NoError(t, labelled.Walk(corpus.FS, func(c labelled.Case) error {
		if walked++; walked%every != 0 {
			return nil
		}
		thread := c.Messages()
		var plain, stored, shuffled detector.Matches
		for i := range thread {
			thread[i].Thread, thread[i].Position = "t", int64(i)
			m := d.Match(&thread[i])
			plain.Merge(m)
			stored = redecoded(t, d, stored)
			stored.Merge(redecoded(t, d, m))
		}
		for _, i := range append(rng.Perm(len(thread)), rng.Perm(len(thread))...) { // and everything twice
			shuffled.Merge(redecoded(t, d, d.Match(&thread[i])))
			shuffled = redecoded(t, d, shuffled)
		}
		require.Equal(t, d.AppendMatches(nil, &plain), d.AppendMatches(nil, &shuffled), c.Path)
		require.Equal(t, d.Judge(plain), d.Judge(stored), c.Path)
		cases++
		if stored.Said() {
			said++
		}
		return nil
	}))
	require.Greater(t, cases, 300/every)
	require.Greater(t, said, 250/every)
}

// What is no state is refused, and what is taken for one does no harm.
func TestStateBytesFromOutside(t *testing.T) {
	d, other := newDetector(t), builtin(t)
	m := d.MatchAll(chat("a: guaranteed profit, my love", "b: my number is +1 555-0142", "a: pay the tax"))
	data := d.AppendMatches(nil, &m)
	for n := range data {
		_, err := d.DecodeMatches(data[:n])
		require.ErrorIs(t, err, detector.ErrState, n)
	}
	_, err := other.DecodeMatches(data)
	require.ErrorIs(t, err, detector.ErrState)
	rng := rand.New(rand.NewPCG(3, 4))
	taken := 0
	for range 10_000 {
		bad := append([]byte{}, data...)
		for range 1 + rng.IntN(3) {
			bad[5+rng.IntN(len(bad)-5)] = byte(rng.Uint32())
		}
		if read, err := d.DecodeMatches(bad); err == nil {
			taken++
			read.Merge(m)
			d.Judge(read)
			d.AppendMatches(nil, &read)
		}
	}
	require.Positive(t, taken)
}

// Absorbs says yes only where a merge changes no byte, and yes to what was
// merged before.
func TestAbsorbs(t *testing.T) {
	set, err := rule.Load(os.DirFS("testdata/rules"))
	require.NoError(t, err)
	d, err := detector.New(set, detector.Options{})
	require.NoError(t, err)
	rng := rand.New(rand.NewPCG(5, 6))
	source := workload.New(7)
	yes := 0
	for range 300 {
		thread := source.Thread(workload.English, "t", 0)
		var state detector.Matches
		for range 2 * len(thread) {
			m := &thread[rng.IntN(len(thread))]
			m.Sender = string(rune('a' + rng.IntN(6)))
			if rng.IntN(9) == 0 {
				m.HasSeq, m.Sent = false, message.Time{}
			}
			found := d.Match(m)
			frame := found.Frame()
			before := d.AppendMatches(nil, &state)
			absorbs := state.Absorbs(&frame)
			state.Merge(frame)
			if absorbs {
				yes++
				require.Equal(t, before, d.AppendMatches(nil, &state))
			}
			require.True(t, state.Absorbs(&frame))
			require.False(t, found.Said() && state.Absorbs(&found))
		}
	}
	require.Greater(t, yes, 1000)
}
