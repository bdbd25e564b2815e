package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/fold"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// Bounds of what a page shows of one case.
const (
	maxLines    = 400  // messages of a conversation; the ones around the evidence
	maxLineText = 8000 // bytes of one message
	maxOpposing = 8    // pieces of evidence that do not count
)

// Case is a verdict with its conversation, made ready for a page: everything
// that templates show, as plain text that they escape.
type Case struct {
	Verdict     *detector.Verdict
	Anchor      string // of the case in its page
	Script      string // "romance baiting: pitch"
	Who, Where  string
	Language    string
	Do, Not     string // for the queue
	Stage       string // "4 of 12: The money talk begins"
	Next        string // what the script does next, as advice
	Track       []Step
	Lines       []Line
	LeftOut     int // messages not shown
	Sum         []Term
	Logit       string
	Opposing    []Quote
	Identifiers []Found
	Resembles   []string
	NearMisses  []NearMiss // needs the conversation
	Notes       []string
}

// Step is a stage of the script.
type Step struct {
	Name, Title string
	Seen, Now   bool
	Sent        string
}

// Line is one message of the conversation.
type Line struct {
	Message, Who, Sent string
	Mine               bool // the reporter's own words
	Notice             bool // of the platform, or an entry without words
	Parts              []Part
	Read               string // the text as it was read, where that is not as it looks
	Gap                int    // messages left out before this one
}

// Part is a stretch of a message: plain, evidence of a stage, or a character
// that would not be seen.
type Part struct {
	Text   string
	Stage  string // evidence: the stage of its heaviest rule
	Why    string // evidence: the rules that found it
	Hidden bool   // Text names an invisible character
}

// Term is one row of the sum that makes the score.
type Term struct {
	Label, Rule, Weight string
	Share               int // of the greatest term, in percent, for a bar
	Minus               bool
}

// Quote is evidence that does not count, and why.
type Quote struct{ Text, Rule, Act string }

// Found is an identifier as it may be shown and copied, never followed.
type Found struct{ Type, Value, Check string }

// NewCase makes a case of a verdict and the messages of its thread, in the
// order of reading; the messages may be missing. With a redactor it shows
// pseudonyms; nil shows all.
func NewCase(d *detector.Detector, v *detector.Verdict, messages []message.Message, redactor *Redactor) *Case {
	return newCase(d, v, messages, redactor, speller{})
}

// newCase does not look for near misses where spell is nil.
func newCase(d *detector.Detector, v *detector.Verdict, messages []message.Message, redactor *Redactor, spell speller) *Case {
	set := d.Set()
	evidence := v.Evidence
	var names []string
	if redactor != nil {
		names = senders(messages)
		v = redactor.Verdict(v, names)
	}
	c := &Case{
		Verdict: v, Script: Script(v), Who: Visible(v.Sender), Where: where(v), Language: Visible(v.Language),
		Do: Do(v.Queue), Not: Not(v.Queue), Notes: visible(v.Notes),
	}
	c.track(set)
	c.sum(set)
	redact := redaction{redactor, names}
	messages = ordered(messages)
	c.conversation(set, messages, evidence, redact)
	if spell != nil {
		c.NearMisses = nearMisses(d, messages, v.Language, spell)
	}
	for i := range c.NearMisses {
		for k, words := range c.NearMisses[i].Found {
			c.NearMisses[i].Found[k] = redact.text(words)
		}
	}
	for _, e := range v.Opposing {
		quote := Quote{Visible(e.Text), title(set, e.Rule), Visible(e.Act)}
		if len(c.Opposing) < maxOpposing && runewidth.StringWidth(quote.Text) >= telling && !slices.Contains(c.Opposing, quote) {
			c.Opposing = append(c.Opposing, quote)
		}
	}
	for _, id := range v.Identifiers {
		found := Found{Type: kindWords(id.Type), Value: Defang(id)}
		if !id.Valid {
			found.Check = "not checked"
		}
		if !slices.Contains(c.Identifiers, found) {
			c.Identifiers = append(c.Identifiers, found)
		}
	}
	for _, r := range v.Resembles {
		c.Resembles = append(c.Resembles, fmt.Sprintf("%s (%.2f)", Visible(r.Script), r.Similarity))
	}
	return c
}

func visible(all []string) []string {
	shown := make([]string, len(all))
	for i := range all {
		shown[i] = Visible(all[i])
	}
	return shown
}

