package article

import (
	"regexp"
	"slices"
	"strings"
)

// A phraseList holds the beginnings of lines, in lower case with plain
// apostrophes, by their first byte.
type phraseList struct {
	first [256][]string
}

func phrases(list ...string) *phraseList {
	l := &phraseList{}
	for _, p := range list {
		l.first[p[0]] = append(l.first[p[0]], p)
	}
	return l
}

// starts reports whether s, folded, begins with one of the phrases as whole
// words.
func (l *phraseList) starts(s string) bool { return s != "" && l.at(s, 0) }

// at reports whether one of the phrases stands at s[i] as whole words.
func (l *phraseList) at(s string, i int) bool {
	for _, p := range l.first[s[i]] {
		if strings.HasPrefix(s[i:], p) && !wordGoesOn(s, i+len(p)) {
			return true
		}
	}
	return false
}

// end returns where the longest of the phrases that s, folded, begins with
// ends, as whole words; 0 if it begins with none.
func (l *phraseList) end(s string) int {
	most := 0
	if s == "" {
		return 0
	}
	for _, p := range l.first[s[0]] {
		if len(p) > most && strings.HasPrefix(s, p) && !wordGoesOn(s, len(p)) {
			most = len(p)
		}
	}
	return most
}

// in reports whether s, folded, holds one of the phrases as whole words.
func (l *phraseList) in(s string) bool {
	for i := range len(s) {
		if (i == 0 || !asciiLetter(s[i-1]) || !asciiLetter(s[i])) && l.at(s, i) {
			return true
		}
	}
	return false
}

// holds reports whether s, folded, is one of the phrases.
func (l *phraseList) holds(s string) bool {
	return s != "" && slices.Contains(l.first[s[0]], s)
}

// asciiLetter reports whether c is a to z.
func asciiLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// wordGoesOn reports whether the word that ends before s[i] goes on at i.
func wordGoesOn(s string, i int) bool {
	return i < len(s) && (s[i] >= 'a' && s[i] <= 'z' && s[i-1] != ' ' || s[i] >= 0x80 && s[i-1] >= 'a' && s[i-1] <= 'z' && s[i] < 0xe2)
}

