package labelled

import (
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/marked"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/source"
)

// Line is a line of the case's file, counted from 1.
func (c *Case) Line(number int) string { return c.text().Line(number) }

func (c *Case) text() source.Text { return source.Text{Name: c.Path, Body: c.body} }

// LabelPlace is where the file says the label.
func (c *Case) LabelPlace() source.Position {
	if n := field(c.root(), "label"); n != nil {
		return source.Position{File: c.Path, Line: n.Line, Col: n.Column}
	}
	return source.Position{File: c.Path}
}

// TextPlace is where the file says a byte of a turn's text.
func (c *Case) TextPlace(turn, offset int) source.Position {
	here := source.Position{File: c.Path}
	turns := field(c.root(), "turns")
	if turns == nil || turn >= len(turns.Content) {
		return here
	}
	here.Line, here.Col = turns.Content[turn].Line, turns.Content[turn].Column
	n := field(turns.Content[turn], "text")
	if n == nil || n.Kind != yaml.ScalarNode {
		return here
	}
	text := c.text()
	start := text.Offset(source.Position{Line: n.Line, Col: n.Column})
	written := strings.TrimSpace(n.Value)
	at := strings.Index(n.Value, written) + marked.Offset(written, offset)
	return text.Position(source.Scalar{Start: start, Style: n.Style}.Offset(c.body, n.Value, at))
}

// root is the file as YAML; nil for a case that was not read.
func (c *Case) root() *yaml.Node {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(c.body), &doc); err != nil || len(doc.Content) == 0 {
		return nil
	}
	return doc.Content[0]
}

func field(mapping *yaml.Node, name string) *yaml.Node {
	if mapping == nil || mapping.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		if mapping.Content[i].Value == name {
			return mapping.Content[i+1]
		}
	}
	return nil
}

// TextStart is where the text of a turn begins in the text of its message:
// that of an advert has its title and the like before it.
func (c *Case) TextStart() (start int) {
	if c.Kind != string(message.JobAdvert) {
		return 0
	}
	for _, line := range []string{c.Title, c.Company, c.Location, c.Salary} {
		if line != "" {
			start += len(line) + 1
		}
	}
	return start
}
