package detector

import (
	"cmp"
	"maps"
	"slices"
)

// reviewedShare is the share of the scam rules that a language needs patterns
// in to count as supported.
const reviewedShare = 0.5

// Annotate adds to a verdict what the reader of the thread counted: its
// messages, and how many are in which language. A thread mostly in a language
// without reviewed rules gets the note unsupported:xx, so that it is not
// mistaken for one that was looked at and found clean.
func (d *Detector) Annotate(v *Verdict, messages int, languages map[string]int) {
	v.Messages = messages
	if len(languages) > 0 {
		v.Languages = languages
	}
	main := v.Language
	if total := sum(languages); total > 0 {
		codes := slices.SortedFunc(maps.Keys(languages), func(a, b string) int {
			return cmp.Or(languages[b]-languages[a], cmp.Compare(a, b))
		})
		main = codes[0]
		if v.Language == "" && main != undetermined {
			v.Language = main
		}
	}
	if main != "" && main != undetermined && !d.reviewed[main] {
		v.Notes = append(v.Notes, "unsupported:"+main)
	}
}

const undetermined = "und"

func sum(counts map[string]int) (total int) {
	for _, n := range counts {
		total += n
	}
	return total
}

// reviewedLanguages are those in which enough rules of the set have patterns.
func (d *Detector) reviewedLanguages() map[string]bool {
	rules := map[string]int{}
	for _, r := range d.rules {
		seen := map[string]bool{}
		for _, p := range r.Patterns {
			if !seen[p.Lang] {
				seen[p.Lang] = true
				rules[p.Lang]++
			}
		}
	}
	reviewed := map[string]bool{}
	for lang, n := range rules {
		reviewed[lang] = float64(n) >= reviewedShare*float64(len(d.rules))
	}
	return reviewed
}
