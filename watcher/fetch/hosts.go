package fetch

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

const (
	// maxPatience is the longest that Get waits out a Retry-After itself.
	// For longer ones it answers at once, and the watch comes back later.
	maxPatience = 5 * time.Second
	// maxRetryAfter bounds what a server may ask for.
	maxRetryAfter = 24 * time.Hour
	// maxCrawlDelay bounds what a robots.txt may ask for. Real ones ask for
	// 1 to 60 seconds.
	maxCrawlDelay = 10 * time.Minute
	// minSweep is the least number of hosts worth sweeping the table for.
	minSweep = 1024
)

// hosts spaces the requests to each host: at most parallel at a time, their
// starts at least interval or the host's crawl-delay apart, and none while
// the host asked to be left alone. A host is a name, whatever the port.
type hosts struct {
	interval time.Duration
	parallel int

	mu      sync.Mutex
	byName  map[string]*host
	sweepAt int // sweep when the table has this many
}

// A host is what is remembered of one host, while there is need to.
type host struct {
	slots chan struct{} // one element for each request under way
	users int           // Gets that hold or await a slot
	next  time.Time     // the earliest start of the next request
	pause pause
}

// A pause is a host's wish to be left alone.
type pause struct {
	until  time.Time
	status int // of the answer that asked for it
}

func newHosts(interval time.Duration, parallel int) *hosts {
	return &hosts{interval: interval, parallel: parallel, byName: make(map[string]*host), sweepAt: minSweep}
}

// A tooSoonError says that a host's turn does not come in time.
type tooSoonError struct {
	pause pause         // what the host asked for, or zero where it is only spacing
	wait  time.Duration // until then
	text  string
}

func (e *tooSoonError) Error() string { return e.text }

// turn waits until a request to the named host may start, and returns what to
// call when it has ended. It returns a *tooSoonError at once if the host
// asked to be left alone for longer than maxPatience, or if ctx would end
// before the turn comes.
func (hs *hosts) turn(ctx context.Context, name string, crawlDelay time.Duration) (done func(), err error) {
	h := hs.enter(name)
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		hs.leave(h)
		return nil, ctx.Err()
	}
	done = func() {
		<-h.slots
		hs.leave(h)
	}
	if err := hs.awaitStart(ctx, name, h, max(hs.interval, crawlDelay)); err != nil {
		done()
		return nil, err
	}
	return done, nil
}

// awaitStart takes the host's next start and waits for it. A host may ask to
// be left alone during the wait, so that is looked at again after it.
func (hs *hosts) awaitStart(ctx context.Context, name string, h *host, interval time.Duration) error {
	for {
		now := time.Now()
		start, err := hs.reserve(ctx, name, h, now, interval)
		if err != nil || !start.After(now) {
			return err
		}
		timer := time.NewTimer(start.Sub(now))
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			hs.giveBack(h, start, interval)
			return ctx.Err()
		}
		if !hs.paused(h) {
			return nil
		}
	}
}

// reserve returns the start that it took.
func (hs *hosts) reserve(ctx context.Context, name string, h *host, now time.Time, interval time.Duration) (time.Time, error) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if wait := h.pause.until.Sub(now); wait > maxPatience || wait > 0 && endsWithin(ctx, now, wait) {
		return time.Time{}, &tooSoonError{h.pause, wait, fmt.Sprintf(
			"%s answered %d and asked to be left alone until %s; no request was made",
			name, h.pause.status, h.pause.until.UTC().Format(time.RFC3339))}
	}
	start := now
	for _, t := range []time.Time{h.next, h.pause.until} {
		if t.After(start) {
			start = t
		}
	}
	if wait := start.Sub(now); wait > 0 && endsWithin(ctx, now, wait) {
		return time.Time{}, &tooSoonError{wait: wait, text: fmt.Sprintf(
			"requests to %s are kept %s apart, and its next turn comes only in %s; no request was made",
			name, interval, wait.Round(time.Millisecond))}
	}
	h.next = start.Add(interval)
	return start, nil
}

// endsWithin reports whether ctx's deadline comes before wait is over.
func endsWithin(ctx context.Context, now time.Time, wait time.Duration) bool {
	deadline, ok := ctx.Deadline()
	return ok && deadline.Before(now.Add(wait))
}

// giveBack returns a start that was not used, unless others queue behind it.
func (hs *hosts) giveBack(h *host, start time.Time, interval time.Duration) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if h.next.Equal(start.Add(interval)) {
		h.next = start
	}
}

func (hs *hosts) paused(h *host) bool {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	return h.pause.until.After(time.Now())
}

// leaveAlone keeps requests from the named host for a while, as it asked.
func (hs *hosts) leaveAlone(name string, wait time.Duration, status int) {
	h := hs.enter(name)
	defer hs.leave(h)
	hs.mu.Lock()
	defer hs.mu.Unlock()
	if until := time.Now().Add(wait); until.After(h.pause.until) {
		h.pause = pause{until, status}
	}
}

func (hs *hosts) enter(name string) *host {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h := hs.byName[name]
	if h == nil {
		hs.sweep()
		h = &host{slots: make(chan struct{}, hs.parallel)}
		hs.byName[name] = h
	}
	h.users++
	return h
}

func (hs *hosts) leave(h *host) {
	hs.mu.Lock()
	defer hs.mu.Unlock()
	h.users--
}

// sweep forgets the hosts that nobody uses and whose times are past. What
// stays is bounded by the requests of the last maxRetryAfter.
func (hs *hosts) sweep() {
	if len(hs.byName) < hs.sweepAt {
		return
	}
	now := time.Now()
	for name, h := range hs.byName {
		if h.users == 0 && !h.next.After(now) && !h.pause.until.After(now) {
			delete(hs.byName, name)
		}
	}
	hs.sweepAt = max(minSweep, 2*len(hs.byName))
}

// retryAfter returns what a Retry-After header asks for, from 0 to
// maxRetryAfter: seconds, or a date, which is measured from the answer's own
// Date so that the two clocks need not agree (RFC 9110, 10.2.3).
func retryAfter(h http.Header, now time.Time) time.Duration {
	value := h.Get("Retry-After")
	if value == "" {
		return 0
	}
	if seconds, ok := parseSeconds(value); ok {
		return min(time.Duration(seconds)*time.Second, maxRetryAfter)
	}
	at, err := http.ParseTime(value)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return min(max(at.Sub(now), 0), maxRetryAfter)
}

// parseSeconds reads a whole number of seconds; one too large to count is a
// year.
func parseSeconds(s string) (seconds int64, ok bool) {
	const year = 365 * 24 * 60 * 60
	if s == "" {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		seconds = min(seconds*10+int64(s[i]-'0'), year)
	}
	return seconds, true
}
