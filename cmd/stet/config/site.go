package config

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/textproto"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"stet/watcher/article"
	"stet/watcher/fetch"
)

// A Site is how one outlet's pages are read and asked for.
type Site struct {
	// Hosts say which hosts are the site's: "paper.example" is that host and
	// its "www.", "*.paper.example" every host below it and not itself. Of
	// several sites whose patterns match a host, the most specific holds: the
	// host itself, then the host without "www.", then the longest "*.".
	Hosts []string `toml:"hosts"`

	// Article, Headline and Ignore are CSS selectors, IgnoreText RE2 patterns,
	// one or a list; see article.RuleText. All are optional.
	Article    OneOrMore `toml:"article"`
	Headline   OneOrMore `toml:"headline"`
	Ignore     OneOrMore `toml:"ignore"`
	IgnoreText OneOrMore `toml:"ignore_text"`

	// Headers are sent with each request for a page of the site, by name; they
	// are secrets. CookieFile is a cookies.txt; see fetch.ParseCookies.
	// UserAgent and AcceptLanguage are the headers of these names. All are
	// optional; the client's Identity says where they go and where not.
	Headers        map[string]HeaderValue `toml:"headers"`
	CookieFile     string                 `toml:"cookie_file"`
	UserAgent      string                 `toml:"user_agent"`
	AcceptLanguage string                 `toml:"accept_language"`

	// Identity is what Load makes of these; nil for none.
	Identity *fetch.Identity `toml:"-" json:"-"`

	patterns []pattern
	rules    *article.Rules // nil for none
}

// OneOrMore are strings; the file may give one alone, without brackets.
type OneOrMore []string

// A HeaderValue is the value of a header: given in the file itself, or in the
// environment or another file, from where Load puts it into Text.
type HeaderValue struct {
	Text Secret
	Env  string `toml:"env"`
	File string `toml:"file"`
}

// Name returns what to call the site: the first of its hosts.
func (s Site) Name() string { return s.Hosts[0] }

// Cookies returns the cookies of the site's file that are for its hosts,
// expired ones too.
func (s Site) Cookies() []fetch.Cookie {
	if s.Identity == nil {
		return nil
	}
	return s.Identity.Cookies
}

// Rules returns how the pages of a host, in lower case, are to be read, and
// how they are asked for; nil for as any other.
func (c *Config) Rules(host string) *article.Rules {
	if s := c.site(host); s != nil {
		return s.rules
	}
	return nil
}

// Identity returns how stet shows itself to a host, in lower case; nil for as
// to any other.
func (c *Config) Identity(host string) *fetch.Identity {
	if s := c.site(host); s != nil {
		return s.Identity
	}
	return nil
}

// site returns the site of a host, or nil.
func (c *Config) site(host string) *Site {
	if len(c.byHost) == 0 {
		return nil
	}
	bare := strings.TrimPrefix(host, "www.")
	for _, exact := range []string{host, bare} {
		if s := c.byHost[pattern{exact, false}]; s != nil {
			return s
		}
	}
	for _, below, found := strings.Cut(host, "."); found; _, below, found = strings.Cut(below, ".") {
		if s := c.byHost[pattern{below, true}]; s != nil {
			return s
		}
	}
	return nil
}

// A pattern is one of a site's hosts.
type pattern struct {
	host string
	wild bool // the hosts below it, and not itself
}

// parsePattern reads a host pattern.
func parsePattern(s string) (pattern, error) {
	host, wild := strings.CutPrefix(s, "*.")
	switch {
	case s == "":
		return pattern{}, errors.New("is empty; name a host, such as paper.example")
	case s == "*" || wild && !strings.Contains(host, "."):
		return pattern{}, fmt.Errorf("is %.80q, which is too wide for one site; name a host, such as paper.example or *.paper.example", s)
	case strings.Contains(host, "*"):
		return pattern{}, fmt.Errorf("is %.80q; a * can stand only at the start, for whole names, as in *.paper.example", s)
	case strings.Contains(s, "/"):
		return pattern{}, fmt.Errorf("is %.80q; write the host alone, without https:// and without a path, such as paper.example", s)
	}
	u, err := fetch.ParseURL("https://" + host + "/")
	if err != nil {
		return pattern{}, fmt.Errorf("is %.80q, which is no host; write one such as paper.example or *.paper.example", s)
	}
	if u.Port() != "" {
		return pattern{}, fmt.Errorf("is %.80q; write the host without its port, as all of its ports are the site's", s)
	}
	return pattern{u.Hostname(), wild}, nil
}

