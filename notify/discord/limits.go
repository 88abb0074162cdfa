package discord

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"stet/notify"
)

// maxHold is the longest that a request is held back for a limit that is
// known; for longer ones the delivery is given back.
const maxHold = 10 * time.Second

// perSecond is how many requests a second stet makes of Discord at most, a
// little under what it takes of a bot. Source: Rate Limits, Global Rate Limit
// (https://docs.discord.com/developers/topics/rate-limits).
const perSecond = 45

// Limits keeps to Discord's rate limits before they are hit: what the headers
// said of each route, and what stops all of them. Senders that share an
// address on the network share a Limits.
type Limits struct {
	pace *rate.Limiter

	mu     sync.Mutex
	global time.Time         // nothing is sent before
	bucket map[string]string // the route's bucket, once known
	state  map[string]window // by bucket and target, or by route until that is known
}

// A window is what is left of a limit until it is filled up again.
type window struct {
	remaining int
	reset     time.Time
}

// NewLimits returns limits of which nothing is known yet.
func NewLimits() *Limits {
	return &Limits{
		pace:   rate.NewLimiter(perSecond, perSecond),
		bucket: map[string]string{},
		state:  map[string]window{},
	}
}

// wait returns when a request to a route may be made, or a LaterError if that
// takes too long. The target is the channel or webhook the route is about.
func (l *Limits) wait(ctx context.Context, route, target string) error {
	for {
		until := l.take(route, target)
		hold := time.Until(until)
		if hold <= 0 {
			return l.pace.Wait(ctx)
		}
		if hold > maxHold {
			return &notify.LaterError{After: hold, Err: fmt.Errorf("the rate limit is used up for %s", hold.Round(time.Second))}
		}
		t := time.NewTimer(hold)
		select {
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		case <-t.C:
		}
	}
}

// take takes one request out of the route's window, or returns when there
// will be one.
func (l *Limits) take(route, target string) (until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := time.Now(); l.global.After(now) {
		return l.global
	}
	key := l.key(route, target)
	w, ok := l.state[key]
	switch {
	case !ok:
		return time.Time{}
	case !w.reset.After(time.Now()):
		delete(l.state, key)
		return time.Time{}
	case w.remaining <= 0:
		return w.reset
	}
	w.remaining--
	l.state[key] = w
	return time.Time{}
}

// key names a window: Discord's buckets are per target.
func (l *Limits) key(route, target string) string {
	if b := l.bucket[route]; b != "" {
		return b + " " + target
	}
	return route
}

// note takes in what a response says of the limits.
func (l *Limits) note(route, target string, status int, h http.Header, body []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if b := h.Get("X-RateLimit-Bucket"); b != "" {
		l.bucket[route] = b
	}
	remaining, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	after, err2 := strconv.ParseFloat(h.Get("X-RateLimit-Reset-After"), 64)
	if err == nil && err2 == nil {
		l.state[l.key(route, target)] = window{remaining, time.Now().Add(seconds(after))}
	}
	if status != http.StatusTooManyRequests {
		return
	}
	a := readAnswer(status, h, body)
	until := time.Now().Add(a.wait)
	if a.Global || a.Code == 0 && a.Message == "" { // no JSON: the address is banned
		l.global = until
		return
	}
	l.state[l.key(route, target)] = window{0, until}
}
