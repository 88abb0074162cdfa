package perturb

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// insertedLines are lines that are not the story's, in the markup of its own
// paragraphs.
func insertedLines() []perturbation {
	var out []perturbation
	for _, kind := range slices.Sorted(maps.Keys(promos)) {
		out = append(out, perturbation{kind: "promo-" + kind, heldOut: kind == "gift" || kind == "event", make: func(t *trial) bool { return t.promoLine(promos[kind]) }})
	}
	return append(out,
		perturbation{kind: "read-also-line", make: (*trial).readAlsoLine},
		perturbation{kind: "read-also-linked-headline", make: (*trial).linkedHeadline},
		perturbation{kind: "read-also-list", make: (*trial).readAlsoList},
		perturbation{kind: "author-bio", make: (*trial).authorBio},
		perturbation{kind: "copyright-line", heldOut: true, make: (*trial).copyrightLine},
		perturbation{kind: "ad-label-line", make: (*trial).adLabelLine},
	)
}

// gap returns a paragraph that another one follows, drawn by the seed, or nil.
func (t *trial) gap() *html.Node {
	gaps := t.gaps()
	if len(gaps) == 0 {
		return nil
	}
	return t.paras[gaps[t.rng.IntN(len(gaps))]]
}

// lastPara returns the last paragraph if it stands in the main parent, or nil.
func (t *trial) lastPara() *html.Node {
	if len(t.paras) == 0 || t.paras[len(t.paras)-1].Parent != t.container {
		return nil
	}
	return t.paras[len(t.paras)-1]
}

// place returns the paragraph after which a line is to stand: mostly between
// two, sometimes the last.
func (t *trial) place() *html.Node {
	if p := t.lastPara(); p != nil && t.rng.IntN(4) == 0 {
		return p
	}
	return t.gap()
}

func (t *trial) promoLine(words []wording) bool {
	at := t.place()
	if at == nil {
		return false
	}
	text := t.line(words)
	t.now = unbracketed(text)
	part, bare := t.linked(text), html.EscapeString(unbracketed(text))
	var line []*html.Node
	switch t.rng.IntN(6) {
	case 0:
		line = append(line, likeWith(at, bare))
	case 1:
		line = append(line, likeWith(at, "<em>"+part+"</em>"))
	case 2:
		line = append(line, likeWith(at, "<strong>"+part+"</strong>"))
	case 3:
		line = append(line, likeWith(at, `<a href="/plans?from=body" target="_blank">`+bare+`</a>`))
	case 4:
		line = slices.Concat(markup("<hr>"), []*html.Node{likeWith(at, part)}, markup("<hr>"))
	default:
		line = append(line, likeWith(at, part))
	}
	insertAfter(at, line...)
	return true
}

func (t *trial) readAlsoLine() bool {
	at := t.gap()
	if at == nil {
		return false
	}
	href, headline := t.otherStory()
	prefix := html.EscapeString(t.line(readAlso))
	link := fmt.Sprintf(`<a href="%s">%s</a>`, href, headline)
	t.now = prefix + " " + headline
	insertAfter(at, likeWith(at, pick(t.rng,
		prefix+" "+link,
		"<strong>"+prefix+"</strong> "+link,
		fmt.Sprintf(`<a href="%s"><b>%s</b> %s</a>`, href, prefix, headline),
		"<em>"+prefix+" "+link+"</em>",
		"<b>"+strings.ToUpper(prefix)+"</b><br>"+link,
		"» "+prefix+" "+link,
	)))
	return true
}

func (t *trial) linkedHeadline() bool {
	at := t.gap()
	if at == nil {
		return false
	}
	href, headline := t.otherStory()
	link := fmt.Sprintf(`<a href="%s">%s</a>`, href, headline)
	t.now = headline
	insertAfter(at, likeWith(at, pick(t.rng, link, "<strong>"+link+"</strong>", "→ "+link, "<em>"+link+"</em>")))
	return true
}

func (t *trial) readAlsoList() bool {
	at := t.place()
	if at == nil {
		return false
	}
	var items strings.Builder
	for range 2 + t.rng.IntN(3) {
		href, headline := t.otherStory()
		fmt.Fprintf(&items, `<li><a href="%s">%s</a></li>`, href, headline)
		t.now += headline + " / "
	}
	nodes := markup("<ul>" + items.String() + "</ul>")
	if t.rng.IntN(2) == 0 {
		nodes = append([]*html.Node{likeWith(at, "<strong>"+html.EscapeString(t.line(readAlso))+"</strong>")}, nodes...)
	}
	insertAfter(at, nodes...)
	return true
}

func (t *trial) authorBio() bool {
	at := t.lastPara()
	if at == nil {
		return false
	}
	t.now = t.line(bios)
	bio := html.EscapeString(t.now)
	insertAfter(at, likeWith(at, pick(t.rng, bio, "<em>"+bio+"</em>", "<i>"+bio+"</i>")))
	return true
}

func (t *trial) copyrightLine() bool {
	at := t.lastPara()
	if at == nil {
		return false
	}
	t.now = t.fill("en", pick(t.rng, "© 2019 {outlet}. All rights reserved.", "Copyright 2019 {outlet}. This material may not be published, broadcast, rewritten or redistributed.", "© {outlet} – Alle Rechte vorbehalten", "© {outlet}. Tous droits réservés."))
	insertAfter(at, likeWith(at, html.EscapeString(t.now)))
	return true
}

func (t *trial) adLabelLine() bool {
	at := t.gap()
	if at == nil {
		return false
	}
	t.now = t.line(adLabels)
	insertAfter(at, likeWith(at, html.EscapeString(t.now)))
	return true
}
