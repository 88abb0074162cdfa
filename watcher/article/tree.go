package article

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// The bounds of a page's tree.
const (
	// maxTags is the most tags, end tags included, that go through the parser,
	// whose time grows faster than a hostile page's size; beyond it the
	// tokenizer alone reads. A news page of 160 KB has about 3,000.
	maxTags = 100_000
	// maxRoots is the most html and body tags whose attributes are kept: the
	// parser copies those of each onto the first one.
	maxRoots = 50
	// maxDepth is the deepest nesting that is walked.
	maxDepth = 600
	// flatDepth is the deepest nesting that the tokenizer's tree has, and
	// inlineDepth the deepest at which an inline element still nests.
	flatDepth   = 256
	inlineDepth = 64
	// maxNodes is the most nodes that the tokenizer's tree has.
	maxNodes = 400_000
	// maxAttributes is the most attributes of an element that are looked at.
	maxAttributes = 64
)

// parse returns a page's tree. flat says that the parser refused it, or was not
// asked because there are too many tags, and that the tokenizer's simpler tree
// stands in. x/net/html refuses more than 512 open elements, which old pages
// with hundreds of unclosed font tags reach.
// all keeps what selectors may ask for; see lean.
func parse(text []byte, all bool) (root *html.Node, flat bool) {
	text = lean(text, all)
	if bytes.Count(text, []byte("<")) <= maxTags {
		if root, err := html.Parse(bytes.NewReader(text)); err == nil {
			return root, false
		}
	}
	return parseFlat(text), true
}

// voids are the elements that have no content.
var voids = map[atom.Atom]bool{
	atom.Area: true, atom.Base: true, atom.Br: true, atom.Col: true, atom.Embed: true, atom.Hr: true, atom.Img: true,
	atom.Input: true, atom.Link: true, atom.Meta: true, atom.Source: true, atom.Track: true, atom.Wbr: true,
}

// parseFlat builds a tree from the tokenizer alone: an end tag closes the
// nearest element of its name, a paragraph closes the one before, and nothing
// nests deeper than flatDepth.
func parseFlat(text []byte) *html.Node {
	root := &html.Node{Type: html.DocumentNode}
	open := []*html.Node{root}
	z := html.NewTokenizer(bytes.NewReader(text))
	z.SetMaxBuf(1 << 20)
	for range maxNodes {
		switch z.Next() {
		case html.ErrorToken:
			return root
		case html.TextToken:
			open[len(open)-1].AppendChild(&html.Node{Type: html.TextNode, Data: string(z.Text())})
		case html.StartTagToken, html.SelfClosingTagToken:
			n := startTag(z)
			if n.DataAtom == atom.P {
				open = closeTo(open, "p")
			}
			open[len(open)-1].AppendChild(n)
			if !voids[n.DataAtom] && (len(open) < inlineDepth || isBlock[n.DataAtom] && len(open) < flatDepth) {
				open = append(open, n)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			open = closeTo(open, string(name))
		}
	}
	return root
}

// startTag makes a node of the tokenizer's start tag.
func startTag(z *html.Tokenizer) *html.Node {
	name, more := z.TagName()
	n := &html.Node{Type: html.ElementNode, DataAtom: atom.Lookup(name), Data: string(name)}
	for more && len(n.Attr) < maxAttributes {
		var k, v []byte
		k, v, more = z.TagAttr()
		n.Attr = append(n.Attr, html.Attribute{Key: string(k), Val: string(v)})
	}
	return n
}

// closeTo closes the nearest open element called name and all within it;
// nothing if none is open.
func closeTo(open []*html.Node, name string) []*html.Node {
	for i := len(open) - 1; i > 0; i-- {
		if open[i].Data == name {
			return open[:i]
		}
	}
	return open
}

// attr returns an attribute's value, or "".
func attr(n *html.Node, key string) string {
	for _, a := range n.Attr[:min(len(n.Attr), maxAttributes)] {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// rawText returns the text right below n, as of a script or title.
func rawText(n *html.Node) string {
	if c := n.FirstChild; c != nil && c.NextSibling == nil {
		return c.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
