package main

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
)

// layered is several folders read as one: a file of a later folder takes the
// place of one of the same name in an earlier.
type layered []fs.FS

func overlay(folders []fs.FS) fs.FS {
	if len(folders) == 1 {
		return folders[0]
	}
	return layered(folders)
}

// Open implements fs.FS.
func (l layered) Open(name string) (fs.File, error) {
	err := error(&fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist})
	for _, folder := range slices.Backward(l) {
		var file fs.File
		if file, err = folder.Open(name); err == nil || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, err
}

// ReadDir implements fs.ReadDirFS: the names of all folders.
func (l layered) ReadDir(name string) ([]fs.DirEntry, error) {
	var all []fs.DirEntry
	found := false
	for _, folder := range l {
		entries, err := fs.ReadDir(folder, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		all = append(all, entries...)
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortStableFunc(all, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return slices.CompactFunc(all, func(a, b fs.DirEntry) bool { return a.Name() == b.Name() }), nil
}
