package postgres

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/hookline/hookline/cmd/hookline-stream/internal/sink"
	"github.com/hookline/hookline/detector/message"
)

//go:embed schema.sql
var schema string

// Store is a sink.Store in PostgreSQL.
type Store struct {
	pool  *pgxpool.Pool
	rules int32
}

// schemaLock is held while tables are made, because two workers that start at
// once would trip over each other.
const schemaLock = 0x686f6f6b // "hook"

// Open connects, makes the tables where there are none, and finds or enters the
// rule set. A server that does not write commits to the disk before it confirms
// them is refused: what is acknowledged afterwards could be lost.
func Open(ctx context.Context, dsn, rules string) (*Store, error) {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return nil, err
	}
	s := &Store{pool: pool}
	if err := s.prepare(ctx, rules); err != nil {
		pool.Close()
		return nil, err
	}
	return s, nil
}

func (s *Store) prepare(ctx context.Context, rules string) error {
	for _, setting := range []string{"fsync", "synchronous_commit", "full_page_writes"} {
		var value string
		if err := s.pool.QueryRow(ctx, "show "+setting).Scan(&value); err != nil {
			return err
		}
		if value == "off" {
			return fmt.Errorf("PostgreSQL runs with %s = off: a commit could be lost after it was acknowledged", setting)
		}
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, "select pg_advisory_xact_lock($1)", schemaLock); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, schema); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, "insert into hookline_rules (name) values ($1) on conflict do nothing", rules); err != nil {
			return err
		}
		return tx.QueryRow(ctx, "select id from hookline_rules where name = $1", rules).Scan(&s.rules)
	})
}

// The statements of a write. Threads are entered and locked in the order of
// their keys, by all writers alike, so that none waits for one that waits for
// it.
const (
	enterThreads = `insert into hookline_threads (rules, thread)
		select $1, t from unnest($2::bytea[]) with ordinality as u (t, n) order by n on conflict do nothing`
	lockThreads = `select thread, state from hookline_threads where rules = $1 and thread = any ($2::bytea[])
		order by thread for update`
	insertRows = `insert into hookline_matches (rules, thread, message, matches)
		select $1, * from unnest($2::bytea[], $3::bytea[], $4::bytea[]) on conflict do nothing`
	updateThreads = `update hookline_threads as t
		set state = u.state, verdict = u.kept::json, band = u.band, queue = u.queue, score = u.score,
			revision = t.revision + (u.kept is distinct from t.verdict::text)::int, updated = now()
		from (
			select n.*, case when n.quiet and o.verdict is null then null else n.verdict end as kept
			from unnest($2::bytea[], $3::bytea[], $4::text[], $5::bool[], $6::smallint[], $7::text[], $8::real[])
				as n (thread, state, verdict, quiet, band, queue, score)
			join hookline_threads as o on o.rules = $1 and o.thread = n.thread
		) as u
		where t.rules = $1 and t.thread = u.thread`
)

// Write implements sink.Store.
func (s *Store) Write(ctx context.Context, b sink.Batch, settle sink.Settle) (inserted int, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		states, count, err := s.enter(ctx, tx, b)
		if err != nil {
			return err
		}
		inserted = count
		threads, err := settle(states)
		if err != nil || len(threads) == 0 {
			return err
		}
		return s.update(ctx, tx, threads)
	})
	return inserted, err
}

// enter locks the threads, inserts the rows and reads the states.
func (s *Store) enter(ctx context.Context, tx pgx.Tx, b sink.Batch) (states [][]byte, inserted int, err error) {
	threads := make([][]byte, len(b.Threads))
	for i := range b.Threads {
		threads[i] = b.Threads[i][:]
	}
	var of, messages, matches [][]byte
	for i := range b.Rows {
		r := &b.Rows[i]
		of, messages, matches = append(of, r.Thread[:]), append(messages, r.Message[:]), append(matches, r.Matches)
	}
	var all pgx.Batch
	all.Queue(enterThreads, s.rules, threads)
	all.Queue(lockThreads, s.rules, threads)
	all.Queue(insertRows, s.rules, of, messages, matches)
	results := tx.SendBatch(ctx, &all)
	defer func() { err = errors.Join(err, results.Close()) }()
	if _, err := results.Exec(); err != nil {
		return nil, 0, err
	}
	rows, err := results.Query()
	if err != nil {
		return nil, 0, err
	}
	for rows.Next() {
		var key, state []byte
		if err := rows.Scan(&key, &state); err != nil {
			return nil, 0, err
		}
		if i := len(states); i >= len(threads) || !bytes.Equal(key, threads[i]) {
			return nil, 0, errors.New("the database returned other threads than were asked for")
		}
		states = append(states, state)
	}
	if err := rows.Err(); err != nil {
		return nil, 0, err
	}
	if len(states) != len(threads) {
		return nil, 0, fmt.Errorf("the database locked %d of %d threads", len(states), len(threads))
	}
	tag, err := results.Exec()
	return states, int(tag.RowsAffected()), err
}

