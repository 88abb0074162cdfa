package storetest

import (
	"fmt"
	"testing"
	"time"

	"stet/watcher"
	"stet/watcher/compare"
)

// disclosed is a change as it is judged once a note has spoken of it.
func disclosed(c compare.Change) compare.Change {
	c.Disclosure, c.Silent = compare.Disclosed, false
	c.Reasons = append(c.Reasons[:len(c.Reasons):len(c.Reasons)], "A correction came 2 h 0 min after the edit.")
	return c
}

// wantFormer fails the test unless a change had these judgements before.
func wantFormer(t testing.TB, s Store, change int64, want ...watcher.FormerVerdict) {
	t.Helper()
	got, err := s.FormerVerdicts(t.Context(), change)
	if err != nil {
		t.Fatalf("FormerVerdicts(%d): %v", change, err)
	}
	wantJSON(t, "FormerVerdicts", got, want)
}

var verdictTests = []test{
	{"a change that is judged anew keeps every judgement it had", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve", "ten")
		id, silent := changes[0].ID, edit("two", "twelve")
		wantFormer(t, s, id)
		later := disclosed(silent)
		minor := later
		minor.Weight, minor.Nature = compare.Minor, compare.Update
		for i, c := range []compare.Change{later, minor} {
			if err := s.Rejudge(t.Context(), id, c, []string{"a note came", "other rules"}[i], morning.Add(time.Duration(i)*time.Hour)); err != nil {
				t.Fatalf("Rejudge(%d): %v", id, err)
			}
		}
		wantFormer(t, s, id,
			watcher.FormerVerdict{At: morning, Why: "a note came", Change: silent},
			watcher.FormerVerdict{At: morning.Add(time.Hour), Why: "other rules", Change: later})
		wantFormer(t, s, changes[1].ID)

		c, err := s.Change(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		want := changes[0]
		want.Change = minor
		wantJSON(t, "the change", c, want)
		entries, err := s.History(t.Context(), w.ID)
		if err != nil || len(entries) != 3 {
			t.Fatalf("History = %d entries, %v", len(entries), err)
		}
		wantJSON(t, "the change in the history", entries[1].Changes, []watcher.Change{want})
		wantJSON(t, "the change after it", entries[2].Changes, changes[1:])
		wantSound(t, s, 3)
	}},
	{"a look that judges earlier changes anew writes all of it or nothing", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve", "ten")
		at := morning.Add(3 * time.Hour)
		l := withRevision(look(claim(t, s, w.ID, at), at), "nine")
		l.Changes = []compare.Change{edit("ten", "nine")}
		for i, c := range changes {
			l.Rejudged = append(l.Rejudged, watcher.Rejudgement{ID: c.ID, Why: fmt.Sprint("note ", i), Change: disclosed(c.Change)})
		}
		late := l
		late.Watch.Lease--
		refused(t, s, late)
		for _, c := range changes {
			wantFormer(t, s, c.ID)
		}
		unknown := l
		unknown.Rejudged = append(l.Rejudged[:2:2], watcher.Rejudgement{ID: 99, Change: gone()})
		if _, err := s.Record(t.Context(), unknown); err == nil {
			t.Error("Record judged a change anew that is not there")
		}
		wantChecks(t, s, w.ID, 3, 3)

		kept := record(t, s, l)
		for i, c := range changes {
			wantFormer(t, s, c.ID, watcher.FormerVerdict{At: at, Why: fmt.Sprint("note ", i), Change: c.Change})
			changes[i].Change = disclosed(c.Change)
		}
		all, err := s.Changes(t.Context(), w.ID, 10)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Changes", all, append(changes, kept...))
		wantSound(t, s, 4)
	}},
	{"the latest changes of a story are read oldest first", func(t *testing.T, s Store) {
		w, changes := tell(t, s, "https://harbour.example/boats", "1", "2", "3", "4")
		tell(t, s, "https://harbour.example/nets", "5", "6")
		got, err := s.Changes(t.Context(), w.ID, 2)
		if err != nil {
			t.Fatal(err)
		}
		wantJSON(t, "Changes", got, changes[1:])
	}},
	{"a change that is judged as it was has no former judgement", func(t *testing.T, s Store) {
		_, changes := tell(t, s, "https://harbour.example/boats", "two", "twelve")
		if err := s.Rejudge(t.Context(), changes[0].ID, edit("two", "twelve"), "nothing new", morning); err != nil {
			t.Fatal(err)
		}
		wantFormer(t, s, changes[0].ID)
	}},
	{"a change of no text can be judged anew", func(t *testing.T, s Store) {
		w := add(t, s, "https://harbour.example/boats")
		l := look(claim(t, s, w.ID, morning), morning)
		l.Changes = []compare.Change{gone()}
		id := record(t, s, l)[0].ID
		if err := s.Rejudge(t.Context(), id, edit("two", "ten"), "", morning); err != nil {
			t.Fatal(err)
		}
		wantFormer(t, s, id, watcher.FormerVerdict{At: morning, Change: gone()})
	}},
	{"an alert that waits to be sent says what is judged now", func(t *testing.T, s Store) {
		changes := routed(t, s, []string{"desk"}, "two", "twelve")
		if err := s.Rejudge(t.Context(), changes[0].ID, disclosed(edit("two", "twelve")), "a note came", morning); err != nil {
			t.Fatal(err)
		}
		ds := claimDeliveries(t, s, "desk", morning, 10)
		if len(ds) != 1 || ds[0].Alert.Disclosure != compare.Disclosed {
			t.Errorf("Claim hands out %+v, want one alert of a disclosed edit", ds)
		}
	}},
	{"a change that is not there cannot be judged anew", func(t *testing.T, s Store) {
		if err := s.Rejudge(t.Context(), 7, edit("two", "ten"), "", morning); err == nil {
			t.Error("Rejudge took a change that is not there")
		}
		wantFormer(t, s, 7)
	}},
}
