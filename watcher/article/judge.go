package article

import (
	"golang.org/x/net/html/atom"
)

// A label says what a block is to the article.
type label uint8

const (
	dropped label = iota
	printed
	watched // left out of the printed text, but watched for edits
	headline
	standfirst
)

// A verdict is what was decided of a block, and why.
type verdict struct {
	label label
	kind  BlockKind
	why   string
	apart bool // dropped as a part of something else, and not to be watched
}

// setApart drops a block as a part of something else than the story.
func (v *verdict) setApart(why string) { v.label, v.why, v.apart = dropped, why, true }

// judging is one reading's judgement of all blocks.
type judging struct {
	*page
	in       place
	siteName string // the outlet's
	title    int32  // the block of the headline, or -1
	body     uint32 // signature of the elements that hold most of the story
	depth    int32  // and their commonest depth
	from, to int32  // the container's blocks
	verdicts []verdict
}

// judge decides on every block of the page. title is the headline's block, or
// -1, site the outlet's name.
func (p *page) judge(title int32, site string) *judging {
	j := &judging{page: p, siteName: site, title: title, verdicts: make([]verdict, len(p.blocks))}
	if p.given() {
		j.in = p.givenPlace()
	} else {
		j.in = p.container(title)
	}
	e := &p.elems[j.in.elem]
	j.from, j.to = e.first, e.end
	j.body, j.depth = p.bodyOf(j.from, j.to)
	for i := range p.blocks {
		j.verdicts[i] = verdict{label: dropped, kind: p.kind(&p.blocks[i]), why: "outside the story's element"}
		if p.outside(p.blocks[i].elem) {
			j.verdicts[i].why = outsideRule
		}
	}
	j.inner()
	j.start()
	j.boxes()
	j.pitches()
	j.furniture()
	j.otherStories()
	j.end()
	j.lead()
	j.repeats()
	j.bareHeadings()
	j.notes()
	j.fallback()
	j.watch()
	return j
}

// kind says what part of an article a block would be.
func (p *page) kind(b *block) BlockKind {
	hints := b.hints | p.elems[b.elem].other
	switch {
	case b.noted, isNote(b), hints&hintNote != 0 && b.words >= 6 && b.linkShare() < 0.5:
		return Note
	case b.row:
		return TableRow
	case hints&hintCaption != 0 || b.figure && !b.quote && hints&hintFigure != 0:
		return Caption
	case b.heading(), b.tag == atom.Summary:
		return Heading
	case b.quote:
		return Quote
	case b.list:
		return ListItem
	}
	return Paragraph
}

// bodyOf returns the signature and depth of the elements that most good words
// of a range stand in.
func (p *page) bodyOf(from, to int32) (sig uint32, depth int32) {
	type stand struct {
		sig   uint32
		depth int32
	}
	sums := map[stand]int32{}
	var best stand
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		if !b.good || e.noise != 0 || b.heading() || p.outside(b.elem) {
			continue
		}
		s := stand{e.sig, e.depth}
		sums[s] += b.words
		if sums[s] > sums[best] {
			best = s
		}
	}
	return best.sig, best.depth
}

// A rule drops blocks of the container.
type rule struct {
	why  string
	hits func(j *judging, b *block, e *elem) bool
}

