package web

import (
	"strings"
	"testing"
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
)

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Second:                  "0 s",
		4 * time.Second:               "4 s",
		26*time.Minute + time.Second:  "26 min",
		5*time.Hour + 21*time.Minute:  "5 h 21 min",
		3 * time.Hour:                 "3 h",
		27*time.Hour + 59*time.Minute: "1 day 3 h",
		24 * time.Hour:                "1 day",
		300 * time.Hour:               "12 days",
	} {
		if got := span(d); got != want {
			t.Errorf("span(%s) = %q, want %q", d, got, want)
		}
	}
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -1000: "-1,000"} {
		if got := grouped(n); got != want {
			t.Errorf("grouped(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestTimesAreShownAsTheReaderCountsThem(t *testing.T) {
	s := serve(t, &newsroom{}) // at 19:52 in CET
	for _, tt := range []struct{ utc, want string }{
		{"2026-11-17T08:41:00Z", "09:41"},
		{"2026-11-16T23:30:00Z", "00:30"},
		{"2026-11-16T22:30:00Z", "16 Nov, 23:30"},
		{"2025-11-17T08:41:00Z", "17 Nov 2025, 09:41"},
	} {
		at, err := time.Parse(time.RFC3339, tt.utc)
		if err != nil {
			t.Fatal(err)
		}
		if got := s.near(at); got.Text != tt.want || got.ISO != tt.utc {
			t.Errorf("near(%s) = %+v, want %q", tt.utc, got, tt.want)
		}
	}
	if got := s.near(time.Time{}); got != (moment{}) {
		t.Errorf("near of no time = %+v, want none", got)
	}
}

func TestZoneName(t *testing.T) {
	for name, zone := range map[string]*time.Location{
		"UTC":           time.UTC,
		"CET, UTC+1":    time.FixedZone("CET", 3600),
		"NST, UTC-3:30": time.FixedZone("NST", -3*3600-1800),
		"UTC+5:45":      time.FixedZone("+0545", 5*3600+2700),
		"XYZ, UTC-0:30": time.FixedZone("XYZ", -1800),
		"AEDT, UTC+11":  time.FixedZone("AEDT", 11*3600),
	} {
		s, err := New(&newsroom{}, Options{Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		if got := s.zoneName(); got != name {
			t.Errorf("zoneName in %s = %q, want %q", zone, got, name)
		}
	}
}

func TestVerdicts(t *testing.T) {
	tests := []struct {
		name   string
		change compare.Change
		want   string
	}{
		{"an edit that nobody was told of", compare.Change{Changed: true, Silent: true, Weight: compare.Minor, Disclosure: compare.Silent, Nature: compare.Edit}, "Silent"},
		{"the story goes on", compare.Change{Changed: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Update}, "Update"},
		{"the time shown moved", compare.Change{Changed: true, Weight: compare.Minor, Disclosure: compare.Stamped, Nature: compare.Edit, Blocks: []compare.Block{{Op: compare.Add}}}, "Stamped"},
		{"a note covers it", compare.Change{Changed: true, Weight: compare.Substantive, Disclosure: compare.Disclosed, Nature: compare.Edit}, "Disclosed"},
		{"a note covers a part", compare.Change{Changed: true, Weight: compare.Substantive, Disclosure: compare.Partly, Nature: compare.Edit}, "Partly disclosed"},
		{"spelling", compare.Change{Changed: true, Weight: compare.Cosmetic, Disclosure: compare.Silent, Nature: compare.Edit}, "Cosmetic"},
		{"spelling while the time moved", compare.Change{Changed: true, Weight: compare.Cosmetic, Disclosure: compare.Stamped, Nature: compare.Edit, Blocks: []compare.Block{{Op: compare.Add}}}, "Cosmetic"},
		{"the time shown moved alone", compare.StampMove(article.Article{Stamp: "Updated 07:00"}, article.Article{Stamp: "Updated 08:00"}), "Stamp moved"},
		{"an earlier version is back", compare.Change{Changed: true, Weight: compare.Minor, Disclosure: compare.Silent, Nature: compare.Revert}, "Reverted"},
		{"the story is gone", compare.SelfChange(compare.Gone, "page not found (410)"), "Gone"},
		{"and back", compare.SelfChange(compare.Restored, "it is back"), "Restored"},
		{"and elsewhere", compare.SelfChange(compare.Moved, "it moved"), "Moved"},
		{"and behind a login page", compare.SelfChange(compare.Walled, "a login page"), "Behind a wall"},
		{"noise", compare.Change{}, "No edit"},
	}
	for _, tt := range tests {
		if got := verdictOf(tt.change); got.Word != tt.want {
			t.Errorf("%s: verdict is %q, want %q", tt.name, got.Word, tt.want)
		}
	}
}

func TestAStoryIsSummedUpWithWhatStandsInItsPlace(t *testing.T) {
	at := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	history := []watcher.Entry{{Revision: watcher.Revision{Number: 1, FirstSeen: at, LastSeen: at.Add(time.Hour)}}}
	for _, tt := range []struct {
		name  string
		watch watcher.Watch
		want  string
	}{
		{"gone", watcher.Watch{State: watcher.Active, Gone: true}, "no longer serves it"},
		{"walled", watcher.Watch{State: watcher.Active, Walls: 3}, "captcha page stands in its place"},
		{"walled and paused", watcher.Watch{State: watcher.Paused, Walls: 3}, "paused"},
		{"two looks at a wall", watcher.Watch{State: watcher.Active, Walls: 2}, "that it was seen.$"},
	} {
		if got, _ := told(tt.watch, history); !strings.Contains(got+"$", tt.want) {
			t.Errorf("%s: the story is summed up as %q, want %q in it", tt.name, got, tt.want)
		}
	}
}
