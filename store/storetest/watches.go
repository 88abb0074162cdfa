package storetest

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"stet/watcher"
)

// wantJSON fails the test unless got and want are the same as JSON: times in
// whatever zone they are shown, and nil slices told from empty ones.
func wantJSON(t testing.TB, what string, got, want any) {
	t.Helper()
	g, errGot := json.MarshalIndent(got, "", " ")
	w, errWant := json.MarshalIndent(want, "", " ")
	if err := errors.Join(errGot, errWant); err != nil {
		t.Fatal(err)
	}
	if string(g) != string(w) {
		t.Errorf("%s is\n%s\nwant\n%s", what, g, w)
	}
}

// list returns the URLs of the watches that a filter chooses.
func list(t testing.TB, s Store, f watcher.Filter) []string {
	t.Helper()
	urls := []string{}
	for w, err := range s.Watches(t.Context(), f) {
		if err != nil {
			t.Fatalf("Watches(%+v): %v", f, err)
		}
		urls = append(urls, w.URL)
	}
	return urls
}

var watchTests = []test{
	{"a watch is read back as it was added", func(t *testing.T, s Store) {
		want := watcher.Watch{
			URL: "https://harbour.example/boats", Key: "harbour.example/boats", Label: "The boats", Tags: []string{"sea", "storm, again"},
			To: []string{"desk"}, Schedule: "@hourly", State: watcher.Active, Source: "https://harbour.example/feed",
			Added: morning, NextCheck: morning.Add(time.Minute),
		}
		kept, added, err := s.AddWatch(t.Context(), want)
		if err != nil || !added || kept.ID == 0 {
			t.Fatalf("AddWatch = %+v, %t, %v", kept, added, err)
		}
		want.ID, want.Lease = kept.ID, kept.Lease
		wantJSON(t, "what AddWatch returned", kept, want)
		byID, err := s.Watch(t.Context(), kept.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Watch", byID, want)
		byKey, err := s.WatchByKey(t.Context(), want.Key)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "WatchByKey", byKey, want)
	}},
	{"a story is watched once, however often it is added", func(t *testing.T, s Store) {
		first := add(t, s, "https://harbour.example/boats")
		again := first
		again.URL, again.Label = "http://www.harbour.example/boats#top", "other"
		kept, added, err := s.AddWatch(t.Context(), again)
		if err != nil || added {
			t.Fatalf("the second AddWatch = added %t, %v", added, err)
		}
		wantJSON(t, "the watch", kept, first)
	}},
	{"a removed story is watched again with its history", func(t *testing.T, s Store) {
		w, _ := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		if err := s.SetState(t.Context(), w.ID, watcher.Removed, time.Time{}); err != nil {
			t.Fatal(err)
		}
		if got := list(t, s, watcher.Filter{}); len(got) != 0 {
			t.Errorf("a removed watch is listed: %v", got)
		}
		if kept, err := s.WatchByKey(t.Context(), w.Key); err != nil || kept.State != watcher.Removed {
			t.Errorf("WatchByKey of a removed watch = %q, %v", kept.State, err)
		}
		w.Label = "back"
		kept, added, err := s.AddWatch(t.Context(), w)
		if err != nil || !added || kept.ID != w.ID || kept.State != watcher.Active || kept.Label != "back" {
			t.Fatalf("AddWatch of a removed story = %+v, %t, %v", kept, added, err)
		}
		if h, err := s.History(t.Context(), w.ID); err != nil || len(h) != 2 {
			t.Errorf("its history has %d revisions, %v, want 2", len(h), err)
		}
	}},
	{"a watch without a key is refused", func(t *testing.T, s Store) {
		if _, _, err := s.AddWatch(t.Context(), watcher.Watch{URL: "https://harbour.example/"}); err == nil {
			t.Error("AddWatch took it")
		}
	}},
	{"many are added together, or none", func(t *testing.T, s Store) {
		first := add(t, s, "https://harbour.example/1")
		bad := watcher.Watch{URL: "https://harbour.example/no-key"}
		two := watcher.Watch{URL: "https://harbour.example/2", Key: "harbour.example/2"}
		if err := s.AddWatches(t.Context(), []watcher.Watch{two, bad}, nil); err == nil {
			t.Error("AddWatches took a watch without a key")
		}
		if got := list(t, s, watcher.Filter{}); len(got) != 1 {
			t.Errorf("after a refusal %v are watched", got)
		}
		var got []string
		err := s.AddWatches(t.Context(), []watcher.Watch{first, two, two}, func(kept watcher.Watch, added bool) {
			got = append(got, fmt.Sprint(kept.URL, " ", added))
		})
		want := []string{first.URL + " false", two.URL + " true", two.URL + " false"}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("AddWatches = %q, %v, want %q", got, err, want)
		}
	}},
	{"settings are changed, and nothing else", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		want := w
		want.Label, want.Tags, want.To = "Boats", []string{"a", "b"}, []string{"desk"}
		want.Schedule, want.NextCheck = "@daily", morning.Add(5*time.Hour)
		set := want
		set.Checks, set.URL, set.State, set.LastReason = 99, "https://elsewhere.example/", watcher.Paused, "no"
		if err := s.SetWatch(t.Context(), set); err != nil {
			t.Fatal(err)
		}
		got, err := s.Watch(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "the watch", got, want)
	}},
	{"what is not there is said not to be there", func(t *testing.T, s Store) {
		_, errWatch := s.Watch(t.Context(), 7)
		_, errKey := s.WatchByKey(t.Context(), "nowhere.example/")
		_, errClaim := s.ClaimWatch(t.Context(), 7, morning, lease)
		for what, err := range map[string]error{
			"Watch": errWatch, "WatchByKey": errKey, "ClaimWatch": errClaim,
			"SetWatch": s.SetWatch(t.Context(), watcher.Watch{ID: 7}),
			"SetState": s.SetState(t.Context(), 7, watcher.Paused, morning),
		} {
			if !errors.Is(err, watcher.ErrNoWatch) {
				t.Errorf("%s: %v, want ErrNoWatch", what, err)
			}
		}
	}},
	{"a filter chooses by state, tag and host", func(t *testing.T, s Store) {
		for _, w := range []watcher.Watch{
			{URL: "https://a.example/1", Tags: []string{"sea"}},
			{URL: "https://a.example/2", Tags: []string{"sea", "land"}, State: watcher.Paused},
			{URL: "https://b.example:8443/3", Tags: []string{"seaside"}},
		} {
			w.Key = w.URL
			if _, _, err := s.AddWatch(t.Context(), w); err != nil {
				t.Fatal(err)
			}
		}
		for _, tt := range []struct {
			filter watcher.Filter
			want   []string
		}{
			{watcher.Filter{}, []string{"https://a.example/1", "https://a.example/2", "https://b.example:8443/3"}},
			{watcher.Filter{State: watcher.Paused}, []string{"https://a.example/2"}},
			{watcher.Filter{Tag: "sea"}, []string{"https://a.example/1", "https://a.example/2"}},
			{watcher.Filter{Host: "B.example"}, []string{"https://b.example:8443/3"}},
			{watcher.Filter{Tag: "sea", State: watcher.Active, Host: "a.example"}, []string{"https://a.example/1"}},
			{watcher.Filter{Tag: "%"}, []string{}},
		} {
			if got := list(t, s, tt.filter); !slices.Equal(got, tt.want) {
				t.Errorf("Watches(%+v) = %v, want %v", tt.filter, got, tt.want)
			}
		}
	}},
	{"a long list can be changed while it is read", func(t *testing.T, s Store) {
		const many = 2500
		ws := make([]watcher.Watch, many)
		for i := range ws {
			ws[i].Key = fmt.Sprint("harbour.example/", i)
			ws[i].URL = "https://" + ws[i].Key
		}
		if err := s.AddWatches(t.Context(), ws, nil); err != nil {
			t.Fatal(err)
		}
		n := 0
		for w, err := range s.Watches(t.Context(), watcher.Filter{}) {
			if err != nil {
				t.Fatal(err)
			}
			if n++; n%500 == 0 {
				if err := s.SetState(t.Context(), w.ID, watcher.Paused, morning); err != nil {
					t.Fatal(err)
				}
			}
		}
		if n != many {
			t.Errorf("Watches yielded %d of %d", n, many)
		}
	}},
	{"a status counts", func(t *testing.T, s Store) {
		tell(t, s, "https://harbour.example/boats", "two", "twelve", "ten")
		paused, failing, walled := add(t, s, "https://a.example/"), add(t, s, "https://b.example/"), add(t, s, "https://c.example/")
		add(t, s, "https://d.example/")
		if err := s.SetState(t.Context(), paused.ID, watcher.Paused, time.Time{}); err != nil {
			t.Fatal(err)
		}
		for id, result := range map[int64]watcher.Result{failing.ID: watcher.Failed, walled.ID: watcher.Quarantined} {
			l := look(claim(t, s, id, morning), morning)
			l.Watch.LastResult, l.Watch.Troubles, l.Watch.NextCheck = result, 3, morning.Add(30*time.Minute)
			record(t, s, l)
		}
		got, err := s.Status(t.Context(), morning.Add(30*time.Second))
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Troubles) != 2 || got.Troubles[0].ID != failing.ID {
			t.Errorf("Troubles = %+v, want the failing and the walled watch", got.Troubles)
		}
		got.Troubles = nil
		wantJSON(t, "Status", got, watcher.Status{
			Active: 4, Paused: 1, Failing: 1, Quarantined: 1, Due: 1, Revisions: 3, Changes: 2,
			NextCheck: morning.Add(30 * time.Minute),
		})
		if got, err := s.Status(t.Context(), morning.Add(time.Hour)); err != nil || got.Due != 3 || got.Late != 3 {
			t.Errorf("an hour later %d are due and %d late, %v, want 3 and 3", got.Due, got.Late, err)
		}
	}},
}
