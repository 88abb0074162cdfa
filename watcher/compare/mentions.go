package compare

import (
	"slices"
	"strings"
)

// A mention is a run of tokens that means something definite: a number, a
// date, a clock time, a name or a quotation.
type mention struct {
	kind     string // of Fact
	from, to int    // tokens
	text     string // as it stands
	value    string // mentions of one kind and value mean the same
	date     date   // for kind date
	weak     bool   // means something only beside another ("one", "half")
	worded   bool   // a quantity without a number ("most")
	touched  bool
}

// The kinds of Fact.
const (
	factNumber    = "number"
	factDate      = "date"
	factName      = "name"
	factQuote     = "quote"
	factNegation  = "negation"
	factCertainty = "certainty"
)

// A finding is a fact that changed, and what the verdict needs of it.
type finding struct {
	Fact
	sure  bool     // else it may be the same fact in other words
	label string   // what the number counts, or ""
	note  string   // said of it in the reasons, or ""
	was   *mention // what a note would name: a number or date; or nil
	is    *mention

	speakers [2]string // who was and who is said to have spoken, for such a fact

	oldAt, newAt int // first tokens, for order; -1 where it does not stand
}

// findMentions returns the mentions of the kinds that are read left to right:
// clock times and dates first, then numbers in what is free.
func (j *judge) findMentions(text string, toks []token) []mention {
	var list []mention
	for i := 0; i < len(toks); {
		m, ok := j.dateAt(toks, i)
		if !ok {
			m, ok = j.numberAt(toks, i)
		}
		if !ok {
			i++
			continue
		}
		m.text = text[toks[m.from].start:toks[m.to-1].end()]
		list = append(list, m)
		i = m.to
	}
	shareUnits(list, toks)
	return list
}

// shareUnits gives the first number of a range the unit of the second: "3 to 5
// per cent" is "3% to 5%".
func shareUnits(ms []mention, toks []token) {
	for i := 0; i+1 < len(ms); i++ {
		a, b := &ms[i], ms[i+1]
		if a.kind != factNumber || b.kind != factNumber || b.from != a.to+1 || !joinsRange(toks[a.to]) {
			continue
		}
		if value, unit, _ := strings.Cut(a.value, " "); unit == "" {
			_, shared, _ := strings.Cut(b.value, " ")
			a.value = value + " " + shared
		}
	}
}

func joinsRange(t token) bool {
	switch t.key {
	case "to", "or", "bis", "oder", "à", "ou", "a", "o", "of", "tot":
		return true
	}
	return joinsNumber(t)
}

// touch marks the mentions that a hunk reaches. old tells which side they are on.
func touch(ms []mention, hunks []hunk, old bool) {
	for i := range ms {
		for _, h := range hunks {
			from, to := h.newFrom, h.newTo
			if old {
				from, to = h.oldFrom, h.oldTo
			}
			if from < ms[i].to && to > ms[i].from || from == to && from > ms[i].from && from < ms[i].to {
				ms[i].touched = true
			}
		}
	}
}

// touchAligned marks the mentions of b whose tokens are aligned to those of a
// touched one of a: the "4" of "4 people" that became "4 million people".
func touchAligned(a, b []mention, toB []int) {
	at := map[int]int{} // token of b's side to mention
	for k, m := range b {
		for i := m.from; i < m.to; i++ {
			at[i] = k
		}
	}
	for _, m := range a {
		for i := m.from; m.touched && i < m.to; i++ {
			if k, ok := at[toB[i]]; ok {
				b[k].touched = true
			}
		}
	}
}

// counterparts returns for each token of the old side the token of the new
// side that it is aligned to, or none, and the reverse.
func counterparts(hunks []hunk, oldLen, newLen int) (toNew, toOld []int) {
	toNew, toOld = filled(oldLen), filled(newLen)
	i, k := 0, 0
	for _, h := range append(hunks[:len(hunks):len(hunks)], hunk{oldLen, oldLen, newLen, newLen}) {
		for i < h.oldFrom && k < h.newFrom {
			toNew[i], toOld[k] = k, i
			i, k = i+1, k+1
		}
		i, k = h.oldTo, h.newTo
	}
	return toNew, toOld
}

// hunkOf returns the index of the hunk that the run of tokens meets, or none.
func hunkOf(hunks []hunk, m mention, old bool) int {
	for i, h := range hunks {
		from, to := h.newFrom, h.newTo
		if old {
			from, to = h.oldFrom, h.oldTo
		}
		if from <= m.to && to >= m.from {
			return i
		}
	}
	return none
}

