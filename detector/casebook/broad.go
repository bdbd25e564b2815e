package casebook

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/textindex"
)

// countedFrom is how many messages a search by fields must find for the counts
// of the casebook to be asked instead of the messages.
const countedFrom = 20_000

// searchCounts answers a search for what most of a casebook has, such as all
// of band P4, from the counts: it reads only the messages of the page. It
// returns nil where the counts cannot tell.
func searchCounts(view *textindex.View, clauses []clause, want int, facets []string) (*tally, error) {
	for i := range clauses {
		switch clauses[i].field {
		case bandField, queueField, languageField, dayField, afterField, beforeField:
		default:
			return nil, nil
		}
	}
	counted, ok := decodeCounts(view.Note(countsNote))
	if !ok {
		return nil, nil
	}
	pass := func(at cell) bool { return at.pass(clauses) }
	t := &tally{want: want, facets: facets, order: before}
	t.total, t.by = counted.facets(facets, pass)
	if t.total < countedFrom {
		return nil, nil
	}
	for _, at := range counted.places(pass) {
		if len(t.hits) >= want {
			break
		}
		found, err := at.read(view, clauses, want)
		if err != nil {
			return nil, err
		}
		t.hits = append(t.hits, found.hits...)
	}
	return t, nil
}

func (at cell) pass(clauses []clause) bool {
	c := chunk{head: head{band: at.band, queue: at.queue, language: at.lang}}
	m := Message{sent: at.day}
	for i := range clauses {
		if clauses[i].holds(&c, &m) == clauses[i].not {
			return false
		}
	}
	return true
}

// place is a band and a day that messages lie in.
type place struct {
	band rule.Band
	day  string
}

// places lists where there are messages, in the order of hits.
func (c counts) places(pass func(cell) bool) []place {
	var all []place
	for at := range c {
		if at.tag == "" && pass(at) {
			all = append(all, place{at.band, at.day})
		}
	}
	slices.SortFunc(all, func(a, b place) int {
		if a.band != b.band {
			return int(b.band) - int(a.band)
		}
		return strings.Compare(b.day, a.day)
	})
	return slices.Compact(all)
}

// read finds the messages of a place that a query asks for.
func (p place) read(view *textindex.View, clauses []clause, want int) (*tally, error) {
	within, err := view.Keys([]string{dayKey + p.day}, nil)
	if err != nil {
		return nil, err
	}
	band := clause{field: bandField, bands: []rule.Band{p.band}, values: []string{p.band.String()}, prefix: []bool{false}}
	day := clause{field: dayField, values: []string{p.day}, prefix: []bool{false}}
	if band.indexed() {
		if within, err = band.find(view, within); err != nil {
			return nil, err
		}
	}
	return readCandidates(view, within, append(slices.Clone(clauses), band, day), want, nil)
}
