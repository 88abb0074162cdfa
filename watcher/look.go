package watcher

import (
	"context"
	"errors"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A Look is what came of one check of a watch, and what is to be kept of it.
type Look struct {
	Watch   Watch // as it stands after the look, to be written back; its Lease fences the write
	At      time.Time
	Took    time.Duration
	Result  Result
	Reason  string // in words, for people
	Steps   []Step // how the result came about, for `stet why`
	Capture *fetch.Capture
	// KeepCapture says that Capture is to be kept as the watch's latest: its
	// bytes differ from its revision's, or it shows what went wrong.
	KeepCapture bool
	// Outline replaces the latest revision's when a page read as unchanged
	// had other noise around the story; nil keeps it.
	Outline *article.Outline

	// Revision is a new revision, its ID, Number and ledger leaf still to be
	// given by the Keeper; nil if there is none. Its page is Capture.
	Revision *Revision
	// Changes are what is to be kept and told, in order. With a Revision, the
	// last one leads to it; the others stand from the latest one to itself.
	Changes []compare.Change
	// Rejudged are earlier changes of the watch that a note of a new one speaks
	// of, as they are judged now.
	Rejudged []Rejudgement
	// News is for the operator, or "".
	News string
}

// Light reports whether a look found nothing that must not be lost: then it
// may be written together with others, a little later.
func (l Look) Light() bool {
	return l.Revision == nil && len(l.Changes) == 0 && len(l.Rejudged) == 0 && l.News == "" && l.Watch.Pending.Reason == ""
}

// A Step is one step of a check and its outcome, such as "fetch", "200, 161 KB".
type Step struct {
	Name   string `json:"name"`
	Detail string `json:"detail"`
}

// A Keeper keeps what checks find.
type Keeper interface {
	// Latest returns the watch's newest revision, or ErrNoRevision before the first.
	Latest(ctx context.Context, watch int64) (Revision, error)
	// Capture returns the page that a revision, named by its ID, was read from,
	// or ErrNoCapture.
	Capture(ctx context.Context, revision int64) (fetch.Capture, error)
	// Earlier returns the little of the watch's revisions that judging a new
	// one needs, oldest first.
	Earlier(ctx context.Context, watch int64) ([]compare.Version, error)
	// Changes returns up to limit of the watch's latest changes, oldest first.
	Changes(ctx context.Context, watch int64, limit int) ([]Change, error)
	// Record writes a look and gives the watch back, so that its lease ends.
	// The revision, the changes, those judged anew with the verdicts they had
	// before, and the ledger leaf go into one transaction; a Light look may be written up to 200 ms later. It returns ErrLeaseLost
	// and writes nothing if the watch was claimed again, removed or paused
	// since. The changes come back with their ids.
	Record(ctx context.Context, l Look) ([]Change, error)
}

// A Queue hands out due watches.
type Queue interface {
	// Claim hands out up to limit active watches whose next check is due at
	// now, those due longest first. Nobody else gets them before the lease
	// ends, after which they are due again.
	Claim(ctx context.Context, now time.Time, lease time.Duration, limit int) ([]Watch, error)
	// ClaimWatch hands out one watch, due or not. It returns ErrLeased if
	// another look at it is under way.
	ClaimWatch(ctx context.Context, id int64, now time.Time, lease time.Duration) (Watch, error)
	// Release gives watches back that were claimed and not looked at, due at
	// their NextCheck. Those whose lease is lost are left alone.
	Release(ctx context.Context, ws []Watch) error
}

// A PostponedError says that a look could not be made yet, for the sake of
// politeness to the host. It is no failure of the watch.
type PostponedError struct {
	Until time.Time
	Err   error // why, in words
}

func (e *PostponedError) Error() string { return e.Err.Error() }
func (e *PostponedError) Unwrap() error { return e.Err }

// What a Keeper and a Queue may answer.
var (
	ErrNoRevision = errors.New("no revision yet")
	ErrNoCapture  = errors.New("no page was kept")
	ErrNoWatch    = errors.New("no such watch")
	ErrLeaseLost  = errors.New("another look at this watch was started, or it was paused or removed")
	ErrLeased     = errors.New("another look at this watch is under way")
)
