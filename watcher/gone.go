package watcher

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// An absence is what an address shows that no longer serves its story. The
// zero absence is none.
type absence struct {
	finding
	step string // the step of the look that found it
	name string // in two words, while it lasts
}

// The signs of an absence: nothing of the story is served, or another story.
const (
	signGone      = "gone"
	signElsewhere = "elsewhere"
)

// isGone reports whether an HTTP status says that a story is no longer served
// at its address.
func isGone(status int) bool {
	return status == http.StatusNotFound || status == http.StatusGone || status == http.StatusUnavailableForLegalReasons
}

// statusAbsence is the absence that an HTTP status tells.
func statusAbsence(status int) absence {
	return absence{
		finding{signGone, fmt.Sprintf("the address now answers %q (%d)", statusWords(status), status)},
		"fetch", fmt.Sprint(status),
	}
}

func statusWords(status int) string {
	switch status {
	case http.StatusNotFound:
		return "page not found"
	case http.StatusGone:
		return "gone"
	}
	return "unavailable for legal reasons"
}

// nowhere finds that the address leads elsewhere now, to a page that is no
// story: the front page, a section's, or one that says that nothing was found,
// with whatever status. What comes of the server's troubles is no absence, and
// neither is a wall.
func nowhere(l *Look, now article.Article) absence {
	to, leads := leadsTo(l)
	if !leads || now.Kind == article.KindWall {
		return absence{}
	}
	what := ""
	switch {
	case now.Kind == article.KindError && serverTrouble.MatchString(to.Path+" "+now.Headline+" "+strings.Join(now.Reasons, " ")):
		return absence{}
	case isFront(to):
		what = "the front page"
	case now.Kind == article.KindListing, isSection(to, storyAddress(l.Watch)):
		what = "a section page"
	case now.Kind == article.KindError:
		what = "an error page"
	default:
		return absence{}
	}
	return absence{
		finding{signGone, "the address now leads to " + what + ", " + to.String()},
		"redirect", what,
	}
}

// serverTrouble finds the pages of a site that is out of order for a while.
var serverTrouble = regexp.MustCompile(`(?i)maintenance|wartung|mantenimiento|manutenção|manutenzione|onderhoud|unavailable|not available at the moment|try again|temporar|overload|too many|server ?error|serverfehler|bad gateway|time-?out|went wrong|\b(?:429|50[0-9]|52\d)\b`)

// elsewhere finds that the address leads to another story now: a text of which
// nothing is the old one's, under another headline. A story that was moved and
// rewritten keeps its number or most of its headline.
func elsewhere(l *Look, change compare.Change, before, now article.Article) absence {
	to, leads := leadsTo(l)
	if !leads || change.Weight != compare.Rewrite || sameHeadline(before.Headline, now.Headline) {
		return absence{}
	}
	if isFront(to) {
		return absence{finding{signGone, "the address now leads to the front page, " + to.String()}, "redirect", "the front page"}
	}
	if sameNumber(to, storyAddress(l.Watch)) {
		return absence{}
	}
	return absence{
		finding{signElsewhere, fmt.Sprintf("the address now leads to another story, “%s”, %s", now.Headline, to)},
		"redirect", "another story",
	}
}

// storyAddress is where the story was last read.
func storyAddress(w Watch) *url.URL {
	u, err := url.Parse(cmp.Or(w.FinalURL, w.URL))
	if err != nil {
		return &url.URL{}
	}
	return u
}

// leadsTo returns the address that a look was led to, and whether it is
// another one than the story was last read at, not only another spelling.
func leadsTo(l *Look) (to *url.URL, leads bool) {
	to, err := url.Parse(l.Capture.FinalURL)
	if err != nil {
		return nil, false
	}
	key := Key(to)
	return to, key != Key(storyAddress(l.Watch)) && key != l.Watch.Key
}

// isFront reports whether an address is a site's front page.
func isFront(u *url.URL) bool {
	p := strings.Trim(strings.ToLower(u.Path), "/")
	return (p == "" || strings.HasPrefix(p, "index.") && !strings.Contains(p, "/")) && untracked(u.RawQuery) == ""
}

// isSection reports whether an address lies on the way to a story's.
func isSection(u, story *url.URL) bool {
	p := strings.TrimSuffix(u.Path, "/") + "/"
	return u.Hostname() == story.Hostname() && p != "/" && u.RawQuery == "" && strings.HasPrefix(strings.TrimSuffix(story.Path, "/"), p)
}

// storyNumber finds the numbers that systems give stories in their addresses;
// a day has eight digits too, but stands with others.
var storyNumber = regexp.MustCompile(`\d{5,}`)

// sameNumber reports whether two addresses of one site have a story's number
// in common.
func sameNumber(a, b *url.URL) bool {
	if a.Hostname() != b.Hostname() {
		return false
	}
	in := storyNumber.FindAllString(b.RequestURI(), -1)
	return slices.ContainsFunc(storyNumber.FindAllString(a.RequestURI(), -1), func(n string) bool {
		day := len(n) == 8 && (strings.HasPrefix(n, "19") || strings.HasPrefix(n, "20"))
		return !day && slices.Contains(in, n)
	})
}

