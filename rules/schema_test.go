package rules_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

var update = flag.Bool("update", false, "rewrite the schemas")

// The schemas that the files name are those of the types.
func TestSchemasAreCurrent(t *testing.T) {
	t.Parallel()
	for _, kind := range rule.SchemaKinds() {
		want, err := rule.Schema(kind)
		require.NoError(t, err)
		name := "schema/" + kind + ".json"
		if *update {
			require.NoError(t, os.WriteFile(name, append(want, '\n'), 0o644))
		}
		got, err := os.ReadFile(name)
		require.NoError(t, err)
		require.Equal(t, string(want)+"\n", string(got), "go test ./rules -update")
	}
}

// Every file of a rule author says which schema is its own, and keeps to it.
func TestFilesKeepToTheirSchema(t *testing.T) {
	t.Parallel()
	schemas := map[string]*jsonschema.Schema{}
	for _, kind := range rule.SchemaKinds() {
		s, err := jsonschema.NewCompiler().Compile("schema/" + kind + ".json")
		require.NoError(t, err)
		schemas[kind] = s
	}
	files := 0
	require.NoError(t, fs.WalkDir(rules.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := fs.ReadFile(rules.FS, name)
		require.NoError(t, err)
		kind := "weights"
		if name != "weights.yaml" { // which fit writes
			first, _, _ := strings.Cut(string(body), "\n")
			schema, ok := strings.CutPrefix(first, "# yaml-language-server: $schema=")
			require.True(t, ok, "%s: the first line names no schema: hookline rules lint --fix adds it", name)
			require.Equal(t, "schema", path.Dir(path.Join(path.Dir(name), schema)), name)
			kind = strings.TrimSuffix(path.Base(schema), ".json")
		}
		var node yaml.Node
		require.NoError(t, yaml.Unmarshal(body, &node), name)
		dates(&node)
		var value any
		require.NoError(t, node.Decode(&value), name)
		asJSON, err := json.Marshal(value)
		require.NoError(t, err)
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
		require.NoError(t, err)
		require.NotNil(t, schemas[kind], name)
		require.NoError(t, schemas[kind].Validate(doc), name)
		files++
		return nil
	}))
	require.Greater(t, files, 100)
}

// dates leaves dates the texts that they are in YAML 1.2, as editors read it.
func dates(n *yaml.Node) {
	if n.Tag == "!!timestamp" {
		n.Tag = "!!str"
	}
	for _, child := range n.Content {
		dates(child)
	}
}
