package fetch

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"
)

// An authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	a := &authority{cert: &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "a test's authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}}
	_, a.key = a.sign(t, a.cert)
	return a
}

// sign returns a certificate and its key; the authority's own is its first.
func (a *authority) sign(t *testing.T, c *x509.Certificate) (der []byte, key *ecdsa.PrivateKey) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer := a.key
	if signer == nil {
		signer = key
	}
	if der, err = x509.CreateCertificate(rand.Reader, c, a.cert, &key.PublicKey, signer); err != nil {
		t.Fatal(err)
	}
	if a.key == nil {
		a.cert, err = x509.ParseCertificate(der)
	}
	if err != nil {
		t.Fatal(err)
	}
	return der, key
}

// serve serves TLS with a certificate from this authority, valid from an hour
// ago until end.
func (a *authority) serve(t *testing.T, h http.HandlerFunc, end time.Time, config *tls.Config, names ...string) *httptest.Server {
	c := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "a test's server"}, DNSNames: names,
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: end,
	}
	if len(names) == 0 {
		c.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	}
	der, key := a.sign(t, c)
	s := httptest.NewUnstartedServer(h)
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.TLS = config
	s.TLS.Certificates = []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}
	s.EnableHTTP2 = true
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

// trusting returns a client that trusts the authority.
func (a *authority) trusting(t *testing.T, opts Options) *Client {
	c := newTestClient(t, opts)
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	c.kept.TLSClientConfig.RootCAs = pool
	c.fresh.TLSClientConfig.RootCAs = pool
	return c
}

func TestGetSaysWhatIsWrongWithTLS(t *testing.T) {
	ours, theirs := newAuthority(t), newAuthority(t)
	ok := func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }
	soon, past := time.Now().Add(time.Hour), time.Now().Add(-time.Hour)
	plain := serve(t, ok)
	for _, tt := range []struct {
		name, from, says string
	}{
		{"a good certificate", ours.serve(t, ok, soon, &tls.Config{}).URL, ""},
		{"signed by nobody known", theirs.serve(t, ok, soon, &tls.Config{}).URL, "signed by nobody that this machine trusts"},
		{"ended", ours.serve(t, ok, past, &tls.Config{}).URL, "ended on " + past.UTC().Format(time.DateOnly)},
		{"for other names", ours.serve(t, ok, soon, &tls.Config{}, "www.news.example", "news.example").URL, `for another name, "www.news.example, news.example"`},
		{"TLS of long ago", ours.serve(t, ok, soon, &tls.Config{MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}).URL, "the handshake failed"},
		{"no TLS", strings.Replace(plain.URL, "http:", "https:", 1), "does not speak TLS"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := ours.trusting(t, loopback()).Get(t.Context(), Request{URL: tt.from})
			if tt.says == "" {
				if err != nil || string(got.Body) != "HTTP/2.0" {
					t.Errorf("Get = %v, %v; want it by HTTP/2", got, err)
				}
				return
			}
			var f *Failure
			if !errors.As(err, &f) || f.Kind != FailTLS || !strings.Contains(err.Error(), tt.says) || got != nil {
				t.Errorf("Get = %v, want %s and %q", err, FailTLS, tt.says)
			}
		})
	}
}

func TestConnectionsAreUsedAgainButNotForAFreshLook(t *testing.T) {
	a := newAuthority(t)
	var peers sync.Map // of the connections' other ends
	opened := func() (n int) {
		peers.Range(func(_, _ any) bool { n++; return true })
		return n
	}
	h := func(w http.ResponseWriter, r *http.Request) {
		peers.Store(r.RemoteAddr, true)
		if r.URL.Path == "/missing" {
			w.WriteHeader(http.StatusNotFound)
		}
		w.Write(story)
	}
	plain, secure := serve(t, h), a.serve(t, h, time.Now().Add(time.Hour), &tls.Config{})
	for _, s := range []*httptest.Server{plain, secure} {
		c := a.trusting(t, loopback())
		peers.Clear()
		for i := range 10 {
			path := []string{"/", "/missing"}[i%2]
			if got, err := c.Get(t.Context(), Request{URL: s.URL + path}); got == nil {
				t.Fatal(err)
			}
		}
		if n := opened(); n != 1 {
			t.Errorf("%s: 10 Gets made %d connections, want 1", s.URL, n)
		}
		for range 3 {
			if _, err := c.Get(t.Context(), Request{URL: s.URL, Fresh: true}); err != nil {
				t.Fatal(err)
			}
		}
		if n := opened(); n != 4 {
			t.Errorf("%s: 3 fresh looks made %d connections, want 3", s.URL, n-1)
		}
	}
}

