package scan

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// threads holds the open threads of a scan: a few numbers each in a table, and
// what was found in a log.
type threads struct {
	detector *detector.Detector
	options  Options
	counts   *Counts
	workers  int
	open     table
	log      log
	record   []byte                   // scratch
	judged   []judged                 // scratch
	closed   map[message.Key]struct{} // with Grouped: threads that must not return
	current  message.Key
}

// conversation is a thread as it is judged.
type conversation struct {
	key       message.Key
	matches   detector.Matches
	messages  int
	languages detector.Languages
	ids       []string // with PerMessage: in the order of arrival
}

// take merges a batch, message by message.
func (t *threads) take(b *batch) error {
	for i := range b.messages {
		m, f := &b.messages[i], &b.found[i]
		t.counts.Messages++
		if m.Scored() {
			t.counts.Scanned++
		}
		if t.options.Message != nil {
			if err := t.options.Message(m); err != nil {
				return err
			}
		}
		var err error
		switch {
		case m.Thread != "":
			err = t.add(m, f, b.states[f.from:f.to])
		case t.options.PerMessage:
			err = t.judge(t.lone(m, f))
		default:
			err = t.give(&f.verdict)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lone is the thread of a message that is in none.
func (t *threads) lone(m *message.Message, f *finding) *conversation {
	c := &conversation{key: f.key, matches: f.matches}
	if !m.System {
		c.messages, c.ids = 1, []string{m.ID}
	}
	if f.language != "" {
		c.languages.Add(f.language, 1)
	}
	return c
}

// add enters a message of a thread; state is what was found in it, empty for
// nothing.
func (t *threads) add(m *message.Message, f *finding, state []byte) error {
	if t.options.Grouped && f.key != t.current {
		if err := t.switchTo(f.key, m); err != nil {
			return err
		}
	}
	th, known := t.open.find(f.key)
	if !known {
		th = t.open.insert(f.key)
	}
	if !m.System {
		th.messages++
	}
	if f.language != "" {
		t.open.count(th, f.language)
	}
	th.hint.Merge(f.hint)
	earlier, news := t.open.learn(th, m)
	listed := t.options.PerMessage && !m.System
	if len(state) == 0 && !news && !listed {
		return nil
	}
	t.record = t.record[:0]
	if listed {
		t.record = appendText(t.record, m.ID)
	} else {
		t.record = appendText(t.record, "")
	}
	if len(state) == 0 && news {
		frame := detector.FrameOf(m)
		t.record = t.detector.AppendMatches(t.record, &frame)
	}
	t.record = append(t.record, state...)
	at, err := t.log.add(th.last, t.record)
	if err != nil {
		return err
	}
	if th.last = at; earlier {
		th.first = at
	}
	return nil
}

func appendText(dst []byte, text string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(text))), text...)
}

func (t *threads) switchTo(key message.Key, m *message.Message) error {
	if err := t.flush(); err != nil {
		return err
	}
	if t.closed == nil {
		t.closed = map[message.Key]struct{}{}
	}
	if _, ok := t.closed[key]; ok {
		return fmt.Errorf("%s: thread returns after it closed: the input is not grouped by thread", m.Source)
	}
	t.closed[key], t.current = struct{}{}, key
	return nil
}

// flushed is how many threads are judged before their verdicts are given out.
const flushed = 256

// judged is a thread and, unless there is one for each message, its verdict.
type judged struct {
	conversation *conversation
	verdict      detector.Verdict
	err          error
}

// flush judges every open thread, in the order of their first messages, several
// at a time.
func (t *threads) flush() error {
	if t.judged == nil {
		t.judged = make([]judged, flushed)
	}
	some := t.judged
	for start := 0; start < t.open.size; start += flushed {
		n := min(flushed, t.open.size-start)
		t.judgeSome(start, some[:n])
		for i := range some[:n] {
			j := &some[i]
			err := j.err
			switch {
			case err != nil:
			case t.options.PerMessage:
				err = t.judge(j.conversation)
			default:
				v := j.verdict
				err = t.give(&v)
			}
			if err != nil {
				return err
			}
			*j = judged{}
		}
	}
	t.open.clear()
	t.log.reset()
	return nil
}

