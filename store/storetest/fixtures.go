package storetest

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// Morning is when the tests' stories begin.
var morning = time.Date(2026, 3, 2, 7, 0, 0, 123456000, time.UTC)

const lease = time.Minute

// Story is an article about boats, with a figure in it, as the page of an
// outlet that does not exist.
func Story(figure string) article.Article {
	blocks := []article.Block{
		{Kind: article.Paragraph, Text: "The harbour office counted " + figure + " boats lost to the storm of Sunday night."},
		{Kind: article.Quote, Text: "“Nobody has seen the mole under water before,” said Ines Brandvold, who keeps the light."},
	}
	for i := range 12 {
		blocks = append(blocks, article.Block{Kind: article.Paragraph, Text: fmt.Sprintf("On quay %d the nets were found hanging from the lamps, %d metres above the planks.", i+1, i%5+2)})
	}
	return article.Article{
		URL: "https://harbour.example/boats", CanonicalURL: "https://harbour.example/boats", Kind: article.KindArticle,
		Headline: "Storm sinks " + figure + " boats in Vardhamn", Standfirst: "The mole did not hold.",
		Authors: []string{"Tova Lindqvist-Rae"}, Published: time.Date(2026, 3, 2, 6, 30, 0, 0, time.FixedZone("", 3600)),
		Date: "2026-03-02", Language: "en", Site: "The Vardhamn Lantern", Blocks: blocks,
		Reasons: []string{"one headline, fourteen paragraphs"},
	}
}

// Page is a page with the story in it, and noise around it.
func Page(figure, noise string) fetch.Capture {
	var b strings.Builder
	for i := range 400 {
		fmt.Fprintf(&b, "<li><a href=\"/section/%d\">Section %d of %d</a></li>\n", i*7919%977, i, 400)
	}
	return fetch.Capture{
		URL: "https://harbour.example/boats", FinalURL: "https://harbour.example/boats?x=1", Peer: "192.0.2.7:443",
		At: morning, Took: 120 * time.Millisecond, Status: 200,
		Header: http.Header{"Etag": {`"` + figure + `"`}, "Set-Cookie": {"a=1", "b=2"}},
		Body:   []byte("<html><body><nav>" + b.String() + "</nav><p>" + figure + " boats</p><aside>" + noise + "</aside></body></html>"),
	}
}

// edit is the change from one figure to another.
func edit(from, to string) compare.Change {
	return compare.Change{
		Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Silent, Nature: compare.Edit, Silent: true,
		Reasons: []string{"the figure " + from + " became " + to + " in paragraph 1", "no note added"},
		Summary: from + " became " + to, Fields: []compare.Field{compare.FieldHeadline, compare.FieldBody},
		Facts: []compare.Fact{{Kind: "number", Old: from, New: to}}, NewKind: article.KindArticle,
		Blocks: []compare.Block{{Op: compare.Replace, Kind: "paragraph", Old: from + " boats", New: to + " boats",
			Spans: []compare.Span{{Op: compare.Remove, Text: from}, {Op: compare.Add, Text: to}, {Op: compare.Equal, Text: " boats"}}}},
	}
}

// update is the change of a story that goes on, from one figure to another.
func update(from, to string) compare.Change {
	c := edit(from, to)
	c.Nature, c.Silent, c.Facts = compare.Update, false, []compare.Fact{}
	return c
}

// gone is the change of a story that is not served any more.
func gone() compare.Change {
	return compare.Change{Changed: true, Told: true, Nature: compare.Gone, Reasons: []string{"the address answers 404"}}
}

// add adds a watch that is due in the morning.
func add(t testing.TB, s Store, address string) watcher.Watch {
	t.Helper()
	w, added, err := s.AddWatch(t.Context(), watcher.Watch{
		URL: address, Key: strings.TrimPrefix(address, "https://"), State: watcher.Active,
		Added: morning, NextCheck: morning,
	})
	if err != nil || !added {
		t.Fatalf("AddWatch(%s) = added %t, %v", address, added, err)
	}
	return w
}

// claim claims a watch at a time.
func claim(t testing.TB, s Store, id int64, at time.Time) watcher.Watch {
	t.Helper()
	w, err := s.ClaimWatch(t.Context(), id, at, lease)
	if err != nil {
		t.Fatalf("ClaimWatch(%d): %v", id, err)
	}
	return w
}

// look begins a look at a claimed watch that found nothing new.
func look(w watcher.Watch, at time.Time) watcher.Look {
	w.LastCheck, w.LastSeen, w.NextCheck = at, at, at.Add(time.Hour)
	w.LastResult, w.LastReason, w.LastFailure, w.Troubles = watcher.Unchanged, "same bytes", "", 0
	w.Checks++
	return watcher.Look{
		Watch: w, At: at, Took: 150 * time.Millisecond, Result: watcher.Unchanged, Reason: "same bytes",
		Steps: []watcher.Step{{Name: "fetch", Detail: "200, 12 KB"}, {Name: "body", Detail: "the same bytes"}},
	}
}

// withRevision makes a look one that found the story with this figure.
func withRevision(l watcher.Look, figure string) watcher.Look {
	page := Page(figure, l.At.String())
	page.At = l.At
	l.Capture = &page
	l.Revision = &watcher.Revision{
		Watch: l.Watch.ID, FirstSeen: l.At, LastSeen: l.At, Article: Story(figure), Outline: Outline("outline of " + figure),
		Hash: [32]byte([]byte(fmt.Sprintf("%-32s", "hash of "+figure))),
	}
	l.Result, l.Reason = watcher.Changed, "another text"
	l.Watch.LastResult, l.Watch.LastReason = l.Result, l.Reason
	return l
}

// Outline makes an outline of arbitrary bytes.
func Outline(data string) article.Outline {
	var o article.Outline
	o.UnmarshalBinary([]byte(data)) // takes any bytes
	return o
}

// record records a look and fails the test if that fails.
func record(t testing.TB, s Store, l watcher.Look) []watcher.Change {
	t.Helper()
	changes, err := s.Record(t.Context(), l)
	if err != nil {
		t.Fatalf("Record of %s at %s: %v", l.Watch.URL, l.At, err)
	}
	return changes
}

// tell keeps a story's revisions with these figures, an hour apart, and
// returns its watch and the changes between them.
func tell(t testing.TB, s Store, address string, figures ...string) (watcher.Watch, []watcher.Change) {
	t.Helper()
	return tellAs(t, s, edit, address, figures...)
}

// tellAs is tell with changes of another sort.
func tellAs(t testing.TB, s Store, change func(from, to string) compare.Change, address string, figures ...string) (watcher.Watch, []watcher.Change) {
	t.Helper()
	w := add(t, s, address)
	var changes []watcher.Change
	for i, figure := range figures {
		at := morning.Add(time.Duration(i) * time.Hour)
		l := withRevision(look(claim(t, s, w.ID, at), at), figure)
		if i > 0 {
			l.Changes = []compare.Change{change(figures[i-1], figure)}
		}
		changes = append(changes, record(t, s, l)...)
	}
	return w, changes
}
