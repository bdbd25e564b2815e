package rule

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"github.com/hookline/hookline/detector/source"
)

const (
	contextCategory = "context"
	compositePrefix = "comp."
	und             = "und"

	maxNames    = 32    // pattern names of a rule
	maxPatterns = 2_000 // patterns of a rule
	maxEntries  = 5_000 // entries of a list
	maxName     = 64    // bytes of a name or of one part of an id
)

// categories are the heads of the taxonomy. A score is made for the first
// four; a rule of any other category would never be heard.
var categories = []string{
	"romance_investment", "crypto_fraud", "fake_job", "fraud_site",
	"trafficked_distress", "victim_side", "cross_cutting", contextCategory,
}

// languages are the codes that patterns and tests may carry: the fifteen that
// the taxonomy covers, then further ones (ISO 639-1), then "no language".
var languages = []string{
	"en", "zh", "es", "pt", "id", "ms", "vi", "th", "tl", "hi", "ja", "ko", "ru", "am", "ar", "fr", "de",
	"bg", "bn", "cs", "da", "el", "fa", "fi", "he", "hr", "hu", "it", "km", "lo", "mn", "my", "ne",
	"nl", "no", "pl", "ro", "sk", "sl", "sr", "sv", "sw", "ta", "te", "tr", "uk", "ur", und,
}

// Categories lists the categories that rules may have.
func Categories() []string { return slices.Clone(categories) }

func noPatterns() []*Pattern { return nil }

// ruleReader fills one rule from its file.
type ruleReader struct {
	*file
	rule     *Rule
	patterns *yaml.Node
	when     *yaml.Node
	tests    *yaml.Node
	queued   bool
	acted    bool
}

func (f *file) readRule(root *yaml.Node) *Rule {
	f.id = strings.ReplaceAll(strings.TrimSuffix(f.path, ".yaml"), "/", ".")
	rd := &ruleReader{file: f, rule: &Rule{ID: f.id, Pos: f.pos(root), patterns: noPatterns}}
	r := rd.rule
	parts := strings.Split(f.id, ".")
	r.Category, r.Family = parts[0], strings.Join(parts[:len(parts)-1], ".")
	if !contains(categories, r.Category) || (r.Category == contextCategory) != (len(parts) == 2) {
		f.fault(0, 0, "unknown category %q", r.Category).Hint = oneOf(r.Category, categories)
	}
	f.fields(root, "a rule",
		field{"id", true, rd.readID},
		field{"title", true, func(n *yaml.Node) { r.Title, _ = f.str(n, "title") }},
		field{"description", false, func(n *yaml.Node) { r.Description, _ = f.str(n, "description") }},
		field{"status", false, func(n *yaml.Node) { enum(f, n, "status", statusNames, &r.Status) }},
		field{"stage", r.Category != contextCategory, func(n *yaml.Node) { enum(f, n, "stage", stageNames, &r.Stage) }},
		field{"weight", true, rd.readClass},
		field{"queue", false, func(n *yaml.Node) { rd.queued = enum(f, n, "queue", queueNames, &r.Queue) }},
		field{"also", false, func(n *yaml.Node) { r.Also = f.queues(n) }},
		field{"act", false, func(n *yaml.Node) { rd.acted = enum(f, n, "act", actNames, &r.Act) }},
		field{"effect", r.Category == contextCategory, rd.readEffect},
		field{"aliases", false, rd.readAliases},
		field{"patterns", true, func(n *yaml.Node) { rd.patterns = n }},
		field{"condition", false, func(n *yaml.Node) { rd.when = n }},
		field{"lookalikes", false, func(n *yaml.Node) { r.Lookalikes = f.strs(n, "look-alike") }},
		field{"references", false, func(n *yaml.Node) { r.References = f.strs(n, "reference") }},
		field{"tests", false, func(n *yaml.Node) { rd.tests = n }},
	)
	if f.brief {
		r.places = sync.OnceValue(func() map[string]source.Position { return f.again().rule.places() })
	} else {
		places := map[string]source.Position{}
		for i := 0; i+1 < len(root.Content); i += 2 {
			places[root.Content[i].Value] = f.pos(root.Content[i])
		}
		r.places = func() map[string]source.Position { return places }
	}
	rd.finish()
	return r
}

