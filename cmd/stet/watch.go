package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/store"
	"stet/watcher"
	"stet/watcher/fetch"
	"stet/watcher/schedule"
)

func (a *app) watchCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "watch",
		Short: "Add, change, list, pause, resume and remove watched stories",
		Example: `  stet watch add https://outlet.example/story --tag city
  stet watch list
  stet watch show https://outlet.example/story`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.watchAddCommand(), a.watchSetCommand(), a.watchListCommand(), a.watchShowCommand(),
		a.watchStateCommand("pause", "Stop looking at stories until they are resumed", watcher.Paused),
		a.watchStateCommand("resume", "Look at paused stories again", watcher.Active),
		a.watchStateCommand("remove", "Stop watching stories and keep their history", watcher.Removed),
		a.watchImportCommand())
	return cmd
}

// watchFlags are what a user says of a watch.
type watchFlags struct {
	schedule string
	tags     []string
	label    string
	to       []string
}

func (f *watchFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.schedule, "schedule", "", "when to look: a cron `spec` (\"*/10 * * * *\", \"@every 5m\", \"@hourly\", CRON_TZ=… before it) or \"adaptive\" (default: the config's)")
	cmd.Flags().StringArrayVar(&f.tags, "tag", nil, "`tag` to find and route it by; may be given again")
	cmd.Flags().StringVar(&f.label, "label", "", "your own name for it")
	cmd.Flags().StringArrayVar(&f.to, "to", nil, "`destination` its alerts go to besides the routes'; may be given again")
}

// apply writes the flags that were given into a watch, after checking them.
func (f *watchFlags) apply(cmd *cobra.Command, cfg *config.Config, w *watcher.Watch) error {
	changed := cmd.Flags().Changed
	if changed("schedule") {
		if f.schedule != "" {
			if _, err := schedule.Parse(f.schedule, cfg.Schedule.Zone); err != nil {
				return fmt.Errorf("--schedule: %w", err)
			}
		}
		w.Schedule = f.schedule
	}
	if changed("label") {
		w.Label = strings.TrimSpace(f.label)
	}
	if changed("tag") {
		w.Tags = cleanTags(f.tags)
	}
	if changed("to") {
		for _, name := range f.to {
			if name != "" && !slices.Contains(cfg.DestinationNames(), name) {
				return fmt.Errorf("--to: there is no destination %q; the config has: %s", name, orNone(cfg.DestinationNames()))
			}
		}
		w.To = slices.DeleteFunc(slices.Clone(f.to), func(s string) bool { return s == "" })
	}
	return nil
}

