package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// maxHeader bounds the header of an answer, in bytes.
	maxHeader = 256 << 10
	// maxRedirects is the most redirects that Get follows.
	maxRedirects = 10

	idleTimeout = 90 * time.Second
	maxIdle     = 256 // connections kept open for all hosts together

	// A connection that says nothing for so long is asked whether it lives,
	// and closed when it does not say so: one that a router forgot would else
	// time out every request that HTTP/2 puts on it.
	pingAfter   = 15 * time.Second
	pingTimeout = 5 * time.Second
)

// Options are a client's settings, the keys of [fetch] in the config file.
// Start from DefaultOptions: a zero PerHostInterval means no spacing, and a
// false RespectRobots means none.
type Options struct {
	// UserAgent is sent with every request, unless a host's Identity has
	// another; its first word, up to a slash, is the name that robots.txt
	// rules are looked up by.
	UserAgent string
	// Timeout bounds the time on the network of one Get, redirects included;
	// awaiting a host's turn does not count. 0 means 30 s.
	Timeout time.Duration
	// MaxBody is the most bytes of a decoded body. 0 means 5 MiB.
	MaxBody int64
	// PerHostInterval is the least time between the starts of two requests to
	// a host.
	PerHostInterval time.Duration
	// PerHostParallel is the most requests to a host at a time. 0 means 2.
	PerHostParallel int
	RespectRobots   bool
	// AllowPrivate are ranges of special addresses that may be fetched from
	// nevertheless, on any port: who allows a range means its servers. Every
	// page that is fetched may redirect there.
	AllowPrivate []netip.Prefix
	// AllowPorts are ports of public addresses besides 80 and 443.
	AllowPorts []int
	// Proxy is an http, https or socks5 proxy for all requests, or nil. It has
	// to filter addresses itself: stet sees the names only, and refuses those
	// that resolve to special addresses here. Proxies named in the
	// environment are never used.
	Proxy *url.URL
	// Identity returns how stet shows itself to a host, in lower case, or nil
	// for as to all others. It is asked anew for each hop of a redirect, and
	// may itself be nil. Do does not ask it.
	Identity func(host string) *Identity
	Log      *slog.Logger // nil for none
}

// DefaultOptions returns the settings for who sets none.
func DefaultOptions() Options {
	return Options{
		UserAgent:       "stet (looks at articles for later edits; its operator gave no contact)",
		Timeout:         30 * time.Second,
		MaxBody:         5 << 20,
		PerHostInterval: time.Second,
		PerHostParallel: 2,
		RespectRobots:   true,
	}
}

// A Client gets pages through the guard. It is safe for concurrent use.
type Client struct {
	opts   Options
	guard  *guard
	kept   *http.Transport // connections are used again
	fresh  *http.Transport // each request has a connection of its own
	hosts  *hosts
	bodies *bodies
	robots *robots // nil where robots.txt is not respected
	lookup func(ctx context.Context, network, host string) ([]netip.Addr, error)
	log    *slog.Logger

	living     context.Context // ends with Close
	end        context.CancelFunc
	background sync.WaitGroup // what outlasts the Get that began it
}

// New returns a Client. The error names the option that is wrong.
func New(opts Options) (*Client, error) {
	return newClient(opts, net.DefaultResolver)
}

func newClient(opts Options, names *net.Resolver) (*Client, error) {
	opts, err := opts.withDefaults()
	if err != nil {
		return nil, fmt.Errorf("fetch options: %w", err)
	}
	c := &Client{
		opts:   opts,
		guard:  &guard{private: opts.AllowPrivate, ports: append([]int{80, 443}, opts.AllowPorts...)},
		hosts:  newHosts(opts.PerHostInterval, opts.PerHostParallel),
		bodies: &bodies{max: opts.MaxBody},
		lookup: names.LookupNetIP,
		log:    opts.Log,
	}
	c.living, c.end = context.WithCancel(context.Background())
	if opts.RespectRobots {
		c.robots = newRobots(c)
	}
	dialer := &net.Dialer{Timeout: opts.Timeout, Resolver: names, Control: c.guard.control}
	c.kept = &http.Transport{
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    opts.Timeout,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: pingAfter, PingTimeout: pingTimeout},
		DisableCompression:     true, // bodies undoes it, within limits
		MaxIdleConns:           maxIdle,
		MaxIdleConnsPerHost:    opts.PerHostParallel,
		IdleConnTimeout:        idleTimeout,
		MaxResponseHeaderBytes: maxHeader,
	}
	if opts.Proxy != nil {
		dialer.Control = nil // it dials the proxy only, which is the operator's word
		c.kept.Proxy = http.ProxyURL(opts.Proxy)
	}
	c.fresh = c.kept.Clone()
	c.fresh.DisableKeepAlives = true
	return c, nil
}

func (o Options) withDefaults() (Options, error) {
	defaults := DefaultOptions()
	if o.UserAgent == "" {
		o.UserAgent = defaults.UserAgent
	}
	if o.Timeout == 0 {
		o.Timeout = defaults.Timeout
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaults.MaxBody
	}
	if o.PerHostParallel == 0 {
		o.PerHostParallel = defaults.PerHostParallel
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o, o.check()
}

func (o Options) check() error {
	var errs []error
	if strings.ContainsFunc(o.UserAgent, func(r rune) bool { return r < ' ' || r > '~' }) {
		errs = append(errs, errors.New("user_agent has characters other than printable ASCII: write it in plain letters"))
	}
	if o.Timeout < 0 || o.MaxBody < 0 || o.PerHostInterval < 0 || o.PerHostParallel < 0 {
		errs = append(errs, errors.New("timeout, max_body, per_host_interval and per_host_parallel cannot be negative"))
	}
	for _, p := range o.AllowPrivate {
		if !p.IsValid() || p.Addr().Is4In6() {
			errs = append(errs, fmt.Errorf("allow_private has %s, which is no range of addresses: write it as 10.0.0.0/8 or fd00::/8", p))
		}
	}
	for _, port := range o.AllowPorts {
		if port < 1 || port > 65535 {
			errs = append(errs, fmt.Errorf("allow_ports has %d: ports go from 1 to 65535", port))
		}
	}
	if o.Proxy != nil && (o.Proxy.Host == "" || !slices.Contains([]string{"http", "https", "socks5", "socks5h"}, o.Proxy.Scheme)) {
		errs = append(errs, errors.New("proxy is no http, https or socks5 URL: write it as http://proxy.example:3128"))
	}
	return errors.Join(errs...)
}

// Close ends what goes on in the background and closes the connections that
// are kept open. Call it when no Get is under way.
func (c *Client) Close() {
	c.end()
	c.background.Wait()
	c.kept.CloseIdleConnections()
	c.fresh.CloseIdleConnections()
}

// ParseURL judges a URL as the function ParseURL does, and by this client's
// guard as far as that needs no name server: IP addresses, localhost, ports.
func (c *Client) ParseURL(raw string) (*url.URL, error) {
	u, err := ParseURL(raw)
	if err != nil {
		return nil, err
	}
	return u, c.guard.checkURL(u)
}
