package compare

import (
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
)

func TestSettle(t *testing.T) {
	a, b, c := [32]byte{1}, [32]byte{2}, [32]byte{3}
	tests := []struct {
		name    string
		earlier [][32]byte
		now     [32]byte
		nature  Nature
		told    bool
		reason  string
	}{
		{"a first edit", [][32]byte{a}, b, Edit, true, ""},
		{"a second edit", [][32]byte{a, b}, c, Edit, true, ""},
		{"the first version is back", [][32]byte{a, b}, a, Revert, true, "Revision 1 is back, first seen 4 May 2026 12:00 UTC, 2 h 0 min before."},
		{"the second turn of two variants", [][32]byte{a, b, a}, b, Revert, false, "An A/B test, told once."},
		{"the third turn of two variants", [][32]byte{a, b, a, b}, a, Revert, false, "An A/B test, told once."},
		{"a third version after a flap", [][32]byte{a, b, a, b}, c, Edit, true, ""},
		{"back to the first after a third", [][32]byte{a, b, c}, a, Revert, true, "Revision 1 is back"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var earlier []Version
			at := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
			for i, h := range tt.earlier {
				earlier = append(earlier, Version{Number: i + 1, Hash: h, Seen: at.Add(time.Duration(i) * time.Hour)})
			}
			change := Compare(story("en", ferry), story("en", strings.Replace(ferry, "rose to 12", "rose to 19", 1)))
			got := Settle(change, earlier, Version{Number: len(earlier) + 1, Hash: tt.now, Seen: at.Add(time.Duration(len(earlier)) * time.Hour)})
			if got.Nature != tt.nature || got.Told != tt.told || !strings.Contains(strings.Join(got.Reasons, " "), tt.reason) {
				t.Errorf("Settle: %s, told %t, reasons %q; want %s, %t, %q", got.Nature, got.Told, got.Reasons, tt.nature, tt.told, tt.reason)
			}
			if got.Nature == Revert && got.Silent {
				t.Error("a revert is called a silent edit")
			}
		})
	}
}

func TestSecondLook(t *testing.T) {
	earlier := []Version{{Number: 1, Headline: "Ferry burns off Marlhaven"}, {Number: 2, Headline: "Council meets"}}
	tests := []struct {
		name   string
		change func(new *article.Article)
		reason string
	}{
		{"a figure changed", func(a *article.Article) { a.Blocks[1].Text = strings.Replace(a.Blocks[1].Text, "12", "19", 1) }, ""},
		{"one paragraph of five gone", func(a *article.Article) { a.Blocks = a.Blocks[:4] }, ""},
		{"most of the text gone", func(a *article.Article) { a.Blocks = a.Blocks[:1] }, "words went at once"},
		{"an earlier headline is back", func(a *article.Article) { a.Headline = "Ferry burns off Marlhaven" }, "the headline of revision 1 is back"},
		{"a new headline", func(a *article.Article) { a.Headline = "Ferry sinks" }, ""},
		{"nothing changed", func(*article.Article) {}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			new := story("en", ferry)
			tt.change(&new)
			got := SecondLook(Compare(story("en", ferry), new), earlier)
			if tt.reason == "" && got != "" || !strings.Contains(got, tt.reason) {
				t.Errorf("SecondLook = %q, want %q", got, tt.reason)
			}
		})
	}
}

func TestSelfChange(t *testing.T) {
	for nature, told := range map[Nature]bool{Gone: true, Restored: true, Moved: false, Walled: false} {
		c := SelfChange(nature, "what was seen")
		if !c.Changed || c.Told != told || c.Silent || c.Nature != nature || len(c.Blocks) > 0 || c.Reasons[0] != "What was seen." {
			t.Errorf("SelfChange(%s) = %+v, want it told: %t", nature, c, told)
		}
	}
}

func TestStampMove(t *testing.T) {
	at := time.Date(2026, 11, 17, 14, 5, 0, 0, time.UTC)
	hidden := func(t time.Time) []article.Stamp { return []article.Stamp{{Source: article.FromJSONLD, Time: t}} }
	for _, tt := range []struct {
		name        string
		before, now article.Article
		reasons     string
	}{
		{"forward", article.Article{Stamp: "17 November 2026 14:05"}, article.Article{Stamp: "17 November 2026 15:10"},
			"The time shown moved from 17 November 2026 14:05 to 17 November 2026 15:10; nothing else changed."},
		{"back", article.Article{Stamp: "17 November 2026 14:05"}, article.Article{Stamp: "17 November 2026 09:10"},
			"The time shown was put back from 17 November 2026 14:05 to 17 November 2026 09:10; nothing else changed."},
		{"to an order that is not known", article.Article{Stamp: "14:05"}, article.Article{Stamp: "09:10"},
			"The time shown moved from 14:05 to 09:10; nothing else changed."},
		{"with a hidden one", article.Article{Stamp: "14:05", Hidden: hidden(at)}, article.Article{Stamp: "15:05", Hidden: hidden(at.Add(time.Hour))},
			"The time shown moved from 14:05 to 15:05; nothing else changed. Times that readers do not see moved with it: JSON-LD dateModified."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := StampMove(tt.before, tt.now)
			if got := strings.Join(c.Reasons, " "); got != tt.reasons || c.Told || c.Silent || c.Weight != Cosmetic || c.Disclosure != Stamped {
				t.Errorf("StampMove from %q to %q: %+v, want it stamped, cosmetic, not told, with the reasons %q", tt.before.Stamp, tt.now.Stamp, c, tt.reasons)
			}
		})
	}
}
