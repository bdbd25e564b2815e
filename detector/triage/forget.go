package triage

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/hookline/hookline/detector/casebook"
)

// DatabaseName is the file of a casebook's folder in which decisions lie.
const DatabaseName = "triage.db"

// Forget brings the decisions of a casebook's folder in line with what the
// casebook still holds: the words and notes of threads that are gone leave the
// file. A folder without decisions is fine.
func Forget(ctx context.Context, folder string) (err error) {
	path := filepath.Join(folder, DatabaseName)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	book, err := casebook.Open(folder)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	store, err := OpenStore(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if _, err := store.Sync(ctx, book); err != nil {
		return err
	}
	// The log still holds what was written before: it is emptied, too.
	_, err = store.db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)")
	return err
}
