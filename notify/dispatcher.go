package notify

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Config is what a Dispatcher is made of.
type Config struct {
	Outbox       Outbox
	Destinations []Destination
	Routes       []Route
	Operator     []string // destinations that news for the operator goes to
	// BaseURL is where the history pages are reached, such as
	// "https://stet.example"; "" without pages.
	BaseURL string
	Log     *slog.Logger // nil logs nothing

	// Poll is how often the outbox is looked at without being woken, for
	// changes that another process made; 0 means 5 s.
	Poll time.Duration
	// SendLimit is the most time that one Send may take; 0 means 45 s. A
	// delivery is leased to this process for a little longer, which is how
	// long it waits if the process is killed while sending.
	SendLimit time.Duration
	// StopGrace is the time that a Send under way has to finish once Run is
	// told to stop; 0 means 5 s.
	StopGrace time.Duration
}

// A Dispatcher routes changes to destinations and sends the deliveries. One
// lane a destination keeps them in order and a slow destination from holding
// up the others. Make one with [NewDispatcher].
type Dispatcher struct {
	Config
	routing Routing
	lanes   []*lane
	wake    chan struct{}
	routeMu sync.Mutex // Run and Flush may be called at the same time
}

// batch is how many changes are read from the outbox at a time.
const batch = 100

// NewDispatcher makes a Dispatcher, or says what is wrong with its config.
func NewDispatcher(c Config) (*Dispatcher, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Poll = orDefault(c.Poll, 5*time.Second)
	c.SendLimit = orDefault(c.SendLimit, 45*time.Second)
	c.StopGrace = orDefault(c.StopGrace, 5*time.Second)
	d := &Dispatcher{Config: c, wake: make(chan struct{}, 1)}
	var errs []error
	for _, dest := range c.Destinations {
		if slices.Contains(d.routing.Destinations, dest.Name) {
			errs = append(errs, fmt.Errorf("two destinations are called %q; give each its own name", dest.Name))
		}
		d.routing.Destinations = append(d.routing.Destinations, dest.Name)
		d.lanes = append(d.lanes, newLane(d, dest))
	}
	d.routing.Routes = c.Routes
	errs = append(errs, d.routing.Validate())
	for _, name := range c.Operator {
		if !slices.Contains(d.routing.Destinations, name) {
			errs = append(errs, fmt.Errorf("operator: no destination is called %q; there is %s", name, orNothing(d.routing.Destinations)))
		}
	}
	if u, err := url.Parse(c.BaseURL); c.BaseURL != "" && (err != nil || u.Host == "") {
		errs = append(errs, fmt.Errorf("base URL %q is no address; it looks like https://stet.example", c.BaseURL))
	}
	d.BaseURL = strings.TrimRight(c.BaseURL, "/")
	return d, errors.Join(errs...)
}

func orDefault(d, def time.Duration) time.Duration {
	if d <= 0 {
		return def
	}
	return d
}

// Routing returns how this Dispatcher decides where a change goes.
func (d *Dispatcher) Routing() Routing { return d.routing }

// Wake makes Run look at the outbox at once. It never blocks.
func (d *Dispatcher) Wake() { kick(d.wake) }

