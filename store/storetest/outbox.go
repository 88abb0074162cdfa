package storetest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"sync"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher"
)

// routed keeps a story with changes between these figures and routes them all
// to the destinations.
func routed(t testing.TB, s Store, to []string, figures ...string) []watcher.Change {
	t.Helper()
	_, changes := tell(t, s, "https://harbour.example/boats", figures...)
	for _, c := range changes {
		if err := s.Outbox().Route(t.Context(), c.ID, to, nil); err != nil {
			t.Fatal(err)
		}
	}
	return changes
}

func claimDeliveries(t testing.TB, s Store, destination string, at time.Time, limit int) []notify.Delivery {
	t.Helper()
	ds, err := s.Outbox().Claim(t.Context(), destination, at, lease, limit)
	if err != nil {
		t.Fatalf("Claim(%s): %v", destination, err)
	}
	return ds
}

// summaries are what deliveries say, in order.
func summaries(ds []notify.Delivery) []string {
	texts := []string{}
	for _, d := range ds {
		if d.News != nil {
			texts = append(texts, d.News.Text)
			continue
		}
		texts = append(texts, d.Alert.Summary)
	}
	return texts
}

func wantDeliveries(t testing.TB, s Store, when, destination string, at time.Time, want ...string) []notify.Delivery {
	t.Helper()
	ds := claimDeliveries(t, s, destination, at, 100)
	if got := summaries(ds); !slices.Equal(got, want) {
		t.Errorf("%s, Claim(%s) hands out %q, want %q", when, destination, got, want)
	}
	return ds
}

