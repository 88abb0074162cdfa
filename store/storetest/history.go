package storetest

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"stet/store/ledger"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// wantSound fails the test unless the ledger verifies with a claim for each of
// so many revisions.
func wantSound(t testing.TB, s Store, revisions int) {
	t.Helper()
	ok := 0
	for c, err := range s.Verify(t.Context()) {
		if err != nil {
			t.Fatalf("Verify: %v", err)
		}
		if c.Result == ledger.Failed {
			t.Errorf("Verify: %s failed: %s", c.Claim, c.Detail)
		}
		if c.Result == ledger.OK && strings.HasPrefix(c.Claim, "revision ") {
			ok++
		}
	}
	if ok != revisions {
		t.Errorf("Verify vouches for %d revisions, want %d", ok, revisions)
	}
}

// wantCapture fails the test unless got is the page want.
func wantCapture(t testing.TB, what string, got, want fetch.Capture) {
	t.Helper()
	if !got.At.Equal(want.At) {
		t.Errorf("%s is of %v, want %v", what, got.At, want.At)
	}
	got.At, want.At = time.Time{}, time.Time{}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s is %+v,\nwant %+v", what, got, want)
	}
}

func outlineText(t testing.TB, o article.Outline) string {
	t.Helper()
	data, err := o.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

var historyTests = []test{
	{"before the first revision there is none", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		_, errLatest := s.Latest(t.Context(), w.ID)
		_, errRevision := s.Revision(t.Context(), w.ID, 1)
		_, errAt := s.RevisionAt(t.Context(), w.ID, morning)
		for what, err := range map[string]error{"Latest": errLatest, "Revision": errRevision, "RevisionAt": errAt} {
			if !errors.Is(err, watcher.ErrNoRevision) {
				t.Errorf("%s: %v, want ErrNoRevision", what, err)
			}
		}
		if h, err := s.History(t.Context(), w.ID); err != nil || len(h) != 0 {
			t.Errorf("History = %v, %v", h, err)
		}
		if ds, err := s.Earlier(t.Context(), w.ID); err != nil || len(ds) != 0 {
			t.Errorf("Earlier = %v, %v", ds, err)
		}
	}},
	{"a revision and its page are read back as they were recorded", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := withRevision(look(claim(t, s, w.ID, morning), morning), "two")
		if changes := record(t, s, l); len(changes) != 0 {
			t.Errorf("Record of a first revision returned changes: %v", changes)
		}
		got, err := s.Latest(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "the article", got.Article, l.Revision.Article)
		if want := outlineText(t, l.Revision.Outline); outlineText(t, got.Outline) != want {
			t.Errorf("the outline is %q, want %q", outlineText(t, got.Outline), want)
		}
		if got.Number != 1 || got.ID == 0 || got.Watch != w.ID || got.Hash != l.Revision.Hash || got.Leaf != 0 || got.LeafHash == [32]byte{} {
			t.Errorf("Latest = %+v", got)
		}
		if !got.FirstSeen.Equal(morning) || !got.LastSeen.Equal(morning) {
			t.Errorf("seen from %v to %v, want %v", got.FirstSeen, got.LastSeen, morning)
		}
		page, err := s.Capture(t.Context(), got.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantCapture(t, "its page", page, *l.Capture)
		latest, err := s.LatestCapture(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantCapture(t, "the latest page", latest, *l.Capture)
	}},
	{"every revision of a long history is read back", func(t *testing.T, s Store) {
		var figures []string
		for i := range 40 {
			figures = append(figures, fmt.Sprint("number ", i*i))
		}
		w, changes := tell(t, s, "https://harbour.example/boats", figures...)
		entries, err := s.History(t.Context(), w.ID)
		if err != nil || len(entries) != len(figures) || len(changes) != len(figures)-1 {
			t.Fatalf("History has %d revisions and %d changes, %v", len(entries), len(changes), err)
		}
		earlier, err := s.Earlier(t.Context(), w.ID)
		if err != nil || len(earlier) != len(figures) {
			t.Fatalf("Earlier has %d revisions, %v", len(earlier), err)
		}
		for i, figure := range figures {
			r, err := s.Revision(t.Context(), w.ID, i+1)
			if err != nil {
				t.Fatal(err)
			}
			wantJSON(t, fmt.Sprint("article ", i+1), r.Article, Story(figure))
			if want := (compare.Version{Number: i + 1, Hash: r.Hash, Headline: Story(figure).Headline, Seen: r.FirstSeen}); earlier[i] != want {
				t.Errorf("earlier revision %d = %+v, want %+v", i, earlier[i], want)
			}
			page, err := s.Capture(t.Context(), r.ID)
			if err != nil || !strings.Contains(string(page.Body), "<p>"+figure+" boats</p>") {
				t.Errorf("the page of revision %d has not its text (%v)", i+1, err)
			}
			r.Article.Blocks, r.Outline = nil, article.Outline{}
			wantJSON(t, fmt.Sprint("entry ", i), entries[i].Revision, r)
			if i == 0 {
				continue
			}
			wantJSON(t, fmt.Sprint("changes of entry ", i), entries[i].Changes, changes[i-1:i])
			c, err := s.Change(t.Context(), changes[i-1].ID)
			if err != nil {
				t.Fatal(err)
			}
			want := watcher.Change{ID: c.ID, Watch: w.ID, From: i, To: i + 1, Seen: r.FirstSeen, Change: edit(figures[i-1], figure)}
			wantJSON(t, fmt.Sprint("change ", i), c, want)
		}
		wantSound(t, s, len(figures))
	}},
	{"a revision stands from when it is first seen until the story is last seen with it", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two")
		at := morning.Add(20 * time.Minute)
		record(t, s, look(claim(t, s, w.ID, at), at))
		if r, err := s.Latest(t.Context(), w.ID); err != nil || !r.FirstSeen.Equal(morning) || !r.LastSeen.Equal(at) {
			t.Errorf("after a second look it stands from %v to %v, %v", r.FirstSeen, r.LastSeen, err)
		}
		later := morning.Add(time.Hour)
		record(t, s, withRevision(look(claim(t, s, w.ID, later), later), "twelve"))
		if r, err := s.Revision(t.Context(), w.ID, 1); err != nil || !r.LastSeen.Equal(at) {
			t.Errorf("after the next revision the first was last seen %v, %v, want %v", r.LastSeen, err, at)
		}
	}},
	{"the revision at a time is the one that stood then", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two", "twelve", "ten")
		for _, tt := range []struct {
			at   time.Time
			want int
		}{
			{morning, 1}, {morning.Add(time.Hour - 1e6), 1}, {morning.Add(time.Hour), 2}, {morning.Add(1000 * time.Hour), 3},
		} {
			if r, err := s.RevisionAt(t.Context(), w.ID, tt.at); err != nil || r.Number != tt.want {
				t.Errorf("RevisionAt(%v) = %d, %v, want %d", tt.at, r.Number, err, tt.want)
			}
		}
		if _, err := s.RevisionAt(t.Context(), w.ID, morning.Add(-time.Second)); !errors.Is(err, watcher.ErrNoRevision) {
			t.Errorf("before the first: %v, want ErrNoRevision", err)
		}
	}},
	{"a story that went and came back changed says both with the revisions they belong to", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		at := morning.Add(2 * time.Hour)
		l := look(claim(t, s, w.ID, at), at)
		l.Result, l.Watch.Gone, l.Watch.LastSeen, l.Changes = watcher.Gone, true, morning.Add(time.Hour), []compare.Change{gone()}
		record(t, s, l)
		at = morning.Add(3 * time.Hour)
		l = withRevision(look(claim(t, s, w.ID, at), at), "ten")
		l.Watch.Gone = false
		back := gone()
		back.Nature = compare.Restored
		l.Changes = []compare.Change{back, edit("twelve", "ten")}
		record(t, s, l)

		entries, err := s.History(t.Context(), w.ID)
		if err != nil || len(entries) != 3 {
			t.Fatalf("History has %d revisions, %v", len(entries), err)
		}
		var got []string
		for _, e := range entries {
			for _, c := range e.Changes {
				got = append(got, fmt.Sprintf("%d: %s %d-%d", e.Revision.Number, c.Nature, c.From, c.To))
			}
		}
		wantJSON(t, "the changes", got, []string{"2: edit 1-2", "2: gone 2-2", "2: restored 2-2", "3: edit 2-3"})
		alerts, err := s.Alerts(t.Context(), 0, 1)
		if err != nil || len(alerts) != 1 || !alerts[0].Previous.Equal(morning.Add(time.Hour)) {
			t.Errorf("the story before the edit was last seen %+v, %v, want an hour after the morning", alerts, err)
		}
	}},
	{"a story that was gone before it was read has a change without a revision", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.Watch.Gone, l.Changes = true, []compare.Change{gone()}
		changes := record(t, s, l)
		if len(changes) != 1 || changes[0].From != 0 || changes[0].To != 0 {
			t.Fatalf("Record = %+v", changes)
		}
		if a, err := s.Alert(t.Context(), changes[0].ID); err != nil || a.URL != w.URL || a.Site != "harbour.example" {
			t.Errorf("Alert = %+v, %v", a, err)
		}
	}},
	{"a page with other noise replaces the latest outline, not the revision", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two")
		before, err := s.Latest(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		other := Outline("outline with other noise")
		l := look(claim(t, s, w.ID, morning), morning)
		l.Outline = &other
		record(t, s, l)
		record(t, s, look(claim(t, s, w.ID, morning), morning)) // a look without one keeps it
		got, err := s.Latest(t.Context(), w.ID)
		if err != nil || outlineText(t, got.Outline) != outlineText(t, other) {
			t.Errorf("the outline is %q, %v, want %q", outlineText(t, got.Outline), err, outlineText(t, other))
		}
		got.Outline = before.Outline
		wantJSON(t, "the rest of the revision", got, before)

		at := morning.Add(time.Hour)
		next := withRevision(look(claim(t, s, w.ID, at), at), "twelve")
		record(t, s, next)
		got, err = s.Latest(t.Context(), w.ID)
		if err != nil || outlineText(t, got.Outline) != outlineText(t, next.Revision.Outline) {
			t.Errorf("after the next revision the outline is %q, %v, want that revision's", outlineText(t, got.Outline), err)
		}
		wantSound(t, s, 2)
	}},
	{"the latest page that differs from its revision's is kept, and only that", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two")
		var last fetch.Capture
		for i := range 3 {
			at := morning.Add(time.Duration(i+1) * time.Minute)
			l := look(claim(t, s, w.ID, at), at)
			last = Page("two", fmt.Sprint("advert ", i))
			last.At = at
			l.Capture, l.KeepCapture = &last, true
			record(t, s, l)
		}
		at := morning.Add(10 * time.Minute)
		l := look(claim(t, s, w.ID, at), at)
		l.Capture = &fetch.Capture{At: at, Status: 304, NotModified: true}
		record(t, s, l)
		got, err := s.LatestCapture(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantCapture(t, "the latest page", got, last)
	}},
	{"a page that is no story leaves the revision's page alone", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two")
		r, err := s.Latest(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		at := morning.Add(time.Minute)
		l := look(claim(t, s, w.ID, at), at)
		wall := fetch.Capture{URL: w.URL, At: at, Status: 200, Body: []byte("<p>Please log in</p>")}
		l.Result, l.Watch.Troubles, l.Capture, l.KeepCapture = watcher.Quarantined, 1, &wall, true
		record(t, s, l)
		if got, err := s.LatestCapture(t.Context(), w.ID); err != nil || string(got.Body) != string(wall.Body) {
			t.Errorf("the latest page is %q, %v, want the wall", got.Body, err)
		}
		if got, err := s.Capture(t.Context(), r.ID); err != nil || string(got.Body) == string(wall.Body) {
			t.Errorf("the revision's page is %q, %v", got.Body, err)
		}
	}},
	{"what is kept of a watch is listed in the order it was seen", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		tell(t, s, "https://harbour.example/other", "six")
		at := changes[0].Seen.Add(time.Hour)
		l := look(claim(t, s, w.ID, at), at)
		l.Changes = []compare.Change{gone()}
		away := record(t, s, l)[0].ID
		at = at.Add(time.Hour)
		l = look(claim(t, s, w.ID, at), at)
		page := Page("twelve", "an advert")
		page.At = at
		l.Capture, l.KeepCapture = &page, true
		record(t, s, l)
		kept, err := s.Kept(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for i, k := range kept {
			got += fmt.Sprintf("r%d c%d %v; ", k.Revision, k.Change, k.Capture != 0)
			if i > 0 && k.At.Before(kept[i-1].At) {
				t.Errorf("%v comes after %v", k.At, kept[i-1].At)
			}
		}
		if want := fmt.Sprintf("r1 c0 true; r2 c%d true; r0 c%d false; r0 c0 true; ", changes[0].ID, away); got != want {
			t.Fatalf("Kept lists %s want %s", got, want)
		}
		for i, want := range map[int]string{1: "twelve boats", 3: "an advert"} {
			if c, err := s.KeptPage(t.Context(), kept[i].Capture); err != nil || !strings.Contains(string(c.Body), want) {
				t.Errorf("KeptPage of line %d = %.40q, %v, want %q in it", i, c.Body, err, want)
			}
		}
		if _, err := s.KeptPage(t.Context(), 0); !errors.Is(err, watcher.ErrNoCapture) {
			t.Errorf("KeptPage of none: %v, want ErrNoCapture", err)
		}
	}},
	{"what was never kept is said not to be there", func(t *testing.T, s Store) {
		if _, err := s.Capture(t.Context(), 7); !errors.Is(err, watcher.ErrNoCapture) {
			t.Errorf("Capture of no revision: %v, want ErrNoCapture", err)
		}
		if _, err := s.LatestCapture(t.Context(), 7); !errors.Is(err, watcher.ErrNoCapture) {
			t.Errorf("LatestCapture of no watch: %v, want ErrNoCapture", err)
		}
		if _, err := s.Change(t.Context(), 7); err == nil {
			t.Error("Change of no id gave a change")
		}
		if _, err := s.Alert(t.Context(), 7); err == nil {
			t.Error("Alert of no id gave an alert")
		}
	}},
}
