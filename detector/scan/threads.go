package scan

import (
	"fmt"
	"slices"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
)

// threads holds the open threads of a scan.
type threads struct {
	detector *detector.Detector
	options  Options
	counts   *Counts
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
	languages []languageCount
	ids       []string // with PerMessage: in the order of arrival
}

type languageCount struct {
	code  string
	count int
}

// take merges a batch, message by message.
func (t *threads) take(b *batch) error {
	for i := range b.messages {
		m := &b.messages[i]
		t.counts.Messages++
		if m.Scored() {
			t.counts.Scanned++
		}
		if t.options.Message != nil {
			if err := t.options.Message(m, &b.matches[i]); err != nil {
				return err
			}
		}
		language := ""
		if b.language != nil {
			language = b.language[i]
		}
		if err := t.add(m, b.matches[i], language); err != nil {
			return err
		}
	}
	return nil
}

func (t *threads) add(m *message.Message, matches detector.Matches, language string) error {
	if m.Thread == "" {
		lone := thread{matches: matches}
		if t.options.Message != nil {
			lone.key = m.ThreadKey()
		}
		lone.count(m, language, t.options.PerMessage)
		return t.judge(&lone)
	}
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
	th.matches.Merge(matches)
	th.count(m, language, t.options.PerMessage)
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
	if language == "" {
		return
	}
	for i := range th.languages {
		if th.languages[i].code == language {
			th.languages[i].count++
			return
		}
	}
	th.languages = append(th.languages, languageCount{language, 1})
}

// flush judges every open thread, in the order of their first messages.
func (t *threads) flush() error {
	for i, th := range t.order {
		t.order[i] = nil
		if err := t.judge(th); err != nil {
			return err
		}
	}
	t.order, t.open = t.order[:0], nil
	return nil
}

func (t *threads) judge(th *thread) error {
	t.counts.Threads++
	if t.options.PerMessage && t.options.Thread == nil {
		return t.judgeEach(th)
	}
	v := t.detector.Judge(th.matches)
	v.Key = th.key
	th.annotate(t.detector, &v)
	if t.options.Thread != nil {
		if err := t.options.Thread(&v); err != nil {
			return err
		}
	}
	if t.options.PerMessage {
		return t.judgeEach(th)
	}
	return t.options.Verdict(&v)
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
		th.annotate(t.detector, &v)
		if err := t.options.Verdict(&v); err != nil {
			return err
		}
	}
	return nil
}

// annotate adds what the reader counted.
func (th *thread) annotate(d *detector.Detector, v *detector.Verdict) {
	counts := make(map[string]int, len(th.languages))
	for _, l := range th.languages {
		counts[l.code] = l.count
	}
	d.Annotate(v, th.messages, counts)
}