// promoStarts begin lines that lead away from the story.
var promoStarts = phrases(
	"read more", "read also", "also read", "read next", "read:", "read full", "read the full", "more:", "more on this", "more from", "more about", "related:", "related stor", "related art",
	"related cont", "see also", "see more", "watch:", "watch now", "watch more", "watch also", "don't miss", "dont miss", "click here", "sign up", "subscribe", "listen:", "listen to our", "listen now", "download the", "download our",
	"get our", "get the latest", "get more", "follow us", "like us", "join us on", "join our", "for more", "advertisement", "advertising", "sponsored", "share this", "share on", "share via", "tweet this", "recommended",
	"up next", "you may also", "you might also", "what to read next", "trending", "most read", "photos:", "photo gallery", "gallery:", "in pictures", "story continues below", "article continues", "continue reading", "scroll down", "newsletter",
	"support our", "support independent", "help us", "become a member", "already a subscriber", "log in", "save up to", "this story is part of", "have a tip", "got a tip", "if you enjoyed", "enjoyed this", "like this article", "did you like", "was this article", "rate this", "print this", "save this", "listen to this", "read this", "hear this", "hear more", "spotted an error", "spotted a mistake", "see a typo", "view this post", "see it on", "explore our", "discover our", "learn more about our", "join the discussion", "please log in", "please sign in", "register to", "support us", "support the", "donate", "make a donation", "shop our", "buy tickets", "get tickets", "download this", "got a story", "send tips", "contact us", "email us", "editor's picks", "our best stories", "check out our",
	"lesen sie", "lesen sie auch", "mehr zum thema", "auch interessant", "mehr dazu", "zum thema", "weiterlesen", "das könnte sie", "anzeige", "newsletter", "jetzt abonnieren", "folgen sie uns", "hier geht es", "hier geht's", "mehr lesen", "siehe auch", "jetzt anmelden", "melden sie sich", "abonnieren sie", "auch lesenswert", "lesen sie mehr", "lesen sie dazu", "mehr infos", "zum weiterlesen", "schon gelesen", "das könnte dich", "das thema könnte", "gefällt dir", "gefällt ihnen", "sie lesen gern", "hat ihnen", "hat dir", "war der artikel", "möchten sie den artikel", "unterstützen sie", "unterstütze", "werden sie mitglied", "werde mitglied", "spenden sie", "jetzt spenden", "mit diesem button", "artikel teilen", "rezept drucken", "bild anzeigen", "video ansehen", "zur galerie", "zur bildergalerie", "hören sie", "sehen sie", "artikel anhören", "beitrag anhören", "podcast abonnieren", "fehler gefunden",
	"lire aussi", "à lire aussi", "a lire aussi", "lire :", "lire également", "à lire", "voir aussi", "sur le même sujet", "abonnez-vous", "inscrivez-vous", "suivez-nous", "publicité", "retrouvez", "à voir aussi", "pour aller plus loin", "en savoir plus", "soutenez", "faites un don", "partagez cet", "cet article vous a", "écoutez", "écouter cet", "écouter l'article", "recevez", "téléchargez",
	"lea también", "lea tambien", "lee también", "lee tambien", "leer más", "ver también", "te puede interesar", "te puede gustar", "le puede interesar", "más información", "más noticias", "mira también", "suscríbete", "suscribete", "suscríbase", "síguenos", "siguenos", "publicidad", "también te puede", "no te pierdas", "además:", "recibe", "lee más", "más sobre", "vea también", "sigue leyendo", "valora esta", "comparte esta", "únete", "apoya", "hazte socio", "escuchar este", "escuchar esta", "escucha este", "escucha esta",
	"leggi anche", "leggi di più", "ascolta questo", "ascolta l'articolo", "iscriviti", "seguici", "potrebbe interessarti", "leia também", "leia mais", "ouvir esta", "ouvir este", "ouça esta", "leia tambem", "veja também", "inscreva-se", "assine", "saiba mais", "siga-nos", "lees ook", "lees meer", "luister naar dit", "læs også", "läs också", "les også", "czytaj także", "czytaj też", "czytaj również", "zobacz również", "zapraszamy", "udostępnij", "więcej", "zobacz też", "zobacz także", "читайте также", "читать далее", "あわせて読みたい", "関連記事", "相关阅读", "اقرأ أيضا", "اقرأ أيضاً", "ذات صلة", "devamını oku",
	"延伸阅读", "延伸閱讀", "相關閱讀", "関連：", "関連:", "관련기사", "관련 기사", "اقرأ المزيد", "بیشتر بخوانید", "همچنین بخوانید", "קראו גם", "לקריאה נוספת", "ayrıca oku", "читайте ещё", "смотрите также", "по теме:", "подписывайтесь на", "подпишитесь на", "читайте також", "читайте ще", "підписуйтесь на", "підпишіться на", "čtěte také", "čtěte více", "přečtěte si", "přihlaste se k", "zapisz się", "prenumeruj", "διαβάστε επίσης", "διαβάστε ακόμη", "ακολουθήστε", "olvassa el", "iratkozzon fel", "citește și", "citiți și", "lue myös", "tilaa uutiskirje", "यह भी पढ़ें", "ये भी पढ़ें", "อ่านเพิ่มเติม", "อ่านข่าว",
)

