package article

import "strings"

// A pitchWords list is how one language's outlets speak to their readers, and
// what they ask of them or offer them: papers and letters to subscribe to, ways
// to follow, give, buy or write.
type pitchWords struct{ address, ask stopList }

// pitches are the pitch words of several languages: English, German,
// French, Spanish, Italian, Portuguese, Dutch, the Nordic ones and Polish,
// Russian, Turkish.
var pitches = []pitchWords{
	{newStopList(`you your you're you'll yours our ours we're we'd`),
		newStopList(`newsletter newsletters inbox subscribe subscriber subscribers subscribing subscription subscriptions unsubscribe signup sign register registration
			app apps download podcast podcasts episode whatsapp telegram facebook instagram twitter tiktok youtube linkedin bluesky threads mastodon discord follow bookmark
			donate donation donations donating contribution contribute membership memberships supporter supporters patron patreon fundraiser crowdfunding
			ticket tickets voucher vouchers discount discounts coupon coupons giveaway gift trial unlimited ad-free e-paper epaper paywall
			survey surveys questionnaire feedback poll quiz alerts notification notifications webinar tipline`)},
	{newStopList(`sie ihr ihre ihren ihrem ihrer ihnen du dir dich dein deine deinen deinem deiner uns unser unsere unseren unserem unserer euch euer eure eurem euren`),
		newStopList(`abo abos abonnement abonnements abonnieren abonniere abonniert abonnent abonnenten abonnentinnen postfach probeabo monatsabo digitalabo probemonat registrieren registriere anmelden
			kanal spende spenden spendet unterstützen unterstütze unterstützt unterstützung förderer mitglied mitgliedschaft gutschein gutscheine rabatt verlosung gewinnspiel gewinnen umfrage rückmeldung
			herunterladen kostenlos kostenlose kostenlosen gratis testen teilen folgen folge feedback benachrichtigungen push eilmeldungen newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`vous votre vos nous notre nos toi ton ta tes`),
		newStopList(`abonnez abonnés abonné abonner infolettre infolettres inscrivez inscription courriel messagerie téléchargez application appli don dons donner soutenez soutenir soutien adhérez adhérer cagnotte suivez partagez billet billets place places promo sondage gratuitement gratuit alertes chaîne balado newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`usted ustedes tu tus te nuestro nuestra nuestros nuestras nos vuestro vuestra`),
		newStopList(`suscríbete suscríbase suscripción suscripciones suscriptor suscriptores suscribirse boletín boletines correo buzón descarga descargue descárgate aplicación dona done donación donativo apoya apóyanos apoye socio socios hazte síguenos comparte canal entradas descuento sorteo encuesta gratis alertas notificaciones regístrate regístrese newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`tuo tua tuoi tue vostro vostra vostri ti voi noi nostro nostra nostri nostre ci`),
		newStopList(`iscriviti iscrizione abbonati abbonamento abbonamenti abbonarsi scarica applicazione sostieni sostienici donazione donazioni seguici condividi canale biglietti sconto sondaggio gratuita gratuitamente notifiche newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`você vocês seu sua nosso nossa nossos nossas`),
		newStopList(`assine assinatura assinaturas assinante inscreva cadastre baixe aplicativo doe doação doações apoie siga compartilhe ingressos desconto enquete gratuito notificações boletim newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`je jij jou jouw jullie u uw ons onze`),
		newStopList(`nieuwsbrief abonneer abonnee abonnees abonneren inschrijven aanmelden mailbox meldingen doneer donatie steun steunen volg kaarten korting enquête newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`du dig din ditt dina er oss vår vårt våra dere deg vi ty ci twój twoje nasz nasza nasze naszego naszej was wam`),
		newStopList(`nyhetsbrev prenumerera prenumeration abonner appen newsletterze subskrypcji subskrybuj prenumerata wesprzyj wsparcie darowizna obserwuj newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`вы вас вам ваш ваша ваше ваши нас нам наш наша наше наши нашего нашем`),
		newStopList(`рассылка рассылку подписывайтесь подпишитесь подписка подписку приложение скачайте поддержите пожертвование канал newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
	{newStopList(`siz sizin size bizim bize`),
		newStopList(`bülten bültenimize abone olun uygulamamızı indirin destek bağış newsletter newsletters app podcast podcasts whatsapp telegram facebook instagram tiktok youtube`)},
}

// The bounds of a paragraph that is taken for a pitch, in words.
const (
	leastPitch = 4
	mostPitch  = 50
)

// isPitch reports whether a short paragraph speaks to its readers of what the
// outlet wants from them or offers them. One that quotes somebody is a
// report's.
func isPitch(b *block) bool {
	if b.words < leastPitch || b.words > mostPitch || b.row || strings.ContainsAny(b.text, "“”„«»\"") {
		return false
	}
	var address, ask [16]int
	eachWord(b.text, func(w uint64, _ int, _ bool) {
		for i, l := range pitches {
			if l.ask.has(w) {
				ask[i]++
			} else if l.address.has(w) {
				address[i]++
			}
		}
	})
	for i := range pitches {
		if ask[i] > 0 && address[i] > 0 && 16*(ask[i]+address[i]) >= int(b.words) {
			return true
		}
	}
	return false
}

// mostPitches is the most paragraphs of a story that read like pitches before
// it is taken for one that speaks to its readers: a guide, a column.
const mostPitches = 1

// speaksToReaders reports whether the story itself reads like pitches.
func (j *judging) speaksToReaders() bool {
	n := 0
	for i := range j.verdicts {
		if j.verdicts[i].label == printed && isPitch(&j.blocks[i]) {
			n++
		}
	}
	return n > mostPitches
}
