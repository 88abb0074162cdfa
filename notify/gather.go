package notify

import (
	"fmt"
	"time"

	"stet/watcher/compare"
)

// GatherFor is the least time between two alerts of a story's updates to one
// destination. A live blog is added to every few minutes for hours: an alert
// for each would drown the silent edits beside it, and after half an hour what
// was added is still news.
const GatherFor = 30 * time.Minute

// MostGathered is the most updates of one alert, two for each minute of
// GatherFor. It is reached only where a destination takes nothing for long;
// what comes then makes an alert of its own.
const MostGathered = 60

// Gathers reports whether an alert may wait to be told together with others of
// its story: the story only went on. Where a stated fact changed, the nature is
// another; that, and a note, is told at once and alone.
func (a Alert) Gathers() bool {
	return a.Nature == compare.Update && len(a.Notes) == 0 && !a.FirstLook()
}

// Alerts returns all alerts that a delivery tells, oldest first; none for news.
func (d Delivery) Alerts() []Alert {
	switch {
	case len(d.Gathered) > 0:
		return d.Gathered
	case d.Alert != nil:
		return []Alert{*d.Alert}
	}
	return nil
}

// Tally counts the updates that a delivery tells together and says how far
// apart they were seen, such as "4 updates in 28 min"; "" for a delivery of
// one.
func (d Delivery) Tally() string {
	if len(d.Gathered) < 2 {
		return ""
	}
	took := d.Gathered[len(d.Gathered)-1].Seen.Sub(d.Gathered[0].Seen)
	switch took = took.Round(time.Minute); {
	case took < time.Minute:
		return fmt.Sprintf("%d updates within a minute", len(d.Gathered))
	case took < 2*time.Hour:
		return fmt.Sprintf("%d updates in %d min", len(d.Gathered), int(took.Minutes()))
	}
	return fmt.Sprintf("%d updates in %d h", len(d.Gathered), int(took.Round(time.Hour).Hours()))
}