// promoWords stand in lines that ask for something.
var promoWords = phrases(
	"in your inbox", "to your inbox", "our newsletter", "newsletter", "by signing up", "sign up for", "sign up to", "privacy policy", "terms of use", "terms of service", "terms and conditions", "subscribe to", "subscribe now", "start your free trial", "download the app", "download our app", "our app", "our podcast",
	"follow us on", "follow him on twitter", "follow her on twitter", "follow on twitter", "like us on facebook", "on facebook and twitter", "join the conversation", "leave a comment", "your browser", "enable javascript", "requires javascript", "cookies", "unsubscribe", "support our journalism", "become a member", "become a subscriber", "affiliate commission", "affiliate link", "may earn a commission", "we may earn",
	"cancel any time", "cancel anytime", "free trial", "all rights reserved", "may not be published, broadcast", "click here", "whatsapp channel", "telegram channel", "on whatsapp", "push notifications", "breaking news alerts", "email alerts", "daily briefing", "daily digest", "minutes ago", "hours ago", "min read", "minute read", "exclusive offer", "% off", "limited time", "shop now", "buy now", "order now", "gift subscription", "for as little as", "per month", "app store", "google play",
	"in ihr postfach", "unseren newsletter", "unser newsletter", "unserem newsletter", "datenschutz", "jetzt abonnieren", "kostenlos testen", "alle rechte vorbehalten", "unsere app", "whatsapp-kanal", "folgen sie uns",
	"notre newsletter", "notre infolettre", "nos newsletters", "dans votre boîte", "abonnez-vous", "tous droits réservés", "politique de confidentialité", "notre application", "suivez-nous", "inscrivez-vous",
	"nuestro boletín", "nuestro newsletter", "nuestra newsletter", "en tu correo", "en su correo", "suscríbete", "suscríbase", "todos los derechos reservados", "política de privacidad", "nuestra app", "nuestro canal", "síguenos",
	"nach der anzeige", "unter der anzeige", "après cette publicité", "après la publicité", "dopo la pubblicità", "después de la publicidad", "depois da publicidade", "onder de advertentie", "below this ad", "after this ad", "below the advert", "after the advert", "below the ad", "after the break",
	"nossa newsletter", "nosso canal", "todos os direitos reservados", "nostra newsletter", "tutti i diritti riservati", "onze nieuwsbrief",
)

// relatedHeadings are short headings after which other stories follow.
var relatedHeadings = phrases(
	"related", "comments", "comment", "leave a reply", "leave a comment", "more from", "more on", "more news", "more stories", "more in", "more like this", "most read", "most popular", "most viewed", "most shared", "trending", "popular", "recommended", "recommended for you",
	"read more", "read next", "see also", "you may also like", "you might also like", "you may like", "also on", "also in", "around the web", "from the web", "from around the web", "sponsored", "promoted", "latest news", "latest stories", "latest", "top stories", "top news", "editor's picks", "editors' picks", "what to read next", "up next", "next up", "next article", "previous article",
	"share this", "share", "tags", "topics", "filed under", "newsletter", "sign up", "subscribe", "about the author", "about the authors", "about author", "author", "author bio", "join the conversation", "conversation", "discussion", "responses", "replies", "post a comment", "post navigation", "further reading", "in this story", "other stories", "similar articles", "similar stories", "explore more", "keep reading", "in case you missed it", "contact us", "follow us", "site index", "media contact", "media contacts", "press contact", "press contacts", "for further information", "tell us what you think", "what readers say", "reader comments", "your comments", "your views", "have your say", "lesermeinungen", "leserkommentare", "reaktionen", "ihre kommentare", "vos réactions", "réactions", "opiniones", "opinión de los lectores", "i vostri commenti", "opinião dos leitores", "footnotes and credits", "more information", "further information", "external links", "sources", "references", "notes and references", "you may also enjoy", "more to read",
	"mehr zum thema", "kommentare", "auch interessant", "das könnte sie auch interessieren", "meistgelesen", "weitere artikel", "weitere themen", "weitere meldungen", "lesen sie auch", "mehr aus", "zur startseite", "schlagworte", "themen", "über den autor", "über die autorin", "verwandte artikel", "ähnliche artikel", "neueste artikel", "weitere informationen", "weiterführende informationen", "weiterführende links", "weiterführender link", "mehr informationen", "mehr themen", "mehr artikel", "verwandte beiträge", "ähnliche beiträge", "weitere beiträge", "schon gelesen", "zum weiterlesen", "markiert mit", "die meistgelesenen artikel", "das könnte dich auch interessieren", "das thema könnte dich auch interessieren", "kommentieren", "kommentar schreiben", "quellen", "quellenangaben", "zusatzinformationen", "kontakt", "ansprechpartner", "pressekontakt", "links zum thema",
	"sur le même sujet", "commentaires", "à lire aussi", "lire aussi", "voir aussi", "les plus lus", "articles liés", "à propos de l'auteur", "plus d'articles", "dans la même rubrique", "vos commentaires", "réagir", "articles similaires",
	"comentarios", "noticias relacionadas", "artículos relacionados", "te puede interesar", "lo más leído", "lo más visto", "más noticias", "lea también", "sobre el autor", "etiquetas", "archivado en", "deja un comentario", "deja una respuesta", "más información", "temas relacionados",
	"comentários", "notícias relacionadas", "leia também", "veja também", "mais lidas", "deixe um comentário", "deixe uma resposta", "commenti", "articoli correlati", "leggi anche", "lascia un commento", "potrebbe interessarti", "lees ook", "reacties", "meer over", "関連記事", "コメント", "관련기사", "相关新闻", "相关阅读",
)

