package article

import "golang.org/x/net/html/atom"

// Reread reads a page again with what an earlier reading of it left. It gives
// what Read gives for a page whose outline is empty or was made under other
// rules.
//
// The blocks are aligned with the earlier ones by the hash of their words:
// what stood there before keeps its label, whatever its markup is now. What is
// left is paired within its gap by the words in common, and only what is new
// is judged: by its place, its neighbours and its words. Where most of the
// story is not found again the page is read anew, and then it is a wall, an
// error, a page that shrank, or another text.
func Reread(p Page, o Outline) (Article, Outline) {
	m := o.recall()
	if m == nil || len(m.marks) == 0 || !o.MadeUnder(p.Rules) {
		return Read(p)
	}
	if is := notHTML(p); is != "" {
		return noPage(p, is), o
	}
	r := open(p)
	again := &rereading{reading: r, old: m}
	return again.read(o)
}

// A rereading is a page being read again.
type rereading struct {
	*reading
	old     *memory
	partner []int32 // for each block the earlier one it is, or -1
	used    []bool  // earlier blocks that have a partner
	exact   []bool  // for each block: its words are its partner's
}

// read reads the page again.
func (r *rereading) read(o Outline) (Article, Outline) {
	r.alignBlocks()
	if r.found() < 0.7 {
		if a, next, done := r.thorough(o); done {
			return a, next
		}
	}
	r.inherit()
	r.judgeNew()
	r.fields()
	a := r.article()
	if !a.Kind.Story() && a.Kind != KindWall && a.Kind != KindError {
		a.Kind = KindArticle // most of the story was found again
	}
	r.brokenOff(&a)
	if !a.Kind.Story() {
		return a, o
	}
	return a, r.outline(a)
}

// alignBlocks finds each block's earlier self: by equal words in order, by
// equal words elsewhere, then within the gaps by resemblance.
func (r *rereading) alignBlocks() {
	old := make([]uint32, len(r.old.marks))
	for i := range old {
		old[i] = r.old.marks[i].hash
	}
	now := make([]uint32, len(r.blocks))
	for i := range now {
		now[i] = uint32(r.blocks[i].hash >> 32)
	}
	r.partner = align(old, now)
	r.used = make([]bool, len(old))
	r.exact = make([]bool, len(now))
	for i, k := range r.partner {
		if k >= 0 {
			r.used[k], r.exact[i] = true, true
		}
	}
	r.moved(old, now)
	r.gaps()
}

// moved pairs blocks that stand elsewhere now.
func (r *rereading) moved(old, now []uint32) {
	free := map[uint32][]int32{}
	for i, h := range old {
		if !r.used[i] {
			free[h] = append(free[h], int32(i))
		}
	}
	for i, h := range now {
		if list := free[h]; r.partner[i] < 0 && len(list) > 0 {
			r.partner[i], r.exact[i] = list[0], true
			r.used[list[0]] = true
			free[h] = list[1:]
		}
	}
}

// A gap is a run of blocks without partner between two that have one, with
// the earlier blocks that lie between those.
type gap struct{ from, to, oldFrom, oldTo int32 }

// gaps pairs what resembles each other between the pairs that stand in order.
func (r *rereading) gaps() {
	for _, g := range r.eachGap() {
		for i := g.from; i < g.to; i++ {
			if r.partner[i] < 0 {
				r.pairInGap(i, g)
			}
		}
	}
}

// eachGap returns the gaps that have blocks without partner.
func (r *rereading) eachGap() []gap {
	var out []gap
	n, last := int32(len(r.blocks)), int32(-1) // last: the greatest partner so far, in order
	for i := int32(0); i < n; {
		if k := r.partner[i]; k >= 0 {
			if k > last {
				last = k
			}
			i++
			continue
		}
		g := gap{from: i, oldFrom: last + 1, oldTo: int32(len(r.old.marks))}
		for ; i < n; i++ {
			if k := r.partner[i]; k > last {
				g.oldTo = k
				break
			}
		}
		g.to = i
		out = append(out, g)
	}
	return out
}

// maxGap is the most earlier blocks of a gap that a block is compared with.
const maxGap = 300

