package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"time"

	"stet/watcher"
)

// watchColumns are what scanWatch reads.
const watchColumns = `id, url, key, label, tags, send_to, schedule, state, source, added_at,
	next_check_at, last_check_at, last_seen_at, last_result, last_reason, last_failure,
	troubles, gone, moved_to, checks, etag, last_modified, body_hash, stamp, modified,
	published, final_url, pending_reason, pending_sign, pending_at, lease,
	walls, shown, hidden, stamp_change_at, pending_turns`

// scanner is a row, or the present one of several.
type scanner interface{ Scan(dest ...any) error }

func scanWatch(row scanner) (w watcher.Watch, err error) {
	var tags, to, modified, published, shown, hidden string
	var added, next, lastCheck, lastSeen, pending, stamped int64
	var hash []byte
	err = row.Scan(&w.ID, &w.URL, &w.Key, &w.Label, &tags, &to, &w.Schedule, &w.State, &w.Source, &added,
		&next, &lastCheck, &lastSeen, &w.LastResult, &w.LastReason, &w.LastFailure,
		&w.Troubles, &w.Gone, &w.MovedTo, &w.Checks, &w.ETag, &w.LastModified, &hash, &w.Stamp, &modified,
		&published, &w.FinalURL, &w.Pending.Reason, &w.Pending.Sign, &pending, &w.Lease,
		&w.Walls, &shown, &hidden, &stamped, &w.Pending.Turns)
	if err != nil {
		return w, err
	}
	w.Added, w.NextCheck = fromMicros(added), fromMicros(next)
	w.LastCheck, w.LastSeen, w.Pending.Since = fromMicros(lastCheck), fromMicros(lastSeen), fromMicros(pending)
	copy(w.BodyHash[:], hash)
	w.Modified, w.Published, w.Shown, w.StampChanged = pageTime(modified), pageTime(published), pageTime(shown), fromMicros(stamped)
	if hidden != noneHidden {
		if err := json.Unmarshal([]byte(hidden), &w.Hidden); err != nil {
			return w, fmt.Errorf("hidden stamps of watch %d: %w", w.ID, err)
		}
	}
	if w.Tags, err = stringList(tags); err != nil {
		return w, fmt.Errorf("tags of watch %d: %w", w.ID, err)
	}
	if w.To, err = stringList(to); err != nil {
		return w, fmt.Errorf("destinations of watch %d: %w", w.ID, err)
	}
	return w, nil
}

// noneHidden is how no hidden stamps are kept.
const noneHidden = "[]"

// pageText is how a page's own time is kept: with its offset, "" for none.
func pageText(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}

// pageTime reads what pageText wrote. What a page says may be no time that can
// be written and read again; then it is none.
func pageTime(text string) time.Time {
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}
	}
	return t
}

// listText is how a list of strings is kept: as a JSON array.
func listText(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	text, _ := json.Marshal(list) // strings always marshal
	return string(text)
}

func stringList(text string) (list []string, err error) {
	if text == "[]" {
		return nil, nil
	}
	return list, json.Unmarshal([]byte(text), &list)
}

// hostOf returns the host that watches are filtered by: lower case, no port.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

// AddWatch keeps a new watch and gives it back with its ID. Where a watch of
// the same Key is there already it gives that one back, and added is false;
// one that was removed is watched again, with w's settings and its history.
func (db *DB) AddWatch(ctx context.Context, w watcher.Watch) (kept watcher.Watch, added bool, err error) {
	err = db.AddWatches(ctx, []watcher.Watch{w}, func(k watcher.Watch, new bool) { kept, added = k, new })
	if err != nil {
		return watcher.Watch{}, false, err
	}
	return kept, added, nil
}

// AddWatches is AddWatch for many, in one transaction: all are added or none.
// It calls each, if that is not nil, for every watch in turn.
func (db *DB) AddWatches(ctx context.Context, ws []watcher.Watch, each func(kept watcher.Watch, added bool)) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		insert, err := tx.PrepareContext(ctx, insertWatch)
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, w := range ws {
			if w.Key == "" || w.URL == "" {
				return fmt.Errorf("add watch %q: it has no URL or no key", w.URL)
			}
			kept, added, err := addWatch(ctx, tx, insert, w)
			if err != nil {
				return fmt.Errorf("add watch %s: %w", w.URL, err)
			}
			if each != nil {
				each(kept, added)
			}
		}
		return nil
	})
}

// insertWatch adds a watch, or revives one that was removed; it touches no row
// where the watch is there.
const insertWatch = `INSERT INTO watches (url, key, host, label, tags, send_to, schedule, state, source, added_at, next_check_at, due_at)
	VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?11, ?11)
	ON CONFLICT (key) DO UPDATE SET
		url = excluded.url, host = excluded.host, label = excluded.label, tags = excluded.tags, send_to = excluded.send_to,
		schedule = excluded.schedule, state = excluded.state, source = excluded.source,
		next_check_at = excluded.next_check_at, due_at = excluded.due_at, lease = lease + 1, leased_until = 0,
		troubles = 0, spell_at = 0, pending_reason = '', pending_sign = '', pending_at = 0
	WHERE watches.state = 'removed'
	RETURNING ` + watchColumns

func addWatch(ctx context.Context, tx *sql.Tx, insert *sql.Stmt, w watcher.Watch) (watcher.Watch, bool, error) {
	if w.State == "" {
		w.State = watcher.Active
	}
	row := insert.QueryRowContext(ctx, w.URL, w.Key, hostOf(w.URL), w.Label, listText(w.Tags), listText(w.To),
		w.Schedule, w.State, w.Source, micros(w.Added), micros(w.NextCheck))
	kept, err := scanWatch(row)
	if err == nil {
		return kept, true, nil
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return kept, false, err
	}
	kept, err = watchBy(ctx, tx, "key", w.Key)
	return kept, false, err
}

