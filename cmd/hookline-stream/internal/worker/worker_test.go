package worker_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/sqlite"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/telemetry"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/builtin"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

var built = sync.OnceValues(func() (*detector.Detector, error) { return builtin.New(builtin.Options{}) })

// queue is a source of a few batches, and then of none.
type queue struct {
	mu      sync.Mutex
	batches [][]string
	acked   int
	letters []worker.Letter
	order   []string // of what was done
	fail    error
}

func (q *queue) note(what string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.order = append(q.order, what)
}

func (q *queue) Next(ctx context.Context) (*worker.Batch, error) {
	q.mu.Lock()
	if len(q.batches) == 0 {
		fail := q.fail
		q.mu.Unlock()
		if fail != nil {
			return nil, fail
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}
	b := &worker.Batch{Committed: func(context.Context) error {
		q.note("ack")
		q.mu.Lock()
		defer q.mu.Unlock()
		q.acked++
		return nil
	}}
	for i, data := range q.batches[0] {
		b.Payloads = append(b.Payloads, wire.Payload{Data: []byte(data), Source: "q", Position: int64(i) << 20})
	}
	q.batches = q.batches[1:]
	q.mu.Unlock()
	return b, nil
}

func (q *queue) DeadLetter(_ context.Context, letters []worker.Letter) error {
	q.note("dead letter")
	q.letters = append(q.letters, letters...)
	return nil
}

func (q *queue) Healthy() bool { return true }
func (q *queue) Close() error  { return nil }

// verdicts is a publisher.
type verdicts struct {
	mu  sync.Mutex
	all []sink.Verdict
}

func (v *verdicts) Publish(_ context.Context, some []sink.Verdict) error {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.all = append(v.all, some...)
	return nil
}

// bench is a worker's surroundings.
type bench struct {
	options worker.Options
	queue   *queue
	log     bytes.Buffer
	metrics *telemetry.Metrics
}

func newBench(t *testing.T, batches ...[]string) *bench {
	t.Helper()
	d, err := built()
	require.NoError(t, err)
	store, err := sqlite.Open(context.Background(), filepath.Join(t.TempDir(), "v.db"), "r")
	require.NoError(t, err)
	t.Cleanup(func() { _ = store.Close() })
	b := &bench{queue: &queue{batches: batches}, metrics: telemetry.New("r")}
	b.options = worker.Options{
		Detector: d, Source: b.queue, Store: store, Metrics: b.metrics, Log: slog.New(slog.NewTextHandler(&b.log, nil)),
		Parallel: 3, Drain: 10 * time.Second, AfterCommit: func() { b.queue.note("commit") },
	}
	return b
}

// run works until all batches are acknowledged.
func (b *bench) run(t *testing.T) error {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	want := len(b.queue.batches)
	go func() {
		for {
			b.queue.mu.Lock()
			done := b.queue.acked == want
			b.queue.mu.Unlock()
			if done {
				cancel()
				return
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	return worker.Run(ctx, b.options)
}

func (b *bench) kept(t *testing.T) (lines []string) {
	t.Helper()
	require.NoError(t, b.options.Store.Verdicts(context.Background(), func(v sink.Verdict) error {
		lines = append(lines, string(v.JSON))
		return nil
	}))
	return lines
}

func lure(id string) string {
	return fmt.Sprintf(`{"id":%q,"thread":"t","sender":"Ada","text":"Guaranteed profit, deposit 500 USDT on the exchange platform"}`, id)
}

// Commit, then dead letters, then the acknowledgement; what is wrong with a
// line is said, and what it says is not.
func TestPoison(t *testing.T) {
	b := newBench(t, []string{lure("1"), "secret words\n" + lure("2"), `{"id":"secret"}`}, []string{lure("3")})
	var out verdicts
	b.options.Publisher = &out
	require.NoError(t, b.run(t))
	require.Equal(t, []string{"dead letter", "commit", "ack", "commit", "ack"}, b.queue.order)
	require.Len(t, b.queue.letters, 2)
	reasons := map[string]string{}
	for _, l := range b.queue.letters {
		reasons[l.Origin] = l.Fault.Reason
		require.Contains(t, string(l.Fault.Data), "secret")
	}
	require.Contains(t, reasons["q:1048576:1"], "not JSON")
	require.Equal(t, export.ErrNoText.Error(), reasons["q:2097152:1"])
	require.NotContains(t, b.log.String(), "secret")
	require.NotContains(t, b.log.String(), "Guaranteed")
	require.Len(t, b.kept(t), 1)
	require.NotEmpty(t, out.all)
	require.Equal(t, b.kept(t)[0], string(out.all[len(out.all)-1].JSON), "the last that was sent is the one that is kept")

	page := httptest.NewRecorder()
	b.metrics.Handler(func(context.Context) error { return nil }).ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for _, line := range []string{"hookline_payloads_total 4", "hookline_messages_total 3", "hookline_dead_letters_total 2", "hookline_rows_total 3", "hookline_repeats_total 0"} {
		require.Contains(t, page.Body.String(), line+"\n")
	}
	well := httptest.NewRecorder()
	b.metrics.Handler(func(context.Context) error { return errors.New("no database") }).ServeHTTP(well, httptest.NewRequest("GET", "/healthz", nil))
	require.Equal(t, 503, well.Code)
}

// A message on which matching panics is put aside; the others are written.
func TestPanic(t *testing.T) {
	b := newBench(t, []string{lure("1"), lure("bad"), lure("2")})
	b.options.Match = func(d *detector.Detector, m *message.Message) sink.Item {
		if m.ID == "bad" {
			panic("cannot")
		}
		return sink.Match(d, m)
	}
	require.NoError(t, b.run(t))
	require.Len(t, b.queue.letters, 1)
	require.Equal(t, "matching panicked", b.queue.letters[0].Fault.Reason)
	require.Contains(t, string(b.queue.letters[0].Fault.Data), `"id":"bad"`)
	require.Len(t, b.kept(t), 1)
	require.Contains(t, b.kept(t)[0], `"message":"1"`)
	require.Contains(t, b.kept(t)[0], `"message":"2"`)
	require.NotContains(t, b.kept(t)[0], `"message":"bad"`)
	require.NotContains(t, b.log.String(), "Guaranteed")
}

// A worker that cannot go on ends with the reason, and acknowledges nothing
// that it did not write.
func TestCrashOnly(t *testing.T) {
	b := newBench(t)
	b.queue.fail = errors.New("no leader")
	require.ErrorContains(t, worker.Run(context.Background(), b.options), "no leader")

	b = newBench(t, []string{lure("1")})
	require.NoError(t, b.options.Store.Close())
	require.ErrorContains(t, worker.Run(context.Background(), b.options), "store")
	require.Zero(t, b.queue.acked)
}

// Asked to stop, a worker finishes what it took, within its time.
func TestDrain(t *testing.T) {
	b := newBench(t, []string{lure("1")}, []string{lure("2")}, []string{lure("3")})
	ctx, cancel := context.WithCancel(context.Background())
	b.options.AfterCommit = func() { cancel() }
	require.NoError(t, worker.Run(ctx, b.options))
	require.GreaterOrEqual(t, b.queue.acked, 1)
	require.Equal(t, 3-len(b.queue.batches), b.queue.acked, "what was taken is acknowledged")

	b = newBench(t, []string{lure("1")})
	ctx, cancel = context.WithCancel(context.Background())
	b.options.Drain = time.Millisecond
	b.options.Match = func(d *detector.Detector, m *message.Message) sink.Item {
		cancel()
		time.Sleep(200 * time.Millisecond)
		return sink.Match(d, m)
	}
	require.ErrorContains(t, worker.Run(ctx, b.options), "stopping took too long")
	require.Zero(t, b.queue.acked)
}
