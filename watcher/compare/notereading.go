package compare

import (
	"slices"
	"strings"
)

// editSides are the stems of the words with content that one side of an edit
// alone has.
type editSides struct{ onlyOld, onlyNew []string }

func (e *edit) heldAgainst(j *judge) *editSides {
	if e.sides == nil {
		e.sides = &editSides{}
		e.sides.onlyOld, e.sides.onlyNew = onlyOnOneSide(j.stems(e.old.tokens()), j.stems(e.new.tokens()))
	}
	return e.sides
}

// has reports whether a word of that stem stands on either side of an edit.
func (e *edit) has(stemmed string) bool {
	for _, p := range [...]*passage{e.old, e.new} {
		if p == nil {
			continue
		}
		for _, t := range p.tokens() {
			if t.kind <= digitsToken && (alikeAtStart(t.key, stemmed) || !lowerASCII(t.key)) && stem(t.key) == stemmed {
				return true
			}
		}
	}
	return false
}

// A noteReading is what a note says, ready to be held against edits.
type noteReading struct {
	mentions []mention
	stems    map[string]bool // of its content words, without those that every note has
	words    []string        // likewise, each as often as it stands
	low      string
	named    bool            // names somebody or some place
	sorts    map[string]bool // of things that it names
}

func (j *judge) readNote(n NoteChange) noteReading {
	toks := tokenize(n.Text)
	r := noteReading{mentions: j.findMentions(n.Text, toks), stems: map[string]bool{}, low: " " + fold(n.Text) + " "}
	r.sorts = map[string]bool{}
	for c, words := range categories {
		if slices.ContainsFunc(words, func(w string) bool { return strings.Contains(r.low, w) }) {
			r.sorts[c] = true
		}
	}
	for i, t := range toks {
		r.named = r.named || t.upper && !opening(toks, i) && !boilerplate[t.key] && j.content(t) && j.lex.months[t.key]+j.lex.weekdays[t.key] == 0 && (j.lex.code != "de" || i > 0 && toks[i-1].upper)
		if t.kind == wordToken && j.content(t) && !boilerplate[t.key] {
			s := stem(t.key)
			r.stems[s] = true
			r.words = append(r.words, s)
		}
	}
	return r
}

// boilerplate are the words that notes have in common.
var boilerplate = wordSet(`correction corrections corrected correct correctly clarification clarified clarify update updated editor editor's note notes earlier
	previous original originally initial version article story report piece headline caption incorrect incorrectly wrong wrongly error errors
	mistake mistakenly misstated misspelled misspelt misidentified misquoted stated said gave given amended changed reflect fact instead rather
	number figure age spelling quotation quote name year actually regret regrets apologise published first reads read should date datum korrektur berichtigung korrigiert früheren version fassung artikels
	artikel hieß stand falsch fehler richtig fälschlich irrtümlich angegeben tatsächlich anmerkung redaktion hinweis wurde correctif rectificatif
	précédente première article indiquait erreur fait réalité corrigé corrección versión anterior artículo error decía realidad corregido correzione
	precedente versione articolo errore realtà corretto correção versão anterior texto erro corrigido correctie rectificatie eerdere versie
	artikel stond fout onjuist aangepast paragraph sentence passage removed deleted added include comment comments statement response remarks`)

// vague reports whether the note names nothing: no value, hardly a word. One
// date may be the note's own.
func (r noteReading) vague() bool {
	numbers, dates := r.figures()
	return numbers == 0 && dates <= 1 && len(r.stems) <= 3 && !r.named
}

// score says how much the note speaks of the item: 0.6 for its values, 0.2
// for its sort, 0.4 for its surroundings.
func (r noteReading) score(j *judge, it *item) float64 {
	values := r.values(j, it)
	if values == 0 && it.measured() && r.namesOther() {
		return 0 // it names values, and none of this one
	}
	return 0.6*values + 0.2*r.category(it) + 0.4*r.context(it)
}

// values is a half for the old value and a half for the new.
func (r noteReading) values(j *judge, it *item) float64 {
	if it.measured() {
		v := 0.0
		for _, m := range r.mentions {
			if it.fact.was != nil && j.near(m, *it.fact.was) {
				v += 0.5
				break
			}
		}
		for _, m := range r.mentions {
			if it.fact.is != nil && j.near(m, *it.fact.is) {
				v += 0.5
				break
			}
		}
		return v
	}
	onlyOld, onlyNew := onlyOnOneSide(j.stems(tokenize(it.old)), j.stems(tokenize(it.new)))
	return 0.5*r.share(onlyOld) + 0.5*r.share(onlyNew)
}

// measured reports whether the item is a number or date whose value can be held
// against others.
func (it *item) measured() bool {
	return it.fact != nil && (it.fact.Kind == factNumber || it.fact.Kind == factDate) && (it.fact.was != nil || it.fact.is != nil)
}

// namesOther reports whether the note names numbers or dates; one date may be
// its own.
func (r noteReading) namesOther() bool {
	numbers, dates := r.figures()
	return numbers > 0 || dates > 1
}

// figures counts the numbers and the dates that the note names.
func (r noteReading) figures() (numbers, dates int) {
	for _, m := range r.mentions {
		switch {
		case m.kind == factNumber && !m.weak:
			numbers++
		case m.kind == factDate:
			dates++
		}
	}
	return numbers, dates
}

