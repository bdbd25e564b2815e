package casebook

import (
	"errors"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/textindex"
)

// storedThreads is what the indexes hold of some threads.
type storedThreads struct {
	raw   [2]map[string][]byte // by store: chunks by id
	views [2]*textindex.View
}

// stored reads what is kept of a batch's threads.
func (w *Writer) stored(batch []*Thread) (*storedThreads, error) {
	keys := make([]message.Key, len(batch))
	for i, t := range batch {
		keys[i] = t.Key
	}
	return readStored(w.stores, keys)
}

func readStored(stores [2]*textindex.Store, keys []message.Key) (s *storedThreads, err error) {
	s = &storedThreads{}
	ids := make([]string, len(keys))
	for i, key := range keys {
		ids[i] = chunkID(key, 0)
	}
	for i, store := range stores {
		if s.views[i], err = store.View(); err != nil {
			s.close()
			return nil, err
		}
		s.raw[i] = map[string][]byte{}
		if s.views[i].Len() == 0 {
			continue
		}
		first, err := s.views[i].Have(ids)
		if err == nil {
			err = s.load(i, first)
		}
		if err != nil {
			s.close()
			return nil, err
		}
	}
	return s, nil
}

// load reads the first chunks of threads and then the others.
func (s *storedThreads) load(i int, have map[string]uint64) error {
	var rest []string
	var c chunk
	var d decoder
	for id, doc := range have {
		err := s.views[i].Stored(doc, func(value []byte) error {
			s.raw[i][id] = append([]byte(nil), value...)
			return nil
		})
		if err != nil {
			return err
		}
		key := message.Key([]byte(id[:len(message.Key{})]))
		if id != chunkID(key, 0) {
			continue
		}
		if err := c.decode(&d, s.raw[i][id]); err != nil {
			return err
		}
		for number := 1; number < c.of; number++ {
			rest = append(rest, chunkID(key, number))
		}
	}
	if len(rest) == 0 {
		return nil
	}
	more, err := s.views[i].Have(rest)
	if err != nil {
		return err
	}
	return s.load(i, more)
}

func (s *storedThreads) close() {
	for _, v := range s.views {
		if v != nil {
			_ = v.Close()
		}
	}
}

// thread puts a thread together; nil where it is not kept. One that a kill
// left in both indexes is the one that is looked after more.
func (s *storedThreads) thread(key message.Key) (*Thread, error) {
	for _, i := range [2]int{1, 0} {
		var chunks []chunk
		for raw := s.raw[i][chunkID(key, 0)]; raw != nil; raw = s.raw[i][chunkID(key, len(chunks))] {
			var c chunk
			if err := c.decode(&decoder{}, raw); err != nil {
				return nil, err
			}
			chunks = append(chunks, c)
		}
		if t := restore(key, chunks); t != nil {
			if len(chunks) != chunks[0].of {
				return nil, errors.Join(errBroken, errors.New("a part of a thread is missing"))
			}
			t.Safety = i == 1
			return t, nil
		}
	}
	return nil, nil
}
