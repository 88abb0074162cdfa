package fetch

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"
)

// special addresses, and what the refusal calls them.
var guarded = []struct {
	addr, says string
}{
	{"127.0.0.1", "a loopback address"},
	{"127.0.0.2", "a loopback address"},
	{"127.255.255.254", "a loopback address"},
	{"10.0.0.8", "a private address"},
	{"10.255.255.255", "a private address"},
	{"172.16.0.1", "a private address"},
	{"172.31.255.254", "a private address"},
	{"192.168.0.1", "a private address"},
	{"192.168.255.254", "a private address"},
	{"169.254.169.254", "a link-local address"},
	{"169.254.170.2", "a link-local address"},
	{"100.64.0.1", "a provider's network"},
	{"100.100.100.200", "a provider's network"},
	{"100.127.255.254", "a provider's network"},
	{"168.63.129.16", "the Azure platform"},
	{"0.0.0.0", "this machine's own network"},
	{"0.1.2.3", "this machine's own network"},
	{"192.0.0.1", "kept for protocols"},
	{"192.0.0.192", "kept for protocols"},
	{"192.0.2.7", "kept for documentation"},
	{"198.51.100.7", "kept for documentation"},
	{"203.0.113.7", "kept for documentation"},
	{"192.31.196.1", "kept for name servers"},
	{"192.175.48.6", "kept for name servers"},
	{"192.52.193.1", "kept for multicast relays"},
	{"192.88.99.1", "kept for IPv6 relays"},
	{"198.18.0.1", "kept for benchmarks"},
	{"198.19.255.254", "kept for benchmarks"},
	{"224.0.0.1", "a multicast address"},
	{"239.255.255.250", "a multicast address"},
	{"240.0.0.1", "a reserved address"},
	{"255.255.255.255", "the broadcast address"},
	{"::1", "a loopback address"},
	{"::", "this machine's own network"},
	{"::2", "no public address"},
	{"::127.0.0.1", "no public address"},
	{"64:ff9b::7f00:1", "the clothes of IPv6"},
	{"64:ff9b::808:808", "the clothes of IPv6"},
	{"64:ff9b:1::a00:8", "the clothes of IPv6"},
	{"2002:7f00:1::", "the clothes of IPv6"},
	{"2002:808:808::1", "the clothes of IPv6"},
	{"2001::7f00:1", "kept for protocols"},
	{"2001:20::1", "kept for protocols"},
	{"2001:db8::1", "kept for documentation"},
	{"3fff::1", "kept for documentation"},
	{"2620:4f:8000::1", "kept for name servers"},
	{"100::1", "no public address"},
	{"4000::1", "no public address"},
	{"5f00::1", "no public address"},
	{"fc00::1", "a private address"},
	{"fd00:ec2::254", "a private address"},
	{"fe80::1", "a link-local address"},
	{"fec0::1", "no public address"},
	{"ff02::1", "a multicast address"},
}

func TestSpecial(t *testing.T) {
	for _, tt := range guarded {
		if got := special(netip.MustParseAddr(tt.addr)); !strings.Contains(got, tt.says) {
			t.Errorf("special(%s) = %q, want %q", tt.addr, got, tt.says)
		}
	}
	for _, public := range []string{
		"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0",
		"168.63.129.15", "168.63.129.17", "169.253.255.255", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255",
		"192.169.0.0", "198.17.255.255", "198.20.0.0", "223.255.255.255",
		"2000::1", "2001:200::1", "2001:db7:ffff::1", "2001:db9::", "2003::1", "2606:4700::1111", "3ffe:ffff::1", "3fff:1000::1",
	} {
		if got := special(netip.MustParseAddr(public)); got != "" {
			t.Errorf("special(%s) = %q, want it public", public, got)
		}
	}
	for _, odd := range []netip.Addr{{}, netip.MustParseAddr("::ffff:8.8.8.8"), netip.MustParseAddr("2606:4700::1%eth0"), netip.MustParseAddr("fe80::1%1")} {
		if special(odd) == "" {
			t.Errorf("special(%s) = public", odd)
		}
	}
}

// A trap listens on every address of this machine and counts who connects.
type trap struct {
	port string
	hits atomic.Int64
}

func newTrap(t *testing.T) *trap {
	l, err := net.Listen("tcp", ":0") // IPv4 and IPv6
	if err != nil {
		t.Fatal(err)
	}
	tr := &trap{}
	_, tr.port, _ = net.SplitHostPort(l.Addr().String())
	s := &http.Server{
		Handler: http.NotFoundHandler(),
		ConnState: func(_ net.Conn, s http.ConnState) {
			if s == http.StateNew {
				tr.hits.Add(1)
			}
		},
	}
	done := make(chan struct{})
	go func() { defer close(done); s.Serve(l) }()
	t.Cleanup(func() { s.Close(); <-done })
	return tr
}

