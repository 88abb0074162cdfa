package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher/compare"
)

var update = flag.Bool("update", false, "write the golden files anew")

// at is a time on the day of the invented stories.
func at(clock string) time.Time {
	t, err := time.Parse(time.RFC3339, "2026-11-17T"+clock+"Z")
	if err != nil {
		panic(err)
	}
	return t
}

// ferry is the alert of a silent edit.
func ferry() notify.Alert {
	return notify.Alert{
		ID: 9107, Watch: 4812, From: 2, To: 3,
		URL:      "https://marlhavenpost.example/ferry-fire",
		Headline: "Ferry operator ‘was told of’ fire warnings, inspector says",
		Site:     "Marlhaven Post", Language: "en", Authors: []string{"Ilse Corvane", "Tobin Ashgrove"},
		Published: at("05:05:00"), FirstSeen: at("05:12:00"), Previous: at("08:40:12"), Seen: at("08:41:48"),
		Ledger: "9f3ac1d07be4",
		Story:  "https://stet.example/story/4812", Diff: "https://stet.example/diff/9107",
		Change: compare.Change{
			Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit, Silent: true,
			Summary: "injured 12 → 19; headline ‘ignored’ → ‘was told of’",
			Reasons: []string{"no note stands on the page", "the time shown stayed at 07:00"},
			Facts:   []compare.Fact{{Kind: "number", Old: "12", New: "19"}},
			Blocks: []compare.Block{
				{Op: compare.Replace, Kind: "headline", Old: "Ferry operator ‘ignored’ fire warnings, inspector says", New: "Ferry operator ‘was told of’ fire warnings, inspector says",
					Spans: []compare.Span{{Op: compare.Equal, Text: "Ferry operator "}, {Op: compare.Remove, Text: "‘ignored’"}, {Op: compare.Add, Text: "‘was told of’"}, {Op: compare.Equal, Text: " fire warnings, inspector says"}}},
				{Op: compare.Replace, Kind: "standfirst", Old: "Twelve people were hurt.", New: "Nineteen people were hurt.",
					Spans: []compare.Span{{Op: compare.Remove, Text: "Twelve"}, {Op: compare.Add, Text: "Nineteen"}, {Op: compare.Equal, Text: " people were hurt."}}},
				{Op: compare.Replace, Kind: "paragraph", OldPlace: 1, NewPlace: 1,
					Old: "The company that ran the ferry which burned off Marlhaven ignored two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to 12.",
					New: "The company that ran the ferry which burned off Marlhaven had been told of two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to 19.",
					Spans: []compare.Span{{Op: compare.Equal, Text: "The company that ran the ferry which burned off Marlhaven "}, {Op: compare.Remove, Text: "ignored "}, {Op: compare.Add, Text: "had been told of "},
						{Op: compare.Equal, Text: "two written warnings about its car deck in the spring, the inspector said on Monday, as the number of people injured rose to "}, {Op: compare.Remove, Text: "12"}, {Op: compare.Add, Text: "19"}, {Op: compare.Equal, Text: "."}}},
				{Op: compare.Equal, Kind: "paragraph", OldPlace: 2, NewPlace: 2, Old: "One man is missing.", New: "One man is missing."},
				{Op: compare.Remove, Kind: "paragraph", OldPlace: 4, Old: "“We asked for those doors to be mended twice, and twice we were told to wait,” said Jory Vance, who loads the cars."},
				{Op: compare.Add, Kind: "paragraph", NewPlace: 5, New: "The company did not answer questions on Monday."},
				{Op: compare.Move, Kind: "paragraph", OldPlace: 3, NewPlace: 7, Old: "The ferry is 31 years old.", New: "The ferry is 31 years old."},
				{Op: compare.Replace, Kind: "caption", OldPlace: 8, NewPlace: 8, Old: "The ferry on Monday", New: "The ferry on Tuesday",
					Spans: []compare.Span{{Op: compare.Equal, Text: "The ferry on "}, {Op: compare.Remove, Text: "Monday"}, {Op: compare.Add, Text: "Tuesday"}}},
			},
			Fields: []compare.Field{compare.FieldHeadline, compare.FieldStandfirst, compare.FieldBody, compare.FieldCaption},
		},
	}
}

// golden compares v, as JSON, with the file of that name.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", name+".json")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run the test with -update to write it", err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("message differs from %s; got:\n%s", path, got.Bytes())
	}
}

func delivery(a notify.Alert) notify.Delivery {
	return notify.Delivery{ID: "dlv7kq2mxv", Destination: "news", Alert: &a}
}

// with returns the ferry's alert, changed.
func with(change func(a *notify.Alert)) notify.Alert {
	a := ferry()
	change(&a)
	return a
}

func TestLayoutGolden(t *testing.T) {
	for _, tt := range []struct {
		name  string
		alert notify.Alert
	}{
		{"silent", ferry()},
	} {
		t.Run(tt.name, func(t *testing.T) { golden(t, strings.ReplaceAll(tt.name, " ", "-"), Layout(delivery(tt.alert))) })
	}
}
