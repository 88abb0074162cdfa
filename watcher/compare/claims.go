package compare

import (
	"slices"
	"strings"
)

const (
	// smallClaim is the most changed words with content of their own beside a
	// negation or a hedge: in a wider rewording it proves nothing.
	smallClaim = 5
	// nearNegation is that figure for a negation that is not beyond doubt.
	nearNegation = 2
	// shortAside is the most tokens that may come or go with a negation: "a
	// witness and not a suspect".
	shortAside = 5
)

// findClaims finds negations, and words that say how sure a statement is or
// who makes it, that one side of a hunk has and the other has not.
func (j *judge) findClaims(p *pair, sameOld, sameNew []bool) []finding {
	var found []finding
	sides := make([][2]claimSide, len(p.hunks))
	says := 0 // how many more verbs of saying the new side has
	denied := 0
	for i, h := range p.hunks {
		sides[i] = [2]claimSide{j.claimSide(p.old.tokens(), h.oldFrom, h.oldTo, sameOld), j.claimSide(p.new.tokens(), h.newFrom, h.newTo, sameNew)}
		says += sides[i][1].sayings - sides[i][0].sayings
		denied += sides[i][1].negations - sides[i][0].negations
	}
	for i, h := range p.hunks {
		if j.judgeWording(p.old.tokens(), p.new.tokens(), h, sameOld, sameNew) != reworded || j.moreOrLess(p, h) {
			continue
		}
		a, b := sides[i][0], sides[i][1]
		if says == 0 && a.says != b.says {
			a.says, b.says = false, false // "said Vance", "Vance said"
		}
		if denied == 0 && len(p.hunks) > 1 && a.negations != b.negations && len(a.others)+len(b.others) == 0 {
			continue // "no receipt is needed", "a receipt is not needed"
		}
		if f, ok := j.negated(p, h, a, b); ok {
			found = append(found, f)
		} else if f, ok := j.hedged(p, h, a, b); ok {
			found = append(found, f)
		}
	}
	return found
}

// A claimSide is what one side of a hunk says, apart from its subject.
type claimSide struct {
	negations int
	refuses   bool
	refusing  []string // stems of the words that do
	hedges    int
	doubt     uint8 // the sorts of its hedges
	says      bool
	sayings   int // verbs of saying, neutral and loaded
	claims    bool
	loaded    []string // the loaded ones
	others    []string // stems of the other words with content
}

// claimSide reads tokens [from, to), those left out whose meaning stands on the
// other side too.
func (j *judge) claimSide(toks []token, from, to int, same []bool) claimSide {
	var s claimSide
	for i := from; i < to; i++ {
		t := toks[i]
		k := t.key
		if t.kind != wordToken || same[i] || t.upper && j.lex.months[k] > 0 {
			continue
		}
		known := true
		switch {
		case j.lex.negation[k] || strings.HasSuffix(k, "n't"):
			s.negations++
		case j.lex.refusal[k]:
			s.refuses = true
			s.refusing = append(s.refusing, stem(k))
			known = false
		default:
			known = false
		}
		if j.lex.hedges[k] && !(k == "could" && i+1 < len(toks) && toks[i+1].key == "not") {
			s.hedges++
			known = true
			s.doubt |= doubts[k]
		}
		if j.lex.claims[k] {
			s.claims, known = true, true
			s.loaded = append(s.loaded, stem(k))
			s.sayings++
		} else if j.lex.says[k] {
			s.says, known = true, true
			s.sayings++
		}
		if k == "d'" && i+1 < len(toks) && toks[i+1].key == "après" && (t.first || i > 0 && toks[i-1].key == ",") {
			s.hedges++ // "d'après la police"
		}
		if !known && j.content(t) && !indefinite[k] {
			s.others = append(s.others, stem(k))
		}
	}
	return s
}

// indefinite are the words that a negation stands in the place of: "at every
// time", "at no time".
var indefinite = wordSet(`sí wel wohl schon doch little few any every each either always ever anyone anybody anything anywhere everyone everybody everything everywhere someone somebody
	something somewhere sometimes some all both jeder jede jedes jeden jedem jederzeit immer alle allen alles jemand etwas irgendein irgendeine
	einige tout toute tous toutes chaque toujours quelque quelqu'un quelque chacun todo toda todos todas cada siempre alguien algo algún alguna
	ogni sempre qualcuno qualcosa tutti tutte tutto sempre algum alguma alguém tudo elke elk ieder iedere altijd iemand iets alle`)

