package store

import (
	"context"
	"database/sql"
	"fmt"

	"stet/notify"
)

// Deliveries returns deliveries, newest first, at most limit: those to the
// destination, or "" for any, in the state, or "" for any.
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

// progressQuery reads how far deliveries came; a WHERE clause follows.
const progressQuery = `SELECT d.id, d.destination, CASE WHEN d.state = 'waiting' AND o.destination IS NOT NULL THEN 'held' ELSE d.state END AS state,
	coalesce(d.change, 0), coalesce(d.news, 0), d.attempts, d.due_at, d.first_tried_at, d.sent_at, d.message, d.why
	FROM deliveries d LEFT JOIN destinations_off o ON o.destination = d.destination `

func scanProgress(rows *sql.Rows) (p notify.Progress, err error) {
	var due, tried, sent int64
	err = rows.Scan(&p.ID, &p.Destination, &p.State, &p.Change, &p.News, &p.Attempts, &due, &tried, &sent, &p.Message, &p.Why)
	p.Due, p.FirstTried, p.Sent = fromMicros(due), fromMicros(tried), fromMicros(sent)
	return p, err
}
