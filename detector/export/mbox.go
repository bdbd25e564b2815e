package export

import (
	"bytes"
	"io"

	"github.com/hookline/hookline/detector/message"
)

var mboxFormat = format{
	Format: Format{
		Name: "mbox", Title: "mailbox, many mails in a file",
		Recognised: "begins “From ” with a date, then mail headers",
		Kinds:      []message.Kind{message.Email},
	},
	chat:  true,
	sniff: sniffMbox,
	read:  readMbox,
}

func sniffMbox(s *sample) int {
	all := s.lines()
	if len(all) > 1 && mailSeparator(all[0]) && bytes.IndexByte(all[1], ':') > 0 {
		return certain
	}
	return 0
}

// mailSeparator knows the line between mails: From, a word and a date.
func mailSeparator(line []byte) bool {
	if len(line) > 300 || !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	fields := bytes.Fields(line[5:])
	for i := 0; i < len(fields) && i < 4; i++ {
		if d, ok := splitDate(string(bytes.Join(fields[i:], []byte(" ")))); ok && d.hasTime && d.month > 0 {
			return true
		}
	}
	return false
}

// readMbox reads a mailbox mail by mail; only one is in memory.
func readMbox(u *unit) error {
	f := u.files[0]
	in, err := f.open()
	if err != nil {
		return err
	}
	defer in.Close()
	l := newLines(newBuffered(in), u.r.limits.Record)
	var raw []byte
	start, blank := 0, true
	for {
		line, err := l.read()
		if err != nil && err != errLongLine {
			if start > 0 {
				if err := u.mail(raw, f, start); err != nil {
					return err
				}
			}
			if err == io.EOF {
				return nil
			}
			return u.broken(f, l.number, 0, err)
		}
		if err == errLongLine {
			u.note(f, "lines of mails above the limit are left out")
		}
		if blank && mailSeparator(line) {
			if start > 0 {
				if err := u.mail(raw, f, start); err != nil {
					return err
				}
			}
			raw, start, blank = raw[:0], l.number, false
			continue
		}
		blank = err == nil && len(line) == 0
		if start == 0 {
			if !blank {
				if err := u.failLine(f, l.number, "a line before the first mail"); err != nil {
					return err
				}
			}
			continue
		}
		if len(raw)+len(line) < u.r.limits.Record {
			raw = append(append(raw, unquoteFrom(line)...), '\n')
		}
	}
}

// unquoteFrom takes off the > that mailboxes put before From at the beginning
// of a line.
func unquoteFrom(line []byte) []byte {
	if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
		return line[1:]
	}
	return line
}
