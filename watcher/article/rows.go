package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// row reads a row of a data table as one block, its cells parted by bars.
func (w *walker) row(n *html.Node, e int32, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		if len(w.buf) > 0 {
			w.text(" | ")
		}
		w.cell(c, e, depth+1)
	}
	w.flush(e, atom.Tr)
}

// cell reads a cell's text without parting it.
func (w *walker) cell(n *html.Node, e int32, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			w.text(c.Data)
		case c.Type != html.ElementNode || depth > maxDepth:
		case c.DataAtom == atom.P || c.DataAtom == atom.Div || c.DataAtom == atom.Br:
			w.space()
			w.cell(c, e, depth+1)
		default:
			w.element(c, e, depth+1)
		}
	}
}

// simpleRow reports whether a tr is a row of data: two cells or more, each
// short and without blocks but plain p and div.
func simpleRow(n *html.Node) bool {
	cells, budget := 0, 200
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type != html.ElementNode {
			continue
		}
		cells++
		if size := cellSize(c, &budget); size < 0 || size > 200 {
			return false
		}
	}
	return cells > 1
}

// cellSize returns the bytes of a cell's text, or -1 if it is no plain cell.
func cellSize(n *html.Node, budget *int) int {
	size := 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if *budget--; *budget < 0 {
			return -1
		}
		switch {
		case c.Type == html.TextNode:
			size += len(strings.TrimSpace(c.Data))
		case c.Type != html.ElementNode:
		case c.DataAtom == atom.Script || c.DataAtom == atom.Style || c.DataAtom == atom.Iframe:
			return -1
		case isBlock[c.DataAtom] && c.DataAtom != atom.P && c.DataAtom != atom.Div:
			return -1
		default:
			inner := cellSize(c, budget)
			if inner < 0 {
				return -1
			}
			size += inner
		}
	}
	return size
}
