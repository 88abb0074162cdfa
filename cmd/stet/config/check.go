package config

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/fetch"
	"stet/watcher/schedule"
	"stet/web"
)

// check notes every value that cannot be.
func (m *mistakes) check(c *Config) {
	m.checkStore(c.Store)
	m.checkFetch(c.Fetch)
	m.checkSchedule(c.Schedule)
	m.checkURL("discord.api_url", c.Discord.APIURL)
	m.checkDestinations(c)
	names := c.DestinationNames()
	for i, r := range c.Routes {
		m.checkRoute(element("route", i+1), r, names)
	}
	m.checkWatches(c, names)
	m.checkNames("operator.to", c.Operator.To, names)
	m.checkWeb(c.Web)
	if f := c.Log.Format; f != "text" && f != "json" {
		m.add("log.format", "is %.40q; it can be text or json", f)
	}
}

func (m *mistakes) checkStore(s Store) {
	kind, rest, _ := strings.Cut(s.URL, ":")
	switch {
	case kind == "sqlite" && rest != "":
	case kind == "postgres" || kind == "postgresql":
		m.add("store.url", `PostgreSQL is not yet known to this version of stet; write "sqlite:" and a path`)
	case s.URL != "" || m.line("store.url") > 0:
		m.add("store.url", `is %.80q; write "sqlite:" and the path of a file, such as "sqlite:/var/lib/stet/stet.db"`, s.URL)
	}
}

func (m *mistakes) checkFetch(f Fetch) {
	m.checkHeaderText("fetch.user_agent", f.UserAgent)
	m.between("fetch.timeout", f.Timeout, time.Second, 5*time.Minute)
	m.between("fetch.per_host_interval", f.PerHostInterval, 0, time.Hour)
	if f.MaxBody < 64<<10 || f.MaxBody > 64<<20 {
		m.add("fetch.max_body", `is %d bytes; it can be "64 KiB" to "64 MiB"`, f.MaxBody)
	}
	if f.PerHostParallel < 1 || f.PerHostParallel > 16 {
		m.add("fetch.per_host_parallel", "is %d; it can be 1 to 16", f.PerHostParallel)
	}
	for i, port := range f.AllowPorts {
		if port < 1 || port > 65535 {
			m.add(element("fetch.allow_ports", i+1), "is %d; ports go from 1 to 65535", port)
		}
	}
	if u := f.ProxyURL(); f.Proxy.IsSet() && (u == nil || !slices.Contains([]string{"http", "https", "socks5"}, u.Scheme)) {
		m.add("fetch.proxy", "is no URL of a proxy; write one such as http://proxy.example:3128 or socks5://proxy.example:1080")
	}
}

func (m *mistakes) checkSchedule(s Schedule) {
	if _, err := schedule.Parse(s.Default, s.Zone); err != nil {
		m.add("schedule.default", "%v", err)
	}
	m.between("schedule.confirm", s.Confirm, time.Second, time.Hour)
}

// checkToken checks a bot's token without showing it.
func (m *mistakes) checkToken(key string, s Secret) {
	token := s.Reveal()
	switch {
	case strings.HasPrefix(token, "Bot "):
		m.add(key, `must stand without "Bot " before it`)
	case strings.ContainsAny(token, " \t\r\n"):
		m.add(key, "has white space in it; copy it again from the bot's page in Discord's developer portal")
	}
}

var destinationName = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

func (m *mistakes) checkDestinations(c *Config) {
	seen := map[string]string{}
	for i, d := range c.Destinations {
		path := element("destination", i+1)
		switch {
		case d.Name == "":
			m.add(path+".name", "is missing; routes need it to name this destination")
		case !destinationName.MatchString(d.Name):
			m.add(path+".name", "is %.80q; it can have up to 64 letters, digits, - and _", d.Name)
		case seen[d.Name] != "":
			m.add(path+".name", "%q is the name of %s too; each needs its own", d.Name, seen[d.Name])
		default:
			seen[d.Name] = path
		}
		m.checkDestination(path, d, c.Discord.Token.IsSet())
	}
}

// checkDestination checks the keys that the destination's type asks for, and
// refuses those that mean nothing for it.
func (m *mistakes) checkDestination(path string, d Destination, bot bool) {
	if m.trial && slices.Contains([]string{Discord, Webhook, Console, ""}, d.Type) {
		return
	}
	var takes []string
	switch d.Type {
	case Discord:
		takes = []string{"channel", "webhook_url", "webhook_file"}
		m.checkDiscordDestination(path, d, bot)
	case Webhook:
		takes = []string{"url", "secret"}
		if _, err := fetch.ParseURL(d.URL.Reveal()); err != nil {
			m.add(path+".url", "must be the URL that takes the messages, such as https://receiver.example/stet")
		}
	case Console:
	case "":
		m.add(path+".type", "is missing; it can be discord, webhook or console")
		return
	default:
		m.add(path+".type", "is %.40q; it can be discord, webhook or console", d.Type)
		return
	}
	for _, key := range d.given() {
		if !slices.Contains(takes, key) {
			m.add(join(path, key), "means nothing for a destination of type %s; take it out", d.Type)
		}
	}
}

