package match

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"regexp"
	"slices"
	"sync"
	"unsafe"

	"github.com/hookline/hookline/detector/rule"
)

// A snapshot is what Compile works out from the patterns: which words, runs and
// lists call which patterns, what these need, and the tries of all units, each of
// which is read when a text first needs it. Hash tables are written without
// their free places. Numbers are little-endian.

// ErrSnapshot is returned for bytes that are no snapshot of a set.
var ErrSnapshot = errors.New("not a snapshot of these rules")

// Snapshot returns what Restore makes the program of again, in a tenth of the
// time. It is for the same build of this package only; what holds it must see
// to that, and that it comes back as it was.
func (p *Program) Snapshot() []byte {
	w := &writer{}
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
	for s := common; s < numScripts; s++ {
		if p.parts[s] == nil {
			w.number(0)
			continue
		}
		w.sized(func() { w.part(p, p.parts[s]()) })
	}
	return w.b
}

// Restore returns the program of a set whose Program wrote a snapshot. It keeps
// the snapshot, of which it reads what texts need when they need it. It does not
// ask the set for its patterns.
func Restore(set *rule.Set, snapshot []byte) (*Program, error) {
	r := &reader{b: snapshot}
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
	if r.failed {
		return nil, ErrSnapshot
	}
	p.grams = newGramFilter(p.regex)
	p.shared = symbol(len(p.frequency))
	for s := common; s < numScripts; s++ {
		written := r.bytes(r.number())
		if len(written) == 0 {
			continue
		}
		if p.parts[s] = sync.OnceValue(func() *part { return p.restore(s, written) }); s != common {
			p.scripts |= s.bit()
		}
	}
	if r.failed || p.parts[common] == nil {
		return nil, ErrSnapshot
	}
	p.order(p.parts[common]())
	return p, nil
}

func (w *writer) part(program *Program, p *part) {
	l := p.lexicon
	w.words(&l.words)
	put(w, l.phrases)
	v := l.vocab
	w.number(v.count)
	for _, e := range v.table {
		if e.hash != 0 {
			w.wide(e.hash)
			w.number(int(e.exact))
			w.number(int(e.prefix))
		}
	}
	w.number(len(v.lists))
	for _, list := range v.lists {
		put(w, list)
	}
	for _, bits := range v.prefixes {
		w.wide(bits)
	}
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
		w.sized(func() { w.trie(t) })
	}
	w.number(len(p.traits))
	for _, t := range p.traits {
		w.b = append(w.b, byte(t))
	}
	put(w, p.needs)
	for _, x := range []*index{&p.lists, &p.callers, &p.others} {
		put(w, x.first)
		put(w, x.all)
	}
}

func (w *writer) trie(t *trie) {
	w.number(len(t.nodes))
	for i := range t.nodes {
		w.number(int(t.nodes[i].beyond))
	}
	w.number(t.edges.count)
	for _, e := range t.edges.slots {
		if e.node != 0 {
			w.number(int(e.node))
			w.number(int(e.s))
			w.number(int(e.to))
		}
	}
	w.number(len(t.beyond))
	for _, b := range t.beyond {
		w.number(int(b.accept))
		w.number(int(b.gap))
		w.number(int(b.join))
	}
	w.number(len(t.accepts))
	for _, a := range t.accepts {
		w.number(int(a.slot))
		w.number(int(a.list))
		w.number(int(a.lang))
		w.number(int(a.next))
	}
	w.number(len(t.gaps))
	for _, g := range t.gaps {
		w.number(int(g.units))
		w.number(int(g.to))
		w.number(int(g.next))
	}
	w.number(len(t.joins))
	for _, j := range t.joins {
		w.number(int(j.to))
		w.number(int(j.next))
	}
}

func readTrie(written []byte) *trie {
	r := &reader{b: written}
	t := &trie{nodes: make([]node, r.number())}
	for i := range t.nodes {
		t.nodes[i].beyond = int32(r.number())
	}
	n := r.number()
	t.edges.reserve(n + 1)
	for range n {
		from, s, to := uint32(r.number()), symbol(r.number()), uint32(r.number())
		t.edges.put(from, s, to)
		t.nodes[from].mask |= 1 << (s & 63)
	}
	t.beyond = make([]beyond, r.number())
	for i := range t.beyond {
		t.beyond[i] = beyond{accept: int32(r.number()), gap: int32(r.number()), join: int32(r.number())}
	}
	t.accepts = make([]accept, r.number())
	for i := range t.accepts {
		t.accepts[i] = accept{ending{int32(r.number()), symbol(r.number()), uint8(r.number())}, int32(r.number())}
	}
	t.gaps = make([]gap, r.number())
	for i := range t.gaps {
		t.gaps[i] = gap{units: int32(r.number()), to: uint32(r.number()), next: int32(r.number())}
	}
	t.joins = make([]join, r.number())
	for i := range t.joins {
		t.joins[i] = join{uint32(r.number()), int32(r.number())}
	}
	t.open()
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
		w.wide(s.hash)
		w.number(int(s.value))
	}
}

