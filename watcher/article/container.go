package article

import "golang.org/x/net/html/atom"

// measure sums the blocks' words up the tree, and hands the elements' noise
// hints down it. A hint is not believed of an element that holds a quarter of
// the page's good words or more, and more than 60 of them or a first heading or
// main element: class names such as "has-sidebar", "dialog-off-canvas-main" or
// "tag-news" stand on whole pages.
func (p *page) measure() {
	for i := range p.blocks {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		e.words += b.words
		if b.good {
			e.good += b.words
		}
		e.heads = e.heads || b.tag == atom.H1
	}
	for i := len(p.elems) - 1; i > 0; i-- {
		e := &p.elems[i]
		up := &p.elems[e.parent]
		up.words += e.words
		up.good += e.good
		up.controls += e.controls
		up.heads = up.heads || e.heads || e.tag == atom.Main
	}
	p.findRoots()
	all := p.elems[0].good
	for i := 1; i < len(p.elems); i++ {
		e := &p.elems[i]
		up := &p.elems[e.parent]
		noise, other := e.own&(hintNoise|hintRelated), e.own&^(hintNoise|hintRelated)
		if e.tag == atom.P || e.good > leastStory {
			noise &^= hintPaywall // what stands behind the wall, not the wall
		}
		if e.tag == atom.Tr {
			noise &= hintHidden // sorting tables are full of "tooltip" and "rating"
		}
		if 4*e.good >= all && (e.good > 60 || e.good > 0 && e.heads) {
			if 5*e.good >= 3*all || e.heads {
				noise = 0
			}
			noise &= hintHidden | hintConsent // a copy of the story may be hidden
			other &= hintContent | hintLive
		}
		e.noise = up.noise | noise
		e.other = up.other | other
		if e.story && !up.story {
			e.noise, e.other = 0, 0 // the operator says that it is the story
		}
		if e.own&hintContent != 0 && e.tag != atom.P {
			e.noise &^= hintRelated // "related" above a content element says little
		}
	}
}

// teasers marks the good blocks below linked headlines: three or more that
// stand alike, and otherwise than the first good block after the headline, are
// what other pages are about.
func (p *page) teasers(title int32) {
	type stand struct {
		sig   uint32
		depth int32
	}
	of := func(b *block) stand { return stand{p.elems[b.elem].sig, p.elems[b.elem].depth} }
	below, all := map[stand]int{}, map[stand]int{}
	var story stand
	found := false
	last := -9
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.words >= 3 && b.heading() && b.linkShare() > 0.8 {
			last = i
		}
		if !b.good {
			continue
		}
		s := of(b)
		if !found && int32(i) > title && p.elems[b.elem].noise == 0 {
			story, found = s, true
		}
		all[s]++
		if i-last <= 3 {
			below[s]++
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		if s := of(b); s != story && below[s] >= 3 && 3*below[s] >= 2*all[s] {
			b.teaser = true
		}
	}
}

// A place is the element that holds the story.
type place struct {
	elem  int32
	score float64 // how sure: the share of the page's good words in it, noise counted against it
}

// container finds the element that holds the story: the one whose blocks'
// values sum highest, deepest first, then less what stands around it. A good
// block is worth its words less what a teaser would have, any other costs a
// little. title is the headline's block, or -1.
func (p *page) container(title int32) place {
	value, asked := make([]float64, len(p.elems)), make([]int32, len(p.elems))
	for i := range p.blocks {
		b := &p.blocks[i]
		value[b.elem] += p.value(b)
		if b.good && isConsent(b) {
			asked[b.elem] += b.words
		}
	}
	for i := len(p.elems) - 1; i > 0; i-- {
		e := &p.elems[i]
		asked[e.parent] += asked[i]
		if 4*asked[i] > e.good {
			value[i] = min(value[i], 0) // a consent layer, whatever its class
		}
		if e.own&hintContent != 0 && value[i] > 0 && e.tag != atom.P {
			value[i] *= 1.15
		}
		value[e.parent] += value[i]
	}
	best, top := int32(0), value[0]
	for i := 1; i < len(p.elems); i++ {
		if value[i] > 0 && value[i] >= top && !single(p.elems[i].tag) {
			best, top = int32(i), value[i]
		}
	}
	best = p.narrow(best, title, value)
	score := 0.0
	if all := p.elems[0].good; all > 0 {
		score = float64(p.elems[best].good) / float64(all)
	}
	return place{best, score}
}

// single reports whether an element of this tag is one passage, never a story.
func single(a atom.Atom) bool {
	return a == atom.P || a == atom.Li || a == atom.Tr || a == atom.Td || a == atom.Blockquote || isHeading(a)
}

// narrow goes down from an element to the one below it that holds most of its
// value, as long as what is left out stands otherwise than the story does and
// lies above the headline or below the story.
func (p *page) narrow(at, title int32, value []float64) int32 {
	for {
		child := int32(-1)
		for i := at + 1; i < int32(len(p.elems)) && p.elems[i].first < p.elems[at].end; i++ {
			if p.elems[i].parent == at && (child < 0 || value[i] > value[child]) {
				child = i
			}
		}
		if child < 0 || single(p.elems[child].tag) || value[child] < 0.6*value[at] || !p.apart(at, child, title) {
			return at
		}
		at = child
	}
}

// apart reports whether the good blocks of an element that lie outside of its
// child are no part of the child's story.
func (p *page) apart(at, child, title int32) bool {
	sig, depth := p.bodyOf(p.elems[child].first, p.elems[child].end)
	good := int32(0)
	for i := p.elems[at].first; i < p.elems[at].end; i++ {
		if i == p.elems[child].first {
			i = p.elems[child].end - 1
			continue
		}
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		if !b.good || e.noise != 0 || i == title {
			continue
		}
		if i > title && i < p.elems[child].first || e.sig == sig && e.depth == depth {
			return false
		}
		good += b.words
	}
	return good > 0 && 3*good < 2*p.elems[child].good
}

// value is what a block adds to the sum of the elements around it.
func (p *page) value(b *block) float64 {
	e := &p.elems[b.elem]
	switch {
	case (e.noise|b.hints)&hintNoise != 0:
		return 0
	case e.noise&hintRelated != 0, b.teaser:
		return -2
	case b.good && (isConsent(b) || isLegal(b)):
		return -2
	case b.good && b.list:
		return max(0.6*float64(b.words)-6, 0)
	case b.good:
		return float64(b.words) - 8
	case b.linkShare() > 0.5:
		return -1 - 0.5*float64(min(b.words, 20))
	case b.heading() || b.row || b.list:
		return 0
	}
	return -0.5
}

// inside reports whether an element is the container or within it.
func (p *page) inside(e, container int32) bool {
	for e > container {
		e = p.elems[e].parent
	}
	return e == container
}
