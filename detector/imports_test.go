package detector_test

import (
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/hookline/hookline/"

// layers is the order of the house: a package may import those of earlier
// lines and nothing of the same or a later one.
var layers = [][]string{
	{"detector/source", "detector/shard", "detector/spool", "detector/snapshot"},
	{"detector/message", "detector/fold", "detector/marked"},
	{"detector/token", "detector/identifier", "detector/rule", "detector/obfuscate", "detector/export", "detector/labelled"},
	{"detector/lint", "detector/pack", "detector/match", "detector/textindex", "detector/workload", "detector/campaign"},
	{"detector/speech", "detector/script"},
	{"detector/score"},
	{"detector"},
	{"detector/langid", "detector/resemble", "detector/casebook"},
	{"detector/report", "detector/scan", "detector/ruletest", "detector/conformance"},
	{"detector/eval", "detector/hunt"},
	{"detector/fit"},
	{"detector/triage"},
	{"rules", "corpus"},
	{"detector/builtin"},
	{"cmd/hookline"},
}

// only says which package alone may import a library.
var only = map[string]string{
	"github.com/blevesearch/bleve":   "detector/textindex detector/resemble",
	"github.com/pemistahl/lingua-go": "detector/langid",
	"github.com/spf13/cobra":         "cmd/hookline",
}

func layerOf(path string) int {
	for i, layer := range layers {
		for _, p := range layer {
			if p == path {
				return i
			}
		}
	}
	return -1
}

// nested says whether a folder is a module of its own, with a house of its own.
func nested(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "go.mod"))
	return err == nil
}

func packages(t *testing.T, visit func(path string, p *build.Package)) {
	t.Helper()
	require.NoError(t, filepath.WalkDir("..", func(dir string, entry fs.DirEntry, err error) error {
		require.NoError(t, err)
		name := entry.Name()
		if !entry.IsDir() {
			return nil
		}
		if dir != ".." && (strings.HasPrefix(name, ".") || name == "testdata" || nested(dir)) {
			return fs.SkipDir
		}
		p, err := build.ImportDir(dir, 0)
		if err != nil || p.Name == "" {
			return nil
		}
		visit(strings.TrimPrefix(filepath.ToSlash(dir), "../"), p)
		return nil
	}))
}

func TestImports(t *testing.T) {
	packages(t, func(path string, p *build.Package) {
		layer := layerOf(path)
		require.GreaterOrEqual(t, layer, 0, "package %s has no place in the house", path)
		for _, imported := range p.Imports {
			if own, ok := strings.CutPrefix(imported, module); ok {
				require.Less(t, layerOf(own), layer, "%s must not import %s", path, own)
			}
			for library, owners := range only {
				if strings.HasPrefix(imported, library) {
					require.Contains(t, strings.Fields(owners), path, "%s must not import %s", path, imported)
				}
			}
		}
	})
}

// Nothing that the face of the project exports is of a library's types.
func TestExportedSignatures(t *testing.T) {
	p, err := build.ImportDir(".", 0)
	require.NoError(t, err)
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		require.NoError(t, err)
		for _, spec := range file.Imports {
			for _, library := range []string{"bleve", "lingua", "yaml", "cobra"} {
				require.NotContains(t, spec.Path.Value, library)
			}
		}
		for _, declaration := range file.Decls {
			if f, ok := declaration.(*ast.FuncDecl); ok {
				require.NotEqual(t, "init", f.Name.Name)
			}
		}
	}
}

// No file is too long to read.
func TestFileSizes(t *testing.T) {
	packages(t, func(path string, p *build.Package) {
		for _, name := range append(append(p.GoFiles, p.TestGoFiles...), p.XTestGoFiles...) {
			text, err := os.ReadFile(filepath.Join("..", path, name))
			require.NoError(t, err)
			require.LessOrEqual(t, strings.Count(string(text), "\n"), 500, "%s/%s", path, name)
		}
	})
}
