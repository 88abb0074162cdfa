package note

import (
	"regexp"
	"strings"
)

// What notes say, in the form that fold gives, in twelve languages: English,
// German, French, Spanish, Italian, Portuguese, Dutch, Polish, Turkish,
// Russian, Chinese and Japanese.

// An opening is a word that opens notes of one kind.
type opening struct {
	kind  string
	words []string
}

// labels are the openings of notes in twelve languages, as fold gives them.
var labels = []opening{
	{Correction, []string{"editor's correction", "rectificación y retirada", "corrections", "correction", "corrected", "updates & corrections", "updates and corrections", "correction appended", "story correction", "clarification and correction", "corrections and clarifications", "cx", "edit", "korrekturhinweis", "erramos", "errámos", "verbetering", "oprava", "rättelse", "更正启事", "更正啟事", "勘誤", "for the record", "amendment", "apology", "erratum", "errata corrige", "errata", "korrektur", "berichtigung", "richtigstellung", "korrigiert",
		"correctif", "rectificatif", "corrección", "rectificación", "fe de errores", "fe de erratas", "correzione", "düzeltme ve özür", "rettifica", "correção", "retificação",
		"correctie", "rectificatie", "sprostowanie", "korekta", "düzeltme", "исправление", "поправка", "更正", "勘误", "訂正", "お詫びと訂正"}},
	{Clarification, []string{"clarifications", "clarification", "klarstellung", "präzisierung", "précision", "mise au point", "aclaración", "precisazione", "chiarimento",
		"esclarecimento", "verduidelijking", "wyjaśnienie", "açıklama", "уточнение", "разъяснение", "澄清", "補足"}},
	{Retraction, []string{"retraction", "retracted", "withdrawn", "kill", "rücknahme", "retrait", "rétractation", "widerruf", "rétractation", "retractación", "ritrattazione", "retratação", "intrekking", "撤稿"}},
	{Editors, []string{"editor's note", "ed. note", "publisher's note", "a note to readers", "redaktioneller hinweis", "nota de redacción", "编者注", "编者註", "編者註", "おことわり", "editors' note", "editors note", "editorial note", "note to readers", "note from the editor", "anmerkung der redaktion",
		"hinweis der redaktion", "anm. d. red", "in eigener sache", "note de la rédaction", "ndlr", "nota de la redacción", "nota del editor", "nota della redazione",
		"ndr", "nota da redação", "nota do editor", "noot van de redactie", "noot redactie", "od redakcji", "editörün notu", "от редакции", "примечание редакции",
		"编者按", "编辑按", "編集部注", "transparenzhinweis", "hinweis"}},
	{Update, []string{"updated", "addendum", "ergänzung", "nachtrag", "actualisation", "aanvulling", "naschrift van de redactie", "naschrift", "mis à jour", "actualizada", "atualizada", "update", "aktualisierung", "aktualisiert", "mise à jour", "actualización", "actualizado", "aggiornamento", "aggiornato",
		"atualização", "atualizado", "bijgewerkt", "aktualizacja", "güncelleme", "обновление", "обновлено", "更新", "追記"}},
}

// The words by which a note without a telling label is of a kind, looked for in
// padded text.
var (
	retractedWords = []string{" pulled this ", " unpublished", " no longer stand by", " dépublié", " niet langer online", " annullare la", " anula la ", " has been deleted", " been deleted following", " retracted ", " retraction", " retiré ", " withdrawn ", " withdrawing ", " withdraws ", " taken down ", " kill the ", " widerrufen", " zurückgezogen", " rétracté", " annule sa ",
		" retractad", " ha retirado ", " ritirat", " è stato rimosso", " retratad", " retirada do ar", " anula a ", " ingetrokken", " yayından kaldırıl", " отозван", " аннулирован", "撤回", "撤稿", "撤下", "取り消"}
	erredWords = []string{" mistakenly", " overstated", " understated", " was quoted as saying", " verkeerd", "写错", " fix the ", " transposed", " mixed up", " referred incorrectly", " scambiato", " avevamo attribuito", " mistranslat", " refiled", " to correct ", " correct the ", " incorrect", " wrong", " misstat", " misspel", " misidentif", " misquot", " misattribut", " misreport", " mistake", " erroneous", " in error ",
		" an error ", " editing error", " the error ", " errors ", " corrected ", " correction", " inaccura", " fixed ", " swapped ", " set the record straight", " not as ", " not six ", "fälschlich", " falsch", " irrtümlich",
		" fehler", " korrigiert", " berichtig", " ausgebessert", " richtiggestellt", " richtig ist", " ursprünglich hatten", " statt ", " erreur", " erroné", " corrigé", " rectifié", " à tort",
		" erróne", " corregi", " por error", " un error ", " rectificad", " errore", " erronea", " erronat", " corrett", " rettificat", " erro ", " erros ", " erramos", " errado", " corrigid", " por lapso",
		" fout ", " fouten ", " foutief", " abusievelijk", " onjuist", " gecorrigeerd", " hersteld ", " ten onrechte", " dat moet ", " błędn", " błąd", " popraw", " sprost", " pomył", " yanlış", " düzelt",
		" ошиб", " исправл", " опечатк", " неверн", "错误", "有误", "更正", "误", "誤", "訂正", "正しくは"}
	clarifiedWords = []string{" clearer that", " impression that", " may have given the impression", " make that plain", " make plain", " for clarity", " glad to make clear", " afin de préciser", " deutlich zu machen", " clarif", " make clear", " makes clear", " made clear", " made plain", " clearer", " made it clear", " point out that", " more context", " klargestellt", " klarstell", " präzisier", " deutlich", " précisé", " préciser",
		" clarifi", " aclara", " matizad", " dejar claro", " chiari", " precisat", " precisare", " esclarec", " deixar claro", " verduidelijk", " unclear", " implied", " misleading", " wyjaśni", " doprecyz", " açıklığa", " netleş", " уточн",
		" разъясн", "澄清", "补充说明", "補足", "誤解", "分かるよう"}
	updatedWords = []string{" update", " adds ", " added ", " to include ", " to add ", " to reflect ", " new since ", " aktualisiert", " ergänzt", " nachgetragen", " mis à jour", " mise à jour", " mises à jour", " actualis", " ajout", " complété", " actualizad",
		" actualizó", " añad", " incorpor", " aggiornat", " aggiunt", " integrat", " atualizad", " acrescent", " incluir ", " bijgewerkt", " aangevuld", " toegevoegd", " zaktualizowan", " uzupełni", " dodaliśmy", " dodan", " zamieszczamy",
		" güncellen", " eklen", " обновл", " дополн", " добавл", "更新", "加入", "补充", "補充", "追記", "加筆"}
	// policyWords are of lines that stand under every story.
	policyWords = []string{" spot an error", " spot a mistake", " write to corrections", " errors to ", " corrections policy", " correction policy", " corrections page", " report an error", " send corrections", " we correct ", " we strive", " spotted an error", " spotted a mistake",
		" contact the editor", " see an error", " see something that", " if you believe", " found an error", " found a mistake", " notice an error", " fehler gefunden", " fehler entdeckt", " visto un error", " encontrado un error", " encontrou um erro",
		" trovato un errore", " une erreur dans cet article signalez", " zie je een fout", " fout gezien", " fout gevonden", " znalazłeś błąd", " нашли ошибку", " hata mı", " signaler une erreur"}
)

