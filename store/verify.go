package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"stet/store/ledger"
)

// Verify checks the store against its ledger and yields what it claims, one
// claim a revision, then those about the whole. It makes each leaf again from
// the content that is kept, then the tree from the leaves, so it finds a text
// or page that was changed, and a revision that was deleted or swapped with
// another. Changes are not in the ledger: they follow from the revisions; of
// them, and of the verdicts they had before, it makes sure that they can be
// read. An error ends it.
//
// What it sees is one moment; the store may be written to meanwhile.
func (db *DB) Verify(ctx context.Context) iter.Seq2[ledger.Claim, error] {
	return func(yield func(ledger.Claim, error) bool) {
		v := verifier{db: db, yield: func(c ledger.Claim) bool { return yield(c, nil) }}
		if err := v.run(ctx); err != nil {
			yield(ledger.Claim{}, fmt.Errorf("verify %s: %w", db.path, db.explain(err)))
		}
	}
}

// A verifier goes through the revisions in the order of their leaves.
type verifier struct {
	db    *DB
	tx    *sql.Tx
	yield func(ledger.Claim) bool // false: the caller has seen enough
	audit ledger.Audit
	bad   int // hashes of the tree that are not what they should be
	lost  int // leaves without a revision
}

// verifyPage is how many revisions are read at once.
const verifyPage = 100

// verifyQuery reads revisions with all that their leaves say, by leaf.
const verifyQuery = `SELECT r.leaf, r.watch, r.number, r.url, r.first_seen_at, r.salt, r.leaf_hash,
	r.content, rb.content, c.hash, c.body, cb.body
	FROM revisions r LEFT JOIN revisions rb ON rb.id = r.base
	LEFT JOIN captures c ON c.revision = r.id LEFT JOIN captures cb ON cb.id = c.base
	WHERE r.leaf >= ? ORDER BY r.leaf LIMIT ?`

type verifyRow struct {
	leaf, watch                 int64
	record                      ledger.Record
	salt, leafHash              []byte
	content, base               []byte
	captureHash, body, bodyBase []byte
}

func scanVerifyRow(rows *sql.Rows) (r verifyRow, err error) {
	var first int64
	err = rows.Scan(&r.leaf, &r.watch, &r.record.Revision, &r.record.URL, &first, &r.salt, &r.leafHash,
		&r.content, &r.base, &r.captureHash, &r.body, &r.bodyBase)
	r.record.FirstSeen = fromMicros(first)
	return r, err
}

func (v *verifier) run(ctx context.Context) (err error) {
	if v.tx, err = v.db.reader.BeginTx(ctx, nil); err != nil {
		return err
	}
	defer v.tx.Rollback()
	for {
		rows, err := v.tx.QueryContext(ctx, verifyQuery, v.audit.Size(), verifyPage)
		if err != nil {
			return err
		}
		page, err := collect(rows, scanVerifyRow)
		if err != nil {
			return err
		}
		for _, r := range page {
			if more, err := v.revision(ctx, r); err != nil || !more {
				return err
			}
		}
		if len(page) < verifyPage {
			break
		}
	}
	return v.whole(ctx)
}

// revision checks one revision, after the leaves before it that have none.
func (v *verifier) revision(ctx context.Context, r verifyRow) (more bool, err error) {
	if more, err := v.missing(ctx, r.leaf); err != nil || !more {
		return more, err
	}
	c := ledger.Claim{Claim: fmt.Sprintf("revision %d of %s is as it was kept", r.record.Revision, r.record.URL), Result: ledger.OK}
	leaf, problem := v.leafOf(r)
	if problem == "" && leaf != tlog.Hash(pad32(r.leafHash)) {
		problem = "its text, page, time or address was changed: they do not make its leaf"
	}
	if problem != "" {
		c.Result, c.Detail = ledger.Failed, problem
	} else {
		c.Detail = fmt.Sprintf("leaf %d, %x", r.leaf, leaf[:6])
	}
	bad, err := v.add(ctx, pad32(r.leafHash))
	if err != nil {
		return false, err
	}
	if bad > 0 && c.Result == ledger.OK {
		c.Result, c.Detail = ledger.Failed, fmt.Sprintf("leaf %d of the tree is another", r.leaf)
	}
	return v.yield(c), nil
}

