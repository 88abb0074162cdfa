package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/store"
	"stet/watcher"
)

// doctorTime is the most that trying one destination may take.
const doctorTime = 20 * time.Second

func (a *app) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "Try everything that is configured and say what is wrong and how to mend it",
		Long: `Try everything that is configured: the config file, the store, every schedule,
every site's secrets and every destination, without posting anything. A
destination that was switched off and works again is switched on. Exits 1 when
something is wrong.`,
		Example: "  stet doctor",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			path, err := config.Find(a.configFile)
			if err != nil {
				return err
			}
			cfg, err := a.config()
			if err != nil {
				return err
			}
			a.printf("config        fine: %s\n", orWord(path, "no file, the defaults hold"))
			d := &doctor{app: a, cfg: cfg}
			return d.examine(cmd.Context())
		},
	}
}

// A doctor tries one installation.
type doctor struct {
	*app
	cfg *config.Config
	ill int
}

func (d *doctor) say(what, detail string, err error) {
	if err != nil {
		d.ill++
		d.printf("%-13s WRONG: %s\n", what, plain(err.Error()))
		return
	}
	if detail != "" {
		detail = ": " + detail
	}
	d.printf("%-13s fine%s\n", what, plain(detail))
}

func (d *doctor) examine(ctx context.Context) error {
	db, err := openStore(ctx, d.cfg)
	d.say("store", "", err)
	if err == nil {
		defer db.Close()
		d.say("schedules", "", d.schedules(ctx, db))
		if err := d.destinations(ctx, db); err != nil {
			return err
		}
	}
	d.sites(time.Now())
	if d.cfg.Fetch.ProxyURL() != nil {
		d.printf("proxy         note: stet refuses names that resolve to private addresses, but the proxy dials; it must refuse them too\n")
	}
	if d.ill > 0 {
		return fmt.Errorf("%d things are wrong", d.ill)
	}
	return nil
}

// schedules reports the specs in the store that this version cannot read.
func (d *doctor) schedules(ctx context.Context, db *store.DB) error {
	bad := 0
	for w, err := range db.Watches(ctx, watcher.Filter{}) {
		if err != nil {
			return err
		}
		if _, err := specOf(d.cfg, w); err != nil {
			bad++
			d.printf("              %s: %s\n", plain(w.URL), plain(err.Error()))
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d watches have a schedule that cannot be read; stet watch set --schedule mends it", bad)
	}
	return nil
}

// A tester is a sender that can be tried without sending an alert. It says
// what it found.
type tester interface {
	Check(ctx context.Context) (string, error)
}

// destinations tries every destination, and switches those on again that were
// switched off and work.
func (d *doctor) destinations(ctx context.Context, db *store.DB) error {
	httpClient, err := client(d.cfg, quiet())
	if err != nil {
		return err
	}
	defer httpClient.Close()
	list, err := d.app.destinations(d.cfg, httpClient, io.Discard, quiet())
	if err != nil {
		return err
	}
	outbox := db.Outbox()
	off, err := outbox.SwitchedOff(ctx)
	if err != nil {
		return err
	}
	why := map[string]string{}
	for _, o := range off {
		why[o.Destination] = o.Why
	}
	for _, dest := range list {
		detail, err := try(ctx, dest.Sender)
		d.say(dest.Name, detail, err)
		reason, isOff := why[dest.Name]
		switch {
		case isOff && err != nil:
			d.printf("              switched off: %s; its deliveries are kept\n", plain(reason))
		case isOff:
			if err := outbox.SwitchOn(ctx, dest.Name); err != nil {
				return err
			}
			d.printf("              was switched off (%s); switched on again, its deliveries go out now\n", plain(reason))
		}
	}
	return nil
}

func try(ctx context.Context, sender any) (string, error) {
	t, ok := sender.(tester)
	if !ok {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, doctorTime)
	defer cancel()
	return t.Check(ctx)
}