// matchMentions strikes out the touched mentions that mean the same on both
// sides, wherever they stand, and pairs the rest: first within a hunk, then in
// order. It returns the facts and marks the tokens that mean the same.
func (j *judge) matchMentions(p *pair, old, new []mention, sameOld, sameNew []bool) []finding {
	toNew, toOld := counterparts(p.hunks, len(sameOld), len(sameNew))
	touch(old, p.hunks, true)
	touch(new, p.hunks, false)
	for range 2 {
		touchAligned(old, new, toNew)
		touchAligned(new, old, toOld)
	}
	old, new = onlyTouched(old), onlyTouched(new)
	old, new = j.strikeEqual(p, old, new, j.sameMention, sameOld, sameNew)
	var found []finding
	changed := func(near bool) func(a, b mention) bool {
		return func(a, b mention) bool {
			if a.kind != b.kind || a.weak && b.weak && !(a.worded && b.worded) && !(ranked(a) && ranked(b)) && !oneForOne(p, a, b) || near && hunkOf(p.hunks, a, true) != hunkOf(p.hunks, b, false) {
				return false
			}
			found = append(found, j.changedMention(p, a, b))
			return true
		}
	}
	old, new = pairOff(old, new, changed(true))
	old, new = pairOff(old, new, changed(false))
	for _, m := range old {
		found = append(found, j.lostMention(p, m, true)...)
	}
	for _, m := range new {
		found = append(found, j.lostMention(p, m, false)...)
	}
	return found
}

// strikeEqual takes away the mentions that mean the same on both sides: those
// of one hunk in their order, whose tokens it marks, and then those that moved.
// What changed places with another ("3-1", "1-3") did not move.
func (j *judge) strikeEqual(p *pair, old, new []mention, same func(a, b mention) bool, sameOld, sameNew []bool) (restOld, restNew []mention) {
	goneOld, goneNew := make([]bool, len(old)), make([]bool, len(new))
	oldIn, newIn := byHunk(p.hunks, old, true), byHunk(p.hunks, new, false)
	for at, as := range oldIn {
		for _, m := range inCommon(old, new, as, newIn[at], same) {
			goneOld[m[0]], goneNew[m[1]] = true, true
			mark(sameOld, old[m[0]])
			mark(sameNew, new[m[1]])
		}
	}
	restOld, restNew = left(old, goneOld), left(new, goneNew)
	facesOld, facesNew := facing(p.hunks, restOld, restNew, true), facing(p.hunks, restNew, restOld, false)
	return pairOff(restOld, restNew, func(a, b mention) bool {
		if !same(a, b) {
			return false
		}
		noun := j.noun(p.old.tokens(), a)
		return noun != "" && noun == j.noun(p.new.tokens(), b) || !facesOld[a.from] && !facesNew[b.from]
	})
}

// byHunk sorts mentions by the hunk that they meet.
func byHunk(hunks []hunk, ms []mention, old bool) map[int][]int {
	in := map[int][]int{}
	for i, m := range ms {
		at := hunkOf(hunks, m, old)
		in[at] = append(in[at], i)
	}
	return in
}

// inCommon returns the longest sequence of mentions that stand in both lists
// in order, as pairs of indices.
func inCommon(old, new []mention, as, bs []int, same func(a, b mention) bool) [][2]int {
	best := make([][]int, len(as)+1)
	for x := range best {
		best[x] = make([]int, len(bs)+1)
	}
	for x := len(as) - 1; x >= 0; x-- {
		for y := len(bs) - 1; y >= 0; y-- {
			best[x][y] = max(best[x+1][y], best[x][y+1])
			if same(old[as[x]], new[bs[y]]) {
				best[x][y] = max(best[x][y], 1+best[x+1][y+1])
			}
		}
	}
	var pairs [][2]int
	for x, y := 0, 0; x < len(as) && y < len(bs); {
		switch {
		case same(old[as[x]], new[bs[y]]) && best[x][y] == 1+best[x+1][y+1]:
			pairs = append(pairs, [2]int{as[x], bs[y]})
			x, y = x+1, y+1
		case best[x][y] == best[x+1][y]:
			x++
		default:
			y++
		}
	}
	return pairs
}

func left(ms []mention, gone []bool) []mention {
	var rest []mention
	for i, m := range ms {
		if !gone[i] {
			rest = append(rest, m)
		}
	}
	return rest
}

// facing returns the first tokens of those of ms whose hunk has a mention of
// the same kind on the other side, so that one stands in the other's place.
func facing(hunks []hunk, ms, others []mention, old bool) map[int]bool {
	kinds := map[int]string{}
	for _, o := range others {
		kinds[hunkOf(hunks, o, !old)] = o.kind
	}
	faces := map[int]bool{}
	for _, m := range ms {
		faces[m.from] = kinds[hunkOf(hunks, m, old)] == m.kind
	}
	return faces
}

