package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A wording is how much the words of one hunk differ.
type wording uint8

const (
	reworded   wording = iota // other words; also whatever is not proved to be less
	respelt                   // the same words, written or marked in another way
	misspelled                // the same words, a slip of the pen mended or made
)

// judgeWording compares the words of h, less the tokens whose meaning was
// found equal by other means ("8" and "eight").
func (j *judge) judgeWording(old, new []token, h hunk, sameOld, sameNew []bool) wording {
	a := j.bare(old, h.oldFrom, h.oldTo, sameOld)
	b := j.bare(new, h.newFrom, h.newTo, sameNew)
	switch {
	case strings.Join(a, "") == strings.Join(b, ""):
		return respelt
	case j.misspelt(old[h.oldFrom:h.oldTo], new[h.newFrom:h.newTo]):
		return misspelled
	case h.deletes() && doubled(old, h.oldFrom, h.oldTo), h.inserts() && doubled(new, h.newFrom, h.newTo):
		return respelt
	}
	return reworded
}

// bare returns what must be alike in two runs of the same words: the words in
// their plainest spelling, numbers, and marks that carry meaning. Articles
// and other marks are left out. Numbers are set apart, so that joining "1" and
// "2" never makes "12".
func (j *judge) bare(toks []token, from, to int, same []bool) []string {
	var list []string
	for i := from; i < to; i++ {
		t := toks[i]
		switch {
		case same[i] || j.lex.articles[t.key] || j.inRange(toks, i):
		case t.kind == wordToken:
			list = append(list, plain(expand(t.key))+j.pronoun(t))
		case t.key == "&":
			list = append(list, "and")
		case t.kind == digitsToken:
			list = append(list, "\x00"+t.key+"\x00")
		case meaningful(toks, i):
			list = append(list, t.key)
		}
	}
	return list
}

// inRange reports whether the token at i stands between the two numbers of a
// range, where "to" and a dash say the same.
func (j *judge) inRange(toks []token, i int) bool {
	if i == 0 || i+1 >= len(toks) || !joinsRange(toks[i]) || toks[i].key == "and" || toks[i].key == "or" {
		return false
	}
	return j.numeral(toks[i-1]) && j.numeral(toks[i+1])
}

// numeral reports whether t is a number in digits or in words.
func (j *judge) numeral(t token) bool {
	if t.kind == digitsToken {
		return true
	}
	_, ok := j.numberWord(t)
	return ok && t.kind == wordToken && !j.lex.articles[t.key]
}

// pronoun marks the English words in small letters that in capitals are names.
func (j *judge) pronoun(t token) string {
	if j.lex.code == "en" && t.text == t.key && (t.key == "us" || t.key == "who" || t.key == "it" || t.key == "aids") {
		return "\x00"
	}
	return ""
}

// expand writes out the English contractions that have one meaning.
func expand(key string) string {
	i := strings.LastIndexByte(key, '\'')
	if i < 1 {
		return key
	}
	switch key[i:] {
	case "'t":
		root, is := strings.CutSuffix(key, "n't")
		switch {
		case !is:
			return key
		case root == "ca":
			root = "can"
		case root == "wo":
			root = "will"
		case root == "sha":
			root = "shall"
		}
		return root + "not"
	case "'ll":
		return key[:i] + "will"
	case "'re":
		return key[:i] + "are"
	case "'ve":
		return key[:i] + "have"
	}
	return key
}

// meaningful reports whether the mark at i is more than punctuation: a symbol,
// a question mark, a minus, or the feet and inches behind a number. Quotation
// marks are judged as quotations.
func meaningful(toks []token, i int) bool {
	t := toks[i]
	r, _ := utf8.DecodeRuneInString(t.text)
	switch {
	case t.kind == quoteToken:
		return i > 0 && !t.space && toks[i-1].kind == digitsToken
	case t.key == "?" || t.key == "%" || t.key == "&" || t.key == "@" || t.key == "#" || t.key == "/" || t.key == "*":
		return true
	case t.key == "-":
		next := i + 1
		return next < len(toks) && toks[next].kind == digitsToken && !toks[next].space && (t.space || i == 0)
	}
	return unicode.IsSymbol(r) || unicode.IsNumber(r)
}

// doubled reports whether the run repeats the words right before or after it.
func doubled(toks []token, from, to int) bool {
	n := to - from
	if n == 0 || n > 3 {
		return false
	}
	return from >= n && alikeRuns(toks[from-n:from], toks[from:to]) ||
		to+n <= len(toks) && alikeRuns(toks[from:to], toks[to:to+n])
}

func alikeRuns(a, b []token) bool {
	for i := range a {
		if a[i].kind != wordToken || a[i].key != b[i].key {
			return false
		}
	}
	return true
}

// contentChanged counts the words with content of their own that stand on one
// side only, inflections of a word on the other side left out; the greater of
// the two sides counts.
func (j *judge) contentChanged(old, new []token) int {
	stems := map[string]int{}
	for _, t := range old {
		if j.content(t) {
			stems[stem(t.key)]++
		}
	}
	added := 0
	for _, t := range new {
		if !j.content(t) {
			continue
		}
		if s := stem(t.key); stems[s] > 0 {
			stems[s]--
		} else {
			added++
		}
	}
	removed := 0
	for _, n := range stems {
		removed += n
	}
	return max(added, removed)
}

// content reports whether t is a word or number with content of its own.
func (j *judge) content(t token) bool {
	return t.kind <= digitsToken && !j.lex.stop[t.key] && !j.lex.articles[t.key]
}

