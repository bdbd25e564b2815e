package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"

	"github.com/hookline/hookline/detector"
)

// JSONL writes verdicts, one object a line.
type JSONL struct {
	out     *bufio.Writer
	buffer  bytes.Buffer
	encoder *json.Encoder
}

// NewJSONL writes to w. Call Flush at the end.
func NewJSONL(w io.Writer) *JSONL {
	j := &JSONL{out: bufio.NewWriterSize(w, 1<<16)}
	j.encoder = json.NewEncoder(&j.buffer)
	j.encoder.SetEscapeHTML(false)
	return j
}

// Write writes one verdict.
func (j *JSONL) Write(v *detector.Verdict) error {
	j.buffer.Reset()
	if err := j.encoder.Encode(v); err != nil {
		return err
	}
	_, err := j.out.Write(j.buffer.Bytes())
	return err
}

// Flush writes what is buffered.
func (j *JSONL) Flush() error { return j.out.Flush() }
