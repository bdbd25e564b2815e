package export_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
	"github.com/hookline/hookline/detector/message"
)

const someRows = `{"id":"m1","thread":"t","seq":1,"sender":"Ada","sent":"2026-03-01T09:30:00Z","text":"Hello \ud83d\ude0a"}
{"thread":"t","sender":"reporter","text":"caf\u00e9","media":"image/png","namespace":"n"}
{"id":"a1","kind":"advert","title":"Cook","salary":"2,000 EUR","description":"We cook."}
{"id":"x","text":"","label":"benign","extra":"1"}
`

// A row alone is the message that a file of rows makes of it.
func TestRowsAreThoseOfAFile(t *testing.T) {
	var want []message.Message
	reader, err := export.NewReader(export.Options{Input: "jsonl", Namespace: "file"}, export.Sink{Message: func(m *message.Message) error {
		m.Source, m.Position = "", 0
		want = append(want, *m)
		return nil
	}})
	require.NoError(t, err)
	require.NoError(t, reader.ReadFrom(context.Background(), "-", bytes.NewReader([]byte(someRows))))
	rows, err := export.NewRows(export.Options{Namespace: "file"})
	require.NoError(t, err)
	var got []message.Message
	for _, line := range bytes.Split(bytes.TrimSpace([]byte(someRows)), []byte("\n")) {
		m, err := rows.Message(line)
		require.NoError(t, err)
		got = append(got, m)
	}
	require.Len(t, got, 4)
	require.Equal(t, want, got)
}

func TestRowsByName(t *testing.T) {
	rows, err := export.NewRows(export.Options{Fields: map[string]string{"text": "data.body", "thread": "data.room"}})
	require.NoError(t, err)
	m, err := rows.Message([]byte(`{"id":"7","text":"no","data":{"body":"yes","room":"r"},"sender":"Ada"}`))
	require.NoError(t, err)
	require.Equal(t, []string{"yes", "r", "7", "Ada"}, []string{m.Text, m.Thread, m.ID, m.Sender})
	_, err = export.NewRows(export.Options{Fields: map[string]string{"words": "x"}})
	require.Error(t, err)
}

// The fault of a row says where, and quotes nothing.
func TestFaultsOfRows(t *testing.T) {
	rows, err := export.NewRows(export.Options{Limits: export.Limits{Record: 100, Depth: 3}})
	require.NoError(t, err)
	for _, line := range []string{
		"", "secret", `{"text":"secret`, `{"text":"a"} secret`, `{"id":"secret"}`, `{"text":"a","kind":"secret"}`, `{"text":"a","seq":"secret"}`,
		`{"a":[[[["secret"]]]],"text":"a"}`, `{"text":"` + string(bytes.Repeat([]byte("secret"), 20)) + `"}`, string(bytes.Repeat([]byte("secret"), 20_000)),
	} {
		_, err := rows.Message([]byte(line))
		require.Error(t, err, line)
		require.NotContains(t, err.Error(), "secret")
	}
	_, err = rows.Message([]byte(`{"id":"1"}`))
	require.True(t, errors.Is(err, export.ErrNoText))
}