// rules are tried in order; the first that hits drops the block.
var rules = []rule{
	{"hidden", func(_ *judging, b *block, e *elem) bool { return (e.noise|b.hints)&hintHidden != 0 }},
	{"class words of sharing", noisy(hintShare)},
	{"class words of navigation", noisy(hintNav | hintSite)},
	{"class words of a newsletter", noisy(hintNewsletter)},
	{"class words of advertising", noisy(hintAd)},
	{"class words of comments", noisy(hintComments)},
	{"class words of promotion", noisy(hintPromo | hintPaywall)},
	{"class words of a biography", noisy(hintBio)},
	{"class words of tags", noisy(hintTags)},
	{"class words of a player or tool", noisy(hintWidget)},
	{"class words of consent", noisy(hintConsent)},
	{"part of a form", noisy(hintForm)},
	{"class words of other stories", func(j *judging, b *block, e *elem) bool {
		return (e.noise|b.hints)&hintRelated != 0 && !(b.good && e.sig == j.body && b.linkShare() < 0.1)
	}},
	{"a quotation pulled out of the story", func(_ *judging, b *block, e *elem) bool { return (e.other|b.hints)&hintQuote != 0 }},
	{"byline or date", func(j *judging, b *block, e *elem) bool {
		return (e.other|b.hints)&(hintByline|hintDate|hintUpdated) != 0 && (!b.good || b.words < 15) || isByline(b)
	}},
	{"consent", func(_ *judging, b *block, _ *elem) bool { return isConsent(b) }},
	{"a copyright line", func(_ *judging, b *block, _ *elem) bool { return isLegal(b) }},
	{"credit", func(_ *judging, b *block, e *elem) bool { return (e.other|b.hints)&hintCredit != 0 && !b.good }},
	{"a teaser below a linked headline", func(_ *judging, b *block, _ *elem) bool { return b.teaser }},
	{"a heading of other stories", func(_ *judging, b *block, _ *elem) bool { return b.words <= 4 && !b.sentence && isRelatedHeading(b) }},
	{"mostly links", func(_ *judging, b *block, _ *elem) bool { return b.linkShare() > 0.7 && b.words < 40 }},
	{"a promotion's words", func(j *judging, b *block, e *elem) bool {
		return isPromo(b) && !(b.good && b.words > 25 && b.linkShare() < 0.2 && e.sig == j.body)
	}},
}

// noisy makes a rule of hints that the blocks' elements inherit.
func noisy(bits hint) func(*judging, *block, *elem) bool {
	return func(_ *judging, b *block, e *elem) bool { return (e.noise|b.hints)&bits != 0 }
}

// inner judges the container's blocks one by one.
func (j *judging) inner() {
	for i := j.from; i < j.to; i++ {
		b := &j.blocks[i]
		v := &j.verdicts[i]
		if i == j.title {
			v.why = "the headline"
			continue
		}
		if j.outside(b.elem) {
			continue
		}
		v.label, v.why = printed, "in the story's element"
		if v.kind == Note && j.elems[b.elem].noise&(hintComments|hintHidden) == 0 {
			v.why = "the publisher's note"
			continue
		}
		for _, r := range rules {
			if r.hits(j, b, &j.elems[b.elem]) {
				v.label, v.why = dropped, r.why
				break
			}
		}
		if v.label == printed && v.kind == Caption {
			v.why = "a caption"
		}
	}
}

// start drops the short blocks before the first good one.
func (j *judging) start() {
	first := j.firstGood()
	after := max(j.title+1, j.from)
	for i := j.from; i < first; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if v.label != printed || v.kind == Note {
			continue
		}
		if i < after {
			v.label, v.why = dropped, "above the headline"
		} else if !j.given() && b.words < 8 && !b.row && !(b.heading() && b.tag != atom.H1) && !(b.words > 3 && j.beside(b, first)) {
			v.label, v.why = dropped, "short, before the story's first sentence"
		}
	}
}

// beside reports whether a block without links stands next to block i: in the
// same element or in a list there.
func (j *judging) beside(b *block, i int32) bool {
	up, e := j.elems[j.blocks[i].elem].parent, &j.elems[b.elem]
	return b.links == 0 && (e.parent == up || b.list && j.elems[e.parent].parent == up)
}

// firstGood returns the first good printed block that is no caption.
func (j *judging) firstGood() int32 {
	for i := j.from; i < j.to; i++ {
		if v := &j.verdicts[i]; v.label == printed && j.blocks[i].good && v.kind != Caption && i > j.title {
			return i
		}
	}
	return j.from
}

