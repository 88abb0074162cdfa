package article

import (
	"regexp"
	"strings"

	"stet/watcher/note"
)

// noteLabels open a publisher's own words on an edit, before a colon or the
// like: of corrections, clarifications, retractions, editors' notes and
// updates, in the languages of Europe and, more sparsely, of Asia.
var noteLabels = phrases(
	"correction", "corrections", "corrections and clarifications", "correction and clarification", "clarification", "clarifications", "retraction", "retracted", "withdrawn", "erratum", "errata", "corrected", "amended", "clarified",
	"editor's note", "editors' note", "editors note", "ed. note", "editorial note", "publisher's note", "note to readers", "note from the editor", "note from the editors", "a note to readers", "a note to our readers", "for the record", "addendum", "apology", "update", "updates", "updated",
	"korrektur", "korrekturhinweis", "korrigiert", "berichtigung", "richtigstellung", "klarstellung", "präzisierung", "rücknahme", "widerruf", "anmerkung der redaktion", "anmerkung", "anm. d. red", "anm. d.red", "hinweis der redaktion", "redaktioneller hinweis", "in eigener sache", "transparenzhinweis", "aktualisierung", "aktualisiert", "ergänzung", "nachtrag",
	"rectificatif", "correctif", "précision", "mise au point", "rectification", "rétractation", "retrait", "note de la rédaction", "ndlr", "n.d.l.r", "mise à jour", "mis à jour", "actualisation", "modification",
	"corrección", "rectificación", "fe de erratas", "fe de errata", "fe de errores", "aclaración", "retractación", "nota de la redacción", "nota de redacción", "nota del editor", "nota aclaratoria", "actualización", "actualizado", "actualizada", "precisión",
	"correzione", "rettifica", "errata corrige", "precisazione", "chiarimento", "ritrattazione", "nota della redazione", "ndr", "aggiornamento", "aggiornato",
	"correção", "retificação", "erramos", "esclarecimento", "retratação", "nota da redação", "nota do editor", "atualização", "atualizado", "atualizada",
	"correctie", "rectificatie", "verduidelijking", "intrekking", "noot van de redactie", "noot redactie", "naschrift", "aanvulling", "bijgewerkt", "verbetering",
	"sprostowanie", "korekta", "wyjaśnienie", "od redakcji", "aktualizacja", "oprava", "upřesnění", "poznámka redakce", "aktualizace", "rättelse", "förtydligande", "uppdatering", "rettelse", "presisering", "oppdatering", "opdatering", "oikaisu", "helyesbítés", "erată",
	"düzeltme", "açıklama", "editörün notu", "güncelleme", "διόρθωση", "διευκρίνιση", "σημείωση της σύνταξης", "ενημέρωση",
	"исправление", "уточнение", "поправка", "опровержение", "обновление", "обновлено", "от редакции", "примечание редакции", "виправлення", "уточнення", "від редакції", "оновлено",
	"更正", "更正启事", "更正说明", "更正啟事", "勘误", "澄清", "撤稿", "编者注", "编者註", "编者按", "更新", "訂正", "お詫びと訂正", "おことわり", "編集部注", "追記", "撤回", "정정", "바로잡습니다", "편집자 주", "업데이트",
	"תיקון", "הבהרה", "הערת המערכת", "עדכון", "تصحيح", "تصويب", "توضيح", "تحديث", "تصحیح", "اصلاحیه",
)

// labelEnd finds what ends a note's label: a mark, perhaps behind words that
// say what it is appended to, or when.
var labelEnd = regexp.MustCompile(`^(?: (?:appended|note|notice|de la rédaction|der redaktion))?(?: ?[(\[（][^)\]）]{1,60}[)\]）]|[,.]? ?[^:：]{0,30}\d[^:：]{0,24})? ?(?:[:：–—|(（\]]|[.,] |- )`)

