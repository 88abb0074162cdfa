package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"stet/watcher/compare"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// sender is a Sender made of a function; it notes when each try was made.
type sender struct {
	f  func(ctx context.Context, d Delivery) (string, error)
	mu sync.Mutex
	// tries are the deliveries tried, in order, and when.
	tries []string
	times []time.Time
}

func (s *sender) Send(ctx context.Context, d Delivery) (string, error) {
	s.mu.Lock()
	s.tries = append(s.tries, d.ID)
	s.times = append(s.times, time.Now())
	s.mu.Unlock()
	if s.f == nil {
		return "m" + d.ID, nil
	}
	return s.f(ctx, d)
}

func (s *sender) tried() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.tries...)
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// told is a change that the default route sends.
func told(id int64) Alert {
	return Alert{ID: id, Watch: id * 10, URL: "https://paper.example/x", Change: compare.Change{Changed: true, Told: true, Weight: compare.Minor}}
}

// dispatcher returns a dispatcher to destinations a, b, … with these senders.
func dispatcher(t *testing.T, b *box, senders ...Sender) *Dispatcher {
	t.Helper()
	c := Config{Outbox: b, Log: quiet(), BaseURL: "https://stet.example/"}
	for i, s := range senders {
		c.Destinations = append(c.Destinations, Destination{Name: string(rune('a' + i)), Sender: s, Fingerprint: "1"})
	}
	d, err := NewDispatcher(c)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// start runs d until the test calls stop.
func start(d *Dispatcher) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = d.Run(ctx) // always nil
	}()
	return func() { cancel(); <-done }
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestWhatTheRoutesDecideIsKeptOfEveryChange(t *testing.T) {
	b := newBox()
	cosmetic := told(2)
	cosmetic.Told, cosmetic.Weight = false, compare.Cosmetic
	b.add(told(1))
	b.add(cosmetic)
	if err := dispatcher(t, b, &sender{}).Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	for id, want := range map[int64]string{
		1: "a: yes, by the default route: it is a change that the default route tells; and no route is configured, so every destination is told",
		2: "a: no, by the default route: it is cosmetic; only a weight that lists cosmetic asks for those",
	} {
		if ds := b.why[id]; len(ds) != 1 || ds[0].String() != want {
			t.Errorf("of change %d is kept %q, want %q", id, ds, want)
		}
	}
}

func TestFlushSendsToEveryDestination(t *testing.T) {
	b, s, s2 := newBox(), &sender{}, &sender{}
	for id := range int64(3) {
		b.add(told(id + 1))
	}
	if err := dispatcher(t, b, s, s2).Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "a got", s.tries, []string{"d1a", "d2a", "d3a"})
	same(t, "b got", s2.tries, []string{"d1b", "d2b", "d3b"})
	if m := b.rows[0].message; m != "md1a" {
		t.Errorf("message id kept is %q, want md1a", m)
	}
}

func TestAlertsAreLinkedToTheHistoryPages(t *testing.T) {
	b := newBox()
	b.add(told(7))
	var story, diff string
	s := &sender{f: func(_ context.Context, d Delivery) (string, error) {
		story, diff = d.Alert.Story, d.Alert.Diff
		return "1", nil
	}}
	if err := dispatcher(t, b, s).Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	if story != "https://stet.example/story/70" || diff != "https://stet.example/diff/7" {
		t.Errorf("links are %q and %q", story, diff)
	}
}

func TestRunSendsAtOnceWhenWoken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &sender{}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		time.Sleep(1234 * time.Millisecond) // between two polls
		woken := time.Now()
		b.add(told(1))
		d.Wake()
		synctest.Wait()
		if len(s.tried()) != 1 || !s.times[0].Equal(woken) {
			t.Errorf("sent %v after the wake, want at once", s.times)
		}
	})
}

func TestRunFindsByPollingWhatAnotherProcessAdded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &sender{}
		stop := start(dispatcher(t, b, s))
		defer stop()
		synctest.Wait()
		b.add(told(1))
		time.Sleep(6 * time.Second)
		synctest.Wait()
		same(t, "sent", s.tried(), []string{"d1a"})
	})
}

func TestASlowDestinationHoldsUpNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, fast := newBox(), &sender{}
		slow := &sender{f: func(ctx context.Context, d Delivery) (string, error) {
			sleep(ctx, time.Minute)
			return "1", nil
		}}
		d := dispatcher(t, b, slow, fast)
		stop := start(d)
		defer stop()
		began := time.Now()
		for id := range int64(5) {
			b.add(told(id + 1))
		}
		d.Wake()
		synctest.Wait()
		if len(fast.tried()) != 5 || time.Since(began) != 0 {
			t.Errorf("the fast destination got %q after %s, want all five at once", fast.tried(), time.Since(began))
		}
	})
}

