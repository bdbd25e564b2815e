package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
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

// The README's examples for other systems, as they stand there, against a
// server; what they import of those systems is a stand-in.
func TestREADMEExamples(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	require.NoError(t, err)
	server := startServer(t, filepath.Join(t.TempDir(), "book"))
	const plea = "They took my passport and I cannot leave, please call the police, we are locked in the compound and beaten"
	for _, example := range []struct {
		language, program, file, before, after string
		want                                   string
	}{
		{"python", "python3", "example.py", `import sys, types
def module(name, **content):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(content)
class Generic:
    def __class_getitem__(cls, item): return cls
for name in ("osprey", "osprey.engine", "osprey.engine.executor", "osprey.engine.udf"): module(name)
module("osprey.engine.executor.execution_context", ExecutionContext=object)
module("osprey.engine.udf.arguments", ArgumentsBase=object)
module("osprey.engine.udf.base", UDFBase=Generic)
`, `
arguments = TextArguments()
for arguments.text in sys.argv[1:]: print(HooklineBand().execute(None, arguments))
`, "P0\nP4\n"},
		{"js", "node", "example.mjs", "", `
for (const value of process.argv.slice(2)) console.log((await run({ value: { type: "STRING", value } })).score);
`, "4\n0\n"},
	} {
		t.Run(example.language, func(t *testing.T) {
			if _, err := exec.LookPath(example.program); err != nil {
				t.Skip(example.program + " is not installed")
			}
			_, block, found := strings.Cut(string(readme), "```"+example.language+"\n")
			require.True(t, found)
			block, _, _ = strings.Cut(block, "```")
			code := strings.ReplaceAll(example.before+block+example.after, "http://127.0.0.1:8787", server.address)
			file := filepath.Join(t.TempDir(), example.file)
			require.NoError(t, os.WriteFile(file, []byte(code), 0o600))
			out, err := exec.Command(example.program, file, plea, "See you at the bus stop at nine.").CombinedOutput()
			require.NoError(t, err, string(out))
			require.Equal(t, example.want, string(out))
		})
	}
}
