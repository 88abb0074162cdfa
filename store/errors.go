package store

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// What opening and using a store may answer besides watcher's own errors.
var (
	// ErrNewer says that a newer stet made the store.
	ErrNewer = errors.New("a newer stet made it")
	// ErrDamaged says that the file is not, or no longer, a sound database.
	ErrDamaged = errors.New("the database is damaged")
	// ErrFull says that the disk is full. Nothing was written by half; the
	// same call works again once there is space.
	ErrFull = errors.New("the disk is full")
	// ErrBusy says that another process held the store's write lock for 10 s.
	ErrBusy = errors.New("another process is writing to the store")
)

const restoreHint = "Put a backup in its place with `stet restore`"

func (db *DB) explain(err error) error { return explain(err, db.path) }

// explain adds to SQLite's own errors about the file at path what they mean
// here and how to mend them. All other errors it leaves alone.
func explain(err error, path string) error {
	var s *sqlite.Error
	if !errors.As(err, &s) {
		return err
	}
	switch s.Code() & 0xff { // the primary code of an extended one
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: free some space for %s and stet goes on (%w)", ErrFull, path, err)
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("%w (%w). %s", ErrDamaged, err, restoreHint)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w and did not finish within %v (%w)", ErrBusy, busyTimeout, err)
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return fmt.Errorf("%s or its folder cannot be written: change its owner or mode, or name another file with --db (%w)", path, err)
	case sqlite3.SQLITE_IOERR:
		return fmt.Errorf("the disk of %s does not answer as it should: look at the system's log (%w)", path, err)
	}
	return err
}

// isBusy reports whether another connection is in the way just now.
func isBusy(err error) bool {
	var s *sqlite.Error
	return errors.As(err, &s) && s.Code()&0xff == sqlite3.SQLITE_BUSY
}
