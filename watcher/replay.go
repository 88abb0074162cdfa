package watcher

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
	"stet/watcher/schedule"
)

// A Kept is one line of what was kept of a watch: a revision, with the change
// that led to it and the page it was read from; or a page that no revision was
// read from; or a change from a revision to itself.
type Kept struct {
	At       time.Time // when the look was made that found it
	Revision int       // its number; 0 for none
	Capture  int64     // the page's; 0 for none
	Change   int64     // the change's ID; 0 for none
}

// An Archive is the part of the store that a [Replay] reads.
type Archive interface {
	// Kept lists what was kept of a watch, oldest first.
	Kept(ctx context.Context, watch int64) ([]Kept, error)
	// KeptPage returns the page that a Kept names, or ErrNoCapture.
	KeptPage(ctx context.Context, capture int64) (fetch.Capture, error)
	// Revision returns a watch's revision of that number, or ErrNoRevision.
	Revision(ctx context.Context, watch int64, number int) (Revision, error)
	// Change returns a change that was kept.
	Change(ctx context.Context, id int64) (Change, error)
	// FormerVerdicts returns the judgements that a change had before the one
	// that holds, oldest first.
	FormerVerdicts(ctx context.Context, change int64) ([]FormerVerdict, error)
}

// A Replay runs the pages that were kept of a watch through a [Checker] once
// more: what it would find and how it would judge that, had its code and its
// rules been today's then. It fetches nothing, writes nothing and looks at no
// clock.
//
// Not every look can be had again, as most leave no page. What the history
// tells of them holds: a page that a revision was read from was seen as often
// as it had to be; a time shown that moved between two revisions had moved
// before the edit, where the edit was judged to be silent; and where pages came
// to be asked for otherwise, what differs is not judged.
type Replay struct {
	Archive Archive
	// Rules returns how the pages of a host are to be read, nil for no rules;
	// it may itself be nil.
	Rules func(host string) *article.Rules
	// RevisionsOnly passes over the pages that no revision was read from.
	RevisionsOnly bool
}

// An Outcome says how a Replay judges what was kept.
type Outcome string

// The outcomes.
const (
	Judged  Outcome = "judged"  // from its page
	Nothing Outcome = "nothing" // no edit was found in its page
	Carried Outcome = "carried" // nothing to be read: a story gone, walled, restored or moved, a stamp
	Unknown Outcome = "unknown" // its page, or the one before, is not kept any more
)

// A Replayed is what a Replay makes of a change that was kept, or of a page that
// no change was kept of and in which it finds one.
type Replayed struct {
	Kept
	Outcome Outcome
	Reason  string // in words, where nothing was found or is known

	// Change is how it is judged, with what notes that came later say of it;
	// First is how it was judged at first, which is what alerts go by. Both are
	// zero unless the Outcome is Judged.
	Change, First compare.Change
	Article       article.Article // that it led to, without its blocks
}

// Watch replays one watch, and returns what it makes of each change that was
// kept and of what would be one more, oldest first.
func (r *Replay) Watch(ctx context.Context, w Watch) ([]Replayed, error) {
	all, err := r.watch(ctx, w)
	if err != nil {
		return nil, fmt.Errorf("replay %s: %w", w.URL, err)
	}
	return all, nil
}

func (r *Replay) watch(ctx context.Context, w Watch) ([]Replayed, error) {
	kept, err := r.Archive.Kept(ctx, w.ID)
	if err != nil {
		return nil, err
	}
	hourly, err := schedule.Parse("@every 1h", time.UTC) // for the checker's sake
	if err != nil {
		return nil, err
	}
	s := &stage{archive: r.Archive, id: w.ID, watch: Watch{ID: w.ID, URL: w.URL, Key: w.Key, State: Active}}
	s.checker = &Checker{Fetch: s, Keep: s, Rules: r.Rules, Schedule: Schedules{Default: hourly}, Now: func() time.Time { return s.kept.At }}
	for _, k := range kept {
		if r.RevisionsOnly && k.Revision == 0 && k.Change == 0 {
			continue
		}
		if err := s.play(ctx, k); err != nil {
			return nil, err
		}
	}
	return s.out, nil
}

