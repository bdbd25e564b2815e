package sink_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/lab"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/postgres"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/sqlite"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/conformance"
	"github.com/hookline/hookline/detector/message"
)

var built = sync.OnceValues(func() (*detector.Detector, error) { return builtin.New(builtin.Options{}) })

func newDetector(t testing.TB) *detector.Detector {
	t.Helper()
	d, err := built()
	require.NoError(t, err)
	return d
}

// stores runs a test on each kind of store; open opens it once more, as another
// process would.
func stores(t *testing.T, do func(t *testing.T, open func(rules string) sink.Store)) {
	ctx := context.Background()
	t.Run("SQLite", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "a b?.db")
		do(t, func(rules string) sink.Store {
			s, err := sqlite.Open(ctx, path, rules)
			require.NoError(t, err)
			t.Cleanup(func() { _ = s.Close() })
			return s
		})
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		place := lab.StartPostgres(t).Database("sink")
		do(t, func(rules string) sink.Store {
			s, err := postgres.Open(ctx, place, rules)
			require.NoError(t, err)
			t.Cleanup(func() { _ = s.Close() })
			return s
		})
	})
}

func corpus(t testing.TB, d *detector.Detector, n int) (all []message.Message) {
	t.Helper()
	require.NoError(t, conformance.Corpus(conformance.Sentences(d.Set()), 1, n, func(m *message.Message) error {
		all = append(all, *m)
		return nil
	}))
	return all
}

func kept(t testing.TB, s sink.Store) *conformance.Verdicts {
	t.Helper()
	var verdicts conformance.Verdicts
	require.NoError(t, s.Verdicts(context.Background(), func(v sink.Verdict) error { return verdicts.Add(v.JSON) }))
	return &verdicts
}

func write(t testing.TB, d *detector.Detector, s *sink.Sink, messages []message.Message) sink.Outcome {
	t.Helper()
	items := make([]sink.Item, len(messages))
	for i := range messages {
		items[i] = sink.Match(d, &messages[i])
	}
	done, err := s.Write(context.Background(), items)
	require.NoError(t, err)
	return done
}

// Four writers get all messages shuffled, some of them twice and some more than
// one of them, and the verdicts are those of one machine. A second rule set
// beside it is another world.
func TestOrderRepeatsAndWriters(t *testing.T) {
	d := newDetector(t)
	all := corpus(t, d, 4000)
	want, err := conformance.OneMachine(d, all)
	require.NoError(t, err)
	require.Greater(t, want.Len(), 100)
	stores(t, func(t *testing.T, open func(rules string) sink.Store) {
		var group sync.WaitGroup
		outcomes := make([]sink.Outcome, 4)
		for w := range outcomes {
			s := sink.New(d, open("one"), 2)
			rng := rand.New(rand.NewPCG(uint64(w), 3))
			var mine []message.Message
			for i := range all {
				if i%len(outcomes) == w || rng.IntN(5) == 0 {
					mine = append(mine, all[i])
				}
			}
			rng.Shuffle(len(mine), func(i, k int) { mine[i], mine[k] = mine[k], mine[i] })
			group.Go(func() {
				for start := 0; start < len(mine); start += 97 {
					done := write(t, d, s, mine[start:min(start+97, len(mine))])
					outcomes[w].Rows += done.Rows
					outcomes[w].Repeats += done.Repeats
				}
			})
		}
		group.Wait()
		s := open("one")
		got := kept(t, s)
		require.Equal(t, conformance.Difference{}, want.Compare(got))
		require.Equal(t, want.Digest(), got.Digest())
		var rows, repeats, stored, said int
		for _, done := range outcomes {
			rows, repeats = rows+done.Rows, repeats+done.Repeats
		}
		require.Positive(t, repeats)
		require.NoError(t, s.Threads(context.Background(), func(_ sink.Thread, found []sink.Row) error {
			stored += len(found)
			return nil
		}))
		require.Equal(t, rows, stored)
		for i := range all {
			if m := d.Match(&all[i]); m.Said() {
				said++
			}
		}
		require.Less(t, stored, said/2, "parts of rules cost no row")

		again := write(t, d, sink.New(d, s, 1), all[:500])
		require.Zero(t, again.Rows+again.Threads+again.Verdicts)
		require.Positive(t, again.Repeats)
		require.Zero(t, kept(t, open("two")).Len())
	})
}

