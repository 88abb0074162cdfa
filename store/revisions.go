package store

import (
	"context"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
)

// A tip is what writing to a watch needs of its latest revision. The zero tip
// is that of a watch without one.
type tip struct {
	id, firstSeen int64
	lastSeen      int64 // when the story was last seen, in microseconds
	number        int
	baseID        int64  // of the revision that the next is packed with
	base          []byte // that revision's content
}

func (db *DB) tip(ctx context.Context, watch int64) (t tip, err error) {
	var packed []byte
	err = db.reader.QueryRowContext(ctx, `SELECT r.id, r.number, r.first_seen_at, w.last_seen_at, b.id, b.content
		FROM revisions r JOIN revisions b ON b.id = coalesce(r.base, r.id) JOIN watches w ON w.id = r.watch
		WHERE r.watch = ? ORDER BY r.number DESC LIMIT 1`, watch).
		Scan(&t.id, &t.number, &t.firstSeen, &t.lastSeen, &t.baseID, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return tip{}, nil
	}
	if err == nil {
		t.base, err = db.pack.unpack(packed, nil)
	}
	if err != nil {
		return tip{}, fmt.Errorf("latest revision: %w", err)
	}
	return t, nil
}

// marshalContent returns what is packed of a revision, and the article's JSON
// within it, which is what the ledger's leaf hashes.
func marshalContent(r watcher.Revision) (content, article []byte, err error) {
	if article, err = json.Marshal(r.Article); err != nil {
		return nil, nil, fmt.Errorf("article: %w", err)
	}
	outline, err := r.Outline.MarshalBinary()
	if err != nil {
		return nil, nil, fmt.Errorf("outline: %w", err)
	}
	content = binary.AppendUvarint(nil, uint64(len(article)))
	return append(append(content, article...), outline...), article, nil
}

// splitContent takes apart what marshalContent put together.
func splitContent(content []byte) (article, outline []byte, err error) {
	size, n := binary.Uvarint(content)
	if n <= 0 || size > uint64(len(content)-n) {
		return nil, nil, errors.New("content of a revision is cut short")
	}
	content = content[n:]
	return content[:size], content[size:], nil
}

func (db *DB) packOutline(o article.Outline) ([]byte, error) {
	data, err := o.MarshalBinary()
	if err != nil {
		return nil, err
	}
	return db.pack.whole(data), nil
}

// revisionQuery reads revisions; a WHERE clause follows. The latest one was
// last seen when its watch was, and its outline may have been replaced.
const revisionQuery = `SELECT r.id, r.watch, r.number, r.first_seen_at,
	coalesce(r.last_seen_at, max(w.last_seen_at, r.first_seen_at)), r.hash, r.leaf, r.leaf_hash, r.content, b.content,
	CASE WHEN r.last_seen_at IS NULL THEN (SELECT outline FROM outlines o WHERE o.watch = r.watch) END
	FROM revisions r JOIN watches w ON w.id = r.watch LEFT JOIN revisions b ON b.id = r.base `

// A revisionRow is a revision as it is kept.
type revisionRow struct {
	watcher.Revision
	content, base, outline []byte // packed
}

func scanRevision(row scanner) (r revisionRow, err error) {
	var first, last int64
	var hash, leafHash []byte
	err = row.Scan(&r.ID, &r.Watch, &r.Number, &first, &last, &hash, &r.Leaf, &leafHash, &r.content, &r.base, &r.outline)
	r.FirstSeen, r.LastSeen = fromMicros(first), fromMicros(last)
	copy(r.Hash[:], hash)
	copy(r.LeafHash[:], leafHash)
	return r, err
}

// unpackRevision reads article and outline out of a row.
func (db *DB) unpackRevision(row revisionRow) (watcher.Revision, error) {
	r := row.Revision
	text, outline, err := db.unpackContent(row.content, row.base)
	if err != nil {
		return r, fmt.Errorf("revision %d: %w", r.Number, err)
	}
	if row.outline != nil {
		if outline, err = db.pack.unpack(row.outline, nil); err != nil {
			return r, fmt.Errorf("outline of revision %d: %w", r.Number, err)
		}
	}
	if err := json.Unmarshal(text, &r.Article); err != nil {
		return r, fmt.Errorf("article of revision %d: %w", r.Number, err)
	}
	if err := r.Outline.UnmarshalBinary(outline); err != nil {
		return r, fmt.Errorf("outline of revision %d: %w", r.Number, err)
	}
	return r, nil
}

// unpackContent returns the article's JSON and the outline out of the packed
// content of a revision and that of its base, which is nil if it has none.
func (db *DB) unpackContent(content, base []byte) (article, outline []byte, err error) {
	if base != nil {
		if base, err = db.pack.unpack(base, nil); err != nil {
			return nil, nil, fmt.Errorf("base: %w", err)
		}
	}
	if content, err = db.pack.unpack(content, base); err != nil {
		return nil, nil, err
	}
	return splitContent(content)
}

