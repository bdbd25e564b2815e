package textindex

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Listing is terms of texts that something stands for.
type Listing struct {
	All   []string
	Count int  // documents at most that hold any
	Whole bool // there are no more than were asked for
}

// Beginning lists the terms of texts that begin with a prefix, at most limit.
func (v *View) Beginning(prefix string, limit int) (Listing, error) {
	return v.beginning(partsField, prefix, limit)
}

// KeysBeginning lists the keys that begin with a prefix, sorted.
func (v *View) KeysBeginning(prefix string, limit int) (Listing, error) {
	return v.beginning(keysField, prefix, limit)
}

// beginning walks the segments one after the other: where most prefixes stand
// for a few terms, what scorch does for all segments at once costs more.
func (v *View) beginning(field, prefix string, limit int) (t Listing, err error) {
	counts := map[string]int{}
	err = v.each(field, nil, func(s *section) error {
		terms := s.dictionary.AutomatonIterator(nil, []byte(prefix), after(prefix))
		entry, err := terms.Next()
		for ; err == nil && entry != nil && len(counts) <= limit; entry, err = terms.Next() {
			counts[entry.Term] += int(entry.Count)
		}
		return err
	})
	t.All = slices.Sorted(maps.Keys(counts))
	t.Whole = len(t.All) <= limit
	t.All = t.All[:min(len(t.All), limit)]
	for _, term := range t.All {
		t.Count += counts[term]
	}
	return t, err
}

// after is the first of the strings that follow all that begin with a prefix;
// nil for none.
func after(prefix string) []byte {
	end := []byte(prefix)
	for n := len(end); n > 0; n-- {
		if end[n-1]++; end[n-1] != 0 {
			return end[:n]
		}
	}
	return nil
}

// Containing lists, for each of some literals, the terms of texts that hold it.
// No index helps to find them: the whole dictionary is walked, once for all.
func (v *View) Containing(literals []string, limit int) ([]Listing, error) {
	lists := make([]Listing, len(literals))
	if len(literals) == 0 {
		return lists, nil
	}
	quoted := make([]string, len(literals))
	for i, literal := range literals {
		quoted[i] = regexp.QuoteMeta(literal)
	}
	dict, err := v.snapshot.FieldDictRegexp(partsField, ".*("+strings.Join(quoted, "|")+").*")
	if err != nil {
		return nil, err
	}
	defer func() { _ = dict.Close() }()
	entry, err := dict.Next()
	for ; err == nil && entry != nil; entry, err = dict.Next() {
		for i, literal := range literals {
			if len(lists[i].All) <= limit && strings.Contains(entry.Term, literal) {
				lists[i].All = append(lists[i].All, entry.Term)
			}
		}
	}
	for i := range lists {
		if err == nil {
			err = v.count(&lists[i], limit)
		}
	}
	return lists, err
}

// OneEdit lists the terms of texts that at most one inserted, deleted, replaced
// or swapped letter parts from a word.
func (v *View) OneEdit(word string, limit int) (t Listing, err error) {
	dict, err := v.snapshot.FieldDictFuzzy(partsField, word, 1, "")
	if err != nil {
		return t, err
	}
	defer func() { _ = dict.Close() }()
	entry, err := dict.Next()
	for ; err == nil && entry != nil && len(t.All) <= limit; entry, err = dict.Next() {
		t.All = append(t.All, entry.Term)
	}
	if err == nil {
		err = v.count(&t, limit)
	}
	return t, err
}

// count completes a list of which scorch tells no counts.
func (v *View) count(t *Listing, limit int) (err error) {
	if t.Whole = len(t.All) <= limit; t.Whole {
		t.Count, err = v.Count(t.All)
	}
	return err
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
