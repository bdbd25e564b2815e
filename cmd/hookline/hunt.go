package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/hunt"
	"github.com/hookline/hookline/detector/pack"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/rules"
)

type huntOptions struct {
	casebook      string
	format        string
	includeSafety bool
	void          bool
}

func newHunt(s streams) *cobra.Command {
	var o huntOptions
	cmd := &cobra.Command{
		Use:   "hunt RULE...",
		Short: "Run rules backwards over a casebook: what would they have caught?",
		Long: `Hunt takes rule files, or ids of built-in rules ("all" for every one), and lists the
kept threads in which they match, as a scan with these rules beside the built-in ones
would find them today: with its band today, and the band it was kept with.`,
		Example: `  hookline hunt --casebook book new/fake_job/fee/visa_fee.yaml
  hookline hunt --casebook book fake_job.task_boost.like_rate_pay`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return runHunt(cmd.Context(), s, &o, args) },
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.format, "format", "", "table or jsonl (default: table on a terminal)")
	cmd.Flags().BoolVar(&o.includeSafety, "include-safety", false, "hunt in the safety queue's threads too")
	cmd.Flags().BoolVar(&o.void, "void", false, "list threads, too, in which every match is void: warnings, quotes, captives")
	return cmd
}

func runHunt(ctx context.Context, s streams, o *huntOptions, args []string) (err error) {
	book, jsonl, err := askBook(s, "hunt", o.casebook, o.format)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	set, ids, err := huntedRules(args)
	if err != nil {
		return err
	}
	region := book.Settings().Region
	d, err := detector.New(set, detector.Options{Region: region})
	if err != nil {
		return err
	}
	h, err := hunt.New(d, ids, region)
	if err != nil {
		return err
	}
	caught, sum, err := h.Hunt(ctx, book, o.includeSafety)
	if err != nil {
		return err
	}
	if !o.void {
		caught = slices.DeleteFunc(caught, func(c hunt.Catch) bool { return len(c.Rules) == 0 })
	}
	if err := printCaught(s, caught, jsonl); err != nil {
		return err
	}
	if len(sum.Unbounded) > 0 {
		fmt.Fprintf(s.err, "hookline: all was read for %s: no word that the index knows is needed\n", strings.Join(sum.Unbounded, ", "))
	}
	_, err = fmt.Fprintf(s.err, "hookline: %d threads caught; read %d of %d parts of threads, judged %d threads\n",
		sum.Caught, sum.Read, sum.Documents, sum.Threads)
	return err
}

// huntedRules loads rule files beside the built-in rules, a file in the place
// of the built-in rule of its id, and returns the ids that are hunted with.
func huntedRules(args []string) (*rule.Set, []string, error) {
	files, ids := map[string][]byte{}, []string{}
	for _, arg := range args {
		if !strings.HasSuffix(arg, ".yaml") {
			ids = append(ids, arg)
			continue
		}
		body, err := os.ReadFile(arg)
		if err != nil {
			return nil, nil, err
		}
		id, err := ruleID(body)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", arg, err)
		}
		files[strings.ReplaceAll(id, ".", "/")+".yaml"] = body
		ids = append(ids, id)
	}
	folder, err := folderOf(files)
	if err != nil {
		return nil, nil, err
	}
	set, err := pack.Load([]pack.Folder{
		{FS: rules.FS, Name: "rules", Version: "builtin-" + rules.Version, Trusted: true}, {FS: folder, Version: "hunted"},
	}, pack.Options{Engine: version, Untested: true})
	if err == nil && slices.Contains(ids, "all") {
		ids = nil
		for _, r := range set.Rules {
			ids = append(ids, r.ID)
		}
	}
	return set, ids, err
}

// folderOf holds files in memory, each at its place: an archive is a folder.
func folderOf(files map[string][]byte) (fs.FS, error) {
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		file, err := w.Create(name)
		if err != nil {
			return nil, err
		}
		if _, err := file.Write(files[name]); err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return zip.NewReader(bytes.NewReader(archive.Bytes()), int64(archive.Len()))
}

// ruleID reads the id of a rule file, which is where it belongs in a folder.
func ruleID(body []byte) (string, error) {
	for line := range strings.Lines(string(body)) {
		if id, ok := strings.CutPrefix(line, "id:"); ok {
			id = strings.TrimSpace(id)
			if name := strings.ReplaceAll(id, ".", "/"); fs.ValidPath(name) && path.Clean(name) == name {
				return id, nil
			}
		}
	}
	return "", errors.New("no rule: a line with its id is missing")
}

func printCaught(s streams, caught []hunt.Catch, jsonl bool) error {
	encoder := jsonTo(s.out, "")
	for i := range caught {
		c := &caught[i]
		if jsonl {
			if err := encoder.Encode(c); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(s.out, "%s %5.1f %-9s was %s  %s  %s\n", c.Band, c.Score, c.Queue, c.Was, report.Visible(c.Thread), report.Visible(c.Source))
		evidence := c.Evidence
		if len(evidence) == 0 {
			evidence = c.Opposing
		}
		for _, e := range evidence[:min(len(evidence), 3)] {
			fmt.Fprintf(s.out, "     %s: “%s”\n", e.Rule, report.Visible(e.Text))
		}
	}
	return nil
}
