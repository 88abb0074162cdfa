package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

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
	j.readers()
	j.tail()
	j.foot()
	j.closingLines()
}

// readers drops what readers wrote below the story, where no class says so: two
// paragraphs or more that each follow a short line with a time.
func (j *judging) readers() {
	if j.isLive() {
		return
	}
	good, seen := j.goodWords(j.from), int32(0)
	first := map[standing]int32{}
	for i := j.from; i+1 < j.to; i++ {
		b := &j.blocks[i]
		if 3*seen > good && b.isSignature() && !j.blocks[i+1].isSignature() && j.blocks[i+1].words >= 3 {
			s := standing{j.elems[b.elem].sig, j.elems[b.elem].depth}
			if at, again := first[s]; again {
				j.dropApart(at, j.to, "what readers wrote")
				return
			}
			first[s] = i
		}
		if j.verdicts[i].label == printed && b.good {
			seen += b.words
		}
	}
}

// mostSignature is the most words of the line above a reader's comment.
const mostSignature = 9

// isSignature reports whether a block is a short line that says when somebody
// wrote, and perhaps who.
func (b *block) isSignature() bool {
	if b.words > mostSignature || b.sentence || b.heading() {
		return false
	}
	text := unglued(b.text)
	if relativeAge.MatchString(text) {
		return true
	}
	_, dated := findDate(text, false)
	return dated && clock.MatchString(text)
}

// unglued puts a space between a small letter and the capital that follows it,
// where two elements stand side by side without one.
func unglued(s string) string {
	for i, r := range s {
		if i > 0 && unicode.IsUpper(r) {
			if before, _ := utf8.DecodeLastRuneInString(s[:i]); unicode.IsLower(before) {
				return s[:i] + " " + unglued(s[i:])
			}
		}
	}
	return s
}

// dropApart drops the blocks of a range as a part of something else, the
// publisher's notes, captions and the headline aside.
func (j *judging) dropApart(from, to int32, why string) {
	for i := from; i < to; i++ {
		if v := &j.verdicts[i]; v.kind != Note && v.kind != Caption && i != j.title {
			v.setApart(why)
		}
	}
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
	runs := j.runsOn(last + 1)
	for i := last + 1; i < j.to; i++ {
		b := &j.blocks[i]
		up := j.elems[b.elem].parent
		if v := &j.verdicts[i]; v.label == printed && v.kind != Note && !b.figures() && !runs[i] && !parents[up] && !parents[j.elems[up].parent] {
			v.setApart("after the story, among links and short lines")
		}
	}
}

// runsOn returns the blocks from from on that are running text: paragraphs
// without links, two or more of a kind with nothing of the story's element
// between them. Lists of other stories have a heading or a link before each.
func (j *judging) runsOn(from int32) map[int32]bool {
	runs := map[int32]bool{}
	last := int32(-1)
	for i := from; i < j.to; i++ {
		b := &j.blocks[i]
		e := &j.elems[b.elem]
		switch {
		case (e.noise|b.hints)&(hintNoise|hintRelated) != 0 && b.links > 0:
		case !b.good || !b.sentence || b.links > 0 || b.heading() || j.verdicts[i].label != printed:
			last = -1
		case last >= 0 && j.elems[j.blocks[last].elem].sig == e.sig:
			runs[last], runs[i] = true, true
			last = i
		default:
			last = i
		}
	}
	return runs
}

// leastStory is the fewest good words above a page's foot that may be all of
// its story.
const leastStory = 50

