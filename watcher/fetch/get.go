package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptrace"
	"net/url"
	"slices"
	"time"
)

// Get fetches one page. The error is a *Failure; the Capture is there whenever
// a server answered, with as much of the body as came within the limits.
//
// Each redirect is a request like the first: judged by the guard and by
// robots.txt, and started when its host's turn comes. Get awaits that turn
// as long as ctx lives. While a host asked by Retry-After to be left alone,
// Get waits if that is for 5 s at most, and else answers at once with the
// status that the host gave then and the rest of the time; it also answers at
// once when ctx would end before the turn comes.
func (c *Client) Get(ctx context.Context, r Request) (*Capture, error) {
	g := &get{client: c, request: r, budget: c.opts.Timeout}
	failure := g.follow(ctx)
	if failure == nil {
		return g.capture, nil
	}
	named := *failure // others may have met the same one
	named.URL = Redact(r.URL)
	return g.capture, &named
}

// A get is one Get under way.
type get struct {
	client  *Client
	request Request
	budget  time.Duration  // of network time that is left
	visited []string       // what has redirected
	jar     *cookiejar.Jar // nil before the first redirect that sets a cookie
	capture *Capture       // nil before the first answer
}

// follow makes the request and those that redirects lead to.
func (g *get) follow(ctx context.Context) *Failure {
	u, err := g.client.ParseURL(g.request.URL)
	if err != nil {
		return urlFailure(FailURL, err)
	}
	u.Fragment, u.RawFragment = "", "" // for readers, not for servers
	movedTo, permanent := "", true
	for range maxRedirects + 1 {
		location, failure := g.visit(ctx, u)
		if g.capture != nil {
			g.capture.MovedTo = movedTo
		}
		if failure != nil || location == "" {
			return failure
		}
		g.visited = append(g.visited, u.String())
		if u, failure = g.client.redirect(u, location); failure != nil {
			return failure
		}
		if g.jar == nil && slices.Contains(g.visited, u.String()) {
			break // only a cookie could make a difference
		}
		if status := g.capture.Status; status != http.StatusMovedPermanently && status != http.StatusPermanentRedirect {
			permanent = false
		}
		if permanent {
			movedTo = u.String()
		}
	}
	return &Failure{Kind: FailRedirect, Err: fmt.Errorf("%d redirects lead in circles, the last to %s", len(g.visited), clip(Redact(u.String()), 200))}
}

// urlFailure says why a URL is not fetched.
func urlFailure(kind FailureKind, err error) *Failure {
	var guarded *guardError
	if errors.As(err, &guarded) {
		kind = FailGuard
	}
	return &Failure{Kind: kind, Err: err}
}

// redirect returns the URL that a Location header leads to.
func (c *Client) redirect(from *url.URL, location string) (*url.URL, *Failure) {
	to, err := from.Parse(location)
	if err != nil {
		return nil, &Failure{Kind: FailRedirect, Err: errors.New("the server redirects to what is no address")}
	}
	to.Fragment, to.RawFragment = "", ""
	to.RawQuery = escapeQuery(to.RawQuery)
	next, err := c.ParseURL(to.String())
	if err != nil {
		return nil, urlFailure(FailRedirect, fmt.Errorf("the server redirects to an address that stet does not fetch: %w", err))
	}
	return next, nil
}

