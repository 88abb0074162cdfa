package article

import (
	"regexp"
	"strings"
)

// A pitchWords list is how one language's outlets speak to their readers: by
// whom they address, by what they tell them to do at the start of a sentence,
// and by what they ask of them or offer them: papers and letters to subscribe
// to, ways to follow, give, buy or write. near are words that stand near such
// an offer, and in other text too: they count on a new block only.
type pitchWords struct{ address, order, ask, near stopList }

// everywhere are ask words of every language.
const everywhere = ` newsletter newsletters app apps podcast podcasts pódcast whatsapp telegram facebook instagram tiktok youtube spotify linkedin bluesky threads mastodon
	discord pinterest twitch iphone android patreon paypal email e-mail`

// pitches are the pitch words of several languages: English, German, French,
// Spanish, Italian, Portuguese, Dutch, the Nordic ones and Polish, Russian,
// Turkish.
var pitches = []pitchWords{
	{
		newStopList(`you your you're you'll yours our ours we we're we'd we've me`),
		newStopList(`reach contact call text find like meet come prefer follow try hear listen download tap get join read see watch visit discover sign send share give enter click take tell
			support become subscribe register write vote rate check help learn buy book order save start explore catch browse play stay never enjoy unlock upgrade
			sponsor donate pledge add turn open scan`),
		newStopList(`reader-funded inbox subscribe subscriber subscribers subscribing subscription subscriptions unsubscribe signup register registration download episode
			twitter follow bookmark donate donation donations donating contribution contribute membership memberships supporter supporters patron fundraiser
			crowdfunding ticket tickets voucher vouchers discount discounts coupon coupons giveaway gift trial unlimited ad-free e-paper epaper paywall survey
			surveys questionnaire feedback poll quiz alerts notification notifications webinar tipline bell chip briefing audio spam form readers reader crossword
			puzzles perks` + everywhere),
		newStopList(`listen listening hear aloud narrated headphones story article piece page website site homepage edition issue event events debate panel seats doors
			admission rsvp summit conference festival gallery exhibition live access ads adverts digital premium plus free friend friends independent funded
			appeal`),
	},
	{
		newStopList(`sie ihr ihre ihren ihrem ihrer ihnen du dir dich dein deine deinen deinem deiner uns unser unsere unseren unserem unserer euch euer eure eurem euren
			wir`),
		newStopList(`lesen lies hören hör laden lade folgen folge abonnieren abonniere jetzt unterstützen unterstütze testen teste entdecken entdecke schreiben schreib
			teilen teile machen mach registrieren werden werde schenken spenden bestellen kein`),
		newStopList(`abo abos abonnement abonnements abonnieren abonniere abonniert abonnent abonnenten abonnentinnen abbestellbar postfach probeabo monatsabo digitalabo
			probemonat registrieren registriere anmelden kanal spende spenden spendet unterstützen unterstütze unterstützt unterstützung förderer mitglied
			mitgliedschaft gutschein gutscheine rabatt verlosung gewinnspiel gewinnen umfrage rückmeldung herunterladen kostenlos kostenlose kostenlosen gratis
			testen teilen folgen folge feedback benachrichtigungen eilmeldungen brief spam leser leserinnen folge rätsel tickets karten shop monat merkliste` + everywhere),
		newStopList(`artikel text beitrag seite ausgabe zeitung magazin veranstaltung eintritt lesung diskussion diskutieren plätze termin abend hören anhören vorlesen
			vorgelesen audio zugang werbefrei werbung freund freunde`),
	},
	{
		newStopList(`vous votre vos nous notre nos toi ton ta tes je`),
		newStopList(`téléchargez suivez abonnez inscrivez recevez écoutez découvrez soutenez retrouvez partagez répondez participez rejoignez lisez profitez donnez écrivez
			offrez votez regardez offre`),
		newStopList(`abonnez abonnés abonné abonnement abonnements abonner infolettre infolettres lettre inscrivez inscription courriel messagerie téléchargez télécharger
			application appli mobile don dons donner soutenez soutenir soutien adhérez adhérer cagnotte suivez partagez billet billets promo sondage questionnaire
			avis gratuitement gratuit alertes chaîne balado balados lecteurs lectrices engagement épisode jeux boutique groupe` + everywhere),
		newStopList(`article page site journal événement débat soirée rencontre conférence places entrée écouter audio lecture accès publicité illimité ami amis`),
	},
	{
		newStopList(`usted ustedes tu tus te ti nuestro nuestra nuestros nuestras nos vuestro vuestra su`),
		newStopList(`sigue síguenos descarga descárgate suscríbete apúntate escucha recibe únete apoya comparte participa lee mira descubre regístrate hazte dona elige
			prueba entra contesta responde`),
		newStopList(`suscríbete suscríbase suscripción suscripciones suscriptor suscriptores suscribirse boletín boletines correo buzón descarga descargue descárgate
			aplicación dona done donación donativo apoya apóyanos apoye socio socios hazte síguenos comparte canal entradas descuento sorteo encuesta cuestionario
			opinión gratis alertas notificaciones regístrate regístrese apúntate plataforma episodio lectores grupo artículo` + everywhere),
		newStopList(`página sitio periódico evento charla encuentro debate entrada plazas escuchar audio acceso publicidad ilimitado amigo amigos`),
	},
	{
		newStopList(`tuo tua tuoi tue vostro vostra vostri ti voi noi nostro nostra nostri nostre ci`),
		newStopList(`segui seguici scarica iscriviti ascolta ricevi partecipa leggi scopri sostieni abbonati unisciti condividi regala prova rispondi`),
		newStopList(`iscriviti iscrizione abbonati abbonamento abbonamenti abbonarsi scarica applicazione sostieni sostienici donazione donazioni seguici condividi canale
			biglietti sconto sondaggio questionario gratuita gratuitamente notifiche episodio lettori gruppo lettera` + everywhere),
		newStopList(`articolo pagina sito giornale evento incontro dibattito ingresso posti ascoltare audio accesso pubblicità illimitato amico amici`),
	},
	{
		newStopList(`você vocês te nosso nossa nossos nossas nós sua seu`),
		newStopList(`siga baixe assine ouça receba participe entre leia veja descubra responda apoie cadastre inscreva compartilhe acompanhe experimente doe`),
		newStopList(`assine assinatura assinaturas assinante inscreva cadastre baixe aplicativo doe doação doações apoie siga compartilhe ingressos desconto enquete
			pesquisa opinião gratuito notificações boletim grupo canal episódio leitores notícia` + everywhere),
		newStopList(`artigo página jornal evento encontro debate ingresso vagas ouvir áudio acesso publicidade ilimitado amigo amigos`),
	},
	{
		newStopList(`je jij jou jouw jullie u uw ons onze we wij`),
		newStopList(`volg download luister lees steun doe meld schrijf neem probeer ontvang deel word bekijk ontdek abonneer onbeperkt`),
		newStopList(`nieuwsbrief abonneer abonnee abonnees abonnement abonneren inschrijven aanmelden mailbox meldingen doneer donatie bijdrage steun steunen volg kaarten
			korting enquête lezersonderzoek vragenlijst luister artikel lezers gratis` + everywhere),
		newStopList(`pagina site krant evenement avond debat plaatsen toegang luisteren audio advertenties onbeperkt vriend vrienden`),
	},
	{
		newStopList(`du dig din ditt dina er oss vår vårt våra dere deg ditt min vi ty ci twój twoje nasz nasza nasze naszego naszej was wam`),
		newStopList(`følg last lytt les støtt meld følj ladda lyssna läs prenumerera hent lyt læs pobierz obserwuj słuchaj czytaj zapisz wesprzyj dołącz`),
		newStopList(`nyhetsbrev nyhedsbrev prenumerera prenumeration abonner abonnement appen newsletterze subskrypcji subskrybuj prenumerata wesprzyj wsparcie darowizna
			obserwuj aplikację` + everywhere),
		newStopList(``),
	},
	{
		newStopList(`вы вас вам ваш ваша ваше ваши нас нам наш наша наше наши нашего нашем`),
		newStopList(`подписывайтесь подпишитесь скачайте читайте слушайте поддержите следите присоединяйтесь`),
		newStopList(`рассылка рассылку подписывайтесь подпишитесь подписка подписку приложение скачайте поддержите пожертвование канал канале` + everywhere),
		newStopList(``),
	},
	{
		newStopList(`siz sizin size bizim bize bizi`),
		newStopList(`abone indirin takip okuyun dinleyin destekleyin katılın`),
		newStopList(`bülten bültenimize abone olun uygulamamızı indirin takip destek bağış kanalımız` + everywhere),
		newStopList(``),
	},
}

