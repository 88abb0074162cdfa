package fetch

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loopback are options for servers of httptest.
func loopback() Options {
	return Options{
		UserAgent:    "stet/1 (+https://desk.example)",
		Timeout:      10 * time.Second,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
	}
}

func newTestClient(t testing.TB, opts Options) *Client {
	t.Helper()
	c, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func serve(t testing.TB, h http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func TestGetReadsAPage(t *testing.T) {
	var got http.Header
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("Content-Encoding", "gzip")
		w.Header().Set("ETag", `"v1"`)
		w.Write(coded(t, "gzip", story))
	})
	before := time.Now()
	c, err := newTestClient(t, loopback()).Get(t.Context(), Request{URL: s.URL + "/story?a=1#top"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(c.Body, story) || c.Status != 200 || c.NotModified || c.Header.Get("ETag") != `"v1"` {
		t.Errorf("the capture is %d, %q with %d bytes", c.Status, c.Header, len(c.Body))
	}
	if c.URL != s.URL+"/story?a=1#top" || c.FinalURL != s.URL+"/story?a=1" || c.MovedTo != "" {
		t.Errorf("asked for %q, the final URL is %q, moved to %q", c.URL, c.FinalURL, c.MovedTo)
	}
	if c.Peer != s.Listener.Addr().String() || c.At.Before(before) || c.Took <= 0 || c.Took > time.Since(before) {
		t.Errorf("answered by %s at %s in %s", c.Peer, c.At, c.Took)
	}
	if got.Get("User-Agent") != "stet/1 (+https://desk.example)" || got.Get("Accept-Encoding") != acceptEncoding || got.Get("Referer") != "" || got.Get("Cookie") != "" || got.Get("If-None-Match") != "" {
		t.Errorf("the request had the header %q", got)
	}
}

func TestGetAsksOnlyForWhatIsNew(t *testing.T) {
	const etag, modified = `W/"v1"`, "Sun, 01 Mar 2026 12:00:00 GMT"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Path == "/moved":
			http.Redirect(w, r, "/story", http.StatusFound)
		case r.URL.Path == "/always304", r.Header.Get("If-None-Match") == etag && r.Header.Get("If-Modified-Since") == modified:
			w.WriteHeader(http.StatusNotModified)
		default:
			fmt.Fprint(w, r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since"))
		}
	})
	c := newTestClient(t, loopback())
	for _, tt := range []struct {
		name        string
		r           Request
		notModified bool
		body        string
		fails       FailureKind
	}{
		{"both validators", Request{URL: "/story", ETag: etag, LastModified: modified}, true, "", ""},
		{"an ETag alone", Request{URL: "/story", ETag: etag}, false, etag, ""},
		{"a time alone", Request{URL: "/story", LastModified: modified}, false, modified, ""},
		{"none", Request{URL: "/story"}, false, "", ""},
		{"a fresh look has none", Request{URL: "/story", ETag: etag, LastModified: modified, Fresh: true}, false, "", ""},
		{"a redirect to elsewhere goes without", Request{URL: "/moved", ETag: etag, LastModified: modified}, false, "", ""},
		{"a redirect to where they came from", Request{URL: "/moved", ETag: etag, LastModified: modified, ValidFor: s.URL + "/story"}, true, "", ""},
		{"no redirect where there was one", Request{URL: "/story", ETag: etag, LastModified: modified, ValidFor: s.URL + "/other"}, false, "", ""},
		{"not modified, and nobody asked", Request{URL: "/always304"}, false, "", FailNetwork},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.r.URL = s.URL + tt.r.URL
			got, err := c.Get(t.Context(), tt.r)
			var f *Failure
			if tt.fails != "" {
				if !errors.As(err, &f) || f.Kind != tt.fails {
					t.Errorf("Get = %v, want %s", err, tt.fails)
				}
				return
			}
			if err != nil || got.NotModified != tt.notModified || string(got.Body) != tt.body {
				t.Errorf("Get = not modified %v, %q, %v; want %v, %q", got.NotModified, got.Body, err, tt.notModified, tt.body)
			}
			if tt.notModified && (got.Body != nil || got.Status != 304) {
				t.Errorf("the capture has status %d and a body of %d bytes", got.Status, len(got.Body))
			}
		})
	}
}