// visit makes one request when its host's turn comes. It sets the capture, and
// returns where the answer redirects to, or "".
func (g *get) visit(ctx context.Context, u *url.URL) (location string, failure *Failure) {
	c := g.client
	crawlDelay, failure := c.askRobots(ctx, u)
	if failure != nil {
		return "", failure
	}
	done, err := c.hosts.turn(ctx, u.Hostname(), crawlDelay)
	if err != nil {
		return "", turnFailure(err)
	}
	defer done()
	began := time.Now()
	ctx, cancel := context.WithTimeout(ctx, g.budget)
	defer cancel()
	defer func() { g.budget -= time.Since(began) }()

	capture := &Capture{URL: g.request.URL, FinalURL: u.String(), At: began}
	answer, err := c.send(g.newRequest(ctx, u, capture), g.request.Fresh)
	if err != nil {
		return "", c.failure(err, u)
	}
	defer answer.Body.Close()
	g.capture = capture
	capture.Status, capture.Header = answer.StatusCode, answer.Header
	location, failure = g.receive(answer, u)
	if c.identity(u.Hostname()).secret() {
		capture.Header.Del("Set-Cookie") // the subscriber's session
	}
	capture.Took = time.Since(began)
	return location, failure
}

// askRobots returns the least time between two requests that a site asks for,
// or why it does not want u to be fetched.
func (c *Client) askRobots(ctx context.Context, u *url.URL) (crawlDelay time.Duration, failure *Failure) {
	if c.robots == nil {
		return 0, nil
	}
	rules, failure := c.robots.rulesFor(ctx, u)
	if failure != nil {
		return 0, failure
	}
	if rule, forbidden := rules.forbids(u); forbidden {
		return 0, &Failure{Kind: FailRobots, Err: fmt.Errorf(
			"%s://%s/robots.txt asks not to fetch this page (%q). To fetch it all the same, set respect_robots = false under [fetch]",
			u.Scheme, u.Host, clip(rule.String(), 100))}
	}
	return rules.crawlDelay, nil
}

// turnFailure says why a host's turn did not come.
func turnFailure(err error) *Failure {
	var soon *tooSoonError
	switch {
	case !errors.As(err, &soon):
		kind := FailNetwork
		if isTimeout(err) {
			kind = FailTimeout
		}
		return &Failure{Kind: kind, Err: &explained{"the fetch ended before the host's turn came; no request was made", err}}
	case soon.pause.status == 0:
		return &Failure{Kind: FailTimeout, RetryAfter: soon.wait, Unasked: true, Err: soon}
	}
	return &Failure{Kind: statusKind(soon.pause.status), Status: soon.pause.status, RetryAfter: soon.wait, Unasked: true, Err: soon}
}

func statusKind(status int) FailureKind {
	if status >= 500 {
		return FailServerError
	}
	return FailClientError
}

func (c *Client) newRequest(ctx context.Context, u *url.URL) *http.Request {
	req := &http.Request{
		Method: http.MethodGet, URL: u, Host: u.Host,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{
			"User-Agent":      {c.userAgent(u.Hostname())},
			"Accept":          {"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
			"Accept-Encoding": {acceptEncoding},
		},
	}
	return req.WithContext(ctx)
}

// newRequest also carries validators, cookies and what the host's Identity
// has, and tells capture who answers.
func (g *get) newRequest(ctx context.Context, u *url.URL, capture *Capture) *http.Request {
	req := g.client.newRequest(httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(i httptrace.GotConnInfo) { capture.Peer = i.Conn.RemoteAddr().String() },
	}), u)
	if g.request.Fresh {
		req.Header["Cache-Control"] = []string{"no-cache"}
	}
	if g.sendsValidators(u) {
		if g.request.ETag != "" {
			req.Header["If-None-Match"] = []string{g.request.ETag}
		}
		if g.request.LastModified != "" {
			req.Header["If-Modified-Since"] = []string{g.request.LastModified}
		}
	}
	if g.jar != nil {
		for _, cookie := range g.jar.Cookies(u) {
			req.AddCookie(cookie)
		}
	}
	g.identify(req, capture.At)
	return req
}

// sendsValidators reports whether the validators are this URL's. Another one
// that is older than LastModified would answer that it is not modified, too.
func (g *get) sendsValidators(u *url.URL) bool {
	if g.request.Fresh {
		return false
	}
	return g.capture == nil && g.request.ValidFor == "" || u.String() == g.request.ValidFor
}

