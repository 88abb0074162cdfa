package article

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// inline reads an element that runs on within its block.
func (w *walker) inline(n *html.Node, e int32, depth int) {
	own, _ := w.attributes(n)
	if own&hintHidden != 0 || n.DataAtom == atom.Sup && isFootnoteMark(n) || isIcon(n) {
		return
	}
	if w.besideHeadline(n, own, e) {
		w.flush(e, 0)
		first := len(w.blocks)
		w.children(n, e, depth)
		w.flush(e, atom.Span)
		for i := first; i < len(w.blocks); i++ {
			w.blocks[i].hints |= own
		}
		return
	}
	blocks, size, links, strong := len(w.blocks), len(w.buf), w.links, w.strong
	switch n.DataAtom {
	case atom.A:
		if isHeading(w.elems[e].tag) && strings.HasPrefix(attr(n, "href"), "#") {
			break // a heading that links to itself leads nowhere
		}
		w.inLink++
		defer func() { w.inLink-- }()
	case atom.B, atom.Strong, atom.I, atom.Em:
		w.inStrong++
		defer func() { w.inStrong-- }()
	case atom.Q:
		w.text("“")
		defer w.text("”")
	}
	isTime := n.DataAtom == atom.Time || own&hintDate != 0
	w.children(n, e, depth)
	if w.ruled != nil && w.ruled.head == n {
		w.ruled.from, w.ruled.to = int32(blocks), int32(max(len(w.blocks), blocks+1))
	}
	if len(w.blocks) == blocks && size < len(w.buf) && w.trinket(n, own, string(w.buf[size:])) {
		w.buf, w.links, w.strong = w.buf[:size], links, strong
		return
	}
	if len(w.blocks) == blocks && own != 0 {
		w.spans = append(w.spans, span{own, len(w.buf) - size})
	}
	if isTime {
		w.addTime(n, own, size, blocks)
	}
	if n.DataAtom == atom.A && len(w.blocks) == blocks && strings.Contains(attr(n, "rel"), "author") {
		if len(w.rels) < 100 {
			w.rels = append(w.rels, signed{int32(blocks), tidy(string(w.buf[min(size, len(w.buf)):]))})
		}
	}
	if name := len(w.buf) - size; own&hintByline != 0 && len(w.blocks) == blocks && name > 0 && name <= mostName && len(w.signed) < 100 {
		w.signed = append(w.signed, signed{int32(blocks), w.ruled.cut(tidy(string(w.buf[size:])))})
	}
}

// besideHeadline reports whether an inline element of an h1 is marked as
// something else than the headline: the topic over it, the line under it, a
// date. It is a block of its own then.
func (w *walker) besideHeadline(n *html.Node, own hint, e int32) bool {
	return w.elems[e].tag == atom.H1 && w.elems[e].own&(hintKicker|hintStandfirst) == 0 &&
		(own&(hintKicker|hintStandfirst|hintDate|hintByline|hintTags) != 0 || n.DataAtom == atom.Small)
}

// headlineAlone mends an h1 whose parts were taken for something else: with no
// text left it is the headline as a whole, and marks that parted it from the
// rest go.
func (w *walker) headlineAlone(id int32) {
	own := w.blocks[w.elems[id].first:]
	if len(own) == 0 || w.elems[id].tag != atom.H1 || !slices.ContainsFunc(own, func(b block) bool { return b.tag == atom.Span }) {
		return
	}
	if !slices.ContainsFunc(own, func(b block) bool { return b.tag == atom.H1 && b.words > 0 }) {
		for i := range own {
			own[i].tag = atom.H1
		}
		return
	}
	for i := range own {
		if b := &own[i]; b.tag == atom.H1 {
			b.text = strings.Trim(b.text, " :|/–—-+•·")
		}
	}
}

// backArrow are the links that lead from a footnote back to its place.
var backArrow = map[string]bool{"↩": true, "↩︎": true, "↑": true, "^": true, "⏎": true}

// isIcon reports whether an inline element is drawn by a font whose letters
// name the drawing.
func isIcon(n *html.Node) bool {
	return attr(n, "aria-hidden") == "true" && (n.DataAtom == atom.I || strings.Contains(attr(n, "class"), "icon"))
}

// isFootnoteMark reports whether a raised element is the mark of a footnote: it
// holds a link, or a number in brackets.
func isFootnoteMark(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.A || c.Type == html.TextNode && strings.HasPrefix(strings.TrimSpace(c.Data), "[") {
			return true
		}
	}
	return false
}

// mostTrinket is the most bytes of what hangs within a paragraph and is no part
// of it: an offer to share it, a label.
const mostTrinket = 40

// trinket reports whether an inline element with this text is no part of the
// paragraph that it stands in.
func (w *walker) trinket(n *html.Node, own hint, text string) bool {
	if n.DataAtom == atom.A && backArrow[text] {
		return true
	}
	return own&(hintShare|hintAd|hintComments) != 0 && len(text) <= mostTrinket
}

// startsSmall reports whether a text begins with a small letter.
func startsSmall(s string) bool {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return unicode.IsLower(r)
}

// mostName is the most bytes of an inline element that names a writer.
const mostName = 80

// addTime keeps a time element with the text it shows.
func (w *walker) addTime(n *html.Node, own hint, size, blocks int) {
	if len(w.shown) >= 200 {
		return
	}
	when := attr(n, "datetime")
	if when == "" {
		when = attr(n, "content")
	}
	if when == "" && n.DataAtom == atom.Abbr {
		when = attr(n, "title") // the microformat hAtom
	}
	t := shownTime{at: int32(blocks), when: when, own: own}
	if len(w.blocks) == blocks && size <= len(w.buf) {
		t.text = w.ruled.cut(tidy(string(w.buf[size:])))
	}
	w.shown = append(w.shown, t)
}
