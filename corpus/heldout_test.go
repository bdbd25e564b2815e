package corpus_test

import (
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/corpus"
	"github.com/hookline/hookline/detector/labelled"
)

// Only the form of the held-out cases is tested: what the rules make of them is
// for eval to count.
func TestHeldOutCasesLoad(t *testing.T) {
	labels := map[string]string{
		"scam": "scam", "benign": "benign", "advert": "scam benign", "post": "scam benign",
		"distress": "at_risk", "lookalike": "benign",
	}
	found := map[string]int{}
	require.NoError(t, labelled.Walk(os.DirFS(labelled.HeldOut), func(c labelled.Case) error {
		folder, _, _ := strings.Cut(c.Path, "/")
		require.Contains(t, strings.Fields(labels[folder]), c.Label, c.Path)
		require.Equal(t, c.Label == "benign", c.Category == "benign", c.Path)
		require.NotEmpty(t, c.Kind, c.Path)
		found[folder]++
		asked := false
		for _, turn := range c.Turns {
			require.NotEmpty(t, turn.Text, c.Path)
			require.Empty(t, turn.Marks, c.Path)
			if turn.Role != "reporter" {
				require.False(t, asked && !turn.AsksMoney, "%s: once money is asked for, it has been", c.Path)
				asked = turn.AsksMoney
			}
		}
		return nil
	}))
	require.Len(t, found, len(labels))
}

func TestHeldOutCasesAreNotCompared(t *testing.T) {
	_, err := fs.Stat(corpus.FS, labelled.HeldOut)
	require.ErrorIs(t, err, fs.ErrNotExist)
	require.NoError(t, labelled.Walk(os.DirFS("."), func(c labelled.Case) error {
		require.False(t, strings.HasPrefix(c.Path, labelled.HeldOut), c.Path)
		return nil
	}))
}
