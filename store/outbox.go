package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"stet/notify"
)

// An outbox is the store as notify sees it. It is a type of its own because
// notify.Outbox and watcher.Queue each have a Claim.
type outbox struct{ db *DB }

// Outbox returns what is to be told, to whom, and how far that came.
func (db *DB) Outbox() notify.Outbox { return outbox{db} }

// Unrouted implements [notify.Outbox].
func (o outbox) Unrouted(ctx context.Context, limit int) ([]notify.Alert, error) {
	as, err := o.db.alerts(ctx, "WHERE c.unrouted = 1 ORDER BY c.id LIMIT ?", limit)
	if err != nil {
		return nil, fmt.Errorf("read changes to be routed: %w", o.db.explain(err))
	}
	return as, nil
}

const newsQuery = "SELECT id, watch, url, text, at FROM news "

func scanNews(row scanner) (n notify.News, err error) {
	var at int64
	err = row.Scan(&n.ID, &n.Watch, &n.URL, &n.Text, &at)
	n.At = fromMicros(at)
	return n, err
}

// UnroutedNews implements [notify.Outbox].
func (o outbox) UnroutedNews(ctx context.Context, limit int) ([]notify.News, error) {
	rows, err := o.db.reader.QueryContext(ctx, newsQuery+"WHERE unrouted = 1 ORDER BY id LIMIT ?", limit)
	var news []notify.News
	if err == nil {
		news, err = collect(rows, func(rows *sql.Rows) (notify.News, error) { return scanNews(rows) })
	}
	if err != nil {
		return nil, fmt.Errorf("read news to be routed: %w", o.db.explain(err))
	}
	return news, nil
}

// Route implements [notify.Outbox].
func (o outbox) Route(ctx context.Context, change int64, to []string, why []notify.Decision) error {
	if err := o.routeChange(ctx, change, to, why, deliver("change", change)); err != nil {
		return fmt.Errorf("route change %d: %w", change, err)
	}
	return nil
}

// RouteNews implements [notify.Outbox].
func (o outbox) RouteNews(ctx context.Context, news int64, to []string) error {
	err := o.route(ctx, "news", news, func(tx *sql.Tx) error { return deliver("news", news).all(ctx, tx, to) })
	if err != nil {
		return fmt.Errorf("route news %d: %w", news, err)
	}
	return nil
}

// routeChange routes a change and keeps what the routes decided of it.
func (o outbox) routeChange(ctx context.Context, change int64, to []string, why []notify.Decision, add adder) error {
	decisions, err := json.Marshal(append([]notify.Decision{}, why...)) // none are kept as such
	if err != nil {
		return err
	}
	decisions = o.db.pack.whole(decisions)
	return o.route(ctx, "changes", change, func(tx *sql.Tx) error {
		if err := add.all(ctx, tx, to); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO trails (change, decisions) VALUES (?, ?) ON CONFLICT (change) DO UPDATE SET decisions = excluded.decisions", change, decisions)
		return err
	})
}

// route marks a row of the table as routed and does what follows from it, in one
// transaction. Where it was routed before, nothing happens.
func (o outbox) route(ctx context.Context, table string, id int64, follow func(*sql.Tx) error) error {
	return o.db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, "UPDATE "+table+" SET unrouted = NULL WHERE id = ? AND unrouted = 1", id))
		if err != nil || n == 0 {
			return err
		}
		return follow(tx)
	})
}

// An adder adds the delivery to a destination.
type adder func(ctx context.Context, tx *sql.Tx, destination string) error

// all adds the deliveries to all destinations.
func (add adder) all(ctx context.Context, tx *sql.Tx, to []string) error {
	for _, destination := range to {
		if err := add(ctx, tx, destination); err != nil {
			return err
		}
	}
	return nil
}

// deliver returns what adds a delivery of a row of the column's table.
func deliver(column string, id int64) adder {
	return func(ctx context.Context, tx *sql.Tx, destination string) error {
		_, err := tx.ExecContext(ctx, "INSERT INTO deliveries (id, destination, "+column+") VALUES (?, ?, ?) ON CONFLICT ("+column+", destination) DO NOTHING",
			deliveryID(), destination, id)
		return err
	}
}

