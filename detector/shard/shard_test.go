package shard_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/shard"
)

// stream is a file that one cannot go about in.
type stream struct{ io.ReadCloser }

// However a file is cut and opened, each line is read once, whole, at a
// position that grows with its place.
func TestEveryLineOnce(t *testing.T) {
	streamed := func(s shard.Shard) (*shard.Reader, error) {
		file, err := os.Open(s.Path)
		require.NoError(t, err)
		return shard.NewReader(s, stream{file})
	}
	for _, open := range []func(shard.Shard) (*shard.Reader, error){shard.Open, streamed} {
		everyLineOnce(t, open)
	}
}

func everyLineOnce(t *testing.T, open func(shard.Shard) (*shard.Reader, error)) {
	for name, text := range map[string]string{
		"ended": "a\nbb\n\nccc\ndddd\n", "open end": "a\nbb\nccc", "one": strings.Repeat("x", 99), "blank": "\n\n\n", "long": "a\n" + strings.Repeat("y", 1<<19) + "\nb\n",
	} {
		path := filepath.Join(t.TempDir(), "f")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		for size := int64(1 + len(text)/200); size < int64(len(text))+2; size += int64(1 + len(text)/40) {
			shards, err := shard.Cut(path, size)
			require.NoError(t, err)
			var all []byte
			last := int64(-1)
			for _, s := range shards {
				r, err := open(s)
				require.NoError(t, err)
				for !r.Done() {
					lines, position, err := r.Next(3, 1<<20)
					require.NoError(t, err)
					require.NotEmpty(t, lines)
					require.Greater(t, position, last)
					last = position + int64(bytes.Count(lines, []byte("\n"))) - 1
					all = append(all, lines...)
				}
				require.NoError(t, r.Close())
			}
			want := text
			if !strings.HasSuffix(want, "\n") {
				want += "\n"
			}
			require.Equal(t, want, string(all), fmt.Sprint(name, size))
		}
	}
}

func TestFilesThatAreNotAsTheyWere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(path, []byte("a\nb\n"), 0o600))
	shards, err := shard.Cut(path, 2)
	require.NoError(t, err)
	require.Len(t, shards, 2)
	require.NoError(t, os.WriteFile(path, []byte("a\nb\nc\n"), 0o600))
	_, err = shard.Open(shards[0])
	require.ErrorIs(t, err, shard.ErrChanged)
	_, err = shard.NewReader(shard.Shard{Start: 2, End: 4, Size: 4}, stream{io.NopCloser(strings.NewReader(""))})
	require.ErrorIs(t, err, shard.ErrChanged)
	_, err = shard.Cut(filepath.Dir(path), 2)
	require.Error(t, err)
	_, err = shard.Cut(path, 0)
	require.Error(t, err)
}

func TestLongLineIsCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "f")
	require.NoError(t, os.WriteFile(path, []byte(strings.Repeat("x", 1<<20)+"\nb\n"), 0o600))
	shards, err := shard.Cut(path, 1<<30)
	require.NoError(t, err)
	r, err := shard.Open(shards[0])
	require.NoError(t, err)
	lines, _, err := r.Next(1<<20, 100)
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("x", 100)+"\nb\n", string(lines))
}
