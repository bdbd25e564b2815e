package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/wire"
)

type publishOptions struct {
	queue    queueFlags
	lines    int
	patience time.Duration
}

// maxPayload is what a NATS server takes unless told otherwise, less headers.
const maxPayload = 1<<20 - 1<<12

func newPublish(s streams) *cobra.Command {
	var o publishOptions
	cmd := &cobra.Command{
		Use:   "publish FILE...",
		Short: "Feed files of contract JSONL to the queue",
		Long: `Publish sends the lines of files ("-" is standard input) to the queue, several to a
payload, with the file's name and the line's number, and returns when all are kept
there. What a pipe brings it sends at once. Lines are sent as they are: a worker says
what is wrong with them.`,
		Example: "  hookline-stream publish --nats nats://localhost:4222 --lines 64 dump.jsonl",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runPublish(cmd.Context(), s, &o, args) },
	}
	o.queue.register(cmd)
	cmd.Flags().DurationVar(&o.patience, "patience", time.Minute, "how long to wait for a queue that cannot be reached")
	cmd.Flags().IntVar(&o.lines, "lines", 16, "lines to a payload")
	return cmd
}

func runPublish(ctx context.Context, s streams, o *publishOptions, paths []string) error {
	if o.lines < 1 || o.lines >= 1<<wire.PositionShift {
		return fmt.Errorf("--lines %d: want 1 or more", o.lines)
	}
	q, err := o.queue.sender(ctx, s, o.patience)
	if err != nil {
		return err
	}
	defer func() { _ = q.Close() }()
	total := 0
	for _, path := range paths {
		lines, err := publishFile(ctx, q, s.in, path, o.lines)
		if total += lines; err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	fmt.Fprintf(s.err, "hookline-stream: sent %d lines\n", total)
	return nil
}

// publishFile sends the lines of one file.
func publishFile(ctx context.Context, to sender, stdin io.Reader, path string, lines int) (sent int, err error) {
	in := stdin
	if path != "-" {
		file, err := os.Open(path)
		if err != nil {
			return 0, err
		}
		defer file.Close()
		in = file
	}
	reader := bufio.NewReaderSize(in, 1<<20)
	name := strings.Map(func(r rune) rune { // it becomes a header
		if r < ' ' {
			return '_'
		}
		return r
	}, path)
	var waiting []wire.Payload
	var open bytes.Buffer
	first := int64(1)
	flush := func() {
		if open.Len() > 0 {
			waiting = append(waiting, wire.Payload{Data: bytes.Clone(open.Bytes()), Source: name, Position: first})
			open.Reset()
		}
	}
	for number := int64(1); ; number++ {
		line, err := reader.ReadBytes('\n')
		if err != nil && err != io.EOF {
			return sent, err
		}
		if len(line) > maxPayload {
			return sent, fmt.Errorf("line %d has %d bytes, more than a payload may have", number, len(line))
		}
		if open.Len()+len(line) > maxPayload || number-first >= int64(lines) {
			flush()
		}
		if open.Len() == 0 {
			first = number
		}
		open.Write(line)
		if len(line) > 0 {
			sent++
		}
		last := err == io.EOF || reader.Buffered() == 0 // of what there is: a pipe may bring no more for long
		if last {
			flush()
		}
		if len(waiting) >= 1024 || last {
			if sendErr := to.Send(ctx, waiting); sendErr != nil {
				return sent, errors.Join(fmt.Errorf("not all lines before %d were kept", number), sendErr)
			}
			waiting = waiting[:0]
		}
		if err == io.EOF {
			return sent, nil
		}
	}
}