// send makes one request. With a proxy it looks first where that would lead.
func (c *Client) send(req *http.Request, fresh bool) (*http.Response, error) {
	if c.opts.Proxy != nil {
		addrs, _ := c.lookup(req.Context(), "ip", req.URL.Hostname())
		if err := c.guard.checkResolved(addrs, portOf(req.URL)); err != nil {
			return nil, err
		}
	}
	if fresh {
		return c.fresh.RoundTrip(req)
	}
	return c.kept.RoundTrip(req)
}

// failure says what a request met that no server answered.
func (c *Client) failure(err error, u *url.URL) *Failure {
	kind, err := explain(err, u.Hostname(), c.opts.Timeout)
	return &Failure{Kind: kind, Err: err}
}

// bodyFailure says what went wrong with the body of an answer from u.
func (c *Client) bodyFailure(err error, u *url.URL) *Failure {
	kind, err := explainBody(err, u.Hostname(), c.opts.MaxBody, c.opts.Timeout)
	return &Failure{Kind: kind, Err: err}
}

// receive reads an answer into the capture.
func (g *get) receive(answer *http.Response, u *url.URL) (location string, failure *Failure) {
	status := answer.StatusCode
	switch {
	case status == http.StatusNotModified:
		return "", g.notModified(answer)
	case isRedirect(status):
		return g.redirected(answer, u)
	}
	body, err := g.client.bodies.read(answer.Body, answer.ContentLength, answer.Header["Content-Encoding"])
	g.capture.Body = body
	if status >= 400 {
		return "", g.client.statusFailure(answer, u.Hostname())
	}
	switch {
	case status == http.StatusPartialContent:
		return "", &Failure{Kind: FailTruncated, Err: errors.New("the server sent a part of the page (206) although all of it was asked for")}
	case status >= 300:
		return "", &Failure{Kind: FailRedirect, Err: fmt.Errorf("the server answered %d, which leads nowhere", status)}
	case err != nil:
		return "", g.client.bodyFailure(err, u)
	}
	return "", nil
}

func (g *get) notModified(answer *http.Response) *Failure {
	asked := answer.Request.Header
	if asked["If-None-Match"] == nil && asked["If-Modified-Since"] == nil {
		return &Failure{Kind: FailNetwork, Err: errors.New("the server answered 304 (not modified) although nothing was asked of it but the page: a cache before it is set up wrongly")}
	}
	g.capture.NotModified = true
	return nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// redirected returns where to, and keeps the cookies for the way there: some
// sites set one, redirect, and go on only if it comes back.
func (g *get) redirected(answer *http.Response, u *url.URL) (location string, failure *Failure) {
	drain(answer.Body)
	location = answer.Header.Get("Location")
	if location == "" {
		return "", &Failure{Kind: FailRedirect, Err: fmt.Errorf("the server answered %d, a redirect, and does not say where to", answer.StatusCode)}
	}
	if cookies := answer.Cookies(); len(cookies) > 0 {
		if g.jar == nil {
			g.jar, _ = cookiejar.New(nil) // never fails
		}
		g.jar.SetCookies(u, cookies)
	}
	return location, nil
}

// drain reads a short body that nobody wants, so that the connection can be
// used again.
func drain(body io.Reader) {
	const most = 16 << 10
	io.CopyN(io.Discard, body, most)
}

// statusFailure says what a 4xx or 5xx answer means, and leaves the host alone
// if it asked for that.
func (c *Client) statusFailure(answer *http.Response, host string) *Failure {
	status := answer.StatusCode
	wait := retryAfter(answer.Header, time.Now())
	if wait > 0 && (status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable) {
		c.hosts.leaveAlone(host, wait, status)
		c.log.Info("host asked to be left alone", "host", host, "status", status, "for", wait)
	}
	return &Failure{Kind: statusKind(status), Status: status, RetryAfter: wait, Err: errors.New(explainStatus(status))}
}
