package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stet/cmd/stet/config"
	"stet/notify/console"
	"stet/notify/excerpt"
	"stet/store"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/fetch"
	"stet/watcher/schedule"
)

// An app is one run of the program: its streams and the flags that every
// command has.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer

	configFile string
	dbURL      string
	json       bool
}

func (a *app) rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "stet",
		Short: "Tells when a news story was changed after publication, what changed, and whether the publisher said so",
		Long: `stet re-fetches the addresses of news stories, reads the article out of each page,
compares it with the revision it kept, judges the edit (how heavy? disclosed or
silent?), keeps every revision as evidence, and tells Discord within seconds.

Start with "stet demo": it needs no network, no config and no account.`,
		Example: `  stet demo
  stet watch add https://outlet.example/story
  stet run`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			hint := ""
			if near := cmd.SuggestionsFor(args[0]); len(near) > 0 {
				hint = fmt.Sprintf("; did you mean %q?", near[0])
			}
			return usagef("there is no command %q%s (stet --help lists them)", args[0], hint)
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.PersistentFlags().StringVar(&a.configFile, "config", "", "config `file` (default: $STET_CONFIG, ./stet.toml, the user's config folder; none is needed)")
	root.PersistentFlags().StringVar(&a.dbURL, "db", "", "store, as `URL` (sqlite:PATH; default: the config's, else a file in the user's data folder)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usagef("%w (%s --help lists the flags)", err, cmd.CommandPath())
	})
	root.AddCommand(
		a.demoCommand(), a.runCommand(), a.watchCommand(), a.checkCommand(),
		a.historyCommand(), a.showCommand(), a.diffCommand(), a.whyCommand(),
		a.extractCommand(), a.compareCommand(), a.routeCommand(), a.replayCommand(),
		a.verifyCommand(), a.backupCommand(), a.restoreCommand(),
		a.statusCommand(), a.doctorCommand(), a.configCommand(), a.versionCommand(),
	)
	strict(root)
	return root
}

// strict makes every command answer wrong arguments as a usage error.
func strict(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usagef("%s: %w (see %s --help)", cmd.CommandPath(), err, cmd.CommandPath())
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		strict(sub)
	}
}

// addJSON gives a command the --json flag.
func (a *app) addJSON(cmd *cobra.Command) {
	cmd.Flags().BoolVar(&a.json, "json", false, "print JSON: one value, or a line for each item of a list")
}

// config loads the config file, or the defaults where there is none.
func (a *app) config() (*config.Config, error) {
	path, err := config.Find(a.configFile)
	if err != nil {
		return nil, err
	}
	cfg, err := config.Load(path)
	if err != nil {
		return nil, err
	}
	if a.dbURL != "" {
		cfg.Store.URL = a.dbURL
	}
	return cfg, nil
}

// open loads the config and opens the store that it names.
func (a *app) open(ctx context.Context) (*config.Config, *store.DB, error) {
	cfg, err := a.config()
	if err != nil {
		return nil, nil, err
	}
	db, err := openStore(ctx, cfg)
	if err != nil {
		return nil, nil, err
	}
	return cfg, db, nil
}

// openStore opens a config's store. The user's data folder, where it is by
// default, is made; any other folder must be there.
func openStore(ctx context.Context, cfg *config.Config) (*store.DB, error) {
	if cfg.Store.URL == config.Default().Store.URL {
		path, err := store.PathOf(cfg.Store.URL)
		if err != nil {
			return nil, err
		}
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fmt.Errorf("make the data folder: %w (--db or [store] url names another place)", err)
		}
	}
	return store.Open(ctx, cfg.Store.URL, store.Options{})
}

// client makes the one HTTP client that everything goes through.
func client(cfg *config.Config, log *slog.Logger) (*fetch.Client, error) {
	return fetch.New(fetch.Options{
		UserAgent:       cfg.Fetch.UserAgent,
		Timeout:         cfg.Fetch.Timeout,
		MaxBody:         cfg.Fetch.MaxBody,
		PerHostInterval: cfg.Fetch.PerHostInterval,
		PerHostParallel: cfg.Fetch.PerHostParallel,
		RespectRobots:   cfg.Fetch.RespectRobots,
		AllowPrivate:    cfg.Fetch.AllowPrivate,
		AllowPorts:      cfg.Fetch.AllowPorts,
		Proxy:           cfg.Fetch.ProxyURL(),
		Identity:        cfg.Identity,
		Log:             log,
	})
}