// negated reports a negation that one side of h alone has. It is beyond doubt
// if nothing else of meaning changed, and nothing at all if the other side
// negates by its verb ("did not agree", "refused").
func (j *judge) negated(p *pair, h hunk, a, b claimSide) (finding, bool) {
	old, new := p.old.tokens()[h.oldFrom:h.oldTo], p.new.tokens()[h.newFrom:h.newTo]
	f := j.claim(p, h, factNegation)
	if oppositePair(old, new, j.lex.code) {
		f.sure = true
		return f, true
	}
	if a.negations+b.negations == 0 && a.refuses != b.refuses {
		x, y := without(a.others, a.refusing), without(b.others, b.refusing)
		f.sure = true
		return f, (len(x) > 0 || sharesAny(a.loaded, b.loaded)) && unshared(x, y)+unshared(y, x) == 0 // "refused to concede", "conceded"
	}
	if a.negations == b.negations || a.negations > 0 && b.negations > 0 {
		return finding{}, false
	}
	differ := max(unshared(a.others, b.others), unshared(b.others, a.others))
	switch {
	case a.refuses != b.refuses || differ > nearNegation:
		return finding{}, false
	case differ > 0 && !h.inserts() && !h.deletes():
		f.note = "other words changed with it"
	case (h.inserts() || h.deletes()) && differ > 0 && h.oldTo-h.oldFrom+h.newTo-h.newFrom > shortAside:
		return finding{}, false
	default:
		f.sure = true
	}
	return f, true
}

// without returns the stems of a that b has not.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// unshared counts the stems of a that b has not.
func unshared(a, b []string) int { return len(without(a, b)) }

// opposites are the prefixes that turn a word into its opposite.
var opposites = map[string][]string{
	"en": {"un", "in", "im", "il", "ir", "dis", "non", "mis"},
	"de": {"un"}, "nl": {"on"},
	"fr": {"in", "im", "il", "ir", "dés", "dé"},
	"es": {"in", "im", "i", "des"}, "it": {"in", "im", "il", "ir", "dis"}, "pt": {"in", "im", "i", "des"},
}

// oppositePair reports whether one word became its opposite: "legal",
// "illegal".
func oppositePair(old, new []token, code string) bool {
	if len(old) != 1 || len(new) != 1 || old[0].kind != wordToken || new[0].kind != wordToken {
		return false
	}
	long, short := old[0].key, new[0].key
	if long == "with" && short == "without" || long == "without" && short == "with" {
		return true
	}
	if len(long) < len(short) {
		long, short = short, long
	}
	for _, p := range opposites[code] {
		if long == p+short && len(short) >= 4 {
			return true
		}
	}
	return false
}

// hedged reports a change in how sure a statement is, or in who makes it.
func (j *judge) hedged(p *pair, h hunk, a, b claimSide) (finding, bool) {
	old, new := p.old.tokens()[h.oldFrom:h.oldTo], p.new.tokens()[h.newFrom:h.newTo]
	if max(len(a.others), len(b.others)) > smallClaim {
		return finding{}, false
	}
	changed := a.hedges != b.hedges && (a.hedges == 0 || b.hedges == 0) || // "may", "will"
		a.doubt != 0 && b.doubt != 0 && a.doubt&b.doubt == 0 && len(a.others)+len(b.others) <= 1 || // "plans to", "could"
		a.claims != b.claims && (a.says || b.says || a.claims && b.claims) || // "said", "claimed"
		a.claims != b.claims && len(a.others)+len(b.others) <= 1 ||
		a.says != b.says && !a.claims && !b.claims && (h.inserts() || h.deletes() || len(a.others) == 0 || len(b.others) == 0 || unshared(a.others, b.others)+unshared(b.others, a.others) == 0) || // an attribution came or went
		a.claims && b.claims && len(a.others)+len(b.others) <= 1 && !sharesAny(a.loaded, b.loaded) || // "confirmed", "hinted"
		j.conditional(p, h) || j.otherSource(p, h) ||
		j.swappedDoing(old, new) || j.swappedOutcome(old, new)
	if !changed {
		return finding{}, false
	}
	f := j.claim(p, h, factCertainty)
	f.sure = true
	return f, true
}

