package schedule

import (
	"math"
	"time"
)

// Adaptive is the spec of the default schedule, which goes by the story's age.
//
// Stories are edited most when they are new: the rate of edits falls about like
// 1/age. For a number of requests, the mean delay until an edit is seen is
// shortest with intervals that grow like 1/sqrt(rate), as that makes the sum of
// rate · interval / 2 least for a given sum of 1/interval. So the interval grows
// like sqrt(age); it is 2 min · sqrt(age / 1 min):
//
//	age        1 min  10 min  1 h     1 day   1 week  30 days  1 year
//	interval   2 min  6 min   15 min  76 min  3.3 h   6.9 h    24 h
//
// and never under 2 minutes or over 24 hours.
const Adaptive = "adaptive"

const (
	shortest = 2 * time.Minute
	longest  = 24 * time.Hour

	// unknownAge is taken for a story that does not say when it was published,
	// or says that it will be.
	unknownAge = 24 * time.Hour
	// clockSkew is how far ahead of us a publisher's clock may be.
	clockSkew = time.Hour
)

func nextAdaptive(after, published time.Time, part float64) time.Time {
	wait := interval(age(after, published))
	wait -= scale(wait, part/10)
	return after.Add(max(wait, shortest))
}

// interval returns the time between looks at a story of that age.
func interval(age time.Duration) time.Duration {
	wait := scale(shortest, math.Sqrt(age.Minutes()))
	return min(max(wait, shortest), longest)
}

func age(now, published time.Time) time.Duration {
	age := now.Sub(published)
	switch {
	case published.IsZero() || age < -clockSkew:
		return unknownAge
	case age < 0:
		return 0
	}
	return age
}
