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

var (
	errUnwritable = errors.New("the store cannot be written")
	errDisk       = errors.New("the disk does not answer as it should")
)

const restoreHint = "put a backup in its place with `stet restore`"

func (db *DB) explain(err error) error { return explain(err, db.path) }

// A fileError is an error of SQLite's with what it means here.
type fileError struct {
	means error
	mend  string
	err   error
}

func (e *fileError) Error() string   { return fmt.Sprintf("%v (%v): %s", e.means, e.err, e.mend) }
func (e *fileError) Unwrap() []error { return []error{e.means, e.err} }

// explain adds to an error of SQLite's about the file at path what it means
// here and how to mend it. All other errors it leaves alone.
func explain(err error, path string) error {
	var s *sqlite.Error
	var explained *fileError
	if !errors.As(err, &s) || errors.As(err, &explained) {
		return err
	}
	switch s.Code() & 0xff { // the primary code of an extended one
	case sqlite3.SQLITE_FULL:
		return &fileError{ErrFull, "free some space for " + path + " and stet goes on", err}
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return &fileError{ErrDamaged, restoreHint, err}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &fileError{ErrBusy, fmt.Sprintf("it did not finish within %v; try again", busyTimeout), err}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return &fileError{errUnwritable, "change the owner or mode of " + path + " and its folder, or name another file with --db", err}
	case sqlite3.SQLITE_IOERR:
		return &fileError{errDisk, "look at the system's log for the disk of " + path, err}
	}
	return err
}

// isBusy reports whether another connection is in the way just now.
func isBusy(err error) bool {
	var s *sqlite.Error
	return errors.As(err, &s) && s.Code()&0xff == sqlite3.SQLITE_BUSY
}