// kindWords is the kind of an identifier in words: "wallet btc".
func kindWords(kind string) string { return strings.ReplaceAll(kind, ".", " ") }

// title is what a rule looks for, in words.
func title(set *rule.Set, id string) string {
	if r, ok := set.Rule(id); ok {
		return r.Title
	}
	return id
}

func (c *Case) track(set *rule.Set) {
	script, ok := set.Script(Category(c.Verdict))
	if !ok || c.Verdict.Stage == "" {
		return
	}
	for i, stage := range script.Stages {
		step := Step{Name: plainName(stage.ID.String()), Title: stage.Title}
		for _, seen := range c.Verdict.Stages {
			if seen.Stage == stage.ID.String() {
				step.Seen, step.Sent = true, shortTime(seen.Sent)
			}
		}
		if stage.ID.String() == c.Verdict.Stage {
			step.Now = true
			c.Stage = fmt.Sprintf("%d of %d: %s", i+1, len(script.Stages), stage.Title)
			c.Next = stage.Next
		}
		c.Track = append(c.Track, step)
	}
}

func plainName(id string) string { return strings.ReplaceAll(id, "_", " ") }

// shortTime is a time to the minute, as people write it.
func shortTime(t message.Time) string {
	if t.IsZero() {
		return ""
	}
	text := t.String()
	if len(text) > len("2006-01-02T15:04") {
		text = text[:len("2006-01-02T15:04")]
	}
	return strings.Replace(text, "T", " ", 1)
}

func (c *Case) sum(set *rule.Set) {
	v := c.Verdict
	greatest := math.Abs(v.Bias.LogOdds())
	for _, part := range v.Contributions {
		greatest = max(greatest, math.Abs(part.Weight.LogOdds()))
	}
	add := func(label, id string, weight score.Weight) {
		term := Term{Label: label, Rule: id, Weight: fmt.Sprintf("%+.2f", weight.LogOdds()), Minus: weight < 0}
		if greatest > 0 {
			term.Share = int(math.Round(100 * math.Abs(weight.LogOdds()) / greatest))
		}
		c.Sum = append(c.Sum, term)
	}
	add("how rare scams are, before reading", "", v.Bias)
	for _, part := range v.Contributions {
		add(title(set, part.Rule), part.Rule, part.Weight)
	}
	c.Logit = fmt.Sprintf("%+.2f", v.Logit.LogOdds())
}

// conversation writes down the messages, given in their order: all, or where there are too many the
// ones nearest to the evidence.
func (c *Case) conversation(set *rule.Set, messages []message.Message, evidence []detector.Evidence, redact redaction) {
	spans := map[string][]detector.Evidence{}
	for _, e := range evidence {
		spans[e.Message] = append(spans[e.Message], e)
	}
	keep := nearest(messages, spans)
	var folder fold.Folder
	gap := 0
	for i := range messages {
		m := &messages[i]
		if !keep[i] {
			gap++
			continue
		}
		line := Line{
			Message: Visible(redact.text(m.ID)), Who: Visible(redact.person(m.Sender)), Sent: shortTime(m.Sent),
			Mine: m.Role == message.Reporter, Notice: !m.Scored(), Gap: gap,
		}
		gap = 0
		text := m.Text
		if len(text) > maxLineText {
			text = strings.ToValidUTF8(text[:maxLineText], "") + "…"
		}
		line.Parts = parts(set, text, spans[m.ID], redact.replacements(text))
		line.Read = redact.text(read(&folder, text, spans[m.ID]))
		c.Lines = append(c.Lines, line)
	}
	c.LeftOut = len(messages) - len(c.Lines)
}

