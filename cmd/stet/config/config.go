// Package config reads stet's config file, a TOML file that may be absent.
// Start with [Find], which says which file counts, and [Load], which reads it
// over the defaults, adds the secrets of the environment, and checks all of it.
//
// The file is read strictly. Every mistake in it is reported at once, each as
// a [KeyError] with its line, so that one run mends the file: unknown keys,
// with the nearest known one; keys of later versions; wrong types; values that
// cannot be.
package config

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"stet/notify"
	"stet/watcher/fetch"
)

// A Config is everything that can be set. Its fields are the file's keys.
type Config struct {
	// File is the file that was read; "" if none.
	File string `toml:"-"`

	Store        Store          `toml:"store"`
	Fetch        Fetch          `toml:"fetch"`
	Schedule     Schedule       `toml:"schedule"`
	Discord      Bot            `toml:"discord"`
	Destinations []Destination  `toml:"destination"`
	Routes       []notify.Route `toml:"route"`
	Watches      []Watch        `toml:"watch"`
	Sites        []Site         `toml:"site"`
	Operator     Operator       `toml:"operator"`
	Web          Web            `toml:"web"`
	Log          Log            `toml:"log"`

	byHost map[pattern]*Site // of Sites
}

// A Store says where everything is kept.
type Store struct {
	// URL is "sqlite:" and a path. Optional; default a file in the user's data
	// folder, or "" where the machine names none.
	URL string `toml:"url"`
}

// A Fetch says how pages are got. All keys are optional.
type Fetch struct {
	// UserAgent is what stet calls itself; it should carry an address at which
	// a publisher learns who asks. Default "stet" and web.base_url, if that can
	// be reached from elsewhere.
	UserAgent string `toml:"user_agent"`
	// Timeout bounds one fetch, redirects included, 1s to 5m. Default 30s.
	Timeout time.Duration `toml:"timeout"`
	// MaxBody bounds a page, decoded, in bytes, 64 KiB to 64 MiB. Default 5 MiB.
	MaxBody int64 `toml:"max_body" unit:"bytes"`
	// PerHostInterval is the least time between two requests to a host, at
	// most 1h. Default 2s.
	PerHostInterval time.Duration `toml:"per_host_interval"`
	// PerHostParallel is how many requests to a host may be under way at once,
	// 1 to 16. Default 2.
	PerHostParallel int `toml:"per_host_parallel"`
	// RespectRobots says whether robots.txt is obeyed. Default true.
	RespectRobots bool `toml:"respect_robots"`
	// AllowPrivate lists networks that may be fetched from although private.
	// Default none.
	AllowPrivate []netip.Prefix `toml:"allow_private"`
	// AllowPorts lists ports that may be fetched from besides 80 and 443.
	// Default none.
	AllowPorts []int `toml:"allow_ports"`
	// Proxy is the URL of an HTTP or SOCKS5 proxy, a secret as it may hold a
	// password; see ProxyURL. Default none; the environment's is not used.
	Proxy Secret `toml:"proxy"`
}

// A Schedule says when watches are looked at. All keys are optional.
type Schedule struct {
	// Default is the schedule of watches that have none. Default "adaptive".
	Default string `toml:"default"`
	// Zone is that of cron specs that name none. Default UTC.
	Zone *time.Location `toml:"time_zone"`
	// Confirm is the time until the second look at what must be seen twice,
	// 1s to 1h. Default 90s.
	Confirm time.Duration `toml:"confirm"`
}

// A Bot is the account that posts to Discord channels; webhooks need none.
type Bot struct {
	// Token is the bot's, without "Bot ". $STET_DISCORD_TOKEN counts before
	// the file's, and the file's may stand in TokenFile instead.
	Token     Secret `toml:"token"`
	TokenFile string `toml:"token_file"`
	// APIURL is where Discord's API is, without the version. Default
	// "https://discord.com/api".
	APIURL string `toml:"api_url"`
}

// The types of destinations.
const (
	Discord = "discord" // a channel, by the bot or by a webhook
	Webhook = "webhook" // any URL, by signed JSON
	Console = "console" // the terminal stet runs in
)

// A Destination is a place alerts go.
type Destination struct {
	// Name is what routes call it: letters, digits, "-" and "_", each name once.
	Name string `toml:"name"`
	// Type is one of the types above.
	Type string `toml:"type"`
	// Channel is the id of the Discord channel that the bot posts to.
	Channel string `toml:"channel"`
	// WebhookURL is a Discord webhook's; it may stand in WebhookFile instead.
	WebhookURL  Secret `toml:"webhook_url"`
	WebhookFile string `toml:"webhook_file"`
	// URL is where a webhook's JSON goes, a secret as such URLs often carry a
	// key. Secret signs it; optional, default no signature.
	URL    Secret `toml:"url"`
	Secret Secret `toml:"secret"`
}

