package resemble

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/search/query"
	index "github.com/blevesearch/bleve_index_api"

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
	path   string // where the index is kept; empty for memory
	once   sync.Once
	index  bleve.Index
	reader index.IndexReader
	own    sync.Map // by name: what it scores on itself
}

// New knows the scam cases of a corpus folder; they are read at the first
// question.
func New(folder fs.FS) *Scripts { return &Scripts{folder: folder} }

// Kept is New with an index that is kept in a folder, and made there at the
// first question, so that other programs need not; where that cannot be done, it
// is made in memory. A folder belongs to one content of the corpus.
func Kept(folder fs.FS, path string) *Scripts { return &Scripts{folder: folder, path: path} }

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
	made, err := s.open()
	if err != nil {
		m, merr := schema()
		if merr != nil {
			return
		}
		if made, err = textindex.Memory(m); err != nil {
			return
		}
		if err = s.fill(made); err != nil {
			_ = made.Close()
			return
		}
	}
	advanced, err := made.Advanced()
	if err == nil {
		s.reader, err = advanced.Reader()
	}
	if err != nil {
		_ = made.Close()
		return
	}
	s.index = made
}

func schema() (mapping.IndexMapping, error) {
	return textindex.Mapping(textindex.Field{Name: textField, Analyzer: textindex.Pairs, Stored: true})
}

var errMemory = errors.New("kept in memory")

// open opens the index that is kept, and makes it where there is none: in
// another folder, which gets its name when it is complete.
func (s *Scripts) open() (bleve.Index, error) {
	if s.path == "" {
		return nil, errMemory
	}
	if _, err := os.Stat(s.path); err != nil {
		if err := s.make(); err != nil {
			return nil, err
		}
	}
	return textindex.OpenRead(s.path)
}

func (s *Scripts) make() error {
	m, err := schema()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.path), 0o700); err != nil {
		return err
	}
	temporary, err := os.MkdirTemp(filepath.Dir(s.path), filepath.Base(s.path)+".*.tmp")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	path := filepath.Join(temporary, "index")
	made, err := textindex.Open(path, m)
	if err != nil {
		return err
	}
	if err = errors.Join(s.fill(made), made.Close()); err != nil {
		return err
	}
	if err = os.Rename(path, s.path); errors.Is(err, fs.ErrExist) {
		return nil // another program was faster
	}
	return err
}

// fill indexes the scripts.
func (s *Scripts) fill(into bleve.Index) error {
	batch := into.NewBatch()
	err := labelled.Walk(s.folder, func(c labelled.Case) error {
		if c.Label != "scam" || s.leave != "" && c.Group == s.leave {
			return nil
		}
		name := c.Category + "/" + strings.TrimSuffix(path.Base(c.Path), path.Ext(c.Path))
		return batch.Index(name, map[string]any{textField: c.ScammerText()})
	})
	if err != nil {
		return err
	}
	return into.Batch(batch)
}

func unique(terms []string) []string {
	slices.Sort(terms)
	return slices.Compact(terms)
}

// rarest picks the terms of a text that the fewest scripts hold, of those that
// any does.
func (s *Scripts) rarest(text string) []string {
	terms, counts := unique(textindex.Terms(textindex.Pairs, text)), map[string]uint64{}
	for _, term := range terms {
		counts[term] = s.count(term)
	}
	terms = slices.DeleteFunc(terms, func(t string) bool { return counts[t] == 0 })
	slices.SortStableFunc(terms, func(a, b string) int { return cmp.Compare(counts[a], counts[b]) })
	return terms[:min(len(terms), askTerms)]
}

// count is how many scripts hold a term.
func (s *Scripts) count(term string) uint64 {
	found, err := s.reader.TermFieldReader(context.Background(), []byte(term), textField, false, false, false)
	if err != nil {
		return 0
	}
	defer func() { _ = found.Close() }()
	return found.Count()
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
	own := 0.0
	if scripts, err := s.index.DocCount(); err == nil {
		own = s.ask(s.text(name), int(scripts))[name]
	}
	if own == 0 {
		own = 1
	}
	s.own.Store(name, own)
	return own
}

// text is what the scammer of a script writes.
func (s *Scripts) text(name string) (text string) {
	doc, err := s.index.Document(name)
	if err != nil || doc == nil {
		return ""
	}
	doc.VisitFields(func(f index.Field) {
		if f.Name() == textField {
			text = string(f.Value())
		}
	})
	return text
}
