package detector

import (
	"slices"

	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// decision is band, queue and score of the evidence read so far.
type decision struct {
	top    score.Category
	all    []score.Category
	band   rule.Band
	reason []string
	queues []rule.Queue // that apply, by precedence
}

// decide weighs the evidence: the thresholds of the score, then the floors.
func (j *judging) decide() decision {
	dec := decision{band: rule.P4}
	dec.top, dec.all = j.weigh()
	weights := j.Set().Weights
	switch s := score.Score(dec.top.Logit); {
	case dec.top.Name == "":
	case s >= weights.T2:
		dec.floor(rule.P2, "score>=t2")
	case s >= weights.T3:
		dec.floor(rule.P3, "score>=t3")
	}
	scam := score.Alert(dec.band)
	target := j.target()
	for _, i := range j.composites {
		c := &j.composed[i]
		dec.floor(c.Band, c.ID)
		switch {
		case c.Queue == rule.NoQueue, c.Queue == rule.Victim && !target:
			scam = scam || score.Alert(c.Band)
		default:
			dec.route(c.Queue)
		}
		for _, q := range c.Also {
			if q != rule.Victim || target {
				dec.route(q)
			}
		}
	}
	j.protect(&dec, target)
	if scam {
		dec.route(j.offender())
	}
	slices.SortFunc(dec.queues, func(a, b rule.Queue) int { return int(b) - int(a) })
	return dec
}

// target says whether somebody whom a scam would hurt is heard: the reporter,
// a second party, or a victim who tells the story. Of an author alone (a post,
// an SMS, an advert) there is nobody to reach.
func (j *judging) target() bool {
	return len(j.matches.senders) > 1 ||
		slices.ContainsFunc(j.matches.sites, func(s site) bool { return s.role == message.Reporter }) ||
		slices.ContainsFunc(j.accepted, func(e evidence) bool {
			return j.rules[e.rule].Category == victim && j.rules[e.rule].Class >= rule.Medium
		})
}

// weigh judges each side and returns the heavier one.
func (j *judging) weigh() (top score.Category, all []score.Category) {
	var none score.Ledger
	top, all = none.Judge(j.bias)
	for i := range j.sides {
		if t, a := j.sides[i].ledger.Judge(j.bias); i == 0 || t.Logit > top.Logit {
			top, all = t, a
		}
	}
	return top, all
}

// floor makes the band at least as urgent as b, and says why.
func (d *decision) floor(b rule.Band, why string) {
	d.band = max(d.band, b)
	if score.Alert(b) {
		d.reason = append(d.reason, why)
	}
}

func (d *decision) route(q rule.Queue) {
	if !slices.Contains(d.queues, q) {
		d.queues = append(d.queues, q)
	}
}

// protect sets the floors of what overrides every score: a person in danger,
// a victim, if one is heard.
func (j *judging) protect(dec *decision, target bool) {
	for _, e := range j.accepted {
		r := &j.rules[e.rule]
		if r.Class < rule.Medium {
			continue
		}
		switch r.Category {
		case distress:
			dec.route(rule.Safety)
			dec.floorOnce(distressBand(r.Class), distress)
		case victim:
			dec.route(rule.Victim)
			dec.floorOnce(rule.P3, victim)
		}
		for _, q := range r.Also {
			if q == rule.Victim && !target {
				continue
			}
			dec.route(q)
			if band, ok := personBand[q]; ok {
				dec.floorOnce(band, q.String())
			}
		}
	}
}

func (d *decision) floorOnce(b rule.Band, why string) {
	if slices.Contains(d.reason, why) {
		d.band = max(d.band, b)
		return
	}
	d.floor(b, why)
}

// distressBand is the floor of one match: a person held must be seen within
// the hour even before a composite makes it P0.
func distressBand(c rule.Class) rule.Band {
	if c == rule.Strong {
		return rule.P1
	}
	return rule.P2
}

// personBand is the floor for a person in danger of another kind (TAXONOMY
// 2.1: self-harm words are P0; a minor in a lure is P1, P0 with travel).
var personBand = map[rule.Queue]rule.Band{rule.Crisis: rule.P0, rule.Child: rule.P1}

// offender is the queue of a scam: recruiter where the evidence says so.
func (j *judging) offender() rule.Queue {
	for _, e := range j.accepted {
		if r := &j.rules[e.rule]; r.Queue == rule.Recruiter && r.Class >= rule.Medium {
			return rule.Recruiter
		}
	}
	return rule.Scammer
}