// partWords are the story, and what it has parts of, where they are spoken of
// at the start of a note.
var partWords = []string{" a line ", " a version of ", " the column ", " comments by ", " the profile ", " the recipe ", " the passage ", " a passage ", " story updated ", " article mis ", " article modifi", " die passage ", " the print ", " the quote", " nella didascalia ", " the obituary ", " the review ", " the transcript ", " the article ", " the story ", " the post ", " the piece ", " the headline ", " the caption ", " the photo ", " photo caption ", " the image ", " the picture ", " the subheading ", " the standfirst ", " the graphic ", " the chart ",
	" the map ", " the video ", " the audio ", " the interview ", " the report ", " a headline ", " a caption ", " a photo ", " a sentence ", " a paragraph ", " a quote ", " a quotation ", " a chart ", " a graphic ", " a map ", " an article ", " a story ", " an alert ", " a tweet ",
	" one sentence ", " some versions ", " print version", " print edition", " in the podcast ", " the podcast ", " the text ", " the name of ", " story correction",
	" der artikel ", " der text ", " der beitrag ", " die überschrift ", " die bildunterschrift ", " das foto ", " die meldung ", " der titel ", " die grafik ", " ein absatz ", " einen absatz ", " eine passage ",
	" l'article ", " le titre ", " la légende ", " la photo ", " le texte ", " un paragraphe ", " el artículo ", " el titular ", " el título ", " el texto ", " la foto ", " el pie de foto ", " un párrafo ", " la noticia ",
	" l'articolo ", " il titolo ", " la didascalia ", " la foto ", " il testo ", " o texto ", " texto ", " o título ", " a legenda ", " a foto ", " a reportagem ", " a matéria ", " a versão impressa", " het artikel ", " de kop ", " het bericht ", " de foto ", " het bijschrift ",
	" in het interview ", " de tekst ", " do tekstu ", " tekst ", " artykuł ", " tytuł ", " haberin ", " haber ", " başlık ", " статья ", " текст ", " заголовок ", " новость ", "标题", "第三段", "第二段", "第一段", "记事", "記事", "見出し", "文章"}

// outOfIt are the words by which something was taken out of the story, and not
// the story itself out of the paper.
var outOfIt = []string{" from this ", " from the article", " from the story", " aus dem ", " aus diesem", " de este ", " de esta ", " de cet", " deste ", " desta ", " da quest", " uit dit ", " z tego ", " из этого"}

// articleOfLaw takes away the articles of laws and treaties.
var articleOfLaw = strings.NewReplacer(" this article of the ", " ", " cet article du code", " ", " cet article de la ", " ", " dieser artikel des ", " ", " dieser artikel der ", " ", " este artículo de la ", " ", " este artículo del ", " ",
	" este artigo da ", " ", " questo articolo della ", " ", " questo articolo del ", " ", " dit artikel van de ", " ", " this headline of ", " ")

