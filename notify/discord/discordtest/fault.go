package discordtest

import (
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// A FaultKind is a way in which a request goes wrong.
type FaultKind int

// The kinds of fault.
const (
	None        FaultKind = iota
	RouteLimit            // 429 for this route
	GlobalLimit           // 429 for everything, with the header that says so
	Banned                // 429 without JSON, as a proxy answers a banned address
	Fails                 // an answer with Fault.Status, nothing accepted
	FailsAfter            // the same, but the message was accepted
	Drop                  // the connection breaks, nothing accepted
	DropAfter             // the connection breaks, but the message was accepted
	Slow                  // the answer comes after Fault.After
)

// A Fault is how one request goes wrong.
type Fault struct {
	Kind   FaultKind
	After  time.Duration // of a 429: when to try again; of Slow: the wait
	Status int           // of Fails and FailsAfter; 0 is 502
}

// Script makes the next posts go wrong, one fault each, in order.
func (s *Server) Script(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Chance asks f for the fault of each request to post or list messages that
// has no scripted one; nil ends that. The requests come concurrently.
func (s *Server) Chance(f func(*http.Request) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chance = f
}

// fault returns what is to go wrong with a request.
func (s *Server) fault(r *http.Request) Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case r.Method == http.MethodPost && len(s.faults) > 0:
		f := s.faults[0]
		s.faults = s.faults[1:]
		return f
	case s.chance != nil:
		return s.chance(r)
	}
	return Fault{}
}

// before makes a request go wrong before anything is accepted and reports
// whether that was its answer.
func (s *Server) before(w http.ResponseWriter, r *http.Request, f Fault) (answered bool) {
	switch f.Kind {
	case RouteLimit, GlobalLimit:
		s.rateLimited(w, f.After, f.Kind == GlobalLimit)
	case Banned:
		w.Header().Set("Retry-After", strconv.Itoa(int(f.After.Seconds()+0.999)))
		http.Error(w, "error code: 1015", http.StatusTooManyRequests)
		s.countInvalid()
	case Fails:
		f.fail(w)
	case Drop:
		panic(http.ErrAbortHandler)
	case Slow:
		wait(r, f.After)
		return false
	default:
		return false
	}
	return true
}

// after makes a request go wrong whose message was accepted.
func (f Fault) after(w http.ResponseWriter) (answered bool) {
	switch f.Kind {
	case FailsAfter:
		f.fail(w)
	case DropAfter:
		panic(http.ErrAbortHandler)
	default:
		return false
	}
	return true
}

func (f Fault) fail(w http.ResponseWriter) {
	status := f.Status
	if status == 0 {
		status = http.StatusBadGateway
	}
	http.Error(w, "upstream error", status)
}

func wait(r *http.Request, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-r.Context().Done():
	}
}

func (s *Server) countInvalid() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.invalid++
}

func (s *Server) rateLimited(w http.ResponseWriter, after time.Duration, global bool) {
	s.countInvalid()
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Retry-After", strconv.Itoa(int(after.Seconds()+0.999)))
	h.Set("X-RateLimit-Scope", "user")
	if global {
		h.Set("X-RateLimit-Global", "true")
		h.Set("X-RateLimit-Scope", "global")
	}
	w.WriteHeader(http.StatusTooManyRequests)
	_ = json.NewEncoder(w).Encode(map[string]any{"message": "You are being rate limited.", "retry_after": after.Seconds(), "global": global})
}

// admit counts a post to a channel or webhook, sets the headers of its limit,
// and answers 429 if that is used up.
func (s *Server) admit(w http.ResponseWriter, target string) bool {
	s.mu.Lock()
	limit, per := s.limit, s.per
	if limit == 0 {
		limit, per = 1000, time.Second
	}
	now := time.Now()
	win := s.windows[target]
	if win == nil || !win.reset.After(now) {
		win = &window{reset: now.Add(per)}
		s.windows[target] = win
	}
	win.used++
	left, reset := limit-win.used, win.reset
	s.mu.Unlock()

	h := w.Header()
	h.Set("X-RateLimit-Bucket", "post-"+strconv.Itoa(limit))
	h.Set("X-RateLimit-Limit", strconv.Itoa(limit))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(left, 0)))
	h.Set("X-RateLimit-Reset", strconv.FormatFloat(float64(reset.UnixMilli())/1000, 'f', 3, 64))
	h.Set("X-RateLimit-Reset-After", strconv.FormatFloat(reset.Sub(now).Seconds(), 'f', 3, 64))
	if left < 0 {
		s.rateLimited(w, reset.Sub(now), false)
		return false
	}
	return true
}