func (tr *trap) portNumber() int {
	n, _ := strconv.Atoi(tr.port)
	return n
}

// wantRefused gets a URL and fails unless it is refused with no byte sent.
func (tr *trap) wantRefused(t *testing.T, c *Client, raw string, kinds ...FailureKind) error {
	t.Helper()
	_, err := c.Get(t.Context(), Request{URL: raw})
	var f *Failure
	if !errors.As(err, &f) {
		t.Errorf("Get(%q) = %v, want a refusal", raw, err)
		return nil
	}
	ok := false
	for _, kind := range kinds {
		ok = ok || f.Kind == kind
	}
	if !ok {
		t.Errorf("Get(%q) = %s, %v; want one of %v", raw, f.Kind, err, kinds)
	}
	if n := tr.hits.Load(); n != 0 {
		t.Fatalf("Get(%q) made %d connections", raw, n)
	}
	return err
}

func TestTheTrapCatches(t *testing.T) {
	for _, host := range []string{"127.0.0.1", "127.0.0.2", "[::1]"} {
		tr := newTrap(t)
		opts := loopback()
		opts.AllowPrivate = append(opts.AllowPrivate, netip.MustParsePrefix("::1/128"))
		newTestClient(t, opts).Get(t.Context(), Request{URL: "http://" + host + ":" + tr.port})
		if tr.hits.Load() == 0 {
			t.Errorf("an allowed Get of %s was not counted, so the tests below prove nothing", host)
		}
	}
}

// hostOf writes an address as a URL has it.
func hostOf(addr string) string {
	if strings.Contains(addr, ":") {
		return "[" + addr + "]"
	}
	return addr
}

func TestGuardRefusesAddresses(t *testing.T) {
	tr := newTrap(t)
	c := newTestClient(t, Options{AllowPorts: []int{tr.portNumber()}, Timeout: 5 * time.Second})
	for _, tt := range guarded {
		err := tr.wantRefused(t, c, "http://"+hostOf(tt.addr)+":"+tr.port+"/", FailGuard)
		if err != nil && (!strings.Contains(err.Error(), tt.says) || !strings.Contains(err.Error(), "allow_private under [fetch]")) {
			t.Errorf("the refusal of %s says %q, want %q and the mend", tt.addr, err, tt.says)
		}
	}
	tr.wantRefused(t, c, "http://localhost:"+tr.port+"/", FailGuard)
	tr.wantRefused(t, c, "http://LOCALHOST.:"+tr.port+"/", FailGuard)
}

// withPort puts the trap's port into a URL that names none.
func withPort(raw, port string) string {
	const scheme = "http://"
	rest, found := strings.CutPrefix(raw, scheme)
	host, path, slash := strings.Cut(rest, "/")
	if !found || !slash || host == "" || strings.Contains(strings.TrimPrefix(host, "["), "]:") || strings.Count(host, ":") == 1 {
		return raw
	}
	return scheme + host + ":" + port + "/" + path
}

func TestGuardRefusesOddSpellings(t *testing.T) {
	tr := newTrap(t)
	c := newTestClient(t, Options{AllowPorts: []int{tr.portNumber()}, Timeout: 5 * time.Second})
	for _, tt := range unfetchable {
		tr.wantRefused(t, c, withPort(tt.raw, tr.port), FailURL)
	}
}

func TestGuardRefusesRedirects(t *testing.T) {
	tr := newTrap(t)
	var target atomic.Value
	from := serveAside(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Location", target.Load().(string))
		w.WriteHeader(http.StatusFound)
	})
	c := newTestClient(t, Options{
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.3/32")},
		AllowPorts:   []int{tr.portNumber()}, Timeout: 5 * time.Second, RespectRobots: true,
	})
	for _, tt := range guarded {
		target.Store("http://" + hostOf(tt.addr) + ":" + tr.port + "/")
		tr.wantRefused(t, c, from, FailGuard)
		target.Store("//" + hostOf(tt.addr) + ":" + tr.port + "/")
		tr.wantRefused(t, c, from, FailGuard)
	}
	for _, tt := range unfetchable {
		if strings.HasPrefix(tt.raw, "http://") && !strings.Contains(tt.says, "space") && isASCII(tt.raw) {
			target.Store(withPort(tt.raw, tr.port))
			tr.wantRefused(t, c, from, FailRedirect, FailGuard)
		}
	}
}

// serveAside serves on 127.0.0.3, so that a client can be allowed to reach
// this server and nothing else of this machine. It returns the URL.
func serveAside(t *testing.T, h http.HandlerFunc) string {
	l, err := net.Listen("tcp", "127.0.0.3:0")
	if err != nil {
		t.Skip("this system has one loopback address only")
	}
	s := httptest.NewUnstartedServer(h)
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}