func TestLaterWaitsAsAskedAndKeepsTheOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{}
		s.f = func(_ context.Context, d Delivery) (string, error) {
			if len(s.tried()) == 1 {
				return "", &LaterError{After: 42 * time.Second, Err: errors.New("rate limited")}
			}
			return "1", nil
		}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		b.add(told(1))
		b.add(told(2))
		d.Wake()
		time.Sleep(10 * time.Second)
		d.Wake() // does not make it try sooner
		time.Sleep(time.Hour)
		same(t, "tried", s.tried(), []string{"d1a", "d1a", "d2a"})
		if wait := s.times[1].Sub(s.times[0]); wait != 42*time.Second {
			t.Errorf("tried again after %s, want 42s", wait)
		}
	})
}

func TestBackOffDoublesUpToAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{f: func(context.Context, Delivery) (string, error) {
			return "", &LaterError{Err: errors.New("nobody answers")}
		}}
		d := dispatcher(t, b, s)
		stop := start(d)
		b.add(told(1))
		d.Wake()
		time.Sleep(10 * time.Hour)
		stop()
		for i := 1; i < len(s.times); i++ {
			wait := s.times[i].Sub(s.times[i-1])
			most := min(2*time.Second<<(i-1), time.Hour)
			if i > 12 {
				most = time.Hour
			}
			// A stuck delivery is looked for every 5 s of polling.
			if wait < most/2 || wait > most+5*time.Second {
				t.Errorf("wait %d is %s, want %s to %s", i, wait, most/2, most)
			}
		}
		if len(s.times) < 15 {
			t.Errorf("%d tries in ten hours, want more", len(s.times))
		}
	})
}

func TestAMessageThatNeverGoesThroughIsPassedByOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{f: func(_ context.Context, d Delivery) (string, error) {
			if d.Alert.ID == 1 {
				return "", &LaterError{Err: errors.New("500")}
			}
			return "1", nil
		}}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		b.add(told(1))
		b.add(told(2))
		d.Wake()
		time.Sleep(15 * time.Minute)
		same(t, "states", b.states(), []string{"d1a waits", "d2a sent"})
	})
}

func TestAGoneDestinationIsSwitchedOffAndKeepsItsDeliveries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, other := newBox(), &sender{}
		gone := &sender{f: func(context.Context, Delivery) (string, error) {
			return "", &GoneError{Err: errors.New("404")}
		}}
		var log strings.Builder
		d := dispatcher(t, b, gone, other)
		text := slog.New(slog.NewTextHandler(&log, nil))
		for _, l := range d.lanes {
			l.log = text
		}
		stop := start(d)
		b.add(told(1))
		b.add(told(2))
		d.Wake()
		time.Sleep(time.Hour)
		stop()
		same(t, "tried", gone.tried(), []string{"d1a"})
		same(t, "states", b.states(), []string{"d1a waits", "d1b sent", "d2a waits", "d2b sent"})
		if n := strings.Count(log.String(), "switched off"); n != 1 {
			t.Errorf("the switch-off was logged %d times, want once:\n%s", n, log.String())
		}
		if len(b.off) != 1 || b.off[0].Fingerprint != "1" || b.off[0].Why != "404" {
			t.Errorf("switched off: %+v", b.off)
		}

		// With the same settings it stays off, with new ones its deliveries go.
		mended := &sender{}
		if err := dispatcher(t, b, mended, other).Flush(t.Context()); err != nil || len(mended.tried()) > 0 {
			t.Fatalf("with the same settings it sent %q, %v", mended.tried(), err)
		}
		d = dispatcher(t, b, mended, other)
		d.Destinations[0].Fingerprint = "2"
		if err := d.Flush(t.Context()); err != nil {
			t.Fatal(err)
		}
		same(t, "sent with new settings", mended.tried(), []string{"d1a", "d2a"})
	})
}

func TestASwitchOffThatCannotBeWrittenLeavesTheDestinationAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		b.broken = func(method string) error {
			if method == "SwitchOff" {
				return errors.New("disk full")
			}
			return nil
		}
		gone := &sender{f: func(context.Context, Delivery) (string, error) { return "", &GoneError{Err: errors.New("401")} }}
		d := dispatcher(t, b, gone)
		stop := start(d)
		defer stop()
		for id := range int64(9) {
			b.add(told(id + 1))
		}
		d.Wake()
		time.Sleep(5 * time.Minute)
		if n := len(gone.tried()); n > 6 {
			t.Errorf("asked %d times in 5 min, want one a minute at most", n)
		}
	})
}

