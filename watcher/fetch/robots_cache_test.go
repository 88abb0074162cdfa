package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// A site is a server that a client reaches by pipes under any name, so that
// both can live in a synctest bubble, where time passes when all wait.
type site struct {
	conns   chan net.Conn
	closed  chan struct{}
	refuses atomic.Bool // as if no server listened
	handler http.HandlerFunc

	mu   sync.Mutex
	seen []string // paths asked for, in order
}

func newSite(t *testing.T, handler http.HandlerFunc) *site {
	s := &site{conns: make(chan net.Conn), closed: make(chan struct{}), handler: handler}
	server := &http.Server{Handler: s}
	done := make(chan struct{})
	go func() { defer close(done); server.Serve(s) }()
	t.Cleanup(func() { server.Close(); <-done })
	return s
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	s.seen = append(s.seen, r.Host+r.URL.Path)
	s.mu.Unlock()
	s.handler(w, r)
}

// took returns the requests since the last call.
func (s *site) took() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	seen := s.seen
	s.seen = nil
	return seen
}

func (s *site) Accept() (net.Conn, error) {
	select {
	case c := <-s.conns:
		return c, nil
	case <-s.closed:
		return nil, net.ErrClosed
	}
}

func (s *site) Close() error   { close(s.closed); return nil }
func (s *site) Addr() net.Addr { return &net.TCPAddr{} }

func (s *site) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if s.refuses.Load() {
		return nil, &net.DNSError{Err: "no such host", IsNotFound: true}
	}
	here, there := net.Pipe()
	select {
	case s.conns <- there:
		return here, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// client returns a client whose every connection leads to the site.
func (s *site) client(t *testing.T, opts Options) *Client {
	c := newTestClient(t, opts)
	c.kept.DialContext, c.fresh.DialContext = s.dial, s.dial
	return c
}

// A robotsSite serves a robots.txt that can be changed, and a page everywhere else.
type robotsSite struct {
	*site
	status atomic.Int64
	text   atomic.Value
}

func newRobotsSite(t *testing.T, status int, text string) *robotsSite {
	rs := &robotsSite{}
	rs.set(status, text)
	rs.site = newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			w.WriteHeader(int(rs.status.Load()))
			fmt.Fprint(w, rs.text.Load())
		}
	})
	return rs
}

func (rs *robotsSite) set(status int, text string) {
	rs.status.Store(int64(status))
	rs.text.Store(text)
}

func polite() Options {
	return Options{UserAgent: "stet/1 (+https://desk.example)", Timeout: 30 * time.Second, RespectRobots: true}
}

// wantKind gets a URL and fails unless it meets a failure of that kind, or
// none for "".
func wantKind(t *testing.T, c *Client, raw string, want FailureKind) *Failure {
	t.Helper()
	_, err := c.Get(t.Context(), Request{URL: raw})
	var f *Failure
	got := FailureKind("")
	if errors.As(err, &f) {
		got = f.Kind
	}
	if got != want {
		t.Errorf("Get(%q) = %q, %v; want %q", raw, got, err, want)
	}
	return f
}

const forbidAll = "User-agent: *\nDisallow: /\n"

func TestRobotsIsAskedOnceADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 200, "User-agent: stet\nDisallow: /private/\n")
		c := s.client(t, polite())
		wantKind(t, c, "http://news.example/a", "")
		wantKind(t, c, "http://news.example/b", "")
		f := wantKind(t, c, "http://news.example/private/c", FailRobots)
		if f == nil || !f.Refused() || !strings.Contains(f.Error(), `"Disallow: /private/"`) {
			t.Errorf("the refusal = %v, want the rule", f)
		}
		if got := fmt.Sprint(s.took()); got != "[news.example/robots.txt news.example/a news.example/b]" {
			t.Errorf("the site was asked for %s", got)
		}
		s.set(200, forbidAll)
		time.Sleep(robotsLifetime - time.Second)
		wantKind(t, c, "http://news.example/a", "")
		time.Sleep(time.Second)
		wantKind(t, c, "http://news.example/a", FailRobots)
		if got := fmt.Sprint(s.took()); got != "[news.example/a news.example/robots.txt]" {
			t.Errorf("a day later the site was asked for %s", got)
		}
	})
}

