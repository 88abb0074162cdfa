// Package storetest holds every database that stet keeps its store in to the
// same behaviour: [Run] is the suite that each of them passes.
package storetest

import (
	"context"
	"iter"
	"testing"
	"time"

	"go.uber.org/goleak"

	"stet/notify"
	"stet/store/ledger"
	"stet/watcher"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A Store is what stet asks of a database.
type Store interface {
	watcher.Keeper
	watcher.Queue
	watcher.Archive
	Outbox() notify.Outbox

	AddWatch(ctx context.Context, w watcher.Watch) (kept watcher.Watch, added bool, err error)
	AddWatches(ctx context.Context, ws []watcher.Watch, each func(kept watcher.Watch, added bool)) error
	SetWatch(ctx context.Context, w watcher.Watch) error
	SetState(ctx context.Context, id int64, s watcher.State, next time.Time) error
	Watch(ctx context.Context, id int64) (watcher.Watch, error)
	WatchByKey(ctx context.Context, key string) (watcher.Watch, error)
	Watches(ctx context.Context, f watcher.Filter) iter.Seq2[watcher.Watch, error]
	Steps(ctx context.Context, watch int64) ([]watcher.Step, time.Time, error)

	History(ctx context.Context, watch int64) ([]watcher.Entry, error)
	RevisionAt(ctx context.Context, watch int64, t time.Time) (watcher.Revision, error)
	Rejudge(ctx context.Context, change int64, c compare.Change, why string, at time.Time) error
	ChangeSteps(ctx context.Context, change int64) ([]watcher.Step, error)
	Routed(ctx context.Context, change int64) (notify.Routed, error)
	Alert(ctx context.Context, id int64) (notify.Alert, error)
	Alerts(ctx context.Context, before int64, limit int) ([]notify.Alert, error)
	Capture(ctx context.Context, revision int64) (fetch.Capture, error)
	LatestCapture(ctx context.Context, watch int64) (fetch.Capture, error)

	Gathering(ctx context.Context, now time.Time) (updates int, next time.Time, err error)
	Status(ctx context.Context, now time.Time) (watcher.Status, error)
	Verify(ctx context.Context) iter.Seq2[ledger.Claim, error]
	Flush(ctx context.Context) error
	Close() error
}

// Run checks what open returns; each test gets its own, empty, and closes it.
func Run(t *testing.T, open func(testing.TB) Store) {
	for _, group := range []struct {
		name  string
		tests []test
	}{
		{"watches", watchTests},
		{"queue", queueTests},
		{"looks", lookTests},
		{"history", historyTests},
		{"verdicts", verdictTests},
		{"outbox", outboxTests},
		{"trails", trailTests},
		{"gathering", gatherTests},
	} {
		t.Run(group.name, func(t *testing.T) {
			for _, tt := range group.tests {
				t.Run(tt.name, func(t *testing.T) {
					defer goleak.VerifyNone(t, goleak.IgnoreCurrent())
					s := open(t)
					tt.run(t, s)
					if err := s.Close(); err != nil {
						t.Errorf("Close: %v", err)
					}
				})
			}
		})
	}
}

// A test is a sentence about a store, and the code that tries it.
type test struct {
	name string
	run  func(*testing.T, Store)
}
