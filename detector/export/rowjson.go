package export

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// rowScanner reads one JSON object into a row, without reflection and with one
// allocation for the whole line: values are parts of it. It accepts what
// encoding/json accepts.
type rowScanner struct {
	text    string
	at      int
	depth   int
	limit   int // nesting
	columns columns
	when    *whenReader
	row     *row
}

// errJSON is a fault of syntax, with its place in the line.
type errJSON struct {
	at   int
	text string
}

func (e errJSON) Error() string { return fmt.Sprintf("not JSON: %s at byte %d", e.text, e.at+1) }

func (s *rowScanner) fault(text string) error {
	if s.at >= len(s.text) {
		text = "it ends in the middle"
	}
	return errJSON{at: s.at, text: text}
}

// read fills the row from text, which must be one JSON object.
func (s *rowScanner) read(text string) error {
	s.text, s.at, s.depth = text, 0, 0
	s.space()
	if s.at >= len(text) || text[s.at] != '{' {
		return s.fault("expected an object")
	}
	if err := s.object(""); err != nil {
		return err
	}
	s.space()
	if s.at != len(text) {
		return s.fault("something after the object")
	}
	return nil
}

func (s *rowScanner) space() {
	for s.at < len(s.text) {
		switch s.text[s.at] {
		case ' ', '\t', '\n', '\r':
			s.at++
		default:
			return
		}
	}
}

// object reads an object whose opening brace is next. path is that of the
// object, with a dot at its end, or empty.
func (s *rowScanner) object(path string) error {
	if s.depth++; s.depth > s.limit {
		return s.fault("nesting is too deep")
	}
	s.at++
	s.space()
	if s.at < len(s.text) && s.text[s.at] == '}' {
		s.at++
		s.depth--
		return nil
	}
	for {
		s.space()
		key, err := s.string()
		if err != nil {
			return err
		}
		s.space()
		if s.at >= len(s.text) || s.text[s.at] != ':' {
			return s.fault("expected a colon")
		}
		s.at++
		s.space()
		if err := s.value(path, key); err != nil {
			return err
		}
		if more, err := s.more('}', "expected a comma or a brace"); !more {
			return err
		}
	}
}

// more passes over the comma after a value, or over the bracket that closes
// what it is in.
func (s *rowScanner) more(closing byte, text string) (bool, error) {
	s.space()
	if s.at < len(s.text) {
		switch s.text[s.at] {
		case ',':
			s.at++
			return true, nil
		case closing:
			s.at++
			s.depth--
			return false, nil
		}
	}
	return false, s.fault(text)
}

// value reads the value of a key and sets the field that it fills.
func (s *rowScanner) value(path, key string) error {
	if s.at >= len(s.text) {
		return s.fault("")
	}
	f := s.columns.field(path, key)
	switch c := s.text[s.at]; {
	case c == '{':
		if f == fieldNone && s.columns.inside(path, key) {
			return s.object(path + key + ".")
		}
		return s.skip()
	case c == '[':
		return s.array(f)
	case c == '"':
		value, err := s.string()
		if err != nil {
			return err
		}
		return s.set(f, path, key, value)
	default:
		value, err := s.literal()
		if err != nil || value == "null" {
			return err
		}
		return s.set(f, path, key, value)
	}
}

func (s *rowScanner) set(f field, path, key, value string) error {
	if f == fieldNone {
		if path == "" {
			s.row.rest = append(s.row.rest, [2]string{key, value})
		}
		return nil
	}
	return s.row.set(f, value, s.when)
}

// array reads an array; the strings in one that fills the text are joined.
func (s *rowScanner) array(f field) error {
	if f != fieldText {
		return s.skip()
	}
	start := s.at
	if err := s.skip(); err != nil {
		return err
	}
	text, ok := richText([]byte(s.text[start:s.at]))
	if !ok {
		return errors.New("text is an array of other things than strings")
	}
	return s.row.set(f, text, s.when)
}

// string reads a string whose opening quote is next.
func (s *rowScanner) string() (string, error) {
	if s.at >= len(s.text) || s.text[s.at] != '"' {
		return "", s.fault("expected a string")
	}
	start := s.at + 1
	i := plainEnd(s.text, start)
	switch {
	case i == len(s.text):
		s.at = i
		return "", s.fault("")
	case s.text[i] == '"':
		s.at = i + 1
		return s.text[start:i], nil
	case s.text[i] == '\\':
		return s.escaped(start, i)
	default:
		s.at = i
		return "", s.fault("control character in a string")
	}
}

