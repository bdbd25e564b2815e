package main

import (
	"bytes"
	"context"
	"encoding/json"
	"path"

	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/shard"
)

// Bounds of reading: how much is read at once, and the longest line that is
// kept whole.
const (
	chunkSize   = 256 << 10
	lineLimit   = 4 << 20
	recordLimit = 1 << 20
)

// matchFn reads a byte range and says what was found: of each thread once, in
// all its messages of the range; of a message without a thread, the verdict.
type matchFn struct {
	Engine  engine
	Reading reading

	detector *detector.Detector
	minBand  rule.Band
}

// Setup implements beam's DoFn.
func (f *matchFn) Setup() (err error) {
	if f.minBand, err = f.Engine.minBand(); err != nil {
		return err
	}
	f.detector, err = f.Engine.detector()
	return err
}

// rows reads messages as hookline scan reads them.
func (r *reading) rows() (*export.Rows, error) {
	return export.NewRows(export.Options{
		Fields: r.Fields, Namespace: r.Namespace, DateOrder: r.DateOrder, Limits: export.Limits{Record: recordLimit},
	})
}

// ProcessElement implements beam's DoFn.
func (f *matchFn) ProcessElement(ctx context.Context, s shard.Shard, found func([]byte, []byte), verdict, fault func(string)) error {
	fs, err := filesystem.New(ctx, s.Path)
	if err != nil {
		return err
	}
	defer fs.Close()
	file, err := fs.OpenRead(ctx, s.Path)
	if err != nil {
		return err
	}
	lines, err := shard.NewReader(s, file)
	if err != nil {
		return err
	}
	defer lines.Close()
	rows, err := f.Reading.rows()
	if err != nil {
		return err
	}
	r := ranged{matchFn: f, ctx: ctx, path: s.Path, rows: rows, threads: map[message.Key]*part{}, verdict: verdict, fault: fault}
	for !lines.Done() {
		some, position, err := lines.Next(chunkSize, lineLimit)
		if err != nil {
			return err
		}
		for ; len(some) > 0; position++ {
			line, rest, _ := bytes.Cut(some, []byte("\n"))
			if err := r.line(bytes.TrimSpace(line), position); err != nil {
				return err
			}
			some = rest
		}
	}
	for key, p := range r.threads {
		found(key[:], p.append(nil, f.detector))
	}
	return nil
}

// ranged is a byte range being read.
type ranged struct {
	*matchFn
	ctx     context.Context
	path    string
	rows    *export.Rows
	threads map[message.Key]*part
	verdict func(string)
	fault   func(string)
}

// line takes in a line of the file.
func (r *ranged) line(line []byte, position int64) error {
	if len(line) == 0 {
		return nil
	}
	m, err := r.rows.Message(line)
	if err != nil {
		skippedCount.Inc(r.ctx, 1)
		faultCount.Inc(r.ctx, 1)
		text, err := json.Marshal(map[string]any{"source": r.path, "position": position, "reason": err.Error()})
		r.fault(string(text))
		return err
	}
	if m.Position = position; m.Source == "" {
		m.Source = r.path
	}
	if m.Namespace == "" {
		m.Namespace = path.Base(r.path)
	}
	count := skippedCount
	p := &part{matches: r.detector.Match(&m)}
	if m.Scored() {
		count = scannedCount
		p.languages.Add(langid.Guess(m.Text), 1)
	}
	count.Inc(r.ctx, 1)
	if !m.System {
		p.messages = 1
	}
	if m.Thread == "" {
		write(r.ctx, r.detector, p, r.minBand, r.verdict)
		return nil
	}
	if known := r.threads[m.ThreadKey()]; known != nil {
		known.merge(p)
	} else {
		r.threads[m.ThreadKey()] = p
	}
	return nil
}
