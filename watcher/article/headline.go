package article

import (
	"net/url"
	"strings"

	"golang.org/x/net/html/atom"
)

// A titleChoice is the headline and where it was found.
type titleChoice struct {
	text   string
	block  int32 // the block that shows it, or -1
	source string
}

// title chooses the headline: the h1 whose words meet the page's og:title or
// title best, else what metadata says, found again among the blocks if it is
// shown. Metadata comes second because publishers edit what readers see first.
func (p *page) headline(pageURL string) titleChoice {
	if t, ok := p.ruledHeadline(); ok {
		return t
	}
	site := p.site(pageURL)
	meta := []string{p.meta.first("og:title", "twitter:title"), p.meta.title, p.meta.ldText("headline")}
	best, score := int32(-1), 0.0
	h1s := 0
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.tag != atom.H1 || p.elems[b.elem].noise&(hintHidden|hintConsent|hintComments) != 0 {
			continue
		}
		h1s++
		if s := p.titleScore(b.text, meta, site); s > score {
			best, score = int32(i), s
		}
	}
	if best >= 0 && score >= 0.5 {
		return titleChoice{stripSite(p.blocks[best].text, site), best, "the h1 that the page's title agrees with"}
	}
	for _, m := range []struct{ text, source string }{
		{p.meta.ldText("headline"), "JSON-LD"}, {meta[0], "og:title"}, {p.meta.title, "the title element"},
	} {
		text := p.ruled.cut(stripSite(m.text, site))
		if text == "" || sameName(text, site) {
			continue
		}
		if i := p.showing(text); i >= 0 {
			return titleChoice{stripSite(p.blocks[i].text, site), i, "the line that shows what " + m.source + " says"}
		}
		if best >= 0 && score > 0.25 {
			break
		}
		return titleChoice{text, -1, m.source}
	}
	if best < 0 && h1s > 0 {
		best = p.firstH1()
	}
	if best >= 0 {
		return titleChoice{stripSite(p.blocks[best].text, site), best, "the h1"}
	}
	return titleChoice{"", -1, "no headline found"}
}

// titleScore says how well an h1 agrees with the titles of the page's
// metadata: the greatest share of words in common, 0 for the site's own name.
func (p *page) titleScore(text string, meta []string, site string) float64 {
	if sameName(text, site) {
		return 0
	}
	own, best := words(text), 0.0
	for _, m := range meta {
		best = max(best, own.alike(words(stripSite(m, site))), 0.9*own.within(words(m)))
	}
	if len(own) < 2 {
		best *= 0.6
	}
	return best
}

// firstH1 returns the first h1 of two words or more, or -1.
func (p *page) firstH1() int32 {
	for i := range p.blocks {
		if p.blocks[i].tag == atom.H1 && p.blocks[i].words > 1 {
			return int32(i)
		}
	}
	return -1
}

// showing returns the block that shows a headline taken from metadata, or -1.
// It is a heading or stands alone, and has nearly the same words.
func (p *page) showing(text string) int32 {
	want := words(text)
	best, top := int32(-1), 0.75
	for i := range p.blocks {
		b := &p.blocks[i]
		linked := b.linkShare() > 0.5
		if b.words > 40 || linked && !b.heading() || p.elems[b.elem].noise&(hintHidden|hintRelated|hintNav|hintComments) != 0 {
			continue
		}
		s := want.alike(words(b.text))
		if b.heading() && !linked {
			s += 0.1
		}
		if s > top {
			best, top = int32(i), s
		}
	}
	return best
}

// site returns the outlet's name, or "".
func (p *page) site(pageURL string) string {
	if s := p.meta.siteName(); s != "" {
		return s
	}
	if s := p.masthead(); s != "" {
		return s
	}
	if u, err := url.Parse(pageURL); err == nil {
		return strings.TrimPrefix(u.Hostname(), "www.")
	}
	return ""
}

// masthead returns the end of the page's title, or its beginning before a
// colon, if an h1 says the same and the rest of the title is shown elsewhere:
// that h1 is the outlet's name, not the story's headline. Otherwise it returns
// "".
func (p *page) masthead() string {
	head, tail := "", ""
	for _, mark := range titleMarks {
		if i := strings.LastIndex(p.meta.title, mark); i > len(head) {
			head, tail = strings.TrimSpace(p.meta.title[:i]), strings.TrimSpace(p.meta.title[i+len(mark):])
		}
	}
	if head != "" && p.isMasthead(tail, head) {
		return tail
	}
	if name, rest, ok := strings.Cut(p.meta.title, ": "); ok && p.isMasthead(name, rest) {
		return name
	}
	return ""
}

