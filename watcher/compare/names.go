package compare

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// maxNameLinks is the most small words inside a name ("Universidade de São ...").
const maxNameLinks = 2

// findNames finds names that became other names. A name is told by its
// capitals, inside a sentence; at the start of one only if the word stands
// capitalised elsewhere, in known, or is swapped for a name one for one.
func (j *judge) findNames(p *pair, a, b []mention, sameOld, sameNew []bool) []finding {
	if titleCase(p.old.tokens()) || titleCase(p.new.tokens()) {
		return j.headlineNames(p)
	}
	touch(a, p.hunks, true)
	touch(b, p.hunks, false)
	toNew, toOld := counterparts(p.hunks, len(p.old.tokens()), len(p.new.tokens()))
	touchAligned(a, b, toNew)
	touchAligned(b, a, toOld)
	a, b = onlyTouched(a), onlyTouched(b)
	equal := func(m, n mention) bool { return m.value == n.value }
	a, b = j.strikeEqual(p, a, b, equal, sameOld, sameNew)
	a, b = pairOff(a, b, func(m, n mention) bool {
		same := sameReferent(m.value, n.value)
		if same {
			p.aliases[0], p.aliases[1] = append(p.aliases[0], m), append(p.aliases[1], n)
		}
		return same
	})
	found := j.pairNames(p, a, b)
	for _, m := range unpaired(a, found, true) {
		found = append(found, j.loneName(p, m, true)...)
	}
	for _, m := range unpaired(b, found, false) {
		found = append(found, j.loneName(p, m, false)...)
	}
	return found
}

// unpaired returns the mentions that none of the facts is about.
func unpaired(ms []mention, found []finding, old bool) []mention {
	return slices.DeleteFunc(slices.Clone(ms), func(m mention) bool {
		return slices.ContainsFunc(found, func(f finding) bool {
			return old && f.oldAt == m.from || !old && f.newAt == m.from
		})
	})
}

// loneName is the fact that somebody is named, or not named any more: a name of
// more than one word that came or went in a small edit, and of which the other
// text has no word.
func (j *judge) loneName(p *pair, m mention, old bool) []finding {
	const small = 6 // tokens
	mine, other := p.new, j.was
	if old {
		mine, other = p.old, j.is
	}
	at := hunkOf(p.hunks, m, old)
	words := strings.Fields(m.value)
	if at == none || m.weak || len(words) < 2 || len(words) > 4 {
		return nil
	}
	h := p.hunks[at]
	if !h.inserts() && !h.deletes() || h.oldTo-h.oldFrom+h.newTo-h.newFrom > small {
		return nil
	}
	for _, t := range mine.tokens()[m.from:m.to] {
		if t.kind == wordToken && t.upper && strings.Contains(other, t.text) {
			return nil
		}
	}
	f := finding{Fact: Fact{Kind: factName}, sure: true, oldAt: none, newAt: none}
	if old {
		f.Old, f.oldAt, f.was = m.text, m.from, &m
	} else {
		f.New, f.newAt, f.is = m.text, m.from, &m
	}
	return []finding{f}
}

// titleCase reports whether nearly every longer word has a capital, so that
// capitals tell nothing.
func titleCase(toks []token) bool {
	long, upper := 0, 0
	for _, t := range toks {
		if t.kind == wordToken && utf8.RuneCountInString(t.text) > 3 {
			long++
			if t.upper {
				upper++
			}
		}
	}
	return long >= 4 && upper*5 >= long*4
}

// headlineNames looks for names in a headline whose every word has a capital:
// those that the body shows to be names.
func (j *judge) headlineNames(p *pair) []finding {
	var found []finding
	for _, h := range p.hunks {
		a, b := j.knownNames(p.old, h.oldFrom, h.oldTo), j.knownNames(p.new, h.newFrom, h.newTo)
		if len(a) > 0 && len(b) > 0 {
			found = append(found, j.pairNames(p, a[:1], b[:1])...)
		}
	}
	return found
}

func (j *judge) knownNames(p *passage, from, to int) []mention {
	var list []mention
	toks := p.tokens()
	for i := from; i < to; i++ {
		if toks[i].kind == wordToken && toks[i].upper && j.isName(toks[i]) {
			list = append(list, mention{kind: factName, from: i, to: i + 1, text: toks[i].text, value: nameKey(toks[i : i+1])})
		}
	}
	return list
}