// judgeSome reads and judges threads side by side.
func (t *threads) judgeSome(start int, some []judged) {
	var next atomic.Int64
	work := func() {
		for i := int(next.Add(1) - 1); i < len(some); i = int(next.Add(1) - 1) {
			t.judgeOne(t.open.at(start+i), &some[i])
		}
	}
	if len(some) == 1 {
		work()
		return
	}
	var workers sync.WaitGroup
	for range t.workers {
		workers.Go(work)
	}
	workers.Wait()
}

func (t *threads) judgeOne(th *thread, j *judged) {
	c := &conversation{key: th.key, messages: int(th.messages), languages: t.open.languages(th)}
	if t.options.PerMessage || th.unsure || t.detector.Possible(&th.hint) {
		c.matches, c.ids, j.err = t.load(th)
	} else {
		c.matches, j.err = t.frame(th)
	}
	if j.err != nil {
		return
	}
	if t.options.PerMessage {
		j.conversation = c
		return
	}
	j.verdict = t.verdict(c)
}

// frame is what the earliest message says about a thread in which nothing was
// found that counts.
func (t *threads) frame(th *thread) (detector.Matches, error) {
	_, m, _, err := t.recordAt(th.first)
	return detector.Matches{Thread: m.Thread, Source: m.Source}, err
}

// loaded is how many records are merged before they join the rest.
const loaded = 256

// load merges what the log has about a thread.
func (t *threads) load(th *thread) (all detector.Matches, ids []string, err error) {
	some := make([]detector.Matches, 0, 16)
	for at := th.last; at != 0; {
		id, m, before, err := t.recordAt(at)
		if err != nil {
			return all, nil, err
		}
		if t.options.PerMessage && id != "" {
			ids = append(ids, id)
		}
		if some = append(some, m); len(some) == loaded {
			all.Merge(merged(some))
			some = some[:0]
		}
		at = before
	}
	all.Merge(merged(some))
	slices.Reverse(ids)
	return all, ids, nil
}

// merged merges in pairs, so that nothing is copied often.
func merged(some []detector.Matches) detector.Matches {
	switch len(some) {
	case 0:
		return detector.Matches{}
	case 1:
		return some[0]
	}
	left := merged(some[:len(some)/2])
	left.Merge(merged(some[len(some)/2:]))
	return left
}

// recordAt reads a record: the id of its message, with PerMessage, and what was
// found in it.
func (t *threads) recordAt(at place) (id string, m detector.Matches, before place, err error) {
	record, before, err := t.log.read(at)
	if err != nil {
		return "", m, 0, err
	}
	size, n := binary.Uvarint(record)
	id, state := string(record[n:n+int(size)]), record[n+int(size):]
	if len(state) > 0 {
		m, err = t.detector.DecodeMatches(state)
	}
	return id, m, before, err
}

func (t *threads) judge(c *conversation) error {
	t.counts.Threads++
	if t.options.Thread != nil {
		v := t.verdict(c)
		if err := t.options.Thread(&v); err != nil {
			return err
		}
	}
	return t.judgeEach(c)
}

// verdict is that about a thread. It changes nothing, and may run at any time
// beside the rest.
func (t *threads) verdict(c *conversation) detector.Verdict {
	v := t.detector.Judge(c.matches)
	v.Key = c.key
	t.detector.Annotate(&v, c.messages, c.languages)
	return v
}

// give gives out the verdict about a thread.
func (t *threads) give(v *detector.Verdict) error {
	t.counts.Threads++
	if t.options.Thread != nil {
		if err := t.options.Thread(v); err != nil {
			return err
		}
	}
	return t.options.Verdict(v)
}

// judgeEach gives out a verdict for each message: of a message in which
// nothing was found, that of the thread up to it.
func (t *threads) judgeEach(c *conversation) error {
	byID := map[string]detector.Verdict{}
	t.detector.JudgeEach(c.matches, func(v detector.Verdict) { byID[v.Message] = v })
	last := t.detector.Judge(detector.Matches{Thread: c.matches.Thread, Source: c.matches.Source})
	for _, id := range c.ids {
		if v, ok := byID[id]; ok {
			last = v
		}
		v := last
		v.Message, v.Key = id, c.key
		v.Evidence = slices.DeleteFunc(slices.Clone(v.Evidence), func(e detector.Evidence) bool { return e.Message != id })
		t.detector.Annotate(&v, c.messages, c.languages)
		if err := t.options.Verdict(&v); err != nil {
			return err
		}
	}
	return nil
}
