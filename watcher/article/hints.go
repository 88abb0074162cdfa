package article

import (
	"slices"
	"strings"
)

// A hint is a set of bits: what the class, id, role and itemprop words of an
// element say of its content.
type hint uint32

const (
	hintContent hint = 1 << iota // the story's text
	hintShare
	hintNav
	hintNewsletter
	hintAd
	hintComments
	hintPromo
	hintRelated
	hintCaption
	hintByline
	hintDate
	hintHidden
	hintTags
	hintBio
	hintStandfirst
	hintNote
	hintLive
	hintWidget
	hintConsent
	hintPaywall
	hintSite    // header, footer, sidebar
	hintQuote   // a quotation of the story repeated as an ornament
	hintFigure  // the element is a figure or its caption
	hintForm    // form, button, select
	hintEntry   // one entry of a live blog
	hintUpdated // the time of an update
	hintCredit
	hintKicker // the line over a headline: its topic
)

// hintNoise are the hints of what is never the story's text.
const hintNoise = hintShare | hintNav | hintNewsletter | hintAd | hintComments | hintPromo | hintHidden |
	hintWidget | hintConsent | hintForm | hintTags | hintBio | hintPaywall | hintSite

// hintWords says what a word of a class, id, role or itemprop hints at. Two
// neighbouring words are looked up joined as well ("most-read").
var hintWords = map[string]hint{
	"articlebody": hintContent, "articletext": hintContent, "articlecontent": hintContent, "storybody": hintContent,
	"storytext": hintContent, "storycontent": hintContent, "entrycontent": hintContent, "entrybody": hintContent,
	"postcontent": hintContent, "postbody": hintContent, "bodytext": hintContent, "maincontent": hintContent,
	"bodycopy": hintContent, "articlecopy": hintContent, "richtext": hintContent, "newstext": hintContent,
	"artikeltext": hintContent, "contenttext": hintContent, "textbody": hintContent, "paragraph": hintContent,

	"share": hintShare, "sharing": hintShare, "social": hintShare, "socials": hintShare, "sharebar": hintShare,
	"sharedaddy": hintShare, "addthis": hintShare, "addtoany": hintShare, "shares": hintShare, "sharetools": hintShare,
	"socialmedia": hintShare, "follow": hintShare, "followus": hintShare, "teilen": hintShare, "partager": hintShare, "compartir": hintShare,

	"nav": hintNav, "navigation": hintNav, "menu": hintNav, "navbar": hintNav, "breadcrumb": hintNav, "breadcrumbs": hintNav,
	"pagination": hintNav, "pager": hintNav, "toolbar": hintNav, "skiplink": hintNav, "submenu": hintNav, "toc": hintNav,
	"tableofcontents": hintNav, "masthead": hintSite, "sitemap": hintNav,

	"sns": hintShare, "actions": hintShare, "articleactions": hintShare,
	"mailmag": hintNewsletter, "mailmagazine": hintNewsletter, "merumaga": hintNewsletter, "abo": hintNewsletter, "abos": hintNewsletter, "abonnement": hintNewsletter,
	"abonnieren": hintNewsletter, "abobox": hintNewsletter, "abohinweis": hintNewsletter, "boletin": hintNewsletter, "infolettre": hintNewsletter, "suscripcion": hintNewsletter,
	"newsletter": hintNewsletter, "newsletters": hintNewsletter, "subscribe": hintNewsletter, "subscription": hintNewsletter,
	"signup": hintNewsletter, "optin": hintNewsletter, "mailchimp": hintNewsletter, "mailinglist": hintNewsletter,
	"emailsignup": hintNewsletter, "donate": hintNewsletter, "donation": hintNewsletter, "contribute": hintNewsletter,

	"ad": hintAd, "ads": hintAd, "advert": hintAd, "advertisement": hintAd, "advertising": hintAd, "advertorial": hintAd,
	"adslot": hintAd, "adunit": hintAd, "adsense": hintAd, "adsbygoogle": hintAd, "adbox": hintAd, "adwrapper": hintAd,
	"dfp": hintAd, "gpt": hintAd, "sponsor": hintAd, "sponsored": hintAd, "outbrain": hintAd, "taboola": hintAd,
	"banner": hintAd, "anzeige": hintAd, "werbung": hintAd, "publicite": hintAd, "publicidad": hintAd, "doubleclick": hintAd,
	"affiliate": hintAd, "commercial": hintAd, "adcontainer": hintAd, "mpu": hintAd, "leaderboard": hintAd, "skyscraper": hintAd,

	"comment": hintComments, "comments": hintComments, "disqus": hintComments, "respond": hintComments, "replies": hintComments,
	"commentlist": hintComments, "kommentare": hintComments, "commentaires": hintComments, "comentarios": hintComments,
	"coral": hintComments, "livefyre": hintComments, "discussion": hintComments, "viafoura": hintComments,

	"promo": hintPromo, "promos": hintPromo, "promotion": hintPromo, "teaser": hintPromo, "teasers": hintPromo, "cta": hintPromo, "upsell": hintPromo,
	"calltoaction": hintPromo, "marketing": hintPromo, "appdownload": hintPromo, "shop": hintPromo, "store": hintPromo,
	"puff": hintPromo, "callout": hintPromo, "merch": hintPromo, "giftcard": hintPromo, "dontmiss": hintRelated,

	"related": hintRelated, "relatedposts": hintRelated, "relatedcontent": hintRelated, "jprelatedposts": hintRelated, "readmore": hintRelated,
	"mostread": hintRelated, "mostpopular": hintRelated, "mostviewed": hintRelated, "popular": hintRelated,
	"trending": hintRelated, "recommended": hintRelated, "recommendation": hintRelated, "recommendations": hintRelated,
	"recirc": hintRelated, "recirculation": hintRelated, "morefrom": hintRelated, "moreon": hintRelated,
	"readnext": hintRelated, "upnext": hintRelated, "nextup": hintRelated, "seealso": hintRelated, "alsoread": hintRelated,
	"readalso": hintRelated, "morestories": hintRelated, "otherstories": hintRelated, "latestnews": hintRelated,
	"topstories": hintRelated, "toppicks": hintRelated, "editorspicks": hintRelated, "inread": hintAd, "onward": hintRelated,
	"yarpp": hintRelated, "zergnet": hintRelated, "bottomline": 0, "mehrzumthema": hintRelated, "ailleurs": hintRelated,
	"relacionadas": hintRelated, "relacionados": hintRelated, "youmaylike": hintRelated, "moreto": hintRelated,
	"relateditems": hintRelated, "relatedlinks": hintRelated, "relatedarticles": hintRelated, "crosslinks": hintRelated,

	"caption": hintCaption, "captions": hintCaption, "figcaption": hintCaption, "imagecaption": hintCaption, "photocaption": hintCaption,
	"wpcaption": hintCaption, "legend": hintCaption, "cutline": hintCaption, "bildunterschrift": hintCaption, "legende": hintCaption,
	"credit": hintCredit, "credits": hintCredit, "photocredit": hintCredit, "imagecredit": hintCredit, "copyright": hintCredit,
	"gallery": hintFigure, "slideshow": hintFigure, "carousel": hintFigure, "lightbox": hintFigure,

	"byline": hintByline, "bylines": hintByline, "author": hintByline, "authors": hintByline, "dateline": hintByline, "writer": hintByline,
	"contributor": hintByline, "contributors": hintByline, "autor": hintByline, "auteur": hintByline, "firma": hintByline, "meta": hintDate,
	"postmeta": hintDate, "entrymeta": hintDate, "articlemeta": hintDate,
	"date": hintDate, "datetime": hintDate, "timestamp": hintDate, "pubdate": hintDate, "published": hintDate, "time": hintDate,
	"posted": hintDate, "postedon": hintDate, "datum": hintDate, "fecha": hintDate, "publishdate": hintDate, "datepublished": hintDate,
	"datemodified": hintDate | hintUpdated, "updated": hintUpdated, "lastupdated": hintUpdated, "modified": hintUpdated, "dateupdated": hintUpdated,

	"srhide": hintHidden, "noprint": 0, "visuallyhidden": hintHidden, "sronly": hintHidden, "screenreader": hintHidden,
	"screenreadertext": hintHidden, "offscreen": hintHidden, "printonly": hintHidden, "onlyprint": hintHidden, "a11yhidden": hintHidden,

	"tags": hintTags, "taglist": hintTags, "tagcloud": hintTags, "topics": hintTags, "topiclist": hintTags, "keywords": hintTags, "categories": hintTags,
	"entrytags": hintTags, "posttags": hintTags, "articletags": hintTags, "hashtags": hintTags,

	"bio": hintBio, "biography": hintBio, "authorbio": hintBio, "authorbox": hintBio, "aboutauthor": hintBio, "authorinfo": hintBio,
	"abouttheauthor": hintBio, "authorcard": hintBio, "authorprofile": hintBio, "authordescription": hintBio, "autorenbox": hintBio,

	"kicker": hintKicker, "roofline": hintKicker, "overline": hintKicker, "articleoverline": hintKicker, "topline": hintKicker, "toptitle": hintKicker, "supertitle": hintKicker,
	"suptitle": hintKicker, "pretitle": hintKicker, "preheadline": hintKicker, "eyebrow": hintKicker, "dachzeile": hintKicker, "spitzmarke": hintKicker, "catchword": hintKicker,
	"catchline": hintKicker, "surtitle": hintKicker, "surtitre": hintKicker, "antetitulo": hintKicker, "volanta": hintKicker, "occhiello": hintKicker, "chapeu": hintKicker,
	"headlinekicker": hintKicker, "headlineprefix": hintKicker, "titleprefix": hintKicker, "topic": hintKicker, "label": hintKicker,

	"standfirst": hintStandfirst, "dek": hintStandfirst, "deck": hintStandfirst, "subtitle": hintStandfirst, "subheadline": hintStandfirst,
	"subhead": hintStandfirst, "subheading": hintStandfirst, "summary": hintStandfirst, "lede": hintStandfirst, "lead": hintStandfirst, "intro": hintStandfirst,
	"excerpt": hintStandfirst, "chapo": hintStandfirst, "vorspann": hintStandfirst, "entradilla": hintStandfirst, "strapline": hintStandfirst,
	"abstract": hintStandfirst, "subdeck": hintStandfirst, "description": hintStandfirst, "teasertext": hintStandfirst, "anriss": hintStandfirst,

	"correction": hintNote, "corrections": hintNote, "clarification": hintNote, "editorsnote": hintNote, "editornote": hintNote,
	"retraction": hintNote, "korrektur": hintNote, "rectificatif": hintNote, "rectification": hintNote, "rectificacion": hintNote, "correctionnote": hintNote,

	"liveblog": hintLive, "liveblogging": hintLive, "liveticker": hintLive, "liveevent": hintLive, "liveupdates": hintLive, "livefeed": hintLive,
	"liveblogentry": hintEntry, "liveblogpost": hintEntry, "livepost": hintEntry, "tickeritem": hintEntry, "liveentry": hintEntry, "liveblogupdate": hintEntry,

	"widget": hintWidget, "widgets": hintWidget, "player": hintWidget, "videoplayer": hintWidget, "audioplayer": hintWidget, "jwplayer": hintWidget,
	"poll": hintWidget, "quiz": hintWidget, "tooltip": hintWidget, "rating": hintWidget, "ratings": hintWidget, "breakingnews": hintWidget,
	"instagrammedia": hintWidget,
	"tools":          hintWidget, "stockticker": hintWidget, "weather": hintWidget, "countdown": hintWidget, "notification": hintWidget, "notifications": hintWidget,
	"podcast": hintWidget, "listen": hintWidget, "audio": hintWidget, "loader": hintWidget, "loading": hintWidget, "feedback": hintWidget,

	"cookie": hintConsent, "cookies": hintConsent, "consent": hintConsent, "gdpr": hintConsent, "ccpa": hintConsent, "onetrust": hintConsent,
	"didomi": hintConsent, "cmp": hintConsent, "cookiebar": hintConsent, "modal": hintConsent, "popup": hintConsent, "overlay": hintConsent,
	"dialog": hintConsent, "interstitial": hintConsent, "lightboxmodal": hintConsent, "cookiebanner": hintConsent, "usercentrics": hintConsent,

	"paywall": hintPaywall, "regwall": hintPaywall, "meter": hintPaywall, "piano": hintPaywall, "paygate": hintPaywall, "registerwall": hintPaywall,
	"subscribewall": hintPaywall, "paywallmessage": hintPaywall, "paidcontent": 0,

	"footer": hintSite, "sidebar": hintSite, "siteheader": hintSite, "sitefooter": hintSite, "rail": hintSite, "rightrail": hintSite,
	"siderail": hintSite, "aside": hintSite, "complementary": hintSite, "contentinfo": hintSite, "topbar": hintSite, "bottombar": hintSite, "rightcolumn": hintSite,

	"pullquote": hintQuote, "pullquotes": hintQuote, "pulledquote": hintQuote, "quotebox": hintQuote,
}

