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
	title   titleChoice
	stand   int32 // the standfirst's block, or -1
	j       *judging
	charset string
	closed  bool // the page has its closing tag
	authors []string
	places  uint8 // where the authors were found
	ldBody  []string
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
	r := &reading{src: src, page: walk(root, flat, src.Rules.apply(root)), stand: -1, charset: name}
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
	r.j = r.judge(r.title.block)
	r.stand = r.j.standfirst(r.title.block, r.j.firstGood())
	if r.stand >= 0 {
		r.j.verdicts[r.stand] = verdict{standfirst, Paragraph, "between headline and story, marked or described as its summary"}
	}
	if r.title.block >= 0 {
		r.j.verdicts[r.title.block] = verdict{headline, Heading, r.title.source}
	}
	r.wholeHeadline()
	r.names()
	if n := r.j.printedWords(); n < minPrinted && !(r.given() && n >= minStory) {
		r.fromLD()
	}
}

// names finds who wrote the story.
func (r *reading) names() {
	r.authors, r.places = vote(r.authorSources(r.title.block, r.site(r.src.URL)))
}

// fromLD takes the story's text from JSON-LD, the last resort.
func (r *reading) fromLD() {
	var body []string
	n := 0
	for _, s := range r.meta.articleBody() {
		if s = r.ruled.cut(s); s != "" {
			body = append(body, s)
			n += len(words(s))
		}
	}
	if n > minPrinted {
		r.ldBody = body
	}
}

// article makes the Article of what was decided.
func (r *reading) article() Article {
	t := r.times(r.title.block, r.j.firstGood(), r.src.URL)
	a := Article{
		URL: r.src.URL, CanonicalURL: r.meta.canonical(r.src.URL), Headline: r.title.text, Authors: r.authors,
		Published: t.published, Modified: t.modified, Stamp: t.stamp, Date: t.date,
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
	if len(r.ldBody) > 0 && kind != KindError && kind != KindWall {
		a.Blocks = nil
		for _, s := range r.ldBody {
			a.Blocks = append(a.Blocks, Block{Kind: Paragraph, Text: s})
		}
		kind, why = KindArticle, "no text on the page itself: taken from its JSON-LD"
		a.Degraded = true
	}
	a.Kind = kind
	a.Reasons = append(a.Reasons, why, "headline: "+r.title.source)
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
	if a.Kind == KindArticle && r.j.printedWords() < 150 && len(r.ldBody) == 0 && r.j.paywalled() {
		a.Degraded = true
		a.Reasons = append(a.Reasons, fmt.Sprintf("cut off by a paywall after %d words", r.j.printedWords()))
	}
	if a.Kind == KindArticle && r.j.in.score < 0.2 && len(r.ldBody) == 0 {
		a.Degraded = true
		a.Reasons = append(a.Reasons, "the story's place on the page is uncertain")
	}
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
	Label  string // "printed", "watched", "headline", "standfirst" or "left out"
	Reason string
}

// Explain reads a page as Read does and says how each of its blocks was
// judged, in the page's order.
func Explain(p Page) (Article, []Judgement) {
	if is := notHTML(p); is != "" {
		return noPage(p, is), nil
	}
	r := open(p)
	r.judgeAll()
	out := make([]Judgement, len(r.blocks))
	for i := range r.blocks {
		v := r.j.verdicts[i]
		out[i] = Judgement{r.blocks[i].text, v.label.String(), v.why}
	}
	return r.article(), r.withLeftOut(out)
}

func (l label) String() string {
	return [...]string{"left out", "printed", "watched", "headline", "standfirst"}[l]
}
