package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet/notify"
	"stet/store/ledger"
	"stet/store/storetest"
	"stet/watcher"
	"stet/watcher/compare"
)

// childStore names the environment variable that turns the test program into a
// second process that works on the store it names.
const childStore = "STET_TEST_STORE"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStore); path != "" {
		if err := work(context.Background(), path); err != nil {
			fmt.Println("error:", err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// work watches stories until it is killed, every look finding another text, and
// sends what changed. It prints a line for each thing that the store said it
// had kept: "kept WATCH REVISION CHANGE" and "sent CHANGE DELIVERY".
func work(ctx context.Context, path string) error {
	db, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	for {
		ws, err := db.Claim(ctx, time.Now(), time.Millisecond, 3)
		if err != nil {
			return err
		}
		for _, w := range ws {
			if err := workOn(ctx, db, w); err != nil {
				return err
			}
		}
		if _, err := workOutbox(ctx, db, os.Stdout); err != nil {
			return err
		}
	}
}

func workOn(ctx context.Context, db *DB, w watcher.Watch) error {
	now := time.Now()
	number := 1
	switch latest, err := db.Latest(ctx, w.ID); {
	case err == nil:
		number = latest.Number + 1
	case !errors.Is(err, watcher.ErrNoRevision):
		return err
	}
	w.Checks, w.LastSeen = w.Checks+1, now
	figure := fmt.Sprint("number ", number)
	page := storetest.Page(figure, now.String())
	nature := []compare.Nature{compare.Update, compare.Update, compare.Edit}[rand.IntN(3)]
	l := watcher.Look{
		Watch: w, At: now, Capture: &page, Changes: []compare.Change{{Changed: true, Summary: figure, Nature: nature}},
		Revision: &watcher.Revision{FirstSeen: now, Article: storetest.Story(figure)},
	}
	if number%3 == 0 { // one look in three finds nothing
		l.Revision, l.Changes, l.KeepCapture = nil, nil, true
		if rand.IntN(2) == 0 {
			l.Changes = []compare.Change{{Changed: true, Nature: compare.Gone}} // or a change without a text
		}
	}
	changes, err := db.Record(ctx, l)
	if errors.Is(err, watcher.ErrLeaseLost) {
		return nil // the other process was faster
	}
	for _, c := range changes {
		fmt.Println("kept", w.ID, c.To, c.ID)
	}
	return err
}

// workOutbox routes what is new and sends a little of it, as if the half-hours
// of what gathers passed at once. It prints what it sent, and reports whether
// there may be more to do.
func workOutbox(ctx context.Context, db *DB, out io.Writer) (more bool, err error) {
	o := db.Outbox()
	as, err := o.Unrouted(ctx, 10)
	if err != nil {
		return false, err
	}
	for _, a := range as {
		why := []notify.Decision{{Destination: "desk", Sends: true}}
		if a.Gathers() {
			err = o.Gather(ctx, a.ID, []string{"desk"}, why, time.Now())
		} else {
			err = o.Route(ctx, a.ID, []string{"desk"}, why)
		}
		if err != nil {
			return false, err
		}
	}
	ds, err := o.Claim(ctx, "desk", time.Now().Add(2*notify.GatherFor), 10*time.Millisecond, 2)
	if err != nil {
		return false, err
	}
	for _, d := range ds {
		if err := o.Sent(ctx, d.ID, "m", time.Now()); err != nil {
			return false, err
		}
		for _, a := range d.Alerts() {
			fmt.Fprintln(out, "sent", a.ID, d.ID)
		}
	}
	return len(ds) > 0 || len(as) > 0, nil
}

// A child is a process that works on a store.
type child struct {
	*exec.Cmd
	busy  chan struct{} // closed when it printed its first line
	lines chan []string // what it printed, when it is dead
}

func startChild(t *testing.T, path string) child {
	t.Helper()
	c := child{exec.Command(os.Args[0]), make(chan struct{}), make(chan []string, 1)}
	c.Env = append(os.Environ(), childStore+"="+path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		var lines []string
		scanner := bufio.NewScanner(out)
		for scanner.Scan() {
			if lines = append(lines, scanner.Text()); len(lines) == 1 {
				close(c.busy)
			}
		}
		c.lines <- lines
	}()
	return c
}

// waitBusy waits until the process has kept something.
func (c child) waitBusy(t *testing.T) {
	t.Helper()
	select {
	case <-c.busy:
	case <-time.After(30 * time.Second):
		t.Error("a process kept nothing for 30 s")
	}
}

// killed kills the process and returns what it printed.
func (c child) killed(t *testing.T) []string {
	t.Helper()
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	lines := <-c.lines
	c.Wait()
	for _, line := range lines {
		if strings.HasPrefix(line, "error:") {
			t.Errorf("a process that worked on the store said %q", line)
		}
	}
	return lines
}

// A witness remembers what processes were told had been kept.
type witness struct {
	kept map[int64]string // change -> "WATCH REVISION"
	sent map[int64]string // change -> delivery
}

func (w *witness) hear(t *testing.T, lines []string) {
	t.Helper()
	for _, line := range lines {
		var watch, change int64
		var number int
		var delivery string
		if _, err := fmt.Sscanf(line, "kept %d %d %d", &watch, &number, &change); err == nil {
			if before, twice := w.kept[change]; twice {
				t.Errorf("change %d was kept twice: %q, %q", change, before, line)
			}
			w.kept[change] = fmt.Sprint(watch, number)
		}
		if _, err := fmt.Sscanf(line, "sent %d %s", &change, &delivery); err == nil {
			if before, twice := w.sent[change]; twice && before != delivery {
				t.Errorf("change %d was sent as %s and as %s", change, before, delivery)
			}
			w.sent[change] = delivery
		}
	}
}

// check opens the store and fails the test if something of what was kept is not
// there, or is there by half.
func (w *witness) check(t *testing.T, path string) {
	t.Helper()
	db, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for c, err := range db.Verify(t.Context()) {
		if err != nil || c.Result == ledger.Failed {
			t.Errorf("Verify: %+v, %v", c, err)
		}
	}
	for id, want := range w.kept {
		c, err := db.Change(t.Context(), id)
		if err != nil || fmt.Sprint(c.Watch, c.To) != want {
			t.Errorf("change %d leads to watch and revision %d %d, %v, want %s", id, c.Watch, c.To, err, want)
		}
	}
	for watch := range db.Watches(t.Context(), watcher.Filter{}) {
		entries, err := db.History(t.Context(), watch.ID)
		if err != nil {
			t.Error(err)
		}
		for i, e := range entries {
			edits := 0
			for _, c := range e.Changes {
				if c.From != c.To {
					edits++
				}
			}
			if e.Revision.Number != i+1 || edits != 1 {
				t.Errorf("watch %d: entry %d is revision %d with %d edits, want one", watch.ID, i, e.Revision.Number, edits)
			}
			if _, err := db.Capture(t.Context(), e.Revision.ID); err != nil {
				t.Error(err)
			}
		}
	}
	time.Sleep(20 * time.Millisecond) // the leases of the killed end
	for more := true; more; {
		if more, err = workOutbox(t.Context(), db, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.Deliveries(t.Context(), "desk", "", 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	of := map[int64]notify.Progress{}
	for _, d := range rows {
		if _, twice := of[d.Change]; twice {
			t.Errorf("change %d has two deliveries", d.Change)
		}
		of[d.Change] = d
	}
	for change := range w.kept {
		if of[change].State != notify.Sent {
			t.Errorf("change %d is %q in the end, want it sent", change, of[change].State)
		}
		if r, err := db.Routed(t.Context(), change); err != nil || len(r.Decisions) != 1 {
			t.Errorf("of change %d the decisions %v are kept, %v, want the one that was made", change, r.Decisions, err)
		}
	}
	for change, id := range w.sent {
		if of[change].ID != id {
			t.Errorf("change %d was sent as %s and is kept as %s", change, id, of[change].ID)
		}
	}
}

// newStories makes a store with stories that are always due.
func newStories(t *testing.T, n int) (path string) {
	t.Helper()
	db := openTemp(t)
	for i := range n {
		address := fmt.Sprintf("https://harbour.example/%d", i)
		if _, _, err := db.AddWatch(t.Context(), watcher.Watch{URL: address, Key: address}); err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return db.Path()
}

func TestNothingIsLostWhenTheProcessIsKilled(t *testing.T) {
	path := newStories(t, 5)
	w := witness{map[int64]string{}, map[int64]string{}}
	rounds := 0
	for ; rounds < 15 || rounds < 60 && len(w.sent) == 0; rounds++ { // a slow machine needs more
		c := startChild(t, path)
		if rounds%3 > 0 { // else it may be killed while it opens the store
			c.waitBusy(t)
		}
		time.Sleep(time.Duration(rand.IntN(120)) * time.Millisecond)
		w.hear(t, c.killed(t))
	}
	if len(w.kept) == 0 || len(w.sent) == 0 {
		t.Fatalf("%d changes were kept and %d sent before the kills", len(w.kept), len(w.sent))
	}
	w.check(t, path)
	t.Logf("%d changes kept and %d sent over %d kills", len(w.kept), len(w.sent), rounds)
}

func TestSeveralProcessesShareAStore(t *testing.T) {
	path := newStories(t, 5)
	w := witness{map[int64]string{}, map[int64]string{}}
	children := []child{startChild(t, path), startChild(t, path), startChild(t, path)}
	for _, c := range children {
		c.waitBusy(t)
	}
	time.Sleep(time.Second)
	for _, c := range children {
		w.hear(t, c.killed(t))
	}
	w.check(t, path)
	t.Logf("%d changes kept and %d sent by three processes", len(w.kept), len(w.sent))
}

func TestProcessesMayMakeTheStoreAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "stet.db")
	children := []child{startChild(t, path), startChild(t, path), startChild(t, path)}
	time.Sleep(time.Duration(rand.IntN(300)) * time.Millisecond)
	for _, c := range children {
		c.killed(t)
	}
	if db, err := Open(t.Context(), path, Options{}); err != nil {
		t.Error(err)
	} else if err := db.Close(); err != nil {
		t.Error(err)
	}
}