// finish reads what needs the other fields, and fills in defaults.
func (rd *ruleReader) finish() {
	r := rd.rule
	if rd.patterns != nil {
		rd.readPatterns(rd.patterns)
	}
	if rd.when != nil {
		c := clauseReader{file: rd.file, names: r.Names, scope: MessageScope}
		r.Condition = c.root(rd.when)
	}
	if r.Condition == nil {
		r.Condition = anyOf(r)
	}
	if rd.tests != nil {
		rd.readTests(rd.tests)
	}
	if !rd.queued {
		r.Queue = defaultQueue(r)
	}
	if !rd.acted {
		r.Act = defaultAct(r)
	}
}

func (rd *ruleReader) readID(n *yaml.Node) {
	rd.rule.Pos = rd.contentPos(n)
	rd.checkID(n, rd.id)
}

func (rd *ruleReader) readClass(n *yaml.Node) {
	r := rd.rule
	if enum(rd.file, n, "weight", classNames, &r.Class) && (r.Class == Context) != (r.Category == contextCategory) &&
		r.Category != "victim_side" {
		rd.wrong(n, "weight %q does not fit the category %q", r.Class, r.Category).Hint =
			"context rules, and only they, have weight context"
	}
}

func (rd *ruleReader) readEffect(n *yaml.Node) {
	r := rd.rule
	if !enum(rd.file, n, "effect", effectNames, &r.Effect) {
		return
	}
	switch {
	case r.Category == contextCategory && r.Effect == NoEffect:
		rd.wrong(n, "a context rule needs an effect").Hint = "one of " + strings.Join(effectNames[1:], ", ")
	case r.Category == "victim_side" && r.Effect > NoEffect && r.Effect != Void:
		rd.wrong(n, "a victim_side rule can only have the effect void")
	case r.Category != contextCategory && r.Category != "victim_side" && r.Effect != NoEffect:
		rd.wrong(n, "only context and victim_side rules have an effect")
	}
}

func (rd *ruleReader) readAliases(n *yaml.Node) {
	for _, item := range rd.items(n, "aliases", maxItems) {
		if id, ok := rd.str(item, "alias"); ok {
			rd.rule.Aliases = append(rd.rule.Aliases, id)
		}
	}
}

// queues reads a queue or a list of queues.
func (f *file) queues(n *yaml.Node) []Queue {
	var queues []Queue
	for _, item := range f.items(n, "further queues", len(queueNames)) {
		var q Queue
		if !enum(f, item, "queue", queueNames, &q) {
			continue
		}
		if slices.Contains(queues, q) {
			f.wrong(item, "queue %q is given twice", q)
			continue
		}
		queues = append(queues, q)
	}
	return queues
}

// readPatterns reads name → language → patterns.
func (rd *ruleReader) readPatterns(n *yaml.Node) {
	r := rd.rule
	rd.pairs(n, "patterns", func(key, langs *yaml.Node) {
		if !rd.brief {
			r.places()["patterns."+key.Value] = rd.pos(key)
		}
		r.Names = append(r.Names, key.Value) // even a bad one, so that nothing calls it unknown
		if !rd.name(key, "pattern name") {
			return
		}
		before := len(rd.work.patterns)
		for _, lang := range rd.readLangs(langs, key.Value, false) {
			if !contains(r.Languages, lang) {
				r.Languages = append(r.Languages, lang)
			}
		}
		if len(rd.work.patterns) == before && len(rd.faults) == 0 && !rd.brief {
			rd.wrong(langs, "pattern %q is empty", key.Value)
		}
	})
	if rd.brief {
		r.patterns = sync.OnceValue(func() []*Pattern { return rd.again().rule.Patterns() })
		return
	}
	patterns := rd.work.taken()
	r.patterns = func() []*Pattern { return patterns }
	switch {
	case len(r.Names) > maxNames:
		rd.wrong(n, "%d pattern names, more than %d", len(r.Names), maxNames)
	case len(patterns) > maxPatterns:
		rd.wrong(n, "%d patterns, more than %d", len(patterns), maxPatterns)
	case len(r.Names) == 0 && n.Kind == yaml.MappingNode:
		rd.wrong(n, "a rule needs patterns")
	}
}

