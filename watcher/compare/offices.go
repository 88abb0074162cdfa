package compare

import "slices"

// ranks stand before an office and make another of it.
var ranks = wordSet(`deputy vice former ex acting assistant associate interim late retired outgoing incoming then shadow junior senior honorary
	stellvertretende stellvertretender ehemalige ehemaliger ex-  ancien ancienne exministro`)

// findRanks finds such a word that came or went before an office or a name:
// the deputy governor is not the governor.
func (j *judge) findRanks(p *pair) []finding {
	var found []finding
	for _, h := range p.hunks {
		side, from, to := p.new, h.newFrom, h.newTo
		if h.deletes() {
			side, from, to = p.old, h.oldFrom, h.oldTo
		}
		toks := side.tokens()
		if !h.inserts() && !h.deletes() || to-from > 2 || to == len(toks) || !ranks[toks[from].key] || toks[from].key == "late" && !toks[to].upper {
			continue
		}
		end := to
		for end < len(toks) && end < to+4 && toks[end].kind == wordToken && !toks[end].first && !j.lex.stop[toks[end].key] && !j.lex.says[toks[end].key] {
			end++
		}
		with, without := run(side.text, toks, from, end), run(side.text, toks, to, end)
		f := finding{Fact: Fact{factName, without, with}, sure: true, oldAt: h.oldFrom, newAt: h.newFrom}
		if h.deletes() {
			f.Old, f.New = with, without
		}
		found = append(found, f)
	}
	return found
}

// findOffices finds another office in the place of one before a title: "the
// Foreign Minister", "the Defence Minister".
func (j *judge) findOffices(p *pair, known []finding) []finding {
	var found []finding
	old, new := p.old.tokens(), p.new.tokens()
	for _, h := range p.hunks {
		if h.inserts() || h.deletes() || h.oldTo == len(old) || h.newTo == len(new) || h.oldTo-h.oldFrom > 2 || h.newTo-h.newFrom > 2 ||
			!titles[old[h.oldTo].key] || !old[h.oldTo].upper || !old[h.oldFrom].upper || !new[h.newFrom].upper || j.lex.articles[old[h.oldFrom].key] || j.lex.articles[new[h.newFrom].key] ||
			titles[old[h.oldFrom].key] || titles[new[h.newFrom].key] || slices.ContainsFunc(known, func(f finding) bool { return f.within(h) }) {
			continue
		}
		found = append(found, finding{sure: true, oldAt: h.oldFrom, newAt: h.newFrom, Fact: Fact{
			factName, run(p.old.text, old, h.oldFrom, h.oldTo+1), run(p.new.text, new, h.newFrom, h.newTo+1)}})
	}
	return found
}
