package casebook

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/rule"
)

// countsNote is where the counts are kept: in the general index.
const countsNote = "counts"

// counts are how many messages of the general index have each combination of
// band, queue, language, day and tag (or none): what facets of searches by
// these fields need, without reading a message.
type counts map[cell]int

type cell struct {
	band  rule.Band
	queue rule.Queue
	lang  string
	day   string
	tag   string // "" for the message itself
}

// add counts a thread's messages, sign times.
func (c counts) add(t *Thread, sign int) {
	if t.Safety {
		return
	}
	at := cell{band: t.Band, queue: t.Queue, lang: t.Language}
	for i := range t.Messages {
		m := &t.Messages[i]
		if !m.Scored() {
			continue
		}
		at.day, at.tag = m.day(), ""
		c.change(at, sign)
		for _, tag := range m.Tags {
			at.tag = tag
			c.change(at, sign)
		}
	}
}

func (c counts) change(at cell, by int) {
	if c[at] += by; c[at] == 0 {
		delete(c, at)
	}
}

// row is a cell as it is kept.
type row struct {
	Band  rule.Band  `json:"b"`
	Queue rule.Queue `json:"q"`
	Lang  string     `json:"l,omitempty"`
	Day   string     `json:"d,omitempty"`
	Tag   string     `json:"t,omitempty"`
	N     int        `json:"n"`
}

func (c counts) encode() []byte {
	rows := make([]row, 0, len(c))
	for at, n := range c {
		rows = append(rows, row{at.band, at.queue, at.lang, at.day, at.tag, n})
	}
	out, err := json.Marshal(rows)
	if err != nil {
		return nil
	}
	return out
}

func decodeCounts(note []byte) (counts, bool) {
	var rows []row
	if note == nil || json.Unmarshal(note, &rows) != nil {
		return nil, false
	}
	c := make(counts, len(rows))
	for _, r := range rows {
		c[cell{r.Band, r.Queue, r.Lang, r.Day, r.Tag}] = r.N
	}
	return c, true
}

// loadCounts reads the counts, or counts again what a killed scan left.
func (w *Writer) loadCounts() (counts, error) {
	view, err := w.stores[0].View()
	if err != nil {
		return nil, err
	}
	defer func() { _ = view.Close() }()
	if c, ok := decodeCounts(view.Note(countsNote)); ok {
		return c, nil
	}
	c := counts{}
	w.countsOff = view.Len() > 0
	var part chunk
	var d decoder
	for _, p := range view.All() {
		err := view.Stored(p.Doc, func(value []byte) error {
			if err := part.decode(&d, value); err != nil {
				return err
			}
			c.add(&Thread{Band: part.band, Queue: part.queue, Language: part.language, Messages: part.messages}, 1)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return c, nil
}

// facets adds the counts that a filter lets through up by field.
func (c counts) facets(fields []string, pass func(cell) bool) (total int, by map[string]map[string]int) {
	by = map[string]map[string]int{}
	for _, field := range fields {
		by[field] = map[string]int{}
	}
	for at, n := range c {
		if !pass(at) {
			continue
		}
		if at.tag != "" {
			if by[tagField] != nil {
				by[tagField][strings.Clone(at.tag)] += n
			}
			continue
		}
		total += n
		for field, values := range by {
			if value := at.value(field); value != "" {
				values[value] += n
			}
		}
	}
	return total, by
}

func (at cell) value(field string) string {
	switch field {
	case bandField:
		return at.band.String()
	case queueField:
		return at.queue.String()
	case languageField:
		return at.lang
	case dayField:
		return at.day
	default:
		return ""
	}
}

// FacetNames lists what messages can be counted by.
func FacetNames() []string { return slices.Sorted(maps.Keys(facetFields)) }