// evidenceWords are the words of each sort of evidence, looked for in padded
// text.
var evidenceWords = []struct {
	sort  evidence
	words []string
}{
	{itself, []string{" diesen bericht", " dieser bericht", " diesem bericht", " материал обновл", " bajo este enlace", " this version of ", " this march ", " in dit bericht", " in dit artikel", " in questo articolo", " yazımızda", " yazımızın", " haberimizde", " la nota original", " la nota sobre", " материал дополнен", " материал исправлен", "此文", "本稿", " the figure has been put right", " the quotation has been", " monday's story", " monday's article", " monday's edition", " monday's report", " monday's paper", " monday's print", " tuesday's story", " tuesday's article", " tuesday's edition", " tuesday's report", " tuesday's paper", " tuesday's print", " wednesday's story", " wednesday's article", " wednesday's edition", " wednesday's report", " wednesday's paper", " wednesday's print", " thursday's story", " thursday's article", " thursday's edition", " thursday's report", " thursday's paper", " thursday's print", " friday's story", " friday's article", " friday's edition", " friday's report", " friday's paper", " friday's print", " saturday's story", " saturday's article", " saturday's edition", " saturday's report", " saturday's paper", " saturday's print", " sunday's story", " sunday's article", " sunday's edition", " sunday's report", " sunday's paper", " sunday's print", " yesterday's story", " yesterday's article", " yesterday's edition", " yesterday's report", " yesterday's paper", " yesterday's print", " our article of", " our article on", " our report of", " our report on", " issue's ", " esta historia", " articolo aggiornato", " l'articolo pubblicato", " notícia corrigida", " notícia atualizada", " esta publicação", " a notícia publicada", " эту публикацию", " эта публикация", " эту статью", " этот текст", " haberimizi", " bu haberi", " un article paru", " notre site", " de nuestra web", " from our website", " from our site", " onze site", " story has been refiled", " this profile", " this recipe", " this interview", " this transcript was", " the recipe has been", " story updated", " article mis à jour", " article modifié", " article corrigé", " article actualisé", " artículo actualizado", " texto atualizado", " reportagem atualizada", " artikel bijgewerkt", " dit verhaal", " ce passage", " cette vidéo", " ce sujet", " ces lignes", " notre édition", " ieri sul giornale", " that appeared here", " at this address", " die passage ", " in diesem absatz", " sul giornale di", " nella didascalia", " nella versione", " 記事末尾", " 第3段落", "末尾に", "段落の", " this article", " this story", " this post", " this piece", " this column", " this report ", " this review", " this page", " this headline", " this interview ", " this video", " this podcast", " this obituary", " this blog", " this item",
		" this newsletter", " this graphic", " this analysis", " this dispatch", " our article", " our story", " our report ", " our review", " our obituary", " our headline", " our coverage of", " linking to this",
		" dieser artikel", " dieses artikels", " diesem artikel", " diesen artikel", " dieser text", " dieses textes", " diesem text", " diesen text", " dieser beitrag", " dieses beitrags", " diesem beitrag", " diesen beitrag", " dieser meldung", " diese meldung",
		" dieses kommentars", " dieses berichts", " aus dem artikel", " im artikel", " im text ", " hier stand", " cet article", " ce texte", " cette dépêche", " cette page", " notre article", " notre papier", " ce papier", " nos colonnes",
		" este artículo", " este texto", " este reportaje", " esta nota ", " esta noticia", " esta información", " esta crónica", " el artículo que", " questo articolo", " questo testo", " questa notizia", " questo editoriale", " quest'articolo", " questo pezzo",
		" este artigo", " esta reportagem", " esta matéria", " esta notícia", " desta reportagem", " deste texto", " desta coluna", " neste texto", " deste artigo", " desta notícia", " dit artikel", " dit bericht", " dit stuk", " dit verhaal", " deze tekst", " stond hier",
		" ten artykuł", " tego artykułu", " tym artykule", " tego tekstu", " ten tekst", " do tekstu", " publikacji tekstu", " bu haber", " bu makale", " bu yazı", " haberimiz", " эта статья", " этой статьи", " этот текст", " этого текста", " этот материал", " наш материал",
		" выхода материала", " дополнили им текст", "本文", "本报道", "本報導", "本篇", "此篇", "该文", "文章发布后", "本新闻", "本記事", "この記事", "当記事", "記事の一部", "記事を"}},
	{changes, []string{" added a line", " have added ", " put right", " added attribution", " lisättiin", " rectified ", " verbeterd", "现已修正", "已改正", " reworded ", " clarified since", " corrigida ", " notícia corrigida", " actualizada ", " herschreven", " retitled ", " refiled ", " re uploaded ", " rewritten ", " recast ", " now includes ", " reformulé ", " dépublié ", " umformuliert", " abgeändert", " alterada ", " reescrit", " 追加しました", "更新：", "追加しました", "再送", " corrected ", " amended ", " updated ", " clarified ", " changed ", " revised ", " replaced ", " withheld ", " fixed ", " altered ", " rewritten ", " given more context", " made that plain", " now says so", " has been added", " i've added", " new since we",
		" korrigiert", " berichtigt", " geändert", " aktualisiert", " ergänzt", " angepasst", " ausgebessert", " entschärft", " überarbeitet", " präzisiert", " richtiggestellt", " ausgetauscht",
		" corrigé", " modifié", " rectifié", " mis à jour", " mise à jour", " actualisé", " complété", " précisé", " remplacé", " corregid", " modificad", " actualizad", " rectificad", " matizad", " cambiad", " hemos añadid", " sustituid",
		" corrett", " modificat", " aggiornat", " rettificat", " sostituit", " precisat", " corrigid", " atualizad", " alterad", " modificad", " substituíd", " gecorrigeerd", " aangepast", " bijgewerkt", " gewijzigd", " aangevuld", " verbeterd ", " hersteld ",
		" poprawi", " zaktualizowa", " zmieni", " dodaliśmy", " uzupełni", " zamieszczamy", " düzelt", " güncelle", " değiştiril", " eklen", " исправл", " обновл", " изменен", " изменён", " дополн", " добавл", " уточн",
		"更正", "更新", "修改", "修正", "加入", "补充", "補充", "訂正", "加筆", "改めました", "差し替え"}},
	{removes, []string{" retirar cet", " retire cet", " retiró ", " abbiamo rimosso", " retira a notícia", " kaldırdık", " отзывает", " снимает", " withdraws ", " withdraw its", " trekt dit", " pulled ", " unpublished ", " taken it off ", " cut from ", " deleted from ", " no longer stand by", " depublished", " dépublié", " niet langer online", " offline gehaald", " despublicad", " annullare la", " anula la noticia", " annule la", " removed ", " taken down ", " withdrawn ", " retracted ", " withdraw ", " deleted ", " entfernt", " zurückgezogen", " gelöscht", " retiré", " supprimé", " annule sa ", " retirado ", " retirada ", " eliminad", " suprimid", " rimoss", " ritirat",
		" removid", " excluíd", " retirad", " ingetrokken", " verwijderd", " usunę", " usunięt", " wycofa", " kaldırıl", " удал", " отозва", " аннулир", " снят с", "删去", "刪除", "删除", "撤回", "撤下", "削除", "取り消"}},
	{errs, []string{" could no longer stand behind", " no longer stand behind", " se retracta", " avevamo scritto", " nicht belegt", " era falsa", " fixes the spelling", " conversion error", " overstated", " understated", " transcription mistake", " mistakenly", " was quoted as saying", " misheard", " miscalculat", " verkeerd", " mal escrito", "写错", "伪造", "經查證", " digitally altered", " without credit", " closely resembled", " incorrect information", " reporter's error", " in fact ", " apologies ", " referred incorrectly", " did not meet", " could not be shown", " could not be verified", " could not verify", " after an investigation", " after a review", " faux ", " documento falso", " no pudo acreditar", " подделк", " doğru olmadığı", " because it ", " pending a review", " following a complaint", " referred incorrectly", " mixed up", " transposed", " mistranslat", " strike that", " oops", " mischaracteri", " without attribution", " gave an incorrect", " gives an incorrect", " misnamed", " mislabel", " omitted", " une erreur s'est glissée", " étant révélés", " incorret", " incorrett", " scambiato", " attribuito la frase", " verwechselt", " confondu", " confundi", " errónea", " un error en los datos", " verwisseld", " inesatt", " inexact", " ungenau", " impreciso", " to correct ", " to fix ", " incorrect", " wrong", " misstat", " misspel", " misidentif", " misquot", " misattribut", " misreport", " mistake", " erroneous", " in error ", " an error ", " editing error", " inaccura", " accuracy ", " sourcing ", " goofed", " swapped ", " should have said", " should have read", " should have been",
		" mis said", " fälschlich", " falsch", " irrtümlich", " fehler", " richtig ist", " statt ", " par erreur", " erreur de", " erroné", " mal orthographié", " à tort", " por error", " erróne", " un error de", " una de las fuentes no existía", " per errore", " errore", " errat",
		" infondat", " por erro", " errado", " erramos", " por lapso", " não conseguiu confirmar", " abusievelijk", " een fout van", " onjuist", " ten onrechte", " dat moet ", " verzonnen", " błędn", " omyłkow", " pomył", " yanlış", " hatalı", " teyit edilemediği",
		" ошибочно", " ошибка", " опечатк", " неверн", "错误", "有误", "误", "誤", "未能证实", "未能證實", "不十分だった"}},
	{we, []string{" hemos matizado", " our review had", " we have added", " put right above", " we wish", " we are happy", " we said ", " we wrote ", " este medio", " este periódico", " o jornal ", " okurlarımız", " читател", " nos excuses", " our readers", " the reader who", " public editor", " thanks to ", " avevamo ", " nos lecteurs", " aux lecteurs", " ai lettori", " i lettori", " a los lectores", " aos leitores", " lezers", " wederhoor", " author's request", " reader ", " grazie a chi", " we ", " we've ", " our ", " the editors ", " i've ", " wir ", " unser", " die redaktion", " leser", " nous ", " notre ", " hemos ", " nuestr", " este diario", " publicamos ", " la redacción", " readers told us", " abbiamo ", " ci scusiamo", " ce ne scusiamo", " la redazione",
		" escrevemos", " publicámos", " erramos", " o jornal não", " pedimos desculpa", " dissemos", " we're ", " wij ", " onze ", " de redactie", " podaliśmy", " napisaliśmy", " dodaliśmy", " otrzymaliśmy", " przepraszamy", " redakcja ", " gazetemiz", " dileriz", " düzeltiriz",
		" мы ", " редакция ", " приносим", "本报", "本報", "我们", "我們", "编辑部", "おわび", "お詫び", "編集部", "しました"}},
	{before, []string{" first report", " first version", " when the item first moved", " na publicatie ", " eerste versie", " at the request of", " since publication", " when he said", " when she said", " la nota original", " belirtilmişti", " aanvankelijk", "初稿", " señalaba", " we said that ", " we reported that ", " we wrote that ", " stated that ", " señaló que", " dijo que el", " in print on", " on sunday ", " on monday ", " on tuesday ", " on wednesday ", " on thursday ", " on friday ", " on saturday ", " of wednesday's", " on page ", " our first version", " that ran in", " édition de mardi", " édition du", " versione iniziale", " prima versione", " zunächst geschrieben", " sul giornale di ieri", " di pagina ", " no longer ", " originally ", " initially ", " previously ", " earlier ", " at first ", " first reported", " first said", " first posted", " first published", " first ran", " since ", " after publication", " yesterday", " previous ", " as first ", " as our ", " as published", " published on ",
		" ursprünglich", " zunächst", " zuvor ", " früher", " ersten version", " ersten fassung", " nachträglich", " nach veröffentlichung", " gestrigen ", " version initiale", " initialement", " précédente", " papier d'hier", " première version", " après publication", " publié hier",
		" inicialmente", " anterior ", " ayer ", " tras la publicación", " inizialmente", " precedente", " ieri ", " dopo la pubblicazione", " ontem ", " após a publicação", " diferentemente do que", " informava ", " eerder ", " aanvankelijk", " na publicatie", " staat dat ", " wcześniej", " pierwotn",
		" po publikacji", " dünkü", " önceki", " ilk hali", " после выхода", " после публикации", " ранее ", " первоначальн", " вчера ", "此前", "早前", "昨日", "发布后", "初出時", "当初", "公開後", "以前の", "これまで"}},
	{contrasts, []string{" the wording has been", " not butane", " non di ", " non son ", " und nicht ", " ma być ", " estava incorret", " and not ", " rather than ", " instead of ", " should have ", " in fact ", " it was ", " he is ", " she is ", " not six ", " not as ", " richtig ist", " sondern ", " tatsächlich ", " und nicht ", " nicht ", " et non ", " en réalité", " pas celle ", " pas celui ", " y no ", " en realidad",
		" la entrada cuesta", " e non ", " in realtà", " e não ", " na verdade", " em vez de", " en niet ", " i p v ", " in plaats van", " moet ", " a nie ", " zamiast ", " değil", " olacaktı", " вместо ", " а не ", "应为", "應為", "而非", "此前误为", "正しくは"}},
	{weDid, []string{" we have made", " we have changed", " we have corrected", " we have updated", " we have added", " we have clarified", " we've added", " we've corrected", " new since we ", " wir haben das ", " wir haben den ", " wir haben die ", " nous avons corrigé", " nous avons modifié",
		" hemos corregido", " hemos matizado", " hemos modificado", " abbiamo corretto", " abbiamo modificato", " corrigimos ", " we hebben ", " poprawiliśmy", " dodaliśmy", " мы исправили", " мы дополнили", "訂正しました", "修正しました", "追加しました"}},
	{apologises, []string{" regret the error", " regrets the error", " we regret", " we apologi", " our apologies", " apologise to ", " apologize to ", " apologise for ", " apologize for ", " sorry for ", " record straight", " bitten um entschuldigung", " bitten wir", " entschuldigen uns", " nous prions", " nos excuses", " pedimos disculpas", " pedimos desculpa",
		" pedimos perdón", " ci scusiamo", " ce ne scusiamo", " onze excuses", " excuses voor", " przepraszamy", " özür dileriz", " приносим извинения", " приносим свои извинения", "致歉", "道歉", "おわび", "お詫び"}},
	{warns, []string{" sign up for", " newsletter to get", " suizidgedanken", " telefonseelsorge", " schildert ", " hilfe bietet", " herir la sensibilidad", " help is available", " if you need help", " contains descriptions", " contains language", " contains strong", " contains graphic", " contains details", " contains references", " may find ", " distressing", " disturbing", " strong language", " part of a series", " in a series", " first in a", " series of articles", " is part of ",
		" edited for length", " condensed for", " names have been changed", " of the names in this", " for length and clarity", " gewaltdarstellungen", " verstörend", " teil einer serie", " comporte des scènes", " peuvent heurter", " peut heurter", " s'inscrit dans une série", " puede herir", " contiene escenas", " forma parte de una serie",
		" può urtare", " contiene descrizioni", " fa parte di una serie", " inaugura uma série", " contém descrições", " faz parte de uma série", " kan als schokkend", " deel van een serie", " rahatsız edici", " zawiera opisy", " содержит описани", "系列报道", "系列報導", "暴力的な描写", "シリーズの"}},
	{promises, []string{" will update ", " will be updated", " being updated", " check back", " no longer being updated", " more to come", " wird laufend aktualisiert", " wird aktualisiert", " sera mis à jour", " se actualizará", " sarà aggiornat", " in aggiornamento", " será atualizad", " em atualização", " wordt bijgewerkt", " będzie aktualizowan", " будет обновл", "随时更新", "更新予定"}},
}