// doubts sorts English hedges: what is possible, likely, meant to be done, said
// by somebody, or looks so.
var doubts = sorted("may might could perhaps maybe possible possibly potential potentially", "likely probable probably expected expects",
	"plans planned planning intends intended aims aimed proposed proposes hopes hoped vows considering considers", "alleged allegedly reported reportedly purported purportedly suspected accused rumoured",
	"seem seems seemed appear appears appeared apparent apparently")

func sorted(sorts ...string) map[string]uint8 {
	m := map[string]uint8{}
	for i, words := range sorts {
		for w := range strings.FieldsSeq(words) {
			m[w] = 1 << i
		}
	}
	return m
}

func sharesAny(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// conditions open a clause that the statement before it depends on.
var conditions = wordSet("if unless provided until wenn falls sofern si sauf unless se salvo als mits tenzij")

// conditional reports whether h adds or takes away a condition.
func (j *judge) conditional(p *pair, h hunk) bool {
	switch {
	case h.inserts():
		return conditions[p.new.tokens()[h.newFrom].key] && h.newTo-h.newFrom > 2
	case h.deletes():
		return conditions[p.old.tokens()[h.oldFrom].key] && h.oldTo-h.oldFrom > 2
	}
	return false
}

// otherSource reports whether h names another source of a statement beside its
// verb of saying: "police said", "prosecutors said". A name in the place of an
// office may be the same person.
func (j *judge) otherSource(p *pair, h hunk) bool {
	const most = 6 // tokens
	old, new := p.old.tokens(), p.new.tokens()
	if h.inserts() || h.deletes() || h.oldTo-h.oldFrom > most || h.newTo-h.newFrom > most || !j.besideSaying(old, h.oldFrom, h.oldTo) {
		return false
	}
	return j.source(old, h.oldFrom, h.oldTo) && j.source(new, h.newFrom, h.newTo) && j.otherMeaning(p, old[h.oldFrom:h.oldTo], new[h.newFrom:h.newTo])
}

// source reports whether tokens [from, to) can be a source without a name.
func (j *judge) source(toks []token, from, to int) bool {
	content := false
	for i := from; i < to; i++ {
		t := toks[i]
		if t.kind != wordToken || t.upper && !t.first || j.lex.says[t.key] || j.lex.claims[t.key] {
			return false
		}
		content = content || j.content(t)
	}
	return content
}

// doings are verbs that tell the same event with or without somebody to blame.
var doings = []map[string]bool{
	wordSet("killed murdered slain executed assassinated shot slaughtered massacred"),
	wordSet("died dead perished"),
}

// swappedDoing reports whether an act became an event or the reverse: "killed"
// and "died", "murdered" and "killed".
func (j *judge) swappedDoing(old, new []token) bool {
	if j.lex.code != "en" || len(old) > 3 || len(new) > 3 {
		return false
	}
	a, b := doing(old), doing(new)
	return a != "" && b != "" && a != b
}

func doing(toks []token) string {
	for _, t := range toks {
		for _, set := range doings {
			if set[t.key] {
				return t.key
			}
		}
	}
	return ""
}

// claim makes a finding of the words of h, with a word on each side so that
// "did not sign" can be read.
func (j *judge) claim(p *pair, h hunk, kind string) finding {
	old, new := p.old.tokens(), p.new.tokens()
	before, after := 0, 0
	if h.oldFrom > 0 && h.newFrom > 0 && old[h.oldFrom-1].kind <= digitsToken {
		before = 1
	}
	if h.oldTo < len(old) && h.newTo < len(new) && old[h.oldTo].kind <= digitsToken {
		after = 1
	}
	if kind == factCertainty {
		before, after = 0, 0
	}
	return finding{oldAt: h.oldFrom, newAt: h.newFrom, Fact: Fact{
		Kind: kind,
		Old:  wordsOf(p.old, h.oldFrom-before, h.oldTo+after),
		New:  wordsOf(p.new, h.newFrom-before, h.newTo+after),
	}}
}

// wordsOf returns the words of tokens [from, to), the marks at their ends left
// out unless there is nothing else.
func wordsOf(p *passage, from, to int) string {
	toks := p.tokens()
	a, b := from, to
	for a < b && toks[a].kind > digitsToken {
		a++
	}
	for b > a && toks[b-1].kind > digitsToken {
		b--
	}
	if a == b {
		a, b = from, to
	}
	return run(p.text, toks, a, b)
}
