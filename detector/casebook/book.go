package casebook

import (
	"errors"
	"fmt"
	"os"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/textindex"
)

// Book is a casebook open for reading. It is safe for concurrent use.
type Book struct {
	stores   [2]*textindex.Store
	settings Settings
}

// Open opens a casebook for reading.
func Open(folder string) (*Book, error) {
	settings, err := readSettings(folder)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is not a casebook: scan --casebook makes one", folder)
	}
	if err != nil {
		return nil, err
	}
	b := &Book{settings: settings}
	b.stores, err = openStores(folder, textindex.ReadStore)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Close closes the casebook.
func (b *Book) Close() error { return errors.Join(b.stores[0].Close(), b.stores[1].Close()) }

// Settings are those the casebook was made with.
func (b *Book) Settings() Settings { return b.settings }

// Thread returns a thread with all its messages; nil where there is none.
func (b *Book) Thread(key message.Key) (*Thread, error) {
	stored, err := readStored(b.stores, []message.Key{key})
	if err != nil {
		return nil, err
	}
	defer stored.close()
	return stored.thread(key)
}

// Threads visits every thread, in an order that stays the same as long as
// nothing is written. Those of the safety queue come last, if asked for.
func (b *Book) Threads(includeSafety bool, visit func(*Thread) error) error {
	return b.threads(nil, includeSafety, visit)
}

// threads visits the threads of which some chunk has one of the keys, or all.
func (b *Book) threads(keys []string, includeSafety bool, visit func(*Thread) error) error {
	for i, store := range b.stores {
		if i == 1 && !includeSafety {
			return nil
		}
		view, err := store.View()
		if err != nil {
			return err
		}
		err = visitThreads(view, keys, i == 1, visit)
		if err := errors.Join(err, view.Close()); err != nil {
			return err
		}
	}
	return nil
}

// visitThreads visits threads in the order of their first chunks' documents.
func visitThreads(view *textindex.View, keys []string, safety bool, visit func(*Thread) error) error {
	found := view.All()
	if keys != nil {
		var err error
		if found, err = view.Keys(keys, nil); err != nil {
			return err
		}
	}
	seen := map[message.Key]bool{}
	for _, p := range found {
		key, c, err := readChunk(view, p.Doc)
		if err != nil {
			return err
		}
		if keys == nil && c.number > 0 || seen[key] {
			continue
		}
		if keys != nil {
			seen[key] = true
		}
		t, err := gather(view, key, c)
		if err != nil {
			return err
		}
		t.Safety = safety
		if err := visit(t); err != nil {
			return err
		}
	}
	return nil
}

// readChunk reads a document.
func readChunk(view *textindex.View, doc uint64) (key message.Key, c chunk, err error) {
	err = view.Stored(doc, func(value []byte) error { return c.decode(&decoder{}, value) })
	if err == nil {
		key = message.KeyOf(c.namespace, c.thread)
	}
	return key, c, err
}

// gather reads the rest of a thread of which one chunk is known.
func gather(view *textindex.View, key message.Key, known chunk) (*Thread, error) {
	chunks := make([]chunk, 0, known.of)
	for number := range known.of {
		if number == known.number {
			chunks = append(chunks, known)
			continue
		}
		doc, ok, err := view.Find(chunkID(key, number))
		if err != nil || !ok {
			return nil, errors.Join(err, errBroken)
		}
		_, c, err := readChunk(view, doc)
		if err != nil {
			return nil, err
		}
		chunks = append(chunks, c)
	}
	return restore(key, chunks), nil
}
