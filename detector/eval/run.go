package eval

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/langid"
	"github.com/hookline/hookline/detector/message"
)

// Run gathers labelled messages into threads and judges them.
type Run struct {
	detector *detector.Detector
	group    string
	threads  map[message.Key]*thread
	order    []*thread
	Unscored int // messages whose label says nothing about scams
}

// NewRun evaluates d. Rows with the same value of the label field group are
// near duplicates of each other ("" for cluster).
func NewRun(d *detector.Detector, group string) *Run {
	return &Run{detector: d, group: cmp.Or(group, "cluster"), threads: map[message.Key]*thread{}}
}

// Add takes a labelled message of a set.
func (r *Run) Add(set string, m *message.Message) error {
	if m.Labels == nil || m.Labels.Label == "" {
		return fmt.Errorf("%s: message %.40q has no label", m.Source, m.ID)
	}
	switch m.Labels.Label {
	case Scam, Benign, AtRisk:
	default:
		r.Unscored++
		return nil
	}
	key := message.KeyOf(set, m.ThreadID())
	t := r.threads[key]
	if t == nil {
		t = &thread{set: set}
		r.threads[key] = t
		r.order = append(r.order, t)
	}
	t.messages = append(t.messages, *m)
	return nil
}

// Cases judges every thread, in the order of their first messages.
func (r *Run) Cases() []Case {
	cases := make([]Case, 0, len(r.order))
	for _, t := range r.order {
		cases = append(cases, r.judge(t))
	}
	return cases
}

func (r *Run) judge(t *thread) Case {
	var basis message.Basis
	var languages detector.Languages
	for i := range t.messages {
		m := &t.messages[i]
		basis = basis.Merge(m.Order().Basis())
		if m.Scored() {
			languages.Add(langid.Guess(m.Text), 1)
		}
	}
	slices.SortStableFunc(t.messages, func(a, b message.Message) int { return basis.Compare(a.Order(), b.Order()) })
	v := r.detector.Judge(r.detector.MatchAll(t.messages))
	r.detector.Annotate(&v, len(t.messages), languages)
	l := t.labels()
	return Case{
		Set: t.set, Label: l.Label, Category: l.Category, Lang: cmp.Or(l.Lang, "und"),
		Group: cmp.Or(l.Field(r.group), t.set+"/"+t.messages[0].ThreadID()), Verdict: v, Early: t.early(&v), Alone: t.alone(),
	}
}
