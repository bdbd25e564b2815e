package message

import (
	"maps"
	"slices"
	"strconv"
	"unicode/utf8"
)

// AppendJSON appends the message as one line of contract JSONL, without the
// line end. Invalid UTF-8 becomes U+FFFD. Its namespace goes with it, so that
// what is read back has the same keys.
func (m *Message) AppendJSON(dst []byte) []byte {
	dst = append(dst, '{')
	dst = appendField(dst, "id", m.ID, true)
	dst = appendField(dst, "thread", m.Thread, true)
	dst = appendField(dst, "namespace", m.Namespace, false)
	if m.HasSeq {
		dst = append(dst, `,"seq":`...)
		dst = strconv.AppendInt(dst, m.Seq, 10)
	}
	dst = appendField(dst, "sender", m.Sender, false)
	if m.Role != Unknown {
		dst = appendField(dst, "role", m.Role.String(), false)
	}
	if !m.Sent.IsZero() {
		dst = append(dst, `,"sent":"`...)
		dst = m.Sent.Append(dst)
		dst = append(dst, '"')
	}
	dst = appendField(dst, "text", m.Text, true)
	dst = appendField(dst, "kind", string(m.Kind), false)
	dst = appendField(dst, "source", m.Source, false)
	if a := m.Advert; a != nil {
		dst = appendField(dst, "title", a.Title, false)
		dst = appendField(dst, "company", a.Company, false)
		dst = appendField(dst, "location", a.Location, false)
		dst = appendField(dst, "salary", a.Salary, false)
		dst = appendField(dst, "apply", a.Apply, false)
	}
	if m.System {
		dst = append(dst, `,"system":true`...)
	}
	dst = appendField(dst, "media", m.Media, false)
	if m.Deleted {
		dst = append(dst, `,"deleted":true`...)
	}
	if l := m.Labels; l != nil {
		dst = appendField(dst, "label", l.Label, false)
		dst = appendField(dst, "category", l.Category, false)
		dst = appendField(dst, "lang", l.Lang, false)
		dst = appendField(dst, "stage", l.Stage, false)
		if l.AsksMoney {
			dst = append(dst, `,"asks_money":true`...)
		}
		dst = appendField(dst, "cluster", l.Cluster, false)
		for _, name := range slices.Sorted(maps.Keys(l.Fields)) {
			dst = append(AppendString(append(dst, ','), name), ':')
			dst = AppendString(dst, l.Fields[name])
		}
	}
	return append(dst, '}')
}

func appendField(dst []byte, name, value string, always bool) []byte {
	if value == "" && !always {
		return dst
	}
	if dst[len(dst)-1] != '{' {
		dst = append(dst, ',')
	}
	dst = append(dst, '"')
	dst = append(dst, name...)
	dst = append(dst, '"', ':')
	return AppendString(dst, value)
}

const hexDigits = "0123456789abcdef"

// AppendString appends text as a JSON string, U+2028 and U+2029 escaped and
// invalid UTF-8 replaced by U+FFFD.
func AppendString(dst []byte, text string) []byte {
	dst = append(dst, '"')
	start := 0
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if c >= ' ' && c != '"' && c != '\\' && c != 0x7f {
				i++
				continue
			}
			dst = append(dst, text[start:i]...)
			dst = appendEscape(dst, c)
			i++
			start = i
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			dst = append(dst, text[start:i]...)
			dst = append(dst, "\ufffd"...)
			start = i + size
		} else if r == '\u2028' || r == '\u2029' {
			dst = append(dst, text[start:i]...)
			dst = append(dst, `\u202`...)
			dst = append(dst, hexDigits[r&0xf])
			start = i + size
		}
		i += size
	}
	dst = append(dst, text[start:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\n':
		return append(dst, '\\', 'n')
	case '\r':
		return append(dst, '\\', 'r')
	case '\t':
		return append(dst, '\\', 't')
	default:
		return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&0xf])
	}
}
