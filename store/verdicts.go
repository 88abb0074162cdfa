package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"stet/watcher"
	"stet/watcher/compare"
)

// Rejudge puts the judgement c in the place of the one that a change has, for
// the reason why, in words. The former one is kept, in the same transaction,
// for [DB.FormerVerdicts] to return. Where the change is judged so already,
// nothing happens. It returns ErrNoChange if there is no such change.
//
// What was routed and sent stays as it is; an alert that is still to be sent
// says what c says.
func (db *DB) Rejudge(ctx context.Context, change int64, c compare.Change, why string, at time.Time) error {
	p, err := db.packVerdict(ctx, watcher.Rejudgement{ID: change, Change: c, Why: why})
	if err == nil && p != nil {
		err = db.write(ctx, func(tx *sql.Tx) error { return p.put(ctx, tx, at) })
	}
	if err != nil {
		return fmt.Errorf("judge change %d anew: %w", change, db.explain(err))
	}
	return nil
}

// A packedVerdict is a change's new judgement made ready to be written.
type packedVerdict struct {
	watcher.Rejudgement
	base sql.NullInt64
	data []byte
}

// packVerdict makes a judgement ready, with the base that the present one has.
// It returns nil where the change is judged so already.
func (db *DB) packVerdict(ctx context.Context, r watcher.Rejudgement) (*packedVerdict, error) {
	var baseID sql.NullInt64
	var packed, base []byte
	err := db.reader.QueryRowContext(ctx, "SELECT c.base, c.data, b.content FROM changes c LEFT JOIN revisions b ON b.id = c.base WHERE c.id = ?", r.ID).
		Scan(&baseID, &packed, &base)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, ErrNoChange
	}
	if err == nil && base != nil {
		base, err = db.pack.unpack(base, nil)
	}
	if err != nil {
		return nil, err
	}
	former, err := db.pack.unpack(packed, base)
	if err != nil {
		return nil, err
	}
	now, err := json.Marshal(r.Change)
	if err != nil || bytes.Equal(former, now) {
		return nil, err
	}
	data, based, err := db.pack.against(now, base)
	return &packedVerdict{r, sql.NullInt64{Int64: baseID.Int64, Valid: based}, data}, err
}

// put keeps the judgement that the change has, as it stands now, and writes
// the new one.
func (p *packedVerdict) put(ctx context.Context, tx *sql.Tx, at time.Time) error {
	n, err := changed(tx.ExecContext(ctx, `INSERT INTO former_verdicts (change, at, why, base, data)
		SELECT id, ?, ?, base, data FROM changes WHERE id = ?`, micros(at), p.Why, p.ID))
	if err == nil && n == 0 {
		err = ErrNoChange
	}
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, "UPDATE changes SET weight = ?, disclosure = ?, nature = ?, base = ?, data = ? WHERE id = ?",
		p.Weight, p.Disclosure, p.Nature, p.base, p.data, p.ID)
	return err
}

// FormerVerdicts returns the judgements that a change had before the one that
// holds, oldest first. Most changes have none.
func (db *DB) FormerVerdicts(ctx context.Context, change int64) ([]watcher.FormerVerdict, error) {
	rows, err := db.reader.QueryContext(ctx, `SELECT f.at, f.why, f.data, b.content
		FROM former_verdicts f LEFT JOIN revisions b ON b.id = f.base WHERE f.change = ? ORDER BY f.id`, change)
	var former []watcher.FormerVerdict
	if err == nil {
		former, err = collect(rows, db.scanFormerVerdict)
	}
	if err != nil {
		return nil, fmt.Errorf("former verdicts on change %d: %w", change, db.explain(err))
	}
	return former, nil
}

func (db *DB) scanFormerVerdict(rows *sql.Rows) (f watcher.FormerVerdict, err error) {
	var at int64
	var row changeRow
	if err := rows.Scan(&at, &f.Why, &row.data, &row.base); err != nil {
		return f, err
	}
	c, err := db.unpackChange(row)
	f.At, f.Change = fromMicros(at), c.Change
	return f, err
}
