package watcher

import (
	"cmp"
	"context"
	"errors"
	"net/url"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A basis is what a page is compared with: the latest revision as the rules
// of its site read it now.
//
// A change of rules is no edit. When the outline of the latest revision was
// made under other rules than hold now, the page that the revision was read
// from is read again under those of now. So an edit is found, and only an
// edit, whenever the rules changed, and the revision stays as it was kept: it
// is read again at each look until the story is edited. What that costs: one
// more reading for each look at such a watch that brings other bytes; and a
// text from before the change of rules that comes back is told as an edit, not
// as a revert.
//
// A change of how pages are asked for, such as by a subscriber's cookies, is no
// edit either, but no page of then can be asked for as now: what differs at the
// first look that brings other bytes becomes a revision that nothing is told
// of, and an edit since the look before is told no more than the rest.
type basis struct {
	Revision
	reread  bool // from its page, under the rules of now
	unknown bool // what it says under the rules of now cannot be known
}

// underRules returns the latest revision, the zero one before the first, as a
// basis.
func (c *Checker) underRules(ctx context.Context, l *Look, latest Revision) (basis, error) {
	rules := c.rulesOf(l.Capture.FinalURL)
	if rules != nil {
		l.step("read", "with the [[site]] of %s", rules)
	}
	earlier := c.rulesOf(cmp.Or(l.Watch.FinalURL, l.Watch.URL))
	switch {
	case latest.Number == 0:
		return basis{}, nil
	case c.anew || !latest.Outline.AskedAs(earlier):
		l.step("read", "revision %d was asked for otherwise than the [[site]] says now, and what it would say is not known", latest.Number)
		return basis{Revision: latest, unknown: true}, nil
	case latest.Outline.MadeUnder(earlier):
		return basis{Revision: latest}, nil
	}
	kept, err := c.Keep.Capture(ctx, latest.ID)
	if err != nil && !errors.Is(err, ErrNoCapture) {
		return basis{}, err
	}
	if err == nil {
		if a, o := article.Read(c.ruled(&kept)); a.Kind.Story() {
			l.step("read", "revision %d was read under other [[site]] rules; its page was read again under those of now", latest.Number)
			latest.Article, latest.Outline = a, o
			return basis{Revision: latest, reread: true}, nil
		}
	}
	l.step("read", "revision %d was read under other [[site]] rules, and what it says under those of now is not known", latest.Number)
	return basis{Revision: latest, unknown: true}, nil
}

// startAnew takes a reading as what later ones are compared with, where it is
// not known what the latest revision says under the rules of now. An edit
// since then cannot be told from the change of rules, so nothing is told.
func (c *Checker) startAnew(l *Look, latest Revision, now article.Article, outline article.Outline) {
	l.KeepCapture = true
	change := compare.Compare(latest.Article, now)
	if a := elsewhere(l, change, latest.Article, now); a.sign != "" { // whatever the rules
		c.gone(l, a)
		return
	}
	c.restore(l)
	c.moved(l)
	reason := "nothing of the article changed"
	switch {
	case !change.Changed:
		l.Outline = &outline
	case len(l.Changes) > 0: // which stand from the latest revision to itself; the next look starts anew
		reason = "under other [[site]] settings than before"
	default:
		l.Revision = c.revision(l, now, outline)
		reason = "under other [[site]] settings than before: the next revision is kept, and nothing told"
	}
	c.unchanged(l, reason)
}

// ruled returns a capture as a page to be read by the rules of its host.
func (c *Checker) ruled(capture *fetch.Capture) article.Page {
	p := Page(capture)
	p.Rules = c.rulesOf(p.URL)
	return p
}

// rulesOf returns the rules of an address's host, or nil.
func (c *Checker) rulesOf(address string) *article.Rules {
	if c.Rules == nil {
		return nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return c.Rules(u.Hostname())
}
