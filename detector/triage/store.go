package triage

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo

	"github.com/hookline/hookline/detector"
	"github.com/hookline/hookline/detector/casebook"
	"github.com/hookline/hookline/detector/message"
	"github.com/hookline/hookline/detector/report"
	"github.com/hookline/hookline/detector/rule"
	"github.com/hookline/hookline/detector/score"
)

// State is where a case stands.
type State string

// The states. A case that needs a second look has one decision and waits for
// the same from another person.
const (
	Open       State = "open"
	SecondLook State = "second_look"
	Confirmed  State = "confirmed"
	Rejected   State = "rejected"
	Escalated  State = "escalated"
	Unclear    State = "unclear" // not enough information
)

// ErrConflict is returned where a case is no longer what the reviewer saw.
var ErrConflict = errors.New("somebody else changed this case meanwhile")

// ErrNoCase is returned for a key that no case has.
var ErrNoCase = errors.New("no such case")

const schema = `
CREATE TABLE IF NOT EXISTS cases (
	key TEXT PRIMARY KEY, thread TEXT NOT NULL, source TEXT NOT NULL, sender TEXT NOT NULL,
	band INTEGER NOT NULL, queue INTEGER NOT NULL, category TEXT NOT NULL, language TEXT NOT NULL,
	score REAL NOT NULL, priority INTEGER NOT NULL, stage TEXT NOT NULL, words TEXT NOT NULL,
	seen TEXT NOT NULL, rules TEXT NOT NULL,
	state TEXT NOT NULL DEFAULT 'open', version INTEGER NOT NULL DEFAULT 1,
	claimed_by TEXT NOT NULL DEFAULT '', claimed_at TEXT NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_urgency ON cases (band DESC, priority DESC, score DESC, key);
CREATE TABLE IF NOT EXISTS decisions (
	id INTEGER PRIMARY KEY, key TEXT NOT NULL, at TEXT NOT NULL, reviewer TEXT NOT NULL,
	action TEXT NOT NULL, note TEXT NOT NULL, spans TEXT NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS by_case ON decisions (key, id);
CREATE TABLE IF NOT EXISTS audit (
	id INTEGER PRIMARY KEY, at TEXT NOT NULL, reviewer TEXT NOT NULL, event TEXT NOT NULL, key TEXT NOT NULL
);`

// Store keeps cases and what people decided about them. It is safe for
// concurrent use.
type Store struct {
	db  *sql.DB
	now func() time.Time
}

// OpenStore opens or makes the database at a path. Only its owner can read it.
func OpenStore(path string) (*Store, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	// Synchronous FULL: what was acknowledged survives a kill and a power cut.
	address := url.URL{Scheme: "file", Path: path, RawQuery: "_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=secure_delete(1)&_pragma=busy_timeout(5000)&_txlock=immediate"}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, err
	}
	if _, err := db.Exec(schema); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), db.Close())
	}
	return &Store{db: db, now: time.Now}, nil
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Case is a row of the queue.
type Case struct {
	Key       string  `json:"key"`
	Thread    string  `json:"thread"`
	Source    string  `json:"source"`
	Sender    string  `json:"sender"`
	Band      string  `json:"band"`
	Queue     string  `json:"queue"`
	Category  string  `json:"category"`
	Language  string  `json:"language"`
	Score     float64 `json:"score"`
	Priority  int     `json:"priority"`
	Stage     string  `json:"stage,omitempty"`
	Words     string  `json:"words,omitempty"` // that raised the alert; never of the safety queue
	Seen      string  `json:"seen,omitempty"`  // when its last message was sent
	State     State   `json:"state"`
	Version   int     `json:"version"`
	ClaimedBy string  `json:"claimed_by,omitempty"`
}

