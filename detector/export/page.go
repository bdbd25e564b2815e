package export

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"

	"github.com/hookline/hookline/detector/message"
)

var pageFormat = format{
	Format: Format{
		Name: "html", Title: "web page: schema.org JobPosting (JSON-LD, @graph, microdata), else its words as one post",
		Recognised: "HTML without the structure of a chat export",
		Kinds:      []message.Kind{message.JobAdvert, message.Post},
	},
	sniff: func(s *sample) int {
		if s.isHTML() {
			return possible - 5
		}
		return 0
	},
	read: readPage,
}

// isHTML says whether the text begins as a page does.
func (s *sample) isHTML() bool {
	text := s.start()
	start := strings.ToLower(string(text[:min(len(text), 2048)]))
	for strings.HasPrefix(start, "<!--") {
		_, rest, found := strings.Cut(start, "-->")
		if !found {
			return true
		}
		start = strings.TrimSpace(rest)
	}
	if strings.HasPrefix(start, "<?xml") && !strings.Contains(start, "<html") {
		return false
	}
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<div", "<meta", "<title", "<p>", "<h1", "<table", "<section", "<article", "<?xml"} {
		if strings.HasPrefix(start, tag) {
			return true
		}
	}
	return false
}

func readPage(u *unit) error {
	f := u.files[0]
	text, err := u.whole(f)
	if err != nil {
		return err
	}
	found := 0
	for _, s := range ldScripts(text) {
		n, err := u.postings(s.text, f, s.line)
		if err != nil {
			return err
		}
		found += n
	}
	if found == 0 {
		for _, posting := range microdata(text) {
			m := postingMessage(posting)
			m.Source = f.name
			if strings.TrimSpace(m.Text) == "" {
				continue
			}
			found++
			if err := u.emit(m); err != nil {
				return err
			}
		}
	}
	if found > 0 {
		return nil
	}
	m := message.Message{Text: pageText(string(text)), Kind: message.Post, Source: f.name}
	if m.Text == "" {
		return u.fail(Fault{File: f.name, Text: "a page without words"})
	}
	return u.emit(&m)
}

// pageText is the words of a page, below its title.
func pageText(page string) string {
	body := plainText(page)
	z := html.NewTokenizer(strings.NewReader(page[:min(len(page), headSize)]))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if name, _ := z.TagName(); kind == html.StartTagToken && string(name) == "title" && z.Next() == html.TextToken {
			if title := strings.TrimSpace(string(z.Text())); !strings.HasPrefix(body, title) {
				return joinLines(title, body)
			}
			break
		}
	}
	return body
}

// script is the content of a <script> and the line where it begins.
type script struct {
	text []byte
	line int
}

// ldScripts are the JSON-LD scripts of a page that speak of JobPosting.
func ldScripts(page []byte) (scripts []script) {
	z := html.NewTokenizer(bytes.NewReader(page))
	inside, line := false, 1
	for {
		kind := z.Next()
		raw := z.Raw()
		if kind == html.ErrorToken {
			return scripts
		}
		switch kind {
		case html.StartTagToken:
			name, more := z.TagName()
			inside = string(name) == "script" && more && strings.Contains(strings.ToLower(attribute(z, "type")), "ld+json")
		case html.TextToken:
			if inside && bytes.Contains(raw, []byte("JobPosting")) && len(scripts) < 1000 {
				scripts = append(scripts, script{text: cleanScript(raw), line: line})
			}
			inside = false
		}
		line += bytes.Count(raw, []byte{'\n'})
	}
}

// cleanScript drops the comments that old pages wrap around scripts.
func cleanScript(raw []byte) []byte {
	text := bytes.TrimSpace(raw)
	for _, mark := range []string{"<!--", "//<![CDATA[", "<![CDATA[", "/*<![CDATA[*/"} {
		text = bytes.TrimSpace(bytes.TrimPrefix(text, []byte(mark)))
	}
	for _, mark := range []string{"-->", "//]]>", "]]>", "/*]]>*/", ";"} {
		text = bytes.TrimSpace(bytes.TrimSuffix(text, []byte(mark)))
	}
	return bytes.Clone(text)
}

// microdata reads the JobPostings that a page marks with itemscope and
// itemprop, in the shape of JSON-LD.
func microdata(page []byte) (found []map[string]any) {
	if !bytes.Contains(page, []byte("schema.org/JobPosting")) {
		return nil
	}
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil
	}
	budget := 4 << 20 // nodes to visit for words: properties may nest
	var walk func(n *html.Node, scope map[string]any)
	walk = func(n *html.Node, scope map[string]any) {
		inner := scope
		if n.Type == html.ElementNode {
			kind, scoped := nodeAttr(n, "itemtype"), hasAttr(n, "itemscope")
			switch prop := nodeAttr(n, "itemprop"); {
			case scoped && scope == nil && strings.Contains(kind, "schema.org/JobPosting"):
				inner = map[string]any{"@type": "JobPosting"}
				found = append(found, inner)
			case scoped && scope != nil:
				inner = map[string]any{}
				addProperty(scope, prop, inner)
			case scope != nil && prop != "":
				addProperty(scope, prop, propertyValue(n, &budget))
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, inner)
		}
	}
	walk(root, nil)
	return found
}

func addProperty(scope map[string]any, names string, value any) {
	for name := range strings.FieldsSeq(names) {
		switch old := scope[name].(type) {
		case nil:
			scope[name] = value
		case []any:
			scope[name] = append(old, value)
		default:
			scope[name] = []any{old, value}
		}
	}
}

// propertyValue is what an element with itemprop says.
func propertyValue(n *html.Node, budget *int) any {
	for _, name := range []string{"content", "datetime"} {
		if hasAttr(n, name) {
			return nodeAttr(n, name)
		}
	}
	switch n.Data {
	case "a", "link":
		if href := nodeAttr(n, "href"); href != "" {
			return href
		}
	}
	return nodeText(n, budget)
}

// nodeText is a part of a page as people see it.
func nodeText(n *html.Node, budget *int) string {
	var p plainWriter
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if *budget--; *budget < 0 {
			return
		}
		switch {
		case n.Type == html.TextNode:
			p.write(n.Data)
		case n.Type == html.ElementNode && hiddenTag(n.Data):
			return
		case n.Type == html.ElementNode && n.Data == "a":
			p.href, p.linkAt = nodeAttr(n, "href"), p.out.Len()
			defer p.closeLink()
		case n.Type == html.ElementNode && blockTag(n.Data):
			p.breaks++
			defer func() { p.breaks++ }()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return p.text()
}

func nodeAttr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}