func TestGetFollowsRedirects(t *testing.T) {
	// Each path says where it leads to and how: "/301/302/end" answers 301 to
	// "/302/end", and that 302 to "/end".
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Referer") != "" {
			t.Errorf("%s was asked for with a Referer", r.URL)
		}
		first, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if status, err := strconv.Atoi(first); err == nil {
			w.Header().Set("Location", "/"+rest)
			w.WriteHeader(status)
		}
	})
	c := newTestClient(t, loopback())
	for _, tt := range []struct {
		path, final, movedTo string
		fails                FailureKind
	}{
		{"/end", "/end", "", ""},
		{"/301/end", "/end", "/end", ""},
		{"/308/end", "/end", "/end", ""},
		{"/302/end", "/end", "", ""},
		{"/303/end", "/end", "", ""},
		{"/307/end", "/end", "", ""},
		{"/301/308/end", "/end", "/end", ""},
		{"/301/302/301/end", "/end", "/302/301/end", ""},
		{"/302/301/end", "/end", "", ""},
		{"/302/303/307/301/308/302/303/307/301/308/end", "/end", "", ""},
		{"/302/303/307/301/308/302/303/307/301/308/301/end", "", "", FailRedirect},
		{"/300/end", "", "", FailRedirect},
		{"/305/end", "", "", FailRedirect},
	} {
		t.Run(tt.path, func(t *testing.T) {
			got, err := c.Get(t.Context(), Request{URL: s.URL + tt.path})
			if tt.fails != "" {
				var f *Failure
				if !errors.As(err, &f) || f.Kind != tt.fails || got == nil {
					t.Errorf("Get = %v, %v; want %s", got, err, tt.fails)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			movedTo := strings.TrimPrefix(got.MovedTo, s.URL)
			if got.FinalURL != s.URL+tt.final || movedTo != tt.movedTo {
				t.Errorf("the final URL is %q and it moved to %q; want %q, %q", got.FinalURL, movedTo, tt.final, tt.movedTo)
			}
		})
	}
}

func TestGetJudgesWhereRedirectsLead(t *testing.T) {
	var requests atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		w.Header()["Location"] = []string{strings.Replace(r.URL.Query().Get("to"), "LONG", strings.Repeat("a", 3000), 1)}
		w.WriteHeader(http.StatusFound)
	})
	c := newTestClient(t, loopback())
	for _, tt := range []struct {
		name, to string
		kind     FailureKind
		says     string
		requests int64
	}{
		{"to itself", "", FailRedirect, "does not say where to", 1},
		{"to another scheme", "ftp://news.example/a", FailRedirect, `"ftp://"`, 1},
		{"to a file", "file:///etc/passwd", FailRedirect, `"file://"`, 1},
		{"with a password", "http://desk:hunter2@news.example/", FailRedirect, "user name or password", 1},
		{"to no address", "http://%zz/", FailRedirect, "no address", 1},
		{"to a very long address", "/LONG", FailRedirect, "at most 2000", 1},
		{"to a private address", "http://10.0.0.8/", FailGuard, "10.0.0.8 is a private address", 1},
		{"to another port", "http://8.8.8.8:22/", FailGuard, "port 22", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			requests.Store(0)
			got, err := c.Get(t.Context(), Request{URL: s.URL + "/?to=" + url.QueryEscape(tt.to)})
			var f *Failure
			if !errors.As(err, &f) || f.Kind != tt.kind || !strings.Contains(err.Error(), tt.says) || strings.Contains(f.Err.Error(), "hunter2") {
				t.Errorf("Get = %v, want %s and %q", err, tt.kind, tt.says)
			}
			if got == nil || got.Status != http.StatusFound || requests.Load() != tt.requests {
				t.Errorf("the capture is %v, after %d requests; want that of %d", got, requests.Load(), tt.requests)
			}
		})
	}
}