// A stage is one watch in a Replay: it hands the checker kept pages instead of
// fetched ones, and remembers what comes of them instead of keeping it.
type stage struct {
	archive Archive
	checker *Checker
	id      int64
	watch   Watch
	kept    Kept          // what is played now
	page    fetch.Capture // its page
	before  Revision      // the revision that was kept before it
	last    int           // its number
	gap     bool          // what stood before it is not known

	latest  Revision // by this replay
	earlier []compare.Version
	found   []Change // as they are judged now, each with its place here, from 1, as ID
	places  []int    // of found, in out
	out     []Replayed
}

// play plays one line of what was kept.
func (s *stage) play(ctx context.Context, k Kept) (err error) {
	s.kept = k
	switch {
	case k.Revision == 0 && k.Capture == 0:
		s.out = append(s.out, Replayed{Kept: k, Outcome: Carried})
		return nil
	case k.Revision == 0:
		s.page, err = s.archive.KeptPage(ctx, k.Capture)
		if errors.Is(err, ErrNoCapture) || err == nil && !whole(s.page) {
			return nil // another took its place meanwhile, or no page came
		}
		if err != nil {
			return err
		}
		return s.look(ctx)
	}
	then, err := s.archive.Revision(ctx, s.id, k.Revision)
	if err != nil && !errors.Is(err, ErrNoRevision) {
		return err
	}
	switch s.page, err = s.archive.KeptPage(ctx, k.Capture); {
	case errors.Is(err, ErrNoCapture):
		s.standIn(then)
		err = nil
	case err == nil:
		err = s.revisit(ctx, then)
	}
	s.before, s.last = then, k.Revision
	return err
}

// whole reports whether a page that no revision was read from may be one: not an
// error's, and not cut short. Which of both a look met was not kept.
func whole(c fetch.Capture) bool {
	if c.NotModified || c.Status < http.StatusOK || c.Status >= http.StatusMultipleChoices || c.Status == http.StatusPartialContent {
		return false
	}
	length, err := strconv.Atoi(c.Header.Get("Content-Length"))
	return err != nil || c.Header.Get("Content-Encoding") != "" || length == len(c.Body)
}

// standIn takes a revision as it was read then, as its page is not kept.
func (s *stage) standIn(then Revision) {
	s.unknown("the page of revision %d is not kept any more", s.kept.Revision)
	if s.gap = then.Number == 0 || len(then.Article.Blocks) == 0; s.gap {
		return
	}
	then.Hash = then.Article.Hash()
	s.take(then)
	w := &s.watch
	w.BodyHash, w.LastSeen, w.FinalURL = [32]byte{}, then.FirstSeen, then.Article.URL
	w.Stamp, w.Shown, w.Modified, w.Hidden = then.Article.Stamp, then.Article.Shown, then.Article.Modified, then.Article.Hidden
	w.Published, w.Pending = then.Article.Published, Pending{}
}

// unknown notes that a change cannot be judged again.
func (s *stage) unknown(format string, args ...any) {
	if s.kept.Change != 0 {
		s.out = append(s.out, Replayed{Kept: s.kept, Outcome: Unknown, Reason: fmt.Sprintf(format, args...)})
	}
}

// revisit looks again at the page that a revision was read from.
func (s *stage) revisit(ctx context.Context, then Revision) error {
	if s.gap {
		s.unknown("the revision before revision %d is not kept any more", s.kept.Revision)
		s.kept.Change = 0
	}
	s.checker.anew = s.gap
	if s.kept.Change == 0 && s.before.Number != 0 && !then.Outline.AskedLike(s.before.Outline) {
		s.checker.anew = true
	}
	if s.kept.Change != 0 && then.Article.Stamp != s.before.Article.Stamp {
		c, err := s.firstVerdict(ctx, s.kept.Change)
		if err != nil {
			return err
		}
		if c.Disclosure == compare.Silent {
			s.watch.Stamp, s.watch.Shown = then.Article.Stamp, then.Article.Shown
		}
	}
	s.watch.Gone, s.watch.Walls = false, 0 // that it was back is a change of its own, which is carried
	err := s.look(ctx)
	s.checker.anew, s.gap = false, false
	return err
}

// firstVerdict returns how a change was judged at first.
func (s *stage) firstVerdict(ctx context.Context, id int64) (compare.Change, error) {
	former, err := s.archive.FormerVerdicts(ctx, id)
	if err != nil {
		return compare.Change{}, err
	}
	if len(former) > 0 {
		return former[0].Change, nil
	}
	c, err := s.archive.Change(ctx, id)
	return c.Change, err
}