func kick(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// Run routes and sends until ctx ends. Then a Send under way has StopGrace to
// finish; one that does not is given back to the outbox. Run returns nil once
// nothing of it runs any more.
func (d *Dispatcher) Run(ctx context.Context) error {
	d.switchOn(ctx)
	var wg sync.WaitGroup
	for _, l := range d.lanes {
		wg.Go(func() { l.run(ctx) })
	}
	tick := time.NewTicker(d.Poll)
	defer tick.Stop()
	for ctx.Err() == nil {
		if err := d.route(ctx); err != nil && ctx.Err() == nil {
			d.Log.ErrorContext(ctx, "changes could not be routed, trying again", "err", err)
		}
		for _, l := range d.lanes {
			kick(l.wake)
		}
		select {
		case <-ctx.Done():
		case <-d.wake:
		case <-tick.C:
		}
	}
	wg.Wait()
	return nil
}

// Flush routes everything, sends what is due, and returns. Where a
// destination asks to wait a few seconds, it waits. The error says what could
// not be sent; it stays in the outbox, as do updates that gather.
func (d *Dispatcher) Flush(ctx context.Context) error {
	d.switchOn(ctx)
	if err := d.route(ctx); err != nil {
		return err
	}
	errs := make([]error, len(d.lanes))
	var wg sync.WaitGroup
	for i, l := range d.lanes {
		wg.Go(func() { errs[i] = l.flush(ctx) })
	}
	wg.Wait()
	return errors.Join(errs...)
}

// switchOn lets destinations go that were switched off and whose settings
// have changed since.
func (d *Dispatcher) switchOn(ctx context.Context) {
	offs, err := d.Outbox.SwitchedOff(ctx)
	if err != nil {
		d.Log.ErrorContext(ctx, "destinations that are switched off could not be read", "err", err)
		return
	}
	for _, off := range offs {
		i := slices.IndexFunc(d.Destinations, func(dest Destination) bool { return dest.Name == off.Destination })
		if i < 0 {
			continue
		}
		log := d.Log.With("destination", off.Destination)
		if d.Destinations[i].Fingerprint == off.Fingerprint {
			log.WarnContext(ctx, "destination is switched off; its deliveries are kept until its settings change", "why", off.Why, "since", off.At)
			continue
		}
		if err := d.Outbox.SwitchOn(ctx, off.Destination); err != nil {
			log.ErrorContext(ctx, "destination could not be switched on", "err", err)
			continue
		}
		log.InfoContext(ctx, "destination has new settings and is switched on again")
	}
}

// route turns every change and every piece of news that is not routed yet
// into deliveries.
func (d *Dispatcher) route(ctx context.Context) error {
	d.routeMu.Lock()
	defer d.routeMu.Unlock()
	for more := true; more; {
		alerts, err := d.Outbox.Unrouted(ctx, batch)
		if err != nil {
			return fmt.Errorf("read changes to route: %w", err)
		}
		for _, a := range alerts {
			if err := d.routeOne(ctx, a); err != nil {
				return err
			}
		}
		more = len(alerts) == batch
	}
	return d.routeNews(ctx)
}

func (d *Dispatcher) routeOne(ctx context.Context, a Alert) error {
	if unknown := d.routing.Unknown(a); len(unknown) > 0 {
		d.Log.WarnContext(ctx, "a watch names destinations that are not configured", "watch", a.Watch, "url", a.URL, "unknown", unknown)
	}
	to := d.routing.To(a)
	why := d.routing.Explain(a)
	var err error
	if a.Gathers() {
		err = d.Outbox.Gather(ctx, a.ID, to, why, time.Now())
	} else {
		err = d.Outbox.Route(ctx, a.ID, to, why)
	}
	if err != nil {
		return fmt.Errorf("route change %d: %w", a.ID, err)
	}
	d.Log.DebugContext(ctx, "change routed", "change", a.ID, "to", to, "gathers", a.Gathers())
	return nil
}

func (d *Dispatcher) routeNews(ctx context.Context) error {
	for more := true; more; {
		news, err := d.Outbox.UnroutedNews(ctx, batch)
		if err != nil {
			return fmt.Errorf("read news to route: %w", err)
		}
		for _, n := range news {
			if err := d.Outbox.RouteNews(ctx, n.ID, d.Operator); err != nil {
				return fmt.Errorf("route news %d: %w", n.ID, err)
			}
		}
		more = len(news) == batch
	}
	return nil
}

// linkAll gives a delivery's alerts the addresses of their history pages.
func (d *Dispatcher) linkAll(delivery Delivery) {
	d.link(delivery.Alert)
	for i := range delivery.Gathered {
		d.link(&delivery.Gathered[i])
	}
}

func (d *Dispatcher) link(a *Alert) {
	if a == nil || d.BaseURL == "" {
		return
	}
	a.Story = d.BaseURL + "/story/" + strconv.FormatInt(a.Watch, 10)
	a.Diff = d.BaseURL + "/diff/" + strconv.FormatInt(a.ID, 10)
}
