package compare

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
)

// thesaurusGzip holds the meanings of English words. See thesaurus/LICENSE for
// where it is from and how its lines read.
//
//go:embed thesaurus/english.txt.gz
var thesaurusGzip []byte

var englishThesaurus = wordList(thesaurusGzip)

// A kinship is how the meanings of two words lie to each other.
type kinship uint8

const (
	kinUnknown kinship = iota // one of them is not in the thesaurus
	kin                       // they can mean the same, or one what the other does more narrowly
	noKin                     // they cannot, as far as the thesaurus knows
)

// kinshipOf tells how two English words lie to each other, in any of their
// forms: "bought" and "purchase" are kin, "loan" and "deal" are not.
func kinshipOf(a, b string) kinship {
	if ga := kinGroups()[stem(a)]; ga != nil && sharesGroup(ga, kinGroups()[stem(b)]) {
		return kin
	}
	ownA, aboveA := meanings(a)
	ownB, aboveB := meanings(b)
	switch {
	case len(ownA) == 0 || len(ownB) == 0:
		return kinUnknown
	case meet(ownA, ownB), meet(ownA, aboveB), meet(aboveA, ownB):
		return kin
	}
	return noKin
}

// newsroomKin are words that newsrooms put in each other's place, above all in
// headlines, and that the thesaurus has apart; groups are parted by "/".
const newsroomKin = `ex former / axe axes axed scrap scraps scrapped cut drop dropped / stun stunned shock shocked / net netted score scored / firm company business /
	several number few / publish published appear release released / huge enormous massive giant / probe probed investigation inquiry investigate / row dispute clash /
	slam slammed blast blasted criticise criticised condemn condemned / cop cops police officer officers / kid child youngster / boss head chief leader / tot toddler /
	blaze fire / quit resign resigned / soar soared surge rise rose / plunge plunged slump fall fell drop / mum mom mother / dad father / car vehicle / lorry truck /
	flat apartment / petrol gas gasoline / holiday vacation / film movie / football soccer / bid try attempt / vow vowed promise pledge / nobody no none one /
	mull mulls consider considers / hit struck strike / woe trouble problem / bust raid / nab arrest arrested held detained / jailed imprisoned / sacked fired dismissed /
	lawmaker legislator parliamentarian / home house / job post role / town city / nation country / student pupil / doctor medic physician / gunman shooter attacker /
	plane aircraft jet / ship vessel boat / storm hurricane / quake earthquake / flu influenza / vote ballot / talks negotiations / cope copes manage / call called cancel cancelled canceled abandon abandoned / deal agreement accord pact /
	visit trip / injured hurt wounded / opened began started launched / end ended close closed / show showed reveal revealed / call called urge urged / use used utilise`

var kinGroups = sync.OnceValue(func() map[string][]int { return outcomes(newsroomKin) })

func sharesGroup(a, b []int) bool {
	for _, g := range a {
		if slices.Contains(b, g) {
			return true
		}
	}
	return false
}

func meet(a, b map[string]bool) bool {
	for m := range a {
		if b[m] {
			return true
		}
	}
	return false
}

// meanings returns the meanings of a word in any form that it can have, and
// those right above them.
func meanings(w string) (own, above map[string]bool) {
	own, above = map[string]bool{}, map[string]bool{}
	for _, form := range baseForms(w) {
		line, ok := lookUp(englishThesaurus(), form)
		if base, is := strings.CutPrefix(line, "="); ok && is {
			base, _, _ = strings.Cut(base, " ")
			line, ok = lookUp(englishThesaurus(), base)
		}
		if !ok {
			continue
		}
		mine, over, _ := strings.Cut(line, "\t")
		for m := range strings.FieldsSeq(mine) {
			own[m] = true
		}
		for m := range strings.FieldsSeq(over) {
			above[m] = true
		}
	}
	return own, above
}

// baseForms returns the words that w can be a form of, w itself first.
func baseForms(w string) []string {
	forms := []string{w}
	for _, e := range [...][2]string{{"ies", "y"}, {"es", ""}, {"s", ""}, {"ied", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}, {"er", ""}, {"er", "e"}, {"est", ""}, {"est", "e"}, {"ly", ""}} {
		root, is := strings.CutSuffix(w, e[0])
		if !is || len(root) < 2 {
			continue
		}
		forms = append(forms, root+e[1])
		if n := len(root); e[1] == "" && n > 3 && root[n-1] == root[n-2] {
			forms = append(forms, root[:n-1]) // "stopped"
		}
	}
	return forms
}

// otherMeaning reports whether words were put in the place of others that mean
// something else: none of the new ones is kin to any of the old ones. It knows
// English only.
func (j *judge) otherMeaning(p *pair, old, new []token) bool {
	const most = 4 // words of either side; more are a rewording
	if j.lex.code != "en" {
		return false
	}
	a, b := j.ownWords(old, p.new.tokens()), j.ownWords(new, p.old.tokens())
	if len(a) == 0 || len(b) == 0 || len(a) > most || len(b) > most {
		return false
	}
	if len(a) == 1 && len(b) == 1 && distance(a[0], b[0], 1) == 1 || j.refusing(old, new) || j.refusing(new, old) || !titleCase(old) && capitals(old) != capitals(new) {
		return false // a slip that made another word, "did not agree" and "refused", or a name for an office
	}
	known := false
	for _, x := range a {
		for _, y := range b {
			switch kinshipOf(x, y) {
			case kin:
				return false
			case noKin:
				known = true
			}
		}
	}
	return known
}

// refusing reports whether one side says no by a small word, and the other by
// its verb.
func (j *judge) refusing(a, b []token) bool {
	no := func(toks []token, is func(token) bool) bool { return slices.ContainsFunc(toks, is) }
	return no(a, func(t token) bool { return j.lex.negation[t.key] || strings.HasSuffix(t.key, "n't") }) &&
		no(b, func(t token) bool { return j.lex.refusal[t.key] })
}

// alikeAtStart reports whether two words can have one stem.
func alikeAtStart(a, b string) bool {
	const n = 2 // bytes; a longer start may be spelt in two ways
	return a == b || len(a) > n && len(b) > n && a[:n] == b[:n]
}

// ownWords returns the words with content of toks that others, all of the other
// side, has in no form: what stands there moved.
func (j *judge) ownWords(toks, others []token) []string {
	var list []string
	for _, t := range toks {
		if t.kind != wordToken || !j.content(t) || j.lex.says[t.key] {
			continue
		}
		shared := false
		for _, o := range others {
			shared = shared || alikeAtStart(o.key, t.key) && stem(o.key) == stem(t.key)
		}
		if !shared {
			list = append(list, plain(strings.TrimSuffix(t.key, "'s")))
		}
	}
	return list
}
