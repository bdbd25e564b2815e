package spool_test

import (
	"bytes"
	"io"
	"os"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/spool"
)

func names(t *testing.T, folder string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestFile(t *testing.T) {
	folder := t.TempDir()
	f := spool.File{Folder: folder, For: "tests"}
	b := make([]byte, 5)
	_, err := f.ReadAt(b, 0)
	require.Equal(t, io.EOF, err, "nothing was written")
	require.NoError(t, f.Truncate(0))
	require.NoError(t, f.Close())
	for range 2 { // once more after closing
		_, err = f.WriteAt([]byte("later"), 1<<20)
		require.NoError(t, err)
		_, err = f.WriteAt([]byte("first"), 0)
		require.NoError(t, err)
		if runtime.GOOS != "windows" {
			require.Empty(t, names(t, folder), "it has no name")
		}
		_, err = f.ReadAt(b, 1<<20)
		require.NoError(t, err)
		require.Equal(t, "later", string(b))
		require.NoError(t, f.Truncate(5))
		_, err = f.ReadAt(b, 1<<20)
		require.Equal(t, io.EOF, err)
		all, err := io.ReadAll(io.NewSectionReader(&f, 0, 1<<21))
		require.NoError(t, err)
		require.True(t, bytes.Equal([]byte("first"), all))
		require.NoError(t, f.Close())
		require.Empty(t, names(t, folder))
	}
}

// An error says what the file was for.
func TestNoRoom(t *testing.T) {
	f := spool.File{Folder: t.TempDir() + "/missing", For: "open threads"}
	_, err := f.WriteAt([]byte("a"), 0)
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "temporary file of open threads: ")
	require.NoError(t, f.Close())
	f.Folder = t.TempDir()
	_, err = f.WriteAt([]byte("a"), -1)
	require.ErrorContains(t, err, "temporary file of open threads: ")
	require.NoError(t, f.Close())
}
