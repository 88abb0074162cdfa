package article

import (
	"encoding/json"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// metadata is what a page says of itself where readers do not look: meta
// elements, links, the title and JSON-LD.
type metadata struct {
	props map[string][]string // meta name or property, in lower case
	title string
	lang  string
	canon string
	ld    []map[string]any // JSON-LD nodes that are articles or hold one
	size  int              // bytes of JSON-LD read so far
}

// The bounds of what is kept of a page's metadata.
const (
	maxMeta   = 400
	maxLDSize = 1 << 20
	maxLDNode = 200
)

func (m *metadata) init() { m.props = map[string][]string{} }

func (m *metadata) addMeta(n *html.Node) {
	key := attr(n, "property")
	if key == "" {
		key = attr(n, "name")
	}
	if key == "" {
		key = attr(n, "itemprop")
	}
	content := tidy(attr(n, "content"))
	if key == "" || content == "" || len(m.props) >= maxMeta {
		return
	}
	key = strings.ToLower(key)
	if len(m.props[key]) < 20 {
		m.props[key] = append(m.props[key], content)
	}
}

func (m *metadata) addLink(n *html.Node) {
	if m.canon == "" && strings.EqualFold(attr(n, "rel"), "canonical") {
		m.canon = strings.TrimSpace(attr(n, "href"))
	}
}

func (m *metadata) addTitle(s string) {
	if m.title == "" {
		m.title = tidy(s)
	}
}

// first returns the first content of the first key that has one.
func (m *metadata) first(keys ...string) string {
	for _, k := range keys {
		if v := m.props[k]; len(v) > 0 {
			return v[0]
		}
	}
	return ""
}

// addLD reads one JSON-LD script and keeps its articles. Publishers' JSON is
// often broken: line ends within strings, CDATA marks, a semicolon at the end
// are mended.
func (m *metadata) addLD(s string) {
	if m.size += len(s); m.size > maxLDSize {
		return
	}
	s = strings.TrimSpace(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "<!--"), "//<![CDATA[")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "-->"), "//]]>")
	s = strings.TrimSpace(strings.TrimPrefix(s, "<![CDATA["))
	s = strings.TrimRight(strings.TrimSuffix(s, "]]>"), "; \n\r\t")
	var v any
	if err := json.Unmarshal([]byte(s), &v); err != nil {
		if json.Unmarshal([]byte(mendJSON(s)), &v) != nil {
			return
		}
	}
	m.collect(v, 0)
}

// mendJSON turns control characters within strings into spaces and takes out
// commas before a closing bracket.
func mendJSON(s string) string {
	b := make([]byte, 0, len(s))
	inside, escaped := false, false
	for i := range len(s) {
		c := s[i]
		switch {
		case escaped:
			escaped = false
		case inside && c == '\\':
			escaped = true
		case c == '"':
			inside = !inside
		case c < 0x20:
			c = ' '
		case !inside && (c == '}' || c == ']'):
			trimmed := strings.TrimRight(string(b[max(0, len(b)-40):]), " ")
			if strings.HasSuffix(trimmed, ",") {
				b = b[:len(b)-(min(40, len(b))-len(trimmed))-1]
			}
		}
		b = append(b, c)
	}
	return string(b)
}

// collect walks JSON-LD and keeps the nodes that are articles.
func (m *metadata) collect(v any, depth int) {
	if depth > 8 || len(m.ld) >= maxLDNode {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			m.collect(x, depth+1)
		}
	case map[string]any:
		if isArticleType(v) {
			m.ld = append(m.ld, v)
			return
		}
		for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"} {
			m.collect(v[k], depth+1)
		}
		if ldType(v, "WebPage") || ldType(v, "WebSite") {
			m.ld = append(m.ld, v)
		}
	}
}

// isArticleType reports whether a JSON-LD node is an article of some kind.
func isArticleType(v map[string]any) bool {
	for _, t := range ldStrings(v["@type"]) {
		if strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "BlogPosting") || strings.HasSuffix(t, "NewsArticle") || t == "Report" || t == "Review" {
			return true
		}
	}
	return false
}

