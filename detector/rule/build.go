package rule

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/source"
)

// builder joins parsed files into a set and checks what only the whole shows.
type builder struct {
	set    *Set
	known  bool             // to be valid
	owners map[string]owner // by id, aliases included
}

type owner struct {
	file *file
	pos  source.Position
}

func (b *builder) build(files []*file, parsed []parsedFile) {
	b.owners, b.set.byName = map[string]owner{}, map[string]*file{}
	for i, p := range parsed {
		f := files[i]
		b.set.byName[f.text.Name] = f
		if r := p.rule; r != nil && b.own(f, r.ID, r.Pos) {
			b.set.Rules = append(b.set.Rules, r)
		}
		if l := p.list; l != nil && b.own(f, l.ID, l.Pos) {
			b.set.Lists = append(b.set.Lists, l)
		}
		if s := p.script; s != nil && b.own(f, s.ID, s.Pos) {
			b.set.Scripts = append(b.set.Scripts, s)
		}
		for key, what := range p.references {
			if b.set.References == nil {
				b.set.References = map[string]string{}
			}
			b.set.References[key] = what
		}
		for _, c := range p.composites {
			if b.own(f, c.ID, c.Pos) {
				b.set.Composites = append(b.set.Composites, c)
			}
		}
	}
	sortByID(b.set.Rules, func(r *Rule) string { return r.ID })
	sortByID(b.set.Lists, func(l *List) string { return l.ID })
	sortByID(b.set.Scripts, func(s *Script) string { return s.ID })
	sortByID(b.set.Composites, func(c *Composite) string { return c.ID })
	b.checkAliases()
	if !b.known {
		b.checkLists()
	}
	b.resolveRefs()
	b.weigh(files, parsed)
}

func sortByID[T any](items []T, id func(T) string) {
	slices.SortFunc(items, func(a, b T) int { return strings.Compare(id(a), id(b)) })
}

// own notes where an id is defined; the second to define it is at fault.
func (b *builder) own(f *file, id string, pos source.Position) bool {
	first, taken := b.owners[id]
	if taken {
		f.faultAt(pos, len(id), "duplicate id %q", id).Other = first.file.placeAt(first.pos, len(id), "first defined here")
		return false
	}
	b.owners[id] = owner{f, pos}
	return true
}

// checkAliases refuses an alias that is another rule's id or alias, unless that
// rule is deprecated: then the alias names its heir.
func (b *builder) checkAliases() {
	for _, r := range b.set.Rules {
		for _, alias := range r.Aliases {
			f := b.set.byName[r.Pos.File]
			if old, ok := b.set.Rule(alias); ok && old.Status == Deprecated {
				continue
			}
			if first, taken := b.owners[alias]; taken {
				f.faultAt(r.Pos, len(r.ID), "alias %q is in use", alias).Other =
					first.file.placeAt(first.pos, len(alias), "here")
				continue
			}
			b.owners[alias] = owner{f, r.Pos}
		}
	}
}

// checkLists looks up every @name.
func (b *builder) checkLists() {
	var names []string
	for _, l := range b.set.Lists {
		names = append(names, l.Name)
	}
	for _, r := range b.set.Rules {
		for _, p := range r.Patterns() {
			Walk(p.Node, func(n Node) bool {
				if ref, ok := n.(*ListRef); ok {
					b.checkRef(p, ref, names)
				}
				return true
			})
		}
	}
}

func (b *builder) checkRef(p *Pattern, ref *ListRef, names []string) {
	list, ok := b.set.List(ref.Name)
	switch {
	case !ok:
		p.fault(ref.at, fmt.Sprintf("unknown list %q", ref.Name), oneOf(ref.Name, names))
	case ref.Group != "" && !contains(list.Groups, ref.Group):
		p.fault(ref.at, fmt.Sprintf("list %q has no group %q", ref.Name, ref.Group), oneOf(ref.Group, list.Groups))
	}
}

// fault notes a fault of a part of the pattern's text.
func (p *Pattern) fault(at source.Span, text, hint string) {
	p.at.fault(p.Text, at, text, hint)
}

// fault notes a fault of a part of the scalar's value.
func (s scalar) fault(value string, at source.Span, text, hint string) *Error {
	e := s.file.fault(s.offset(value, at.Start), s.offset(value, at.End), "%s", text)
	e.Hint = hint
	return e
}

// resolveRefs finds the rules that composites name.
func (b *builder) resolveRefs() {
	ids := b.ruleIDs()
	for _, c := range b.set.Composites {
		c.When.Walk(func(clause *Condition) {
			if clause.Ref != nil {
				b.resolve(clause, ids)
			}
		})
	}
}

func (b *builder) resolve(clause *Condition, ids []string) {
	ref := clause.Ref
	for i, r := range b.set.Rules {
		if matchGlob(ref.Glob, r.ID) && (!ref.HasClass || ref.Class == r.Class) {
			ref.Rules = append(ref.Rules, i)
		}
	}
	if len(ref.Rules) == 0 {
		e := b.set.byName[clause.Pos.File].faultAt(clause.Pos, len(ref.Text), "no rule matches %q", ref.Text)
		if !strings.Contains(ref.Glob, "*") {
			e.Hint = didYouMean(ref.Glob, ids)
		}
	}
}

// matchGlob says whether a text fits a glob in which "*" is any run.
func matchGlob(glob, text string) bool {
	part, glob, more := strings.Cut(glob, "*")
	text, ok := strings.CutPrefix(text, part)
	for ok && more {
		if part, glob, more = strings.Cut(glob, "*"); !more {
			return strings.HasSuffix(text, part)
		}
		_, text, ok = strings.Cut(text, part)
	}
	return ok && text == ""
}

// weigh gives every rule its weight.
func (b *builder) weigh(files []*file, parsed []parsedFile) {
	b.set.Weights = Weights{BaseRate: DefaultBaseRate, T3: DefaultT3, T2: DefaultT2}
	for _, r := range b.set.Rules {
		r.Weight = r.Class.StartWeight()
	}
	byRule := map[string]RuleWeight{}
	for i, p := range parsed {
		if p.weights == nil {
			continue
		}
		p.weights.override(&b.set.Weights)
		for _, w := range p.weights.rules {
			r, ok := b.set.Rule(w.Rule)
			if !ok {
				files[i].faultAt(w.Pos, len(w.Rule), "unknown rule %q", w.Rule).Hint = didYouMean(w.Rule, b.ruleIDs())
				continue
			}
			r.Weight, r.Locked = w.Weight, w.Locked
			byRule[w.Rule] = w
		}
	}
	for _, w := range byRule {
		b.set.Weights.Rules = append(b.set.Weights.Rules, w)
	}
	slices.SortFunc(b.set.Weights.Rules, func(a, b RuleWeight) int { return cmp.Compare(a.Rule, b.Rule) })
}

func (b *builder) ruleIDs() []string {
	ids := make([]string, len(b.set.Rules))
	for i, r := range b.set.Rules {
		ids[i] = r.ID
	}
	return ids
}

// Bias is the log-odds of the base rate: the evidence needed before any match.
func (w Weights) Bias() float64 { return math.Log(w.BaseRate / (1 - w.BaseRate)) }