// hinter finds hints and remembers what each string hinted at.
type hinter map[string]hint

func (h hinter) of(s string) hint {
	if s == "" || len(s) > 2000 {
		return 0
	}
	if bits, ok := h[s]; ok {
		return bits
	}
	bits := hintsIn(s)
	h[s] = bits
	return bits
}

// hintsIn looks the words of s up, one by one and two neighbours joined. In a
// list of shortened names ("aa ac ad") no name of two letters is a word.
func hintsIn(s string) hint {
	bits := hiddenIn(s)
	last := ""
	var pair [64]byte // two words joined
	short := shortened(s)
	eachPart(strings.ReplaceAll(contentNames(s), "cmp-", ""), func(part string, joined bool) { // which a builder puts before all names
		part = strings.ToLower(part)
		if short && len(part) <= 2 {
			last = ""
			return
		}
		bits |= hintWords[part]
		if strings.HasPrefix(part, "adsby") { // the class of inserted adverts names who fills them
			bits |= hintAd
		}
		if joined && last != "" && len(last)+len(part) <= len(pair) {
			n := copy(pair[:], last)
			n += copy(pair[n:], part)
			bits |= hintWords[string(pair[:n])]
		}
		last = part
	})
	return bits
}

// builders are how class names begin that page builders give to every element,
// whatever it holds, by their first byte.
var builders = map[byte][]string{
	'a': {"aem-", "avia"}, 'b': {"brxe-"}, 'd': {"dialog-off-canvas"}, 'e': {"elementor-", "et_pb_"}, 'f': {"fl-", "fusion-"},
	'm': {"mdl-"}, 't': {"td-pb-"}, 'u': {"uk-"}, 'v': {"vc_"}, 'w': {"wpb_"},
}

