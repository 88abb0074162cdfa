package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// A DeliveryState says how far a delivery came.
type DeliveryState string

// The states of a delivery. Held ones wait for a destination that is switched
// off.
const (
	Waiting DeliveryState = "waiting"
	Held    DeliveryState = "held"
	Sent    DeliveryState = "sent"
	Failed  DeliveryState = "failed"
)

// A DeliveryRow is a change, or a piece of news, and what became of its
// delivery. Updates that are told together are a row each, with one ID.
type DeliveryRow struct {
	ID          string
	Destination string
	State       DeliveryState
	Change      int64 // the change's ID; 0 for news
	News        int64 // the news' ID; 0 for a change
	Attempts    int
	Due         time.Time // when it may be tried next, if it waits; zero for at once
	FirstTried  time.Time // zero before the first try
	Sent        time.Time // when it was accepted; zero if it was not
	Message     string    // the destination's id for the message, once sent
	Why         string    // why it was postponed or given up, or ""
}

// Deliveries returns deliveries, newest first, at most limit: those to the
// destination, or "" for any, in the state, or "" for any.
func (db *DB) Deliveries(ctx context.Context, destination string, state DeliveryState, limit int) ([]DeliveryRow, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT * FROM (
			SELECT m.id, m.destination, CASE WHEN m.state = 'waiting' AND o.destination IS NOT NULL THEN 'held' ELSE m.state END AS state,
				coalesce(d.change, 0), coalesce(d.news, 0), m.attempts, m.due_at, m.first_tried_at, m.sent_at, m.message, m.why
			FROM deliveries d JOIN deliveries m ON m.seq = coalesce(d.gathered_into, d.seq) LEFT JOIN destinations_off o ON o.destination = d.destination
			WHERE ?1 = '' OR d.destination = ?1 ORDER BY d.seq DESC)
		WHERE ?2 = '' OR state = ?2 LIMIT ?3`, destination, state, limit)
	var ds []DeliveryRow
	if err == nil {
		ds, err = collect(rows, func(rows *sql.Rows) (d DeliveryRow, err error) {
			var due, tried, sent int64
			err = rows.Scan(&d.ID, &d.Destination, &d.State, &d.Change, &d.News, &d.Attempts, &due, &tried, &sent, &d.Message, &d.Why)
			d.Due, d.FirstTried, d.Sent = fromMicros(due), fromMicros(tried), fromMicros(sent)
			return d, err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("list deliveries: %w", db.explain(err))
	}
	return ds, nil
}
