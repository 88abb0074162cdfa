package article

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A ruled is what the rules of a page's site found on it. A nil *ruled is that
// of a page without rules.
type ruled struct {
	rules *Rules
	story map[*html.Node]bool // what the article rule matches
	roots []int32             // the outermost of these that hold words, as elems
	over  bool                // the page goes beyond the bounds of matching

	head     *html.Node // what the headline rule matches first
	headText string
	headBy   string // the selector
	from, to int32  // the blocks of head; none where from is not below to

	cuts []leftOut
}

// A leftOut is a passage that the rules leave out, and the block it stood before.
type leftOut struct {
	at   int32
	text string
	why  string
}

// The bounds of what is remembered of what the rules leave out.
const (
	maxLeftOut     = 500  // passages
	maxLeftOutText = 400  // bytes of each
	maxHeadline    = 2000 // bytes of a headline that a rule finds
)

// apply matches the rules on a tree and takes out of it what they ignore.
func (r *Rules) apply(root *html.Node) *ruled {
	if !r.reads() {
		return nil
	}
	f := &ruled{rules: r, story: map[*html.Node]bool{}}
	var heads []*html.Node
	headBy := map[*html.Node]string{}
	ignored := map[*html.Node]string{}
	m := matcher{selectors: append(append(append([]selector(nil), r.ignore...), r.article...), r.headline...)}
	article, headline := len(r.ignore), len(r.ignore)+len(r.article)
	m.visit = func(n *html.Node, which []bool) bool {
		for i, hit := range which {
			switch {
			case !hit:
			case i < article:
				ignored[n] = r.ignore[i].text
				return false
			case i < headline:
				f.story[n] = true
			case len(heads) < maxRules && headBy[n] == "":
				heads = append(heads, n)
				headBy[n] = r.headline[i-headline].text
			}
		}
		return true
	}
	m.match(root)
	f.over = m.over
	for n, by := range ignored { // only now, as selectors count siblings
		takeOut(n, fmt.Sprintf("left out by [[site]] ignore: %s", by))
	}
	for _, n := range heads {
		if text := r.cut(tidy(textOf(n, maxHeadline))); text != "" {
			f.head, f.headText, f.headBy = n, text, headBy[n]
			break
		}
	}
	return f
}

// takeOut puts a raw node, which no page has, in an element's place: its text
// and the reason.
func takeOut(n *html.Node, why string) {
	note := &html.Node{Type: html.RawNode, Data: tidy(textOf(n, maxLeftOutText)), Attr: []html.Attribute{{Val: why}}}
	n.Parent.InsertBefore(note, n)
	n.Parent.RemoveChild(n)
}

// textOf returns the text within an element, white space folded, up to about
// most bytes.
func textOf(n *html.Node, most int) string {
	var b strings.Builder
	var add func(n *html.Node)
	add = func(n *html.Node) {
		for c := n.FirstChild; c != nil && b.Len() < most; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data[:min(len(c.Data), 4*most)])
			case c.Type == html.ElementNode && c.DataAtom != atom.Script && c.DataAtom != atom.Style:
				apart := isBlock[c.DataAtom] || c.DataAtom == atom.Br
				if apart {
					b.WriteByte(' ')
				}
				add(c)
				if apart {
					b.WriteByte(' ')
				}
			}
		}
	}
	add(n)
	words := strings.Join(strings.Fields(b.String()), " ")
	return strings.ToValidUTF8(words[:min(len(words), most)], "")
}

// cut returns a text without what the site's patterns match.
func (f *ruled) cut(s string) string {
	if f == nil {
		return s
	}
	return f.rules.cut(s)
}

// cutBlocks cuts what the rules ignore out of blocks that stand nowhere on the
// page, and drops those of which nothing is left.
func (f *ruled) cutBlocks(blocks []Block) []Block {
	if f == nil {
		return blocks
	}
	var out []Block
	for _, b := range blocks {
		if b.Text = f.cut(b.Text); b.Text != "" {
			out = append(out, b)
		}
	}
	return out
}

