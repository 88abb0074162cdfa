package watcher

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"strings"
	"sync"
	"time"
)

// A Runner claims due watches and has them looked at, host by host: looks at
// one host wait for each other as politeness asks, and hosts do not wait for
// each other.
type Runner struct {
	Checker *Checker
	Queue   Queue
	Log     *slog.Logger

	Tick    time.Duration // how often due watches are claimed; default 500 ms
	Workers int           // looks at once; default 256
	PerHost int           // looks at once at one host; default 2

	// Looked is told of every look that was kept; it must not block.
	Looked func(Look, []Change)
}

// The queue hands out claimLimit watches at a time, and no more than mostHeld
// are held at once. A claim lasts lease, which is how long a watch waits if the
// process is killed; a look that could not start within startWithin is given
// back and claimed anew, and one that did has lookTime.
const (
	claimLimit  = 500
	mostHeld    = 4000
	lease       = 90 * time.Second
	startWithin = 20 * time.Second
	lookTime    = 60 * time.Second
	// drain is how long looks under way may take to end when the runner stops.
	drain = 6 * time.Second
)

// Run looks at due watches until ctx ends. Then it claims no more, lets looks
// under way end for a few seconds, gives the rest back, and returns nil.
func (r *Runner) Run(ctx context.Context) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	lanes := newLanes(r.PerHost, r.Workers)
	ticker := time.NewTicker(r.tick())
	defer ticker.Stop()
	for ctx.Err() == nil {
		full := r.claim(ctx, working, lanes)
		if full {
			continue // more is due already
		}
		select {
		case <-ctx.Done():
		case <-ticker.C:
		}
	}
	r.release(r.Log, lanes.close()...)
	timer := time.AfterFunc(drain, stop)
	defer timer.Stop()
	lanes.wait()
	return nil
}

func (r *Runner) tick() time.Duration {
	if r.Tick > 0 {
		return r.Tick
	}
	return 500 * time.Millisecond
}

// claim takes due watches and puts them into their hosts' lanes. It reports
// whether more may be due.
func (r *Runner) claim(ctx, working context.Context, lanes *lanes) (full bool) {
	room := min(claimLimit, mostHeld-lanes.held())
	if room <= 0 {
		return false
	}
	now := r.Checker.Now()
	watches, err := r.Queue.Claim(ctx, now, lease, room)
	if err != nil {
		if ctx.Err() == nil {
			r.Log.Error("claim due watches", "err", err)
		}
		return false
	}
	for _, w := range watches {
		lanes.add(host(w.URL), w, func() {
			if r.Checker.Now().Sub(now) > startWithin {
				r.release(r.Log, append(lanes.drain(host(w.URL)), w)...)
				return
			}
			r.check(working, w)
		})
	}
	return len(watches) == room
}

// host returns what politeness is owed to: a URL's host and port.
func host(raw string) string {
	u, err := url.Parse(raw)
	if err != nil {
		return raw
	}
	return strings.ToLower(u.Host)
}

// check looks at one watch that was claimed.
func (r *Runner) check(ctx context.Context, w Watch) {
	log := r.Log.With("watch", w.ID, "url", w.URL)
	if ctx.Err() != nil {
		r.release(log, w)
		return
	}
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	l, changes, err := r.Checker.Check(ctx, w)
	var postponed *PostponedError
	switch {
	case errors.As(err, &postponed):
		log.Debug("look postponed", "until", postponed.Until, "reason", postponed.Err.Error())
		w.NextCheck = postponed.Until
		r.release(log, w)
		return
	case errors.Is(err, ErrLeaseLost):
		log.Info("look not kept", "reason", ErrLeaseLost.Error())
		return
	case err != nil && ctx.Err() != nil:
		log.Info("look broken off", "reason", ctx.Err().Error())
		r.release(log, w)
		return
	case err != nil:
		log.Error("look failed", "err", err)
		return
	}
	r.report(log, l, changes)
	if r.Looked != nil {
		r.Looked(l, changes)
	}
}