// watchBy returns the one watch whose column has the value.
func watchBy(ctx context.Context, q querier, column string, value any) (watcher.Watch, error) {
	w, err := scanWatch(q.QueryRowContext(ctx, "SELECT "+watchColumns+" FROM watches WHERE "+column+" = ?", value))
	if errors.Is(err, sql.ErrNoRows) {
		return w, watcher.ErrNoWatch
	}
	return w, err
}

// SetWatch changes a watch's label, tags, destinations, schedule and next check.
func (db *DB) SetWatch(ctx context.Context, w watcher.Watch) error {
	err := db.changeWatch(ctx, w.ID, `UPDATE watches SET label = ?2, tags = ?3, send_to = ?4, schedule = ?5, next_check_at = ?6,
			due_at = CASE WHEN leased_until = 0 THEN ?6 ELSE due_at END
		WHERE id = ?1 AND state <> 'removed'`,
		w.Label, listText(w.Tags), listText(w.To), w.Schedule, micros(w.NextCheck))
	if err != nil {
		return fmt.Errorf("set watch %d: %w", w.ID, err)
	}
	return nil
}

// SetState pauses, resumes or removes a watch, whose next check is then due at
// next. A look at it that is under way is refused when it comes to be kept.
func (db *DB) SetState(ctx context.Context, id int64, s watcher.State, next time.Time) error {
	err := db.settle(ctx, id)
	if err == nil {
		err = db.changeWatch(ctx, id, `UPDATE watches SET state = ?2, next_check_at = ?3, due_at = ?3, lease = lease + 1, leased_until = 0 WHERE id = ?1`,
			s, micros(next))
	}
	if err != nil {
		return fmt.Errorf("set watch %d to %s: %w", id, s, err)
	}
	return nil
}

// changeWatch runs an update of one watch, whose ID is its first argument.
func (db *DB) changeWatch(ctx context.Context, id int64, update string, args ...any) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, update, append([]any{id}, args...)...))
		if err == nil && n == 0 {
			err = watcher.ErrNoWatch
		}
		return err
	})
}

// changed returns how many rows a statement touched.
func changed(r sql.Result, err error) (int64, error) {
	if err != nil {
		return 0, err
	}
	return r.RowsAffected()
}

// Watch returns a watch, a removed one too, or watcher.ErrNoWatch.
func (db *DB) Watch(ctx context.Context, id int64) (watcher.Watch, error) {
	err := db.settle(ctx, id)
	var w watcher.Watch
	if err == nil {
		w, err = watchBy(ctx, db.reader, "id", id)
	}
	if err != nil {
		return w, fmt.Errorf("watch %d: %w", id, db.explain(err))
	}
	return w, nil
}

// WatchByKey returns the watch of a story, a removed one too, or watcher.ErrNoWatch.
func (db *DB) WatchByKey(ctx context.Context, key string) (watcher.Watch, error) {
	w, err := watchBy(ctx, db.reader, "key", key)
	if err != nil {
		return w, fmt.Errorf("watch of %s: %w", key, db.explain(err))
	}
	return w, nil
}

// watchPage is how many watches are read at once.
const watchPage = 1000

// Watches yields the watches that f chooses, in the order they were added. It
// reads a page at a time and holds nothing open while the caller works.
func (db *DB) Watches(ctx context.Context, f watcher.Filter) iter.Seq2[watcher.Watch, error] {
	return func(yield func(watcher.Watch, error) bool) {
		for after := int64(0); ; {
			page, err := db.watchesAfter(ctx, f, after)
			if err != nil {
				yield(watcher.Watch{}, fmt.Errorf("list watches: %w", db.explain(err)))
				return
			}
			for _, w := range page {
				if !yield(w, nil) {
					return
				}
			}
			if len(page) < watchPage {
				return
			}
			after = page[len(page)-1].ID
		}
	}
}

func (db *DB) watchesAfter(ctx context.Context, f watcher.Filter, after int64) ([]watcher.Watch, error) {
	query, args := "SELECT "+watchColumns+" FROM watches WHERE id > ?", []any{after}
	if f.State != "" {
		query, args = query+" AND +state = ?", append(args, f.State)
	} else {
		query += " AND +state <> 'removed'"
	}
	if f.Host != "" {
		query, args = query+" AND host = ?", append(args, strings.ToLower(f.Host))
	}
	if f.Tag != "" {
		query, args = query+" AND EXISTS (SELECT 1 FROM json_each(tags) WHERE value = ?)", append(args, f.Tag)
	}
	rows, err := db.reader.QueryContext(ctx, query+" ORDER BY id LIMIT ?", append(args, watchPage)...)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (watcher.Watch, error) { return scanWatch(rows) })
}

// Steps returns the steps of the latest check of a watch and when that was:
// none, and the zero time, before the first.
func (db *DB) Steps(ctx context.Context, watch int64) (steps []watcher.Step, at time.Time, err error) {
	if err = db.settle(ctx, watch); err == nil {
		steps, at, err = db.steps(ctx, watch)
	}
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("steps of watch %d: %w", watch, db.explain(err))
	}
	return steps, at, nil
}

func (db *DB) steps(ctx context.Context, watch int64) (steps []watcher.Step, at time.Time, err error) {
	var text string
	var us int64
	err = db.reader.QueryRowContext(ctx, "SELECT steps, at FROM looks WHERE watch = ?", watch).Scan(&text, &us)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, time.Time{}, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(text), &steps)
	}
	return steps, fromMicros(us), err
}
