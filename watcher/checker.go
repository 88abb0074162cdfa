package watcher

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A Fetcher gets pages; *fetch.Client is one.
type Fetcher interface {
	Get(ctx context.Context, r fetch.Request) (*fetch.Capture, error)
}

// A Checker looks at watches: from fetch to what is to be kept.
type Checker struct {
	Fetch Fetcher
	Keep  Keeper
	Now   func() time.Time

	// Confirm is how long after a first look the second one comes, where a
	// change must be seen twice before it is told.
	Confirm time.Duration
	// Schedule says when a watch is due.
	Schedule Schedules
	// Rules returns how the pages of a host are to be read, nil for no rules;
	// it may itself be nil.
	Rules func(host string) *article.Rules

	// anew says, in a [Replay], that the page was asked for otherwise than the
	// latest revision's, or that what stood before it is not known.
	anew bool
}

// Check looks at a watch once, keeps what came of it, and returns it with the
// ids of the changes that were kept. The error is about stet, not about the
// page: a page that cannot be had is a Look with the result Failed. It is a
// *PostponedError where the host must not be asked yet.
func (c *Checker) Check(ctx context.Context, w Watch) (Look, []Change, error) {
	l, err := c.look(ctx, w)
	if err != nil {
		return Look{}, nil, fmt.Errorf("look at %s: %w", w.URL, err)
	}
	kept, err := c.Keep.Record(ctx, l)
	if err != nil {
		return Look{}, nil, fmt.Errorf("keep the look at %s: %w", w.URL, err)
	}
	return l, kept, nil
}

// look makes a look without keeping it.
func (c *Checker) look(ctx context.Context, w Watch) (Look, error) {
	l := &Look{Watch: w, At: c.Now()}
	second := w.Pending.Reason != ""
	if second {
		l.step("second look", "at what was found at %s: %s", clock(w.Pending.Since), w.Pending.Reason)
	}
	capture, err := c.Fetch.Get(ctx, fetch.Request{
		URL: w.URL, ETag: w.ETag, LastModified: w.LastModified, ValidFor: w.FinalURL, Fresh: second,
	})
	l.Capture = capture
	l.asked(second)
	if err := ctx.Err(); err != nil {
		return Look{}, err // a look that was broken off says nothing of the page
	}
	var failure *fetch.Failure
	switch {
	case errors.As(err, &failure) && failure.Unasked:
		return Look{}, &PostponedError{Until: l.At.Add(failure.RetryAfter), Err: failure}
	case errors.As(err, &failure) && isGone(failure.Status) && !w.LastSeen.IsZero():
		c.gone(l, failure)
	case errors.As(err, &failure):
		c.failed(l, failure)
	case err != nil:
		return Look{}, err
	case capture.NotModified && !second && !w.Gone:
		l.answered()
		c.unchanged(l, "the server says that nothing changed")
	default:
		if err := c.page(ctx, l); err != nil {
			return Look{}, err
		}
	}
	l.Took = c.Now().Sub(l.At)
	c.close(l)
	l.kept()
	l.step("result", "%s: %s; the next look is at %s", l.Result, l.Reason, clock(l.Watch.NextCheck))
	return *l, nil
}

// isGone reports whether an HTTP status says that a story is no longer served
// at its address.
func isGone(status int) bool {
	return status == http.StatusNotFound || status == http.StatusGone || status == http.StatusUnavailableForLegalReasons
}

// gone handles an address that no longer serves its story.
func (c *Checker) gone(l *Look, f *fetch.Failure) {
	l.answered()
	l.step("fetch", "%d: the address no longer serves the story", f.Status)
	l.Result = Gone
	l.KeepCapture = true
	w := &l.Watch
	reason := fmt.Sprintf("the address now answers %q (%d)", statusWords(f.Status), f.Status)
	switch {
	case w.Gone:
		l.Reason = fmt.Sprintf("still gone: %d", f.Status)
	case w.Pending.Sign == "gone":
		l.Reason = reason
		l.found(compare.SelfChange(compare.Gone, reason+", seen on two looks "+between(w.Pending.Since, l.At)+"; the last text is kept"))
		w.Gone, w.Pending = true, Pending{}
	default:
		c.hold(l, "gone", reason)
	}
}