// pad32 returns 32 bytes of what should be 32.
func pad32(b []byte) (h [32]byte) {
	copy(h[:], b)
	return h
}

// leafOf makes the leaf of a revision from what is kept of it. problem says
// what cannot be read.
func (v *verifier) leafOf(r verifyRow) (leaf tlog.Hash, problem string) {
	text, _, err := v.db.unpackContent(r.content, r.base)
	if err != nil {
		return leaf, "its text cannot be read: " + err.Error()
	}
	r.record.Article = sha256.Sum256(text)
	r.record.NoCapture = r.body == nil
	if r.body != nil {
		page, err := v.page(r)
		if err != nil {
			return leaf, "its page cannot be read: " + err.Error()
		}
		r.record.Capture = sha256.Sum256(page)
	}
	return ledger.LeafHash(ledger.Commit(pad32(r.salt), r.record)), ""
}

func (v *verifier) page(r verifyRow) (page []byte, err error) {
	base := r.bodyBase
	if base != nil {
		if base, err = v.db.pack.unpack(base, nil); err != nil {
			return nil, err
		}
	}
	return v.db.pack.unpack(r.body, base)
}

// add adds a leaf to the audit and counts the stored hashes that are others.
func (v *verifier) add(ctx context.Context, leaf tlog.Hash) (bad int, err error) {
	first, want, err := v.audit.Add(leaf)
	if err != nil {
		return 0, err
	}
	rows, err := v.tx.QueryContext(ctx, "SELECT hash FROM ledger_hashes WHERE id >= ? AND id < ? ORDER BY id", first, first+int64(len(want)))
	if err != nil {
		return 0, err
	}
	got, err := collect(rows, func(rows *sql.Rows) (hash []byte, err error) {
		err = rows.Scan(&hash)
		return hash, err
	})
	if err != nil {
		return 0, err
	}
	for i, h := range want {
		if i >= len(got) || pad32(got[i]) != h {
			bad++
		}
	}
	v.bad += bad
	return bad, nil
}

// missing yields a failed claim for each leaf before next whose revision is not
// there, and goes on with the hash that the tree has for it.
func (v *verifier) missing(ctx context.Context, next int64) (more bool, err error) {
	for n := v.audit.Size(); n < next; n++ {
		var kept []byte
		err := v.tx.QueryRowContext(ctx, "SELECT hash FROM ledger_hashes WHERE id = ?", tlog.StoredHashIndex(0, n)).Scan(&kept)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return false, err
		}
		if _, err := v.add(ctx, pad32(kept)); err != nil {
			return false, err
		}
		v.lost++
		c := ledger.Claim{Claim: fmt.Sprintf("leaf %d has its revision", n), Result: ledger.Failed, Detail: "the revision was deleted"}
		if !v.yield(c) {
			return false, nil
		}
	}
	return true, nil
}

