package scan

import (
	"encoding/binary"
	"hash/maphash"
	"slices"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// thread is what is held of an open thread: numbers only, so that a million of
// them is nothing to a garbage collector. Names and findings are in the log.
type thread struct {
	key      message.Key
	earliest spot
	senders  [3]uint64 // hashes of the first few
	hint     detector.Hint
	last     place // of its records
	first    place // of the record of the earliest message
	messages uint32
	language [3]tally
	basis    message.Basis
	unsure   bool // which message is the earliest, only ids tell
}

// spot is the place of a message in its thread, but for its id.
type spot struct {
	sent          message.Time
	seq, position int64
	hasSeq        bool
}

func (s spot) order() message.Order {
	return message.Order{Sent: s.sent, Seq: s.seq, HasSeq: s.hasSeq, Position: s.position}
}

// tally counts messages in a language, by its number from 1.
type tally struct {
	language uint16
	messages uint32
}

// slab is how many threads are allocated at once.
const slab = 2048

// table holds threads by key and in the order of their first messages.
type table struct {
	slabs [][]thread
	size  int
	slots []int32 // index of a thread + 1, by hash
	codes []string
	more  map[message.Key]detector.Languages // beyond the first few of a thread
	seed  maphash.Seed
}

// at is the thread of a number.
func (t *table) at(i int) *thread { return &t.slabs[i/slab][i%slab] }

// slot is where a key is, or would be: keys are hashes already.
func (t *table) slot(key *message.Key) *int32 {
	mask := uint64(len(t.slots) - 1)
	for i := binary.LittleEndian.Uint64(key[:]) & mask; ; i = (i + 1) & mask {
		if n := t.slots[i]; n == 0 || t.at(int(n-1)).key == *key {
			return &t.slots[i]
		}
	}
}

func (t *table) find(key message.Key) (*thread, bool) {
	if t.size == 0 {
		return nil, false
	}
	n := *t.slot(&key)
	if n == 0 {
		return nil, false
	}
	return t.at(int(n - 1)), true
}

// insert adds a thread that is not there.
func (t *table) insert(key message.Key) *thread {
	if 2*(t.size+1) > len(t.slots) {
		t.slots = make([]int32, max(64, 2*len(t.slots)))
		for i := range t.size {
			*t.slot(&t.at(i).key) = int32(i + 1)
		}
	}
	if t.size == len(t.slabs)*slab {
		t.slabs = append(t.slabs, make([]thread, slab))
	}
	*t.slot(&key) = int32(t.size + 1)
	th := t.at(t.size)
	t.size++
	*th = thread{key: key}
	return th
}

// clear forgets all threads.
func (t *table) clear() {
	if len(t.slots) > 1<<16 {
		t.slots = nil
	}
	clear(t.slots)
	if len(t.slabs) > 1 {
		t.slabs = t.slabs[:1:1]
	}
	t.size, t.more = 0, nil
}

// learn takes in what a message says about its thread besides what was found:
// whether it is the earliest so far, and whether it says anything new.
func (t *table) learn(th *thread, m *message.Message) (earlier, news bool) {
	here := spot{m.Sent, m.Seq, m.Position, m.HasSeq}
	basis := th.basis.Merge(here.order().Basis())
	switch c := here.order().Compare(th.earliest.order()); {
	case th.basis == 0 || c < 0:
		th.earliest, earlier = here, true
	case c == 0:
		th.unsure, news = true, true
	}
	news = news || earlier || basis != th.basis
	th.basis = basis
	if m.Sender == "" {
		return earlier, news
	}
	if t.seed == (maphash.Seed{}) {
		t.seed = maphash.MakeSeed()
	}
	sender := maphash.String(t.seed, m.Sender) | 1
	for i, known := range th.senders {
		if known == sender {
			return earlier, news
		}
		if known == 0 {
			th.senders[i] = sender
			break
		}
	}
	return earlier, true
}

// count counts a message in a language.
func (t *table) count(th *thread, code string) {
	i := slices.Index(t.codes, code)
	if i < 0 {
		i = len(t.codes)
		t.codes = append(t.codes, code)
	}
	language := uint16(i + 1)
	for k := range th.language {
		l := &th.language[k]
		if l.language == 0 || l.language == language {
			l.language = language
			l.messages++
			return
		}
	}
	if t.more == nil {
		t.more = map[message.Key]detector.Languages{}
	}
	more := t.more[th.key]
	more.Add(code, 1)
	t.more[th.key] = more
}

// languages are the counts of a thread.
func (t *table) languages(th *thread) detector.Languages {
	all := slices.Clone(t.more[th.key])
	for _, l := range th.language {
		if l.language > 0 {
			all.Add(t.codes[l.language-1], int(l.messages))
		}
	}
	return all
}
