package export

import (
	"bytes"
	"io"
	"runtime"
	"sync"
)

// blockSize is how much of a file is read, and given to one processor, at once.
const blockSize = 256 << 10

// block is a run of whole lines. What is made of it shares its text.
type block struct {
	text string
	line int           // number of the first line
	long bool          // instead of text: one line above the limit
	err  error         // the end of the file, io.EOF, or why reading ended
	done chan struct{} // receives when decoded

	rows    []result
	guessed int // dates; see whenReader
}

// blockReader cuts a file into blocks, in bounded memory.
type blockReader struct {
	in    io.Reader
	limit int    // bytes of a line
	buf   []byte // read, and not yet given out
	line  int    // number of its first line
	err   error  // that came with the last bytes
}

// read fills b with the lines that are there, at least one. As a pipe gives
// them, they are passed on: nothing waits for a block to be full.
func (r *blockReader) read(b *block) {
	b.text, b.line, b.long, b.err = "", r.line, false, nil
	searched := 0
	for {
		if i := bytes.LastIndexByte(r.buf[searched:], '\n'); i >= 0 {
			r.take(b, searched+i+1)
			return
		}
		if searched = len(r.buf); searched > r.limit {
			b.long, b.err = true, r.skipLine()
			r.line++
			return
		}
		if err := r.more(); err != nil {
			if b.err = err; err == io.EOF {
				r.take(b, len(r.buf))
			}
			return
		}
	}
}

// take gives out the first bytes of the buffer.
func (r *blockReader) take(b *block, size int) {
	b.text = string(r.buf[:size])
	r.line += bytes.Count(r.buf[:size], []byte{'\n'})
	r.buf = r.buf[:copy(r.buf, r.buf[size:])]
}

// more reads on.
func (r *blockReader) more() error {
	if len(r.buf) == cap(r.buf) {
		grown := make([]byte, len(r.buf), 2*cap(r.buf))
		copy(grown, r.buf)
		r.buf = grown
	}
	for tries := 0; tries < 100; tries++ {
		if r.err != nil {
			return r.err
		}
		var n int
		n, r.err = r.in.Read(r.buf[len(r.buf):cap(r.buf)])
		if r.buf = r.buf[:len(r.buf)+n]; n > 0 {
			return nil
		}
	}
	return io.ErrNoProgress
}

// skipLine drops the line that the buffer begins with, which is above the
// limit, in constant memory.
func (r *blockReader) skipLine() error {
	for {
		r.buf = r.buf[:0]
		if err := r.more(); err != nil {
			return err
		}
		if i := bytes.IndexByte(r.buf, '\n'); i >= 0 {
			r.buf = r.buf[:copy(r.buf, r.buf[i+1:])]
			return nil
		}
	}
}

// eachBlock reads a file in blocks, has each decoded by one of the functions
// that decoder makes, on every processor, and calls use for the blocks in
// order. It holds two blocks a processor, or one of any size.
func (u *unit) eachBlock(f *file, limit int, decoder func() func(*block), use func(*block) error) error {
	in, closer, err := f.reader()
	if err != nil {
		return u.broken(f, 0, 0, err)
	}
	defer closer.Close()
	size := blockSize
	if 0 <= f.size && f.size < blockSize {
		size = int(f.size) + 1
	}
	workers := runtime.GOMAXPROCS(0)
	room := 2 * workers
	p := pipeline{
		reader: blockReader{in: in, limit: limit, buf: make([]byte, 0, size), line: 1},
		todo:   make(chan *block, room), ordered: make(chan *block, room), free: make(chan *block, room),
		room: make(chan struct{}, room), stop: make(chan struct{}),
	}
	var running sync.WaitGroup
	defer running.Wait()
	defer close(p.stop)
	for range workers {
		running.Go(func() {
			decode := decoder()
			for b := range p.todo {
				decode(b)
				b.done <- struct{}{}
			}
		})
	}
	running.Go(p.read)
	for b := range p.ordered {
		<-b.done
		if err := use(b); err != nil {
			return err
		}
		for range p.weight(b) {
			<-p.room
		}
		select {
		case p.free <- b:
		default:
		}
	}
	return nil
}

// pipeline is the way of blocks from the reader to their use.
type pipeline struct {
	reader  blockReader
	todo    chan *block // to be decoded
	ordered chan *block // as they were read
	free    chan *block // to be filled again
	room    chan struct{}
	stop    chan struct{} // closed when nobody uses blocks any more
}

// read fills blocks until the file ends.
func (p *pipeline) read() {
	defer close(p.ordered)
	defer close(p.todo)
	for {
		b := p.empty()
		p.reader.read(b)
		for range p.weight(b) {
			select {
			case p.room <- struct{}{}:
			case <-p.stop:
				return
			}
		}
		p.ordered <- b // there is room
		p.todo <- b
		if b.err != nil {
			return
		}
	}
}

// weight is how much room a block takes: that of all others, if it is large.
func (p *pipeline) weight(b *block) int { return min(1+len(b.text)/blockSize, cap(p.room)) }

func (p *pipeline) empty() *block {
	select {
	case b := <-p.free:
		return b
	default:
		return &block{done: make(chan struct{}, 1)}
	}
}
