package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/watcher"
)

// harbour is the address of a story that goes on.
const harbour = "https://harbour.example/boats"

// goesOn keeps updates of a story from each of the figures to the next.
func goesOn(t testing.TB, s Store, address string, figures ...string) []watcher.Change {
	t.Helper()
	_, changes := tellAs(t, s, update, address, figures...)
	return changes
}

// gather gathers updates to the desk, each at its minute of the morning.
func gather(t testing.TB, s Store, changes []watcher.Change, minutes ...int) {
	t.Helper()
	for i, m := range minutes {
		if err := s.Outbox().Gather(t.Context(), changes[i].ID, []string{"desk"}, why, minute(m)); err != nil {
			t.Fatal(err)
		}
	}
}

func minute(m int) time.Time { return morning.Add(time.Duration(m) * time.Minute) }

// wantTold claims what is due for the desk at a minute and wants these updates
// in it, those that are told together joined by " + ". It marks them as sent.
func wantTold(t testing.TB, s Store, m int, want ...string) {
	t.Helper()
	for _, d := range wantHanded(t, s, m, want...) {
		if err := s.Outbox().Sent(t.Context(), d.ID, "m", minute(m)); err != nil {
			t.Fatal(err)
		}
	}
}

// wantHanded is wantTold without the marks.
func wantHanded(t testing.TB, s Store, m int, want ...string) []notify.Delivery {
	t.Helper()
	got := []string{}
	ds := claimDeliveries(t, s, "desk", minute(m), 100)
	for _, d := range ds {
		told := []string{}
		for _, a := range d.Alerts() {
			told = append(told, a.Summary)
		}
		if newest := d.Alerts()[len(told)-1]; newest.ID != d.Alert.ID || len(d.Gathered) == 1 {
			t.Errorf("a delivery of %q is headed by change %d, and its last is %d", told, d.Alert.ID, newest.ID)
		}
		got = append(got, strings.ReplaceAll(strings.Join(told, " + "), " became ", "→"))
	}
	if !slices.Equal(got, want) {
		t.Errorf("at minute %d Claim hands out %q, want %q", m, got, want)
	}
	return ds
}

