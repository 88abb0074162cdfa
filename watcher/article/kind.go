package article

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"
)

// errorTitle finds the titles of error pages.
var errorTitle = regexp.MustCompile(`(?i)^\W*(?:(?:error|fehler|erreur)? ?(?:40[0-9]|410|429|451|50[0-9]|52\d)\b(?:.{0,60})|(?:.{0,30})\b(?:page|seite|article|story|content|site|file) (?:you (?:requested|were looking for) )?(?:was |is |could |can |konnte |wurde |has )?(?:not|cannot|can't|couldn't|nicht|no longer) ?(?:be )?(?:found|gefunden|available|exist|been found).{0,30}|not found\b.{0,20}|(?:seite|artikel) nicht (?:gefunden|verfügbar).{0,30}|page (?:introuvable|non trouvée).{0,30}|página no encontrada.{0,30}|pagina non trovata.{0,30}|página não encontrada.{0,30}|internal server error.{0,20}|bad gateway.{0,20}|(?:service|site|website|temporarily) (?:temporarily )?unavailable.{0,30}|gateway time-?out.{0,20}|(?:sorry|oops|whoops|uh-oh)\b.{0,60}|something went wrong.{0,30}|we(?:'ll| will) be (?:right )?back.{0,30}|(?:scheduled |under )?maintenance.{0,20}|application error.{0,30}|database error.{0,30}|error establishing.{0,40}|an error (?:has )?occurred.{0,30}|wartungsarbeiten.{0,30}|server error.{0,30}|この(?:ページ|記事)は.{0,20}|ページが見つかりません.{0,20}|site en maintenance.{0,20})$`)

// errorWords stand in the short text of an error page.
var errorWords = phrases(
	"page not found", "404 not found", "could not be found", "couldn't find the page", "can't find the page", "cannot find the page", "page you requested", "page you are looking for", "page you were looking for", "no longer available", "has been removed or", "does not exist", "internal server error", "bad gateway", "service unavailable", "temporarily unavailable", "gateway timeout", "error 404", "error 500", "error 503", "something went wrong", "an error occurred", "an error has occurred", "try again later", "down for maintenance", "scheduled maintenance", "error establishing a database connection", "upstream connect error", "varnish cache server", "reference #", "guru meditation",
	"seite nicht gefunden", "seite wurde nicht gefunden", "leider nicht gefunden", "existiert nicht", "interner serverfehler", "wartungsarbeiten", "page introuvable", "n'existe pas", "n'existe plus", "page demandée", "erreur interne", "página no encontrada", "no se ha encontrado", "no existe", "error interno", "pagina non trovata", "página não encontrada", "ページが見つかりません",
)

// captchaWords stand on pages that doubt that their reader is a person.
var captchaWords = phrases(
	"verify you are human", "verify that you are human", "verifying you are human", "are you a robot", "not a robot", "you are human", "you're human", "unusual traffic", "unusual activity", "checking your browser", "just a moment", "attention required", "enable javascript and cookies to continue", "complete the security check", "security check to access", "press & hold", "press and hold", "access denied", "access to this page has been denied", "you don't have permission to access", "you have been blocked", "request blocked", "request unsuccessful", "pardon our interruption", "ddos protection", "bot detection", "captcha", "ray id", "automated access", "automated requests", "human verification", "please confirm you are",
	"sind sie ein mensch", "kein roboter", "zugriff verweigert", "sicherheitsprüfung", "ungewöhnlichen datenverkehr", "vous êtes un humain", "pas un robot", "accès refusé", "vérification de sécurité", "no eres un robot", "no soy un robot", "acceso denegado", "verifica que eres",
)

