package casebook

import (
	"errors"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/textindex"
)

// Index is one of the two indexes of a casebook, for who asks it more than a
// search does. Its documents are chunks of threads, their parts messages.
type Index struct {
	*textindex.View
	Safety bool
}

// Indexes visits the index of most threads, and that of the safety queue if
// asked for, as they are now.
func (b *Book) Indexes(includeSafety bool, visit func(Index) error) error {
	for i, store := range b.stores {
		if i == 1 && !includeSafety {
			return nil
		}
		view, err := store.View()
		if err != nil {
			return err
		}
		err = visit(Index{view, i == 1})
		if err := errors.Join(err, view.Close()); err != nil {
			return err
		}
	}
	return nil
}

// Chunk is a document of an Index: consecutive messages of a thread.
type Chunk struct {
	Key      message.Key // of the thread
	Number   int         // of the chunk in its thread
	Messages []Message   // message i is part i

	chunk chunk
}

// Chunk reads a document.
func (x Index) Chunk(doc uint64) (*Chunk, error) {
	key, c, err := readChunk(x.View, doc)
	if err != nil {
		return nil, err
	}
	for i := range c.messages {
		c.messages[i].finish()
	}
	return &Chunk{Key: key, Number: c.number, Messages: c.messages, chunk: c}, nil
}

// Whole reads the rest of a chunk's thread.
func (x Index) Whole(c *Chunk) (*Thread, error) {
	t, err := gather(x.View, c.Key, c.chunk)
	if err == nil {
		t.Safety = x.Safety
	}
	return t, err
}
