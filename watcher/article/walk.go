package article

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// An elem is a block-level element, or another one that may hold blocks.
type elem struct {
	parent int32 // in page.elems; the root is its own
	tag    atom.Atom
	depth  int32
	own    hint   // what its own attributes hint at
	sig    uint32 // tag and class, hashed
	first  int32  // its blocks are page.blocks[first:end]
	end    int32
	story  bool // the article rule of its site holds for it

	controls int32 // buttons and fields that readers see in it

	good  int32 // words in good blocks
	words int32
	heads bool // an h1 or main element is in it
	noise hint // noise hints that hold for its blocks: its own and its ancestors'
	other hint // likewise, the other hints
}

// A block is a run of text that a browser shows as one paragraph, with its
// measures.
type block struct {
	text     string
	hash     uint64 // of its words in order; punctuation, case and spacing aside
	elem     int32  // the nearest elem around it
	tag      atom.Atom
	words    int32
	stops    int32 // words of the stop list
	chars    int32 // bytes of text
	links    int32 // of these, within links
	strong   int32 // of these, within bold or italic
	hints    hint  // of inline elements that span nearly all of it
	good     bool
	sentence bool // ends as a sentence does
	quote    bool // within a blockquote
	list     bool // within a list item
	figure   bool // within a figure
	row      bool // a row of a table
	teaser   bool // says what another page is about; see teasers
	noted    bool // stands below a note's label
}

// linkShare returns the share of the block's text that is links, 0 to 1.
func (b *block) linkShare() float64 { return float64(b.links) / float64(max(b.chars, 1)) }

// heading reports whether the block is a heading by its tag.
func (b *block) heading() bool { return isHeading(b.tag) }

// figures reports whether the block is a row of data that leads nowhere.
func (b *block) figures() bool { return b.row && b.links == 0 }

// isHeading reports whether a is h1 to h6.
func isHeading(a atom.Atom) bool {
	switch a {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return true
	}
	return false
}

// A signed is the text of an inline element that is marked as a byline, or of
// a link to a writer's page.
type signed struct {
	at   int32 // the block it stands in
	text string
}

// A shownTime is a time element or an element that is marked as a time.
type shownTime struct {
	at   int32 // the block it stands in or right before
	when string
	text string
	own  hint
}

// said returns the time as the element gives it, else as it shows it.
func (s *shownTime) said() string {
	if s.when != "" {
		return s.when
	}
	return s.text
}

// A page is what one parse and one walk of a page give. Everything later
// reads it, never the tree.
type page struct {
	elems  []elem
	blocks []block
	meta   metadata
	shown  []shownTime
	rels   []signed // texts of rel=author links
	signed []signed // inline elements that are marked as a writer's name
	flat   bool     // the tokenizer's tree; see parse
	ruled  *ruled   // what the site's rules found; nil without rules
	hints  hinter
	forms  formFacts
}

// formFacts are what the page's forms and frames say of its kind.
type formFacts struct {
	password bool // a field for a password
	scripts  int  // script elements that are no data
	captcha  bool
}

// walker fills a page in.
type walker struct {
	*page
	buf                                         []byte
	links                                       int // bytes of buf in links
	strong                                      int
	spans                                       []span // inline elements with hints
	inLink, inStrong, inQuote, inList, inFigure int
	breaks                                      int // br elements since the last text
}

// A span is the bytes of the current block that an inline element with hints
// covers.
type span struct {
	bits hint
	size int
}

// walk reads the whole tree.
func walk(root *html.Node, flat bool, found *ruled) *page {
	p := &page{hints: hinter{}, flat: flat, ruled: found, elems: make([]elem, 1, 512), blocks: make([]block, 0, 256)}
	p.meta.init()
	w := &walker{page: p}
	w.children(root, 0, 0)
	w.flush(0, 0)
	p.elems[0].end = int32(len(p.blocks))
	p.labelled()
	return p
}

