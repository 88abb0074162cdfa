package fetch

import (
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// An Identity is how stet shows itself to one site: who it says it is, and the
// secrets of a subscription. Every request is given that of its own host, so
// that a redirect to another host carries none of it. fmt prints none of it.
type Identity struct {
	// UserAgent takes the place of the client's, for robots.txt too; "" keeps it.
	UserAgent string
	// AcceptLanguage is the header of that name; "" sends none.
	AcceptLanguage string
	// Headers are sent besides, such as Authorization. Their names are ones
	// that HeaderProblem has nothing to say of.
	Headers http.Header
	// Cookies are the site's own; each goes where its domain and path say.
	Cookies []Cookie
}

// Format prints that there is an identity, whatever the verb.
func (Identity) Format(f fmt.State, _ rune) { io.WriteString(f, "[identity]") }

// secret reports whether requests carry more than a name.
func (i *Identity) secret() bool { return i != nil && len(i.Headers)+len(i.Cookies) > 0 }

// identity returns a host's identity, or nil.
func (c *Client) identity(host string) *Identity {
	if c.opts.Identity == nil {
		return nil
	}
	return c.opts.Identity(host)
}

// userAgent returns what stet calls itself to a host.
func (c *Client) userAgent(host string) string {
	if i := c.identity(host); i != nil && i.UserAgent != "" {
		return i.UserAgent
	}
	return c.opts.UserAgent
}

// identify adds to a request what its site is to be told. An http address,
// where others can listen, is told headers and cookies only if no redirect
// from https or from another host led there.
func (g *get) identify(req *http.Request, now time.Time) {
	i := g.client.identity(req.URL.Hostname())
	if i == nil {
		return
	}
	if i.AcceptLanguage != "" {
		req.Header["Accept-Language"] = []string{i.AcceptLanguage}
	}
	open := "http://" + req.URL.Host + "/"
	if req.URL.Scheme == "http" && slices.ContainsFunc(g.visited, func(v string) bool { return !strings.HasPrefix(v, open) }) {
		return
	}
	for name, values := range i.Headers {
		req.Header[textproto.CanonicalMIMEHeaderKey(name)] = values
	}
	own := req.Cookies() // of the redirects that led here: they are newer
	for _, c := range cookiesFor(i.Cookies, req.URL, now) {
		if !slices.ContainsFunc(own, func(o *http.Cookie) bool { return o.Name == c.Name }) {
			addCookie(req.Header, c)
		}
	}
}

// addCookie writes a cookie as it stands in its file; http.Request.AddCookie
// would put quotes around some values.
func addCookie(h http.Header, c Cookie) {
	pair := c.Name + "=" + c.Value
	if before := h.Get("Cookie"); before != "" {
		pair = before + "; " + pair
	}
	h.Set("Cookie", pair)
}

// HeaderProblem says why a header of that name cannot be one of an identity's,
// or returns "".
func HeaderProblem(name string) string {
	if !httpguts.ValidHeaderFieldName(name) {
		return "is no name of a header; it can have letters, digits and hyphens"
	}
	switch canonical := textproto.CanonicalMIMEHeaderKey(name); canonical {
	case "Connection", "Keep-Alive", "Te", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authorization", "Proxy-Authenticate", "Proxy-Connection":
		return "is a matter between stet and the next machine on the way (RFC 9110, 7.6.1), not the site's"
	case "Host", "Content-Length":
		return "follows from the request itself"
	case "Accept-Encoding":
		return "has to name what stet can unpack"
	case "If-None-Match", "If-Modified-Since", "If-Match", "If-Unmodified-Since", "If-Range", "Range":
		return "is a condition, which stet sets itself from the last answer; a foreign one could hide an edit"
	case "User-Agent", "Accept-Language":
		return "has a key of its own: " + strings.ReplaceAll(strings.ToLower(canonical), "-", "_")
	}
	return ""
}

// HeaderValueProblem says why a text cannot be a header's value, without
// showing it, or returns "".
func HeaderValueProblem(value string) string {
	const most = 8 << 10 // bytes; what servers commonly take of all headers together
	switch {
	case len(value) > most:
		return fmt.Sprintf("is over %d bytes, which no server takes in a header", most)
	case !httpguts.ValidHeaderFieldValue(value):
		return "has a line break or another control character in it, which no header can have"
	}
	return ""
}

// cookiesFor returns the cookies that go to a URL, those with the longest path
// first (RFC 6265, 5.4).
func cookiesFor(all []Cookie, u *url.URL, now time.Time) []Cookie {
	var out []Cookie
	for _, c := range all {
		if c.goesTo(u) && !c.Expired(now) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Cookie) int { return len(b.Path) - len(a.Path) })
	return out
}
