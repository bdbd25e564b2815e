package match

import (
	"cmp"
	"encoding/binary"
	"errors"
	"math"
	"regexp"
	"slices"
	"sync"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/snapshot"
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
	w := &snapshot.Writer{}
	w.Checked(func() {
		w.Text(p.set.Hash)
		w.Number(len(p.languages))
		for _, lang := range p.languages {
			w.Text(lang)
		}
		w.Number(len(p.regex))
		for i := range p.regex {
			w.Text(p.regex[i].text)
			w.Text(p.regex[i].literal)
			w.Flag(p.regex[i].spaceless)
		}
	})
	for s := common; s < numScripts; s++ {
		var tries snapshot.Writer
		w.Checked(func() {
			if p.parts[s] != nil {
				writePart(w, &tries, p, p.parts[s]())
			}
		})
		snapshot.Put(w, tries.Bytes)
	}
	return w.Bytes
}

// Restore returns the program of a set whose Program wrote a snapshot. It keeps
// the snapshot, of which it reads what texts need when they need it. It does not
// ask the set for its patterns, unless then something is not as it was written.
func Restore(set *rule.Set, kept []byte) (*Program, error) {
	all := &snapshot.Reader{Bytes: kept}
	head := all.Checked()
	r := &snapshot.Reader{Bytes: head.Bytes}
	if !head.Valid() || r.Text() != set.Hash {
		return nil, ErrSnapshot
	}
	p := newProgram(set, scriptOf)
	for range r.Number() {
		p.languages = append(p.languages, r.Text())
	}
	for range r.Number() {
		text := r.Text()
		p.regex = append(p.regex, regex{text, sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) }), r.Text(), p.symbol(regexShare), r.Flag()})
	}
	p.grams = newGramFilter(p.regex)
	p.shared = symbol(len(p.frequency))
	for s := common; s < numScripts; s++ {
		written, tries := all.Checked(), snapshot.Get[byte](all)
		if all.Failed || s == common && !written.Valid() {
			return nil, ErrSnapshot
		}
		if len(written.Bytes) == 0 {
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

// writePart writes a part, and its tries apart.
func writePart(w, tries *snapshot.Writer, program *Program, p *part) {
	l := p.lexicon
	writeWords(w, &l.words)
	snapshot.Put(w, l.phrases)
	v := l.vocab
	snapshot.Put(w, v.table)
	snapshot.Put(w, v.lists)
	snapshot.Put(w, v.prefixes[:])
	w.Number(len(v.allFuzzy))
	for _, f := range v.allFuzzy {
		w.Text(string(f.word))
		w.Number(int(f.symbol))
	}
	w.Number(p.runs.count)
	for i := range p.runs.slots {
		if slot := &p.runs.slots[i]; slot.run != (atom{}) {
			for _, s := range slot.run {
				w.Number(int(s))
			}
			w.Number(int(slot.symbol))
			w.Flag(slot.goesOn)
		}
	}
	w.Number(len(p.units))
	for _, u := range p.units {
		w.Number(int(u.slot))
		w.Number(int(u.list))
		w.Number(int(u.whole))
		w.Number(int(u.group))
		w.Flag(u.lists)
		w.Number(int(math.Float32bits(u.share)))
		t := u.compiled.Load()
		if t == nil {
			t = p.build(program, u)
		}
		start := len(tries.Bytes)
		writeTrie(tries, t)
		w.Number(len(tries.Bytes) - start)
		w.Number(int(snapshot.Sum(tries.Bytes[start:])))
	}
	snapshot.Put(w, p.traits)
	snapshot.Put(w, p.needs)
	for _, x := range []*index{&p.lists, &p.callers, &p.others} {
		snapshot.Put(w, x.first)
		snapshot.Put(w, x.all)
	}
}

func writeTrie(w *snapshot.Writer, t *trie) {
	snapshot.Put(w, t.begins)
	snapshot.Put(w, t.nodes)
	snapshot.Put(w, t.edges.slots)
	snapshot.Put(w, t.beyond)
	snapshot.Put(w, t.accepts)
	snapshot.Put(w, t.gaps)
	snapshot.Put(w, t.joins)
}

// readTrie is the one that was written, nil where none was, or it is not as it
// was written.
func readTrie(written snapshot.Checked) *trie {
	if len(written.Bytes) == 0 || !written.Valid() {
		return nil
	}
	r := &snapshot.Reader{Bytes: written.Bytes}
	t := &trie{begins: snapshot.Get[uint64](r), nodes: snapshot.Get[node](r), edges: edgeTable{slots: snapshot.Get[edgeSlot](r)}, beyond: snapshot.Get[beyond](r),
		accepts: snapshot.Get[accept](r), gaps: snapshot.Get[gap](r), joins: snapshot.Get[join](r)}
	t.edges.mask = uint64(len(t.edges.slots) - 1)
	return t
}

// writeWords writes a table as it is read: sorted.
func writeWords(w *snapshot.Writer, t *internTable) {
	if t.sorted != nil {
		w.Number(len(t.sorted))
		w.Bytes = append(w.Bytes, t.sorted...)
		return
	}
	taken := slices.DeleteFunc(slices.Clone(t.slots), func(s internSlot) bool { return s.hash == 0 })
	slices.SortFunc(taken, func(a, b internSlot) int { return cmp.Compare(a.hash, b.hash) })
	w.Number(len(taken) * sortedSize)
	for _, s := range taken {
		w.Bytes = binary.LittleEndian.AppendUint64(w.Bytes, s.hash)
		w.Number(int(s.value))
	}
}

// restore makes the part of a script: of its patterns, if it is not as it was
// written.
func (p *Program) restore(s script, written snapshot.Checked, tries []byte) *part {
	if s != common && !written.Valid() {
		var todo []job
		p.each(func(of script, j job) {
			if of == s {
				todo = append(todo, j)
			}
		})
		compiled, _ := newPart(p, s, todo) // without fault when it was written
		return compiled
	}
	r := &snapshot.Reader{Bytes: written.Bytes}
	l := &lexicon{}
	restored := &part{script: s, lexicon: l}
	l.words.sorted = r.Take(r.Number())
	l.phrases = snapshot.Get[symbol](r)
	v := &vocabulary{table: snapshot.Get[entry](r), lists: snapshot.Get[symbol](r), fuzzy: map[uint64][]fuzzyWord{}}
	v.mask = uint64(len(v.table) - 1)
	copy(v.prefixes[:], snapshot.Get[uint64](r))
	for range r.Number() {
		word := r.Text()
		v.addFuzzy(word, symbol(r.Number()))
	}
	l.vocab = v
	for range r.Number() {
		run := atom{symbol(r.Number()), symbol(r.Number()), symbol(r.Number())}
		slot := restored.runs.put(run)
		slot.symbol, slot.goesOn = symbol(r.Number()), r.Flag()
	}
	restored.units = make([]*unit, r.Number())
	units, rest := make([]unit, len(restored.units)), &snapshot.Reader{Bytes: tries}
	for i := range units {
		u := &units[i]
		u.slot, u.list, u.whole, u.group = int32(r.Number()), int32(r.Number()), symbol(r.Number()), symbol(r.Number())
		u.lists, u.share = r.Flag(), math.Float32frombits(uint32(r.Number()))
		u.written = snapshot.Checked{Bytes: rest.Take(r.Number()), Sum: uint32(r.Number())}
		restored.units[i] = u
	}
	restored.number(p)
	restored.traits = snapshot.Get[trait](r)
	restored.needs = snapshot.Get[symbol](r)
	for _, x := range []*index{&restored.lists, &restored.callers, &restored.others} {
		x.first = snapshot.Get[uint32](r)
		x.all = snapshot.Get[uint32](r)
	}
	return restored
}