// pairInGap pairs a block with the earlier one of its gap that it resembles
// most, if it does.
func (r *rereading) pairInGap(i int32, g gap) {
	b := &r.blocks[i]
	own := sketch(b.text, keptSketch)
	few := own[:min(len(own), droppedSketch)]
	best, top := int32(-1), 0.34
	for k := g.oldFrom; k < min(g.oldTo, g.oldFrom+maxGap); k++ {
		if r.used[k] {
			continue
		}
		m := &r.old.marks[k]
		s := 0.0
		if m.label == dropped {
			s = resemblance(few, m.sketch) - 0.15
		} else {
			s = resemblance(own, m.sketch)
			if m.label == headline && b.tag == atom.H1 {
				s += 0.5
			}
		}
		if s > top {
			best, top = k, s
		}
	}
	if best >= 0 {
		r.partner[i], r.used[best] = best, true
	}
}

// found returns the share of the story's words whose blocks were found again.
func (r *rereading) found() float64 {
	all, got := int32(0), int32(0)
	for i := range r.old.marks {
		m := &r.old.marks[i]
		if m.label != printed || blockKinds[m.kind] == Caption {
			continue
		}
		all += m.words
		if r.used[i] {
			got += m.words
		}
	}
	if all == 0 {
		return 0
	}
	return float64(got) / float64(all)
}

// inherit gives each block the label and kind of its earlier self.
func (r *rereading) inherit() {
	r.j = &judging{page: r.page, siteName: r.site(r.src.URL), title: -1, verdicts: make([]verdict, len(r.blocks))}
	for i, k := range r.partner {
		v := &r.j.verdicts[i]
		if k < 0 {
			*v = verdict{label: dropped, kind: r.kind(&r.blocks[i]), why: "new"}
			continue
		}
		m := &r.old.marks[k]
		*v = verdict{label: m.label, kind: blockKinds[m.kind], why: "as before"}
		if !r.exact[i] {
			v.why = "as before, edited"
			if v.label == dropped && isNote(&r.blocks[i]) {
				*v = verdict{label: dropped, kind: Note, why: "new"}
				r.partner[i] = -1
			}
		}
	}
	r.title = titleChoice{text: r.old.headline, block: -1, source: "as before"}
	for i := range r.j.verdicts {
		switch r.j.verdicts[i].label {
		case headline:
			if r.title.block < 0 {
				r.title.block = int32(i)
			}
		case standfirst:
			if r.stand < 0 {
				r.stand = int32(i)
			}
		}
	}
	r.j.title = r.title.block
	r.j.in = place{r.holder(), 1}
	e := &r.elems[r.j.in.elem]
	r.j.from, r.j.to = e.first, e.end
	r.j.body, r.j.depth = r.bodyOf(r.j.from, r.j.to)
}

// holder returns the deepest element that holds nine tenths of the words
// found again.
func (r *rereading) holder() int32 {
	sums := make([]int32, len(r.elems))
	for i := range r.blocks {
		if r.j.verdicts[i].label == printed {
			sums[r.blocks[i].elem] += r.blocks[i].words
		}
	}
	for i := len(sums) - 1; i > 0; i-- {
		sums[r.elems[i].parent] += sums[i]
	}
	best := int32(0)
	for i := range sums {
		if sums[i] > 0 && 10*sums[i] >= 9*sums[0] {
			best = int32(i)
		}
	}
	return best
}

// judgeNew judges the blocks that no earlier reading saw.
func (r *rereading) judgeNew() {
	old := map[uint32]label{}
	for i := range r.old.marks {
		m := &r.old.marks[i]
		if l, ok := old[m.hash]; !ok || l == dropped {
			old[m.hash] = m.label
		}
	}
	first, last := r.j.span()
	came := r.islands()
	for _, g := range r.eachGap() {
		noise := r.noiseIn(g)
		for i := g.from; i < g.to; i++ {
			if r.partner[i] >= 0 {
				continue
			}
			v := &r.j.verdicts[i]
			b := &r.blocks[i]
			_, before := old[uint32(b.hash>>32)]
			switch {
			case before:
				v.why = "new, repeats what stands on the page"
			case v.kind == Note && r.j.near(b.elem, 3) && r.elems[b.elem].noise&(hintComments|hintHidden|hintConsent|hintRelated) == 0:
				v.label, v.why = printed, "the publisher's note, new"
			case noise[r.stance(b)]:
				v.why = "new, in the place of what was no part of the story"
			case came.addsText(b):
				v.label, v.why = printed, "new, running text within the story's element"
			case came.foreign(b):
				v.setApart("new, in a box of its own")
			default:
				v.why = r.whyNot(i, first, last)
				if v.why == "" {
					v.label, v.why = printed, "new, stands and reads as the story does"
				}
			}
		}
	}
}

