package report

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"github.com/hookline/hookline/detector"
)

// Explain prints why a verdict is what it is: the stages, how messages were
// read, the evidence with its words, what speaks against it, the rules with
// every clause, the sum, re-added, what would change the band and what almost
// matched. texts are the messages by id.
func Explain(w io.Writer, d *detector.Detector, e *Explanation, texts map[string]string, color bool) error {
	t := &Table{color: color}
	v := &e.Verdict
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s  score %.1f  queue %s  %s\n", t.paint(bandColor(v.Band), v.Band.String()), v.Score, v.Queue, Script(v))
	if len(v.BandReason) > 0 {
		fmt.Fprintf(out, "because of %s\n", strings.Join(v.BandReason, ", "))
	}
	fmt.Fprintf(out, "%s\n", Do(v.Queue))
	t.stages(out, d, v)
	for _, r := range e.Readings {
		fmt.Fprintf(out, "%s  what you see  %s\n%*s  was read as   %s\n", Visible(r.Message), clip(r.Shown, readingWidth),
			runewidth.StringWidth(Visible(r.Message)), "", t.paint(mark, clip(r.Read, readingWidth)))
	}
	t.evidence(out, d, "\nEvidence", v.Evidence, texts)
	t.evidence(out, d, "\nDoes not count", v.Opposing, texts)
	t.trees(out, e.Trees)
	fmt.Fprintf(out, "\nSum\n  %+8.4f  bias: the share of scams expected before reading\n", v.Bias.LogOdds())
	total := v.Bias
	for _, c := range v.Contributions {
		total += c.Weight
		fmt.Fprintf(out, "  %+8.4f  %s\n", c.Weight.LogOdds(), c.Rule)
	}
	fmt.Fprintf(out, "  %+8.4f  = logit, score %.1f\n", total.LogOdds(), v.Score)
	t.counterfactual(out, e.Counterfactual)
	t.nearMisses(out, e.NearMisses)
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

const readingWidth = 160 // columns of a message shown beside its reading

func (t *Table) trees(out io.Writer, trees []RuleTree) {
	if len(trees) == 0 {
		return
	}
	fmt.Fprintln(out, "\nRules, clause by clause")
	for i := range trees {
		answer := ""
		switch tree := &trees[i]; {
		case tree.Counts:
		case tree.Status == "experimental":
			answer = "  (experimental: scores nothing)"
		case strings.HasPrefix(tree.Rule, "context."):
			answer = "  (context)"
		default:
			answer = "  (does not count here)"
		}
		fmt.Fprintf(out, "%s%s\n", t.paint(bold, trees[i].Rule), answer)
		t.tree(out, &trees[i])
	}
}

func (t *Table) counterfactual(out io.Writer, c *Counterfactual) {
	if c == nil {
		return
	}
	words := make([]string, len(c.Without))
	for i, w := range c.Without {
		words[i] = "“" + t.paint(mark, Visible(w.Text)) + "”"
	}
	proof := ""
	if !c.Smallest {
		proof = ", perhaps without less"
	}
	fmt.Fprintf(out, "\nWithout %s it would be %s, score %.1f%s\n", strings.Join(words, " and "), c.Band, c.Score, proof)
}

func (t *Table) nearMisses(out io.Writer, misses []NearMiss) {
	if len(misses) == 0 {
		return
	}
	fmt.Fprintln(out, "\nAlmost")
	for _, m := range misses {
		fmt.Fprintf(out, "  %s: %s\n", m.Rule, Visible(m.Title))
		for _, l := range m.Lacks {
			fmt.Fprintf(out, "         lacks %s\n", Visible(l.Text))
		}
	}
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

// evidence lists what was found, each rule once: a line a message with its
// words, those of one piece amid what is around them.
func (t *Table) evidence(out io.Writer, d *detector.Detector, title string, all []detector.Evidence, texts map[string]string) {
	if len(all) == 0 {
		return
	}
	type group struct{ rule, act, view string }
	of := func(e *detector.Evidence) group { return group{e.Rule, e.Act, e.View} }
	fmt.Fprintln(out, title)
	printed := map[group]bool{}
	for i := range all {
		e := &all[i]
		g := of(e)
		if printed[g] {
			continue
		}
		printed[g] = true
		name := e.Rule
		if r, ok := d.Set().Rule(e.Rule); ok {
			name += ": " + r.Title
		}
		fmt.Fprintf(out, "  %+.2f  %s (%s, read as %s)\n", e.Weight.LogOdds(), name, e.Act, e.View)
		var messages []string
		pieces := map[string][]detector.Evidence{}
		for k := i; k < len(all); k++ {
			if m := all[k].Message; of(&all[k]) == g {
				if pieces[m] == nil {
					messages = append(messages, m)
				}
				pieces[m] = append(pieces[m], all[k])
			}
		}
		for _, m := range messages {
			fmt.Fprintf(out, "         %s  “%s”\n", Visible(m), t.found(pieces[m], texts[m]))
		}
	}
}

// found are the words of a rule in a message.
func (t *Table) found(pieces []detector.Evidence, text string) string {
	const width = 100
	if len(pieces) > 1 {
		parts := make([]string, len(pieces))
		for i := range pieces {
			parts[i] = t.paint(mark, clip(Visible(pieces[i].Text), width))
		}
		return strings.Join(parts, " … ")
	}
	if e := pieces[0]; e.End <= len(text) {
		return Marked(text, [][2]int{{e.Start, e.End}}, width, t.color)
	}
	return Marked(pieces[0].Text, [][2]int{{0, len(pieces[0].Text)}}, width, t.color)
}