// loginWords stand where a login or a subscription is asked for.
var loginWords = phrases(
	"log in to continue", "log in to read", "login to continue", "sign in to continue", "sign in to read", "please log in", "please sign in", "sign in or create", "log in or create", "log in or register", "create a free account", "create an account to", "register to continue", "register to read", "register for free to", "subscribe to continue", "subscribe to read", "subscribe to keep reading", "to continue reading", "continue reading your article", "already a subscriber", "already have an account", "for subscribers only", "subscriber-only", "subscribers only", "exclusive to subscribers", "this content is for", "you have reached your", "you've reached your", "you have read your", "free articles", "free article", "unlock this article", "unlock this story", "to unlock", "start your subscription", "to read the full", "to access this", "keep reading for",
	"melden sie sich an", "anmelden und weiterlesen", "bitte anmelden", "jetzt weiterlesen", "weiterlesen mit", "bereits abonnent", "nur für abonnenten", "um weiterzulesen", "jetzt registrieren", "mit abo lesen", "lesen sie diesen artikel",
	"connectez-vous", "réservé aux abonnés", "pour lire la suite", "il vous reste", "déjà abonné", "créez un compte", "abonnez-vous pour", "inicia sesión", "inicie sesión", "solo para suscriptores", "exclusivo para suscriptores", "para seguir leyendo", "para continuar leyendo", "ya soy suscriptor", "regístrate para", "suscríbete para",
	"riservato agli abbonati", "per continuare a leggere", "sei già abbonato", "alleen voor abonnees", "om verder te lezen", "al abonnee", "exclusivo para assinantes", "já é assinante", "para continuar a ler", "para continuar lendo", "för prenumeranter", "för att läsa vidare", "kun for abonnenter", "for å lese videre", "for at læse videre",
	"dla prenumeratorów", "dla subskrybentów", "aby czytać dalej", "pro předplatitele", "только для подписчиков", "доступно по подписке", "чтобы читать дальше", "тільки для передплатників", "щоб читати далі", "有料記事です", "有料会員", "会員限定", "続きを読むには", "ログインして続き", "订阅后", "登录后阅读", "訂閱後", "登入後閱讀", "유료 회원", "구독자 전용", "로그인 후", "للمشتركين فقط", "למנויים בלבד",
)

// consentWords stand on consent layers.
var consentWords = phrases(
	"we value your privacy", "your privacy", "before you continue", "cookies and similar", "use cookies", "uses cookies", "accept all", "accept cookies", "manage preferences", "manage your choices", "privacy choices", "consent to", "your consent", "our partners", "store and/or access information", "legitimate interest", "pur-abo", "mit werbung weiterlesen", "zustimmen und weiter", "datenschutzeinstellungen", "einwilligung", "cookies zustimmen", "werbung und tracking", "respectons votre vie privée", "nous respectons votre", "accepter et continuer", "continuer sans accepter", "nos partenaires", "valoramos su privacidad", "valoramos tu privacidad", "aceptar y continuar", "nuestros socios", "utilizamos cookies",
)

// count returns how many of the phrases s, folded, holds.
func (l *phraseList) count(s string) int {
	n := 0
	for _, list := range l.first {
		for _, p := range list {
			if strings.Contains(s, p) {
				n++
			}
		}
	}
	return n
}

// wallOrError looks for what stands in a story's place: text is all that is
// short on the page, printed the number of words read as the story.
func (j *judging) wallOrError(status int, headline string, printed int) (Kind, string) {
	p := j.page
	if status >= 400 {
		return KindError, fmt.Sprintf("the server answered with HTTP status %d", status)
	}
	all := int(p.elems[0].words)
	if printed >= 150 && all >= 200 {
		return "", ""
	}
	text := p.shortText()
	for _, t := range []string{headline, p.meta.title} {
		if printed < 150 && errorTitle.MatchString(fold(t)) && (all < 400 || errorWords.in(text)) {
			return KindError, "an error page: its title is “" + t + "”"
		}
	}
	captcha := captchaWords.count(text + "\n" + fold(p.meta.title))
	login, consent := loginWords.count(text), consentWords.count(text)
	switch {
	case p.forms.captcha && all < 200, captcha >= 2 && printed < 120, captcha >= 1 && all < 120:
		return KindWall, "a check for robots stands in the story's place"
	case printed < 120 && all < 400 && errorWords.count(text) >= 2, printed < 60 && all < 150 && errorWords.in(text):
		return KindError, "an error page: its text says so"
	case consent >= 3 && printed < 150 && all < 600 && !p.longStory():
		return KindWall, "a consent page stands in the story's place"
	case j.firstLines():
		return "", ""
	case (login >= 2 || login >= 1 && p.forms.password) && printed < 60 && !p.longStory(), login >= 1 && all < 120, p.forms.password && printed < 8 && all < 200:
		return KindWall, "a login or subscription page stands in the story's place"
	}
	return "", ""
}

