package report

import (
	"cmp"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/campaign"
	"github.com/hookline/hookline/detector/rule"
)

// Bounds of what a page shows of campaigns.
const (
	maxCampaigns      = 20
	maxCampaignCases  = 12
	maxCampaignShared = 6
)

// campaignRow is a campaign of a report: cases that belong together.
type campaignRow struct {
	Size, Wording int
	First, Last   string
	Shared        []Found
	Example       string
	Cases         []caseLink
	More          int // cases without a link
}

type caseLink struct {
	Anchor, Who string
	Full        bool
}

// DefangShared returns an identifier of a campaign as it may be shown and
// copied, never followed.
func DefangShared(id campaign.Identifier) string {
	return Defang(detector.Identifier{Type: id.Type, Value: id.Value})
}

// campaigns ties the cases of the report together. As everywhere, threads of
// the safety queue are not looked at.
func (h *HTML) campaigns() (rows []campaignRow, leftOut int, err error) {
	sketcher := campaign.NewSketcher(h.region)
	var all []*campaign.Signature
	place, names := map[string]int{}, map[string][]string{}
	for i := range h.cases {
		p := &h.cases[i]
		if p.verdict.Queue == rule.Safety || p.verdict.Queue == rule.Child {
			continue
		}
		messages, err := p.messages()
		if err != nil {
			return nil, 0, err
		}
		key := p.verdict.Key.String()
		place[key], names[key] = i, senders(messages)
		all = append(all, sketcher.Sketch(campaign.NewThread(key, p.verdict.Thread, messages)))
	}
	found := campaign.Find(all, campaign.Options{})
	if len(found) > maxCampaigns {
		found, leftOut = found[:maxCampaigns], len(found)-maxCampaigns
	}
	for i := range found {
		rows = append(rows, h.campaignRow(&found[i], place, names))
	}
	return rows, leftOut, nil
}

func (h *HTML) campaignRow(c *campaign.Campaign, place map[string]int, names map[string][]string) campaignRow {
	row := campaignRow{Size: c.Size, Wording: c.Wording, First: date(c.First), Last: date(c.Last)}
	for _, s := range c.Shared[:min(len(c.Shared), maxCampaignShared)] {
		row.Shared = append(row.Shared, h.found(s.Identifier))
	}
	var everybody []string
	for _, member := range c.Threads {
		everybody = append(everybody, names[member.Key]...)
	}
	redact := redaction{h.redactor, everybody}
	row.Example = Visible(redact.text(c.Example))
	for _, member := range c.Threads[:min(len(c.Threads), maxCampaignCases)] {
		i := place[member.Key]
		v := &h.cases[i].verdict
		who := redact.person(v.Sender)
		if who == "" {
			who = redact.text(cmp.Or(v.Thread, v.Message))
		}
		row.Cases = append(row.Cases, caseLink{Anchor: anchor(i), Who: Visible(who), Full: i < maxCases})
	}
	row.More = len(c.Threads) - len(row.Cases)
	return row
}

func (h *HTML) found(id campaign.Identifier) Found {
	shown := Found{Type: kindWords(id.Type), Value: DefangShared(id)}
	if h.redactor != nil {
		shown.Value = h.redactor.identifier(id.Type, id.Value)
	}
	return shown
}

func date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
