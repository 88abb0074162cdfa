package article

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestParseStamp(t *testing.T) {
	for _, tt := range []struct {
		name, text, language string
		want                 string // RFC 3339, "" for unknown
	}{
		{"as a time element gives it", "2026-11-17T14:05:00+01:00", "en", "2026-11-17T14:05:00+01:00"},
		{"day and clock", "17 November 2026, 14:05", "en-GB", "2026-11-17T14:05:00Z"},
		{"with a label before it", "Updated 17 November 2026 at 14:05", "en-GB", "2026-11-17T14:05:00Z"},
		{"an afternoon in America", "November 17, 2026, 2:05 p.m. EST", "en-US", "2026-11-17T14:05:00-05:00"},
		{"a zone that depends on the season", "November 17, 2026 at 2:05 p.m. ET", "en-US", "2026-11-17T14:05:00Z"},
		{"half past midnight", "November 17, 2026, 12:30 a.m.", "en-US", "2026-11-17T00:30:00Z"},
		{"noon", "November 17, 2026, 12:30 p.m.", "en-US", "2026-11-17T12:30:00Z"},
		{"a full stop in the clock", "Tue 17 Nov 2026 14.05 BST", "en-GB", "2026-11-17T14:05:00+01:00"},
		{"a full stop and a half of the day", "17 Nov 2026, 2.05pm BST", "en-GB", "2026-11-17T14:05:00+01:00"},
		{"the hour alone", "17 Nov 2026, 2pm", "en-GB", "2026-11-17T14:00:00Z"},
		{"German", "17.11.2026, 14:05 Uhr", "de", "2026-11-17T14:05:00Z"},
		{"German with a full stop", "17. November 2026, 14.05 Uhr MEZ", "de", "2026-11-17T14:05:00+01:00"},
		{"French", "le 17 novembre 2026 à 14h05", "fr", "2026-11-17T14:05:00Z"},
		{"Spanish", "17 de noviembre de 2026, 2:05 p. m.", "es", "2026-11-17T14:05:00Z"},
		{"Swedish", "17 november 2026 kl. 14.05", "sv", "2026-11-17T14:05:00Z"},
		{"Japanese", "2026年11月17日 14:05", "ja", "2026-11-17T14:05:00Z"},
		{"Japanese by halves of the day", "2026年11月17日 午後2:05", "ja", ""},
		{"Korean by halves of the day", "2026년 11월 17일 오후 2:05", "ko", ""},
		{"a day alone", "17 November 2026", "en", "2026-11-17T00:00:00Z"},
		{"a day that can be read two ways", "03/04/2026 14:05", "en-GB", ""},
		{"a day that cannot", "17/11/2026 14:05", "en-GB", "2026-11-17T14:05:00Z"},
		{"a clock without its day", "14:05", "en", ""},
		{"the day of something else", "14:05, first published 17 November 2026", "en", ""},
		{"no time at all", "by the minute", "en", ""},
		{"nothing", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ""
			if at := ParseStamp(tt.text, tt.language); !at.IsZero() {
				got = at.Format(time.RFC3339)
			}
			if got != tt.want {
				t.Errorf("ParseStamp(%q, %q) = %q, want %q", tt.text, tt.language, got, tt.want)
			}
		})
	}
}