// leaveOut remembers a passage for Explain.
func (f *ruled) leaveOut(at int, text, why string) {
	if text != "" && len(f.cuts) < maxLeftOut {
		f.cuts = append(f.cuts, leftOut{int32(at), text, why})
	}
}

// holds reports whether the article rule matches an element.
func (f *ruled) holds(n *html.Node) bool { return f != nil && f.story[n] }

// given reports whether the article rule found the story's place.
func (p *page) given() bool { return p.ruled != nil && len(p.ruled.roots) > 0 }

// outside reports whether the article rule puts an element outside of the story.
func (p *page) outside(e int32) bool { return p.given() && !p.elems[e].story }

const outsideRule = "outside of the [[site]] article"

// findRoots finds the outermost elements that the article rule matches and
// that hold words, and hands down that they do. Class words at or around them
// say nothing any more. It comes before the sums of measure go down the tree.
func (p *page) findRoots() {
	for i := 1; p.ruled != nil && i < len(p.elems); i++ {
		e := &p.elems[i]
		if p.elems[e.parent].story {
			e.story = true
		} else if e.story = e.story && e.words > 0; e.story {
			p.ruled.roots = append(p.ruled.roots, int32(i))
		}
	}
}

// givenPlace returns the deepest element around all that the article rule
// matches.
func (p *page) givenPlace() place {
	at := p.ruled.roots[0]
	for _, r := range p.ruled.roots {
		for !p.inside(r, at) {
			at = p.elems[at].parent
		}
	}
	return place{at, 1}
}

// ruledHeadline returns the headline that the rules give, if they do. A block
// of which it is less than half is not the one that shows it: what else stands
// there is read as any other.
func (p *page) ruledHeadline() (t titleChoice, ok bool) {
	f := p.ruled
	if f == nil || f.headText == "" {
		return t, false
	}
	t = titleChoice{f.headText, -1, "the [[site]] headline: " + f.headBy}
	if f.from < min(f.to, int32(len(p.blocks))) && 2*len(f.headText) >= len(p.blocks[f.from].text) {
		t.block = f.from
	}
	return t, true
}

// wholeHeadline drops the other blocks of what the headline rule matched.
func (r *reading) wholeHeadline() {
	if t, ok := r.ruledHeadline(); !ok || t.block < 0 {
		return
	}
	for i := r.ruled.from + 1; i < min(r.ruled.to, int32(len(r.blocks))); i++ {
		r.j.verdicts[i] = verdict{label: dropped, kind: Heading, why: "part of the headline"}
	}
}

// rulesSaid says in the article's reasons what came of the rules.
func (r *reading) rulesSaid(a *Article) {
	f := r.ruled
	if f == nil {
		return
	}
	if len(f.rules.article) > 0 && len(f.roots) == 0 {
		a.Reasons = append(a.Reasons, "[[site]] article matches nothing with text on this page: the story was looked for as without it")
	}
	if len(f.rules.headline) > 0 && f.headText == "" {
		a.Reasons = append(a.Reasons, "[[site]] headline matches nothing with text on this page: it was looked for as without it")
	}
	if f.over {
		a.Degraded = true
		a.Reasons = append(a.Reasons, fmt.Sprintf("the page has more elements than [[site]] selectors are matched on (%d, of siblings that are counted %d): they hold for a part of it", maxMatched, maxCounted))
	}
}

// withLeftOut adds what the rules left out to the judgements of the blocks.
func (r *reading) withLeftOut(blocks []Judgement) []Judgement {
	if r.ruled == nil || len(r.ruled.cuts) == 0 {
		return blocks
	}
	out, next := make([]Judgement, 0, len(blocks)+len(r.ruled.cuts)), 0
	for _, cut := range r.ruled.cuts {
		for ; next < min(int(cut.at), len(blocks)); next++ {
			out = append(out, blocks[next])
		}
		out = append(out, Judgement{cut.text, Paragraph, dropped.String(), cut.why})
	}
	return append(out, blocks[next:]...)
}
