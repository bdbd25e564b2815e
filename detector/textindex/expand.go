package textindex

import (
	"regexp"

	index "github.com/blevesearch/bleve_index_api"
)

// Listing is terms of texts that something stands for.
type Listing struct {
	All   []string
	Count int  // documents at most that hold any
	Whole bool // there are no more than were asked for
}

// Beginning lists the terms of texts that begin with a prefix, at most limit.
func (v *View) Beginning(prefix string, limit int) (Listing, error) {
	return list(limit, func() (index.FieldDict, error) { return v.reader.FieldDictPrefix(partsField, []byte(prefix)) })
}

// Containing lists the terms of texts that hold a literal.
func (v *View) Containing(literal string, limit int) (Listing, error) {
	return list(limit, func() (index.FieldDict, error) {
		return v.snapshot.FieldDictRegexp(partsField, ".*"+regexp.QuoteMeta(literal)+".*")
	})
}

// OneEdit lists the terms of texts that at most one inserted, deleted, replaced
// or swapped letter parts from a word.
func (v *View) OneEdit(word string, limit int) (Listing, error) {
	return list(limit, func() (index.FieldDict, error) { return v.snapshot.FieldDictFuzzy(partsField, word, 1, "") })
}

// KeysBeginning lists the keys that begin with a prefix, sorted.
func (v *View) KeysBeginning(prefix string, limit int) (Listing, error) {
	return list(limit, func() (index.FieldDict, error) { return v.reader.FieldDictPrefix(keysField, []byte(prefix)) })
}

func list(limit int, open func() (index.FieldDict, error)) (t Listing, err error) {
	dict, err := open()
	if err != nil {
		return t, err
	}
	defer func() { _ = dict.Close() }()
	entry, err := dict.Next()
	for ; err == nil && entry != nil; entry, err = dict.Next() {
		if len(t.All) == limit {
			return t, nil
		}
		t.All = append(t.All, entry.Term)
		t.Count += int(entry.Count)
	}
	t.Whole = err == nil
	return t, err
}

// Intersect lists what two sorted lists both have.
func Intersect(a, b []Posting) []Posting {
	var both []Posting
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Doc < b[0].Doc:
			a = a[1:]
		case a[0].Doc > b[0].Doc:
			b = b[1:]
		default:
			if mask := a[0].Parts & b[0].Parts; mask != 0 {
				both = append(both, Posting{a[0].Doc, mask})
			}
			a, b = a[1:], b[1:]
		}
	}
	return both
}

// Union lists what either of two sorted lists has.
func Union(a, b []Posting) []Posting {
	all := make([]Posting, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].Doc < b[0].Doc:
			all, a = append(all, a[0]), a[1:]
		case a[0].Doc > b[0].Doc:
			all, b = append(all, b[0]), b[1:]
		default:
			all, a, b = append(all, Posting{a[0].Doc, a[0].Parts | b[0].Parts}), a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// Without lists what of a sorted list another does not have.
func Without(a, b []Posting) []Posting {
	var left []Posting
	for _, p := range a {
		for len(b) > 0 && b[0].Doc < p.Doc {
			b = b[1:]
		}
		if len(b) > 0 && b[0].Doc == p.Doc {
			p.Parts &^= b[0].Parts
		}
		if p.Parts != 0 {
			left = append(left, p)
		}
	}
	return left
}
