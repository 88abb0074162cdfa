package compare

import "regexp"

// What notes say, in the form that fold gives, in twelve languages: English,
// German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish,
// Russian, Chinese and Japanese.

// A label opens a note of one kind.
type label struct {
	kind  string
	words []string
}

// labels are the openings of notes in twelve languages, as fold gives them.
var labels = []label{
	{NoteCorrection, []string{"corrections", "correction", "corrected", "for the record", "amendment", "apology", "erratum", "errata corrige", "errata", "korrektur", "berichtigung", "richtigstellung", "korrigiert",
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

// The stems of words by which a note without a telling label is of a kind.
// Some have a space before them, so as not to be found inside others.
var (
	policyWords = []string{"corrections policy", "correction policy", "corrections page", "report an error", "send corrections", "we correct ", "we strive", "spotted an error",
		"spotted a mistake", "contact the editor", "see an error", "if you believe"}
	retractedWords = []string{"retracted", "retraction", "retirado", "retiré", "отозван", "this story has been withdrawn", "this article has been withdrawn", "widerrufen", "zurückgezogen",
		"rétracté", "retractado", "ritirato", "retratado", "ingetrokken"}
	erredWords = []string{" to correct ", " incorrect", " wrong", "misstat", "misspel", "misidentif", "misquot", "misattribut", "misreport", "mistake", "erroneous", " in error",
		" error", "corrected", "correction", "inaccura", "fälschlich", "falsch", "irrtümlich", "fehler", "korrigiert", "berichtig", "erreur", "erroné", " corrigé",
		"erróne", "corregi", "errore", "erronea", " corrett", " erro ", "errado", "corrigid", " fout", "abusievelijk", "onjuist", "gecorrigeerd",
		"ten onrechte", "błędn", "błąd", "popraw", "yanlış", "düzelt", "ошиб", "исправл", "错误", "有误", "更正", "誤り", "訂正"}
	clarifiedWords = []string{"clarif", "make clear", "makes clear", "klargestellt", "präzisiert", "précisé", "aclara", "chiari", "precisat", "esclarec", "verduidelijk", "unclear", "implied",
		"wyjaśni", "уточн", "澄清", "補足"}
	updatedWords = []string{"update", "aktualisiert", "ergänzt", "mis à jour", "mise à jour", "actualis", "actualizad", "aggiornat", "atualizad", "bijgewerkt", "aangevuld",
		"zaktualizowan", "güncellen", "обновл", "дополнен", "更新", "追記", "to include", "to add"}
)

const (
	thing = `(story|article|report|piece|post|page|column|review|interview|headline|caption|video|item|dispatch|obituary|blog|live ?blog|newsletter|graphic|photo|chart|map|explainer|analysis)`
	made  = `(amended|corrected|updated|edited|changed|revised|clarified|retracted|withdrawn|modified|altered|republished)`
	wrong = `(incorrect|misstat|misspel|misidentif|misquot|misattrib|wrong|erroneous|inaccura|mistaken|in error|said|stated|gave|named|described|omitted)`
)

// A phrase is how a text speaks of itself. Its expression is tried only where
// one of the cues stands.
type phrase struct {
	kind string // of a note that no other word tells; or ""
	cues []string
	re   *regexp.Regexp
}

var selfPhrases = []phrase{
	{NoteCorrection, []string{"we "}, regexp.MustCompile(`\bwe (have |'ve )?(now |since )?corrected (this|our) ` + thing + `\b`)},
	{NoteClarification, []string{"we "}, regexp.MustCompile(`\bwe (have |'ve )?(now |since )?clarified (in )?(this|our) ` + thing + `\b`)},
	{NoteCorrection, []string{"since"}, regexp.MustCompile(`^\W*(the|this|our) ` + thing + ` has (since )?been (corrected|amended) since (it was )?(first )?(publi|posted)`)},
	{NoteCorrection, []string{"wir haben"}, regexp.MustCompile(`\bwir haben .{0,60}(diesem|diesen|dieser) (artikel|text|beitrag|bericht|meldung).{0,60}(korrigiert|berichtigt|richtiggestellt)`)},
	{NoteCorrection, []string{"version", "edition", "headline", "caption", "draft"}, regexp.MustCompile(
		`\b(earlier|previous|original|initial|first|prior|older|early|preliminary)( published| online| print)? ((news )?(version|edition|headline|draft|subheading|photo caption|picture caption|caption)s?) (of|on|for|to|in|accompanying) (this|our)\b`)},
	{NoteCorrection, []string{"version", "edition", "headline", "caption"}, regexp.MustCompile(
		`^\W*(an|the|a|in an) (earlier|previous|original|initial|prior) (versions?|headline|caption|edition)( of (the|this) ` + thing + `)?,? (it |we |had |has )?(incorrectly |wrongly |mistakenly )?` + wrong)},
	{"", []string{"this "}, regexp.MustCompile(
		`\bthis ` + thing + `(['’]s (headline|caption|text))? (was|has been|has since been|is|had been) ((also|since|later|first|originally|subsequently) )?` + made + `\b`)},
	{NoteCorrection, []string{"this "}, regexp.MustCompile(
		`\bthis ` + thing + ` ((has|had) )?((at )?first (said|stated|reported|named|gave|described|quoted|referred)|originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously|misstated|misspelled|misspelt|misidentified|misquoted)\b`)},
	{"", []string{" of this ", " on this ", " to this "}, regexp.MustCompile(`\bthe (headline|caption|standfirst|subheading) (of|on|to) this ` + thing + ` (was|has been)`)},
	{NoteCorrection, []string{"we "}, regexp.MustCompile(
		`\bwe (originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously) (reported|said|stated|wrote|published|gave|named|identified)\b`)},
	{NoteCorrection, []string{" error"}, regexp.MustCompile(`\b(because of|due to|owing to|as a result of) an? (editing|production|reporting|transcription|translation|typographical) error\b|^\W*an? (editing|production|transcription) error (meant|led|caused|introduced|resulted)\b`)},
	{NoteCorrection, []string{"version", "fassung", "überschrift", "meldung"}, regexp.MustCompile(
		`(früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen|frühere|ursprüngliche) (version|fassung|überschrift|meldung) (dieses|dieser|unseres|des (artikels|textes|beitrags))`)},
	{NoteCorrection, []string{"in einer ", "in der "}, regexp.MustCompile(`\bin (einer|der) (früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen) (version|fassung) (dieses|dieser|hieß|stand|hatten|wurde|war)`)},
	{"", []string{"dieser ", "diesen ", "diesem "}, regexp.MustCompile(
		`\b(dieser|diesen|diesem) (artikel|text|beitrag|bericht|kommentar)s? (wurde|haben wir|ist|am|nachträglich).{0,60}(korrigiert|aktualisiert|geändert|ergänzt|berichtigt|überarbeitet|präzisiert|zurückgezogen)`)},
	{NoteCorrection, []string{"version "}, regexp.MustCompile(
		`\b(première|précédente|ancienne) version (de (cet|ce|notre)|du présent|publiée)|version (précédente|antérieure|initiale|originale) de (cet|ce|notre)`)},
	{"", []string{"cet ", "ce ", "cette "}, regexp.MustCompile(
		`\b(cet article|ce texte|cette dépêche|cette page) (a|ont) été (modifié|corrigé|mis|actualisé|rectifié|amendé|complété|rétracté|retiré)`)},
	{NoteCorrection, []string{"versión "}, regexp.MustCompile(
		`\bversión (anterior|previa|original|inicial) de (este|esta|nuestr[oa])\b|\b(primera|anterior) versión de (este|esta)\b`)},
	{"", []string{"este ", "esta "}, regexp.MustCompile(
		`\b(este (artículo|texto)|esta (nota|noticia|información|crónica)) (ha sido|fue|se ha) (corregid|actualizad|modificad|rectificad|retirad|retractad)`)},
	{NoteCorrection, []string{"versione"}, regexp.MustCompile(`\b(precedente|prima|vecchia) versione (di questo|dell'articolo|di quest)|versione (precedente|originale|iniziale) di quest`)},
	{"", []string{"questo ", "questa "}, regexp.MustCompile(
		`\b(questo articolo|questo testo|questa notizia) è stat[oa] (corrett|aggiornat|modificat|rettificat|ritirat)`)},
	{NoteCorrection, []string{"versão "}, regexp.MustCompile(`\bversão (anterior|prévia|original|inicial) (deste|desta|dest[ea])\b|\bprimeira versão dest[ea]\b`)},
	{"", []string{"este ", "esta "}, regexp.MustCompile(
		`\b(este (artigo|texto)|esta (reportagem|matéria|notícia)) (foi|tinha sido) (corrigid|atualizad|alterad|modificad|retirad)`)},
	{NoteCorrection, []string{"versie", "kop "}, regexp.MustCompile(`\b(eerdere|vorige|oorspronkelijke|oudere) (versie|kop) (van|boven) (dit|deze|ons)\b|\bin een eerdere versie (stond|van dit|werd)\b`)},
	{"", []string{"dit ", "deze "}, regexp.MustCompile(
		`\b(dit (artikel|bericht|stuk|verhaal)|deze (tekst|pagina)) is .{0,40}(aangepast|gecorrigeerd|bijgewerkt|gewijzigd|aangevuld|verbeterd|ingetrokken)`)},
	{NoteCorrection, []string{"wersji", "został"}, regexp.MustCompile(`(wcześniejszej|poprzedniej|pierwotnej) wersji (tego|artykułu|tekstu)|(ten artykuł|tekst) został (poprawion|zaktualizowan|zmienion)`)},
	{NoteCorrection, []string{"bu "}, regexp.MustCompile(`(bu (haberin|makalenin|yazının)) (önceki|ilk|eski)|bu (haber|makale|yazı).{0,40}(güncellen|düzeltil)`)},
	{NoteCorrection, []string{"версии", "стать", "текст", "материал"}, regexp.MustCompile(
		`(предыдущей|первоначальной|ранней|прежней) версии (этой|этого|статьи|материала)|(эта статья|этот текст|материал) (был|была) (исправлен|обновл[её]н|изменен|дополнен)`)},
	{NoteCorrection, []string{"本文", "版本", "本报", "本新"}, regexp.MustCompile(`本文(早前|早先|先前|此前|较早|之前)?(的)?(版本|曾)|(此前|早前|先前)版本|本(报道|文章|新闻)(已|经)(更正|更新|修改)`)},
	{NoteCorrection, []string{"記事", "以前の", "当初", "初出"}, regexp.MustCompile(`(この|本)記事(の以前|は、?(一部)?(修正|訂正|更新))|以前の(版|バージョン)|(当初|初出時).{0,30}(訂正|誤り)`)},
}

// stampLabels open a line that shows the time of an update.
var stampLabels = []string{"last updated", "last modified", "updated", "update", "published", "first published", "posted", "zuletzt aktualisiert", "aktualisiert", "stand",
	"veröffentlicht", "mis à jour", "mise à jour", "publié", "actualizado", "última actualización", "publicado", "aggiornato", "ultimo aggiornamento", "pubblicato",
	"atualizado", "última atualização", "bijgewerkt", "laatst bijgewerkt", "laatste update", "gepubliceerd", "更新", "обновлено"}