// A stance is where a block stands: its element's tag, class and depth.
type stance struct {
	sig   uint16
	depth uint8
}

func (r *rereading) stance(b *block) stance {
	e := &r.elems[b.elem]
	return stance{uint16(e.sig >> 8), uint8(min(e.depth, 255))}
}

// noiseIn returns the stances of the earlier blocks of a gap that are gone and
// were no part of the story, and in which no part of the story stood.
func (r *rereading) noiseIn(g gap) map[stance]bool {
	var out map[stance]bool
	for k := g.oldFrom; k < min(g.oldTo, g.oldFrom+maxGap); k++ {
		if m := &r.old.marks[k]; !r.used[k] && m.label == dropped {
			if out == nil {
				out = map[stance]bool{}
			}
			out[stance{m.sig, m.depth}] = true
		}
	}
	if out == nil {
		return nil
	}
	for i := range r.old.marks {
		if m := &r.old.marks[i]; m.label == printed || m.label == watched {
			delete(out, stance{m.sig, m.depth})
		}
	}
	return out
}

// whyNot says why a new block is no part of the story, or "" if it is one.
func (r *rereading) whyNot(i, first, last int32) string {
	b := &r.blocks[i]
	e := &r.elems[b.elem]
	switch {
	case r.outside(b.elem):
		return "new, " + outsideRule
	case (e.noise|b.hints)&(hintNoise|hintRelated) != 0:
		return "new, its class words are those of noise"
	case (e.other|b.hints)&(hintByline|hintDate|hintUpdated|hintQuote|hintCredit) != 0:
		return "new, byline, date, credit or a pulled quotation"
	case b.linkShare() >= 0.5:
		return "new, mostly links"
	case isPromo(b), isRelatedHeading(b), r.nearEnd(i) && isBiography(b), isConsent(b), isLegal(b), isByline(b):
		return "new, with a promotion's words"
	case tellsOfWriter(b, r.old.authors), r.nearEnd(i) && (readsAsBiography(b, r.j.siteName) || b.words < 30 && mailAddress.MatchString(b.text)):
		return "new, on who wrote the story"
	case isPitch(b, fold(r.j.siteName), pitchEvery) && !r.j.speaksToReaders():
		return "new, speaks to readers of what the outlet offers or wants"
	case isDateline(b) && r.j.belowTitle(i):
		return "new, byline or date"
	case i > last && isClosing(b):
		return "new, a closing line"
	case (i < first || i > last+3) && !r.besideStory(i):
		return "new, outside of the story"
	case !r.j.inside(b.elem, r.j.in.elem) && !r.besideStory(i):
		return "new, outside of the story's element"
	case r.j.verdicts[i].kind == Caption:
		if !r.hasKind(Caption, b) || b.words < 5 {
			return "new, a caption unlike the story's"
		}
		return ""
	case b.heading():
		if i+1 < int32(len(r.blocks)) && r.besideStory(i) && b.words >= 2 && b.links == 0 {
			return ""
		}
		return "new, a heading apart from the story"
	case b.row || b.list:
		if r.besideStory(i) && b.words >= 3 {
			return ""
		}
		return "new, a list apart from the story"
	case b.sentence && b.words >= 6, b.good:
		return ""
	case r.given() && b.links == 0 && (b.sentence || r.j.sameBody(b)):
		return ""
	case r.j.sameBody(b) && r.besideStory(i) && b.words >= 4 && b.links == 0:
		return ""
	}
	return "new, no sentence"
}

// nearEnd reports whether at most one good block of the story stands behind
// block i, as behind the lines on its writers.
func (r *rereading) nearEnd(i int32) bool {
	n := 0
	for k := i + 1; k < int32(len(r.blocks)) && n < 2; k++ {
		if v := &r.j.verdicts[k]; v.label == printed && v.kind != Note && r.blocks[k].good {
			n++
		}
	}
	return n < 2
}

// besideStory reports whether a block shares its parent or grandparent with
// the story's blocks right before or after it, or stands in an entry like
// theirs.
func (r *rereading) besideStory(i int32) bool {
	b := &r.blocks[i]
	up := r.elems[b.elem].parent
	for _, step := range []int32{-1, 1} {
		for k, n := i+step, 0; k >= 0 && k < int32(len(r.blocks)) && n < 6; k, n = k+step, n+1 {
			if r.j.verdicts[k].label != printed {
				continue
			}
			e := r.blocks[k].elem
			alike := r.elems[e].sig == r.elems[b.elem].sig && r.elems[r.elems[e].parent].parent == r.elems[up].parent
			if alike || e == b.elem || e == up || e == r.elems[up].parent || r.elems[e].parent == up || r.elems[r.elems[e].parent].parent == up || r.elems[e].parent == r.elems[up].parent {
				return true
			}
			break
		}
	}
	return false
}

