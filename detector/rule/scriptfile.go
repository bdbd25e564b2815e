package rule

import (
	"path"
	"strings"

	"go.yaml.in/yaml/v3"
)

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