// The bounds of a paragraph that is taken for a pitch, in words, and how many
// words it may have for each that gives it away.
const (
	leastPitch = 3
	mostPitch  = 50
	pitchEvery = 12 // on a new block
	plainPitch = 6  // on a first reading
	shortOffer = 25 // a shorter paragraph with a price may be an offer
)

// offer finds a price for a time: "3 weeks for £1", "€2.50 a month".
var offer = regexp.MustCompile(`(?i)(?:weeks?|months?|days?|wochen|monate?|semaines?|mois|semanas?|meses|mes|maand(?:en)?|weken|settimane|mesi) (?:for|für|pour|por|per|à|voor)? ?(?:only )?[$£€]|[$£€] ?\d[\d.,]* ?(?:a|an|per|/|each|im|pro|par|al|por|ao|al|per|eerste)? ?(?:week|month|year|monat|woche|mois|semaine|mes|mês|semana|maand)`)

// isPitch reports whether a short paragraph speaks to its readers of what the
// outlet wants from them or offers them. One that quotes somebody is a
// report's. site is the outlet's name, folded; every is how many words may
// stand to each that gives it away.
func isPitch(b *block, site string, every int) bool {
	if b.words < leastPitch || b.words > mostPitch || b.row || strings.ContainsAny(b.text, "“”„«»\"") {
		return false
	}
	var address, order, ask [16]int
	starts := startsOf(b.text)
	at := 0
	eachWord(b.text, func(w uint64, _ int, _ bool) {
		for i := range pitches {
			l := &pitches[i]
			if starts[at] && l.order.has(w) {
				order[i]++
			}
			if l.ask.has(w) || every == pitchEvery && l.near.has(w) {
				ask[i]++
			} else if l.address.has(w) {
				address[i]++
			}
		}
		at++
	})
	own, price := 0, 0
	if len(site) > 3 && strings.Contains(fold(b.text), site) {
		own = 1
	}
	if offer.MatchString(b.text) || every == pitchEvery && b.words <= shortOffer && strings.ContainsAny(b.text, "$£€") {
		own, price = own+1, 1
	}
	for i := range pitches {
		voice, asked := address[i]+order[i]+own, ask[i]+price
		if voice > 0 && asked > 0 && every*(voice+asked) >= int(b.words) {
			return true
		}
	}
	return false
}

