package fold

import (
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/snapshot"
)

// A table that was kept is the table that was built.
func TestRestoredTableIsTheSame(t *testing.T) {
	var w, again snapshot.Writer
	Snapshot(&w)
	Snapshot(&again)
	require.Equal(t, w.Bytes, again.Bytes)
	r := &snapshot.Reader{Bytes: w.Bytes}
	built, restored := Table(), restore(r)
	require.False(t, r.Failed)
	require.Empty(t, r.Bytes)
	for i := rune(0); i <= unicode.MaxRune; i++ {
		require.Equal(t, built.entry(i), restored.entry(i))
	}
	require.Equal(t, built.spellings, restored.spellings)
	require.Equal(t, built.composed, restored.composed)
}
