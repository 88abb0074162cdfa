package article

import "golang.org/x/net/html/atom"

// islands tells, on a page read again, which new blocks stand in an element
// that came whole: a box, a widget, another story, and not the story's own
// element with one paragraph more.
type islands struct {
	r    *rereading
	kept []int32 // how many of the story's earlier blocks stand before each block
	own  map[standing]bool
}

// A standing is what an element is and how deep it stands.
type standing struct {
	sig   uint32
	depth int32
}

// islands looks through the blocks that were found again.
func (r *rereading) islands() islands {
	s := islands{r: r, kept: make([]int32, len(r.blocks)+1), own: map[standing]bool{}}
	for i := range r.blocks {
		s.kept[i+1] = s.kept[i]
		if r.partner[i] < 0 || r.j.verdicts[i].label == dropped {
			continue
		}
		s.kept[i+1]++
		for e := r.blocks[i].elem; e > r.j.in.elem; e = r.elems[e].parent {
			s.own[standing{r.elems[e].sig, r.elems[e].depth}] = true
		}
	}
	return s
}

// holds reports whether an element has blocks of the story that stood on the
// page before.
func (s *islands) holds(e int32) bool {
	return s.kept[s.r.elems[e].end] > s.kept[s.r.elems[e].first]
}

// root returns the greatest element around a new block that holds nothing of
// the earlier story; -1 if its own does.
func (s *islands) root(b *block) int32 {
	root := int32(-1)
	for e := b.elem; e > 0 && !s.holds(e); e = s.r.elems[e].parent {
		root = e
	}
	return root
}

// foreign reports whether a new block came in a box of its own: an element
// around more than the block's own, unlike those that hold the story.
func (s *islands) foreign(b *block) bool {
	root := s.root(b)
	if root < 0 || root == b.elem && single(s.r.elems[root].tag) {
		return false
	}
	e := &s.r.elems[root]
	switch e.tag {
	case atom.Ul, atom.Ol, atom.Dl, atom.Blockquote, atom.Table, atom.Figure:
		return false
	case atom.Article:
		return !s.own[standing{e.sig, e.depth}] // else the entry of a live blog
	case atom.Aside, atom.Form, atom.Nav, atom.Footer:
		return true
	}
	return !s.own[standing{e.sig, e.depth}] || s.headed(root)
}

// addsText reports whether a new block came within the story's element in an
// element of its own that is running text: a section more.
func (s *islands) addsText(b *block) bool {
	root := s.root(b)
	return root > s.r.j.in.elem && s.r.j.inside(root, s.r.j.in.elem) && !single(s.r.elems[root].tag) && s.prose(root)
}

// longProse is the fewest words of running text that a box with a heading may
// be told for: most that are shorter lead elsewhere.
const longProse = 50

// prose reports whether an element is running text and headings, and nothing
// that leads away: text is added in an element of its own, too.
func (s *islands) prose(root int32) bool {
	words, headed := int32(0), false
	for i := s.r.elems[root].first; i < s.r.elems[root].end; i++ {
		b := &s.r.blocks[i]
		e := &s.r.elems[b.elem]
		switch {
		case e.controls > 0 || (e.noise|b.hints)&(hintNoise|hintRelated) != 0, b.tag == atom.H1, b.links > 0 && (b.heading() || b.linkShare() > 0.2):
			return false
		case b.isSignature(), isPromo(b), isRelatedHeading(b), isPitch(b, fold(s.r.j.siteName), pitchEvery), readsAsBiography(b, s.r.j.siteName):
			return false
		case b.sentence && b.words >= leastProse:
			words += b.words
		case b.heading():
			headed = true
		default:
			return false
		}
	}
	return words >= longProse || words >= leastProse && !headed
}

// headed reports whether an element has an h1 of its own, or a heading that is
// a link, as other stories have.
func (s *islands) headed(root int32) bool {
	for i := s.r.elems[root].first; i < s.r.elems[root].end; i++ {
		if b := &s.r.blocks[i]; b.heading() && (b.tag == atom.H1 || b.linkShare() > 0.8) {
			return true
		}
	}
	return false
}
