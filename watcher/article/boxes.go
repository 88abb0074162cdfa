package article

import "golang.org/x/net/html/atom"

// The bounds of a box within a story: the most words and running paragraphs in
// it.
const (
	boxWords  = 150
	boxGood   = 4
	toolWords = 60 // of a box that is nothing but a tool: a poll, a player
)

// boxes drops the boxes that stand in the story's element but hold nothing
// that stands as the story does: teasers of other stories, adverts in the
// guise of one, letters to subscribe to. They are known by a heading that is
// a link, by a label, or by a button or a field.
func (j *judging) boxes() {
	if j.isLive() {
		return // each entry is a box with a heading that leads to itself
	}
	story := make([]int32, j.to-j.from+1) // the story's blocks before each
	for i := j.from; i < j.to; i++ {
		b := &j.blocks[i]
		story[i-j.from+1] = story[i-j.from]
		if i == j.title || b.good && j.sameBody(b) && j.elems[b.elem].depth == j.depth {
			story[i-j.from+1]++
		}
	}
	for e := j.in.elem + 1; e < int32(len(j.elems)) && j.elems[e].first < j.to; e++ {
		x := &j.elems[e]
		if x.end <= x.first || x.end > j.to || story[x.end-j.from] > story[x.first-j.from] {
			continue
		}
		if j.isBox(e) {
			j.dropApart(x.first, x.end, "in a box that leads away from the story")
		}
	}
}

// isBox reports whether an element without blocks of the story is a box.
func (j *judging) isBox(e int32) bool {
	x := &j.elems[e]
	switch {
	case single(x.tag), x.words > boxWords, x.tag == atom.Ul, x.tag == atom.Ol, x.tag == atom.Dl, x.tag == atom.Blockquote, x.tag == atom.Figure, x.tag == atom.Table:
		return false
	}
	good, short, signs := 0, int32(0), x.controls > 0
	for i := x.first; i < x.end; i++ {
		b := &j.blocks[i]
		if b.good {
			good++
		}
		if b.words < 10 && !b.sentence && !b.row && !b.list {
			short++
		}
		signs = signs || i == x.first && b.words <= 5 && !b.sentence && isPerson(b.text, j.siteName) // the writer's
		signs = signs || b.linkShare() > 0.8 && b.words >= 3 && (b.heading() || i == x.first) || i == x.first && b.words <= 4 && !b.sentence && isPromo(b)
	}
	if n := x.end - x.first; n >= 4 && 4*short >= 3*n && x.own&hintContent == 0 {
		return true // a widget's rows
	}
	return signs && good > 0 && good <= boxGood || x.controls > 0 && good == 0 && x.words <= toolWords
}
