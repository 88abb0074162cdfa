package fetch

import (
	"bytes"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// maxPattern is the longest rule that can tell something about a URL that
// stet fetches; longer ones are left out.
const maxPattern = MaxURL + 48

// robotsRules are the rules of one robots.txt for one product token, as RFC
// 9309 has them. Crawl-delay is no part of the RFC; it is widely used.
//
// They are read here rather than by github.com/temoto/robotstxt, which (v1.1.2)
// does not match as the RFC does: rules with * or $ match anywhere in the path
// and are weighed by the length of a regular expression, Disallow can win over
// an equally long Allow, percent-encodings are compared as written, and one
// mistake in a file makes all of it an error.
type robotsRules struct {
	rules      []robotsRule // longest first, Allow before Disallow
	crawlDelay time.Duration
}

type robotsRule struct {
	pattern string // normalized; * is any text, $ at its end the end
	allow   bool
}

func (r robotsRule) String() string {
	if r.allow {
		return "Allow: " + r.pattern
	}
	return "Disallow: " + r.pattern
}

// parseRobots reads the rules for the first of the product tokens that a group
// names, else those for everyone. Lines that it cannot read it leaves out, so
// there is no error.
func parseRobots(text []byte, products ...string) *robotsRules {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	var p robotsParser
	for _, product := range products {
		p = robotsParser{product: product}
		for line := range bytes.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
			p.line(string(line))
		}
		if p.named {
			return p.mine.sorted()
		}
	}
	return p.everyone.sorted()
}

// A robotsParser goes through a robots.txt line by line.
type robotsParser struct {
	product  string
	mine     robotsRules // of the groups that name product
	everyone robotsRules // of the groups for *
	named    bool        // a group names product

	inMine, inEveryone bool // whom the group at hand is for
	inRules            bool // the group at hand has rules: the next User-agent starts another
}

func (p *robotsParser) line(line string) {
	line, _, _ = strings.Cut(line, "#")
	key, value, found := strings.Cut(line, ":")
	if !found {
		return
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "user-agent":
		p.userAgent(value)
	case "allow":
		p.rule(value, true)
	case "disallow":
		p.rule(value, false)
	case "crawl-delay":
		p.crawlDelay(value)
	}
}

func (p *robotsParser) userAgent(value string) {
	if p.inRules {
		p.inMine, p.inEveryone, p.inRules = false, false, false
	}
	switch {
	case strings.HasPrefix(value, "*"):
		p.inEveryone = true
	case p.product != "" && strings.EqualFold(productToken(value), p.product):
		p.inMine, p.named = true, true
	}
}

func (p *robotsParser) rule(pattern string, allow bool) {
	p.inRules = true
	if pattern == "" || len(pattern) > maxPattern || !p.inMine && !p.inEveryone {
		return
	}
	rule := robotsRule{normalizePattern(pattern), allow}
	if p.inMine {
		p.mine.rules = append(p.mine.rules, rule)
	}
	if p.inEveryone {
		p.everyone.rules = append(p.everyone.rules, rule)
	}
}

func (p *robotsParser) crawlDelay(value string) {
	seconds, err := strconv.ParseFloat(value, 64)
	if err != nil || !(seconds > 0) {
		return
	}
	delay := maxCrawlDelay
	if seconds < maxCrawlDelay.Seconds() {
		delay = time.Duration(seconds * float64(time.Second))
	}
	if p.inMine {
		p.mine.crawlDelay = delay
	}
	if p.inEveryone {
		p.everyone.crawlDelay = delay
	}
}

func (r robotsRules) sorted() *robotsRules {
	slices.SortStableFunc(r.rules, func(a, b robotsRule) int {
		switch {
		case len(a.pattern) != len(b.pattern):
			return len(b.pattern) - len(a.pattern)
		case a.allow == b.allow:
			return 0
		case a.allow:
			return -1
		}
		return 1
	})
	return &r
}

// productToken returns the letters, hyphens and underscores that s starts
// with: "stet" of "stet/1.0 (+https://news.example)".
func productToken(s string) string {
	end := strings.IndexFunc(s, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && r != '-' && r != '_'
	})
	if end < 0 {
		return s
	}
	return s[:end]
}

// forbids returns the rule that keeps u from being fetched: the longest one
// that matches, if it is a Disallow.
func (r *robotsRules) forbids(u *url.URL) (robotsRule, bool) {
	path := u.EscapedPath()
	if path == "/robots.txt" {
		return robotsRule{}, false
	}
	if u.RawQuery != "" || u.ForceQuery {
		path += "?" + u.RawQuery
	}
	path = normalizePath(path)
	for _, rule := range r.rules {
		if rule.matches(path) {
			return rule, !rule.allow
		}
	}
	return robotsRule{}, false
}

// matches takes time in proportion to the lengths of pattern and path: each
// part between stars is looked for once, after the one before.
func (r robotsRule) matches(path string) bool {
	pattern, toTheEnd := strings.CutSuffix(r.pattern, "$")
	part, pattern, more := strings.Cut(pattern, "*")
	path, found := strings.CutPrefix(path, part)
	if !found {
		return false
	}
	if !more {
		return !toTheEnd || path == ""
	}
	for more {
		part, pattern, more = strings.Cut(pattern, "*")
		if !more && toTheEnd {
			return strings.HasSuffix(path, part)
		}
		at := strings.Index(path, part)
		if at < 0 {
			return false
		}
		path = path[at+len(part):]
	}
	return true
}

// normalizePattern writes a rule's path so that octets can be compared (RFC
// 9309, 2.2.2). A path that does not start with a slash is taken as one that
// does.
func normalizePattern(s string) string {
	if s[0] != '/' && s[0] != '*' {
		s = "/" + s
	}
	s, toTheEnd := strings.CutSuffix(s, "$")
	s = normalize(s, "$")
	if toTheEnd {
		s += "$"
	}
	return s
}

// normalizePath does the same for a URL's path and query. A * or $ in it is
// itself, which a rule writes as %2A or %24.
func normalizePath(s string) string { return normalize(s, "*$") }

// normalize percent-encodes what is not ASCII, a percent sign that encodes
// nothing, and the characters in encode; it decodes what need not be encoded.
func normalize(s, encode string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); i++ {
		c, encoded := s[i], s[i] == '%'
		if n, ok := percentEncoded(s[i:]); ok {
			c = n
			i += 2
		}
		if encoded && !isUnreserved(c) || c >= utf8.RuneSelf || strings.IndexByte(encode, c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// percentEncoded returns the octet that s starts with an encoding of.
func percentEncoded(s string) (octet byte, ok bool) {
	if len(s) < 3 || s[0] != '%' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[1:3], 16, 8)
	return byte(n), err == nil
}

// isUnreserved reports whether a character means the same with and without
// percent-encoding (RFC 3986, 2.3).
func isUnreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
