package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"stet/notify"
)

// Gather implements [notify.Outbox].
func (o outbox) Gather(ctx context.Context, change int64, to []string, why []notify.Decision, now time.Time) error {
	err := o.routeChange(ctx, change, to, why, func(ctx context.Context, tx *sql.Tx, destination string) error {
		return gather(ctx, tx, change, destination, now)
	})
	if err != nil {
		return fmt.Errorf("gather change %d: %w", change, err)
	}
	return nil
}

// lastQuery reads the latest delivery of a story's updates to a destination:
// when it is due, whether nobody had it yet, when it was told, and how many
// changes were gathered into it.
const lastQuery = `SELECT seq, due_at, state = 'waiting' AND attempts = 0, CASE WHEN sent_at > 0 THEN sent_at ELSE first_tried_at END,
		(SELECT count(*) FROM deliveries g WHERE g.gathered_into = d.seq)
	FROM deliveries d WHERE story = (SELECT watch FROM changes WHERE id = ?) AND destination = ? AND state IN ('waiting', 'sent')
	ORDER BY seq DESC LIMIT 1`

// gather adds a change to the delivery of its story's updates that waits, or
// makes one.
func gather(ctx context.Context, tx *sql.Tx, change int64, destination string, now time.Time) error {
	var seq, due, told int64
	var untried bool
	var others int
	err := tx.QueryRowContext(ctx, lastQuery, change, destination).Scan(&seq, &due, &untried, &told, &others)
	switch {
	case errors.Is(err, sql.ErrNoRows):
	case err != nil:
		return err
	case untried && others+1 < notify.MostGathered:
		_, err := tx.ExecContext(ctx, `INSERT INTO deliveries (id, destination, change, state, gathered_into) VALUES (?, ?, ?, 'gathered', ?)
			ON CONFLICT (change, destination) DO NOTHING`, deliveryID(), destination, change, seq)
		return err
	case untried:
		told = max(due, micros(now))
	}
	next := told + notify.GatherFor.Microseconds()
	if told == 0 || next < micros(now) {
		next = 0 // at once
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO deliveries (id, destination, change, story, due_at) VALUES (?1, ?2, ?3, (SELECT watch FROM changes WHERE id = ?3), ?4)
		ON CONFLICT (change, destination) DO NOTHING`, deliveryID(), destination, change, next)
	return err
}

// gatherOn makes a story's updates wait from the time that the delivery was
// sent, if it told some.
func gatherOn(ctx context.Context, tx *sql.Tx, id string, sent time.Time) error {
	_, err := tx.ExecContext(ctx, `UPDATE deliveries SET due_at = max(due_at, ?1)
		WHERE (story, destination) = (SELECT story, destination FROM deliveries WHERE id = ?2) AND state = 'waiting' AND attempts = 0`,
		micros(sent.Add(notify.GatherFor)), id)
	return err
}

// fillGathered adds all changes that a delivery tells together.
func (o outbox) fillGathered(ctx context.Context, q querier, d *waitingRow) error {
	rows, err := q.QueryContext(ctx, "SELECT change FROM deliveries WHERE gathered_into = ?", d.seq)
	if err != nil {
		return err
	}
	changes, err := collect(rows, func(rows *sql.Rows) (id int64, err error) {
		err = rows.Scan(&id)
		return id, err
	})
	if err != nil {
		return err
	}
	changes = append(changes, d.change.Int64)
	slices.Sort(changes)
	for _, id := range changes {
		a, err := o.db.alert(ctx, q, id)
		if err != nil {
			return err
		}
		d.Alert = &a
		if len(changes) > 1 {
			d.Gathered = append(d.Gathered, a)
		}
	}
	return nil
}

// gatheringQuery counts the changes that gather until after ?1.
const gatheringQuery = `WITH gathering AS (
		SELECT seq, change, due_at FROM deliveries INDEXED BY deliveries_waiting WHERE state = 'waiting' AND story IS NOT NULL AND attempts = 0 AND due_at > ?1
			AND destination NOT IN (SELECT destination FROM destinations_off))
	SELECT count(DISTINCT change), coalesce((SELECT min(due_at) FROM gathering), 0)
	FROM (SELECT change FROM gathering UNION ALL SELECT g.change FROM gathering JOIN deliveries g ON g.gathered_into = gathering.seq)`

// Gathering counts the updates of live stories that wait at now to be told
// together, and says when the first of these alerts is due; zero for none.
func (db *DB) Gathering(ctx context.Context, now time.Time) (updates int, next time.Time, err error) {
	var due int64
	if err := db.reader.QueryRowContext(ctx, gatheringQuery, micros(now)).Scan(&updates, &due); err != nil {
		return 0, time.Time{}, fmt.Errorf("count the updates that gather: %w", db.explain(err))
	}
	return updates, fromMicros(due), nil
}
