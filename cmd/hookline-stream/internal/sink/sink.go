package sink

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
)

// Item is a message that was matched.
type Item struct {
	matches detector.Matches
	thread  message.Key
	row     *Row // of a message in which something was found that counts by itself
	lone    bool // no other message will ever be of its thread
}

// Match matches a message. Safe for concurrent use.
func Match(d *detector.Detector, m *message.Message) Item {
	item := Item{matches: d.Match(m), thread: m.ThreadKey(), lone: m.Thread == ""}
	hint := d.Hint(&item.matches)
	if d.Possible(&hint) && !(item.lone && quiet(d.Judge(item.matches))) {
		item.row = &Row{Message: m.Key(), Thread: item.thread, Matches: d.AppendMatches(nil, &item.matches)}
	}
	return item
}

// quiet says whether a verdict reports nothing: what was found came to nothing,
// so far.
func quiet(v detector.Verdict) bool {
	return len(v.Evidence)+len(v.Opposing)+len(v.Identifiers) == 0
}

// Outcome counts what a write did.
type Outcome struct {
	Rows     int // new matches of messages
	Repeats  int // messages whose matches were there already
	Threads  int // whose state changed
	Verdicts int // that were judged again and report something
}

// Sink writes to a store. Not for concurrent use.
type Sink struct {
	detector *detector.Detector
	store    Store
	known    frames
	workers  int
}

// New makes a sink whose detector is that of the store's rule set. Workers is
// how many threads are judged at once.
func New(d *detector.Detector, store Store, workers int) *Sink {
	return &Sink{detector: d, store: store, workers: max(1, workers)}
}

// Write writes what was found in messages. When it returns, all of it is
// committed; on an error, all or nothing is.
func (s *Sink) Write(ctx context.Context, items []Item) (Outcome, error) {
	fresh := map[message.Key]*detector.Matches{}
	var batch Batch
	for i := range items {
		item := &items[i]
		if item.row == nil && (item.lone || s.known.absorb(item.thread, &item.matches)) {
			continue
		}
		if item.row != nil {
			batch.Rows = append(batch.Rows, *item.row)
		}
		if fresh[item.thread] == nil {
			fresh[item.thread] = new(detector.Matches)
			batch.Threads = append(batch.Threads, item.thread)
		}
		fresh[item.thread].Merge(item.matches)
	}
	if len(batch.Threads) == 0 {
		return Outcome{}, nil
	}
	slices.SortFunc(batch.Threads, compareKeys)
	slices.SortFunc(batch.Rows, func(a, b Row) int { return compareKeys(a.Message, b.Message) })
	sent := len(batch.Rows)
	batch.Rows = slices.CompactFunc(batch.Rows, func(a, b Row) bool { return a.Message == b.Message })
	var done Outcome
	known := make([]detector.Matches, len(batch.Threads))
	inserted, err := s.store.Write(ctx, batch, func(states [][]byte) ([]Thread, error) {
		written, err := s.settle(batch.Threads, states, fresh, known)
		done.Threads = len(written)
		for i := range written {
			if !written[i].Quiet {
				done.Verdicts++
			}
		}
		return written, err
	})
	if err != nil {
		return Outcome{}, err
	}
	for i, key := range batch.Threads {
		s.known.put(key, known[i])
	}
	done.Rows, done.Repeats = inserted, sent-inserted
	return done, nil
}

// settle merges what is fresh into the states and judges where that changed
// anything. It leaves in known what the database will know of each thread.
func (s *Sink) settle(threads []message.Key, states [][]byte, fresh map[message.Key]*detector.Matches, known []detector.Matches) ([]Thread, error) {
	settled := make([]Thread, len(threads))
	var group errgroup.Group
	group.SetLimit(s.workers)
	const some = 32 // threads a goroutine takes at once
	for start := 0; start < len(threads); start += some {
		group.Go(func() error {
			for i := start; i < min(start+some, len(threads)); i++ {
				var err error
				if settled[i], known[i], err = s.merge(states[i], fresh[threads[i]]); err != nil {
					return fmt.Errorf("thread %v: %w", threads[i], err)
				}
				settled[i].Key = threads[i]
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(settled, func(t Thread) bool { return t.State == nil }), nil
}

// merge returns the thread as it is with what is fresh; without a State if that
// changes nothing.
func (s *Sink) merge(old []byte, fresh *detector.Matches) (t Thread, frame detector.Matches, err error) {
	var state detector.Matches
	if len(old) > 0 {
		if state, err = s.detector.DecodeMatches(old); err != nil {
			return t, frame, err
		}
	}
	state.Merge(*fresh)
	frame = state.Frame()
	encoded := s.detector.AppendMatches(nil, &state)
	if bytes.Equal(encoded, old) {
		return t, frame, nil
	}
	return Judged(s.detector, state, encoded), frame, nil
}

// Judged is the thread that follows from a state.
func Judged(d *detector.Detector, state detector.Matches, encoded []byte) Thread {
	t := Thread{State: encoded, Quiet: true, Band: bandNumber(rule.P4), Queue: rule.NoQueue.String()}
	if state.Said() {
		v := d.Judge(state)
		t.Quiet = quiet(v)
		d.Annotate(&v, 0, nil)
		t.Verdict, t.Band, t.Queue, t.Score = withoutNUL(v.AppendJSON(nil)), bandNumber(v.Band), v.Queue.String(), v.Score
	}
	return t
}

// withoutNUL writes the escape of NUL as that of U+FFFD: PostgreSQL keeps the
// one as JSON and then fails whoever asks for the field, which no sender may
// cause.
func withoutNUL(text []byte) []byte {
	const escape = `\u0000`
	if !bytes.Contains(text, []byte(escape)) {
		return text
	}
	out := make([]byte, 0, len(text))
	for i := 0; i < len(text); i++ {
		switch {
		case bytes.HasPrefix(text[i:], []byte(escape)):
			out = append(out, `\ufffd`...)
			i += len(escape) - 1
		case text[i] == '\\' && i+1 < len(text):
			out = append(out, text[i], text[i+1])
			i++
		default:
			out = append(out, text[i])
		}
	}
	return out
}

// bandNumber is 0 for P0 and 4 for P4.
func bandNumber(b rule.Band) int { return int(rule.P0) - int(b) }

func compareKeys(a, b message.Key) int { return bytes.Compare(a[:], b[:]) }
