package perturb

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
)

// insertedBoxes are furniture that stands on the page after, and not before.
func insertedBoxes() []perturbation {
	return []perturbation{
		{kind: "teaser-card", make: inBody((*trial).teaserCard)},
		{kind: "ad-slot", make: inBody((*trial).adSlot)},
		{kind: "native-ad", make: inBody((*trial).nativeAd)},
		{kind: "newsletter-box", make: inBody((*trial).newsletterBox)},
		{kind: "video-player", make: inBody((*trial).videoPlayer)},
		{kind: "poll", heldOut: true, make: inBody((*trial).poll)},
		{kind: "share-bar", make: inBody((*trial).shareBar)},
		{kind: "weather", heldOut: true, make: inBody((*trial).weather)},
		{kind: "reading-tools", make: belowHeadline((*trial).readingTools)},
		{kind: "relative-time", make: belowHeadline((*trial).relativeTime)},
		{kind: "view-counter", make: belowHeadline((*trial).viewCounter)},
		{kind: "reading-time", heldOut: true, make: belowHeadline((*trial).readingTime)},
		{kind: "comment-teaser", make: belowStory((*trial).commentTeaser)},
		{kind: "comment-thread", make: belowStory((*trial).commentThread)},
		{kind: "reactions", make: belowStory((*trial).reactions)},
		{kind: "author-box", make: belowStory((*trial).authorBox)},
		{kind: "most-read", make: belowStory((*trial).mostRead)},
		{kind: "related-box", make: belowStory((*trial).relatedBox)},
		{kind: "next-story", make: belowStory((*trial).nextStory)},
		{kind: "breaking-banner", make: onTop((*trial).breakingBanner)},
		{kind: "live-ticker", make: onTop((*trial).liveTicker)},
		{kind: "stock-ticker", make: onTop((*trial).stockTicker)},
		{kind: "cookie-banner", make: onTop((*trial).cookieBanner)},
		{kind: "article-meter", make: onTop((*trial).articleMeter)},
		{kind: "skip-links", heldOut: true, make: onTop((*trial).skipLinks)},
		{kind: "language-switcher", make: onTop((*trial).languageSwitcher)},
	}
}

// A box is the markup of some furniture, drawn anew each time.
type box func(*trial) string

func inBody(b box) func(*trial) bool {
	return func(t *trial) bool {
		at := t.gap()
		if at == nil {
			return false
		}
		t.now = b(t)
		insertAfter(at, markup(t.now)...)
		return true
	}
}

// belowStory puts a box behind the last paragraph, or behind the element that
// holds the story.
func belowStory(b box) func(*trial) bool {
	return func(t *trial) bool {
		at := t.lastPara()
		if at == nil {
			return false
		}
		if t.rng.IntN(2) == 0 && t.container.Data != "body" {
			at = t.container
		}
		t.now = b(t)
		insertAfter(at, markup(t.now)...)
		return true
	}
}

func belowHeadline(b box) func(*trial) bool {
	return func(t *trial) bool {
		if t.headline == nil {
			return false
		}
		t.now = b(t)
		insertAfter(t.headline, markup(t.now)...)
		return true
	}
}

func onTop(b box) func(*trial) bool {
	return func(t *trial) bool {
		body := first(t.doc, "body")
		if body.FirstChild == nil {
			return false
		}
		t.now = b(t)
		insertBefore(body.FirstChild, markup(t.now)...)
		return true
	}
}

// class returns a class attribute as outlets write them: by meaning, by a
// scheme, hashed, or none.
func (t *trial) class(meaning string) string {
	switch t.style.IntN(4) {
	case 0:
		return fmt.Sprintf(` class="%s"`, meaning)
	case 1:
		return fmt.Sprintf(` class="c-%s__inner u-mb-%d"`, meaning, t.style.IntN(9))
	case 2:
		return fmt.Sprintf(` class="css-%x"`, t.style.IntN(1<<28))
	default:
		return ""
	}
}

func (t *trial) teaserCard() string {
	href, headline := t.otherStory()
	title := pick(t.style, "<h3>%s</h3>", "<h4>%s</h4>", `<p class="title">%s</p>`, "<strong>%s</strong>")
	return fmt.Sprintf(`<div%s><a href="%s"><img src="/img/%d.jpg" alt=""><span>%s</span>%s<p>%s</p></a></div>`,
		t.class("card"), href, t.rng.IntN(9999), pick(t.style, "World", "Analysis", "Wirtschaft", "Société", "Video"), fmt.Sprintf(title, headline), html.EscapeString(t.line(summaries)))
}

