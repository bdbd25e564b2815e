package match

import (
	"cmp"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"regexp"
	"slices"
	"sync"
	"unsafe"

	"github.com/hookline/hookline/detector/rule"
)

// A snapshot is what Compile works out from the patterns: which words, runs and
// lists call which patterns, what these need, and the tries of all units. Large
// tables are written as they lie in memory, so that they need not be read; each
// trie is looked at when a text first needs it. What is read has a CRC-32C.

// ErrSnapshot is returned for bytes that are no snapshot of a set.
var ErrSnapshot = errors.New("not a snapshot of these rules")

// Snapshot returns what Restore makes the program of again, in a fiftieth of the
// time. It is for the same build of this package only: what holds it must see to
// that.
func (p *Program) Snapshot() []byte {
	w := &writer{}
	w.checked(func() {
		w.text(p.set.Hash)
		w.number(len(p.languages))
		for _, lang := range p.languages {
			w.text(lang)
		}
		w.number(len(p.regex))
		for i := range p.regex {
			w.text(p.regex[i].text)
			w.text(p.regex[i].literal)
			w.flag(p.regex[i].spaceless)
		}
	})
	for s := common; s < numScripts; s++ {
		var tries writer
		w.checked(func() {
			if p.parts[s] != nil {
				w.part(p, p.parts[s](), &tries)
			}
		})
		put(w, tries.b)
	}
	return w.b
}

// Restore returns the program of a set whose Program wrote a snapshot. It keeps
// the snapshot, of which it reads what texts need when they need it. It does not
// ask the set for its patterns, unless then something is not as it was written.
func Restore(set *rule.Set, snapshot []byte) (*Program, error) {
	all := &reader{b: snapshot}
	r := &reader{b: all.checked().read()}
	if r.text() != set.Hash {
		return nil, ErrSnapshot
	}
	p := newProgram(set, scriptOf)
	for range r.number() {
		p.languages = append(p.languages, r.text())
	}
	for range r.number() {
		text := r.text()
		p.regex = append(p.regex, regex{text, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) }), r.text(), p.symbol(regexShare), r.flag()})
	}
	p.grams = newGramFilter(p.regex)
	p.shared = symbol(len(p.frequency))
	for s := common; s < numScripts; s++ {
		written, tries := all.checked(), get[byte](all)
		if all.failed || s == common && !written.valid() {
			return nil, ErrSnapshot
		}
		if len(written.bytes) == 0 {
			continue
		}
		if p.parts[s] = sync.OnceValue(func() *part { return p.restore(s, written, tries) }); s != common {
			p.scripts |= s.bit()
		}
	}
	if p.parts[common] == nil {
		return nil, ErrSnapshot
	}
	p.order(p.parts[common]())
	return p, nil
}

// part writes a part, and its tries apart.
func (w *writer) part(program *Program, p *part, tries *writer) {
	l := p.lexicon
	w.words(&l.words)
	put(w, l.phrases)
	v := l.vocab
	put(w, v.table)
	put(w, v.lists)
	put(w, v.prefixes[:])
	w.number(len(v.allFuzzy))
	for _, f := range v.allFuzzy {
		w.text(string(f.word))
		w.number(int(f.symbol))
	}
	w.number(p.runs.count)
	for i := range p.runs.slots {
		if slot := &p.runs.slots[i]; slot.run != (atom{}) {
			for _, s := range slot.run {
				w.number(int(s))
			}
			w.number(int(slot.symbol))
			w.flag(slot.goesOn)
		}
	}
	w.number(len(p.units))
	for _, u := range p.units {
		w.number(int(u.slot))
		w.number(int(u.list))
		w.number(int(u.whole))
		w.number(int(u.group))
		w.flag(u.lists)
		w.number(int(math.Float32bits(u.share)))
		t := u.compiled.Load()
		if t == nil {
			t = p.build(program, u)
		}
		start := len(tries.b)
		tries.trie(t)
		w.number(len(tries.b) - start)
		w.number(int(crc32.Checksum(tries.b[start:], castagnoli)))
	}
	put(w, p.traits)
	put(w, p.needs)
	for _, x := range []*index{&p.lists, &p.callers, &p.others} {
		put(w, x.first)
		put(w, x.all)
	}
}

func (w *writer) trie(t *trie) {
	put(w, t.begins)
	put(w, t.nodes)
	put(w, t.edges.slots)
	put(w, t.beyond)
	put(w, t.accepts)
	put(w, t.gaps)
	put(w, t.joins)
}

// trie is the one that was written, nil if it is not as it was written.
func (c checked) trie() *trie {
	r := &reader{b: c.read()}
	t := &trie{begins: get[uint64](r), nodes: get[node](r), edges: edgeTable{slots: get[edgeSlot](r)}, beyond: get[beyond](r),
		accepts: get[accept](r), gaps: get[gap](r), joins: get[join](r)}
	if r.b == nil || r.failed {
		return nil
	}
	t.edges.mask = uint64(len(t.edges.slots) - 1)
	return t
}

// words writes a table as it is read: sorted.
func (w *writer) words(t *internTable) {
	if t.sorted != nil {
		w.number(len(t.sorted))
		w.b = append(w.b, t.sorted...)
		return
	}
	taken := slices.DeleteFunc(slices.Clone(t.slots), func(s internSlot) bool { return s.hash == 0 })
	slices.SortFunc(taken, func(a, b internSlot) int { return cmp.Compare(a.hash, b.hash) })
	w.number(len(taken) * sortedSize)
	for _, s := range taken {
		w.b = binary.LittleEndian.AppendUint64(w.b, s.hash)
		w.number(int(s.value))
	}
}

