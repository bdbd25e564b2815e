package detector

import (
	"cmp"
	"encoding/json"
	"slices"
)

// reviewedShare is the share of the scam rules that a language needs patterns
// in to count as supported.
const reviewedShare = 0.5

// Languages counts the messages of a thread by language, sorted by its code.
// In JSON it is an object.
type Languages []LanguageCount

// LanguageCount is how many messages are in a language.
type LanguageCount struct {
	Code     string // ISO 639-1, or und
	Messages int
}

// Add counts messages.
func (l *Languages) Add(code string, messages int) {
	i, found := slices.BinarySearchFunc(*l, code, func(c LanguageCount, code string) int { return cmp.Compare(c.Code, code) })
	if !found {
		*l = slices.Insert(*l, i, LanguageCount{Code: code})
	}
	(*l)[i].Messages += messages
}

// MarshalJSON writes an object of counts.
func (l Languages) MarshalJSON() ([]byte, error) {
	var w writer
	w.languages(l)
	return w.dst, nil
}

// UnmarshalJSON reads an object of counts.
func (l *Languages) UnmarshalJSON(text []byte) error {
	var counts map[string]int
	if err := json.Unmarshal(text, &counts); err != nil {
		return err
	}
	*l = nil
	for code, n := range counts {
		l.Add(code, n)
	}
	return nil
}

// Annotate adds to a verdict what the reader of the thread counted: its
// messages, and how many are in which language. The most frequent one is the
// verdict's, unless that has one. A thread mostly in a language
// without reviewed rules gets the note unsupported:xx, so that it is not
// mistaken for one that was looked at and found clean.
func (d *Detector) Annotate(v *Verdict, messages int, languages Languages) {
	v.Messages = messages
	if len(languages) > 0 {
		v.Languages = languages
	}
	main, most := v.Language, 0
	for _, l := range languages {
		if l.Messages > most {
			main, most = l.Code, l.Messages
		}
	}
	if most > 0 && v.Language == "" && main != undetermined {
		v.Language = main
	}
	if main != "" && main != undetermined && !d.reviewed[main] {
		v.Notes = append(v.Notes, "unsupported:"+main)
	}
}

const undetermined = "und"

// reviewedLanguages are those in which enough rules of the set have patterns.
func (d *Detector) reviewedLanguages() map[string]bool {
	rules := map[string]int{}
	for _, r := range d.rules {
		for _, lang := range r.Languages {
			rules[lang]++
		}
	}
	reviewed := map[string]bool{}
	for lang, n := range rules {
		reviewed[lang] = float64(n) >= reviewedShare*float64(len(d.rules))
	}
	return reviewed
}
