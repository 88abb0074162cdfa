package newsroom

import (
	"testing"

	"stet/watcher/compare"
)

func TestScore(t *testing.T) {
	body := func(old, new string, told bool) compare.Change {
		return compare.Change{
			Changed: true, Told: told, Weight: compare.Substantive, Disclosure: compare.Silent, Silent: true, Nature: compare.Edit,
			Fields: []compare.Field{compare.FieldBody},
			Blocks: []compare.Block{{Op: compare.Equal, Old: "Same.", New: "Same."}, {Op: compare.Replace, Old: old, New: new}},
		}
	}
	judged := func(c compare.Change, d compare.Disclosure) compare.Change {
		c.Disclosure, c.Silent = d, d == compare.Silent
		return c
	}
	want := func(old, new string) Want {
		return Want{Told: true, Nature: compare.Edit, Disclosure: compare.Silent, Weight: compare.Minor, Field: compare.FieldBody, Old: old, New: new}
	}
	ferry := Expectation{Path: "/a/ferry", Says: "ferry", Want: want("12 hurt", "19 hurt")}
	again := Expectation{Path: "/a/ferry", Says: "again", Want: want("the bow", "the stern")}
	typo := Expectation{Path: "/b/fair", Says: "typo", Want: Want{Nature: compare.Edit, Weight: compare.Cosmetic, Field: compare.FieldBody, Old: "recieve", New: "receive"}}
	gone := Expectation{Path: "/c/gone", Says: "gone", Want: Want{Told: true, Nature: compare.Gone}}
	left := compare.Change{Told: true, Nature: compare.Gone}
	const at = "http://127.0.0.1:8080"
	ferryTold := Told{at + "/a/ferry", body("He said 12 hurt.", "He said 19 hurt.", true)}
	for _, tt := range []struct {
		name     string
		expected []Expectation
		told     []Told
		want     []Verdict
		ok       bool
	}{
		{"every edit told once", []Expectation{ferry, typo, gone}, []Told{ferryTold, {at + "/c/gone", left}}, []Verdict{Right, Quiet, Right}, true},
		{"nothing told", []Expectation{ferry, typo}, nil, []Verdict{Missed, Quiet}, false},
		{"the same edit told twice", []Expectation{ferry}, []Told{ferryTold, ferryTold}, []Verdict{Doubled}, false},
		{"two edits of one story, told in turn", []Expectation{ferry, again},
			[]Told{ferryTold, {at + "/a/ferry", body("At the bow.", "At the stern.", true)}}, []Verdict{Right, Right}, true},
		{"a counter told", []Expectation{ferry}, []Told{ferryTold, {at + "/a/ferry", body("3 shares", "4 shares", true)}}, []Verdict{Right, False}, false},
		{"an alert on another story", []Expectation{ferry}, []Told{{at + "/b/fair", ferryTold.Change}}, []Verdict{Missed, False}, false},
		{"a silent edit called disclosed", []Expectation{ferry}, []Told{{at + "/a/ferry", judged(ferryTold.Change, compare.Disclosed)}}, []Verdict{Wrong}, false},
		{"a typo told", []Expectation{typo}, []Told{{at + "/b/fair", body("to recieve it", "to receive it", true)}}, []Verdict{False}, false},
		{"a story told as gone that is not", nil, []Told{{at + "/a/ferry", left}}, []Verdict{False}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			lines := Score(tt.expected, tt.told)
			for i, l := range lines {
				if i >= len(tt.want) || l.Verdict != tt.want[i] {
					t.Errorf("line %d is %+v, want %v", i, l, tt.want)
				}
			}
			if len(lines) != len(tt.want) {
				t.Errorf("%d lines, want %d", len(lines), len(tt.want))
			}
			if tally, ok := Tally(lines); ok != tt.ok {
				t.Errorf("Tally = %q, %v, want %v", tally, ok, tt.ok)
			}
		})
	}
}

func TestCheckNamesEveryDifference(t *testing.T) {
	w := Want{Told: true, Nature: compare.Removal, Disclosure: compare.Silent, Weight: compare.Substantive, Field: compare.FieldBody, Old: "gone words"}
	c := compare.Change{Nature: compare.Edit, Disclosure: compare.Stamped, Weight: compare.Minor}
	want := `told is false, want true; nature is edit, want removal; disclosure is stamped, want silent; silent is false, want true; ` +
		`weight is minor, want substantive at least; fields is [], want body; no block goes from "gone words" to ""`
	if err := w.Check(c); err == nil || err.Error() != want {
		t.Errorf("Check = %v\nwant    %s", err, want)
	}
}