// readLangs reads language → patterns into the workspace and returns the
// languages.
func (f *file) readLangs(n *yaml.Node, name string, inList bool) (langs []string) {
	f.pairs(n, fmt.Sprintf("pattern %q", name), func(key, items *yaml.Node) {
		if !contains(languages, key.Value) {
			f.unknownLanguage(key)
			return
		}
		langs = append(langs, key.Value)
		if f.brief {
			return
		}
		seen := f.work.seen
		clear(seen)
		for _, item := range f.items(items, "patterns", maxPatterns) {
			text, ok := f.str(item, "pattern")
			if !ok {
				continue
			}
			if other := seen[text]; other != nil {
				f.wrong(item, "the same pattern twice").Other = f.place(other, "first given here")
				continue
			}
			seen[text] = item
			if p, ok := f.pattern(item, name, key.Value, inList); ok {
				f.work.patterns = append(f.work.patterns, p)
			}
		}
	})
	return langs
}

func (f *file) unknownLanguage(n *yaml.Node) {
	f.wrong(n, "unknown language %q", n.Value).Hint = cmp.Or(didYouMean(n.Value, languages),
		`a code of two letters, or "und" for what belongs to none`)
}

// pattern parses one pattern and turns its faults into faults of the file.
func (f *file) pattern(n *yaml.Node, name, lang string, inList bool) (Pattern, bool) {
	at := f.scalar(n)
	p := Pattern{Name: name, Lang: lang, Text: n.Value, at: at}
	p.Pos = at.begin(n.Value)
	node, faults := parsePattern(n.Value, f.work)
	p.Node = node
	for _, fault := range faults {
		p.fault(fault.Span, fault.Text, fault.Hint)
	}
	ok := len(faults) == 0
	if inList {
		Walk(node, func(n Node) bool {
			switch n.(type) {
			case *Gap:
				p.fault(n.Span(), "a list entry cannot hold a gap", "write two entries, or a pattern")
				ok = false
			case *ListRef:
				p.fault(n.Span(), "a list entry cannot hold a list", "")
				ok = false
			}
			return true
		})
	}
	return p, ok
}

// name checks a name of a pattern, group or composite.
func (f *file) name(n *yaml.Node, what string) bool {
	if n.Value == "" || nameAt(n.Value) != n.Value || n.Value[0] < 'a' || n.Value[0] > 'z' ||
		utf8.RuneCountInString(n.Value) > maxName {
		f.wrong(n, "%s %q is not a name", what, n.Value).Hint = "a lower-case letter, then letters, digits and _"
		return false
	}
	return true
}

// defaultQueue is the queue of a rule that names none (TAXONOMY 1).
func defaultQueue(r *Rule) Queue {
	switch {
	case r.Category == contextCategory:
		return NoQueue
	case r.Category == "trafficked_distress":
		return Safety
	case r.Category == "victim_side":
		return Victim
	case r.Family == "fake_job.overseas_lure":
		return Recruiter
	default:
		return Scammer
	}
}

// defaultAct is the speech act of a rule that names none.
func defaultAct(r *Rule) Act {
	switch {
	case r.Category == contextCategory:
		return Statement
	case r.Category == "victim_side":
		return Story
	case r.Stage == Distress:
		return Plea
	case r.Stage == Extraction, r.Stage == LockIn, r.Stage == Coercion, r.Stage == Escalation:
		return Demand
	default:
		return Offer
	}
}
