package export_test

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/export"
)

// TestConverted reads every fixture, writes its messages as JSONL as convert
// does, and reads that: the same messages with the same keys come back. So do
// those of all fixtures together, as a folder and as a zip, in which equal
// thread names of different files must stay apart.
func TestConverted(t *testing.T) {
	own, err := filepath.Glob("testdata/*/*")
	require.NoError(t, err)
	others, err := filepath.Glob(filepath.Join(conformance, "*", "*"))
	require.NoError(t, err)
	for _, path := range append(own, others...) {
		if strings.HasSuffix(path, ".want") || strings.HasSuffix(path, ".expected.json") || strings.HasPrefix(path, "testdata/fuzz/") {
			continue
		}
		t.Run(filepath.Base(filepath.Dir(path))+"/"+filepath.Base(path), func(t *testing.T) { requireConverted(t, path) })
	}
	t.Run("folder", func(t *testing.T) { requireConverted(t, "testdata") })
	t.Run("zip", func(t *testing.T) { requireConverted(t, zipFolder(t, "testdata")) })
	if len(others) > 0 {
		t.Run("folder of others", func(t *testing.T) { requireConverted(t, conformance) })
		t.Run("zip of others", func(t *testing.T) { requireConverted(t, zipFolder(t, conformance)) })
	}
}

func requireConverted(t *testing.T, path string) {
	t.Helper()
	whole := readPath(t, path, export.Options{})
	var rows []byte
	for i := range whole.messages {
		rows = append(whole.messages[i].AppendJSON(rows), '\n')
	}
	back := readString(t, string(rows), export.Options{})
	if len(whole.messages) == 0 {
		return
	}
	require.NoError(t, back.err)
	require.Empty(t, back.faults)
	require.Equal(t, []string{"jsonl -"}, back.sources)
	require.Equal(t, whole.messages, back.messages)
}

// zipFolder packs the files of a folder.
func zipFolder(t *testing.T, root string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "all.zip")
	out, err := os.Create(path)
	require.NoError(t, err)
	w := zip.NewWriter(out)
	require.NoError(t, w.AddFS(os.DirFS(root)))
	require.NoError(t, w.Close())
	require.NoError(t, out.Close())
	return path
}
