package lint_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/hookline/hookline/detector/lint"
)

const unformatted = "\ufeff# yaml-language-server: $schema=rule.json\r\n" + `
# who wrote it

title: A cheque
tests:
  match: ["a"]

# checked with a bank
weight: strong   
stage: pitch
patterns:
  # the words
  check: {en: ["cash # this",
    "it"]}
id: fake_job.fee.check
note: >
  # not a comment
  of mine

`

const formatted = `# yaml-language-server: $schema=rule.json

# who wrote it
id: fake_job.fee.check
title: A cheque
stage: pitch
# checked with a bank
weight: strong
patterns:
  # the words
  check: {en: ["cash # this",
    "it"]}
tests:
  match: ["a"]
note: >
  # not a comment
  of mine
`

func TestFormat(t *testing.T) {
	t.Parallel()
	got, err := lint.Format(unformatted)
	require.NoError(t, err)
	require.Equal(t, formatted, got)
	again, err := lint.Format(got)
	require.NoError(t, err)
	require.Equal(t, got, again)
}

func TestFormatRefuses(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		"- a\n":              "not a mapping",
		"":                   "not a mapping",
		"a: [\n":             "not YAML: yaml: line 1: did not find expected node content",
		"id: |\n  a \n  b\n": "white space at the end of a line is part of a text: quote it",
		"{title: a, id: b}":  "the fields do not begin a line each",
	} {
		_, err := lint.Format(body)
		require.EqualError(t, err, want, body)
	}
}

func FuzzFormat(f *testing.F) {
	f.Add(unformatted)
	f.Add("a: |\n\n  x\n\n\nid: 'b\n\n c'\n")
	f.Add("!tag\na: 1\nid: 2\n")
	f.Add("# m\na: 1\n# c\n\nid: 2\n##\n\n#\n")
	f.Add("---\na: &x 1\nid: *x\n...\n")
	require.NoError(f, filepath.WalkDir("testdata", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".yaml") {
			var body []byte
			body, err = os.ReadFile(name)
			f.Add(string(body))
		}
		return err
	}))
	f.Fuzz(func(t *testing.T, body string) {
		once, err := lint.Format(body)
		if err != nil {
			return
		}
		twice, err := lint.Format(once)
		require.NoError(t, err)
		require.True(t, once == twice, "formatted again:\n%s", twice)
	})
}