// Servers write addresses into Location as people do.
func TestGetMendsLocations(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			w.Header()["Location"] = []string{"/größe 1\\2?q=süß sauer#top"}
			w.WriteHeader(http.StatusFound)
		}
	})
	got, err := newTestClient(t, loopback()).Get(t.Context(), Request{URL: s.URL})
	if want := s.URL + "/gr%C3%B6%C3%9Fe%201%5C2?q=s%C3%BC%C3%9F%20sauer"; err != nil || got.FinalURL != want {
		t.Errorf("Get = %v, %v; want the final URL %s", got, err, want)
	}
}

func TestCirclesOfRedirectsEndAtOnce(t *testing.T) {
	var requests atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		to := map[string]string{"/a": "/a", "/b": "/c", "/c": "/b"}[r.URL.Path]
		http.Redirect(w, r, to, http.StatusMovedPermanently)
	})
	c := newTestClient(t, loopback())
	for path, want := range map[string]int64{"/a": 1, "/b": 2} {
		requests.Store(0)
		_, err := c.Get(t.Context(), Request{URL: s.URL + path})
		var f *Failure
		if !errors.As(err, &f) || f.Kind != FailRedirect || !strings.Contains(err.Error(), "in circles") || requests.Load() != want {
			t.Errorf("Get of %s = %v after %d requests, want %d", path, err, requests.Load(), want)
		}
	}
}

// Some sites set a cookie, redirect to the same page, and go on only if it
// comes back. No other Get gets to know of it.
func TestCookiesLastForOneGet(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		cookies := r.CookiesNamed("seen")
		if len(cookies) == 0 {
			http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
			http.Redirect(w, r, r.URL.Path, http.StatusFound)
			return
		}
		fmt.Fprint(w, cookies[0].Value)
	})
	c := newTestClient(t, loopback())
	for range 2 {
		got, err := c.Get(t.Context(), Request{URL: s.URL + "/story"})
		if err != nil || string(got.Body) != "yes" {
			t.Fatalf("Get = %v, %v", got, err)
		}
	}
	var sent string
	plain := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sent += r.Header.Get("Cookie")
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
	})
	for range 2 {
		if _, err := c.Get(t.Context(), Request{URL: plain.URL}); err != nil {
			t.Fatal(err)
		}
	}
	if sent != "" {
		t.Errorf("a later Get sent the cookie %q of an earlier one", sent)
	}
}

func TestGetSaysWhatAStatusMeans(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		status, _ := strconv.Atoi(r.URL.Path[1:])
		w.Header().Set("Retry-After", r.URL.Query().Get("after"))
		w.WriteHeader(status)
		fmt.Fprint(w, "sorry")
	})
	for _, tt := range []struct {
		path  string
		kind  FailureKind
		after time.Duration
		says  string
	}{
		{"/400", FailClientError, 0, "400 (Bad Request)"},
		{"/403", FailClientError, 0, "does not let stet read"},
		{"/404", FailClientError, 0, "no page at this address"},
		{"/410", FailClientError, 0, "no page at this address"},
		{"/429?after=7", FailClientError, 7 * time.Second, "look less often"},
		{"/451", FailClientError, 0, "451"},
		{"/499", FailClientError, 0, "499 (a status of its own)"},
		{"/500", FailServerError, 0, "may pass"},
		{"/503?after=3600", FailServerError, time.Hour, "503 (Service Unavailable)"},
		{"/206", FailTruncated, 0, "a part of the page"},
	} {
		t.Run(tt.path, func(t *testing.T) {
			c := newTestClient(t, loopback())
			got, err := c.Get(t.Context(), Request{URL: s.URL + tt.path})
			var f *Failure
			if !errors.As(err, &f) || f.Kind != tt.kind || f.RetryAfter != tt.after || !strings.Contains(err.Error(), tt.says) || f.Refused() {
				t.Errorf("Get = %+v, want %s after %s, and %q", err, tt.kind, tt.after, tt.says)
			}
			if got == nil || string(got.Body) != "sorry" || fmt.Sprint("/", got.Status) != tt.path[:4] {
				t.Errorf("the capture is %+v", got)
			}
		})
	}
}