// labelled marks the blocks that stand below a label of their own: a
// publisher's note.
func (p *page) labelled() {
	for i := 1; i < len(p.blocks); i++ {
		b, above := &p.blocks[i], &p.blocks[i-1]
		if above.words <= 4 && b.sentence && b.words > leastNote && b.words <= mostNote && (p.elems[above.elem].parent == p.elems[b.elem].parent || p.elems[above.elem].parent == b.elem) && isNoteLabel(above) {
			b.noted = true
		}
	}
}

func (w *walker) children(n *html.Node, e int32, depth int) {
	if depth > maxDepth {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case html.TextNode:
			w.text(c.Data)
		case html.ElementNode:
			w.element(c, e, depth+1)
		case html.RawNode:
			w.ruled.leaveOut(len(w.blocks), c.Data, c.Attr[0].Val)
		}
	}
}

// element reads one element: skipped, a block of its own, or inline.
func (w *walker) element(n *html.Node, e int32, depth int) {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed, atom.Canvas,
		atom.Select, atom.Textarea, atom.Video, atom.Audio, atom.Map, atom.Head, atom.Meta, atom.Link, atom.Title, atom.Base,
		atom.Input, atom.Img, atom.Datalist, atom.Progress, atom.Meter:
		if n.DataAtom == atom.Input && attr(n, "type") != "hidden" || n.DataAtom == atom.Select || n.DataAtom == atom.Textarea {
			w.elems[e].controls++
		}
		w.aside(n, depth)
	case atom.Template:
		if attr(n, "shadowrootmode") != "" || attr(n, "shadowroot") != "" {
			w.children(n, e, depth)
		}
	case atom.Br:
		w.breaks++
		if w.breaks == 2 {
			w.flush(e, 0)
		}
		w.space()
	case atom.Hr:
		w.flush(e, 0)
	case atom.Button:
		w.elems[e].controls++
		if len(w.buf) > 0 && w.elems[e].tag == atom.P && startsSmall(rawText(n)) {
			w.children(n, e, depth) // a word of the sentence that explains itself
		}
	default:
		switch {
		case strings.HasPrefix(n.Data, "amp-") && skippedAMP[n.Data]:
		case isBlock[n.DataAtom] || w.ruled.holds(n) || strings.IndexByte(n.Data, '-') > 0 && n.DataAtom == 0:
			w.block(n, e, depth)
		default:
			w.inline(n, e, depth)
		}
	}
}

// aside takes what is needed from elements whose content is not text.
func (w *walker) aside(n *html.Node, depth int) {
	switch n.DataAtom {
	case atom.Script:
		t := attr(n, "type")
		if strings.Contains(t, "ld+json") {
			w.meta.addLD(rawText(n))
			return
		}
		w.forms.scripts++
	case atom.Meta:
		w.meta.addMeta(n)
	case atom.Link:
		w.meta.addLink(n)
	case atom.Title:
		w.meta.addTitle(rawText(n))
	case atom.Input:
		w.forms.password = w.forms.password || attr(n, "type") == "password"
	case atom.Iframe:
		w.forms.captcha = w.forms.captcha || strings.Contains(attr(n, "src"), "captcha")
	case atom.Head:
		if depth < maxDepth {
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				if c.Type == html.ElementNode {
					w.aside(c, depth+1)
				}
			}
		}
	}
}

// isBlock are the elements that start a block of their own.
var isBlock = map[atom.Atom]bool{
	atom.Html: true, atom.Body: true, atom.Address: true, atom.Article: true, atom.Aside: true, atom.Blockquote: true, atom.Center: true,
	atom.Dd: true, atom.Details: true, atom.Dialog: true, atom.Dir: true, atom.Div: true, atom.Dl: true, atom.Dt: true,
	atom.Fieldset: true, atom.Figcaption: true, atom.Figure: true, atom.Footer: true, atom.Form: true, atom.Frameset: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Header: true, atom.Hgroup: true,
	atom.Li: true, atom.Main: true, atom.Menu: true, atom.Nav: true, atom.Ol: true, atom.P: true, atom.Pre: true, atom.Section: true,
	atom.Summary: true, atom.Table: true, atom.Tbody: true, atom.Td: true, atom.Tfoot: true, atom.Th: true, atom.Thead: true,
	atom.Tr: true, atom.Ul: true, atom.Caption: true, atom.Legend: true,
}

