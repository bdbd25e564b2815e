package export

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

// entry is one entry of a chat kept as text: a head with time and sender, and
// lines of words.
type entry struct {
	line   int
	sent   message.Time
	sender string
	lines  []string
	size   int
	system bool
	media  string
	gone   bool // deleted
}

// text is the words of the entry, without blank lines at its end.
func (e *entry) text() string { return strings.TrimRight(strings.Join(e.lines, "\n"), "\r\n \t") }

// talk puts the entries of a chat in text together.
type talk struct {
	u      *unit
	f      *file
	thread *thread
	open   *entry
	// judge decides what the finished entry is; nil takes it as it is.
	judge func(*entry)
}

// begin starts an entry, which ends the one before; nil starts none.
func (t *talk) begin(e *entry) error {
	err := t.end()
	t.open = e
	return err
}

// more adds a line to the entry; false if there is none yet.
func (t *talk) more(line string) bool {
	if t.open == nil {
		return false
	}
	if t.open.size += len(line) + 1; t.open.size > t.u.r.limits.Record+1 {
		t.u.note(t.f, "messages above the limit are read up to it")
		return true
	}
	t.open.lines = append(t.open.lines, line)
	return true
}

// end gives the open entry to the sink.
func (t *talk) end() error {
	e := t.open
	if e == nil {
		return nil
	}
	t.open = nil
	if t.judge != nil {
		t.judge(e)
	}
	return t.thread.emit(&message.Message{
		Sender: e.sender, Sent: e.sent, Text: e.text(), System: e.system, Media: e.media, Deleted: e.gone,
		Source: t.f.name + ":" + strconv.Itoa(e.line),
	})
}

// eachTextLine is eachLine for lines that are kept.
func (u *unit) eachTextLine(f *file, do func(line string, number int) error) error {
	return u.eachLine(f, u.r.limits.Record, func(line []byte, number int) error { return do(string(line), number) })
}

// talkLines is eachTextLine for a first pass: faults wait for the second.
func (u *unit) talkLines(f *file, do func(line string)) error {
	in, closer, err := f.reader()
	if err != nil {
		return err
	}
	defer closer.Close()
	l := newLines(in, u.r.limits.Record)
	for n := 0; ; n++ {
		line, err := l.read()
		if err == io.EOF || err != nil && err != errLongLine {
			return nil
		}
		if n&0xfff == 0 && u.ctx.Err() != nil {
			return u.r.stop(u.ctx.Err())
		}
		if err == nil {
			do(string(line))
		}
	}
}

// people counts who wrote how often, at most maxPeople.
type people map[string]int

const maxPeople = 10_000

func (p people) add(name string) {
	if _, known := p[name]; known || len(p) < maxPeople {
		p[name]++
	}
}

func (p people) names() []string {
	names := make([]string, 0, len(p))
	for name := range p {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// chatName names a conversation by its people, or, for more than two of them,
// by its title if there is one. Two exports of a chat between two people have
// one name, whatever their files are called.
func chatName(title string, names []string) string {
	switch {
	case len(names) > 2 && title != "" || len(names) == 0:
		return title
	case len(names) <= 4:
		return strings.Join(names, ", ")
	default:
		return strings.Join(names[:3], ", ") + " and " + strconv.Itoa(len(names)-3) + " others"
	}
}

// bidiMarks are the invisible direction marks that programs put into lines.
const bidiMarks = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"

// unmark drops direction marks and makes all spaces plain ones.
func unmark(text string) string {
	if !strings.ContainsAny(text, bidiMarks+"\u202f\u00a0\u2009") {
		return text
	}
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(bidiMarks, r):
			return -1
		case r == '\u202f' || r == '\u00a0' || r == '\u2009':
			return ' '
		}
		return r
	}, text)
}

// trimMarks drops direction marks and spaces at both ends.
func trimMarks(text string) string { return strings.Trim(text, bidiMarks+" \t\u00a0\u202f\r") }

// stem is the name of a file without its folder and extension.
func stem(base string) string {
	if i := strings.LastIndexByte(base, '.'); i > 0 {
		return base[:i]
	}
	return base
}
