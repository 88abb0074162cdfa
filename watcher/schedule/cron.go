package schedule

import (
	"errors"
	"fmt"
	"time"

	"github.com/robfig/cron/v3"
)

// maxSpread is the most that a cron spec's look comes later for the spreading.
const maxSpread = 5 * time.Minute

// nextSpread returns the first time after the given one at which the spec
// fires, each firing moved by the part of what its spread allows.
func nextSpread(s *cron.SpecSchedule, after time.Time, part float64) time.Time {
	firing := fire(s, after.Add(-maxSpread))
	for {
		following := fire(s, firing)
		spread := min(following.Sub(firing)/10, maxSpread)
		moved := firing.Add(scale(spread, part).Truncate(time.Second))
		if moved.After(after) {
			return moved
		}
		firing = following
	}
}

// fire returns the first time after the given one at which the spec fires, in
// its zone.
//
// The cron library searches day by day from midnight and steps over a whole
// day whose midnight a clock change leaves out (Cairo, Beirut, Havana,
// Santiago). So the search is started again at every clock change before the
// time it finds, and the earliest time counts.
func fire(s *cron.SpecSchedule, after time.Time) time.Time {
	after = after.In(s.Location)
	best := s.Next(after)
	for range 25 {
		if !best.IsZero() {
			break
		}
		after = after.AddDate(4, 0, 0) // none within five years, as around 29 February 2100
		best = s.Next(after)
	}
	if best.IsZero() {
		return after // a century later: as good as never
	}
	_, change := after.ZoneBounds()
	for !change.IsZero() && change.Before(best) {
		if found := s.Next(change.Add(-time.Second)); !found.IsZero() && found.Before(best) {
			best = found
		}
		_, change = change.ZoneBounds()
	}
	return best
}

// checkFires refuses a spec whose days are in no year.
func checkFires(s *cron.SpecSchedule) error {
	unzoned := *s
	unzoned.Location = time.UTC
	leapYear := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if unzoned.Next(leapYear).IsZero() {
		return errors.New("never fires: no year has that day of that month")
	}
	return nil
}

// clockChanges says which firings the clock changes of a year skip or double.
func clockChanges(s *cron.SpecSchedule, after time.Time) []string {
	const everyHour = 1<<24 - 1
	if s.Hour&everyHour == everyHour {
		return nil // the looks around the change come as close together as ever
	}
	var warnings []string
	after = after.In(s.Location)
	until := after.AddDate(1, 0, 0)
	for _, change := after.ZoneBounds(); !change.IsZero() && change.Before(until); _, change = change.ZoneBounds() {
		if w := clockChange(s, change); w != "" {
			warnings = append(warnings, w)
		}
	}
	return warnings
}

// clockChange says whether the clock change at that moment skips or doubles a
// firing, or returns "".
func clockChange(s *cron.SpecSchedule, change time.Time) string {
	_, before := change.Add(-time.Second).Zone()
	_, now := change.Zone()
	moved := time.Duration(now-before) * time.Second

	// Times of day that the clocks leave out, or show twice, as clocks that do
	// not change would show them.
	first, last := change, change.Add(moved)
	problem := "put forward, so its look at %s does not come that day"
	if moved < 0 {
		first, last = change.Add(moved), change
		problem = "put back, so its look at %s comes twice"
	}
	steady := *s
	steady.Location = time.FixedZone("", before)
	at := steady.Next(first.In(steady.Location).Add(-time.Second))
	if at.IsZero() || !at.Before(last) {
		return ""
	}
	return fmt.Sprintf("on %s the clocks of %s are "+problem,
		at.Format(time.DateOnly), s.Location, at.Format("15:04"))
}
