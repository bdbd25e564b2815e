package jetstream

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
)

// Source takes payloads of messages from a stream.
type Source struct {
	*Queue
	consumer jetstream.Consumer
	portion  wire.Portion
}

// Source opens the consumer that Setup made.
func (q *Queue) Source(ctx context.Context) (*Source, error) {
	s := &Source{Queue: q}
	err := retry(ctx, q.Patience, func() (err error) {
		s.consumer, err = q.js.Consumer(ctx, q.Stream, q.Consumer)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("consumer %s of stream %s (made by hookline-stream init): %w", q.Consumer, q.Stream, err)
	}
	return s, nil
}

// Next implements worker.Source.
func (s *Source) Next(ctx context.Context) (*worker.Batch, error) {
	taken, err := s.fetchPatiently(ctx, s.consumer, s.portion.Payloads(s.Batch))
	if err != nil {
		return nil, err
	}
	b, err := s.batch(taken)
	if err == nil {
		s.portion.Took(b.Payloads)
	}
	return b, err
}

// fetch takes what there is, up to n payloads, within a time.
func fetch(consumer jetstream.Consumer, n int, wait time.Duration) (taken []jetstream.Msg, err error) {
	fetched, err := consumer.Fetch(n, jetstream.FetchMaxWait(wait))
	if err != nil {
		return nil, err
	}
	for m := range fetched.Messages() {
		taken = append(taken, m)
	}
	return taken, fetched.Error()
}

func (s *Source) batch(taken []jetstream.Msg) (*worker.Batch, error) {
	b := &worker.Batch{Committed: func(context.Context) error {
		for _, m := range taken {
			if err := m.Ack(); err != nil {
				return err
			}
		}
		return nil
	}}
	for _, m := range taken {
		meta, err := m.Metadata()
		if err != nil {
			return nil, err
		}
		if meta.NumDelivered > 1 {
			b.Repeated++
		}
		b.Payloads = append(b.Payloads, payload(m.Data(), m.Headers(), s.Stream, int64(meta.Sequence.Stream)))
	}
	return b, nil
}

// payload is what a message of the queue carries. Its place is what its
// publisher says, else its number in the stream.
func payload(data []byte, header nats.Header, stream string, sequence int64) wire.Payload {
	p := wire.Payload{Data: data, Source: header.Get(wire.SourceHeader), Position: sequence << wire.PositionShift}
	if p.Source == "" {
		p.Source = stream
	}
	if n, err := strconv.ParseInt(header.Get(wire.PositionHeader), 10, 64); err == nil {
		p.Position = n
	}
	return p
}

// ReasonHeader and OriginHeader say in a dead letter what was wrong with the
// line and where it came from.
const (
	ReasonHeader = "Hookline-Reason"
	OriginHeader = "Hookline-Origin"
)

// DeadLetter implements worker.Source.
func (q *Queue) DeadLetter(ctx context.Context, letters []worker.Letter) error {
	all := make([]*nats.Msg, len(letters))
	for i, l := range letters {
		m := nats.NewMsg(q.DeadLetters)
		m.Data = l.Fault.Data
		m.Header.Set(ReasonHeader, l.Fault.Reason)
		m.Header.Set(OriginHeader, l.Origin)
		m.Header.Set(jetstream.MsgIDHeader, "dead:"+l.Origin)
		all[i] = m
	}
	return q.send(ctx, all)
}
