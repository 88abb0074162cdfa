package web

import (
	"context"
	"iter"
	"time"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A Library is the part of the store that the pages read.
type Library interface {
	// Watches yields the watches that the filter chooses, in any order.
	Watches(ctx context.Context, f watcher.Filter) iter.Seq2[watcher.Watch, error]
	// Watch returns one watch, or watcher.ErrNoWatch.
	Watch(ctx context.Context, id int64) (watcher.Watch, error)
	// Earlier returns what the watch's revisions are called, oldest first.
	Earlier(ctx context.Context, watch int64) ([]compare.Version, error)
	// History returns the watch's revisions and changes, oldest first.
	History(ctx context.Context, watch int64) ([]watcher.Entry, error)
	// Revision returns one revision whole, or watcher.ErrNoRevision.
	Revision(ctx context.Context, watch int64, number int) (watcher.Revision, error)
	// Alerts returns up to limit changes of any watch with an id below
	// before, newest first; before 0 starts at the newest.
	Alerts(ctx context.Context, before int64, limit int) ([]notify.Alert, error)
	// Steps returns how the watch's latest look came about, and when it was;
	// none before the first.
	Steps(ctx context.Context, watch int64) ([]watcher.Step, time.Time, error)
	// ChangeSteps returns how the look went that found a change; none where
	// that was not kept.
	ChangeSteps(ctx context.Context, change int64) ([]watcher.Step, error)
	// FormerVerdicts returns how a change was judged before, oldest first.
	FormerVerdicts(ctx context.Context, change int64) ([]watcher.FormerVerdict, error)
	// Routed returns where a change went, and why.
	Routed(ctx context.Context, change int64) (notify.Routed, error)
	// Capture returns the page that the revision with this ID was read from.
	Capture(ctx context.Context, revision int64) (fetch.Capture, error)
	// Status counts what stet does at now.
	Status(ctx context.Context, now time.Time) (watcher.Status, error)
}
