package perturb

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// changedMarkup is another way of writing the same page.
func changedMarkup() []perturbation {
	return []perturbation{
		{kind: "classes-hashed", make: (*trial).classesHashed},
		{kind: "classes-opaque", make: (*trial).classesOpaque},
		{kind: "attributes-added", make: (*trial).attributesAdded},
		{kind: "attributes-reordered", make: (*trial).attributesReordered},
		{kind: "paragraphs-wrapped", make: (*trial).paragraphsWrapped},
		{kind: "words-in-spans", make: (*trial).wordsInSpans},
		{kind: "paragraphs-to-divs", make: (*trial).paragraphsToDivs},
		{kind: "paragraphs-to-breaks", make: (*trial).paragraphsToBreaks},
		{kind: "breaks-to-paragraphs", make: func(t *trial) bool { return t.turned((*trial).paragraphsToBreaks) }},
		{kind: "drop-cap", make: (*trial).dropCap},
		{kind: "link-hints", heldOut: true, make: (*trial).linkHints},
		{kind: "links-tracked", make: (*trial).linksTracked},
		{kind: "links-dropped", heldOut: true, make: (*trial).linksDropped},
		{kind: "images-lazy", make: (*trial).imagesLazy},
		{kind: "images-moved", make: (*trial).imagesMoved},
		{kind: "icons-inlined", make: (*trial).iconsInlined},
		{kind: "tags-upper-case", make: func(t *trial) bool { t.finish = upperCaseTags; return true }},
		{kind: "characters-as-entities", make: func(t *trial) bool { t.finish = asEntities; return true }},
		{kind: "comments-in-source", make: (*trial).commentsInSource},
		{kind: "white-space", make: (*trial).whiteSpace},
		{kind: "invisible-characters", make: (*trial).invisibleCharacters},
		{kind: "typographic-quotes", heldOut: true, make: (*trial).typographicQuotes},
		{kind: "redesign-hashed", make: func(t *trial) bool { return t.redesign((*trial).classesHashed) }},
		{kind: "redesign-opaque", make: func(t *trial) bool { return t.redesign((*trial).classesOpaque) }},
	}
}

// eachClass renames every class of the page, one name by one.
func (t *trial) eachClass(rename func(string) string) bool {
	found := false
	for n := range t.doc.Descendants() {
		names := strings.Fields(attr(n, "class"))
		for i := range names {
			names[i], found = rename(names[i]), true
		}
		if len(names) > 0 {
			setAttr(n, "class", strings.Join(names, " "))
		}
	}
	return found
}

// classesHashed is a build of CSS modules: the name stays, a hash is new.
func (t *trial) classesHashed() bool {
	salt := t.rng.IntN(1 << 20)
	return t.eachClass(func(name string) string { return fmt.Sprintf("%s__%x", name, hash(name, salt)) })
}

// classesOpaque is a build that leaves nothing of the names.
func (t *trial) classesOpaque() bool {
	salt := t.rng.IntN(1 << 20)
	return t.eachClass(func(name string) string { return fmt.Sprintf("css-%x", hash(name, salt)) })
}

func hash(name string, salt int) uint32 {
	h := uint32(salt)
	for _, c := range name {
		h = h*16777619 ^ uint32(c)
	}
	return h
}

func (t *trial) attributesAdded() bool {
	for n := range t.doc.Descendants() {
		if n.Type == html.ElementNode && n.Parent.Type == html.ElementNode && t.rng.IntN(3) == 0 && n.Namespace == "" {
			setAttr(n, pick(t.rng, "data-reactid", "data-v-4f2a", "data-testid", "data-pos", "data-component-id"), fmt.Sprint(t.rng.IntN(1e6)))
		}
	}
	return true
}

func (t *trial) attributesReordered() bool {
	for n := range t.doc.Descendants() {
		t.rng.Shuffle(len(n.Attr), func(i, k int) { n.Attr[i], n.Attr[k] = n.Attr[k], n.Attr[i] })
	}
	return true
}

func (t *trial) paragraphsWrapped() bool {
	for _, p := range t.paras {
		w := markup(fmt.Sprintf(`<div class="block-%d"><div></div></div>`, t.rng.IntN(5)))[0]
		replace(p, w)
		w.FirstChild.AppendChild(p)
	}
	return true
}

func (t *trial) wordsInSpans() bool {
	for _, p := range t.paras {
		for _, n := range textNodes(p) {
			words := strings.SplitAfter(n.Data, " ")
			if len(words) < 4 {
				continue
			}
			i := 1 + t.rng.IntN(len(words)-2)
			span := markup(`<span></span>`)[0]
			span.AppendChild(text(words[i]))
			replace(n, text(strings.Join(words[:i], "")), span, text(strings.Join(words[i+1:], "")))
		}
	}
	return true
}

func text(s string) *html.Node { return &html.Node{Type: html.TextNode, Data: s} }

