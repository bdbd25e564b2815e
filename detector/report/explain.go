package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/hookline/hookline/detector"
)

// Explain prints why a verdict is what it is: the evidence with its words, what
// speaks against it, and the sum, re-added. texts are the messages by id.
func Explain(w io.Writer, d *detector.Detector, v *detector.Verdict, texts map[string]string, color bool) error {
	t := &Table{color: color}
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  score %.1f  queue %s  %s\n", t.paint(bandColor(v.Band), v.Band.String()), v.Score, v.Queue, Script(v))
	if len(v.BandReason) > 0 {
		fmt.Fprintf(out, "because of %s\n", strings.Join(v.BandReason, ", "))
	}
	fmt.Fprintf(out, "%s\n", Do(v.Queue))
	t.stages(out, d, v)
	t.evidence(out, d, "\nEvidence", v.Evidence, texts)
	t.evidence(out, d, "\nDoes not count", v.Opposing, texts)
	fmt.Fprintf(out, "\nSum\n  %+8.4f  bias: the share of scams expected before reading\n", v.Bias.LogOdds())
	total := v.Bias
	for _, c := range v.Contributions {
		total += c.Weight
		fmt.Fprintf(out, "  %+8.4f  %s\n", c.Weight.LogOdds(), c.Rule)
	}
	fmt.Fprintf(out, "  %+8.4f  = logit, score %.1f\n", total.LogOdds(), v.Score)
	for _, id := range v.Identifiers {
		fmt.Fprintf(out, "%-16s %s%s\n", id.Type, Defang(id), validity(id))
	}
	for _, r := range v.Resembles {
		fmt.Fprintf(out, "resembles        %s (%.2f)\n", Visible(r.Script), r.Similarity)
	}
	for _, note := range v.Notes {
		fmt.Fprintf(out, "note             %s\n", Visible(note))
	}
	return out.Flush()
}

func validity(id detector.Identifier) string {
	if id.Valid {
		return ""
	}
	return " (not checked)"
}

func (t *Table) stages(out io.Writer, d *detector.Detector, v *detector.Verdict) {
	script, ok := d.Set().Script(Category(v))
	if !ok || v.Stage == "" {
		return
	}
	var track []string
	for _, stage := range script.Stages {
		name := strings.ReplaceAll(stage.ID.String(), "_", " ")
		for _, seen := range v.Stages {
			if seen.Stage == stage.ID.String() {
				name = t.paint(mark, "["+name+"]")
				break
			}
		}
		track = append(track, name)
	}
	fmt.Fprintf(out, "Stages: %s\n", strings.Join(track, " → "))
}

func (t *Table) evidence(out io.Writer, d *detector.Detector, title string, all []detector.Evidence, texts map[string]string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(out, title)
	for _, e := range all {
		name := e.Rule
		if r, ok := d.Set().Rule(e.Rule); ok {
			name += ": " + r.Title
		}
		fmt.Fprintf(out, "  %+.2f  %s (%s, read as %s)\n", e.Weight.LogOdds(), name, e.Act, e.View)
		shown := Marked(e.Text, [][2]int{{0, len(e.Text)}}, 100, t.color)
		if text, ok := texts[e.Message]; ok && e.End <= len(text) {
			shown = Marked(text, [][2]int{{e.Start, e.End}}, 100, t.color)
		}
		fmt.Fprintf(out, "         %s  “%s”\n", Visible(e.Message), shown)
	}
}