// near reports whether a mention of a note means a value of the text; a note
// may leave the unit out.
func (j *judge) near(a, b mention) bool {
	if j.sameMention(a, b) {
		return true
	}
	x, _, _ := strings.Cut(a.value, " ")
	y, _, _ := strings.Cut(b.value, " ")
	return a.kind == b.kind && a.kind == factNumber && x == y
}

// onlyOnOneSide returns the stems that only a, and only b, has.
func onlyOnOneSide(a, b []string) (onlyOld, onlyNew []string) {
	return without(a, b), without(b, a)
}

// stems returns the stems of the words with content among toks.
func (j *judge) stems(toks []token) []string {
	var list []string
	for _, t := range toks {
		if t.kind == wordToken && j.content(t) {
			list = append(list, stem(t.key))
		}
	}
	return list
}

// share returns how many of the stems the note has, from 0 to 1.
func (r noteReading) share(stems []string) float64 {
	if len(stems) == 0 {
		return 0
	}
	n := 0
	for _, s := range stems {
		if r.stems[s] {
			n++
		}
	}
	return float64(n) / float64(len(stems))
}

// categories are the words by which a note says what sort of thing it mends.
var categories = map[string][]string{
	factNumber: {"number", "figure", "amount", "toll", "how many", "sum ", "zahl", "anzahl", "chiffre", "nombre", "cifra", "número", "numero", "aantal", " score", " vote", " total", " count"},
	factName:   {"misspel", " name", "misidentif", "spelling", " namen", " nom ", "nombre de", " nome", " naam", " country", "nationality", " town ", " city ", " surname", " first name", " hometown", " birthplace", " affiliation", " employer", " job title", " the title of", " role of", " position of"},
	factDate:   {" date", " day", " year", " month", " time ", "datum", " tag ", " jahr", " jour", "année", "fecha", " día", " año", " data ", "giorno", " anno ", " dia ", " jaar", " minute"},
	factQuote:  {"quot", "attribut", "zitat", "citation", "cita", "citaat", "citazione", "citação", " remark", " speaker"},
	"removal":  {" removed", " deleted", " taken out", " cut from", " withdrawn", "entfernt", "gestrichen", "supprimé", " retiré", "eliminad", "suprimid", "rimoss", "removid", "verwijderd", "usunięt", "удал", "删", "削除"},
	"money":    {" money", " price", " cost", " salary", " fine ", " payment", " fee ", " fund", " budget", " sales", " profit", " revenue", " worth", " preis", " kosten", " summe", " prix", " coût", " precio", " prezzo", " preço", " prijs"},
	"share":    {"percent", "per cent", "share", " rate ", "prozent", "pourcentage", "porcentaje", "percentuale", "percentagem", "percentage", " turnout"},
	"age":      {" age ", " aged", " old ", " alter ", " âge", " edad", " età", " idade", " leeftijd"},
	"length":   {"distance", "height", " length", " how far", " how long", " size", " depth", " width", " speed", " weight", "entfernung", "länge", "höhe", "longueur", "hauteur", "distancia", "distanza", "distância", "afstand"},
}

// sorts returns the categories that an item is of.
func (it *item) sorts() []string {
	switch {
	case it.edit.op == Remove:
		return []string{"removal"}
	case it.fact == nil:
		if it.old != "" && it.new == "" {
			return []string{"removal"}
		}
		return nil
	case it.fact.Kind != factNumber:
		return []string{it.fact.Kind}
	}
	sorts := []string{factNumber}
	m := it.fact.was
	if m == nil {
		m = it.fact.is
	}
	if m == nil {
		return sorts
	}
	_, unit, _ := strings.Cut(m.value, " ")
	switch unit {
	case "":
	case "%":
		sorts = append(sorts, "share")
	case "y":
		sorts = append(sorts, "age")
	case "km", "mi", "m", "cm", "mm", "ft", "in", "kg", "t", "g", "l", "ha", "ac", "mph", "kmh":
		sorts = append(sorts, "length")
	case "s", "min", "h", "d", "w", "mo":
		sorts = append(sorts, factDate)
	default:
		sorts = append(sorts, "money")
	}
	return sorts
}

// category is 1 if the note names the item's sort, -1 if it names others only.
func (r noteReading) category(it *item) float64 {
	sorts := it.sorts()
	named := false
	for c := range r.sorts {
		if slices.Contains(sorts, c) {
			return 1
		}
		named = named || c != "removal"
	}
	if it.edit.field == FieldHeadline && strings.Contains(r.low, "headline") || it.edit.field == FieldCaption && strings.Contains(r.low, "caption") {
		return 1
	}
	if named && len(sorts) > 0 && !(len(sorts) == 1 && sorts[0] == "removal") {
		return -1
	}
	return 0
}

// context is the share of the note's words that stand in the edited passage.
func (r noteReading) context(it *item) float64 {
	if len(r.words) == 0 {
		return 0
	}
	n := 0
	for _, w := range r.words {
		if it.edit.has(w) {
			n++
		}
	}
	return float64(n) / float64(len(r.words))
}