func TestRobotsNotRespected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 200, forbidAll)
		opts := polite()
		opts.RespectRobots = false
		wantKind(t, s.client(t, opts), "http://news.example/a", "")
		if got := fmt.Sprint(s.took()); got != "[news.example/a]" {
			t.Errorf("the site was asked for %s", got)
		}
	})
}

func TestRobotsAnswers(t *testing.T) {
	for _, tt := range []struct {
		name   string
		status int
		text   string
		want   FailureKind
	}{
		{"there is none", 404, forbidAll, ""},
		{"it is forbidden to us", 403, forbidAll, ""},
		{"it wants a password", 401, forbidAll, ""},
		{"it is gone", 410, forbidAll, ""},
		{"the server fails", 500, "", FailRobots},
		{"the server is busy", 503, "", FailRobots},
		{"the server has enough of us", 429, "", FailRobots},
		{"an empty file", 204, "", ""},
		{"a rule after more than is read", 200, strings.Repeat("# comment\n", 51200) + forbidAll, ""},
		{"a rule before more than is read", 200, forbidAll + strings.Repeat("# comment\n", 90000), FailRobots},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newRobotsSite(t, tt.status, tt.text)
				f := wantKind(t, s.client(t, polite()), "http://news.example/a", tt.want)
				if f != nil && tt.status >= 400 && (f.Status != tt.status || !f.Refused()) {
					t.Errorf("the failure is %+v, want status %d", f, tt.status)
				}
			})
		})
	}
}

func TestRobotsThatCannotBeRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 500, "")
		c := s.client(t, polite())
		wantKind(t, c, "http://news.example/a", FailRobots)
		wantKind(t, c, "http://news.example/a", FailRobots)
		if got := s.took(); len(got) != 1 {
			t.Errorf("the site was asked for %s, want robots.txt once", got)
		}
		s.set(200, "")
		time.Sleep(robotsRetry)
		wantKind(t, c, "http://news.example/a", "")

		// Once read, a copy goes on to be used.
		s.set(500, "")
		time.Sleep(robotsLifetime)
		wantKind(t, c, "http://news.example/a", "")
		s.set(200, forbidAll)
		time.Sleep(robotsRetry)
		wantKind(t, c, "http://news.example/a", FailRobots)
		s.set(500, "")
		time.Sleep(40 * robotsLifetime)
		wantKind(t, c, "http://news.example/a", FailRobots)
	})
}

func TestRobotsThatCannotBeReadForAMonth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 500, "")
		c := s.client(t, polite())
		for range 29 {
			wantKind(t, c, "http://news.example/a", FailRobots)
			time.Sleep(24 * time.Hour)
		}
		wantKind(t, c, "http://news.example/a", FailRobots)
		time.Sleep(24 * time.Hour)
		wantKind(t, c, "http://news.example/a", "")
		s.set(200, forbidAll)
		time.Sleep(robotsRetry)
		wantKind(t, c, "http://news.example/a", FailRobots)
	})
}

func TestRobotsOfASiteThatCannotBeReached(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 200, "")
		c := s.client(t, polite())
		s.refuses.Store(true)
		if f := wantKind(t, c, "http://news.example/a", FailDNS); f.URL != "http://news.example/a" || f.Refused() {
			t.Errorf("the failure is %+v, want that of the page", f)
		}
		s.refuses.Store(false)
		wantKind(t, c, "http://news.example/a", "") // at once: nothing was learnt of the file
	})
}

func TestRobotsAndRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Retry-After", "600")
			w.WriteHeader(503)
		})
		c := s.client(t, polite())
		if f := wantKind(t, c, "http://news.example/a", FailRobots); f.RetryAfter != 10*time.Minute {
			t.Errorf("RetryAfter = %s, want 10m", f.RetryAfter)
		}
		time.Sleep(5 * time.Minute)
		if f := wantKind(t, c, "http://news.example/a", FailServerError); f.RetryAfter != 5*time.Minute || f.Status != 503 {
			t.Errorf("the failure is %+v, want the rest of the wait", f)
		}
		if got := s.took(); len(got) != 1 {
			t.Errorf("the site was asked for %s, want robots.txt once", got)
		}
	})
}

