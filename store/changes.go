package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"stet/notify"
	"stet/watcher"
)

// changeQuery reads changes; a WHERE clause follows.
const changeQuery = `SELECT c.id, c.watch, c.from_number, c.to_number, c.seen_at, c.previous_at, c.data, b.content
	FROM changes c LEFT JOIN revisions b ON b.id = c.base `

// A changeRow is a change as it is kept.
type changeRow struct {
	watcher.Change
	previous   int64
	data, base []byte // packed
}

func scanChange(row scanner) (c changeRow, err error) {
	var seen int64
	err = row.Scan(&c.ID, &c.Watch, &c.From, &c.To, &seen, &c.previous, &c.data, &c.base)
	c.Seen = fromMicros(seen)
	return c, err
}

func (db *DB) unpackChange(row changeRow) (c watcher.Change, err error) {
	c, base := row.Change, row.base
	if base != nil {
		if base, err = db.pack.unpack(base, nil); err != nil {
			return c, fmt.Errorf("base of change %d: %w", c.ID, err)
		}
	}
	data, err := db.pack.unpack(row.data, base)
	if err == nil {
		err = json.Unmarshal(data, &c.Change)
	}
	if err != nil {
		return c, fmt.Errorf("change %d: %w", c.ID, err)
	}
	return c, nil
}

// ErrNoChange says that there is no change of that ID.
var ErrNoChange = errors.New("no such change")

// Change returns a change, or ErrNoChange.
func (db *DB) Change(ctx context.Context, id int64) (watcher.Change, error) {
	row, err := scanChange(db.reader.QueryRowContext(ctx, changeQuery+"WHERE c.id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		err = ErrNoChange
	}
	var c watcher.Change
	if err == nil {
		c, err = db.unpackChange(row)
	}
	if err != nil {
		return c, fmt.Errorf("change %d: %w", id, db.explain(err))
	}
	return c, nil
}

func (db *DB) unpackedChanges(ctx context.Context, where string, args ...any) ([]watcher.Change, error) {
	rows, err := db.changeRows(ctx, db.reader, where, args...)
	if err != nil {
		return nil, err
	}
	changes := make([]watcher.Change, len(rows))
	for i, row := range rows {
		if changes[i], err = db.unpackChange(row); err != nil {
			return nil, err
		}
	}
	return changes, nil
}

// Changes implements [watcher.Keeper].
func (db *DB) Changes(ctx context.Context, watch int64, limit int) ([]watcher.Change, error) {
	changes, err := db.unpackedChanges(ctx, "WHERE c.watch = ? ORDER BY c.id DESC LIMIT ?", watch, limit)
	if err != nil {
		return nil, fmt.Errorf("changes of watch %d: %w", watch, db.explain(err))
	}
	slices.Reverse(changes)
	return changes, nil
}

func (db *DB) changeRows(ctx context.Context, q querier, where string, args ...any) ([]changeRow, error) {
	rows, err := q.QueryContext(ctx, changeQuery+where, args...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (changeRow, error) { return scanChange(rows) })
}

// Alert returns a change as a message needs it, or ErrNoChange. Its Story and
// Diff are left to the caller, who knows where the history pages are.
func (db *DB) Alert(ctx context.Context, id int64) (notify.Alert, error) {
	a, err := db.alert(ctx, db.reader, id)
	if err != nil {
		return a, fmt.Errorf("alert of change %d: %w", id, db.explain(err))
	}
	return a, nil
}

// Alerts returns changes as messages need them, newest first, at most limit of
// those whose ID is below before; 0 begins with the newest.
func (db *DB) Alerts(ctx context.Context, before int64, limit int) ([]notify.Alert, error) {
	if before == 0 {
		before = math.MaxInt64
	}
	as, err := db.alerts(ctx, "WHERE c.id < ? ORDER BY c.id DESC LIMIT ?", before, limit)
	if err != nil {
		return nil, fmt.Errorf("list changes: %w", db.explain(err))
	}
	return as, nil
}

func (db *DB) alerts(ctx context.Context, where string, args ...any) ([]notify.Alert, error) {
	rows, err := db.changeRows(ctx, db.reader, where, args...)
	if err != nil {
		return nil, err
	}
	as := make([]notify.Alert, len(rows))
	for i, row := range rows {
		if as[i], err = db.fillAlert(ctx, db.reader, row); err != nil {
			return nil, err
		}
	}
	return as, nil
}

func (db *DB) alert(ctx context.Context, q querier, id int64) (notify.Alert, error) {
	row, err := scanChange(q.QueryRowContext(ctx, changeQuery+"WHERE c.id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return notify.Alert{}, ErrNoChange
	}
	if err != nil {
		return notify.Alert{}, err
	}
	return db.fillAlert(ctx, q, row)
}

// fillAlert adds to a change what its watch and its revisions say.
func (db *DB) fillAlert(ctx context.Context, q querier, row changeRow) (notify.Alert, error) {
	c, err := db.unpackChange(row)
	if err != nil {
		return notify.Alert{}, err
	}
	w, err := watchBy(ctx, q, "id", c.Watch)
	if err != nil {
		return notify.Alert{}, err
	}
	a := notify.Alert{
		ID: c.ID, Watch: c.Watch, From: c.From, To: c.To,
		URL: w.URL, Label: w.Label, Tags: w.Tags, Source: w.Source, WatchTo: w.To,
		Site: hostOf(w.URL), Previous: fromMicros(row.previous), Seen: c.Seen, Change: c.Change,
	}
	r, err := db.revision(ctx, q, "WHERE r.watch = ? AND r.number = ?", c.Watch, c.To)
	if errors.Is(err, watcher.ErrNoRevision) {
		return a, nil // gone before it was ever read
	}
	if err != nil {
		return a, err
	}
	a.Headline, a.Language, a.Authors, a.Published = r.Article.Headline, r.Article.Language, r.Article.Authors, r.Article.Published
	if r.Article.Site != "" {
		a.Site = r.Article.Site
	}
	a.Ledger = fmt.Sprintf("%x", r.LeafHash[:6])
	var first int64
	err = q.QueryRowContext(ctx, "SELECT first_seen_at FROM revisions WHERE watch = ? AND number = 1", c.Watch).Scan(&first)
	a.FirstSeen = fromMicros(first)
	return a, err
}
