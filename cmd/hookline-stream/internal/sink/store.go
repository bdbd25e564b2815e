package sink

import (
	"context"

	"github.com/hookline/hookline/detector/message"
)

// Row is what was found in one message: kept once for each message and rule
// set.
type Row struct {
	Message, Thread message.Key
	Matches         []byte
}

// Thread is the state of a conversation and the verdict that follows from it. A
// quiet verdict reports nothing and is kept only in place of one that did.
type Thread struct {
	Key     message.Key
	State   []byte
	Verdict []byte // JSON
	Quiet   bool
	Band    int // 0 is the most urgent
	Queue   string
	Score   float64
}

// Batch is what one transaction writes.
type Batch struct {
	Threads []message.Key // touched, sorted, each once
	Rows    []Row         // of these threads
}

// Settle decides about the threads of a batch from their states, which come in
// the batch's order and are nil for new threads. It returns the threads to be
// written.
type Settle func(states [][]byte) ([]Thread, error)

// Verdict is one that is kept, with a number that grows when it changes.
type Verdict struct {
	Thread   message.Key
	Revision int64
	JSON     []byte
}

// Store is a database of one rule set's verdicts. It is safe for concurrent
// use, by other processes too.
type Store interface {
	// Write runs one transaction: it locks the batch's threads, inserts rows
	// that are not there yet, and writes what settle returns. It returns how
	// many rows were new.
	Write(ctx context.Context, b Batch, settle Settle) (inserted int, err error)
	// Publish gives verdicts that changed since they were last published to
	// publish, at most limit, and marks them when it returns nil. No other
	// process changes them meanwhile, so that the versions of a verdict are
	// published in order.
	Publish(ctx context.Context, limit int, publish func([]Verdict) error) (int, error)
	// Verdicts gives all verdicts to each, sorted by thread.
	Verdicts(ctx context.Context, each func(Verdict) error) error
	// Threads gives all threads with their rows to each, sorted by thread.
	Threads(ctx context.Context, each func(Thread, []Row) error) error
	// Ping says whether the database answers.
	Ping(ctx context.Context) error
	Close() error
}
