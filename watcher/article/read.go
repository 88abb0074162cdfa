package article

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// A reading is one page being read.
type reading struct {
	src Page
	*page
	title    titleChoice
	stand    int32 // the standfirst's block, or -1
	j        *judging
	charset  string
	closed   bool // the page has its closing tag
	authors  []string
	places   uint8   // where the authors were found
	text     []byte  // the page as UTF-8
	unseen   []Block // the story where no reader sees it, for want of text on the page
	unseenIn string  // and where that is
}

// Read reads a page that was not read before: decode, parse and walk once,
// choose the headline and the element that holds the story, judge every block
// by rules, and say what sort of page it is.
func Read(p Page) (Article, Outline) {
	if is := notHTML(p); is != "" {
		return noPage(p, is), Outline{}
	}
	r := open(p)
	r.judgeAll()
	a := r.article()
	return a, r.outline(a)
}

// open decodes, parses and walks a page.
func open(src Page) *reading {
	if len(src.Body) > maxBody {
		src.Body = src.Body[:maxBody]
	}
	text, name := decode(src.Body, src.ContentType)
	root, flat := parse(text, src.Rules.reads())
	r := &reading{src: src, text: text, page: walk(root, flat, src.Rules.apply(root)), stand: -1, charset: name}
	tail := bytes.ToLower(text[max(0, len(text)-8<<10):])
	r.closed = bytes.Contains(tail, []byte("</html")) || bytes.Contains(tail, []byte("</body"))
	r.measure()
	return r
}

// maxBody is the most bytes of a page that are read.
const maxBody = 5 << 20

// judgeAll chooses headline, story and standfirst of a page that was not read
// before.
func (r *reading) judgeAll() {
	r.title = r.headline(r.src.URL)
	r.teasers(r.title.block)
	r.j = r.judge(r.title.block, r.site(r.src.URL))
	r.stand = r.j.standfirst(r.title.block, r.j.firstGood())
	if r.stand >= 0 {
		r.j.verdicts[r.stand] = verdict{label: standfirst, kind: Paragraph, why: "between headline and story, marked or described as its summary"}
	}
	if r.title.block >= 0 {
		r.j.verdicts[r.title.block] = verdict{label: headline, kind: Heading, why: r.title.source}
	}
	r.wholeHeadline()
	r.names()
	r.j.writers(r.authors)
	if n := r.j.printedWords(); n >= minPrinted || r.given() && n >= minStory {
		return
	}
	if r.fromLD(); len(r.unseen) == 0 {
		r.fromState()
	}
}

// names finds who wrote the story.
func (r *reading) names() {
	first, last := r.j.span()
	r.authors, r.places = vote(r.authorSources(r.title.block, first, last, r.site(r.src.URL)))
}

// fromLD takes the story's text from JSON-LD, where the page has none.
func (r *reading) fromLD() {
	if body := r.ruled.cutBlocks(r.meta.articleBody()); wordsOf(body) > minPrinted {
		r.unseen, r.unseenIn = body, "its JSON-LD"
	}
}

// wordsOf counts the different words of each block.
func wordsOf(blocks []Block) int {
	n := 0
	for _, b := range blocks {
		n += len(words(b.Text))
	}
	return n
}

// article makes the Article of what was decided.
func (r *reading) article() Article {
	_, last := r.j.span()
	t := r.times(r.title.block, r.j.firstGood(), last, r.src.URL)
	a := Article{
		URL: r.src.URL, CanonicalURL: r.meta.canonical(r.src.URL), Headline: r.title.text, Authors: r.authors,
		Published: t.published, Modified: t.modified, Stamp: t.stamp, Shown: t.shown, Hidden: t.hidden, Date: t.date,
		Language: r.meta.language(), Site: r.site(r.src.URL),
	}
	if r.stand >= 0 {
		a.Standfirst = r.blocks[r.stand].text
	}
	for i := range r.blocks {
		v := &r.j.verdicts[i]
		if v.label == printed || v.label == watched {
			a.Blocks = append(a.Blocks, Block{Kind: v.kind, Text: r.blocks[i].text, Aside: v.label == watched})
		}
	}
	kind, why := r.j.kindOf(r.src.Status, a.Headline)
	if len(r.unseen) > 0 && (kind.Story() || kind == KindEmpty) {
		a.Blocks = r.unseen
		kind, why = KindArticle, "no text on the page itself: taken from "+r.unseenIn
		a.Degraded = true
	}
	a.Kind = kind
	a.Reasons = append(a.Reasons, why, "headline: "+r.title.source)
	if t.source != "" {
		a.Reasons = append(a.Reasons, "date: "+t.source)
	}
	r.degrade(&a)
	r.rulesSaid(&a)
	if !kind.Story() {
		a.Blocks = nil
	}
	return a
}

