package fetch

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const theSecret = "s3cr3t-of-the-subscription"

// subscriber is the identity of these tests, of paper.example alone.
func subscriber(host string) *Identity {
	if host != "paper.example" {
		return nil
	}
	return &Identity{
		UserAgent: "NewsdeskReader/2 (+https://desk.example)", AcceptLanguage: "nl",
		Headers: http.Header{"X-Subscription": {theSecret + "-header"}},
		Cookies: []Cookie{
			{Domain: "paper.example", Subdomains: true, Path: "/", Name: "plain", Value: theSecret + "-plain"},
			{Domain: "paper.example", Subdomains: true, Path: "/", Secure: true, Name: "safe", Value: theSecret + "-safe"},
		},
	}
}

// A frontDoor is an https server and an http one that every host name of a
// client leads to.
type frontDoor struct {
	mu    sync.Mutex
	asked []*http.Request
}

func newFrontDoor(t *testing.T, opts Options, answer http.HandlerFunc) (*frontDoor, *Client) {
	d := &frontDoor{}
	handler := func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.asked = append(d.asked, r)
		d.mu.Unlock()
		answer(w, r)
	}
	a := newAuthority(t)
	safe := a.serve(t, handler, time.Now().Add(time.Hour), &tls.Config{}, "paper.example", "www.paper.example", "rival.example")
	open := serve(t, handler)
	c := a.trusting(t, opts)
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		to := open.Listener.Addr()
		if strings.HasSuffix(address, ":443") {
			to = safe.Listener.Addr()
		}
		return new(net.Dialer).DialContext(ctx, network, to.String())
	}
	c.kept.DialContext, c.fresh.DialContext = dial, dial
	return d, c
}

// shown is what a request showed of the subscription.
func shown(r *http.Request) string {
	var all []string
	if r.UserAgent() != "stet/1 (+https://desk.example)" {
		all = append(all, "agent")
	}
	if r.Header.Get("Accept-Language") != "" {
		all = append(all, "language")
	}
	if r.Header.Get("X-Subscription") != "" {
		all = append(all, "header")
	}
	for _, c := range r.Cookies() {
		all = append(all, c.Name)
	}
	return strings.Join(all, " ")
}