// startsOf says of each word of a text, as eachWord counts them, whether it
// begins a sentence or follows a colon.
func startsOf(s string) map[int]bool {
	starts := map[int]bool{0: true}
	n := 0
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(".!?:;…–—", r) }) {
		starts[n] = true
		eachWord(part, func(uint64, int, bool) { n++ })
	}
	return starts
}

// A story speaks to its readers itself, as guides and columns do, if more of
// its paragraphs than mostPitches read like pitches, or more than one word in
// pitchShare.
const (
	mostPitches = 3
	pitchShare  = 8
)

// pitches drops the paragraphs that speak to readers of what the outlet wants,
// unless the story itself does.
func (j *judging) pitches() {
	var found []int32
	words, all := int32(0), int32(0)
	site := fold(j.siteName)
	for i := j.from; i < j.to; i++ {
		b, v := &j.blocks[i], &j.verdicts[i]
		if v.label != printed {
			continue
		}
		all += b.words
		if v.kind != Note && v.kind != Caption && !b.heading() && isPitch(b, site, plainPitch) {
			found, words = append(found, i), words+b.words
		}
	}
	if len(found) > mostPitches || pitchShare*words > all {
		return
	}
	for _, i := range found {
		j.verdicts[i].setApart("speaks to readers of what the outlet offers or wants")
	}
}

// speaksToReaders reports whether the story itself reads like pitches: its
// first reading left some in.
func (j *judging) speaksToReaders() bool {
	site := fold(j.siteName)
	for i := range j.verdicts {
		if v := &j.verdicts[i]; v.label == printed && v.kind != Note && v.kind != Caption && !j.blocks[i].heading() && isPitch(&j.blocks[i], site, plainPitch) {
			return true
		}
	}
	return false
}
