package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookline/hookline/detector/campaign"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/report"
)

type campaignsOptions struct {
	casebook      string
	format        string
	minBand       string
	includeSafety bool
	find          campaign.Options
}

func newCampaigns(s streams) *cobra.Command {
	var o campaignsOptions
	cmd := &cobra.Command{
		Use:   "campaigns",
		Short: "Find threads of a casebook that belong together",
		Long: `Campaigns ties threads together that share a wording, with other names and sums, or a
wallet, domain, phone or handle: largest first. What the reporter wrote is left out.`,
		Example: `  hookline campaigns --casebook book
  hookline campaigns --casebook book --format stix > bundle.json`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return runCampaigns(s, &o) },
	}
	cmd.Flags().StringVar(&o.casebook, "casebook", "", "folder of the casebook")
	cmd.Flags().StringVar(&o.format, "format", "", "table, jsonl, csv (of identifiers), misp or stix (default: table on a terminal, else jsonl)")
	cmd.Flags().StringVar(&o.minBand, "min-band", "P3", "least urgent band of the threads to look at, P0 to P4")
	cmd.Flags().Float64Var(&o.find.Similarity, "similarity", campaign.DefaultSimilarity, "how much of two messages must agree, 0 to 1")
	cmd.Flags().IntVar(&o.find.MinSize, "min-size", 2, "least number of threads of a campaign")
	cmd.Flags().BoolVar(&o.includeSafety, "include-safety", false, "look at the safety queue's threads too")
	return cmd
}

func runCampaigns(s streams, o *campaignsOptions) (err error) {
	if o.casebook == "" {
		return errors.New("campaigns needs --casebook DIR")
	}
	if o.find.Similarity <= 0 || o.find.Similarity > 1 {
		return errors.New("--similarity must lie between 0 and 1")
	}
	write, err := campaignWriter(o.format, s)
	if err != nil {
		return err
	}
	minBand, err := parseBand(o.minBand)
	if err != nil {
		return fmt.Errorf("--min-band: %w", err)
	}
	book, err := casebook.Open(o.casebook)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	var all []*campaign.Signature
	sketcher := campaign.NewSketcher(book.Settings().Region)
	err = book.Threads(o.includeSafety, func(t *casebook.Thread) error {
		if t.Band >= minBand {
			all = append(all, sketcher.Sketch(campaign.NewThread(t.Key.String(), t.ID, t.Plain())))
		}
		return nil
	})
	if err != nil {
		return err
	}
	return write(campaign.Find(all, o.find))
}

func campaignWriter(format string, s streams) (func([]campaign.Campaign) error, error) {
	if format == "" {
		format = "jsonl"
		if isTerminal(s.out) {
			format = "table"
		}
	}
	switch format {
	case "table":
		return func(all []campaign.Campaign) error { return printCampaigns(s.out, all) }, nil
	case "jsonl":
		return func(all []campaign.Campaign) error {
			encoder := jsonTo(s.out, "")
			for i := range all {
				if err := encoder.Encode(&all[i]); err != nil {
					return err
				}
			}
			return nil
		}, nil
	case "csv":
		return func(all []campaign.Campaign) error { return writeIdentifiers(s.out, all) }, nil
	case "misp":
		return func(all []campaign.Campaign) error { return campaign.WriteMISP(s.out, all) }, nil
	case "stix":
		return func(all []campaign.Campaign) error { return campaign.WriteSTIX(s.out, all) }, nil
	default:
		return nil, fmt.Errorf("--format %s: want table, jsonl, csv, misp or stix", format)
	}
}

// shownThreads is how many names and identifiers the table shows.
const shownThreads = 6

func printCampaigns(w io.Writer, all []campaign.Campaign) error {
	for i := range all {
		c := &all[i]
		fmt.Fprintf(w, "%s  %d threads, %d of one wording  %s – %s\n", c.ID, c.Size, c.Wording, day(c.First), day(c.Last))
		for _, shared := range c.Shared[:min(len(c.Shared), shownThreads)] {
			fmt.Fprintf(w, "     %s %s in %d\n", shared.Type, report.Visible(report.DefangShared(shared.Identifier)), shared.Threads)
		}
		if c.Example != "" {
			fmt.Fprintf(w, "     %s: %s\n", report.Visible(c.ExampleFrom), report.Marked(c.Example, nil, width(w)-7, false))
		}
		fmt.Fprint(w, "     threads:")
		for _, m := range c.Threads[:min(len(c.Threads), shownThreads)] {
			fmt.Fprintf(w, " %s", report.Visible(m.Name))
		}
		if more := len(c.Threads) - shownThreads; more > 0 {
			fmt.Fprintf(w, " and %d more", more)
		}
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	return nil
}

func day(t time.Time) string {
	if t.IsZero() {
		return "?"
	}
	return t.Format(time.DateOnly)
}

// writeIdentifiers writes the identifiers of campaigns, one a row, defanged.
func writeIdentifiers(out io.Writer, all []campaign.Campaign) error {
	w := csv.NewWriter(out)
	rows := [][]string{{"campaign", "type", "value", "threads", "campaign_size", "first", "last"}}
	for i := range all {
		c := &all[i]
		for _, list := range [][]campaign.Shared{c.Shared, c.Others} {
			for _, s := range list {
				rows = append(rows, []string{
					c.ID, s.Type, report.Cell(report.DefangShared(s.Identifier)), strconv.Itoa(s.Threads), strconv.Itoa(c.Size), day(c.First), day(c.Last),
				})
			}
		}
	}
	return w.WriteAll(rows)
}