// between says how far apart two looks were.
func between(first, second time.Time) string {
	return second.Sub(first).Round(time.Second).String() + " apart"
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

// failed handles a look that brought no page.
func (c *Checker) failed(l *Look, f *fetch.Failure) {
	l.Result = Failed
	if f.Refused() {
		l.Result = Refused
	}
	l.Reason = f.Err.Error()
	l.KeepCapture = l.Capture != nil
	l.Watch.LastFailure = f.Kind
	l.answered()
	l.step("fetch", "%s: %v", f.Kind, f.Err)
	c.trouble(l)
	if soonest := l.At.Add(f.RetryAfter); l.Watch.NextCheck.Before(soonest) {
		l.Watch.NextCheck = soonest
	}
}

// page reads the page that a look brought and compares it with the latest revision.
func (c *Checker) page(ctx context.Context, l *Look) error {
	capture, w := l.Capture, &l.Watch
	hash := sha256.Sum256(capture.Body)
	l.answered()
	if capture.NotModified || (hash == w.BodyHash && !w.LastSeen.IsZero()) {
		l.step("read", "the same bytes as before")
		c.restore(l)
		c.unchanged(l, "the page is the same to the byte")
		return nil
	}
	latest, err := c.Keep.Latest(ctx, w.ID)
	first := errors.Is(err, ErrNoRevision)
	if err != nil && !first {
		return err
	}
	before, err := c.underRules(ctx, l, latest)
	if err != nil {
		return err
	}
	now, outline := article.Reread(c.ruled(capture), before.Outline)
	l.step("read", "%s, %d blocks, %s", now.Kind, len(now.Blocks), headline(now))
	for _, reason := range now.Reasons {
		l.step("read", "%s", reason)
	}
	if tally := outline.Tally().String(); tally != "" {
		l.step("read", "%s", tally)
	}
	if !now.Kind.Story() {
		c.quarantine(l, now)
		return nil
	}
	switch {
	case first:
		c.first(l, now, outline)
	case before.unknown:
		c.startAnew(l, latest, now, outline)
	default:
		if err := c.compare(ctx, l, before.Revision, now, outline); err != nil {
			return err
		}
	}
	if before.reread {
		l.Outline = nil // the kept one says that the revision is of other rules
	}
	if w.Pending.Reason == "" { // what the next look starts from
		w.ETag, w.LastModified, w.BodyHash = capture.Header.Get("ETag"), lastModified(capture), hash
		w.FinalURL, w.Stamp, w.Modified, w.Published = capture.FinalURL, now.Stamp, now.Modified, now.Published
	}
	return nil
}

// settled is how old a Last-Modified must be to be used: it counts whole
// seconds, and a page may change twice in one. RFC 7232 (section 2.2.2) asks
// for a minute between it and the server's own clock, which RFC 9110 shortens.
const settled = time.Minute

// lastModified returns a capture's Last-Modified if it can tell the next
// version from this one, or "".
func lastModified(c *fetch.Capture) string {
	value := c.Header.Get("Last-Modified")
	modified, err := http.ParseTime(value)
	if err != nil {
		return ""
	}
	date, err := http.ParseTime(c.Header.Get("Date"))
	if err != nil {
		date = c.At
	}
	if date.Sub(modified) < settled {
		return ""
	}
	return value
}

func headline(a article.Article) string {
	if a.Headline == "" {
		return "no headline"
	}
	return fmt.Sprintf("headline %q", a.Headline)
}

// first keeps the first revision of a story.
func (c *Checker) first(l *Look, a article.Article, o article.Outline) {
	l.Revision = c.revision(l, a, o)
	l.Watch.MovedTo = l.Capture.MovedTo
	c.unchanged(l, "first look: revision 1 is kept")
}

func (c *Checker) revision(l *Look, a article.Article, o article.Outline) *Revision {
	return &Revision{Watch: l.Watch.ID, FirstSeen: l.At, LastSeen: l.At, Article: a, Outline: o, Hash: a.Hash()}
}

// compare sets a story as it was read now beside its latest revision.
func (c *Checker) compare(ctx context.Context, l *Look, latest Revision, now article.Article, outline article.Outline) error {
	w := &l.Watch
	before := latest.Article
	before.Stamp, before.Modified = w.Stamp, w.Modified
	change := compare.Compare(before, now)
	l.compared(latest.Number, change)
	l.KeepCapture = true
	if !change.Changed {
		l.Outline = &outline
		c.restore(l)
		c.moved(l)
		c.unchanged(l, "nothing of the article changed")
		return nil
	}
	earlier, err := c.Keep.Earlier(ctx, w.ID)
	if err != nil {
		return err
	}
	change = compare.Settle(change, earlier, compare.Version{Number: latest.Number + 1, Hash: now.Hash(), Headline: now.Headline, Seen: l.At})
	if reason := c.secondLook(change, earlier, latest.Article, now); reason != "" && w.Pending.Sign != sign(now) {
		l.judged(change)
		l.Result = Changed
		c.hold(l, sign(now), reason)
		return nil
	}
	if change, err = c.redisclose(ctx, l, change, latest.Number+1); err != nil {
		return err
	}
	l.judged(change)
	c.restore(l)
	c.moved(l)
	l.Changes = append(l.Changes, change)
	l.Revision = c.revision(l, now, outline)
	w.Pending = Pending{}
	l.Result, l.Reason = Changed, change.Summary
	return nil
}

// secondLook says why a change must be seen twice before it is told, or "".
func (c *Checker) secondLook(change compare.Change, earlier []compare.Version, before, now article.Article) string {
	if now.Degraded && !before.Degraded {
		return "the page could not be read as well as before"
	}
	return compare.SecondLook(change, earlier)
}

// sign tells two findings apart.
func sign(a article.Article) string {
	h := a.Hash()
	return fmt.Sprintf("%x", h[:8])
}

// hold leaves a finding to a second look, and keeps it until then.
func (c *Checker) hold(l *Look, sign, reason string) {
	l.Watch.Pending = Pending{Reason: reason, Sign: sign, Since: l.At}
	l.Watch.NextCheck = l.At.Add(c.Confirm)
	l.Reason = reason + "; to be seen once more before it is told"
	l.KeepCapture = true
	l.step("hold", "told only if it is seen twice: %s; looking again at %s", reason, clock(l.Watch.NextCheck))
}

// unchanged ends a look that found the story as it was.
func (c *Checker) unchanged(l *Look, reason string) {
	if p := l.Watch.Pending; p.Reason != "" {
		reason = "not seen again: " + p.Reason
		l.Watch.Pending = Pending{}
	}
	l.Result, l.Reason = Unchanged, reason
	if l.Revision == nil && len(l.Changes) > 0 {
		l.Result, l.Reason = Changed, l.Changes[0].Summary
	}
}

// restore tells that a story that was gone is back.
func (c *Checker) restore(l *Look) {
	if !l.Watch.Gone {
		return
	}
	l.Watch.Gone = false
	l.found(compare.SelfChange(compare.Restored, "the address serves the story again"))
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

// quarantine handles a page that is not the story.
func (c *Checker) quarantine(l *Look, a article.Article) {
	l.Result, l.KeepCapture = Quarantined, true
	l.Reason = fmt.Sprintf("the page is no article but: %s", a.Kind)
	if len(a.Reasons) > 0 {
		l.Reason += " (" + a.Reasons[0] + ")"
	}
	l.step("quarantine", "kept aside, no revision; looking again soon")
	c.trouble(l)
}

// The operator hears of a watch after this many looks in a row that brought no
// article, and once when it is well again.
const troublesTold = 3

// trouble counts a look that brought no article and sets the next one: soon at
// first, then ever later up to an hour.
func (c *Checker) trouble(l *Look) {
	w := &l.Watch
	w.Troubles++
	if w.Troubles == troublesTold {
		l.News = fmt.Sprintf("%d looks in a row brought no article: %s", troublesTold, l.Reason)
	}
	w.NextCheck = c.Schedule.Retry(*w, l.At, l.Result)
}

// close writes the look's outcome into its watch and sets the next check.
func (c *Checker) close(l *Look) {
	w := &l.Watch
	w.LastCheck, w.LastResult, w.LastReason = l.At, l.Result, l.Reason
	w.Checks++
	switch l.Result {
	case Failed, Refused, Quarantined:
		return // trouble has set the next check
	}
	w.LastFailure = ""
	if w.Troubles >= troublesTold {
		l.News = fmt.Sprintf("well again after %d looks that brought no article", w.Troubles)
	}
	w.Troubles = 0
	if l.Result != Gone {
		w.LastSeen = l.At
	}
	if w.Pending.Reason == "" {
		w.NextCheck = c.Schedule.Next(*w, l.At)
	}
}

// Page returns a capture as a page to be read.
func Page(c *fetch.Capture) article.Page {
	return article.Page{URL: c.FinalURL, ContentType: c.Header.Get("Content-Type"), Status: c.Status, Body: c.Body}
}
