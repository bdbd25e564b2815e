package kafka

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kerr"
	"github.com/twmb/franz-go/pkg/kgo"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
)

// Config says where the topics are.
type Config struct {
	Brokers     []string
	Topic       string
	Group       string // of the workers; empty for a connection that only sends
	DeadLetters string
	Verdicts    string // empty for none
	Batch       int    // messages taken at once, about
	Patience    time.Duration
}

// Headers of what is sent; see the package jetstream, which has the same.
const (
	reasonHeader   = "Hookline-Reason"
	originHeader   = "Hookline-Origin"
	revisionHeader = "Hookline-Revision"
)

// Queue is a connection to Kafka.
type Queue struct {
	Config
	client  *kgo.Client
	well    atomic.Bool
	log     *slog.Logger
	portion wire.Portion
}

// Connect connects; to brokers that are not there yet it waits for a while.
func Connect(ctx context.Context, c Config, log *slog.Logger) (*Queue, error) {
	options := []kgo.Opt{
		kgo.SeedBrokers(c.Brokers...), kgo.ClientID("hookline-stream"), kgo.RecordDeliveryTimeout(max(c.Patience, time.Second)),
		kgo.ProducerBatchMaxBytes(1 << 20),
	}
	if c.Group != "" {
		options = append(options, kgo.ConsumerGroup(c.Group), kgo.ConsumeTopics(c.Topic), kgo.DisableAutoCommit(),
			kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.FetchMaxWait(500*time.Millisecond))
	}
	client, err := kgo.NewClient(options...)
	if err != nil {
		return nil, err
	}
	deadline, cancel := context.WithTimeout(ctx, max(c.Patience, time.Second))
	defer cancel()
	if err := client.Ping(deadline); err != nil {
		client.Close()
		return nil, fmt.Errorf("kafka: %w", err)
	}
	q := &Queue{Config: c, client: client, log: log}
	q.well.Store(true)
	return q, nil
}

// Next implements worker.Source.
func (q *Queue) Next(ctx context.Context) (*worker.Batch, error) {
	failing := time.Time{}
	for {
		fetches := q.client.PollRecords(ctx, q.portion.Payloads(q.Batch))
		if records := fetches.Records(); len(records) > 0 {
			q.well.Store(true)
			b := q.batch(records)
			q.portion.Took(b.Payloads)
			return b, nil
		}
		err := fetches.Err()
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil:
			failing = time.Time{}
			q.well.Store(true)
			continue
		case failing.IsZero():
			failing = time.Now()
			q.well.Store(false)
			q.log.Warn("kafka", "error", err.Error())
		case time.Since(failing) > q.Patience:
			return nil, err
		}
	}
}

func (q *Queue) batch(records []*kgo.Record) *worker.Batch {
	b := &worker.Batch{Committed: func(ctx context.Context) error { return q.commit(ctx, records) }}
	for _, r := range records {
		p := wire.Payload{Data: r.Value, Source: header(r, wire.SourceHeader), Position: r.Offset << wire.PositionShift}
		if p.Source == "" {
			p.Source = fmt.Sprintf("%s/%d", r.Topic, r.Partition)
		}
		if n, err := strconv.ParseInt(header(r, wire.PositionHeader), 10, 64); err == nil {
			p.Position = n
		}
		b.Payloads = append(b.Payloads, p)
	}
	return b
}

func header(r *kgo.Record, name string) string {
	for _, h := range r.Headers {
		if h.Key == name {
			return string(h.Value)
		}
	}
	return ""
}

// commit moves the group's offsets past the records. Where a partition went to
// another worker meanwhile, that worker reads them again, and nothing comes of
// it.
func (q *Queue) commit(ctx context.Context, records []*kgo.Record) error {
	err := q.client.CommitRecords(ctx, records...)
	for _, moved := range []error{kerr.IllegalGeneration, kerr.UnknownMemberID, kerr.RebalanceInProgress, kerr.StaleMemberEpoch, kerr.FencedMemberEpoch} {
		if errors.Is(err, moved) {
			q.log.Info("partitions moved to another worker before an offset was committed")
			return nil
		}
	}
	return err
}

// DeadLetter implements worker.Source.
func (q *Queue) DeadLetter(ctx context.Context, letters []worker.Letter) error {
	records := make([]*kgo.Record, len(letters))
	for i, l := range letters {
		records[i] = &kgo.Record{Topic: q.DeadLetters, Value: l.Fault.Data, Headers: []kgo.RecordHeader{
			{Key: reasonHeader, Value: []byte(l.Fault.Reason)}, {Key: originHeader, Value: []byte(l.Origin)},
		}}
	}
	return q.client.ProduceSync(ctx, records...).FirstErr()
}

// Publish implements worker.Publisher. Verdicts about one thread go to one
// partition.
func (q *Queue) Publish(ctx context.Context, verdicts []sink.Verdict) error {
	records := make([]*kgo.Record, len(verdicts))
	for i, v := range verdicts {
		records[i] = &kgo.Record{Topic: q.Verdicts, Key: []byte(hex.EncodeToString(v.Thread[:])), Value: v.JSON, Headers: []kgo.RecordHeader{
			{Key: revisionHeader, Value: strconv.AppendInt(nil, v.Revision, 10)},
		}}
	}
	return q.client.ProduceSync(ctx, records...).FirstErr()
}

// Send publishes payloads of messages.
func (q *Queue) Send(ctx context.Context, payloads []wire.Payload) error {
	records := make([]*kgo.Record, len(payloads))
	for i, p := range payloads {
		records[i] = &kgo.Record{Topic: q.Topic, Value: p.Data, Headers: []kgo.RecordHeader{
			{Key: wire.SourceHeader, Value: []byte(p.Source)}, {Key: wire.PositionHeader, Value: strconv.AppendInt(nil, p.Position, 10)},
		}}
	}
	return q.client.ProduceSync(ctx, records...).FirstErr()
}

// Healthy says whether records could be fetched lately.
func (q *Queue) Healthy() bool { return q.well.Load() }

// Close leaves the group.
func (q *Queue) Close() error {
	q.client.Close()
	return nil
}
