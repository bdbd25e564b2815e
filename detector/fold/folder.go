package fold

import (
	"bytes"
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Folder folds one message after the other. It is scratch memory: use one per
// goroutine. The zero value is ready for use.
type Folder struct {
	text  Text
	table *Runes

	accents, marks, cluster []rune // at hand
	letter                  []byte
}

// Fold undoes the obfuscation of raw. The result is valid until the next Fold.
// Any bytes are taken: one that is no UTF-8 folds to a space. Time and memory
// are linear in len(raw), which must be below 128 MB.
func (f *Folder) Fold(raw string) *Text {
	t := &f.text
	t.Raw, t.Hidden = raw, 0
	t.Clean, t.Body, t.runs = t.Clean[:0], t.Body[:0], t.runs[:0]
	if f.table == nil {
		f.table = Table()
	}
	for i := 0; i < len(raw); {
		i = f.stretch(i)
		if i < len(raw) {
			i = f.step(i)
		}
	}
	backticks(t.Body)
	return t
}

// backticks are written for apostrophes.
func backticks(b []byte) {
	for i := bytes.IndexByte(b, '`'); i >= 0; i = bytes.IndexByte(b, '`') {
		b[i] = '\''
		b = b[i+1:]
	}
}

// stretch folds as many runes as keep their place and length, from Raw[i] on,
// and returns where it stopped.
func (f *Folder) stretch(i int) int {
	t := &f.text
	raw, start, k := t.Raw, i, len(t.Body)
	body := slices.Grow(t.Body, len(raw)-i+8)
	body = body[:cap(body)]
	before, order, marks := f.tail()
	for i < len(raw) {
		c := raw[i]
		if c < utf8.RuneSelf {
			before, order, marks = 0, 0, 0
			if i+8 <= len(raw) {
				if x := load8(raw, i); x&highs == 0 {
					binary.LittleEndian.PutUint64(body[k:], lower8(x))
					i, k = i+8, k+8
					continue
				}
			}
			body[k] = lowerByte(c)
			i, k = i+1, k+1
			continue
		}
		r, size := decode(raw, i)
		e := f.table.entry(r)
		switch kind := e.kind(); {
		case kind == keep:
			marks = 0
		case kind == sara && !doubled(before, r):
			marks = 0
		case kind == second && marks == 0 && !f.table.entry(before).opens():
			marks++
		case kind == place && e.order() >= order && r != before && marks < maxMarks:
			marks++
		default:
			return f.endStretch(start, i, body[:k])
		}
		before, order = r, e.order()
		out := body[k : k+4 : k+4]
		switch r = e.body(r); size {
		case 2:
			out[0], out[1] = 0xC0|byte(r>>6), 0x80|byte(r)&0x3F
		case 3:
			out[0], out[1], out[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F
		default:
			utf8.EncodeRune(out, r)
		}
		i, k = i+size, k+size
	}
	return f.endStretch(start, i, body[:k])
}

// endStretch enters Raw[start:end], folded at the end of body.
func (f *Folder) endStretch(start, end int, body []byte) int {
	if end > start {
		t := &f.text
		t.addLinear(start)
		t.Clean = append(t.Clean, t.Raw[start:end]...)
		t.Body = body
	}
	return end
}

// decode is utf8.DecodeRuneInString with the common cases in line.
func decode(s string, i int) (rune, int) {
	c := rune(s[i])
	switch {
	case 0xC2 <= c && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return c&0x1F<<6 | rune(s[i+1])&0x3F, 2
	case 0xE1 <= c && c < 0xF0 && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
		return c&0x0F<<12 | rune(s[i+1])&0x3F<<6 | rune(s[i+2])&0x3F, 3
	}
	return utf8.DecodeRuneInString(s[i:])
}

// step folds the rune at Raw[i] that stretch could not take, with what belongs
// to it, and returns where it stopped.
func (f *Folder) step(i int) int {
	t := &f.text
	r, size := decode(t.Raw, i)
	end := i + size
	e := f.table.entry(r)
	switch e.kind() {
	case swap:
		t.addLump(i, end)
		f.emit(r, e)
	case spell:
		if e.class() == Mark {
			return f.combine(i)
		}
		t.addLump(i, end)
		s := f.table.spellings[e.index()]
		t.Clean = append(t.Clean, s.clean...)
		t.Body = append(t.Body, s.body...)
	case hidden:
		if r != byteOrderMark || i > 0 {
			t.Hidden++
		}
	case weak:
		if f.insideWord(end) {
			t.Hidden++
		}
	case drop:
	case replacement:
		if size == 1 {
			r = ' '
		}
		t.addLump(i, end)
		f.emit(r, 0)
	case flag:
		return f.flags(i)
	case sara:
		f.sara(r, end)
	case jamo:
		f.jamo(r, i, end)
	default:
		return f.combine(i)
	}
	return end
}

// emit appends one rune in its two forms.
func (f *Folder) emit(r rune, e entry) {
	f.text.Clean = utf8.AppendRune(f.text.Clean, e.clean(r))
	f.text.Body = utf8.AppendRune(f.text.Body, e.body(r))
}

// insideWord says whether letters of an alphabet stand before and after an
// invisible rune that ends at Raw[end].
func (f *Folder) insideWord(end int) bool {
	r, at := f.text.last()
	if at < 0 || f.table.Class(r) != Alpha || end == len(f.text.Raw) {
		return false
	}
	next, _ := decode(f.text.Raw, end)
	return f.table.Class(next) == Alpha
}

// flags folds a run of regional indicators: flags stay, other runs are letters
// in disguise.
func (f *Folder) flags(i int) int {
	t := &f.text
	f.marks = f.marks[:0]
	end, real := i, true
	for at := i; at < len(t.Raw); {
		r, size := decode(t.Raw, at)
		k := f.table.entry(r).kind()
		if k != flag && k != hidden && k != weak && k != drop && k != combine {
			break
		}
		at += size
		if k == flag {
			f.marks, end = append(f.marks, r), at
			if n := len(f.marks); n%2 == 0 {
				real = real && isRegion(f.marks[n-2], f.marks[n-1])
			}
		}
	}
	letters := len(f.marks) > 2 && (!real || len(f.marks)%2 != 0)
	for at := i; at < end; {
		r, size := decode(t.Raw, at)
		switch f.table.entry(r).kind() {
		case flag:
			t.addLump(at, at+size)
			if letters {
				f.emit('A'+r-firstFlag, f.table.entry('A'+r-firstFlag))
			} else {
				f.emit(r, 0)
			}
		case hidden:
			t.Hidden++
		}
		at += size
	}
	return end
}