// whole checks what is said of the ledger and the file as a whole.
func (v *verifier) whole(ctx context.Context) error {
	size, root, err := checkpoint(ctx, v.tx)
	if err != nil {
		return err
	}
	if more, err := v.missing(ctx, size); err != nil || !more {
		return err
	}
	made, err := v.audit.Root()
	if err != nil {
		return err
	}
	claims := []ledger.Claim{
		{Claim: "every revision that the ledger counts is there", Result: ledger.OK, Detail: fmt.Sprintf("%d leaves", size)},
		{Claim: "the ledger's tree is made of its leaves", Result: ledger.OK, Detail: fmt.Sprintf("%d hashes", tlog.StoredHashCount(v.audit.Size()))},
		{Claim: "the ledger's root is that of its tree", Result: ledger.OK, Detail: root.String()},
	}
	if v.lost > 0 || v.audit.Size() != size {
		claims[0].Result, claims[0].Detail = ledger.Failed, fmt.Sprintf("%d are missing, and the ledger counts %d of %d", v.lost, size, v.audit.Size())
	}
	if v.bad > 0 {
		claims[1].Result, claims[1].Detail = ledger.Failed, fmt.Sprintf("%d hashes are others", v.bad)
	}
	if made != root {
		claims[2].Result, claims[2].Detail = ledger.Failed, fmt.Sprintf("it is %v, the tree makes %v", root, made)
	}
	judgements, err := v.judgements(ctx)
	if err != nil {
		return err
	}
	file, err := fileClaim(ctx, v.tx)
	if err != nil {
		return err
	}
	claims = append(claims, judgements, file, ledger.Claim{
		Claim: "the ledger was never made anew as a whole", Result: ledger.Unknown, Detail: "no signed checkpoint from elsewhere was given to compare it with",
	})
	for _, c := range claims {
		if !v.yield(c) {
			return nil
		}
	}
	return nil
}

// judgementQueries read what was judged, now and formerly; each packed row
// carries a checksum.
var judgementQueries = [...]struct{ what, query string }{
	{"change", `SELECT c.id, c.data, b.content FROM changes c LEFT JOIN revisions b ON b.id = c.base
		WHERE c.id > ? ORDER BY c.id LIMIT ?`},
	{"former verdict", `SELECT f.id, f.data, b.content FROM former_verdicts f LEFT JOIN revisions b ON b.id = f.base
		WHERE f.id > ? ORDER BY f.id LIMIT ?`},
}

// judgements checks that every change can be read, and every verdict that one
// had before.
func (v *verifier) judgements(ctx context.Context) (ledger.Claim, error) {
	c := ledger.Claim{Claim: "every verdict can be read, the former ones too", Result: ledger.OK}
	var counts [len(judgementQueries)]int
	for i, q := range judgementQueries {
		for last := int64(0); ; {
			page, err := v.changePage(ctx, q.query, last)
			if err != nil {
				return c, err
			}
			for _, row := range page {
				if _, err := v.db.unpackChange(row); err != nil && c.Result == ledger.OK {
					c.Result, c.Detail = ledger.Failed, fmt.Sprintf("%s %d cannot: %v", q.what, row.ID, err)
				}
				last = row.ID
			}
			counts[i] += len(page)
			if len(page) < verifyPage {
				break
			}
		}
	}
	if c.Result == ledger.OK {
		c.Detail = fmt.Sprintf("%d changes, %d former verdicts", counts[0], counts[1])
	}
	return c, nil
}

// changePage reads the next rows of a judgement query.
func (v *verifier) changePage(ctx context.Context, query string, last int64) ([]changeRow, error) {
	rows, err := v.tx.QueryContext(ctx, query, last, verifyPage)
	if err != nil {
		return nil, err
	}
	return collect(rows, func(rows *sql.Rows) (row changeRow, err error) {
		err = rows.Scan(&row.ID, &row.data, &row.base)
		return row, err
	})
}

// fileClaim has SQLite check its own file.
func fileClaim(ctx context.Context, q querier) (ledger.Claim, error) {
	c := ledger.Claim{Claim: "the database file is sound", Result: ledger.OK}
	rows, err := q.QueryContext(ctx, "PRAGMA integrity_check(5)")
	if err != nil {
		return c, err
	}
	problems, err := collect(rows, func(rows *sql.Rows) (text string, err error) {
		err = rows.Scan(&text)
		return text, err
	})
	if err == nil && len(problems) > 0 && problems[0] != "ok" {
		c.Result, c.Detail = ledger.Failed, strings.Join(problems, "; ")
	}
	return c, err
}