// given returns the keys, besides name and type, that the file gives.
func (d Destination) given() []string {
	var keys []string
	for _, k := range []struct {
		key   string
		given bool
	}{
		{"channel", d.Channel != ""},
		{"webhook_url", d.WebhookURL.IsSet() && d.WebhookFile == ""},
		{"webhook_file", d.WebhookFile != ""},
		{"url", d.URL.IsSet()},
		{"secret", d.Secret.IsSet()},
	} {
		if k.given {
			keys = append(keys, k.key)
		}
	}
	return keys
}

var snowflake = regexp.MustCompile(`^[0-9]{17,20}$`)

func (m *mistakes) checkDiscordDestination(path string, d Destination, bot bool) {
	webhook := d.WebhookURL.IsSet() || d.WebhookFile != ""
	switch {
	case d.Channel == "" && !webhook:
		m.add(path, "says neither channel (posts as the bot) nor webhook_url nor webhook_file")
	case d.Channel != "" && webhook:
		m.add(path+".channel", "is given beside a webhook; one of the two must go")
	case d.WebhookURL.IsSet():
		if _, err := fetch.ParseURL(d.WebhookURL.Reveal()); err != nil {
			m.add(path+".webhook_url", notWebhook)
		}
	case webhook: // whose file could not be read
	case !snowflake.MatchString(d.Channel):
		m.add(path+".channel", "is %.40q; it must be the channel's id, 17 to 20 digits (right-click the channel, Copy Channel ID)", d.Channel)
	case !bot:
		m.add(path+".channel", "posts as the bot, which needs discord.token, discord.token_file or $STET_DISCORD_TOKEN")
	}
}

func (m *mistakes) checkRoute(path string, r notify.Route, names []string) {
	if len(r.To) == 0 {
		m.add(path+".to", "is missing; name the destinations that the route sends to")
	}
	m.checkNames(path+".to", r.To, names)
	for _, problem := range parts(r.Match.Validate()) {
		key, text, _ := strings.Cut(problem.Error(), ": ")
		m.add(path+"."+key, "%s", text)
	}
}

// parts returns the errors that were joined into one.
func parts(err error) []error {
	var joined interface{ Unwrap() []error }
	if !errors.As(err, &joined) {
		if err == nil {
			return nil
		}
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, parts(e)...)
	}
	return all
}

// checkNames notes names that no destination has.
func (m *mistakes) checkNames(path string, to, names []string) {
	for i, name := range to {
		if slices.Contains(names, name) {
			continue
		}
		hint := "the destinations are " + strings.Join(names, ", ")
		if near := nearest(name, names); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		m.add(element(path, i+1), "no destination is named %.80q; %s", name, hint)
	}
}

func (m *mistakes) checkWatches(c *Config, names []string) {
	seen := map[string]string{}
	for i, w := range c.Watches {
		path := element("watch", i+1)
		m.checkStory(path, w.URL, seen)
		if _, err := schedule.Parse(w.Schedule, c.Schedule.Zone); err != nil {
			m.add(path+".schedule", "%v", err)
		}
		for j, tag := range w.Tags {
			if strings.TrimSpace(tag) == "" {
				m.add(element(path+".tags", j+1), "is empty")
			}
		}
		m.checkNames(path+".to", w.To, names)
	}
}

// checkStory checks a watch's URL. seen holds the watch of each story so far,
// by the story's key: the same for every spelling of its address.
func (m *mistakes) checkStory(path, address string, seen map[string]string) {
	if address == "" {
		m.add(path+".url", "is missing; it must be the story's URL")
		return
	}
	story, err := watcher.ParseAddress(address)
	if err != nil {
		m.add(path+".url", "%v", err)
		return
	}
	if first := seen[story.Key]; first != "" {
		m.add(path+".url", "is the story of %s too; one watch is enough", first)
		return
	}
	seen[story.Key] = path
}

func (m *mistakes) checkWeb(w Web) {
	if err := web.CheckListen(w.Listen); err != nil {
		m.add("web.listen", "is %.80q: %v", w.Listen, err)
	}
	if w.BaseURL != "" {
		m.checkURL("web.base_url", w.BaseURL)
	}
}

func (m *mistakes) between(key string, d, least, most time.Duration) {
	if d < least || d > most {
		m.add(key, "is %s; it can be %s to %s", d, least, most)
	}
}

// notWebhook is said of a webhook's URL, which is a secret and not shown.
const notWebhook = "is no URL of a webhook; copy it again from the channel's settings, Integrations, Webhooks"

func (m *mistakes) checkURL(key, address string) {
	if address == "" {
		m.add(key, "is missing; it must be a URL")
		return
	}
	if _, err := fetch.ParseURL(address); err != nil {
		m.add(key, "%v", err)
	}
}
