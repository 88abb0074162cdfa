package perturb

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// textEdits change words within a passage. Each of them must be told.
func textEdits() []perturbation {
	return []perturbation{
		{kind: "figure", field: "body", make: inSomePara(changeFigure)},
		{kind: "figure-in-last-paragraph", field: "body", heldOut: true, make: inPara(-1, changeFigure)},
		{kind: "name", field: "body", make: inSomePara(changeName)},
		{kind: "one-word", field: "body", make: inSomePara(changeWord)},
		{kind: "word-in-first-paragraph", field: "body", make: inPara(0, changeWord)},
		{kind: "word-in-last-paragraph", field: "body", heldOut: true, make: inPara(-1, changeWord)},
		{kind: "day", field: "body", make: inSomePara(changeDay)},
		{kind: "unit", field: "body", make: inSomePara(changeUnit)},
		{kind: "negated", field: "body", make: inSomePara(negate)},
		{kind: "hedged", field: "body", make: inSomePara(hedge)},
		{kind: "attribution-dropped", field: "body", heldOut: true, make: inSomePara(dropAttribution)},
		{kind: "word-in-quote", field: "body", make: inSomePara(changeQuoted)},
		{kind: "quote-dropped", field: "body", make: inSomePara(dropQuote)},
		{kind: "quote-added", field: "body", make: (*trial).quoteAdded},
		{kind: "word-in-link", field: "body", make: (*trial).wordInLink},
		{kind: "sentence-first", field: "body", make: (*trial).sentenceFirst},
		{kind: "sentence-within", field: "body", make: (*trial).sentenceWithin},
		{kind: "sentence-last", field: "body", make: (*trial).sentenceLast},
		{kind: "sentence-dropped", field: "body", make: inSomePara(dropSentence)},
		{kind: "first-paragraph-rewritten", field: "body", make: (*trial).firstRewritten},
		{kind: "subhead-changed", field: "body", make: inSome(changeWord, "h2", "h3", "h4")},
		{kind: "list-item-changed", field: "body", make: inSome(changeWord, "li")},
		{kind: "figure-in-list-item", field: "body", heldOut: true, make: inSome(changeFigure, "li")},
		{kind: "table-cell-changed", field: "body", make: inSome(changeFigure, "td")},
		{kind: "blockquote-changed", field: "body", make: (*trial).blockquoteChanged},
		{kind: "caption-changed", field: "caption", make: (*trial).captionChanged},
	}
}

// A textEdit changes a text and says what became what; ok is false if there is
// no place for it.
type textEdit func(t *trial, s string) (edited, was, now string, ok bool)

// apply makes an edit in one of n's texts.
func (t *trial) apply(n *html.Node, edit textEdit) bool {
	nodes := textNodes(n)
	for _, i := range t.rng.Perm(len(nodes)) {
		if strings.Contains(nodes[i].Data, "://") {
			continue // the words of an address are no words
		}
		if edited, was, now, ok := edit(t, nodes[i].Data); ok {
			nodes[i].Data, t.was, t.now = edited, was, now
			return true
		}
	}
	return false
}

func (t *trial) applyToSome(places []*html.Node, edit textEdit) bool {
	for _, i := range t.rng.Perm(len(places)) {
		if t.apply(places[i], edit) {
			return true
		}
	}
	return false
}

func inSomePara(edit textEdit) func(*trial) bool {
	return func(t *trial) bool { return t.applyToSome(t.paras, edit) }
}

// inPara edits the first paragraph (0) or the last (-1).
func inPara(i int, edit textEdit) func(*trial) bool {
	return func(t *trial) bool {
		if i < 0 {
			i += len(t.paras)
		}
		return t.apply(t.paras[i], edit)
	}
}

func inSome(edit textEdit, names ...string) func(*trial) bool {
	return func(t *trial) bool { return t.applyToSome(t.of(names...), edit) }
}

// swap changes one of the places in s that pattern finds, drawn by the seed.
// Its first group is what is changed, or all if it has none.
func swap(t *trial, s string, pattern *regexp.Regexp, change func(string) string) (edited, was, now string, ok bool) {
	found := pattern.FindAllStringSubmatchIndex(s, -1)
	for _, i := range t.rng.Perm(len(found)) {
		from, to := found[i][0], found[i][1]
		if len(found[i]) > 2 {
			from, to = found[i][2], found[i][3]
		}
		if now := change(s[from:to]); now != s[from:to] {
			return s[:from] + now + s[to:], s[from:to], now, true
		}
	}
	return s, "", "", false
}