// skippedAMP are AMP's own elements that never hold the story.
var skippedAMP = map[string]bool{
	"amp-ad": true, "amp-embed": true, "amp-sticky-ad": true, "amp-iframe": true, "amp-consent": true, "amp-social-share": true,
	"amp-analytics": true, "amp-list": true, "amp-sidebar": true, "amp-video": true, "amp-audio": true, "amp-script": true,
	"amp-user-notification": true, "amp-next-page": true, "amp-state": true, "amp-img": true, "amp-pixel": true,
}

// tagHints are the hints that an element's name gives.
var tagHints = map[atom.Atom]hint{
	atom.Nav: hintNav, atom.Footer: hintSite, atom.Aside: hintSite, atom.Form: hintForm, atom.Fieldset: hintForm, atom.Dialog: hintConsent,
	atom.Figure: hintFigure, atom.Figcaption: hintCaption | hintFigure, atom.Address: hintByline, atom.Menu: hintNav, atom.Legend: hintForm,
}

// block reads an element that starts and ends a block.
func (w *walker) block(n *html.Node, e int32, depth int) {
	w.flush(e, 0)
	own, sig := w.attributes(n)
	id := int32(len(w.elems))
	w.elems = append(w.elems, elem{parent: e, tag: n.DataAtom, depth: w.elems[e].depth + 1, own: own, sig: sig, first: int32(len(w.blocks)), story: w.ruled.holds(n)})
	if t := w.elems[e].tag; isHeading(t) {
		w.elems[id].tag = t // a div within a heading is the heading
	}
	if own&hintDate != 0 && (attr(n, "content") != "" || attr(n, "datetime") != "") {
		w.addTime(n, own, len(w.buf), len(w.blocks))
	}
	switch n.DataAtom {
	case atom.Blockquote:
		w.inQuote++
		defer func() { w.inQuote-- }()
	case atom.Li, atom.Dd, atom.Dt:
		w.inList++
		defer func() { w.inList-- }()
	case atom.Figure:
		w.inFigure++
		defer func() { w.inFigure-- }()
	case atom.Html:
		w.meta.lang = attr(n, "lang")
	}
	if n.DataAtom == atom.Tr && simpleRow(n) {
		w.row(n, id, depth)
	} else {
		w.children(n, id, depth)
		w.flush(id, 0)
		w.headlineAlone(id)
	}
	w.elems[id].end = int32(len(w.blocks))
	if w.ruled != nil && w.ruled.head == n {
		w.ruled.from, w.ruled.to = w.elems[id].first, w.elems[id].end
	}
}

// attributes returns what an element's attributes hint at, and its signature.
func (w *walker) attributes(n *html.Node) (hint, uint32) {
	bits := tagHints[n.DataAtom]
	sig := uint32(2166136261) ^ uint32(n.DataAtom)
	for _, a := range n.Attr[:min(len(n.Attr), maxAttributes)] {
		switch a.Key {
		case "class":
			bits |= w.hints.of(a.Val)
			for i := range len(a.Val) {
				if c := a.Val[i]; c < '0' || c > '9' {
					sig = (sig ^ uint32(c)) * 16777619
				}
			}
		case "id":
			if !isHeading(n.DataAtom) { // whose ids are made of their words
				bits |= w.hints.of(a.Val)
			}
		case "role", "itemprop", "data-component", "data-testid", "data-qa", "data-module", "data-type", "data-module-name":
			bits |= w.hints.of(a.Val)
		case "hidden":
			bits |= hintHidden
		case "aria-modal":
			bits |= hintConsent
		case "style":
			if strings.Contains(a.Val, "display:none") || strings.Contains(a.Val, "display: none") {
				bits |= hintHidden
			}
		}
	}
	return bits, sig
}

