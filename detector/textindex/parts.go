package textindex

import (
	"bytes"
	"cmp"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/source"
	"github.com/hookline/hookline/detector/token"
)

// MaxParts is how many parts a document of a Store may have: a Posting says
// which of them in the bits of one word.
const MaxParts = 64

// Document is what a Store holds: some texts that are found one by one, the
// keys of them all, and bytes to give back.
type Document struct {
	ID     string
	Parts  []Part // at most MaxParts
	Keys   []string
	Stored []byte
	Facts  []byte // what is asked of many documents at once; without the byte 0xFF
}

// Part is one text of a document.
type Part struct {
	Text  string   // "" is found by nothing
	Marks []string // what is indexed beside its words, such as <money>
}

// Fields of a Store's documents.
const (
	partsField  = "text"
	keysField   = "key"
	storedField = "stored"
	factsField  = "facts"
)

// newDocument builds what bleve indexes. Its own fields, instead of bleve's, cost
// a third: no mapping, no reflection, no copies.
func newDocument(d *Document) *document.Document {
	doc := document.NewDocument(d.ID)
	doc.AddField(&parts{parts: d.Parts})
	doc.AddField(&keys{terms: d.Keys})
	if factual(d.Facts) {
		doc.AddField(&facts{d.Facts})
	}
	doc.AddField(document.NewTextFieldCustom(storedField, nil, d.Stored, index.StoreField, nil))
	return doc
}

// parts is the field of all texts of a document. A location's Start is the
// number of the part, its Position counts through all parts with a gap between
// them, so that no phrase reaches from one into the next.
type parts struct {
	parts       []Part
	length      int
	frequencies index.TokenFrequencies
}

func (p *parts) Name() string             { return partsField }
func (p *parts) Value() []byte            { return nil }
func (p *parts) ArrayPositions() []uint64 { return nil }
func (p *parts) EncodedFieldType() byte   { return 't' }
func (p *parts) Options() index.FieldIndexingOptions {
	return index.IndexField | index.IncludeTermVectors
}
func (p *parts) AnalyzedLength() int                              { return p.length }
func (p *parts) AnalyzedTokenFrequencies() index.TokenFrequencies { return p.frequencies }

func (p *parts) NumPlainTextBytes() (n uint64) {
	for i := range p.parts {
		n += uint64(len(p.parts[i].Text))
	}
	return n
}

func (p *parts) Size() int { return int(p.NumPlainTextBytes()) + 64*len(p.frequencies) }

// Analyze implements index.Field.
func (p *parts) Analyze() {
	s := scratches.Get().(*partScratch)
	defer scratches.Put(s)
	terms := termsOf{frequencies: make(index.TokenFrequencies, 64)}
	position := 0
	for i := range p.parts {
		position = s.walk(p.parts[i].Text, position, func(term []byte, at int, _ source.Span) { terms.add(term, i, at) }) + 1
		for _, mark := range p.parts[i].Marks {
			terms.add([]byte(mark), i, position-1)
		}
	}
	p.length, p.frequencies = terms.length, terms.frequencies
}

// scratches are the scratch memory of the goroutines that analyse.
var scratches = sync.Pool{New: func() any { return new(partScratch) }}

type partScratch struct {
	folder fold.Folder
	tokens token.Tokenizer
	text   *fold.Text
	at     []int // by token: its position
}

// walk visits every word of a text and every other reading of it, with its
// position, counted on from one, and its bytes of the folded text. It returns
// the last position.
func (s *partScratch) walk(text string, position int, visit func(term []byte, position int, span source.Span)) int {
	if text == "" {
		return position
	}
	s.text = s.folder.Fold(text)
	stream := s.tokens.Tokenize(s.text)
	s.at = s.at[:0]
	for i := range stream.Tokens {
		t := &stream.Tokens[i]
		if t.Units != 0 || i == 0 {
			position++ // phrases see through emoji
		}
		s.at = append(s.at, position)
		visit(plainTerm(stream.Word(i)), position, source.Span{Start: int(t.Start), End: int(t.End)})
	}
	for i := range stream.Alts {
		a := &stream.Alts[i]
		span := source.Span{Start: int(stream.Tokens[a.From].Start), End: int(stream.Tokens[a.To-1].End)}
		visit(plainTerm(a.Text), s.at[a.From], span)
	}
	return position
}

// Mention is a word of a text, or another reading of it, as a Store has it.
type Mention struct {
	Term     string
	Position int
	Span     source.Span // bytes of the text as it came
}

// Mentions lists what a Store finds a text by, in the order of positions.
func Mentions(text string) []Mention {
	s := scratches.Get().(*partScratch)
	defer scratches.Put(s)
	var all []Mention
	s.walk(text, 0, func(term []byte, position int, span source.Span) {
		all = append(all, Mention{string(term), position, s.text.RawSpan(span)})
	})
	slices.SortStableFunc(all, func(a, b Mention) int { return cmp.Compare(a.Position, b.Position) })
	return all
}

// plainTerm is a word as the matcher compares it: without apostrophes.
func plainTerm(word []byte) []byte {
	if bytes.IndexByte(word, '\'') < 0 {
		return word
	}
	return bytes.ReplaceAll(word, []byte("'"), nil)
}

// termsOf gathers the terms of a document.
type termsOf struct {
	frequencies index.TokenFrequencies
	arena       []byte
	slab        []index.TokenFreq
	locations   []index.TokenLocation
	length      int
}

const slabSize = 64

func (t *termsOf) add(term []byte, part, position int) {
	known := t.frequencies[string(term)]
	if known == nil {
		if len(t.slab) == 0 {
			t.slab = make([]index.TokenFreq, slabSize)
		}
		known, t.slab = &t.slab[0], t.slab[1:]
		start := len(t.arena)
		t.arena = append(t.arena, term...)
		known.Term = t.arena[start:len(t.arena):len(t.arena)]
		t.frequencies[string(term)] = known
	} else if last := known.Locations[len(known.Locations)-1]; last.Position == position && last.Start == part {
		return
	}
	if len(t.locations) == 0 {
		t.locations = make([]index.TokenLocation, slabSize)
	}
	at := &t.locations[0]
	t.locations = t.locations[1:]
	at.Start, at.Position = part, position
	known.Locations = append(known.Locations, at)
	known.SetFrequency(len(known.Locations))
	t.length++
}

// keys is the field of a document's keys: whole, without frequencies.
type keys struct {
	terms       []string
	frequencies index.TokenFrequencies
}

func (k *keys) Name() string                                     { return keysField }
func (k *keys) Value() []byte                                    { return nil }
func (k *keys) ArrayPositions() []uint64                         { return nil }
func (k *keys) EncodedFieldType() byte                           { return 't' }
func (k *keys) Options() index.FieldIndexingOptions              { return index.IndexField | index.SkipFreqNorm }
func (k *keys) AnalyzedLength() int                              { return len(k.terms) }
func (k *keys) AnalyzedTokenFrequencies() index.TokenFrequencies { return k.frequencies }
func (k *keys) NumPlainTextBytes() uint64                        { return 0 }
func (k *keys) Size() int                                        { return 64 * len(k.terms) }

// Analyze implements index.Field.
func (k *keys) Analyze() {
	k.frequencies = make(index.TokenFrequencies, len(k.terms))
	for _, term := range k.terms {
		k.frequencies[term] = &index.TokenFreq{Term: []byte(term)}
	}
}
