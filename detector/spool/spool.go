package spool

import (
	"errors"
	"fmt"
	"io"
	"os"
)

// File is a temporary file. The zero File is an empty one among the temporary
// files of the system.
type File struct {
	Folder string // where it lies; "" is where the system has such files
	For    string // what it is for, for errors
	file   *os.File
	named  bool // the system did not let go of the name
}

// WriteAt is that of io.WriterAt.
func (f *File) WriteAt(b []byte, at int64) (n int, err error) {
	if f.file == nil {
		if f.file, err = os.CreateTemp(f.Folder, "hookline-*"); err != nil {
			return 0, f.fault(err)
		}
		f.named = os.Remove(f.file.Name()) != nil
	}
	n, err = f.file.WriteAt(b, at)
	return n, f.fault(err)
}

// ReadAt is that of io.ReaderAt.
func (f *File) ReadAt(b []byte, at int64) (n int, err error) {
	if f.file == nil {
		return 0, io.EOF
	}
	n, err = f.file.ReadAt(b, at)
	return n, f.fault(err)
}

// Truncate drops what lies beyond a size.
func (f *File) Truncate(size int64) error {
	if f.file == nil {
		return nil
	}
	return f.fault(f.file.Truncate(size))
}

// Close gives the room back. What is written afterwards is in a new file.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	err := f.file.Close()
	if f.named {
		err = errors.Join(err, os.Remove(f.file.Name()))
	}
	f.file = nil
	return f.fault(err)
}

// fault says what the file is for. The end of it is no fault.
func (f *File) fault(err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return fmt.Errorf("temporary file of %s: %w", f.For, err)
}
