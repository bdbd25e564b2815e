package export_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

// result is what a Reader gave.
type result struct {
	messages []message.Message
	faults   []string
	notes    []string
	sources  []string
	counts   export.Counts
	err      error
}

// texts are the texts of the messages that people wrote.
func (r *result) texts() (texts []string) {
	for _, m := range r.messages {
		if !m.System {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func sinkOf(r *result) export.Sink {
	return export.Sink{
		Begin:   func(s export.Source) { r.sources = append(r.sources, s.Format+" "+s.Name) },
		Message: func(m *message.Message) error { r.messages = append(r.messages, *m); return nil },
		Fault:   func(f export.Fault) { r.faults = append(r.faults, f.Error()) },
		Note:    func(file, text string) { r.notes = append(r.notes, file+": "+text) },
	}
}

func readPath(t testing.TB, path string, opts export.Options) *result {
	t.Helper()
	r := &result{}
	reader, err := export.NewReader(opts, sinkOf(r))
	require.NoError(t, err)
	r.err = reader.Read(context.Background(), path)
	r.counts = reader.Counts()
	require.NoError(t, reader.Close())
	return r
}

func readString(t testing.TB, text string, opts export.Options) *result {
	t.Helper()
	r := &result{}
	reader, err := export.NewReader(opts, sinkOf(r))
	require.NoError(t, err)
	r.err = reader.ReadFrom(context.Background(), "-", strings.NewReader(text))
	r.counts = reader.Counts()
	require.NoError(t, reader.Close())
	return r
}