// A wireOpening opens a line in the way of agencies and forums. Those in
// capitals stand as they are; the others open what stands in brackets.
var wireOpenings = []struct {
	opening  string
	capitals bool
	kind     string
}{
	{"Corrects ", true, Correction}, {"EDS: ", true, Correction}, {"Eds: ", true, Correction}, {"Story updated ", true, Update}, {"Article mis à jour ", true, Update}, {"Actualisé à ", true, Update}, {"Texto atualizado ", true, Update},
	{"1st LD", true, Update}, {"2nd LD", true, Update}, {"3rd LD", true, Update}, {"rettifica ", false, Correction}, {"rectifie ", false, Correction}, {"subs ", false, Correction}, {"korekta ", false, Correction},
	{"Strike that", true, Correction}, {"Oops", true, Correction}, {"Added for clarity", true, Clarification}, {"ANNULLARE ", true, Retraction},
	{"Articolo aggiornato ", true, Update}, {"Artikel aktualisiert ", true, Update}, {"Artículo actualizado ", true, Update}, {"Notícia atualizada ", true, Update}, {"Notícia corrigida ", true, Correction}, {"bien lire ", false, Correction},
	{"CORRECTS: ", true, Correction}, {"Clarifies ", true, Clarification}, {"Recasts ", true, Update}, {"Adds ", true, Update}, {"ATTENTION EDITORS", true, Retraction}, {"EDITORS: ", true, Editors},
	{"CORRECTS ", true, Correction}, {"CORRECTED-", true, Correction}, {"CORRECTION ", true, Correction}, {"CX: ", true, Correction}, {"REFILE-", true, Correction}, {"RECASTS ", true, Update},
	{"UPDATES ", true, Update}, {"ADDS ", true, Update}, {"UPDATE 1-", true, Update}, {"UPDATE 2-", true, Update}, {"UPDATE 3-", true, Update}, {"UPDATE 4-", true, Update}, {"UPDATE 5-", true, Update},
	{"WITHDRAWN:", true, Retraction}, {"WITHDRAWAL", true, Retraction}, {"KILL ", true, Retraction}, {"ADVISORY ", true, Editors}, {"CLARIFIES ", true, Clarification},
	{"corrects ", false, Correction}, {"refiles ", false, Correction}, {"fixes ", false, Correction}, {"adds ", false, Update}, {"updates ", false, Update}, {"recasts ", false, Update}, {"clarifies ", false, Clarification},
	{"corrige ", false, Correction}, {"korrigiert ", false, Correction}, {"berichtigt ", false, Correction}, {"ergänzt ", false, Update}, {"ajoute ", false, Update}, {"actualise ", false, Update}, {"añade ", false, Update}, {"actualiza ", false, Update},
	{"corregge ", false, Correction}, {"aggiunge ", false, Update}, {"acrescenta ", false, Update}, {"atualiza ", false, Update}, {"herstelt ", false, Correction}, {"corrigeert ", false, Correction}, {"исправлена ", false, Correction}, {"исправлено ", false, Correction}, {"добавлен", false, Update},
}

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
	{Clarification, []string{"asked us to "}, regexp.MustCompile(`\b(has|have) ?asked us to (point out|make (it )?clear|clarify|say|state)|\basked us to (point out|make (it )?clear|clarify)\b`)},
	{Correction, []string{"per un errore", "por un error", "par erreur", "durch einen fehler", "por erro", "door een fout"}, regexp.MustCompile(`\b(per un errore (avevamo|abbiamo)|por un error.{0,40}(publicamos|dijimos|escribimos)|par erreur,? nous avons|durch einen fehler (haben|hatten) wir|por erro,? (publicámos|publicamos|escrevemos|dissemos)|door een fout (hebben|hadden|schreven) we)`)},
	{Correction, []string{"corrected on", "corrected at", "amended on"}, regexp.MustCompile(`^\W*(corrected|amended) (on|at) .{0,30}? to (show|say|note|reflect|remove|correct|give)\b`)},
	{Update, []string{"updated on", "updated at"}, regexp.MustCompile(`^\W*updated (on|at) .{0,30}? (to (include|add|reflect|note|show|say)|with) `)},
	{Correction, []string{" story ", " article "}, regexp.MustCompile(`^\W*this [a-z]+\.? \d{1,2} (story|article) (has been|was) (corrected|refiled|amended)\b`)},
	{Clarification, []string{"we should have "}, regexp.MustCompile(`^\W*we should have (made|said|noted|been clear)`)},
	{Retraction, []string{"withdraw", "annul", "anula", "retira"}, regexp.MustCompile(`\b(withdraws|is withdrawing|hereby withdraws|annule|annulla|anula|retira) (the|its|sa|la|cette|il|a) (item|story|report|dépêche|noticia|notícia|notizia|lancio)\b`)},
	{Retraction, []string{"zurückgezogen", "аннулирован", "is withdrawn"}, regexp.MustCompile(`(\bdie meldung|новость под заголовком|the story headlined).{0,80}(wird zurückgezogen|аннулирована|is withdrawn)`)},
	{Correction, []string{"corrects ", "corrige ", "korrigiert ", "corregge ", "corrigeert ", "koryguje "}, regexp.MustCompile(`^\s*\([^)]{0,40}\b(corrects|corrige|korrigiert|corregge|corrigeert|koryguje) `)},
	{Retraction, []string{"that appeared "}, regexp.MustCompile(`\bthat appeared (at this address|here|on this page)\b.{0,80}\b(deleted|removed|taken down|unpublished|withdrawn)\b`)},
	{Correction, []string{"caption"}, regexp.MustCompile(`^\W*an? (picture |photo )?captions? (with|for|of|on|to) .{0,140}\b(incorrect|misstat|misspel|misidentif|wrong|in error)`)},
	{Correction, []string{"dat moet"}, regexp.MustCompile(`\b(staat|stond) dat .{0,100}\bdat moet(en)? .{0,40}zijn`)},
	{Correction, []string{"diferentemente do que"}, regexp.MustCompile(`\bdiferentemente do que (foi )?(publicado|informado|dissemos)`)},
	{Update, []string{"追記", "更新"}, regexp.MustCompile(`^\W*[^）)]{0,16}(追記|更新)[）)]`)},
	{Update, []string{"developing"}, regexp.MustCompile(`^\W*this is a (developing|breaking) (news )?story (and|that) was (last )?updated with\b`)},
	{Correction, []string{"mistaken", "incorrect", "wrong", "erroneous"}, regexp.MustCompile(`^\W*the ` + thing + ` (mistakenly|incorrectly|wrongly|erroneously) (attributed|said|stated|identified|named|described|quoted|reported|gave|listed|referred)\b`)},
	{Correction, []string{"error", "mistake"}, regexp.MustCompile(`^\W*(note: ?)?((because of|due to|owing to) )?an? (conversion|transcription|translation|editing|production|typing|typographical|calculation|data|copying|sub-editing|formatting) (error|mistake)\b.{0,90}\b(meant|led|caused|introduced|resulted|was quoted|we|` + thing + `)\b`)},
	{Correction, []string{"a correction"}, regexp.MustCompile(`^\W*(a|this) (correction|clarification) (was|has been) (made|appended|added|issued)( (to|on|in) (this|the|our) ` + thing + `)?`)},
	{Correction, []string{" as "}, regexp.MustCompile(`\bas (we|it was|was|this ` + thing + `|stated|reported|published|said|written|printed)\b.{0,24}\b(first|here|originally|earlier|initially|previously|at first)\b.{0,12}(reported|stated|said|published|wrote|had it|$|,|\.)`)},
	{Update, []string{"has been updated"}, regexp.MustCompile(`^\W*this is a (developing|breaking|running) (news )?story (and|that|which) has been updated\b`)},
	{Correction, []string{"ao contrário", "contrairement", "a diferencia de", "anders als", "contrariamente"}, regexp.MustCompile(`\b(ao contrário do que (foi|estava|se)|contrairement à ce que|a diferencia de lo que|anders als (zunächst|ursprünglich|zuerst|früher|von uns)|contrariamente a quanto).{0,40}(escrito|publicado|dissemos|indiqué|écrit|annoncé|publicó|dijimos|scritto|pubblicato|riportato|berichtet|gemeldet|geschrieben|angegeben|initialement|inicialmente)`)},
	{Correction, []string{"due to", "because of", "owing to"}, regexp.MustCompile(
		`^\W*(due to|because of|owing to|as a result of) .{0,60}(error|incorrect information|mistake|misunderstanding|mix-up).{0,60}\b` + thing + `s?\b.{0,200}\b(incorrect|misstat|misspel|misidentif|misquot|wrong|erroneous|inaccura|said|stated|gave|named|listed|described|omitted|reported)`)},
	{Correction, []string{" on page"}, regexp.MustCompile(`\b(incorrectly|wrongly|mistakenly|erroneously) (reported|said|stated|identified|named|described)\b.{0,30}\bon page\b`)},
	{Correction, []string{"we "}, regexp.MustCompile(`\bwe (said|wrote|reported|stated|claimed|described|called|named|gave) .{0,160}\b(in fact|in reality|that was wrong|this was wrong|should have (said|been|read)|apolog|sorry)`)},
	{Correction, []string{"this ", "our "}, regexp.MustCompile(`^\W*(earlier|originally|previously|initially),? (this|our) ` + thing + ` (stated|said|reported|gave|described|named|listed)\b`)},
	{Clarification, []string{"clarify", "make clear", "make it clear", "clarified"}, regexp.MustCompile(`\bwe (wish|want|would like|are happy|are glad|are pleased|have been asked) to (clarify|make (it )?clear)\b`)},
	{Correction, []string{" on ", " in ", " that ", " published ", " about "}, regexp.MustCompile(
		`^\W*an? ` + thing + ` (on|in|about|published|posted|accompanying|that (ran|appeared|was published)) .{0,120}?\b(incorrect(ly)?|wrong(ly)?|misstated|misspelled|misspelt|misidentified|misquoted|misattributed|mistakenly|erroneously|in error|transposed|omitted)\b`)},
	{Correction, []string{"version", "edition"}, regexp.MustCompile(
		`^\W*(the|a|some|in the) (print|online|web|published|app|audio)( and \w+)? (versions?|editions?) (of|for) (this|the|our|yesterday's|monday's|tuesday's|wednesday's|thursday's|friday's|saturday's|sunday's) .{0,120}?\b(incorrect(ly)?|wrong(ly)?|misstated|misspelled|misidentified|mistakenly|error)`)},
	{Correction, []string{"we "}, regexp.MustCompile(`\bwe (have |'ve )?(now |since )?corrected (this|our) ` + thing + `\b`)},
	{Clarification, []string{"we "}, regexp.MustCompile(`\bwe (have |'ve )?(now |since )?clarified (in )?(this|our) ` + thing + `\b`)},
	{Correction, []string{"since"}, regexp.MustCompile(`^\W*(the|this|our) ` + thing + ` has (since )?been (corrected|amended) since (it was )?(first )?(publi|posted)`)},
	{Correction, []string{"wir haben"}, regexp.MustCompile(`\bwir haben .{0,60}(diesem|diesen|dieser) (artikel|text|beitrag|bericht|meldung).{0,60}(korrigiert|berichtigt|richtiggestellt)`)},
	{Correction, []string{"version", "edition", "headline", "caption", "draft"}, regexp.MustCompile(
		`\b(earlier|previous|original|initial|first|prior|older|early|preliminary)( published| online| print)? ((news )?(version|edition|headline|draft|subheading|photo caption|picture caption|caption)s?) (of|on|for|to|in|accompanying) (this|our)\b`)},
	{Correction, []string{"version", "edition", "headline", "caption"}, regexp.MustCompile(
		`^\W*(an|the|a|in an) (earlier|previous|original|initial|prior) (versions?|headline|caption|edition)( of (the|this) ` + thing + `)?,? (it |we |had |has )?(incorrectly |wrongly |mistakenly )?` + wrong)},
	{"", []string{"this "}, regexp.MustCompile(
		`\bthis ` + thing + `(['’]s (headline|caption|text))? (was|has been|has since been|is|had been) ((also|since|later|first|originally|subsequently) )?` + made + `\b`)},
	{Correction, []string{"this "}, regexp.MustCompile(
		`\bthis ` + thing + ` ((has|had) )?((at )?first (said|stated|reported|named|gave|described|quoted|referred)|originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously|misstated|misspelled|misspelt|misidentified|misquoted)\b`)},
	{"", []string{" of this ", " on this ", " to this "}, regexp.MustCompile(`\bthe (headline|caption|standfirst|subheading) (of|on|to) this ` + thing + ` (was|has been)`)},
	{Correction, []string{"we "}, regexp.MustCompile(
		`\bwe (originally|initially|previously|incorrectly|wrongly|mistakenly|erroneously) (reported|said|stated|wrote|published|gave|named|identified)\b`)},
	{Correction, []string{" error"}, regexp.MustCompile(`\b(because of|due to|owing to|as a result of) an? (editing|production|reporting|transcription|translation|typographical) error\b|^\W*an? (editing|production|transcription) error (meant|led|caused|introduced|resulted)\b`)},
	{Correction, []string{"version", "fassung", "überschrift", "meldung"}, regexp.MustCompile(
		`(früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen|frühere|ursprüngliche) (version|fassung|überschrift|meldung) (dieses|dieser|unseres|des (artikels|textes|beitrags))`)},
	{Correction, []string{"in einer ", "in der "}, regexp.MustCompile(`\bin (einer|der) (früheren|vorherigen|ersten|ursprünglichen|älteren|vorigen) (version|fassung) (dieses|dieser|hieß|stand|hatten|wurde|war)`)},
	{"", []string{"dieser ", "diesen ", "diesem "}, regexp.MustCompile(
		`\b(dieser|diesen|diesem) (artikel|text|beitrag|bericht|kommentar)s? (wurde|haben wir|ist|am|nachträglich).{0,60}(korrigiert|aktualisiert|geändert|ergänzt|berichtigt|überarbeitet|präzisiert|zurückgezogen)`)},
	{Correction, []string{"version "}, regexp.MustCompile(
		`\b(première|précédente|ancienne) version (de (cet|ce|notre)|du présent|publiée)|version (précédente|antérieure|initiale|originale) de (cet|ce|notre)`)},
	{"", []string{"cet ", "ce ", "cette "}, regexp.MustCompile(
		`\b(cet article|ce texte|cette dépêche|cette page) (a|ont) été (modifié|corrigé|mis|actualisé|rectifié|amendé|complété|rétracté|retiré)`)},
	{Correction, []string{"versión "}, regexp.MustCompile(
		`\bversión (anterior|previa|original|inicial) de (este|esta|nuestr[oa])\b|\b(primera|anterior) versión de (este|esta)\b`)},
	{"", []string{"este ", "esta "}, regexp.MustCompile(
		`\b(este (artículo|texto)|esta (nota|noticia|información|crónica)) (ha sido|fue|se ha) (corregid|actualizad|modificad|rectificad|retirad|retractad)`)},
	{Correction, []string{"versione"}, regexp.MustCompile(`\b(precedente|prima|vecchia) versione (di questo|dell'articolo|di quest)|versione (precedente|originale|iniziale) di quest`)},
	{"", []string{"questo ", "questa "}, regexp.MustCompile(
		`\b(questo articolo|questo testo|questa notizia) è stat[oa] (corrett|aggiornat|modificat|rettificat|ritirat)`)},
	{Correction, []string{"versão "}, regexp.MustCompile(`\bversão (anterior|prévia|original|inicial) (deste|desta|dest[ea])\b|\bprimeira versão dest[ea]\b`)},
	{"", []string{"este ", "esta "}, regexp.MustCompile(
		`\b(este (artigo|texto)|esta (reportagem|matéria|notícia)) (foi|tinha sido) (corrigid|atualizad|alterad|modificad|retirad)`)},
	{Correction, []string{"versie", "kop "}, regexp.MustCompile(`\b(eerdere|vorige|oorspronkelijke|oudere) (versie|kop) (van|boven) (dit|deze|ons)\b|\bin een eerdere versie (stond|van dit|werd)\b`)},
	{"", []string{"dit ", "deze "}, regexp.MustCompile(
		`\b(dit (artikel|bericht|stuk|verhaal)|deze (tekst|pagina)) is .{0,40}(aangepast|gecorrigeerd|bijgewerkt|gewijzigd|aangevuld|verbeterd|ingetrokken)`)},
	{Correction, []string{"wersji", "został"}, regexp.MustCompile(`(wcześniejszej|poprzedniej|pierwotnej) wersji (tego|artykułu|tekstu)|(ten artykuł|tekst) został (poprawion|zaktualizowan|zmienion)`)},
	{Correction, []string{"bu "}, regexp.MustCompile(`(bu (haberin|makalenin|yazının)) (önceki|ilk|eski)|bu (haber|makale|yazı).{0,40}(güncellen|düzeltil)`)},
	{Correction, []string{"версии", "стать", "текст", "материал"}, regexp.MustCompile(
		`(предыдущей|первоначальной|ранней|прежней) версии (этой|этого|статьи|материала)|(эта статья|этот текст|материал) (был|была) (исправлен|обновл[её]н|изменен|дополнен)`)},
	{Correction, []string{"本文", "版本", "本报", "本新"}, regexp.MustCompile(`(本文|本报道|此文)(的)?(早前|早先|先前|此前|较早|之前)?(的)?(版本|曾)|本(报道|文章|新闻)(已|经)(更正|更新|修改)`)},
	{Correction, []string{"記事", "以前の", "当初", "初出"}, regexp.MustCompile(`(この|本)記事(の以前|は、?(一部)?(修正|訂正|更新))|以前の(版|バージョン)|(当初|初出時).{0,30}(訂正|誤り)`)},
}

// stampLabels open a line that shows the time of an update.
var stampLabels = []string{"last updated", "last modified", "updated", "update", "published", "first published", "posted", "zuletzt aktualisiert", "aktualisiert", "stand",
	"veröffentlicht", "mis à jour", "mise à jour", "publié", "actualizado", "última actualización", "publicado", "aggiornato", "ultimo aggiornamento", "pubblicato",
	"atualizado", "última atualização", "aktualizacja", "zaktualizowano", "güncelleme", "güncellendi", "son güncelleme", "bijgewerkt", "laatst bijgewerkt", "laatste update", "gepubliceerd", "更新", "обновлено"}