// names returns the runs of capitalised words of a passage.
func (j *judge) names(p *passage) []mention {
	var list []mention
	toks := p.tokens()
	for i := 0; i < len(toks); {
		if !j.nameWord(toks, i) {
			i++
			continue
		}
		to := j.nameEnd(toks, i)
		m := mention{kind: factName, from: i, to: to, text: run(p.text, toks, i, to), value: nameKey(toks[i:to])}
		m.weak = opening(toks, i) && to == i+1 && !j.isName(toks[i]) && !allCapitals(toks[i].text) && !j.noWord(toks[i])
		if j.lex.code != "de" || j.germanName(toks, i, to) {
			list = append(list, m)
		}
		i = to
	}
	return list
}

// noWord reports whether t is no word of the language, as far as is known: with
// a capital it is then a name wherever it stands.
func (j *judge) noWord(t token) bool {
	key := strings.TrimSuffix(t.key, "'s")
	return j.lex.code == "en" && letters(key) && len(key) > 3 && !englishWord(key) && !englishWord(strings.TrimSuffix(key, "s"))
}

// nameWord reports whether the token at i can start a name: a word with a
// capital that is no month, weekday, number or small word.
func (j *judge) nameWord(toks []token, i int) bool {
	t := toks[i]
	if t.kind != wordToken || !t.upper || len(t.text) == 1 && (i+1 == len(toks) || toks[i+1].key != ".") {
		return false
	}
	k := t.key
	if j.lex.says[k] || j.lex.claims[k] || j.lex.hedges[k] && j.lex.code != "en" {
		return false
	}
	if opening(toks, i) && (j.lex.stop[k] || j.lex.numbers[k] > 0 || j.lex.negation[k]) {
		return false
	}
	return k != "i" && !strings.HasPrefix(k, "i'") && j.lex.months[k] == 0 && j.lex.weekdays[k] == 0 && !j.lex.articles[k] && !titles[k]
}

// opening reports whether the token at i has a capital because of where it
// stands: at the start of a sentence, or of what is quoted.
func opening(toks []token, i int) bool {
	return toks[i].first || i > 0 && (toks[i-1].kind == quoteToken || toks[i-1].key == ":")
}

// nameEnd returns where the name at i ends: behind its last capital, small
// linking words and points of initials inside.
func (j *judge) nameEnd(toks []token, i int) int {
	to, links := i+1, 0
	for k := i + 1; k < len(toks); k++ {
		t := toks[k]
		switch {
		case t.first:
			return to
		case t.kind == wordToken && t.upper && j.nameWord(toks, k):
			to, links = k+1, 0
		case t.kind == wordToken && j.lex.linkers[t.key] && t.key != "and" && t.key != "for" && links < maxNameLinks:
			links++
		case (t.key == "." || t.key == "-" || t.key == "&") && !t.space && links < maxNameLinks:
			links++
		default:
			return to
		}
	}
	return to
}

// germanName reports whether a run of German capitals is a name: every noun
// has a capital there. It is one in a run of two, in capitals, behind a
// preposition of place, or if the article has it nowhere behind an article.
func (j *judge) germanName(toks []token, i, to int) bool {
	if to-i > 1 || allCapitals(toks[i].text) {
		return true
	}
	if i == 0 || toks[i].first {
		return false
	}
	switch toks[i-1].key {
	case "in", "aus", "nach", "von", "bei", "herr", "frau", "herrn", "minister", "präsident", "ministerin", "präsidentin", "bürgermeister", "bürgermeisterin":
	default:
		return false
	}
	for _, e := range [...]string{"ung", "heit", "keit", "tion", "schaft", "nis"} {
		if strings.HasSuffix(toks[i].key, e) {
			return false
		}
	}
	return true
}

func allCapitals(s string) bool {
	return utf8.RuneCountInString(s) >= 2 && strings.ToUpper(s) == s && strings.ToLower(s) != s
}

// titles stand before a name and are no part of it.
var titles = wordSet(`mr mrs ms miss dr prof professor sir dame lord lady president minister mayor senator governor chancellor judge justice captain
	colonel general sergeant officer inspector rev reverend bishop king queen prince princess herr frau m mme monsieur madame señor señora sr sra
	don doña signor signora dott presidente ministro ministra senhor senhora meneer mevrouw präsident präsidentin kanzler kanzlerin`)