func cleanTags(tags []string) []string {
	var out []string
	for _, t := range tags {
		if t = strings.TrimSpace(t); t != "" {
			out = append(out, t)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func orNone(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	return strings.Join(list, ", ")
}

func (a *app) watchAddCommand() *cobra.Command {
	var flags watchFlags
	cmd := &cobra.Command{
		Use:     "add URL…",
		Short:   "Start watching stories",
		Example: `  stet watch add https://outlet.example/story --schedule "@every 10m" --tag city`,
		Args:    cobra.MinimumNArgs(1),
	}
	flags.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, urls []string) error {
		cfg, db, c, err := a.openToAdd(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		defer c.Close()
		var problems []error
		for _, raw := range urls {
			w := watcher.Watch{}
			if err := flags.apply(cmd, cfg, &w); err != nil {
				return err
			}
			w, added, err := addWatch(cmd.Context(), db, c, raw, w)
			if err != nil {
				problems = append(problems, err)
				continue
			}
			a.sayAdded(raw, w, added)
		}
		return errors.Join(problems...)
	}
	return cmd
}

// openToAdd opens the store, and the client whose guard judges what is added.
func (a *app) openToAdd(ctx context.Context) (*config.Config, *store.DB, *fetch.Client, error) {
	cfg, db, err := a.open(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	c, err := client(cfg, quiet())
	if err != nil {
		return nil, nil, nil, errors.Join(err, db.Close())
	}
	return cfg, db, c, nil
}

// addWatch starts watching a URL that the client's guard lets pass; w holds
// what the user says of it.
func addWatch(ctx context.Context, db *store.DB, c *fetch.Client, raw string, w watcher.Watch) (watcher.Watch, bool, error) {
	address, err := guarded(c, raw)
	if err != nil {
		return watcher.Watch{}, false, err
	}
	return db.AddWatch(ctx, newWatch(address, w))
}

// newWatch returns a watch of an address that is due now; said holds what the
// user says of it.
func newWatch(address watcher.Address, said watcher.Watch) watcher.Watch {
	w, now := said, time.Now()
	w.URL, w.Key, w.State, w.Added, w.NextCheck = address.URL, address.Key, watcher.Active, now, now
	return w
}

// guarded reads the URL of a story that is to be fetched.
func guarded(c *fetch.Client, raw string) (watcher.Address, error) {
	if _, err := c.ParseURL(strings.TrimSpace(raw)); err != nil {
		return watcher.Address{}, err
	}
	return watcher.ParseAddress(raw)
}

func (a *app) sayAdded(raw string, w watcher.Watch, added bool) {
	switch {
	case !added && raw == w.URL:
		a.printf("already watched: %s\n", plain(w.URL))
	case !added:
		a.printf("already watched as %s\n", plain(w.URL))
	default:
		a.printf("watching %s\n", plain(w.URL))
	}
}

func (a *app) watchSetCommand() *cobra.Command {
	var flags watchFlags
	cmd := &cobra.Command{
		Use:     "set URL…",
		Short:   "Change the schedule, tags, label or destinations of watched stories",
		Example: `  stet watch set https://outlet.example/story --schedule @hourly --label "the ferry fire"`,
		Args:    cobra.MinimumNArgs(1),
	}
	flags.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, urls []string) error {
		if cmd.Flags().NFlag() == 0 {
			return usagef("nothing to set: give --schedule, --tag, --label or --to")
		}
		cfg, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		return eachWatch(cmd.Context(), db, urls, func(w watcher.Watch) error {
			if err := flags.apply(cmd, cfg, &w); err != nil {
				return err
			}
			if cmd.Flags().Changed("schedule") {
				w.NextCheck = time.Now()
			}
			if err := db.SetWatch(cmd.Context(), w); err != nil {
				return err
			}
			a.printf("changed: %s\n", plain(w.URL))
			return nil
		})
	}
	return cmd
}

// eachWatch calls f for the watches of some URLs. It goes on after a failure
// and returns all of them.
func eachWatch(ctx context.Context, db *store.DB, urls []string, f func(watcher.Watch) error) error {
	var problems []error
	for _, raw := range urls {
		w, err := find(ctx, db, raw)
		if err == nil {
			err = f(w)
		}
		if err != nil {
			problems = append(problems, err)
		}
	}
	return errors.Join(problems...)
}

func (a *app) watchStateCommand(name, short string, state watcher.State) *cobra.Command {
	return &cobra.Command{
		Use:     name + " URL…",
		Short:   short,
		Example: "  stet watch " + name + " https://outlet.example/story",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, urls []string) error {
			_, db, err := a.open(cmd.Context())
			if err != nil {
				return err
			}
			defer db.Close()
			return eachWatch(cmd.Context(), db, urls, func(w watcher.Watch) error {
				if w.State == watcher.Removed && state != watcher.Removed {
					return fmt.Errorf("%s is no longer watched; stet watch add starts again", w.URL)
				}
				if err := db.SetState(cmd.Context(), w.ID, state, time.Now()); err != nil {
					return err
				}
				a.printf("%s: %s\n", state, plain(w.URL))
				return nil
			})
		},
	}
}

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
		ID: w.ID, URL: w.URL, Label: w.Label, State: string(w.State), Gone: w.Gone, Schedule: w.Schedule,
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
		line("Failure", "%s, %d in a row", w.LastFailure, w.Troubles)
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

func (a *app) watchImportCommand() *cobra.Command {
	var flags watchFlags
	cmd := &cobra.Command{
		Use:     "import FILE",
		Short:   "Start watching all stories of a plain list, one URL a line",
		Long:    "Start watching all stories of a plain list: one URL a line; empty lines and lines that start with # are left out.\nAll or nothing: a line that is refused is named with the reason, and nothing is added. \"-\" reads standard input.",
		Example: "  stet watch import stories.txt --tag city",
		Args:    cobra.ExactArgs(1),
	}
	flags.add(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, db, c, err := a.openToAdd(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		defer c.Close()
		var w watcher.Watch
		if err := flags.apply(cmd, cfg, &w); err != nil {
			return err
		}
		list, err := a.readList(args[0], c, w)
		if err != nil {
			return err
		}
		added := 0
		err = db.AddWatches(cmd.Context(), list, func(_ watcher.Watch, isNew bool) {
			if isNew {
				added++
			}
		})
		if err != nil {
			return err
		}
		a.printf("%d added, %d watched already\n", added, len(list)-added)
		return nil
	}
	return cmd
}

// maxList is the most a list of URLs may hold: a million lines of fair length.
const maxList = 200 << 20

// readList reads a plain list of URLs into watches of which said is said, and
// refuses it whole where one of them is wrong.
func (a *app) readList(file string, c *fetch.Client, said watcher.Watch) ([]watcher.Watch, error) {
	in := a.stdin
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	var list []watcher.Watch
	var problems []error
	lines := bufio.NewScanner(io.LimitReader(in, maxList))
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\ufeff"))
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		address, err := guarded(c, line)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s:%d: %w", file, n, err))
			continue
		}
		list = append(list, newWatch(address, said))
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read %s: %w", file, err)
	}
	if len(problems) > 0 {
		return nil, fmt.Errorf("nothing was added:\n%w", errors.Join(problems...))
	}
	return list, nil
}
