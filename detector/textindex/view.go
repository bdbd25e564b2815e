package textindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// Posting says in which parts of a document something was found.
type Posting struct {
	Doc   uint64 // number of the document in its View
	Parts uint64 // bit i: part i
}

// AllParts is the Parts of something said of a document as a whole.
const AllParts = ^uint64(0)

// View is a store as it was at one time, whatever is written meanwhile. It is
// safe for concurrent use. Close it.
type View struct {
	reader   index.IndexReader
	snapshot *scorch.IndexSnapshot
	offsets  []uint64 // by segment: number of its first document
}

// View opens a view of the store as it is.
func (s *Store) View() (*View, error) {
	reader, err := s.index.Reader()
	if err != nil {
		return nil, err
	}
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, errors.Join(errors.New("not a scorch index"), reader.Close())
	}
	v := &View{reader: reader, snapshot: snapshot}
	next := uint64(0)
	for _, segment := range snapshot.Segments() {
		v.offsets = append(v.offsets, next)
		next += segment.Segment().Count()
	}
	return v, nil
}

// Close releases the view.
func (v *View) Close() error { return v.reader.Close() }

// Len is the number of documents.
func (v *View) Len() int {
	n, err := v.reader.DocCount()
	if err != nil {
		return 0
	}
	return int(n)
}

// Note is what Write was given under a key; nil for nothing.
func (v *View) Note(key string) []byte {
	value, err := v.reader.GetInternal([]byte(key))
	if err != nil {
		return nil
	}
	return value
}

// All lists every document.
func (v *View) All() []Posting {
	all := make([]Posting, 0, v.Len())
	for i, segment := range v.snapshot.Segments() {
		for docs := segment.DocNumbersLive().Iterator(); docs.HasNext(); {
			all = append(all, Posting{v.offsets[i] + uint64(docs.Next()), AllParts})
		}
	}
	return all
}

// Find returns the number of the document with an id.
func (v *View) Find(id string) (doc uint64, ok bool, err error) {
	internal, err := v.reader.InternalID(id)
	if err != nil || internal == nil {
		return 0, false, err
	}
	return internal.Value(), true, nil
}

// Have says which of some ids the store holds.
func (v *View) Have(ids []string) (map[string]uint64, error) {
	have := map[string]uint64{}
	for i, segment := range v.snapshot.Segments() {
		docs, err := segment.DocNumbers(ids)
		if err != nil {
			return nil, err
		}
		for each := docs.Iterator(); each.HasNext(); {
			local := uint64(each.Next())
			id, err := segment.DocID(local)
			if err != nil {
				return nil, err
			}
			have[string(id)] = v.offsets[i] + local
		}
	}
	return have, nil
}

// Stored calls visit with the stored bytes of a document, which are valid
// until it returns.
func (v *View) Stored(doc uint64, visit func([]byte) error) error {
	i, _ := slices.BinarySearch(v.offsets, doc+1)
	i--
	found, err := false, error(nil)
	visitErr := v.snapshot.Segments()[i].VisitDocument(doc-v.offsets[i], func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != storedField {
			return true
		}
		found, err = true, visit(value)
		return false
	})
	if err = errors.Join(visitErr, err); err == nil && !found {
		return fmt.Errorf("document %d holds nothing", doc)
	}
	return err
}

// Words finds the parts that hold any of the terms, within some documents or,
// where within is nil, in all.
func (v *View) Words(terms []string, within []Posting) ([]Posting, error) {
	return v.union(partsField, terms, within)
}

// Keys finds the documents that have any of the keys.
func (v *View) Keys(keys []string, within []Posting) ([]Posting, error) {
	return v.union(keysField, keys, within)
}

func (v *View) union(field string, terms []string, within []Posting) ([]Posting, error) {
	all := []Posting{}
	for _, term := range terms {
		start := len(all)
		err := v.read(field, term, within, func(doc *index.TermFieldDoc, have uint64) {
			mask := AllParts
			if field == partsField {
				mask = 0
				for _, at := range doc.Vectors {
					mask |= 1 << at.Start
				}
			}
			if mask &= have; mask != 0 {
				all = append(all, Posting{doc.ID.Value(), mask})
			}
		})
		if err != nil {
			return nil, err
		}
		if start > 0 && len(all) > start && len(terms) <= fewTerms {
			all = Union(all[:start:start], all[start:])
		}
	}
	if len(terms) > fewTerms {
		all = Collect(all)
	}
	return all, nil
}

// fewTerms is how many lists are merged one after the other; more are sorted.
const fewTerms = 8

// Collect sorts postings and joins those of the same document, in place.
func Collect(all []Posting) []Posting {
	slices.SortFunc(all, func(a, b Posting) int { return cmp.Compare(a.Doc, b.Doc) })
	kept := all[:0]
	for _, p := range all {
		if n := len(kept); n > 0 && kept[n-1].Doc == p.Doc {
			kept[n-1].Parts |= p.Parts
			continue
		}
		kept = append(kept, p)
	}
	return kept
}

