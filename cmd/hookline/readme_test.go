package main

import (
	"bytes"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// sample is the block of the README that shows what the first command prints.
var sample = regexp.MustCompile("(?s)```text\n(.*?)```")

// The README shows what the program prints, and names commands that exist.
func TestREADME(t *testing.T) {
	t.Chdir("../..")
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	var out, errs bytes.Buffer
	code := run([]string{"scan", "--format", "table", "corpus/samples"}, streams{in: strings.NewReader(""), out: &out, err: &errs})
	require.Zero(t, code, errs.String())
	require.Regexp(t, `read \d+ messages in \d+ threads: \d+ scanned, \d+ skipped`, errs.String())
	want := "```text\n" + trimLines(out.String()) + "```"
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(sample.ReplaceAllLiteralString(string(readme), want)), 0o644))
		return
	}
	require.Equal(t, want, sample.FindString(string(readme)))

	root := newRoot(streams{})
	for _, command := range regexp.MustCompile("hookline ([a-z]+)").FindAllStringSubmatch(string(readme), -1) {
		found, _, err := root.Find(command[1:])
		require.NoError(t, err, command[0])
		require.NotEqual(t, root, found, command[0])
	}
}

// trimLines takes the blanks off line ends, which no README keeps.
func trimLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}
