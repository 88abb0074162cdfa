package storetest

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"stet/watcher"
)

// claimDue claims what is due and returns the ids, in the order they came.
func claimDue(t testing.TB, s Store, at time.Time, limit int) []int64 {
	t.Helper()
	ws, err := s.Claim(t.Context(), at, lease, limit)
	if err != nil {
		t.Fatalf("Claim: %v", err)
	}
	ids := []int64{}
	for _, w := range ws {
		ids = append(ids, w.ID)
	}
	return ids
}

// wantDue fails the test unless a claim hands out just these watches.
func wantDue(t testing.TB, s Store, when string, at time.Time, want ...int64) {
	t.Helper()
	if got := claimDue(t, s, at, 100); !slices.Equal(got, want) {
		t.Errorf("%s Claim hands out %v, want %v", when, got, want)
	}
}

var queueTests = []test{
	{"what is due longest goes first, as many as asked for", func(t *testing.T, s Store) {
		var ids []int64
		for i, due := range []time.Duration{0, -time.Second, time.Second, -time.Minute, -time.Hour} {
			w := add(t, s, fmt.Sprintf("https://harbour.example/%d", i))
			w.NextCheck = morning.Add(due)
			if err := s.SetWatch(t.Context(), w); err != nil {
				t.Fatal(err)
			}
			ids = append(ids, w.ID)
		}
		if got, want := claimDue(t, s, morning, 2), []int64{ids[4], ids[3]}; !slices.Equal(got, want) {
			t.Errorf("the first Claim hands out %v, want %v", got, want)
		}
		wantDue(t, s, "the second", morning, ids[1], ids[0])
		wantDue(t, s, "the third", morning)
	}},
	{"a claimed watch is handed out again when its lease is over", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		wantDue(t, s, "the first", morning, w.ID)
		wantDue(t, s, "a second before the end", morning.Add(lease-time.Second))
		wantDue(t, s, "at the end", morning.Add(lease), w.ID)
	}},
	{"each claim has a lease of its own", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		one, two := claim(t, s, w.ID, morning), claim(t, s, w.ID, morning.Add(lease))
		if two.Lease <= one.Lease {
			t.Errorf("leases %d, then %d", one.Lease, two.Lease)
		}
	}},
	{"paused and removed watches are not due", func(t *testing.T, s Store) {
		for i, state := range []watcher.State{watcher.Paused, watcher.Removed} {
			w := add(t, s, fmt.Sprintf("https://harbour.example/%d", i))
			if err := s.SetState(t.Context(), w.ID, state, morning); err != nil {
				t.Fatal(err)
			}
		}
		wantDue(t, s, "a", morning.Add(24*time.Hour))
	}},
	{"a resumed watch is due when it was said to be", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		for _, state := range []watcher.State{watcher.Paused, watcher.Active} {
			if err := s.SetState(t.Context(), w.ID, state, morning.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
		}
		wantDue(t, s, "too early, a", morning.Add(time.Hour-1e6))
		wantDue(t, s, "then a", morning.Add(time.Hour), w.ID)
	}},
	{"a released watch is due when it was before", func(t *testing.T, s Store) {
		w, other := add(t, s, "https://harbour.example/boats"), add(t, s, "https://harbour.example/nets")
		ws, err := s.Claim(t.Context(), morning, lease, 10)
		if err != nil || len(ws) != 2 {
			t.Fatalf("Claim = %d watches, %v", len(ws), err)
		}
		if err := s.Release(t.Context(), ws[:1]); err != nil {
			t.Fatal(err)
		}
		wantDue(t, s, "the next", morning, w.ID)
		if err := s.Release(t.Context(), ws); err != nil { // the first one's lease is lost by now
			t.Fatal(err)
		}
		wantDue(t, s, "the last", morning, other.ID)
	}},
	{"a postponed watch is due when it was postponed to", func(t *testing.T, s Store) {
		w := claim(t, s, add(t, s, "https://harbour.example/boats").ID, morning)
		w.NextCheck = morning.Add(time.Hour)
		if err := s.Release(t.Context(), []watcher.Watch{w}); err != nil {
			t.Fatal(err)
		}
		wantDue(t, s, "too early, a", morning.Add(time.Hour-1e6))
		wantDue(t, s, "then the", morning.Add(time.Hour), w.ID)
	}},
	{"one watch can be claimed before it is due, and while it is paused", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		if err := s.SetState(t.Context(), w.ID, watcher.Paused, morning); err != nil {
			t.Fatal(err)
		}
		claim(t, s, w.ID, morning.Add(-time.Hour))
	}},
	{"a watch that is being looked at is leased", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		claim(t, s, w.ID, morning)
		if _, err := s.ClaimWatch(t.Context(), w.ID, morning, lease); !errors.Is(err, watcher.ErrLeased) {
			t.Errorf("ClaimWatch: %v, want ErrLeased", err)
		}
		wantDue(t, s, "meanwhile a", morning)
	}},
	{"a removed watch cannot be claimed", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		if err := s.SetState(t.Context(), w.ID, watcher.Removed, morning); err != nil {
			t.Fatal(err)
		}
		if _, err := s.ClaimWatch(t.Context(), w.ID, morning, lease); !errors.Is(err, watcher.ErrNoWatch) {
			t.Errorf("ClaimWatch: %v, want ErrNoWatch", err)
		}
	}},
	{"of several who claim at once, each gets other watches", func(t *testing.T, s Store) {
		const many = 200
		for i := range many {
			add(t, s, fmt.Sprintf("https://harbour.example/%d", i))
		}
		var mu sync.Mutex
		var all []int64
		var claimers sync.WaitGroup
		for range 8 {
			claimers.Go(func() {
				for {
					ids := claimDue(t, s, morning, 7)
					if len(ids) == 0 {
						return
					}
					mu.Lock()
					all = append(all, ids...)
					mu.Unlock()
				}
			})
		}
		claimers.Wait()
		slices.Sort(all)
		if distinct := len(slices.Compact(slices.Clone(all))); len(all) != many || distinct != many {
			t.Errorf("%d claims of %d watches, want %d of %d", len(all), distinct, many, many)
		}
	}},
}
