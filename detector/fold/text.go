package fold

import (
	"sort"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/source"
)

// Text is a message with its obfuscation undone. Clean and Body have the same
// length and share offsets, so a span found in one holds for the other.
type Text struct {
	Raw    string // as it came
	Clean  []byte // invisibles gone, styles, widths, digits, quotes and dashes unified; case kept
	Body   []byte // Clean in lower case, with the variants of each script unified
	Hidden int    // invisible and bidi runes removed where ordinary text has none

	runs []run // sorted by at; none if every byte of Body stands for the same byte of Raw
}

// run maps a stretch of Body, up to the at of the next run, to Raw.
type run struct {
	at   int32 // offset in Body
	from int32 // offset in Raw
	to   int32 // of a lump: where it ends in Raw; linear otherwise
}

// linear marks a run in which each byte of Body stands for one byte of Raw.
const linear = -1

// RawSpan returns the bytes of Raw that a span of Body or Clean stands for. The
// result begins and ends between runes of Raw; it leaves out what was stripped
// before the first and after the last byte of the span.
func (t *Text) RawSpan(s source.Span) source.Span {
	start, end := clamp(s.Start, len(t.Body)), clamp(s.End, len(t.Body))
	if start >= end {
		at := t.rawStart(start)
		return source.Span{Start: at, End: at}
	}
	return source.Span{Start: t.rawStart(start), End: t.rawEnd(end - 1)}
}

func clamp(at, size int) int { return max(0, min(at, size)) }

// rawStart is the offset in Raw of the rune that Body[at] stands for.
func (t *Text) rawStart(at int) int {
	if at == len(t.Body) {
		return len(t.Raw)
	}
	r, first := t.runAt(at)
	if r.to != linear {
		return int(r.from)
	}
	raw := int(r.from) + at - int(r.at)
	for !first && raw > int(r.from) && !utf8.RuneStart(t.Raw[raw]) {
		raw--
	}
	return raw
}

// rawEnd is the offset in Raw after the rune that Body[at] stands for.
func (t *Text) rawEnd(at int) int {
	r, _ := t.runAt(at)
	if r.to != linear {
		return int(r.to)
	}
	raw := int(r.from) + at - int(r.at) + 1
	for at++; at < len(t.Body) && !utf8.RuneStart(t.Body[at]); at++ {
		raw++
	}
	return raw
}

// runAt returns the run of Body[at] and whether at is its first byte.
func (t *Text) runAt(at int) (run, bool) {
	i := sort.Search(len(t.runs), func(i int) bool { return int(t.runs[i].at) > at })
	if i == 0 {
		return run{0, 0, linear}, at == 0
	}
	return t.runs[i-1], at == int(t.runs[i-1].at)
}

// Changed says whether folding changed more in a span of Body than letter case
// and the style of quotes, dashes, spaces and other signs.
func (t *Text) Changed(s source.Span) bool {
	start, end := clamp(s.Start, len(t.Body)), clamp(s.End, len(t.Body))
	if start >= end {
		return false
	}
	raw := t.RawSpan(s)
	clean, before := t.Clean[start:end], t.Raw[raw.Start:raw.End]
	return string(clean) != before && !sameLetters(Table(), clean, before)
}

// sameLetters says whether two texts differ in signs only. What is invisible
// counts as a difference, but not what emoji and some scripts need.
func sameLetters(table *Runes, clean []byte, raw string) bool {
	for {
		for len(raw) > 0 {
			r, size := utf8.DecodeRuneInString(raw)
			e := table.entry(r)
			if k := e.kind(); e.class() != Other || k == hidden || k == drop || k == weak && len(clean) > 0 && table.Class(rune(clean[0])) == Alpha {
				break
			}
			raw = raw[size:]
		}
		for len(clean) > 0 {
			r, size := utf8.DecodeRune(clean)
			if table.Class(r) != Other {
				break
			}
			clean = clean[size:]
		}
		if len(raw) == 0 || len(clean) == 0 {
			return len(raw) == len(clean)
		}
		a, size := utf8.DecodeRuneInString(raw)
		b, width := utf8.DecodeRune(clean)
		if a != b {
			return false
		}
		raw, clean = raw[size:], clean[width:]
	}
}

// addLinear lets what is appended to Body next stand byte by byte for Raw from
// offset from on.
func (t *Text) addLinear(from int) {
	at := len(t.Body)
	if len(t.runs) == 0 {
		if at == from {
			return
		}
		if at > 0 {
			t.runs = append(t.runs, run{0, 0, linear})
		}
	} else if last := t.runs[len(t.runs)-1]; last.to == linear && int(last.from)-int(last.at) == from-at {
		return
	}
	t.runs = append(t.runs, run{int32(at), int32(from), linear})
}

// addLump lets what is appended to Body next stand as a whole for
// Raw[from:to].
func (t *Text) addLump(from, to int) {
	at := len(t.Body)
	if len(t.runs) == 0 && at > 0 {
		t.runs = append(t.runs, run{0, 0, linear})
	}
	t.runs = append(t.runs, run{int32(at), int32(from), int32(to)})
}

// cut takes everything from Body[at] on away.
func (t *Text) cut(at int) {
	t.Clean, t.Body = t.Clean[:at], t.Body[:at]
	for n := len(t.runs); n > 0 && int(t.runs[n-1].at) >= at; n-- {
		t.runs = t.runs[:n-1]
	}
}

// last returns the last rune of Clean and where it begins; at is -1 if there is
// none.
func (t *Text) last() (r rune, at int) {
	if len(t.Clean) == 0 {
		return 0, -1
	}
	r, size := utf8.DecodeLastRune(t.Clean)
	return r, len(t.Clean) - size
}
