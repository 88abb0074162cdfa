package perturb

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// headEdits change what stands above a story's text.
func headEdits() []perturbation {
	return []perturbation{
		{kind: "headline-word", field: "headline", make: func(t *trial) bool { return t.headlineWord(true) }},
		{kind: "headline-word-shown-only", field: "headline", make: func(t *trial) bool { return t.headlineWord(false) }},
		{kind: "headline-whole", field: "headline", make: func(t *trial) bool { return t.headlineWhole(true) }},
		{kind: "headline-whole-shown-only", field: "headline", heldOut: true, make: func(t *trial) bool { return t.headlineWhole(false) }},
		{kind: "headline-figure", field: "headline", heldOut: true, make: (*trial).headlineFigure},
		{kind: "standfirst-word", field: "standfirst", make: (*trial).standfirstWord},
		{kind: "standfirst-whole", field: "standfirst", heldOut: true, make: (*trial).standfirstWhole},
		{kind: "author-replaced", field: "byline", make: (*trial).authorReplaced},
		{kind: "author-replaced-shown-only", field: "byline", make: (*trial).authorReplacedShown},
		{kind: "author-added", field: "byline", make: func(t *trial) bool { return t.authorAdded(true) }},
		{kind: "author-added-shown-only", field: "byline", make: func(t *trial) bool { return t.authorAdded(false) }},
	}
}

// everywhere replaces a text in the page's metadata, as a new rendering of the
// page does.
func (t *trial) everywhere(was, now string) {
	quoted := func(s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic(err) // a string has a JSON form
		}
		return strings.Trim(string(b), `"`)
	}
	for n := range t.doc.Descendants() {
		switch {
		case n.Data == "meta" && strings.Contains(attr(n, "content"), was):
			setAttr(n, "content", strings.ReplaceAll(attr(n, "content"), was, now))
		case n.Data == "title" && n.FirstChild != nil:
			n.FirstChild.Data = strings.ReplaceAll(n.FirstChild.Data, was, now)
		case n.Data == "script" && n.FirstChild != nil && attr(n, "type") == "application/ld+json":
			n.FirstChild.Data = strings.NewReplacer(was, now, quoted(was), quoted(now)).Replace(n.FirstChild.Data)
		}
	}
}

func (t *trial) headlineWord(metadata bool) bool {
	if t.headline == nil {
		return false
	}
	was := textOf(t.headline)
	ok := t.apply(t.headline, func(t *trial, s string) (string, string, string, bool) {
		return swap(t, s, headlineWords, func(string) string { return pick(t.rng, "Lanterns", "Harbor", "Borrowed", "Seventh") })
	})
	if ok && metadata {
		t.everywhere(was, textOf(t.headline))
	}
	return ok
}

func (t *trial) headlineWhole(metadata bool) bool {
	if t.headline == nil || len(textNodes(t.headline)) != 1 {
		return false
	}
	t.was, t.now = textOf(t.headline), t.ownLine(otherHeadlines)
	textNodes(t.headline)[0].Data = t.now
	if metadata {
		t.everywhere(t.was, t.now)
	}
	return true
}

func (t *trial) headlineFigure() bool {
	if t.headline == nil {
		return false
	}
	was := textOf(t.headline)
	ok := t.apply(t.headline, changeFigure)
	if ok {
		t.everywhere(was, textOf(t.headline))
	}
	return ok
}

var standfirstClass = regexp.MustCompile(`(?i)dek|deck|standfirst|subtitle|sub-?headline|summary`)

// standfirst returns the text between headline and first paragraph that the
// page's description repeats, or that a class says is one, or nil.
func (t *trial) standfirst() *html.Node {
	if t.headline == nil {
		return nil
	}
	descriptions := []string{fold(metaContent(t.doc, "description")), fold(metaContent(t.doc, "og:description"))}
	below := false
	for n := range t.doc.Descendants() {
		if n == t.paras[0] {
			return nil
		}
		below = below || n == t.headline
		if !below || n.Type != html.ElementNode || !isLeafBlock(n) || unseen(n) {
			continue
		}
		named := standfirstClass.MatchString(attr(n, "class") + " " + attr(n.Parent, "class"))
		if s := textOf(n); len(s) > 40 && (named || slices.Contains(descriptions, s)) && !strings.Contains(t.truth, s) {
			return n
		}
	}
	return nil
}

