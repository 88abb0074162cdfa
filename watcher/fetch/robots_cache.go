package fetch

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Limits of RFC 9309: at least 500 KiB are to be read (2.5), at least five
// redirects followed (2.3.1.2), a copy is not used for more than 24 h (2.4)
// unless the file is unreachable, and a file that has been that for 30 days may
// be taken for none (2.3.1.4).
const (
	maxRobots          = 500 << 10
	maxRobotsRedirects = 5
	robotsLifetime     = 24 * time.Hour
	maxUnreachable     = 30 * 24 * time.Hour

	// robotsRetry is the time from one try of an unreachable robots.txt to the next.
	robotsRetry = time.Minute
	// maxRobotsMemory bounds what the rules of all hosts together take, in bytes.
	maxRobotsMemory = 32 << 20
)

// robots keeps the rules of each origin (scheme, host and port), those used
// last.
type robots struct {
	client *Client
	bodies *bodies

	mu      sync.Mutex
	kept    map[string]*list.Element // of *robotsEntry, by origin
	recent  *list.List               // used last first
	memory  int                      // sum of the entries' sizes
	flights map[string]*robotsFlight // by origin
}

// A robotsEntry is what an origin's robots.txt said.
type robotsEntry struct {
	origin string
	rules  *robotsRules // nil where it never answered
	until  time.Time    // when to ask again
	down   *Failure     // why there are no rules
	since  time.Time    // when it first was down
}

// A robotsFlight is one reading of a robots.txt, which all who want it share.
type robotsFlight struct {
	done    chan struct{} // closed when the rest is set
	entry   *robotsEntry
	failure *Failure
}

func newRobots(c *Client) *robots {
	return &robots{
		client:  c,
		bodies:  &bodies{max: maxRobots},
		kept:    make(map[string]*list.Element),
		recent:  list.New(),
		flights: make(map[string]*robotsFlight),
	}
}

// rulesFor returns the rules for a URL's origin, or why nothing of it is to be
// fetched now.
//
// A robots.txt that is not there (4xx) allows everything. One whose server
// fails (5xx, and 429, which says "not now" rather than "no such file") forbids
// everything until it answers; if it was read before, that copy goes on to be
// used, and after 30 days of failures, counted from this process's first try,
// it is taken for not there. If the server cannot be reached at all, nor can
// the page, and the Failure is the one that the page would have met.
func (rs *robots) rulesFor(ctx context.Context, u *url.URL) (*robotsRules, *Failure) {
	origin := u.Scheme + "://" + u.Host
	entry, flight := rs.find(origin)
	if flight != nil {
		select {
		case <-flight.done:
		case <-ctx.Done():
			return nil, turnFailure(ctx.Err())
		}
		if flight.failure != nil {
			return nil, flight.failure
		}
		entry = flight.entry
	}
	if entry.rules == nil {
		return nil, entry.down
	}
	return entry.rules, nil
}

// find returns the origin's entry, or, if there is none that still holds, the
// flight that brings it. The flight is not its caller's: if the Get that
// started it is called off, others still want its answer.
func (rs *robots) find(origin string) (*robotsEntry, *robotsFlight) {
	rs.mu.Lock()
	defer rs.mu.Unlock()
	var old *robotsEntry
	if e := rs.kept[origin]; e != nil {
		rs.recent.MoveToFront(e)
		if old = e.Value.(*robotsEntry); time.Now().Before(old.until) {
			return old, nil
		}
	}
	flight := rs.flights[origin]
	if flight == nil {
		flight = &robotsFlight{done: make(chan struct{})}
		rs.flights[origin] = flight
		rs.client.background.Go(func() { rs.fly(origin, old, flight) })
	}
	return nil, flight
}

func (rs *robots) fly(origin string, old *robotsEntry, flight *robotsFlight) {
	defer close(flight.done)
	flight.entry, flight.failure = rs.update(rs.client.living, origin, old)
	rs.mu.Lock()
	defer rs.mu.Unlock()
	delete(rs.flights, origin)
	if flight.failure == nil {
		rs.keep(flight.entry)
	}
}