// firstLines reports whether the page shows the beginning of a story that it
// says it is: one paragraph that asks for nothing, under a headline, on a page
// marked as an article.
func (j *judging) firstLines() bool {
	if j.title < 0 || j.meta.article() == nil && !strings.HasPrefix(j.meta.first("og:type"), "article") {
		return false
	}
	for i := range j.verdicts {
		b := &j.blocks[i]
		if j.verdicts[i].label != printed || !b.good || b.words < 15 {
			continue
		}
		if s := fold(b.text); !loginWords.in(s) && !consentWords.in(s) && !promoWords.in(s) && !captchaWords.in(s) && !errorWords.in(s) {
			return true
		}
	}
	return false
}

// longStory reports whether the page has a paragraph of running text that is
// no wall's.
func (p *page) longStory() bool {
	n := int32(0)
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.good && b.words > 20 && !consentWords.in(fold(b.text)) && !loginWords.in(fold(b.text)) && !promoWords.in(fold(b.text)) {
			n += b.words
		}
	}
	return n > 100
}

// maxShortText bounds the text that phrases are looked for in.
const maxShortText = 20_000

// shortText returns the page's text in lower case, as much as a wall or an
// error page would have.
func (p *page) shortText() string {
	var b strings.Builder
	for i := range p.blocks {
		if b.Len() > maxShortText {
			break
		}
		b.WriteString(p.blocks[i].text)
		b.WriteByte('\n')
	}
	return fold(b.String())
}

// paywalled reports whether lines at the story's end ask for a subscription
// to read on.
func (j *judging) paywalled() bool {
	_, last := j.span()
	for i := max(last-3, 0); i < min(last+12, int32(len(j.blocks))); i++ {
		if b := &j.blocks[i]; b.words < 60 && loginWords.in(fold(b.text)) {
			return true
		}
	}
	return false
}

// listing reports whether the page is a list of stories rather than one:
// linked headings, and what paragraphs there are stand next to one.
func (j *judging) listing() bool {
	if j.meta.article() != nil || strings.HasPrefix(j.meta.first("og:type"), "article") || j.in.score > 0.5 && j.printedWords() > 250 {
		return false
	}
	linked, paras, teasers, long := 0, 0, 0, 0
	lastLink := -9
	for i := range j.blocks {
		b := &j.blocks[i]
		switch {
		case j.elems[b.elem].noise&(hintNav|hintSite) != 0:
		case b.words >= 3 && b.linkShare() > 0.8 && (b.heading() || b.words >= 5 && b.tag != atom.Li):
			linked++
			lastLink = i
		case b.good && j.verdicts[i].label == printed:
			paras++
			if i-lastLink <= 2 {
				teasers++
			}
			if b.words > 40 {
				long++
			}
		}
	}
	return linked >= 6 && long < 4 && 2*teasers >= paras
}

// minStory is the fewest printed words of a story.
const minStory = 8

// kindOf says what sort of page was read, and why.
func (j *judging) kindOf(status int, headline string) (Kind, string) {
	printed := j.printedWords()
	if kind, why := j.wallOrError(status, headline, printed); kind != "" {
		return kind, why
	}
	listing := j.listing()
	if printed < minStory && !listing {
		return KindEmpty, j.whyEmpty()
	}
	if listing {
		return KindListing, "more links to stories than paragraphs of one"
	}
	if j.isLive() {
		return KindLive, "the page marks itself as a live blog"
	}
	return KindArticle, fmt.Sprintf("%d words of running text in one place", printed)
}

// whyEmpty says why there is no text.
func (j *judging) whyEmpty() string {
	switch {
	case len(j.elems) < 2 && len(j.blocks) == 0:
		return "no HTML and no text"
	case j.forms.scripts > 0 && j.elems[0].words < 200:
		return "the text is filled in by scripts, which are not run"
	case len(j.blocks) == 0:
		return "no text on the page"
	}
	return "no running text on the page"
}
