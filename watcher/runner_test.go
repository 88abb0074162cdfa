package watcher

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"stet/watcher/fetch"
	"stet/watcher/schedule"
)

// A line is a Queue and a Keeper of watches in memory.
type line struct {
	shelf
	mu       sync.Mutex
	watches  map[int64]Watch
	released []int64
	releases int // calls
}

func newLine(urls ...string) *line {
	l := &line{watches: map[int64]Watch{}}
	for i, u := range urls {
		id := int64(i + 1)
		l.watches[id] = Watch{ID: id, URL: u, Key: u, State: Active}
	}
	return l
}

func (q *line) Claim(_ context.Context, now time.Time, lease time.Duration, limit int) ([]Watch, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	var out []Watch
	for id := int64(1); id <= int64(len(q.watches)) && len(out) < limit; id++ {
		if w := q.watches[id]; !w.NextCheck.After(now) {
			held := w
			held.NextCheck = now.Add(lease)
			q.watches[id] = held
			out = append(out, w)
		}
	}
	return out, nil
}

func (q *line) ClaimWatch(context.Context, int64, time.Time, time.Duration) (Watch, error) {
	return Watch{}, ErrLeased
}

func (q *line) Release(_ context.Context, ws []Watch) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.releases++
	for _, w := range ws {
		q.released = append(q.released, w.ID)
		q.watches[w.ID] = w
	}
	return nil
}

func (q *line) Record(ctx context.Context, l Look) ([]Change, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.watches[l.Watch.ID] = l.Watch
	return nil, nil
}

// slow answers every request after a while, and counts how many it answers at once.
type slow struct {
	takes time.Duration
	mu    sync.Mutex
	now   map[string]int
	most  map[string]int
	count map[string]int
}

func newSlow(takes time.Duration) *slow {
	return &slow{takes: takes, now: map[string]int{}, most: map[string]int{}, count: map[string]int{}}
}

func (s *slow) Get(ctx context.Context, r fetch.Request) (*fetch.Capture, error) {
	h := host(r.URL)
	s.mu.Lock()
	s.now[h]++
	s.count[h]++
	s.most[h] = max(s.most[h], s.now[h])
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.now[h]--
		s.mu.Unlock()
	}()
	select {
	case <-time.After(s.takes):
	case <-ctx.Done():
		return nil, &fetch.Failure{Kind: fetch.FailTimeout, Err: ctx.Err()}
	}
	return nil, &fetch.Failure{Kind: fetch.FailRefused, Err: fmt.Errorf("nobody listens")}
}

// asked returns how often a host was asked, and by how many at most at once.
func (s *slow) asked(host string) (count, most int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count[host], s.most[host]
}

func newRunner(t *testing.T, q *line, f Fetcher) *Runner {
	t.Helper()
	spec, err := schedule.Parse("@every 1m", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return &Runner{Queue: q, Log: slog.New(slog.DiscardHandler), PerHost: 2, Workers: 8,
		Checker: &Checker{Fetch: f, Keep: q, Now: time.Now, Confirm: time.Minute, Schedule: Schedules{Default: spec}}}
}

func TestRunnerSpacesHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var urls []string
		for i := range 20 {
			urls = append(urls, fmt.Sprintf("https://busy.example/%d", i))
		}
		urls = append(urls, "https://calm.example/1")
		q, f := newLine(urls...), newSlow(time.Second)
		r := newRunner(t, q, f)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(2500 * time.Millisecond)
		if count, _ := f.asked("calm.example"); count != 1 {
			t.Errorf("the calm host was asked %d times while the busy one had a queue, want once", count)
		}
		if _, most := f.asked("busy.example"); most != 2 {
			t.Errorf("%d requests to one host at once, want 2", most)
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
		looked, _ := f.asked("busy.example")
		if looked+len(q.released) != 20 {
			t.Errorf("%d looked at and %d given back, want all 20 to be one or the other", looked, len(q.released))
		}
	})
}

func TestRunnerGivesALateLaneBackInOneGo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var urls []string
		for i := range 100 {
			urls = append(urls, fmt.Sprintf("https://busy.example/%d", i))
		}
		q, f := newLine(urls...), newSlow(3*time.Second)
		r := newRunner(t, q, f)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(startWithin + 4*time.Second) // two lanes have made some 14 looks
		q.mu.Lock()
		if q.releases == 0 || q.releases > 2 || len(q.released) < 80 {
			t.Errorf("%d watches were given back in %d goes, want the rest of 100 in one for each lane at most", len(q.released), q.releases)
		}
		q.mu.Unlock()
		time.Sleep(10 * time.Second)
		if count, _ := f.asked("busy.example"); count < 18 {
			t.Errorf("%d looks after 34 s, want those given back to be claimed again", count)
		}
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
}

func TestRunnerStopsInTime(t *testing.T) {
	defer goleak.VerifyNone(t)
	synctest.Test(t, func(t *testing.T) {
		q, f := newLine("https://stuck.example/1"), newSlow(time.Hour)
		r := newRunner(t, q, f)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- r.Run(ctx) }()
		time.Sleep(time.Second)
		cancel()
		start := time.Now()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
		if took := time.Since(start); took > 8*time.Second {
			t.Errorf("stopping took %v with a look that hangs, want at most 8 s", took)
		}
		if len(q.released) != 1 {
			t.Errorf("%d watches given back, want the one whose look was broken off", len(q.released))
		}
	})
}

func TestRetryComesEverLater(t *testing.T) {
	spec, err := schedule.Parse("@every 6h", time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	s := Schedules{Default: spec}
	at := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	last := time.Duration(0)
	for troubles := 1; troubles <= 12; troubles++ {
		wait := s.Retry(Watch{Key: "courier.example/quay", Troubles: troubles}, at, Failed).Sub(at)
		if wait < last/2 || wait > retryMost+retryMost/8 {
			t.Errorf("after %d troubles the next look comes after %v, which was %v before", troubles, wait, last)
		}
		last = wait
	}
	if first := s.Retry(Watch{Troubles: 1}, at, Failed).Sub(at); first < retryFirst || first > 2*retryFirst {
		t.Errorf("the first retry comes after %v, want about %v", first, retryFirst)
	}
	if refused := s.Retry(Watch{Troubles: 1}, at, Refused).Sub(at); refused < retryRefused {
		t.Errorf("a refused watch is asked again after %v, want at least %v", refused, retryRefused)
	}
}
