package perturb

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// changedBoxes are furniture that stands on both pages, and differs.
func changedBoxes() []perturbation {
	return []perturbation{
		{kind: "most-read-rotated", make: replacedBelow((*trial).mostRead)},
		{kind: "related-replaced", make: replacedBelow((*trial).relatedBox)},
		{kind: "comments-changed", make: replacedBelow((*trial).commentThread)},
		{kind: "reactions-changed", make: replacedBelow((*trial).reactions)},
		{kind: "next-story-changed", heldOut: true, make: replacedBelow((*trial).nextStory)},
		{kind: "tags-changed", make: replacedBelow((*trial).tags)},
		{kind: "teaser-card-replaced", make: replacedInBody((*trial).teaserCard)},
		{kind: "native-ad-replaced", make: replacedInBody((*trial).nativeAd)},
		{kind: "poll-counted", make: replacedInBody((*trial).poll)},
		{kind: "promo-rotated", make: (*trial).promoRotated},
		{kind: "read-also-rotated", make: (*trial).readAlsoRotated},
		{kind: "bio-changed", heldOut: true, make: (*trial).bioChanged},
		{kind: "time-ago-moved", make: (*trial).timeAgoMoved},
		{kind: "time-zone-changed", make: (*trial).timeZoneChanged},
		{kind: "views-counted", make: (*trial).viewsCounted},
		{kind: "related-moved-up", make: (*trial).relatedMovedUp},
		{kind: "header-rewritten", make: (*trial).headerRewritten},
		{kind: "footer-rewritten", make: (*trial).footerRewritten},
	}
}

// again draws a box twice: in the same markup, with other words.
func (t *trial) again(b box) (before, after string) {
	seed := t.style.Uint64()
	for before == after {
		t.style = rand.New(rand.NewPCG(seed, 1))
		before = b(t)
		t.style = rand.New(rand.NewPCG(seed, 1))
		after = b(t)
	}
	t.was, t.now = before, after
	return before, after
}

func replacedBelow(b box) func(*trial) bool {
	return func(t *trial) bool {
		at := t.lastPara()
		if at == nil {
			return false
		}
		was := t.before.paras[len(t.paras)-1]
		if t.rng.IntN(2) == 0 && t.container.Data != "body" {
			at, was = t.container, t.before.container
		}
		before, after := t.again(b)
		insertAfter(was, markup(before)...)
		insertAfter(at, markup(after)...)
		return true
	}
}

// gapIndex is the index of a paragraph that another follows; ok is false if
// there is none.
func (t *trial) gapIndex() (i int, ok bool) {
	gaps := t.gaps()
	if len(gaps) == 0 {
		return 0, false
	}
	return gaps[t.rng.IntN(len(gaps))], true
}

func replacedInBody(b box) func(*trial) bool {
	return func(t *trial) bool {
		i, ok := t.gapIndex()
		if !ok {
			return false
		}
		before, after := t.again(b)
		insertAfter(t.before.paras[i], markup(before)...)
		insertAfter(t.paras[i], markup(after)...)
		return true
	}
}

func (t *trial) tags() string {
	var b strings.Builder
	for range 3 + t.rng.IntN(3) {
		tag := t.fill("en", pick(t.rng, "{topic}", "{place}", "{name}", "Ports", "Justice"))
		fmt.Fprintf(&b, `<a href="/tag/%d">%s</a> `, t.rng.IntN(999), tag)
	}
	return fmt.Sprintf(`<div%s>%s %s</div>`, t.class("tags"), pick(t.style, "Tags:", "Topics", "Themen:", "Filed under:", ""), b.String())
}

// rotated puts one line in the page's own markup on the page before, and
// another in its place on the page after.
func (t *trial) rotated(i int, draw func() (words, inner string)) bool {
	var before, after string
	t.was, before = draw()
	for t.now = t.was; t.now == t.was; {
		t.now, after = draw()
	}
	insertAfter(t.before.paras[i], likeWith(t.paras[i], before))
	insertAfter(t.paras[i], likeWith(t.paras[i], after))
	return true
}

func (t *trial) promoRotated() bool {
	i, ok := t.gapIndex()
	return ok && t.rotated(i, func() (string, string) {
		text := t.line(promos[pick(t.rng, "subscribe", "app", "newsletter", "donate", "follow")])
		return text, t.linked(text)
	})
}

func (t *trial) readAlsoRotated() bool {
	i, ok := t.gapIndex()
	if !ok {
		return false
	}
	prefix := html.EscapeString(t.line(readAlso))
	return t.rotated(i, func() (string, string) {
		href, headline := t.otherStory()
		return headline, fmt.Sprintf(`<strong>%s</strong> <a href="%s">%s</a>`, prefix, href, headline)
	})
}

