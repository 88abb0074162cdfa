package storetest

import (
	"errors"
	"slices"
	"testing"

	"stet/notify"
	"stet/watcher"
)

// why are decisions on two destinations, of which one gets the change.
var why = []notify.Decision{
	{Destination: "desk", Route: 1, Sends: true, Reasons: []notify.Reason{{Key: "told", Holds: true, Text: "it is told"}}},
	{Destination: "phone", Route: 2, Reasons: []notify.Reason{{Key: "told", Holds: true, Text: "it is told"}, {Key: "tag", Text: "tag is none; wanted: sea"}}},
}

var trailTests = []test{
	{"a change keeps the steps of the look that found it", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		want := look(w, morning).Steps
		l := look(claim(t, s, w.ID, morning), morning)
		l.Steps = []watcher.Step{{Name: "fetch", Detail: "304"}}
		record(t, s, l) // a later look leaves them alone
		got, err := s.ChangeSteps(t.Context(), changes[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "ChangeSteps", got, want)
		if got, err := s.ChangeSteps(t.Context(), 99); err != nil || len(got) > 0 {
			t.Errorf("ChangeSteps of no change = %v, %v", got, err)
		}
	}},
	{"a change keeps what the routes decided the first time, and how far it came", func(t *testing.T, s Store) {
		_, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		id, o := changes[0].ID, s.Outbox()
		r, err := s.Routed(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Routed before", r, notify.Routed{})
		for _, decisions := range [][]notify.Decision{why, why[:1]} {
			if err := o.Route(t.Context(), id, []string{"desk"}, decisions); err != nil {
				t.Fatal(err)
			}
		}
		ds := claimDeliveries(t, s, "desk", morning, 1)
		if err := o.Sent(t.Context(), ds[0].ID, "m1", morning); err != nil {
			t.Fatal(err)
		}
		if r, err = s.Routed(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Routed", r, notify.Routed{Done: true, Decisions: why, Deliveries: []notify.Progress{{
			ID: ds[0].ID, Destination: "desk", State: notify.Sent, Change: id, Attempts: 1, Due: r.Deliveries[0].Due,
			FirstTried: morning, Sent: morning, Message: "m1",
		}}})
		if steps, err := s.ChangeSteps(t.Context(), id); err != nil || len(steps) == 0 {
			t.Errorf("routing lost the steps: %v, %v", steps, err)
		}
	}},
	{"a change that goes nowhere keeps why", func(t *testing.T, s Store) {
		_, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		if err := s.Outbox().Route(t.Context(), changes[0].ID, nil, why[1:]); err != nil {
			t.Fatal(err)
		}
		r, err := s.Routed(t.Context(), changes[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Routed", r, notify.Routed{Done: true, Decisions: why[1:], Deliveries: r.Deliveries})
		if len(r.Deliveries) > 0 {
			t.Errorf("it has deliveries: %+v", r.Deliveries)
		}
	}},
	{"a delivery to a destination that is off is held, one that failed says why", func(t *testing.T, s Store) {
		changes := routed(t, s, []string{"desk", "phone"}, "two", "twelve")
		o := s.Outbox()
		ds := claimDeliveries(t, s, "desk", morning, 1)
		if err := errors.Join(o.Fail(t.Context(), ds[0].ID, "400: embed too long"),
			o.SwitchOff(t.Context(), notify.Off{Destination: "phone", Why: "404", At: morning})); err != nil {
			t.Fatal(err)
		}
		r, err := s.Routed(t.Context(), changes[0].ID)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, d := range r.Deliveries {
			got = append(got, d.String())
		}
		want := []string{"desk: failed, tried once: 400: embed too long", "phone: held, the destination is switched off, not tried yet"}
		if !slices.Equal(got, want) {
			t.Errorf("the deliveries are %q, want %q", got, want)
		}
	}},
	{"a change that is not there was not routed", func(t *testing.T, s Store) {
		if _, err := s.Routed(t.Context(), 7); err == nil {
			t.Error("Routed of no change gave something")
		}
	}},
}