// update asks for the origin's robots.txt and returns what holds from now on.
func (rs *robots) update(ctx context.Context, origin string, old *robotsEntry) (*robotsEntry, *Failure) {
	text, failure := rs.read(ctx, origin)
	now := time.Now()
	entry := &robotsEntry{origin: origin, until: now.Add(robotsLifetime), since: now}
	if old != nil && old.down != nil {
		entry.since = old.since
	}
	switch {
	case failure == nil:
		entry.rules = parseRobots(text, rs.products(origin)...)
		return entry, nil
	case notThere(failure):
		entry.rules = &robotsRules{}
		return entry, nil
	}
	rs.client.log.Info("robots.txt cannot be read", "origin", origin, "err", failure.Err)
	entry.until = now.Add(robotsRetry)
	switch {
	case old != nil && old.rules != nil:
		entry.rules = old.rules
	case !serverFails(failure):
		return nil, failure
	case now.Sub(entry.since) >= maxUnreachable:
		entry.rules, entry.down = &robotsRules{}, failure
	default:
		entry.down = &Failure{
			Kind: FailRobots, Status: failure.Status, RetryAfter: failure.RetryAfter,
			Err: fmt.Errorf("%s/robots.txt answered %d, and until it can be read nothing of the site is fetched (RFC 9309). To fetch it all the same, set respect_robots = false under [fetch]", origin, failure.Status),
		}
	}
	return entry, nil
}

// products returns the tokens that an origin's rules are looked up by, the
// first that a group names: that of the name stet gives itself there, then
// that of its usual name, so that another name for one site is no way around
// rules that were written for stet.
func (rs *robots) products(origin string) []string {
	usual := productToken(rs.client.opts.UserAgent)
	u, err := url.Parse(origin)
	if err != nil {
		return []string{usual}
	}
	return []string{productToken(rs.client.userAgent(u.Hostname())), usual}
}

// notThere reports whether a site has no robots.txt, or one that redirects
// to nowhere.
func notThere(f *Failure) bool {
	return f.Kind == FailClientError && f.Status != http.StatusTooManyRequests || f.Kind == FailRedirect
}

// serverFails reports whether a server answered, and only said that it cannot.
func serverFails(f *Failure) bool {
	var soon *tooSoonError
	return f.Status != 0 && !errors.As(f.Err, &soon)
}

// read fetches a robots.txt.
func (rs *robots) read(ctx context.Context, origin string) ([]byte, *Failure) {
	u, err := url.Parse(origin + "/robots.txt")
	if err != nil {
		return nil, urlFailure(FailURL, err)
	}
	for range maxRobotsRedirects + 1 {
		text, location, failure := rs.visit(ctx, u)
		if failure != nil || location == "" {
			return text, failure
		}
		if u, failure = rs.client.redirect(u, location); failure != nil {
			return nil, ofRobots(failure)
		}
	}
	return nil, &Failure{Kind: FailRedirect, Err: errors.New("its robots.txt redirects in circles")}
}

// visit makes one request when its host's turn comes.
func (rs *robots) visit(ctx context.Context, u *url.URL) (text []byte, location string, failure *Failure) {
	c := rs.client
	done, err := c.hosts.turn(ctx, u.Hostname(), 0)
	if err != nil {
		return nil, "", turnFailure(err)
	}
	defer done()
	ctx, cancel := context.WithTimeout(ctx, c.opts.Timeout)
	defer cancel()
	answer, err := c.send(c.newRequest(ctx, u), false)
	if err != nil {
		return nil, "", c.failure(err, u)
	}
	defer answer.Body.Close()
	switch status := answer.StatusCode; {
	case isRedirect(status):
		drain(answer.Body)
		return nil, answer.Header.Get("Location"), nil
	case status >= 400:
		drain(answer.Body)
		return nil, "", c.statusFailure(answer, u.Hostname())
	}
	// A Content-Length over the limit is no reason not to read up to it.
	text, err = rs.bodies.read(answer.Body, -1, answer.Header["Content-Encoding"])
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, "", ofRobots(c.bodyFailure(err, u))
	}
	return text, "", nil
}

// ofRobots says that a failure is not the page's own.
func ofRobots(f *Failure) *Failure {
	f.Err = fmt.Errorf("the site's robots.txt cannot be read, so the page was not asked for: %w", f.Err)
	return f
}

// keep puts an entry in front, and drops those used least recently where all
// together take too much memory.
func (rs *robots) keep(entry *robotsEntry) {
	if e := rs.kept[entry.origin]; e != nil {
		rs.drop(e)
	}
	rs.kept[entry.origin] = rs.recent.PushFront(entry)
	rs.memory += entry.size()
	for rs.memory > maxRobotsMemory && rs.recent.Len() > 1 {
		rs.drop(rs.recent.Back())
	}
}

func (rs *robots) drop(e *list.Element) {
	entry := rs.recent.Remove(e).(*robotsEntry)
	delete(rs.kept, entry.origin)
	rs.memory -= entry.size()
}

// size is about what an entry takes, in bytes.
func (e *robotsEntry) size() int {
	const fixed, perRule = 500, 24
	n := fixed + len(e.origin)
	if e.rules != nil {
		for _, rule := range e.rules.rules {
			n += perRule + len(rule.pattern)
		}
	}
	return n
}
