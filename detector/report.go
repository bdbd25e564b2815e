package detector

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// schema is the version of the verdict's JSON.
const schema = 1

// Bounds of a verdict.
const (
	maxEvidence    = 200
	maxIdentifiers = 100
	languageRunes  = 300 // of matched messages that the language is told from
)

// verdict writes down what was decided about the messages read so far.
func (j *judging) verdict() Verdict {
	dec := &j.decision
	v := Verdict{
		Schema: schema, Rules: j.Rules(), Source: unlined(j.matches.Source), Thread: j.matches.Thread,
		Score: score.Score(dec.top.Logit), Logit: dec.top.Logit, Bias: j.bias,
		Band: dec.band, BandReason: append([]string{}, dec.reason...), Queue: rule.NoQueue,
		Categories: map[string]float64{}, Contributions: append([]score.Contribution{}, dec.top.Contributions...),
		FirstAlert: j.firstAlert,
	}
	if score.Alert(dec.band) && len(dec.queues) > 0 {
		v.Queue, v.Also = dec.queues[0], slices.Clone(dec.queues[1:])
	}
	v.Action = score.Action(v.Band, v.Queue)
	for _, c := range dec.all {
		v.Categories[c.Name] = score.Score(c.Logit)
	}
	v.Tags = j.tags()
	j.stages(&v)
	v.Risk = j.risk()
	v.Priority = max(v.Risk.Stage, v.Risk.Loss, v.Risk.Person)
	v.Evidence = j.quote(j.accepted)
	v.Opposing = j.quote(j.opposing)
	v.Identifiers = j.matches.identifiers()
	if len(j.accepted) > 0 {
		v.Sender = j.heaviest().sender
	}
	j.consult(&v)
	return v
}

// unlined is a place without its line: chat.zip/_chat.txt:120 is of the source
// chat.zip/_chat.txt.
func unlined(place string) string {
	i := strings.LastIndexByte(place, ':')
	if i <= 0 || i == len(place)-1 {
		return place
	}
	for _, c := range []byte(place[i+1:]) {
		if c < '0' || c > '9' {
			return place
		}
	}
	return place[:i]
}

func (j *judging) tags() []string {
	tags := []string{}
	for _, e := range j.accepted {
		tags = append(tags, j.rules[e.rule].ID)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

// stages finds the first message of each stage of the top category's script,
// how far the script has come, and what it would do next.
func (j *judging) stages(v *Verdict) {
	s, ok := j.script()
	if !ok {
		return
	}
	furthest := -1
	for _, e := range j.accepted {
		stage := j.rules[e.rule].Stage
		place := slices.IndexFunc(s.Stages, func(known rule.ScriptStage) bool { return known.ID == stage })
		if place < 0 || slices.ContainsFunc(v.Stages, func(seen Stage) bool { return seen.Stage == stage.String() }) {
			continue
		}
		v.Stages = append(v.Stages, Stage{stage.String(), e.site.order.ID, e.site.order.Sent})
		furthest = max(furthest, place)
	}
	if furthest >= 0 {
		v.Stage = s.Stages[furthest].ID.String()
		if furthest+1 < len(s.Stages) {
			v.Next = s.Stages[furthest+1].ID.String()
		}
	}
}

// script is the script of what weighs most: distress before any category.
func (j *judging) script() (*rule.Script, bool) {
	name := j.decision.top.Name
	if slices.Contains(j.decision.queues, rule.Safety) {
		name = distress
	} else if name == "" && slices.Contains(j.decision.queues, rule.Victim) {
		name = victim
	}
	return j.Set().Script(name)
}

// quote prints matches as evidence, in message order, then start, then rule.
func (j *judging) quote(all []evidence) []Evidence {
	quoted := make([]Evidence, 0, len(all))
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b evidence) int {
		if c := a.ordinal - b.ordinal; c != 0 {
			return c
		}
		if c := a.span.Start - b.span.Start; c != 0 {
			return c
		}
		return int(a.rule - b.rule)
	})
	for _, e := range sorted {
		r := &j.rules[e.rule]
		row := Evidence{
			Rule: r.ID, Message: e.site.order.ID, Start: e.span.Start, End: e.span.End, Text: e.text,
			View: e.view.String(), Role: e.site.role.String(), Act: string(e.act), Weight: r.weight,
		}
		if n := len(quoted); n > 0 && quoted[n-1] == row {
			continue
		}
		if quoted = append(quoted, row); len(quoted) == maxEvidence {
			break
		}
	}
	return quoted
}

// identifiers lists those of a thread in message order, then start.
func (m Matches) identifiers() []Identifier {
	var all []Identifier
	sorted := slices.Clone(m.ids)
	slices.SortStableFunc(sorted, func(a, b identified) int {
		if c := m.basis.Compare(m.site(a.site).order, m.site(b.site).order); c != 0 {
			return c
		}
		return a.Start - b.Start
	})
	for _, id := range sorted {
		if all = append(all, id.Identifier); len(all) == maxIdentifiers {
			break
		}
	}
	return all
}

// consult asks for the language of the matched messages and, of an alert, for
// the known scripts nearest to the heaviest message.
func (j *judging) consult(v *Verdict) {
	if len(v.Evidence) == 0 {
		return // nobody reads on: the language of what was not kept says nothing
	}
	if j.options.Language != nil {
		var text strings.Builder
		runes := 0
		for _, s := range j.sites {
			if runes += utf8.RuneCountInString(s.excerpt); runes > languageRunes && text.Len() > 0 {
				break
			}
			text.WriteString(s.excerpt)
			text.WriteByte('\n')
		}
		v.Language = j.options.Language.Identify(text.String(), score.Alert(v.Band))
	}
	if j.options.Resemblance != nil && score.Alert(v.Band) {
		v.Resembles = j.options.Resemblance.Nearest(j.heaviest().excerpt)
	}
}

// heaviest is the message whose matches weigh most; the earlier of two equals.
func (j *judging) heaviest() *site {
	weights := make([]score.Weight, len(j.sites))
	best := 0
	for _, e := range j.accepted {
		weights[e.ordinal] += j.rules[e.rule].weight
		if w := weights[e.ordinal]; w > weights[best] || w == weights[best] && e.ordinal < best {
			best = e.ordinal
		}
	}
	return j.sites[best]
}
