package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/nats-io/nuid"
)

// Timeouts of one request, and of confirmations that are waited for together.
// After the loss of a leader, confirmations of what it had taken never come.
const (
	requestTimeout = 5 * time.Second
	confirmTimeout = 4 * time.Second
	retryPause     = 300 * time.Millisecond
)

// Config says where the queue is.
type Config struct {
	URL         string // nats://host:4222,nats://host2:4222
	Credentials string // file; empty for none
	Stream      string
	Subject     string
	Consumer    string
	DeadLetters string        // subject
	Verdicts    string        // subject; empty for none
	Batch       int           // messages taken at once, about
	Wait        time.Duration // for a batch to fill
	AckWait     time.Duration // after which what is not acknowledged is delivered again
	MaxAge      time.Duration // of messages in the stream; 0 for ever
	Patience    time.Duration // with a queue that cannot be reached
}

// Queue is a connection to JetStream.
type Queue struct {
	Config
	conn *nats.Conn
	js   jetstream.JetStream
	run  string // tells what this process sends from what another did
}

// Connect connects; to a server that is not there yet it waits for a while.
func Connect(ctx context.Context, c Config, log *slog.Logger) (*Queue, error) {
	options := []nats.Option{
		nats.Name("hookline-stream"), nats.MaxReconnects(-1), nats.ReconnectWait(retryPause), nats.Timeout(requestTimeout),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				log.Warn("NATS connection lost", "error", err.Error())
			}
		}),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { log.Warn("NATS", "error", err.Error()) }),
	}
	if c.Credentials != "" {
		options = append(options, nats.UserCredentials(c.Credentials))
	}
	q := &Queue{Config: c, run: nuid.Next()}
	err := retry(ctx, c.Patience, func() (err error) {
		q.conn, err = nats.Connect(c.URL, options...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.URL, err)
	}
	q.js, err = jetstream.New(q.conn, jetstream.WithPublishAsyncTimeout(confirmTimeout), jetstream.WithPublishAsyncMaxPending(2*window),
		jetstream.WithDefaultTimeout(requestTimeout))
	return q, err
}

// retry calls do until it succeeds, for at most patience.
func retry(ctx context.Context, patience time.Duration, do func() error) error {
	deadline := time.Now().Add(patience)
	for {
		err := do()
		if err == nil || ctx.Err() != nil || time.Now().After(deadline) {
			return errors.Join(err, ctx.Err())
		}
		select {
		case <-ctx.Done():
		case <-time.After(retryPause):
		}
	}
}

// Setup makes or updates the streams and the consumer.
func (q *Queue) Setup(ctx context.Context, replicas int) error {
	streams := []jetstream.StreamConfig{{
		Name: q.Stream, Subjects: []string{q.Subject}, Replicas: replicas, Storage: jetstream.FileStorage,
		MaxAge: q.MaxAge, Duplicates: 2 * time.Minute, Description: "messages for hookline-stream",
	}}
	out := []string{q.DeadLetters}
	if q.Verdicts != "" {
		out = append(out, q.Verdicts)
	}
	streams = append(streams, jetstream.StreamConfig{
		Name: q.Stream + "_OUT", Subjects: out, Replicas: replicas, Storage: jetstream.FileStorage,
		MaxAge: q.MaxAge, Duplicates: 10 * time.Minute, Description: "verdicts and dead letters of hookline-stream",
	})
	return retry(ctx, q.Patience, func() error {
		for _, config := range streams {
			if _, err := q.js.CreateOrUpdateStream(ctx, config); err != nil {
				return fmt.Errorf("stream %s: %w", config.Name, err)
			}
		}
		return q.consumer(ctx, q.Stream, q.Consumer, replicas)
	})
}

// consumer makes or updates a durable consumer that workers share.
func (q *Queue) consumer(ctx context.Context, stream, name string, replicas int) error {
	_, err := q.js.CreateOrUpdateConsumer(ctx, stream, jetstream.ConsumerConfig{
		Durable: name, AckPolicy: jetstream.AckExplicitPolicy, AckWait: q.AckWait, MaxAckPending: 100_000, Replicas: replicas,
		MaxDeliver: -1,
	})
	if err != nil {
		return fmt.Errorf("consumer %s: %w", name, err)
	}
	return nil
}

// Healthy says whether the connection stands.
func (q *Queue) Healthy() bool { return q.conn.IsConnected() }

// Close sends what is left to send and closes the connection.
func (q *Queue) Close() error {
	err := q.conn.FlushTimeout(requestTimeout)
	q.conn.Close()
	return err
}
