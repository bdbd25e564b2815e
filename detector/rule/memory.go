package rule

import (
	"slices"

	"go.yaml.in/yaml/v3"
)

// workspace is what one goroutine needs to read files with: its scratch, and
// memory for the many small parts of patterns, which is made in large pieces.
type workspace struct {
	yaml     quick
	seen     map[string]*yaml.Node // patterns of one language, by their text
	patterns []Pattern             // of the file so far

	words slab[Word]
	seqs  slab[Seq]
	alts  slab[Alt]
	nodes slab[Node]
}

func newWorkspace() *workspace { return &workspace{seen: map[string]*yaml.Node{}} }

// taken hands over the patterns of the file.
func (w *workspace) taken() []*Pattern {
	patterns := slices.Clone(w.patterns)
	w.patterns = w.patterns[:0]
	taken := make([]*Pattern, len(patterns))
	for i := range patterns {
		taken[i] = &patterns[i]
	}
	return taken
}

// slab is memory for values of one type. What it gave out stays valid.
type slab[T any] []T

// slabSize is how many values a slab makes at once.
const slabSize = 512

// add returns a place for one value.
func (s *slab[T]) add(value T) *T {
	s.grow(1)
	*s = append(*s, value)
	return &(*s)[len(*s)-1]
}

// copy returns a slice with the values.
func (s *slab[T]) copy(values []T) []T {
	s.grow(len(values))
	from := len(*s)
	*s = append(*s, values...)
	return (*s)[from:len(*s):len(*s)]
}

func (s *slab[T]) grow(n int) {
	if len(*s)+n > cap(*s) {
		*s = make([]T, 0, max(n, slabSize))
	}
}
