package eval

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Print writes the report for people.
func (r *Report) Print(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "rules %s\n\nPER SET\n", r.Rules)
	printFigures(out, r.Sets, func(f Figures) string { return f.Set })
	fmt.Fprintln(out, "\nPER LANGUAGE")
	printFigures(out, r.Languages, func(f Figures) string { return f.Set + " " + f.Lang })
	fmt.Fprintln(out, "\nPER CATEGORY")
	printFigures(out, r.Categories, func(f Figures) string { return f.Set + " " + f.Category })
	r.printConfusion(out)
	r.printLedger(out)
	r.printScores(out)
	if r.Unscored > 0 {
		fmt.Fprintf(out, "\n%d messages have a label that says nothing about scams: left out.\n", r.Unscored)
	}
	return out.Flush()
}

func printFigures(out io.Writer, all []Figures, name func(Figures) string) {
	fmt.Fprintf(out, "%-42s %-27s %-14s %-27s %-14s %s\n", "", "caught (scams)", "routed", "false alerts (benign)", "accused", "other")
	for _, f := range all {
		fmt.Fprintf(out, "%-42s %-27s %-14s %-27s %-14s %s\n",
			name(f), percent(f.Caught), short(f.Routed), perTenThousand(f.False), short(f.Accused), strings.Join(others(f), "; "))
	}
}

func percent(s Share) string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d %.3f [%.2f–%.2f]", s.Count, s.Of, s.Rate(), s.Low, s.High)
}

// perTenThousand shows a rate of false alerts with its upper bound.
func perTenThousand(s Share) string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d %.1f‱ (≤%.1f)", s.Count, s.Of, 1e4*s.Rate(), 1e4*s.High)
}

func short(s Share) string {
	if s.Of == 0 {
		return "–"
	}
	return fmt.Sprintf("%d/%d", s.Count, s.Of)
}

// others lists the figures that only some groups have.
func others(f Figures) (parts []string) {
	add := func(s Share, format string, args ...any) {
		if s.Of > 0 {
			parts = append(parts, fmt.Sprintf(format, args...))
		}
	}
	add(f.Safe, "people at risk made safe %s", percent(f.Safe))
	add(f.Outside, "out of scope: alerts %s, taken for ours %s", short(f.Outside), short(f.Mistaken))
	add(f.Early, "alert before money %s, by %d messages, %d days (median)", percent(f.Early), f.EarlyBy, f.EarlyDays)
	if f.Caught.Of > 0 && f.False.Of > 0 {
		parts = append(parts, fmt.Sprintf("precision %s, AP %.3f, Brier %.3f", short(f.Precision), f.AveragePrecision, f.Brier))
	}
	if f.Groups.Of > 0 && f.Groups.Of < f.Caught.Of {
		parts = append(parts, fmt.Sprintf("campaigns %s", short(f.Groups)))
	}
	return parts
}

func (r *Report) printConfusion(out io.Writer) {
	fmt.Fprintln(out, "\nALERTS OF SCAMS: CATEGORY → TAKEN FOR")
	for _, c := range r.Confusion {
		fmt.Fprintf(out, "%-24s %-24s %d\n", c.Category, c.Taken, c.Count)
	}
}

func (r *Report) printLedger(out io.Writer) {
	fmt.Fprintln(out, "\nRULES: THREADS TAGGED, RIGHT, WRONG")
	for _, e := range r.Ledger {
		fmt.Fprintf(out, "%-56s %6d %6d %6d\n", e.Rule, e.Hits, e.Right, e.Wrong)
	}
	fmt.Fprintf(out, "never fired: %s\n", strings.Join(r.Never, ", "))
}

func (r *Report) printScores(out io.Writer) {
	fmt.Fprintln(out, "\nCALIBRATION: SCORE, THREADS, MEAN SCORE, SHARE OF SCAMS")
	for _, b := range r.Bins {
		fmt.Fprintf(out, "%3.0f–%-3.0f %7d  %.3f  %.3f\n", b.From, b.To, b.Count, b.Scored, b.Scams)
	}
	fmt.Fprintln(out, "\nTHRESHOLD: RECALL, FALSE ALERTS, HOURS PER REVIEWER")
	for _, t := range r.Thresholds {
		fmt.Fprintf(out, "%3.0f  %-28s %-28s %.1f\n", t.Score, percent(t.Recall), perTenThousand(t.False), t.Hours)
	}
}