func TestGetLeavesAHostAloneThatAsksForIt(t *testing.T) {
	var requests atomic.Int64
	after := "60"
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		w.Header().Set("Retry-After", after)
		w.WriteHeader(http.StatusTooManyRequests)
	})
	c := newTestClient(t, loopback())
	for range 3 {
		_, err := c.Get(t.Context(), Request{URL: s.URL})
		var f *Failure
		if !errors.As(err, &f) || f.Status != 429 || f.Kind != FailClientError || f.RetryAfter < 50*time.Second || f.RetryAfter > time.Minute {
			t.Errorf("Get = %v, %+v", err, f)
		}
	}
	if n := requests.Load(); n != 1 {
		t.Errorf("%d requests were made, want 1", n)
	}
}

// raw serves bytes as they are, one connection after another.
func raw(t *testing.T, answer func(c net.Conn)) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			http.ReadRequest(bufio.NewReader(c))
			answer(c)
			c.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return "http://" + l.Addr().String() + "/"
}

func TestGetMeetsBrokenServers(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
	for _, tt := range []struct {
		name, answer string
		kind         FailureKind
		says         string
		captured     bool
	}{
		{"shorter than its Content-Length", head + "Content-Length: 100\r\n\r\nhalf a page", FailTruncated, "broke off", true},
		{"chunks that break off", head + "Transfer-Encoding: chunked\r\n\r\nb\r\nhalf a page\r\n", FailTruncated, "broke off", true},
		{"chunks of no length", head + "Transfer-Encoding: chunked\r\n\r\nb\r\nhalf a page\r\nxyz\r\n", FailTruncated, "broke off", true},
		{"gzip that breaks off", head + "Content-Encoding: gzip\r\n\r\n" + string(coded(t, "gzip", story)[:60]), FailTruncated, "broke off", true},
		{"gzip that breaks off before the length", head + "Content-Encoding: gzip\r\nContent-Length: 9999\r\n\r\n" + string(coded(t, "gzip", story)), FailTruncated, "broke off", true},
		{"bytes after gzip that break off", head + "Content-Encoding: gzip\r\nContent-Length: 99999\r\n\r\n" + string(coded(t, "gzip", story)) + strings.Repeat(" ", 9000), FailTruncated, "broke off", true},
		{"no gzip", head + "Content-Encoding: gzip\r\n\r\n<html><title>The harbour</title>", FailEncoding, "gzip compression is broken", true},
		{"a coding of its own", head + "Content-Encoding: rot13\r\n\r\n<ugzy>", FailEncoding, `"rot13"`, true},
		{"a length over the limit", head + "Content-Length: 100000000\r\n\r\n<html>", FailTooLarge, "over the limit of 5 MiB", true},
		{"no answer", "", FailRefused, "closed the connection without an answer", false},
		{"half a header", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", FailRefused, "closed the connection without an answer", false},
		{"another protocol", "220 mail.example ESMTP\r\n", FailNetwork, "malformed HTTP", false},
		{"an endless header", head + strings.Repeat("X-Padding: "+strings.Repeat("a", 1000)+"\r\n", 1000) + "\r\n", FailTooLarge, "header", false},
		{"a length that is none", head + "Content-Length: many\r\n\r\n", FailNetwork, "Content-Length", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			from := raw(t, func(c net.Conn) { io.WriteString(c, tt.answer) })
			got, err := newTestClient(t, loopback()).Get(t.Context(), Request{URL: from})
			var f *Failure
			if !errors.As(err, &f) || f.Kind != tt.kind || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("Get = %v, want %s and %q", err, tt.kind, tt.says)
			}
			if (got != nil) != tt.captured {
				t.Errorf("the capture is %v, want one = %v", got, tt.captured)
			}
		})
	}
}

func TestGetMeetsClosedPorts(t *testing.T) {
	s := serve(t, nil)
	s.Close()
	_, err := newTestClient(t, loopback()).Get(t.Context(), Request{URL: s.URL})
	var f *Failure
	if !errors.As(err, &f) || f.Kind != FailRefused || !strings.Contains(err.Error(), "no server listens there") {
		t.Errorf("Get = %v, want %s", err, FailRefused)
	}
}

