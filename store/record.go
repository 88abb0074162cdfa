package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"stet/store/ledger"
	"stet/watcher"
	"stet/watcher/article"
)

// A packedLook is a look made ready to be written: all that takes time is done
// before the transaction begins. Nobody else can write to the watch meanwhile,
// for the look holds its lease, which the transaction checks first.
type packedLook struct {
	look     watcher.Look
	steps    string
	trail    []byte         // the steps, packed, where they led to a change
	capture  *packedCapture // nil if none is kept
	outline  []byte         // nil if it stays
	revision *packedRevision
	changes  []packedChange
	anew     []*packedVerdict // earlier changes judged anew
}

type packedRevision struct {
	number   int
	content  []byte
	base     sql.NullInt64
	salt     ledger.Salt
	leafHash tlog.Hash
}

type packedChange struct {
	watcher.Change
	data    []byte
	hasBase bool
}

// Record implements [watcher.Keeper].
func (db *DB) Record(ctx context.Context, l watcher.Look) ([]watcher.Change, error) {
	changes, err := db.record(ctx, l)
	if err != nil {
		return nil, fmt.Errorf("record a check of %s: %w", l.Watch.URL, db.explain(err))
	}
	return changes, nil
}

func (db *DB) record(ctx context.Context, l watcher.Look) ([]watcher.Change, error) {
	p, tip, err := db.packLook(ctx, l)
	if err != nil {
		return nil, err
	}
	if l.Light() {
		return nil, db.join(ctx, p)
	}
	var kept []watcher.Change
	err = db.write(ctx, func(tx *sql.Tx) error {
		if err := db.putLook(ctx, tx, tx.StmtContext(ctx, db.hot.putWatch), tx.StmtContext(ctx, db.hot.putSteps), p); err != nil {
			return err
		}
		kept, err = db.putFindings(ctx, tx, p, tip)
		return err
	})
	return kept, err
}

// packLook makes a look ready. tip is the watch's latest revision before it.
func (db *DB) packLook(ctx context.Context, l watcher.Look) (p packedLook, tip tip, err error) {
	steps, err := json.Marshal(l.Steps)
	if err != nil {
		return p, tip, err
	}
	p = packedLook{look: l, steps: string(steps)}
	keeps := l.Capture != nil && (l.KeepCapture || l.Revision != nil)
	if keeps || l.Revision != nil || len(l.Changes) > 0 {
		if tip, err = db.tip(ctx, l.Watch.ID); err != nil {
			return p, tip, err
		}
	}
	if keeps {
		whole := l.Revision != nil && startsBase(tip.number+1)
		if p.capture, err = db.packCapture(ctx, *l.Capture, tip, whole); err != nil {
			return p, tip, err
		}
	}
	if l.Revision != nil {
		if p.revision, err = db.packRevision(&p, tip); err != nil {
			return p, tip, err
		}
	} else if l.Outline != nil {
		if p.outline, err = db.packOutline(*l.Outline); err != nil {
			return p, tip, err
		}
	}
	for _, r := range l.Rejudged {
		anew, err := db.packVerdict(ctx, r)
		if err != nil {
			return p, tip, fmt.Errorf("judge change %d anew: %w", r.ID, err)
		}
		if anew != nil {
			p.anew = append(p.anew, anew)
		}
	}
	if len(l.Changes) > 0 {
		p.trail = db.pack.whole(steps)
	}
	err = db.packChanges(&p, tip)
	return p, tip, err
}

// startsBase reports whether the revision of that number is packed whole.
func startsBase(number int) bool { return number%baseSpan == 1 }

func (db *DB) packRevision(p *packedLook, tip tip) (*packedRevision, error) {
	r := p.look.Revision
	content, article, err := marshalContent(*r)
	if err != nil {
		return nil, err
	}
	packed := &packedRevision{number: tip.number + 1, salt: ledger.NewSalt()}
	base := tip.base
	if startsBase(packed.number) {
		base = nil
	}
	var based bool
	if packed.content, based, err = db.pack.against(content, base); err != nil {
		return nil, err
	}
	if based {
		packed.base = sql.NullInt64{Int64: tip.baseID, Valid: true}
	}
	record := ledger.Record{
		URL: p.look.Watch.URL, Revision: packed.number, FirstSeen: r.FirstSeen,
		Article: sha256.Sum256(article), NoCapture: p.capture == nil,
	}
	if p.capture != nil {
		record.Capture = p.capture.hash
	}
	packed.leafHash = ledger.LeafHash(ledger.Commit(packed.salt, record))
	return packed, nil
}

