package notify

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// box is an Outbox in memory.
type box struct {
	mu     sync.Mutex
	alerts []Alert
	news   []News
	routed map[string][]string // by "change 1" or "news 1"
	why    map[int64][]Decision
	rows   []*row
	off    []Off
	broken func(method string) error // what a method answers instead of working
}

// A row is a delivery and its state.
type row struct {
	Delivery
	due     time.Time
	leased  time.Time
	state   string // "", "sent" or "failed"
	message string
	why     string
	story   int64 // of one that gathers
	told    time.Time
}

func newBox() *box { return &box{routed: map[string][]string{}, why: map[int64][]Decision{}} }

func (b *box) fails(method string) error {
	if b.broken == nil {
		return nil
	}
	return b.broken(method)
}

func (b *box) add(a Alert) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.alerts = append(b.alerts, a)
}

func (b *box) Unrouted(_ context.Context, limit int) ([]Alert, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fails("Unrouted"); err != nil {
		return nil, err
	}
	return slices.Clone(b.alerts[:min(limit, len(b.alerts))]), nil
}

func (b *box) UnroutedNews(_ context.Context, limit int) ([]News, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.news[:min(limit, len(b.news))]), nil
}

func (b *box) Route(_ context.Context, change int64, to []string, why []Decision) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.alerts, func(a Alert) bool { return a.ID == change })
	if i < 0 {
		return nil // routed before
	}
	a := b.alerts[i]
	b.alerts = slices.Delete(b.alerts, i, i+1)
	b.routed[fmt.Sprint("change ", change)] = to
	b.why[change] = why
	for _, name := range to {
		b.rows = append(b.rows, &row{Delivery: Delivery{ID: fmt.Sprintf("d%d%s", change, name), Destination: name, Alert: &a}})
	}
	return nil
}

func (b *box) Gather(ctx context.Context, change int64, to []string, why []Decision, now time.Time) error {
	b.mu.Lock()
	i := slices.IndexFunc(b.alerts, func(a Alert) bool { return a.ID == change })
	if i < 0 {
		b.mu.Unlock()
		return nil
	}
	a := b.alerts[i]
	b.mu.Unlock()
	var alone []string
	for _, name := range to {
		if last := b.lastOf(a.Watch, name); last == nil || last.state != "" || last.Attempts > 0 || len(last.Gathered) == MostGathered {
			alone = append(alone, name)
			continue
		} else if last.Gathered == nil {
			last.Gathered = []Alert{*last.Alert, a}
		} else {
			last.Gathered = append(last.Gathered, a)
		}
		b.lastOf(a.Watch, name).Alert = &a
	}
	due := map[string]time.Time{}
	for _, name := range alone {
		if last := b.lastOf(a.Watch, name); last != nil && last.told.Add(GatherFor).After(now) {
			due[name] = last.told.Add(GatherFor)
		}
	}
	if err := b.Route(ctx, change, alone, why); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.routed[fmt.Sprint("change ", change)] = to
	for _, r := range b.rows {
		if r.ID == fmt.Sprintf("d%d%s", change, r.Destination) {
			r.story, r.due = a.Watch, due[r.Destination]
		}
	}
	return nil
}

// lastOf returns the latest delivery of a story's updates, or nil.
func (b *box) lastOf(story int64, destination string) *row {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range slices.Backward(b.rows) {
		if r.story == story && r.Destination == destination && r.state != "failed" {
			return r
		}
	}
	return nil
}

func (b *box) RouteNews(_ context.Context, news int64, to []string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	i := slices.IndexFunc(b.news, func(n News) bool { return n.ID == news })
	n := b.news[i]
	b.news = slices.Delete(b.news, i, i+1)
	b.routed[fmt.Sprint("news ", news)] = to
	for _, name := range to {
		b.rows = append(b.rows, &row{Delivery: Delivery{ID: fmt.Sprintf("n%d%s", news, name), Destination: name, News: &n}})
	}
	return nil
}

func (b *box) Claim(_ context.Context, destination string, now time.Time, lease time.Duration, limit int) ([]Delivery, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fails("Claim"); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(b.off, func(o Off) bool { return o.Destination == destination }) {
		return nil, nil
	}
	var ds []Delivery
	for _, r := range b.rows {
		if r.Destination != destination || r.state != "" {
			continue
		}
		if waits := r.due.After(now) || r.leased.After(now); waits && (r.story != 0 && r.Attempts == 0 || r.Attempts >= Patience) {
			continue
		} else if waits || len(ds) == limit {
			break
		}
		r.leased = now.Add(lease)
		d := r.Delivery
		if d.Alert != nil {
			a := *d.Alert
			d.Alert = &a
		}
		r.Attempts++
		if r.FirstTried.IsZero() {
			r.FirstTried, r.told = now, now
		}
		ds = append(ds, d)
	}
	return ds, nil
}

// mark changes a row and ends its lease.
func (b *box) mark(method, id string, change func(*row)) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fails(method); err != nil {
		return err
	}
	i := slices.IndexFunc(b.rows, func(r *row) bool { return r.ID == id })
	b.rows[i].leased = time.Time{}
	change(b.rows[i])
	return nil
}

func (b *box) Sent(_ context.Context, id, message string, at time.Time) error {
	return b.mark("Sent", id, func(r *row) {
		r.state, r.message, r.told = "sent", message, at
		for _, next := range b.rows {
			if r.story != 0 && next.story == r.story && next.Destination == r.Destination && next.state == "" && next.Attempts == 0 && next.due.Before(at.Add(GatherFor)) {
				next.due = at.Add(GatherFor)
			}
		}
	})
}

func (b *box) Postpone(_ context.Context, id string, next time.Time, why string) error {
	return b.mark("Postpone", id, func(r *row) { r.due, r.why = next, why })
}

func (b *box) Fail(_ context.Context, id, why string) error {
	return b.mark("Fail", id, func(r *row) { r.state, r.why = "failed", why })
}

func (b *box) SwitchOff(_ context.Context, o Off) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.fails("SwitchOff"); err != nil {
		return err
	}
	b.off = append(b.off, o)
	return nil
}

func (b *box) SwitchOn(_ context.Context, destination string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.off = slices.DeleteFunc(b.off, func(o Off) bool { return o.Destination == destination })
	return nil
}

func (b *box) SwitchedOff(context.Context) ([]Off, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return slices.Clone(b.off), nil
}

// states returns what became of each delivery, such as "d1a sent".
func (b *box) states() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []string
	for _, r := range b.rows {
		state := r.state
		if state == "" {
			state = "waits"
		}
		out = append(out, r.ID+" "+state)
	}
	return out
}
