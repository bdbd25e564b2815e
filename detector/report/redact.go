package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/identifier"
)

// Redactor puts pseudonyms in place of names, numbers and addresses: the same
// one each time in one run, numbered as they come, so that they say nothing
// about what they stand for. Positions in verdicts stay those of the original
// text. It knows the names of senders and whatever package identifier finds;
// a name that only the text mentions it cannot know. Not safe for concurrent
// use.
type Redactor struct {
	finder *identifier.Finder
	folder fold.Folder
	found  []identifier.Identifier
	known  map[string]string // kind and value → pseudonym
	counts map[string]int
}

// NewRedactor reads phone numbers without a country code as those of region.
func NewRedactor(region string) *Redactor {
	return &Redactor{finder: identifier.NewFinder(region), known: map[string]string{}, counts: map[string]int{}}
}

// pseudonym is the name under which a value of a kind appears.
func (r *Redactor) pseudonym(kind, value string) string {
	key := kind + "\x00" + value
	if p, ok := r.known[key]; ok {
		return p
	}
	r.counts[kind]++
	r.known[key] = fmt.Sprintf("[%s %d]", kind, r.counts[kind])
	return r.known[key]
}

// Person is the pseudonym of a sender.
func (r *Redactor) Person(name string) string {
	if name == "" {
		return ""
	}
	return r.pseudonym("person", name)
}

// replacement says what stands for a range of bytes.
type replacement struct {
	start, end  int
	kind, value string
	with        string // the pseudonym, once it is known that no other covers it
}

// minDigits is from how many digits on a number may belong to somebody.
const minDigits = 6

// replacements finds what must not be shown, sorted and without overlaps.
func (r *Redactor) replacements(text string, names []string) []replacement {
	var all []replacement
	folded := r.folder.Fold(text)
	r.found = r.finder.Find(folded, r.found[:0])
	for _, id := range r.found {
		switch id.Kind {
		case identifier.Money, identifier.Percent, identifier.Duration:
			continue
		}
		raw := folded.RawSpan(id.Span)
		kind, _, _ := strings.Cut(id.Type, ".")
		all = append(all, replacement{start: raw.Start, end: raw.End, kind: kind, value: cmp.Or(id.Value, text[raw.Start:raw.End])})
	}
	for _, name := range names {
		all = append(all, occurrences(text, name)...)
	}
	all = append(all, numbers(text)...)
	slices.SortStableFunc(all, func(a, b replacement) int { return cmp.Or(a.start-b.start, b.end-a.end) })
	kept := all[:0]
	end := 0
	for _, rep := range all {
		if rep.start >= end {
			rep.with = r.pseudonym(rep.kind, rep.value)
			kept = append(kept, rep)
			end = rep.end
		}
	}
	return kept
}

// occurrences are the places of a sender's name, and of each part of it that
// is written as a name.
func occurrences(text, name string) (all []replacement) {
	for _, part := range append([]string{name}, strings.FieldsFunc(name, func(c rune) bool { return !unicode.IsLetter(c) && c != '\'' && c != '-' })...) {
		if utf8.RuneCountInString(part) < 2 || part != name && !unicode.IsUpper(first(part)) && first(part) < utf8.RuneSelf {
			continue
		}
		for at := 0; ; {
			i := strings.Index(text[at:], part)
			if i < 0 {
				break
			}
			start, end := at+i, at+i+len(part)
			before, _ := utf8.DecodeLastRuneInString(text[:start])
			if !unicode.IsLetter(before) && !unicode.IsLetter(first(text[end:])) || first(part) > unicode.MaxLatin1 {
				all = append(all, replacement{start: start, end: end, kind: "person", value: name})
			}
			at = end
		}
	}
	return all
}

func first(text string) rune {
	r, _ := utf8.DecodeRuneInString(text)
	return r
}

// numbers are runs of digits, with the signs that people put between them,
// that no finder knows.
func numbers(text string) (all []replacement) {
	start, end, reach, digits := 0, 0, 0, 0
	flush := func() {
		if digits >= minDigits {
			all = append(all, replacement{start: start, end: end, kind: "number", value: text[start:end]})
		}
		digits = 0
	}
	for i, c := range text {
		switch {
		case unicode.IsDigit(c):
			if digits > 0 && i > reach {
				flush()
			}
			if digits++; digits == 1 {
				start = i
			}
			end = i + utf8.RuneLen(c)
			reach = end
		case digits > 0 && i == reach && strings.ContainsRune("-. ()/", c):
			reach++
		}
	}
	flush()
	return all
}

// Text is a text with pseudonyms in it.
func (r *Redactor) Text(text string, names []string) string {
	if text == "" {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, rep := range r.replacements(text, names) {
		b.WriteString(text[at:rep.start])
		b.WriteString(rep.with)
		at = rep.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// Verdict is a copy of a verdict that may be shown to those who must not know
// who is in it. names are the senders of its thread.
func (r *Redactor) Verdict(v *detector.Verdict, names []string) *detector.Verdict {
	hidden := *v
	hidden.Sender = r.Person(v.Sender)
	hidden.Thread, hidden.Message = r.Text(v.Thread, names), r.Text(v.Message, names)
	hidden.Source = r.Text(v.Source, names)
	hidden.Evidence, hidden.Opposing = r.evidence(v.Evidence, names), r.evidence(v.Opposing, names)
	hidden.Stages = slices.Clone(v.Stages)
	for i := range hidden.Stages {
		hidden.Stages[i].Message = r.Text(hidden.Stages[i].Message, names)
	}
	if v.FirstAlert != nil {
		alert := *v.FirstAlert
		alert.Message = r.Text(alert.Message, names)
		hidden.FirstAlert = &alert
	}
	hidden.Identifiers = slices.Clone(v.Identifiers)
	for i := range hidden.Identifiers {
		id := &hidden.Identifiers[i]
		id.Message = r.Text(id.Message, names)
		id.Value = r.identifier(id.Type, id.Value)
	}
	return &hidden
}

// identifier is the pseudonym of an identifier; sums and times say nothing
// about a person.
func (r *Redactor) identifier(kind, value string) string {
	switch kind, _, _ = strings.Cut(kind, "."); kind {
	case "money", "percent", "duration":
		return value
	default:
		return r.pseudonym(kind, value)
	}
}

func (r *Redactor) evidence(all []detector.Evidence, names []string) []detector.Evidence {
	hidden := slices.Clone(all)
	for i := range hidden {
		hidden[i].Message = r.Text(hidden[i].Message, names)
		hidden[i].Text = r.Text(hidden[i].Text, names)
	}
	return hidden
}
