package fetch

import (
	"bytes"
	"compress/gzip"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// loopback are options for servers of httptest.
func loopback() Options {
	return Options{
		Timeout:      5 * time.Second,
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
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		z.Write([]byte("The harbour opens at nine."))
		z.Close()
	})
	c := newTestClient(t, loopback())
	got, err := c.Get(t.Context(), Request{URL: s.URL + "/story#top"})
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Body, []byte("The harbour opens at nine.")) || got.Status != 200 || got.Peer != s.Listener.Addr().String() || got.Took <= 0 {
		t.Errorf("Get = %+v", got)
	}
	c2 := newTestClient(t, Options{})
	got, err = c2.Get(t.Context(), Request{URL: s.URL})
	var f *Failure
	if !errors.As(err, &f) || f.Kind != FailGuard || got != nil {
		t.Errorf("Get = %v, %v", got, err)
	}
	t.Log(err)
}