// packChanges numbers the changes and packs them. The last one leads to the new
// revision, if there is one; the others stand from the latest one to itself.
func (db *DB) packChanges(p *packedLook, tip tip) error {
	for i, c := range p.look.Changes {
		kept := watcher.Change{Watch: p.look.Watch.ID, From: tip.number, To: tip.number, Seen: fromMicros(micros(p.look.At)), Change: c}
		if p.revision != nil && i == len(p.look.Changes)-1 {
			kept.To = p.revision.number
		}
		data, err := json.Marshal(c)
		if err != nil {
			return err
		}
		packed, based, err := db.pack.against(data, tip.base)
		if err != nil {
			return err
		}
		p.changes = append(p.changes, packedChange{kept, packed, based})
	}
	return nil
}

// putLook writes what every look has: the watch row, the steps, and what is
// kept of the page. It returns ErrLeaseLost, and has written nothing then, if
// the watch's lease is not the look's any more.
func (db *DB) putLook(ctx context.Context, tx *sql.Tx, putWatch, putSteps *sql.Stmt, p packedLook) error {
	l := p.look
	var spell int64
	err := putWatch.QueryRowContext(ctx, putWatchArgs(l.Watch, l.At)...).Scan(&spell)
	if errors.Is(err, sql.ErrNoRows) {
		return watcher.ErrLeaseLost
	}
	if err != nil {
		return err
	}
	if _, err := putSteps.ExecContext(ctx, l.Watch.ID, micros(l.At), l.Took.Microseconds(), p.steps); err != nil {
		return err
	}
	if p.outline != nil {
		_, err := tx.ExecContext(ctx, `INSERT INTO outlines (watch, outline) VALUES (?, ?)
			ON CONFLICT (watch) DO UPDATE SET outline = excluded.outline`, l.Watch.ID, p.outline)
		if err != nil {
			return err
		}
	}
	if p.capture == nil || p.revision != nil {
		return nil
	}
	return putPassingCapture(ctx, tx, l.Watch.ID, spell, spell == micros(l.At), p.capture)
}

// putWatch writes back what a look found of its watch and ends the lease. It
// touches no row if the lease was lost. A schedule that was changed while the
// look was under way keeps the next check that was set with it.
const putWatch = `UPDATE watches SET
	next_check_at = CASE WHEN schedule = ?3 THEN ?4 ELSE next_check_at END,
	due_at = CASE WHEN schedule = ?3 THEN ?4 ELSE next_check_at END,
	leased_until = 0, last_check_at = ?5, last_seen_at = ?6,
	last_result = ?7, last_reason = ?8, last_failure = ?9, troubles = ?10,
	spell_at = CASE WHEN ?10 = 0 AND NOT ?11 THEN 0 WHEN spell_at = 0 THEN ?5 ELSE spell_at END,
	gone = ?11, moved_to = ?12, checks = ?13, etag = ?14, last_modified = ?15, body_hash = ?16,
	stamp = ?17, modified = ?18, pending_reason = ?19, pending_sign = ?20, pending_at = ?21,
	published = ?22, final_url = ?23,
	walls = ?24, shown = ?25, hidden = ?26, stamp_change_at = ?27, pending_turns = ?28
	WHERE id = ?1 AND lease = ?2 AND leased_until <> 0
	RETURNING spell_at`

// putWatchArgs are putWatch's arguments for a look at w that was made at at.
func putWatchArgs(w watcher.Watch, at time.Time) []any {
	var hash []byte
	if w.BodyHash != [32]byte{} {
		hash = w.BodyHash[:]
	}
	return []any{w.ID, w.Lease, w.Schedule, micros(w.NextCheck), micros(at), micros(w.LastSeen),
		w.LastResult, w.LastReason, w.LastFailure, w.Troubles,
		w.Gone, w.MovedTo, w.Checks, w.ETag, w.LastModified, hash,
		w.Stamp, pageText(w.Modified), w.Pending.Reason, w.Pending.Sign, micros(w.Pending.Since),
		pageText(w.Published), w.FinalURL,
		w.Walls, pageText(w.Shown), hiddenText(w.Hidden), micros(w.StampChanged), w.Pending.Turns}
}

