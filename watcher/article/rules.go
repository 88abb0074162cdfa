package article

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// A RuleText is what an operator wrote on how to read one site's pages.
type RuleText struct {
	Site       string   // what reasons call the site, such as "paper.example"
	Article    []string // CSS selectors of what holds the story
	Headline   []string // CSS selectors; the first match in the page is the headline
	Ignore     []string // CSS selectors of what is read as if it were not there
	IgnoreText []string // RE2 patterns; what they match is cut out of each block's text

	// Asked is how the site's pages are asked for, in any words that are others
	// when it is: what comes of another way may be another page, such as one
	// without a paywall. No reading depends on it.
	Asked string
}

// Rules are a RuleText made ready. A nil *Rules changes nothing. They are safe
// for concurrent use.
type Rules struct {
	site                      string
	article, headline, ignore []selector
	ignoreText                []*regexp.Regexp
	sum                       uint64 // of the rules to read by; 0 for none
	asked                     uint64 // of Asked; 0 for ""
}

// A RuleError is one rule that cannot be used.
type RuleError struct {
	Key     string // article, headline, ignore or ignore_text
	Index   int    // in the key's list, counted from 0
	Problem string
}

func (e *RuleError) Error() string { return fmt.Sprintf("%s[%d]: %s", e.Key, e.Index+1, e.Problem) }

// The bounds of rules.
const (
	maxRules = 100  // in each list
	maxRule  = 1000 // bytes of one
)

// NewRules makes rules ready; nil where there is nothing but the site's name. The error joins a
// *RuleError for each rule that cannot be used.
func NewRules(t RuleText) (*Rules, error) {
	reads := len(t.Article)+len(t.Headline)+len(t.Ignore)+len(t.IgnoreText) > 0
	if !reads && t.Asked == "" {
		return nil, nil
	}
	c := ruleCompiler{}
	r := &Rules{site: t.Site, article: c.selectors("article", t.Article), headline: c.selectors("headline", t.Headline), ignore: c.selectors("ignore", t.Ignore)}
	c.each("ignore_text", t.IgnoreText, func(s string) error {
		p, err := regexp.Compile(s)
		if err == nil {
			r.ignoreText = append(r.ignoreText, p)
			return nil
		}
		return fmt.Errorf("is %.80q, which is no RE2 pattern: %s", s, strings.TrimPrefix(err.Error(), "error parsing regexp: "))
	})
	if len(c.found) > 0 {
		return nil, errors.Join(c.found...)
	}
	if reads {
		r.sum = checksum("%d %q %q %q %q", rulesForm, t.Article, t.Headline, t.Ignore, t.IgnoreText)
	}
	if t.Asked != "" {
		r.asked = checksum("%q", t.Asked)
	}
	return r, nil
}

// A ruleCompiler collects what is wrong with rules.
type ruleCompiler struct{ found []error }

func (c *ruleCompiler) selectors(key string, texts []string) []selector {
	var out []selector
	c.each(key, texts, func(s string) error {
		sel, err := parseSelector(s)
		out = append(out, sel)
		return err
	})
	return out
}

func (c *ruleCompiler) each(key string, texts []string, compile func(string) error) {
	for i, s := range texts {
		var err error
		switch {
		case i == maxRules:
			c.found = append(c.found, &RuleError{key, i, fmt.Sprintf("is one more than the %d that a site can have", maxRules)})
			return
		case strings.TrimSpace(s) == "":
			err = errors.New("is empty")
		case len(s) > maxRule:
			err = fmt.Errorf("is over %d bytes", maxRule)
		default:
			err = compile(s)
		}
		if err != nil {
			c.found = append(c.found, &RuleError{key, i, err.Error()})
		}
	}
}

// Site returns what reasons call the site.
func (r *Rules) Site() string { return r.site }

// String says whose rules they are and how many of each key there are.
func (r *Rules) String() string {
	var keys []string
	for _, k := range []struct {
		name string
		n    int
	}{{"article", len(r.article)}, {"headline", len(r.headline)}, {"ignore", len(r.ignore)}, {"ignore_text", len(r.ignoreText)}} {
		if k.n > 0 {
			keys = append(keys, fmt.Sprintf("%d %s", k.n, k.name))
		}
	}
	if len(keys) == 0 {
		keys = []string{"none to read by"}
	}
	return r.site + " (" + strings.Join(keys, ", ") + ")"
}

// rulesForm is part of the checksum of rules; another one says that the same
// rules read otherwise now.
const rulesForm = 1

// checksum returns the first bytes of the SHA-256 of a formatted text, never 0.
func checksum(format string, args ...any) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, format, args...))
	return max(binary.BigEndian.Uint64(sum[:]), 1)
}

// sums returns what an outline remembers of the rules, 0 for none.
func (r *Rules) sums() (read, asked uint64) {
	if r == nil {
		return 0, 0
	}
	return r.sum, r.asked
}

// reads reports whether there are rules to read by.
func (r *Rules) reads() bool { return r != nil && r.sum != 0 }

// cut returns a text without what the patterns match, white space folded.
func (r *Rules) cut(s string) string {
	if r == nil || len(r.ignoreText) == 0 {
		return s
	}
	out := s
	for _, p := range r.ignoreText {
		out = p.ReplaceAllLiteralString(out, "")
	}
	if out == s {
		return s
	}
	return strings.Join(strings.Fields(out), " ")
}