// gets reports whether a cookie is for a host of the pattern.
func (p pattern) gets(c fetch.Cookie) bool {
	within := func(host, domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }
	if p.wild {
		return c.Domain != p.host && within(c.Domain, p.host) || c.Subdomains && within(p.host, c.Domain)
	}
	www := "www." + p.host
	return c.Domain == p.host || c.Domain == www || c.Subdomains && within(www, c.Domain)
}

// readSites makes the sites ready: patterns, rules, and what stands in the
// environment and in other files.
func (m *mistakes) readSites(c *Config) {
	if len(c.Sites) > 0 {
		c.byHost = map[pattern]*Site{}
	}
	for i := range c.Sites {
		s, path := &c.Sites[i], element("site", i+1)
		if len(s.Hosts) == 0 {
			m.add(path+".hosts", "is missing; name the site's hosts, such as [\"paper.example\"]")
			continue
		}
		m.readHosts(path+".hosts", c, s)
		m.readIdentity(path, s)
		m.readRules(path, s)
		if !m.saysMore(path) {
			m.add(path, "has hosts and nothing else; say how they are to be read or asked for, or take it out")
		}
	}
}

// saysMore reports whether a site has keys besides its hosts.
func (m *mistakes) saysMore(path string) bool {
	for key := range m.lines {
		if strings.HasPrefix(key, path+".") && !strings.HasPrefix(key, path+".hosts") {
			return true
		}
	}
	return false
}

func (m *mistakes) readHosts(path string, c *Config, s *Site) {
	for i, text := range s.Hosts {
		p, err := parsePattern(text)
		if err != nil {
			m.add(element(path, i+1), "%v", err)
			continue
		}
		if other := c.byHost[p]; other != nil {
			m.add(element(path, i+1), "%.80q is a host of site[%d] too; a host belongs to one site", text, 1+slices.IndexFunc(c.Sites, func(s Site) bool { return slices.Contains(s.patterns, p) }))
			continue
		}
		c.byHost[p] = s
		s.patterns = append(s.patterns, p)
	}
}

func (m *mistakes) readRules(path string, s *Site) {
	rules, err := article.NewRules(article.RuleText{Site: s.Name(), Article: s.Article, Headline: s.Headline, Ignore: s.Ignore, IgnoreText: s.IgnoreText, Asked: s.asked()})
	s.rules = rules
	for _, problem := range parts(err) {
		var bad *article.RuleError
		if !errors.As(problem, &bad) {
			continue
		}
		key := join(path, bad.Key)
		if at := element(key, bad.Index+1); m.lines[at] > 0 {
			key = at // else it was given without brackets
		}
		m.add(key, "%s", bad.Problem)
	}
}

// asked says how the site's pages are asked for, "" for as any other. The
// values of headers and cookies are no part: they are renewed now and then.
func (s *Site) asked() string {
	if s.Identity == nil {
		return ""
	}
	return fmt.Sprintf("%q %q %q %t", s.UserAgent, s.AcceptLanguage, slices.Sorted(maps.Keys(s.Identity.Headers)), s.CookieFile != "")
}

// readIdentity reads what the site's requests carry.
func (m *mistakes) readIdentity(path string, s *Site) {
	m.checkHeaderText(path+".user_agent", s.UserAgent)
	m.checkHeaderText(path+".accept_language", s.AcceptLanguage)
	headers, cookies := m.readHeaders(path+".headers", s), m.readCookies(path+".cookie_file", s)
	if s.UserAgent != "" || s.AcceptLanguage != "" || len(s.Headers) > 0 || s.CookieFile != "" {
		s.Identity = &fetch.Identity{UserAgent: s.UserAgent, AcceptLanguage: s.AcceptLanguage, Headers: headers, Cookies: cookies}
	}
}

