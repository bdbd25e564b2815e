package export

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"path"
)

// headSize is how much of a file recognition looks at, in bytes.
const headSize = 128 << 10

// file is one thing to read: a file of a folder, a member of an archive, or a
// stream.
type file struct {
	name string // as people see it: victim.zip/chats/_chat.txt
	path string // within its folder or archive, with slashes
	size int64  // bytes; -1 if unknown
	disk string // its place on disk; "" for members and streams
	open func() (io.ReadCloser, error)
	once bool // can be opened only once: a stream that is not spooled
	head []byte
}

// base is the last element of the file's path.
func (f *file) base() string { return path.Base(f.path) }

// dir is the folder of the file within its tree, "." at the top.
func (f *file) dir() string { return path.Dir(f.path) }

func diskFile(name, inside, disk string, size int64) *file {
	return &file{name: name, path: inside, size: size, disk: disk,
		open: func() (io.ReadCloser, error) { return os.Open(disk) }}
}

// newStream makes a file of a stream: its head can be looked at, and it can be
// opened once.
func newStream(name string, from io.Reader) (*file, error) {
	head, err := readHead(from)
	if err != nil {
		return nil, err
	}
	f := &file{name: name, path: path.Base(name), size: -1, once: true, head: head}
	opened := false
	f.open = func() (io.ReadCloser, error) {
		if opened {
			return nil, errors.New("a stream can be read only once")
		}
		opened = true
		return io.NopCloser(io.MultiReader(bytes.NewReader(head), from)), nil
	}
	return f, nil
}

func readHead(from io.Reader) ([]byte, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(from, head)
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		err = nil
	}
	return head[:n:n], err
}

// peek returns the first bytes of the file, at most headSize.
func (f *file) peek() ([]byte, error) {
	if f.head != nil {
		return f.head, nil
	}
	in, err := f.open()
	if err != nil {
		return nil, err
	}
	defer in.Close()
	head, err := readHead(in)
	if err != nil && len(head) == 0 {
		return nil, err
	}
	f.head = head
	return head, nil
}

// spool keeps the temporary files of a Reader.
type spool struct {
	folder string
	paths  []string
}

// keep copies a stream to a temporary file and returns its path.
func (s *spool) keep(from io.Reader) (name string, size int64, err error) {
	to, err := os.CreateTemp(s.folder, "hookline-*")
	if err != nil {
		return "", 0, err
	}
	s.paths = append(s.paths, to.Name())
	size, err = io.Copy(to, from)
	if closeErr := to.Close(); err == nil {
		err = closeErr
	}
	return to.Name(), size, err
}

func (s *spool) remove() (err error) {
	for _, name := range s.paths {
		if e := os.Remove(name); e != nil && !errors.Is(e, os.ErrNotExist) {
			err = e
		}
	}
	s.paths = nil
	return err
}

// settle makes a stream, or a member of an archive, a file on disk, so that it
// can be read twice or at random.
func (f *file) settle(s *spool) error {
	if f.disk != "" {
		return nil
	}
	in, err := f.open()
	if err != nil {
		return err
	}
	defer in.Close()
	disk, size, err := s.keep(in)
	if err != nil {
		return err
	}
	f.disk, f.size, f.once = disk, size, false
	f.open = func() (io.ReadCloser, error) { return os.Open(disk) }
	return nil
}

// onDisk opens the file for reading at random.
func (f *file) onDisk(s *spool) (*os.File, error) {
	if err := f.settle(s); err != nil {
		return nil, err
	}
	return os.Open(f.disk)
}

// reader opens the file for buffered reading as UTF-8 text: a byte order mark
// is dropped and UTF-16 and legacy encodings are decoded.
func (f *file) reader() (*bufio.Reader, io.Closer, error) {
	head, err := f.peek()
	if err != nil {
		return nil, nil, err
	}
	in, err := f.open()
	if err != nil {
		return nil, nil, err
	}
	decoded, _ := decodeText(in, head)
	return newBuffered(decoded), in, nil
}

func newBuffered(in io.Reader) *bufio.Reader { return bufio.NewReaderSize(in, 256<<10) }
