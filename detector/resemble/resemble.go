package resemble

import (
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/textindex"
)

// Parameters of a question (measured on a million messages: six rare terms
// cost 4–21 ms, all terms 200–540 ms).
const (
	askTerms = 6
	minTerms = 2
	answers  = 3
	minAlike = 0.15 // below this two texts only share a subject
)

const textField = "text"

// Scripts answers which known scripts a text is like. Safe for concurrent use.
type Scripts struct {
	folder fs.FS
	leave  string // group that is left out
	once   sync.Once
	index  bleve.Index
	texts  map[string]string // by name
	counts map[string]int    // documents that hold a term
	own    sync.Map          // by name: what it scores on itself
}

// New knows the scam cases of a corpus folder; they are read at the first
// question.
func New(folder fs.FS) *Scripts { return &Scripts{folder: folder} }

// Without knows all cases but those of one group, for honest measurements.
func Without(folder fs.FS, group string) *Scripts { return &Scripts{folder: folder, leave: group} }

// Nearest implements detector.Resemblance. A folder that cannot be indexed
// gives no answers.
func (s *Scripts) Nearest(text string) []detector.Resembling {
	s.once.Do(s.build)
	if s.index == nil {
		return nil
	}
	var all []detector.Resembling
	for name, score := range s.ask(text, 2*answers) {
		if alike := min(1, score/s.ownScore(name)); alike >= minAlike {
			all = append(all, detector.Resembling{Script: name, Similarity: float64(int(alike*100+0.5)) / 100})
		}
	}
	slices.SortFunc(all, func(a, b detector.Resembling) int {
		return cmp.Or(cmp.Compare(b.Similarity, a.Similarity), strings.Compare(a.Script, b.Script))
	})
	return all[:min(len(all), answers)]
}

func (s *Scripts) build() {
	m, err := textindex.Mapping(textindex.Field{Name: textField, Analyzer: textindex.Pairs})
	if err != nil {
		return
	}
	index, err := textindex.Memory(m)
	if err != nil {
		return
	}
	s.texts, s.counts = map[string]string{}, map[string]int{}
	batch := index.NewBatch()
	err = labelled.Walk(s.folder, func(c labelled.Case) error {
		if c.Label != "scam" || s.leave != "" && c.Group == s.leave {
			return nil
		}
		name := c.Category + "/" + strings.TrimSuffix(path.Base(c.Path), path.Ext(c.Path))
		text := c.ScammerText()
		s.texts[name] = text
		for _, term := range unique(textindex.Terms(textindex.Pairs, text)) {
			s.counts[term]++
		}
		return batch.Index(name, map[string]any{textField: text})
	})
	if err == nil {
		err = index.Batch(batch)
	}
	if err != nil {
		_ = index.Close()
		return
	}
	s.index = index
}

func unique(terms []string) []string {
	slices.Sort(terms)
	return slices.Compact(terms)
}

// rarest picks the terms of a text that the fewest scripts hold, of those that
// any does.
func (s *Scripts) rarest(text string) []string {
	terms := slices.DeleteFunc(unique(textindex.Terms(textindex.Pairs, text)), func(t string) bool { return s.counts[t] == 0 })
	slices.SortStableFunc(terms, func(a, b string) int { return cmp.Compare(s.counts[a], s.counts[b]) })
	return terms[:min(len(terms), askTerms)]
}

func (s *Scripts) ask(text string, size int) map[string]float64 {
	terms := s.rarest(text)
	if len(terms) < minTerms {
		return nil
	}
	queries := make([]query.Query, len(terms))
	for i, term := range terms {
		q := bleve.NewTermQuery(term)
		q.SetField(textField)
		queries[i] = q
	}
	any := bleve.NewDisjunctionQuery(queries...)
	any.SetMin(minTerms)
	result, err := s.index.Search(bleve.NewSearchRequestOptions(any, size, 0, false))
	if err != nil {
		return nil
	}
	scores := make(map[string]float64, len(result.Hits))
	for _, hit := range result.Hits {
		scores[hit.ID] = hit.Score
	}
	return scores
}

func (s *Scripts) ownScore(name string) float64 {
	if known, ok := s.own.Load(name); ok {
		return known.(float64)
	}
	own := s.ask(s.texts[name], len(s.texts))[name]
	if own == 0 {
		own = 1
	}
	s.own.Store(name, own)
	return own
}
