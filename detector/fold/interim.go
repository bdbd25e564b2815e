// Package fold undoes obfuscation. INTERIM: replaced by the full one.
package fold

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/hookline/hookline/detector/source"
)

type Text struct {
	Raw         string
	Clean, Body []byte
	Hidden      int
	from, to    []int32
}

func (t *Text) RawSpan(s source.Span) source.Span {
	if t.from == nil || s.Start >= s.End {
		return s
	}
	return source.Span{Start: int(t.from[s.Start]), End: int(t.to[s.End-1])}
}

func (t *Text) Changed(s source.Span) bool {
	r := t.RawSpan(s)
	return string(t.Clean[s.Start:s.End]) != t.Raw[r.Start:r.End]
}

type Folder struct{ t Text }

func (f *Folder) Fold(raw string) *Text {
	t := &Text{Raw: raw}
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRuneInString(raw[i:])
		end := i + size
		if r == utf8.RuneError && size == 1 {
			r = ' '
		}
		for end < len(raw) {
			n, s := utf8.DecodeRuneInString(raw[end:])
			if !(n >= 0x300 && n < 0x370) {
				break
			}
			end += s
		}
		if hidden(r) {
			t.Hidden++
			i = end
			continue
		}
		out := string(r)
		if end > i+size {
			out = norm.NFC.String(raw[i:end])
		}
		if r >= 0x80 {
			out = norm.NFKC.String(out)
		}
		for _, c := range out {
			c = special(c)
			l := unicode.ToLower(c)
			if utf8.RuneLen(l) != utf8.RuneLen(c) {
				c = l
			}
			n := len(t.Clean)
			t.Clean = utf8.AppendRune(t.Clean, c)
			t.Body = utf8.AppendRune(t.Body, l)
			for ; n < len(t.Clean); n++ {
				t.from, t.to = append(t.from, int32(i)), append(t.to, int32(end))
			}
		}
		i = end
	}
	return t
}

func special(r rune) rune {
	switch r {
	case 'ё':
		return 'е'
	case '’', '‘', 'ʼ', '`', '´':
		return '\''
	case 'أ', 'إ', 'آ':
		return 'ا'
	case 'ى':
		return 'ي'
	case 'ة':
		return 'ه'
	}
	if unicode.IsSpace(r) && r != '\n' {
		return ' '
	}
	if r > 0x7f && unicode.Is(unicode.Nd, r) {
		for z := r; z > r-10; z-- {
			if !unicode.Is(unicode.Nd, z-1) {
				return '0' + (r - z)
			}
		}
	}
	return r
}

func hidden(r rune) bool {
	return r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2069 || r == 0xfeff || r == 0xad || r == 0xfe0f || r == 0x640 || r >= 0x64b && r <= 0x652
}

func Word(s string) string { return string(new(Folder).Fold(s).Body) }

func Plain(s string) string {
	w := Word(s)
	var b []rune
	for _, r := range norm.NFD.String(w) {
		switch {
		case r >= 0x300 && r < 0x370:
			continue
		case r == 'đ':
			r = 'd'
		}
		b = append(b, r)
	}
	p := norm.NFC.String(string(b))
	if p == w {
		return ""
	}
	return p
}
