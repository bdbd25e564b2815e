package main

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/scan"
	"github.com/hookline/hookline/detector/spool"
)

// transcript keeps the messages of a scan in a temporary file, so that a
// report can show the conversations of its alerts: memory holds eight bytes a
// message of open threads and of alerts.
type transcript struct {
	file    *spool.File
	out     *bufio.Writer
	size    int64
	threads map[message.Key][]int64 // where the messages of open threads begin
}

func newTranscript() *transcript {
	file := &spool.File{For: "conversations"}
	return &transcript{file: file, out: bufio.NewWriterSize(io.NewOffsetWriter(file, 0), 1<<16), threads: map[message.Key][]int64{}}
}

// record makes a scan give its messages to the transcript too.
func (t *transcript) record(options *scan.Options) {
	follow(options, t.add, func(key message.Key) { delete(t.threads, key) })
}

// kept is a message as it lies in the file: its text byte for byte, since
// evidence is given in bytes.
type kept struct {
	message.Message
	Bytes []byte
}

func (t *transcript) add(m *message.Message) error {
	row := kept{*m, []byte(m.Text)}
	row.Text, row.Labels = "", nil
	line, err := json.Marshal(&row)
	if err != nil {
		return err
	}
	key := m.ThreadKey()
	t.threads[key] = append(t.threads[key], t.size)
	n, err := t.out.Write(append(line, '\n'))
	t.size += int64(n)
	return err
}

// messages returns the way to the messages that a thread has so far.
func (t *transcript) messages(key message.Key) func() ([]message.Message, error) {
	places := t.threads[key]
	return func() ([]message.Message, error) {
		if err := t.out.Flush(); err != nil {
			return nil, err
		}
		messages := make([]message.Message, len(places))
		for i, place := range places {
			var row kept
			if err := json.NewDecoder(io.NewSectionReader(t.file, place, t.size-place)).Decode(&row); err != nil {
				return nil, err
			}
			messages[i] = row.Message
			messages[i].Text = string(row.Bytes)
		}
		return messages, nil
	}
}

// Close gives the room of the file back.
func (t *transcript) Close() error { return t.file.Close() }