// degrade says why an article is not to be trusted fully.
func (r *reading) degrade(a *Article) {
	if r.charset != "utf-8" {
		a.Reasons = append(a.Reasons, "charset: "+r.charset)
	}
	if r.flat {
		a.Degraded = true
		a.Reasons = append(a.Reasons, "nested too deeply or with too many tags to be parsed in full: read tag by tag")
	}
	if a.Kind.Story() && r.breaksOff() {
		a.Degraded = true
		a.Reasons = append(a.Reasons, "broken off: the page ends within a sentence of the story")
	}
	if a.Kind == KindArticle && r.j.printedWords() < 150 && len(r.unseen) == 0 && r.j.paywalled() {
		a.Degraded = true
		a.Reasons = append(a.Reasons, fmt.Sprintf("cut off by a paywall after %d words", r.j.printedWords()))
	}
	if a.Kind == KindArticle && r.j.in.score < 0.2 && len(r.unseen) == 0 {
		a.Degraded = true
		a.Reasons = append(a.Reasons, "the story's place on the page is uncertain")
	}
}

// breaksOff reports whether the page ends with a paragraph of the story that is
// no whole sentence, and without a closing tag.
func (r *reading) breaksOff() bool {
	last := len(r.blocks) - 1
	return !r.closed && last >= 0 && r.j.verdicts[last].label == printed && r.j.verdicts[last].kind == Paragraph && !r.blocks[last].sentence
}

// Hash returns the SHA-256 of the article as readers see it: headline,
// standfirst, authors and blocks, without times. Equal articles have equal
// hashes.
func (a Article) Hash() [32]byte {
	h := sha256.New()
	var size [8]byte
	put := func(s string) {
		binary.BigEndian.PutUint64(size[:], uint64(len(s)))
		h.Write(size[:])
		h.Write([]byte(s))
	}
	put(a.Headline)
	put(a.Standfirst)
	put(fmt.Sprint(len(a.Authors)))
	for _, s := range a.Authors {
		put(s)
	}
	for _, b := range a.Blocks {
		put(string(b.Kind))
		put(b.Text)
		put(fmt.Sprint(b.Aside))
	}
	return [32]byte(h.Sum(nil))
}

// A Judgement says how one block of a page was judged, and why.
type Judgement struct {
	Text   string
	Kind   BlockKind // what part of the article it is or would be
	Label  string    // "printed", "watched", "headline", "standfirst" or "left out"
	Reason string
}

// Explain reads a page as Read does and says how each of its blocks was
// judged, in the page's order; a story that was taken from the page's JSON-LD or
// scripts follows its blocks. Of a page that is no story the judgements stand all the
// same, though its article has no blocks.
func Explain(p Page) (Article, []Judgement) {
	if is := notHTML(p); is != "" {
		return noPage(p, is), nil
	}
	r := open(p)
	r.judgeAll()
	out := make([]Judgement, len(r.blocks))
	for i := range r.blocks {
		v := r.j.verdicts[i]
		out[i] = Judgement{r.blocks[i].text, v.kind, v.label.String(), v.why}
	}
	out = r.withLeftOut(out)
	a := r.article()
	if len(r.unseen) > 0 && a.Kind.Story() {
		out = append(passedOver(out, r.unseenIn), judgedUnseen(a.Blocks, r.unseenIn)...)
	}
	return a, out
}

// passedOver leaves out the text of a page for which what stands in its
// metadata or scripts was printed.
func passedOver(page []Judgement, in string) []Judgement {
	for i := range page {
		if l := page[i].Label; l == printed.String() || l == watched.String() {
			page[i].Label, page[i].Reason = dropped.String(), "too little text on the page: that of "+in+" is printed instead"
		}
	}
	return page
}

// judgedUnseen says of the blocks of an article where they came from.
func judgedUnseen(blocks []Block, in string) []Judgement {
	out := make([]Judgement, len(blocks))
	for i, b := range blocks {
		out[i] = Judgement{b.Text, b.Kind, printed.String(), "from " + in}
	}
	return out
}

func (l label) String() string {
	return [...]string{"left out", "printed", "watched", "headline", "standfirst"}[l]
}
