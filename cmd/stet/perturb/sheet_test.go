package perturb

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"
)

// A sheet is one parsed copy of a page, with the places of its article: those
// that readers see, and that stand in the true text exactly once.
type sheet struct {
	doc       *html.Node
	truth     string       // the true text, white space folded
	passages  []*html.Node // paragraphs, subheads, list items, cells, quotes
	paras     []*html.Node // the passages that are p or div
	headline  *html.Node   // the h1, or nil if it is not told apart for sure
	container *html.Node   // the element that holds most of paras
}

// A corpusPage is one page of the article-extraction-benchmark.
type corpusPage struct {
	id, url string
	sheet   *sheet
}

// readCorpus returns the corpus's pages by id, limited to limit of them (0:
// all), evenly spread.
func readCorpus(dir string, limit int) ([]corpusPage, error) {
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		return nil, err
	}
	var truth map[string]struct{ ArticleBody, URL string }
	if err := json.Unmarshal(raw, &truth); err != nil {
		return nil, err
	}
	ids := slices.Sorted(maps.Keys(truth))
	if limit <= 0 || limit > len(ids) {
		limit = len(ids)
	}
	var pages []corpusPage
	for i := range limit {
		id := ids[i*len(ids)/limit]
		doc, err := parseCorpusFile(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			return nil, fmt.Errorf("read page %s: %w", id, err)
		}
		pages = append(pages, corpusPage{id: id[:12], url: truth[id].URL, sheet: newSheet(doc, truth[id].ArticleBody)})
	}
	return pages, nil
}

// parseCorpusFile parses a page and makes it say that it is UTF-8, as which it
// will be written.
func parseCorpusFile(file string) (*html.Node, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	raw, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	decoded, err := charset.NewReader(bytes.NewReader(raw), "text/html")
	if err != nil {
		return nil, err
	}
	doc, err := html.Parse(decoded)
	if err != nil {
		return nil, err
	}
	for _, n := range elements(doc, "meta") {
		if attr(n, "charset") != "" || strings.EqualFold(attr(n, "http-equiv"), "content-type") {
			n.Parent.RemoveChild(n)
		}
	}
	if head := first(doc, "head"); head != nil {
		head.InsertBefore(markup(`<meta charset="utf-8">`)[0], head.FirstChild)
	}
	return doc, nil
}

func newSheet(doc *html.Node, truth string) *sheet {
	s := &sheet{doc: doc, truth: fold(truth)}
	lines := map[string]bool{}
	for line := range strings.Lines(truth) {
		lines[unspaced(line)] = true
	}
	solid := unspaced(truth)
	for _, n := range uniqueLeaves(doc) {
		text := textOf(n)
		if unseen(n) || notStory.MatchString(text) || n.Data == "li" && mostlyLinks(n) {
			continue
		}
		long := len(text) > 60 && strings.Contains(solid, unspaced(text))
		switch n.Data {
		case "p", "div":
			if long {
				s.passages, s.paras = append(s.passages, n), append(s.paras, n)
			}
		case "h2", "h3", "h4", "li", "td", "blockquote":
			if long || lines[unspaced(text)] { // a short text may stand within any sentence
				s.passages = append(s.passages, n)
			}
		}
	}
	s.headline = s.findHeadline()
	s.container = s.mainParent()
	s.passages = slices.DeleteFunc(s.passages, func(n *html.Node) bool { return !s.amid(n) })
	return s
}

// uniqueLeaves returns the blocks without blocks in them whose text the page
// has once.
func uniqueLeaves(doc *html.Node) []*html.Node {
	seen := map[string]int{}
	var leaves []*html.Node
	for n := range doc.Descendants() {
		if isLeafBlock(n) {
			seen[textOf(n)]++
			leaves = append(leaves, n)
		}
	}
	return slices.DeleteFunc(leaves, func(n *html.Node) bool { text := textOf(n); return text == "" || seen[text] > 1 })
}

// notStory is what the true text holds here and there although it is no news.
var notStory = regexp.MustCompile(`(?i)continues below|this newsletter|for more information|please visit|receive a commission`)

// amid reports whether a passage shares an ancestor that is not the whole page
// with the article's main parent.
func (s *sheet) amid(n *html.Node) bool {
	if s.container == nil {
		return false
	}
	for a := range s.container.Ancestors() {
		if a.Data == "body" {
			break
		}
		if within(n, a) {
			return true
		}
	}
	return within(n, s.container)
}

// mainParent returns the parent that most paragraphs have.
func (s *sheet) mainParent() *html.Node {
	count := map[*html.Node]int{}
	var best *html.Node
	for _, p := range s.paras {
		count[p.Parent]++
		if best == nil || count[p.Parent] > count[best] {
			best = p.Parent
		}
	}
	return best
}

// findHeadline returns the only visible h1 that shares most of its words with
// the title that the page gives itself.
func (s *sheet) findHeadline() *html.Node {
	title := strings.ToLower(metaContent(s.doc, "og:title"))
	if t := first(s.doc, "title"); t != nil {
		title += " " + strings.ToLower(textOf(t))
	}
	var found []*html.Node
	for _, n := range elements(s.doc, "h1") {
		words := strings.Fields(strings.ToLower(textOf(n)))
		shared := 0
		for _, w := range words {
			if strings.Contains(title, w) {
				shared++
			}
		}
		if len(words) >= 4 && shared*2 > len(words) && !unseen(n) {
			found = append(found, n)
		}
	}
	if len(found) != 1 {
		return nil
	}
	return found[0]
}

// clone copies a sheet: what is done to the copy leaves the page as it is.
func (s *sheet) clone() *sheet {
	twin := map[*html.Node]*html.Node{}
	c := &sheet{doc: cloneNode(s.doc, twin), truth: s.truth, headline: twin[s.headline], container: twin[s.container]}
	for _, n := range s.passages {
		c.passages = append(c.passages, twin[n])
	}
	for _, n := range s.paras {
		c.paras = append(c.paras, twin[n])
	}
	return c
}

func cloneNode(n *html.Node, twin map[*html.Node]*html.Node) *html.Node {
	c := &html.Node{Type: n.Type, Data: n.Data, DataAtom: n.DataAtom, Namespace: n.Namespace, Attr: slices.Clone(n.Attr)}
	if twin != nil {
		twin[n] = c
	}
	for k := range n.ChildNodes() {
		c.AppendChild(cloneNode(k, twin))
	}
	return c
}

func (s *sheet) render() []byte {
	var b bytes.Buffer
	if err := html.Render(&b, s.doc); err != nil {
		panic(err) // a buffer takes everything; only a malformed tree fails
	}
	return b.Bytes()
}

// gaps returns the indices i of paragraphs that the next paragraph follows in
// the same parent: places where a line of the page's own markup may stand.
func (s *sheet) gaps() []int {
	var out []int
	for i := range len(s.paras) - 1 {
		if s.paras[i].Parent == s.paras[i+1].Parent && s.paras[i].Parent == s.container {
			out = append(out, i)
		}
	}
	return out
}

// of returns the passages that are one of these elements.
func (s *sheet) of(names ...string) []*html.Node {
	var out []*html.Node
	for _, n := range s.passages {
		if slices.Contains(names, n.Data) {
			out = append(out, n)
		}
	}
	return out
}