// ldType reports whether a JSON-LD node has the type t.
func ldType(v map[string]any, t string) bool {
	for _, s := range ldStrings(v["@type"]) {
		if strings.EqualFold(s, t) {
			return true
		}
	}
	return false
}

// ldStrings returns the strings of a JSON-LD value: itself, its elements', or
// the name of the things in it.
func ldStrings(v any) []string {
	switch v := v.(type) {
	case string:
		if s := tidy(html.UnescapeString(v)); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, x := range v[:min(len(v), 50)] {
			if _, nested := x.([]any); !nested {
				out = append(out, ldStrings(x)...)
			}
		}
		return out
	case map[string]any:
		if s, ok := v["name"].(string); ok {
			return ldStrings(s)
		}
		if l, ok := v["name"].([]any); ok {
			return ldStrings(l)
		}
		if s, ok := v["@value"].(string); ok {
			return ldStrings(s)
		}
	}
	return nil
}

// article returns the JSON-LD node that is this page's story, or nil.
func (m *metadata) article() map[string]any {
	var best map[string]any
	for _, v := range m.ld {
		if !isArticleType(v) {
			continue
		}
		if best == nil {
			best = v
		} else if _, ok := best["headline"]; !ok && v["headline"] != nil {
			best = v
		}
	}
	return best
}

// ldText returns the first string of the story's JSON-LD value key, or "".
func (m *metadata) ldText(key string) string {
	if a := m.article(); a != nil {
		if s := ldStrings(a[key]); len(s) > 0 {
			return s[0]
		}
	}
	return ""
}

// articleBody returns the paragraphs of the story's JSON-LD text, or nil.
func (m *metadata) articleBody() []string {
	a := m.article()
	if a == nil {
		return nil
	}
	raw, _ := a["articleBody"].(string)
	if raw == "" {
		return nil
	}
	raw = html.UnescapeString(raw)
	if strings.Contains(raw, "<p") || strings.Contains(raw, "<br") {
		root := parseFlat([]byte(raw))
		p := walk(root, true, nil)
		out := make([]string, 0, len(p.blocks))
		for _, b := range p.blocks {
			out = append(out, b.text)
		}
		return out
	}
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(raw, "\r", "\n"), "\n") {
		if s := tidy(line); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// siteName returns the outlet's name as the page gives it, or "".
func (m *metadata) siteName() string {
	if s := m.first("og:site_name", "application-name", "twitter:app:name:iphone"); s != "" {
		return s
	}
	if s := m.ldText("publisher"); s != "" {
		return s
	}
	for _, v := range m.ld {
		if ldType(v, "WebSite") {
			if s := ldStrings(v["name"]); len(s) > 0 {
				return s[0]
			}
		}
	}
	return ""
}

// language returns the page's language as BCP 47, or "".
func (m *metadata) language() string {
	for _, s := range []string{m.lang, m.ldText("inLanguage"), m.first("content-language", "og:locale", "language", "dc.language")} {
		s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
		if s, _, _ = strings.Cut(s, ","); len(s) >= 2 && len(s) <= 12 && s[0] != '-' {
			base, rest, ok := strings.Cut(s, "-")
			if len(base) > 3 || !letters(base) {
				continue
			}
			if !ok {
				return strings.ToLower(base)
			}
			if len(rest) == 2 {
				rest = strings.ToUpper(rest)
			}
			return strings.ToLower(base) + "-" + rest
		}
	}
	return ""
}

// letters reports whether s is ASCII letters alone.
func letters(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return s != ""
}

// canonical returns the address that the page calls its own, absolute, or "".
func (m *metadata) canonical(base string) string {
	ref := m.canon
	if ref == "" {
		ref = m.first("og:url")
	}
	if ref == "" {
		return ""
	}
	u, err := url.Parse(ref)
	if err != nil || len(ref) > 2000 {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		u = b.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return u.String()
}
