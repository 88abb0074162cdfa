package storetest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// refused fails the test unless recording l is refused for its lease.
func refused(t testing.TB, s Store, l watcher.Look) {
	t.Helper()
	if _, err := s.Record(t.Context(), l); !errors.Is(err, watcher.ErrLeaseLost) {
		t.Errorf("Record: %v, want ErrLeaseLost", err)
	}
}

// wantChecks fails the test unless a watch counts so many checks and its story
// so many revisions.
func wantChecks(t testing.TB, s Store, id, checks int64, revisions int) {
	t.Helper()
	w, err := s.Watch(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	h, err := s.History(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if w.Checks != checks || len(h) != revisions {
		t.Errorf("watch %d has %d checks and %d revisions, want %d and %d", id, w.Checks, len(h), checks, revisions)
	}
}

var lookTests = []test{
	{"a look is read back with its watch as it was recorded", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.Watch.ETag, l.Watch.LastModified, l.Watch.BodyHash = `"x"`, "Mon, 02 Mar 2026 07:00:00 GMT", [32]byte{9, 8}
		l.Watch.Stamp, l.Watch.Modified = "Updated 07:00", time.Date(2026, 3, 2, 8, 0, 0, 0, time.FixedZone("", 3600))
		l.Watch.Published, l.Watch.FinalURL = time.Date(2026, 3, 1, 6, 30, 0, 0, time.FixedZone("", -7200)), "https://harbour.example/boats?full"
		l.Watch.LastFailure, l.Watch.Troubles, l.Watch.LastResult = fetch.FailTimeout, 1, watcher.Failed
		l.Watch.Gone, l.Watch.MovedTo = true, "https://harbour.example/boats-2"
		l.Watch.Pending = watcher.Pending{Reason: "half of it is missing", Sign: "x1", Since: morning, Turns: 2}
		l.Watch.Walls, l.Watch.StampChanged = 2, morning
		l.Watch.Shown = time.Date(2026, 3, 2, 7, 0, 0, 0, time.FixedZone("", 3600))
		l.Watch.Hidden = []article.Stamp{{Source: article.FromJSONLD, Time: l.Watch.Modified}, {Source: article.FromHeader, Time: morning}}
		record(t, s, l)
		got, err := s.Watch(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "the watch", got, l.Watch)
		steps, at, err := s.Steps(t.Context(), w.ID)
		if err != nil || !at.Equal(morning) {
			t.Errorf("Steps are of %v, %v, want %v", at, err, morning)
		}
		wantJSON(t, "Steps", steps, l.Steps)
	}},
	{"a time of a page's that cannot be written down is none", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.Watch.Modified = time.Date(123456, 1, 1, 0, 0, 0, 0, time.UTC)
		l.Watch.Shown, l.Watch.Hidden = l.Watch.Modified, []article.Stamp{{Source: article.FromMeta, Time: l.Watch.Modified}}
		record(t, s, l)
		if got, err := s.Watch(t.Context(), w.ID); err != nil || !got.Modified.IsZero() || !got.Shown.IsZero() || len(got.Hidden) > 0 {
			t.Errorf("Modified = %v, Shown = %v, Hidden = %v, %v, want none", got.Modified, got.Shown, got.Hidden, err)
		}
	}},
	{"a watch that was never looked at has no steps", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		if steps, at, err := s.Steps(t.Context(), w.ID); err != nil || steps != nil || !at.IsZero() {
			t.Errorf("Steps = %v, %v, %v", steps, at, err)
		}
	}},
	{"a look that found nothing is there when it is asked for", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		record(t, s, look(claim(t, s, w.ID, morning), morning))
		wantChecks(t, s, w.ID, 1, 0)
		claim(t, s, w.ID, morning) // its lease is over
	}},
	{"a look that found nothing is written soon by itself", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		record(t, s, look(claim(t, s, w.ID, morning), morning))
		for range 100 { // WatchByKey does not ask for what waits
			if got, err := s.WatchByKey(t.Context(), w.Key); err != nil || got.Checks == 1 {
				return
			}
			time.Sleep(50 * time.Millisecond)
		}
		t.Error("it was not written within 5 s")
	}},
	{"a look whose watch was claimed again is refused", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		late := claim(t, s, w.ID, morning)
		claim(t, s, w.ID, morning.Add(lease))
		refused(t, s, look(late, morning))
		l := withRevision(look(late, morning), "two")
		l.News = "it was late"
		refused(t, s, l)
		wantChecks(t, s, w.ID, 0, 0)
		if news, err := s.Outbox().UnroutedNews(t.Context(), 10); err != nil || len(news) != 0 {
			t.Errorf("news of a refused look: %v, %v", news, err)
		}
	}},
	{"a look may be late if nobody claimed its watch since", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		record(t, s, withRevision(look(claim(t, s, w.ID, morning), morning.Add(10*lease)), "two"))
		wantChecks(t, s, w.ID, 1, 1)
	}},
	{"a look is recorded once", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := withRevision(look(claim(t, s, w.ID, morning), morning), "two")
		record(t, s, l)
		refused(t, s, l)
		light := look(claim(t, s, w.ID, morning), morning)
		record(t, s, light)
		refused(t, s, light) // it waits
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		refused(t, s, light) // it was written
		wantChecks(t, s, w.ID, 2, 1)
	}},
	{"a look whose watch was paused or removed meanwhile is refused", func(t *testing.T, s Store) {
		for i, state := range []watcher.State{watcher.Paused, watcher.Removed} {
			w := add(t, s, fmt.Sprintf("https://harbour.example/%d", i))
			w = claim(t, s, w.ID, morning)
			if err := s.SetState(t.Context(), w.ID, state, morning); err != nil {
				t.Fatal(err)
			}
			refused(t, s, look(w, morning))
			refused(t, s, withRevision(look(w, morning), "two"))
			wantChecks(t, s, w.ID, 0, 0)
		}
	}},
	{"a schedule set meanwhile keeps its next check", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		w.Schedule, w.NextCheck = "@every 5m", morning.Add(5*time.Minute)
		if err := s.SetWatch(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		wantDue(t, s, "while it is looked at, a", morning.Add(lease-1))
		record(t, s, l)
		if err := s.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		wantDue(t, s, "too early, a", morning.Add(4*time.Minute))
		wantDue(t, s, "then a", morning.Add(5*time.Minute), w.ID)
	}},
	{"news for the operator comes with its watch", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.News = "three failed checks in a row"
		record(t, s, l)
		news, err := s.Outbox().UnroutedNews(t.Context(), 10)
		if err != nil || len(news) != 1 {
			t.Fatalf("UnroutedNews = %v, %v", news, err)
		}
		if n := news[0]; n.Watch != w.ID || n.URL != w.URL || n.Text != l.News || !n.At.Equal(morning) || n.ID == 0 {
			t.Errorf("UnroutedNews = %+v", n)
		}
	}},
	{"looks from many at once are all kept", func(t *testing.T, s Store) {
		const many, rounds = 150, 5
		var ids []int64
		for i := range many {
			ids = append(ids, add(t, s, fmt.Sprintf("https://harbour.example/%d", i)).ID)
		}
		var lookers sync.WaitGroup
		for part := range 6 {
			lookers.Go(func() {
				for round := range rounds {
					for i := part; i < many; i += 6 {
						at := morning.Add(time.Duration(round) * time.Hour)
						l := look(claim(t, s, ids[i], at), at)
						if i%10 == 0 {
							l = withRevision(l, fmt.Sprint(round))
							l.Changes = []compare.Change{edit(fmt.Sprint(round-1), fmt.Sprint(round))}
						}
						record(t, s, l)
					}
				}
			})
		}
		lookers.Wait()
		for i, id := range ids {
			revisions := 0
			if i%10 == 0 {
				revisions = rounds
			}
			wantChecks(t, s, id, rounds, revisions)
		}
		wantSound(t, s, rounds*many/10)
	}},
}
