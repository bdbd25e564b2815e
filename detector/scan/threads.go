package scan

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// threads holds the open threads of a scan.
type threads struct {
	detector *detector.Detector
	options  Options
	counts   *Counts
	workers  int
	open     map[message.Key]*thread
	order    []*thread            // by first message
	closed   map[message.Key]bool // with Grouped: threads that must not return
	current  message.Key
}

// thread is one conversation so far.
type thread struct {
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
			if err := t.options.Message(m, &f.matches); err != nil {
				return err
			}
		}
		var err error
		switch {
		case m.Thread != "":
			err = t.add(m, f)
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
func (t *threads) lone(m *message.Message, f *finding) *thread {
	th := &thread{matches: f.matches}
	if t.options.Message != nil {
		th.key = m.ThreadKey()
	}
	th.count(m, f.language, true)
	return th
}

func (t *threads) add(m *message.Message, f *finding) error {
	key := m.ThreadKey()
	if t.options.Grouped && key != t.current {
		if err := t.switchTo(key, m); err != nil {
			return err
		}
	}
	th := t.open[key]
	if th == nil {
		th = &thread{key: key}
		if t.open == nil {
			t.open = map[message.Key]*thread{}
		}
		t.open[key] = th
		t.order = append(t.order, th)
	}
	th.matches.Merge(f.matches)
	th.count(m, f.language, t.options.PerMessage)
	return nil
}

func (t *threads) switchTo(key message.Key, m *message.Message) error {
	if err := t.flush(); err != nil {
		return err
	}
	if t.closed == nil {
		t.closed = map[message.Key]bool{}
	}
	if t.closed[key] {
		return fmt.Errorf("%s: thread returns after it closed: the input is not grouped by thread", m.Source)
	}
	t.closed[key], t.current = true, key
	return nil
}

func (th *thread) count(m *message.Message, language string, perMessage bool) {
	if !m.System {
		th.messages++
	}
	if perMessage && !m.System {
		th.ids = append(th.ids, m.ID)
	}
	if language != "" {
		th.languages.Add(language, 1)
	}
}

// flush judges every open thread, in the order of their first messages, several
// at a time.
func (t *threads) flush() error {
	var verdicts [flushed]detector.Verdict
	for start := 0; start < len(t.order); start += flushed {
		some := t.order[start:min(start+flushed, len(t.order))]
		if t.options.PerMessage || len(some) == 1 {
			for _, th := range some {
				if err := t.judge(th); err != nil {
					return err
				}
			}
			continue
		}
		t.judgeSome(some, verdicts[:])
		for i := range some {
			some[i] = nil
			v := verdicts[i]
			if err := t.give(&v); err != nil {
				return err
			}
		}
	}
	clear(t.order)
	t.order, t.open = t.order[:0], nil
	return nil
}

// flushed is how many threads are judged before their verdicts are given out.
const flushed = 256

// judgeSome judges threads side by side.
func (t *threads) judgeSome(some []*thread, verdicts []detector.Verdict) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range t.workers {
		workers.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(some); i = next.Add(1) - 1 {
				verdicts[i] = t.verdict(some[i])
			}
		})
	}
	workers.Wait()
}

func (t *threads) judge(th *thread) error {
	if t.options.PerMessage && t.options.Thread == nil {
		t.counts.Threads++
		return t.judgeEach(th)
	}
	v := t.verdict(th)
	if !t.options.PerMessage {
		return t.give(&v)
	}
	t.counts.Threads++
	if err := t.options.Thread(&v); err != nil {
		return err
	}
	return t.judgeEach(th)
}

// verdict is that about a thread. It changes nothing, and may run at any time
// beside the rest.
func (t *threads) verdict(th *thread) detector.Verdict {
	v := t.detector.Judge(th.matches)
	v.Key = th.key
	t.detector.Annotate(&v, th.messages, th.languages)
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
func (t *threads) judgeEach(th *thread) error {
	byID := map[string]detector.Verdict{}
	t.detector.JudgeEach(th.matches, func(v detector.Verdict) { byID[v.Message] = v })
	last := t.detector.Judge(detector.Matches{Thread: th.matches.Thread, Source: th.matches.Source})
	for _, id := range th.ids {
		if v, ok := byID[id]; ok {
			last = v
		}
		v := last
		v.Message, v.Key = id, th.key
		v.Evidence = slices.DeleteFunc(slices.Clone(v.Evidence), func(e detector.Evidence) bool { return e.Message != id })
		t.detector.Annotate(&v, th.messages, th.languages)
		if err := t.options.Verdict(&v); err != nil {
			return err
		}
	}
	return nil
}
