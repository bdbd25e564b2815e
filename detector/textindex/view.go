package textindex

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
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
	for _, part := range snapshot.Segments() {
		v.offsets = append(v.offsets, next)
		next += part.Segment().Count()
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
	for i, part := range v.snapshot.Segments() {
		for docs := part.DocNumbersLive().Iterator(); docs.HasNext(); {
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
	for i, part := range v.snapshot.Segments() {
		docs, err := part.DocNumbers(ids)
		if err != nil {
			return nil, err
		}
		for each := docs.Iterator(); each.HasNext(); {
			local := uint64(each.Next())
			id, err := part.DocID(local)
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
	err := v.each(field, within, func(s *section) error {
		first := len(all)
		for _, term := range terms {
			start := len(all)
			err := s.read(term, field == partsField, func(doc uint64, at []segment.Location, have uint64) {
				mask := AllParts
				if field == partsField {
					mask = 0
					for _, place := range at {
						mask |= 1 << place.Start()
					}
				}
				if mask &= have; mask != 0 {
					all = append(all, Posting{doc, mask})
				}
			})
			if err != nil {
				return err
			}
			if start > first && len(all) > start && len(terms) <= fewTerms {
				all = append(all[:first], Union(all[first:start], all[start:])...)
			}
		}
		if len(terms) > fewTerms {
			all = all[:first+len(Collect(all[first:]))]
		}
		return nil
	})
	return all, err
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

// section is a segment of an index, being read: its documents that are wanted.
type section struct {
	dictionary segment.TermDictionary
	deleted    *roaring.Bitmap
	offset     uint64    // number of its first document
	within     []Posting // nil for all
	first      int       // where within begins in that of the view
	list       segment.PostingsList
	postings   segment.PostingsIterator
}

// each visits the segments that hold documents of within, in order.
func (v *View) each(field string, within []Posting, visit func(*section) error) error {
	first := 0
	for i, part := range v.snapshot.Segments() {
		s := &section{deleted: part.Deleted(), offset: v.offsets[i], first: first}
		if within != nil {
			n, _ := slices.BinarySearchFunc(within[first:], s.offset+part.Segment().Count(), func(p Posting, next uint64) int { return cmp.Compare(p.Doc, next) })
			s.within = within[first : first+n]
			first += n
			if n == 0 {
				continue
			}
		}
		var err error
		if s.dictionary, err = part.Segment().Dictionary(field); err != nil {
			return err
		}
		if err := visit(s); err != nil {
			return err
		}
	}
	return nil
}

// read visits the documents of a section that hold a term: where it stands in
// them, if asked for, and which of their parts are wanted.
func (s *section) read(term string, places bool, visit func(doc uint64, at []segment.Location, have uint64)) (err error) {
	if s.list, err = s.dictionary.PostingsList([]byte(term), s.deleted, s.list); err != nil {
		return err
	}
	count := s.list.Count()
	if count == 0 {
		return nil
	}
	s.postings = s.list.Iterator(places, false, places, s.postings)
	within := s.within
	seek := within != nil && uint64(len(within))*8 < count
	next, err := s.postings.Next()
	for err == nil && next != nil {
		have, doc := AllParts, s.offset+next.Number()
		if within != nil {
			for len(within) > 0 && within[0].Doc < doc {
				within = within[1:]
			}
			if len(within) == 0 {
				return nil
			}
			if want := within[0].Doc; want != doc {
				if seek {
					next, err = s.postings.Advance(want - s.offset)
				} else {
					next, err = s.postings.Next()
				}
				continue
			}
			have = within[0].Parts
		}
		visit(doc, next.Locations(), have)
		next, err = s.postings.Next()
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
	err := v.each(partsField, within, func(s *section) error {
		for _, term := range terms {
			i := s.first
			err := s.read(term, true, func(doc uint64, at []segment.Location, have uint64) {
				for within[i].Doc < doc {
					i++
				}
				for _, p := range at {
					if have>>p.Start()&1 != 0 {
						all[i] = append(all[i], place{uint32(p.Pos()), uint8(p.Start())})
					}
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
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
	return counts, v.each(partsField, nil, func(s *section) (err error) {
		for i, term := range terms {
			if s.list, err = s.dictionary.PostingsList([]byte(term), nil, s.list); err != nil {
				return err
			}
			counts[i] += int(s.list.Count())
		}
		return nil
	})
}
