package textindex

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
)

// ErrBusy says that another process holds a store.
var ErrBusy = errors.New("another hookline is using it")

// Store is an index on disk of documents made of parts. One process may write
// it, or several may read it.
type Store struct {
	path  string
	index index.Index
	queue *index.AnalysisQueue
}

// OpenStore opens the store in a folder for writing, and makes it where there
// is none.
func OpenStore(path string) (*Store, error) {
	return openStore(path, false)
}

// ReadStore opens a store for reading only.
func ReadStore(path string) (*Store, error) {
	if _, err := os.Stat(path); err != nil {
		return nil, err
	}
	return openStore(path, true)
}

func openStore(path string, readOnly bool) (*Store, error) {
	s := &Store{path: path, queue: index.NewAnalysisQueue(runtime.GOMAXPROCS(0))}
	config := map[string]any{"path": path, "bolt_timeout": lockWait}
	if readOnly {
		config["read_only"] = true
	}
	opened, err := scorch.NewScorch(scorch.Name, config, s.queue)
	if err == nil {
		err = opened.Open()
	}
	if err != nil {
		s.queue.Close()
		if strings.Contains(err.Error(), "timeout") {
			err = ErrBusy
		}
		return nil, fmt.Errorf("index %s: %w", path, err)
	}
	s.index = opened
	return s, nil
}

// Close closes the store. What was written is on disk.
func (s *Store) Close() error {
	err := s.index.Close()
	s.queue.Close()
	return err
}

// Write puts documents in place of those with the same ids, removes others,
// and sets notes (nil removes one), all or nothing. It returns when all is on
// disk.
func (s *Store) Write(put []Document, remove []string, notes map[string][]byte) error {
	batch := index.NewBatch()
	for _, id := range remove {
		batch.Delete(id)
	}
	for i := range put {
		batch.Update(newDocument(&put[i]))
	}
	for key, value := range notes {
		batch.InternalOps[key] = value
	}
	return s.index.Batch(batch)
}

// Purge rewrites the store without what was removed from it, and returns when
// no file holds it any more: not as a document, nor as a word. Again is any
// document that the store holds, as it was put: scorch merges nothing less than
// two segments, so it is put again to make a second one.
func (s *Store) Purge(ctx context.Context, again Document) error {
	if err := s.Write([]Document{again}, nil, nil); err != nil {
		return err
	}
	forced, ok := s.index.(interface {
		ForceMerge(context.Context, *mergeplan.MergePlanOptions) error
	})
	if !ok {
		return errors.New("this index cannot be rewritten")
	}
	if err := forced.ForceMerge(ctx, nil); err != nil {
		return err
	}
	return s.dropOld(ctx)
}

// Reset empties the store: its folder is made anew. Notes go, too.
func (s *Store) Reset() error {
	if err := s.Close(); err != nil {
		return err
	}
	if err := os.RemoveAll(s.path); err != nil {
		return err
	}
	fresh, err := OpenStore(s.path)
	if err == nil {
		*s = *fresh
	}
	return err
}

// dropOld waits until only files of the present state are left; scorch drops
// the others when it next writes, or is opened.
func (s *Store) dropOld(ctx context.Context) error {
	for try := 0; ; try++ {
		left, err := s.leftovers()
		if err != nil || len(left) == 0 {
			return err
		}
		if try == maxTries {
			return fmt.Errorf("index %s: %d old files could not be removed", s.path, len(left))
		}
		if err := s.Write(nil, nil, map[string][]byte{"purge": fmt.Append(nil, try)}); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("index %s: old files are left: %w", s.path, ctx.Err())
		case <-time.After(10 * time.Millisecond << min(try, 6)):
		}
	}
}

const maxTries = 100 // a minute

// leftovers lists segment files that hold removed documents or are no part of
// the present state.
func (s *Store) leftovers() ([]string, error) {
	view, err := s.View()
	if err != nil {
		return nil, err
	}
	defer func() { _ = view.Close() }()
	used := map[string]bool{}
	for _, segment := range view.snapshot.Segments() {
		removed := segment.Deleted()
		if on, ok := segment.Segment().(interface{ Path() string }); ok && (removed == nil || removed.IsEmpty()) {
			used[filepath.Base(on.Path())] = true
		}
	}
	files, err := filepath.Glob(filepath.Join(s.path, "*.zap"))
	if err != nil {
		return nil, err
	}
	var left []string
	for _, file := range files {
		if !used[filepath.Base(file)] {
			left = append(left, file)
		}
	}
	return left, nil
}