// closings begin or fill the short lines that close a story and are no part
// of it: who helped, whom to write to, where to follow.
var closings = phrases(
	"follow ", "reporting by", "additional reporting", "writing by", "editing by", "compiled by", "edited by", "contributed to this", "with files from", "with reporting from", "with inputs from", "with input from", "copyright", "©", "(c) ", "all rights reserved", "this article was originally", "this article originally", "this story was originally", "this article first appeared", "originally published", "source:", "sources:", "the best products", "this post contains", "this article contains affiliate", "image:", "images:", "image credit", "photo:", "photos:", "photo credit", "photo by", "via:", "via ", "tags:", "filed under", "posted in", "categories:", "topics:", "contact ", "email ", "e-mail ", "reach ", "share ", "for press inquiries", "media contact",
	"is a reporter", "is a staff writer", "is a writer", "is a freelance", "is a senior", "is an editor", "is the author of", "is a journalist", "is a correspondent", "is a columnist", "is a contributing", "can be reached", "may be reached", "on twitter at", "on twitter:", "on twitter @", "follow him", "follow her", "follow them", "our standards", "the views expressed", "opinions expressed", "views expressed",
	"mit material von", "quelle:", "quellen:", "titelbild:", "beitragsbild:", "titelfoto:", "bildquelle", "bildnachweis", "alle angaben ohne", "(alle angaben ohne", "dieser text wurde veröffentlicht", "dieser beitrag stammt aus", "dieser artikel stammt aus", "die inhalte dieser website", "bei den verlinkungen", "materiał chroniony", "źródło:", "źródło ", "foto:", "fotos:", "(dpa", "mitarbeit:", "avec afp", "(avec", "crédit photo", "crédits", "con información de", "fuente:", "fonte:", "foto: ",
	"original url", "interview:", "interview by", "das interview führte", "das gespräch führte", "die fragen stellte", "propos recueillis par", "фото:", "источник:", "автор:", "редактор:", "джерело:", "fot. ", "oprac.", "zdroj:", "πηγή:", "المصدر:", "تحرير:", "מקור:", "צילום:", "kaynak:", "来源：", "来源:", "责任编辑", "編輯：", "编辑：", "責任編輯", "資料來源", "写真：", "写真提供",
)

// counters are lines of counts, ages and buttons alone.
var counters = regexp.MustCompile(`(?i)^(?:\d{1,2}[:.h]\d\d ?(?:uhr|[ap]\.?m\.?)?|[\d.,]+ ?[km]?\+? (?:shares?|comments?|views?|likes?|reads?|retweets?|reactions?|kommentare?|commentaires?|comentarios?|partages?|vistas|aufrufe|people (?:are|have)\b.*)|(?:about |vor |il y a |hace |há |ha )?(?:\d+|an?|one|einer?|une?|una?) ?(?:s|m|h|d|min|mins|sec|secs|hrs?|minutes?|hours?|days?|weeks?|months?|minuten?|stunden?|tagen?|heures?|jours?|minutos?|horas?|días?|seconds?|sekunden?) ?(?:ago|atrás|fa)?\W*|\d+ ?min(?:ute)?s? (?:read|listen|watch|lesezeit|de lecture|de lectura)\W*|(?:estimated )?(?:reading time|lesezeit|temps de lecture|tiempo de lectura|listen|play|watch)\b.{0,30})$`)

