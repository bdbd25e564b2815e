package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
)

// readFlags say how inputs are read.
type readFlags struct {
	input     string
	fields    []string
	namespace string
	dateOrder string
	timezone  string
	reporter  string
	strict    bool
}

func (f *readFlags) register(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.input, "input", "", "format, instead of recognising it (see: hookline formats)")
	cmd.Flags().StringArrayVar(&f.fields, "field", nil, "NAME=COLUMN for tables and JSON rows (repeatable)")
	cmd.Flags().StringVar(&f.namespace, "namespace", "", "keeps equal thread names of different exports apart")
	cmd.Flags().StringVar(&f.dateOrder, "date-order", "auto", "auto, dmy, mdy or ymd")
	cmd.Flags().StringVar(&f.timezone, "timezone", "", "zone of local times, such as Asia/Manila")
	cmd.Flags().StringVar(&f.reporter, "reporter", "", "sender who handed the export over")
	cmd.Flags().BoolVar(&f.strict, "strict", false, "stop at the first record that cannot be read")
}

func (f *readFlags) options() (export.Options, error) {
	o := export.Options{Input: f.input, Namespace: f.namespace, DateOrder: f.dateOrder, Strict: f.strict}
	for _, pair := range f.fields {
		name, column, ok := strings.Cut(pair, "=")
		if !ok || name == "" || column == "" {
			return o, fmt.Errorf("--field %s: want NAME=COLUMN", pair)
		}
		if o.Fields == nil {
			o.Fields = map[string]string{}
		}
		o.Fields[name] = column
	}
	if f.timezone != "" {
		zone, err := time.LoadLocation(f.timezone)
		if err != nil {
			return o, fmt.Errorf("--timezone %s: unknown zone", f.timezone)
		}
		o.Timezone = zone
	}
	return o, nil
}

// handlers are what a command does with what is read.
type handlers struct {
	message func(*message.Message) error
	end     func() error // after each input named on the command line; see ending
}

// ending closes threads after each input. Those of chat exports stay open until
// something else is read or all is, because the next input may be a longer
// export of the same chat, of which only what is new is read.
type ending struct {
	end   func() error
	chats bool // an open input held chats
	ended bool // it has ended
	err   error
}

func (e *ending) begin(s export.Source) {
	if e.ended && !s.Chat {
		e.flush()
	}
	e.chats = e.chats || s.Chat
}

// input ends an input.
func (e *ending) input() error {
	if e.ended = e.chats; !e.ended {
		e.flush()
	}
	return e.err
}

func (e *ending) flush() {
	if e.end != nil && e.err == nil {
		e.err = e.end()
	}
	e.chats, e.ended = false, false
}

// read reads every path (or "-") in turn, reports faults as they come, and
// returns the counts. Its error is of the kind that ends a command.
func (f *readFlags) read(ctx context.Context, s streams, paths []string, h handlers) (counts export.Counts, err error) {
	options, err := f.options()
	if err != nil {
		return counts, err
	}
	faults := faultLog{out: s}
	ending := ending{end: h.end}
	sink := export.Sink{
		Begin: ending.begin,
		Message: func(m *message.Message) error {
			if ending.err != nil {
				return ending.err
			}
			if f.reporter != "" && m.Sender == f.reporter {
				m.Role = message.Reporter
			} else if f.reporter != "" && m.Role == message.Unknown && m.Sender != "" {
				m.Role = message.Counterparty
			}
			return h.message(m)
		},
		Fault: faults.fault,
		Note:  faults.note,
	}
	reader, err := export.NewReader(options, sink)
	if err != nil {
		return counts, err
	}
	defer reader.Close()
	readable := 0
	for _, path := range paths {
		if path == "-" {
			err = reader.ReadFrom(ctx, "-", s.in)
		} else {
			err = reader.Read(ctx, path)
		}
		switch {
		case errors.Is(err, export.ErrNothing):
			faults.say("%v", err)
		case err != nil:
			if ctx.Err() != nil {
				ending.flush()
				err = errors.Join(context.Canceled, ending.err)
			}
			return reader.Counts(), err
		default:
			readable++
		}
		if err := ending.input(); err != nil {
			return reader.Counts(), err
		}
	}
	ending.flush()
	faults.close()
	if ending.err != nil {
		return reader.Counts(), ending.err
	}
	if readable == 0 {
		return reader.Counts(), errors.New("nothing readable")
	}
	return reader.Counts(), nil
}

// maxFaults is how many faults are printed one by one.
const maxFaults = 20

// faultLog prints faults, the first ones in full. It never prints message
// text.
type faultLog struct {
	out   streams
	count int
}

func (l *faultLog) fault(f export.Fault) {
	if l.count++; l.count <= maxFaults {
		l.say("%v", f)
	}
}

func (l *faultLog) note(file, text string) { l.say("%s: %s", file, text) }

func (l *faultLog) say(format string, args ...any) {
	fmt.Fprintf(l.out.err, "hookline: %s\n", report.Visible(fmt.Sprintf(format, args...)))
}

func (l *faultLog) close() {
	if l.count > maxFaults {
		l.say("and %d more records that could not be read", l.count-maxFaults)
	}
}