// text adds text to the current block, white space folded.
func (w *walker) text(s string) {
	before := len(w.buf)
	for i := 0; i < len(s); {
		c := s[i]
		if c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' {
			w.space()
			i++
			continue
		}
		j := i + 1
		for j < len(s) && s[j] > ' ' {
			j++
		}
		w.buf = append(w.buf, s[i:j]...)
		w.breaks = 0
		i = j
	}
	if n := len(w.buf) - before; n > 0 {
		if w.inLink > 0 {
			w.links += n
		}
		if w.inStrong > 0 {
			w.strong += n
		}
	}
}

// space adds one space unless the block is empty or ends in one.
func (w *walker) space() {
	if n := len(w.buf); n > 0 && w.buf[n-1] != ' ' {
		w.buf = append(w.buf, ' ')
	}
}

// maxBlocks is the most blocks of a page that are read.
const maxBlocks = 20_000

// flush ends the current block. tag is what to call it, or 0 for its element's.
func (w *walker) flush(e int32, tag atom.Atom) {
	defer func() {
		w.buf, w.links, w.strong, w.spans, w.breaks = w.buf[:0], 0, 0, w.spans[:0], 0
	}()
	if len(w.buf) == 0 || len(w.blocks) >= maxBlocks {
		return
	}
	text := tidy(strings.TrimSuffix(string(w.buf), " "))
	if w.ruled != nil {
		if text = w.ignoreText(text); text == "" {
			return
		}
	}
	if tag == 0 {
		tag = w.elems[e].tag
	}
	b := block{text: text, elem: e, tag: tag, chars: int32(len(text)), links: int32(w.links), strong: int32(w.strong),
		quote: w.inQuote > 0, list: w.inList > 0, figure: w.inFigure > 0, row: tag == atom.Tr}
	for _, s := range w.spans {
		if s.size*10 >= len(w.buf)*8 {
			b.hints |= s.bits
		}
	}
	if b.measure() {
		w.blocks = append(w.blocks, b)
	}
}

// ignoreText returns a block's text without what the site's patterns match.
// What was linked or bold cannot be more than what is left.
func (w *walker) ignoreText(text string) string {
	left := w.ruled.cut(text)
	if left == "" {
		w.ruled.leaveOut(len(w.blocks), text, "left out by [[site]] ignore_text")
	}
	w.links, w.strong = min(w.links, len(left)), min(w.strong, len(left))
	return left
}

// measure counts the block's words and says whether it has any.
func (b *block) measure() bool {
	h := uint64(fnvOffset)
	singles := int32(0)
	eachWord(b.text, func(word uint64, size int, single bool) {
		h = (h ^ word) * fnvPrime
		if single {
			singles++
			return
		}
		b.words++
		if size <= maxStop && stopWords.has(word) {
			b.stops++
		}
	})
	b.words += (singles + 1) / 2
	b.stops += singles / 8
	b.hash = h
	b.sentence = endsSentence(b.text)
	b.good = b.words >= 10 && b.linkShare() < 1.0/3 && (b.sentence || hasPunctuation(b.text)) &&
		(8*b.stops >= b.words || b.words >= 25 || b.sentence)
	return b.words > 0
}

// hasPunctuation reports whether s has a mark that parts sentences or clauses.
func hasPunctuation(s string) bool {
	for _, r := range s {
		switch r {
		case '.', ',', ';', ':', '!', '?', '…', '。', '、', '，', '！', '？', '،', '؟', '।':
			return true
		}
	}
	return utf8.RuneCountInString(s) > 400
}
