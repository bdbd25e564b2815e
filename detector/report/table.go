package report

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// maxRows is how many verdicts a table holds: the most urgent.
const maxRows = 10000

// Table gathers verdicts and prints them for people, most urgent first.
type Table struct {
	width int
	color bool
	rows  []detector.Verdict // alerts
	more  int                // alerts left out
	quiet int                // verdicts that are none
}

// NewTable prints lines of at most width columns, with colours or without.
func NewTable(width int, color bool) *Table { return &Table{width: max(width, 60), color: color} }

// Write takes one verdict.
func (t *Table) Write(v *detector.Verdict) error {
	if !score.Alert(v.Band) {
		t.quiet++
		return nil
	}
	t.rows = append(t.rows, *v)
	if len(t.rows) >= 2*maxRows {
		t.cut()
	}
	return nil
}

func (t *Table) cut() {
	slices.SortStableFunc(t.rows, Urgency)
	if len(t.rows) > maxRows {
		t.more += len(t.rows) - maxRows
		t.rows = t.rows[:maxRows]
	}
}

// Urgency orders verdicts: by band, priority and score, the most urgent first,
// then by thread.
func Urgency(a, b detector.Verdict) int {
	return cmp.Or(cmp.Compare(b.Band, a.Band), cmp.Compare(b.Priority, a.Priority), cmp.Compare(b.Score, a.Score),
		strings.Compare(a.Thread, b.Thread), strings.Compare(a.Message, b.Message), strings.Compare(a.Source, b.Source))
}

// Print writes the table: the alerts, each with the words that raised it, then
// what to do for each queue that has any, and a count of the rest.
func (t *Table) Print(w io.Writer) error {
	t.cut()
	out := bufio.NewWriter(w)
	var queues []rule.Queue
	for i := range t.rows {
		v := &t.rows[i]
		if i == 0 {
			fmt.Fprintln(out, t.paint(dim, t.columns("BAND", "SCORE", "QUEUE", "SCRIPT: STAGE", "WHO", "WHERE")))
		}
		if !slices.Contains(queues, v.Queue) {
			queues = append(queues, v.Queue)
		}
		t.row(out, v)
	}
	if len(t.rows) == 0 {
		fmt.Fprintln(out, "Nothing here needs a look.")
	} else {
		t.advice(out, queues)
	}
	if t.quiet > 0 {
		fmt.Fprintln(out, t.paint(dim, fmt.Sprintf("%d more without an alert (P4).", t.quiet)))
	}
	if t.more > 0 {
		fmt.Fprintf(out, "%d less urgent ones left out: use --format jsonl for all.\n", t.more)
	}
	return out.Flush()
}

func (t *Table) columns(band, score, queue, script, who, where string) string {
	left := fmt.Sprintf("%-4s %5s  %s  %s  %s  ", band, score, pad(queue, 9), pad(script, 32), pad(who, 16))
	return left + clip(where, max(12, t.width-runewidth.StringWidth(left)))
}

func (t *Table) row(out *bufio.Writer, v *detector.Verdict) {
	line := t.columns(v.Band.String(), fmt.Sprintf("%.1f", v.Score), v.Queue.String(), Script(v), Visible(v.Sender), where(v))
	fmt.Fprintln(out, t.paint(bandColor(v.Band), line[:4])+line[4:])
	fmt.Fprintln(out, t.words(v))
}

func where(v *detector.Verdict) string {
	place := Visible(v.Source)
	if v.Thread != "" && len(v.Thread) <= 40 {
		place += " " + Visible(v.Thread)
	}
	return place
}

// words quotes what did it: the heaviest evidence, each rule once, in the
// order of the conversation, as far as the line goes.
func (t *Table) words(v *detector.Verdict) string {
	const indent = "     "
	room := t.width - len(indent)
	var parts []string
	for _, quoted := range quotes(v, 6, 60) {
		if room -= runewidth.StringWidth(quoted) + 5; room < 0 && parts != nil {
			break
		}
		parts = append(parts, "“"+t.paint(mark, quoted)+"”")
	}
	return indent + strings.Join(parts, "  ")
}

// telling is how many columns words need to tell a reader anything: "me" and
// "I" are evidence, too, but not what did it.
const telling = 4

// quotes are the words of the heaviest evidence, at most n, each once and cut
// to width columns, in the order of the conversation.
func quotes(v *detector.Verdict, n, width int) (all []string) {
	for _, e := range heaviest(v, 6) {
		quoted := clip(pieces(v, e), width)
		if len(all) < n && runewidth.StringWidth(quoted) >= telling && !slices.Contains(all, quoted) {
			all = append(all, quoted)
		}
	}
	return all
}

// pieces joins what one rule found in one message.
func pieces(v *detector.Verdict, of detector.Evidence) string {
	var parts []string
	end := 0
	for _, e := range v.Evidence {
		if e.Rule != of.Rule || e.Message != of.Message || e.Start < end || runewidth.StringWidth(e.Text) < telling {
			continue
		}
		parts = append(parts, Visible(e.Text))
		end = e.End
	}
	return strings.Join(parts, " … ")
}

// heaviest are the heaviest rules' longest words, each rule once.
func heaviest(v *detector.Verdict, n int) []detector.Evidence {
	best := map[string]int{}
	for i, e := range v.Evidence {
		if known, ok := best[e.Rule]; !ok || len(e.Text) > len(v.Evidence[known].Text) {
			best[e.Rule] = i
		}
	}
	indices := make([]int, 0, len(best))
	for _, i := range best {
		indices = append(indices, i)
	}
	slices.SortFunc(indices, func(a, b int) int {
		return cmp.Or(cmp.Compare(urgent(v, b), urgent(v, a)), cmp.Compare(v.Evidence[b].Weight, v.Evidence[a].Weight), a-b)
	})
	indices = indices[:min(n, len(indices))]
	slices.Sort(indices)
	picked := make([]detector.Evidence, len(indices))
	for k, i := range indices {
		picked[k] = v.Evidence[i]
	}
	return picked
}

// urgent ranks the words of the verdict's own category before all others: of a
// captive, the plea is what must be read.
func urgent(v *detector.Verdict, i int) int {
	if strings.HasPrefix(v.Evidence[i].Rule, Category(v)+".") {
		return 1
	}
	return 0
}

func (t *Table) advice(out *bufio.Writer, queues []rule.Queue) {
	slices.SortFunc(queues, func(a, b rule.Queue) int { return cmp.Compare(b, a) })
	fmt.Fprintln(out, "\nWhat to do next")
	for _, q := range queues {
		fmt.Fprintf(out, "  %s  %s\n", t.paint(bold, pad(q.String(), 9)), Do(q))
	}
	fmt.Fprintln(out, t.paint(dim, "A verdict is a reason to look, never a reason to punish. Why one got it: hookline explain --file FILE"))
}

// pad fills or cuts text to exactly width columns.
func pad(text string, width int) string {
	return runewidth.FillRight(clip(text, width), width)
}

func clip(text string, width int) string {
	return runewidth.Truncate(text, width, "…")
}
