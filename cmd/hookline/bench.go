package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/scan"
	"github.com/hookline/hookline/detector/workload"
)

type benchOptions struct {
	engine   engineFlags
	read     readFlags
	messages int
	workers  int
}

func newBench(s streams) *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use:   "bench [FILE]",
		Short: "Measure the speed of a scan, on your file or a generated one",
		Long: `Bench reads a file as scan does, writes its verdicts as JSONL to nowhere, and prints
how fast that went and how much memory it took. Without a file it makes one: messages
of made-up words in eight scripts and disguises, the same ones each time.`,
		Example: "  hookline bench\n  hookline bench --workers 1 dump.jsonl",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runBench(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().IntVar(&o.messages, "messages", 200_000, "messages to generate where no file is given")
	cmd.Flags().IntVar(&o.workers, "workers", 0, "messages matched at once (default: one per processor)")
	return cmd
}

func runBench(ctx context.Context, s streams, o *benchOptions, paths []string) error {
	if o.messages < 1 {
		return fmt.Errorf("--messages %d: want 1 or more", o.messages)
	}
	began := time.Now()
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	loaded := time.Since(began)
	if len(paths) == 0 {
		path, err := generated(o.messages)
		if err != nil {
			return err
		}
		defer os.Remove(path)
		paths = []string{path}
	}
	out := report.NewJSONL(io.Discard)
	run := scan.New(d, scan.Options{
		Workers: o.workers, Language: langid.Guess,
		Verdict: func(v *detector.Verdict) error { return out.Write(v) },
	})
	bytes := int64(0)
	began = time.Now()
	_, readErr := o.read.read(ctx, s, paths, handlers{
		message: func(m *message.Message) error {
			bytes += int64(len(m.Text))
			return run.Message(m)
		},
		end: run.Flush,
	})
	done, closeErr := run.Close()
	took := time.Since(began)
	if err := errors.Join(readErr, closeErr); err != nil {
		return err
	}
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	_, err = fmt.Fprintf(s.out, "rules     %d, loaded in %d ms\nmessages  %d in %d threads, %.1f MB of text\n"+
		"speed     %.0f messages/s, %.1f MB/s\nmemory    %d MB\n",
		len(d.Set().Rules), loaded.Milliseconds(), done.Messages, done.Threads, float64(bytes)/1e6,
		float64(done.Messages)/took.Seconds(), float64(bytes)/1e6/took.Seconds(), memory.Sys>>20)
	return err
}

// generated writes a file of generated messages: half of them English, the
// rest of every script in turn.
func generated(messages int) (path string, err error) {
	file, err := os.CreateTemp("", "hookline-bench-*.jsonl")
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			os.Remove(file.Name())
		}
	}()
	w := bufio.NewWriterSize(file, 1<<20)
	g, scripts := workload.New(1), workload.Scripts()
	var line []byte
	for i := range messages {
		s := workload.English
		if i%2 == 1 {
			s = scripts[i/2%len(scripts)]
		}
		m := g.Message(s)
		line = append(m.AppendJSON(line[:0]), '\n')
		if _, err := w.Write(line); err != nil {
			return "", err
		}
	}
	return file.Name(), w.Flush()
}
