package export

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// plainText is a text that may be HTML as people see it: tags gone, blocks on
// lines of their own, entities decoded, scripts dropped. The address of a link
// follows its words where it says something else. Text without markup is only
// trimmed.
func plainText(text string) string {
	if !strings.ContainsAny(text, "<&") {
		return strings.TrimSpace(text)
	}
	if !strings.Contains(text, "<") && strings.Contains(text, "&lt;") {
		text = html.UnescapeString(text)
	}
	z := html.NewTokenizer(strings.NewReader(text))
	var p plainWriter
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p.text()
		case html.TextToken:
			p.write(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			p.open(z)
		case html.EndTagToken:
			name, _ := z.TagName()
			p.close(string(name))
		}
	}
}

// plainWriter lays out the words of a page.
type plainWriter struct {
	out    strings.Builder
	hidden string // tag whose content is dropped
	href   string
	linkAt int
	space  bool
	breaks int // line breaks owed
}

func (p *plainWriter) write(text string) {
	if p.hidden != "" {
		return
	}
	for i, word := range strings.Fields(text) {
		if i > 0 || p.space || startsWithSpace(text) {
			p.space = true
		}
		p.word(word)
	}
	if endsWithSpace(text) {
		p.space = true
	}
}

func startsWithSpace(text string) bool {
	r, size := utf8.DecodeRuneInString(text)
	return size > 0 && unicode.IsSpace(r)
}

func endsWithSpace(text string) bool {
	r, size := utf8.DecodeLastRuneInString(text)
	return size > 0 && unicode.IsSpace(r)
}

func (p *plainWriter) word(word string) {
	switch {
	case p.out.Len() == 0:
	case p.breaks > 0:
		p.out.WriteByte('\n')
	case p.space:
		p.out.WriteByte(' ')
	}
	p.space, p.breaks = false, 0
	p.out.WriteString(word)
}

func (p *plainWriter) open(z *html.Tokenizer) {
	raw, more := z.TagName()
	name := string(raw)
	if p.hidden != "" {
		return
	}
	if hiddenTag(name) {
		p.hidden = name
		return
	}
	if name == "a" && more {
		p.href, p.linkAt = attribute(z, "href"), p.out.Len()
	}
	if blockTag(name) {
		p.breaks++
	}
}

func (p *plainWriter) close(name string) {
	switch {
	case p.hidden != "":
		if name == p.hidden {
			p.hidden = ""
		}
	case name == "a":
		p.closeLink()
	case blockTag(name):
		p.breaks++
	}
}

func (p *plainWriter) closeLink() {
	href := p.href
	p.href = ""
	if href == "" || !strings.Contains(href, ":") || strings.HasPrefix(href, "javascript:") || p.out.Len() < p.linkAt {
		return
	}
	shown := strings.TrimSpace(p.out.String()[p.linkAt:])
	bare := strings.TrimSuffix(strings.TrimPrefix(href, "mailto:"), "/")
	if shown != "" && strings.Contains(bare, strings.TrimSuffix(shown, "/")) && len(shown)+12 >= len(bare) {
		return
	}
	p.space = true
	p.word("(" + href + ")")
}

func (p *plainWriter) text() string { return strings.TrimSpace(p.out.String()) }

func attribute(z *html.Tokenizer, want string) string {
	for {
		key, value, more := z.TagAttr()
		if string(key) == want {
			return string(value)
		}
		if !more {
			return ""
		}
	}
}

func hiddenTag(name string) bool {
	switch name {
	case "script", "style", "template", "title":
		return true
	}
	return false
}

func blockTag(name string) bool {
	switch name {
	case "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article",
		"header", "footer", "blockquote", "pre", "dd", "dt", "dl", "hr", "form", "main", "nav", "aside", "figure", "td", "th", "option":
		return true
	}
	return false
}