var gatherTests = []test{
	{"the first update is due at once, and what follows within half an hour is one delivery at its end", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3", "4", "5", "6")
		gather(t, s, changes[:1], 0)
		wantTold(t, s, 1, "1→2")
		gather(t, s, changes[1:4], 5, 20, 30)
		wantTold(t, s, 30)
		wantTold(t, s, 31, "2→3 + 3→4 + 4→5")
		gather(t, s, changes[4:], 40)
		wantTold(t, s, 60)
		wantTold(t, s, 61, "5→6")
	}},
	{"an update after a quiet half-hour is due at once", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3")
		gather(t, s, changes[:1], 0)
		wantTold(t, s, 0, "1→2")
		gather(t, s, changes[1:], 31)
		wantTold(t, s, 31, "2→3")
	}},
	{"what gathers holds up nothing, and does not go along with an edit", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3", "4")
		gather(t, s, changes[:2], 0)
		wantTold(t, s, 0, "1→2")
		gather(t, s, changes[1:], 5, 6)
		_, edits := tell(t, s, "https://harbour.example/other", "7", "8")
		if err := s.Outbox().Route(t.Context(), edits[0].ID, []string{"desk"}, nil); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 7, "7→8")
		wantTold(t, s, 30, "2→3 + 3→4")
	}},
	{"each story and each destination gathers by itself", func(t *testing.T, s Store) {
		boats, trams := goesOn(t, s, harbour, "1", "2", "3"), goesOn(t, s, "https://harbour.example/trams", "7", "8", "9")
		gather(t, s, boats[:1], 0)
		wantTold(t, s, 0, "1→2")
		gather(t, s, trams[:1], 1)
		if err := s.Outbox().Gather(t.Context(), boats[1].ID, []string{"desk", "phone", "desk"}, why, minute(2)); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 2, "7→8")
		wantDeliveries(t, s, "at once", "phone", minute(2), "2 became 3")
		wantTold(t, s, 30, "2→3")
	}},
	{"an update is gathered once, however often it is routed", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3")
		gather(t, s, changes, 0, 0)
		gather(t, s, changes, 1, 1)
		if err := s.Outbox().Route(t.Context(), changes[1].ID, []string{"desk"}, nil); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 1, "1→2 + 2→3")
		wantTold(t, s, 200)
	}},
	{"a delivery takes no more once it was handed out, and stays the same when it is tried again", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3", "4", "5")
		gather(t, s, changes[:2], 0, 0)
		first := wantHanded(t, s, 0, "1→2 + 2→3")
		gather(t, s, changes[2:], 1, 2)
		again := wantHanded(t, s, 5, "1→2 + 2→3") // its sender died
		if len(again) != 1 || again[0].ID != first[0].ID || again[0].Attempts != 1 {
			t.Fatalf("the second try is %+v, want that of %+v", again, first)
		}
		if err := s.Outbox().Postpone(t.Context(), again[0].ID, minute(40), "500"); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 39) // what is to be tried again keeps the order
		wantTold(t, s, 40, "1→2 + 2→3", "3→4 + 4→5")
	}},
	{"where an alert went late, the next one waits half an hour from then", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3")
		gather(t, s, changes[:1], 0)
		ds := wantHanded(t, s, 0, "1→2")
		gather(t, s, changes[1:], 1)
		if err := s.Outbox().Sent(t.Context(), ds[0].ID, "m", minute(20)); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 49)
		wantTold(t, s, 50, "2→3")
	}},
	{"an alert that failed does not make the next one wait", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3")
		gather(t, s, changes[:1], 0)
		ds := wantHanded(t, s, 0, "1→2")
		if err := s.Outbox().Fail(t.Context(), ds[0].ID, "400"); err != nil {
			t.Fatal(err)
		}
		gather(t, s, changes[1:], 1)
		wantTold(t, s, 1, "2→3")
	}},
	{"a destination that is switched on again gets what gathers at its time", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3")
		gather(t, s, changes[:1], 0)
		wantTold(t, s, 0, "1→2")
		gather(t, s, changes[1:], 5)
		o := s.Outbox()
		if err := errors.Join(o.SwitchOff(t.Context(), notify.Off{Destination: "desk", At: minute(6)}), o.SwitchOn(t.Context(), "desk")); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 10)
		wantTold(t, s, 30, "2→3")
	}},
	{"one alert tells so many and no more", func(t *testing.T, s Store) {
		var figures []string
		for i := range notify.MostGathered + 3 {
			figures = append(figures, fmt.Sprint(i))
		}
		changes := goesOn(t, s, harbour, figures...)
		gather(t, s, changes, make([]int, len(changes))...)
		ds := claimDeliveries(t, s, "desk", morning, 100)
		if len(ds) != 1 || len(ds[0].Gathered) != notify.MostGathered {
			t.Fatalf("Claim hands out %d deliveries, the first of %d updates, want one of %d", len(ds), len(ds[0].Gathered), notify.MostGathered)
		}
		if err := s.Outbox().Sent(t.Context(), ds[0].ID, "m", morning); err != nil {
			t.Fatal(err)
		}
		wantTold(t, s, 29)
		wantTold(t, s, 30, "60→61 + 61→62")
	}},
	{"each update keeps what the routes decided, and how far the alert came that tells it", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3", "4")
		want := func(when string, i int, p notify.Progress) {
			t.Helper()
			r, err := s.Routed(t.Context(), changes[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			if p.Change = changes[i].ID; p.ID == "" && len(r.Deliveries) > 0 {
				p.ID = r.Deliveries[0].ID // any
			}
			wantJSON(t, "Routed "+when, r, notify.Routed{Done: true, Decisions: why, Deliveries: []notify.Progress{p}})
		}
		gather(t, s, changes[:1], 0)
		want("at once", 0, notify.Progress{Destination: "desk", State: notify.Waiting})
		wantTold(t, s, 0, "1→2")
		gather(t, s, changes[1:], 5, 6)
		for i := 1; i <= 2; i++ {
			want("while it gathers", i, notify.Progress{Destination: "desk", State: notify.Waiting, Due: minute(30), Gathers: true, Others: 1})
		}
		ds := wantHanded(t, s, 30, "2→3 + 3→4")
		if err := s.Outbox().Sent(t.Context(), ds[0].ID, "m2", minute(31)); err != nil {
			t.Fatal(err)
		}
		for i := 1; i <= 2; i++ {
			want("when it was told", i, notify.Progress{ID: ds[0].ID, Destination: "desk", State: notify.Sent, Attempts: 1, Due: minute(30).Add(lease),
				FirstTried: minute(30), Sent: minute(31), Message: "m2", Others: 1})
		}
	}},
	{"what gathers is counted, and waits", func(t *testing.T, s Store) {
		changes := goesOn(t, s, harbour, "1", "2", "3", "4")
		want := func(m, updates int, next time.Time, waiting int) {
			t.Helper()
			n, at, err := s.Gathering(t.Context(), minute(m))
			if err != nil || n != updates || !at.Equal(next) {
				t.Errorf("at minute %d %d updates gather until %s, %v, want %d until %s", m, n, at, err, updates, next)
			}
			if st, err := s.Status(t.Context(), minute(m)); err != nil || st.Waiting != waiting {
				t.Errorf("at minute %d %d deliveries wait, %v, want %d", m, st.Waiting, err, waiting)
			}
		}
		gather(t, s, changes[:1], 0)
		want(0, 0, time.Time{}, 1)
		wantTold(t, s, 0, "1→2")
		gather(t, s, changes[1:], 5, 6)
		want(6, 2, minute(30), 1)
		want(30, 0, time.Time{}, 1)
		wantTold(t, s, 30, "2→3 + 3→4")
		want(31, 0, time.Time{}, 0)
	}},
}
