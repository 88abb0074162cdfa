// Package newsroom is the invented press that `stet demo` watches: outlets,
// stories and pages written for stet, served on loopback, and edited by a
// script while stet looks.
//
// [New] opens a newsroom, [Newsroom.Handler] serves it, and [Newsroom.Run]
// plays the script at its pace (or [Newsroom.Advance] a step at a time). Every
// request gets other noise: adverts, counters, related and most-read lists,
// tokens, class names, white space, promotion lines. The story's words move
// only when a [Step] moves them, and [Newsroom.Expected] says what stet must
// make of each step; [Score] compares that with what it told.
//
// A story's text exists once, in stories/; how its page looks is in layouts/,
// the noise of each language in filler/. The script is the table in script.go.
package newsroom

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Options say how a newsroom is opened.
type Options struct {
	// Seed fixes the noise: the same seed gives the same pages for the same
	// order of requests.
	Seed uint64
	// Start is the newsroom's time when the script begins. Stories are dated
	// back from it, and a step's stamp is Start plus the step's At.
	Start time.Time
	// Pace stretches the script: 2 takes twice as long. Zero is 1.
	Pace float64
}

// A Newsroom is a set of outlets whose stories are edited by a script. It is
// safe for use by many goroutines.
type Newsroom struct {
	seed     uint64
	start    time.Time
	press    *press
	steps    []Step
	requests atomic.Uint64

	mu   sync.RWMutex
	now  map[string]version // by slug
	next int                // the step to be played
}

// New opens a newsroom with every story as first published. It returns an
// error if the embedded stories, layouts and script do not fit together.
func New(o Options) (*Newsroom, error) {
	if o.Start.IsZero() {
		return nil, fmt.Errorf("open newsroom: Options.Start is zero; give the time at which the script begins")
	}
	if o.Pace < 0 {
		return nil, fmt.Errorf("open newsroom: Options.Pace is %g; it is at least 0", o.Pace)
	}
	p, err := loadPress()
	if err != nil {
		return nil, fmt.Errorf("open newsroom: %w", err)
	}
	n := &Newsroom{
		seed:  o.Seed,
		start: o.Start.Truncate(time.Second),
		press: p,
		steps: script(cmp.Or(o.Pace, 1)),
		now:   make(map[string]version, len(p.stories)),
	}
	for slug, s := range p.stories {
		n.now[slug] = s.first(n.start)
	}
	if err := n.rehearse(); err != nil {
		return nil, fmt.Errorf("open newsroom: %w", err)
	}
	return n, nil
}

// rehearse plays the script on copies, so that a step that does not fit its
// story is found before anything is served.
func (n *Newsroom) rehearse() error {
	trial := make(map[string]version, len(n.now))
	for slug, v := range n.now {
		trial[slug] = v
	}
	for _, st := range n.steps {
		v, ok := trial[st.Story]
		if !ok {
			return fmt.Errorf("step at %s: no story %q", st.At, st.Story)
		}
		v, err := st.apply(v, n.start)
		if err != nil {
			return fmt.Errorf("step at %s, story %s: %w", st.At, st.Story, err)
		}
		trial[st.Story] = v
	}
	return nil
}

// Stories lists what can be watched, ordered by path.
func (n *Newsroom) Stories() []Story { return n.press.list() }

// Script returns the steps in the order they are played.
func (n *Newsroom) Script() []Step { return slices.Clone(n.steps) }

// Length is the time from the script's begin to its last step.
func (n *Newsroom) Length() time.Duration { return n.steps[len(n.steps)-1].At }

// Advance plays the next step and returns it, or false when the script is
// through.
func (n *Newsroom) Advance() (Step, bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.next == len(n.steps) {
		return Step{}, false
	}
	st := n.steps[n.next]
	v, err := st.apply(n.now[st.Story], n.start)
	if err != nil {
		// New has rehearsed this very sequence.
		panic(fmt.Sprintf("newsroom: step at %s: %v", st.At, err))
	}
	n.now[st.Story] = v
	n.next++
	return st, true
}

// Run plays what is left of the script, each step at its time counted from
// the call, and tells played of each one after it took effect. It returns nil
// when the script is through and the context's error when that ends first.
func (n *Newsroom) Run(ctx context.Context, played func(Step)) error {
	begin := time.Now()
	for {
		n.mu.RLock()
		i := n.next
		n.mu.RUnlock()
		if i == len(n.steps) {
			return nil
		}
		wait := time.NewTimer(n.steps[i].At - time.Since(begin))
		select {
		case <-ctx.Done():
			wait.Stop()
			return ctx.Err()
		case <-wait.C:
		}
		if st, ok := n.Advance(); ok {
			played(st)
		}
	}
}

// current is a story's version as it is served now.
func (n *Newsroom) current(slug string) version {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return n.now[slug]
}
