package fetch

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// MaxURL is the most characters of a URL that stet takes. Browsers and servers
// agree on about this many.
const MaxURL = 2000

// ParseURL judges a URL before anything is fetched. It takes http and https
// URLs without credentials, whose host is a domain name, localhost, or an IP
// address in its one usual spelling, and returns the URL with its host in
// lower case and ASCII (RFC 5891), without a trailing dot, a default port or
// an empty path. The error says what is wrong, where, and how to mend it.
//
// ParseURL knows no addresses: [Client.ParseURL] also judges those and ports.
func ParseURL(raw string) (*url.URL, error) {
	if err := checkText(raw); err != nil {
		return nil, err
	}
	rest, err := checkScheme(raw)
	if err != nil {
		return nil, err
	}
	authority, _, _ := strings.Cut(rest, "/")
	authority, _, _ = strings.Cut(authority, "?")
	authority, _, _ = strings.Cut(authority, "#")
	if strings.Contains(authority, "@") {
		return nil, errors.New("the URL has a user name or password before the @, which stet would show and store: remove everything between // and @")
	}
	if strings.Contains(authority, "%") {
		return nil, fmt.Errorf("the host %q is percent-encoded: write the host's plain name", authority)
	}
	u, err := url.Parse(raw)
	if err != nil {
		return nil, fmt.Errorf("the URL cannot be read (%s): copy it again from the browser's address bar", parseProblem(err))
	}
	host, err := parseHost(u.Hostname(), strings.HasPrefix(authority, "["))
	if err != nil {
		return nil, err
	}
	if u.Host, err = joinPort(host, u.Port(), u.Scheme); err != nil {
		return nil, err
	}
	if u.Path == "" {
		u.Path = "/"
	}
	u.RawQuery = escapeQuery(u.RawQuery)
	return u, nil
}

// checkText refuses what no URL has in it anywhere.
func checkText(raw string) error {
	if raw == "" {
		return errors.New("the URL is empty: give an address such as https://news.example/story")
	}
	if n := utf8.RuneCountInString(raw); n > MaxURL {
		return fmt.Errorf("the URL has %d characters, and stet takes at most %d: remove what follows the ? if the page shows without it", n, MaxURL)
	}
	if !utf8.ValidString(raw) {
		return errors.New("the URL is not UTF-8 text: copy it again from the browser's address bar")
	}
	at := 0
	for _, r := range raw {
		at++
		switch {
		case unicode.IsSpace(r):
			return fmt.Errorf("the URL has a space or line break at character %d: remove it, or write %%20 if it belongs to the address", at)
		case r == '\u200c' || r == '\u200d': // joiners, which Persian and Hindi are spelt with
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return fmt.Errorf("the URL has an invisible character (%U) at character %d: remove it, or copy the address again", r, at)
		case r == '\\':
			return fmt.Errorf(`the URL has a backslash at character %d: addresses have only forward slashes (/)`, at)
		}
	}
	return nil
}

// checkScheme returns what follows http:// or https://.
func checkScheme(raw string) (rest string, err error) {
	scheme, rest, found := strings.Cut(raw, "://")
	if found && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")) {
		return rest, nil
	}
	if found && isScheme(scheme) {
		return "", fmt.Errorf("the URL starts with %q, and stet fetches only http:// and https://", clip(scheme+"://", 40))
	}
	scheme, rest, found = strings.Cut(raw, ":")
	if found && isScheme(scheme) && !strings.Contains(scheme, ".") && !startsWithPort(rest) {
		if strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https") {
			return "", fmt.Errorf("the URL lacks the two slashes after %s: write %s://", scheme, strings.ToLower(scheme))
		}
		return "", fmt.Errorf("the URL starts with %q, and stet fetches only http:// and https://", clip(scheme+":", 40))
	}
	return "", errors.New("the URL lacks http:// or https:// at its start: give the whole address, such as https://news.example/story")
}

// isScheme reports whether s has the form of a URL's scheme (RFC 3986, 3.1).
func isScheme(s string) bool {
	for i, r := range s {
		letter := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
		other := '0' <= r && r <= '9' || r == '+' || r == '-' || r == '.'
		if !letter && (i == 0 || !other) {
			return false
		}
	}
	return s != ""
}

// startsWithPort reports whether s goes on as "8080/story" does.
func startsWithPort(s string) bool {
	digits := strings.TrimLeft(s, "0123456789")
	return digits != s && (digits == "" || strings.ContainsAny(digits[:1], "/?#"))
}

// parseProblem returns what url.Parse found, without the URL itself.
func parseProblem(err error) string {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	return clip(err.Error(), 80)
}

// parseHost returns the host's usual spelling: an IP address without brackets,
// or a name in lower case and ASCII.
func parseHost(host string, bracketed bool) (string, error) {
	switch {
	case host == "":
		return "", errors.New("the URL names no host: give the whole address, such as https://news.example/story")
	case bracketed:
		return parseIPv6(host)
	}
	name, err := asciiName(host)
	if err != nil {
		return "", err
	}
	if lastLabelIsNumber(name) {
		return parseIPv4(host)
	}
	if !strings.Contains(name, ".") && name != "localhost" {
		return "", fmt.Errorf("the host %q has no dot: give its full name, such as %s.example, or its IP address", name, name)
	}
	return name, nil
}

