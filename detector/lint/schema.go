package lint

import (
	"path"
	"strings"

	"github.com/hookline/hookline/detector/source"
)

const schemaLine = "# yaml-language-server: $schema="

// kindOf is the kind of a rule file at a place of its folder, as rule.Schema
// names it.
func kindOf(place string) string {
	switch folder, _, _ := strings.Cut(place, "/"); {
	case folder == "lists":
		return "list"
	case folder == "scripts":
		return "script"
	case place == "weights.yaml", place == "references.yaml", place == "pack.yaml":
		return strings.TrimSuffix(place, ".yaml")
	default:
		return "rule"
	}
}

// WithSchema puts the line that leads editors to the schema at the top of a
// rule file which has none. Place is that of the file in its folder; the
// schemas are in the folder's schema/.
func WithSchema(place, body string) string {
	if strings.HasPrefix(strings.TrimPrefix(body, "\ufeff"), schemaLine) {
		return body
	}
	up := strings.Repeat("../", strings.Count(path.Clean(place), "/"))
	return schemaLine + up + "schema/" + kindOf(place) + ".json\n" + strings.TrimPrefix(body, "\ufeff")
}

func noSchema(r *run) {
	for _, of := range r.set.Rules {
		if text, _ := r.set.Text(of.Pos.File); !strings.HasPrefix(text.Body, schemaLine) {
			r.report(of.ID, source.Position{File: of.Pos.File, Line: 1, Col: 1}, 1, "no line leads editors to the schema").Hint = "lint --fix adds it"
		}
	}
}
