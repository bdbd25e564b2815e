package lint

import (
	"strings"
	"unicode"

	"github.com/hookline/hookline/detector/rule"
)

// eachPattern visits the patterns of rules, and of lists.
func (r *run) eachPattern(visit func(id string, p *rule.Pattern)) {
	for _, of := range r.set.Rules {
		for _, p := range of.Patterns() {
			visit(of.ID, p)
		}
	}
	for _, l := range r.set.Lists {
		for _, e := range l.Entries() {
			visit(l.ID, e)
		}
	}
}

func coveredAlternatives(r *run) {
	c := cover{r.set}
	r.eachPattern(func(id string, p *rule.Pattern) {
		rule.Walk(p.Node, func(n rule.Node) bool {
			alt, ok := n.(*rule.Alt)
			if !ok {
				return true
			}
			for j, narrow := range alt.Branches {
				for i, wide := range alt.Branches {
					if i == j || !c.covers(wide, narrow) || i > j && c.covers(narrow, wide) {
						continue
					}
					r.inPattern(id, p, narrow.Span(), "%q covers %q", textOf(p, wide), textOf(p, narrow)).Hint = "take it away"
					break
				}
			}
			return true
		})
	})
}

func textOf(p *rule.Pattern, n rule.Node) string { return p.Text[n.Span().Start:n.Span().End] }

// coveredPatterns compares the patterns of one name and language.
func coveredPatterns(r *run) {
	c := cover{r.set}
	for _, of := range r.set.Rules {
		for j, narrow := range of.Patterns() {
			for i, wide := range of.Patterns() {
				if i == j || wide.Name != narrow.Name || wide.Lang != narrow.Lang && wide.Lang != und ||
					!c.within(wide.Node, narrow.Node) || i > j && c.within(narrow.Node, wide.Node) {
					continue
				}
				e := r.inPattern(of.ID, narrow, whole(narrow), "another pattern matches wherever this does")
				e.Other = r.place(wide, "this one")
				break
			}
		}
	}
}

// duplicatePatterns compares the patterns that satisfy a rule alone.
func duplicatePatterns(r *run) {
	type owner struct {
		of *rule.Rule
		p  *rule.Pattern
	}
	first := map[string]owner{}
	r.scamRules(func(of *rule.Rule) {
		alone := map[string]bool{}
		for _, name := range of.Names {
			alone[name] = holdsWith(of.Condition, name)
		}
		for _, p := range of.Patterns() {
			if !alone[p.Name] || !hasWord(p.Node) {
				continue
			}
			key := strings.Join(strings.Fields(strings.ToLower(p.Text)), " ")
			if other, ok := first[key]; ok && other.of != of {
				e := r.inPattern(of.ID, p, whole(p), "this alone satisfies two rules")
				e.Other = r.place(other.p, "here too")
			} else if !ok {
				first[key] = owner{of, p}
			}
		}
	})
}

func hasWord(n rule.Node) bool {
	found := false
	rule.Walk(n, func(n rule.Node) bool {
		if _, ok := n.(*rule.Word); ok {
			found = true
		}
		return !found
	})
	return found
}

// stopWordPatterns reports patterns that function words alone can match, where
// nothing else is needed. Negations are made of them, so context rules are left
// out.
func stopWordPatterns(r *run) {
	r.scamRules(func(of *rule.Rule) {
		for _, p := range of.Patterns() {
			if holdsWith(of.Condition, p.Name) && onlyStopWords(p.Node) {
				r.inPattern(of.ID, p, whole(p), "function words alone can match this").Hint = "add a word that says something"
			}
		}
	})
}

func onlyStopWords(n rule.Node) bool {
	switch n := n.(type) {
	case *rule.Word:
		for word := range strings.FieldsFuncSeq(strings.ToLower(n.Text), notInWord) {
			if !stopWords[word] {
				return false
			}
		}
		return !n.Prefix
	case *rule.Seq:
		for _, item := range n.Items {
			if !onlyStopWords(item) {
				return false
			}
		}
		return true
	case *rule.Alt:
		for _, branch := range n.Branches {
			if onlyStopWords(branch) {
				return true
			}
		}
		return false
	case *rule.Opt, *rule.Gap:
		return true
	default:
		return false
	}
}

func notInWord(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r) && r != '\'' && r != '’'
}

func starsWithoutEffect(r *run) {
	r.eachPattern(func(id string, p *rule.Pattern) {
		rule.Walk(p.Node, func(n rule.Node) bool {
			if w, ok := n.(*rule.Word); ok && w.Prefix && unspacedOnly(w.Text) {
				r.inPattern(id, p, w.Span(), "the star of %q has no effect", textOf(p, w)).Hint = "take it away"
			}
			return true
		})
	})
}

// mixedScripts looks at each run of letters.
func mixedScripts(r *run) {
	r.eachPattern(func(id string, p *rule.Pattern) {
		rule.Walk(p.Node, func(n rule.Node) bool {
			w, ok := n.(*rule.Word)
			if !ok {
				return true
			}
			for part := range strings.FieldsFuncSeq(w.Text, func(r rune) bool { return !unicode.IsLetter(r) }) {
				if a, b := lookAlikeScripts(part); b != "" {
					r.inPattern(id, p, w.Span(), "%q mixes %s and %s letters", part, a, b).Hint = "type it again on one keyboard"
				}
			}
			return true
		})
	})
}

// lookAlikeScripts names two scripts of a word whose letters look alike.
func lookAlikeScripts(word string) (first, second string) {
	for _, r := range word {
		name := ""
		switch {
		case unicode.Is(unicode.Latin, r):
			name = "Latin"
		case unicode.Is(unicode.Cyrillic, r):
			name = "Cyrillic"
		case unicode.Is(unicode.Greek, r):
			name = "Greek"
		}
		if first == "" {
			first = name
		} else if name != "" && name != first {
			return first, name
		}
	}
	return first, ""
}

func foreignScripts(r *run) {
	r.eachPattern(func(id string, p *rule.Pattern) {
		own, known := scripts[p.Lang]
		if !known {
			return
		}
		rule.Walk(p.Node, func(n rule.Node) bool {
			w, ok := n.(*rule.Word)
			if !ok {
				return true
			}
			if _, mixed := lookAlikeScripts(w.Text); mixed != "" {
				return true // of which mixedScripts tells
			}
			for _, letter := range w.Text {
				if unicode.IsLetter(letter) && !unicode.Is(unicode.Latin, letter) && !unicode.In(letter, own...) &&
					!unicode.In(letter, unicode.Common, unicode.Inherited) {
					r.inPattern(id, p, w.Span(), "%q is not written with %q", p.Lang, letter)
					break
				}
			}
			return true
		})
	})
}
