package report

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/hookline/hookline/detector"
)

// columns of the CSV, in order.
var columns = []string{
	"band", "score", "queue", "also", "action", "priority", "source", "thread", "message", "messages", "sender",
	"category", "stage", "next", "first_alert", "language", "tags", "evidence", "identifiers", "band_reason", "notes", "rules",
}

// CSV writes verdicts as a table for a spreadsheet, with a header.
type CSV struct {
	out    *csv.Writer
	header bool
}

// NewCSV writes to w. Call Flush at the end.
func NewCSV(w io.Writer) *CSV { return &CSV{out: csv.NewWriter(w)} }

// Write writes one verdict.
func (c *CSV) Write(v *detector.Verdict) error {
	if err := c.writeHeader(); err != nil {
		return err
	}
	alert := ""
	if v.FirstAlert != nil {
		alert = v.FirstAlert.Message
	}
	also := make([]string, len(v.Also))
	for i, q := range v.Also {
		also[i] = q.String()
	}
	var words, ids []string
	for _, e := range v.Evidence {
		words = append(words, e.Text)
	}
	for _, id := range v.Identifiers {
		ids = append(ids, id.Type+"="+Defang(id))
	}
	row := []string{
		v.Band.String(), strconv.FormatFloat(v.Score, 'f', 1, 64), v.Queue.String(), strings.Join(also, " "), v.Action,
		strconv.Itoa(v.Priority), v.Source, v.Thread, v.Message, strconv.Itoa(v.Messages), v.Sender,
		Category(v), v.Stage, v.Next, alert, v.Language, strings.Join(v.Tags, " "), strings.Join(words, " | "),
		strings.Join(ids, " "), strings.Join(v.BandReason, " "), strings.Join(v.Notes, " "), v.Rules,
	}
	for i := range row {
		row[i] = Cell(row[i])
	}
	return c.out.Write(row)
}

func (c *CSV) writeHeader() error {
	if c.header {
		return nil
	}
	c.header = true
	return c.out.Write(columns)
}

// Flush writes what is buffered, the header at least.
func (c *CSV) Flush() error {
	if err := c.writeHeader(); err != nil {
		return err
	}
	c.out.Flush()
	return c.out.Error()
}