// restore makes the part of a script: of its patterns, if it is not as it was
// written.
func (p *Program) restore(s script, written checked, tries []byte) *part {
	if s != common && !written.valid() {
		var todo []job
		p.each(func(of script, j job) {
			if of == s {
				todo = append(todo, j)
			}
		})
		compiled, _ := newPart(p, s, todo) // without fault when it was written
		return compiled
	}
	r := &reader{b: written.bytes}
	l := &lexicon{}
	restored := &part{script: s, lexicon: l}
	l.words.sorted = r.bytes(r.number())
	l.phrases = get[symbol](r)
	v := &vocabulary{table: get[entry](r), lists: get[symbol](r), fuzzy: map[uint64][]fuzzyWord{}}
	v.mask = uint64(len(v.table) - 1)
	copy(v.prefixes[:], get[uint64](r))
	for range r.number() {
		word := r.text()
		v.addFuzzy(word, symbol(r.number()))
	}
	l.vocab = v
	for range r.number() {
		run := atom{symbol(r.number()), symbol(r.number()), symbol(r.number())}
		slot := restored.runs.put(run)
		slot.symbol, slot.goesOn = symbol(r.number()), r.flag()
	}
	restored.units = make([]*unit, r.number())
	units, rest := make([]unit, len(restored.units)), &reader{b: tries}
	for i := range units {
		u := &units[i]
		u.slot, u.list, u.whole, u.group = int32(r.number()), int32(r.number()), symbol(r.number()), symbol(r.number())
		u.lists, u.share = r.flag(), math.Float32frombits(uint32(r.number()))
		u.written = checked{rest.bytes(r.number()), uint32(r.number())}
		restored.units[i] = u
	}
	restored.number(p)
	restored.traits = get[trait](r)
	restored.needs = get[symbol](r)
	for _, x := range []*index{&restored.lists, &restored.callers, &restored.others} {
		x.first = get[uint32](r)
		x.all = get[uint32](r)
	}
	return restored
}

// checked is what was written, with the CRC-32C that it had then.
type checked struct {
	bytes []byte
	sum   uint32
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func (c checked) valid() bool { return crc32.Checksum(c.bytes, castagnoli) == c.sum }

// read is what was written, nil if it is not as it was.
func (c checked) read() []byte {
	if !c.valid() {
		return nil
	}
	return c.bytes
}

// writer appends numbers and texts.
type writer struct{ b []byte }

func (w *writer) number(n int) { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }

// checked writes the size and the sum of something, and then the thing.
func (w *writer) checked(write func()) {
	start := len(w.b)
	w.number(0)
	w.number(0)
	end := len(w.b)
	write()
	binary.LittleEndian.PutUint32(w.b[start:], uint32(len(w.b)-end))
	binary.LittleEndian.PutUint32(w.b[start+wordSize:], crc32.Checksum(w.b[end:], castagnoli))
}

func (w *writer) flag(yes bool) {
	if yes {
		w.b = append(w.b, 1)
	} else {
		w.b = append(w.b, 0)
	}
}

func (w *writer) text(s string) {
	w.number(len(s))
	w.b = append(w.b, s...)
}

// plain is what is the same bytes in every process of a build: without
// pointers, and without gaps between its fields.
type plain interface {
	~uint8 | ~uint32 | ~uint64 | entry | node | edgeSlot | beyond | accept | gap | join
}

// put writes values as they lie in memory, so that from where the snapshot
// begins each lies where it may.
func put[T plain](w *writer, all []T) {
	w.number(len(all))
	padding := -(len(w.b) + 1) & (alignment - 1)
	w.b = append(w.b, byte(padding))
	w.b = append(w.b, make([]byte, padding)...)
	w.b = append(w.b, bytesOf(all)...)
}

const (
	wordSize  = 4
	alignment = 8 // enough for all that is plain
)

// bytesOf are the bytes that values take in memory.
func bytesOf[T plain](all []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(all))), len(all)*int(unsafe.Sizeof(*new(T))))
}

// reader reads what a writer wrote. Past the end it reads zeros and fails.
type reader struct {
	b      []byte
	failed bool
}

func (r *reader) bytes(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.b, r.failed = nil, true
		return nil
	}
	taken := r.b[:n:n]
	r.b = r.b[n:]
	return taken
}

func (r *reader) number() int {
	if b := r.bytes(wordSize); b != nil {
		return int(binary.LittleEndian.Uint32(b))
	}
	return 0
}

func (r *reader) checked() checked {
	size, sum := r.number(), r.number()
	return checked{r.bytes(size), uint32(sum)}
}

func (r *reader) flag() bool {
	b := r.bytes(1)
	return b != nil && b[0] != 0
}

func (r *reader) text() string { return string(r.bytes(r.number())) }

// get reads what put wrote: where it can, as it lies there. It is not to be
// written to.
func get[T plain](r *reader) []T {
	n := r.number()
	if padding := r.bytes(1); padding != nil {
		r.bytes(int(padding[0]))
	}
	written := r.bytes(n * int(unsafe.Sizeof(*new(T))))
	if len(written) == 0 {
		return nil
	}
	if at := unsafe.Pointer(&written[0]); uintptr(at)%unsafe.Alignof(*new(T)) == 0 {
		return unsafe.Slice((*T)(at), n)
	}
	all := make([]T, n)
	copy(bytesOf(all), written)
	return all
}
