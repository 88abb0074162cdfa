package compare

import (
	"regexp"
	"strings"
	"sync"
)

// The kinds of NoteChange.
const (
	NoteCorrection    = "correction"
	NoteClarification = "clarification"
	NoteUpdate        = "update"
	NoteEditors       = "editors_note"
	NoteRetraction    = "retraction"
)

// noteChange returns what happened to a note, if p is one.
func noteChange(p pair) (NoteChange, bool) {
	switch {
	case p.op == Move:
		return NoteChange{}, false
	case p.new != nil && p.new.kind == kindNote:
		return NoteChange{Op: p.op, Kind: noteKind(p.new.text, true), Text: p.new.text}, true
	case p.new == nil && p.old.kind == kindNote:
		return NoteChange{Op: p.op, Kind: noteKind(p.old.text, true), Text: p.old.text}, true
	}
	return NoteChange{}, false
}

// noteKind says which kind of publisher's note text is; "" if it reads as
// none. marked says that the page marks it as a note, so that it is one of
// some kind whatever its words.
func noteKind(text string, marked bool) string {
	const longest = 1600 // bytes; a note is short
	if len(text) > longest && !marked {
		return ""
	}
	low := fold(text[:min(len(text), longest)])
	kind, labelled := noteLabel(low)
	said := false
	if !labelled || kind != NoteRetraction {
		said = selfReference(low)
	}
	if policy.MatchString(low) && !labelled {
		said = false
	}
	switch {
	case !labelled && !said && !marked:
		return ""
	case kind == NoteCorrection || kind == NoteClarification || kind == NoteRetraction:
		return kind
	}
	return refineKind(low, kind, labelled)
}

// refineKind tells by its words what a note is that has no label of its own
// kind.
func refineKind(low, kind string, labelled bool) string {
	switch {
	case retracted.MatchString(low):
		return NoteRetraction
	case erred.MatchString(low):
		return NoteCorrection
	case clarified.MatchString(low):
		return NoteClarification
	case labelled:
		return kind
	case updated.MatchString(low):
		return NoteUpdate
	}
	return NoteEditors
}

var (
	policy    = regexp.MustCompile(`\b(corrections? (policy|page)|report an error|send (us )?corrections?|we correct|spotted (an error|a mistake)|contact the editor)\b`)
	retracted = regexp.MustCompile(`\b(retracted|retraction|withdrawn|widerrufen|zurückgezogen|rétracté|retractado|ritirato|retirado|ingetrokken)\b`)
	erred     = regexp.MustCompile(`\b(incorrect(ly)?|wrong(ly)?|mis(stated|spelled|spelt|identified|quoted|attributed|reported|named|labelled|takenly)|erroneous(ly)?|in error|error|mistake|corrected|correction|inaccurate(ly)?|` +
		`falsch|fälschlich(erweise)?|irrtümlich|fehler(haft)?|korrigiert|berichtigt|korrektur|erreur|erron[ée]e?|corrigée?|par erreur|error|errónea?mente|incorrecta?mente|corregid[oa]|por error|` +
		`errore|erroneamente|corrett[oa]|erro|erroneamente|incorretamente|corrigid[oa]|fout|foutief|abusievelijk|onjuist|gecorrigeerd|ten onrechte|błędnie|błąd|yanlış|ошиб\p{L}+|错误|有误|誤り)\b`)
	clarified = regexp.MustCompile(`\b(clarif(y|ies|ied|ication)|klargestellt|präzisiert|précisée?|aclarar|aclarad[oa]|chiarire|precisare|esclarecer|verduidelijkt|unclear|implied)\b`)
	updated   = regexp.MustCompile(`\b(updated?|aktualisiert|ergänzt|mise? à jour|actualisée?|actualizad[oa]|aggiornat[oa]|atualizad[oa]|bijgewerkt|aangevuld|zaktualizowan\p{L}+|güncellen\p{L}+|обновл\p{L}+)\b`)
)

// A label opens a note.
type label struct {
	kind  string
	words []string
}