func parseIPv6(host string) (string, error) {
	addr, err := netip.ParseAddr(host)
	switch {
	case err != nil:
		return "", fmt.Errorf("[%s] is no IPv6 address: copy it again, or give the host's name", clip(host, 60))
	case addr.Zone() != "":
		return "", fmt.Errorf("[%s] has a zone (%%), which means something on one machine only: give the host's name", clip(host, 60))
	case addr.Is4In6():
		return "", fmt.Errorf("[%s] is an IPv4 address in the clothes of IPv6: write %s", clip(host, 60), addr.Unmap())
	}
	return addr.String(), nil
}

// parseIPv4 takes four decimal numbers and nothing else. Other spellings
// (0x7f.1, 017700000001, 2130706433, fullwidth digits, a trailing dot) mean
// one address to one program and another to the next.
func parseIPv4(host string) (string, error) {
	addr, err := netip.ParseAddr(host)
	if err != nil || !addr.Is4() {
		return "", fmt.Errorf("the host %q is an odd spelling of an IP address: write it as four decimal numbers, such as 192.0.2.7, or give the host's name", clip(host, 60))
	}
	return addr.String(), nil
}

// lastLabelIsNumber reports whether some program may take the name for an IPv4
// address. Source: https://url.spec.whatwg.org/#ends-in-a-number-checker
func lastLabelIsNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if strings.Trim(last, "0123456789") == "" {
		return true
	}
	hex, found := strings.CutPrefix(last, "0x")
	return found && strings.Trim(hex, "0123456789abcdef") == ""
}

// asciiName returns a domain name in lower case and ASCII, without a trailing
// dot. Underscores are no part of host names, and yet some hosts have them.
func asciiName(host string) (string, error) {
	name := strings.ToLower(host)
	if !isASCII(name) {
		var err error
		if name, err = idna.Lookup.ToASCII(host); err != nil {
			return "", fmt.Errorf("the host %q is no valid domain name: copy the address again", clip(host, 60))
		}
	}
	name = strings.TrimSuffix(name, ".")
	if len(name) > 253 {
		return "", fmt.Errorf("the host's name has %d characters; the longest there can be has 253", len(name))
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" || len(label) > 63 {
			return "", fmt.Errorf("the host %q has an empty part or one over 63 characters between its dots: copy the address again", clip(host, 60))
		}
		if i := strings.IndexFunc(label, notInName); i >= 0 {
			return "", fmt.Errorf("the host %q has %q in it, which no host's name has: copy the address again", clip(host, 60), label[i:i+1])
		}
	}
	return name, nil
}

func notInName(r rune) bool {
	return (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '-' && r != '_'
}

// joinPort returns host and port as url.URL.Host has them, without a port that
// is the scheme's own.
func joinPort(host, port, scheme string) (string, error) {
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port == "" {
		return host, nil
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || n == 0 {
		return "", fmt.Errorf("the port %s is out of range: ports go from 1 to 65535", clip(port, 20))
	}
	if int(n) == defaultPort(scheme) {
		return host, nil
	}
	return host + ":" + strconv.FormatUint(n, 10), nil
}

func defaultPort(scheme string) int {
	if scheme == "https" {
		return 443
	}
	return 80
}

// portOf returns the port that a URL from ParseURL names or implies.
func portOf(u *url.URL) int {
	if n, err := strconv.Atoi(u.Port()); err == nil {
		return n
	}
	return defaultPort(u.Scheme)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// escapeQuery percent-encodes what a query has only where people write it.
func escapeQuery(s string) string {
	if isASCII(s) && !strings.Contains(s, " ") {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		if s[i] == ' ' || s[i] >= utf8.RuneSelf {
			fmt.Fprintf(&b, "%%%02X", s[i])
		} else {
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// clip shortens s to n bytes at most, for a message.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}

// secretParameters are query parameters whose values give access to something.
var secretParameters = map[string]bool{
	"access_token": true, "api_key": true, "apikey": true, "auth": true, "code": true, "key": true,
	"pass": true, "passwd": true, "password": true, "pwd": true, "secret": true, "session": true,
	"sessionid": true, "sid": true, "sig": true, "signature": true, "token": true,
}

// Redact returns raw for a message or a log: credentials and the values of
// query parameters such as token and key are replaced by "[secret]".
func Redact(raw string) string {
	if at := userinfoEnd(raw); at > 0 {
		start := strings.Index(raw, "//") + len("//")
		raw = raw[:start] + "[secret]" + raw[at:]
	}
	head, query, found := strings.Cut(raw, "?")
	if !found {
		return raw
	}
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, _, hasValue := strings.Cut(part, "=")
		if hasValue && secretParameters[strings.ToLower(name)] {
			parts[i] = name + "=[secret]"
		}
	}
	return head + "?" + strings.Join(parts, "&")
}

// userinfoEnd returns the index of the @ that ends the credentials, or 0.
func userinfoEnd(raw string) int {
	start := strings.Index(raw, "//")
	if start < 0 {
		return 0
	}
	authority := raw[start:]
	if end := strings.IndexAny(authority[2:], `/?#\`); end >= 0 {
		authority = authority[:2+end]
	}
	at := strings.LastIndexByte(authority, '@')
	if at < 0 {
		return 0
	}
	return start + at
}