// Sync takes the alerts of a casebook over: new ones, and what a later scan
// made of known ones. What was decided stays; a case whose band rose opens
// again. Threads that the casebook has forgotten go, with the notes about them.
// It returns how many cases there are.
func (s *Store) Sync(ctx context.Context, book *casebook.Book) (cases int, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, "CREATE TEMP TABLE IF NOT EXISTS there (key TEXT PRIMARY KEY) WITHOUT ROWID; DELETE FROM there"); err != nil {
		return 0, err
	}
	put, err := tx.PrepareContext(ctx, `INSERT INTO cases
		(key, thread, source, sender, band, queue, category, language, score, priority, stage, words, seen, rules)
		VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)
		ON CONFLICT (key) DO UPDATE SET
			state = CASE WHEN excluded.band > band THEN 'open' ELSE state END,
			version = CASE WHEN excluded.band > band THEN version + 1 ELSE version END,
			thread=excluded.thread, source=excluded.source, sender=excluded.sender, band=excluded.band, queue=excluded.queue,
			category=excluded.category, language=excluded.language, score=excluded.score, priority=excluded.priority,
			stage=excluded.stage, words=excluded.words, seen=excluded.seen, rules=excluded.rules`)
	if err != nil {
		return 0, err
	}
	defer put.Close()
	err = book.Threads(true, func(t *casebook.Thread) error {
		if !score.Alert(t.Band) {
			return nil
		}
		cases++
		if _, err := tx.ExecContext(ctx, "INSERT OR IGNORE INTO there VALUES (?)", t.Key.String()); err != nil {
			return err
		}
		v := &t.Verdict
		words := ""
		if t.Queue != rule.Safety && t.Queue != rule.Child {
			words = report.Words(v)
		}
		_, err := put.ExecContext(ctx, t.Key.String(), t.ID, v.Source, v.Sender, int(t.Band), int(t.Queue), report.Category(v),
			t.Language, t.Score, v.Priority, v.Stage, words, last(t), v.Rules)
		return err
	})
	if err != nil {
		return 0, err
	}
	for _, clean := range []string{
		"UPDATE decisions SET note='', spans='[]' WHERE key NOT IN (SELECT key FROM there)",
		"DELETE FROM cases WHERE key NOT IN (SELECT key FROM there)",
		"DELETE FROM there",
	} {
		if _, err := tx.ExecContext(ctx, clean); err != nil {
			return 0, err
		}
	}
	return cases, tx.Commit()
}

// last is when the last message of a thread was sent, for sorting; "" where
// that is unknown.
func last(t *casebook.Thread) string {
	latest := time.Time{}
	for i := range t.Messages {
		if sent := t.Messages[i].Sent; !sent.IsZero() && sent.Clock().After(latest) {
			latest = sent.Clock()
		}
	}
	if latest.IsZero() {
		return ""
	}
	return latest.Format("2006-01-02T15:04")
}

// Filter chooses cases; empty fields choose all.
type Filter struct {
	Band, Queue, Category, Language, State string
	Since                                  string // seen on this day or later, YYYY-MM-DD
	From, Size                             int
}

func (f Filter) where() (clause string, args []any, err error) {
	clause = "WHERE 1=1"
	add := func(column string, value any) {
		clause += " AND " + column + "=?"
		args = append(args, value)
	}
	if f.Band != "" {
		var b rule.Band
		if err := b.UnmarshalText([]byte(f.Band)); err != nil {
			return "", nil, err
		}
		add("band", int(b))
	}
	if f.Queue != "" {
		var q rule.Queue
		if err := q.UnmarshalText([]byte(f.Queue)); err != nil {
			return "", nil, err
		}
		add("queue", int(q))
	}
	if f.Category != "" {
		add("category", f.Category)
	}
	if f.Language != "" {
		add("language", f.Language)
	}
	switch f.State {
	case "":
		clause += " AND state IN ('open','second_look')"
	case "all":
	default:
		add("state", f.State)
	}
	if f.Since != "" {
		clause += " AND seen>=?"
		args = append(args, f.Since)
	}
	return clause, args, nil
}

const columns = `key, thread, source, sender, band, queue, category, language, score, priority, stage, words, seen, state, version, claimed_by`

func scanCase(row interface{ Scan(...any) error }) (c Case, err error) {
	var band rule.Band
	var queue rule.Queue
	err = row.Scan(&c.Key, &c.Thread, &c.Source, &c.Sender, &band, &queue, &c.Category, &c.Language, &c.Score, &c.Priority,
		&c.Stage, &c.Words, &c.Seen, &c.State, &c.Version, &c.ClaimedBy)
	c.Band, c.Queue = band.String(), queue.String()
	return c, err
}

