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
