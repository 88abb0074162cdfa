package fetch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"
)

// A Cookie is one cookie of a cookies.txt file. fmt prints none of its value.
type Cookie struct {
	Domain     string // lower case, without a dot before it
	Subdomains bool   // also for the hosts below Domain
	Path       string // for what lies at or below it
	Secure     bool   // for https only
	Expires    time.Time
	Name       string
	Value      string
}

// Format prints whose cookie it is, whatever the verb.
func (c Cookie) Format(f fmt.State, _ rune) { io.WriteString(f, "[cookie of "+c.Domain+"]") }

// Expired reports whether the cookie's time is over. One without a time, which
// ends with a browser's session, never expires here.
func (c Cookie) Expired(now time.Time) bool { return !c.Expires.IsZero() && !now.Before(c.Expires) }

// goesTo reports whether the cookie belongs into a request for u, its time
// aside (RFC 6265, 5.1.3, 5.1.4 and 5.4).
func (c Cookie) goesTo(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	below := c.Subdomains && strings.HasSuffix(host, "."+c.Domain)
	if host != c.Domain && !below || c.Secure && u.Scheme != "https" {
		return false
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	rest, within := strings.CutPrefix(path, c.Path)
	return within && (rest == "" || rest[0] == '/' || strings.HasSuffix(c.Path, "/"))
}

// MaxCookies is the most cookies that ParseCookies takes: browsers keep about
// 3,000 of all sites together.
const MaxCookies = 10_000

// ParseCookies reads a cookies.txt file as Netscape wrote it and as browsers'
// exporters and curl write it: a line a cookie, its seven fields parted by
// tabs: domain, whether subdomains get it too (TRUE or FALSE), path, whether
// https only (TRUE or FALSE), the end as seconds since 1970 (0 for none),
// name, value. "#HttpOnly_" before a domain belongs to the format; other lines
// with "#" are comments. An error names the line and shows no value.
// Source: https://curl.se/docs/http-cookies.html
func ParseCookies(text []byte) ([]Cookie, error) {
	var all []Cookie
	number := 0
	for line := range bytes.SplitSeq(bytes.TrimPrefix(text, []byte("\ufeff")), []byte("\n")) {
		number++
		s := strings.TrimRight(string(line), "\r")
		s, _ = strings.CutPrefix(s, "#HttpOnly_")
		if strings.HasPrefix(s, "#") || strings.TrimSpace(s) == "" {
			continue
		}
		c, err := parseCookie(s)
		if err != nil {
			return nil, fmt.Errorf("line %d %w", number, err)
		}
		if all = append(all, c); len(all) > MaxCookies {
			return nil, fmt.Errorf("line %d is that of cookie %d; export those of the site alone", number, len(all))
		}
	}
	return all, nil
}

func parseCookie(line string) (Cookie, error) {
	f := strings.Split(line, "\t")
	if len(f) == 6 {
		f = append(f, "") // without a value
	}
	if len(f) != 7 {
		return Cookie{}, fmt.Errorf("has %d fields parted by tabs; a line of cookies.txt has 7: domain, subdomains, path, secure, expiry, name, value", len(f))
	}
	c := Cookie{Domain: strings.ToLower(strings.TrimPrefix(f[0], ".")), Path: f[2], Name: f[5], Value: f[6]}
	var err error
	if c.Subdomains, err = parseFlag(f[1]); err != nil {
		return c, fmt.Errorf("does not say TRUE or FALSE in its second field (subdomains)")
	}
	if c.Secure, err = parseFlag(f[3]); err != nil {
		return c, fmt.Errorf("does not say TRUE or FALSE in its fourth field (secure)")
	}
	if c.Expires, err = parseExpiry(f[4]); err != nil {
		return c, err
	}
	if c.Path == "" {
		c.Path = "/"
	}
	switch {
	case c.Domain == "" || strings.ContainsAny(c.Domain, " /:"):
		return c, errors.New("has no domain in its first field")
	case c.Path[0] != '/':
		return c, errors.New("has a path that does not start with a slash in its third field")
	case !httpguts.ValidHeaderFieldName(c.Name):
		return c, errors.New("has a name that no cookie can have in its sixth field")
	case strings.Contains(c.Value, ";") || !httpguts.ValidHeaderFieldValue(c.Value):
		return c, errors.New("has a value with a semicolon or control character, which no cookie can have, in its seventh field")
	}
	return c, nil
}

func parseFlag(s string) (bool, error) {
	switch strings.ToUpper(s) {
	case "TRUE":
		return true, nil
	case "FALSE":
		return false, nil
	}
	return false, errors.New("neither TRUE nor FALSE")
}

// parseExpiry reads seconds since 1970, which some exporters write with a
// fraction. 0 and -1 are for the session.
func parseExpiry(s string) (time.Time, error) {
	seconds, err := strconv.ParseFloat(s, 64)
	if err != nil || !(seconds >= -1) {
		return time.Time{}, errors.New("has an expiry that is no number of seconds since 1970 in its fifth field")
	}
	if seconds <= 0 {
		return time.Time{}, nil
	}
	const farthest = 253402300799 // the end of the year 9999
	return time.Unix(int64(min(seconds, farthest)), 0).UTC(), nil
}