func (s *Store) update(ctx context.Context, tx pgx.Tx, threads []sink.Thread) error {
	var keys, states [][]byte
	var verdicts []*string
	var bands []int16
	var quiet []bool
	var queues []string
	var scores []float32
	for i := range threads {
		t := &threads[i]
		var verdict *string
		if t.Verdict != nil {
			text := string(t.Verdict)
			verdict = &text
		}
		keys, states, verdicts = append(keys, t.Key[:]), append(states, t.State), append(verdicts, verdict)
		quiet = append(quiet, t.Quiet)
		bands, queues, scores = append(bands, int16(t.Band)), append(queues, t.Queue), append(scores, float32(t.Score))
	}
	tag, err := tx.Exec(ctx, updateThreads, s.rules, keys, states, verdicts, quiet, bands, queues, scores)
	if err == nil && tag.RowsAffected() != int64(len(threads)) {
		return fmt.Errorf("the database updated %d of %d threads", tag.RowsAffected(), len(threads))
	}
	return err
}

// Publish implements sink.Store.
func (s *Store) Publish(ctx context.Context, limit int, publish func([]sink.Verdict) error) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `select thread, revision, verdict::text from hookline_threads
			where rules = $1 and published < revision and verdict is not null
			order by updated limit $2 for update skip locked`, s.rules, limit)
		if err != nil {
			return err
		}
		verdicts, err := pgx.CollectRows(rows, scanVerdict)
		if err != nil || len(verdicts) == 0 {
			return err
		}
		if err := publish(verdicts); err != nil {
			return err
		}
		keys := make([][]byte, len(verdicts))
		for i := range verdicts {
			keys[i] = verdicts[i].Thread[:]
		}
		n = len(verdicts)
		_, err = tx.Exec(ctx, "update hookline_threads set published = revision where rules = $1 and thread = any ($2::bytea[])", s.rules, keys)
		return err
	})
	return n, err
}

func scanVerdict(row pgx.CollectableRow) (v sink.Verdict, err error) {
	var key []byte
	if err = row.Scan(&key, &v.Revision, &v.JSON); err == nil {
		copy(v.Thread[:], key)
	}
	return v, err
}

// Verdicts implements sink.Store.
func (s *Store) Verdicts(ctx context.Context, each func(sink.Verdict) error) error {
	rows, err := s.pool.Query(ctx, `select thread, revision, verdict::text from hookline_threads
		where rules = $1 and verdict is not null order by thread`, s.rules)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		v, err := scanVerdict(rows)
		if err != nil {
			return err
		}
		if err := each(v); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Threads implements sink.Store. What it gives is of one moment.
func (s *Store) Threads(ctx context.Context, each func(sink.Thread, []sink.Row) error) error {
	rows, err := s.pool.Query(ctx, `select t.thread, t.state, t.verdict::text, m.message, m.matches
		from hookline_threads t left join hookline_matches m using (rules, thread)
		where rules = $1 order by t.thread, m.message`, s.rules)
	if err != nil {
		return err
	}
	defer rows.Close()
	var thread sink.Thread
	var found []sink.Row
	open := false
	for rows.Next() {
		var key, state, verdict, of, matches []byte
		if err := rows.Scan(&key, &state, &verdict, &of, &matches); err != nil {
			return err
		}
		if !open || message.Key(key) != thread.Key {
			if open {
				if err := each(thread, found); err != nil {
					return err
				}
			}
			thread, found, open = sink.Thread{Key: message.Key(key), State: state, Verdict: verdict}, nil, true
		}
		if of != nil {
			found = append(found, sink.Row{Message: message.Key(of), Thread: thread.Key, Matches: matches})
		}
	}
	if open && rows.Err() == nil {
		if err := each(thread, found); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Ping implements sink.Store.
func (s *Store) Ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return s.pool.Ping(ctx)
}

// Close implements sink.Store.
func (s *Store) Close() error {
	s.pool.Close()
	return nil
}
