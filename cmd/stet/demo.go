package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/cmd/stet/newsroom"
	"stet/notify"
	"stet/store"
	"stet/watcher"
)

// The demo looks at every story each demoEvery and a second time after
// demoConfirm. After the script's last step it waits demoSettle for the looks
// and second looks that the step leads to.
const (
	demoEvery   = "@every 1s"
	demoConfirm = 2 * time.Second
	demoSettle  = 6 * time.Second
)

func (a *app) demoCommand() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Watch an invented newsroom edit its stories: no network, no config, no accounts",
		Long: `Serve an invented newsroom on this machine that edits its stories (silently, with
notes, and with nothing but noise), watch it through the same code as any real
site, print each alert, and serve the history pages. The store is a temporary
folder that is deleted at the end, unless --db names one.`,
		Example: `  stet demo
  stet demo --once`,
		Args: cobra.NoArgs,
	}
	cmd.Flags().BoolVar(&once, "once", false, "end when the newsroom's script is through, within 60 s; exit 0 only if exactly the real edits were told, each once")
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		db, cleanUp, err := a.demoStore(cmd.Context())
		if err != nil {
			return err
		}
		defer cleanUp()
		d, err := a.newDemo(db)
		if err != nil {
			return errors.Join(err, db.Close())
		}
		return errors.Join(d.run(cmd.Context(), once), d.service.close())
	}
	return cmd
}

// demoStore opens the store that --db names, or one in a temporary folder that
// cleanUp deletes.
func (a *app) demoStore(ctx context.Context) (db *store.DB, cleanUp func(), err error) {
	url, cleanUp := a.dbURL, func() {}
	if url == "" {
		dir, err := os.MkdirTemp("", "stet-demo-")
		if err != nil {
			return nil, nil, err
		}
		url, cleanUp = "sqlite:"+filepath.Join(dir, "stet.db"), func() { os.RemoveAll(dir) }
	}
	db, err = store.Open(ctx, url, store.Options{})
	if err != nil {
		cleanUp()
		return nil, nil, err
	}
	return db, cleanUp, nil
}

// A demo is a newsroom on loopback and the service that watches it.
type demo struct {
	app     *app
	news    *newsroom.Newsroom
	server  *http.Server
	base    string // the newsroom's address
	service *service
	desk    *desk
}

func (a *app) newDemo(db *store.DB) (*demo, error) {
	news, err := newsroom.New(newsroom.Options{Seed: uint64(time.Now().UnixNano()), Start: time.Now()})
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &demo{
		app: a, news: news, base: "http://" + listener.Addr().String(), desk: &desk{},
		server: &http.Server{Handler: news.Handler(), ReadHeaderTimeout: 5 * time.Second},
	}
	d.service, err = a.newService(demoConfig(), db, notify.Destination{Name: "desk", Sender: d.desk})
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	go d.server.Serve(listener)
	return d, nil
}

// demoConfig is the config of a demo: nothing but the console is told, and
// loopback may be fetched from.
func demoConfig() *config.Config {
	cfg := config.Default()
	cfg.Destinations = []config.Destination{{Name: "console", Type: config.Console}}
	cfg.Fetch.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	cfg.Fetch.PerHostInterval, cfg.Fetch.PerHostParallel = 0, 4
	cfg.Schedule.Confirm = demoConfirm
	cfg.Web.Listen = "127.0.0.1:0"
	cfg.Log.Level = logNothing
	return cfg
}

// logNothing is above every level that stet logs at.
const logNothing = 100

// run watches the newsroom until ctx ends or, once, until its script is
// through.
func (d *demo) run(ctx context.Context, once bool) error {
	defer d.server.Close()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for _, s := range d.news.Stories() {
		said := watcher.Watch{Schedule: demoEvery, Tags: []string{s.Language}}
		if _, _, err := addWatch(ctx, d.service.db, d.service.client, d.base+s.Path, said); err != nil {
			return err
		}
	}
	d.app.printf("An invented newsroom of %d stories edits them for %s. stet tells what it does:\n\n",
		len(d.news.Stories()), d.news.Length().Round(time.Second))
	var watching sync.WaitGroup
	var failure error
	watching.Go(func() { failure = d.service.run(ctx) })
	err := d.play(ctx)
	if err == nil && !once {
		d.app.printf("The newsroom's script is through. The history stays at http://%s/ until you press Ctrl-C.\n", d.service.listener.Addr())
		<-ctx.Done()
	}
	stop()
	watching.Wait()
	if err != nil && !errors.Is(err, context.Canceled) || failure != nil {
		return errors.Join(err, failure)
	}
	if !once {
		return nil
	}
	if err != nil {
		return errors.New("stopped before the script was through")
	}
	return d.score()
}

// play plays the script once every story was looked at, and waits until what
// it did can have been told.
func (d *demo) play(ctx context.Context) error {
	for {
		status, err := d.service.db.Status(ctx, time.Now())
		if err != nil {
			return err
		}
		if status.Revisions >= len(d.news.Stories()) {
			break
		}
		if !wait(ctx, 50*time.Millisecond) {
			return ctx.Err()
		}
	}
	if err := d.news.Run(ctx, func(newsroom.Step) {}); err != nil {
		return err
	}
	if !wait(ctx, demoSettle) {
		return ctx.Err()
	}
	return nil
}

// score prints how what was told compares with what was done.
func (d *demo) score() error {
	lines := newsroom.Score(d.news.Expected(), d.desk.all())
	d.app.printf("\nWhat the newsroom did, and what stet made of it:\n\n")
	for _, l := range lines {
		mark := "ok  "
		if !l.OK() {
			mark = "BAD "
		}
		d.app.printf("%s %-17s %s\n", mark, l.Verdict, plain(l.Says))
		if l.Detail != "" {
			d.app.printf("       %s\n", plain(l.Detail))
		}
	}
	sentence, ok := newsroom.Tally(lines)
	d.app.printf("\n%s\n", sentence)
	if !ok {
		return exitCode(exitFailed)
	}
	return nil
}

// A desk is a destination that remembers what it was told.
type desk struct {
	mu   sync.Mutex
	told []newsroom.Told
}

// Send implements notify.Sender.
func (d *desk) Send(_ context.Context, delivery notify.Delivery) (string, error) {
	for _, a := range delivery.Alerts() {
		d.mu.Lock()
		d.told = append(d.told, newsroom.Told{URL: a.URL, Change: a.Change})
		d.mu.Unlock()
	}
	return delivery.ID, nil
}

func (d *desk) all() []newsroom.Told {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.told
}
