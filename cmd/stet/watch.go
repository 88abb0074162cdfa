package main

import (
	"context"
	"errors"
	"fmt"
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
