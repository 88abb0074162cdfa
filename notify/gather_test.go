package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"stet/watcher/compare"
)

// goesOn is an update of story 1.
func goesOn(id int64) Alert {
	return Alert{ID: id, Watch: 1, From: int(id), To: int(id) + 1, Seen: time.Now(), URL: "https://paper.example/live",
		Change: compare.Change{Changed: true, Told: true, Weight: compare.Substantive, Disclosure: compare.Stamped, Nature: compare.Update}}
}

// a diary is a sender that writes down which changes it was told together, and
// how many minutes after it began.
type diary struct {
	began time.Time
	lines []string
}

func (d *diary) Send(_ context.Context, delivery Delivery) (string, error) {
	var ids []string
	for _, a := range delivery.Alerts() {
		ids = append(ids, fmt.Sprint(a.ID))
	}
	d.lines = append(d.lines, fmt.Sprintf("%.0f: %s", time.Since(d.began).Minutes(), strings.Join(ids, " ")))
	return "m", nil
}

func TestUpdatesOfAStoryAreToldOnceAHalfHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &diary{began: time.Now()}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		for id := range int64(10) { // each nine minutes
			b.add(goesOn(id + 1))
			d.Wake()
			time.Sleep(9 * time.Minute)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		same(t, "told, by minute", s.lines, []string{"0: 1", "30: 2 3 4", "60: 5 6 7", "90: 8 9 10"})
	})
}

func TestAChangedFactInALiveStoryIsToldAtOnceAndAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &diary{began: time.Now()}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		note := goesOn(5)
		note.Notes = []compare.NoteChange{{Op: compare.Add, Kind: "correction", Text: "Correction: …"}}
		fact, gone := goesOn(3), goesOn(6)
		fact.Nature, gone.Change = compare.Edit, compare.SelfChange(compare.Gone, "the address answers 404")
		for _, a := range []Alert{goesOn(1), goesOn(2), fact, goesOn(4), note, gone} {
			b.add(a)
			d.Wake()
			time.Sleep(4 * time.Minute)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		same(t, "told, by minute", s.lines, []string{"0: 1", "8: 3", "16: 5", "20: 6", "30: 2 4"})
	})
}

func TestWhatGathersIsLinkedAndStaysWithinFlush(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &diary{began: time.Now()}
		var links []string
		d := dispatcher(t, b, &sender{f: func(ctx context.Context, delivery Delivery) (string, error) {
			for _, a := range delivery.Gathered {
				links = append(links, a.Diff)
			}
			return s.Send(ctx, delivery)
		}})
		for id := range int64(3) {
			b.add(goesOn(id + 1))
			if err := d.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		same(t, "told at once", s.lines, []string{"0: 1"})
		time.Sleep(GatherFor)
		if err := d.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, "told in all", s.lines, []string{"0: 1", "30: 2 3"})
		same(t, "links", links, []string{"https://stet.example/diff/2", "https://stet.example/diff/3"})
	})
}

func TestADeadDestinationHoldsUpNoUpdatesElsewhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &diary{began: time.Now()}
		dead := &sender{f: func(context.Context, Delivery) (string, error) {
			return "", &LaterError{Err: errors.New("nobody answers")}
		}}
		d := dispatcher(t, b, dead, s)
		stop := start(d)
		defer stop()
		for id := range int64(4) {
			b.add(goesOn(id + 1))
			d.Wake()
			time.Sleep(9 * time.Minute)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		same(t, "told elsewhere, by minute", s.lines, []string{"0: 1", "30: 2 3 4"})
	})
}

func TestTally(t *testing.T) {
	at := func(after time.Duration) Alert { return Alert{Seen: time.Unix(1e9, 0).Add(after)} }
	for want, as := range map[string][]Alert{
		"":                          {at(0)},
		"2 updates within a minute": {at(0), at(20 * time.Second)},
		"3 updates in 28 min":       {at(0), at(time.Minute), at(28*time.Minute + 10*time.Second)},
		"2 updates in 3 h":          {at(0), at(170 * time.Minute)},
	} {
		if got := (Delivery{Gathered: as}).Tally(); got != want {
			t.Errorf("Tally of %d updates = %q, want %q", len(as), got, want)
		}
	}
}