// foot drops what stands below the page's own foot: after four blocks or more
// of navigation, in elements unlike those of the story above, which are
// enough to be the whole of it.
func (j *judging) foot() {
	sigs := map[uint32]bool{}
	run, all, seen := 0, j.goodWords(j.from), int32(0)
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		e := &j.elems[b.elem]
		switch {
		case (e.noise|b.hints)&(hintNav|hintSite) != 0:
			run++
		case v.label != printed || !b.good:
		case run >= 4 && (seen > leastStory || 2*seen > all) && len(sigs) > 0 && !sigs[e.sig]:
			v.label, v.why = dropped, "below the page's foot"
		default:
			run = 0
			seen += b.words
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
	name, _, _ := strings.Cut(fold(j.siteName), ".") // of a host, its own part
	for i := last; i < j.to; i++ {
		v, b := &j.verdicts[i], &j.blocks[i]
		switch {
		case v.label != printed || v.kind == Note:
		case i > j.title && tellsOf(fold(b.text), name) && 4*j.goodWords(i) < j.goodWords(j.from):
			j.drop(i, j.to, false, "what the publisher says of itself")
			return
		case isClosing(b), b.words < 40 && !j.sameBody(b) && loginWords.in(fold(b.text)):
			v.label, v.why = dropped, "a closing line"
		}
	}
}

// selfWords follow a name where it is said who or what bears it: the publisher
// at the end of a press release, the writer below a story.
var selfWords = phrases("is a", "is an", "is the", "is one of", "is our", "has been", "has written", "has covered", "was founded", "provides", "offers", "covers", "writes", "reports", "lives in", "works", "joined", "studied",
	"ist ein", "ist eine", "ist der", "ist die", "ist seit", "ist freie", "ist redakt", "ist autor", "wurde", "bietet", "schreibt", "arbeitet", "lebt in", "studierte", "est un", "est une", "est le", "est la", "est journaliste", "couvre", "écrit",
	"es un", "es una", "es el", "es la", "es periodista", "escribe", "cubre", "è un", "è una", "è giornalista", "scrive", "é um", "é uma", "é jornalista", "escreve", "is een", "schrijft")

// tellsOf reports whether a folded text begins by saying who or what bears a
// folded name.
func tellsOf(text, name string) bool {
	rest, ok := strings.CutPrefix(strings.TrimPrefix(text, "the "), strings.TrimPrefix(name, "the "))
	if i := strings.Index(rest, "'s "); i >= 0 && i < 30 && strings.HasPrefix(rest, " is ") {
		return ok && len(name) > 2 // "is IGN's deal curator"
	}
	return ok && len(name) > 2 && selfWords.starts(strings.TrimLeft(rest, " ,®™"))
}

// tellsOfWriter reports whether a short block says who one of the story's
// writers is.
func tellsOfWriter(b *block, authors []string) bool {
	if b.words > 80 {
		return false
	}
	text := fold(b.text)
	for _, a := range authors {
		if tellsOf(text, fold(a)) {
			return true
		}
	}
	return false
}

// writers drops the lines on the story's writers behind its last three good
// blocks.
func (j *judging) writers(authors []string) {
	good := 0
	for i := j.to - 1; i >= j.from && good < 3; i-- {
		v, b := &j.verdicts[i], &j.blocks[i]
		switch {
		case v.label != printed:
		case i > j.title && v.kind != Note && (tellsOfWriter(b, authors) || readsAsBiography(b, j.siteName)):
			v.setApart("who wrote the story")
		case b.good:
			good++
		}
	}
}

// bareHeadings drops the headings, and the short lines that end in a colon,
// whose lines were all left out.
func (j *judging) bareHeadings() {
	below, left := 0, false // the level of what is kept below the line at hand, 0 for nothing; whether something was left out between
	for i := j.to - 1; i >= j.from; i-- {
		b, v := &j.blocks[i], &j.verdicts[i]
		level := b.level(v.kind)
		switch {
		case v.label != printed:
			left = true
			continue
		case level == noLevel && v.kind == Caption:
			continue
		case level < noLevel && level >= below && left && i > j.title:
			v.label, v.why = dropped, "a heading with nothing of the story below"
			continue
		}
		below, left = level, false
	}
}

// noLevel is the level of what is no heading.
const noLevel = 8

// level returns how high a heading stands: 1 to 6 by its tag, 7 for a short
// bold line or one that ends in a colon.
func (b *block) level(kind BlockKind) int {
	switch {
	case kind == Heading && b.heading():
		return int(b.tag.String()[1] - '0')
	case kind == Heading, kind == Paragraph && b.words <= 8 && (strings.HasSuffix(b.text, ":") || b.strong*10 > b.chars*9):
		return noLevel - 1
	}
	return noLevel
}
