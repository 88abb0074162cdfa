package web

import (
	"context"
	"fmt"
	"strings"

	"stet/notify"
	"stet/watcher"
)

// A trail is how something came about, step by step, as a page shows it.
type trail struct {
	Head  string
	Steps []trailStep
}

// A trailStep is one thing that was done, and what came of it.
type trailStep struct {
	Name    string
	Details []string
}

// add adds a detail, to the last step if that has the same name.
func (t *trail) add(name, detail string) {
	if n := len(t.Steps); n > 0 && t.Steps[n-1].Name == upperFirst(name) {
		t.Steps[n-1].Details = append(t.Steps[n-1].Details, detail)
		return
	}
	t.Steps = append(t.Steps, trailStep{upperFirst(name), []string{detail}})
}

func (t *trail) addSteps(steps []watcher.Step) {
	for _, s := range steps {
		t.add(s.Name, s.Detail)
	}
}

// lookTrail says how the latest look at a watch came about; it has no steps
// before the first.
func (s *Server) lookTrail(ctx context.Context, watch int64) (trail, error) {
	steps, at, err := s.library.Steps(ctx, watch)
	if err != nil {
		return trail{}, fmt.Errorf("read the latest look at watch %d: %w", watch, err)
	}
	t := trail{Head: "How the look of " + s.near(at).Text + " went, step by step"}
	t.addSteps(steps)
	return t, nil
}

// changeTrail says how a change was found, judged, kept, routed and delivered,
// or why it was not.
func (s *Server) changeTrail(ctx context.Context, a notify.Alert, history []watcher.Entry) (trail, error) {
	t := trail{Head: "Every step, from fetch to delivery"}
	steps, err := s.library.ChangeSteps(ctx, a.ID)
	if err != nil {
		return t, fmt.Errorf("read the steps of change %d: %w", a.ID, err)
	}
	if t.addSteps(steps); len(steps) == 0 {
		t.add("look", "found by a stet that did not keep its steps")
	}
	for _, e := range history {
		if e.Revision.Number == a.To && a.From != a.To {
			t.add("kept", e.Revision.Kept())
		}
	}
	if err := s.addRouted(ctx, &t, a.ID); err != nil {
		return t, err
	}
	former, err := s.library.FormerVerdicts(ctx, a.ID)
	if err != nil {
		return t, fmt.Errorf("read the former verdicts on change %d: %w", a.ID, err)
	}
	for _, f := range former {
		t.add("judged anew", s.full(f.At).Text+": "+f.String())
	}
	if len(former) > 0 || len(steps) == 0 {
		for _, r := range a.Change.Rules() {
			t.add("judged now", r.String())
		}
	}
	return t, nil
}

// addRouted adds where a change went and how far it came.
func (s *Server) addRouted(ctx context.Context, t *trail, change int64) error {
	routed, err := s.library.Routed(ctx, change)
	if err != nil {
		return fmt.Errorf("read where change %d went: %w", change, err)
	}
	for _, text := range routed.Explain() {
		t.add("routed", text)
	}
	for _, d := range routed.Deliveries {
		var when []string
		if !d.FirstTried.IsZero() {
			when = append(when, "first tried "+s.full(d.FirstTried).Text)
		}
		if !d.Sent.IsZero() {
			when = append(when, "accepted "+s.full(d.Sent).Text)
		}
		if d.State == notify.Waiting && d.Gathers {
			when = append(when, "until "+s.full(d.Due).Text)
		}
		text := d.String()
		if len(when) > 0 {
			text += " (" + strings.Join(when, ", ") + ")"
		}
		t.add("delivered", text)
	}
	return nil
}