func (t *trial) adSlot() string {
	label := html.EscapeString(t.line(adLabels))
	return fmt.Sprintf(pick(t.style,
		`<div%[1]s><span>%[2]s</span><div id="gpt-%[3]d"></div></div>`,
		`<aside%[1]s aria-label="%[2]s"><p>%[2]s</p><iframe src="https://ads.example/%[3]d"></iframe></aside>`,
		`<div%[1]s><small>%[2]s</small><a href="https://ads.example/%[3]d"><img src="https://ads.example/%[3]d.gif"></a></div>`,
		`<center><p>%[2]s</p></center>`,
	), t.class("slot"), label, t.rng.IntN(1e6))
}

func (t *trial) nativeAd() string {
	return fmt.Sprintf(`<div%s><span>%s</span><h3><a href="https://ads.example/%d">%s</a></h3><p>%s</p></div>`,
		t.class("native"), html.EscapeString(t.line(paidLabels)), t.rng.IntN(1e6), t.fill("en", "{brand} comes to {place}"), html.EscapeString(t.line(paidTexts)))
}

func (t *trial) newsletterBox() string {
	return fmt.Sprintf(`<div%s><h3>%s</h3><p>%s</p><form action="/nl"><input type="email" placeholder="you@mail.example"><button>%s</button></form></div>`,
		t.class("signup"), t.fill("en", pick(t.style, "The {place} Letter", "{topic} in five minutes", "The Morning Tide", "Der Morgenbrief", "La lettre du {day}")),
		t.linked(t.line(promos["newsletter"])), pick(t.style, "Sign up", "OK", "Abonnieren", "S'inscrire", "Enviar"))
}

func (t *trial) videoPlayer() string {
	return fmt.Sprintf(`<div%s><video src="/v/%d.mp4"></video><div>%s</div><span>%s</span><span>0:00 / %d:%02d</span></div>`,
		t.class("player"), t.rng.IntN(1e5), pick(t.style, "Now Playing", "Video nicht verfügbar", "Lecture en cours", "Loading the player...", "Reproducir vídeo"),
		pick(t.style, "Show transcript", "Hide captions", "Closed captions", "Mute", "Transkript anzeigen"), t.rng.IntN(9), t.rng.IntN(60))
}

func (t *trial) poll() string {
	share := 20 + t.rng.IntN(60)
	question := pick(t.style, "Should Harrowmouth build the bridge?", "Do you trust the housing plan?", "Soll Ostwick die Brücke bauen?", "Faut-il construire le pont de Velden ?")
	return fmt.Sprintf(`<div%s><h4>%s</h4><ul><li>Yes <b>%d%%</b></li><li>No <b>%d%%</b></li></ul><p>%d votes</p><button>Vote</button></div>`,
		t.class("poll"), question, share, 100-share, 200+t.rng.IntN(9000))
}

func (t *trial) shareBar() string {
	return fmt.Sprintf(`<div%s><ul><li><a href="#fb">Facebook</a></li><li><a href="#x">Twitter</a></li><li><a href="mailto:?">%s</a></li><li>%.1fK %s</li></ul></div>`,
		t.class("share"), pick(t.style, "Email", "E-Mail", "Copy link"), t.rng.Float64()*9, pick(t.style, "shares", "Mal geteilt", "partages"))
}

func (t *trial) weather() string {
	return fmt.Sprintf(`<div%s><strong>%s</strong> <span>%d°C</span> <span>%s</span> <span>Wind %d km/h</span></div>`,
		t.class("weather"), t.fill("en", "{place}"), t.rng.IntN(30), pick(t.style, "Partly cloudy", "Leichter Regen", "Ensoleillé"), t.rng.IntN(60))
}

func (t *trial) readingTools() string {
	return fmt.Sprintf(`<div%s><button>Print</button> <a href="#save">%s</a> <span>%s</span> <a href="#a">A-</a> <a href="#b">A+</a></div>`,
		t.class("tools"), pick(t.style, "Save for later", "Merken", "Enregistrer", "Bookmark"), pick(t.style, "Text size", "Schriftgröße", "Share this story"))
}

