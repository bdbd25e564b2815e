package export

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/message"
)

// chatBuffer bounds the messages that are held to be put into order, in bytes.
const chatBuffer = 64 << 20

// backlog holds the messages of an export that has the newest first, to give
// them in the order of time.
type backlog struct {
	// begin makes the conversation when the first messages are given.
	begin    func() *thread
	thread   *thread
	messages []*message.Message
	size     int
}

// add holds a message, and gives what is held if that is much.
func (b *backlog) add(m *message.Message) error {
	b.messages = append(b.messages, m)
	if b.size += len(m.Text) + 200; b.size <= chatBuffer {
		return nil
	}
	return b.flush()
}

// earliest is the first of the held messages in the order of time.
func (b *backlog) earliest() *message.Message {
	return slices.MinFunc(b.messages, func(x, y *message.Message) int { return x.Sent.Compare(y.Sent) })
}

// flush gives the messages to the conversation.
func (b *backlog) flush() error {
	n := len(b.messages)
	if n == 0 {
		return nil
	}
	if b.thread == nil {
		b.thread = b.begin()
	}
	if b.messages[0].Sent.Compare(b.messages[n-1].Sent) > 0 {
		slices.Reverse(b.messages)
	}
	for _, m := range b.messages {
		if err := b.thread.emit(m); err != nil {
			return err
		}
	}
	b.messages, b.size = nil, 0
	return nil
}

// finish flushes after a reading that ended with err.
func (b *backlog) finish(err error) error {
	if e := b.flush(); err == nil {
		err = e
	}
	return err
}

// eachElement calls do for the elements of a JSON file: of a top-level array,
// of the array under one of the keys, or, where the file has none of these, of
// several objects one after the other.
func (u *unit) eachElement(f *file, do func(j *jsonReader) error, keys ...string) error {
	s := newSample(f.name, f.first())
	if !slices.ContainsFunc(keys, func(key string) bool { return s.has(key) }) {
		keys = nil
	}
	return u.readJSON(f, func(j *jsonReader) error {
		for !j.end() {
			c, err := j.peek()
			switch {
			case err != nil:
				return err
			case c == '[':
				err = j.array(func() error { return do(j) })
			case c == '{' && len(keys) > 0:
				err = j.object(func(key string) error {
					if slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) }) {
						return j.array(func() error { return do(j) })
					}
					return j.skip()
				})
			default:
				err = do(j)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}
