package casebook

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// Message is a message as it is kept: with the rules it is evidence for and
// what ties it to others.
type Message struct {
	message.Message
	Tags        []string
	Identifiers []detector.Identifier

	sent string // Sent, before it is parsed
	line int64  // of Source, one up; 0 for none

	marks []string // for the index, while it is written
}

// Thread is a conversation as it is kept.
type Thread struct {
	Key      message.Key
	ID       string // name of the thread; of a lone message, the message's
	Band     rule.Band
	Queue    rule.Queue
	Score    float64
	Language string
	Kept     time.Time // day on which it was first kept
	Messages []Message // in the order of the thread
	// Verdict is that of the last scan. Of a thread that is no alert only what
	// stands in the other fields is kept.
	Verdict detector.Verdict
	// Safety says that the thread lies apart, in the index of the safety queue.
	Safety bool
}

// Plain returns the messages as they were read, in the order of the thread.
func (t *Thread) Plain() []message.Message {
	plain := make([]message.Message, len(t.Messages))
	for i := range t.Messages {
		plain[i] = t.Messages[i].Message
	}
	return plain
}

// Bounds of a chunk. Larger ones make indexing cheaper (32 messages a chunk
// take half the time of one a chunk) and a hit dearer to read.
const (
	chunkMessages = 32
	chunkBytes    = 16 << 10
)

const secondsPerDay = 24 * 60 * 60

// chunks cuts a thread. The cut follows from the messages alone, so that a
// thread that grows keeps its first chunks.
func (t *Thread) chunks() []chunk {
	h := head{
		thread: t.ID, band: t.Band, queue: t.Queue, score: t.Score, language: t.Language,
		kept: int(t.Kept.Unix() / secondsPerDay),
	}
	var all []chunk
	for from := 0; from < len(t.Messages); {
		size, to := len(t.Messages[from].Text), from+1
		for to < len(t.Messages) && to-from < chunkMessages && size+len(t.Messages[to].Text) <= chunkBytes {
			size += len(t.Messages[to].Text)
			to++
		}
		h.namespace, h.lone = t.Messages[from].Namespace, t.Messages[from].Thread == ""
		all = append(all, chunk{head: h, number: len(all), messages: t.Messages[from:to]})
		from = to
	}
	for i := range all {
		all[i].of = len(all)
	}
	if alert(t.Band) && len(all) > 0 {
		if verdict, err := json.Marshal(&t.Verdict); err == nil {
			all[0].verdict = string(verdict)
		}
	}
	return all
}

func alert(b rule.Band) bool { return b > rule.P4 }

// restore puts the chunks of a thread together.
func restore(key message.Key, chunks []chunk) *Thread {
	if len(chunks) == 0 {
		return nil
	}
	c := &chunks[0]
	t := &Thread{
		Key: key, ID: c.thread, Band: c.band, Queue: c.queue, Score: c.score, Language: c.language,
		Kept: time.Unix(int64(c.kept)*secondsPerDay, 0).UTC(),
	}
	for i := range chunks {
		t.Messages = append(t.Messages, chunks[i].messages...)
	}
	for i := range t.Messages {
		t.Messages[i].finish()
	}
	if c.verdict == "" || json.Unmarshal([]byte(c.verdict), &t.Verdict) != nil {
		t.Verdict = detector.Verdict{Thread: t.ID, Band: t.Band, Queue: t.Queue, Score: t.Score, Language: t.Language, Messages: len(t.Messages)}
	}
	return t
}

// arrange puts messages in the order in which a verdict reads them.
func arrange(all []Message) {
	var basis message.Basis
	for i := range all {
		basis = basis.Merge(all[i].Order().Basis())
	}
	slices.SortStableFunc(all, func(a, b Message) int {
		if c := basis.Compare(a.Order(), b.Order()); c != 0 {
			return c
		}
		x, y := a.Key(), b.Key()
		return slices.Compare(x[:], y[:])
	})
}
