package compare

import (
	"strings"

	"stet/watcher/article"
	"stet/watcher/note"
)

const (
	// alike is the least share of common words at which two passages between
	// the same neighbours are one passage, edited.
	alike = 0.4
	// alikeMoved is that share for passages that stand in different places.
	alikeMoved = 0.6
	// maxGap is the most pairs of passages that are weighed between two equal
	// ones; more are aligned in order of likeness to their own place only.
	maxGap = 40_000
	// maxWeighed is the most words that are looked up for that.
	maxWeighed = 8_000_000
	// maxDiffed bounds the word diffs of a pair of articles together: the sum
	// of the products of their lengths in tokens. Sixteen passages of 2,000
	// tokens with little in common reach it, in about half a second.
	maxDiffed = 64_000_000
	// maxBag is the most words of a passage that likeness looks at.
	maxBag = 2000
)

// The kinds of block that a Block may have besides the article's.
const (
	kindHeadline   = string(FieldHeadline)
	kindStandfirst = string(FieldStandfirst)
	kindByline     = string(FieldByline)
	kindNote       = string(article.Note)
)

// A passage is a block of one article on its way through Compare.
type passage struct {
	kind  string
	text  string // as visible gives it
	place int    // counted from 1 within the body
	note  string // the kind of note that it was found to be, if it was looked at

	toks   []token        // once it is asked for
	bag    map[string]int // likewise
	weight int            // words in bag
}

func (p *passage) tokens() []token {
	if p.toks == nil {
		p.toks = tokenize(p.text)
	}
	return p.toks
}

// words returns how often each word stands in p, and how many there are.
func (p *passage) words() (map[string]int, int) {
	if p.bag == nil {
		p.bag = make(map[string]int, len(p.tokens()))
		for _, t := range p.tokens() {
			if t.kind <= digitsToken && p.weight < maxBag {
				p.bag[t.key]++
				p.weight++
			}
		}
	}
	return p.bag, p.weight
}

// A pair is a passage of the old article and what became of it: one of the two
// is nil where a passage was added or removed.
type pair struct {
	op       Op
	old, new *passage
	moved    bool // stands in another order among its neighbours

	hunks   []hunk       // for Replace
	aliases [2][]mention // names of the old and the new side that mean the same in other words
}

// passages returns the body's blocks, cleaned, empty ones left out.
func passages(a article.Article) []*passage {
	list := make([]*passage, 0, len(a.Blocks))
	for i := range a.Blocks {
		text := visible(a.Blocks[i].Text)
		if text == "" {
			continue
		}
		kind := string(a.Blocks[i].Kind)
		if kind == "" {
			kind = string(article.Paragraph)
		}
		list = append(list, &passage{kind: kind, text: text, place: len(list) + 1})
	}
	return list
}

// align pairs the passages of two bodies: equal ones first, by Myers' diff
// over whole passages, then those that moved, then what is alike between two
// equal neighbours. The pairs come in the new body's order; a removed passage
// follows the one it stood behind.
func align(old, new []*passage) []pair {
	toNew, toOld := alignEqual(old, new)
	settleMoves(old, new, toNew, toOld)
	findNotes(old, toNew)
	findNotes(new, toOld)
	eachGap(toNew, longestRun(toNew), len(new), func(i0, i1, j0, j1 int) {
		alignGap(old, new, i0, i1, j0, j1, toNew, toOld)
	})
	settleEditedMoves(old, new, toNew, toOld)
	return inOrder(old, new, toNew, toOld)
}

// none marks a passage that has no counterpart.
const none = -1

// alignEqual returns, for each passage, the equal one it is aligned to. In
// bodies of very many passages settleMoves pairs all that are equal.
func alignEqual(old, new []*passage) (toNew, toOld []int) {
	toNew, toOld = filled(len(old)), filled(len(new))
	same := 0
	for same < min(len(old), len(new)) && old[same].text == new[same].text {
		same++
	}
	ids := map[string]rune{}
	a, b := make([]rune, len(old)-same), make([]rune, len(new)-same)
	for i, p := range old[same:] {
		a[i] = idFor(p.text, ids)
	}
	for j, p := range new[same:] {
		b[j] = idFor(p.text, ids)
	}
	hunks := []hunk{{same, len(old), same, len(new)}}
	if len(a)+len(b) <= 2*maxEdit {
		hunks = diffRunes(a, b, same)
	}
	i, j := 0, 0
	for _, h := range append(hunks, hunk{len(old), len(old), len(new), len(new)}) {
		for i < h.oldFrom && j < h.newFrom {
			toNew[i], toOld[j] = j, i
			i, j = i+1, j+1
		}
		i, j = h.oldTo, h.newTo
	}
	return toNew, toOld
}

