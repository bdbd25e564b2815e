package worker

import (
	"context"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
)

// Batch is what a source hands over at once.
type Batch struct {
	Payloads  []wire.Payload
	Repeated  int                             // payloads that were handed over before
	Committed func(ctx context.Context) error // acknowledges the batch
}

// Letter is a line that is no message, on its way to where a person looks.
type Letter struct {
	Origin string // payload and line, the same at every delivery
	Fault  wire.Fault
}

// Source is a queue.
type Source interface {
	// Next waits for payloads. It returns the context's error when that is
	// done; any other error ends the worker.
	Next(ctx context.Context) (*Batch, error)
	// DeadLetter puts letters aside before their payloads are acknowledged.
	DeadLetter(ctx context.Context, letters []Letter) error
	// Healthy says whether the queue can be reached.
	Healthy() bool
	Close() error
}

// Publisher sends verdicts on; it returns when they are kept, or an error.
type Publisher interface {
	Publish(ctx context.Context, verdicts []sink.Verdict) error
}
