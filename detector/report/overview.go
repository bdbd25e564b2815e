package report

import (
	"cmp"
	"slices"
	"time"

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// overview counts the verdicts of a report for its charts.
type overview struct {
	bands, queues, scripts, languages, days map[string]int

	Bands, Queues, Scripts, Languages []Bar
	Timeline                          Timeline
}

// Bar is a bar of a chart: X, Y and Width in the units of its drawing.
type Bar struct {
	Name  string
	Count int
	Width int // of 100
	Y     int
}

// Timeline is a chart of alerts by day of the first alert.
type Timeline struct {
	First, Last string
	Most        int
	Columns     []Column
}

// Column is a day, or several where there are too many.
type Column struct {
	Name         string
	Count        int
	X, Y         float64
	Wide, Height float64
}

const (
	maxBars    = 8
	barTall    = 22 // height of a bar's row in the chart's units
	maxColumns = 60
	chartTall  = 60.0 // height of the timeline in its own units
	chartWide  = 600.0
)

func (o *overview) count(v *detector.Verdict) {
	if o.bands == nil {
		o.bands, o.queues, o.scripts, o.languages, o.days =
			map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	}
	o.bands[v.Band.String()]++
	if !score.Alert(v.Band) {
		return
	}
	o.queues[v.Queue.String()]++
	if title := categoryTitles[Category(v)]; title != "" {
		o.scripts[title]++
	}
	if v.Language != "" {
		o.languages[Visible(v.Language)]++
	}
	if v.FirstAlert != nil && !v.FirstAlert.Sent.IsZero() {
		o.days[v.FirstAlert.Sent.Clock().Format(time.DateOnly)]++
	}
}

func (o *overview) finish() *overview {
	for b := rule.P0; b >= rule.P4; b-- {
		o.Bands = append(o.Bands, Bar{Name: b.String(), Count: o.bands[b.String()]})
	}
	o.Bands = scaled(o.Bands)
	o.Queues, o.Scripts, o.Languages = bars(o.queues), bars(o.scripts), bars(o.languages)
	o.Timeline = timeline(o.days)
	return o
}

// bars are the greatest counts, greatest first.
func bars(counts map[string]int) (all []Bar) {
	for name, count := range counts {
		all = append(all, Bar{Name: name, Count: count})
	}
	slices.SortFunc(all, func(a, b Bar) int { return cmp.Or(b.Count-a.Count, cmp.Compare(a.Name, b.Name)) })
	if len(all) > maxBars {
		others := 0
		for _, bar := range all[maxBars-1:] {
			others += bar.Count
		}
		all = append(all[:maxBars-1], Bar{Name: "others", Count: others})
	}
	return scaled(all)
}

func scaled(all []Bar) []Bar {
	most := 1
	for _, bar := range all {
		most = max(most, bar.Count)
	}
	for i := range all {
		all[i].Y = i * barTall
		all[i].Width = all[i].Count * 100 / most
		if all[i].Count > 0 {
			all[i].Width = max(1, all[i].Width)
		}
	}
	return all
}

// timeline groups days into at most maxColumns columns, in order.
func timeline(days map[string]int) (t Timeline) {
	names := make([]string, 0, len(days))
	for day := range days {
		names = append(names, day)
	}
	if len(names) < 2 {
		return t
	}
	slices.Sort(names)
	t.First, t.Last = names[0], names[len(names)-1]
	first, last := dayNumber(t.First), dayNumber(t.Last)
	per := (last-first)/maxColumns + 1
	columns := make([]Column, (last-first)/per+1)
	for _, day := range names {
		column := &columns[(dayNumber(day)-first)/per]
		if column.Name == "" {
			column.Name = day
		}
		column.Count += days[day]
		t.Most = max(t.Most, column.Count)
	}
	wide := chartWide / float64(len(columns))
	for i := range columns {
		tall := chartTall * float64(columns[i].Count) / float64(t.Most)
		columns[i].X, columns[i].Wide = float64(i)*wide, max(1, wide-1)
		columns[i].Y, columns[i].Height = chartTall-tall, tall
	}
	t.Columns = slices.DeleteFunc(columns, func(c Column) bool { return c.Count == 0 })
	return t
}

// dayNumber counts days from the Unix epoch; 0 for what is no day.
func dayNumber(day string) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return int(t.Unix() / (24 * 60 * 60))
}