func TestASiteAloneLearnsOfTheSubscription(t *testing.T) {
	tests := []struct {
		name string
		from string
		to   string // where that redirects to; "" for no redirect
		want []string
	}{
		{"its own page by https", "https://paper.example/a", "", []string{"agent language header plain safe"}},
		{"its own page by http keeps what is secure", "http://paper.example/a", "", []string{"agent language header plain"}},
		{"a subdomain that is not of the site", "https://www.paper.example/a", "", []string{""}},
		{"a redirect to another host", "https://paper.example/a", "https://rival.example/a", []string{"agent language header plain safe", ""}},
		{"a redirect to a subdomain that is not of the site", "https://paper.example/a", "https://www.paper.example/a", []string{"agent language header plain safe", ""}},
		{"a redirect from another host to the site", "https://rival.example/a", "https://paper.example/a", []string{"", "agent language header plain safe"}},
		{"a redirect from https to http of the same host", "https://paper.example/a", "http://paper.example/b", []string{"agent language header plain safe", "agent language"}},
		{"a redirect from another host to the site by http", "http://rival.example/a", "http://paper.example/a", []string{"", "agent language"}},
		{"a redirect within http", "http://paper.example/a", "/b", []string{"agent language header plain", "agent language header plain"}},
		{"a redirect from http to https of the same host", "http://paper.example/a", "https://paper.example/a", []string{"agent language header plain", "agent language header plain safe"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			opts := loopback()
			opts.Identity = subscriber
			scheme, host, _ := strings.Cut(strings.TrimSuffix(tt.from, "/a"), "://")
			door, c := newFrontDoor(t, opts, func(w http.ResponseWriter, r *http.Request) {
				if tt.to != "" && r.URL.Path == "/a" && r.Host == host && (r.TLS != nil) == (scheme == "https") {
					http.Redirect(w, r, tt.to, http.StatusFound)
				}
			})
			if _, err := c.Get(t.Context(), Request{URL: tt.from}); err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, r := range door.asked {
				got = append(got, shown(r))
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("the requests showed %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTheSubscriptionIsShownNowhere(t *testing.T) {
	var log bytes.Buffer
	opts := loopback()
	opts.RespectRobots = true
	opts.Identity = subscriber
	opts.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	door, c := newFrontDoor(t, opts, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Set-Cookie", "plain="+theSecret+"-renewed; Path=/")
		switch r.URL.Path {
		case "/limited":
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/broken":
			w.Header().Set("Content-Length", "99")
		case "/robots.txt":
			w.WriteHeader(http.StatusNotFound)
		}
	})
	var said strings.Builder
	for _, path := range []string{"/story", "/broken", "/limited", "/again"} {
		capture, err := c.Get(t.Context(), Request{URL: "https://paper.example" + path})
		var f *Failure
		errors.As(err, &f)
		fmt.Fprintf(&said, "%+v %+v %v\n", capture, f, err)
		if capture != nil && capture.Header.Get("Set-Cookie") != "" {
			t.Errorf("the capture of %s keeps the Set-Cookie of the subscriber's session", path)
		}
	}
	fmt.Fprintf(&said, "%v %+v %#v %v", subscriber("paper.example"), *subscriber("paper.example"), subscriber("paper.example"), subscriber("paper.example").Cookies)
	if strings.Contains(said.String(), theSecret) || strings.Contains(log.String(), theSecret) {
		t.Errorf("the secret is in a capture, an error or the log:\n%s%s", said.String(), log.String())
	}
	if len(door.asked) != 4 || door.asked[0].URL.Path != "/robots.txt" {
		t.Fatalf("%d requests were made, want robots.txt and three pages", len(door.asked))
	}
	if got := shown(door.asked[0]); got != "agent" {
		t.Errorf("the request for robots.txt showed %q, want the agent alone", got)
	}
	if got := shown(door.asked[3]); got != "agent language header plain safe" {
		t.Errorf("a later request showed %q; what Set-Cookie brought is not to be kept", got)
	}
}

func TestACookieOnTheWayIsNewerThanTheFiles(t *testing.T) {
	opts := loopback()
	opts.Identity = subscriber
	door, c := newFrontDoor(t, opts, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/a" {
			http.SetCookie(w, &http.Cookie{Name: "plain", Value: "renewed", Path: "/"})
			http.Redirect(w, r, "/b", http.StatusFound)
		}
	})
	if _, err := c.Get(t.Context(), Request{URL: "https://paper.example/a"}); err != nil {
		t.Fatal(err)
	}
	if got, want := door.asked[1].Header.Get("Cookie"), "plain=renewed; safe="+theSecret+"-safe"; got != want {
		t.Errorf("after the redirect the cookies were %q, want %q", got, want)
	}
}

func TestRobotsGroupOfANameForOneSite(t *testing.T) {
	const named = "User-agent: NewsdeskReader\nDisallow: /desk/\n\n"
	const usual = "User-agent: stet\nDisallow: /stet/\n\n"
	const all = "User-agent: *\nDisallow: /all/\n"
	tests := []struct {
		name, robots, forbidden string
	}{
		{"the site's own name comes first", named + usual + all, "/desk/"},
		{"rules for stet hold although it has another name there", usual + all, "/stet/"},
		{"else the rules for everyone", all, "/all/"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			opts := polite()
			opts.Identity = subscriber
			c := newRobotsSite(t, 200, tt.robots).client(t, opts)
			for _, path := range []string{"/desk/", "/stet/", "/all/"} {
				want := FailureKind("")
				if path == tt.forbidden {
					want = FailRobots
				}
				wantKind(t, c, "http://paper.example"+path, want)
			}
		})
	}
}

func TestHeaderProblem(t *testing.T) {
	for name, says := range map[string]string{
		"X-Subscription": "", "authorization": "", "Cookie": "", "DNT": "",
		"host": "request itself", "Content-Length": "request itself", "TE": "next machine", "proxy-authorization": "next machine",
		"accept-encoding": "unpack", "if-none-match": "condition", "Range": "condition",
		"User-Agent": "user_agent", "accept-language": "accept_language", "X Y": "no name", "": "no name",
	} {
		if got := HeaderProblem(name); (got == "") != (says == "") || !strings.Contains(got, says) {
			t.Errorf("HeaderProblem(%q) = %q, want it to say %q", name, got, says)
		}
	}
}
