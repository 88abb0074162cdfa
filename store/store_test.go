package store

import (
	"path/filepath"
	"testing"

	"stet/store/storetest"
)

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
