package sqlite

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"net/url"

	_ "modernc.org/sqlite" // the driver

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/detector/message"
)

//go:embed schema.sql
var schema string

// Store is a sink.Store in a SQLite file.
type Store struct {
	db    *sql.DB
	rules int64
}

// Open opens the file or makes it, and finds or enters the rule set. Commits
// reach the disk before they are confirmed.
func Open(ctx context.Context, path, rules string) (*Store, error) {
	query := url.Values{"_txlock": {"immediate"}, "_pragma": {"busy_timeout(30000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(ON)"}}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+query.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(4)
	s := &Store{db: db}
	if err := s.prepare(ctx, rules); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", path, err), db.Close())
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, rules string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, schema); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, "insert into hookline_rules (name) values (?) on conflict do nothing", rules); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "select id from hookline_rules where name = ?", rules).Scan(&s.rules)
	})
}

// transact runs one transaction, which holds the file's only write lock.
func (s *Store) transact(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// Write implements sink.Store. The write lock is that of every thread.
func (s *Store) Write(ctx context.Context, b sink.Batch, settle sink.Settle) (inserted int, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		states, err := s.states(ctx, tx, b.Threads)
		if err != nil {
			return err
		}
		if inserted, err = s.insert(ctx, tx, b.Rows); err != nil {
			return err
		}
		threads, err := settle(states)
		if err != nil {
			return err
		}
		return s.update(ctx, tx, threads)
	})
	return inserted, err
}

func (s *Store) states(ctx context.Context, tx *sql.Tx, threads []message.Key) ([][]byte, error) {
	query, err := tx.PrepareContext(ctx, "select state from hookline_threads where rules = ? and thread = ?")
	if err != nil {
		return nil, err
	}
	defer query.Close()
	states := make([][]byte, len(threads))
	for i, key := range threads {
		err := query.QueryRowContext(ctx, s.rules, key[:]).Scan(&states[i])
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return nil, err
		}
	}
	return states, nil
}

func (s *Store) insert(ctx context.Context, tx *sql.Tx, rows []sink.Row) (inserted int, err error) {
	into, err := tx.PrepareContext(ctx, "insert into hookline_matches (rules, thread, message, matches) values (?, ?, ?, ?) on conflict do nothing")
	if err != nil {
		return 0, err
	}
	defer into.Close()
	for i := range rows {
		result, err := into.ExecContext(ctx, s.rules, rows[i].Thread[:], rows[i].Message[:], rows[i].Matches)
		if err != nil {
			return 0, err
		}
		n, err := result.RowsAffected()
		if err != nil {
			return 0, err
		}
		inserted += int(n)
	}
	return inserted, nil
}

func (s *Store) update(ctx context.Context, tx *sql.Tx, threads []sink.Thread) error {
	into, err := tx.PrepareContext(ctx, `insert into hookline_threads (rules, thread, state, verdict, band, queue, score, revision)
			values (?1, ?2, ?3, iif(?5, null, ?4), ?6, ?7, ?8, not ?5)
		on conflict do update set state = excluded.state, band = excluded.band, queue = excluded.queue, score = excluded.score,
			verdict = iif(?5 and verdict is null, null, ?4),
			revision = revision + (iif(?5 and verdict is null, null, ?4) is not verdict), updated = current_timestamp`)
	if err != nil {
		return err
	}
	defer into.Close()
	for i := range threads {
		t := &threads[i]
		if _, err := into.ExecContext(ctx, s.rules, t.Key[:], t.State, string(t.Verdict), t.Quiet, t.Band, t.Queue, t.Score); err != nil {
			return err
		}
	}
	return nil
}

// Publish implements sink.Store.
func (s *Store) Publish(ctx context.Context, limit int, publish func([]sink.Verdict) error) (n int, err error) {
	err = s.transact(ctx, func(tx *sql.Tx) error {
		var verdicts []sink.Verdict
		rows, err := tx.QueryContext(ctx, `select thread, revision, verdict from hookline_threads
			where rules = ? and published < revision and verdict is not null order by updated limit ?`, s.rules, limit)
		if err := each(rows, err, func(v sink.Verdict) error {
			verdicts = append(verdicts, v)
			return nil
		}); err != nil || len(verdicts) == 0 {
			return err
		}
		if err := publish(verdicts); err != nil {
			return err
		}
		n = len(verdicts)
		for i := range verdicts {
			if _, err := tx.ExecContext(ctx, "update hookline_threads set published = revision where rules = ? and thread = ?", s.rules, verdicts[i].Thread[:]); err != nil {
				return err
			}
		}
		return nil
	})
	return n, err
}

// each gives the verdicts of a query to do.
func each(rows *sql.Rows, err error, do func(sink.Verdict) error) error {
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var v sink.Verdict
		var key []byte
		if err := rows.Scan(&key, &v.Revision, &v.JSON); err != nil {
			return err
		}
		copy(v.Thread[:], key)
		if err := do(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Verdicts implements sink.Store.
func (s *Store) Verdicts(ctx context.Context, do func(sink.Verdict) error) error {
	rows, err := s.db.QueryContext(ctx, "select thread, revision, verdict from hookline_threads where rules = ? and verdict is not null order by thread", s.rules)
	return each(rows, err, do)
}

// Threads implements sink.Store.
func (s *Store) Threads(ctx context.Context, do func(sink.Thread, []sink.Row) error) error {
	threads, err := s.db.QueryContext(ctx, "select thread, state, verdict from hookline_threads where rules = ? order by thread", s.rules)
	if err != nil {
		return err
	}
	defer threads.Close()
	for threads.Next() {
		var t sink.Thread
		var key []byte
		if err := threads.Scan(&key, &t.State, &t.Verdict); err != nil {
			return err
		}
		copy(t.Key[:], key)
		rows, err := s.rows(ctx, t.Key)
		if err != nil {
			return err
		}
		if err := do(t, rows); err != nil {
			return err
		}
	}
	return threads.Err()
}

func (s *Store) rows(ctx context.Context, thread message.Key) (found []sink.Row, err error) {
	rows, err := s.db.QueryContext(ctx, "select message, matches from hookline_matches where rules = ? and thread = ? order by message", s.rules, thread[:])
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		r := sink.Row{Thread: thread}
		var key []byte
		if err := rows.Scan(&key, &r.Matches); err != nil {
			return nil, err
		}
		copy(r.Message[:], key)
		found = append(found, r)
	}
	return found, rows.Err()
}

// Ping implements sink.Store.
func (s *Store) Ping(ctx context.Context) error { return s.db.PingContext(ctx) }

// Close implements sink.Store.
func (s *Store) Close() error { return s.db.Close() }
