package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/notify"
	"stet/store"
	"stet/watcher"
	"stet/watcher/fetch"
	"stet/web"
)

func (a *app) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run [URL…]",
		Short: "Watch everything configured or added, send alerts, serve the history pages",
		Long: `Watch everything configured or added, plus the URLs given (added as by watch
add), send alerts, and serve the history pages. No config is needed: the store
is a file in your data folder, alerts are printed here, and also posted to
Discord if STET_DISCORD_WEBHOOK is set. Ctrl-C (SIGINT) and SIGTERM let looks
and alerts under way end, and stop within 10 seconds.`,
		Example: `  stet run https://outlet.example/story
  STET_DISCORD_WEBHOOK=https://discord.com/api/webhooks/… stet run`,
		RunE: func(cmd *cobra.Command, urls []string) error {
			ctx := cmd.Context()
			cfg, db, err := a.open(ctx)
			if err != nil {
				return err
			}
			s, err := a.newService(cfg, db)
			if err != nil {
				return errors.Join(err, db.Close())
			}
			if err := s.addWatches(ctx, urls); err != nil {
				return errors.Join(err, s.close())
			}
			return errors.Join(s.run(ctx), s.close())
		},
	}
}

// A service is everything that `stet run` runs: the watcher, the dispatcher
// and the pages, over one store.
type service struct {
	app        *app
	cfg        *config.Config
	db         *store.DB
	client     *fetch.Client
	runner     *watcher.Runner
	dispatcher *notify.Dispatcher
	pages      *web.Server
	listener   net.Listener
	metrics    *metrics
	log        *slog.Logger
}

// newService wires a service and takes its address, without starting it. More
// destinations than the configured ones may be given.
func (a *app) newService(cfg *config.Config, db *store.DB, more ...notify.Destination) (*service, error) {
	s := &service{app: a, cfg: cfg, db: db, log: a.logger(cfg)}
	listener, err := listen(cfg.Web.Listen)
	if err != nil {
		return nil, err
	}
	s.listener = listener
	if cfg.Web.BaseURL == "" {
		cfg.Web.BaseURL = "http://" + listener.Addr().String()
	}
	if err := s.wire(more); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return s, nil
}

func listen(address string) (net.Listener, error) {
	if err := web.CheckListen(address); err != nil {
		return nil, fmt.Errorf("web.listen is %q: %w", address, err)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("history pages: %w (is stet running already? [web] listen gives another address)", err)
	}
	return l, nil
}

func (s *service) wire(more []notify.Destination) (err error) {
	if s.client, err = client(s.cfg, s.log); err != nil {
		return err
	}
	chk, err := checker(s.cfg, s.db, s.client)
	if err != nil {
		return err
	}
	if s.dispatcher, err = s.app.dispatcher(s.cfg, s.db, s.client, s.app.stdout, s.log, more...); err != nil {
		return err
	}
	s.metrics = newMetrics(s.db)
	s.runner = &watcher.Runner{
		Checker: chk, Queue: s.db, Log: s.log, PerHost: s.cfg.Fetch.PerHostParallel,
		Looked: func(l watcher.Look, changes []watcher.Change) {
			s.metrics.looked(l, changes)
			if len(changes) > 0 || l.News != "" {
				s.dispatcher.Wake()
			}
		},
	}
	s.pages, err = web.New(s.db, web.Options{BaseURL: s.cfg.Web.BaseURL, Metrics: s.metrics.write, Log: s.log})
	return err
}

// addWatches adds the configured watches, and the URLs of the command line. A
// configured watch that exists takes over what the config says of it.
func (s *service) addWatches(ctx context.Context, urls []string) error {
	for _, c := range s.cfg.Watches {
		said := watcher.Watch{Label: c.Label, Tags: cleanTags(c.Tags), To: c.To, Schedule: c.Schedule}
		w, added, err := addWatch(ctx, s.db, s.client, c.URL, said)
		if err != nil {
			return err
		}
		if !added {
			w.Label, w.Tags, w.To, w.Schedule = said.Label, said.Tags, said.To, said.Schedule
			if err := s.db.SetWatch(ctx, w); err != nil {
				return err
			}
		}
	}
	for _, raw := range urls {
		w, added, err := addWatch(ctx, s.db, s.client, raw, watcher.Watch{})
		if err != nil {
			return err
		}
		s.app.sayAdded(raw, w, added)
	}
	return nil
}

// run runs the service until ctx ends or a part of it fails.
func (s *service) run(ctx context.Context) error {
	status, err := s.db.Status(ctx, time.Now())
	if err != nil {
		return err
	}
	s.app.printf("stet watches %d stories; history: http://%s/\n", status.Active, s.listener.Addr())
	if status.Active == 0 {
		s.app.printf("Nothing is watched yet: stet watch add URL starts, here or from another terminal.\n")
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	failures := make(chan error, 3)
	start := func(name string, part func(context.Context) error) {
		wg.Go(func() {
			defer stop() // none of the parts is of use without the others
			if err := part(ctx); err != nil {
				failures <- fmt.Errorf("%s: %w", name, err)
			}
		})
	}
	start("watcher", s.runner.Run)
	start("alerts", s.dispatcher.Run)
	start("history pages", func(ctx context.Context) error { return s.pages.Serve(ctx, s.listener) })
	wg.Wait()
	close(failures)
	for failure := range failures {
		err = errors.Join(err, failure)
	}
	return err
}

// close lets go of what the service holds; what was found is written first.
func (s *service) close() error {
	s.listener.Close()
	s.client.Close()
	return s.db.Close()
}
