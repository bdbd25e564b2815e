package lint

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fieldOrder is the order of the fields of every kind of rule file: what it
// is, what it looks for, what it is not, how it is known to work.
var fieldOrder = []string{
	"id", "name", "version", "engine", "licence", "title", "description", "updated", "status", "aliases",
	"stage", "weight", "queue", "also", "act", "effect",
	"patterns", "groups", "condition", "stages", "composites",
	"base_rate", "t3", "t2", "weights", "locked", "figures",
	"lookalikes", "references", "tests", "overrides",
}

// Format puts the fields of a rule file in their order and unifies line ends
// and white space at the ends of lines. Values, quotes and comments stay as
// their author wrote them: a comment goes with the field below it, and those
// above the first field stay at the top. Formatting twice changes nothing.
func Format(body string) (string, error) {
	lines := strings.Split(strings.TrimPrefix(strings.ReplaceAll(body, "\r\n", "\n"), "\ufeff"), "\n")
	before, err := mapping(strings.Join(lines, "\n"))
	if err != nil {
		return "", err
	}
	if !movable(before, lines) {
		return "", errors.New("the fields do not begin a line each")
	}
	if literalEnds(before) {
		return "", errors.New("white space at the end of a line is part of a text: quote it")
	}
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	header, blocks, footer := split(lines, before)
	slices.SortStableFunc(blocks, func(a, b block) int { return cmp.Compare(a.rank, b.rank) })
	var out strings.Builder
	write := func(lines []string) {
		for _, line := range lines {
			out.WriteString(line + "\n")
		}
	}
	write(header)
	for _, b := range blocks {
		write(b.lines)
	}
	write(footer)
	formatted := strings.TrimLeft(out.String(), "\n")
	after, err := mapping(formatted)
	if err != nil || !same(before, after) {
		return "", errors.New("the fields cannot be moved without changing what they say")
	}
	return formatted, nil
}

// movable says whether each field of the root begins a line of its own, and
// all other lines are a part of one.
func movable(root *yaml.Node, lines []string) bool {
	if root.Style != 0 || root.Anchor != "" {
		return false
	}
	last := 0
	for i := 0; i < len(root.Content); i += 2 {
		key := root.Content[i]
		if key.Column != 1 || key.Line <= last || key.Line > len(lines) || key.Style&yaml.TaggedStyle != 0 || key.Anchor != "" {
			return false
		}
		last = key.Line
	}
	return !slices.ContainsFunc(lines, func(line string) bool {
		return strings.HasPrefix(line, "---") || strings.HasPrefix(line, "...") || strings.HasPrefix(line, "%") ||
			strings.ContainsAny(line, "\r\u0085\u2028\u2029")
	})
}

// block is a field with its lines and the comments above it.
type block struct {
	rank  int // in fieldOrder; unknown fields last
	lines []string
}

// split cuts the lines before each field of the root, the comments above with
// it; blank lines between blocks are dropped. Header and footer are the comments
// above the first field and below the last.
func split(lines []string, root *yaml.Node) (header []string, blocks []block, footer []string) {
	above := func(line int) int { // the first comment or blank line right above
		for line > 0 && (lines[line-1] == "" || strings.HasPrefix(lines[line-1], "#")) {
			line--
		}
		return line
	}
	start := root.Content[0].Line - 1
	header = trimBlank(lines[:start])
	for i := 0; i < len(root.Content); i += 2 {
		end := len(lines)
		if i+2 < len(root.Content) {
			end = root.Content[i+2].Line - 1
		}
		end = above(end)
		rank := slices.Index(fieldOrder, root.Content[i].Value)
		if rank < 0 {
			rank = len(fieldOrder)
		}
		key := root.Content[i].Line - 1
		comments, field := trimBlank(lines[start:key]), trimBlank(lines[key:end])
		blocks = append(blocks, block{rank, slices.Concat(comments, field)})
		start = end
	}
	return header, blocks, trimBlank(lines[start:])
}

// trimBlank drops blank lines at either end.
func trimBlank(lines []string) []string {
	for len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines
}

func mapping(body string) (*yaml.Node, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(body), &doc); err != nil {
		return nil, fmt.Errorf("not YAML: %w", err)
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode || len(doc.Content[0].Content) == 0 {
		return nil, errors.New("not a mapping")
	}
	return doc.Content[0], nil
}

// literalEnds says whether a text holds a line that ends in white space.
func literalEnds(n *yaml.Node) bool {
	if n.Style&yaml.LiteralStyle != 0 && (strings.Contains(n.Value, " \n") || strings.Contains(n.Value, "\t\n")) {
		return true
	}
	return slices.ContainsFunc(n.Content, literalEnds)
}

// same says whether two mappings hold the same fields, in whatever order.
func same(a, b *yaml.Node) bool {
	if len(a.Content) != len(b.Content) {
		return false
	}
	for i := 0; i < len(a.Content); i += 2 {
		found := false
		for j := 0; j < len(b.Content) && !found; j += 2 {
			found = a.Content[i].Value == b.Content[j].Value && equal(a.Content[i+1], b.Content[j+1])
		}
		if !found {
			return false
		}
	}
	return true
}

func equal(a, b *yaml.Node) bool {
	return a.Kind == b.Kind && a.Tag == b.Tag && a.Value == b.Value && slices.EqualFunc(a.Content, b.Content, equal)
}
