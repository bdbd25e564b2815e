package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/scan"
	"github.com/hookline/hookline/detector/triage"
)

// keepFlags say what a scan keeps in a casebook.
type keepFlags struct {
	folder  string
	minBand string
	retain  string
	resume  bool
}

func (f *keepFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.folder, "casebook", "", "folder in which to keep every message for search")
	cmd.Flags().StringVar(&f.minBand, "casebook-min-band", "P4", "least urgent band to keep, P0 to P4")
	cmd.Flags().StringVar(&f.retain, "retain", "", "days to keep threads of a queue, as in none=30d,victim=180d; the casebook remembers it")
	cmd.Flags().BoolVar(&f.resume, "resume", false, "continue a killed scan into a casebook: leave out the inputs that it finished (one that it began is read again, and what is kept of it not indexed again)")
}

// keeper keeps the messages of a scan.
type keeper struct {
	*casebook.Recorder
	writer   *casebook.Writer
	detector *detector.Detector
	resume   bool
	inputs   []message.Key // still to be finished
}

// open opens the casebook; nil where none is asked for.
func (f *keepFlags) open(s streams, d *detector.Detector, region string) (*keeper, error) {
	if f.folder == "" {
		if f.resume || f.retain != "" {
			return nil, errors.New("--resume and --retain need --casebook DIR")
		}
		return nil, nil
	}
	options := casebook.Options{Region: region, Judge: judge(d)}
	var err error
	if options.MinBand, err = parseBand(f.minBand); err != nil {
		return nil, fmt.Errorf("--casebook-min-band: %w", err)
	}
	if f.retain != "" {
		if options.Retain, err = casebook.ParseRetain(f.retain); err != nil {
			return nil, err
		}
	}
	w, made, err := casebook.Create(f.folder, options)
	if err != nil {
		return nil, err
	}
	if made {
		fmt.Fprintf(s.err, "hookline: new casebook %s: it keeps the text of every message scanned into it (less with --casebook-min-band, "+
			"not for ever with --retain); only you can read it\n", report.Visible(f.folder))
	}
	return &keeper{Recorder: casebook.NewRecorder(w), writer: w, detector: d, resume: f.resume}, nil
}

// judge reads a whole thread.
func judge(d *detector.Detector) func([]message.Message) detector.Verdict {
	return func(thread []message.Message) detector.Verdict {
		v := d.Judge(d.MatchAll(thread))
		d.Annotate(&v, len(thread), nil)
		return v
	}
}

// record makes a scan give its messages and verdicts to the casebook too.
func (k *keeper) record(options *scan.Options) {
	options.Message = k.Message
	options.Thread = k.Judged
}

// left lists the inputs that are still to be read.
func (k *keeper) left(paths []string, s streams) ([]string, error) {
	var todo []string
	for _, path := range paths {
		key, err := inputKey(path, k.detector.Rules())
		if err != nil {
			return nil, err
		}
		if k.resume && k.writer.Done(key) {
			continue
		}
		todo, k.inputs = append(todo, path), append(k.inputs, key)
	}
	if done := len(paths) - len(todo); done > 0 {
		fmt.Fprintf(s.err, "hookline: resume: %d of %d inputs were finished before\n", done, len(paths))
	}
	return todo, nil
}

// finish marks the next input as read to its end.
func (k *keeper) finish(ctx context.Context) error {
	if len(k.inputs) == 0 || ctx.Err() != nil {
		return nil
	}
	key := k.inputs[0]
	k.inputs = k.inputs[1:]
	return k.writer.Finish(key)
}

// inputKey names an input as it is: its files, their sizes and times, and the
// rules it is scanned with.
func inputKey(path, rules string) (message.Key, error) {
	absolute, err := filepath.Abs(path)
	if err != nil || path == "-" {
		return message.Key{}, err
	}
	parts := []string{rules, absolute}
	err = filepath.WalkDir(path, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // the reader will say so
		}
		if info, err := entry.Info(); err == nil && !entry.IsDir() {
			parts = append(parts, name, fmt.Sprint(info.Size(), info.ModTime().UnixNano()))
		}
		return nil
	})
	return message.KeyOf(parts...), err
}

func newCasebook(s streams) *cobra.Command {
	cmd := &cobra.Command{
		Use:     "casebook",
		Short:   "Look after a casebook",
		Example: `  hookline casebook forget --casebook book --thread "Lena"`,
	}
	cmd.AddCommand(newForget(s))
	return cmd
}

type forgetOptions struct {
	casebook string
	filter   casebook.Filter
	before   string
	expired  bool
}

func newForget(s streams) *cobra.Command {
	var o forgetOptions
	cmd := &cobra.Command{
		Use:   "forget",
		Short: "Remove threads from a casebook for good",
		Long: `Forget removes whole threads, with all their text, and rewrites the casebook: no
file of it holds a word of them afterwards. Where several flags are given, all must hold.`,
		Example: `  hookline casebook forget --casebook book --source chat.zip/_chat.txt
  hookline casebook forget --casebook book --before 2026-01-01
  hookline casebook forget --casebook book --expired`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runForget(cmd.Context(), s, &o) },
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.filter.Thread, "thread", "", "name of the thread")
	cmd.Flags().StringVar(&o.filter.Source, "source", "", "file that a message of it was read from")
	cmd.Flags().StringVar(&o.before, "before", "", "date: threads whose last message is older")
	cmd.Flags().BoolVar(&o.expired, "expired", false, "what scan --retain said to keep no longer")
	return cmd
}

func runForget(ctx context.Context, s streams, o *forgetOptions) (err error) {
	if o.casebook == "" {
		return errors.New("forget needs --casebook DIR")
	}
	if o.before != "" {
		if o.filter.Before, err = time.Parse(time.DateOnly, o.before); err != nil {
			return fmt.Errorf("--before %s: want a date, as in 2026-01-31", o.before)
		}
	}
	book, err := casebook.Open(o.casebook)
	if err != nil {
		return err
	}
	region := book.Settings().Region
	if err := book.Close(); err != nil {
		return err
	}
	w, _, err := casebook.Create(o.casebook, casebook.Options{Region: region})
	if err != nil {
		return err
	}
	n := 0
	if o.expired {
		n, err = w.Expire()
	} else {
		n, err = w.Forget(ctx, o.filter)
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	if err := triage.Forget(ctx, o.casebook); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.err, "hookline: %d threads forgotten\n", n)
	return err
}