func (t *trial) relativeTime() string {
	n := 2 + t.rng.IntN(50)
	return fmt.Sprintf(pick(t.style, `<time%s>%s</time>`, `<span%s>%s</span>`, `<div%s>%s</div>`, `<p%s>%s</p>`), t.class("stamp"),
		fmt.Sprintf(pick(t.style, "%d minutes ago", "vor %d Stunden", "il y a %d minutes", "hace %d horas", "%d minuti fa", "há %d horas", "%d minuten geleden", "%dh", "Published %d hours ago"), n))
}

func (t *trial) viewCounter() string {
	return fmt.Sprintf(`<div%s>%s</div>`, t.class("views"), fmt.Sprintf(pick(t.style, "%d views", "%d Aufrufe", "%d people are reading this", "Lu %d fois", "%d visualizzazioni", "👁 %d", "Views: %d"), 100+t.rng.IntN(90000)))
}

func (t *trial) readingTime() string {
	return fmt.Sprintf(`<span%s>%s</span>`, t.class("meta"), fmt.Sprintf(pick(t.style, "%d min read", "Lesezeit: %d Min.", "Temps de lecture : %d min", "%d minutos de lectura", "Reading time %d minutes"), 2+t.rng.IntN(12)))
}

func (t *trial) commentTeaser() string {
	n := t.rng.IntN(900)
	return fmt.Sprintf(`<div%s><a href="#comments">%s</a></div>`, t.class("discuss"), fmt.Sprintf(pick(t.style,
		"%d comments", "Join the conversation (%d)", "%d Kommentare – diskutieren Sie mit!", "Réagir (%d)", "%d comentarios", "View all %d responses", "Reageer (%d)"), n))
}

func (t *trial) commentThread() string { return t.thread(3 + t.rng.IntN(4)) }

func (t *trial) thread(n int) string {
	var b strings.Builder
	row := pick(t.style,
		`<div><strong>%s</strong> <span>%s</span><p>%s</p><a href="#r">Reply</a></div>`,
		`<ul><li><cite>%s</cite><small>%s</small><div><p>%s</p></div></li></ul>`,
		`<article><header>%s · %s</header><p>%s</p><footer>👍 3</footer></article>`)
	for range n {
		fmt.Fprintf(&b, row, pick(t.rng, "harbourlight", "J. Abara", "Tom in the north", "reader1987", t.name()),
			pick(t.rng, "2 hours ago", "19 Nov 2019 at 14:05", "vor 3 Tagen", "Yesterday"), html.EscapeString(t.line(comments)))
	}
	return fmt.Sprintf(`<section%s><h2>%s</h2>%s</section>`, t.class("comments"), pick(t.style, "Comments", "Kommentare", "What readers say", "Discussion", "Vos réactions"), b.String())
}

func (t *trial) reactions() string {
	return fmt.Sprintf(`<div%s>%s</div>`, t.class("reactions"), fmt.Sprintf(pick(t.style,
		"<span>%.1fK shares</span>", "<p>Be the first to comment</p><i>%.1fK</i>", "<span>Like</span> <span>Love</span> <span>Angry</span> %.1fK", "<p>%.1fK people like this</p>"), t.rng.Float64()*9))
}

func (t *trial) authorBox() string {
	name := t.name()
	bio := strings.ReplaceAll(t.draw(bios).text, "{name}", name)
	return fmt.Sprintf(`<div%s><img src="/a/%d.jpg" alt="%s"><h4>%s</h4><p>%s</p><a href="/by/x">%s</a></div>`,
		t.class("bio"), t.rng.IntN(99), name, name, html.EscapeString(t.fill("en", bio)), pick(t.style, "More by this author", "Alle Artikel", "Voir tous ses articles"))
}

func (t *trial) mostRead() string {
	var b strings.Builder
	for i := range 5 {
		href, headline := t.otherStory()
		fmt.Fprintf(&b, `<li><span>%d</span> <a href="%s">%s</a></li>`, i+1, href, headline)
	}
	return fmt.Sprintf(`<div%s><h3>%s</h3><ol>%s</ol></div>`, t.class("list"), pick(t.style, "Most read", "Meistgelesen", "Les plus lus", "Lo más leído", "Trending now"), b.String())
}