// Page returns the cases that a filter chooses, most urgent first, and how
// many there are in all.
func (s *Store) Page(ctx context.Context, f Filter) (page []Case, total int, err error) {
	where, args, err := f.where()
	if err != nil {
		return nil, 0, err
	}
	if err := s.db.QueryRowContext(ctx, "SELECT count(*) FROM cases "+where, args...).Scan(&total); err != nil {
		return nil, 0, err
	}
	rows, err := s.db.QueryContext(ctx, "SELECT "+columns+" FROM cases "+where+
		" ORDER BY band DESC, priority DESC, score DESC, key LIMIT ? OFFSET ?", append(args, f.Size, f.From)...)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		c, err := scanCase(rows)
		if err != nil {
			return nil, 0, err
		}
		page = append(page, c)
	}
	return page, total, rows.Err()
}

// Case returns one case.
func (s *Store) Case(ctx context.Context, key string) (Case, error) {
	c, err := scanCase(s.db.QueryRowContext(ctx, "SELECT "+columns+" FROM cases WHERE key=?", key))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoCase
	}
	return c, err
}

// Tally counts cases by state, band and queue.
func (s *Store) Tally(ctx context.Context, visit func(state State, band rule.Band, queue rule.Queue, count int)) error {
	rows, err := s.db.QueryContext(ctx, "SELECT state, band, queue, count(*) FROM cases GROUP BY state, band, queue ORDER BY state, band, queue")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var state State
		var band rule.Band
		var queue rule.Queue
		var count int
		if err := rows.Scan(&state, &band, &queue, &count); err != nil {
			return err
		}
		visit(state, band, queue, count)
	}
	return rows.Err()
}

// Values lists the categories and languages of the cases, sorted.
func (s *Store) Values(ctx context.Context, column string) (values []string, err error) {
	if column != "category" && column != "language" {
		return nil, fmt.Errorf("no column %q", column)
	}
	rows, err := s.db.QueryContext(ctx, "SELECT DISTINCT "+column+" FROM cases WHERE "+column+"<>'' ORDER BY 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var value string
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		values = append(values, value)
	}
	return values, rows.Err()
}

// labelOf is what a decision says about a thread, in the words of labelled
// files; ok is false where it says nothing.
func labelOf(state State, queue rule.Queue) (label string, ok bool) {
	switch {
	case state == Rejected:
		return "benign", true
	case state != Confirmed && state != Escalated:
		return "", false
	case queue == rule.Safety, queue == rule.Child:
		return "at_risk", true
	default:
		return "scam", true
	}
}

// Decided visits every case with a decision that labels it, by key.
func (s *Store) Decided(ctx context.Context, visit func(key message.Key, label, category string) error) error {
	rows, err := s.db.QueryContext(ctx, "SELECT key, state, queue, category FROM cases WHERE state IN ('confirmed','rejected','escalated') ORDER BY key")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var text, category string
		var state State
		var queue rule.Queue
		if err := rows.Scan(&text, &state, &queue, &category); err != nil {
			return err
		}
		var key message.Key
		if err := key.UnmarshalText([]byte(text)); err != nil {
			return err
		}
		label, ok := labelOf(state, queue)
		if !ok {
			continue
		}
		if label == "benign" {
			category = "benign"
		}
		if err := visit(key, label, category); err != nil {
			return err
		}
	}
	return rows.Err()
}

// SpanDecision is what a reviewer said about one piece of evidence.
type SpanDecision struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Right   bool   `json:"right"`
}

// spansJSON is how spans lie in the database.
func spansJSON(spans []SpanDecision) (string, error) {
	if spans == nil {
		spans = []SpanDecision{}
	}
	text, err := json.Marshal(spans)
	return string(text), err
}

// evidenceOf finds the evidence that a span decision is about.
func evidenceOf(v *detector.Verdict, index int) (SpanDecision, bool) {
	if index < 0 || index >= len(v.Evidence) {
		return SpanDecision{}, false
	}
	e := v.Evidence[index]
	return SpanDecision{Rule: e.Rule, Message: e.Message, Start: e.Start, End: e.End}, true
}