// stem returns the part of a word that its inflections share, roughly.
func stem(key string) string {
	key = plain(key)
	key = strings.TrimSuffix(key, "'s")
	for _, ending := range [...]string{"ing", "ed", "es", "ly", "er", "en", "s", "e", "n"} {
		if s, found := strings.CutSuffix(key, ending); found && utf8.RuneCountInString(s) >= 4 {
			return undoubled(strings.TrimSuffix(s, "e"))
		}
	}
	return key
}

// undoubled drops the second of two equal last letters: "stopped" is of "stop".
func undoubled(s string) string {
	if n := len(s); n > 3 && s[n-1] == s[n-2] && s[n-1] != 's' && s[n-1] != 'l' {
		return s[:n-1]
	}
	return s
}

// plain returns a word in its plainest spelling: without accents, ligatures
// and apostrophes, and British endings made American.
func plain(key string) string {
	s := key
	if !lowerASCII(s) {
		s = unaccented(s)
	}
	s = strings.ReplaceAll(s, "'", "")
	if strings.HasPrefix(s, "photo") {
		s = "foto" + strings.TrimPrefix(s, "photo") // "Photographie", "Fotografie"
	}
	s = strings.ReplaceAll(s, "graph", "graf")
	if strings.Contains(s, "ae") || strings.Contains(s, "oe") {
		s = greek.Replace(s)
	}
	if us, ok := american[s]; ok {
		return us
	}
	return americanEnding(s)
}

// greek spells the roots that British spelling writes with two vowels.
var greek = strings.NewReplacer("archaeo", "archeo", "paediat", "pediat", "anaesth", "anesth", "haemo", "hemo", "oestro", "estro", "foetus", "fetus", "foetal", "fetal", "encyclopaed", "encycloped", "mediaeval", "medieval", "leukaem", "leukem", "diarrhoea", "diarrhea", "faeces", "feces")

// unaccented spells a folded word with plain letters.
func unaccented(s string) string {
	s = strings.ReplaceAll(ligatures.Replace(s), "cç", "ç") // "acção", as Portuguese was spelt
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(s))
}

var ligatures = strings.NewReplacer("ß", "ss", "œ", "oe", "æ", "ae", "ä", "ae", "ö", "oe", "ü", "ue", "ø", "oe", "ł", "l")

// americanEnding changes -ise and its forms to -ize and -our- to -or-, in
// words long enough to have no twin.
func americanEnding(s string) string {
	if len(s) >= 7 {
		for _, e := range [...]string{"ise", "ised", "ises", "ising", "isation", "isations", "iser", "isers", "yse", "ysed", "ysing"} {
			if root, found := strings.CutSuffix(s, e); found {
				return root + e[:1] + "z" + e[2:]
			}
		}
	}
	if !strings.Contains(s, "our") {
		return undoubledL(s)
	}
	for _, root := range [...]string{"colour", "favour", "honour", "labour", "neighbour", "rumour", "behaviour", "harbour", "humour", "vigour",
		"armour", "odour", "savour", "splendour", "tumour", "vapour", "endeavour", "flavour", "parlour", "candour", "glamour", "saviour"} {
		if strings.Contains(s, root) {
			return strings.Replace(s, root, root[:len(root)-2]+"r", 1)
		}
	}
	return undoubledL(s)
}

// undoubledL drops the second l that British spelling has in "travelled".
func undoubledL(s string) string {
	if i := strings.Index(s, "ll"); i > 2 {
		switch s[i+2:] {
		case "ed", "ing", "er", "ers", "or", "ors":
			if doubledL[s[:i]] {
				return s[:i] + s[i+1:]
			}
		}
	}
	return s
}

// doubledL are the roots that British spelling doubles the l of.
var doubledL = wordSet("trave cance labe mode fue signa counse marve jewe quarre leve tota tunne channe funne dia initia pane riva")

// american maps British spellings without a rule to American ones.
var american = map[string]string{
	"centre": "center", "centres": "centers", "theatre": "theater", "theatres": "theaters", "metre": "meter", "metres": "meters",
	"litre": "liter", "litres": "liters", "kilometre": "kilometer", "kilometres": "kilometers", "fibre": "fiber", "calibre": "caliber",
	"defence": "defense", "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses", "practise": "practice",
	"practised": "practiced", "programme": "program", "programmes": "programs", "grey": "gray", "tyre": "tire", "tyres": "tires",
	"aluminium": "aluminum", "plough": "plow", "sceptic": "skeptic", "sceptical": "skeptical", "mould": "mold", "catalogue": "catalog",
	"dialogue": "dialog", "analogue": "analog", "jewellery": "jewelry", "cosy": "cozy", "pyjamas": "pajamas", "ageing": "aging",
	"judgement": "judgment", "enrol": "enroll", "fulfil": "fulfill", "instalment": "installment", "skilful": "skillful",
	"cheque": "check", "cheques": "checks", "kerb": "curb", "aeroplane": "airplane", "aeroplanes": "airplanes", "sulphur": "sulfur", "sulphuric": "sulfuric",
	"manoeuvre": "maneuver", "paediatric": "pediatric", "anaesthetic": "anesthetic", "moustache": "mustache", "whilst": "while",
	"amongst": "among", "towards": "toward", "afterwards": "afterward", "ok": "okay", "adviser": "advisor", "advisers": "advisors",
}

// misspelt reports whether two runs are the same words but for slips of the
// pen. Articles count: "teh" is one.
func (j *judge) misspelt(a, b []token) bool {
	const most = 8 // tokens
	if len(a) != len(b) || len(a) == 0 || len(a) > most {
		return false
	}
	for i := range a {
		if plain(a[i].key)+j.pronoun(a[i]) != plain(b[i].key)+j.pronoun(b[i]) && !j.misspelling(a[i], b[i]) {
			return false
		}
	}
	return true
}