func (t *trial) paragraphsToDivs() bool {
	found := false
	for _, p := range t.paras {
		if p.Data == "p" {
			p.Data, p.DataAtom, found = "div", atom.Div, true
		}
	}
	return found
}

// paragraphsToBreaks joins paragraphs that stand side by side into one element,
// parted by two line breaks.
func (t *trial) paragraphsToBreaks() bool {
	found := false
	for i := len(t.paras) - 2; i >= 0; i-- {
		p, q := t.paras[i], t.paras[i+1]
		if p.Parent != t.container || q.Parent != p.Parent || nextElement(p) != q {
			continue
		}
		p.AppendChild(markup("<br>")[0])
		p.AppendChild(markup("<br>")[0])
		moveChildren(p, q)
		q.Parent.RemoveChild(q)
		found = true
	}
	return found
}

func nextElement(n *html.Node) *html.Node {
	for k := n.NextSibling; k != nil; k = k.NextSibling {
		if k.Type == html.ElementNode || k.Type == html.TextNode && strings.TrimSpace(k.Data) != "" {
			return k
		}
	}
	return nil
}

func (t *trial) dropCap() bool {
	nodes := textNodes(t.paras[0])
	if len(nodes) == 0 {
		return false
	}
	n := nodes[0]
	trimmed := strings.TrimLeft(n.Data, " \n\t\u00a0")
	if trimmed == "" {
		return false
	}
	letter := string([]rune(trimmed)[0])
	span := markup(fmt.Sprintf(`<span%s></span>`, t.class("cap")))[0]
	span.AppendChild(text(letter))
	replace(n, span, text(strings.TrimPrefix(trimmed, letter)))
	return true
}

// linkHints says to those who cannot see that a link opens a window.
func (t *trial) linkHints() bool {
	hint := pick(t.rng, " (opens in a new tab)", " (öffnet ein neues Fenster)", "external link")
	found := false
	for _, p := range t.paras {
		for _, a := range elements(p, "a") {
			span := markup(`<span class="visually-hidden"></span>`)[0]
			span.AppendChild(text(hint))
			a.AppendChild(span)
			found = true
		}
	}
	return found
}

func (t *trial) linksTracked() bool {
	found := false
	for _, a := range elements(t.doc, "a") {
		if href := attr(a, "href"); href != "" && !strings.Contains(href, "#") {
			mark := "?"
			if strings.Contains(href, "?") {
				mark = "&"
			}
			setAttr(a, "href", fmt.Sprintf("%s%sutm_source=%s&fbclid=%x", href, mark, pick(t.rng, "feed", "story", "fb"), t.rng.Uint32()))
			found = true
		}
	}
	return found
}

// linksDropped unlinks the words of the story: the same words are read.
func (t *trial) linksDropped() bool {
	found := false
	for _, p := range t.paras {
		for _, a := range elements(p, "a") {
			if a.Parent != nil && textOf(a) != "" && len(textOf(a))*2 < len(textOf(p)) {
				span := markup("<span></span>")[0]
				moveChildren(span, a)
				replace(a, span)
				found = true
			}
		}
	}
	return found
}

func (t *trial) imagesLazy() bool {
	found := false
	for _, img := range elements(t.doc, "img") {
		src := attr(img, "src")
		if src == "" || unseen(img) {
			continue
		}
		found = true
		switch t.rng.IntN(3) {
		case 0:
			insertAfter(img, markup(fmt.Sprintf(`<noscript><img src="%s"></noscript>`, html.EscapeString(src)))...)
			setAttr(img, "data-src", src)
			setAttr(img, "src", "data:image/gif;base64,R0lGODlhAQABAAAAACw=")
		case 1:
			picture := markup(`<picture><source srcset="/w.webp" type="image/webp"></picture>`)[0]
			replace(img, picture)
			picture.AppendChild(img)
		default:
			setAttr(img, "loading", "lazy")
			setAttr(img, "srcset", src+" 1x, "+src+" 2x")
		}
	}
	return found
}

func (t *trial) imagesMoved() bool {
	found := false
	for _, img := range elements(t.doc, "img", "source") {
		for _, key := range []string{"src", "srcset", "data-src"} {
			if v := attr(img, key); v != "" {
				setAttr(img, key, fmt.Sprintf("https://cdn%d.example/%x.jpg?w=%d", t.rng.IntN(9), t.rng.Uint32(), 320*(1+t.rng.IntN(5))))
				found = true
			}
		}
	}
	return found
}

func (t *trial) iconsInlined() bool {
	found := false
	for _, a := range elements(t.doc, "a", "button") {
		if t.rng.IntN(3) == 0 {
			for _, n := range markup(`<svg viewBox="0 0 9 9" role="img"><title>icon</title><path d="M0 0h9v9z"></path></svg>`) {
				a.AppendChild(n)
			}
			found = true
		}
	}
	return found
}

var openTag = regexp.MustCompile(`</?(p|div|span|a|em|strong|h1|h2|h3|ul|li|section|article|b|i)\b`)

func upperCaseTags(page []byte) []byte { return openTag.ReplaceAllFunc(page, bytes.ToUpper) }