func filled(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = none
	}
	return list
}

// findNotes gives the passages without an equal counterpart that read as a
// publisher's note the kind of one.
func findNotes(list []*passage, to []int) {
	for i, p := range list {
		if to[i] != none || p.kind == kindNote {
			continue
		}
		if p.note = note.KindOf(p.text, false); p.note != "" {
			p.kind = kindNote
		}
	}
}

// settleMoves pairs equal passages that stand in different places.
func settleMoves(old, new []*passage, toNew, toOld []int) {
	free := map[string][]int{}
	for j, p := range new {
		if toOld[j] == none {
			free[p.text] = append(free[p.text], j)
		}
	}
	for i, p := range old {
		if places := free[p.text]; toNew[i] == none && len(places) > 0 {
			toNew[i], toOld[places[0]] = places[0], i
			free[p.text] = places[1:]
		}
	}
}

// eachGap calls f with each run of passages that has no counterpart between
// two passages that have, in both bodies.
func eachGap(toNew []int, steady []bool, newLen int, f func(i0, i1, j0, j1 int)) {
	i0, j0 := 0, 0
	for i := 0; i <= len(toNew); i++ {
		if i < len(toNew) && !steady[i] {
			continue // without a counterpart, or moved
		}
		j := newLen
		if i < len(toNew) {
			j = toNew[i]
		}
		if i > i0 && j > j0 {
			f(i0, i, j0, j)
		}
		i0, j0 = i+1, j+1
	}
}

// alignGap pairs the free passages old[i0:i1] and new[j0:j1] in order, so that
// the sum of their likenesses is greatest.
func alignGap(old, new []*passage, i0, i1, j0, j1 int, toNew, toOld []int) {
	is, js := free(toNew, i0, i1), free(toOld, j0, j1)
	if tooMany(old, is, js) {
		n := min(len(is), len(js))
		for k := range n {
			if likeness(old[is[k]], new[js[k]]) >= alike {
				toNew[is[k]], toOld[js[k]] = js[k], is[k]
			}
		}
		return
	}
	like := make([][]float64, len(is)+1)
	best := make([][]float64, len(is)+1)
	for x := range best {
		like[x], best[x] = make([]float64, len(js)+1), make([]float64, len(js)+1)
	}
	for x := len(is) - 1; x >= 0; x-- {
		for y := len(js) - 1; y >= 0; y-- {
			best[x][y] = max(best[x+1][y], best[x][y+1])
			l := likeness(old[is[x]], new[js[y]])
			like[x][y] = l
			if l >= alike {
				best[x][y] = max(best[x][y], l+best[x+1][y+1])
			}
		}
	}
	for x, y := 0, 0; x < len(is) && y < len(js); {
		switch {
		case like[x][y] >= alike && best[x][y] == like[x][y]+best[x+1][y+1]:
			toNew[is[x]], toOld[js[y]] = js[y], is[x]
			x, y = x+1, y+1
		case best[x][y] == best[x+1][y]:
			x++
		default:
			y++
		}
	}
}

// tooMany reports whether weighing each of the passages is against each of js
// would take too long.
func tooMany(old []*passage, is, js []int) bool {
	words := 0
	for _, i := range is {
		_, n := old[i].words()
		words += n
	}
	return len(is)*len(js) > maxGap || words*len(js) > maxWeighed
}

// free returns the places from lo to hi that have no counterpart.
func free(to []int, lo, hi int) []int {
	var list []int
	for i := lo; i < hi; i++ {
		if to[i] == none {
			list = append(list, i)
		}
	}
	return list
}

// settleEditedMoves pairs what is still free and much alike, wherever it
// stands, the likest first come first served.
func settleEditedMoves(old, new []*passage, toNew, toOld []int) {
	is, js := free(toNew, 0, len(toNew)), free(toOld, 0, len(toOld))
	if tooMany(old, is, js) {
		return
	}
	for _, i := range is {
		best, at := alikeMoved, none
		for _, j := range js {
			if toOld[j] != none {
				continue
			}
			if l := likeness(old[i], new[j]); l >= best {
				best, at = l, j
			}
		}
		if at != none {
			toNew[i], toOld[at] = at, i
		}
	}
}