var outboxTests = []test{
	{"a change waits to be routed, oldest first, until it is", func(t *testing.T, s Store) {
		_, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve", "ten")
		o := s.Outbox()
		for i, c := range changes {
			as, err := o.Unrouted(t.Context(), 10)
			if err != nil || len(as) != len(changes)-i || as[0].ID != c.ID {
				t.Fatalf("Unrouted = %+v, %v, want %d beginning with change %d", as, err, len(changes)-i, c.ID)
			}
			if err := o.Route(t.Context(), c.ID, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if as, err := o.Unrouted(t.Context(), 10); err != nil || len(as) != 0 {
			t.Errorf("Unrouted = %+v, %v, want none", as, err)
		}
	}},
	{"an alert says what a message needs", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		w.Label, w.Tags, w.To = "Boats", []string{"sea"}, []string{"desk"}
		if err := s.SetWatch(t.Context(), w); err != nil {
			t.Fatal(err)
		}
		r, err := s.Latest(t.Context(), w.ID)
		if err != nil {
			t.Fatal(err)
		}
		a := Story("twelve")
		want := notify.Alert{
			ID: changes[0].ID, Watch: w.ID, From: 1, To: 2, URL: w.URL, Label: w.Label, Tags: w.Tags, WatchTo: w.To,
			Headline: a.Headline, Site: a.Site, Language: a.Language, Authors: a.Authors, Published: a.Published,
			FirstSeen: morning, Previous: morning, Seen: morning.Add(time.Hour),
			Ledger: fmt.Sprintf("%x", r.LeafHash)[:12], Change: edit("two", "twelve"),
		}
		unrouted, err := s.Outbox().Unrouted(t.Context(), 10)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Unrouted", unrouted, []notify.Alert{want})
		one, err := s.Alert(t.Context(), want.ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Alert", one, want)
	}},
	{"alerts are listed newest first, page by page", func(t *testing.T, s Store) {
		_, changes := tell(t, s, "https://harbour.example/boats", "1", "2", "3", "4", "5", "6")
		var got, want []int64
		for before := int64(0); ; {
			as, err := s.Alerts(t.Context(), before, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(as) == 0 {
				break
			}
			for _, a := range as {
				got = append(got, a.ID)
			}
			before = as[len(as)-1].ID
		}
		for _, c := range slices.Backward(changes) {
			want = append(want, c.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("the pages list %v, want %v", got, want)
		}
	}},
	{"a change becomes one delivery a destination, however often it is routed", func(t *testing.T, s Store) {
		changes := routed(t, s, []string{"desk", "phone", "desk"}, "two", "twelve")
		if err := s.Outbox().Route(t.Context(), changes[0].ID, []string{"desk", "late"}, nil); err != nil {
			t.Fatal(err)
		}
		ds := wantDeliveries(t, s, "first", "desk", morning, "two became twelve")
		ds = append(ds, wantDeliveries(t, s, "first", "phone", morning, "two became twelve")...)
		wantDeliveries(t, s, "first", "late", morning)
		for _, d := range ds {
			if !regexp.MustCompile(`^[0-9a-z]{16,25}$`).MatchString(d.ID) {
				t.Errorf("delivery ID %q", d.ID)
			}
		}
		if len(ds) == 2 && ds[0].ID == ds[1].ID {
			t.Error("two deliveries have one ID")
		}
	}},
	{"news becomes deliveries likewise", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.News = "three failed checks in a row"
		record(t, s, l)
		news, err := s.Outbox().UnroutedNews(t.Context(), 10)
		if err != nil || len(news) != 1 {
			t.Fatalf("UnroutedNews = %v, %v", news, err)
		}
		for range 2 {
			if err := s.Outbox().RouteNews(t.Context(), news[0].ID, []string{"operator"}); err != nil {
				t.Fatal(err)
			}
		}
		ds := wantDeliveries(t, s, "first", "operator", morning, l.News)
		wantJSON(t, "the news", ds[0].News, news[0])
		if news, err := s.Outbox().UnroutedNews(t.Context(), 10); err != nil || len(news) != 0 {
			t.Errorf("UnroutedNews = %v, %v, want none", news, err)
		}
	}},
	{"deliveries go in order, and what is behind one that waits waits too", func(t *testing.T, s Store) {
		routed(t, s, []string{"desk"}, "1", "2", "3", "4")
		o := s.Outbox()
		first := claimDeliveries(t, s, "desk", morning, 1)
		if got := summaries(first); !slices.Equal(got, []string{"1 became 2"}) {
			t.Fatalf("Claim hands out %q", got)
		}
		wantDeliveries(t, s, "while the first is sent", "desk", morning)
		if err := o.Postpone(t.Context(), first[0].ID, morning.Add(10*time.Minute), "429"); err != nil {
			t.Fatal(err)
		}
		wantDeliveries(t, s, "while the first is postponed", "desk", morning.Add(9*time.Minute))
		at := morning.Add(10 * time.Minute)
		again := claimDeliveries(t, s, "desk", at, 2)
		if got := summaries(again); !slices.Equal(got, []string{"1 became 2", "2 became 3"}) {
			t.Fatalf("Claim hands out %q", got)
		}
		if d := again[0]; d.Attempts != 1 || !d.FirstTried.Equal(morning) || d.ID != first[0].ID {
			t.Errorf("the second try is %+v, want one attempt before it, first in the morning", d)
		}
		for _, d := range again {
			if err := o.Sent(t.Context(), d.ID, "m"+d.ID, at); err != nil {
				t.Fatal(err)
			}
		}
		wantDeliveries(t, s, "after two were sent", "desk", at, "3 became 4")
	}},
	{"what is behind one that never goes through waits for so many tries and no more", func(t *testing.T, s Store) {
		routed(t, s, []string{"desk"}, "1", "2", "3")
		at := morning
		for range notify.Patience {
			ds := claimDeliveries(t, s, "desk", at, 1)
			if got := summaries(ds); !slices.Equal(got, []string{"1 became 2"}) {
				t.Fatalf("Claim hands out %q", got)
			}
			at = at.Add(time.Hour)
			if err := s.Outbox().Postpone(t.Context(), ds[0].ID, at, "500"); err != nil {
				t.Fatal(err)
			}
		}
		wantDeliveries(t, s, "while it is put off", "desk", at.Add(-time.Minute), "2 became 3")
		ds := claimDeliveries(t, s, "desk", at, 1)
		if got := summaries(ds); !slices.Equal(got, []string{"1 became 2"}) {
			t.Errorf("when it is due again, Claim hands out %q", got)
		}
	}},
	{"a delivery whose sender died is handed out again when the lease is over", func(t *testing.T, s Store) {
		routed(t, s, []string{"desk"}, "1", "2", "3")
		wantDeliveries(t, s, "first", "desk", morning, "1 became 2", "2 became 3")
		wantDeliveries(t, s, "before the end", "desk", morning.Add(lease-time.Second))
		ds := wantDeliveries(t, s, "at the end", "desk", morning.Add(lease), "1 became 2", "2 became 3")
		if ds[0].Attempts != 1 {
			t.Errorf("Attempts = %d, want 1", ds[0].Attempts)
		}
	}},
	{"a delivery that failed is over, and one that was sent stays sent", func(t *testing.T, s Store) {
		routed(t, s, []string{"desk"}, "1", "2", "3")
		o := s.Outbox()
		ds := claimDeliveries(t, s, "desk", morning, 2)
		if err := errors.Join(
			o.Fail(t.Context(), ds[0].ID, "400: embed too long"),
			o.Sent(t.Context(), ds[1].ID, "m1", morning),
			o.Postpone(t.Context(), ds[1].ID, morning, "late"), // both come too late
			o.Fail(t.Context(), ds[1].ID, "late"),
			o.Sent(t.Context(), ds[1].ID, "m2", morning),
		); err != nil {
			t.Fatal(err)
		}
		wantDeliveries(t, s, "afterwards", "desk", morning.Add(time.Hour))
		if st, err := s.Status(t.Context(), morning); err != nil || st.Waiting != 0 || st.Undelivered != 1 {
			t.Errorf("%d wait and %d are undelivered, %v, want 0 and 1", st.Waiting, st.Undelivered, err)
		}
	}},
	{"a destination that is off holds its deliveries until it is on again", func(t *testing.T, s Store) {
		routed(t, s, []string{"desk", "phone"}, "1", "2", "3")
		o := s.Outbox()
		ds := claimDeliveries(t, s, "desk", morning, 1)
		off := notify.Off{Destination: "desk", Fingerprint: "f1", Why: "404: Unknown Webhook", At: morning}
		if err := errors.Join(
			o.Postpone(t.Context(), ds[0].ID, morning.Add(24*time.Hour), "404"),
			o.SwitchOff(t.Context(), off),
			o.SwitchOff(t.Context(), off),
		); err != nil {
			t.Fatal(err)
		}
		got, err := o.SwitchedOff(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "SwitchedOff", got, []notify.Off{off})
		wantDeliveries(t, s, "while it is off", "desk", morning.Add(48*time.Hour))
		wantDeliveries(t, s, "while the other is off", "phone", morning, "1 became 2", "2 became 3")
		if st, err := s.Status(t.Context(), morning); err != nil || st.Waiting != 2 || st.Undelivered != 2 {
			t.Errorf("%d wait and %d are undelivered, %v, want 2 and 2", st.Waiting, st.Undelivered, err)
		}
		if err := o.SwitchOn(t.Context(), "desk"); err != nil {
			t.Fatal(err)
		}
		wantDeliveries(t, s, "when it is on again", "desk", morning, "1 became 2", "2 became 3")
		if got, err := o.SwitchedOff(t.Context()); err != nil || len(got) != 0 {
			t.Errorf("SwitchedOff = %v, %v, want none", got, err)
		}
	}},
	{"a delivery that is not there is said not to be", func(t *testing.T, s Store) {
		o := s.Outbox()
		for what, err := range map[string]error{
			"Sent": o.Sent(t.Context(), "x", "m", morning), "Postpone": o.Postpone(t.Context(), "x", morning, ""), "Fail": o.Fail(t.Context(), "x", ""),
		} {
			if err == nil {
				t.Errorf("%s took a delivery that is not there", what)
			}
		}
	}},
	{"of several who route and send at once, each sends other deliveries", func(t *testing.T, s Store) {
		var figures []string
		for i := range 40 {
			figures = append(figures, fmt.Sprint(i))
		}
		_, changes := tell(t, s, "https://harbour.example/boats", figures...)
		var mu sync.Mutex
		sent := map[int64]int{}
		var senders sync.WaitGroup
		for range 4 {
			senders.Go(func() {
				for _, c := range changes {
					if err := s.Outbox().Route(t.Context(), c.ID, []string{"desk"}, nil); err != nil {
						t.Error(err)
					}
					for _, d := range claimDeliveries(t, s, "desk", morning, 3) {
						mu.Lock()
						sent[d.Alert.ID]++
						mu.Unlock()
						if err := s.Outbox().Sent(t.Context(), d.ID, "m", morning); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		senders.Wait()
		for _, c := range changes {
			if sent[c.ID] != 1 {
				t.Errorf("change %d was handed out %d times", c.ID, sent[c.ID])
			}
		}
	}},
}