// Latest implements [watcher.Keeper].
func (db *DB) Latest(ctx context.Context, watch int64) (watcher.Revision, error) {
	err := db.settle(ctx, watch)
	var r watcher.Revision
	if err == nil {
		r, err = db.revision(ctx, db.reader, "WHERE r.watch = ? ORDER BY r.number DESC LIMIT 1", watch)
	}
	if err != nil {
		return r, fmt.Errorf("latest revision of watch %d: %w", watch, err)
	}
	return r, nil
}

// Revision returns a watch's revision of that number, or watcher.ErrNoRevision.
func (db *DB) Revision(ctx context.Context, watch int64, number int) (watcher.Revision, error) {
	r, err := db.revision(ctx, db.reader, "WHERE r.watch = ? AND r.number = ?", watch, number)
	if err != nil {
		return r, fmt.Errorf("revision %d of watch %d: %w", number, watch, err)
	}
	return r, nil
}

// RevisionAt returns the revision that stood at a time: the latest that was
// first seen by then, or watcher.ErrNoRevision.
func (db *DB) RevisionAt(ctx context.Context, watch int64, t time.Time) (watcher.Revision, error) {
	r, err := db.revision(ctx, db.reader, "WHERE r.watch = ? AND r.first_seen_at <= ? ORDER BY r.number DESC LIMIT 1", watch, t.UnixMicro())
	if err != nil {
		return r, fmt.Errorf("revision of watch %d at %s: %w", watch, t.Format(time.RFC3339), err)
	}
	return r, nil
}

func (db *DB) revision(ctx context.Context, q querier, where string, args ...any) (watcher.Revision, error) {
	row, err := scanRevision(q.QueryRowContext(ctx, revisionQuery+where, args...))
	if errors.Is(err, sql.ErrNoRows) {
		return watcher.Revision{}, watcher.ErrNoRevision
	}
	if err != nil {
		return watcher.Revision{}, db.explain(err)
	}
	return db.unpackRevision(row)
}

// Earlier implements [watcher.Keeper].
func (db *DB) Earlier(ctx context.Context, watch int64) ([]compare.Version, error) {
	rows, err := db.reader.QueryContext(ctx, "SELECT number, hash, headline, first_seen_at FROM revisions WHERE watch = ? ORDER BY number", watch)
	var earlier []compare.Version
	if err == nil {
		earlier, err = collect(rows, func(rows *sql.Rows) (v compare.Version, err error) {
			var hash []byte
			var seen int64
			err = rows.Scan(&v.Number, &hash, &v.Headline, &seen)
			copy(v.Hash[:], hash)
			v.Seen = fromMicros(seen)
			return v, err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("earlier revisions of watch %d: %w", watch, db.explain(err))
	}
	return earlier, nil
}

// History returns a story's revisions, oldest first, each with the changes
// that were seen with it. It is empty before the first.
func (db *DB) History(ctx context.Context, watch int64) ([]watcher.Entry, error) {
	entries, err := db.history(ctx, watch)
	if err != nil {
		return nil, fmt.Errorf("history of watch %d: %w", watch, db.explain(err))
	}
	return entries, nil
}

func (db *DB) history(ctx context.Context, watch int64) ([]watcher.Entry, error) {
	if err := db.settle(ctx, watch); err != nil {
		return nil, err
	}
	rows, err := db.reader.QueryContext(ctx, revisionQuery+"WHERE r.watch = ? ORDER BY r.number", watch)
	if err != nil {
		return nil, err
	}
	kept, err := collect(rows, func(rows *sql.Rows) (revisionRow, error) { return scanRevision(rows) })
	if err != nil {
		return nil, err
	}
	entries := make([]watcher.Entry, len(kept))
	for i, row := range kept {
		r, err := db.unpackRevision(row)
		if err != nil {
			return nil, err
		}
		r.Article.Blocks, r.Outline = nil, article.Outline{}
		entries[i].Revision = r
	}
	changes, err := db.unpackedChanges(ctx, "WHERE c.watch = ? ORDER BY c.id", watch)
	if err != nil {
		return nil, err
	}
	addChanges(entries, changes)
	return entries, nil
}

// addChanges puts each change with the revision it leads to: the edit first,
// then those from the revision to itself, in the order they were seen.
func addChanges(entries []watcher.Entry, changes []watcher.Change) {
	for _, edit := range []bool{true, false} {
		for _, c := range changes {
			if i := c.To - 1; (c.From != c.To) == edit && i >= 0 && i < len(entries) {
				entries[i].Changes = append(entries[i].Changes, c)
			}
		}
	}
}