func TestStampMovedAndPutBack(t *testing.T) {
	for _, tt := range []struct {
		name, before, now string
		moved, want       bool
	}{
		{"later the same day", "17 November 2026 14:05", "17 November 2026 15:10", true, false},
		{"earlier the same day", "17 November 2026 14:05", "17 November 2026 09:10", true, true},
		{"a day earlier", "17 November 2026", "16 November 2026", true, true},
		{"the same in other words", "17 November 2026, 14:05", "Nov 17, 2026 2:05 pm", false, false},
		{"the clock is no longer shown", "17 November 2026 14:05", "17 November 2026", true, false},
		{"clocks without a day", "14:05", "09:10", true, false},
		{"no time before", "", "17 November 2026 09:10", true, false},
		{"no time now", "17 November 2026 14:05", "", false, false},
		{"an earlier clock of a zone that lies west", "2026-11-17T14:05:00+01:00", "2026-11-17T13:30:00Z", true, false},
		{"a later clock of a zone that lies east", "2026-11-17T14:05:00Z", "2026-11-17T14:30:00+01:00", true, false},
		{"an hour back when the clocks go back", "2026-10-25T02:50:00+02:00", "2026-10-25T02:10:00+01:00", true, false},
		{"the same clock, its zone said now", "17 November 2026, 14:05", "2026-11-17T14:05:00+01:00", false, false},
		{"the same minute, its seconds not given", "2026-11-17T14:05:26Z", "17 November 2026, 14:05", false, false},
		{"earlier in whatever zone", "2026-11-17T14:05:00+01:00", "17 November 2026, 12:30", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := StampMoved(Article{Stamp: tt.before}, Article{Stamp: tt.now}); got != tt.moved {
				t.Errorf("StampMoved(%q, %q) = %v, want %v", tt.before, tt.now, got, tt.moved)
			}
			if got := PutBack(Article{Stamp: tt.before}, Article{Stamp: tt.now}); got != tt.want {
				t.Errorf("PutBack(%q, %q) = %v, want %v", tt.before, tt.now, got, tt.want)
			}
		})
	}
}

func TestHiddenMoves(t *testing.T) {
	at := func(hour int) time.Time { return time.Date(2026, 11, 17, hour, 5, 0, 0, time.UTC) }
	for _, tt := range []struct {
		name        string
		before, now []Stamp
		want        []string
	}{
		{"none", nil, nil, nil},
		{"the same time in another zone", []Stamp{{FromMeta, at(14)}}, []Stamp{{FromMeta, at(14).In(time.FixedZone("", 3600))}}, nil},
		{"one of two", []Stamp{{FromJSONLD, at(9)}, {FromMeta, at(9)}}, []Stamp{{FromJSONLD, at(14)}, {FromMeta, at(9)}},
			[]string{"JSON-LD dateModified moved from 2026-11-17 09:05 to 2026-11-17 14:05 UTC"}},
		{"put back", []Stamp{{FromHeader, at(14)}}, []Stamp{{FromHeader, at(9)}},
			[]string{"Last-Modified was put back from 2026-11-17 14:05 to 2026-11-17 09:05 UTC"}},
		{"by seconds", []Stamp{{FromMeta, at(9)}}, []Stamp{{FromMeta, at(9).Add(7 * time.Second)}},
			[]string{"the page's meta time moved from 2026-11-17 09:05:00 to 2026-11-17 09:05:07 UTC"}},
		{"a source that came or went", []Stamp{{FromHeader, at(9)}}, []Stamp{{FromJSONLD, at(14)}}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range HiddenMoves(tt.before, tt.now) {
				got = append(got, m.String())
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("HiddenMoves(%v, %v) = %q, want %q", tt.before, tt.now, got, tt.want)
			}
		})
	}
}

// stamped is a story's page with a line of update and hidden times.
func stamped(line, ld, meta string) Page {
	var b strings.Builder
	fmt.Fprintf(&b, `<!doctype html><html lang="en-GB"><head><title>Quay collapse frees fourteen boats</title>
<meta property="article:modified_time" content="%s"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Quay collapse frees fourteen boats","dateModified":"%s"}</script></head>
<body><main><article><h1>Quay collapse frees fourteen boats</h1><p class="updated">%s</p>`, meta, ld, line)
	for range 4 {
		b.WriteString("<p>Fourteen fishing boats were torn from their moorings in Pell Haven on Monday night when the north quay gave way, the harbour office said.</p>")
	}
	return Page{URL: "https://courier.example/quay", Body: []byte(b.String() + "</article></main></body></html>")}
}