// deliveryID returns a random name of 25 characters of [a-z2-7], 125 bits, so
// that it fits a Discord nonce.
// Source: https://discord.com/developers/docs/resources/message#create-message
func deliveryID() string { return strings.ToLower(rand.Text())[:25] }

// Claim implements [notify.Outbox]. Deliveries go in the order they were made:
// what comes after one that is to be tried again, or is being sent, waits for
// it, unless it was tried so often that it may never go through.
func (o outbox) Claim(ctx context.Context, destination string, now time.Time, lease time.Duration, limit int) ([]notify.Delivery, error) {
	ds, err := o.claim(ctx, destination, now, lease, limit)
	if err != nil {
		return nil, fmt.Errorf("claim deliveries to %s: %w", destination, o.db.explain(err))
	}
	return ds, nil
}

// waitingQuery reads the next deliveries to a destination that is not off,
// past those that gather until after ?3 or were tried ?4 times.
const waitingQuery = `SELECT seq, id, change, news, story IS NOT NULL, attempts, first_tried_at, due_at FROM deliveries
	WHERE destination = ?1 AND state = 'waiting' AND NOT EXISTS (SELECT 1 FROM destinations_off WHERE destination = ?1)
		AND NOT (due_at > ?3 AND (story IS NOT NULL AND attempts = 0 OR attempts >= ?4))
	ORDER BY seq LIMIT ?2`

// A waitingRow is a delivery that waits to be sent.
type waitingRow struct {
	notify.Delivery
	seq, due     int64
	change, news sql.NullInt64
	gathers      bool
}

func waitingRows(ctx context.Context, q querier, destination string, now time.Time, limit int) ([]waitingRow, error) {
	rows, err := q.QueryContext(ctx, waitingQuery, destination, limit, micros(now), notify.Patience)
	if err != nil {
		return nil, err
	}
	ds, err := collect(rows, func(rows *sql.Rows) (d waitingRow, err error) {
		var tried int64
		d.Destination = destination
		err = rows.Scan(&d.seq, &d.ID, &d.change, &d.news, &d.gathers, &d.Attempts, &tried, &d.due)
		d.FirstTried = fromMicros(tried)
		return d, err
	})
	for i, d := range ds {
		if d.due > micros(now) {
			return ds[:i], err
		}
	}
	return ds, err
}

func (o outbox) claim(ctx context.Context, destination string, now time.Time, lease time.Duration, limit int) ([]notify.Delivery, error) {
	if ready, err := waitingRows(ctx, o.db.reader, destination, now, 1); err != nil || len(ready) == 0 {
		return nil, err
	}
	var ds []notify.Delivery
	err := o.db.write(ctx, func(tx *sql.Tx) error {
		ready, err := waitingRows(ctx, tx, destination, now, limit)
		if err != nil {
			return err
		}
		for _, d := range ready {
			if err := o.fill(ctx, tx, &d); err != nil {
				return err
			}
			if d.FirstTried.IsZero() {
				d.FirstTried = fromMicros(micros(now))
			}
			_, err := tx.ExecContext(ctx, "UPDATE deliveries SET attempts = attempts + 1, first_tried_at = ?, due_at = ? WHERE seq = ?",
				micros(d.FirstTried), micros(now.Add(lease)), d.seq)
			if err != nil {
				return err
			}
			ds = append(ds, d.Delivery)
		}
		return nil
	})
	return ds, err
}

// fill adds what a delivery is about.
func (o outbox) fill(ctx context.Context, q querier, d *waitingRow) error {
	if d.gathers {
		return o.fillGathered(ctx, q, d)
	}
	if d.change.Valid {
		a, err := o.db.alert(ctx, q, d.change.Int64)
		d.Alert = &a
		return err
	}
	n, err := scanNews(q.QueryRowContext(ctx, newsQuery+"WHERE id = ?", d.news.Int64))
	d.News = &n
	return err
}

