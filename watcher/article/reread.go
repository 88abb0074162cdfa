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