// nameKey folds a name for comparison: no points, accents or 's.
func nameKey(toks []token) string {
	var words []string
	for _, t := range toks {
		if t.kind <= digitsToken {
			words = append(words, plain(strings.TrimSuffix(t.key, "'s")))
		}
	}
	if initialsOnly(words) {
		return strings.Join(words, "") // "U.N."
	}
	return strings.Join(words, " ")
}

func initialsOnly(words []string) bool {
	for _, w := range words {
		if len(w) != 1 {
			return false
		}
	}
	return true
}

// sameReferent reports whether two names can be one and the same by their
// form: one is the other with fewer given names, an abbreviation, initials, or
// the adjective of a country.
func sameReferent(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	short, long := strings.Fields(a), strings.Fields(b)
	if len(short) == 0 {
		return false
	}
	if len(short) == 1 && len(long) > 1 {
		initials := ""
		for _, w := range long {
			initials += w[:1]
		}
		return short[0] == initials || short[0] == long[len(long)-1] || short[0] == long[0]
	}
	if len(short) == 1 {
		return demonym(short[0], long[0])
	}
	return fewer(short, long)
}

// fewer reports whether all words of short stand in long in order, a compass
// word in long never being left out, an initial standing for its word.
func fewer(short, long []string) bool {
	i := 0
	for _, w := range long {
		if i < len(short) && (short[i] == w || len(short[i]) == 1 && strings.HasPrefix(w, short[i])) {
			i++
		} else if compass[w] {
			return false
		}
	}
	return i == len(short)
}

var compass = wordSet("north south east west northern southern eastern western new upper lower nord sud süd ost est norte sur sul leste este oeste noord zuid oost")

// demonym reports whether one word is the other's adjective: "Norway",
// "Norwegian".
func demonym(a, b string) bool {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	if n < 4 || n*3 < len(a)*2 {
		return false
	}
	for _, e := range [...]string{"ian", "an", "ish", "ese", "er", "i", "isch", "ische", "ischen", "ais", "aise", "ien", "ienne", "és", "esa", "ano", "ana", "s"} {
		if strings.HasSuffix(b, e) && len(b)-len(e) <= n+2 || strings.HasSuffix(a, e) && len(a)-len(e) <= n+2 {
			return true
		}
	}
	return false
}

// pairNames pairs what is left, hunk by hunk.
func (j *judge) pairNames(p *pair, a, b []mention) []finding {
	var found []finding
	pairOff(a, b, func(m, n mention) bool {
		if hunkOf(p.hunks, m, true) != hunkOf(p.hunks, n, false) || m.weak && n.weak && !j.swapped(p, m, n) {
			return false
		}
		found = append(found, j.changedName(p, m, n))
		return true
	})
	return found
}

// swapped reports whether the two mentions are the whole of their hunk.
func (j *judge) swapped(p *pair, m, n mention) bool {
	h := p.hunks[hunkOf(p.hunks, m, true)]
	return h == hunk{m.from, m.to, n.from, n.to} && j.content(p.old.tokens()[m.from]) && j.content(p.new.tokens()[n.from]) && j.isName(p.new.tokens()[n.from])
}

// changedName is the fact that one name became another. Names that only a slip
// or another habit of spelling parts may be one name, spelt anew.
func (j *judge) changedName(p *pair, m, n mention) finding {
	f := finding{Fact: Fact{factName, m.text, n.text}, sure: true, oldAt: m.from, newAt: n.from, was: &m, is: &n}
	if !nearAlike[m.value] && !nearAlike[n.value] && !otherCompass(m.value, n.value) && speltAnew(m.value, n.value) {
		f.sure, f.note = false, "the name may only be spelt anew"
	}
	return f
}

// isName reports whether a word, as t has it, stands with a capital inside a
// sentence of either text, the headlines left out, and so is a name where it
// starts one.
func (j *judge) isName(t token) bool {
	word := strings.TrimSuffix(strings.TrimSuffix(t.text, "'s"), "’s")
	known, ok := j.known[word]
	if !ok {
		known = midCapital(j.is[j.isBody:], word) || midCapital(j.was[j.wasBody:], word)
		j.known[word] = known
	}
	return known
}

// midCapital reports whether word stands in text behind a lower-case word or a
// comma.
func midCapital(text, word string) bool {
	for from := 0; word != ""; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		at := from + i
		from = at + len(word)
		if at < 2 || text[at-1] != ' ' || letterAt(text, from) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(text[:at-1])
		if last != '\n' && !strings.ContainsRune(`.!?:…"”“„'`, last) {
			return true
		}
	}
	return false
}