// isPromo reports whether a short block leads away from the story or asks
// for something.
func isPromo(b *block) bool {
	if b.words >= 40 {
		return false
	}
	if b.text[0] == '[' && strings.Contains(b.text, "[/") {
		return true // a content system's own mark-up
	}
	s := strings.TrimLeft(fold(b.text), " *-–—•>»▶►|[(\"“【［■◆▼☞")
	if b.prose() { // a report may speak of newsletters, or begin with "Read"
		return pleaWords.in(s) || serviceStarts.starts(s)
	}
	return promoStarts.starts(s) || serviceStarts.starts(s) || promoWords.in(s) || counters.MatchString(s) || !b.row && isCounter(b)
}

// serviceStarts begin lines on where a text was printed, who else may print it,
// what the outlet earns by it, how many more may be read, and whom to write to.
var serviceStarts = phrases(
	"about the author", "reporting by", "editing by", "additional reporting by", "writing by", "compiled by", "with files from", "a version of this article", "a version of this story", "a version of this piece", "appeared in the january", "appeared in the february", "appeared in the march", "appeared in the april", "appeared in the may", "appeared in the june", "appeared in the july", "appeared in the august", "appeared in the september", "appeared in the october", "appeared in the november", "appeared in the december",
	"this article appeared in the print", "this article appears in", "this story appeared in the print", "this story appears in", "order reprints", "this story is republished", "this article is republished", "republished under", "republished with permission", "distributed by", "this article was originally", "this story was originally", "this article first appeared", "this story first appeared", "except for the headline", "material from reuters", "material from the associated",
	"products featured here", "we may receive a", "we may earn", "we receive a commission", "this post may contain affiliate", "this article may contain affiliate", "some links on this page", "this audio is", "this is your last free", "you've read", "you have read", "you've reached your", "you have reached your", "place a classified", "have you been affected", "do you have a story", "do you have information about", "got a news tip", "questions or comments", "have a question about", "tell us what you think", "report an error", "spot an error",
	"dieser artikel erschien in der", "dieser artikel erschien zuerst", "dieser beitrag erschien", "dieser text erschien", "haben sie hinweise", "schreiben sie uns", "sie haben noch", "noch kein abo", "der artikel wird nach", "wir erhalten eine provision", "diesen text können sie", "diesen artikel können sie",
	"cet article est paru dans", "cet article a été publié dans", "vous avez une information", "il vous reste", "certains liens de cette page", "signaler une erreur", "écrivez-nous", "une question sur cet article",
	"esta noticia apareció en", "este artículo apareció en", "este artículo se publicó", "tiene información sobre", "le quedan", "te quedan", "podemos recibir una comisión", "escríbanos a",
	"articolo pubblicato nell'edizione", "questo articolo è uscito", "hai una segnalazione", "ti restano", "se acquisti tramite", "scrivi a", "sei già abbonato",
	"este texto saiu na edição", "esta reportagem saiu na", "você ainda tem", "podemos receber comissão", "tem uma dica",
	"dit artikel verscheen in", "dit artikel is verschenen in", "heb je een tip", "je hebt nog", "als je via deze", "mail naar",
)

// leastProse is the fewest words of a sentence that tells more than it asks.
const leastProse = 10

// prose reports whether a block is running text that leads nowhere.
func (b *block) prose() bool {
	return b.sentence && b.links == 0 && b.words >= leastProse
}

// pleaWords give away a plea even in running text without a link: they speak
// to its reader.
var pleaWords = phrases(
	"in your inbox", "to your inbox", "our newsletter", "by signing up", "sign up for our", "sign up to our", "sign up here", "subscribe to our", "subscribe now", "subscribe today", "start your free trial", "download the app", "download our app", "our app", "our podcast",
	"follow us on", "like us on facebook", "join the conversation", "leave a comment", "enable javascript", "requires javascript", "support our journalism", "support our work", "become a member", "become a subscriber", "we may earn", "may earn a commission",
	"cancel any time", "cancel anytime", "all rights reserved", "may not be published, broadcast", "click here", "our whatsapp", "our telegram", "exclusive offer", "shop now", "buy now", "order now", "for as little as",
	"in ihr postfach", "in dein postfach", "unseren newsletter", "unser newsletter", "unserem newsletter", "jetzt abonnieren", "kostenlos testen", "alle rechte vorbehalten", "unsere app", "folgen sie uns", "folge uns",
	"notre newsletter", "notre infolettre", "nos newsletters", "dans votre boîte", "abonnez-vous", "tous droits réservés", "notre application", "suivez-nous", "inscrivez-vous", "soutenez-nous",
	"nuestro boletín", "nuestro newsletter", "nuestra newsletter", "en tu correo", "en su correo", "suscríbete", "suscríbase", "todos los derechos reservados", "nuestra app", "nuestro canal", "síguenos",
	"nossa newsletter", "nosso canal", "todos os direitos reservados", "nostra newsletter", "tutti i diritti riservati", "onze nieuwsbrief", "onze app",
)