// labels are the openings of notes in twelve languages, as fold gives them.
var labels = []label{
	{NoteCorrection, []string{"corrections", "correction", "corrected", "erratum", "errata corrige", "errata", "korrektur", "berichtigung", "richtigstellung", "korrigiert",
		"correctif", "rectificatif", "corrección", "rectificación", "fe de errores", "fe de erratas", "correzione", "rettifica", "correção", "retificação",
		"correctie", "rectificatie", "sprostowanie", "korekta", "düzeltme", "исправление", "поправка", "更正", "勘误", "訂正", "お詫びと訂正"}},
	{NoteClarification, []string{"clarifications", "clarification", "klarstellung", "präzisierung", "précision", "mise au point", "aclaración", "precisazione", "chiarimento",
		"esclarecimento", "verduidelijking", "wyjaśnienie", "açıklama", "уточнение", "разъяснение", "澄清", "補足"}},
	{NoteRetraction, []string{"retraction", "retracted", "widerruf", "rétractation", "retractación", "ritrattazione", "retratação", "intrekking", "撤稿"}},
	{NoteEditors, []string{"editor's note", "editors' note", "editors note", "editorial note", "note to readers", "note from the editor", "anmerkung der redaktion",
		"hinweis der redaktion", "anm. d. red", "in eigener sache", "note de la rédaction", "ndlr", "nota de la redacción", "nota del editor", "nota della redazione",
		"ndr", "nota da redação", "nota do editor", "noot van de redactie", "noot redactie", "od redakcji", "editörün notu", "от редакции", "примечание редакции",
		"编者按", "编辑按", "編集部注", "transparenzhinweis", "hinweis"}},
	{NoteUpdate, []string{"updated", "update", "aktualisierung", "aktualisiert", "mise à jour", "actualización", "actualizado", "aggiornamento", "aggiornato",
		"atualização", "atualizado", "bijgewerkt", "aktualizacja", "güncelleme", "обновление", "обновлено", "更新", "追記"}},
}

// noteLabel reads the label that a note starts with.
func noteLabel(low string) (kind string, ok bool) {
	low = strings.TrimLeft(low, " *[(-+#")
	head, _, found := cutLabel(low)
	if !found {
		return "", false
	}
	for _, l := range labels {
		for _, w := range l.words {
			if rest, is := strings.CutPrefix(head, w); is && (rest == "" || !letterAt(rest, 0)) && onlyTimes(rest) {
				return l.kind, true
			}
		}
	}
	return "", false
}

// cutLabel parts the head of a note from its text, at the first mark that can
// end a label.
func cutLabel(low string) (head, text string, ok bool) {
	const longest = 80 // bytes
	for i, r := range low {
		if i > longest {
			return "", "", false
		}
		switch r {
		case ':':
			if i > 0 && digitBefore(low, i) && digitAt(low, i+1) {
				continue // a clock time
			}
			return low[:i], low[i+1:], true
		case ']', ')', '|', '\n':
			return low[:i], low[i+1:], true
		case '-':
			if i > 0 && low[i-1] == ' ' {
				return low[:i], low[i+1:], true
			}
		case '.':
			if !strings.HasPrefix(low, "anm.") && !digitBefore(low, i) && !letterAt(low, i+1) && i > 5 {
				return low[:i], low[i+1:], true
			}
		}
	}
	return "", "", false
}

func digitBefore(s string, i int) bool { return i > 0 && s[i-1] >= '0' && s[i-1] <= '9' }

// onlyTimes reports whether a text says nothing but a time: digits, months,
// zones and small words.
func onlyTimes(s string) bool {
	for _, t := range tokenize(s) {
		if t.kind == wordToken && !timeWords()[t.key] {
			return false
		}
	}
	return true
}