func TestGetLeavesLargeBodies(t *testing.T) {
	var sent atomic.Int64
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/100MB" {
			w.Header().Set("Content-Length", strconv.Itoa(100<<20))
		}
		if r.URL.Path == "/missing" {
			w.WriteHeader(http.StatusNotFound)
		}
		page := make([]byte, 64<<10)
		for range 100 << 20 / len(page) {
			n, err := w.Write(page)
			sent.Add(int64(n))
			if err != nil {
				return
			}
		}
	})
	opts := loopback()
	opts.MaxBody = 1 << 20
	c := newTestClient(t, opts)
	for path, kind := range map[string]FailureKind{"/100MB": FailTooLarge, "/endless": FailTooLarge, "/missing": FailClientError} {
		sent.Store(0)
		got, err := c.Get(t.Context(), Request{URL: s.URL + path})
		var f *Failure
		if !errors.As(err, &f) || f.Kind != kind || kind == FailTooLarge && !strings.Contains(err.Error(), "limit of 1 MiB") {
			t.Errorf("Get of %s = %v, want %s", path, err, kind)
		}
		if got == nil || len(got.Body) > 1<<20 {
			t.Errorf("the capture of %s has no bounded body", path)
		}
		if n := sent.Load(); n > 20<<20 { // what lies in buffers of the system counts, too
			t.Errorf("the server could send %d bytes of %s", n, path)
		}
	}
}

func TestGetBoundsTime(t *testing.T) {
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
		body    string
	}{
		{"no answer", func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, ""},
		{"a body of a byte a second", func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				io.WriteString(w, ".")
				w.(http.Flusher).Flush()
				time.Sleep(time.Second)
			}
		}, strings.Repeat(".", 60)},
		{"slow redirects", func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(25 * time.Second)
			http.Redirect(w, r, r.URL.Path+"a", http.StatusFound)
		}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newSite(t, tt.handler)
				c := s.client(t, Options{Timeout: time.Minute})
				began := time.Now()
				got, err := c.Get(t.Context(), Request{URL: "http://news.example/"})
				var f *Failure
				if !errors.As(err, &f) || f.Kind != FailTimeout || !strings.Contains(err.Error(), "within 1m0s") || time.Since(began) != time.Minute {
					t.Errorf("Get = %v after %s", err, time.Since(began))
				}
				if tt.body != "" && (got == nil || !strings.HasPrefix(string(got.Body), tt.body)) {
					t.Errorf("the capture is %+v, want what came in time", got)
				}
				time.Sleep(time.Hour) // the handler sees that the client is gone
			})
		})
	}
}

// Waiting for a host's turn takes nothing of the time for the request.
func TestWaitingIsNotCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, func(http.ResponseWriter, *http.Request) { time.Sleep(time.Second) })
		c := s.client(t, Options{Timeout: 2 * time.Second, PerHostInterval: time.Minute})
		for range 3 {
			got, err := c.Get(t.Context(), Request{URL: "http://news.example/"})
			if err != nil || got.Took != time.Second || time.Since(got.At) != time.Second {
				t.Errorf("Get = %+v, %v", got, err)
			}
		}
	})
}

func TestGetIsCalledOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newSite(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
		c := s.client(t, Options{})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		_, err := c.Get(ctx, Request{URL: "http://news.example/"})
		var f *Failure
		if !errors.As(err, &f) || !errors.Is(err, context.Canceled) || f.Refused() {
			t.Errorf("Get = %v", err)
		}
	})
}

func TestFailuresTellNoSecrets(t *testing.T) {
	c := newTestClient(t, loopback())
	closed := serve(t, nil)
	closed.Close()
	for _, raw := range []string{
		"https://desk:hunter2@news.example/", "http://127.0.0.1:1/?token=hunter2", closed.URL + "/?page=1&key=hunter2", "http://10.0.0.8/?password=hunter2",
		"ftp://desk:hunter2@news.example/",
	} {
		if _, err := c.Get(t.Context(), Request{URL: raw}); err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Get(%q) = %v", raw, err)
		}
	}
}
