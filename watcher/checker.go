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
		l.answered()
		c.gone(l, statusAbsence(failure.Status))
	case errors.As(err, &failure):
		c.failed(l, failure)
	case err != nil:
		return Look{}, err
	case capture.NotModified && !second && !w.Gone && !w.Walled():
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

// failed handles a look that brought no page.
func (c *Checker) failed(l *Look, f *fetch.Failure) {
	l.Result = Failed
	if f.Refused() {
		l.Result = Refused
	}
	l.Reason = f.Err.Error()
	l.KeepCapture = l.Capture != nil
	noWall(&l.Watch)
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
	now.Hidden = withHeader(now.Hidden, capture)
	l.step("read", "%s, %d blocks, %s", now.Kind, len(now.Blocks), headline(now))
	for _, reason := range now.Reasons {
		l.step("read", "%s", reason)
	}
	if tally := outline.Tally().String(); tally != "" {
		l.step("read", "%s", tally)
	}
	if !first {
		gate(l, before.Article, &now)
	}
	if !now.Kind.Story() {
		if a := nowhere(l, now); a.sign != "" && !first {
			c.gone(l, a)
		} else {
			c.quarantine(l, now)
		}
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
	if w.Pending.Reason == "" && l.Result != Gone { // what the next look starts from
		w.ETag, w.LastModified, w.BodyHash = capture.Header.Get("ETag"), lastModified(capture), hash
		w.FinalURL, w.Published = capture.FinalURL, now.Published
		w.Stamp, w.Shown, w.Modified, w.Hidden = now.Stamp, now.Shown, now.Modified, now.Hidden
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
	before.Stamp, before.Shown, before.Modified, before.Hidden = w.Stamp, w.Shown, w.Modified, w.Hidden
	change := compare.Compare(before, now)
	l.compared(latest.Number, change)
	l.KeepCapture = true
	if a := elsewhere(l, change, before, now); a.sign != "" {
		c.gone(l, a)
		return nil
	}
	if !change.Changed {
		l.Outline = &outline
		c.restore(l)
		c.moved(l)
		c.unchanged(l, "nothing of the article changed")
		stamped(l, before, now)
		return nil
	}
	earlier, err := c.Keep.Earlier(ctx, w.ID)
	if err != nil {
		return err
	}
	change = compare.Settle(change, earlier, compare.Version{Number: latest.Number + 1, Hash: now.Hash(), Headline: now.Headline, Seen: l.At})
	if f := secondLook(change, earlier, latest.Article, now); f.reason != "" && w.Pending.Sign != f.sign {
		l.judged(change)
		l.Result = Changed
		c.hold(l, f)
		return nil
	} else if w.Pending.Reason != "" && w.Pending.Sign != f.sign {
		l.step("second look", "it shows something else: not seen again: %s", w.Pending.Reason)
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

// quarantine handles a page that is not the story and says nothing of whether
// it is still there.
func (c *Checker) quarantine(l *Look, a article.Article) {
	l.Result, l.KeepCapture = Quarantined, true
	l.Reason = fmt.Sprintf("the page is no article but: %s", a.Kind)
	if len(a.Reasons) > 0 {
		l.Reason += " (" + a.Reasons[0] + ")"
	}
	l.step("quarantine", "kept aside, no revision; looking again soon")
	c.walled(l, a)
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
	noWall(w)
	if len(l.Changes) > 0 && !w.StampChanged.Equal(l.At) {
		w.StampChanged = time.Time{} // it is not the last change any more
	}
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
