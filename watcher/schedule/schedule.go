// Package schedule says when a watch is due. Start with [Parse]: it reads a
// cron spec, "@every 10m", "@hourly" and their kin, or "adaptive", and gives a
// [Spec], whose Next is a function of values: no clock, no state.
//
// Watches with equal schedules do not all fall due in the same second. Next
// moves each by a hash of its key, always the same way:
//
//   - A cron spec names a minute, so its looks come at most a tenth of the time
//     to the spec's following firing later, and never more than 5 minutes:
//     "0 9 * * *" looks from 09:00 to 09:05, "*/5 * * * *" in the first 30 s.
//     The next firing is never passed.
//   - "@every" names a rate, so the key chooses the phase: with "@every 1h" one
//     watch is due at 13 minutes past each hour, another at 48.
//   - "adaptive" looks up to a tenth of the interval sooner.
//
// Time that passed while nobody looked is not made up for: Next gives one time,
// the first after the moment it is asked about.
package schedule

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"github.com/robfig/cron/v3"
)

// A Spec is a schedule that can be followed. The zero Spec is the adaptive one.
type Spec struct {
	text  string
	cron  *cron.SpecSchedule // nil unless a cron spec; its zone is set
	every time.Duration      // 0 unless "@every"
}

// String returns the spec as it was given, with single spaces.
func (s Spec) String() string {
	if s.text == "" {
		return Adaptive
	}
	return s.text
}

// Next returns the first time after the given one at which a look is due. The
// key, such as the watch's URL, spreads watches with equal schedules. Only the
// adaptive schedule asks for the time of publication; zero is unknown.
// The time is in the zone of the spec for a cron spec, else in that of after.
func (s Spec) Next(after time.Time, key string, published time.Time) time.Time {
	part := fraction(key)
	switch {
	case s.cron != nil:
		return nextSpread(s.cron, after, part)
	case s.every > 0:
		return nextEvery(s.every, after, part)
	default:
		return nextAdaptive(after, published, part)
	}
}

// Upcoming returns the next n times after the given one, as if each look
// were made just when it is due.
func (s Spec) Upcoming(n int, after time.Time, key string, published time.Time) []time.Time {
	var times []time.Time
	for range n {
		after = s.Next(after, key, published)
		times = append(times, after)
	}
	return times
}

// Warnings says, in one sentence each, which looks the clock changes of the
// year after the given time will skip or double. It is empty for schedules
// that do not go by the clock on the wall, for those that fire in every hour,
// and in zones whose clocks do not change.
func (s Spec) Warnings(after time.Time) []string {
	if s.cron == nil {
		return nil
	}
	return clockChanges(s.cron, after)
}

// nextEvery returns the first time after the given one that is a whole number
// of intervals, and the part of one, from the epoch.
func nextEvery(every time.Duration, after time.Time, part float64) time.Time {
	phase := scale(every, part).Truncate(time.Second)
	since := after.Sub(time.Unix(0, 0)) - phase
	wait := every - since%every
	if since < 0 {
		wait = -(since % every)
	}
	if wait == 0 {
		wait = every
	}
	return after.Add(wait)
}

// fraction maps a key to [0,1), evenly and always the same way.
func fraction(key string) float64 {
	sum := sha256.Sum256([]byte(key))
	return float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
}

// scale returns the given part of a duration.
func scale(d time.Duration, part float64) time.Duration {
	return time.Duration(float64(d) * part)
}
