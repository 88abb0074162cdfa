package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"stet/watcher"
)

// statusQuery counts at ?1 what is due and at ?2 what is late, by indexes
// alone.
const statusQuery = `SELECT
	(SELECT count(*) FROM watches WHERE state = 'active'),
	(SELECT count(*) FROM watches WHERE state = 'paused'),
	(SELECT count(*) FROM watches WHERE gone = 1 AND state <> 'removed'),
	(SELECT count(*) FROM watches WHERE troubles > 0 AND troubles >= 3 AND state <> 'removed' AND last_result IN ('failed', 'refused')),
	(SELECT count(*) FROM watches WHERE troubles > 0 AND troubles >= 3 AND state <> 'removed' AND last_result = 'quarantined'),
	(SELECT count(*) FROM watches WHERE state = 'active' AND due_at <= ?1),
	(SELECT count(*) FROM watches WHERE state = 'active' AND due_at <= ?2),
	(SELECT coalesce(min(due_at), 0) FROM watches WHERE state = 'active' AND due_at > ?1),
	(SELECT count(*) FROM revisions),
	(SELECT count(*) FROM changes),
	(SELECT count(*) FROM deliveries WHERE state = 'waiting' AND destination NOT IN (SELECT destination FROM destinations_off)),
	(SELECT count(*) FROM deliveries WHERE state = 'failed') +
	(SELECT count(*) FROM deliveries WHERE state = 'waiting' AND destination IN (SELECT destination FROM destinations_off))`

// Status counts what stet does at now.
func (db *DB) Status(ctx context.Context, now time.Time) (s watcher.Status, err error) {
	if err = db.Flush(ctx); err == nil {
		s, err = db.status(ctx, now)
	}
	if err != nil {
		return s, fmt.Errorf("count what is watched: %w", db.explain(err))
	}
	return s, nil
}

func (db *DB) status(ctx context.Context, now time.Time) (s watcher.Status, err error) {
	var next int64
	err = db.reader.QueryRowContext(ctx, statusQuery, micros(now), micros(now.Add(-time.Minute))).Scan(
		&s.Active, &s.Paused, &s.Gone, &s.Failing, &s.Quarantined, &s.Due, &s.Late, &next,
		&s.Revisions, &s.Changes, &s.Waiting, &s.Undelivered)
	if err != nil {
		return s, err
	}
	s.NextCheck = fromMicros(next)
	rows, err := db.reader.QueryContext(ctx, "SELECT "+watchColumns+` FROM watches
		WHERE troubles > 0 AND troubles >= 3 AND state <> 'removed' ORDER BY troubles DESC, id LIMIT 20`)
	if err == nil {
		s.Troubles, err = collect(rows, func(rows *sql.Rows) (watcher.Watch, error) { return scanWatch(rows) })
	}
	return s, err
}