// plainEnd is the first byte from i on that ends a string or needs a closer
// look: a quote, a backslash or a control character.
func plainEnd(text string, i int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for ; i+8 <= len(text); i += 8 {
		t := text[i : i+8]
		eight := uint64(t[0]) | uint64(t[1])<<8 | uint64(t[2])<<16 | uint64(t[3])<<24 |
			uint64(t[4])<<32 | uint64(t[5])<<40 | uint64(t[6])<<48 | uint64(t[7])<<56
		quote, slash := eight^'"'*ones, eight^'\\'*ones
		// The lowest high bit that is set is right; a borrow may set others above it.
		found := ((quote-ones)&^quote | (slash-ones)&^slash | (eight-' '*ones)&^eight) & highs
		if found != 0 {
			return i + bits.TrailingZeros64(found)/8
		}
	}
	for i < len(text) && text[i] >= ' ' && text[i] != '"' && text[i] != '\\' {
		i++
	}
	return i
}

// escaped reads a string that starts at start and has its first backslash at i.
func (s *rowScanner) escaped(start, i int) (string, error) {
	out := make([]byte, 0, 2*(i-start)+32)
	out = append(out, s.text[start:i]...)
	for i < len(s.text) {
		c := s.text[i]
		switch {
		case c == '"':
			s.at = i + 1
			return string(out), nil
		case c < ' ':
			s.at = i
			return "", s.fault("control character in a string")
		case c != '\\':
			out = append(out, c)
			i++
			continue
		}
		var err error
		if out, i, err = s.escape(out, i+1); err != nil {
			return "", err
		}
	}
	s.at = len(s.text)
	return "", s.fault("")
}

// escape appends the character whose escape continues at i.
func (s *rowScanner) escape(out []byte, i int) ([]byte, int, error) {
	s.at = i
	if i >= len(s.text) {
		return nil, 0, s.fault("")
	}
	if k := strings.IndexByte(`"\/bfnrt`, s.text[i]); k >= 0 {
		return append(out, "\"\\/\b\f\n\r\t"[k]), i + 1, nil
	}
	r, ok := s.hex4(i)
	if !ok {
		return nil, 0, s.fault("bad escape")
	}
	i += 5
	if utf16.IsSurrogate(r) {
		if low, ok := s.hex4(i + 1); ok && s.text[i] == '\\' {
			if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
				return utf8.AppendRune(out, pair), i + 6, nil
			}
		}
		r = utf8.RuneError
	}
	return utf8.AppendRune(out, r), i, nil
}

// hex4 reads u and four hexadecimal digits at i.
func (s *rowScanner) hex4(i int) (rune, bool) {
	if i+5 > len(s.text) || s.text[i] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(s.text[i+1:i+5], 16, 16)
	return rune(n), err == nil
}

// literal reads a number, true, false or null, and returns it as written.
func (s *rowScanner) literal() (string, error) {
	start := s.at
	for s.at < len(s.text) && strings.IndexByte(",]} \t\r\n", s.text[s.at]) < 0 {
		s.at++
	}
	word := s.text[start:s.at]
	switch word {
	case "true", "false", "null":
		return word, nil
	}
	if !validNumber(word) {
		s.at = start
		return "", s.fault("unexpected character")
	}
	return word, nil
}

// validNumber checks the grammar of JSON numbers.
func validNumber(word string) bool {
	word = strings.TrimPrefix(word, "-")
	whole := digits(word)
	if whole == 0 || whole > 1 && word[0] == '0' {
		return false
	}
	word = word[whole:]
	if rest, ok := strings.CutPrefix(word, "."); ok {
		n := digits(rest)
		if n == 0 {
			return false
		}
		word = rest[n:]
	}
	if word != "" && (word[0] == 'e' || word[0] == 'E') {
		word = word[1:]
		if word != "" && (word[0] == '+' || word[0] == '-') {
			word = word[1:]
		}
		n := digits(word)
		return n > 0 && n == len(word)
	}
	return word == ""
}

func digits(word string) (n int) {
	for n < len(word) && word[n]-'0' <= 9 {
		n++
	}
	return n
}

// skip passes over any value.
func (s *rowScanner) skip() error {
	if s.at >= len(s.text) {
		return s.fault("")
	}
	switch s.text[s.at] {
	case '"':
		_, err := s.string()
		return err
	case '{':
		columns := s.columns
		s.columns = noColumns
		rest := len(s.row.rest)
		err := s.object(".")
		s.columns, s.row.rest = columns, s.row.rest[:rest]
		return err
	case '[':
		return s.skipArray()
	default:
		_, err := s.literal()
		return err
	}
}

func (s *rowScanner) skipArray() error {
	if s.depth++; s.depth > s.limit {
		return s.fault("nesting is too deep")
	}
	s.at++
	s.space()
	if s.at < len(s.text) && s.text[s.at] == ']' {
		s.at++
		s.depth--
		return nil
	}
	for {
		s.space()
		if err := s.skip(); err != nil {
			return err
		}
		if more, err := s.more(']', "expected a comma or a bracket"); !more {
			return err
		}
	}
}
