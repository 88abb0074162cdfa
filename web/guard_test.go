package web

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestWhoIsAnswered(t *testing.T) {
	s := serve(t, invented())
	tests := []struct {
		name   string
		method string
		host   string
		header string
		want   int
	}{
		{"localhost", "GET", "localhost:8321", "", 200},
		{"localhost without a port", "GET", "localhost", "", 200},
		{"in capitals", "GET", "LOCALHOST:8321", "", 200},
		{"127.0.0.1", "GET", "127.0.0.1:8321", "", 200},
		{"another loopback address", "GET", "127.0.0.53", "", 200},
		{"IPv6", "GET", "[::1]:8321", "", 200},
		{"IPv6 without a port", "GET", "[::1]", "", 200},
		{"the base URL's host", "GET", "stet.newsroom.example:8321", "", 200},
		{"a name that was pointed here", "GET", "rebound.example:8321", "", 421},
		{"a name that looks like ours", "GET", "localhost.rebound.example", "", 421},
		{"a name below localhost", "GET", "x.localhost", "", 421},
		{"127.0.0.1 as part of a name", "GET", "127.0.0.1.rebound.example", "", 421},
		{"an address of the network", "GET", "192.0.2.7:8321", "", 421},
		{"all addresses", "GET", "0.0.0.0:8321", "", 421},
		{"a number that some resolvers take for loopback", "GET", "2130706433", "", 421},
		{"no host", "GET", "", "", 421},
		{"through a proxy, by RFC 7239", "GET", "localhost", "Forwarded", 403},
		{"through a proxy, the older way", "GET", "localhost", "X-Forwarded-For", 403},
		{"through a proxy that names only the host", "GET", "localhost", "x-forwarded-host", 403},
		{"HEAD", "HEAD", "localhost", "", 200},
		{"POST", "POST", "localhost", "", 405},
		{"DELETE", "DELETE", "localhost", "", 405},
		{"OPTIONS", "OPTIONS", "localhost", "", 405},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/", nil)
			r.Host = tt.host
			if tt.header != "" {
				r.Header.Set(tt.header, "")
			}
			w := httptest.NewRecorder()
			s.ServeHTTP(w, r)
			if w.Code != tt.want {
				t.Errorf("%s / at %q = %d, want %d", tt.method, tt.host, w.Code, tt.want)
			}
			for key, want := range map[string]string{"Content-Security-Policy": policy, "X-Content-Type-Options": "nosniff",
				"Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin"} {
				if got := w.Header().Get(key); got != want {
					t.Errorf("%s is %q, want %q", key, got, want)
				}
			}
			if w.Code != 200 && strings.Contains(w.Body.String(), "Marlhaven") {
				t.Error("the refusal tells a story")
			}
		})
	}
}

func TestWhereItListens(t *testing.T) {
	for listen, want := range map[string]bool{
		"127.0.0.1:8321":      true,
		"127.0.0.1:0":         true,
		"[::1]:8321":          true,
		"localhost:8321":      true,
		":8321":               false,
		"0.0.0.0:8321":        false,
		"[::]:8321":           false,
		"192.168.1.4:8321":    false,
		"[fe80::1%eth0]:80":   false,
		"stet.example:8321":   false,
		"127.0.0.1":           false,
		"8321":                false,
		"":                    false,
		"[::ffff:10.0.0.1]:1": false,
	} {
		err := CheckListen(listen)
		if (err == nil) != want {
			t.Errorf("CheckListen(%q) = %v, want it allowed: %t", listen, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), "127.0.0.1:") {
			t.Errorf("CheckListen(%q) = %q, which does not say how to mend it", listen, err)
		}
	}
}

func TestServe(t *testing.T) {
	defer goleak.VerifyNone(t)
	s := serve(t, invented())
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, l) }()

	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for _, method := range []string{"GET", "HEAD"} {
		r, _ := http.NewRequest(method, "http://"+l.Addr().String()+"/story/1", nil)
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != 200 || (len(body) > 0) != (method == "GET") {
			t.Errorf("%s = %d with %d bytes", method, answer.StatusCode, len(body))
		}
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Errorf("Serve = %v after its context ended, want nil", err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("Serve did not end with its context")
	}
	if _, err := client.Get("http://" + l.Addr().String()); err == nil {
		t.Error("the listener is still open")
	}
}

func TestServeRefusesAnOpenListener(t *testing.T) {
	l, err := net.Listen("tcp", "0.0.0.0:0")
	if err != nil {
		t.Skip(err)
	}
	if err := serve(t, invented()).Serve(t.Context(), l); err == nil || !strings.Contains(err.Error(), "password") {
		t.Errorf("Serve on %s = %v, want a refusal that speaks of passwords", l.Addr(), err)
	}
}

func TestABaseURLMustBeAnAddress(t *testing.T) {
	for _, base := range []string{"stet.example", "ftp://stet.example", "http://", "http://[::1", "127.0.0.1:8321"} {
		if _, err := New(invented(), Options{BaseURL: base}); err == nil || !strings.Contains(err.Error(), "web.base_url") {
			t.Errorf("New with base URL %q: %v, want an error that names web.base_url", base, err)
		}
	}
}