// Fingerprint changes when what the destination is or how it is reached does,
// the bot's token included. It shows none of it.
func (d Destination) Fingerprint(bot Bot) string {
	h := sha256.New()
	for _, s := range []string{d.Type, d.Channel, d.WebhookURL.Reveal(), d.URL.Reveal(), d.Secret.Reveal()} {
		fmt.Fprintf(h, "%q ", s)
	}
	if d.Channel != "" {
		fmt.Fprintf(h, "%q %q", bot.Token.Reveal(), bot.APIURL)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// A Watch is a story watched from the config on.
type Watch struct {
	URL      string   `toml:"url"`
	Label    string   `toml:"label"`    // optional
	Tags     []string `toml:"tags"`     // optional
	Schedule string   `toml:"schedule"` // optional; default schedule.default
	To       []string `toml:"to"`       // optional; destinations besides the routes'
}

// An Operator says who hears of what goes wrong with stet or a watch.
type Operator struct {
	To []string `toml:"to"` // optional; destination names
}

// A Web says where the history pages are.
type Web struct {
	// Listen is a port of this machine's own. Default 127.0.0.1:8321.
	Listen string `toml:"listen"`
	// BaseURL is the address that readers know the pages by, for the links in
	// alerts. Optional; default none, which means http:// and Listen.
	BaseURL string `toml:"base_url"`
}

// A Log says what is logged and how.
type Log struct {
	Level  slog.Level `toml:"level"`  // debug, info, warn or error; default info
	Format string     `toml:"format"` // text or json; default text
}

// Default returns what holds without a file.
func Default() *Config {
	polite := fetch.DefaultOptions()
	return &Config{
		Store: Store{URL: defaultStore()},
		Fetch: Fetch{
			UserAgent:       polite.UserAgent,
			Timeout:         polite.Timeout,
			MaxBody:         polite.MaxBody,
			PerHostInterval: polite.PerHostInterval,
			PerHostParallel: polite.PerHostParallel,
			RespectRobots:   polite.RespectRobots,
		},
		Schedule: Schedule{Default: "adaptive", Zone: time.UTC, Confirm: 90 * time.Second},
		Discord:  Bot{APIURL: "https://discord.com/api"},
		Web:      Web{Listen: "127.0.0.1:8321"},
		Log:      Log{Level: slog.LevelInfo, Format: "text"},
	}
}

// ProxyURL returns the proxy's URL, or nil where there is none. Printing it
// shows its password.
func (f Fetch) ProxyURL() *url.URL {
	u, err := url.Parse(f.Proxy.Reveal())
	if err != nil || u.Host == "" {
		return nil
	}
	return u
}

// DestinationNames returns the names of all destinations, in order.
func (c *Config) DestinationNames() []string {
	var names []string
	for _, d := range c.Destinations {
		names = append(names, d.Name)
	}
	return names
}

// Find returns the path of the config file that counts: the one of the
// --config flag, else of $STET_CONFIG, else ./stet.toml, else stet/stet.toml in
// the user's config folder. The first two must exist if they are given; of the
// others none need be there, and then the path is "".
func Find(flag string) (path string, err error) {
	for _, asked := range []struct{ by, path string }{{"--config", flag}, {"$STET_CONFIG", os.Getenv("STET_CONFIG")}} {
		if asked.path == "" {
			continue
		}
		if _, err := os.Stat(asked.path); err != nil {
			return "", fmt.Errorf("the config file that %s names cannot be read: %w", asked.by, err)
		}
		return asked.path, nil
	}
	places := []string{"stet.toml"}
	if folder, err := os.UserConfigDir(); err == nil {
		places = append(places, filepath.Join(folder, "stet", "stet.toml"))
	}
	for _, place := range places {
		_, err := os.Stat(place)
		if err == nil {
			return place, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("look for a config file: %w", err)
		}
	}
	return "", nil
}

// defaultStore returns the store's URL in the user's data folder.
func defaultStore() string {
	folder, err := dataFolder(runtime.GOOS, os.Getenv)
	if err != nil {
		return ""
	}
	return "sqlite:" + filepath.Join(folder, "stet.db")
}

// dataFolder returns stet's folder for data that users want to keep.
// Source for Linux: XDG Base Directory Specification 0.8.
func dataFolder(system string, env func(string) string) (string, error) {
	home := env("HOME")
	switch system {
	case "windows":
		if local := env("LocalAppData"); local != "" {
			return filepath.Join(local, "stet"), nil
		}
		return "", errors.New("%LocalAppData% is not set")
	case "darwin":
		if home != "" {
			return filepath.Join(home, "Library", "Application Support", "stet"), nil
		}
	default:
		if data := env("XDG_DATA_HOME"); filepath.IsAbs(data) {
			return filepath.Join(data, "stet"), nil
		}
		if home != "" {
			return filepath.Join(home, ".local", "share", "stet"), nil
		}
	}
	return "", errors.New("$HOME is not set")
}
