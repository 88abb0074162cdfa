package watcher

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet/watcher/fetch"
)

func TestStepsSayHowALookCameAbout(t *testing.T) {
	story := ok(page(1, quayHeadline, paragraphs))
	edited := ok(page(2, quayHeadline, with(1, "12 people", "19 people")))
	for _, tt := range []struct {
		name    string
		answers []answer // the steps are those of the last look
		want    []string // the steps begin so, one after another; others may lie between
	}{
		{"a first look", []answer{story}, []string{
			"fetch: asked for http://courier.example/quay, unconditionally", "fetch: 200 from 192.0.2.7:443 in 120 ms, 2 KB of text/html, ETag \"1\"",
			"read: article, ", "read: 7 of 14 blocks are the story's; left out are 7 with ",
			"keep: a revision, with its page and a leaf of the ledger", "result: unchanged: first look: revision 1 is kept; the next look is at 2026-11-17 "}},
		{"304", []answer{story, status(304)}, []string{
			"fetch: asked for http://courier.example/quay, unless it has the ETag \"1\"", "fetch: 304 from 192.0.2.7:443", "keep: times and counters alone", "result: unchanged"}},
		{"the same bytes", []answer{story, story}, []string{"fetch: 200", "read: the same bytes as before", "keep: times and counters alone"}},
		{"other noise", []answer{story, ok(page(2, quayHeadline, paragraphs))}, []string{"read: article", "compare: the same as revision 1", "keep: the page, as the latest of the watch; no revision"}},
		{"a figure changed", []answer{story, edited}, []string{
			"compare: with revision 1: 1 words added, 1 removed; of the passages 1 changed, ", "judge: weight substantive: a fact changed: number 12 → 19",
			"judge: disclosure silent: ", "judge: nature edit: ", "judge: silent yes: ", "judge: told yes: ", "judge: The figure 12 became 19", "judge: No note came",
			"keep: a revision, with its page and a leaf of the ledger; changes to be routed: 1", "result: changed: "}},
		{"half of the story gone, first look", []answer{story, ok(page(2, quayHeadline, paragraphs[:3]))}, []string{
			"judge: nature removal", "hold: told only if it is seen twice: ", "keep: the page, as the latest of the watch; no revision", "result: changed: "}},
		{"half of the story gone, second look", []answer{story, ok(page(2, quayHeadline, paragraphs[:3])), ok(page(2, quayHeadline, paragraphs[:3]))}, []string{
			"second look: at what was found at 2026-11-17 09:10:00 UTC: ", "fetch: asked for http://courier.example/quay, from a new connection, past caches", "keep: a revision"}},
		{"the story is gone", []answer{story, status(404), status(404)}, []string{
			"second look: ", "fetch: 404 from", "fetch: 404: the address no longer serves the story", "judge: nature gone: ", "judge: told yes: ", "keep: the page, as the latest of the watch; no revision; changes to be routed: 1"}},
		{"nobody answers", []answer{{err: &fetch.Failure{Kind: fetch.FailTimeout, Err: errors.New("no answer within 20 s")}}}, []string{
			"fetch: asked for", "fetch: timeout: no answer within 20 s", "keep: times and counters alone", "result: failed: "}},
		{"a move for good", []answer{story, {status: 200, body: story.body + " ", moved: "https://courier.example/2026/quay"}}, []string{
			"fetch: 200", "fetch: redirected for good to https://courier.example/2026/quay", "judge: nature moved: ", "judge: told no: "}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
			o := &outlet{}
			now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
			c := newChecker(t, o, s, &now)
			var l Look
			for _, a := range tt.answers {
				o.answers = []answer{a}
				var err error
				if l, _, err = c.Check(t.Context(), s.watch); err != nil {
					t.Fatal(err)
				}
				now = now.Add(10 * time.Minute)
			}
			var got []string
			for _, step := range l.Steps {
				got = append(got, step.Name+": "+step.Detail)
			}
			rest := got
			for _, want := range tt.want {
				i := 0
				for i < len(rest) && !strings.HasPrefix(rest[i], want) {
					i++
				}
				if i == len(rest) {
					t.Fatalf("the steps are\n%s\nwant one that begins with %q", strings.Join(got, "\n"), want)
				}
				rest = rest[i+1:]
			}
		})
	}
}

func TestStepsClipWhatAServerSays(t *testing.T) {
	long := strings.Repeat("é", 500)
	l := Look{Watch: Watch{URL: "https://courier.example/" + long, ETag: long}, Capture: &fetch.Capture{Status: 200, URL: "https://courier.example/",
		FinalURL: "https://courier.example/" + long, Header: http.Header{"Etag": {long}, "Last-Modified": {long}, "Content-Type": {long}}}}
	l.asked(false)
	l.answered()
	for _, step := range l.Steps {
		if len(step.Detail) > 5*maxValue || strings.ContainsRune(step.Detail, '�') {
			t.Errorf("a step of %d bytes: %s", len(step.Detail), fmt.Sprint(step))
		}
	}
}