// hasKind reports whether the story has a block of this kind that stands as b
// does.
func (r *rereading) hasKind(kind BlockKind, b *block) bool {
	for i := range r.j.verdicts {
		if v := &r.j.verdicts[i]; v.label == printed && v.kind == kind && r.elems[r.blocks[i].elem].tag == r.elems[b.elem].tag {
			return true
		}
	}
	return false
}

// fields reads headline and authors again.
func (r *rereading) fields() {
	if t, ok := r.ruledHeadline(); ok {
		r.giveHeadline(t)
	} else if r.title.block >= 0 {
		site := r.site(r.src.URL)
		if text := stripSite(r.blocks[r.title.block].text, site); text != r.old.headline {
			r.title.text = text
		}
	} else if !r.old.shown {
		if fresh := r.headline(r.src.URL); fresh.text != "" {
			r.title = fresh
		}
	} else if fresh := r.headline(r.src.URL); fresh.block >= 0 && r.j.verdicts[fresh.block].label == dropped {
		r.title = fresh
		r.j.verdicts[fresh.block] = verdict{label: headline, kind: Heading, why: fresh.source}
	}
	r.authors, r.places = r.sameAuthors()
}

// giveHeadline takes the headline that the rules give.
func (r *rereading) giveHeadline(t titleChoice) {
	if at := r.title.block; at >= 0 && at != t.block {
		r.j.verdicts[at] = verdict{label: dropped, kind: Heading, why: "no longer the headline"}
	}
	if r.title = t; t.block >= 0 {
		r.j.verdicts[t.block] = verdict{label: headline, kind: Heading, why: t.source}
	}
	r.wholeHeadline()
}

// seenPlaces are the places of authors that readers see.
const seenPlaces = 1<<fromRel | 1<<fromBylineClass | 1<<fromLabel | 1<<fromLine

// sameAuthors returns the authors as a place that was believed before gives
// them, so that one place that comes or goes is no change; nor is it that
// metadata falls silent, which readers never saw. Where readers saw them, only
// what readers see now counts.
func (r *rereading) sameAuthors() ([]string, uint8) {
	first, last := r.j.span()
	s := r.authorSources(r.title.block, first, last, r.site(r.src.URL))
	if r.old.places&(1<<fromLine) != 0 {
		s[fromLine].names = r.lineWith(r.old.authors, r.title.block, r.site(r.src.URL))
	}
	for _, i := range []int{fromBylineClass, fromLine} {
		if r.old.places&(1<<i) != 0 && len(s[i].names) > len(r.old.authors) && hasNames(s[i].names, r.old.authors) {
			return voteAmong(s, 1<<i) // somebody joined, whatever the link to the first one's page says
		}
	}
	for _, places := range []uint8{r.old.places & seenPlaces, r.old.places &^ seenPlaces} {
		said := false
		for i := range s {
			if places&(1<<i) == 0 || len(s[i].names) == 0 {
				continue
			}
			if sameNames(s[i].names, r.old.authors) {
				return r.old.authors, r.old.places
			}
			said = true
		}
		if said {
			return voteAmong(s, places)
		}
	}
	if len(r.old.authors) > 0 && (r.old.places&seenPlaces == 0 || shows(r.top(r.title.block), r.old.authors)) {
		return r.old.authors, r.old.places
	}
	return vote(s)
}

// brokenOff makes an empty page of one that ends before its closing tag,
// although it had one, and without the story's last block.
func (r *rereading) brokenOff(a *Article) {
	if !r.old.closed || r.closed || r.lastFound() {
		return
	}
	a.Kind, a.Blocks, a.Degraded = KindEmpty, nil, true
	a.Reasons = append([]string{"broken off: the page ends before its closing tag"}, a.Reasons...)
}

// lastFound reports whether the last printed block of before was found again.
func (r *rereading) lastFound() bool {
	for i := len(r.old.marks) - 1; i >= 0; i-- {
		if r.old.marks[i].label == printed {
			return r.used[i]
		}
	}
	return false
}
