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
type pitchWords struct{ address, order, ask, near string }

// everywhere are ask words of every language.
const everywhere = ` newsletter newsletters app apps podcast podcasts pódcast whatsapp telegram facebook instagram tiktok youtube spotify linkedin bluesky threads mastodon
	discord pinterest twitch iphone android patreon paypal email e-mail`

// pitches are the pitch words of several languages: English, German, French,
// Spanish, Italian, Portuguese, Dutch, the Nordic ones and Polish, Russian,
// Turkish.
var pitches = []pitchWords{
	{
		`you your you're you'll yours our ours we we're we'd we've me`,
		`make reach contact call text find like meet come prefer follow try hear listen download tap get join read see watch visit discover sign send share give enter click take tell
			support become subscribe register write vote rate check help learn buy book order save start explore catch browse play stay never enjoy unlock upgrade
			sponsor donate pledge add turn open scan`,
		`reader-funded inbox subscribe subscriber subscribers subscribing subscription subscriptions unsubscribe signup register registration download episode
			twitter follow bookmark donate donation donations donating contribution contribute membership memberships supporter supporters patron fundraiser
			crowdfunding ticket tickets voucher vouchers discount discounts coupon coupons giveaway gift trial unlimited ad-free e-paper epaper paywall survey
			surveys questionnaire feedback poll quiz alerts notification notifications webinar tipline bell chip briefing audio spam form readers reader crossword
			puzzles perks` + everywhere,
		`listen listening hear aloud narrated headphones story article piece page website site homepage edition issue event events debate panel seats doors
			admission rsvp summit conference festival gallery exhibition live access ads adverts digital premium plus free friend friends independent funded
			appeal`,
	},
	{
		`sie ihr ihre ihren ihrem ihrer ihnen du dir dich dein deine deinen deinem deiner uns unser unsere unseren unserem unserer euch euer eure eurem euren
			wir`,
		`lesen lies hören hör laden lade folgen folge abonnieren abonniere jetzt unterstützen unterstütze testen teste entdecken entdecke schreiben schreib
			teilen teile machen mach registrieren werden werde schenken spenden bestellen kein`,
		`abo abos abonnement abonnements abonnieren abonniere abonniert abonnent abonnenten abonnentinnen abbestellbar postfach probeabo monatsabo digitalabo
			probemonat registrieren registriere anmelden kanal spende spenden spendet unterstützen unterstütze unterstützt unterstützung förderer mitglied
			mitgliedschaft gutschein gutscheine rabatt verlosung gewinnspiel gewinnen umfrage rückmeldung herunterladen kostenlos kostenlose kostenlosen gratis
			testen teilen folgen folge feedback benachrichtigungen eilmeldungen brief spam leser leserinnen folge rätsel tickets karten shop monat merkliste` + everywhere,
		`artikel text beitrag seite ausgabe zeitung magazin veranstaltung eintritt lesung diskussion diskutieren plätze termin abend hören anhören vorlesen
			vorgelesen audio zugang werbefrei werbung freund freunde`,
	},
	{
		`vous votre vos nous notre nos toi ton ta tes je`,
		`téléchargez suivez abonnez inscrivez recevez écoutez découvrez soutenez retrouvez partagez répondez participez rejoignez lisez profitez donnez écrivez
			offrez votez regardez offre`,
		`abonnez abonnés abonné abonnement abonnements abonner infolettre infolettres lettre inscrivez inscription courriel messagerie téléchargez télécharger
			application appli mobile don dons donner soutenez soutenir soutien adhérez adhérer cagnotte suivez partagez billet billets promo sondage questionnaire
			avis gratuitement gratuit alertes chaîne balado balados lecteurs lectrices engagement épisode jeux boutique groupe` + everywhere,
		`article page site journal événement débat soirée rencontre conférence places entrée écouter audio lecture accès publicité illimité ami amis`,
	},
	{
		`usted ustedes tu tus te ti nuestro nuestra nuestros nuestras nos vuestro vuestra su`,
		`sigue síguenos descarga descárgate suscríbete apúntate escucha recibe únete apoya comparte participa lee mira descubre regístrate hazte dona elige
			prueba entra contesta responde`,
		`suscríbete suscríbase suscripción suscripciones suscriptor suscriptores suscribirse boletín boletines correo buzón descarga descargue descárgate
			aplicación dona done donación donativo apoya apóyanos apoye socio socios hazte síguenos comparte canal entradas descuento sorteo encuesta cuestionario
			opinión gratis alertas notificaciones regístrate regístrese apúntate plataforma episodio lectores grupo artículo` + everywhere,
		`página sitio periódico evento charla encuentro debate entrada plazas escuchar audio acceso publicidad ilimitado amigo amigos`,
	},
	{
		`tuo tua tuoi tue vostro vostra vostri ti voi noi nostro nostra nostri nostre ci`,
		`segui seguici scarica iscriviti ascolta ricevi partecipa leggi scopri sostieni abbonati unisciti condividi regala prova rispondi`,
		`iscriviti iscrizione abbonati abbonamento abbonamenti abbonarsi scarica applicazione sostieni sostienici donazione donazioni seguici condividi canale
			biglietti sconto sondaggio questionario gratuita gratuitamente notifiche episodio lettori gruppo lettera` + everywhere,
		`articolo pagina sito giornale evento incontro dibattito ingresso posti ascoltare audio accesso pubblicità illimitato amico amici`,
	},
	{
		`você vocês te nosso nossa nossos nossas nós sua seu`,
		`siga baixe assine ouça receba participe entre leia veja descubra responda apoie cadastre inscreva compartilhe acompanhe experimente doe`,
		`assine assinatura assinaturas assinante inscreva cadastre baixe aplicativo doe doação doações apoie siga compartilhe ingressos desconto enquete
			pesquisa opinião gratuito notificações boletim grupo canal episódio leitores notícia` + everywhere,
		`artigo página jornal evento encontro debate ingresso vagas ouvir áudio acesso publicidade ilimitado amigo amigos`,
	},
	{
		`je jij jou jouw jullie u uw ons onze we wij`,
		`volg download luister lees steun doe meld schrijf neem probeer ontvang deel word bekijk ontdek abonneer onbeperkt`,
		`nieuwsbrief abonneer abonnee abonnees abonnement abonneren inschrijven aanmelden mailbox meldingen doneer donatie bijdrage steun steunen volg kaarten
			korting enquête lezersonderzoek vragenlijst luister artikel lezers gratis` + everywhere,
		`pagina site krant evenement avond debat plaatsen toegang luisteren audio advertenties onbeperkt vriend vrienden`,
	},
	{
		`du dig din ditt dina er oss vår vårt våra dere deg ditt min vi ty ci twój twoje nasz nasza nasze naszego naszej was wam`,
		`følg last lytt les støtt meld følj ladda lyssna läs prenumerera hent lyt læs pobierz obserwuj słuchaj czytaj zapisz wesprzyj dołącz`,
		`nyhetsbrev nyhedsbrev prenumerera prenumeration abonner abonnement appen newsletterze subskrypcji subskrybuj prenumerata wesprzyj wsparcie darowizna
			obserwuj aplikację` + everywhere,
		``,
	},
	{
		`вы вас вам ваш ваша ваше ваши нас нам наш наша наше наши нашего нашем`,
		`подписывайтесь подпишитесь скачайте читайте слушайте поддержите следите присоединяйтесь`,
		`рассылка рассылку подписывайтесь подпишитесь подписка подписку приложение скачайте поддержите пожертвование канал канале` + everywhere,
		``,
	},
	{
		`siz sizin size bizim bize bizi`,
		`abone indirin takip okuyun dinleyin destekleyin katılın`,
		`bülten bültenimize abone olun uygulamamızı indirin takip destek bağış kanalımız` + everywhere,
		``,
	},
}

