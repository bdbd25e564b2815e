package jetstream

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
)

// window is how many messages await their confirmation at once.
const window = 1024

// RevisionHeader numbers the versions of a verdict; of two that arrive, the
// higher is the newer.
const RevisionHeader = "Hookline-Revision"

// send publishes messages and returns when all are confirmed. What is not
// confirmed in time is sent again; its id lets the stream drop what came twice.
func (q *Queue) send(ctx context.Context, all []*nats.Msg) error {
	for start := 0; start < len(all); start += window {
		left := all[start:min(start+window, len(all))]
		deadline := time.Now().Add(q.Patience)
		for len(left) > 0 {
			var err error
			if left, err = q.sendOnce(ctx, left); len(left) == 0 {
				break
			}
			if ctx.Err() != nil || time.Now().After(deadline) {
				return fmt.Errorf("%d messages were not confirmed: %w", len(left), errors.Join(err, ctx.Err()))
			}
			select {
			case <-ctx.Done():
			case <-time.After(retryPause):
			}
		}
	}
	return nil
}

// sendOnce publishes messages and returns those that were not confirmed.
func (q *Queue) sendOnce(ctx context.Context, all []*nats.Msg) (failed []*nats.Msg, last error) {
	futures := make([]jetstream.PubAckFuture, len(all))
	for i, m := range all {
		var err error
		if futures[i], err = q.js.PublishMsgAsync(m); err != nil {
			last = err
		}
	}
	timeout := time.NewTimer(confirmTimeout + time.Second) // for those that the library forgets
	defer timeout.Stop()
	expired := false
	for i, f := range futures {
		confirmed := false
		if f != nil && !expired {
			select {
			case <-f.Ok():
				confirmed = true
			case last = <-f.Err():
			case <-timeout.C:
				expired, last = true, jetstream.ErrAsyncPublishTimeout
			case <-ctx.Done():
				expired, last = true, ctx.Err()
			}
		} else if f != nil {
			select {
			case <-f.Ok():
				confirmed = true
			default:
			}
		}
		if !confirmed {
			failed = append(failed, all[i])
		}
	}
	return failed, last
}

// Publish implements worker.Publisher.
func (q *Queue) Publish(ctx context.Context, verdicts []sink.Verdict) error {
	all := make([]*nats.Msg, len(verdicts))
	for i, v := range verdicts {
		m := nats.NewMsg(q.Verdicts)
		m.Data = v.JSON
		m.Header.Set(RevisionHeader, strconv.FormatInt(v.Revision, 10))
		m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%v:%d", v.Thread, v.Revision))
		all[i] = m
	}
	return q.send(ctx, all)
}

// Send publishes payloads of messages. One that is sent again because it was
// not confirmed is dropped by the stream, if it had come after all.
func (q *Queue) Send(ctx context.Context, payloads []wire.Payload) error {
	all := make([]*nats.Msg, len(payloads))
	for i, p := range payloads {
		m := nats.NewMsg(q.Subject)
		m.Data = p.Data
		m.Header.Set(wire.SourceHeader, p.Source)
		m.Header.Set(wire.PositionHeader, strconv.FormatInt(p.Position, 10))
		m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%s:%s:%d", q.run, p.Source, p.Position))
		all[i] = m
	}
	return q.send(ctx, all)
}

// Pending counts the payloads from the first that was not acknowledged yet.
func (q *Queue) Pending(ctx context.Context) (uint64, error) {
	return q.pending(ctx, q.Stream, q.Consumer)
}

// pending goes by the place up to which all is acknowledged: after the loss of a
// leader, the counts of what waits may say for a moment that nothing does.
func (q *Queue) pending(ctx context.Context, stream, name string) (uint64, error) {
	consumer, err := q.js.Consumer(ctx, stream, name)
	if err != nil {
		return 0, err
	}
	kept, err := q.js.Stream(ctx, stream)
	if err != nil {
		return 0, err
	}
	last, acknowledged := kept.CachedInfo().State.LastSeq, consumer.CachedInfo().AckFloor.Stream
	return last - min(last, acknowledged), nil
}
