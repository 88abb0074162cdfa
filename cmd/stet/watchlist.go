package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/watcher"
	"stet/watcher/schedule"
)

func (a *app) watchListCommand() *cobra.Command {
	var filter watcher.Filter
	var state string
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List watched stories",
		Example: "  stet watch list --tag city --state active",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().StringVar(&filter.Tag, "tag", "", "only those with this `tag`")
	cmd.Flags().StringVar(&state, "state", "", "only those in this `state`: active, paused or removed")
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		filter.State = watcher.State(state)
		if !slices.Contains([]watcher.State{"", watcher.Active, watcher.Paused, watcher.Removed}, filter.State) {
			return usagef("--state: %q is no state; there are active, paused and removed", state)
		}
		_, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		found, err := watches(cmd.Context(), db, filter)
		if err != nil {
			return err
		}
		if a.json {
			for _, w := range found {
				if err := a.printJSON(watchJSON(w)); err != nil {
					return err
				}
			}
			return nil
		}
		a.printWatches(found)
		return nil
	}
	return cmd
}

// watchRow is a watch in the JSON of `watch list` and `watch show`.
type watchRow struct {
	ID         int64    `json:"id"`
	URL        string   `json:"url"`
	Label      string   `json:"label,omitempty"`
	State      string   `json:"state"`
	Gone       bool     `json:"gone,omitempty"`
	Walled     bool     `json:"walled,omitempty"`
	Schedule   string   `json:"schedule"`
	Tags       []string `json:"tags"`
	To         []string `json:"to,omitempty"`
	NextCheck  *string  `json:"next_check"`
	LastCheck  *string  `json:"last_check"`
	LastResult *string  `json:"last_result"`
	LastReason string   `json:"last_reason,omitempty"`
	Failure    string   `json:"failure,omitempty"`
	Troubles   int      `json:"troubles,omitempty"`
	Pending    string   `json:"pending,omitempty"`
	MovedTo    string   `json:"moved_to,omitempty"`
	Upcoming   []string `json:"upcoming,omitempty"`
	Warnings   []string `json:"warnings,omitempty"`
}

func watchJSON(w watcher.Watch) watchRow {
	row := watchRow{
		ID: w.ID, URL: w.URL, Label: w.Label, State: string(w.State), Gone: w.Gone, Walled: w.Walled(), Schedule: w.Schedule,
		Tags: w.Tags, To: w.To, LastCheck: stamp(w.LastCheck), LastReason: w.LastReason,
		Failure: string(w.LastFailure), Troubles: w.Troubles, Pending: w.Pending.Reason, MovedTo: w.MovedTo,
	}
	if row.Schedule == "" {
		row.Schedule = "default"
	}
	if row.Tags == nil {
		row.Tags = []string{}
	}
	if w.State == watcher.Active {
		row.NextCheck = stamp(w.NextCheck)
	}
	if w.LastResult != "" {
		result := string(w.LastResult)
		row.LastResult = &result
	}
	return row
}

func (a *app) printWatches(watches []watcher.Watch) {
	if len(watches) == 0 {
		a.printf("No stories. stet watch add URL starts watching one.\n")
		return
	}
	for _, w := range watches {
		last := "not looked at yet"
		if w.LastResult != "" {
			last = fmt.Sprintf("%s at %s", w.LastResult, when(w.LastCheck))
		}
		state := string(w.State)
		if w.Gone {
			state += ", gone"
		} else if w.Walled() {
			state += ", walled"
		}
		a.printf("%4d  %-8s  %s\n      %s", w.ID, state, oneLine(w.Name(), 100), last)
		if w.Troubles > 0 {
			a.printf(" (%d in a row: %s)", w.Troubles, oneLine(w.LastReason, 120))
		}
		if len(w.Tags) > 0 {
			a.printf("  [%s]", plain(strings.Join(w.Tags, ", ")))
		}
		a.printf("\n")
	}
}

func (a *app) watchShowCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "show URL",
		Short:   "Show a watched story: its state, its last look in words, the next five times",
		Example: "  stet watch show https://outlet.example/story",
		Args:    cobra.ExactArgs(1),
	}
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		w, err := find(cmd.Context(), db, args[0])
		if err != nil {
			return err
		}
		spec, err := specOf(cfg, w)
		if err != nil {
			return err
		}
		upcoming := upcomingLooks(spec, w, 5)
		if a.json {
			row := watchJSON(w)
			row.Warnings = spec.Warnings(time.Now())
			for _, t := range upcoming {
				row.Upcoming = append(row.Upcoming, *stamp(t))
			}
			return a.printJSON(row)
		}
		a.printWatch(w, spec, upcoming)
		return nil
	}
	return cmd
}

// specOf returns the schedule spec that a watch follows.
func specOf(cfg *config.Config, w watcher.Watch) (schedule.Spec, error) {
	text := w.Schedule
	if text == "" {
		text = cfg.Schedule.Default
	}
	return keptSpec(cfg, text)
}

// upcomingLooks returns the next n times a watch is due: the one that is set,
// then those that its schedule gives.
func upcomingLooks(spec schedule.Spec, w watcher.Watch, n int) []time.Time {
	if w.State != watcher.Active {
		return nil
	}
	next := w.NextCheck
	if now := time.Now(); next.Before(now) {
		next = now
	}
	return append([]time.Time{next}, spec.Upcoming(n-1, next, w.Key, w.Published)...)
}

func (a *app) printWatch(w watcher.Watch, spec schedule.Spec, upcoming []time.Time) {
	line := func(name, format string, args ...any) {
		a.printf("%-12s %s\n", name+":", plain(fmt.Sprintf(format, args...)))
	}
	line("URL", "%s", w.URL)
	if w.Label != "" {
		line("Label", "%s", w.Label)
	}
	state := string(w.State)
	if w.Gone {
		state += ", gone: the address no longer serves the story"
	} else if w.Walled() {
		state += ", walled: a login, consent or captcha page stands in the story's place"
	}
	line("State", "%s", state)
	if w.MovedTo != "" {
		line("Moved to", "%s", w.MovedTo)
	}
	if len(w.Tags) > 0 {
		line("Tags", "%s", strings.Join(w.Tags, ", "))
	}
	if len(w.To) > 0 {
		line("To", "%s", strings.Join(w.To, ", "))
	}
	line("Added", "%s", when(w.Added))
	line("Last look", "%s", when(w.LastCheck))
	if w.LastResult != "" {
		line("Result", "%s: %s", w.LastResult, w.LastReason)
	}
	if w.LastFailure != "" {
		line("Failure", "%s", w.LastFailure)
	}
	if w.Troubles > 0 {
		line("In a row", "%d looks without an article", w.Troubles)
	}
	if w.Pending.Reason != "" {
		line("Waiting", "%s; found %s, to be seen once more", w.Pending.Reason, when(w.Pending.Since))
	}
	line("Last read", "%s", when(w.LastSeen))
	line("Looks", "%d", w.Checks)
	line("Schedule", "%s", spec)
	for _, warning := range spec.Warnings(time.Now()) {
		line("Note", "%s", warning)
	}
	for i, t := range upcoming {
		line(fmt.Sprintf("Next %d", i+1), "%s", when(t))
	}
}