// sameHeadline reports whether two headlines have half of the words of the
// shorter one in common.
func sameHeadline(a, b string) bool {
	of, in := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	if len(of) > len(in) {
		of, in = in, of
	}
	common := 0
	for _, w := range of {
		if slices.Contains(in, w) {
			common++
		}
	}
	return len(of) > 0 && 2*common >= len(of)
}

// gone handles an address that no longer serves its story: told when a second
// look finds it so, too.
func (c *Checker) gone(l *Look, a absence) {
	l.step(a.step, "%s: the address no longer serves the story", a.name)
	l.Result = Gone
	l.KeepCapture = true
	w := &l.Watch
	switch {
	case w.Gone:
		l.Reason = "still gone: " + a.name
	case w.Pending.Sign == a.sign:
		l.Reason = a.reason
		l.found(compare.SelfChange(compare.Gone, a.reason+", seen on two looks "+between(w.Pending.Since, l.At)+"; the last text is kept"))
		w.Gone, w.Walls, w.Pending = true, 0, Pending{}
	default:
		c.hold(l, a.finding)
	}
}

// restore records that a story that was gone, or walled, is back.
func (c *Checker) restore(l *Look) {
	w := &l.Watch
	switch {
	case w.Gone:
		l.found(compare.SelfChange(compare.Restored, "the address serves the story again"))
	case w.Walled():
		l.found(compare.Unwalled(fmt.Sprintf("the story can be read again, after %d looks that met a wall", w.Walls)))
	}
	w.Gone, w.Walls = false, 0
}

// moved records that the address now leads elsewhere for good.
func (c *Checker) moved(l *Look) {
	to := l.Capture.MovedTo
	if to == "" || to == l.Watch.MovedTo {
		return
	}
	l.Watch.MovedTo = to
	if a, err := ParseAddress(to); err == nil && a.Key == l.Watch.Key {
		return // only another spelling, such as https
	}
	l.found(compare.SelfChange(compare.Moved, "the address now leads to "+to+" for good"))
}

// gate makes a wall of a page that the address leads to now if that one asks
// readers to log in, to subscribe or to agree, whatever else it reads like:
// such pages have headlines and paragraphs, too.
func gate(l *Look, before article.Article, now *article.Article) {
	to, leads := leadsTo(l)
	if !leads || now.Kind == article.KindWall || !isGate(to, storyAddress(l.Watch)) || shares(before, *now) {
		return
	}
	reason := "the address leads to a page to log in, to subscribe or to agree, " + to.Host + to.Path
	now.Kind, now.Reasons = article.KindWall, append([]string{reason}, now.Reasons...)
	l.step("redirect", "%s", reason)
}

// isGate reports whether an address is that of a page to log in, to subscribe
// or to agree: by a part of its path, by its host's name, or since it says
// which story readers are to come back to.
func isGate(u, story *url.URL) bool {
	for part := range strings.SplitSeq(strings.ToLower(u.Path), "/") {
		if gatePart.MatchString(part) {
			return true
		}
	}
	name, _, _ := strings.Cut(strings.ToLower(u.Hostname()), ".")
	if gatePart.MatchString(name) {
		return true
	}
	query, err := url.QueryUnescape(u.RawQuery)
	return err == nil && len(story.Path) > 1 && strings.Contains(query, story.Path)
}

var gatePart = regexp.MustCompile(`^(?:log-?in|log-?on|sign-?in|sign-?up|auth|oauth2?|sso|accounts?|register|registration|registrieren|anmelden|subscri(?:be|ption|ptions)|abo|abonn?ement|abonnieren|suscri(?:birse|pcion|pciones)|consent|cookie-?wall|paywall|captcha|challenge)(?:\.\w+)?$`)

// shares reports whether two articles have a passage in common.
func shares(a, b article.Article) bool {
	const least = 40 // bytes: shorter ones stand everywhere
	return slices.ContainsFunc(a.Blocks, func(x article.Block) bool {
		return len(x.Text) >= least && slices.ContainsFunc(b.Blocks, func(y article.Block) bool { return x.Text == y.Text })
	})
}

// wallsRecorded is how many looks in a row must meet a wall before it is
// recorded: as many as the operator hears of a watch after.
const wallsRecorded = troublesTold

// walled counts a look that brought no story but a page, and records a wall
// that stays. A story that is gone is not walled.
func (c *Checker) walled(l *Look, a article.Article) {
	w := &l.Watch
	if a.Kind != article.KindWall {
		noWall(w)
		return
	}
	if w.Gone || w.LastSeen.IsZero() {
		return
	}
	if w.Walls++; w.Walls != wallsRecorded {
		return
	}
	what := "a wall stands in the story's place"
	if len(a.Reasons) > 0 {
		what = a.Reasons[0]
	}
	l.found(compare.SelfChange(compare.Walled, fmt.Sprintf("%s, on %d looks in a row; the last text is kept", what, wallsRecorded)))
}

// noWall ends a row of walls that was too short to be recorded. One that was
// recorded ends only when the story is read again, or gone.
func noWall(w *Watch) {
	if !w.Walled() {
		w.Walls = 0
	}
}