// names is a name server on loopback. Each name has a list of answers, which
// are given in turn and then from the start.
type names struct {
	mu      sync.Mutex
	answers map[string][][]string
	asked   map[string]int
	conn    net.PacketConn
}

func newNames(t *testing.T, answers map[string][][]string) *net.Resolver {
	conn, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{answers: answers, asked: make(map[string]int), conn: conn}
	done := make(chan struct{})
	go func() { defer close(done); n.serve() }()
	t.Cleanup(func() { conn.Close(); <-done })
	return &net.Resolver{
		PreferGo: true,
		Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "udp", conn.LocalAddr().String())
		},
	}
}

func (n *names) serve() {
	buf := make([]byte, 1500)
	for {
		size, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var m dnsmessage.Message
		if m.Unpack(buf[:size]) != nil || len(m.Questions) != 1 {
			continue
		}
		n.answer(&m)
		if reply, err := m.Pack(); err == nil {
			n.conn.WriteTo(reply, from)
		}
	}
}

// answer gives the addresses of the question's family. The resolver asks for
// both families at once; asking for IPv4 goes on to the next answer.
func (n *names) answer(m *dnsmessage.Message) {
	n.mu.Lock()
	defer n.mu.Unlock()
	q := m.Questions[0]
	name := strings.TrimSuffix(q.Name.String(), ".")
	lists := n.answers[name]
	m.Response, m.RecursionAvailable, m.Additionals = true, true, nil
	if lists == nil {
		m.RCode = dnsmessage.RCodeNameError
		return
	}
	list := lists[n.asked[name]%len(lists)]
	if q.Type == dnsmessage.TypeA {
		n.asked[name]++
	}
	for _, s := range list {
		addr := netip.MustParseAddr(s)
		head := dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}
		switch {
		case addr.Is4() && q.Type == dnsmessage.TypeA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: addr.As4()}})
		case addr.Is6() && q.Type == dnsmessage.TypeAAAA:
			m.Answers = append(m.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: addr.As16()}})
		}
	}
}

