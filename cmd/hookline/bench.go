package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/conformance"
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
	threads  float64
	adverts  bool
	grouped  bool
	workers  int
}

func newBench(s streams) *cobra.Command {
	var o benchOptions
	cmd := &cobra.Command{
		Use:   "bench [FILE]",
		Short: "Measure the speed of a scan, on your file or a generated one",
		Long: `Bench reads a file as scan does, writes its verdicts as JSONL to nowhere, and prints
how fast that went and how much memory the process took at most. Without a file it
makes one: messages of made-up words, half of them English, the rest in eight scripts
and disguises, the same ones each time. Two in a hundred lone messages, adverts and
threads say what the tests of the rules say.`,
		Example: "  hookline bench\n  hookline bench --workers 1 dump.jsonl\n  hookline bench --messages 1000000 --threads 1 --grouped",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return runBench(cmd.Context(), s, &o, args) },
	}
	o.engine.register(cmd)
	o.read.register(cmd)
	cmd.Flags().IntVar(&o.messages, "messages", 200_000, "messages to generate where no file is given")
	cmd.Flags().Float64Var(&o.threads, "threads", 0, "share of them that are part of threads, of ten messages or so, interleaved at random")
	cmd.Flags().BoolVar(&o.adverts, "adverts", false, "generate adverts of 3 kB instead of lone messages")
	cmd.Flags().BoolVar(&o.grouped, "grouped", false, "threads are contiguous: close each at the switch to the next")
	cmd.Flags().IntVar(&o.workers, "workers", 0, "processors to use (default: all)")
	return cmd
}

func runBench(ctx context.Context, s streams, o *benchOptions, paths []string) error {
	if o.messages < 1 {
		return fmt.Errorf("--messages %d: want 1 or more", o.messages)
	}
	if o.threads < 0 || o.threads > 1 {
		return fmt.Errorf("--threads %v: want 0 to 1", o.threads)
	}
	if o.workers > 0 {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(o.workers))
	}
	if len(paths) == 0 {
		path, err := o.generate()
		if err != nil {
			return err
		}
		defer os.Remove(path)
		paths = []string{path}
		debug.FreeOSMemory()
		forgetPeak()
	}
	began := time.Now()
	d, err := o.engine.detector()
	if err != nil {
		return err
	}
	loaded := time.Since(began)
	out := report.NewJSONL(io.Discard)
	run := scan.New(d, scan.Options{
		Workers: o.workers, Grouped: o.grouped, Language: langid.Guess,
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
	memory := "not known on this system"
	if peak, err := peakMemory(); err == nil {
		memory = fmt.Sprintf("%d MB", peak>>20)
	}
	_, err = fmt.Fprintf(s.out, "rules     %d, loaded in %d ms\nmessages  %d in %d threads, %.1f MB of text\n"+
		"speed     %.0f messages/s, %.1f MB/s\nmemory    %s\n",
		len(d.Set().Rules), loaded.Milliseconds(), done.Messages, done.Threads, float64(bytes)/1e6,
		float64(done.Messages)/took.Seconds(), float64(bytes)/1e6/took.Seconds(), memory)
	return err
}

// generate writes a file of messages.
func (o *benchOptions) generate() (path string, err error) {
	set, err := o.engine.set()
	if err != nil {
		return "", err
	}
	file, err := os.CreateTemp("", "hookline-bench-*.jsonl")
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			os.Remove(file.Name())
		}
	}()
	g := workload.New(1)
	g.Lines, g.Matching = conformance.Sentences(set), 0.02
	traffic := workload.Traffic{Threads: o.threads, Open: o.messages, Adverts: o.adverts, Mixed: true}
	if o.grouped {
		traffic.Open = 1
	}
	return file.Name(), g.Write(file, o.messages, traffic)
}
