package compare

import (
	"slices"
	"strings"
)

// A quotation is a run of quoted words within a passage.
type quotation struct {
	open, close int // the tokens of the marks; close is past the end where none closes it
	keys        []string
	text        string // the keys, joined
}

// maxQuote is the most tokens of a quotation in single marks: an apostrophe
// that looks like an opening mark must not swallow a passage.
const maxQuote = 120

// quotations finds what stands in quotation marks of any style. A quotation
// that nothing closes runs to the end of its passage.
func quotations(toks []token) []quotation {
	var list []quotation
	for i := 0; i < len(toks); i++ {
		if toks[i].kind != quoteToken || !opens(toks, i) {
			continue
		}
		end := closing(toks, i)
		if end == none {
			continue
		}
		q := quotation{open: i, close: end}
		for _, t := range toks[i+1 : end] {
			if t.kind <= digitsToken {
				q.keys = append(q.keys, t.key)
			}
		}
		if len(q.keys) > 0 {
			q.text = strings.Join(q.keys, " ")
			list = append(list, q)
		}
		i = end
	}
	return list
}

// opens reports whether the mark at i can open a quotation.
func opens(toks []token, i int) bool {
	if i+1 >= len(toks) {
		return false
	}
	switch toks[i].text {
	case "„", "‚", "“", "«", "‹", "「", "『", "»", "›":
		return true
	case "”":
		return false
	}
	return (i == 0 || toks[i].space || toks[i-1].kind == markToken) && !toks[i+1].space
}

// closing returns where the quotation that opens at i ends, or none.
func closing(toks []token, i int) int {
	single := fold(toks[i].text) == "'"
	for k := i + 1; k < len(toks); k++ {
		if single && k-i > maxQuote {
			return none
		}
		if toks[k].kind == quoteToken && closes(toks, i, k) {
			return k
		}
	}
	if single {
		return none
	}
	return len(toks)
}

// closes reports whether the mark at k closes what the mark at i opened. “
// closes „ and opens otherwise; an apostrophe behind a word ("workers' rights")
// closes only if no later mark does.
func closes(toks []token, i, k int) bool {
	open, mark := toks[i].text, toks[k].text
	switch open {
	case "„", "‚":
		return mark == "“" || mark == "‘" || mark == "”" || mark == "’" || mark == `"`
	case "«":
		return mark == "»"
	case "»":
		return mark == "«"
	case "‹":
		return mark == "›"
	case "›":
		return mark == "‹"
	case "「":
		return mark == "」"
	case "『":
		return mark == "』"
	}
	if fold(open) != fold(mark) || toks[k].space {
		return false
	}
	if fold(open) == `"` {
		return true
	}
	return k+1 == len(toks) || toks[k+1].space || toks[k+1].kind != wordToken
}

// findQuotes finds quotations whose words changed, that were added or removed,
// and quotation marks put around words or taken from them.
func (j *judge) findQuotes(p *pair, sameOld, sameNew []bool) []finding {
	old, new := p.old.tokens(), p.new.tokens()
	allOld, allNew := quotations(old), quotations(new)
	a, b := touchedQuotes(allOld, p.hunks, true), touchedQuotes(allNew, p.hunks, false)
	a, b = withPartners(a, b, allOld), withPartners(b, a, allNew)
	if sameTogether(a, b) {
		return nil
	}
	var found []finding
	used := make([]bool, len(b))
	for _, q := range a {
		best, at := 0.3, none
		for k, r := range b {
			if s := sharedWords(q.keys, r.keys); !used[k] && s >= best {
				best, at = s, k
			}
		}
		if at == none && len(a) == 1 && len(b) == 1 {
			at = 0
		}
		switch {
		case at != none:
			used[at] = true
			if f, ok := j.changedQuote(p, q, b[at], sameOld, sameNew); ok {
				found = append(found, f)
			}
		default:
			found = append(found, j.lostQuote(p, q, true))
		}
	}
	for k, q := range b {
		if !used[k] {
			found = append(found, j.lostQuote(p, q, false))
		}
	}
	return found
}

// sameTogether reports whether two lists of quotations say the same when each is
// read in one go: one was parted, or two were joined.
func sameTogether(a, b []quotation) bool {
	if len(a) == len(b) {
		return false
	}
	var x, y []string
	for _, q := range a {
		x = append(x, q.keys...)
	}
	for _, q := range b {
		y = append(y, q.keys...)
	}
	return slices.Equal(x, y)
}

// touchedQuotes returns the quotations that a hunk reaches, marks included.
func touchedQuotes(list []quotation, hunks []hunk, old bool) []quotation {
	var touched []quotation
	for _, q := range list {
		ms := []mention{{from: q.open, to: q.close + 1}}
		touch(ms, hunks, old)
		if ms[0].touched {
			touched = append(touched, q)
		}
	}
	return touched
}

// withPartners adds to mine those of all that have the same words as one of
// others: they only moved, or lost a mark.
func withPartners(mine, others, all []quotation) []quotation {
	have := map[int]bool{}
	for _, q := range mine {
		have[q.open] = true
	}
	for _, o := range others {
		for _, q := range all {
			if !have[q.open] && q.text == o.text {
				have[q.open] = true
				mine = append(mine, q)
				break
			}
		}
	}
	return mine
}