var (
	rawElement = regexp.MustCompile(`(?is)<(script|style|noscript|iframe)\b.*?</(script|style|noscript|iframe)>|<[^>]*>`)
	notASCII   = regexp.MustCompile(`[^\x00-\x7f]`)
)

// asEntities writes characters beyond ASCII by their numbers, outside of tags
// and scripts.
func asEntities(page []byte) []byte {
	var out bytes.Buffer
	last := 0
	encode := func(b []byte) []byte {
		return notASCII.ReplaceAllFunc(b, func(c []byte) []byte { return fmt.Appendf(nil, "&#%d;", []rune(string(c))[0]) })
	}
	for _, at := range rawElement.FindAllIndex(page, -1) {
		out.Write(encode(page[last:at[0]]))
		out.Write(page[at[0]:at[1]])
		last = at[1]
	}
	out.Write(encode(page[last:]))
	return append(out.Bytes(), "<!-- rendered -->\n"...)
}

func (t *trial) commentsInSource() bool {
	for _, p := range t.paras {
		insertBefore(p, &html.Node{Type: html.CommentNode, Data: fmt.Sprintf(" block %d ", t.rng.IntN(1e6))})
	}
	return true
}

// eachText lets change rewrite the visible texts of the story.
func (t *trial) eachText(change func(string) string) bool {
	found := false
	for _, p := range t.passages {
		for _, n := range textNodes(p) {
			if is := change(n.Data); is != n.Data {
				n.Data, found = is, true
			}
		}
	}
	return found
}

func (t *trial) whiteSpace() bool {
	return t.eachText(func(s string) string { return strings.ReplaceAll(s, " ", pick(t.rng, "\n", "  ", "\t ", "\r\n    ")) })
}

// invisibleCharacters are what an editor's own program leaves in words.
func (t *trial) invisibleCharacters() bool {
	return t.eachText(func(s string) string {
		words := strings.Split(s, " ")
		for i, w := range words {
			r := []rune(w)
			if len(r) > 6 && t.rng.IntN(4) == 0 {
				words[i] = string(r[:3]) + pick(t.rng, "\u00ad", "\u200b", "\u2060") + string(r[3:])
			}
		}
		return joinBy(t.rng, words, " ", " ", "\u00a0", "\u2009", "\u202f")
	})
}

func joinBy(rng *rand.Rand, words []string, by ...string) string {
	var b strings.Builder
	for i, w := range words {
		if i > 0 {
			b.WriteString(pick(rng, by...))
		}
		b.WriteString(w)
	}
	return b.String()
}

var openingQuote = regexp.MustCompile(`(^|[\s(])"`)

// typographicQuotes makes curly quotes straight, or straight ones curly.
func (t *trial) typographicQuotes() bool {
	if t.eachText(strings.NewReplacer("“", `"`, "”", `"`, "’", "'", "‘", "'", "—", " – ").Replace) {
		return true
	}
	return t.eachText(func(s string) string {
		return strings.NewReplacer("'", "’", `"`, "”").Replace(openingQuote.ReplaceAllString(s, "${1}“"))
	})
}

// redesign sets the story into another page: other wrappers, classes and
// furniture around the same words.
func (t *trial) redesign(rename func(*trial) bool) bool {
	if t.headline == nil {
		return false
	}
	story := t.container
	for !t.whole(story) {
		story = story.Parent
	}
	body := first(t.doc, "body")
	if within(body, story) || strings.HasPrefix(story.Data, "t") || !rename(t) {
		return false
	}
	for n := range story.Descendants() {
		dropAttr(n, "id")
		if n.Data == "div" && first(n, "p") != nil {
			n.Data, n.DataAtom = "section", atom.Section
		}
	}
	story.Parent.RemoveChild(story)
	for body.FirstChild != nil {
		body.RemoveChild(body.FirstChild)
	}
	frame := markup(fmt.Sprintf(`<div id="app">%s<header><a href="/">%s</a><nav><a href="/a">News</a> <a href="/b">Opinion</a> <a href="/c">Log in</a></nav></header><main><div class="grid"></div></main>%s%s</div>`,
		t.skipLinks(), t.fill("en", "{outlet}"), t.relatedBox(), t.mostRead()))[0]
	first(frame, "main").FirstChild.AppendChild(story)
	body.AppendChild(frame)
	return true
}

var besideText = regexp.MustCompile(`(?i)author|byline|dek|standfirst|caption|lede`)

// whole reports whether n holds the story with all that may belong to it above
// its last paragraph.
func (t *trial) whole(n *html.Node) bool {
	if n.Data == "body" {
		return true
	}
	last := t.passages[len(t.passages)-1]
	for d := range t.doc.Descendants() {
		belongs := d == t.headline || d.Data == "figcaption" || besideText.MatchString(attr(d, "class")) && textOf(d) != ""
		if belongs && !within(d, n) {
			return false
		}
		if d == last {
			return within(last, n)
		}
	}
	return false
}
