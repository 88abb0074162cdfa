package store

import (
	"context"
	"database/sql"
	"fmt"

	"stet/notify"
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