// checkHeaderText checks a text that goes into a header as it is.
func (m *mistakes) checkHeaderText(key, text string) {
	if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) || len(text) > 200 {
		m.add(key, "must be at most 200 plain ASCII characters, as it goes into a header")
	}
}

// readHeaders returns a site's headers, and puts their values in their places.
func (m *mistakes) readHeaders(path string, s *Site) http.Header {
	headers := http.Header{}
	for _, name := range slices.Sorted(maps.Keys(s.Headers)) {
		key, value, canonical := join(path, name), s.Headers[name], textproto.CanonicalMIMEHeaderKey(name)
		switch problem := fetch.HeaderProblem(name); {
		case problem != "":
			m.add(key, "%s; take it out", problem)
			continue
		case headers[canonical] != nil:
			m.add(key, "is given twice, spelt otherwise; header names mean the same in upper and lower case")
			continue
		case canonical == "Cookie" && s.CookieFile != "":
			m.add(key, "is given beside cookie_file; one of the two must go")
			continue
		}
		m.readHeaderValue(key, &value)
		s.Headers[name] = value
		headers[canonical] = []string{value.Text.Reveal()}
	}
	return headers
}

// readHeaderValue puts a header's value into its Text.
func (m *mistakes) readHeaderValue(key string, v *HeaderValue) {
	switch {
	case m.trial && (v.Env != "" || v.File != ""):
	case v.Env != "" && v.File != "":
		m.add(key, "has env and file; one of the two must go")
	case v.Env != "":
		if v.Text = NewSecret(strings.TrimSpace(os.Getenv(v.Env))); !v.Text.IsSet() {
			m.add(key, "comes from $%.80s, which is not set", v.Env)
		}
	case v.File != "":
		v.File = m.beside(v.File)
		m.readSecret(key, "the value", "file", &v.Text, v.File)
	case !v.Text.IsSet() && !m.wrong(key):
		m.add(key, `has no value; write it in quotes, or { env = "NAME" } or { file = "PATH" }`)
	}
	if problem := fetch.HeaderValueProblem(v.Text.Reveal()); problem != "" {
		m.add(key, "%s", problem)
	}
}

// wrong reports whether something is known to be wrong with a key or within it.
func (m *mistakes) wrong(key string) bool {
	return slices.ContainsFunc(m.found, func(e *KeyError) bool { return e.Key == key || strings.HasPrefix(e.Key, key+".") })
}

// maxCookieFile is the most bytes of a cookies.txt: what a browser keeps of
// all sites is less.
const maxCookieFile = 4 << 20

// readCookies returns the cookies of a site's file that are for its hosts.
func (m *mistakes) readCookies(key string, s *Site) []fetch.Cookie {
	if s.CookieFile == "" || m.trial {
		return nil
	}
	s.CookieFile = m.beside(s.CookieFile)
	text, err := readFile(s.CookieFile, maxCookieFile)
	if err != nil {
		m.add(key, "%v", err)
		return nil
	}
	all, err := fetch.ParseCookies(text)
	if err != nil {
		m.add(key, "names %s, whose %v", s.CookieFile, err)
		return nil
	}
	own := slices.DeleteFunc(all, func(c fetch.Cookie) bool {
		return !slices.ContainsFunc(s.patterns, func(p pattern) bool { return p.gets(c) })
	})
	if len(own) == 0 && len(s.patterns) > 0 {
		m.add(key, "names %s, which has no cookie for %s; export them again while logged in there", s.CookieFile, strings.Join(s.Hosts, ", "))
	}
	return own
}

// readFile reads a file of at most so many bytes.
func readFile(path string, most int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most+1))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("names %s, which is over %d bytes", path, most)
	}
	return text, nil
}

// beside returns a path; a relative one starts at the config file's folder.
func (m *mistakes) beside(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(m.file), path)
}

// SecretFiles returns the paths of the files that the site's secrets stand in.
func (s Site) SecretFiles() []string {
	var all []string
	if s.CookieFile != "" {
		all = append(all, s.CookieFile)
	}
	for _, v := range s.Headers {
		if v.File != "" {
			all = append(all, v.File)
		}
	}
	slices.Sort(all)
	return all
}