var (
	figurePattern = regexp.MustCompile(`(?:^|[\s($£€“"])(\d{1,4})(?:[\s).,;%”"]+(?:\D|$))`)
	namePattern   = regexp.MustCompile(`\p{Ll}[,]? (\p{Lu}\p{Ll}{3,})`)
	wordPattern   = regexp.MustCompile(`(?:^|[\s(“"])(\p{Ll}{5,})(?:[\s,.;:)]|$)`)
	hangulPattern = regexp.MustCompile(`\s(\p{Hangul}{3,})\s`)
	headlineWords = regexp.MustCompile(`(?:^|\s)(\pL{5,})(?:[\s,:?]|$)`)
	quotePattern  = regexp.MustCompile(`[“"][^“”"]{20,}[”"]`)
	quotedWord    = regexp.MustCompile(`[“"][^“”"]*\s(\p{Ll}{4,})\s[^“”"]*[”"]`)
	dayPattern    = regexp.MustCompile(`\b((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|June|July|August|September|October|November|December)\b`)
	unitPattern   = regexp.MustCompile(`\d[\d.,]* (million|billion|percent|per cent|miles|hours|years|days|months|weeks|minutes|km|Millionen|milhões|anos)\b`)
	sentenceEnd   = regexp.MustCompile(`\p{Ll}[.!?][”"’]? +[“"‘]?\p{Lu}`)
	attribution   = regexp.MustCompile(`,? (?:he|she|they|\p{Lu}\p{Ll}+|police|officials|the company) (?:said|says|added|told [a-zA-Z ]{3,20})(?: on \p{Lu}\p{Ll}+)?|,? according to [^.,]{4,50}|Reportedly, `)
	verbPattern   = map[string]*regexp.Regexp{
		"en": regexp.MustCompile(` (is|was|are|were|will|would|can|could|has|have|had|should) [a-mo-z]`),
		"de": regexp.MustCompile(` (ist|war|sind|wird|kann|hat) [^n]`), "it": regexp.MustCompile(` (è|sono|ha|era) `), "pt": regexp.MustCompile(` (é|foi|está|são|tem) `),
	}
)

func changeFigure(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, figurePattern, func(was string) string {
		n, err := strconv.Atoi(was)
		if err != nil || strings.HasPrefix(was, "0") && len(was) > 1 {
			return was
		}
		return strconv.Itoa(n + 1 + t.rng.IntN(9))
	})
}

func changeName(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, namePattern, func(string) string {
		return pick(t.rng, "Okonedo", "Varga", "Lindqvist", "Harrowmouth", "Castelvento")
	})
}

func changeWord(t *trial, s string) (string, string, string, bool) {
	if edited, was, now, ok := swap(t, s, hangulPattern, func(string) string { return "바닷가에서" }); ok {
		return edited, was, now, ok
	}
	return swap(t, s, wordPattern, func(string) string { return pick(t.rng, "lantern", "harbour", "borrowed", "quietly", "seventh") })
}

func changeDay(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, dayPattern, func(was string) string {
		if strings.HasSuffix(was, "day") {
			return pick(t.rng, "Monday", "Thursday", "Saturday")
		}
		return pick(t.rng, "January", "April", "September")
	})
}

func changeUnit(t *trial, s string) (string, string, string, bool) {
	other := map[string]string{"million": "billion", "billion": "million", "percent": "points", "per cent": "points", "miles": "kilometers", "hours": "days", "years": "months", "days": "weeks", "months": "years", "weeks": "days", "minutes": "hours", "km": "miles", "Millionen": "Milliarden", "milhões": "bilhões", "anos": "meses"}
	return swap(t, s, unitPattern, func(was string) string { return other[was] })
}

func negate(t *trial, s string) (string, string, string, bool) {
	verbs, ok := verbPattern[t.lang]
	if !ok {
		return s, "", "", false
	}
	return swap(t, s, verbs, func(was string) string {
		switch t.lang {
		case "en":
			return was + " not"
		case "de":
			return was + " nicht"
		case "it":
			return "non " + was
		default:
			return "não " + was
		}
	})
}

