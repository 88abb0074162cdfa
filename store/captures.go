package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"stet/watcher"
	"stet/watcher/fetch"
)

// What a kept capture is kept for.
const (
	roleRevision = "revision" // a revision was read from it; kept for ever
	roleLatest   = "latest"   // the latest whose bytes differ from its revision's
	roleFirst    = "first"    // the first of a spell of checks that read no story
	roleLast     = "last"     // the last of such a spell
)

// A packedCapture is a capture made ready to be written.
type packedCapture struct {
	fetch.Capture
	hash   [32]byte // SHA-256 of the body
	header []byte
	body   []byte
	base   sql.NullInt64
}

// packCapture packs a capture, with the page of the watch's latest revision as
// its base unless whole is set.
func (db *DB) packCapture(ctx context.Context, c fetch.Capture, tip tip, whole bool) (*packedCapture, error) {
	header, err := json.Marshal(c.Header)
	if err != nil {
		return nil, err
	}
	p := &packedCapture{Capture: c, hash: sha256.Sum256(c.Body), header: db.pack.whole(header)}
	var baseID int64
	var base []byte
	if !whole && tip.id != 0 {
		if baseID, base, err = db.captureBase(ctx, tip.id); err != nil {
			return nil, err
		}
	}
	packed, based, err := db.pack.against(c.Body, base)
	p.body, p.base = packed, sql.NullInt64{Int64: baseID, Valid: based}
	return p, err
}

// captureBase returns the page that the capture of a revision was packed with,
// or that capture's own, and its id. There is none if no page was kept.
func (db *DB) captureBase(ctx context.Context, revision int64) (id int64, page []byte, err error) {
	var packed []byte
	err = db.reader.QueryRowContext(ctx, `SELECT b.id, b.body FROM captures c JOIN captures b ON b.id = coalesce(c.base, c.id)
		WHERE c.revision = ?`, revision).Scan(&id, &packed)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, nil
	}
	if err == nil {
		page, err = db.pack.unpack(packed, nil)
	}
	return id, page, err
}

// putPassingCapture keeps a capture that a later one takes the place of.
func putPassingCapture(ctx context.Context, tx *sql.Tx, watch, spell int64, first bool, c *packedCapture) error {
	role := roleLatest
	switch {
	case spell != 0 && first:
		role = roleFirst
	case spell != 0:
		role = roleLast
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM captures WHERE watch = ? AND role = ? AND role <> 'revision' AND spell_at = ?", watch, role, spell); err != nil {
		return err
	}
	return insertCapture(ctx, tx, watch, role, sql.NullInt64{}, spell, c)
}

func insertCapture(ctx context.Context, tx *sql.Tx, watch int64, role string, revision sql.NullInt64, spell int64, c *packedCapture) error {
	_, err := tx.ExecContext(ctx, `INSERT INTO captures
		(watch, role, revision, spell_at, at, took_us, url, final_url, moved_to, peer, status, not_modified, hash, base, header, body)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		watch, role, revision, spell, micros(c.At), c.Took.Microseconds(), c.URL, c.FinalURL, c.MovedTo, c.Peer, c.Status, c.NotModified,
		c.hash[:], c.base, c.header, c.body)
	return err
}

// captureQuery reads captures with the bases they were packed with; a WHERE
// clause follows.
const captureQuery = `SELECT c.at, c.took_us, c.url, c.final_url, c.moved_to, c.peer, c.status, c.not_modified, c.header, c.body, b.body
	FROM captures c LEFT JOIN captures b ON b.id = c.base `

func (db *DB) scanCapture(row scanner) (c fetch.Capture, err error) {
	var at, took int64
	var header, body, base []byte
	if err := row.Scan(&at, &took, &c.URL, &c.FinalURL, &c.MovedTo, &c.Peer, &c.Status, &c.NotModified, &header, &body, &base); err != nil {
		return c, err
	}
	c.At, c.Took = fromMicros(at), time.Duration(took)*time.Microsecond
	if header, err = db.pack.unpack(header, nil); err != nil {
		return c, fmt.Errorf("headers: %w", err)
	}
	if err := json.Unmarshal(header, &c.Header); err != nil {
		return c, fmt.Errorf("headers: %w", err)
	}
	if base != nil {
		if base, err = db.pack.unpack(base, nil); err != nil {
			return c, fmt.Errorf("base of the body: %w", err)
		}
	}
	if c.Body, err = db.pack.unpack(body, base); err != nil {
		return c, fmt.Errorf("body: %w", err)
	}
	return c, nil
}

// Capture returns the page that a revision, named by its ID, was read from, or
// watcher.ErrNoCapture.
func (db *DB) Capture(ctx context.Context, revision int64) (fetch.Capture, error) {
	c, err := db.capture(ctx, "WHERE c.revision = ?", revision)
	if err != nil {
		return c, fmt.Errorf("page of revision %d: %w", revision, err)
	}
	return c, nil
}

// LatestCapture returns the latest page that was kept of a watch, whatever
// came of it, or watcher.ErrNoCapture.
func (db *DB) LatestCapture(ctx context.Context, watch int64) (fetch.Capture, error) {
	if err := db.settle(ctx, watch); err != nil {
		return fetch.Capture{}, err
	}
	c, err := db.capture(ctx, "WHERE c.watch = ? ORDER BY c.at DESC, c.id DESC LIMIT 1", watch)
	if err != nil {
		return c, fmt.Errorf("latest page of watch %d: %w", watch, err)
	}
	return c, nil
}

func (db *DB) capture(ctx context.Context, where string, arg int64) (fetch.Capture, error) {
	c, err := db.scanCapture(db.reader.QueryRowContext(ctx, captureQuery+where, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return c, watcher.ErrNoCapture
	}
	return c, db.explain(err)
}