func TestRobotsRedirects(t *testing.T) {
	for _, tt := range []struct {
		name string
		n    int
		to   string
		want FailureKind
	}{
		{"five redirects are followed", 5, "", FailRobots},
		{"after six there is none", 6, "", ""},
		{"nor is there where they lead nowhere", 1, "ftp://news.example/robots.txt", ""},
		{"into a private network", 1, "http://10.0.0.8/robots.txt", FailGuard},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := tt.n
				s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
					switch {
					case n > 0 && strings.HasPrefix(r.URL.Path, "/robots"):
						n--
						to := tt.to
						if to == "" {
							to = fmt.Sprintf("/robots%d.txt", n)
						}
						http.Redirect(w, r, to, http.StatusFound)
					case strings.HasPrefix(r.URL.Path, "/robots"):
						fmt.Fprint(w, forbidAll)
					}
				})
				wantKind(t, s.client(t, polite()), "http://news.example/a", tt.want)
			})
		})
	}
}

func TestRobotsOfWhereARedirectLeads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
			switch r.Host + r.URL.Path {
			case "news.example/a":
				http.Redirect(w, r, "http://other.example/b", http.StatusMovedPermanently)
			case "other.example/robots.txt":
				fmt.Fprint(w, forbidAll)
			}
		})
		wantKind(t, s.client(t, polite()), "http://news.example/a", FailRobots)
		if got := fmt.Sprint(s.took()); got != "[news.example/robots.txt news.example/a other.example/robots.txt]" {
			t.Errorf("the sites were asked for %s", got)
		}
	})
}

func TestCrawlDelaySpacesRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newRobotsSite(t, 200, "User-agent: *\nCrawl-delay: 20\n")
		c := s.client(t, polite())
		wantKind(t, c, "http://news.example/a", "")
		began := time.Now()
		wantKind(t, c, "http://news.example/b", "")
		if took := time.Since(began); took != 20*time.Second {
			t.Errorf("the second page came after %s, want 20s", took)
		}
	})
}

func TestOneRobotsForGetsAtTheSameTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) { time.Sleep(5 * time.Second) })
		c := s.client(t, polite())
		first, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		wg.Go(func() {
			if _, err := c.Get(first, Request{URL: "http://news.example/a"}); !errors.Is(err, context.Canceled) {
				t.Errorf("the Get that was called off = %v", err)
			}
		})
		synctest.Wait()
		for range 3 {
			wg.Go(func() { wantKind(t, c, "http://news.example/b", "") })
		}
		time.Sleep(time.Second)
		cancel()
		wg.Wait()
		if got := fmt.Sprint(s.took()); got != "[news.example/robots.txt news.example/b news.example/b news.example/b]" {
			t.Errorf("the site was asked for %s", got)
		}
	})
}

func TestCloseEndsTheReadingOfRobots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		block := make(chan struct{})
		s := newSite(t, func(w http.ResponseWriter, r *http.Request) { <-block })
		c := s.client(t, polite())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Get(ctx, Request{URL: "http://news.example/a"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Get = %v", err)
		}
		began := time.Now()
		c.Close()
		if took := time.Since(began); took != 0 {
			t.Errorf("Close took %s", took)
		}
		close(block)
	})
}

func TestRobotsMemoryIsBounded(t *testing.T) {
	rs := newRobots(nil)
	large := parseRobots([]byte("User-agent: *\n"+strings.Repeat("Disallow: /a\n", maxRobots/13)), "stet")
	for i := range 100 {
		rs.keep(&robotsEntry{origin: fmt.Sprintf("http://host%d.example", i), rules: large})
		rs.keep(&robotsEntry{origin: "http://often.example", rules: &robotsRules{}})
	}
	if rs.memory > maxRobotsMemory || rs.recent.Len() != len(rs.kept) || len(rs.kept) < 10 {
		t.Errorf("%d bytes in %d entries are kept", rs.memory, len(rs.kept))
	}
	if rs.kept["http://host99.example"] == nil || rs.kept["http://often.example"] == nil || rs.kept["http://host0.example"] != nil {
		t.Error("not those used last were kept")
	}
	sum := 0
	for e := rs.recent.Front(); e != nil; e = e.Next() {
		sum += e.Value.(*robotsEntry).size()
	}
	if sum != rs.memory {
		t.Errorf("memory is counted as %d, and is %d", rs.memory, sum)
	}
}
