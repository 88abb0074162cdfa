package article

import "golang.org/x/net/html/atom"

// measure sums the blocks' words up the tree, and hands the elements' noise
// hints down it. A hint is not believed of an element that holds a quarter of
// the page's good words or more: class names such as "has-sidebar" or
// "tag-news" stand on whole pages.
func (p *page) measure() {
	for i := range p.blocks {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		e.words += b.words
		if b.good {
			e.good += b.words
		}
	}
	for i := len(p.elems) - 1; i > 0; i-- {
		e := &p.elems[i]
		p.elems[e.parent].words += e.words
		p.elems[e.parent].good += e.good
	}
	all := p.elems[0].good
	for i := 1; i < len(p.elems); i++ {
		e := &p.elems[i]
		up := &p.elems[e.parent]
		noise, other := e.own&(hintNoise|hintRelated), e.own&^(hintNoise|hintRelated)
		if 4*e.good >= all && e.good > 60 {
			noise = 0
			other &= hintContent | hintLive
		}
		e.noise = up.noise | noise
		e.other = up.other | other
		if e.own&hintContent != 0 && e.tag != atom.P {
			e.noise &^= hintRelated // "related" above a content element says little
		}
	}
}

// A place is the element that holds the story.
type place struct {
	elem  int32
	score float64 // how sure: the share of the page's good words in it, noise counted against it
}

// container finds the element that holds the story: the one whose blocks'
// values sum highest, deepest first. A good block is worth its words less
// what a teaser would have, any other costs a little.
func (p *page) container() place {
	value := make([]float64, len(p.elems))
	for i := range p.blocks {
		b := &p.blocks[i]
		value[b.elem] += p.value(b)
	}
	for i := len(p.elems) - 1; i > 0; i-- {
		e := &p.elems[i]
		if e.own&hintContent != 0 && value[i] > 0 && e.tag != atom.P {
			value[i] *= 1.15
		}
		value[e.parent] += value[i]
	}
	best, top := int32(0), value[0]
	for i := 1; i < len(p.elems); i++ {
		if value[i] > 0 && value[i] >= top {
			best, top = int32(i), value[i]
		}
	}
	score := 0.0
	if all := p.elems[0].good; all > 0 {
		score = float64(p.elems[best].good) / float64(all)
	}
	return place{best, score}
}

// value is what a block adds to the sum of the elements around it.
func (p *page) value(b *block) float64 {
	e := &p.elems[b.elem]
	switch {
	case e.noise&hintNoise != 0 || b.hints&hintNoise != 0:
		return 0
	case e.noise&hintRelated != 0:
		return -2
	case b.good && b.list:
		return 0.6*float64(b.words) - 10
	case b.good:
		return float64(b.words) - 8
	case b.heading() || b.row:
		return 0
	case b.linkShare() > 0.5:
		return -1 - 0.5*float64(min(b.words, 20))
	}
	return -1
}

// inside reports whether an element is the container or within it.
func (p *page) inside(e, container int32) bool {
	if e == container || container == 0 {
		return true
	}
	for e > container {
		e = p.elems[e].parent
	}
	return e == container
}
