package eval

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"
)

// Page is one run of eval in a ledger, a file of JSON lines that remembers what
// each rule got right and wrong over time.
type Page struct {
	Day     string  `json:"day"` // YYYY-MM-DD
	Rules   string  `json:"rules"`
	Threads int     `json:"threads"`
	Benign  int     `json:"benign"`
	Entries []Entry `json:"entries"`
}

// NewPage makes the page of a report's run.
func NewPage(day time.Time, r *Report, cases []Case) Page {
	p := Page{Day: day.Format(time.DateOnly), Rules: r.Rules, Threads: len(cases), Entries: r.Ledger}
	for i := range cases {
		if cases[i].Label == Benign {
			p.Benign++
		}
	}
	return p
}

// maxPage bounds a line of a ledger.
const maxPage = 16 << 20

// AddPage appends a page to the ledger in a file, which it makes if need be.
func AddPage(path string, p Page) error {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(append(line, '\n'))
	return errors.Join(err, file.Close())
}

// ReadPages reads a ledger; of a file that is not there, none.
func ReadPages(path string) (pages []Page, err error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(io.Reader(file))
	lines.Buffer(nil, maxPage)
	for n := 1; lines.Scan(); n++ {
		var p Page
		if err := json.Unmarshal(lines.Bytes(), &p); err != nil {
			return nil, fmt.Errorf("%s:%d: not a page of a ledger: %w", path, n, err)
		}
		if _, err := time.Parse(time.DateOnly, p.Day); err != nil {
			return nil, fmt.Errorf("%s:%d: %q is not a day", path, n, p.Day)
		}
		pages = append(pages, p)
	}
	return pages, lines.Err()
}

// The criteria by which a rule is promoted: how often it must be right where it
// hits, in what share of threads it must hit, and what share of benign threads
// it may hit.
const (
	minPrecision  = 0.95
	minHitRate    = 0.0002
	maxFalseShare = 0.01
)

// Standing is what a ledger says of one rule.
type Standing struct {
	Rule      string  `json:"rule"`
	Precision float64 `json:"precision"`   // of the last page
	HitRate   float64 `json:"hit_rate"`    // share of threads
	False     float64 `json:"false_share"` // share of benign threads
	LastRight string  `json:"last_right"`  // the last day on which it was right; "" for never
	Ready     bool    `json:"ready"`       // meets the criteria of promotion
}

// Stand says how a rule stands in a ledger.
func Stand(pages []Page, id string) Standing {
	s := Standing{Rule: id}
	for i := range pages {
		p := &pages[i]
		at := slices.IndexFunc(p.Entries, func(e Entry) bool { return e.Rule == id })
		var e Entry
		if at >= 0 {
			e = p.Entries[at]
		}
		if e.Right > 0 {
			s.LastRight = max(s.LastRight, p.Day)
		}
		if i < len(pages)-1 {
			continue
		}
		s.Precision = NewShare(e.Right, e.Right+e.Wrong).Rate()
		s.HitRate = NewShare(e.Hits, p.Threads).Rate()
		s.False = NewShare(e.Wrong, p.Benign).Rate()
	}
	s.Ready = s.Precision >= minPrecision && s.HitRate >= minHitRate && s.False < maxFalseShare
	return s
}

// Stale says whether a rule has not been right since a day.
func (s *Standing) Stale(since time.Time) bool { return s.LastRight < since.Format(time.DateOnly) }