// checker makes the checker of a store.
func checker(cfg *config.Config, db *store.DB, c *fetch.Client) (*watcher.Checker, error) {
	def, err := schedule.Parse(cfg.Schedule.Default, cfg.Schedule.Zone)
	if err != nil {
		return nil, err
	}
	return &watcher.Checker{
		Fetch: c, Keep: db, Now: time.Now, Confirm: cfg.Schedule.Confirm,
		Schedule: watcher.Schedules{Default: def, Parse: specReader(cfg)},
		Rules:    cfg.Rules,
	}, nil
}

// ruled gives a page the rules of its address's host.
func ruled(cfg *config.Config, p article.Page) article.Page {
	if u, err := url.Parse(p.URL); err == nil {
		p.Rules = cfg.Rules(strings.ToLower(u.Hostname()))
	}
	return p
}

// keptSpec reads a schedule spec from the store. It was judged when it was
// given; the demo's, which would be too often for a real site, is read too.
func keptSpec(cfg *config.Config, spec string) (schedule.Spec, error) {
	return schedule.ParseAtLeast(spec, cfg.Schedule.Zone, time.Second)
}

// specReader returns keptSpec that remembers: a spec may name a time zone, whose
// rules are on disk, and is asked for at every look.
func specReader(cfg *config.Config) func(string) (schedule.Spec, error) {
	var read sync.Map // spec -> schedule.Spec; as many as users wrote
	return func(spec string) (schedule.Spec, error) {
		if s, ok := read.Load(spec); ok {
			return s.(schedule.Spec), nil
		}
		s, err := keptSpec(cfg, spec)
		if err == nil {
			read.Store(spec, s)
		}
		return s, err
	}
}

// logger makes the program's log, on standard error.
func (a *app) logger(cfg *config.Config) *slog.Logger {
	opts := &slog.HandlerOptions{Level: cfg.Log.Level}
	if cfg.Log.Format == "json" {
		return slog.New(slog.NewJSONHandler(a.stderr, opts))
	}
	return slog.New(slog.NewTextHandler(a.stderr, opts))
}

// quiet is the log of commands that say themselves what happens.
func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// style says how to print for people: in colour on a terminal only, wrapped to
// its width.
func (a *app) style() console.Options {
	o := console.Options{Width: 80}
	if f, ok := a.stdout.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		o.Color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 20 {
			o.Width = width
		}
	}
	return o
}

// printJSON prints one JSON value on a line of its own.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.stdout)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

func (a *app) printf(format string, args ...any) {
	fmt.Fprintf(a.stdout, format, args...)
}

// plain makes text from the network safe for a terminal.
func plain(s string) string { return excerpt.Clean(s) }

// watches returns the watches that a filter chooses.
func watches(ctx context.Context, db *store.DB, f watcher.Filter) ([]watcher.Watch, error) {
	var all []watcher.Watch
	for w, err := range db.Watches(ctx, f) {
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

// find returns the watch of a URL as the user spells it, removed ones too.
func find(ctx context.Context, db *store.DB, raw string) (watcher.Watch, error) {
	address, err := watcher.ParseAddress(raw)
	if err != nil {
		return watcher.Watch{}, err
	}
	w, err := db.WatchByKey(ctx, address.Key)
	if err != nil {
		return watcher.Watch{}, fmt.Errorf("%s: %w (stet watch add starts watching it, stet watch list shows what is watched)", address.URL, err)
	}
	return w, nil
}

// stamp returns a time for JSON: RFC 3339 in UTC, nil for the zero time.
func stamp(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.UTC().Format(time.RFC3339)
	return &s
}

// when returns a time for people.
func when(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.Local().Format("2006-01-02 15:04:05 MST")
}

// oneLine shortens text to a line of at most width columns for a list.
func oneLine(s string, width int) string {
	s = strings.Join(strings.Fields(plain(s)), " ")
	r := []rune(s)
	if len(r) <= width {
		return s
	}
	return string(r[:width-1]) + "…"
}