// restore makes the part of a script.
func (p *Program) restore(s script, written []byte) *part {
	r := &reader{b: written}
	l := &lexicon{}
	restored := &part{script: s, lexicon: l}
	l.words.sorted = r.bytes(r.number())
	l.phrases = get[symbol](r)
	n := r.number()
	v := newVocabulary(n + 1)
	l.vocab = v
	for range n {
		e := v.place(r.wide())
		e.exact, e.prefix = symbols(int32(r.number())), symbols(int32(r.number()))
	}
	v.lists = make([][]symbol, r.number())
	for i := range v.lists {
		v.lists[i] = get[symbol](r)
	}
	for i := range v.prefixes {
		v.prefixes[i] = r.wide()
	}
	for range r.number() {
		word := r.text()
		v.addFuzzy(word, symbol(r.number()))
	}
	for range r.number() {
		run := atom{symbol(r.number()), symbol(r.number()), symbol(r.number())}
		slot := restored.runs.put(run)
		slot.symbol, slot.goesOn = symbol(r.number()), r.flag()
	}
	restored.units = make([]*unit, r.number())
	units := make([]unit, len(restored.units))
	for i := range units {
		u := &units[i]
		u.slot, u.list, u.whole, u.group = int32(r.number()), int32(r.number()), symbol(r.number()), symbol(r.number())
		u.lists, u.share = r.flag(), math.Float32frombits(uint32(r.number()))
		u.written = r.bytes(r.number())
		restored.units[i] = u
	}
	restored.number(p)
	traits := r.bytes(r.number())
	restored.traits = make([]trait, len(traits))
	for i, t := range traits {
		restored.traits[i] = trait(t)
	}
	restored.needs = get[symbol](r)
	for _, x := range []*index{&restored.lists, &restored.callers, &restored.others} {
		x.first = get[uint32](r)
		x.all = get[uint32](r)
	}
	return restored
}

// writer appends numbers and texts.
type writer struct{ b []byte }

func (w *writer) number(n int)  { w.b = binary.LittleEndian.AppendUint32(w.b, uint32(n)) }
func (w *writer) wide(n uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, n) }

// sized writes how many bytes something takes, and then the thing.
func (w *writer) sized(write func()) {
	start := len(w.b)
	w.number(0)
	write()
	binary.LittleEndian.PutUint32(w.b[start:], uint32(len(w.b)-start-wordSize))
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

// put writes numbers so that, from where the snapshot begins, each lies where a
// word may.
func put[T ~uint32](w *writer, all []T) {
	w.number(len(all))
	padding := (wordSize - (len(w.b)+1)%wordSize) % wordSize
	w.b = append(w.b, byte(padding))
	w.b = append(w.b, make([]byte, padding)...)
	for _, n := range all {
		w.number(int(n))
	}
}

const wordSize = 4

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

func (r *reader) wide() uint64 {
	if b := r.bytes(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (r *reader) flag() bool {
	b := r.bytes(1)
	return b != nil && b[0] != 0
}

func (r *reader) text() string { return string(r.bytes(r.number())) }

// get reads what put wrote: where it can, as it lies there, which spares a
// start some megabytes of memory. It is not to be written to.
func get[T ~uint32](r *reader) []T {
	n := r.number()
	if padding := r.bytes(1); padding != nil {
		r.bytes(int(padding[0]))
	}
	written := r.bytes(wordSize * n)
	if len(written) == 0 {
		return nil
	}
	if littleEndian && uintptr(unsafe.Pointer(&written[0]))%wordSize == 0 {
		return unsafe.Slice((*T)(unsafe.Pointer(&written[0])), n)
	}
	all := make([]T, n)
	for i := range all {
		all[i] = T(binary.LittleEndian.Uint32(written[wordSize*i:]))
	}
	return all
}

var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1
