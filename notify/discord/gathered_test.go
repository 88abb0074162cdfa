package discord

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher/compare"
)

// flood is the nth update of a live story, 7 minutes after the one before.
func flood(n int, text string) notify.Alert {
	return with(func(a *notify.Alert) {
		a.ID, a.From, a.To, a.Seen = int64(9106+n), n, n+1, at("14:00:00").Add(time.Duration(n)*7*time.Minute)
		a.Headline, a.Previous = "Live: river Maun rises at Tollen", a.Seen.Add(-time.Minute)
		a.Diff = fmt.Sprintf("https://stet.example/diff/%d", a.ID)
		a.Change = compare.Change{
			Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Stamped, Nature: compare.Update,
			Summary: fmt.Sprintf("paragraph %d added", n), Reasons: []string{"text was added; no stated fact changed", "the time shown moved"},
			Fields: []compare.Field{compare.FieldBody}, Blocks: []compare.Block{{Op: compare.Add, Kind: "paragraph", NewPlace: n, New: text}},
		}
	})
}

// floods are updates told together.
func floods(texts ...string) notify.Delivery {
	var as []notify.Alert
	for i, t := range texts {
		as = append(as, flood(i+1, t))
	}
	d := delivery(as[len(as)-1])
	d.Gathered = as
	return d
}

func TestGatheredLayoutGolden(t *testing.T) {
	long := strings.Repeat("The gauge at Tollen weir stands at 4.4 metres, and the county asks people to stay away from Mill Street. ", 5)
	for _, tt := range []struct {
		name     string
		delivery notify.Delivery
	}{
		{"four updates", floods("The river has stopped rising at Tollen weir.", "Mill Street is closed.", "The school takes people in.", "The peak has passed the town.")},
		{"more updates than there is room for", floods(long, long, long, long, long, long, long, long, long, long, long, long)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := Layout(tt.delivery)
			accepted(t, m)
			golden(t, strings.ReplaceAll(tt.name, " ", "-"), m)
		})
	}
}

// TestGatheredLayoutAtItsWorst fills every part of many updates with far too
// much.
func TestGatheredLayoutAtItsWorst(t *testing.T) {
	for _, unit := range []string{"a", "*", "word ", "👩‍👩‍👧‍👦", "渡", "https://x.example/ ", "@everyone ", "\n# x\n", "\xff", ""} {
		a := flooded(strings.Repeat(unit, 1500))
		a.Notes = nil // a change with notes is told alone
		d := delivery(a)
		for range notify.MostGathered {
			d.Gathered = append(d.Gathered, a)
		}
		accepted(t, Layout(d))
		d.Gathered = d.Gathered[:2]
		accepted(t, Layout(d))
	}
}
