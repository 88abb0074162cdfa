package compare

// A bound stands before a number and says from which side it is meant.
type bound uint8

const (
	about bound = iota + 1
	under
	over
)

// bounds are the words of each, in English.
var bounds = map[string]bound{
	"nearly": under, "almost": under, "under": under, "below": under, "fewer than": under, "less than": under, "up to": under, "at most": under, "no more than": under, "just under": under,
	"over": over, "above": over, "more than": over, "at least": over, "no fewer than": over, "no less than": over, "just over": over, "upwards of": over, "exceeding": over,
	"about": about, "around": about, "roughly": about, "approximately": about, "some": about,
}

// findBounds finds the hunks that put a number, or what is as good as one such
// as "doubled", on the other side of a bound: "nearly 900", "more than 900".
func (j *judge) findBounds(p *pair) []finding {
	var found []finding
	old, new := p.old.tokens(), p.new.tokens()
	for _, h := range p.hunks {
		if !j.moreOrLess(p, h) {
			continue
		}
		found = append(found, finding{sure: true, oldAt: h.oldFrom, newAt: h.newFrom, Fact: Fact{
			Kind: factNumber, Old: wordsOf(p.old, h.oldFrom, min(h.oldTo+2, len(old))), New: wordsOf(p.new, h.newFrom, min(h.newTo+2, len(new))),
		}})
	}
	return found
}

// moreOrLess reports whether h puts a number on the other side of a bound.
func (j *judge) moreOrLess(p *pair, h hunk) bool {
	old, new := p.old.tokens(), p.new.tokens()
	oldTo, newTo := h.oldTo, h.newTo
	if oldTo < len(old) && newTo < len(new) && old[oldTo].key == "than" && new[newTo].key == "than" {
		oldTo, newTo = oldTo+1, newTo+1
	}
	a, b := boundOf(old[h.oldFrom:oldTo]), boundOf(new[h.newFrom:newTo])
	return j.lex.code == "en" && a != b && a != 0 && b != 0 && a != about && b != about && oldTo < len(old) && j.countable(old[oldTo])
}

func boundOf(toks []token) bound {
	words := ""
	for i, t := range toks {
		if i > 0 {
			words += " "
		}
		words += t.key
	}
	return bounds[words]
}

// countable reports whether a bound can stand before t.
func (j *judge) countable(t token) bool {
	if j.numeral(t) || currencies[t.key] != "" {
		return true
	}
	switch t.key {
	case "doubled", "tripled", "trebled", "quadrupled", "halved", "half", "double", "twice":
		return true
	}
	return false
}
