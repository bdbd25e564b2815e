package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/hookline/hookline/detector/message"
)

// Options says how to read; the zero Options reads everything by content.
type Options struct {
	Input     string            // format name of Formats: skip recognition
	Fields    map[string]string // message field → column or dotted path, for tables and JSON rows
	Namespace string            // replaces the namespace that a reader would choose
	DateOrder string            // "dmy", "mdy", "ymd"; "" or "auto" infers it over the whole file
	Timezone  *time.Location    // the zone of local times; nil leaves them local
	Strict    bool              // the first fault ends the reading
	Limits    Limits            // zero fields take the value of DefaultLimits
	Temp      string            // folder for spooled archives; "" is the system's
}

// Limits bounds what a reader takes.
type Limits struct {
	Record  int   // bytes of one record: a line, a JSON or XML element, a message
	Depth   int   // nesting of JSON and XML
	Entries int   // files of a folder or members of an archive
	Total   int64 // unpacked bytes of an archive
	Ratio   int64 // unpacked bytes per packed byte of an archive, past its first 16 MB
}

// DefaultLimits is what a zero Limits stands for. A ratio of 250 is above what
// chat text reaches (20) and below what a bomb needs (1,000 and more).
func DefaultLimits() Limits {
	return Limits{Record: 16 << 20, Depth: 64, Entries: 500_000, Total: 256 << 30, Ratio: 250}
}

// Fault is a record or a file that could not be read. As an error it prints
// file:line: text, or file@offset: text where there are no lines.
type Fault struct {
	File   string
	Line   int   // counted from 1; 0 if unknown
	Offset int64 // bytes from the start, used where Line is 0; 0 for the whole file
	Text   string
}

// Error is the fault with its position.
func (f Fault) Error() string { return place(f.File, f.Line, f.Offset) + ": " + f.Text }

func place(file string, line int, offset int64) string {
	switch {
	case line > 0:
		return fmt.Sprintf("%s:%d", file, line)
	case offset > 0:
		return fmt.Sprintf("%s@%d", file, offset)
	default:
		return file
	}
}

// Source is a unit about to be read.
type Source struct {
	Name   string // as shown, of its first file: chat.zip/_chat.txt
	Format string // name of the format, as Formats lists it
	Files  int
	Chat   bool // an export of conversations, of which another may hold more
}

// Sink takes what a Reader finds. Nil functions are skipped.
type Sink struct {
	// Begin and End enclose the messages of one source.
	Begin func(Source)
	End   func(Source)
	// Message takes a message, whose strings it may keep. Its error ends the
	// reading and is returned.
	Message func(*message.Message) error
	// Fault takes a record that was skipped.
	Fault func(Fault)
	// Note takes what a person should know and no record was lost for: a guess
	// that was made, files without messages.
	Note func(file, text string)
}

// Counts is what became of the records so far. Records read are Messages +
// Faults + Duplicates.
type Counts struct {
	Sources    int
	Messages   int64 // given to the sink, system notices included
	Faults     int64 // records and files that could not be read
	Duplicates int64 // messages of an export that were read before in this run
	Ignored    int64 // files without messages: pictures, companions
}

// ErrNothing is returned where an input holds nothing that could be read.
var ErrNothing = errors.New("nothing readable")

// Reader reads inputs one after the other and remembers what it has read, so
// that a chat that was exported twice counts once.
type Reader struct {
	opts   Options
	limits Limits
	sink   Sink
	counts Counts
	seen   seen
	chats  map[message.Key][]knownChat // by format and first entry
	mails  mailThreads
	temp   spool
	// stopped is why the reading ends before its input does.
	stopped error
}

// NewReader makes a Reader. Call Close when done.
func NewReader(opts Options, sink Sink) (*Reader, error) {
	if opts.Input != "" && formatNamed(opts.Input) == nil {
		return nil, fmt.Errorf("unknown input format %q", opts.Input)
	}
	for field := range opts.Fields {
		if _, ok := fieldNames[field]; !ok {
			return nil, fmt.Errorf("unknown message field %q", field)
		}
	}
	switch opts.DateOrder {
	case "", "auto", "dmy", "mdy", "ymd":
	default:
		return nil, fmt.Errorf("unknown date order %q", opts.DateOrder)
	}
	return &Reader{opts: opts, limits: opts.Limits.filled(), sink: sink, temp: spool{folder: opts.Temp}}, nil
}

func (l Limits) filled() Limits {
	d := DefaultLimits()
	if l.Record > 0 {
		d.Record = l.Record
	}
	if l.Depth > 0 {
		d.Depth = l.Depth
	}
	if l.Entries > 0 {
		d.Entries = l.Entries
	}
	if l.Total > 0 {
		d.Total = l.Total
	}
	if l.Ratio > 0 {
		d.Ratio = l.Ratio
	}
	return d
}

// Counts returns the counts so far.
func (r *Reader) Counts() Counts { return r.counts }

// Close removes what was spooled.
func (r *Reader) Close() error { return r.temp.remove() }

// Read reads a file, a folder or an archive. Faults do not end it, unless
// Options.Strict; ErrNothing says that nothing was recognised.
func (r *Reader) Read(ctx context.Context, path string) error {
	files, err := r.openPath(path)
	if err != nil {
		return err
	}
	return r.readFiles(ctx, files)
}

// ReadFrom reads a stream, such as standard input, under a name to be shown.
func (r *Reader) ReadFrom(ctx context.Context, name string, from io.Reader) error {
	stream, err := newStream(name, from)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return r.readFiles(ctx, []*file{stream})
}
