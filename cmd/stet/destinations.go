package main

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"

	"stet/cmd/stet/config"
	"stet/notify"
	"stet/notify/console"
	"stet/notify/discord"
	"stet/notify/webhook"
	"stet/store"
	"stet/watcher/fetch"
)

// dispatcher makes the dispatcher of a store: what is configured, or else the
// console on out.
func (a *app) dispatcher(cfg *config.Config, db *store.DB, c *fetch.Client, out io.Writer, log *slog.Logger, more ...notify.Destination) (*notify.Dispatcher, error) {
	destinations, err := a.destinations(cfg, c, out, log)
	if err != nil {
		return nil, err
	}
	return notify.NewDispatcher(notify.Config{
		Outbox: db.Outbox(), Destinations: append(destinations, more...), Routes: cfg.Routes, Operator: cfg.Operator.To,
		BaseURL: cfg.Web.BaseURL, Log: log,
	})
}

func (a *app) destinations(cfg *config.Config, c *fetch.Client, out io.Writer, log *slog.Logger) ([]notify.Destination, error) {
	var list []notify.Destination
	limits := discord.NewLimits() // Discord counts all that one program sends
	for _, d := range cfg.Destinations {
		sender, err := a.sender(cfg, d, c, limits, out)
		if err != nil {
			return nil, fmt.Errorf("destination %q: %w", d.Name, err)
		}
		list = append(list, notify.Destination{Name: d.Name, Sender: sender, Fingerprint: d.Fingerprint(cfg.Discord)})
	}
	return list, nil
}

// sender makes what sends to a destination.
func (a *app) sender(cfg *config.Config, d config.Destination, c *fetch.Client, limits *discord.Limits, out io.Writer) (notify.Sender, error) {
	switch {
	case d.Type == config.Console:
		return console.New(out, a.style()), nil
	case d.Type == config.Webhook:
		return webhook.New(d.URL.Reveal(), d.Secret.Reveal(), c)
	case d.Channel == "":
		return discord.NewWebhook(d.WebhookURL.Reveal(), discordClient(), limits)
	}
	return nil, fmt.Errorf("TODO bot")
}

// discordClient is the client for Discord's own API, whose address the
// operator alone sets; it need not pass the guard that keeps pages' links away
// from private addresses.
func discordClient() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, CheckRedirect: noRedirect}
}

func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
