package report

import (
	"bufio"
	"io"

	"github.com/hookline/hookline/detector"
)

// JSONL writes verdicts, one object a line.
type JSONL struct {
	out  *bufio.Writer
	line []byte
}

// NewJSONL writes to w. Call Flush at the end.
func NewJSONL(w io.Writer) *JSONL { return &JSONL{out: bufio.NewWriterSize(w, 1<<18)} }

// Write writes one verdict.
func (j *JSONL) Write(v *detector.Verdict) error {
	j.line = append(v.AppendJSON(j.line[:0]), '\n')
	_, err := j.out.Write(j.line)
	return err
}

// Flush writes what is buffered.
func (j *JSONL) Flush() error { return j.out.Flush() }
