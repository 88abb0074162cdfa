package store

import (
	"context"
	"database/sql"
	"fmt"

	"stet/watcher"
	"stet/watcher/fetch"
)

var _ watcher.Archive = (*DB)(nil)

// Kept implements [watcher.Archive]. A change from a revision to itself comes
// after the revision.
func (db *DB) Kept(ctx context.Context, watch int64) ([]watcher.Kept, error) {
	err := db.settle(ctx, watch)
	var kept []watcher.Kept
	if err == nil {
		kept, err = db.keptOf(ctx, watch)
	}
	if err != nil {
		return nil, fmt.Errorf("list what is kept of watch %d: %w", watch, db.explain(err))
	}
	return kept, nil
}

func (db *DB) keptOf(ctx context.Context, watch int64) ([]watcher.Kept, error) {
	edits, err := db.editsOf(ctx, watch)
	if err != nil {
		return nil, err
	}
	rows, err := db.reader.QueryContext(ctx, `SELECT r.first_seen_at AS at, r.number AS number, coalesce(c.id, 0), 0 AS change
			FROM revisions r LEFT JOIN captures c ON c.revision = r.id WHERE r.watch = ?1
		UNION ALL SELECT at, 0, id, 0 FROM captures WHERE watch = ?1 AND role <> 'revision'
		UNION ALL SELECT seen_at, 0, 0, id FROM changes WHERE watch = ?1 AND from_number = to_number
		ORDER BY at, number DESC, change`, watch)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (k watcher.Kept, err error) {
		var at int64
		err = rows.Scan(&at, &k.Revision, &k.Capture, &k.Change)
		k.At = fromMicros(at)
		if k.Revision != 0 {
			k.Change = edits[k.Revision]
		}
		return k, err
	})
}

// editsOf returns the changes that led to a watch's revisions, by their numbers.
func (db *DB) editsOf(ctx context.Context, watch int64) (map[int]int64, error) {
	rows, err := db.reader.QueryContext(ctx, "SELECT to_number, id FROM changes WHERE watch = ? AND from_number <> to_number", watch)
	if err != nil {
		return nil, err
	}
	edits := map[int]int64{}
	_, err = collect(rows, func(rows *sql.Rows) (none struct{}, err error) {
		var number int
		var id int64
		err = rows.Scan(&number, &id)
		edits[number] = id
		return none, err
	})
	return edits, err
}

// KeptPage implements [watcher.Archive].
func (db *DB) KeptPage(ctx context.Context, capture int64) (fetch.Capture, error) {
	c, err := db.capture(ctx, "WHERE c.id = ?", capture)
	if err != nil {
		return c, fmt.Errorf("page %d: %w", capture, err)
	}
	return c, nil
}
