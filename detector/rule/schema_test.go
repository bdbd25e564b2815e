package rule_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/rule"
)

func compiledSchema(t testing.TB, kind string) *jsonschema.Schema {
	t.Helper()
	body, err := rule.Schema(kind)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(kind+".json", doc))
	s, err := c.Compile(kind + ".json")
	require.NoError(t, err)
	return s
}

// kindOf is the kind of the file at a place of a rule folder.
func kindOf(place string) string {
	switch {
	case place == "weights.yaml":
		return "weights"
	case strings.HasPrefix(place, "lists/"):
		return "list"
	case strings.HasPrefix(place, "scripts/"):
		return "script"
	default:
		return "rule"
	}
}

func validate(t testing.TB, s *jsonschema.Schema, body string) error {
	t.Helper()
	var node yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(body), &node))
	dates(&node)
	var value any
	require.NoError(t, node.Decode(&value))
	asJSON, err := json.Marshal(value)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	require.NoError(t, err)
	return s.Validate(doc)
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

func TestSchemaAcceptsWhatLoads(t *testing.T) {
	t.Parallel()
	for name, body := range validFolder() {
		if strings.HasSuffix(name, ".yaml") && name[0] != '.' {
			require.NoError(t, validate(t, compiledSchema(t, kindOf(name)), body), name)
		}
	}
}

// The schema and the readers know the same fields: a reader names those it has
// when it meets one that is none.
func TestSchemaHasTheFieldsOfTheReaders(t *testing.T) {
	t.Parallel()
	known := regexp.MustCompile(`one of ([a-z0-9_, ]+)`)
	for place, kind := range map[string]string{
		"fake_job/fee/check.yaml": "rule", "lists/x.yaml": "list", "scripts/x.yaml": "script", "weights.yaml": "weights",
	} {
		files := validFolder()
		files[place] = "zzzzzzzzzzzzzzzz: 1\n"
		_, err := rule.Load(folder(files))
		require.Error(t, err)
		names := known.FindStringSubmatch(err.Error())
		require.NotNil(t, names, err.Error())
		body, err := rule.Schema(kind)
		require.NoError(t, err)
		var schema struct{ Properties map[string]any }
		require.NoError(t, json.Unmarshal(body, &schema))
		var fields []string
		for field := range schema.Properties {
			fields = append(fields, field)
		}
		require.ElementsMatch(t, strings.Split(names[1], ", "), fields, kind)
	}
}

// What is wrong with the form of a file, an editor marks; the rest needs Load.
func TestSchemaRefusesFaultsOfForm(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("testdata/errors/*.yaml")
	require.NoError(t, err)
	var refused []string
	schemas := map[string]*jsonschema.Schema{}
	for _, kind := range rule.SchemaKinds() {
		schemas[kind] = compiledSchema(t, kind)
	}
	for _, name := range names {
		body, err := os.ReadFile(name)
		require.NoError(t, err)
		files, place := galleryFolder(t, string(body))
		var value any
		if yaml.Unmarshal([]byte(files[place]), &value) != nil {
			continue
		}
		if _, ok := value.(map[string]any); ok && validate(t, schemas[kindOf(place)], files[place]) != nil {
			refused = append(refused, strings.TrimSuffix(filepath.Base(name), ".yaml"))
		}
	}
	t.Logf("%d of %d: %v", len(refused), len(names), refused)
	require.Greater(t, len(refused), 25)
	for _, form := range []string{"unknown-field", "unknown-stage", "unknown-operator"} {
		require.True(t, slices.Contains(refused, form), form)
	}
}
