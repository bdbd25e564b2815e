package rule

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// tree prints what this package uses of a node and all below it.
func tree(n *yaml.Node) string {
	var b strings.Builder
	var write func(n *yaml.Node, depth int)
	write = func(n *yaml.Node, depth int) {
		fmt.Fprintf(&b, "%*d %d %v %q %d:%d\n", depth, n.Kind, n.Style, n.Tag == "!!null", n.Value, n.Line, n.Column)
		for _, child := range n.Content {
			write(child, depth+1)
		}
	}
	write(n, 1)
	return b.String()
}

// slow reads a text as the YAML parser does; "" where it refuses it.
func slow(body string) string {
	decoder := yaml.NewDecoder(strings.NewReader(body))
	var doc, more yaml.Node
	if decoder.Decode(&doc) != nil || len(doc.Content) == 0 || !errors.Is(decoder.Decode(&more), io.EOF) {
		return ""
	}
	return tree(doc.Content[0])
}

// TestQuickReadsTheRules holds that the built-in rules take the quick way, and
// come out the same.
func TestQuickReadsTheRules(t *testing.T) {
	var q quick
	files, quickly := 0, 0
	require.NoError(t, fs.WalkDir(os.DirFS("../../rules"), ".", func(path string, _ fs.DirEntry, err error) error {
		require.NoError(t, err)
		if filepath.Ext(path) != ".yaml" {
			return nil
		}
		body, err := os.ReadFile(filepath.Join("../../rules", path))
		require.NoError(t, err)
		files++
		if root := q.read(string(body)); root != nil {
			quickly++
			require.Equal(t, slow(string(body)), tree(root), path)
		} else {
			t.Log("left to the parser:", path)
		}
		return nil
	}))
	require.Positive(t, files)
	require.GreaterOrEqual(t, quickly*10, files*9, "%d of %d files", quickly, files)
}

func FuzzQuick(f *testing.F) {
	for _, seed := range []string{
		"a: b\n", "a: [b, \"c\", 'd''e']\nf: {g: h, i: [j]}\n", "a:\n  - b: c\n    d: e\n  - f\n", "a:\n- b\n- c: d\nf: (x|y)\n",
		"a: \"\\\"b\\\\\" # c\n", "a: null\nb: ~\n", "a: [\n  b, # c\n  'd'\n  ]\n", "a: b\n c\n", "a: {b: \"c\", d: -1.5}\n", "a:\n  b:\n    c: d\n  e: f\n",
		"# c\n\na: 点赞 # x\nb: [点赞, \"ü\", x]\n", "a: b: c\n", "a: 'b\n", "a: [b\n", "a: b\n  d: e\n", "...\n", "a: |\n  b\n", "a: [b,]\n", "a: []\nb: {}\n",
	} {
		f.Add(seed)
	}
	var q quick
	f.Fuzz(func(t *testing.T, body string) {
		file := newFile(new(Folder), "f")
		file.text.Body = body
		file.countLines()
		if strings.Contains(body, "\r") || !file.checkBytes() {
			return
		}
		if root := q.read(body); root != nil {
			require.Equal(t, slow(body), tree(root))
		}
	})
}
