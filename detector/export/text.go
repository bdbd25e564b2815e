package export

import (
	"bytes"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/message"
)

var textFormat = format{
	Format: Format{
		Name: "text", Title: "plain text, a whole file as one post",
		Recognised: "text that follows no other grammar",
		Kinds:      []message.Kind{message.Post},
	},
	sniff: sniffText,
	read:  readText,
}

// sniffText takes words; not source of other kinds, not binary data.
func sniffText(s *sample) int {
	text := s.text()
	if len(text) == 0 || bytes.IndexByte(text, 0) >= 0 {
		return 0
	}
	if c := bytes.TrimSpace(text); len(c) == 0 || c[0] == '{' || c[0] == '[' && s.keys() != nil || bytes.HasPrefix(c, []byte("<?xml")) {
		return 0
	}
	letters, others := 0, 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case unicode.IsLetter(r) || unicode.IsMark(r):
			letters++
		case r == utf8.RuneError && size == 1, r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f' && r != 0x1b:
			others++
		}
		i += size
	}
	if letters > 0 && others*10 <= letters {
		return fallback
	}
	return 0
}

// readText makes one post of a file.
func readText(u *unit) error {
	for _, f := range u.files {
		text, err := u.whole(f)
		if err != nil {
			return u.broken(f, 0, 0, err)
		}
		if len(bytes.TrimSpace(text)) == 0 {
			u.note(f, "empty")
			continue
		}
		m := message.Message{Text: string(bytes.TrimRight(text, "\r\n")), Kind: message.Post, Source: f.name}
		if err := u.emit(&m); err != nil {
			return err
		}
	}
	return nil
}

// whole reads a file of text into memory, if it is within the limit.
func (u *unit) whole(f *file) ([]byte, error) {
	in, closer, err := f.reader()
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	text, err := io.ReadAll(io.LimitReader(in, int64(u.r.limits.Record)+1))
	if err != nil {
		return nil, err
	}
	if len(text) > u.r.limits.Record {
		return nil, fmt.Errorf("above the limit of %d bytes", u.r.limits.Record)
	}
	return text, nil
}
