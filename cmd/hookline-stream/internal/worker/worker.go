package worker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/telemetry"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// Options of a worker; all but Publisher, Match and AfterCommit are needed.
type Options struct {
	Detector  *detector.Detector
	Source    Source
	Store     sink.Store
	Publisher Publisher // nil to publish no verdicts
	Wire      wire.Options
	Metrics   *telemetry.Metrics
	Log       *slog.Logger
	Parallel  int           // messages matched, threads judged at once
	Drain     time.Duration // to finish what was begun when asked to stop

	// Match stands in for sink.Match, AfterCommit is called between commit and
	// acknowledgement: tests fail there.
	Match       func(*detector.Detector, *message.Message) sink.Item
	AfterCommit func()
}

// errDrain is the cause of what fails because stopping took too long.
var errDrain = errors.New("stopping took too long; what was not acknowledged will be delivered again")

// worker is one at work.
type worker struct {
	Options
	decoders []*wire.Decoder
	sink     *sink.Sink
	matched  chan *matched
	written  chan struct{} // closed after the last write
}

// matched is a batch that waits to be written.
type matched struct {
	batch   *Batch
	items   []sink.Item
	letters []Letter
}

// Run works until the context is done, and then finishes what was begun.
func Run(ctx context.Context, o Options) error {
	if o.Match == nil {
		o.Match = sink.Match
	}
	w := &worker{
		Options: o, sink: sink.New(o.Detector, o.Store, o.Parallel),
		matched: make(chan *matched, 1), written: make(chan struct{}),
	}
	for range max(1, o.Parallel) {
		decoder, err := wire.NewDecoder(o.Wire)
		if err != nil {
			return err
		}
		w.decoders = append(w.decoders, decoder)
	}
	work, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	defer cancel(nil)
	group, work := errgroup.WithContext(work)
	reading, stopReading := context.WithCancel(work)
	defer stopReading()
	defer context.AfterFunc(ctx, func() {
		stopReading()
		time.AfterFunc(o.Drain, func() { cancel(errDrain) })
	})()
	group.Go(func() error { return w.read(reading, work) })
	group.Go(func() error { return w.write(work) })
	if o.Publisher != nil {
		group.Go(func() error { return w.publish(work) })
	}
	err := group.Wait()
	if err != nil && context.Cause(work) == errDrain {
		return errDrain
	}
	return err
}

// read takes batches and matches them, one batch ahead of what is written.
func (w *worker) read(reading, work context.Context) error {
	defer close(w.matched)
	for reading.Err() == nil {
		batch, err := w.Source.Next(reading)
		if err != nil {
			if reading.Err() != nil {
				return nil
			}
			return fmt.Errorf("source: %w", err)
		}
		select {
		case w.matched <- w.match(batch):
		case <-work.Done():
			return work.Err()
		}
	}
	return nil
}

// match decodes and matches a batch, its payloads shared out among the
// decoders.
func (w *worker) match(batch *Batch) *matched {
	parts := make([]matched, len(w.decoders))
	size := (len(batch.Payloads) + len(parts) - 1) / len(parts)
	var group sync.WaitGroup
	for i, decoder := range w.decoders {
		from, to := min(i*size, len(batch.Payloads)), min((i+1)*size, len(batch.Payloads))
		group.Go(func() { w.matchSome(decoder, batch.Payloads[from:to], &parts[i]) })
	}
	group.Wait()
	all := &matched{batch: batch}
	for i := range parts {
		all.items = append(all.items, parts[i].items...)
		all.letters = append(all.letters, parts[i].letters...)
	}
	w.Metrics.Read(len(batch.Payloads), batch.Repeated, len(all.items), len(all.letters))
	return all
}

func (w *worker) matchSome(decoder *wire.Decoder, payloads []wire.Payload, into *matched) {
	var messages []message.Message
	var faults []wire.Fault
	for _, p := range payloads {
		messages, faults = decoder.Decode(p, messages[:0], faults[:0])
		for i := range messages {
			item, panicked := w.guarded(&messages[i])
			if panicked {
				faults = append(faults, wire.Fault{
					Line: int(messages[i].Position-p.Position) + 1, Data: messages[i].AppendJSON(nil), Reason: "matching panicked",
				})
				continue
			}
			into.items = append(into.items, item)
		}
		for _, f := range faults {
			into.letters = append(into.letters, Letter{fmt.Sprintf("%s:%d:%d", p.Source, p.Position, f.Line), f})
		}
	}
}

// guarded matches a message and survives a panic, so that one message cannot
// stop all workers one after the other.
func (w *worker) guarded(m *message.Message) (item sink.Item, panicked bool) {
	defer func() {
		if fault := recover(); fault != nil {
			panicked = true
			w.Log.Error("matching panicked", "stack", string(debug.Stack()))
		}
	}()
	return w.Match(w.Detector, m), false
}

// write commits batches and acknowledges them.
func (w *worker) write(ctx context.Context) error {
	defer close(w.written)
	for m := range w.matched {
		began := time.Now()
		done, err := w.sink.Write(ctx, m.items)
		if err != nil {
			return fmt.Errorf("store: %w", err)
		}
		if done.Repeats > 0 {
			w.Log.Info("messages were delivered again", "repeats", done.Repeats)
		}
		if len(m.letters) > 0 {
			for _, l := range m.letters {
				w.Log.Warn("line put aside", "origin", l.Origin, "reason", l.Fault.Reason)
			}
			if err := w.Source.DeadLetter(ctx, m.letters); err != nil {
				return fmt.Errorf("dead letters: %w", err)
			}
		}
		if w.AfterCommit != nil {
			w.AfterCommit()
		}
		if err := m.batch.Committed(ctx); err != nil {
			return fmt.Errorf("acknowledging: %w", err)
		}
		w.Metrics.Wrote(done, time.Since(began))
	}
	return ctx.Err()
}

// How many verdicts are published at once, and how often the store is asked.
const (
	published    = 256
	publishPause = 250 * time.Millisecond
)

// publish sends verdicts on as they change, until nothing more is written.
func (w *worker) publish(ctx context.Context) error {
	last := false
	for {
		n, err := w.Store.Publish(ctx, published, func(v []sink.Verdict) error { return w.Publisher.Publish(ctx, v) })
		if err != nil {
			return fmt.Errorf("publishing verdicts: %w", err)
		}
		w.Metrics.Published(n)
		switch {
		case n == published:
			continue
		case last:
			return nil
		}
		select {
		case <-w.written:
			last = true
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(publishPause):
		}
	}
}