func (t *trial) standfirstWord() bool {
	n := t.standfirst()
	if n == nil {
		return false
	}
	was := textOf(n)
	ok := t.apply(n, changeWord)
	if ok {
		t.everywhere(was, textOf(n))
	}
	return ok
}

func (t *trial) standfirstWhole() bool {
	n := t.standfirst()
	if n == nil || len(textNodes(n)) != 1 {
		return false
	}
	t.was, t.now = textOf(n), t.ownLine(summaries)
	textNodes(n)[0].Data = t.now
	t.everywhere(t.was, t.now)
	return true
}

var (
	authorClass = regexp.MustCompile(`(?i)author|byline|contributor`)
	personName  = regexp.MustCompile(`^(?:[Bb]y )?(\p{Lu}\p{Ll}+(?: \p{Lu}\.)? \p{Lu}[\p{L}'’-]+)$`)
)

// author returns the text above the story's end that names one person alone,
// in an element for authors or as the metadata has it, and that name; nil where
// the page has none or several.
func (t *trial) author() (*html.Node, string) {
	if t.headline == nil {
		return nil, ""
	}
	meta := metaContent(t.doc, "author") + metaContent(t.doc, "parsely-author") + metaContent(t.doc, "byl") + metaContent(t.doc, "sailthru.author")
	var found []*html.Node
	name := ""
	for _, n := range textNodes(first(t.doc, "body")) {
		m := personName.FindStringSubmatch(fold(n.Data))
		if m == nil || goesOn(n) || !strings.Contains(meta, m[1]) && !forAuthors(n) || !t.between(n) {
			continue
		}
		found, name = append(found, n), m[1]
	}
	if len(found) != 1 {
		return nil, ""
	}
	return found[0], name
}

// goesOn reports whether the word at n's end goes on in the next element, as
// with a letter set in another style.
func goesOn(n *html.Node) bool {
	next := nextElement(n)
	if next == nil && n.Parent.NextSibling != nil {
		next = n.Parent.NextSibling
	}
	if next == nil || isBlock(next) {
		return false
	}
	text := next.Data
	if next.Type == html.ElementNode {
		text = textOf(next)
	}
	r, _ := utf8.DecodeRuneInString(text)
	return unicode.IsLetter(r)
}

// forAuthors reports whether n stands in an element that says it is for authors.
func forAuthors(n *html.Node) bool {
	for a, up := n.Parent, 0; a != nil && up < 3; a, up = a.Parent, up+1 {
		if attr(a, "rel") == "author" || authorClass.MatchString(attr(a, "class")+" "+attr(a, "itemprop")) {
			return true
		}
	}
	return false
}

// between reports whether n stands above the last paragraph and not in the text.
func (t *trial) between(n *html.Node) bool {
	for _, p := range t.passages {
		if within(n, p) {
			return false
		}
	}
	for d := range t.doc.Descendants() {
		switch d {
		case n:
			return true
		case t.paras[len(t.paras)-1]:
			return false
		}
	}
	return false
}

func (t *trial) authorReplaced() bool {
	ok := t.authorReplacedShown()
	if ok {
		t.everywhere(t.was, t.now)
	}
	return ok
}

// authorReplacedShown names another author to readers, and not in the metadata.
func (t *trial) authorReplacedShown() bool {
	n, name := t.author()
	if n == nil {
		return false
	}
	t.was, t.now = name, t.name()
	n.Data = strings.Replace(fold(n.Data), name, t.now, 1)
	return true
}

// authorAdded names a second author, in a link of its own where the first has one.
func (t *trial) authorAdded(metadata bool) bool {
	n, name := t.author()
	if n == nil {
		return false
	}
	second := t.name()
	t.was, t.now = name, name+pick(t.rng, " and ", ", ", " & ")+second
	if a := n.Parent; a.Data == "a" {
		link := like(a)
		setAttr(link, "href", "/people/second")
		link.AppendChild(text(second))
		insertAfter(a, text(t.now[len(name):len(t.now)-len(second)]), link)
	} else {
		n.Data = strings.Replace(fold(n.Data), name, t.now, 1)
	}
	if metadata {
		t.everywhere(name, t.now)
	}
	return true
}
