package textindex

import (
	"bytes"

	index "github.com/blevesearch/bleve_index_api"
)

// facts is the field of what many documents are asked for at once. As a doc
// value it lies apart from what is stored, a thousand documents side by side: to
// read it costs a fortieth of what it costs to read a document.
type facts struct{ value []byte }

func (f *facts) Name() string             { return factsField }
func (f *facts) Value() []byte            { return nil }
func (f *facts) ArrayPositions() []uint64 { return nil }
func (f *facts) EncodedFieldType() byte   { return 't' }
func (f *facts) Analyze()                 {}
func (f *facts) Options() index.FieldIndexingOptions {
	return index.IndexField | index.DocValues | index.SkipFreqNorm
}
func (f *facts) AnalyzedLength() int { return 1 }
func (f *facts) AnalyzedTokenFrequencies() index.TokenFrequencies {
	return index.TokenFrequencies{string(f.value): &index.TokenFreq{Term: f.value}}
}
func (f *facts) NumPlainTextBytes() uint64 { return 0 }
func (f *facts) Size() int                 { return len(f.value) }

// factual says whether bytes can be Facts: doc values are parted by 0xFF.
func factual(value []byte) bool {
	return len(value) > 0 && bytes.IndexByte(value, index.DocValueTermSeparator) < 0
}

// Facts reads the Facts of a view's documents, fastest in ascending order. It is
// for one goroutine.
type Facts struct {
	reader index.DocValueReader
	value  []byte
}

// Facts returns a reader of the documents' Facts.
func (v *View) Facts() (*Facts, error) {
	reader, err := v.reader.DocValueReader([]string{factsField})
	return &Facts{reader: reader}, err
}

// Of returns the Facts of a document, valid until the next call; nil where it
// has none.
func (f *Facts) Of(doc uint64) ([]byte, error) {
	f.value = f.value[:0]
	err := f.reader.VisitDocValues(index.NewIndexInternalID(nil, doc), func(_ string, value []byte) {
		f.value = append(f.value, value...)
	})
	return f.value, err
}
