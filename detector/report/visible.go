package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// Visible returns text as one line that is safe to print: line ends become
// spaces, control, bidirectional, invisible and private characters become
// <U+202E>, invalid bytes <0xFF>.
func Visible(text string) string {
	if plain(text) {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, "<0x%02X>", text[i])
		case r == '\n' || r == '\r' || r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u00a0':
			b.WriteByte(' ')
		case hidden(r):
			fmt.Fprintf(&b, "<U+%04X>", r)
		default:
			b.WriteRune(r)
		}
		i += size
	}
	return b.String()
}

func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f {
			return false
		}
	}
	return true
}

// hidden says whether a character would not be seen, or would act on the
// terminal. Joiners within emoji and Indic text are ordinary and stay.
func hidden(r rune) bool {
	switch {
	case r == '\u200d' || r == '\u200c' || r == '\ufe0f' || r == '\ufe0e':
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs):
		return true
	default:
		return r == '\u034f' || r == '\u115f' || r == '\u1160' || r == '\u3164' || r == '\uffa0' || r == '\u2800' ||
			r >= 0xe0100 && r <= 0xe01ef
	}
}

// Cell is Visible for a spreadsheet: text that would be read as a formula gets
// an apostrophe in front (OWASP, CSV injection).
func Cell(text string) string {
	text = Visible(text)
	if trimmed := strings.TrimLeft(text, " "); trimmed != "" && strings.ContainsRune("=+-@|%＝＋－＠", []rune(trimmed)[0]) {
		return "'" + text
	}
	return text
}

// Marked is Visible for a text with highlighted spans (byte ranges, sorted),
// cut to the part around the first and to width columns.
func Marked(text string, spans [][2]int, width int, color bool) string {
	const before = 20
	start := 0
	if len(spans) > 0 {
		start = max(0, spans[0][0]-before)
		for start > 0 && !utf8.RuneStart(text[start]) {
			start--
		}
	}
	room := width
	var b strings.Builder
	write := func(part string, highlight bool) {
		part = clip(Visible(part), max(0, room))
		room -= runewidth.StringWidth(part)
		if highlight && color {
			part = "\x1b[" + mark + "m" + part + "\x1b[0m"
		}
		b.WriteString(part)
	}
	for _, span := range spans {
		if span[0] < start || span[1] > len(text) {
			continue
		}
		write(text[start:span[0]], false)
		write(text[span[0]:span[1]], true)
		start = span[1]
	}
	write(text[start:], false)
	return b.String()
}