func newNamedClient(t *testing.T, opts Options, resolver *net.Resolver) *Client {
	t.Helper()
	c, err := newClient(opts, resolver)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func TestGuardRefusesNamesOfPrivateAddresses(t *testing.T) {
	tr := newTrap(t)
	answers := map[string][][]string{
		"both.example":   {{"127.0.0.1", "::1"}},
		"mapped.example": {{"::ffff:127.0.0.1"}},
	}
	for i, tt := range guarded {
		answers[fmt.Sprintf("name%d.example", i)] = [][]string{{tt.addr}}
	}
	resolver := newNames(t, answers)
	c := newNamedClient(t, Options{AllowPorts: []int{tr.portNumber()}, Timeout: 5 * time.Second, RespectRobots: true}, resolver)
	for name := range answers {
		err := tr.wantRefused(t, c, "http://"+name+":"+tr.port+"/", FailGuard)
		if err != nil && !strings.Contains(err.Error(), name+" leads to ") {
			t.Errorf("the refusal of %s says %q", name, err)
		}
		tr.wantRefused(t, c, "https://"+name+":"+tr.port+"/", FailGuard)
		tr.wantRefused(t, c, "http://"+strings.ToUpper(name)+".:"+tr.port+"/", FailGuard)
	}
	if err := tr.wantRefused(t, c, "http://missing.example:"+tr.port+"/", FailDNS); !strings.Contains(err.Error(), "missing.example does not exist") {
		t.Errorf("the failure of a missing name says %q", err)
	}
}

// The first answer is an address that the client may reach, as a public one
// would be; the second is not.
func TestGuardRefusesRebinding(t *testing.T) {
	tr := newTrap(t)
	var served atomic.Int64
	_, port, _ := strings.Cut(serveAside(t, func(http.ResponseWriter, *http.Request) { served.Add(1) }), ".3:")
	resolver := newNames(t, map[string][][]string{"rebind.example": {{"127.0.0.3"}, {"127.0.0.1"}}})
	c := newNamedClient(t, Options{
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.3/32")},
		AllowPorts:   []int{tr.portNumber()}, Timeout: 5 * time.Second,
	}, resolver)
	if _, err := c.Get(t.Context(), Request{URL: "http://rebind.example:" + port, Fresh: true}); err != nil {
		t.Fatalf("the first Get = %v", err)
	}
	tr.wantRefused(t, c, "http://rebind.example:"+tr.port, FailGuard)
	if served.Load() != 1 {
		t.Errorf("%d requests came to the first address, want 1", served.Load())
	}
}

func TestGuardAdmits(t *testing.T) {
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	_, port, _ := net.SplitHostPort(s.Listener.Addr().String())
	resolver := newNames(t, map[string][][]string{
		"newsroom.example": {{"127.0.0.1"}},
		"both.example":     {{"10.0.0.8", "127.0.0.1"}},
	})
	c := newNamedClient(t, loopback(), resolver)
	for _, host := range []string{"127.0.0.1", "newsroom.example", "NEWSROOM.example.", "both.example"} {
		if _, err := c.Get(t.Context(), Request{URL: "http://" + host + ":" + port + "/"}); err != nil {
			t.Errorf("Get from %s = %v", host, err)
		}
	}
}

func TestGuardRefusesPorts(t *testing.T) {
	c := newTestClient(t, Options{AllowPorts: []int{8080}})
	for raw, want := range map[string]bool{
		"http://news.example/":      true,
		"https://news.example/":     true,
		"http://news.example:443/":  true,
		"http://news.example:8080/": true,
		"http://news.example:22/":   false,
		"http://news.example:6379/": false,
		"http://8.8.8.8:53/":        false,
		"http://8.8.8.8:8080/":      true,
	} {
		_, err := c.ParseURL(raw)
		if (err == nil) != want {
			t.Errorf("ParseURL(%q) = %v, want allowed = %v", raw, err, want)
		}
		if err != nil && !strings.Contains(err.Error(), "allow_ports under [fetch]") {
			t.Errorf("ParseURL(%q) = %q, which does not say how to mend it", raw, err)
		}
	}
	// With a private range allowed, only the address tells whether the port is.
	g := guard{private: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, ports: []int{80, 443}}
	for address, want := range map[string]bool{
		"10.0.0.8:6379": true, "8.8.8.8:6379": false, "8.8.8.8:443": true, "[2606:4700::1]:443": true, "[2606:4700::1%eth0]:443": false,
		"[::ffff:10.0.0.8]:80": false, "[::ffff:8.8.8.8]:80": false, "news.example:80": false, "": false,
	} {
		if err := g.control("tcp4", address, nil); (err == nil) != want {
			t.Errorf("control(%q) = %v, want allowed = %v", address, err, want)
		}
	}
	if g.control("udp", "8.8.8.8:443", nil) == nil || g.control("unix", "/run/x.sock", nil) == nil {
		t.Error("control lets through what is not TCP")
	}
}

// With a proxy the guard sees names only, and refuses those that lead to
// private addresses before the proxy hears of them.
func TestGuardBeforeAProxy(t *testing.T) {
	var asked atomic.Int64
	proxy := serve(t, func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		w.Write([]byte("through the proxy: " + r.URL.String()))
	})
	resolver := newNames(t, map[string][][]string{
		"news.example": {{"93.184.215.14"}}, "inside.example": {{"93.184.215.14", "10.0.0.8"}},
	})
	u, _ := url.Parse(proxy.URL)
	c := newNamedClient(t, Options{Proxy: u, Timeout: 5 * time.Second}, resolver)
	for _, raw := range []string{"http://inside.example/", "https://inside.example/", "http://10.0.0.8/", "http://localhost/", "http://news.example:22/"} {
		_, err := c.Get(t.Context(), Request{URL: raw})
		var f *Failure
		if !errors.As(err, &f) || f.Kind != FailGuard || asked.Load() != 0 {
			t.Errorf("Get(%q) = %v, with %d requests to the proxy", raw, err, asked.Load())
		}
	}
	for _, raw := range []string{"http://news.example/a", "http://unknown-here.example/a"} {
		got, err := c.Get(t.Context(), Request{URL: raw})
		if err != nil || string(got.Body) != "through the proxy: "+raw {
			t.Errorf("Get(%q) = %v, %v", raw, got, err)
		}
	}
}

func TestAProxyThatCannotBeReached(t *testing.T) {
	proxy := serve(t, nil)
	proxy.Close()
	u, _ := url.Parse(strings.Replace(proxy.URL, "//", "//desk:hunter2@", 1))
	c := newNamedClient(t, Options{Proxy: u, Timeout: 5 * time.Second}, newNames(t, nil))
	for _, raw := range []string{"http://news.example/", "https://news.example/"} {
		_, err := c.Get(t.Context(), Request{URL: raw})
		var f *Failure
		if !errors.As(err, &f) || f.Kind != FailNetwork || !strings.Contains(err.Error(), "the proxy cannot be reached") || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("Get(%q) = %v", raw, err)
		}
	}
}

func TestProxiesOfTheEnvironmentAreNotUsed(t *testing.T) {
	tr := newTrap(t)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "http://127.0.0.1:"+tr.port)
	}
	c := newNamedClient(t, Options{Timeout: 5 * time.Second}, newNames(t, nil))
	tr.wantRefused(t, c, "http://news.example/", FailDNS)
	tr.wantRefused(t, c, "https://news.example/", FailDNS)
}