// hiddenText is how hidden stamps are kept. One whose time cannot be written
// is left out.
func hiddenText(stamps []article.Stamp) string {
	stamps = slices.DeleteFunc(slices.Clone(stamps), func(s article.Stamp) bool {
		_, err := s.Time.MarshalJSON()
		return err != nil
	})
	if len(stamps) == 0 {
		return noneHidden
	}
	text, _ := json.Marshal(stamps) // times alone could fail
	return string(text)
}

const putSteps = `INSERT INTO looks (watch, at, took_us, steps) VALUES (?, ?, ?, ?)
	ON CONFLICT (watch) DO UPDATE SET at = excluded.at, took_us = excluded.took_us, steps = excluded.steps`

// putFindings writes what must not be lost of a look: its revision with page
// and ledger leaf, its changes, the earlier ones judged anew, its news.
func (db *DB) putFindings(ctx context.Context, tx *sql.Tx, p packedLook, tip tip) ([]watcher.Change, error) {
	if p.revision != nil {
		if err := putRevision(ctx, tx, p, tip); err != nil {
			return nil, err
		}
	}
	kept := make([]watcher.Change, 0, len(p.changes))
	for _, c := range p.changes {
		base := sql.NullInt64{Int64: tip.baseID, Valid: c.hasBase}
		r, err := tx.ExecContext(ctx, `INSERT INTO changes (watch, from_number, to_number, seen_at, previous_at, weight, disclosure, nature, base, data, unrouted)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)`,
			c.Watch, c.From, c.To, micros(c.Seen), tip.lastSeen, c.Weight, c.Disclosure, c.Nature, base, c.data)
		if err != nil {
			return nil, err
		}
		if c.ID, err = r.LastInsertId(); err != nil {
			return nil, err
		}
		if _, err := tx.ExecContext(ctx, "INSERT INTO trails (change, steps) VALUES (?, ?)", c.ID, p.trail); err != nil {
			return nil, err
		}
		kept = append(kept, c.Change)
	}
	for _, v := range p.anew {
		if err := v.put(ctx, tx, p.look.At); err != nil {
			return nil, err
		}
	}
	if p.look.News == "" {
		return kept, nil
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO news (watch, url, text, at, unrouted) VALUES (?, ?, ?, ?, 1)",
		p.look.Watch.ID, p.look.Watch.URL, p.look.News, micros(p.look.At))
	return kept, err
}

func putRevision(ctx context.Context, tx *sql.Tx, p packedLook, tip tip) error {
	w, r := p.look.Watch, p.look.Revision
	leaf, err := appendLeaf(ctx, tx, p.revision.leafHash, p.look.At)
	if err != nil {
		return err
	}
	if tip.id != 0 {
		if _, err := tx.ExecContext(ctx, "UPDATE revisions SET last_seen_at = ? WHERE id = ?", max(tip.lastSeen, tip.firstSeen), tip.id); err != nil {
			return err
		}
	}
	result, err := tx.ExecContext(ctx, `INSERT INTO revisions (watch, number, url, first_seen_at, headline, hash, base, content, salt, leaf, leaf_hash)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		w.ID, p.revision.number, w.URL, micros(r.FirstSeen), r.Article.Headline, r.Hash[:], p.revision.base, p.revision.content,
		p.revision.salt[:], leaf, p.revision.leafHash[:])
	if err != nil {
		return err
	}
	for _, outdated := range []string{"DELETE FROM outlines WHERE watch = ?", "DELETE FROM captures WHERE watch = ? AND role = 'latest'"} {
		if _, err := tx.ExecContext(ctx, outdated, w.ID); err != nil {
			return err
		}
	}
	if p.capture == nil {
		return nil
	}
	id, err := result.LastInsertId()
	if err != nil {
		return err
	}
	return insertCapture(ctx, tx, w.ID, roleRevision, sql.NullInt64{Int64: id, Valid: true}, 0, p.capture)
}
