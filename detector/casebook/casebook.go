package casebook

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// batchSize bounds memory: batches of 5,000 messages peak at 240 MB, of 50,000
// at 634 MB.
const batchSize = 5000

// Folders of the two indexes within a casebook.
const (
	general = "messages"
	safety  = "safety"
)

// fields of a message, as they are searched.
var fields = []textindex.Field{
	{Name: "text", Analyzer: textindex.Tokens, Phrases: true, Stored: true},
	{Name: "thread", Stored: true}, {Name: "sender", Stored: true}, {Name: "sent", Stored: true},
	{Name: "day"}, {Name: "source", Stored: true}, {Name: "band", Stored: true}, {Name: "queue", Stored: true},
	{Name: "score", Stored: true}, {Name: "tag", Stored: true}, {Name: "lang", Stored: true},
	{Name: "identifier", Stored: true},
}

// Book is an open casebook. Not for concurrent use, except by Search.
type Book struct {
	general, safety bleve.Index
	batches         [2]*bleve.Batch
}

// Create opens a casebook for writing, and makes it where there is none.
func Create(folder string) (b *Book, made bool, err error) {
	if _, err := os.Stat(filepath.Join(folder, general)); errors.Is(err, os.ErrNotExist) {
		made = true
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, false, err
	}
	m, err := textindex.Mapping(fields...)
	if err != nil {
		return nil, false, err
	}
	b, err = open(folder, func(path string) (bleve.Index, error) { return textindex.Open(path, m) })
	return b, made, err
}

// Open opens a casebook for reading.
func Open(folder string) (*Book, error) {
	if _, err := textindex.Mapping(fields...); err != nil {
		return nil, err
	}
	b, err := open(folder, textindex.OpenRead)
	if errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%s is not a casebook: scan --casebook makes one", folder)
	}
	return b, err
}

func open(folder string, index func(path string) (bleve.Index, error)) (*Book, error) {
	b := &Book{}
	var err error
	if b.general, err = index(filepath.Join(folder, general)); err != nil {
		return nil, err
	}
	if b.safety, err = index(filepath.Join(folder, safety)); err != nil {
		return nil, errors.Join(err, b.general.Close())
	}
	return b, nil
}

// Add keeps a message with the verdict of its thread. A message that is there
// already is replaced: its key is its name.
func (b *Book) Add(m *message.Message, v *detector.Verdict) error {
	at, other := 0, 1
	if v.Queue == rule.Safety {
		at, other = 1, 0
	}
	key := m.Key().String()
	if err := b.batch(at).Index(key, document(m, v)); err != nil {
		return err
	}
	b.batch(other).Delete(key)
	return b.flush(batchSize)
}

func (b *Book) batch(at int) *bleve.Batch {
	if b.batches[at] == nil {
		b.batches[at] = b.index(at).NewBatch()
	}
	return b.batches[at]
}

func (b *Book) index(at int) bleve.Index {
	if at == 0 {
		return b.general
	}
	return b.safety
}

// flush writes batches of at least size operations.
func (b *Book) flush(size int) error {
	for at, batch := range b.batches {
		if batch == nil || batch.Size() < size {
			continue
		}
		if err := b.index(at).Batch(batch); err != nil {
			return err
		}
		b.batches[at] = nil
	}
	return nil
}

// Close writes what is left and closes the indexes.
func (b *Book) Close() error {
	err := b.flush(1)
	return errors.Join(err, b.general.Close(), b.safety.Close())
}

func document(m *message.Message, v *detector.Verdict) map[string]any {
	var tags, ids []string
	for _, e := range v.Evidence {
		if e.Message == m.ID && !slices.Contains(tags, e.Rule) {
			tags = append(tags, e.Rule)
		}
	}
	for _, id := range v.Identifiers {
		if id.Message == m.ID {
			ids = append(ids, strings.ToLower(id.Value))
		}
	}
	sent := m.Sent.String()
	return map[string]any{
		"text": m.Text, "thread": m.ThreadID(), "sender": m.Sender, "sent": sent, "day": sent[:min(10, len(sent))],
		"source": m.Source, "band": v.Band.String(), "queue": v.Queue.String(),
		"score": fmt.Sprintf("%05.1f", v.Score), "tag": tags, "lang": v.Language, "identifier": ids,
	}
}
