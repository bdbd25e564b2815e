package report

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

//go:embed html
var assets embed.FS

// Style is the style sheet that every page of Hookline shares.
func Style() string { return asset("html/style.css") }

func asset(name string) string {
	body, err := assets.ReadFile(name)
	if err != nil {
		panic(err) // embedded at build time
	}
	return string(body)
}

// Templates returns the templates of a case, named "case", for pages that show
// one: their data is a *Case.
func Templates() *template.Template {
	return template.Must(template.New("").Funcs(arithmetic).ParseFS(assets, "html/case.html"))
}

// arithmetic places the parts of the charts.
var arithmetic = template.FuncMap{
	"add":    func(a, b int) int { return a + b },
	"plus":   func(a float64, b int) float64 { return a + float64(b) },
	"times":  func(a int, b float64) float64 { return float64(a) * b },
	"height": func(all []Bar) int { return len(all) * barTall },
}

// maxCases is how many alerts are shown with their conversation; the others
// are a row of the list.
const maxCases = 1000

// maxNear is of how many cases a report tells what was nearly found, at some
// ten milliseconds each.
const maxNear = 200

// Conversation reads the messages of a thread. It is called when the report is
// printed, and not at all for threads that are cut.
type Conversation func() ([]message.Message, error)

// HTML gathers verdicts and prints one page that needs nothing else: no
// network, no other file.
type HTML struct {
	detector *detector.Detector
	region   string
	redactor *Redactor
	cases    []pending
	leftOut  int
	overview overview
}

type pending struct {
	verdict      detector.Verdict
	conversation Conversation
}

// Summary is what the reader of a scan accounts for.
type Summary struct {
	Messages, Scanned, Skipped, Threads int64
	Sources                             []string
	Rules                               string
}

// NewHTML makes a report of the verdicts of a detector; campaigns are found by
// phone numbers of region among other things. With a redactor it shows
// pseudonyms; nil shows all.
func NewHTML(d *detector.Detector, region string, redactor *Redactor) *HTML {
	return &HTML{detector: d, region: region, redactor: redactor}
}

// Write takes one verdict and the way to its conversation, which may be nil.
func (h *HTML) Write(v *detector.Verdict, conversation Conversation) error {
	h.overview.count(v)
	if !score.Alert(v.Band) {
		return nil
	}
	h.cases = append(h.cases, pending{*v, conversation})
	if len(h.cases) >= 2*maxRows {
		h.cut()
	}
	return nil
}

func (h *HTML) cut() {
	slices.SortStableFunc(h.cases, func(a, b pending) int { return Urgency(a.verdict, b.verdict) })
	if len(h.cases) > maxRows {
		h.leftOut += len(h.cases) - maxRows
		clear(h.cases[maxRows:])
		h.cases = h.cases[:maxRows]
	}
}

// page is the data of page.html.
type page struct {
	Policy   string
	CSS      template.CSS
	JS       template.JS
	Summary  Summary
	Alerts   int
	Urgent   int
	Overview *overview
	Rows     []row
	LeftOut  int
	Queues   []queueAdvice

	Campaigns     []campaignRow
	MoreCampaigns int
}

type queueAdvice struct{ Name, Do, Not string }

// row is a line of the list of cases.
type row struct {
	Band, Queue, Score, Script, Who, Where, First string
	Words                                         []string
	Anchor                                        string
	Full                                          bool
}

// Print writes the page. It holds one case in memory at a time.
func (h *HTML) Print(w io.Writer, s Summary) error {
	h.cut()
	style, script := Style(), asset("html/report.js")
	data := page{
		Policy: fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'",
			integrity(style), integrity(script)),
		CSS: template.CSS(style), JS: template.JS(script), //nolint:gosec // our own files
		Summary: s, Alerts: len(h.cases) + h.leftOut, Overview: h.overview.finish(), LeftOut: h.leftOut,
	}
	var queues []rule.Queue
	for i := range h.cases {
		v, err := h.cases[i].shown(h.redactor)
		if err != nil {
			return err
		}
		if v.Band >= rule.P1 {
			data.Urgent++
		}
		if !slices.Contains(queues, v.Queue) {
			queues = append(queues, v.Queue)
		}
		data.Rows = append(data.Rows, newRow(v, i))
	}
	slices.SortFunc(queues, func(a, b rule.Queue) int { return cmp.Compare(b, a) })
	for _, q := range queues {
		data.Queues = append(data.Queues, queueAdvice{q.String(), Do(q), Not(q)})
	}
	var err error
	if data.Campaigns, data.MoreCampaigns, err = h.campaigns(); err != nil {
		return err
	}
	return h.print(w, data)
}

// newRow makes the row of the case at place i.
func newRow(v *detector.Verdict, i int) row {
	r := row{
		Band: v.Band.String(), Queue: v.Queue.String(), Score: fmt.Sprintf("%.1f", v.Score), Script: Script(v),
		Who: Visible(v.Sender), Where: where(v), Anchor: anchor(i), Full: i < maxCases,
	}
	if v.FirstAlert != nil {
		r.First, _, _ = strings.Cut(shortTime(v.FirstAlert.Sent), " ")
	}
	r.Words = quotes(v, 3, 70)
	return r
}

func anchor(i int) string { return fmt.Sprintf("case-%d", i+1) }

// messages reads the conversation, which may not be there.
func (p *pending) messages() ([]message.Message, error) {
	if p.conversation == nil {
		return nil, nil
	}
	return p.conversation()
}

// shown is the verdict as the redactor, if any, lets it be seen.
func (p *pending) shown(redactor *Redactor) (*detector.Verdict, error) {
	if redactor == nil {
		return &p.verdict, nil
	}
	messages, err := p.messages()
	return redactor.Verdict(&p.verdict, senders(messages)), err
}

func (h *HTML) print(w io.Writer, data page) error {
	t := template.Must(Templates().ParseFS(assets, "html/page.html"))
	out := bufio.NewWriter(w)
	spell := speller{}
	if err := t.ExecuteTemplate(out, "top", data); err != nil {
		return err
	}
	for i := range h.cases[:min(len(h.cases), maxCases)] {
		p := &h.cases[i]
		messages, err := p.messages()
		if err != nil {
			return err
		}
		if i == maxNear {
			spell = nil
		}
		c := newCase(h.detector, &p.verdict, messages, h.redactor, spell)
		c.Anchor = anchor(i)
		if err := t.ExecuteTemplate(out, "case", c); err != nil {
			return err
		}
	}
	if err := t.ExecuteTemplate(out, "bottom", data); err != nil {
		return err
	}
	return out.Flush()
}

// integrity is the hash by which a Content-Security-Policy knows an inline
// style or script (CSP level 3, hash-source).
func integrity(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
