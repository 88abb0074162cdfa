package watcher

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// stampedPage is the story's page with a line of update.
func stampedPage(n int, stamp string, body []string) answer {
	return ok(strings.Replace(page(n, quayHeadline, body), `<p class="byline">`, `<p class="updated">Updated `+stamp+`</p><p class="byline">`, 1))
}

func TestAStampThatMovesByItself(t *testing.T) {
	const first, later, back = "17 November 2026 09:00", "17 November 2026 14:05", "17 November 2026 07:30"
	story, edited := paragraphs, with(1, "12 people", "19 people")
	type look struct {
		after  time.Duration
		stamp  string
		body   []string
		change string // a part of the summary of the last change; "" for none
	}
	for _, tt := range []struct {
		name  string
		looks []look
	}{
		{"it stays", []look{{0, first, story, ""}, {time.Hour, first, story, ""}}},
		{"it moves", []look{{0, first, story, ""}, {time.Hour, later, story, "moved from " + first + " to " + later}, {time.Hour, later, story, ""}}},
		{"it is put back", []look{{0, first, story, ""}, {time.Hour, back, story, "was put back from " + first + " to " + back}}},
		{"it moves at every look", []look{{0, first, story, ""}, {time.Hour, later, story, "moved"},
			{time.Hour, "17 November 2026 15:05", story, ""}, {time.Hour, "17 November 2026 16:05", story, ""},
			{24 * time.Hour, "18 November 2026 16:05", story, "from 17 November 2026 16:05"}, {time.Hour, "18 November 2026 17:05", story, ""}}},
		{"it moves after an edit, too", []look{{0, first, story, ""}, {time.Hour, later, story, "moved"},
			{time.Hour, later, edited, "12"}, {time.Hour, "17 November 2026 16:05", edited, "moved"}, {time.Hour, "17 November 2026 17:05", edited, ""}}},
		{"it moves with an edit", []look{{0, first, story, ""}, {time.Hour, later, edited, "12"}, {time.Hour, later, edited, ""}}},
		{"it is said in other words", []look{{0, first, story, ""}, {time.Hour, "Nov 17, 2026, 9:00 am", story, ""}}},
		{"it is no longer shown", []look{{0, first, story, ""}, {time.Hour, "", story, ""}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
			o := &outlet{}
			now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
			c := newChecker(t, o, s, &now)
			for i, want := range tt.looks {
				now = now.Add(want.after)
				o.answers = []answer{stampedPage(i, want.stamp, want.body)}
				l, _, err := c.Check(t.Context(), s.watch)
				if err != nil {
					t.Fatal(err)
				}
				got := ""
				for _, c := range l.Changes {
					got = c.Summary
				}
				if !strings.Contains(got, want.change) || (want.change == "") != (got == "") {
					t.Errorf("look %d: the last change is %q, want %q in it", i+1, got, want.change)
				}
				if stamp := l.Watch.Stamp; stamp != want.stamp {
					t.Errorf("look %d: the watch keeps the stamp %q, want %q", i+1, stamp, want.stamp)
				}
				if l.Revision == nil && l.Result != Unchanged {
					t.Errorf("look %d: %s, want unchanged: a stamp is no edit", i+1, l.Result)
				}
				for _, c := range l.Changes {
					if l.Revision == nil && (c.Told || c.Weight != compare.Cosmetic) {
						t.Errorf("look %d: told %v, %s, want a cosmetic change that is not told", i+1, c.Told, c.Weight)
					}
				}
			}
		})
	}
}

func TestLastModifiedIsAHiddenStamp(t *testing.T) {
	const early, late = "Tue, 17 Nov 2026 08:00:00 GMT", "Tue, 17 Nov 2026 09:30:00 GMT"
	for _, tt := range []struct{ name, value, date, want string }{
		{"of an hour ago", early, late, "[{last_modified 2026-11-17 08:00:00 +0000 UTC}]"},
		{"of the request itself", late, late, "[]"},
		{"none", "", late, "[]"},
	} {
		c := &fetch.Capture{Header: http.Header{"Last-Modified": {tt.value}, "Date": {tt.date}}}
		if got := fmt.Sprint(withHeader(nil, c)); got != tt.want {
			t.Errorf("%s: withHeader(%q at %q) = %s, want %s", tt.name, tt.value, tt.date, got, tt.want)
		}
	}
}

func TestHiddenStampsAreComparedWithThoseOfTheLookBefore(t *testing.T) {
	hidden := func(n int, at string, body []string) answer {
		return ok(strings.Replace(page(n, quayHeadline, body), "</head>", `<meta property="article:modified_time" content="`+at+`"></head>`, 1))
	}
	s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
	now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
	c := newChecker(t, &outlet{answers: []answer{hidden(1, "2026-11-17T08:00:00Z", paragraphs), hidden(2, "2026-11-17T08:30:00Z", paragraphs)}}, s, &now)
	for range 2 {
		if _, _, err := c.Check(t.Context(), s.watch); err != nil {
			t.Fatal(err)
		}
	}
	want := time.Date(2026, 11, 17, 8, 30, 0, 0, time.UTC)
	if h := s.watch.Hidden; len(h) != 1 || h[0].Source != article.FromMeta || !h[0].Time.Equal(want) || len(s.looks[1].Changes) > 0 {
		t.Errorf("after two looks the watch keeps %v, changes %v, want meta's %v and no change", h, s.looks[1].Changes, want)
	}
}
