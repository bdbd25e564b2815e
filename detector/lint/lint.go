package lint

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/source"
)

// Severity says what a finding does to a lint run.
type Severity uint8

// The severities. Only a Fault fails the run.
const (
	Note Severity = iota
	Warning
	Fault
)

var severityNames = [...]string{Note: "note", Warning: "warning", Fault: "error"}

// String is the severity as reports print it: note, warning, error.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("(%d)", uint8(s))
}

// MarshalText is [Severity.String] for encoders.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Finding is one thing that a check found.
type Finding struct {
	Check    string // the name of the check
	Severity Severity
	rule.Error
}

// String prints the finding with its line and caret.
func (f Finding) String() string {
	e := f.Error
	e.Text = fmt.Sprintf("%s: %s (%s)", f.Severity, e.Text, f.Check)
	return e.Error()
}

// Options of a run. The zero Options leave out the checks that need them.
type Options struct {
	// Now is the day of the run, for lists whose data grows old; zero: never.
	Now time.Time
}

// Check is one kind of finding.
type Check struct {
	Name     string
	Severity Severity
	Why      string // what the check guards against, in a sentence
	run      func(*run)
}

// Checks lists every check, sorted by name.
func Checks() []Check { return slices.Clone(checks) }

// Run applies every check to a set. Findings are sorted by place, then check.
func Run(set *rule.Set, options Options) []Finding {
	r := &run{set: set, options: options}
	for i := range checks {
		r.check = &checks[i]
		r.check.run(r)
	}
	slices.SortStableFunc(r.findings, func(a, b Finding) int {
		switch {
		case a.Pos.Less(b.Pos):
			return -1
		case b.Pos.Less(a.Pos):
			return 1
		default:
			return cmp.Compare(a.Check, b.Check)
		}
	})
	return r.findings
}

// run is one run of the checks.
type run struct {
	set      *rule.Set
	options  Options
	check    *Check // being run
	findings []Finding
}

// report notes a finding and returns it, so that a hint can be added. It is
// valid until the next one.
func (r *run) report(id string, pos source.Position, width int, format string, args ...any) *rule.Error {
	e := r.set.Fault(pos, width, fmt.Sprintf(format, args...))
	e.Rule = id
	r.findings = append(r.findings, Finding{r.check.Name, r.check.Severity, *e})
	return &r.findings[len(r.findings)-1].Error
}

// atField reports a finding of a rule's field.
func (r *run) atField(of *rule.Rule, field string, format string, args ...any) *rule.Error {
	pos, width := of.Place(field), len(field)
	if pos == of.Pos {
		width = len(of.ID)
	}
	return r.report(of.ID, pos, width, format, args...)
}

// inPattern reports a finding of a part of a pattern.
func (r *run) inPattern(id string, p *rule.Pattern, at source.Span, format string, args ...any) *rule.Error {
	start, end := p.Position(at.Start), p.Position(at.End)
	width := 1
	if end.Line == start.Line {
		width = end.Col - start.Col
	}
	return r.report(id, start, width, format, args...)
}

// place is the other place of a finding.
func (r *run) place(p *rule.Pattern, text string) *rule.Place {
	e := r.set.Fault(p.Pos, 1, text)
	if end := p.Position(len(p.Text)); end.Line == p.Pos.Line {
		e.Width = max(1, end.Col-p.Pos.Col)
	}
	return &rule.Place{Pos: e.Pos, Text: text, Line: e.Line, Width: e.Width}
}

// scamRules calls each for the rules that are no context rules.
func (r *run) scamRules(each func(*rule.Rule)) {
	for _, of := range r.set.Rules {
		if of.Effect == rule.NoEffect {
			each(of)
		}
	}
}

// whole is the span of all of a pattern's text.
func whole(p *rule.Pattern) source.Span { return source.Span{End: len(p.Text)} }