// timeWords are the words that may stand in a time.
var timeWords = sync.OnceValue(func() map[string]bool {
	set := wordSet(`on at the of to this story article note and am pm a m p h um uhr uur vom am zum den der du le el il de del di do da em à a
		utc gmt bst cet cest est edt et pt pst pdt ist june july th st nd rd was ultima ultimo última último modifica modification last
		latest stand hr kl o alle ore las o'clock ago minutes hours vor minuten stunden geändert`)
	for _, l := range lexicons() {
		for w := range l.months {
			set[w] = true
		}
		for w := range l.weekdays {
			set[w] = true
		}
		for w := range l.relative {
			set[w] = true
		}
	}
	return set
})

// selfReference reports whether text speaks of an earlier version of itself,
// or of a change made to itself. This story, not the story: the bill's earlier
// version is news.
func selfReference(low string) bool {
	if !strings.Contains(low, "version") && !strings.Contains(low, "fassung") && !strings.Contains(low, "versi") && !strings.Contains(low, "vers") &&
		!selfCue.MatchString(low) {
		return false
	}
	for _, re := range selfPhrases {
		if re.MatchString(low) {
			return true
		}
	}
	return false
}

var selfCue = regexp.MustCompile(`this |we |editing error|diese|cet |ce |este|esta|questo|quest'|dit |deze |artyku|makale|haber|стать|本文|本报|記事|headline|caption`)

const (
	thing = `(story|article|report|piece|post|page|column|review|interview|headline|caption|video|item|dispatch|obituary|blog|live ?blog|newsletter|graphic|photo|chart|map)`
	made  = `(amended|corrected|updated|edited|changed|revised|clarified|retracted|withdrawn|modified|altered|republished)`
)

