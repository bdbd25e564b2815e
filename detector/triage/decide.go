package triage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookline/hookline/detector/rule"
)

// Action is what a reviewer does with a case.
type Action string

// The actions. Escalate hands the case to somebody outside; Reopen takes a
// decision back.
const (
	Confirm  Action = "confirm"
	Reject   Action = "reject"
	Escalate Action = "escalate"
	Unsure   Action = "unclear"
	Reopen   Action = "reopen"
	Note     Action = "note"
	Claim    Action = "claim"
	Release  Action = "release"
)

var outcomes = map[Action]State{Confirm: Confirmed, Reject: Rejected, Escalate: Escalated, Unsure: Unclear, Reopen: Open}

// claimLasts is how long a claim keeps others from deciding.
const claimLasts = 30 * time.Minute

// maxNote is how many bytes a note may have.
const maxNote = 4000

// Decision is what a reviewer said about a case.
type Decision struct {
	At       string         `json:"at"`
	Reviewer string         `json:"reviewer"`
	Action   Action         `json:"action"`
	Note     string         `json:"note,omitempty"`
	Spans    []SpanDecision `json:"spans,omitempty"`
}

// Decide carries an action out on the version of the case that the reviewer
// saw, and returns the case as it then is. ErrConflict says that the case is
// another by now, or that somebody else has claimed it. What is returned
// without an error is on the disk.
func (s *Store) Decide(ctx context.Context, key string, version int, d Decision) (Case, error) {
	d.Reviewer = strings.TrimSpace(d.Reviewer)
	switch {
	case d.Reviewer == "":
		return Case{}, errors.New("no reviewer")
	case len(d.Note) > maxNote:
		return Case{}, fmt.Errorf("the note has more than %d bytes", maxNote)
	case d.Action == Note && strings.TrimSpace(d.Note) == "":
		return Case{}, errors.New("the note is empty")
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return Case{}, err
	}
	defer func() { _ = tx.Rollback() }()
	c, err := scanCase(tx.QueryRowContext(ctx, "SELECT "+columns+" FROM cases WHERE key=?", key))
	if errors.Is(err, sql.ErrNoRows) {
		return c, ErrNoCase
	}
	if err != nil {
		return c, err
	}
	now := s.now().UTC()
	var claimedAt string
	if err := tx.QueryRowContext(ctx, "SELECT claimed_at FROM cases WHERE key=?", key).Scan(&claimedAt); err != nil {
		return c, err
	}
	if c.Version != version || heldByOther(c, claimedAt, d.Reviewer, now) {
		return c, ErrConflict
	}
	if err := s.advance(ctx, tx, &c, d, now); err != nil {
		return c, err
	}
	c.Version++
	if _, err := tx.ExecContext(ctx, "UPDATE cases SET state=?, version=?, claimed_by=?, claimed_at=? WHERE key=?",
		c.State, c.Version, c.ClaimedBy, stamp(now), key); err != nil {
		return c, err
	}
	spans, err := spansJSON(d.Spans)
	if err != nil {
		return c, err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO decisions (key, at, reviewer, action, note, spans, version) VALUES (?,?,?,?,?,?,?)",
		key, stamp(now), d.Reviewer, d.Action, d.Note, spans, c.Version); err != nil {
		return c, err
	}
	if err := audit(ctx, tx, now, d.Reviewer, string(d.Action), key); err != nil {
		return c, err
	}
	return c, tx.Commit()
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }

func heldByOther(c Case, claimedAt, reviewer string, now time.Time) bool {
	if c.ClaimedBy == "" || c.ClaimedBy == reviewer {
		return false
	}
	at, err := time.Parse(time.RFC3339, claimedAt)
	return err == nil && now.Sub(at) < claimLasts
}

// advance changes a case as an action has it.
func (s *Store) advance(ctx context.Context, tx *sql.Tx, c *Case, d Decision, now time.Time) error {
	switch d.Action {
	case Note:
		return nil
	case Claim:
		c.ClaimedBy = d.Reviewer
		return nil
	case Release:
		c.ClaimedBy = ""
		return nil
	}
	state, ok := outcomes[d.Action]
	if !ok {
		return fmt.Errorf("no action %q", d.Action)
	}
	c.ClaimedBy = ""
	if d.Action != Reopen && d.Action != Unsure && (c.Band == rule.P0.String() || d.Action == Escalate) {
		seconded, err := agreed(ctx, tx, c, d)
		if err != nil {
			return err
		}
		if !seconded {
			state = SecondLook
		}
	}
	c.State = state
	return nil
}

// agreed says whether the decision that waits for a second look is the same,
// by another person.
func agreed(ctx context.Context, tx *sql.Tx, c *Case, d Decision) (bool, error) {
	if c.State != SecondLook {
		return false, nil
	}
	var reviewer string
	var action Action
	err := tx.QueryRowContext(ctx, "SELECT reviewer, action FROM decisions WHERE key=? AND action IN ('confirm','reject','escalate') ORDER BY id DESC LIMIT 1",
		c.Key).Scan(&reviewer, &action)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return reviewer != d.Reviewer && action == d.Action, err
}

// History returns what was decided about a case, the latest first.
func (s *Store) History(ctx context.Context, key string) (all []Decision, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT at, reviewer, action, note FROM decisions WHERE key=? ORDER BY id DESC", key)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var d Decision
		if err := rows.Scan(&d.At, &d.Reviewer, &d.Action, &d.Note); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// Reveal writes down that a reviewer asked for hidden text.
func (s *Store) Reveal(ctx context.Context, key, reviewer string) error {
	return audit(ctx, s.db, s.now().UTC(), reviewer, "reveal", key)
}

// Event is an entry of the audit log.
type Event struct {
	At       string `json:"at"`
	Reviewer string `json:"reviewer"`
	Event    string `json:"event"`
	Key      string `json:"key,omitempty"`
}

type execer interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

func audit(ctx context.Context, db execer, now time.Time, reviewer, event, key string) error {
	_, err := db.ExecContext(ctx, "INSERT INTO audit (at, reviewer, event, key) VALUES (?,?,?,?)", stamp(now), reviewer, event, key)
	return err
}

// Audit visits the log, oldest first.
func (s *Store) Audit(ctx context.Context, visit func(Event) error) error {
	rows, err := s.db.QueryContext(ctx, "SELECT at, reviewer, event, key FROM audit ORDER BY id")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var e Event
		if err := rows.Scan(&e.At, &e.Reviewer, &e.Event, &e.Key); err != nil {
			return err
		}
		if err := visit(e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// note writes down something that is about no case.
func (s *Store) note(ctx context.Context, reviewer, event string) {
	_ = audit(ctx, s.db, s.now().UTC(), reviewer, event, "")
}
