package jetstream

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
	"github.com/hookline/hookline/detector/shard"
)

// Shards of files are items of a work queue of their own: gone when done.
func (q *Queue) shardStream() string   { return q.Stream + "_SHARDS" }
func (q *Queue) shardSubject() string  { return q.Subject + ".shards" }
func (q *Queue) shardConsumer() string { return q.Consumer + "_shards" }

// SendShards makes the work queue and fills it.
func (q *Queue) SendShards(ctx context.Context, replicas int, shards []shard.Shard) error {
	err := retry(ctx, q.Patience, func() error {
		_, err := q.js.CreateOrUpdateStream(ctx, jetstream.StreamConfig{
			Name: q.shardStream(), Subjects: []string{q.shardSubject()}, Replicas: replicas, Storage: jetstream.FileStorage,
			Retention: jetstream.WorkQueuePolicy, Description: "byte ranges of files for hookline-stream",
		})
		if err != nil {
			return err
		}
		return q.consumer(ctx, q.shardStream(), q.shardConsumer(), replicas)
	})
	if err != nil {
		return err
	}
	all := make([]*nats.Msg, len(shards))
	for i, s := range shards {
		m := nats.NewMsg(q.shardSubject())
		if m.Data, err = json.Marshal(s); err != nil {
			return err
		}
		m.Header.Set(jetstream.MsgIDHeader, fmt.Sprintf("%s:%s:%d", q.run, s.Path, s.Start))
		all[i] = m
	}
	return q.send(ctx, all)
}

// PendingShards counts the shards that were not read to their end yet.
func (q *Queue) PendingShards(ctx context.Context) (uint64, error) {
	return q.pending(ctx, q.shardStream(), q.shardConsumer())
}

// ShardSource takes the lines of shards.
type ShardSource struct {
	*Queue
	consumer jetstream.Consumer
	item     jetstream.Msg // being read; nil between shards
	repeated bool
	reader   *shard.Reader
}

// ShardSource opens the work queue.
func (q *Queue) ShardSource(ctx context.Context) (*ShardSource, error) {
	s := &ShardSource{Queue: q}
	err := retry(ctx, q.Patience, func() (err error) {
		s.consumer, err = q.js.Consumer(ctx, q.shardStream(), q.shardConsumer())
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("shards (made by hookline-stream shard): %w", err)
	}
	return s, nil
}

// What is read at once: payloads of about so many bytes, and how many.
const (
	chunkSize = 64 << 10
	chunks    = 16
	lineLimit = 16 << 20
)

// Next implements worker.Source.
func (s *ShardSource) Next(ctx context.Context) (*worker.Batch, error) {
	for s.reader == nil {
		if err := s.take(ctx); err != nil {
			return nil, err
		}
	}
	item, b := s.item, new(worker.Batch)
	for len(b.Payloads) < chunks && !s.reader.Done() {
		lines, position, err := s.reader.Next(chunkSize, lineLimit)
		if err != nil {
			return nil, err
		}
		if len(lines) > 0 {
			b.Payloads = append(b.Payloads, wire.Payload{Data: lines, Source: s.reader.Path(), Position: position})
		}
	}
	if s.repeated {
		b.Repeated = len(b.Payloads)
	}
	b.Committed = func(context.Context) error { return item.InProgress() }
	if s.reader.Done() {
		b.Committed = func(context.Context) error { return item.Ack() }
		err := s.reader.Close()
		s.reader, s.item = nil, nil
		return b, err
	}
	return b, nil
}

// take waits for a shard and opens it. One that cannot be read is put aside.
func (s *ShardSource) take(ctx context.Context) error {
	taken, err := s.fetchPatiently(ctx, s.consumer, 1)
	if err != nil {
		return err
	}
	s.item = taken[0]
	meta, err := s.item.Metadata()
	if err != nil {
		return err
	}
	s.repeated = meta.NumDelivered > 1
	var item shard.Shard
	if err = json.Unmarshal(s.item.Data(), &item); err == nil {
		if s.reader, err = shard.Open(item); err == nil {
			return nil
		}
	}
	letter := worker.Letter{
		Origin: fmt.Sprintf("%s:%d", s.shardStream(), meta.Sequence.Stream),
		Fault:  wire.Fault{Line: 1, Data: s.item.Data(), Reason: err.Error()},
	}
	if err := s.DeadLetter(ctx, []worker.Letter{letter}); err != nil {
		return err
	}
	return s.item.Ack()
}

// fetchPatiently takes what there is. While the consumer has no leader it tries
// again, for as long as its patience lasts.
func (q *Queue) fetchPatiently(ctx context.Context, consumer jetstream.Consumer, n int) ([]jetstream.Msg, error) {
	failing := time.Time{}
	for {
		taken, err := fetch(consumer, n, q.Wait)
		if len(taken) > 0 {
			return taken, nil
		}
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			failing = time.Time{}
			continue
		case failing.IsZero():
			failing = time.Now()
		case time.Since(failing) > q.Patience:
			return nil, errors.Join(errors.New("the queue gives nothing"), err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(retryPause):
		}
	}
}
