package textindex_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/textindex"
)

// The legacy index in memory, three to five times slower, is what bleve makes
// where nobody says otherwise: ours is scorch, and nothing else is called.
func TestNoLegacyIndex(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens})
	require.NoError(t, err)
	index, err := textindex.Memory(m)
	require.NoError(t, err)
	defer func() { require.NoError(t, index.Close()) }()
	inner, err := index.Advanced()
	require.NoError(t, err)
	require.IsType(t, &scorch.Scorch{}, inner)
	legacy := []string{"NewMem" + "Only(", "index/upside" + "down", "bleve." + "New("}
	require.NoError(t, filepath.WalkDir("../..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".go" {
			return err
		}
		body, err := os.ReadFile(path)
		for _, call := range legacy {
			require.NotContains(t, string(body), call, path)
		}
		return err
	}))
}

// bleve builds a composite of all fields even of those that are not to be in
// it: an eighth of the work of indexing.
func TestNoCompositeField(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens}, textindex.Field{Name: "kind"})
	require.NoError(t, err)
	index, err := textindex.Memory(m)
	require.NoError(t, err)
	defer func() { require.NoError(t, index.Close()) }()
	require.NoError(t, index.Index("1", map[string]any{"text": "earn money", "kind": "sms", "other": "not in the mapping"}))
	fields, err := index.Fields()
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"_id", "text", "kind"}, fields)
}

// A phrase query needs term vectors and without them finds nothing, silently:
// what makes an index for phrases has to say Phrases.
func TestPhrasesNeedTermVectors(t *testing.T) {
	for phrases, want := range map[bool]uint64{true: 1, false: 0} {
		m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens, Phrases: phrases})
		require.NoError(t, err)
		index, err := textindex.Memory(m)
		require.NoError(t, err)
		require.NoError(t, index.Index("1", map[string]any{"text": "you earn money"}))
		q := bleve.NewMatchPhraseQuery("earn money")
		q.SetField("text")
		found, err := index.Search(bleve.NewSearchRequest(q))
		require.NoError(t, err)
		require.Equal(t, want, found.Total)
		require.NoError(t, index.Close())
	}
}

// A store's texts always have them.
func TestStoresFindPhrases(t *testing.T) {
	s, err := textindex.OpenStore(filepath.Join(t.TempDir(), "s"))
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	parts := []textindex.Part{{Text: "money you earn"}, {Text: "you earn money"}, {Text: "you earn"}, {Text: "money"}}
	require.NoError(t, s.Write([]textindex.Document{{ID: "1", Parts: parts, Stored: []byte("x")}}, nil, nil))
	view, err := s.View()
	require.NoError(t, err)
	defer func() { require.NoError(t, view.Close()) }()
	found, err := view.Phrase([][]string{{"earn"}, {"money"}}, nil)
	require.NoError(t, err)
	require.Equal(t, []textindex.Posting{{Doc: 0, Parts: 1 << 1}}, found)
}

// bleve's own analyzers write lower case over the caller's bytes.
func TestAnalyzersLeaveTheTextAlone(t *testing.T) {
	m, err := textindex.Mapping(textindex.Field{Name: "text", Analyzer: textindex.Tokens})
	require.NoError(t, err)
	for _, name := range []string{textindex.Tokens, textindex.Pairs} {
		const text = "EARN ＭＯＮＥＹ Now, ÄRGER 投资"
		input := []byte(text)
		tokens := m.AnalyzerNamed(name).Analyze(input)
		require.Equal(t, text, string(input), name)
		require.Equal(t, "earn", string(tokens[0].Term), "and yet it folds")
	}
	parts, stored := []textindex.Part{{Text: "EARN Money"}}, []byte("EARN Money")
	s, err := textindex.OpenStore(filepath.Join(t.TempDir(), "s"))
	require.NoError(t, err)
	defer func() { require.NoError(t, s.Close()) }()
	require.NoError(t, s.Write([]textindex.Document{{ID: "1", Parts: parts, Stored: stored}}, nil, nil))
	require.Equal(t, "EARN Money", parts[0].Text)
	require.Equal(t, "EARN Money", string(stored))
}

// Neither a store that was closed nor one that could not be opened leaves a
// goroutine behind.
func TestStoresLeaveNoGoroutines(t *testing.T) {
	folder := t.TempDir()
	cycle := func(path string) {
		s, err := textindex.OpenStore(path)
		require.NoError(t, err)
		require.NoError(t, s.Write([]textindex.Document{{ID: "1", Parts: []textindex.Part{{Text: "x"}}, Stored: []byte("x")}}, nil, nil))
		view, err := s.View()
		require.NoError(t, err)
		require.NoError(t, view.Close())
		require.NoError(t, s.Close())
	}
	cycle(filepath.Join(folder, "warm"))
	before := runtime.NumGoroutine()
	for i := range 8 {
		cycle(filepath.Join(folder, fmt.Sprint(i)))
	}
	require.NoError(t, os.WriteFile(filepath.Join(folder, "file"), nil, 0o600))
	for range 8 {
		_, err := textindex.OpenStore(filepath.Join(folder, "file", "s"))
		require.Error(t, err)
		_, err = textindex.ReadStore(filepath.Join(folder, "none"))
		require.Error(t, err)
	}
	require.Eventually(t, func() bool { return runtime.NumGoroutine() <= before }, 10*time.Second, 10*time.Millisecond)
}

const storeEnv = "HOOKLINE_TEST_STORE"

// Another process is told at once, and does not hang, whether it wants to write
// or to read; two may read.
func TestStoreOfAnotherProcess(t *testing.T) {
	if path := os.Getenv(storeEnv); path != "" { // the other process
		_, writing := textindex.OpenStore(path)
		_, reading := textindex.ReadStore(path)
		fmt.Printf("writing: %v\nreading: %v\n", writing, reading)
		return
	}
	path := filepath.Join(t.TempDir(), "s")
	other := func() string {
		command := exec.Command(os.Args[0], "-test.run=^TestStoreOfAnotherProcess$")
		command.Env = append(os.Environ(), storeEnv+"="+path)
		out, err := command.Output()
		require.NoError(t, err)
		return string(out)
	}
	writer, err := textindex.OpenStore(path)
	require.NoError(t, err)
	require.Equal(t, 2, strings.Count(other(), textindex.ErrBusy.Error()))
	require.NoError(t, writer.Close())
	reader, err := textindex.ReadStore(path)
	require.NoError(t, err)
	defer func() { require.NoError(t, reader.Close()) }()
	said := other()
	require.Regexp(t, `(?m)^writing: .*`+textindex.ErrBusy.Error(), said)
	require.Contains(t, said, "reading: <nil>")
}