func TestOtherErrorsEndTheDeliveryAlone(t *testing.T) {
	b := newBox()
	s := &sender{f: func(_ context.Context, d Delivery) (string, error) {
		if d.Alert.ID == 1 {
			return "", errors.New("400 bad form")
		}
		return "1", nil
	}}
	b.add(told(1))
	b.add(told(2))
	err := dispatcher(t, b, s).Flush(t.Context())
	if err == nil || !strings.Contains(err.Error(), "400 bad form") {
		t.Errorf("Flush says %v, want the failure", err)
	}
	same(t, "states", b.states(), []string{"d1a failed", "d2a sent"})
}

func TestASendThatPanicsIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{}
		s.f = func(context.Context, Delivery) (string, error) {
			if len(s.tried()) == 1 {
				panic("nil map")
			}
			return "1", nil
		}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		b.add(told(1))
		d.Wake()
		time.Sleep(time.Minute)
		same(t, "states", b.states(), []string{"d1a sent"})
	})
}

func TestASendThatHangsIsGivenUpAfterItsLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{}
		release := make(chan struct{})
		s.f = func(context.Context, Delivery) (string, error) {
			if len(s.tried()) == 1 {
				<-release // deaf to its context
			}
			return "1", nil
		}
		d := dispatcher(t, b, s)
		stop := start(d)
		defer stop()
		defer close(release)
		b.add(told(1))
		d.Wake()
		time.Sleep(3 * time.Minute)
		same(t, "states", b.states(), []string{"d1a sent"})
	})
}

func TestStopLetsASendFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{f: func(ctx context.Context, _ Delivery) (string, error) {
			time.Sleep(3 * time.Second)
			return "1", ctx.Err()
		}}
		d := dispatcher(t, b, s)
		stop := start(d)
		b.add(told(1))
		b.add(told(2))
		d.Wake()
		synctest.Wait()
		stop()
		same(t, "states", b.states(), []string{"d1a sent", "d2a waits"})
	})
}

func TestStopGivesBackWhatDoesNotFinish(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBox()
		s := &sender{f: func(ctx context.Context, _ Delivery) (string, error) {
			<-ctx.Done()
			return "", ctx.Err()
		}}
		d := dispatcher(t, b, s)
		stop := start(d)
		b.add(told(1))
		d.Wake()
		synctest.Wait()
		began := time.Now()
		stop()
		if took := time.Since(began); took > 6*time.Second {
			t.Errorf("stopping took %s, want at most 6s", took)
		}
		if r := b.rows[0]; r.state != "" || r.due.After(time.Now()) || r.leased.After(time.Now()) {
			t.Errorf("the delivery is %+v, want due at once", r)
		}
	})
}

func TestASentMarkIsRepeatedUntilItIsWritten(t *testing.T) {
	b := newBox()
	troubles := 0
	b.broken = func(method string) error {
		if method == "Sent" && troubles < 3 {
			troubles++
			return errors.New("database is locked")
		}
		return nil
	}
	s := &sender{}
	b.add(told(1))
	if err := dispatcher(t, b, s).Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "sent", s.tries, []string{"d1a"})
	same(t, "states", b.states(), []string{"d1a sent"})
}

func TestRunOutlivesAnOutboxThatFails(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, s := newBox(), &sender{}
		broken := true
		b.broken = func(method string) error {
			if broken {
				return fmt.Errorf("%s: disk I/O error", method)
			}
			return nil
		}
		b.add(told(1))
		stop := start(dispatcher(t, b, s))
		defer stop()
		time.Sleep(time.Minute)
		b.mu.Lock()
		broken = false
		b.mu.Unlock()
		time.Sleep(time.Minute)
		same(t, "states", b.states(), []string{"d1a sent"})
	})
}

func TestNewsGoesToTheOperatorOnly(t *testing.T) {
	b := newBox()
	b.news = []News{{ID: 1, Text: "three checks failed"}}
	s, op := &sender{}, &sender{}
	d, err := NewDispatcher(Config{Outbox: b, Log: quiet(), Operator: []string{"op"},
		Destinations: []Destination{{Name: "a", Sender: s}, {Name: "op", Sender: op}}})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	same(t, "stories' channel got", s.tries, nil)
	same(t, "operator got", op.tries, []string{"n1op"})
}

func TestConfigMistakesAreAllNamed(t *testing.T) {
	_, err := NewDispatcher(Config{
		Log: quiet(), BaseURL: "stet.example",
		Destinations: []Destination{{Name: "news"}, {Name: "news"}},
		Routes:       []Route{{To: []string{"newz"}}, {}, {To: []string{"news"}, Match: Match{Weight: []compare.Weight{"heavy"}}}},
		Operator:     []string{"ops"},
	})
	for _, want := range []string{
		`two destinations are called "news"`, `route 1: no destination is called "newz"; there is news`, `route 2: to names no destination`,
		`route 3: match.weight: "heavy" is unknown; it can be cosmetic, minor, substantive or rewrite`, `operator: no destination is called "ops"`,
		`base URL "stet.example" is no address`,
	} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
}
