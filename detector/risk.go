package detector

import (
	"strings"

	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/rule"
)

const maxRisk = 4

// stageRisk is how near each stage is to harm, from 0 to 4.
var stageRisk = map[rule.Stage]int{
	rule.Contact: 0, rule.Rapport: 0, rule.PlatformMove: 1, rule.Pitch: 1, rule.Onboarding: 2, rule.Proof: 2,
	rule.Escalation: 3, rule.Extraction: 4, rule.LockIn: 4, rule.Coercion: 4, rule.Exit: 2, rule.Revictimisation: 3,
	rule.RecruitAdvert: 1, rule.RecruitScreen: 2, rule.RecruitTravel: 4, rule.Control: 4, rule.Distress: 4,
}

// The indicators and families that stand for a part of a risk (TAXONOMY 2.1):
// each part counts once.
var (
	lossParts = [][]string{
		{"romance_investment.escalation.loan_pressure"},
		{"crypto_fraud.payment_rail"},
		{"cross_cutting.pressure.urgency", "romance_investment.lock_in.deadline_penalty"},
		{"victim_side.narrative.loss_report"},
	}
	personParts = [][]string{
		{"victim_side.narrative.distress_selfharm"},
		{"fake_job.overseas_lure.minor_target", "trafficked_distress.help_request.minor_or_medical"},
		{"romance_investment.coercion.threat", "trafficked_distress.coercion", "trafficked_distress.help_request.captor_demand"},
		{"trafficked_distress.captivity"},
	}
)

// risk adds up the parts of a verdict's priority.
func (j *judging) risk() (r Risk) {
	lastStage, travel, wallet := false, false, false
	for _, e := range j.accepted {
		stage := j.rules[e.rule].Stage
		r.Stage = max(r.Stage, stageRisk[stage])
		lastStage = lastStage || stage == rule.Extraction || stage == rule.LockIn
		travel = travel || stage == rule.RecruitTravel
	}
	for i := range j.matches.ids {
		wallet = wallet || j.matches.ids[i].kind == identifier.Wallet
	}
	r.Loss = min(maxRisk, count(lastStage)+j.parts(lossParts, wallet))
	r.Person = min(maxRisk, count(travel)+j.parts(personParts, false))
	return r
}

// parts counts the lists of which something was matched; rail says that the
// second holds in any case.
func (j *judging) parts(lists [][]string, rail bool) int {
	n := 0
	for i, list := range lists {
		n += count(rail && i == 1 || j.tagged(list))
	}
	return n
}

func (j *judging) tagged(prefixes []string) bool {
	for _, e := range j.accepted {
		for _, p := range prefixes {
			if strings.HasPrefix(j.rules[e.rule].ID, p) {
				return true
			}
		}
	}
	return false
}

func count(holds bool) int {
	if holds {
		return 1
	}
	return 0
}