// likeness returns the share of common words of two passages, from 0 to 1
// (Dice's coefficient over bags of words). A note is like notes only.
func likeness(a, b *passage) float64 {
	if (a.kind == kindNote) != (b.kind == kindNote) {
		return 0
	}
	bagA, n := a.words()
	bagB, m := b.words()
	if n == 0 || m == 0 || 2*float64(min(n, m))/float64(n+m) < alike {
		return 0
	}
	common := 0
	for w, c := range bagA {
		common += min(c, bagB[w])
	}
	return 2 * float64(common) / float64(n+m)
}

// inOrder lists the pairs as a reader of the new body meets them.
func inOrder(old, new []*passage, toNew, toOld []int) []pair {
	steady := longestRun(toOld)
	pairs := make([]pair, 0, len(new))
	i, diffed := 0, 0
	removedUpTo := func(end int) {
		for ; i < end; i++ {
			if toNew[i] == none {
				pairs = append(pairs, pair{op: Remove, old: old[i]})
			}
		}
	}
	for j, p := range new {
		from := toOld[j]
		if from == none {
			pairs = append(pairs, pair{op: Add, new: p})
			continue
		}
		if steady[j] {
			removedUpTo(from)
		}
		if old[from].text != p.text {
			diffed += len(old[from].tokens()) * len(p.tokens())
		}
		if diffed > maxDiffed {
			pairs = append(pairs, replaced(old[from], p, !steady[j]))
			continue
		}
		pairs = append(pairs, relate(old[from], p, !steady[j]))
	}
	removedUpTo(len(old))
	return pairs
}

// replaced is a pair whose texts are not held against each other word by word.
func replaced(old, new *passage, moved bool) pair {
	whole := hunk{0, len(old.tokens()), 0, len(new.tokens())}
	return pair{op: Replace, old: old, new: new, moved: moved, hunks: []hunk{whole}}
}

// relate is a pair with its word diff.
func relate(old, new *passage, moved bool) pair {
	p := pair{op: Equal, old: old, new: new, moved: moved}
	switch {
	case old.text != new.text:
		p.op = Replace
		p.hunks = diffTokens(old.tokens(), new.tokens())
	case moved:
		p.op = Move
	}
	return p
}

// longestRun marks the places whose counterparts form the longest ascending
// sequence: those did not move. It is patience sorting, O(n log n).
func longestRun(to []int) []bool {
	var tails []int // place that ends the best run of each length
	before := filled(len(to))
	for j, from := range to {
		if from == none {
			continue
		}
		lo, hi := 0, len(tails)
		for lo < hi {
			mid := (lo + hi) / 2
			if to[tails[mid]] < from {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		if lo > 0 {
			before[j] = tails[lo-1]
		}
		if lo == len(tails) {
			tails = append(tails, j)
		} else {
			tails[lo] = j
		}
	}
	steady := make([]bool, len(to))
	if len(tails) > 0 {
		for j := tails[len(tails)-1]; j != none; j = before[j] {
			steady[j] = true
		}
	}
	return steady
}

// block writes a pair as readers of the change see it.
func (p pair) block() Block {
	b := Block{Op: p.op, Spans: []Span{}}
	if p.old != nil {
		b.Kind, b.Old, b.OldPlace = p.old.kind, p.old.text, p.old.place
	}
	if p.new != nil {
		b.Kind, b.New, b.NewPlace = p.new.kind, p.new.text, p.new.place
	}
	if p.op == Replace {
		b.Spans = spell(b.Old, b.New, p.old.tokens(), p.new.tokens(), p.hunks)
	}
	return b
}

// line pairs a part of which an article has one, such as its headline; ok is
// false where neither has it.
func line(kind, old, new string) (p pair, ok bool) {
	old, new = visible(old), visible(new)
	a, b := &passage{kind: kind, text: old}, &passage{kind: kind, text: new}
	switch {
	case old == "" && new == "":
		return pair{}, false
	case old == "":
		return pair{op: Add, new: b}, true
	case new == "":
		return pair{op: Remove, old: a}, true
	}
	return relate(a, b, false), true
}

// byline is how the authors are compared: as one line.
func byline(authors []string) string { return strings.Join(authors, ", ") }
