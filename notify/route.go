package notify

import (
	"errors"
	"fmt"
	"slices"
)

// A Route sends the changes that match to destinations. A route without a
// match is the default route: it sends what [compare.Change.Told] says is to
// be told.
type Route struct {
	To    []string `toml:"to"` // destination names
	Match Match    `toml:"match"`
}

// Routing is what decides where a change goes: every matching route sends,
// and the destinations that the watch names come in addition. Without any
// route, the watch's destinations get what the default route tells, or else
// every destination does. A destination gets a change once.
type Routing struct {
	Routes       []Route
	Destinations []string // the names of all that are configured, in order
}

// A Decision says whether a change goes to a destination on account of one
// route, or of the watch's own list, and why.
type Decision struct {
	Destination string   `json:"destination"`
	Route       int      `json:"route"` // counted from 1 in the order of the config; 0 for the watch's own and for no route at all
	Sends       bool     `json:"sends"`
	Reasons     []Reason `json:"reasons"`
}

// Validate reports every route that cannot work.
func (r Routing) Validate() error {
	var errs []error
	for i, route := range r.Routes {
		if len(route.To) == 0 {
			errs = append(errs, fmt.Errorf("route %d: to names no destination", i+1))
		}
		for _, name := range route.To {
			if !slices.Contains(r.Destinations, name) {
				errs = append(errs, fmt.Errorf("route %d: no destination is called %q; there is %s", i+1, name, orNothing(r.Destinations)))
			}
		}
		if err := route.Match.Validate(); err != nil {
			errs = append(errs, fmt.Errorf("route %d: %w", i+1, err))
		}
	}
	return errors.Join(errs...)
}

// To returns the destinations a change goes to, each once, in the order of
// the config.
func (r Routing) To(a Alert) []string {
	to := map[string]bool{}
	for _, d := range r.Explain(a) {
		if d.Sends {
			to[d.Destination] = true
		}
	}
	var names []string
	for _, name := range r.Destinations {
		if to[name] {
			names = append(names, name)
		}
	}
	return names
}

// Explain returns a decision for each destination of each route and of the
// watch itself.
func (r Routing) Explain(a Alert) []Decision {
	var ds []Decision
	for i, route := range r.Routes {
		sends, why := route.Match.Explain(a)
		for _, name := range route.To {
			ds = append(ds, Decision{name, i + 1, sends, why})
		}
	}
	own := r.own(a)
	told, why := Match{}.Explain(a)
	switch {
	case len(own) > 0:
		return append(ds, decide(own, told, append(why, Reason{"to", true, "the watch names the destination"}))...)
	case len(r.Routes) == 0:
		return append(ds, decide(r.Destinations, told, append(why, Reason{"to", true, "no route is configured, so every destination is told"}))...)
	}
	return ds
}

// Unknown returns the destinations that the watch names and nobody has
// configured. If all are unknown, the change goes where it would go without.
func (r Routing) Unknown(a Alert) []string {
	return slices.DeleteFunc(slices.Clone(a.WatchTo), func(name string) bool { return slices.Contains(r.Destinations, name) })
}

// own returns the configured destinations that the watch names.
func (r Routing) own(a Alert) []string {
	return slices.DeleteFunc(slices.Clone(a.WatchTo), func(name string) bool { return !slices.Contains(r.Destinations, name) })
}

func decide(names []string, sends bool, why []Reason) []Decision {
	var ds []Decision
	for _, name := range names {
		ds = append(ds, Decision{name, 0, sends, why})
	}
	return ds
}

func orNothing(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return list(names)
}