// isMasthead reports whether an h1 says an outlet's name and the headline is shown
// elsewhere.
func (p *page) isMasthead(outlet, headline string) bool {
	named, others := false, false
	for i := range p.blocks {
		if b := &p.blocks[i]; b.tag == atom.H1 && p.elems[b.elem].noise&hintHidden == 0 {
			named = named || sameName(b.text, outlet)
			others = others || !sameName(b.text, outlet) && words(b.text).alike(words(headline)) > 0.3
		}
	}
	return named && (others || p.showing(headline) >= 0)
}

// titleMarks part a headline from the site's name in a title.
var titleMarks = []string{" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " / "}

// stripSite takes the site's name and its kin off the end or the start of a
// title.
func stripSite(s, site string) string {
	for range 3 {
		cut := false
		for _, mark := range titleMarks {
			if i := strings.LastIndex(s, mark); i > 0 && sameName(s[i+len(mark):], site) {
				s, cut = strings.TrimSpace(s[:i]), true
			}
			if i := strings.Index(s, mark); i > 0 && sameName(s[:i], site) {
				s, cut = strings.TrimSpace(s[i+len(mark):]), true
			}
		}
		if !cut {
			break
		}
	}
	return s
}

// sameName reports whether two names are the same but for case, spacing, "The"
// and a domain's ending.
func sameName(a, b string) bool {
	a, b = bareName(a), bareName(b)
	if a == "" || b == "" {
		return false
	}
	return a == b || len(a) > 3 && strings.HasPrefix(b, a) && len(b) <= len(a)+6 || len(b) > 3 && strings.HasPrefix(a, b) && len(a) <= len(b)+6
}

// bareName returns a name's letters and digits in lower case.
func bareName(s string) string {
	s = strings.ToLower(s)
	s = strings.TrimPrefix(strings.TrimPrefix(s, "www."), "the ")
	for _, end := range []string{".com", ".org", ".net", ".co.uk", ".de", ".fr", ".es", ".example", ".invalid"} {
		s = strings.TrimSuffix(s, end)
	}
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-_'’,:!|&", r) {
			return -1
		}
		return r
	}, s)
}

// opens reports whether block i is the story's first paragraph although it is
// marked as its summary: it stands beside the next one, in the same element.
func (j *judging) opens(i int32) bool {
	e := &j.elems[j.blocks[i].elem]
	if e.tag != atom.P || i < j.from || i >= j.to {
		return false
	}
	next := j.after(i)
	return next >= 0 && j.elems[j.blocks[next].elem].tag == atom.P && j.elems[j.blocks[next].elem].parent == e.parent
}

// after returns the first good printed block behind block i, or -1.
func (j *judging) after(i int32) int32 {
	for k := i + 1; k < j.to; k++ {
		if j.blocks[k].good && j.verdicts[k].label == printed {
			return k
		}
	}
	return -1
}

// standfirst finds the line between headline and story that sums the story
// up, or returns -1: marked so by its class, or saying what the page's
// description says.
func (j *judging) standfirst(title, first int32) int32 {
	p := j.page
	desc := words(p.meta.first("og:description", "description", "twitter:description"))
	ld := words(p.meta.ldText("description"))
	if title < 0 {
		return -1
	}
	for i := title + 1; i < min(title+12, int32(len(p.blocks))); i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		own := words(b.text)
		alike := 0.0
		if len(desc) >= 5 || len(ld) >= 5 {
			alike = max(own.alike(desc), own.alike(ld))
		}
		noise := (e.noise | b.hints) & (hintNoise&^hintPromo | hintRelated)
		if alike > 0.9 {
			noise = (e.own|b.hints)&(hintNoise&^hintPromo) | e.noise&(hintHidden|hintRelated|hintComments|hintConsent) // a header's social buttons say nothing of it
		}
		if b.words < 5 || b.words > 80 || b.linkShare() > 0.3 || noise != 0 ||
			(e.other|b.hints)&(hintByline|hintDate|hintCaption|hintFigure) != 0 || isPromo(b) || isNote(b) {
			continue
		}
		marked := (e.other|e.own|b.hints)&hintStandfirst != 0 && (e.noise|b.hints)&hintPromo == 0
		said := alike > 0.7
		teaser := (e.noise|b.hints)&hintPromo != 0 && b.links == 0
		if (marked || said && (i < j.from || i >= j.to || teaser || noise == 0 && e.noise&hintNoise != 0)) && !j.opens(i) {
			return i
		}
		if i > first {
			break
		}
	}
	return -1
}
