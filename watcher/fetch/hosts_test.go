package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// starts takes n turns at each host at the same time and returns when each
// began, in order of beginning.
func starts(t *testing.T, hs *hosts, n int, took, crawlDelay time.Duration, names ...string) (began []time.Duration) {
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		zero = time.Now()
	)
	for _, name := range names {
		for range n {
			wg.Go(func() {
				done, err := hs.turn(t.Context(), name, crawlDelay)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				began = append(began, time.Since(zero))
				mu.Unlock()
				time.Sleep(took)
				done()
			})
		}
	}
	wg.Wait()
	return began
}

func TestTurns(t *testing.T) {
	const s = time.Second
	for _, tt := range []struct {
		name                 string
		interval, crawlDelay time.Duration
		parallel, n          int
		took                 time.Duration
		hosts                []string
		want                 []time.Duration
	}{
		{"starts are an interval apart", s, 0, 2, 4, 0, []string{"a.example"}, []time.Duration{0, s, 2 * s, 3 * s}},
		{"a longer crawl-delay counts", s, 5 * s, 2, 3, 0, []string{"a.example"}, []time.Duration{0, 5 * s, 10 * s}},
		{"a shorter crawl-delay does not", 2 * s, s, 2, 3, 0, []string{"a.example"}, []time.Duration{0, 2 * s, 4 * s}},
		{"slow answers wait for a free place", s, 0, 2, 4, 10 * s, []string{"a.example"}, []time.Duration{0, s, 10 * s, 11 * s}},
		{"one at a time", s, 0, 1, 3, 3 * s, []string{"a.example"}, []time.Duration{0, 3 * s, 6 * s}},
		{"no spacing", 0, 0, 3, 6, s, []string{"a.example"}, []time.Duration{0, 0, 0, s, s, s}},
		{"hosts do not wait for one another", s, 0, 2, 2, 0, []string{"a.example", "b.example"}, []time.Duration{0, 0, s, s}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hs := newHosts(tt.interval, tt.parallel)
				if got := starts(t, hs, tt.n, tt.took, tt.crawlDelay, tt.hosts...); fmt.Sprint(got) != fmt.Sprint(tt.want) {
					t.Errorf("turns began at %v, want %v", got, tt.want)
				}
			})
		})
	}
}

func TestATurnThatCannotComeInTimeIsRefusedAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(10*time.Second, 2)
		starts(t, hs, 1, 0, 0, "a.example")
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := hs.turn(ctx, "a.example", 0)
		var soon *tooSoonError
		if !errors.As(err, &soon) || soon.wait != 10*time.Second || time.Since(began) != 0 {
			t.Errorf("turn = %v after %s, want a refusal at once", err, time.Since(began))
		}
		// The refusal took nothing: the next turn comes as if it had not been.
		if got := starts(t, hs, 1, 0, 0, "a.example"); got[0] != 10*time.Second {
			t.Errorf("the next turn came after %s, want 10s", got[0])
		}
	})
}

func TestATurnGivenUpIsGivenBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(10*time.Second, 2)
		starts(t, hs, 1, 0, 0, "a.example")
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(4*time.Second, cancel)
		if _, err := hs.turn(ctx, "a.example", 0); !errors.Is(err, context.Canceled) {
			t.Errorf("turn = %v, want context.Canceled", err)
		}
		if got := starts(t, hs, 1, 0, 0, "a.example"); got[0] != 6*time.Second {
			t.Errorf("the next turn came after %s, want 6s", got[0])
		}
	})
}

func TestATurnGivenUpInTheQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(0, 1)
		done, err := hs.turn(t.Context(), "a.example", 0)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := hs.turn(ctx, "a.example", 0); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("turn = %v, want context.DeadlineExceeded", err)
		}
		done()
		if got := hs.byName["a.example"].users; got != 0 {
			t.Errorf("%d users are left, want none", got)
		}
	})
}

func TestAHostLeftAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(0, 2)
		hs.leaveAlone("a.example", time.Minute, http.StatusTooManyRequests)
		hs.leaveAlone("a.example", time.Second, http.StatusServiceUnavailable) // the longer wish holds
		_, err := hs.turn(t.Context(), "a.example", 0)
		var soon *tooSoonError
		if !errors.As(err, &soon) || soon.wait != time.Minute || soon.pause.status != 429 || !strings.Contains(err.Error(), "a.example answered 429") {
			t.Errorf("turn = %v", err)
		}
		if _, err := hs.turn(t.Context(), "b.example", 0); err != nil {
			t.Errorf("another host's turn = %v", err)
		}
		time.Sleep(time.Minute - maxPatience)
		if got := starts(t, hs, 2, 0, 0, "a.example"); got[0] != maxPatience || got[1] != maxPatience {
			t.Errorf("turns began after %v, want %s: a short wait is waited", got, maxPatience)
		}
	})
}

func TestAHostThatAsksWhileOthersWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(2*time.Second, 2)
		starts(t, hs, 1, 0, 0, "a.example")
		time.AfterFunc(time.Second, func() { hs.leaveAlone("a.example", time.Hour, 503) })
		_, err := hs.turn(t.Context(), "a.example", 0)
		var soon *tooSoonError
		if !errors.As(err, &soon) || soon.pause.status != 503 {
			t.Errorf("turn = %v, want the host's wish to be heard after the wait", err)
		}
	})
}

func TestTheTableOfHostsForgets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hs := newHosts(time.Second, 2)
		hs.leaveAlone("asked.example", time.Hour, 503)
		held, err := hs.turn(t.Context(), "busy.example", 0)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 10 * minSweep {
			done, err := hs.turn(t.Context(), fmt.Sprintf("host%d.example", i), 0)
			if err != nil {
				t.Fatal(err)
			}
			done()
			time.Sleep(10 * time.Millisecond)
		}
		if n := len(hs.byName); n > minSweep {
			t.Errorf("%d hosts are remembered, want %d at most", n, minSweep)
		}
		if hs.byName["asked.example"] == nil || hs.byName["busy.example"] == nil {
			t.Error("a host was forgotten that is in use or asked to be left alone")
		}
		held()
	})
}

func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	at := func(d time.Duration) string { return now.Add(d).Format(http.TimeFormat) }
	for _, tt := range []struct {
		name, value, date string
		want              time.Duration
	}{
		{"none", "", "", 0},
		{"seconds", "120", "", 2 * time.Minute},
		{"no seconds", "0", "", 0},
		{"a year", "31536000", "", maxRetryAfter},
		{"more seconds than can be counted", "99999999999999999999999", "", maxRetryAfter},
		{"less than none", "-5", "", 0},
		{"parts of a second", "1.5", "", 0},
		{"words", "soon", "", 0},
		{"a date", at(time.Minute), "", time.Minute},
		{"a date gone by", at(-time.Minute), "", 0},
		{"a date far off", at(9999 * time.Hour), "", maxRetryAfter},
		{"the server's clock is an hour ahead", at(61 * time.Minute), at(time.Hour), time.Minute},
		{"the server's clock is an hour late", at(-59 * time.Minute), at(-time.Hour), time.Minute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := http.Header{"Retry-After": {tt.value}, "Date": {tt.date}}
			if got := retryAfter(h, now); got != tt.want {
				t.Errorf("retryAfter(%q, Date %q) = %s, want %s", tt.value, tt.date, got, tt.want)
			}
		})
	}
}

func FuzzRetryAfter(f *testing.F) {
	f.Add("120", "")
	f.Add("Sun, 01 Mar 2026 12:00:00 GMT", "Sun, 01 Mar 2026 11:59:00 GMT")
	f.Fuzz(func(t *testing.T, value, date string) {
		got := retryAfter(http.Header{"Retry-After": {value}, "Date": {date}}, time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))
		if got < 0 || got > maxRetryAfter {
			t.Errorf("retryAfter(%q, %q) = %s", value, date, got)
		}
	})
}