func (t *trial) bioChanged() bool {
	return t.lastPara() != nil && t.rotated(len(t.paras)-1, func() (string, string) {
		bio := t.line(bios)
		return bio, "<em>" + html.EscapeString(bio) + "</em>"
	})
}

// underHeadlines puts markup under the headline of both pages.
func (t *trial) underHeadlines(before, after string) bool {
	if t.headline == nil {
		return false
	}
	t.was, t.now = before, after
	insertAfter(t.before.headline, markup(before)...)
	insertAfter(t.headline, markup(after)...)
	return true
}

func (t *trial) timeAgoMoved() bool {
	form := pick(t.rng,
		[2]string{"3 minutes ago", "2 hours ago"}, [2]string{"vor 5 Minuten", "vor 2 Stunden"}, [2]string{"il y a 12 minutes", "il y a 1 heure"},
		[2]string{"hace 7 minutos", "hace 3 horas"}, [2]string{"Just now", "14m ago"}, [2]string{"há 2 minutos", "há 1 hora"}, [2]string{"Today", "Yesterday"})
	open, end := `<span`+t.class("when")+`>`, `</span>`
	return t.underHeadlines(open+form[0]+end, open+form[1]+end)
}

// timeZoneChanged shows the same instant on the clock of another place.
func (t *trial) timeZoneChanged() bool {
	form := pick(t.rng,
		[2]string{"19 November 2019, 14:05 GMT", "19 November 2019, 15:05 CET"},
		[2]string{"Nov. 19, 2019 9:05 a.m. ET", "Nov. 19, 2019 6:05 a.m. PT"},
		[2]string{"Published 2:05 PM UTC", "Published 14:05 UTC"},
		[2]string{"19.11.2019, 15:05 Uhr", "Dienstag, 19. November 2019, 15.05 Uhr"},
		[2]string{"2019-11-19 14:05 +0000", "Tue 19 Nov 2019 09:05 -0500"})
	open, end := `<time datetime="2019-11-19T14:05:00Z">`, `</time>`
	return t.underHeadlines(open+form[0]+end, open+form[1]+end)
}

func (t *trial) viewsCounted() bool {
	before, after := t.again((*trial).viewCounter)
	return t.underHeadlines(before, after)
}

func (t *trial) relatedMovedUp() bool {
	i, ok := t.gapIndex()
	if !ok {
		return false
	}
	t.now = t.relatedBox()
	insertAfter(t.before.paras[len(t.paras)-1], markup(t.now)...)
	insertAfter(t.paras[i], markup(t.now)...)
	return true
}

func (t *trial) headerRewritten() bool {
	body := first(t.doc, "body")
	t.dropFurniture("header", "nav")
	var links strings.Builder
	for _, s := range []string{"Home", "Politics", "Harbour", "Money", "Culture", "Log in"} {
		fmt.Fprintf(&links, `<li><a href="/%s">%s</a></li>`, strings.ToLower(s), s)
	}
	insertBefore(body.FirstChild, markup(fmt.Sprintf(`<header%s><a href="/">%s</a><nav><ul>%s</ul></nav></header>`, t.class("masthead"), t.fill("en", "{outlet}"), links.String()))...)
	return true
}

func (t *trial) footerRewritten() bool {
	t.dropFurniture("footer")
	for _, n := range markup(fmt.Sprintf(`<footer%s><p>%s</p><p>© %s</p><a href="/imprint">Imprint</a> <a href="/privacy">Privacy</a> <a href="/jobs">Jobs</a></footer>`,
		t.class("colophon"), t.fill("en", "{outlet} is published in {place} by the Quay Trust, a charity with {n} members."), t.fill("en", "2019 {outlet}"))) {
		first(t.doc, "body").AppendChild(n)
	}
	return true
}

// dropFurniture removes the elements of these names that hold nothing of the
// story, not even a byline.
func (t *trial) dropFurniture(names ...string) {
	for _, n := range elements(t.doc, names...) {
		if n.Parent != nil && !t.holdsStory(n) {
			n.Parent.RemoveChild(n)
		}
	}
}

var storyClass = regexp.MustCompile(`(?i)author|byline|dek|standfirst|summary|caption|article|story|post|entry`)

// holdsStory reports whether something of the story stands in n, or n stands
// so near to it that something might.
func (t *trial) holdsStory(n *html.Node) bool {
	if within(n, t.container.Parent) || first(n, "h1") != nil || first(n, "figcaption") != nil {
		return true
	}
	for _, d := range append(elements(n, "div", "p", "span", "a", "h2", "section"), n) {
		if storyClass.MatchString(attr(d, "class") + attr(d, "rel") + attr(d, "itemprop")) {
			return true
		}
	}
	return slices.ContainsFunc(t.passages, func(p *html.Node) bool { return within(p, n) })
}