var selfPhrases = []*regexp.Regexp{
	regexp.MustCompile(`\b(earlier|previous|original|initial|first|prior|older|early|preliminary)( published| online| print)? ((news )?(version|edition|headline|caption|draft|subheading|photo caption|picture caption)s?) (of|on|for|to|in) (this|our|an? (article|story)|the (story|article) above)\b`),
	regexp.MustCompile(`\b(earlier|previous|original|initial|prior) (versions?|headline|caption|editions?)\b.{0,120}\b(incorrect|misstat|misspel|misidentif|misquot|misattrib|wrong|erroneous|inaccurate|mistaken|in error)`),
	regexp.MustCompile(`\bthis ` + thing + `('s (headline|caption))? (was|has been|has since been|is|had been) ((also|since|later|first|originally|subsequently) )?` + made + `\b`),
	regexp.MustCompile(`\bthis ` + thing + ` ((has|had) )?(originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously|misstated|misspelled|misidentified)\b`),
	regexp.MustCompile(`\bthe (headline|caption|standfirst|subheading) (of|on|to) this ` + thing + ` (was|has been)`),
	regexp.MustCompile(`\bwe (originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously) (reported|said|stated|wrote|published|gave|named|identified)\b`),
	regexp.MustCompile(`\b(because of|due to|owing to) an? (editing|production|reporting|transcription|translation|typographical) error\b`),
	regexp.MustCompile(`\b(as|than) (first|originally|initially|previously) (published|stated|reported here)\b.{0,40}\b(this|here)\b`),
	regexp.MustCompile(`\b(früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen|früherer?) (version|fassung|überschrift|meldung) (dieses|des|unseres|dieser|hieß|stand)\b`),
	regexp.MustCompile(`\bin (einer|der) (früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen) (version|fassung)\b`),
	regexp.MustCompile(`\b(dieser|diesen|diesem) (artikel|text|beitrag|bericht|kommentar)s? (wurde|haben wir|ist).{0,60}(korrigiert|aktualisiert|geändert|ergänzt|berichtigt|überarbeitet|präzisiert)`),
	regexp.MustCompile(`\b(première|précédente|ancienne) version (de (cet|ce|notre)|du présent|publiée)|version (précédente|antérieure|initiale|originale) de (cet|ce|notre)\b`),
	regexp.MustCompile(`\b(cet article|ce texte|cette dépêche|cette page) (a|ont) été (modifiée?|corrigée?|mise? à jour|actualisée?|rectifiée?|amendée?)`),
	regexp.MustCompile(`\bversión (anterior|previa|original|inicial) de (este|esta|nuestr[oa])\b|\b(primera|anterior) versión de (este|esta)\b`),
	regexp.MustCompile(`\b(este artículo|esta (nota|noticia|información|crónica)|este texto) (ha sido|fue|se ha) (corregid|actualizad|modificad|rectificad)`),
	regexp.MustCompile(`\b(precedente|prima|vecchia) versione (di questo|dell'articolo|di quest)|versione (precedente|originale|iniziale) di quest`),
	regexp.MustCompile(`\b(questo articolo|questo testo|questa notizia) è stat[oa] (corrett|aggiornat|modificat|rettificat)`),
	regexp.MustCompile(`\bversão (anterior|prévia|original|inicial) (deste|desta|dest[ea])\b|\bprimeira versão dest[ea]\b`),
	regexp.MustCompile(`\b(este (artigo|texto)|esta (reportagem|matéria|notícia)) (foi|tinha sido) (corrigid|atualizad|alterad|modificad)`),
	regexp.MustCompile(`\b(eerdere|vorige|oorspronkelijke|oudere) (versie|kop) (van|boven) (dit|deze|ons)\b|\bin een eerdere versie\b`),
	regexp.MustCompile(`\b(dit (artikel|bericht|stuk|verhaal)|deze (tekst|pagina)) is .{0,40}(aangepast|gecorrigeerd|bijgewerkt|gewijzigd|aangevuld|verbeterd)`),
	regexp.MustCompile(`(wcześniejszej|poprzedniej|pierwotnej) wersji (tego|artykułu|tekstu)|(ten artykuł|tekst) został (poprawion|zaktualizowan|zmienion)`),
	regexp.MustCompile(`(bu (haberin|makalenin|yazının)) (önceki|ilk|eski)|bu (haber|makale|yazı).{0,40}(güncellen|düzeltil)`),
	regexp.MustCompile(`(предыдущей|первоначальной|ранней|прежней) версии (этой|этого|статьи|материала)|(эта статья|этот текст|материал) (был|была) (исправлен|обновл[её]н|изменен|дополнен)`),
	regexp.MustCompile(`本文(早前|早先|先前|此前|较早|之前)?(的)?(版本|曾)|(此前|早前|先前)版本|本(报道|文章|新闻)(已|经)(更正|更新|修改)`),
	regexp.MustCompile(`(この|本)記事(の以前|は、?(一部)?(修正|訂正|更新))|以前の(版|バージョン)|(当初|初出時).{0,30}(訂正|誤り)`),
}

// stampLabels open a line that shows the time of an update.
var stampLabels = []string{"last updated", "last modified", "updated", "update", "published", "first published", "posted", "zuletzt aktualisiert", "aktualisiert", "stand",
	"veröffentlicht", "mis à jour", "mise à jour", "publié", "actualizado", "última actualización", "publicado", "aggiornato", "ultimo aggiornamento", "pubblicato",
	"atualizado", "última atualização", "bijgewerkt", "laatst bijgewerkt", "laatste update", "gepubliceerd", "更新", "обновлено"}

// isStamp reports whether text is a label with nothing but a time after it.
func isStamp(text string) bool {
	const longest = 90 // bytes
	if len(text) > longest || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	low := strings.TrimLeft(fold(text), " *[(")
	for _, l := range stampLabels {
		if rest, is := strings.CutPrefix(low, l); is && !letterAt(rest, 0) && onlyTimes(rest) {
			return true
		}
	}
	return false
}

// stampMove reports whether p is a line of the body that shows the time of an
// update, and from what to what it moved.
func stampMove(p pair) (from, to string, ok bool) {
	if kindOfPair(p) != FieldBody {
		return "", "", false
	}
	if p.old != nil {
		if from = p.old.text; !isStamp(from) {
			return "", "", false
		}
	}
	if p.new != nil {
		if to = p.new.text; !isStamp(to) {
			return "", "", false
		}
	}
	return from, to, true
}
