package watcher

import (
	"hash/fnv"
	"time"

	"stet/watcher/schedule"
)

// Schedules says when watches are due: by their own spec, or by the default.
type Schedules struct {
	Default schedule.Spec
	// Parse reads a watch's own spec, which was found good when it was added.
	Parse func(spec string) (schedule.Spec, error)
}

// Of returns the spec that a watch follows.
func (s Schedules) Of(w Watch) schedule.Spec {
	if w.Schedule == "" {
		return s.Default
	}
	spec, err := s.Parse(w.Schedule)
	if err != nil { // written by another version of stet
		return s.Default
	}
	return spec
}

// Next returns when a watch is due after a look at it that found the story.
func (s Schedules) Next(w Watch, after time.Time) time.Time {
	return s.Of(w).Next(after, w.Key, w.Published)
}

// The first look after one that brought no article comes after retryFirst, the
// next ones after twice as long each, up to retryMost. A refused look made no
// request; asking again within retryRefused would change nothing.
const (
	retryFirst   = time.Minute
	retryMost    = time.Hour
	retryRefused = time.Hour
)

// Retry returns when to look again after one or more looks that brought no
// article: sooner than the schedule says where that is slow, and ever later.
func (s Schedules) Retry(w Watch, at time.Time, r Result) time.Time {
	scheduled := s.Next(w, at)
	if r == Refused {
		return later(scheduled, at.Add(retryRefused))
	}
	interval := s.Next(w, scheduled).Sub(scheduled)
	wait := min(retryFirst, interval)
	for range min(w.Troubles-1, 12) {
		wait *= 2
	}
	wait = min(wait, retryMost)
	return at.Add(wait + spread(w.Key, at, wait/8))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// spread returns a share of most that differs by watch and by time, so that
// watches which failed together do not come back together.
func spread(key string, at time.Time, most time.Duration) time.Duration {
	if most <= 0 {
		return 0
	}
	h := fnv.New64a()
	h.Write([]byte(key))
	h.Write([]byte(at.Format(time.RFC3339)))
	return time.Duration(h.Sum64() % uint64(most))
}
