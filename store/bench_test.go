package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"stet/store/storetest"
	"stet/watcher"
)

// fillWatches adds n watches that are due in an hour.
func fillWatches(b testing.TB, db *DB, n int) {
	b.Helper()
	ws := make([]watcher.Watch, n)
	for i := range ws {
		address := fmt.Sprintf("https://outlet%d.example/2026/03/02/a-story-about-boats-%d", i%500, i)
		ws[i] = watcher.Watch{URL: address, Key: address, Tags: []string{"sea"}, Added: testTime, NextCheck: testTime.Add(time.Hour)}
	}
	if err := db.AddWatches(b.Context(), ws, nil); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkAddWatches(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		db := openTemp(b)
		b.StartTimer()
		fillWatches(b, db, 10_000)
	}
	b.ReportMetric(10_000*float64(b.N)/b.Elapsed().Seconds(), "watches/s")
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

// BenchmarkNoisyRecord is a look at a page of 160 KB with the same article and
// other bytes: the page and the outline are kept.
func BenchmarkNoisyRecord(b *testing.B) {
	db := openTemp(b)
	fillWatches(b, db, 1)
	recordRevision(b, db, 1, 0)
	page, outline := storetest.Page("number 0", ""), storetest.Outline(string(words(200, 3)))
	base := words(28_000, 1)
	page.Body = base
	n := 0
	for b.Loop() {
		n++
		at := testTime.Add(time.Duration(n) * time.Second)
		w, err := db.ClaimWatch(b.Context(), 1, at, time.Minute)
		if err != nil {
			b.Fatal(err)
		}
		l := watcher.Look{Watch: w, At: at, Capture: &page, KeepCapture: true, Outline: &outline}
		if n == 1 { // the first is the base of those to come
			l.Revision = &watcher.Revision{FirstSeen: at, Article: storetest.Story("number 0")}
		} else {
			page.Body = append(fmt.Appendf(nil, "advert %d ", n), base...)
		}
		if _, err := db.Record(b.Context(), l); err != nil {
			b.Fatal(err)
		}
	}
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
