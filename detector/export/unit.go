package export

import (
	"context"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
)

// unit is what one format reads together, and where its reader puts what it
// finds.
type unit struct {
	r      *Reader
	ctx    context.Context
	format *format
	files  []*file // at least one; the main one first

	fallback string // namespace of messages that have none
	occurs   occurrences
	odd      oddTimes
	when     whenReader // of the formats that read tables and rows
	noted    map[string]bool
}

// emit completes a message and gives it to the sink.
func (u *unit) emit(m *message.Message) error {
	if u.r.counts.Messages&0xfff == 0 {
		if err := u.ctx.Err(); err != nil {
			return u.r.stop(err)
		}
	}
	u.complete(m)
	if len(m.Text) > u.r.limits.Record {
		return u.fail(Fault{File: m.Source, Text: fmt.Sprintf("message of %d bytes is above the limit", len(m.Text))})
	}
	if u.format.chat && !u.r.seen.add(m.Key()) {
		u.r.counts.Duplicates++
		return nil
	}
	m.Position = u.r.counts.Messages
	u.r.counts.Messages++
	if u.r.sink.Message == nil {
		return nil
	}
	if err := u.r.sink.Message(m); err != nil {
		return u.r.stop(err)
	}
	return nil
}

// stop ends the reading: an error of the sink or the context, or the first
// fault of a strict reading. Other errors are faults of the input.
func (r *Reader) stop(err error) error {
	r.stopped = err
	return err
}

func (u *unit) complete(m *message.Message) {
	for _, text := range [...]*string{&m.Text, &m.Sender, &m.Thread, &m.Namespace, &m.ID, &m.Media, &m.Source} {
		*text = validText(*text)
	}
	if a := m.Advert; a != nil {
		for _, text := range [...]*string{&a.Title, &a.Company, &a.Location, &a.Salary, &a.Apply} {
			*text = validText(*text)
		}
	}
	if m.Kind == "" {
		m.Kind = message.Chat
	}
	if m.Role == message.Unknown {
		m.Role, _ = message.ParseRole(m.Sender)
	}
	if ns := u.r.opts.Namespace; ns != "" {
		m.Namespace = ns
	} else if m.Namespace == "" {
		m.Namespace = u.fallback
	}
	if zone := u.r.opts.Timezone; zone != nil && m.Sent.IsLocal() {
		m.Sent = inZone(m.Sent, zone)
	}
	if year := m.Sent.Clock().Year(); !m.Sent.IsZero() && (year < 1 || year > 9999) {
		m.Sent = message.Time{} // no time that can be written down
	}
	if m.ID == "" {
		n := u.occurs.next(m)
		m.ID = message.ContentID(m.Sender, m.Sent, m.Text, n)
	}
}

func validText(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	return string([]rune(text)) // each invalid byte becomes U+FFFD
}

// fail reports a record that was skipped. Under Options.Strict it returns the
// fault, for the reader to return.
func (u *unit) fail(f Fault) error { return u.r.fail(f) }

func (r *Reader) fail(f Fault) error {
	r.counts.Faults++
	if r.sink.Fault != nil {
		r.sink.Fault(f)
	}
	if r.opts.Strict {
		return r.stop(f)
	}
	return nil
}

// failLine reports a line of a file that was skipped.
func (u *unit) failLine(f *file, line int, text string) error {
	return u.fail(Fault{File: f.name, Line: line, Text: text})
}

// note tells something that a person should know, once for each text.
func (u *unit) note(f *file, text string) {
	if u.noted == nil {
		u.noted = map[string]bool{}
	}
	if key := f.name + "\x00" + text; !u.noted[key] {
		u.noted[key] = true
		u.r.note(f.name, text)
	}
}

func (r *Reader) note(name, text string) {
	if r.sink.Note != nil {
		r.sink.Note(name, text)
	}
}

// thread numbers the messages of one conversation of an export.
type thread struct {
	u         *unit
	name      string
	namespace string
	seq       int64
}

// newThread starts a conversation. Its namespace is a hash of the format and
// of what tells the conversation from those of other people: participants,
// ids, titles.
func (u *unit) newThread(name string, identity ...string) *thread {
	key := message.KeyOf(append([]string{u.format.Name}, identity...)...)
	return &thread{u: u, name: name, namespace: u.format.Name + ":" + hex.EncodeToString(key[:6])}
}

// emit gives the next message of the conversation to the sink.
func (t *thread) emit(m *message.Message) error {
	m.Thread, m.Namespace = t.name, t.namespace
	t.seq++
	m.Seq, m.HasSeq = t.seq, true
	return t.u.emit(m)
}

// oddTimes counts the messages whose time could not be read; they are kept
// without one.
type oddTimes struct {
	count int64
	first string
}

// oddTime remembers a time that could not be read.
func (u *unit) oddTime(at string) {
	if u.odd.count == 0 {
		u.odd.first = at
	}
	u.odd.count++
}

// placed says where a message was read, and notes where its time is missing.
func (u *unit) placed(m *message.Message, f *file, line int) *message.Message {
	m.Source = place(f.name, line, 0)
	if m.Sent.IsZero() {
		u.oddTime(m.Source)
	}
	return m
}

// finish says what the unit has gathered.
func (u *unit) finish() {
	if u.when.guessed > 0 {
		u.note(u.files[0], "dates are ambiguous: read as day first, --date-order dmy|mdy|ymd decides")
	}
	if u.odd.count > 0 {
		u.note(u.files[0], fmt.Sprintf("times that could not be read and are left out: %d, the first at %s", u.odd.count, u.odd.first))
	}
}

// read runs the format's reader over the unit.
func (u *unit) read() error {
	source := Source{Name: u.files[0].name, Format: u.format.Name, Files: len(u.files), Chat: u.format.chat}
	u.fallback = u.files[0].base()
	u.when.order = parseOrder(u.r.opts.DateOrder)
	u.r.counts.Sources++
	if u.r.sink.Begin != nil {
		u.r.sink.Begin(source)
	}
	err := u.format.read(u)
	if err != nil {
		err = u.broken(u.files[0], 0, 0, err)
	}
	u.finish()
	if u.r.sink.End != nil {
		u.r.sink.End(source)
	}
	return err
}

// broken reports a file that cannot be read any further, unless the reading was
// stopped.
func (u *unit) broken(f *file, line int, offset int64, err error) error {
	if u.r.stopped != nil {
		return u.r.stopped
	}
	return u.fail(Fault{File: f.name, Line: line, Offset: offset, Text: faultText(err)})
}

// faultText is an error as a person reads it, without the names of packages.
func faultText(err error) string {
	text := err.Error()
	for _, prefix := range []string{"bufio: ", "gzip: ", "zip: ", "flate: ", "xml: ", "json: ", "invalid input: "} {
		text = strings.TrimPrefix(text, prefix)
	}
	if text == "unexpected EOF" || text == "EOF" {
		return "the file ends in the middle"
	}
	return text
}