// otherStories keeps one of several article elements side by side: the one
// with the headline, else the first with an eighth of the good words.
func (j *judging) otherStories() {
	var arts []int32
	for i := int(j.in.elem) + 1; i < len(j.elems) && j.elems[i].first < j.to; i++ {
		if j.elems[i].tag == atom.Article && j.inside(int32(i), j.in.elem) && (len(arts) == 0 || !j.inside(int32(i), arts[len(arts)-1])) {
			arts = append(arts, int32(i))
		}
	}
	if j.isLive() || j.given() && len(j.ruled.roots) > 1 {
		return
	}
	for i := j.in.elem + 1; i < int32(len(j.elems)) && j.elems[i].first < j.to; i++ {
		if j.elems[i].tag == atom.Article && j.inside(i, j.in.elem) {
			j.nextStory(i)
		}
	}
	if len(arts) < 2 {
		return
	}
	keep := int32(-1)
	for _, a := range arts {
		e := &j.elems[a]
		if j.title >= e.first && j.title < e.end {
			keep = a
			break
		}
		if keep < 0 && 8*e.good > j.elems[j.in.elem].good {
			keep = a
		}
	}
	for _, a := range arts {
		if a == keep {
			continue
		}
		for i := j.elems[a].first; i < j.elems[a].end; i++ {
			if j.verdicts[i].label == printed {
				j.verdicts[i].setApart("another story")
			}
		}
	}
}

// nextStory drops an article element that follows the story and has a headline
// of its own, as pages without end append them.
func (j *judging) nextStory(a int32) {
	e := &j.elems[a]
	if j.title < 0 || j.title >= e.first || j.goodWords(j.from)-j.goodWords(e.first) < leastStory {
		return
	}
	for i := e.first; i < min(e.first+6, e.end); i++ {
		if b := &j.blocks[i]; b.heading() && b.words >= 3 && (b.tag == atom.H1 || b.tag == atom.H2) {
			j.dropApart(e.first, e.end, "the next story")
			return
		}
	}
}

// sameBody reports whether a block stands as most of the story does.
func (j *judging) sameBody(b *block) bool { return j.elems[b.elem].sig == j.body }

// goodWords counts the printed good words from a block on.
func (j *judging) goodWords(from int32) int32 {
	n := int32(0)
	for i := from; i < j.to; i++ {
		if j.verdicts[i].label == printed && j.blocks[i].good {
			n += j.blocks[i].words
		}
	}
	return n
}

// drop drops the printed blocks of a range, notes aside; spare keeps good ones
// that stand as the story does.
func (j *judging) drop(from, to int32, spare bool, why string) {
	for i := from; i < to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if v.label != printed || v.kind == Note || spare && j.sameBody(b) && b.good {
			continue
		}
		v.label, v.why = dropped, why
	}
}

// lead prints what stands between the headline and the story's element and is
// the story's: the captions of pictures, and lists of sentences, its key
// points.
func (j *judging) lead() {
	if j.title < 0 {
		return
	}
	for i := j.title + 1; i < j.from; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		e := &j.elems[b.elem]
		if b.words < 4 || (e.noise|b.hints)&(hintNoise|hintRelated) != 0 {
			continue
		}
		switch {
		case v.kind == Caption && b.linkShare() < 0.5 && (e.other|b.hints)&hintCredit == 0:
			v.label, v.why = printed, "the caption of a picture above the story"
		case v.kind == ListItem && b.links == 0 && b.sentence && !isPromo(b) && j.near(b.elem, 1):
			v.label, v.why = printed, "a key point above the story"
		}
	}
}

// repeats drops blocks of 8 words or more that stand on the page twice, but
// for the first.
func (j *judging) repeats() {
	seen := map[uint64]bool{}
	for i := max(min(j.title, j.from), 0); i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if v.label != printed || b.words < 8 {
			continue
		}
		if seen[b.hash] {
			v.setApart("said before")
		}
		seen[b.hash] = true
	}
}