// noteSentences are how a text speaks of an edit of itself, within its first
// words.
var noteSentences = regexp.MustCompile(`^[^\pL\pN]*(?:\S+ ){0,12}?(?:` + strings.Join([]string{
	`(?:earlier|previous|original|initial|prior|first) (?:versions?|editions?) of (?:this|our|the (?:article|story|post|report|piece|item|column|headline|caption|page|photo))\b`,
	`(?:earlier|previous|original|initial|prior) (?:versions?|editions?|headlines?) (?:gave|said|stated|misstated|misspelled|incorrectly|wrongly|mistakenly|reported|misreported|identified|misidentified|attributed|misattributed|listed|described|contained|omitted|included|had)\b`,
	`(?:this|our) (?:article|story|post|piece|report|column|page|headline|essay|review|item|caption)(?: ha[sd])?(?: been)? (?:was |were |is )?(?:since )?(?:been )?(?:corrected|amended|updated|clarified|edited|revised|changed|retracted|withdrawn|removed|modified)\b`,
	`the (?:article|story|post|report|headline) (?:has been|was) (?:corrected|amended|updated|clarified|revised|retracted|withdrawn)\b`,
	`a(?:n earlier| previous| prior)? (?:caption|headline|photo caption|chart|graphic|map) (?:in|with|on|for) (?:an earlier|a previous|this)`,
	`we (?:have |are |hereby )?(?:corrected|updated|amended|clarified|retract|retracted|retracting|withdraw|withdrawn|withdrawing|removed) (?:\S+ ){0,4}?(?:of |in |from )?(?:this|the|our) (?:article|story|post|piece|report|column|page|headline|item|caption|text)`,
	`(?:story|article|report|post|page) (?:\S+ ){0,5}?(?:has|have) been (?:updated|corrected|amended)\b`,
	`(?:due to|because of) an editing error|we regret the error`,
	`(?:früheren|ersten|ursprünglichen|frühere|vorherigen|vorherige|älteren|ersten) (?:version|fassung|ausgabe)(?: (?:dieses|des|unseres|dieser) |,? (?:hieß|hatten|haben|war|stand|wurde))`,
	`(?:dieser|diesen|der) (?:artikel|text|beitrag|bericht)[^.]{0,60}(?:korrigiert|aktualisiert|ergänzt|geändert|berichtigt|überarbeitet|zurückgezogen)`, `diese meldung[^.]{0,60}(?:korrigiert|aktualisiert|ergänzt|geändert|berichtigt|zurückgezogen)`,
	`wir haben (?:den|diesen|die|das|diese|im) (?:\S+ ){1,8}(?:korrigiert|berichtigt|geändert|angepasst|zurückgezogen)`, `wir ziehen diesen?`,
	`(?:version (?:précédente|antérieure|initiale)|(?:première|précédente) version) (?:de (?:cet|notre)|du|indiquait|affirmait|mentionnait)`, `contrairement à ce que nous`, `cet article[^.]{0,30} (?:corrigé|modifié|mis à jour|actualisé|rectifié|retiré|complété)`, `nous retirons`,
	`versión (?:anterior|previa) de (?:est|la|el)`, `(?:esta (?:noticia|nota|información)|este (?:artículo|texto|reportaje))[^.]{0,30} (?:corregid|actualizad|modificad|retirad|rectificad)`, `retiramos est`,
	`versione precedente di (?:quest|ques)`, `(?:questo articolo|questo testo|l'articolo)[^.]{0,30} (?:corrett|aggiornat|modificat|ritirat)`, `ritiriamo quest`,
	`versão anterior d(?:est|o|a)`, `(?:este (?:artigo|texto)|esta (?:reportagem|matéria|notícia))[^.]{0,30} (?:corrigid|atualizad|alterad|retirad)`, `retiramos est`,
	`eerdere versie van (?:dit|deze)`, `(?:dit|deze) (?:artikel|bericht|stuk|tekst)[^.]{0,30} (?:aangepast|gecorrigeerd|bijgewerkt|aangevuld|ingetrokken|gewijzigd)`,
	`w (?:pierwszej|poprzedniej|wcześniejszej) wersji (?:tekstu|artykułu)`, `v (?:první|původní|předchozí) verzi (?:textu|článku)`,
	`в (?:первой|первоначальной|предыдущей) версии (?:текста|статьи|материала)`, `[ув] (?:першій|попередній) версії (?:тексту|статті|матеріалу)`, `σε (?:προηγούμενη|αρχική) (?:εκδοχή|έκδοση)`,
}, "|") + `)`)

// correctsLine finds the lines that agencies put over a story: "CORRECTS
// spelling in third paragraph".
var correctsLine = regexp.MustCompile(`^[^\pL\pN]*(?:CORRECTS|UPDATES|RETRANSMITS|Corrects|Updates) \pL`)

// The bounds of a note: in words, and how many bytes of it tell one.
const (
	leastNote = 4
	mostNote  = 200
	tellsNote = 220
)

// isNote reports whether a block is the publisher's own words on an edit.
func isNote(b *block) bool {
	if b.words < leastNote || b.words > mostNote || b.linkShare() > 0.6 {
		return false
	}
	text := b.text[:min(len(b.text), tellsNote)]
	s := strings.TrimLeft(fold(text), " *[(-–—+#•►▶|\"“«【［■◆")
	if end := noteLabels.end(s); end > 0 && labelEnd.MatchString(s[end:]) {
		return !isDateline(b) // else a stamp
	}
	if updatedTo.MatchString(s) || correctsLine.MatchString(text) {
		return true
	}
	return noteCues.in(s) && (noteSentences.MatchString(s) || note.KindOf(b.text, false) != "")
}

// updatedTo finds the lines that say what an update brought: "Updated at 9.12 to
// include a comment".
var updatedTo = regexp.MustCompile(`^updated?\b.{0,30}? (?:to (?:include|add|reflect|correct|clarify|note|remove)|with (?:quotes|comments?|details|new|more|the|a|an|additional|reaction)) `)

// isNoteLabel reports whether a short block is a note's label alone, above the
// note.
func isNoteLabel(b *block) bool {
	if b.words > 4 || b.links > 0 {
		return false
	}
	s := strings.TrimRight(fold(b.text), " :.")
	return s != "" && noteLabels.holds(s)
}

// noteCues are the words of which one stands in each of the noteSentences.
var noteCues = phrases("version", "versions", "edition", "editions", "headline", "headlines", "article", "story", "post", "piece", "report", "column", "page", "essay", "review", "item", "caption", "editing error", "regret the error",
	"fassung", "ausgabe", "artikel", "text", "beitrag", "bericht", "meldung", "wir haben", "wir ziehen", "contrairement", "nous retirons", "versión", "noticia", "nota", "información", "artículo", "texto", "reportaje", "retiramos",
	"versione", "articolo", "testo", "l'articolo", "ritiriamo", "versão", "artigo", "reportagem", "matéria", "notícia", "versie", "stuk", "tekst", "wersji", "verzi", "версии", "версії", "εκδοχή", "έκδοση")