// isConsent reports whether a block speaks of cookies or data as consent layers
// do.
func isConsent(b *block) bool {
	if b.words > 150 || !strings.Contains(b.text, "ookie") {
		return false
	}
	s := fold(b.text)
	asks := addresses(b.text)
	if b.prose() && !asks {
		return false // a report on cookies
	}
	return asks && b.words < 60 || consentWords.count(s) > 0 || strings.Count(s, "cookie") > 1 && (strings.Contains(s, "website") || strings.Contains(s, "site") || strings.Contains(s, "browser"))
}

// isLegal reports whether a short block is a copyright line.
func isLegal(b *block) bool {
	return b.words < 40 && (strings.Contains(b.text, "©") || legalWords.in(fold(b.text)))
}

// legalWords stand in copyright lines.
var legalWords = phrases("all rights reserved", "alle rechte vorbehalten", "tous droits réservés", "todos los derechos reservados", "tutti i diritti riservati", "todos os direitos reservados", "alle rechten voorbehouden", "wszelkie prawa zastrzeżone", "všechna práva vyhrazena",
	"все права защищены", "усі права захищено", "всі права захищені", "με την επιφύλαξη παντός δικαιώματος", "جميع الحقوق محفوظة", "כל הזכויות שמורות", "تمامی حقوق", "همهٔ حقوق محفوظ", "無断転載", "無断複製", "版权所有", "版權所有", "未经许可不得转载", "สงวนลิขสิทธิ์", "सर्वाधिकार सुरक्षित")

// isByline reports whether a short block is a byline by its words: a label, a
// name, perhaps a time.
func isByline(b *block) bool {
	return b.words < 15 && !b.sentence && labelled(b.text) && len(cleanNames([]string{b.text}, "")) > 0
}

// isClosing reports whether a short block closes a story without being part
// of it.
func isClosing(b *block) bool {
	if b.words >= 30 {
		return false
	}
	s := strings.TrimLeft(fold(b.text), " *-–—•>»|[(（【")
	return closings.starts(s) || b.words < 10 && !b.sentence && mailAddress.MatchString(b.text) || isBiography(b) || strings.HasPrefix(b.text, "((") && strings.HasSuffix(b.text, "))")
}

// mailAddress finds an address for letters to the writer.
var mailAddress = regexp.MustCompile(`\b[\w.+-]{1,40}@[\w-]{1,40}\.[a-z]{2,10}`)

// isRelatedHeading reports whether a short block opens a list of other
// stories, comments or the like.
func isRelatedHeading(b *block) bool {
	if b.words > 8 {
		return false
	}
	s := strings.TrimRight(strings.TrimLeft(fold(b.text), "0123456789 -–—(#"), " :…>»).!?0123456789")
	return relatedHeadings.holds(s) || b.words <= 6 && (relatedOpeners.starts(s) || strings.HasSuffix(s, " comments") || otherStories.MatchString(s))
}

// otherStories are headings such as "more great paper stories".
var otherStories = regexp.MustCompile(`^(?:more|other|latest|recent|popular|top|our best|our latest|related|similar)\b.*\b(?:stories|articles|news|coverage|headlines|reads|posts|videos|reading)$`)

// relatedOpeners open headings whose last words differ from page to page.
var relatedOpeners = phrases("more from", "more on", "more in", "more about", "related", "recommended for", "you may also", "you might also", "also from", "latest from", "most read in", "most popular in", "read more about", "trending in", "follow ", "comments on", "mehr aus", "mehr zu", "plus de", "más de", "leia mais sobre", "responses to", "thoughts on")