// read visits the postings of a term, of the documents in within only, and
// tells which of their parts within has.
func (v *View) read(field, term string, within []Posting, visit func(doc *index.TermFieldDoc, have uint64)) error {
	if within != nil && len(within) == 0 {
		return nil
	}
	vectors := field == partsField
	reader, err := v.reader.TermFieldReader(context.Background(), []byte(term), field, vectors, false, vectors)
	if err != nil {
		return err
	}
	defer func() { _ = reader.Close() }()
	count := reader.Count()
	if count == 0 {
		return nil
	}
	seek := within != nil && uint64(len(within))*8 < count
	var doc index.TermFieldDoc
	next, err := reader.Next(&doc)
	for err == nil && next != nil {
		have := AllParts
		if within != nil {
			for len(within) > 0 && within[0].Doc < next.ID.Value() {
				within = within[1:]
			}
			if len(within) == 0 {
				return nil
			}
			if want := within[0]; want.Doc != next.ID.Value() {
				if seek {
					next, err = reader.Advance(index.NewIndexInternalID(nil, want.Doc), &doc)
				} else {
					next, err = reader.Next(&doc)
				}
				continue
			}
			have = within[0].Parts
		}
		visit(next, have)
		next, err = reader.Next(&doc)
	}
	return err
}

// Phrase finds the parts in which words follow each other; each may be any of
// several terms.
func (v *View) Phrase(words [][]string, within []Posting) ([]Posting, error) {
	candidates, err := v.And(words, within)
	if err != nil || len(words) < 2 || len(candidates) == 0 {
		return candidates, err
	}
	ends, err := v.positions(words[0], candidates)
	if err != nil {
		return nil, err
	}
	for _, word := range words[1:] {
		next, err := v.positions(word, candidates)
		if err != nil {
			return nil, err
		}
		for i := range ends {
			ends[i] = follow(ends[i], next[i])
		}
	}
	found := candidates[:0]
	for i, p := range candidates {
		mask := uint64(0)
		for _, at := range ends[i] {
			mask |= 1 << at.part
		}
		if mask != 0 {
			found = append(found, Posting{p.Doc, mask})
		}
	}
	return found, nil
}

// place is where a term stands in a document.
type place struct {
	position uint32
	part     uint8
}

// follow lists the places of next that come right behind one of ends.
func follow(ends, next []place) []place {
	kept := next[:0]
	for _, at := range next {
		if slices.ContainsFunc(ends, func(e place) bool { return e.position+1 == at.position && e.part == at.part }) {
			kept = append(kept, at)
		}
	}
	return kept
}

func (v *View) positions(terms []string, within []Posting) ([][]place, error) {
	all := make([][]place, len(within))
	for _, term := range terms {
		at := 0
		err := v.read(partsField, term, within, func(doc *index.TermFieldDoc, have uint64) {
			for within[at].Doc < doc.ID.Value() {
				at++
			}
			for _, p := range doc.Vectors {
				if have>>p.Start&1 != 0 {
					all[at] = append(all[at], place{uint32(p.Pos), uint8(p.Start)})
				}
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// And finds the parts that hold a term of each word, the rarest word first.
func (v *View) And(words [][]string, within []Posting) ([]Posting, error) {
	type counted struct {
		terms []string
		count int
	}
	order := make([]counted, len(words))
	for i, terms := range words {
		n, err := v.Count(terms)
		if err != nil || n == 0 {
			return nil, err
		}
		order[i] = counted{terms, n}
	}
	slices.SortStableFunc(order, func(a, b counted) int { return cmp.Compare(a.count, b.count) })
	for _, word := range order {
		found, err := v.Words(word.terms, within)
		if err != nil || len(found) == 0 {
			return nil, err
		}
		within = found
	}
	return within, nil
}

// Count is how many documents at most hold any of the terms.
func (v *View) Count(terms []string) (total int, err error) {
	counts, err := v.Counts(terms)
	for _, n := range counts {
		total += n
	}
	return total, err
}

// Counts is how many documents at most hold each of the terms: of many terms it
// costs a fraction of what it costs to ask for one after the other.
func (v *View) Counts(terms []string) ([]int, error) {
	counts := make([]int, len(terms))
	for _, part := range v.snapshot.Segments() {
		dictionary, err := part.Segment().Dictionary(partsField)
		if err != nil {
			return nil, err
		}
		for i, term := range terms {
			list, err := dictionary.PostingsList([]byte(term), nil, nil)
			if err != nil {
				return nil, err
			}
			counts[i] += int(list.Count())
		}
	}
	return counts, nil
}
