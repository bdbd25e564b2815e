package main

import (
	"bufio"
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/message"
)

func newConvert(s streams) *cobra.Command {
	var read readFlags
	cmd := &cobra.Command{
		Use:   "convert PATH...",
		Short: "Print the messages of exports or adverts as JSONL, without scanning",
		Example: `  hookline convert chat.zip > messages.jsonl
  hookline convert --input csv --field text=body --field sender=from dump.csv`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runConvert(cmd.Context(), s, &read, args) },
	}
	read.register(cmd)
	return cmd
}

func runConvert(ctx context.Context, s streams, read *readFlags, paths []string) error {
	out := bufio.NewWriterSize(s.out, 1<<16)
	var line []byte
	counts, err := read.read(ctx, s, paths, handlers{
		message: func(m *message.Message) error {
			line = append(m.AppendJSON(line[:0]), '\n')
			_, err := out.Write(line)
			return err
		},
		end: out.Flush,
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if counts.Faults > 0 {
		return exit(exitSkipped)
	}
	return nil
}
