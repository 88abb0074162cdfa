// Package store keeps everything: watches, revisions, captures, changes, the
// outbox and the ledger, in one SQLite file. Start with [Open].
//
// A [DB] implements [watcher.Keeper] and [watcher.Queue]; [DB.Outbox] gives
// the [notify.Outbox]. A look that found something is one transaction:
// revision, change rows, earlier ones judged anew, ledger leaf, watch row,
// news. A look that found nothing ([watcher.Look.Light]) is written together
// with others, up to 200 ms later or 500 at a time: losing it to a kill only
// means looking again.
// [DB.Flush] and [DB.Close] write what waits.
//
// SQLite runs in WAL mode with synchronous=FULL, so that what was acknowledged
// survives a power cut. Writing goes through one connection, whose
// transactions begin IMMEDIATE and wait up to 10 s for another process's;
// reading goes through a small pool that never blocks the writer. Several
// processes may use one file.
//
// Texts and pages are packed by zstd with an earlier revision's as the
// dictionary; see pack.go. Times are kept to the microsecond.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"stet/watcher"
)

// A DB is an open store. It is safe for use by several goroutines.
type DB struct {
	path   string
	log    *slog.Logger
	writer *sql.DB // one connection
	reader *readPool
	pack   *packer
	group  group
	hot    hotStatements
}

var (
	_ watcher.Keeper = (*DB)(nil)
	_ watcher.Queue  = (*DB)(nil)
)

// Options are what Open may be told. The zero Options are fine.
type Options struct {
	Log *slog.Logger // nil logs nothing
}

const (
	// busyTimeout is how long a transaction waits for another process's.
	busyTimeout = 10 * time.Second
	// readers is the size of the read pool. Each connection's cache may take
	// 2 MB (SQLite's default).
	readers = 4
)

// Close writes the looks that wait and closes the store.
func (db *DB) Close() error {
	return errors.Join(db.closeGroup(), db.closeFiles())
}

func (db *DB) closeFiles() error {
	err := errors.Join(db.reader.Close(), db.writer.Close())
	db.pack.close()
	if err != nil {
		return fmt.Errorf("close %s: %w", db.path, err)
	}
	return nil
}

// Path returns the file that the store is in.
func (db *DB) Path() string { return db.path }

// write runs do in one transaction of the writer: all of it is kept, or none.
func (db *DB) write(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := db.writer.BeginTx(ctx, nil)
	if err != nil {
		return db.explain(err)
	}
	defer tx.Rollback() // does nothing after Commit
	if err := do(tx); err != nil {
		return db.explain(err)
	}
	return db.explain(tx.Commit())
}

// micros turns a time into how the store keeps it: microseconds since 1970, 0
// for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// fromMicros turns what micros gave into the time again, in UTC.
func fromMicros(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}
