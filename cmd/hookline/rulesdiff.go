package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/hunt"
	"github.com/hookline/hookline/detector/labelled"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/ruletest"
)

type rulesDiffOptions struct {
	read   readFlags
	corpus []string
	book   string
	add    []string
	format string
	show   int
}

// diffReport is a comparison of two rule sets as rules diff prints it.
type diffReport struct {
	Before    string              `json:"before"`
	After     string              `json:"after"`
	Behaviour *ruletest.Behaviour `json:"behaviour,omitempty"` // where messages were given
	Edits     []ruletest.Edit     `json:"edits"`
}

func newRulesDiff(s streams) *cobra.Command {
	var o rulesDiffOptions
	cmd := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Say what a change of rules does: to verdicts first, then to the text",
		Long: `Diff compares two rule folders; "builtin" stands for the rules of this program. With
--corpus it runs both over labelled files, exports or corpus folders and names the
threads that are newly flagged, no longer flagged, or of another band, with the words
that did it. With --casebook it hunts the changed rules in the messages that a scan has
kept and judges the threads in which they occur, for which nothing is scanned again;
the safety queue stays out of it. --format markdown is an entry for a changelog.`,
		Example: "  hookline rules diff builtin rules --corpus corpus\n  hookline rules diff --format markdown old new --corpus export.zip",
		Args:    cobra.ExactArgs(2),
		RunE:    func(cmd *cobra.Command, args []string) error { return runRulesDiff(cmd.Context(), s, &o, args) },
	}
	o.read.register(cmd)
	cmd.Flags().StringArrayVar(&o.corpus, "corpus", nil, "messages to compare verdicts on (repeatable)")
	cmd.Flags().StringVar(&o.book, "casebook", "", "folder of a casebook to compare verdicts on")
	cmd.Flags().StringArrayVar(&o.add, "add-rules", nil, "rule folder beside NEW (repeatable)")
	cmd.Flags().StringVar(&o.format, "format", "text", "text, markdown or json")
	cmd.Flags().IntVar(&o.show, "show", 10, "examples of each kind")
	return cmd
}

func runRulesDiff(ctx context.Context, s streams, o *rulesDiffOptions, args []string) error {
	old, err := diffSide(args[0], nil)
	if err != nil {
		return err
	}
	now, err := diffSide(args[1], o.add)
	if err != nil {
		return err
	}
	out := diffReport{Before: old.Version, After: now.Version, Edits: ruletest.Edits(old, now)}
	if len(o.corpus) > 0 || o.book != "" {
		b, err := o.behaviour(ctx, s, old, now)
		if err != nil {
			return err
		}
		out.Behaviour = &b
	}
	switch o.format {
	case "json":
		return jsonTo(s.out, " ").Encode(out)
	case "text":
		return out.print(s.out, "", o.show)
	case "markdown":
		return out.print(s.out, "- ", o.show)
	default:
		return fmt.Errorf("--format %s: want text, markdown or json", o.format)
	}
}

// behaviour compares verdicts on the corpora, and then on the casebook: there
// only on the threads that a changed rule touches.
func (o *rulesDiffOptions) behaviour(ctx context.Context, s streams, old, now *rule.Set) (all ruletest.Behaviour, err error) {
	var options detector.Options
	var book *casebook.Book
	if o.book != "" {
		if book, err = casebook.Open(o.book); err != nil {
			return all, err
		}
		defer func() { err = errors.Join(err, book.Close()) }()
		options.Region = book.Settings().Region
	}
	before, err := detector.New(old, options)
	if err != nil {
		return all, err
	}
	after, err := detector.New(now, options)
	if err != nil {
		return all, err
	}
	differ := ruletest.NewDiffer(before, after)
	for _, path := range o.corpus {
		if err := o.read.each(ctx, s, path, func(m *message.Message) error {
			differ.Add(m)
			return nil
		}); err != nil {
			return all, err
		}
	}
	all = differ.Behaviour()
	if book == nil {
		return all, nil
	}
	kept, sum, err := hunt.Diff(ctx, before, after, book)
	if err != nil {
		return all, err
	}
	fmt.Fprintf(s.err, "hookline: read %d of %d parts of threads, judged %d threads\n", sum.Read, sum.Documents, sum.Threads)
	all.Add(kept)
	return all, nil
}

// diffSide loads a folder, or the rules of this program.
func diffSide(path string, add []string) (*rule.Set, error) {
	flags := engineFlags{rules: path, add: add}
	if path == "builtin" {
		flags.rules = ""
	}
	return flags.set()
}

// each visits the messages of a corpus folder, or of whatever scan reads. What
// a corpus holds out stays out: its threads would be named.
func (f *readFlags) each(ctx context.Context, s streams, path string, visit func(*message.Message) error) error {
	if heldOut(path) {
		return errors.New(path + ": held-out cases measure, and are never shown")
	}
	if !isCorpus(path) {
		_, err := f.read(ctx, s, []string{path}, handlers{message: visit})
		return err
	}
	return labelled.Walk(os.DirFS(path), func(c labelled.Case) error {
		messages := c.Messages()
		for i := range messages {
			if err := visit(&messages[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

// print writes for people; mark stands before each line of a list.
func (r *diffReport) print(w io.Writer, mark string, most int) error {
	var b strings.Builder
	head := func(format string, args ...any) {
		if mark != "" {
			b.WriteString("\n### ")
		}
		fmt.Fprintf(&b, format+"\n", args...)
		if mark != "" {
			b.WriteString("\n")
		}
	}
	if v := r.Behaviour; v != nil {
		head("%d threads compared: %d newly flagged, %d no longer flagged, %d in another band, %d more with other tags",
			v.Threads, len(v.Flagged), len(v.Unflagged), len(v.Moved), v.Tagged)
		printMoves(&b, mark, "newly flagged", v.Flagged, most)
		printMoves(&b, mark, "no longer flagged", v.Unflagged, most)
		printMoves(&b, mark, "moved", v.Moved, most)
	}
	counts := map[string]int{}
	for _, e := range r.Edits {
		counts[e.Kind]++
	}
	head("rules: %d added, %d removed, %d changed", counts["added"], counts["removed"], counts["changed"])
	for _, e := range r.Edits {
		fmt.Fprintf(&b, "%s%-7s %s: %s\n", mark, e.Kind, e.ID, report.Visible(e.Title))
		for _, d := range e.Details[:min(most, len(e.Details))] {
			fmt.Fprintf(&b, "  %s%s\n", mark, report.Visible(d))
		}
		if more := len(e.Details) - most; more > 0 {
			fmt.Fprintf(&b, "  %sand %d more\n", mark, more)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printMoves(b *strings.Builder, mark, name string, moves []ruletest.Move, most int) {
	for _, m := range moves[:min(most, len(moves))] {
		label := ""
		if m.Label != "" {
			label = " (" + m.Label + ")"
		}
		fmt.Fprintf(b, "%s%s: %s → %s  %s %s%s", mark, name, m.Before, m.After, report.Visible(m.Source), report.Visible(m.Thread), label)
		if tags := append(prefixed("+", m.Gained), prefixed("-", m.Lost)...); len(tags) > 0 {
			fmt.Fprintf(b, "  %s", strings.Join(tags, " "))
		}
		if m.Because != "" {
			fmt.Fprintf(b, "  “%s”", report.Visible(m.Because))
		}
		b.WriteString("\n")
	}
	if more := len(moves) - most; more > 0 {
		fmt.Fprintf(b, "%sand %d more %s\n", mark, more, name)
	}
}

func prefixed(prefix string, all []string) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = prefix + s
	}
	return out
}