// Sent implements [notify.Outbox].
func (o outbox) Sent(ctx context.Context, id, message string, at time.Time) error {
	return o.end(ctx, "mark as sent", id, func(ctx context.Context, tx *sql.Tx) (int64, error) {
		n, err := changed(tx.ExecContext(ctx, "UPDATE deliveries SET state = 'sent', message = ?, sent_at = ?, why = '' WHERE id = ? AND state <> 'sent'",
			message, micros(at), id))
		if err == nil && n > 0 {
			err = gatherOn(ctx, tx, id, at)
		}
		return n, err
	})
}

// Postpone implements [notify.Outbox].
func (o outbox) Postpone(ctx context.Context, id string, next time.Time, why string) error {
	return o.end(ctx, "postpone", id, func(ctx context.Context, tx *sql.Tx) (int64, error) {
		return changed(tx.ExecContext(ctx, "UPDATE deliveries SET due_at = ?, why = ? WHERE id = ? AND state = 'waiting'", micros(next), why, id))
	})
}

// Fail implements [notify.Outbox].
func (o outbox) Fail(ctx context.Context, id string, why string) error {
	return o.end(ctx, "give up", id, func(ctx context.Context, tx *sql.Tx) (int64, error) {
		return changed(tx.ExecContext(ctx, "UPDATE deliveries SET state = 'failed', why = ? WHERE id = ? AND state = 'waiting'", why, id))
	})
}

// ErrNoDelivery says that there is no delivery of that ID.
var ErrNoDelivery = errors.New("no such delivery")

// end runs an update of one delivery, which returns how many rows it changed;
// one that does not apply any more, because the delivery was sent meanwhile,
// changes nothing.
func (o outbox) end(ctx context.Context, what, id string, update func(context.Context, *sql.Tx) (int64, error)) error {
	err := o.db.write(ctx, func(tx *sql.Tx) error {
		n, err := update(ctx, tx)
		if err != nil || n > 0 {
			return err
		}
		var there bool
		err = tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM deliveries WHERE id = ?)", id).Scan(&there)
		if err == nil && !there {
			err = ErrNoDelivery
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("%s delivery %s: %w", what, id, err)
	}
	return nil
}

// SwitchOff implements [notify.Outbox].
func (o outbox) SwitchOff(ctx context.Context, off notify.Off) error {
	err := o.db.write(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO destinations_off (destination, fingerprint, why, at) VALUES (?, ?, ?, ?)
			ON CONFLICT (destination) DO UPDATE SET fingerprint = excluded.fingerprint, why = excluded.why, at = excluded.at`,
			off.Destination, off.Fingerprint, off.Why, micros(off.At))
		return err
	})
	if err != nil {
		return fmt.Errorf("switch destination %s off: %w", off.Destination, err)
	}
	return nil
}

// SwitchOn implements [notify.Outbox].
func (o outbox) SwitchOn(ctx context.Context, destination string) error {
	err := o.db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, "DELETE FROM destinations_off WHERE destination = ?", destination))
		if err != nil || n == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, "UPDATE deliveries SET due_at = 0 WHERE destination = ? AND state = 'waiting' AND (story IS NULL OR attempts > 0)", destination)
		return err
	})
	if err != nil {
		return fmt.Errorf("switch destination %s on: %w", destination, err)
	}
	return nil
}

// SwitchedOff implements [notify.Outbox].
func (o outbox) SwitchedOff(ctx context.Context) ([]notify.Off, error) {
	rows, err := o.db.reader.QueryContext(ctx, "SELECT destination, fingerprint, why, at FROM destinations_off ORDER BY destination")
	var offs []notify.Off
	if err == nil {
		offs, err = collect(rows, func(rows *sql.Rows) (off notify.Off, err error) {
			var at int64
			err = rows.Scan(&off.Destination, &off.Fingerprint, &off.Why, &at)
			off.At = fromMicros(at)
			return off, err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read destinations that are off: %w", o.db.explain(err))
	}
	return offs, nil
}