// release gives watches back, in one go.
func (r *Runner) release(log *slog.Logger, ws ...Watch) {
	if len(ws) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := r.Queue.Release(ctx, ws); err != nil {
		log.Warn("give back watches not looked at", "watches", len(ws), "err", err)
	}
}

// report logs what came of a look: what people would act on as information,
// the rest only for debugging.
func (r *Runner) report(log *slog.Logger, l Look, changes []Change) {
	log = log.With("result", l.Result, "took", l.Took.Round(time.Millisecond))
	for _, c := range changes {
		log.Info("change kept", "change", c.ID, "from", c.From, "to", c.To, "weight", c.Weight, "nature", c.Nature,
			"disclosure", c.Disclosure, "silent", c.Silent, "told", c.Told)
	}
	switch {
	case l.News != "":
		log.Warn(l.News, "failure", l.Watch.LastFailure)
	case l.Result == Failed || l.Result == Quarantined || l.Result == Refused:
		log.Info("no article", "reason", l.Reason, "failure", l.Watch.LastFailure, "next", l.Watch.NextCheck)
	default:
		log.Debug("looked", "reason", l.Reason, "next", l.Watch.NextCheck)
	}
}

// lanes run jobs, at most some at once for a host and some in all.
type lanes struct {
	perHost int
	slots   chan struct{} // one for each job that runs

	mu    sync.Mutex
	hosts map[string]*lane
	count int // jobs waiting or running
	all   sync.WaitGroup
}

// A lane is one host's jobs.
type lane struct {
	waiting []job
	running int
}

type job struct {
	watch Watch
	run   func()
}

func newLanes(perHost, workers int) *lanes {
	if perHost <= 0 {
		perHost = 2
	}
	if workers <= 0 {
		workers = 256
	}
	return &lanes{perHost: perHost, slots: make(chan struct{}, workers), hosts: map[string]*lane{}}
}

// add puts a job at the end of its host's lane.
func (s *lanes) add(host string, w Watch, run func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.hosts[host]
	if l == nil {
		l = &lane{}
		s.hosts[host] = l
	}
	l.waiting = append(l.waiting, job{w, run})
	s.count++
	if l.running < s.perHost {
		l.running++
		s.all.Go(func() { s.serve(host, l) })
	}
}

// serve runs a lane's jobs one after another until none waits.
func (s *lanes) serve(host string, l *lane) {
	for {
		j, ok := s.next(host, l)
		if !ok {
			return
		}
		s.slots <- struct{}{}
		j.run()
		<-s.slots
		s.mu.Lock()
		s.count--
		s.mu.Unlock()
	}
}

func (s *lanes) next(host string, l *lane) (job, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(l.waiting) == 0 {
		l.running--
		if l.running == 0 {
			delete(s.hosts, host)
		}
		return job{}, false
	}
	j := l.waiting[0]
	l.waiting = l.waiting[1:]
	return j, true
}

// held returns how many jobs wait or run.
func (s *lanes) held() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.count
}

// close takes out the jobs that were not started and returns their watches.
func (s *lanes) close() []Watch {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Watch
	for _, l := range s.hosts {
		out = append(out, s.take(l)...)
	}
	return out
}

// drain does so for one host.
func (s *lanes) drain(host string) []Watch {
	s.mu.Lock()
	defer s.mu.Unlock()
	l := s.hosts[host]
	if l == nil {
		return nil
	}
	return s.take(l)
}

// take empties a lane; s.mu is held.
func (s *lanes) take(l *lane) []Watch {
	var out []Watch
	for _, j := range l.waiting {
		out = append(out, j.watch)
	}
	s.count -= len(l.waiting)
	l.waiting = nil
	return out
}

// wait returns when no job runs.
func (s *lanes) wait() { s.all.Wait() }