func hedge(t *trial, s string) (string, string, string, bool) {
	verbs, ok := verbPattern[t.lang]
	if !ok {
		return s, "", "", false
	}
	word := map[string][]string{"en": {"reportedly", "allegedly", "apparently", "possibly"}, "de": {"angeblich", "offenbar"}, "it": {"forse", "presumibilmente"}, "pt": {"supostamente", "talvez"}}
	return swap(t, s, verbs, func(was string) string { return was + " " + pick(t.rng, word[t.lang]...) })
}

func dropAttribution(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, attribution, func(string) string { return "" })
}

func changeQuoted(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, quotedWord, func(string) string { return pick(t.rng, "never", "barely", "stolen") })
}

// dropQuote turns words in quotation marks into a sentence without a quote.
func dropQuote(t *trial, s string) (string, string, string, bool) {
	return swap(t, s, quotePattern, func(string) string { return "that much was clear" })
}

func dropSentence(t *trial, s string) (string, string, string, bool) {
	ends := sentenceEnd.FindAllStringIndex(s, -1)
	if len(ends) < 2 {
		return s, "", "", false
	}
	i := t.rng.IntN(len(ends) - 1)
	from, to := nextSentence(s, ends[i]), nextSentence(s, ends[i+1])
	return s[:from] + s[to:], s[from:to], "", true
}

// nextSentence returns where the sentence begins that follows an end.
func nextSentence(s string, end []int) int {
	return end[0] + strings.IndexByte(s[end[0]:], ' ') + 1
}

func (t *trial) quoteAdded() bool {
	p := t.paras[t.rng.IntN(len(t.paras))]
	t.now = t.fill("en", pick(t.rng, " “We were told to wait,” {name} said.", " “It was never about the money,” said {name}, who left in {month}.", " “{n} of us saw it,” one of them said."))
	p.AppendChild(text(t.now))
	return true
}

func (t *trial) wordInLink() bool {
	var links []*html.Node
	for _, p := range t.paras {
		links = append(links, elements(p, "a")...)
	}
	return t.applyToSome(links, changeWord)
}

func (t *trial) sentenceFirst() bool {
	p := t.paras[t.rng.IntN(len(t.paras))]
	t.now = t.ownLine(newsSentences)
	p.InsertBefore(text(t.now+" "), p.FirstChild)
	return true
}

func (t *trial) sentenceLast() bool {
	p := t.paras[t.rng.IntN(len(t.paras))]
	t.now = t.ownLine(newsSentences)
	p.AppendChild(text(" " + t.now))
	return true
}

func (t *trial) sentenceWithin() bool {
	sentence := t.ownLine(newsSentences)
	return t.applyToSome(t.paras, func(t *trial, s string) (string, string, string, bool) {
		ends := sentenceEnd.FindAllStringIndex(s, -1)
		if len(ends) == 0 {
			return s, "", "", false
		}
		at := nextSentence(s, ends[t.rng.IntN(len(ends))])
		return s[:at] + sentence + " " + s[at:], "", sentence, true
	})
}

func (t *trial) firstRewritten() bool {
	p := t.paras[0]
	t.was, t.now = textOf(p), t.ownLine(newsParagraphs)
	for p.FirstChild != nil {
		p.RemoveChild(p.FirstChild)
	}
	p.AppendChild(text(t.now))
	return true
}

func (t *trial) blockquoteChanged() bool {
	var quoted []*html.Node
	for _, p := range t.passages {
		for a := p; a != nil; a = a.Parent {
			if a.Data == "blockquote" {
				quoted = append(quoted, p)
				break
			}
		}
	}
	return t.applyToSome(quoted, changeWord)
}

var creditLine = regexp.MustCompile(`(?i)credit|copyright|photo|image|getty|courtesy`)

// captionChanged changes a word of a caption of the story, not of its credit.
func (t *trial) captionChanged() bool {
	var captions []*html.Node
	for _, n := range elements(t.container.Parent, "figcaption") {
		if texts := textNodes(n); len(texts) > 0 && !linkedWhole(n) && t.between(texts[0]) {
			captions = append(captions, texts[0].Parent)
		}
	}
	return t.applyToSome(captions, func(t *trial, s string) (string, string, string, bool) {
		if len(strings.Fields(s)) < 6 || creditLine.MatchString(s) {
			return s, "", "", false
		}
		return changeWord(t, s)
	})
}

// linkedWhole reports whether n stands in a link, as a teaser's texts do.
func linkedWhole(n *html.Node) bool {
	return slices.ContainsFunc(slices.Collect(n.Ancestors()), func(a *html.Node) bool { return a.Data == "a" })
}
