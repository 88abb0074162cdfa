package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"stet/notify"
	"stet/watcher"
)

// Deliveries returns deliveries, newest first, at most limit: those to the
// destination, or "" for any, in the state, or "" for any. Updates that are told
// together are one each, with the ID and the state of the one that tells them.
func (db *DB) Deliveries(ctx context.Context, destination string, state notify.DeliveryState, limit int) ([]notify.Progress, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT * FROM (`+progressQuery+`
			WHERE ?1 = '' OR d.destination = ?1 ORDER BY d.seq DESC)
		WHERE ?2 = '' OR state = ?2 LIMIT ?3`, destination, state, limit)
	var ds []notify.Progress
	if err == nil {
		ds, err = collect(rows, scanProgress)
	}
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", db.explain(err))
	}
	return ds, nil
}

// progressQuery reads how far deliveries came; a WHERE clause follows. What was
// gathered into m comes as far as that.
const progressQuery = `SELECT m.id, m.destination, CASE WHEN m.state = 'waiting' AND o.destination IS NOT NULL THEN 'held' ELSE m.state END AS state,
	coalesce(d.change, 0), coalesce(d.news, 0), m.attempts, m.due_at, m.first_tried_at, m.sent_at, m.message, m.why,
	m.story IS NOT NULL AND m.attempts = 0 AND m.due_at > 0, (SELECT count(*) FROM deliveries g WHERE g.gathered_into = m.seq)
	FROM deliveries d JOIN deliveries m ON m.seq = coalesce(d.gathered_into, d.seq) LEFT JOIN destinations_off o ON o.destination = m.destination `

func scanProgress(rows *sql.Rows) (p notify.Progress, err error) {
	var due, tried, sent int64
	err = rows.Scan(&p.ID, &p.Destination, &p.State, &p.Change, &p.News, &p.Attempts, &due, &tried, &sent, &p.Message, &p.Why, &p.Gathers, &p.Others)
	p.Due, p.FirstTried, p.Sent = fromMicros(due), fromMicros(tried), fromMicros(sent)
	return p, err
}

// ChangeSteps returns the steps of the look that a change was found by; none
// where they were not kept yet when it was found, or there is no such change.
func (db *DB) ChangeSteps(ctx context.Context, change int64) ([]watcher.Step, error) {
	var steps []watcher.Step
	if err := db.trail(ctx, "steps", change, &steps); err != nil {
		return nil, fmt.Errorf("steps of change %d: %w", change, db.explain(err))
	}
	return steps, nil
}

// Routed returns where a change went, and why, or ErrNoChange.
func (db *DB) Routed(ctx context.Context, change int64) (notify.Routed, error) {
	r, err := db.routed(ctx, change)
	if err != nil {
		return r, fmt.Errorf("routes of change %d: %w", change, db.explain(err))
	}
	return r, nil
}

func (db *DB) routed(ctx context.Context, change int64) (r notify.Routed, err error) {
	err = db.reader.QueryRowContext(ctx, "SELECT unrouted IS NULL FROM changes WHERE id = ?", change).Scan(&r.Done)
	if errors.Is(err, sql.ErrNoRows) {
		return r, ErrNoChange
	}
	if err == nil {
		err = db.trail(ctx, "decisions", change, &r.Decisions)
	}
	if err != nil {
		return r, err
	}
	rows, err := db.reader.QueryContext(ctx, progressQuery+"WHERE d.change = ? ORDER BY d.seq", change)
	if err == nil {
		r.Deliveries, err = collect(rows, scanProgress)
	}
	return r, err
}

// trail reads a column of a change's trail into a list, which stays nil where
// nothing was kept.
func (db *DB) trail(ctx context.Context, column string, change int64, list any) error {
	var packed []byte
	err := db.reader.QueryRowContext(ctx, "SELECT "+column+" FROM trails WHERE change = ?", change).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) || err == nil && packed == nil {
		return nil
	}
	if err != nil {
		return err
	}
	data, err := db.pack.unpack(packed, nil)
	if err != nil {
		return err
	}
	return json.Unmarshal(data, list)
}
