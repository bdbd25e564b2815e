package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/builtin"
)

// streams are what a command reads and writes: answers to out, everything else
// to err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

func (s streams) log() *slog.Logger { return slog.New(slog.NewTextHandler(s.err, nil)) }

// Exit codes: what cannot be done is an error, and so is a check that fails.
const (
	exitDone   = 0
	exitFailed = 1
)

// run executes a command line and returns its exit code. The first interrupt
// asks to finish what was begun, the second ends at once. afterCommit is called
// by workers between commit and acknowledgement; nil for nothing.
func run(args []string, s streams, afterCommit func()) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	root := newRoot(s, afterCommit)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil, errors.Is(err, syscall.EPIPE):
		return exitDone
	default:
		fmt.Fprintf(s.err, "hookline-stream: %v\n", err)
		return exitFailed
	}
}

func newRoot(s streams, afterCommit func()) *cobra.Command {
	root := &cobra.Command{
		Use:   "hookline-stream",
		Short: "Find scam scripts in a stream of messages, on any number of machines",
		Long: `Workers take messages (contract JSONL, mapped fields, Osprey actions) from NATS
JetStream or Kafka and match them. What is found is kept in PostgreSQL, or in SQLite
on one node: one row for each message and rule set, one verdict for each conversation.
A worker acknowledges only what is committed. Delivered twice, late, or to another
worker, a message changes nothing; to go faster, start more workers.

First init, then any number of workers with run; publish feeds files, verdicts prints
what was found, check proves that it follows from the rows.`,
		Example: `  hookline-stream init --nats nats://localhost:4222 --store postgres://localhost/hookline
  hookline-stream run  --nats nats://localhost:4222 --store postgres://localhost/hookline
  hookline-stream publish --nats nats://localhost:4222 dump.jsonl
  hookline-stream verdicts --store postgres://localhost/hookline`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       builtin.Version,
	}
	root.SetIn(s.in)
	root.SetOut(s.out)
	root.SetErr(s.err)
	root.AddCommand(newInit(s), newRun(s, afterCommit), newPublish(s), newShard(s), newVerdicts(s), newCheck(s))
	return root
}