// contentNames returns a class string without the names that page builders
// give.
func contentNames(s string) string {
	any := false
	for name := range strings.FieldsSeq(s) {
		any = any || built(name)
	}
	if !any {
		return s
	}
	return strings.Join(slices.DeleteFunc(strings.Fields(s), built), " ")
}

// built reports whether a page builder gave a class name.
func built(name string) bool {
	return slices.ContainsFunc(builders[name[0]], func(b string) bool { return strings.HasPrefix(name, b) })
}

// hiddenNames are the class names that hide an element from every reader.
// Others with the same word hide something else: what runs over, a field's
// label, or the element on some screens only.
var hiddenNames = map[string]bool{
	"hidden": true, "is-hidden": true, "js-hidden": true, "u-hidden": true, "element-hidden": true, "hide": true, "is-hide": true, "d-none": true,
	"ishidden": true, "u-hide": true, "visibility-hidden": true, "invisible": true, "element-invisible": true, "aural": true,
}

// hiddenIn reports whether a class string hides its element, unless another
// name in it shows the element again on wider screens.
func hiddenIn(s string) hint {
	if !strings.Contains(s, "id") && !strings.Contains(s, "none") && !strings.Contains(s, "visib") && !strings.Contains(s, "aural") {
		return 0 // none of the hiddenNames
	}
	hidden := false
	for name := range strings.FieldsSeq(s) {
		hidden = hidden || len(name) <= mostHidden && hiddenNames[strings.ToLower(name)]
	}
	if !hidden {
		return 0
	}
	for name := range strings.FieldsSeq(s) {
		if _, shown, ok := strings.Cut(name, ":"); ok && (shown == "block" || shown == "flex" || shown == "inline" || shown == "grid" || shown == "inline-block") {
			return 0
		}
		if strings.HasPrefix(name, "d-") && (strings.HasSuffix(name, "-block") || strings.HasSuffix(name, "-flex") || strings.HasSuffix(name, "-inline")) {
			return 0
		}
	}
	return hintHidden
}

// mostHidden is the length of the longest of the hiddenNames.
const mostHidden = 17

// shortened reports whether two names or more of a class list are of one or
// two letters, as programs name them that make classes short.
func shortened(s string) bool {
	n := 0
	for name := range strings.FieldsSeq(s) {
		if len(name) <= 2 {
			n++
		}
	}
	return n > 1
}

// eachPart calls f for each word of a class or id string, parted by anything
// that is no letter and where a capital follows a small letter. Letters right
// behind a digit are no word but the end of a hash: "css-1502ad". joined says
// that the word belongs to the same name as the one before.
func eachPart(s string, f func(part string, joined bool)) {
	start, joined := -1, false
	for i := 0; i <= len(s); i++ {
		var c byte
		if i < len(s) {
			c = s[i]
		}
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' && start >= 0
		camel := start >= 0 && c >= 'A' && c <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z'
		if start >= 0 && (!letter || camel) {
			if start == 0 || s[start-1] < '0' || s[start-1] > '9' {
				f(s[start:i], joined)
				joined = true
			}
			start = -1
		}
		if c == ' ' || c == '\t' || c == '\n' {
			joined = false
		}
		if letter && start < 0 {
			start = i
		}
	}
}