// pairOff takes away the pairs that are alike, first come first served, and
// returns what is left.
func pairOff(a, b []mention, alike func(a, b mention) bool) (restA, restB []mention) {
	used := make([]bool, len(b))
	for _, m := range a {
		paired := false
		for k := range b {
			if !used[k] && alike(m, b[k]) {
				used[k], paired = true, true
				break
			}
		}
		if !paired {
			restA = append(restA, m)
		}
	}
	for k, m := range b {
		if !used[k] {
			restB = append(restB, m)
		}
	}
	return restA, restB
}

func onlyTouched(ms []mention) []mention {
	var list []mention
	for _, m := range ms {
		if m.touched {
			list = append(list, m)
		}
	}
	return list
}

func mark(same []bool, m mention) {
	for i := m.from; i < m.to; i++ {
		same[i] = true
	}
}

func (j *judge) sameMention(a, b mention) bool {
	if a.kind != b.kind {
		return false
	}
	if a.kind == factDate {
		return a.date.same(b.date)
	}
	return a.value == b.value || halfOf(a) && halfOf(b)
}

// oneForOne reports whether the two are all that a hunk changed: "one of them",
// "both of them".
func oneForOne(p *pair, a, b mention) bool {
	return slices.Contains(p.hunks, hunk{a.from, a.to, b.from, b.to})
}

// ranked reports whether m is an ordinal.
func ranked(m mention) bool { return strings.HasPrefix(m.value, "#") }

// halfOf reports whether m is a half, in words or as "50 per cent".
func halfOf(m mention) bool { return m.value == "0.5 " || m.value == "50 %" }

// within reports whether the fact's mentions reach into h.
func (f finding) within(h hunk) bool {
	return f.was != nil && f.was.from < h.oldTo && f.was.to > h.oldFrom || f.is != nil && f.is.from < h.newTo && f.is.to > h.newFrom
}

// changedMention is the fact that one mention became another.
func (j *judge) changedMention(p *pair, a, b mention) finding {
	f := finding{Fact: Fact{a.kind, a.text, b.text}, sure: true, oldAt: a.from, newAt: b.from, was: &a, is: &b}
	if a.kind == factNumber {
		f.label = j.counted(p.new.tokens(), b)
	}
	spans := (a.date.phrase == "") != (b.date.phrase == "") // "last week", "on Monday"
	if a.kind == factDate && (spans || a.date.relative != b.date.relative && !j.resolved(a.date, b.date)) {
		f.sure = false
		f.note = "it may be the same day"
	}
	return f
}

// lostMention is the fact that a number or date was added or removed, in a
// small edit; in a larger one it goes with the passage.
func (j *judge) lostMention(p *pair, m mention, old bool) []finding {
	const small = 6 // tokens
	at := hunkOf(p.hunks, m, old)
	if at == none || m.weak {
		return nil
	}
	h := p.hunks[at]
	if h.oldTo-h.oldFrom > small || h.newTo-h.newFrom > small ||
		h.deletes() && j.elsewhere(p.old, h.oldFrom, h.oldTo, true) || h.inserts() && j.elsewhere(p.new, h.newFrom, h.newTo, false) {
		return nil
	}
	dayForWords := m.kind == factDate && m.date.weekday > 0 && !h.inserts() && !h.deletes() // "until Monday", "until further notice"
	f := finding{Fact: Fact{Kind: m.kind}, sure: m.kind == factNumber || dayForWords, oldAt: none, newAt: none}
	if !f.sure {
		f.note = "a " + m.kind + " stands on one side only"
	}
	if old {
		f.Old, f.oldAt, f.was = m.text, m.from, &m
		f.label = j.counted(p.old.tokens(), m)
	} else {
		f.New, f.newAt, f.is = m.text, m.from, &m
		f.label = j.counted(p.new.tokens(), m)
	}
	return []finding{f}
}

// counted returns the noun that a number counts, for the summary: the word
// behind it, or else the nearest word with content before it.
func (j *judge) counted(toks []token, m mention) string {
	if m.kind != factNumber {
		return ""
	}
	if m.to < len(toks) && toks[m.to].kind == wordToken && j.content(toks[m.to]) {
		return toks[m.to].text
	}
	for i := m.from - 1; i >= 0 && i >= m.from-4; i-- {
		if toks[i].kind > digitsToken {
			return ""
		}
		if toks[i].kind == wordToken && j.content(toks[i]) && !moving[toks[i].key] {
			return toks[i].text
		}
	}
	return ""
}

// moving are the verbs that lead from a subject to its number.
var moving = wordSet(`rose rise rises risen fell fall falls fallen grew climbed dropped increased decreased stood stands reached totalled totaled
	cost costs paid worth least nearly almost stieg sank kostet passé augmenté subió bajó`)
