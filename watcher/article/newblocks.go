package article

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
