package compare

import "slices"

// findSwaps finds numbers or names that changed places among the same words:
// "3-1" and "1-3", "Vance attacked Corvane" and the reverse. To a diff that is
// a word moved; to a reader it is another statement.
func (j *judge) findSwaps(p *pair, old, new []mention) []finding {
	var found []finding
	for i := 0; i+1 < len(p.hunks); i++ {
		a, b := p.hunks[i], p.hunks[i+1]
		region := hunk{a.oldFrom, b.oldTo, a.newFrom, b.newTo}
		if f, ok := j.swap(p, region, old, new); ok {
			found = append(found, f)
			i++
		}
	}
	return found
}

// swap reports whether the mentions in a region changed places, and nothing
// else did.
func (j *judge) swap(p *pair, h hunk, old, new []mention) (finding, bool) {
	const longest = 12 // tokens; a longer region is a clause that moved
	a, b := p.old.tokens()[h.oldFrom:h.oldTo], p.new.tokens()[h.newFrom:h.newTo]
	if len(a) > longest || len(a) != len(b) || !slices.Equal(sortedKeys(a), sortedKeys(b)) {
		return finding{}, false
	}
	was, is := inside(old, h.oldFrom, h.oldTo), inside(new, h.newFrom, h.newTo)
	if len(was) < 2 || len(was) != len(is) || j.inList(a) {
		return finding{}, false
	}
	moved := false
	for i := range was {
		moved = moved || was[i].value != is[i].value
		if noun := j.noun(p.old.tokens(), was[i]); noun != "" && slices.ContainsFunc(is, func(m mention) bool {
			return m.value == was[i].value && j.noun(p.new.tokens(), m) == noun
		}) {
			return finding{}, false // it took along what it counts
		}
	}
	f := finding{Fact: Fact{was[0].kind, run(p.old.text, p.old.tokens(), h.oldFrom, h.oldTo), run(p.new.text, p.new.tokens(), h.newFrom, h.newTo)},
		sure: true, oldAt: h.oldFrom, newAt: h.newFrom, note: "they changed places",
		was: &mention{kind: was[0].kind, from: h.oldFrom, to: h.oldTo, value: was[0].value},
		is:  &mention{kind: is[0].kind, from: h.newFrom, to: h.newTo, value: is[0].value}}
	return f, moved
}

// dropReordered drops the names of an enumeration that stands in another order
// now: "Venn, Corder and Trask" says the same as "Trask, Corder and Venn".
func (j *judge) dropReordered(p *pair, old, new []mention) (restOld, restNew []mention) {
	if len(p.hunks) < 2 {
		return old, new
	}
	first, last := p.hunks[0], p.hunks[len(p.hunks)-1]
	h := hunk{first.oldFrom, last.oldTo, first.newFrom, last.newTo}
	a, b := p.old.tokens()[h.oldFrom:h.oldTo], p.new.tokens()[h.newFrom:h.newTo]
	if len(a) != len(b) || !j.inList(a) || !slices.Equal(sortedKeys(a), sortedKeys(b)) {
		return old, new
	}
	return slices.DeleteFunc(slices.Clone(old), func(m mention) bool { return m.from >= h.oldFrom && m.to <= h.oldTo }),
		slices.DeleteFunc(slices.Clone(new), func(m mention) bool { return m.from >= h.newFrom && m.to <= h.newTo })
}

func sortedKeys(toks []token) []string {
	keys := make([]string, len(toks))
	for i, t := range toks {
		keys[i] = t.key
	}
	slices.Sort(keys)
	return keys
}

// inside returns the mentions within tokens [from, to) that are of the kind of
// the first one, dates left out.
func inside(ms []mention, from, to int) []mention {
	var list []mention
	for _, m := range ms {
		if m.from >= from && m.to <= to && m.kind != factDate && (len(list) == 0 || list[0].kind == m.kind) {
			list = append(list, m)
		}
	}
	return list
}

// inList reports whether toks are an enumeration, whose order says nothing:
// names or numbers with only "and" and commas between them.
func (j *judge) inList(toks []token) bool {
	for _, t := range toks {
		switch {
		case t.kind == digitsToken, t.kind == wordToken && t.upper, t.key == ",", joinsNumber(t) && t.key != "-":
		default:
			return false
		}
	}
	return true
}

// noun returns the stem of what a number counts.
func (j *judge) noun(toks []token, m mention) string {
	if w := j.counted(toks, m); w != "" {
		return stem(fold(w))
	}
	return ""
}