// senders are the names of those who write in a thread, in order of appearance.
func senders(messages []message.Message) (names []string) {
	for i := range messages {
		if name := messages[i].Sender; name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// redaction is a Redactor with the names of one thread; the zero redaction
// hides nothing.
type redaction struct {
	*Redactor
	names []string
}

func (r redaction) text(text string) string {
	if r.Redactor == nil {
		return text
	}
	return r.Text(text, r.names)
}

func (r redaction) person(name string) string {
	if r.Redactor == nil {
		return name
	}
	return r.Person(name)
}

func (r redaction) replacements(text string) []replacement {
	if r.Redactor == nil {
		return nil
	}
	return r.Redactor.replacements(text, r.names)
}

// ordered puts messages into the order in which verdicts see them.
func ordered(messages []message.Message) []message.Message {
	var basis message.Basis
	for i := range messages {
		basis = basis.Merge(messages[i].Order().Basis())
	}
	sorted := slices.Clone(messages)
	slices.SortStableFunc(sorted, func(a, b message.Message) int { return basis.Compare(a.Order(), b.Order()) })
	return sorted
}

// nearest marks the messages to show: of too many, those with evidence first,
// then the ones closest to them.
func nearest(messages []message.Message, spans map[string][]detector.Evidence) []bool {
	keep := make([]bool, len(messages))
	distance := make([]int, len(messages))
	last := math.MaxInt / 2
	for i := range messages {
		last++
		if len(spans[messages[i].ID]) > 0 {
			last = 0
		}
		distance[i] = last
	}
	last = math.MaxInt / 2
	order := make([]int, len(messages))
	for i := len(messages) - 1; i >= 0; i-- {
		last++
		if len(spans[messages[i].ID]) > 0 {
			last = 0
		}
		distance[i] = min(distance[i], last)
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(distance[a], distance[b]) })
	for _, i := range order[:min(len(order), maxLines)] {
		keep[i] = true
	}
	return keep
}

// viewWords say how hidden words were read.
var viewWords = map[string]string{
	"latin": ", in look-alike letters", "leet": ", with signs for letters", "squash": ", letters set apart", "pinyin": ", by sound",
}

// parts cuts a text at the borders of its evidence and at characters that
// would not be seen. Of several rules over the same words the heaviest names
// the stage.
func parts(set *rule.Set, text string, evidence []detector.Evidence, hide []replacement) []Part {
	cuts := []int{0, len(text)}
	for _, e := range evidence {
		if e.Start < e.End && e.End <= len(text) {
			cuts = append(cuts, e.Start, e.End)
		}
	}
	for _, rep := range hide {
		cuts = append(cuts, rep.start, rep.end)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var all []Part
	for i := 1; i < len(cuts); i++ {
		part := Part{}
		heaviest := score.Weight(math.MinInt64)
		var why []string
		for _, e := range evidence {
			if e.Start > cuts[i-1] || e.End < cuts[i] {
				continue
			}
			if words := fmt.Sprintf("%s (%+.2f%s)", title(set, e.Rule), e.Weight.LogOdds(), viewWords[e.View]); !slices.Contains(why, words) {
				why = append(why, words)
			}
			if r, ok := set.Rule(e.Rule); ok && e.Weight > heaviest {
				heaviest, part.Stage = e.Weight, r.Stage.String()
			}
		}
		part.Why = strings.Join(why, " · ")
		shown := text[cuts[i-1]:cuts[i]]
		for _, rep := range hide {
			if rep.start == cuts[i-1] {
				shown = rep.with
			} else if rep.start < cuts[i-1] && cuts[i] <= rep.end {
				shown = ""
			}
		}
		all = append(all, reveal(shown, part)...)
	}
	return all
}

// reveal splits a stretch of text at its hidden characters, each of which
// becomes a part of its own that names it. Line ends stay.
func reveal(text string, like Part) (all []Part) {
	add := func(piece string, hidden bool) {
		part := like
		part.Text, part.Hidden = piece, hidden
		all = append(all, part)
	}
	start := 0
	for i, r := range text {
		size := len(string(r))
		invalid := r == '\uFFFD' && !strings.HasPrefix(text[i:], "\uFFFD")
		if invalid {
			size = 1
		}
		if r == '\n' || r == '\t' || !invalid && !hidden(r) {
			continue
		}
		if start < i {
			add(text[start:i], false)
		}
		if r != '\r' {
			add(Visible(text[i:i+size]), true)
		}
		start = i + size
	}
	if start < len(text) {
		add(text[start:], false)
	}
	return all
}

// read is the text as it was read, if some of its evidence was not found in
// what it shows; else empty.
func read(folder *fold.Folder, text string, evidence []detector.Evidence) string {
	folded := folder.Fold(text)
	looks := folded.Hidden == 0
	for _, e := range evidence {
		looks = looks && e.View == "raw"
	}
	if looks || len(evidence) == 0 {
		return ""
	}
	if clean := Visible(string(folded.Clean)); clean != Visible(text) {
		return clean
	}
	return ""
}