// look has the checker look at the page, twice if it asks for that and a
// revision was read from the page.
func (s *stage) look(ctx context.Context) error {
	l, err := s.checker.look(ctx, s.watch)
	if err != nil {
		return err
	}
	if s.kept.Revision != 0 && l.Watch.Pending.Reason != "" {
		if l, err = s.checker.look(ctx, l.Watch); err != nil {
			return err
		}
	}
	s.watch = l.Watch
	change, found := leading(l)
	switch {
	case l.Revision != nil:
		r := *l.Revision
		r.Number = s.number()
		s.take(r)
	case l.Outline != nil:
		s.latest.Outline = *l.Outline
	}
	switch {
	case found:
		s.judge(l, change)
	case s.kept.Change != 0:
		s.out = append(s.out, Replayed{Kept: s.kept, Outcome: Nothing, Reason: l.Reason})
	}
	return nil
}

// leading returns the change that led to a look's revision.
func leading(l Look) (c compare.Change, found bool) {
	if l.Revision == nil || len(l.Changes) == 0 {
		return c, false
	}
	return l.Changes[len(l.Changes)-1], true
}

// number returns the number that a revision read from the present page has:
// the one that it was kept under.
func (s *stage) number() int {
	if s.kept.Revision != 0 {
		return s.kept.Revision
	}
	return s.last + 1
}

func (s *stage) take(r Revision) {
	s.latest = r
	s.earlier = append(s.earlier, compare.Version{Number: r.Number, Hash: r.Hash, Headline: r.Article.Headline, Seen: r.FirstSeen})
}

// judge notes a change that was found, and the earlier ones that its notes speak
// of as they are judged then.
func (s *stage) judge(l Look, c compare.Change) {
	for _, r := range l.Rejudged {
		i := r.ID - 1
		s.found[i].Change = r.Change
		s.out[s.places[i]].Change = r.Change
	}
	number := s.number()
	s.found = append(s.found, Change{ID: int64(len(s.found) + 1), Watch: s.id, From: number - 1, To: number, Seen: s.kept.At, Change: c})
	s.places = append(s.places, len(s.out))
	a := l.Revision.Article
	a.Blocks = nil
	s.out = append(s.out, Replayed{Kept: s.kept, Outcome: Judged, Change: c, First: c, Article: a})
}

// Get implements [Fetcher].
func (s *stage) Get(context.Context, fetch.Request) (*fetch.Capture, error) {
	page := s.page
	return &page, nil
}

// Latest implements [Keeper]. The revision goes by the number before the one
// that is read now, so that reasons name revisions as they were kept.
func (s *stage) Latest(context.Context, int64) (Revision, error) {
	if len(s.earlier) == 0 {
		return Revision{}, ErrNoRevision
	}
	r := s.latest
	r.Number = max(s.number()-1, 1)
	return r, nil
}

// Capture implements [Keeper]. Only what stands in for a revision without a page
// may have been read under other rules.
func (s *stage) Capture(context.Context, int64) (fetch.Capture, error) {
	return fetch.Capture{}, ErrNoCapture
}

// Earlier implements [Keeper].
func (s *stage) Earlier(context.Context, int64) ([]compare.Version, error) {
	return s.earlier, nil
}

// Changes implements [Keeper].
func (s *stage) Changes(_ context.Context, _ int64, limit int) ([]Change, error) {
	return s.found[max(len(s.found)-limit, 0):], nil
}

// Record implements [Keeper]; a Replay keeps nothing.
func (s *stage) Record(context.Context, Look) ([]Change, error) {
	return nil, errors.New("a replay keeps nothing")
}

// NoEdit is the judgement of a kept change in whose page a Replay finds nothing:
// it stays with its blocks, as what was kept, and counts for no edit.
func NoEdit(c compare.Change, reason string) compare.Change {
	c.Changed, c.Told, c.Silent, c.Weight = false, false, false, compare.Cosmetic
	c.Undisclosed, c.Facts, c.Notes = []string{}, []compare.Fact{}, []compare.NoteChange{}
	c.Summary = "no edit, as the page is read now"
	c.Reasons = []string{"Read again, it is no edit: " + reason + "."}
	return c
}
