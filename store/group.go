package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"stet/watcher"
)

const (
	// groupWait is how long a look that found nothing may wait to be written.
	groupWait = 200 * time.Millisecond
	// groupSize is how many of them are written at most in one transaction.
	groupSize = 500
)

// A group holds the light looks that wait to be written together.
type group struct {
	writing sync.Mutex // held while a batch is written

	mu      sync.Mutex // guards what follows
	waiting []packedLook
	ids     map[int64]int64 // watches with a look that waits or is being written, and its lease
	timer   *time.Timer     // nil while nothing waits
	closed  bool
}

// errClosed is what a closed store answers.
var errClosed = errors.New("the store is closed")

// join puts a light look among those that wait. The caller that finds the
// group full writes it first, so that a disk that does not keep up slows the
// looks down instead of filling the memory.
func (db *DB) join(ctx context.Context, l packedLook) error {
	held, err := db.holds(ctx, l.look.Watch)
	if err != nil {
		return err
	}
	if !held {
		return watcher.ErrLeaseLost
	}
	if db.group.len() >= groupSize {
		if err := db.Flush(ctx); err != nil {
			return err
		}
	}
	g := &db.group
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return errClosed
	}
	if lease, waits := g.ids[l.look.Watch.ID]; waits && lease >= l.look.Watch.Lease {
		return watcher.ErrLeaseLost
	}
	if g.ids == nil {
		g.ids = make(map[int64]int64)
	}
	g.waiting = append(g.waiting, l)
	g.ids[l.look.Watch.ID] = l.look.Watch.Lease
	if g.timer == nil {
		g.timer = time.AfterFunc(groupWait, db.flushLater)
	}
	return nil
}

// holds reports whether the watch's lease is still the one it carries.
func (db *DB) holds(ctx context.Context, w watcher.Watch) (held bool, err error) {
	err = db.reader.QueryRowContext(ctx, holdsLease, w.ID, w.Lease).Scan(&held)
	return held, err
}

const holdsLease = `SELECT EXISTS (SELECT 1 FROM watches WHERE id = ? AND lease = ? AND leased_until <> 0)`

func (g *group) len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.waiting)
}

// flushLater is Flush when the time is up. What cannot be written is tried
// again.
func (db *DB) flushLater() {
	g := &db.group
	if err := db.Flush(context.Background()); err != nil {
		db.log.Error("checks not written yet", "error", err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.timer = nil
	if len(g.waiting) > 0 && !g.closed {
		g.timer = time.AfterFunc(groupWait, db.flushLater)
	}
}

// Flush writes the looks that wait. If that fails they wait on.
func (db *DB) Flush(ctx context.Context) error {
	g := &db.group
	g.writing.Lock()
	defer g.writing.Unlock()
	g.mu.Lock()
	batch := g.waiting
	g.waiting = nil
	g.mu.Unlock()
	if len(batch) == 0 {
		return nil
	}
	err := db.writeBatch(ctx, batch)
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		g.waiting = append(batch, g.waiting...)
		return fmt.Errorf("write %d checks: %w", len(batch), err)
	}
	for _, l := range batch {
		if g.ids[l.look.Watch.ID] == l.look.Watch.Lease {
			delete(g.ids, l.look.Watch.ID)
		}
	}
	return nil
}

func (db *DB) writeBatch(ctx context.Context, batch []packedLook) error {
	return db.write(ctx, func(tx *sql.Tx) error {
		putWatch, putSteps := tx.StmtContext(ctx, db.hot.putWatch), tx.StmtContext(ctx, db.hot.putSteps)
		for _, l := range batch {
			err := db.putLook(ctx, tx, putWatch, putSteps, l)
			if errors.Is(err, watcher.ErrLeaseLost) {
				db.log.Info("a check came too late to be kept", "watch", l.look.Watch.ID, "url", l.look.Watch.URL)
				continue
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// settle writes what waits if a look at the watch is among it, so that what is
// read next is what was recorded last.
func (db *DB) settle(ctx context.Context, watch int64) error {
	db.group.mu.Lock()
	_, waits := db.group.ids[watch]
	db.group.mu.Unlock()
	if !waits {
		return nil
	}
	return db.Flush(ctx)
}

// closeGroup writes what waits and takes no more.
func (db *DB) closeGroup() error {
	g := &db.group
	g.mu.Lock()
	g.closed = true
	if g.timer != nil {
		g.timer.Stop()
	}
	g.mu.Unlock()
	return db.Flush(context.Background())
}
