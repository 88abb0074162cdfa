package article

import (
	"strings"

	"golang.org/x/net/html/atom"
)

// end finds where the story ends within its element and drops what follows.
func (j *judging) end() {
	good, seen := j.goodWords(j.from), int32(0)
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if i > j.title && j.title >= 0 && b.tag == atom.H1 && j.elems[b.elem].sig == j.elems[j.blocks[j.title].elem].sig && seen > 60 {
			j.drop(i, j.to, false, "below another headline")
			break
		}
		if j.boxed(b) {
			continue
		}
		if (b.heading() || b.strong*2 > b.chars || v.label == dropped || !j.sameBody(b)) && j.opensOther(b, seen, good) {
			to := j.to
			if 10*seen < 7*good {
				to = j.nextBody(i + 1)
			}
			j.drop(i, to, true, "below the heading “"+b.text+"”")
		}
		if v.label == printed && b.good {
			seen += b.words
		}
	}
	j.tail()
	j.foot()
	j.closingLines()
}

// boxed reports whether a block stands in a box of noise, which opens nothing
// below itself.
func (j *judging) boxed(b *block) bool {
	e := &j.elems[b.elem]
	return e.noise&(hintNoise&^hintComments) != 0 || j.elems[e.parent].noise&hintRelated != 0
}

// opensOther reports whether a block opens a list of other stories, or the
// lines on the firm that end a press release. seen of good words lie before.
func (j *judging) opensOther(b *block, seen, good int32) bool {
	if isRelatedHeading(b) {
		return 5*seen > good
	}
	return 2*seen > good && b.words <= 6 && (b.heading() || b.strong*2 > b.chars) && strings.HasPrefix(fold(b.text), "about ")
}

// nextBody returns the first good block from i on that stands as most of the
// story does.
func (j *judging) nextBody(i int32) int32 {
	for ; i < j.to; i++ {
		if b := &j.blocks[i]; b.good && j.sameBody(b) && j.verdicts[i].label == printed {
			return i
		}
	}
	return j.to
}

// tail drops what follows the last block that stands as most of the story
// does, if it is mixed with links, headings and short lines as lists of other
// stories are.
func (j *judging) tail() {
	last, body, all := int32(-1), int32(0), int32(0)
	parents := map[int32]bool{}
	for i := j.from; i < j.to; i++ {
		b := &j.blocks[i]
		if j.verdicts[i].label != printed || !b.good {
			continue
		}
		all += b.words
		if j.sameBody(b) && j.elems[b.elem].depth == j.depth {
			last, body = i, body+b.words
			parents[j.elems[b.elem].parent] = true
		}
	}
	if last < 0 || 2*body < all {
		return
	}
	kept, mixed, count := 0, 0, 0
	for i := last + 1; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if b.figures() {
			continue // a table of results may close a story
		}
		count++
		if v.label == printed && v.kind != Note {
			kept++
		}
		if b.heading() || b.linkShare() > 0.5 || b.words < 8 || v.label == dropped {
			mixed++
		}
	}
	if kept < 2 || 5*mixed < 2*count {
		return
	}
	for i := last + 1; i < j.to; i++ {
		b := &j.blocks[i]
		up := j.elems[b.elem].parent
		if v := &j.verdicts[i]; v.label == printed && v.kind != Note && !b.figures() && !parents[up] && !parents[j.elems[up].parent] {
			v.label, v.why = dropped, "after the story, among links and short lines"
		}
	}
}

// foot drops what stands below the page's own foot: after four blocks or more
// of navigation, in elements unlike those of the story above.
func (j *judging) foot() {
	sigs := map[uint32]bool{}
	run := 0
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		e := &j.elems[b.elem]
		switch {
		case (e.noise|b.hints)&(hintNav|hintSite) != 0:
			run++
		case v.label != printed || !b.good:
		case run >= 4 && len(sigs) > 0 && !sigs[e.sig]:
			v.label, v.why = dropped, "below the page's foot"
		default:
			run = 0
			sigs[e.sig] = true
		}
	}
}

// closingLines drops the lines that close a story, from the last four good
// blocks on: credits, biographies, and what asks for a subscription to read on.
func (j *judging) closingLines() {
	last, n := int32(-1), 0
	for i := j.to - 1; i >= j.from && n < 4; i-- {
		if j.verdicts[i].label == printed && j.blocks[i].good {
			last, n = i, n+1
		}
	}
	if last < 0 {
		return
	}
	for i := last; i < j.to; i++ {
		b := &j.blocks[i]
		if v := &j.verdicts[i]; v.label == printed && v.kind != Note && (isClosing(b) || b.words < 40 && !j.sameBody(b) && loginWords.in(fold(b.text))) {
			v.label, v.why = dropped, "a closing line"
		}
	}
}
