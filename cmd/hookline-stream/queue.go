package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/jetstream"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/kafka"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/worker"
)

// place is where the database is.
func (f *engineFlags) place() string {
	if f.store == "" {
		return os.Getenv("HOOKLINE_STORE")
	}
	return f.store
}

// queueFlags say where the messages are.
type queueFlags struct {
	nats    jetstream.Config
	brokers string
	topic   string
	group   string
}

func (f *queueFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.nats.URL, "nats", "", "NATS servers, comma-separated: nats://host:4222")
	flags.StringVar(&f.nats.Credentials, "nats-credentials", "", "credentials file for NATS")
	flags.StringVar(&f.nats.Stream, "stream", "HOOKLINE", "JetStream stream of the messages")
	flags.StringVar(&f.nats.Subject, "subject", "hookline.messages", "subject of the messages")
	flags.StringVar(&f.nats.Consumer, "consumer", "hookline", "durable consumer that the workers share")
	flags.StringVar(&f.brokers, "kafka", "", "Kafka brokers, comma-separated: host:9092 (instead of --nats)")
	flags.StringVar(&f.topic, "topic", "hookline.messages", "Kafka topic of the messages")
	flags.StringVar(&f.group, "group", "hookline", "Kafka consumer group of the workers")
	flags.StringVar(&f.nats.DeadLetters, "dead-letters", "hookline.dead", "subject or topic of lines that are no messages")
	flags.StringVar(&f.nats.Verdicts, "verdicts-to", "", "subject or topic to send verdicts to when they change")
	flags.IntVar(&f.nats.Batch, "batch", 2048, "messages taken and written at once, about")
	flags.DurationVar(&f.nats.Wait, "wait", 200*time.Millisecond, "how long a batch may take to fill")
}

// queue is what messages are taken from and verdicts go to.
type queue interface {
	worker.Source
	worker.Publisher
}

// sender takes payloads of messages.
type sender interface {
	Send(ctx context.Context, payloads []wire.Payload) error
	Close() error
}

// check finds what is wrong with the flags.
func (f *queueFlags) check() error {
	switch {
	case (f.nats.URL == "") == (f.brokers == ""):
		return errors.New("where is the queue? One of --nats and --kafka is needed")
	case f.nats.Batch < 1:
		return fmt.Errorf("--batch %d: want 1 or more", f.nats.Batch)
	case strings.ContainsAny(f.nats.Stream+f.nats.Consumer, " .*>"):
		return errors.New("--stream, --consumer: names must not hold spaces, dots, * or >")
	}
	return nil
}

// jetStream connects to JetStream.
func (f *queueFlags) jetStream(ctx context.Context, s streams, patience time.Duration) (*jetstream.Queue, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.nats.URL == "" {
		return nil, errors.New("--nats is needed: Kafka has nothing of the kind")
	}
	f.nats.Patience = patience
	return jetstream.Connect(ctx, f.nats, s.log())
}

// kafka connects to Kafka, as a member of the group or to send.
func (f *queueFlags) kafka(ctx context.Context, s streams, patience time.Duration, group string) (*kafka.Queue, error) {
	return kafka.Connect(ctx, kafka.Config{
		Brokers: strings.Split(f.brokers, ","), Topic: f.topic, Group: group, DeadLetters: f.nats.DeadLetters, Verdicts: f.nats.Verdicts,
		Batch: f.nats.Batch, Patience: patience,
	}, s.log())
}

// open connects to the queue that messages are taken from. The publisher is nil
// where no verdicts are to be sent on.
func (f *queueFlags) open(ctx context.Context, s streams, patience time.Duration, shards bool) (worker.Source, worker.Publisher, error) {
	q, err := f.source(ctx, s, patience, shards)
	if err != nil || f.nats.Verdicts == "" {
		return q, nil, err
	}
	return q, q, nil
}

func (f *queueFlags) source(ctx context.Context, s streams, patience time.Duration, shards bool) (queue, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.brokers != "" && !shards {
		return f.kafka(ctx, s, patience, f.group)
	}
	q, err := f.jetStream(ctx, s, patience)
	if err != nil {
		return nil, err
	}
	var source queue
	if shards {
		source, err = q.ShardSource(ctx)
	} else {
		source, err = q.Source(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, q.Close())
	}
	return source, nil
}

// sender connects to the queue that messages are sent to.
func (f *queueFlags) sender(ctx context.Context, s streams, patience time.Duration) (sender, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	if f.brokers != "" {
		return f.kafka(ctx, s, patience, "")
	}
	return f.jetStream(ctx, s, patience)
}
