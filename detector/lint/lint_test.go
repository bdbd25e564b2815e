package lint_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/lint"
	"github.com/hookline/hookline/detector/rule"
)

var update = flag.Bool("update", false, "rewrite the golden pictures of testdata")

var options = lint.Options{
	Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
}

// folder splits a file of the gallery at its "# as: path" lines.
func folder(t testing.TB, name string) fs.FS {
	t.Helper()
	body, err := os.ReadFile(name)
	require.NoError(t, err)
	fsys := fstest.MapFS{}
	for _, part := range strings.Split(string(body), "# as: ")[1:] {
		place, text, _ := strings.Cut(part, "\n")
		fsys[place] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func findings(t testing.TB, name string) []lint.Finding {
	t.Helper()
	set, err := rule.Load(folder(t, name))
	require.NoError(t, err)
	return lint.Run(set, options)
}

// TestGallery: each file has one finding, shown by its picture, and each check
// has a file.
func TestGallery(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/*.yaml")
	require.NoError(t, err)
	seen := map[string]bool{}
	for _, name := range names {
		if filepath.Base(name) == "clean.yaml" {
			continue
		}
		found := findings(t, name)
		var shown strings.Builder
		for _, f := range found {
			shown.WriteString(f.String() + "\n")
			seen[f.Check] = true
		}
		golden := strings.TrimSuffix(name, ".yaml") + ".txt"
		if *update {
			require.NoError(t, os.WriteFile(golden, []byte(shown.String()), 0o644))
		}
		want, err := os.ReadFile(golden)
		require.NoError(t, err)
		require.Equal(t, string(want), shown.String(), name)
		require.Len(t, found, 1, "%s:\n%s", name, shown.String())
	}
	for _, check := range lint.Checks() {
		require.True(t, seen[check.Name], "no file of the gallery shows %s", check.Name)
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	require.Empty(t, findings(t, "testdata/clean.yaml"))
}

func TestChecksAreDescribed(t *testing.T) {
	t.Parallel()
	checks := lint.Checks()
	require.True(t, slices.IsSortedFunc(checks, func(a, b lint.Check) int { return strings.Compare(a.Name, b.Name) }))
	for _, check := range checks {
		require.Regexp(t, `^[A-Z].*\.$`, check.Why, check.Name)
		require.Regexp(t, `^[a-z-]+$`, check.Name)
	}
}

func TestOptionsLeaveChecksOut(t *testing.T) {
	t.Parallel()
	set, err := rule.Load(folder(t, "testdata/stale-list.yaml"))
	require.NoError(t, err)
	require.Empty(t, lint.Run(set, lint.Options{}))
}

func TestSeverityNames(t *testing.T) {
	t.Parallel()
	require.Equal(t, "note warning error (3)", strings.Join([]string{
		lint.Note.String(), lint.Warning.String(), lint.Fault.String(), lint.Severity(3).String(),
	}, " "))
}
