package casebook

import (
	"errors"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/spool"
)

// heldBytes is how much text of open threads is held in memory; the rest waits
// on disk.
const heldBytes = 64 << 20

// Recorder gathers the messages of threads until their verdicts come. Memory
// follows the open threads, not their text: what does not fit waits in a
// temporary file.
type Recorder struct {
	writer *Writer
	open   map[message.Key]*pending
	held   int
	spool  spool.File
	end    int64
}

// pending is an open thread: blocks in the file, then messages in memory.
type pending struct {
	blocks   []block
	messages []message.Message
}

type block struct{ at, size int64 }

// NewRecorder returns a recorder that gives threads to a writer.
func NewRecorder(w *Writer) *Recorder {
	return &Recorder{writer: w, open: map[message.Key]*pending{}, spool: spool.File{Folder: w.folder, For: "open threads"}}
}

// Message takes the next message of a thread.
func (r *Recorder) Message(m *message.Message) error {
	key := m.ThreadKey()
	p := r.open[key]
	if p == nil {
		p = &pending{}
		r.open[key] = p
	}
	p.messages = append(p.messages, *m)
	if r.held += len(m.Text); r.held > heldBytes {
		return r.spill()
	}
	return nil
}

// Judged takes the verdict about the thread of its key, and keeps it.
func (r *Recorder) Judged(v *detector.Verdict) error {
	p := r.open[v.Key]
	if p == nil {
		return nil
	}
	delete(r.open, v.Key)
	for i := range p.messages {
		r.held -= len(p.messages[i].Text)
	}
	var all []message.Message
	for _, b := range p.blocks {
		messages, err := r.read(b)
		if err != nil {
			return err
		}
		all = append(all, messages...)
	}
	if len(r.open) == 0 {
		if err := r.spool.Truncate(0); err != nil {
			return err
		}
		r.end = 0
	}
	return r.writer.Keep(append(all, p.messages...), v)
}

// Close forgets the threads that no verdict came for, and closes the writer.
func (r *Recorder) Close() error { return errors.Join(r.spool.Close(), r.writer.Close()) }

// spill writes what is held to the file.
func (r *Recorder) spill() error {
	for _, p := range r.open {
		if len(p.messages) == 0 {
			continue
		}
		c := chunk{head: head{namespace: p.messages[0].Namespace, thread: p.messages[0].ThreadID(), lone: p.messages[0].Thread == ""}}
		for i := range p.messages {
			c.messages = append(c.messages, Message{Message: p.messages[i], sent: p.messages[i].Sent.String()})
		}
		stored := c.encode()
		if _, err := r.spool.WriteAt(stored, r.end); err != nil {
			return err
		}
		p.blocks = append(p.blocks, block{r.end, int64(len(stored))})
		p.messages = nil
		r.end += int64(len(stored))
	}
	r.held = 0
	return nil
}

func (r *Recorder) read(b block) ([]message.Message, error) {
	stored := make([]byte, b.size)
	if _, err := r.spool.ReadAt(stored, b.at); err != nil {
		return nil, err
	}
	var c chunk
	if err := c.decode(&decoder{}, stored); err != nil {
		return nil, err
	}
	all := make([]message.Message, len(c.messages))
	for i := range all {
		c.messages[i].finish()
		all[i] = c.messages[i].Message
	}
	return all, nil
}
