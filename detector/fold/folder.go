package fold

import (
	"encoding/binary"
	"slices"
	"unicode/utf8"
)

// Folder folds one message after the other. It is scratch memory: use one per
// goroutine. The zero value is ready for use.
type Folder struct {
	text  Text
	table *Runes
	marks []byte // of the cluster at hand
	work  []byte
	runs  []run
}

// Fold undoes the obfuscation of raw. The result is valid until the next Fold.
// Any bytes are taken: one that is no UTF-8 becomes U+FFFD. Time and memory are
// linear in len(raw), which must be below 128 MB.
func (f *Folder) Fold(raw string) *Text {
	t := &f.text
	t.Raw, t.Hidden = raw, 0
	t.Clean, t.Body = t.Clean[:0], t.Body[:0]
	t.runs, t.Apostrophes = t.runs[:0], t.Apostrophes[:0]
	if f.table == nil {
		f.table = Table()
	}
	for i := 0; i < len(raw); {
		i = f.stretch(i)
		if i < len(raw) {
			i = f.step(i)
		}
	}
	f.elide()
	return t
}

// stretch folds as many runes as keep their place and length, from Raw[i] on,
// and returns where it stopped.
func (f *Folder) stretch(i int) int {
	t := &f.text
	raw, start, k := t.Raw, i, len(t.Body)
	body := slices.Grow(t.Body, len(raw)-i+8)
	body = body[:cap(body)]
	class := f.lastClass() // canonical combining class of the rune before
	for i < len(raw) {
		c := raw[i]
		if c < utf8.RuneSelf {
			class = 0
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
		if kind := e.kind(); kind > place {
			break
		} else if kind == place && (e.ccc() < class || class == 0 && k == 0) {
			break
		}
		class = e.ccc()
		out := body[k : k+4 : k+4]
		if size == 2 {
			r = e.body(r)
			out[0], out[1] = 0xC0|byte(r>>6), 0x80|byte(r)&0x3F
		} else if size == 3 {
			r = e.body(r)
			out[0], out[1], out[2] = 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F
		} else {
			utf8.EncodeRune(out, e.body(r))
		}
		i, k = i+size, k+size
	}
	if i > start {
		t.addLinear(start)
		t.Clean = append(t.Clean, raw[start:i]...)
		t.Body = body[:k]
	}
	return i
}

// decode is utf8.DecodeRuneInString with the common cases in line; a byte that
// is no UTF-8 is returned as the rune bad.
func decode(s string, i int) (rune, int) {
	c := rune(s[i])
	switch {
	case 0xC2 <= c && c < 0xE0 && i+1 < len(s) && s[i+1]&0xC0 == 0x80:
		return c&0x1F<<6 | rune(s[i+1])&0x3F, 2
	case 0xE1 <= c && c < 0xF0 && c != 0xED && i+2 < len(s) && s[i+1]&0xC0 == 0x80 && s[i+2]&0xC0 == 0x80:
		return c&0x0F<<12 | rune(s[i+1])&0x3F<<6 | rune(s[i+2])&0x3F, 3
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == utf8.RuneError && size == 1 {
		r = bad
	}
	return r, size
}

// lastClass is the canonical combining class of the last rune of Body.
func (f *Folder) lastClass() uint8 {
	if n := len(f.text.Body); n == 0 || f.text.Body[n-1] < utf8.RuneSelf {
		return 0
	}
	r, _ := f.text.last()
	return f.table.entry(r).ccc()
}

// step folds the rune at Raw[i] that stretch could not take, with what belongs
// to it, and returns where it stopped.
func (f *Folder) step(i int) int {
	t := &f.text
	r, size := decode(t.Raw, i)
	end := i + size
	e := f.table.entry(r)
	switch e.kind() {
	case swap, invalid:
		t.addLump(i, end)
		f.emit(r, e)
	case spell:
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
	return f.table.Class(f.table.entry(next).body(next)) == Alpha
}
