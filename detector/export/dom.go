package export

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// page reads a file as HTML.
func (u *unit) page(f *file) (*html.Node, error) {
	text, err := u.whole(f)
	if err != nil {
		return nil, err
	}
	return html.Parse(bytes.NewReader(text))
}

// hasClass says whether an element has the class.
func hasClass(n *html.Node, class string) bool {
	if n.Type != html.ElementNode {
		return false
	}
	for word := range strings.FieldsSeq(nodeAttr(n, "class")) {
		if word == class {
			return true
		}
	}
	return false
}

// nodes are the outermost elements under n for which want holds, in order.
func nodes(n *html.Node, want func(*html.Node) bool) (found []*html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && want(c) {
			found = append(found, c)
			continue
		}
		found = append(found, nodes(c, want)...)
	}
	return found
}

// withClass are the outermost elements under n with the class.
func withClass(n *html.Node, class string) []*html.Node {
	return nodes(n, func(c *html.Node) bool { return hasClass(c, class) })
}

// firstWithClass is the first element under n with the class; nil if none.
func firstWithClass(n *html.Node, class string) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if hasClass(c, class) {
			return c
		}
		if found := firstWithClass(c, class); found != nil {
			return found
		}
	}
	return nil
}

// firstTag is the first element under n of the name; nil if none.
func firstTag(n *html.Node, name string) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && c.Data == name {
			return c
		}
		if found := firstTag(c, name); found != nil {
			return found
		}
	}
	return nil
}

// words is what people see of an element; empty for nil. The address of a link
// follows its words where it says something else.
func words(n *html.Node) string {
	if n == nil {
		return ""
	}
	budget := 1 << 20
	return nodeText(n, &budget)
}

// flat is words on one line.
func flat(n *html.Node) string { return strings.Join(strings.Fields(words(n)), " ") }

// ownText is the text of an element without that of the elements in it.
func ownText(n *html.Node) string {
	if n == nil {
		return ""
	}
	var parts []string
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			parts = append(parts, strings.Fields(c.Data)...)
		}
	}
	return strings.Join(parts, " ")
}
