package casebook

import (
	"context"
	"fmt"
	"time"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/textindex"
)

// Filter chooses threads. The fields that are set must all hold; the zero
// Filter chooses nothing.
type Filter struct {
	Thread string    // the thread's name
	Source string    // a file that a message of it was read from
	Before time.Time // its last message was sent before; where no time is known, it was kept before

	queue string // of these alone
	aged  time.Time
}

func (f *Filter) empty() bool {
	return f.Thread == "" && f.Source == "" && f.Before.IsZero() && f.queue == ""
}

// holds says whether a thread is meant.
func (f *Filter) holds(t *Thread) bool {
	if f.Thread != "" && t.ID != f.Thread || f.queue != "" && (t.Queue.String() != f.queue || !t.Kept.Before(f.aged)) {
		return false
	}
	last, source := time.Time{}, f.Source == ""
	for i := range t.Messages {
		m := &t.Messages[i]
		if file, _ := splitLine(m.Source); file == f.Source {
			source = true
		}
		if !m.Sent.IsZero() && m.Sent.Clock().After(last) {
			last = m.Sent.Clock()
		}
	}
	if last.IsZero() {
		last = t.Kept
	}
	return source && (f.Before.IsZero() || last.Before(f.Before))
}

// keys are what a thread must have in the index to be meant; none where the
// index cannot tell.
func (f *Filter) keys() []string {
	switch {
	case f.Thread != "":
		return []string{threadKey + f.Thread}
	case f.Source != "":
		return []string{sourceKey + f.Source}
	case f.queue != "" && f.queue != noQueue:
		return []string{queueKey + f.queue}
	default:
		return nil
	}
}

const noQueue = "none"

// Forget removes the threads that a filter chooses, of the safety queue too,
// and rewrites the indexes: when it returns, no file of the casebook holds a
// word of them. It returns how many threads it removed.
func (w *Writer) Forget(ctx context.Context, f Filter) (int, error) {
	if f.empty() {
		return 0, fmt.Errorf("forget what? no thread, source or date was named")
	}
	if err := w.drain(); err != nil {
		return 0, err
	}
	n, err := w.forget(f)
	if err != nil || n == 0 {
		return n, err
	}
	return n, w.purge(ctx)
}

// Expire forgets what the casebook is to keep no longer.
func (w *Writer) Expire() (int, error) {
	total := 0
	for queue, days := range w.settings.Retain {
		n, err := w.forget(Filter{queue: queue, aged: w.options.Today.AddDate(0, 0, -days)})
		if err != nil {
			return total, err
		}
		total += n
	}
	if total == 0 {
		return 0, nil
	}
	return total, w.purge(context.Background())
}

// purge rewrites both indexes: what was marked removed earlier, because a
// thread changed, goes as well.
func (w *Writer) purge(ctx context.Context) error {
	for _, store := range w.stores {
		again, ok, err := w.anyDocument(store)
		switch {
		case err != nil:
		case ok:
			err = store.Purge(ctx, again)
		default:
			err = store.Reset()
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// anyDocument builds one of a store's documents again.
func (w *Writer) anyDocument(store *textindex.Store) (d textindex.Document, ok bool, err error) {
	view, err := store.View()
	if err != nil {
		return d, false, err
	}
	defer func() { _ = view.Close() }()
	all := view.All()
	if len(all) == 0 {
		return d, false, nil
	}
	key, c, err := readChunk(view, all[0].Doc)
	if err != nil {
		return d, false, err
	}
	for i := range c.messages {
		w.identify(&c.messages[i])
	}
	return w.document(chunkID(key, c.number), c.encode(), &c), true, nil
}

func (w *Writer) forget(f Filter) (int, error) {
	b := Book{stores: w.stores}
	var ids [2][]string
	n := 0
	err := b.threads(f.keys(), true, func(t *Thread) error {
		if !f.holds(t) {
			return nil
		}
		n++
		w.counts.add(t, -1)
		for i := range t.chunks() {
			for at := range ids { // a kill may have left it in both
				ids[at] = append(ids[at], chunkID(t.Key, i))
			}
		}
		return nil
	})
	if err != nil || n == 0 {
		return n, err
	}
	w.countsOff = true
	if err := w.stores[0].Write(nil, ids[0], map[string][]byte{countsNote: nil}); err != nil {
		return 0, err
	}
	return n, w.stores[1].Write(nil, ids[1], nil)
}

// Done says whether an input of this name was finished by an earlier scan.
func (w *Writer) Done(input message.Key) bool {
	view, err := w.stores[0].View()
	if err != nil {
		return false
	}
	defer func() { _ = view.Close() }()
	return view.Note(doneNote+input.String()) != nil
}

// Finish writes everything that was kept, and that an input is done.
func (w *Writer) Finish(input message.Key) error {
	if err := w.drain(); err != nil {
		return err
	}
	return w.stores[0].Write(nil, nil, map[string][]byte{doneNote + input.String(): {1}})
}

const doneNote = "done:"
