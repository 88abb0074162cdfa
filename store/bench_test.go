package store

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"stet/watcher"
)

// fillWatches adds n watches that are due in an hour, in one transaction.
func fillWatches(b *testing.B, db *DB, n int) {
	b.Helper()
	err := db.write(b.Context(), func(tx *sql.Tx) error {
		for i := range n {
			address := fmt.Sprintf("https://outlet%d.example/2026/03/02/a-story-about-boats-%d", i%500, i)
			_, _, err := addWatch(b.Context(), tx, watcher.Watch{
				URL: address, Key: address, Tags: []string{"sea"}, Added: testTime, NextCheck: testTime.Add(time.Hour),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}

func BenchmarkClaimOf100000NotDue(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 100_000)
	b.ReportAllocs()
	for b.Loop() {
		if ws, err := db.Claim(b.Context(), testTime, time.Minute, 100); err != nil || len(ws) > 0 {
			b.Fatal(ws, err)
		}
	}
}

func BenchmarkStatusOf100000(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 100_000)
	for b.Loop() {
		if _, err := db.Status(b.Context(), testTime); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWatchesOf100000(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 100_000)
	for b.Loop() {
		for _, err := range db.Watches(b.Context(), watcher.Filter{}) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}

// BenchmarkClaimAndLightRecord is what a check that found nothing costs the
// store: a claim, a hundred at a time, and a look.
func BenchmarkClaimAndLightRecord(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 20_000)
	now := testTime.Add(time.Hour)
	var ws []watcher.Watch
	for b.Loop() {
		if len(ws) == 0 {
			now = now.Add(time.Second)
			var err error
			if ws, err = db.Claim(b.Context(), now, time.Hour, 100); err != nil || len(ws) == 0 {
				b.Fatal(len(ws), err)
			}
		}
		w := ws[0]
		ws = ws[1:]
		w.LastCheck, w.LastSeen, w.NextCheck, w.LastResult, w.LastReason = now, now, now.Add(time.Second), watcher.Unchanged, "304 Not Modified"
		_, err := db.Record(b.Context(), watcher.Look{
			Watch: w, At: now, Took: 100 * time.Millisecond, Result: watcher.Unchanged,
			Steps: []watcher.Step{{Name: "fetch", Detail: "304, 0 KB in 0.1 s from 192.0.2.7:443"}, {Name: "body", Detail: "as it was"}},
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	if err := db.Flush(context.Background()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "looks/s")
}

func BenchmarkHeavyRecord(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 1)
	n := 0
	for b.Loop() {
		recordRevision(b, db, 1, n)
		n++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "looks/s")
}

func BenchmarkHistoryOf200Revisions(b *testing.B) {
	db := openStory(b, 200)
	for b.Loop() {
		if h, err := db.History(b.Context(), 1); err != nil || len(h) != 200 {
			b.Fatal(len(h), err)
		}
	}
}

func BenchmarkLatest(b *testing.B) {
	db := openStory(b, 30)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := db.Latest(b.Context(), 1); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkVerify200Revisions(b *testing.B) {
	db := openStory(b, 200)
	for b.Loop() {
		for c, err := range db.Verify(b.Context()) {
			if err != nil || c.Result == "failed" {
				b.Fatal(c, err)
			}
		}
	}
}
