package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The README of the rules teaches with a rule that works, and names commands
// and flags that exist.
func TestRulesREADME(t *testing.T) {
	readme, err := os.ReadFile("../../rules/README.md")
	require.NoError(t, err)
	example := regexp.MustCompile("(?s)```yaml\n(# yaml-language-server.*?)```").FindStringSubmatch(string(readme))
	require.NotNil(t, example)
	name := filepath.Join("mypack", "fake_job", "pet_sitting", "crate_fee.yaml")
	walk, err := os.ReadFile("testdata/script/author.txtar")
	require.NoError(t, err)
	require.Contains(t, string(walk), example[1], "the walk-through tests the rule of the README")
	t.Chdir(t.TempDir())
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(example[1]), 0o644))
	for _, args := range [][]string{{"lint"}, {"test", "--coverage", "--mutate"}} {
		var out, errs bytes.Buffer
		code := run(append([]string{"rules"}, append(args, "--rules", "mypack")...), streams{in: strings.NewReader(""), out: &out, err: &errs})
		require.Zero(t, code, out.String()+errs.String())
	}

	labelledCase := regexp.MustCompile("(?s)```yaml\n(label: .*?)```").FindStringSubmatch(string(readme))
	require.NotNil(t, labelledCase)
	require.NoError(t, os.Mkdir("mycases", 0o755))
	require.NoError(t, os.WriteFile("mycases/case.yaml", []byte(labelledCase[1]), 0o644))
	var out, errs bytes.Buffer
	code := run([]string{"rules", "test", "--rules", "mypack", "mycases"}, streams{in: strings.NewReader(""), out: &out, err: &errs})
	require.Zero(t, code, out.String()+errs.String())
	require.Contains(t, out.String(), "1 passed, 0 failed; 1 of 1 marks hit")

	root := newRoot(streams{})
	commands := regexp.MustCompile("hookline ((?:[a-z]+ ?)+)([^\n`|#]*)").FindAllStringSubmatch(string(readme), -1)
	require.Greater(t, len(commands), 15)
	for _, c := range commands {
		command, _, err := root.Find(strings.Fields(c[1]))
		require.NoError(t, err, c[0])
		require.NotEqual(t, root, command, c[0])
		for _, flag := range regexp.MustCompile(`--([a-z-]+)`).FindAllStringSubmatch(c[2], -1) {
			require.NotNil(t, command.Flag(flag[1]), c[0])
		}
	}
}