// sharedWords is the share of common words of two quotations.
func sharedWords(a, b []string) float64 {
	bag := map[string]int{}
	for _, k := range a {
		bag[k]++
	}
	n := 0
	for _, k := range b {
		if bag[k] > 0 {
			bag[k]--
			n++
		}
	}
	return 2 * float64(n) / float64(len(a)+len(b))
}

// changedQuote is the fact that other words stand in a quotation; none if
// they are the same words in another spelling.
func (j *judge) changedQuote(p *pair, q, r quotation, sameOld, sameNew []bool) (finding, bool) {
	old, new := p.old.tokens(), p.new.tokens()
	oldEnd, newEnd := min(q.close, len(old)), min(r.close, len(new))
	w := j.judgeWording(old, new, hunk{q.open + 1, oldEnd, r.open + 1, newEnd}, sameOld, sameNew)
	if w != reworded || j.onlySlips(p, hunk{q.open + 1, oldEnd, r.open + 1, newEnd}, sameOld, sameNew) {
		return finding{}, false
	}
	f := finding{sure: true, oldAt: q.open, newAt: r.open, Fact: Fact{
		Kind: factQuote,
		Old:  run(p.old.text, old, q.open, min(q.close+1, len(old))),
		New:  run(p.new.text, new, r.open, min(r.close+1, len(new))),
	}}
	f.from(q, r)
	if j.onlySmall(old[q.open+1:oldEnd], new[r.open+1:newEnd]) {
		f.sure, f.note = false, "only small words differ"
	}
	return f, true
}

// onlySmall reports whether nothing but small words that turn no sense differ.
func (j *judge) onlySmall(a, b []token) bool {
	count := map[string]int{}
	for _, t := range a {
		count[t.key]++
	}
	for _, t := range b {
		count[t.key]--
	}
	for k, n := range count {
		switch k {
		case "and", "but", "that", "so", "then", ",", ".", ";", "-", "the", "a", "an", ":":
		default:
			if n != 0 {
				return false
			}
		}
	}
	return true
}

// onlySlips reports whether all that changed within a stretch of both texts,
// hunk by hunk, is how the same words are spelt.
func (j *judge) onlySlips(p *pair, within hunk, sameOld, sameNew []bool) bool {
	changed := false
	for _, h := range p.hunks {
		switch {
		case h.oldTo <= within.oldFrom && h.newTo <= within.newFrom, h.oldFrom >= within.oldTo && h.newFrom >= within.newTo:
			continue // before or behind it
		case h.oldFrom < within.oldFrom || h.oldTo > within.oldTo || h.newFrom < within.newFrom || h.newTo > within.newTo:
			return false // it reaches over the end
		case j.judgeWording(p.old.tokens(), p.new.tokens(), h, sameOld, sameNew) == reworded:
			return false
		}
		changed = true
	}
	return changed
}

// from keeps where a quotation stands, so that rewordings within it are not
// told twice.
func (f *finding) from(q, r quotation) {
	f.was = &mention{kind: factQuote, from: q.open, to: q.close + 1}
	f.is = &mention{kind: factQuote, from: r.open, to: r.close + 1}
}

// lostQuote is the fact that a quotation came or went. If its words stand in
// the other text, only the marks did, which moves the attribution and is no
// fact beyond doubt.
func (j *judge) lostQuote(p *pair, q quotation, old bool) finding {
	mine, other := p.old, p.new
	if !old {
		mine, other = p.new, p.old
	}
	toks := mine.tokens()
	text := run(mine.text, toks, q.open, min(q.close+1, len(toks)))
	f := finding{sure: true, oldAt: none, newAt: none, Fact: Fact{Kind: factQuote}}
	if standsIn(q.text, other.tokens()) {
		f.sure, f.note, f.label = false, "only the quotation marks, the words stand in both", "quotation marks round"
	}
	m := &mention{kind: factQuote, from: q.open, to: q.close + 1}
	if old {
		f.Old, f.oldAt, f.was = text, q.open, m
	} else {
		f.New, f.newAt, f.is = text, q.open, m
	}
	return f
}

// standsIn reports whether the words stand in toks, in their order.
func standsIn(text string, toks []token) bool {
	var all strings.Builder
	for _, t := range toks {
		if t.kind <= digitsToken {
			all.WriteString(" " + t.key)
		}
	}
	return strings.Contains(all.String()+" ", " "+text+" ")
}

// wholeQuotes returns the quotations of a passage that was added or removed as
// facts.
func (j *judge) wholeQuotes(p *passage, old bool) []finding {
	const least = 3 // words; fewer are a title or a phrase
	var found []finding
	toks := p.tokens()
	for _, q := range quotations(toks) {
		if len(q.keys) < least {
			continue
		}
		f := finding{sure: true, oldAt: none, newAt: none, Fact: Fact{Kind: factQuote}}
		text := run(p.text, toks, q.open, min(q.close+1, len(toks)))
		if old {
			f.Old, f.oldAt = text, q.open
		} else {
			f.New, f.newAt = text, q.open
		}
		found = append(found, f)
	}
	return found
}