func (t *trial) relatedBox() string {
	var b strings.Builder
	for range 3 {
		href, headline := t.otherStory()
		fmt.Fprintf(&b, `<div><a href="%s"><img src="/t/%d.jpg"><h3>%s</h3></a><p>%s</p></div>`, href, t.rng.IntN(999), headline, html.EscapeString(t.line(summaries)))
	}
	return fmt.Sprintf(`<section%s><h2>%s</h2>%s</section>`, t.class("more"), pick(t.style, "More on this story", "Auch interessant", "À lire aussi", "You may have missed"), b.String())
}

// nextStory is the story that scrolling down loads, in the page's own markup.
func (t *trial) nextStory() string {
	href, headline := t.otherStory()
	var b strings.Builder
	for range 3 + t.rng.IntN(4) {
		fmt.Fprintf(&b, "<p>%s %s</p>", html.EscapeString(t.ownLine(newsParagraphs)), html.EscapeString(t.ownLine(newsSentences)))
	}
	return fmt.Sprintf(`<article%s data-url="%s"><h1>%s</h1><p>By %s</p>%s</article>`, t.class("story"), href, headline, t.name(), b.String())
}

func (t *trial) breakingBanner() string {
	href, headline := t.otherStory()
	return fmt.Sprintf(`<div%s><strong>%s</strong> <a href="%s">%s</a></div>`, t.class("alert"), pick(t.style, "Breaking", "LIVE", "Eilmeldung", "Alerte info", "Última hora"), href, headline)
}

func (t *trial) liveTicker() string {
	var b strings.Builder
	for range 4 {
		_, headline := t.otherStory()
		fmt.Fprintf(&b, "<li><time>%02d:%02d</time> %s</li>", t.rng.IntN(24), t.rng.IntN(60), headline)
	}
	return fmt.Sprintf(`<div%s><ul>%s</ul></div>`, t.class("ticker"), b.String())
}

func (t *trial) stockTicker() string {
	var b strings.Builder
	for _, s := range []string{"QUAY", "NDX", "EUR/USD", "Brent"} {
		fmt.Fprintf(&b, "<span>%s %.2f (%+.2f%%)</span> ", s, t.rng.Float64()*900, t.rng.Float64()*4-2)
	}
	return fmt.Sprintf(`<div%s>%s</div>`, t.class("quotes"), b.String())
}

func (t *trial) cookieBanner() string {
	return fmt.Sprintf(`<div%s><h2>%s</h2><p>%s</p><button>%s</button></div>`, t.class("cmp"), pick(t.style, "Your privacy", "Ihre Privatsphäre", "Votre vie privée"), pick(t.style,
		"We and our 412 partners store and read information on your device, such as cookies, to show you personal ads and to measure them.",
		"Wir und unsere Partner verarbeiten personenbezogene Daten wie Ihre IP-Nummer und nutzen Technologien wie Cookies.",
		"Avec votre accord, nos partenaires et nous utilisons des cookies pour mesurer notre audience.",
		"Utilizamos cookies propias y de terceros para mejorar nuestros servicios. Puedes aceptarlas o configurarlas.",
		"By using this site you accept our use of cookies and our revised policy."), pick(t.style, "Accept", "Alle akzeptieren", "Tout accepter"))
}

func (t *trial) articleMeter() string {
	return fmt.Sprintf(`<div%s><p>%s</p></div>`, t.class("meter"), fmt.Sprintf(pick(t.style,
		"You have %d free articles left this month.", "Noch %d Artikel kostenlos", "Il vous reste %d articles gratuits ce mois-ci", "Te quedan %d artículos gratis", "This is one of your %d complimentary stories. Create an account to keep reading."), 1+t.rng.IntN(4)))
}

func (t *trial) skipLinks() string {
	return pick(t.style, `<a href="#main">Skip to main content</a><a href="#nav">Skip to navigation</a>`, `<a href="#inhalt">Zum Inhalt springen</a>`, `<ul><li><a href="#c">Aller au contenu</a></li><li><a href="#m">Aller au menu</a></li></ul>`)
}

func (t *trial) languageSwitcher() string {
	return fmt.Sprintf(`<div%s><a href="/de">Deutsch</a> <a href="/en">English</a> <a href="/fr">Français</a> <a href="/ar">العربية</a></div>`, t.class("lang"))
}
