package watcher

import (
	"net"
	"net/url"
	"path"
	"slices"
	"strings"

	"stet/watcher/fetch"
)

// An Address is a story's URL in two forms: the one that is fetched, and the
// key that is the same for every spelling of it.
type Address struct {
	URL  string // as given, less fragment and tracking parameters
	Host string // lower case, without port
	Key  string // see Key
}

// ParseAddress reads the URL of a story. The error says what is wrong with it
// and how to mend it.
func ParseAddress(raw string) (Address, error) {
	u, err := fetch.ParseURL(strings.TrimSpace(raw))
	if err != nil {
		return Address{}, err
	}
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = untracked(u.RawQuery)
	u.ForceQuery = false
	if u.Path == "" {
		u.Path = "/"
	}
	return Address{URL: u.String(), Host: strings.ToLower(u.Hostname()), Key: Key(u)}, nil
}

// Key returns what makes two addresses one story: host and path, without the
// scheme, "www.", a default port, a trailing slash, fragment and tracking
// parameters, and with the query's parameters in order.
func Key(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	host = strings.TrimPrefix(host, "www.")
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host = net.JoinHostPort(host, port)
	}
	p := path.Clean("/" + u.EscapedPath())
	if unescaped, err := url.PathUnescape(p); err == nil {
		p = (&url.URL{Path: unescaped}).EscapedPath() // one spelling of each escape
	}
	key := host + strings.TrimSuffix(p, "/")
	if q := untracked(u.RawQuery); q != "" {
		params := strings.Split(q, "&")
		slices.Sort(params)
		key += "?" + strings.Join(params, "&")
	}
	return key
}

// untracked returns a raw query without the parameters that only say where a
// reader came from.
func untracked(query string) string {
	if query == "" {
		return ""
	}
	var kept []string
	for param := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(param, "=")
		if param != "" && !tracks(strings.ToLower(name)) {
			kept = append(kept, param)
		}
	}
	return strings.Join(kept, "&")
}

// tracks reports whether a query parameter is known to track readers and never
// to choose a page. The names are those that the analytics and advertising
// services document for their own links.
func tracks(name string) bool {
	for _, prefix := range []string{"utm_", "mtm_", "pk_", "hsa_", "at_medium", "at_campaign", "at_custom", "at_link", "at_format", "at_ptr"} {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	switch name {
	case "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "ttclid",
		"igshid", "igsh", "li_fat_id", "mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "wt_mc",
		"wt_zmc", "xtor", "cmpid", "ito", "ocid", "ncid", "smid", "smtyp", "taid", "ns_mchannel",
		"ns_source", "ns_campaign", "ns_linkname", "ns_fee", "spm", "s_cid", "guccounter", "guce_referrer",
		"guce_referrer_sig", "_ga", "_gl", "rss", "traffic_source", "srsltid":
		return true
	}
	return false
}
