package rule

import (
	"fmt"
	"path"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// readList reads lists/<name>.yaml.
func (f *file) readList(root *yaml.Node) *List {
	l := &List{Name: strings.TrimSuffix(path.Base(f.path), ".yaml"), Pos: f.pos(root)}
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
					f.readLangs(value, key.Value, true, &l.Entries)
				}
			})
		}},
	)
	if len(l.Entries) > maxPatterns {
		f.wrong(root, "%d entries, more than %d", len(l.Entries), maxPatterns)
	}
	if len(l.Entries) == 0 && len(f.faults) == 0 {
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

// readScript reads scripts/<name>.yaml.
func (f *file) readScript(root *yaml.Node) (*Script, []*Composite) {
	s := &Script{Name: strings.TrimSuffix(path.Base(f.path), ".yaml"), Pos: f.pos(root)}
	s.ID = "scripts." + s.Name
	f.id = s.ID
	var composites []*Composite
	f.fields(root, "a script",
		field{"id", true, func(n *yaml.Node) { f.checkID(n, s.ID); s.Pos = f.contentPos(n) }},
		field{"title", true, func(n *yaml.Node) { s.Title, _ = f.str(n, "title") }},
		field{"stages", false, func(n *yaml.Node) { s.Stages = f.readStages(n) }},
		field{"composites", false, func(n *yaml.Node) {
			for _, item := range f.items(n, "composites", maxItems) {
				if c := f.readComposite(item); c != nil {
					composites = append(composites, c)
				}
			}
		}},
	)
	return s, composites
}

func (f *file) readStages(n *yaml.Node) []ScriptStage {
	var stages []ScriptStage
	seen := map[Stage]*yaml.Node{}
	for _, item := range f.items(n, "stages", len(stageNames)) {
		stage := ScriptStage{Pos: f.pos(item)}
		f.fields(item, "a stage",
			field{"id", true, func(n *yaml.Node) {
				if !enum(f, n, "stage", stageNames, &stage.ID) {
					return
				}
				if other := seen[stage.ID]; other != nil {
					f.wrong(n, "stage %q comes twice", stage.ID).Other = f.place(other, "first here")
				}
				seen[stage.ID] = n
			}},
			field{"title", true, func(n *yaml.Node) { stage.Title, _ = f.str(n, "title") }},
			field{"next", false, func(n *yaml.Node) { stage.Next, _ = f.str(n, "next") }},
		)
		stages = append(stages, stage)
	}
	return stages
}

func (f *file) readComposite(n *yaml.Node) *Composite {
	c := &Composite{Pos: f.pos(n)}
	before := len(f.faults)
	f.fields(n, "a composite",
		field{"id", true, func(n *yaml.Node) {
			c.ID, _ = f.str(n, "id")
			c.Pos = f.contentPos(n)
			if rest, ok := strings.CutPrefix(c.ID, compositePrefix); c.ID != "" && (!ok || rest == "" || nameAt(rest) != rest) {
				f.wrong(n, "%q is not the id of a composite", c.ID).Hint = `as in "comp.lock_in"`
			}
		}},
		field{"title", true, func(n *yaml.Node) { c.Title, _ = f.str(n, "title") }},
		field{"when", true, func(n *yaml.Node) {
			r := clauseReader{file: f, scope: ThreadScope}
			c.When = r.root(n)
		}},
		field{"band", false, func(n *yaml.Node) { enum(f, n, "band", bandNames, &c.Band) }},
		field{"queue", false, func(n *yaml.Node) { enum(f, n, "queue", queueNames, &c.Queue) }},
		field{"also", false, func(n *yaml.Node) { c.Also = f.queues(n) }},
		field{"do", false, func(n *yaml.Node) { c.Do, _ = f.str(n, "do") }},
	)
	if len(f.faults) > before {
		return nil
	}
	if c.Band == NoBand && c.Queue == NoQueue && len(c.Also) == 0 {
		f.wrong(n, "composite %q does nothing", c.ID).Hint = "give it a band or a queue"
	}
	return c
}

// weightsFile is weights.yaml as read; nil means not said.
type weightsFile struct {
	baseRate, t3, t2 *float64
	rules            []RuleWeight
}

const maxWeight = 10 // log-odds; beyond it one match decides everything

func (f *file) readWeights(root *yaml.Node) *weightsFile {
	w := &weightsFile{}
	var locked *yaml.Node
	set := func(into **float64, what string, least, greatest float64) func(*yaml.Node) {
		return func(n *yaml.Node) {
			if x, ok := f.number(n, what, least, greatest); ok {
				*into = &x
			}
		}
	}
	f.fields(root, "the weights file",
		field{"base_rate", false, set(&w.baseRate, "base_rate", 1e-6, 0.5)},
		field{"t3", false, set(&w.t3, "t3", 0.1, 99.9)},
		field{"t2", false, set(&w.t2, "t2", 0.1, 99.9)},
		field{"weights", false, func(n *yaml.Node) {
			f.pairs(n, "weights", func(key, value *yaml.Node) {
				if x, ok := f.number(value, "weight", -maxWeight, maxWeight); ok {
					w.rules = append(w.rules, RuleWeight{Rule: key.Value, Weight: x, Pos: f.contentPos(key)})
				}
			})
		}},
		field{"locked", false, func(n *yaml.Node) { locked = n }},
		field{"figures", false, func(*yaml.Node) {}},
	)
	if locked != nil {
		f.readLocked(locked, w)
	}
	if w.t3 != nil && w.t2 != nil && *w.t3 >= *w.t2 {
		f.wrong(root, "t3 must be less than t2")
	}
	return w
}

// readLocked reads the ids of weights that fit leaves alone.
func (f *file) readLocked(n *yaml.Node, w *weightsFile) {
	for _, item := range f.items(n, "locked rules", maxItems) {
		id, ok := f.str(item, "rule id")
		if !ok {
			continue
		}
		found := false
		for i := range w.rules {
			if w.rules[i].Rule == id {
				w.rules[i].Locked, found = true, true
			}
		}
		if !found {
			f.wrong(item, "locked rule %q has no weight", id).Hint = "give it one under weights"
		}
	}
}

func (w *weightsFile) override(weights *Weights) {
	for _, o := range []struct {
		from *float64
		into *float64
	}{{w.baseRate, &weights.BaseRate}, {w.t3, &weights.T3}, {w.t2, &weights.T2}} {
		if o.from != nil {
			*o.into = *o.from
		}
	}
}