func TestDo(t *testing.T) {
	var got string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = fmt.Sprint(r.Method, " ", r.URL, r.Header["X-Signature"], r.Header["User-Agent"], string(body))
		switch r.URL.Path {
		case "/elsewhere":
			http.Redirect(w, r, "/hook", http.StatusTemporaryRedirect)
		case "/large":
			w.Write(make([]byte, 10<<20))
		default:
			w.WriteHeader(http.StatusAccepted)
			fmt.Fprint(w, "taken")
		}
	})
	c := newTestClient(t, loopback())
	post := func(to string) (*http.Response, error) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, to, strings.NewReader("an edit"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("X-Signature", "abc")
		return c.Do(req)
	}
	for _, tt := range []struct {
		path   string
		status int
		body   string
		err    error
	}{
		{"/hook?x=1", http.StatusAccepted, "taken", nil},
		{"/elsewhere", http.StatusTemporaryRedirect, "", nil},
		{"/large", http.StatusOK, string(make([]byte, 5<<20)), errTooLarge},
	} {
		answer, err := post(s.URL + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if answer.StatusCode != tt.status || string(body) != tt.body || !errors.Is(err, tt.err) {
			t.Errorf("Do to %s = %d with %d bytes, %v", tt.path, answer.StatusCode, len(body), err)
		}
		if want := "POST " + tt.path + " [abc] [stet/1 (+https://desk.example)]an edit"; got != want {
			t.Errorf("the server got %q, want %q", got, want)
		}
	}

	s.Close()
	for raw, kind := range map[string]FailureKind{
		s.URL + "/hunter2":                   FailRefused,
		"http://10.0.0.8/hunter2":            FailGuard,
		"http://169.254.169.254/?hunter2":    FailGuard,
		"http://desk:hunter2@hooks.example/": FailURL,
		"http://intranet/hunter2":            FailURL,
	} {
		_, err := post(raw)
		var f *Failure
		if !errors.As(err, &f) || f.Kind != kind || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Do to %s = %v, want %s", raw, err, kind)
		}
	}
}

func TestDoMeetsTheGuardWhenItDials(t *testing.T) {
	tr := newTrap(t)
	c := newNamedClient(t, Options{AllowPorts: []int{tr.portNumber()}}, newNames(t, map[string][][]string{"hooks.example": {{"127.0.0.1"}}}))
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://hooks.example:"+tr.port+"/hunter2", strings.NewReader("an edit"))
	_, err := c.Do(req)
	var f *Failure
	if !errors.As(err, &f) || f.Kind != FailGuard || f.URL != "http://hooks.example:"+tr.port || tr.hits.Load() != 0 {
		t.Errorf("Do = %v, with %d connections", err, tr.hits.Load())
	}
}

func TestOptionsAreChecked(t *testing.T) {
	for _, tt := range []struct {
		name string
		opts Options
		says string
	}{
		{"a user agent of two lines", Options{UserAgent: "stet\r\nX-Evil: yes"}, "user_agent"},
		{"a negative time", Options{Timeout: -1}, "negative"},
		{"a port too large", Options{AllowPorts: []int{65536}}, "allow_ports has 65536"},
		{"a good range", Options{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("fd00::/8")}}, ""},
		{"no range", Options{AllowPrivate: []netip.Prefix{{}}}, "allow_private has"},
		{"IPv4 in the clothes of IPv6", Options{AllowPrivate: []netip.Prefix{netip.MustParsePrefix("::ffff:10.0.0.0/104")}}, "allow_private has"},
		{"a proxy without a host", Options{Proxy: &url.URL{Scheme: "http"}}, "proxy is no"},
		{"a proxy of another kind", Options{Proxy: &url.URL{Scheme: "ftp", Host: "proxy.example"}}, "proxy is no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := New(tt.opts)
			if tt.says == "" {
				if err != nil {
					t.Fatal(err)
				}
				c.Close()
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("New = %v, want it to say %q", err, tt.says)
			}
		})
	}
}

func TestGetBoundsHeadersByHTTP2(t *testing.T) {
	a := newAuthority(t)
	s := a.serve(t, func(w http.ResponseWriter, r *http.Request) {
		for i := range 1000 {
			w.Header().Set(fmt.Sprint("X-Padding-", i), strings.Repeat("a", 1000))
		}
	}, time.Now().Add(time.Hour), &tls.Config{})
	got, err := a.trusting(t, loopback()).Get(t.Context(), Request{URL: s.URL})
	var f *Failure
	if !errors.As(err, &f) || f.Kind != FailNetwork || got != nil {
		t.Errorf("Get = %v, %v; want %s", got, err, FailNetwork)
	}
}