// notes prints the publisher's notes that stand near the story but outside of
// its element.
func (j *judging) notes() {
	seen := map[uint64]bool{}
	for i := range j.blocks {
		v, b := &j.verdicts[i], &j.blocks[i]
		if v.kind != Note || int32(i) == j.title {
			continue
		}
		e := &j.elems[b.elem]
		if v.label == dropped && !seen[b.hash] && b.words >= 6 && e.noise&(hintComments|hintHidden|hintRelated|hintConsent|hintNav) == 0 && j.near(b.elem, 3) {
			v.label, v.why = printed, "the publisher's note"
		}
		if v.label == printed {
			seen[b.hash] = true
		}
	}
}

// near reports whether an element lies within the container's ancestor that
// is up steps above it, but not the whole page's body.
func (j *judging) near(e int32, up int) bool {
	c := j.in.elem
	for ; up > 0 && j.elems[c].parent != c; up-- {
		if t := j.elems[j.elems[c].parent].tag; t == atom.Body || t == atom.Html || t == 0 {
			break
		}
		c = j.elems[c].parent
	}
	return j.inside(e, c)
}

// minPrinted is the fewest printed words that count as a reading.
const minPrinted = 30

// fallback prints more where next to nothing was left: the good blocks of the
// container whatever the rules said, then all of its blocks.
func (j *judging) fallback() {
	for try := 0; try < 2 && j.printedWords() < minPrinted; try++ {
		for i := j.from; i < j.to; i++ {
			b, v := &j.blocks[i], &j.verdicts[i]
			hidden := j.elems[b.elem].noise&(hintHidden|hintConsent|hintComments|hintNav) != 0
			if v.label == dropped && i != j.title && !hidden && !j.outside(b.elem) && v.why != "byline or date" && (b.good || try > 0 && b.linkShare() < 0.5 && b.words >= 3) {
				v.label, v.why = printed, "little else on the page"
			}
		}
	}
}

// printedWords counts the words of the printed text.
func (j *judging) printedWords() int {
	n := 0
	for i := range j.verdicts {
		if v := &j.verdicts[i]; v.label == printed && v.kind != Caption {
			n += int(j.blocks[i].words)
		}
	}
	return n
}

// watch marks blocks that are watched although they are not printed: what
// reads like the story and stands in it or right around it.
func (j *judging) watch() {
	first, last := j.span()
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		e := &j.elems[b.elem]
		if v.label != dropped || i == j.title || j.outside(b.elem) || (e.noise|b.hints)&(hintNoise|hintRelated) != 0 || (e.other|b.hints)&hintByline != 0 || b.linkShare() > 0.25 {
			continue
		}
		if v.apart || isPromo(b) || isBiography(b) {
			continue
		}
		between := i > first && i < last
		if between && (b.good || b.sentence && b.words >= 5) || b.good && j.sameBody(b) && i <= last+3 {
			v.label, v.why = watched, "watched: "+v.why
		}
	}
}

// span returns the first and the last printed block.
func (j *judging) span() (first, last int32) {
	first, last = -1, -1
	for i := range j.verdicts {
		if j.verdicts[i].label == printed {
			if first < 0 {
				first = int32(i)
			}
			last = int32(i)
		}
	}
	return first, last
}

// isLive reports whether the page's own words or markup say that the story is
// still being written.
func (p *page) isLive() bool {
	for _, v := range p.meta.ld {
		if ldType(v, "LiveBlogPosting") {
			return true
		}
	}
	entries, live := 0, false
	for i := range p.elems {
		if p.elems[i].own&hintEntry != 0 {
			entries++
		}
		live = live || p.elems[i].own&hintLive != 0 && 4*p.elems[i].good >= p.elems[0].good && p.elems[i].good > 60
	}
	return entries >= 2 || live
}
