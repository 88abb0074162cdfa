package main

import (
	"fmt"
	"io"
	"log/slog"
	"net"
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
		BaseURL: baseURL(cfg), Log: log,
	})
}

// baseURL returns the address of the history pages for the links in alerts.
func baseURL(cfg *config.Config) string {
	if cfg.Web.BaseURL != "" {
		return cfg.Web.BaseURL
	}
	if _, port, err := net.SplitHostPort(cfg.Web.Listen); err != nil || port == "0" {
		return "" // any free port: only stet run knows which
	}
	return "http://" + cfg.Web.Listen
}

func (a *app) destinations(cfg *config.Config, c *fetch.Client, out io.Writer, log *slog.Logger) ([]notify.Destination, error) {
	s := &senders{cfg: cfg, client: c, limits: discord.NewLimits(), console: console.New(out, a.style()), log: log}
	var list []notify.Destination
	for _, d := range cfg.Destinations {
		sender, err := s.sender(d)
		if err != nil {
			return nil, fmt.Errorf("destination %q: %w", d.Name, err)
		}
		list = append(list, notify.Destination{Name: d.Name, Sender: sender, Fingerprint: d.Fingerprint(cfg.Discord)})
	}
	return list, nil
}

// senders makes the senders of one process. What Discord limits, it limits for
// all of them together.
type senders struct {
	cfg     *config.Config
	client  *fetch.Client
	limits  *discord.Limits
	console *console.Sender
	bot     *discord.Bot // made for the first channel
	log     *slog.Logger
}

func (s *senders) sender(d config.Destination) (notify.Sender, error) {
	switch {
	case d.Type == config.Console:
		return s.console, nil
	case d.Type == config.Webhook:
		return webhook.New(d.URL.Reveal(), d.Secret.Reveal(), s.client)
	case d.Channel == "":
		return discord.NewWebhook(d.WebhookURL.Reveal(), discordClient(), s.limits)
	}
	if s.bot == nil {
		bot, err := discord.NewBot(discord.BotConfig{
			Token: s.cfg.Discord.Token.Reveal(), APIURL: s.cfg.Discord.APIURL, Limits: s.limits, Log: s.log,
		})
		if err != nil {
			return nil, err
		}
		s.bot = bot
	}
	return s.bot.Channel(d.Channel)
}

// discordTime is the most that one request to Discord may take.
const discordTime = 30 * time.Second

// discordClient is the client for a Discord webhook. Its address comes from
// the operator alone, so it need not pass the guard that keeps the addresses
// in pages away from this machine.
func discordClient() *http.Client {
	return &http.Client{Timeout: discordTime, CheckRedirect: func(*http.Request, []*http.Request) error {
		return http.ErrUseLastResponse
	}}
}
