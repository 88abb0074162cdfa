package perturb

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const blockTags = " address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr iframe li main nav noscript ol p pre section table tbody td th tr ul body html script style template video audio button input select textarea "

func isBlock(n *html.Node) bool {
	return n.Type == html.ElementNode && strings.Contains(blockTags, " "+n.Data+" ")
}

// isLeafBlock reports whether n is a block without blocks in it.
func isLeafBlock(n *html.Node) bool {
	if !isBlock(n) {
		return false
	}
	for d := range n.Descendants() {
		if isBlock(d) {
			return false
		}
	}
	return true
}

var (
	unseenClass = regexp.MustCompile(`(?i)(?:^|\s)(?:(?:js-)?modal\S*|pop-?up\S*|hidden|hide|sr-only|visually-hidden|screen-reader-text|overlay|lightbox|print-only)(?:\s|$)`)
	unseenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)
)

// unseen reports whether readers do not see n: a copy for a dialog, a template
// or a printer.
func unseen(n *html.Node) bool {
	for a := n; a != nil && a.Data != "body"; a = a.Parent {
		switch a.Data {
		case "script", "style", "noscript", "template", "dialog", "iframe", "svg", "head", "nav", "button", "select":
			return true
		}
		if _, ok := attrOK(a, "hidden"); ok || attr(a, "aria-hidden") == "true" || attr(a, "role") == "dialog" {
			return true
		}
		if unseenClass.MatchString(attr(a, "class")) || unseenStyle.MatchString(attr(a, "style")) {
			return true
		}
	}
	return false
}

// mostlyLinks reports whether most of n's text is links: an item of such a list
// leads to another story, even where the true text has it.
func mostlyLinks(n *html.Node) bool {
	linked := 0
	for _, a := range elements(n, "a") {
		linked += len(textOf(a))
	}
	return linked*10 > len(textOf(n))*6
}

// textNodes returns the texts in n that readers see.
func textNodes(n *html.Node) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.TextNode && strings.TrimSpace(d.Data) != "" && !unseen(d.Parent) {
			out = append(out, d)
		}
	}
	return out
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		switch {
		case d.Type == html.TextNode:
			b.WriteString(d.Data)
		case d.Data == "br":
			b.WriteByte(' ')
		}
	}
	return fold(b.String())
}

// unspaced is for comparing texts that differ in spaces around inline elements.
func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

func fold(s string) string { return strings.Join(strings.Fields(s), " ") }

func elements(n *html.Node, names ...string) []*html.Node {
	var out []*html.Node
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && slices.Contains(names, d.Data) {
			out = append(out, d)
		}
	}
	return out
}

func first(n *html.Node, name string) *html.Node {
	if found := elements(n, name); len(found) > 0 {
		return found[0]
	}
	return nil
}

func within(n, ancestor *html.Node) bool {
	for a := n; a != nil; a = a.Parent {
		if a == ancestor {
			return true
		}
	}
	return false
}

func attrOK(n *html.Node, key string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val, true
		}
	}
	return "", false
}

func attr(n *html.Node, key string) string {
	v, _ := attrOK(n, key)
	return v
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

func dropAttr(n *html.Node, keys ...string) {
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return slices.Contains(keys, a.Key) })
}

// metaContent returns the content of the page's first meta element of a name.
func metaContent(doc *html.Node, name string) string {
	for _, n := range elements(doc, "meta") {
		if attr(n, "property") == name || attr(n, "name") == name {
			return attr(n, "content")
		}
	}
	return ""
}

// markup parses a fragment as it stands in a div.
func markup(source string) []*html.Node {
	out, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "div", DataAtom: atom.Div})
	if err != nil {
		panic(err) // reading a string does not fail
	}
	return out
}

// insertAfter puts nodes behind n, in order.
func insertAfter(n *html.Node, nodes ...*html.Node) {
	next := n.NextSibling
	for _, k := range nodes {
		n.Parent.InsertBefore(k, next)
	}
}

func insertBefore(n *html.Node, nodes ...*html.Node) {
	for _, k := range nodes {
		n.Parent.InsertBefore(k, n)
	}
}

// replace puts nodes in n's place.
func replace(n *html.Node, nodes ...*html.Node) {
	insertBefore(n, nodes...)
	n.Parent.RemoveChild(n)
}

// moveChildren appends from's children to to.
func moveChildren(to, from *html.Node) {
	for from.FirstChild != nil {
		k := from.FirstChild
		from.RemoveChild(k)
		to.AppendChild(k)
	}
}

// like returns an empty element with n's tag and attributes, id apart.
func like(n *html.Node) *html.Node {
	c := &html.Node{Type: html.ElementNode, Data: n.Data, DataAtom: n.DataAtom, Attr: slices.Clone(n.Attr)}
	dropAttr(c, "id", "data-id", "data-block-key")
	return c
}

// likeWith is like with a fragment in it.
func likeWith(n *html.Node, source string) *html.Node {
	c := like(n)
	for _, k := range markup(source) {
		c.AppendChild(k)
	}
	return c
}
