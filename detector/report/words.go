package report

import (
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/identifier"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Category is the id of the category that a verdict is about: the one with the
// highest score; distress and recruiters by their
// queue, a victim's story where there is no other;
// "" where nothing was found.
func Category(v *detector.Verdict) string {
	switch v.Queue {
	case rule.Safety:
		return "trafficked_distress"
	case rule.Recruiter:
		return "fake_job"
	}
	for _, c := range v.Contributions {
		if c.Category != score.CrossCutting {
			return c.Category
		}
	}
	if v.Queue == rule.Victim || v.Queue == rule.Crisis {
		return "victim_side"
	}
	return ""
}

// categoryTitles are the words shown to people (never the industry's slang).
var categoryTitles = map[string]string{
	"romance_investment":  "romance baiting",
	"crypto_fraud":        "crypto fraud",
	"fake_job":            "fake job",
	"fraud_site":          "fraud site",
	"trafficked_distress": "person in danger",
	"victim_side":         "victim's story",
}

// Title is a category's id in words for people.
func Title(category string) string {
	if title, ok := categoryTitles[category]; ok {
		return title
	}
	return category
}

// Script is the script of a verdict and how far it has come, in plain words.
func Script(v *detector.Verdict) string {
	title := categoryTitles[Category(v)]
	if v.Stage == "" {
		return title
	}
	return title + ": " + strings.ReplaceAll(v.Stage, "_", " ")
}

// Do is the next step for a queue, in one sentence (TAXONOMY 2.4).
func Do(q rule.Queue) string {
	switch q {
	case rule.Child:
		return "Child protection duty: two people, no general reviewer."
	case rule.Safety:
		return "A person may be held: on-call trained reviewer now. No reply to the device, no ban, no notice that shows the text."
	case rule.Crisis:
		return "Words of self-harm: crisis protocol now."
	case rule.Victim:
		return "Reach the victim, without blame: stop paying, keep evidence, call the bank, beware of recovery offers."
	case rule.Recruiter:
		return "Take the advert down, warn applicants; if somebody may travel, reach them first."
	case rule.Scammer:
		return "Keep the evidence, limit the account's reach, pass wallets and links on; a human confirms first."
	default:
		return "Nothing to do."
	}
}

// Defang returns an identifier's value as it may be shown and copied, never
// followed: hxxps://host[.]tld/path.
func Defang(id detector.Identifier) string {
	return Visible(identifier.Defang(id.Value))
}

// Not is what must not be done for a queue (TAXONOMY 2.4).
func Not(q rule.Queue) string {
	switch q {
	case rule.Child:
		return "Never through general reviewers; no more eyes on it than needed."
	case rule.Safety:
		return "No automatic answer, ban, deletion or notice; no referral to local police by default; no advice to flee, none on ransom; no location published."
	case rule.Crisis:
		return "Do not leave it for the next shift, and do not argue about the money."
	case rule.Victim:
		return "No blame, no promise of recovery, no word to the suspect; do not close because they say that all is well."
	case rule.Recruiter:
		return "Do not take a re-poster or a coerced recruiter for a ringleader, nor a place for guilt."
	case rule.Scammer:
		return "No automatic ban, no public naming, no provoking: the writer may be held and punished for failing."
	default:
		return ""
	}
}

// Words quotes the heaviest evidence of a verdict in one line, for lists.
func Words(v *detector.Verdict) string {
	parts := quotes(v, 3, 70)
	for i := range parts {
		parts[i] = "“" + parts[i] + "”"
	}
	return strings.Join(parts, " ")
}
