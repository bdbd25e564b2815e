package lint

import (
	"slices"
	"strings"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

const (
	maxLines = 400 // of a rule file
	minTests = 3   // of each kind
	und      = "und"
)

func noLookalike(r *run) {
	r.scamRules(func(of *rule.Rule) {
		if len(of.Lookalikes) == 0 {
			r.atField(of, "lookalikes", "rule without look-alikes").Hint = "name an honest text that looks like this"
		}
	})
}

func longFiles(r *run) {
	for _, of := range r.set.Rules {
		text, _ := r.set.Text(of.Pos.File)
		if lines := strings.Count(text.Body, "\n"); lines > maxLines {
			pos := source.Position{File: of.Pos.File, Line: maxLines + 1, Col: 1}
			r.report(of.ID, pos, 1, "file of %d lines, more than %d", lines, maxLines).Hint = "split the rule"
		}
	}
}

func fewTests(r *run) {
	for _, of := range r.set.Rules {
		for _, kind := range testKinds(of) {
			if n := len(kind.tests); n < minTests {
				r.atField(of, "tests", "%d tests under %s, fewer than %d", n, kind.name, minTests)
			}
		}
	}
}

type testKind struct {
	name  string
	tests []rule.Test
}

func testKinds(of *rule.Rule) []testKind {
	return []testKind{{"match", of.Tests.Match}, {"no_match", of.Tests.NoMatch}}
}

// untestedLanguages reports at the first pattern of the language.
func untestedLanguages(r *run) {
	for _, of := range r.set.Rules {
		seen := map[string]bool{und: true}
		for _, p := range of.Patterns() {
			if seen[p.Lang] {
				continue
			}
			seen[p.Lang] = true
			for _, kind := range testKinds(of) {
				if !slices.ContainsFunc(kind.tests, func(t rule.Test) bool { return t.Lang == p.Lang }) {
					r.inPattern(of.ID, p, whole(p), "patterns in %q, but no test in it under %s", p.Lang, kind.name)
				}
			}
		}
	}
}

func noMarks(r *run) {
	for _, of := range r.set.Rules {
		marked := slices.ContainsFunc(of.Tests.Match, func(t rule.Test) bool {
			return slices.ContainsFunc(t.Messages, func(m rule.TestMessage) bool { return len(m.Marks) > 0 })
		})
		if len(of.Tests.Match) > 0 && !marked {
			r.atField(of, "tests", "no test marks its words").Hint = "as in ⟦" + of.Names[0] + "|these words⟧"
		}
	}
}

// duplicateTests compares texts without marks.
func duplicateTests(r *run) {
	for _, of := range r.set.Rules {
		first := map[string]string{}
		for _, kind := range testKinds(of) {
			for _, test := range kind.tests {
				var text strings.Builder
				for _, m := range test.Messages {
					text.WriteString(m.Who + "\x00" + m.Text + "\x00")
				}
				switch before := first[text.String()]; before {
				case "":
					first[text.String()] = kind.name
				case kind.name:
					r.report(of.ID, test.Pos, 1, "the same test twice under %s", kind.name)
				default:
					r.report(of.ID, test.Pos, 1, "the same text under %s and %s", before, kind.name)
				}
			}
		}
	}
}

func duplicateTitles(r *run) {
	first := map[string]*rule.Rule{}
	for _, of := range r.set.Rules {
		key := strings.ToLower(of.Title)
		if other := first[key]; other != nil {
			e := r.atField(of, "title", "title of another rule")
			place := r.set.Fault(other.Place("title"), len("title"), "the other rule")
			e.Other = &rule.Place{Pos: place.Pos, Text: place.Text, Line: place.Line, Width: place.Width}
			continue
		}
		first[key] = of
	}
}

// shaming are words that INTERPOL asked in December 2024 not to use of
// victims' cases; they may stand in patterns and tests.
var shaming = []string{"pig butcher", "pig-butcher", "杀猪盘", "殺豬盤"}

func displayTerms(r *run) {
	look := func(id string, pos source.Position, texts ...string) {
		for _, text := range texts {
			for _, term := range shaming {
				if strings.Contains(strings.ToLower(text), term) {
					r.report(id, pos, 1, "%q is not to be shown", term).Hint =
						`say "romance baiting" or "relationship investment scam"`
				}
			}
		}
	}
	for _, of := range r.set.Rules {
		look(of.ID, of.Place("title"), of.Title)
		look(of.ID, of.Place("description"), of.Description)
		look(of.ID, of.Place("lookalikes"), of.Lookalikes...)
	}
	for _, l := range r.set.Lists {
		look(l.ID, l.Pos, l.Title)
	}
	for _, s := range r.set.Scripts {
		look(s.ID, s.Pos, s.Title)
		for _, stage := range s.Stages {
			look(s.ID, stage.Pos, stage.Title, stage.Next)
		}
	}
	for _, c := range r.set.Composites {
		look(c.ID, c.Pos, c.Title, c.Do)
	}
}

// unknownReferences asks that a source can be looked up: in references.yaml, or
// on the web.
func unknownReferences(r *run) {
	for _, of := range r.set.Rules {
		for _, key := range of.References {
			if _, known := r.set.References[key]; !known && !strings.HasPrefix(key, "https://") {
				r.atField(of, "references", "unknown reference %q", key).Hint =
					"say in references.yaml what it is, or cite a web address"
			}
		}
	}
}

// deprecatedWithoutHeir reports old rules whose id is nobody's alias.
func deprecatedWithoutHeir(r *run) {
	heirs := map[string]bool{}
	for _, of := range r.set.Rules {
		for _, alias := range of.Aliases {
			heirs[alias] = true
		}
	}
	for _, of := range r.set.Rules {
		if of.Status == rule.Deprecated && !heirs[of.ID] {
			r.atField(of, "status", "deprecated, but no rule has this id as an alias").Hint =
				"add aliases: [" + of.ID + "] to the rule that takes its place"
		}
	}
}

func weightBounds(r *run) {
	for _, w := range r.set.Weights.Rules {
		of, ok := r.set.Rule(w.Rule)
		if !ok {
			continue
		}
		least, greatest := of.Class.Bounds()
		if w.Weight < least || w.Weight > greatest {
			r.report(of.ID, w.Pos, len(w.Rule), "weight %v of a %s rule lies outside %v to %v",
				w.Weight, of.Class, least, greatest)
		}
	}
}

// unreachableStages reports of scripts that rules play at all.
func unreachableStages(r *run) {
	for _, script := range r.set.Scripts {
		var missing []rule.ScriptStage
		for _, stage := range script.Stages {
			if !slices.ContainsFunc(r.set.Rules, func(of *rule.Rule) bool {
				return of.Effect == rule.NoEffect && (of.Stage == stage.ID || of.Stage == rule.AnyStage) && (of.Category == script.Name || !ownScript(r.set, of.Category))
			}) {
				missing = append(missing, stage)
			}
		}
		if len(missing) == len(script.Stages) {
			continue
		}
		for _, stage := range missing {
			r.report(script.ID, stage.Pos, len("{id: ")+len(stage.ID.String()), "no rule of %s shows the stage %q", script.Name, stage.ID)
		}
	}
}

// ownScript says whether a category has a script; rules of one that has none
// count for every script.
func ownScript(set *rule.Set, category string) bool {
	_, ok := set.Script(category)
	return ok
}

func stagesOutsideScript(r *run) {
	for _, of := range r.set.Rules {
		script, ok := r.set.Script(of.Category)
		if !ok || of.Stage == rule.AnyStage {
			continue
		}
		if !slices.ContainsFunc(script.Stages, func(s rule.ScriptStage) bool { return s.ID == of.Stage }) {
			r.atField(of, "stage", "the script %q has no stage %q", script.Name, of.Stage)
		}
	}
}
