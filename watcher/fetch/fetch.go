// Package fetch gets pages from the network: one guarded HTTP client with
// limits of time, size and redirects, conditional requests, robots.txt,
// politeness by host, content decoding, and a guard that never lets a request
// reach a private address. Everything that dials on a page's or a user's word
// goes through it.
//
// Start with [New] and [Client.Get]; [Client.Do] is for requests that are no
// visit of a page, such as webhooks, and [ParseURL] judges an address before
// anything is fetched. What a Get goes through, for each redirect again:
//
//  1. The URL has one plain spelling, and its port and address are allowed.
//  2. The site's robots.txt, read once a day, does not forbid the page.
//  3. The host's turn comes: at most so many requests at a time, their starts
//     an interval or the site's crawl-delay apart, none while it asked by
//     Retry-After to be left alone. robots.txt itself awaits its turn, too.
//  4. The address that the connection is about to be made to passes the guard.
//  5. The answer is read and decoded within the limits, and judged: whatever
//     brought no whole page is a [Failure] of a kind that a person understands.
//
// Nothing is tried again here, except for what net/http repeats on a connection
// that had gone stale: when to look again is the watcher's matter.
package fetch

import (
	"fmt"
	"net/http"
	"time"
)

// A Request asks for one page.
type Request struct {
	URL          string
	ETag         string // the validators of the last answer, or ""
	LastModified string
	// ValidFor is the final URL of the answer that the validators came with;
	// "" means URL. A redirect to elsewhere is followed without them.
	ValidFor string
	Fresh    bool // from a new connection and without validators: a second look
}

// A Capture is what one fetch brought: the bytes, headers, final URL, peer
// address and clock.
type Capture struct {
	URL      string // as asked
	FinalURL string // after redirects
	// MovedTo is where permanent redirects (301, 308) lead to, as far as they
	// go without a temporary one between; "" where there were none.
	MovedTo     string
	Peer        string        // address and port that answered
	At          time.Time     // when the request was sent
	Took        time.Duration // until the last byte
	Status      int
	Header      http.Header // as received
	Body        []byte      // content coding removed, charset as sent; nil with NotModified
	NotModified bool        // 304: as when the validators were given
}

// A FailureKind is a sort of failure that a person understands.
type FailureKind string

// The kinds of failure.
const (
	FailDNS         FailureKind = "dns"          // the name does not resolve
	FailRefused     FailureKind = "refused"      // nobody listens, or the connection was reset
	FailTLS         FailureKind = "tls"          // certificate or handshake
	FailTimeout     FailureKind = "timeout"      // no answer, or not all of it, in time
	FailTooLarge    FailureKind = "too_large"    // body over the limit, compressed or not
	FailTruncated   FailureKind = "truncated"    // body shorter than announced, or broken off
	FailEncoding    FailureKind = "encoding"     // content coding unknown or broken
	FailRedirect    FailureKind = "redirect"     // too many, or to nowhere
	FailClientError FailureKind = "client_error" // 4xx
	FailServerError FailureKind = "server_error" // 5xx
	FailRobots      FailureKind = "robots"       // robots.txt says no; no request was made
	FailGuard       FailureKind = "guard"        // a private address or a port not allowed; no byte was sent
	FailURL         FailureKind = "url"          // no URL that stet can fetch
	FailNetwork     FailureKind = "network"      // anything else between here and there
)

// A Failure is a fetch that brought no page.
type Failure struct {
	Kind       FailureKind
	URL        string        // what was asked; credentials removed
	Status     int           // of a 4xx or 5xx answer, else 0
	RetryAfter time.Duration // what the server asked for, else 0
	// Unasked says that no request was made yet: the host's turn does not
	// come in time, or it asked to be left alone, for RetryAfter. That says
	// nothing of the page.
	Unasked bool
	Err     error // what happened, in words that name the cause and the mend
}

func (f *Failure) Error() string { return fmt.Sprintf("fetch %s: %v", clip(f.URL, 200), f.Err) }
func (f *Failure) Unwrap() error { return f.Err }

// Refused reports whether no request was made, by robots.txt or by the guard.
func (f *Failure) Refused() bool {
	return f.Kind == FailRobots || f.Kind == FailGuard || f.Kind == FailURL
}