// A pitchMask says of a word which parts of a pitch it can be: a bit for each
// language, moved on by roleBits for each role.
type pitchMask uint64

// The roles of words in a pitch.
const (
	roleBits             = 16
	addressing pitchMask = 1<<roleBits - 1
	ordering             = addressing << roleBits
	asking               = ordering << roleBits
	standsNear           = asking << roleBits
)

// pitchIndex has the pitch words by hash.
var pitchIndex = indexPitches(pitches)

func indexPitches(list []pitchWords) map[uint64]pitchMask {
	index := map[uint64]pitchMask{}
	for i, l := range list {
		for role, words := range []string{l.address, l.order, l.ask, l.near} {
			for w := range strings.FieldsSeq(words) {
				index[hashWord(w)] |= 1 << (role*roleBits + i)
			}
		}
	}
	return index
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
	if b.words < leastPitch || b.words > mostPitch || b.row {
		return false
	}
	asks := asking
	if every == pitchEvery {
		asks |= standsNear
	}
	own, price := 0, 0
	if strings.ContainsAny(b.text, "$£€") && (every == pitchEvery && b.words <= shortOffer || offer.MatchString(b.text)) {
		own, price = 1, 1
	}
	masks, all := pitchMasks(b.text)
	if all&asks == 0 && price == 0 || strings.ContainsAny(b.text, "“”„«»\"") {
		return false
	}
	if len(site) > 3 && strings.Contains(fold(b.text), site) {
		own++
	}
	starts := startsOf(b.text)
	for lang := range pitches {
		bit := pitchMask(1) << lang
		voice, asked := own, price
		for i, m := range masks {
			switch {
			case m&asks&(bit<<(2*roleBits)|bit<<(3*roleBits)) != 0:
				asked++
				if m&(bit<<roleBits) != 0 && starts[i] {
					voice++
				}
			case m&bit != 0, m&(bit<<roleBits) != 0 && starts[i]:
				voice++
			}
		}
		if voice > 0 && asked > 0 && every*(voice+asked) >= int(b.words) {
			return true
		}
	}
	return false
}

// pitchMasks returns what each word of a text, as eachWord counts them, can be
// in a pitch, and what any of them can.
func pitchMasks(s string) (masks []pitchMask, all pitchMask) {
	masks = make([]pitchMask, 0, mostPitch+10)
	eachWord(s, func(w uint64, _ int, _ bool) {
		m := pitchIndex[w]
		masks, all = append(masks, m), all|m
	})
	return masks, all
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

// addresses reports whether a text speaks to its reader or for the outlet.
func addresses(s string) bool {
	_, all := pitchMasks(s)
	return all&addressing != 0
}
