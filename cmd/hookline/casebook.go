package main

import (
	"fmt"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/scan"
)

// recorder keeps the messages of a scan in a casebook. It holds the messages
// of open threads, since a message is kept with its thread's verdict.
type recorder struct {
	book *casebook.Book
	open map[string][]message.Message
}

func openCasebook(folder string, s streams) (*recorder, error) {
	if folder == "" {
		return nil, nil
	}
	book, made, err := casebook.Create(folder)
	if err != nil {
		return nil, err
	}
	if made {
		fmt.Fprintf(s.err, "hookline: new casebook %s: it keeps the text of every message scanned into it\n", folder)
	}
	return &recorder{book: book, open: map[string][]message.Message{}}, nil
}

// record makes a scan give its messages and verdicts to the casebook too.
func (r *recorder) record(options *scan.Options) {
	verdict := options.Verdict
	options.Message = func(m *message.Message, _ *detector.Matches) error {
		if m.Scored() {
			r.open[m.ThreadID()] = append(r.open[m.ThreadID()], *m)
		}
		return nil
	}
	options.Verdict = func(v *detector.Verdict) error {
		for i := range r.open[v.Thread] {
			if err := r.book.Add(&r.open[v.Thread][i], v); err != nil {
				return err
			}
		}
		delete(r.open, v.Thread)
		return verdict(v)
	}
}

// Close closes the casebook.
func (r *recorder) Close() error { return r.book.Close() }