func TestReadKeepsStampsApart(t *testing.T) {
	const ld, meta = "2026-11-17T14:05:00+01:00", "2026-11-17T14:06:30+01:00"
	for _, tt := range []struct {
		name, line   string
		stamp, shown string
	}{
		{"day and clock in words", "Updated 17 November 2026, 14:05", "17 November 2026, 14:05", "2026-11-17T14:05:00Z"},
		{"a time element that agrees", `Updated <time datetime="2026-11-17T14:05:00+01:00">14:05</time>`, "14:05", "2026-11-17T14:05:00+01:00"},
		{"a time element in UTC", `Updated <time datetime="2026-11-16T13:05:00Z">14:05</time>`, "14:05", "2026-11-16T13:05:00Z"},
		{"a time element that says otherwise", `Updated <time datetime="2026-11-16T11:17:00+01:00">14:40</time>`, "14:40", ""},
		{"a clock that the hidden time explains", "Updated 14:06", "14:06", meta},
		{"a clock that nothing explains", "Updated 15:20", "15:20", ""},
		{"an age", `Updated <time datetime="2026-11-17T14:05:00+01:00">3 minutes ago</time>`, ld, ld},
		{"nothing", "", "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, _ := Read(stamped(tt.line, ld, meta))
			shown := ""
			if !a.Shown.IsZero() {
				shown = a.Shown.Format(time.RFC3339)
			}
			if a.Stamp != tt.stamp || shown != tt.shown {
				t.Errorf("line %q: stamp %q, shown %q, want %q, %q", tt.line, a.Stamp, shown, tt.stamp, tt.shown)
			}
			if got := fmt.Sprint(a.Hidden); len(a.Hidden) != 2 || a.Hidden[0].Source != FromJSONLD || a.Hidden[1].Source != FromMeta ||
				a.Hidden[0].Time.Format(time.RFC3339) != ld || a.Hidden[1].Time.Format(time.RFC3339) != meta {
				t.Errorf("hidden stamps %s, want JSON-LD's %s and meta's %s", got, ld, meta)
			}
		})
	}
}

func TestStampsAreNotInTheHash(t *testing.T) {
	a, _ := Read(stamped("Updated 17 November 2026, 14:05", "2026-11-17T14:05:00Z", "2026-11-17T14:05:00Z"))
	b, _ := Read(stamped("Updated 18 November 2026, 09:10", "2026-11-18T09:10:00Z", "2026-11-18T09:10:00Z"))
	if a.Stamp == b.Stamp || a.Hash() != b.Hash() {
		t.Errorf("stamps %q, %q: the hashes differ: %v, want the same hash", a.Stamp, b.Stamp, a.Hash() != b.Hash())
	}
}

func TestArticlesKeptBeforeHiddenStampsAreRead(t *testing.T) {
	var a Article
	if err := json.Unmarshal([]byte(`{"headline":"Quay","stamp":"17 November 2026, 14:05","modified":"2026-11-17T14:05:00Z"}`), &a); err != nil {
		t.Fatal(err)
	}
	if a.Hidden != nil || !PutBack(a, Article{Stamp: "17 November 2026, 09:00"}) {
		t.Errorf("an older article: hidden %v; its stamp is not ordered", a.Hidden)
	}
	data, err := json.Marshal(Article{})
	if err != nil || strings.Contains(string(data), "shown") || strings.Contains(string(data), "hidden") {
		t.Errorf("an article without stamps: %s, %v, want neither shown nor hidden", data, err)
	}
}

func FuzzParseStamp(f *testing.F) {
	for _, s := range []string{"17 November 2026, 2.05pm GMT", "2026-11-17T14:05:00+24:00", "٣ نوفمبر 2026 2:05", "99:99 31.02.2026", "kl. 14.05"} {
		f.Add(s, "en")
	}
	f.Fuzz(func(t *testing.T, text, language string) {
		at := ParseStamp(text, language)
		if _, err := json.Marshal(at); err != nil {
			t.Fatalf("ParseStamp(%q, %q) = %v, which cannot be written: %v", text, language, at, err)
		}
	})
}
