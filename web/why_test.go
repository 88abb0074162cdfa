package web

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/compare"
)

// trailOf returns the lines of a page's panel: "Fetch: 200", "Read: article".
func trailOf(t *testing.T, path string, doc *html.Node) (head string, lines []string) {
	t.Helper()
	for _, d := range elements(doc, atom.Details) {
		if attr(d, "id") != "trail" {
			continue
		}
		name := ""
		for n := range d.Descendants() {
			switch {
			case n.Type != html.ElementNode:
			case n.DataAtom == atom.Summary:
				head = text(n)
			case n.DataAtom == atom.Dt:
				name = text(n)
			case n.DataAtom == atom.Dd:
				lines = append(lines, name+": "+text(n))
			}
		}
		return head, lines
	}
	t.Errorf("GET %s has no panel of steps", path)
	return "", nil
}

func TestEveryStepIsOnTheChangesPage(t *testing.T) {
	n := invented()
	told := notify.Reason{Key: "told", Holds: true, Text: "it is a change that the default route tells"}
	n.steps = map[int64][]watcher.Step{2: {
		{Name: "fetch", Detail: "200 from 192.0.2.7:443"}, {Name: "read", Detail: "article"}, {Name: "read", Detail: "<script>alert(1)</script>\u202eevil"},
	}}
	n.former = map[int64][]watcher.FormerVerdict{2: {{At: now, Why: "a note of revision 4 speaks of it",
		Change: compare.Change{Weight: compare.Substantive, Nature: compare.Edit, Disclosure: compare.Silent}}}}
	n.routed = map[int64]notify.Routed{2: {Done: true,
		Decisions: []notify.Decision{
			{Destination: "desk", Route: 1, Sends: true, Reasons: []notify.Reason{told}},
			{Destination: "phone", Route: 2, Reasons: []notify.Reason{told, {Key: "tag", Text: "tag is none; wanted: sea"}}},
		},
		Deliveries: []notify.Progress{{Destination: "desk", State: notify.Sent, Attempts: 2, Message: "118", FirstTried: now.Add(-time.Minute), Sent: now}},
	}}
	s := serve(t, n)
	page := get(s, "/diff/2")
	head, got := trailOf(t, "/diff/2", parse(t, "/diff/2", page))
	want := []string{
		"Fetch: 200 from 192.0.2.7:443", "Read: article", "Read: <script>alert(1)</script>evil",
		"Kept: revision 3, leaf 103 of the ledger (9f3ac1d07be4)",
		"Routed: desk: yes, by route 1: it is a change that the default route tells", "Routed: phone: no, by route 2: tag is none; wanted: sea",
		"Delivered: desk: sent as message 118, tried 2 times (first tried Tue 17 Nov 2026, 19:51, accepted Tue 17 Nov 2026, 19:52)",
		"Judged anew: Tue 17 Nov 2026, 19:52: until then substantive, edit, silent; a note of revision 4 speaks of it",
		"Judged now: weight substantive: facts changed: number 12 → 19; certainty ignored → was told of; quote We asked for those doors to be mended twice removed, and 1 more",
	}
	if len(got) < len(want) || !slices.Equal(got[:len(want)], want) || !strings.Contains(head, "from fetch to delivery") {
		t.Errorf("%s:\n%s\nwant\n%s", head, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if strings.Contains(page.Body.String(), "<script>alert") {
		t.Error("a step's text is markup on the page")
	}
}

func TestAChangeWhoseStepsWereNotKeptSaysSo(t *testing.T) {
	n := invented()
	_, got := trailOf(t, "/diff/2", parse(t, "/diff/2", get(serve(t, n), "/diff/2")))
	for _, want := range []string{"Look: found by a stet that did not keep its steps", "Routed: not routed yet; stet run does that, or the next stet check"} {
		if !slices.Contains(got, want) {
			t.Errorf("the steps are %q, want %q among them", got, want)
		}
	}
}

func TestTheLatestLookIsOnTheStorysPage(t *testing.T) {
	s := serve(t, invented())
	head, got := trailOf(t, "/story/6", parse(t, "/story/6", get(s, "/story/6")))
	want := []string{"Fetch: 304 from 192.0.2.7:443", "Result: the page was a login wall, not the article"}
	if !slices.Equal(got, want) || !strings.HasPrefix(head, "How the look of ") {
		t.Errorf("%s: %q, want %q", head, got, want)
	}
	if page := get(s, "/story/10").Body.String(); strings.Contains(page, `id="trail"`) {
		t.Error("a story that was not looked at yet has steps of a look")
	}
	if page := get(s, "/story/1").Body.String(); !strings.Contains(page, `<a href="/diff/2#trail">Why</a>`) {
		t.Error("the story's page does not link from a change to why")
	}
}
