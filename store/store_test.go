package store

import (
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"stet/store/storetest"
	"stet/watcher"
	"stet/watcher/compare"
)

// testTime is when the tests' stories begin.
var testTime = time.Date(2026, 3, 2, 7, 0, 0, 0, time.UTC)

var _ storetest.Store = (*DB)(nil)

// openTemp opens a new store in a folder of the test's own.
func openTemp(t testing.TB) *DB {
	t.Helper()
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "stet.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() }) // a second time where the test closed it
	return db
}

func TestSuite(t *testing.T) {
	storetest.Run(t, func(t testing.TB) storetest.Store { return openTemp(t) })
}

// recordRevision keeps one more revision of a watch, its nth from 0, and the
// change that led to it.
func recordRevision(t testing.TB, db *DB, watch int64, n int) {
	t.Helper()
	at := testTime.Add(time.Duration(n) * time.Minute)
	w, err := db.ClaimWatch(t.Context(), watch, at, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	figure := fmt.Sprint("number ", n)
	page, outline := storetest.Page(figure, at.String()), storetest.Outline(figure)
	w.LastSeen, w.Checks = at, w.Checks+1
	l := watcher.Look{
		Watch: w, At: at, Result: watcher.Changed, Capture: &page,
		Revision: &watcher.Revision{Watch: w.ID, FirstSeen: at, Article: storetest.Story(figure), Outline: outline, Hash: [32]byte{byte(n), byte(n >> 8)}},
	}
	if n > 0 {
		l.Changes = []compare.Change{{Changed: true, Weight: compare.Substantive, Summary: figure}}
	}
	if _, err := db.Record(t.Context(), l); err != nil {
		t.Fatal(err)
	}
}