// What tells nothing new is not written.
func TestSparse(t *testing.T) {
	d := newDetector(t)
	stores(t, func(t *testing.T, open func(rules string) sink.Store) {
		s := sink.New(d, open("r"), 1)
		lone := message.Message{ID: "1", Text: "lunch at noon"}
		require.Equal(t, sink.Outcome{}, write(t, d, s, []message.Message{lone}))
		chat := func(seq int64, sender string) message.Message {
			return message.Message{ID: fmt.Sprint(seq), Thread: "t", Sender: sender, Seq: seq, HasSeq: true, Text: "lunch at noon"}
		}
		require.Equal(t, 1, write(t, d, s, []message.Message{chat(5, "a")}).Threads)
		require.Zero(t, write(t, d, s, []message.Message{chat(6, "a"), chat(7, "a")}).Threads)
		require.Equal(t, 1, write(t, d, s, []message.Message{chat(8, "b")}).Threads, "somebody answers")
		require.Equal(t, 1, write(t, d, s, []message.Message{chat(4, "a")}).Threads, "an earlier message")
		require.Zero(t, write(t, d, sink.New(d, open("r"), 1), []message.Message{chat(5, "a")}).Threads, "another worker knows nothing, the database does")
		require.Zero(t, kept(t, open("r")).Len())
	})
}

const lure = "Guaranteed profit: deposit 500 USDT on the exchange platform, my uncle knows the node data"

// A verdict is published when it changes, and not again; what could not be
// published is the next time.
func TestPublish(t *testing.T) {
	d := newDetector(t)
	stores(t, func(t *testing.T, open func(rules string) sink.Store) {
		ctx := context.Background()
		store := open("r")
		s := sink.New(d, store, 1)
		take := func(fail error) (all []sink.Verdict) {
			_, err := store.Publish(ctx, 10, func(v []sink.Verdict) error {
				all = append(all, v...)
				return fail
			})
			require.ErrorIs(t, err, fail)
			return all
		}
		m := message.Message{ID: "1", Thread: "t\x00", Sender: "a\x00", Seq: 1, HasSeq: true, Text: lure}
		write(t, d, s, []message.Message{m, {ID: "2", Thread: "quiet", Text: "lunch at noon"}})
		broken := errors.New("no queue")
		require.Len(t, take(broken), 1)
		first := take(nil)
		require.Len(t, first, 1)
		require.EqualValues(t, 1, first[0].Revision)
		require.NotContains(t, string(first[0].JSON), `\u0000`)
		require.Empty(t, take(nil))
		write(t, d, s, []message.Message{m})
		require.Empty(t, take(nil), "a repeat changes nothing")
		m.ID, m.Seq, m.Text = "3", 2, "my number is +1 555-0142, https://pay.example/login"
		write(t, d, s, []message.Message{m})
		second := take(nil)
		require.Len(t, second, 1)
		require.EqualValues(t, 2, second[0].Revision)
		require.Equal(t, first[0].Thread, second[0].Thread)
	})
}

// A write that fails leaves nothing behind, and what it knew is not taken for
// known.
func TestFailedWrite(t *testing.T) {
	d := newDetector(t)
	stores(t, func(t *testing.T, open func(rules string) sink.Store) {
		store := open("r")
		s := sink.New(d, store, 1)
		m := message.Message{ID: "1", Thread: "t", Text: lure}
		ctx, cancel := context.WithCancel(context.Background())
		cancel()
		_, err := s.Write(ctx, []sink.Item{sink.Match(d, &m)})
		require.Error(t, err)
		_, err = store.Write(context.Background(), sink.Batch{
			Threads: []message.Key{m.ThreadKey()}, Rows: []sink.Row{{Message: m.Key(), Thread: m.ThreadKey(), Matches: []byte("x")}},
		}, func([][]byte) ([]sink.Thread, error) { return nil, errors.New("no") })
		require.Error(t, err)
		require.Equal(t, 1, write(t, d, s, []message.Message{m}).Rows)
		require.Equal(t, 1, kept(t, store).Len())
	})
}
