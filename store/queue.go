package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet/watcher"
)

// Claim implements [watcher.Queue]. Where nothing is due it only looks at one
// entry of an index.
func (db *DB) Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]watcher.Watch, error) {
	ws, err := db.claim(ctx, now, lease, limit)
	if err != nil {
		return nil, fmt.Errorf("claim due watches: %w", db.explain(err))
	}
	return ws, nil
}

func (db *DB) claim(ctx context.Context, now time.Time, lease time.Duration, limit int) (ws []watcher.Watch, err error) {
	var due bool
	err = db.reader.QueryRowContext(ctx, anyDue, micros(now)).Scan(&due)
	if err != nil || !due {
		return nil, err
	}
	err = db.write(ctx, func(tx *sql.Tx) error {
		rows, err := tx.StmtContext(ctx, db.hot.claim).QueryContext(ctx, micros(now), micros(now.Add(lease)), limit)
		if err != nil {
			return err
		}
		ws, err = collect(rows, func(rows *sql.Rows) (watcher.Watch, error) { return scanWatch(rows) })
		return err
	})
	slices.SortFunc(ws, func(a, b watcher.Watch) int { return a.NextCheck.Compare(b.NextCheck) })
	return ws, err
}

const (
	anyDue      = `SELECT EXISTS (SELECT 1 FROM watches WHERE state = 'active' AND due_at <= ?)`
	claimUpdate = `UPDATE watches SET lease = lease + 1, leased_until = ?2, due_at = ?2
		WHERE id IN (SELECT id FROM watches WHERE state = 'active' AND due_at <= ?1 ORDER BY due_at LIMIT ?3)
		RETURNING ` + watchColumns
)

// ClaimWatch implements [watcher.Queue]. A paused watch can be claimed, a
// removed one cannot.
func (db *DB) ClaimWatch(ctx context.Context, id int64, now time.Time, lease time.Duration) (w watcher.Watch, err error) {
	if err = db.settle(ctx, id); err == nil {
		err = db.write(ctx, func(tx *sql.Tx) error {
			w, err = claimWatch(ctx, tx, id, now, lease)
			return err
		})
	}
	if err != nil {
		return watcher.Watch{}, fmt.Errorf("claim watch %d: %w", id, err)
	}
	return w, nil
}

func claimWatch(ctx context.Context, tx *sql.Tx, id int64, now time.Time, lease time.Duration) (watcher.Watch, error) {
	w, err := scanWatch(tx.QueryRowContext(ctx, `UPDATE watches SET lease = lease + 1, leased_until = ?3, due_at = ?3
		WHERE id = ?1 AND state <> 'removed' AND leased_until <= ?2 RETURNING `+watchColumns,
		id, micros(now), micros(now.Add(lease))))
	if !errors.Is(err, sql.ErrNoRows) {
		return w, err
	}
	if w, err = watchBy(ctx, tx, "id", id); err != nil {
		return w, err
	}
	if w.State == watcher.Removed {
		return w, watcher.ErrNoWatch
	}
	return w, watcher.ErrLeased
}

// Release implements [watcher.Queue]. A schedule that was changed meanwhile
// keeps the next check that was set with it.
func (db *DB) Release(ctx context.Context, ws []watcher.Watch) error {
	err := db.write(ctx, func(tx *sql.Tx) error {
		for _, w := range ws {
			_, err := tx.ExecContext(ctx, `UPDATE watches SET leased_until = 0,
				next_check_at = CASE WHEN schedule = ?4 THEN ?3 ELSE next_check_at END,
				due_at = CASE WHEN schedule = ?4 THEN ?3 ELSE next_check_at END
				WHERE id = ?1 AND lease = ?2 AND leased_until <> 0`, w.ID, w.Lease, micros(w.NextCheck), w.Schedule)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("release %d watches: %w", len(ws), err)
	}
	return nil
}
