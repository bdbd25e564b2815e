package rule

import (
	"fmt"
	"path"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
)

// readList reads lists/<name>.yaml.
func (f *file) readList(root *yaml.Node) *List {
	l := &List{Name: strings.TrimSuffix(path.Base(f.path), ".yaml"), Pos: f.pos(root), entries: noPatterns}
	l.ID = "lists." + l.Name
	f.id = l.ID
	f.fields(root, "a list",
		field{"id", true, func(n *yaml.Node) { f.checkID(n, l.ID); l.Pos = f.contentPos(n) }},
		field{"title", true, func(n *yaml.Node) { l.Title, _ = f.str(n, "title") }},
		field{"updated", true, func(n *yaml.Node) { l.Updated = f.date(n) }},
		field{"groups", true, func(n *yaml.Node) {
			f.pairs(n, "groups", func(key, value *yaml.Node) {
				if f.name(key, "group") {
					l.Groups = append(l.Groups, key.Value)
					f.readLangs(value, key.Value, true)
				}
			})
		}},
	)
	if f.brief {
		l.entries = sync.OnceValue(func() []*Pattern { return f.again().list.Entries() })
		return l
	}
	entries := f.work.taken()
	l.entries = func() []*Pattern { return entries }
	if len(entries) > maxEntries {
		f.wrong(root, "%d entries, more than %d", len(entries), maxEntries)
	}
	if len(entries) == 0 && len(f.faults) == 0 {
		f.wrong(root, "a list needs entries")
	}
	return l
}

func (f *file) date(n *yaml.Node) string {
	text, ok := f.str(n, "date")
	if !ok {
		return ""
	}
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		f.wrong(n, "%q is not a date", text).Hint = "as in 2026-11-01"
		return ""
	}
	return text
}

// checkID refuses an id that is not the one of the file's place.
func (f *file) checkID(n *yaml.Node, want string) {
	if id, ok := f.str(n, "id"); ok && id != want {
		f.wrong(n, "id %q does not fit its place", id).Hint = fmt.Sprintf("here it must be %q", want)
	}
}
