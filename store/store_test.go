package store

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stet/notify"
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
	page.At, w.LastSeen, w.Checks = at, at, w.Checks+1
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

func TestASpellKeepsItsFirstAndLastPage(t *testing.T) {
	db := openStory(t, 1)
	// The looks after the first, by what came of them.
	for i, result := range []watcher.Result{watcher.Quarantined, watcher.Failed, watcher.Quarantined, watcher.Unchanged, watcher.Gone, watcher.Gone} {
		at := testTime.Add(time.Duration(i+1) * time.Hour)
		w, err := db.ClaimWatch(t.Context(), 1, at, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		page := storetest.Page(fmt.Sprint("page ", i), "")
		w.Troubles, w.LastResult, w.Gone = w.Troubles+1, result, result == watcher.Gone
		if result == watcher.Unchanged || w.Gone {
			w.Troubles = 0
		}
		page.At = at
		if _, err := db.Record(t.Context(), watcher.Look{Watch: w, At: at, Result: w.LastResult, Capture: &page, KeepCapture: true}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	rows, err := db.reader.QueryContext(t.Context(), "SELECT role, at FROM captures WHERE watch = 1 ORDER BY at")
	if err != nil {
		t.Fatal(err)
	}
	got, err := collect(rows, func(rows *sql.Rows) (string, error) {
		var role string
		var at int64
		err := rows.Scan(&role, &at)
		return fmt.Sprint(role, " ", fromMicros(at).Sub(testTime).Hours()), err
	})
	want := []string{"revision 0", "first 1", "last 3", "latest 4", "first 5", "last 6"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the pages kept, by hour, are %q, %v, want %q", got, err, want)
	}
}

func TestAGatheredChangeIsListedWithWhatBecameOfItsAlert(t *testing.T) {
	db := openStory(t, 4)
	o := db.Outbox()
	changes, err := o.Unrouted(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range changes {
		if err := o.Gather(t.Context(), a.ID, []string{"desk"}, nil, testTime); err != nil {
			t.Fatal(err)
		}
	}
	ds, err := o.Claim(t.Context(), "desk", testTime, time.Minute, 2)
	if err != nil || len(ds) != 1 {
		t.Fatalf("Claim = %d, %v, want one delivery", len(ds), err)
	}
	if err := o.Sent(t.Context(), ds[0].ID, "m1", testTime); err != nil {
		t.Fatal(err)
	}
	rows, err := db.Deliveries(t.Context(), "", "", 100)
	if err != nil || len(rows) != len(changes) {
		t.Fatalf("%d deliveries are listed, %v, want %d", len(rows), err, len(changes))
	}
	for i, d := range rows {
		want := changes[len(changes)-1-i].ID
		if d.Change != want || d.ID != ds[0].ID || d.State != notify.Sent || d.Message != "m1" || !d.Sent.Equal(testTime) {
			t.Errorf("row %d is %+v, want change %d sent with delivery %s", i, d, want, ds[0].ID)
		}
	}
}

func TestDeliveriesAreListedNewestFirst(t *testing.T) {
	db := openStory(t, 5)
	o := db.Outbox()
	changes, err := o.Unrouted(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	for i, a := range changes {
		if err := o.Route(t.Context(), a.ID, []string{"desk", "phone"}[:1+i%2], nil); err != nil {
			t.Fatal(err)
		}
	}
	ds, err := o.Claim(t.Context(), "desk", testTime, time.Minute, 2)
	if err != nil || len(ds) != 2 {
		t.Fatalf("Claim = %d, %v", len(ds), err)
	}
	if err := errors.Join(
		o.Sent(t.Context(), ds[0].ID, "m1", testTime),
		o.Fail(t.Context(), ds[1].ID, "400"),
		o.SwitchOff(t.Context(), notify.Off{Destination: "phone", Why: "404", At: testTime}),
	); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		destination string
		state       notify.DeliveryState
		limit       int
		want        []string
	}{
		{"", "", 100, []string{"phone 4 held", "desk 4 waiting", "desk 3 waiting", "phone 2 held", "desk 2 failed 400", "desk 1 sent m1"}},
		{"desk", "", 2, []string{"desk 4 waiting", "desk 3 waiting"}},
		{"", notify.Held, 100, []string{"phone 4 held", "phone 2 held"}},
		{"desk", notify.Waiting, 1, []string{"desk 4 waiting"}},
		{"nobody", "", 100, nil},
	} {
		rows, err := db.Deliveries(t.Context(), tt.destination, tt.state, tt.limit)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range rows {
			got = append(got, strings.TrimSpace(fmt.Sprint(d.Destination, " ", d.Change, " ", d.State, " ", d.Message, d.Why)))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("Deliveries(%q, %q, %d) = %q, want %q", tt.destination, tt.state, tt.limit, got, tt.want)
		}
	}
}
