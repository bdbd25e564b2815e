package rule_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/rule"
)

var update = flag.Bool("update", false, "rewrite the golden pictures of testdata/errors")

// defaultPlace is where a file of the gallery is put, unless its first line is
// "# as: another/place.yaml".
const defaultPlace = "fake_job/fee/check.yaml"

// galleryFolder is the valid folder with one file of the gallery in it.
func galleryFolder(t testing.TB, body string) (files map[string]string, place string) {
	t.Helper()
	files, place = validFolder(), defaultPlace
	first, rest, _ := strings.Cut(body, "\n")
	if as, ok := strings.CutPrefix(first, "# as: "); ok {
		place, body = as, rest
	}
	files[place] = body
	return files, place
}

// TestErrorGallery holds one fault a file, each with its picture. Look at the
// pictures after -update: they are what a rule author sees.
func TestErrorGallery(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/errors/*.yaml")
	require.NoError(t, err)
	require.Greater(t, len(names), 60)
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".yaml"), func(t *testing.T) {
			t.Parallel()
			body, err := os.ReadFile(name)
			require.NoError(t, err)
			files, place := galleryFolder(t, string(body))
			set, err := rule.Load(folder(files))
			require.Nil(t, set)
			var list rule.ErrorList
			require.ErrorAs(t, err, &list)
			require.Len(t, list, 1, "one fault a file:\n%v", err)
			require.Equal(t, place, list[0].Pos.File)

			golden := strings.TrimSuffix(name, ".yaml") + ".txt"
			if *update {
				require.NoError(t, os.WriteFile(golden, []byte(err.Error()+"\n"), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			require.Equal(t, string(want), list.Error()+"\n")
		})
	}
}

func TestGoldensHaveTheirFile(t *testing.T) {
	t.Parallel()
	goldens, err := filepath.Glob("testdata/errors/*.txt")
	require.NoError(t, err)
	for _, golden := range goldens {
		require.FileExists(t, strings.TrimSuffix(golden, ".txt")+".yaml")
	}
}
