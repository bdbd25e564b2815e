package textindex

import (
	"errors"
	"fmt"
	"os"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
)

// Field describes a field of a document.
type Field struct {
	Name     string
	Analyzer string // Tokens or Pairs; "" for a keyword, indexed whole
	Phrases  bool   // keep term vectors: phrases and highlights, at twice the size
	Stored   bool
}

// Mapping is the schema of an index: these fields and nothing else.
func Mapping(fields ...Field) (mapping.IndexMapping, error) {
	if err := register(); err != nil {
		return nil, err
	}
	m := bleve.NewIndexMapping()
	m.DefaultMapping.Dynamic = false
	m.StoreDynamic, m.IndexDynamic, m.DocValuesDynamic = false, false, false
	m.DefaultMapping.AddSubDocumentMapping("_all", bleve.NewDocumentDisabledMapping())
	for _, f := range fields {
		field := bleve.NewTextFieldMapping()
		if f.Analyzer == "" {
			field = bleve.NewKeywordFieldMapping()
		} else {
			field.Analyzer = f.Analyzer
		}
		field.Store, field.IncludeTermVectors, field.IncludeInAll = f.Stored, f.Phrases, false
		field.DocValues = f.Analyzer == ""
		m.DefaultMapping.AddFieldMappingsAt(f.Name, field)
	}
	return m, nil
}

// Memory makes an index that is never written to disk. Close it: an index left
// open keeps a goroutine.
func Memory(m mapping.IndexMapping) (bleve.Index, error) {
	return bleve.NewUsing("", m, scorch.Name, scorch.Name, nil)
}

// lockWait is how long to wait for a folder that another process holds.
const lockWait = "2s"

// Open opens the index in a folder, or makes it with the mapping.
func Open(path string, m mapping.IndexMapping) (bleve.Index, error) {
	index, err := bleve.OpenUsing(path, map[string]any{"bolt_timeout": lockWait})
	if errors.Is(err, bleve.ErrorIndexPathDoesNotExist) {
		index, err = bleve.NewUsing(path, m, scorch.Name, scorch.Name, map[string]any{"bolt_timeout": lockWait})
	}
	if err != nil {
		return nil, fmt.Errorf("index %s: %w (is another hookline using it?)", path, err)
	}
	return index, nil
}

// OpenRead opens an index for reading only.
func OpenRead(path string) (bleve.Index, error) {
	if err := register(); err != nil {
		return nil, err
	}
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	index, err := bleve.OpenUsing(path, map[string]any{"read_only": true, "bolt_timeout": lockWait})
	if err != nil {
		return nil, fmt.Errorf("index %s: %w (is another hookline using it?)", path, err)
	}
	return index, nil
}
