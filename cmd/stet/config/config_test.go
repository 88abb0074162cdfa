package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet/watcher/compare"
)

// clearEnvironment keeps the secrets of whoever runs the tests out of them.
func clearEnvironment(t testing.TB) {
	for _, name := range []string{"STET_CONFIG", "STET_DISCORD_TOKEN", "STET_DISCORD_WEBHOOK"} {
		t.Setenv(name, "")
	}
}

func TestLoadEverything(t *testing.T) {
	clearEnvironment(t)
	dir := t.TempDir()
	write(t, dir, "hook", "https://discord.com/api/webhooks/1/hook-from-file\n")
	write(t, dir, "token", " token-from-file\n")
	path := write(t, dir, "stet.toml", `
[store]
url = "sqlite:/srv/stet.db"
[fetch]
user_agent = "stet (+https://desk.example)"
timeout = "20s"
max_body = "1.5 MiB"
per_host_interval = "500ms"
per_host_parallel = 3
respect_robots = false
allow_private = ["10.20.0.0/16", "fd00::/8", "192.168.7.7"]
allow_ports = [8080]
proxy = "socks5://user:pass@proxy.example:1080"
[schedule]
default = "CRON_TZ=Asia/Tokyo 0 9 * * *"
time_zone = "Europe/Paris"
confirm = "2m"
[discord]
token_file = "token"
api_url = "http://127.0.0.1:9000/api"
[[destination]]
name = "desk"
type = "discord"
channel = "123456789012345678"
[[destination]]
name = "hook"
type = "discord"
webhook_file = "hook"
[[destination]]
name = "archive"
type = "webhook"
url = "https://archive.example/in"
secret = "0123456789abcdef"
[[destination]]
name = "term"
type = "console"
[[route]]
to = ["desk", "hook"]
match = { silent = true, weight = ["substantive"], words = ["minister"] }
[[route]]
to = ["archive"]
[route.match]
host = ["paper.example"]
[[watch]]
url = "https://paper.example/a"
label = "A"
tags = ["politics"]
schedule = "@every 5m"
to = ["term"]
[operator]
to = ["term"]
[web]
listen = "[::1]:9090"
base_url = "https://stet.desk.example"
[log]
level = "debug"
format = "json"
`)
	c, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(what string, got, want any) {
		t.Helper()
		if fmt.Sprintf("%#v", got) != fmt.Sprintf("%#v", want) {
			t.Errorf("%s = %#v, want %#v", what, got, want)
		}
	}
	check("File", c.File, path)
	check("Store.URL", c.Store.URL, "sqlite:/srv/stet.db")
	check("UserAgent", c.Fetch.UserAgent, "stet (+https://desk.example)")
	check("Timeout", c.Fetch.Timeout, 20*time.Second)
	check("MaxBody", c.Fetch.MaxBody, int64(1536<<10))
	check("PerHostInterval", c.Fetch.PerHostInterval, 500*time.Millisecond)
	check("PerHostParallel", c.Fetch.PerHostParallel, 3)
	check("RespectRobots", c.Fetch.RespectRobots, false)
	check("AllowPrivate", fmt.Sprint(c.Fetch.AllowPrivate), "[10.20.0.0/16 fd00::/8 192.168.7.7/32]")
	check("AllowPorts", c.Fetch.AllowPorts, []int{8080})
	check("Proxy", c.Fetch.ProxyURL().String(), "socks5://user:pass@proxy.example:1080")
	check("Schedule.Default", c.Schedule.Default, "CRON_TZ=Asia/Tokyo 0 9 * * *")
	check("Zone", c.Schedule.Zone.String(), "Europe/Paris")
	check("Confirm", c.Schedule.Confirm, 2*time.Minute)
	check("Token", c.Discord.Token.Reveal(), "token-from-file")
	check("APIURL", c.Discord.APIURL, "http://127.0.0.1:9000/api")
	check("DestinationNames", c.DestinationNames(), []string{"desk", "hook", "archive", "term"})
	check("Channel", c.Destinations[0].Channel, "123456789012345678")
	check("WebhookURL", c.Destinations[1].WebhookURL.Reveal(), "https://discord.com/api/webhooks/1/hook-from-file")
	check("URL", c.Destinations[2].URL.Reveal(), "https://archive.example/in")
	check("Secret", c.Destinations[2].Secret.Reveal(), "0123456789abcdef")
	check("Routes[0].To", c.Routes[0].To, []string{"desk", "hook"})
	check("Silent", *c.Routes[0].Match.Silent, true)
	check("Weight", c.Routes[0].Match.Weight, []compare.Weight{compare.Substantive})
	check("Host", c.Routes[1].Match.Host, []string{"paper.example"})
	check("Silent of a match without it", c.Routes[1].Match.Silent == nil, true)
	check("Watches", c.Watches, []Watch{{"https://paper.example/a", "A", []string{"politics"}, "@every 5m", []string{"term"}}})
	check("Operator.To", c.Operator.To, []string{"term"})
	check("Listen", c.Web.Listen, "[::1]:9090")
	check("Level", c.Log.Level, slog.LevelDebug)
	check("Format", c.Log.Format, "json")
}

func TestWithoutFile(t *testing.T) {
	clearEnvironment(t)
	c, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	if got := c.DestinationNames(); len(got) != 1 || c.Destinations[0].Type != Console {
		t.Errorf("destinations without a file: %v, want the console alone", got)
	}
	if c.File != "" || c.Schedule.Default != "adaptive" {
		t.Errorf("Load(\"\") = %+v, want the defaults", c)
	}
}

// A case is a file and the errors it must give, one a line.
func TestMistakes(t *testing.T) {
	const discord = "[[destination]]\nname = \"desk\"\ntype = \"discord\"\n"
	tests := []struct {
		name, file, want string
	}{
		{"a letter left out of a key", "[fetch]\ntimout = \"9s\"",
			"stet.toml:2: fetch.timout: unknown key; did you mean fetch.timeout?"},
		{"two letters swapped in a table's name", "\n[shcedule]\ndefault = \"@hourly\"",
			"stet.toml:2: shcedule: unknown key; did you mean schedule?"},
		{"a key at the top that belongs into a table", `base_url = "https://desk.example"`,
			"stet.toml:1: base_url: unknown key here; did you mean web.base_url?"},
		{"a key like no other", "[web]\nzzzzzzzzzz = 1",
			"stet.toml:2: web.zzzzzzzzzz: unknown key; web has listen, base_url"},
		{"a table like no other", "[quux_quux_quux]",
			"stet.toml:1: quux_quux_quux: unknown key; the tables are store, fetch, schedule, discord, destination, route, watch, operator, web, log"},
		{"a key of a later version", "[web]\npassword_file = \"p\"",
			"stet.toml:2: web.password_file: not yet known to this version of stet; take it out"},
		{"a table of a later version, told once", "[keep]\nrevisions = \"1y\"\ncaptures = \"1y\"\n[[site]]\nhosts = [\"a.example\"]",
			"stet.toml:1: keep: not yet known to this version of stet; take it out\n" +
				"stet.toml:4: site: not yet known to this version of stet; take it out"},
		{"a key of the second destination", discord + "webhook_url = \"https://d.example/h\"\n[[destination]]\nname = \"b\"\ntype = \"console\"\nchanel = \"1\"",
			"stet.toml:8: destination[2].chanel: unknown key; did you mean destination[2].channel?"},
		{"a key within a match", "[[destination]]\nname=\"t\"\ntype=\"console\"\n[[route]]\nto=[\"t\"]\nmatch = { wieght = [\"minor\"] }",
			"stet.toml:6: route[1].match.wieght: unknown key; did you mean route[1].match.weight?"},
		{"a key with a line break in it", "\"a\\nb\" = 1",
			"stet.toml:1: \"a\\nb\": unknown key; the tables are store, fetch, schedule, discord, destination, route, watch, operator, web, log"},

		{"a number for a duration", "[fetch]\ntimeout = 20",
			`stet.toml:2: fetch.timeout: is the number 20; it must be a string with a unit, such as "90s"`},
		{"a number for a size", "[fetch]\nmax_body = 20",
			`stet.toml:2: fetch.max_body: is the number 20; it must be a string with a unit, such as "5 MiB"`},
		{"a string for a flag", "[fetch]\nrespect_robots = \"no\"",
			`stet.toml:2: fetch.respect_robots: is the string "no"; it must be true or false`},
		{"a string for a list", "[operator]\nto = \"ops\"",
			`stet.toml:2: operator.to: is the string "ops"; it must be a list, such as ["a", "b"]`},
		{"a number in a list of strings", "[operator]\nto = [7]",
			`stet.toml:2: operator.to[1]: is the number 7; it must be a string in quotes`},
		{"a fraction for a count", "[fetch]\nper_host_parallel = 1.5",
			"stet.toml:2: fetch.per_host_parallel: is the number 1.5; it must be a whole number"},
		{"a date for a string", "[log]\nformat = 2026-01-01",
			"stet.toml:2: log.format: is a date or time; it must be a string in quotes"},
		{"a value for a table", "fetch = true",
			"stet.toml:1: fetch: is true; it must be a table"},
		{"one table for a list of tables", "[watch]\nurl = \"https://a.example/\"",
			"stet.toml:1: watch: is a table; it must be a list of tables, each under its own [[name]]"},
		{"a table for a network", "[fetch]\nallow_private = [{a = 1}]",
			`stet.toml:2: fetch.allow_private[1]: is a table; it must be a string, such as "10.20.0.0/16"`},
		{"a list for a table", "[[fetch]]\ntimeout = \"9s\"",
			"stet.toml:1: fetch: is a list; it must be a table"},
		{"a channel id without quotes", discord + "channel = 123456789012345678",
			"stet.toml:1: destination[1]: says neither channel (posts as the bot) nor webhook_url nor webhook_file\n" +
				"stet.toml:4: destination[1].channel: is the number 123456789012345678; it must be a string in quotes"},

		{"a duration without a unit", "[fetch]\ntimeout = \"20\"",
			`stet.toml:2: fetch.timeout: is "20", which is no duration; write hours, minutes and seconds, such as "2h", "1m30s" or "500ms"`},
		{"a duration out of bounds", "[fetch]\ntimeout = \"20h\"",
			"stet.toml:2: fetch.timeout: is 20h0m0s; it can be 1s to 5m0s"},
		{"a negative duration", "[fetch]\nper_host_interval = \"-2s\"",
			"stet.toml:2: fetch.per_host_interval: is -2s; it can be 0s to 1h0m0s"},
		{"a size of an odd unit", "[fetch]\nmax_body = \"5 floppies\"",
			`stet.toml:2: fetch.max_body: is "5 floppies", which is no size; write a number and a unit, such as "5 MiB"`},
		{"a size out of bounds", "[fetch]\nmax_body = \"5 GiB\"",
			`stet.toml:2: fetch.max_body: is 5368709120 bytes; it can be "64 KiB" to "64 MiB"`},
		{"a count out of bounds", "[fetch]\nper_host_parallel = 0",
			"stet.toml:2: fetch.per_host_parallel: is 0; it can be 1 to 16"},
		{"a network that is none, and one within another", "[fetch]\nallow_private = [\n  \"10.0.0.0/8\",\n  \"ten\",\n  \"10.0.0.1/8\",\n]",
			`stet.toml:4: fetch.allow_private[2]: is "ten", which is no network; write an address and the length of its prefix, such as "10.20.0.0/16" or "fd00::/8"` + "\n" +
				`stet.toml:5: fetch.allow_private[3]: is "10.0.0.1/8", an address within a network; for all of that network write "10.0.0.0/8"`},
		{"a port that is none", "[fetch]\nallow_ports = [80, 70000]",
			"stet.toml:2: fetch.allow_ports[2]: is 70000; ports go from 1 to 65535"},
		{"a user agent with a line break", "[fetch]\nuser_agent = \"a\\nb\"",
			"stet.toml:2: fetch.user_agent: must be at most 200 plain ASCII characters, as it goes into a header"},
		{"a proxy by name alone, not shown", "[fetch]\nproxy = \"hunter2\"",
			"stet.toml:2: fetch.proxy: is no URL of a proxy; write one such as http://proxy.example:3128 or socks5://proxy.example:1080"},
		{"a time zone that is none", "[schedule]\ntime_zone = \"Mars/Olympus\"",
			`stet.toml:2: schedule.time_zone: is "Mars/Olympus", which is no time zone known here; use a name of the IANA database, such as "Europe/Paris", or "UTC" or "Local"`},
		{"a schedule of 30 February", "[schedule]\ndefault = \"0 0 30 2 *\"",
			`stet.toml:2: schedule.default: schedule "0 0 30 2 *": never fires: no year has that day of that month`},
		{"a watch looked at every second", "[[watch]]\nurl = \"https://a.example/\"\nschedule = \"@every 1s\"",
			`stet.toml:3: watch[1].schedule: schedule "@every 1s": looks every 1s; the least is 1m0s`},
		{"a store of a later version", "[store]\nurl = \"postgres://db.example/stet\"",
			`stet.toml:2: store.url: PostgreSQL is not yet known to this version of stet; write "sqlite:" and a path`},
		{"a store without a kind", "[store]\nurl = \"/var/stet.db\"",
			`stet.toml:2: store.url: is "/var/stet.db"; write "sqlite:" and the path of a file, such as "sqlite:/var/lib/stet/stet.db"`},
		{"a store left empty", "[store]\nurl = \"\"",
			`stet.toml:2: store.url: is ""; write "sqlite:" and the path of a file, such as "sqlite:/var/lib/stet/stet.db"`},
		{"a token with Bot before it", "[discord]\ntoken = \"Bot hunter2\"",
			`stet.toml:2: discord.token: must stand without "Bot " before it`},
		{"a secret without quotes, not shown", "[discord]\ntoken = 12345678",
			"stet.toml:2: discord.token: is a number; it must be a string in quotes"},
		{"a log level that is none", "[log]\nlevel = \"loud\"\nformat = \"xml\"",
			`stet.toml:2: log.level: is "loud"; it can be debug, info, warn or error` + "\n" +
				`stet.toml:3: log.format: is "xml"; it can be text or json`},
		{"pages for the whole network", "[web]\nlisten = \"0.0.0.0:80\"",
			`stet.toml:2: web.listen: is "0.0.0.0:80": the pages have no password yet, so only this machine may reach them; write 127.0.0.1:80`},
		{"pages on a port alone", "[web]\nlisten = \"80\"",
			`stet.toml:2: web.listen: is "80": write a host and a port, such as 127.0.0.1:8321`},

		{"a destination without name and type", "[[destination]]",
			"stet.toml:1: destination[1].name: is missing; routes need it to name this destination\n" +
				"stet.toml:1: destination[1].type: is missing; it can be discord, webhook or console"},
		{"a destination of a later type", "[[destination]]\nname = \"a\"\ntype = \"slack\"",
			`stet.toml:3: destination[1].type: is "slack"; it can be discord, webhook or console`},
		{"two destinations of one name", "[[destination]]\nname = \"a\"\ntype = \"console\"\n[[destination]]\nname = \"a\"\ntype = \"console\"",
			`stet.toml:5: destination[2].name: "a" is the name of destination[1] too; each needs its own`},
		{"a channel without a bot", discord + "channel = \"123456789012345678\"",
			"stet.toml:4: destination[1].channel: posts as the bot, which needs discord.token, discord.token_file or $STET_DISCORD_TOKEN"},
		{"a channel by name", discord + "channel = \"#news\"",
			`stet.toml:4: destination[1].channel: is "#news"; it must be the channel's id, 17 to 20 digits (right-click the channel, Copy Channel ID)`},
		{"a channel and a webhook", discord + "channel = \"123456789012345678\"\nwebhook_url = \"https://d.example/h\"",
			"stet.toml:4: destination[1].channel: is given beside a webhook; one of the two must go"},
		{"a webhook's URL that is none, not shown", discord + "webhook_url = \"hunter2\"",
			"stet.toml:4: destination[1].webhook_url: is no URL of a webhook; copy it again from the channel's settings, Integrations, Webhooks"},
		{"a webhook's file that is not there", discord + "webhook_file = \"/nowhere/hook\"",
			"stet.toml:4: destination[1].webhook_file: cannot be read: open /nowhere/hook: no such file or directory"},
		{"a Discord destination with a key of another type", discord + "webhook_url = \"https://d.example/h\"\nsecret = \"0123456789abcdef\"",
			"stet.toml:5: destination[1].secret: means nothing for a destination of type discord; take it out"},
		{"a console with keys of both other types", "[[destination]]\nname = \"a\"\ntype = \"console\"\nchannel = \"123456789012345678\"\nurl = \"https://a.example/\"",
			"stet.toml:4: destination[1].channel: means nothing for a destination of type console; take it out\n" +
				"stet.toml:5: destination[1].url: means nothing for a destination of type console; take it out"},
		{"a webhook without its URL", "[[destination]]\nname = \"a\"\ntype = \"webhook\"",
			"stet.toml:1: destination[1].url: must be the URL that takes the messages, such as https://receiver.example/stet"},
		{"a webhook's URL that is none, not shown either", "[[destination]]\nname = \"a\"\ntype = \"webhook\"\nurl = \"hunter2\"",
			"stet.toml:4: destination[1].url: must be the URL that takes the messages, such as https://receiver.example/stet"},

		{"a route to a misspelt destination", discord + "webhook_url = \"https://d.example/h\"\n[[route]]\nto = [\"deks\"]",
			`stet.toml:6: route[1].to[1]: no destination is named "deks"; did you mean "desk"?`},
		{"a route to a destination like no other", discord + "webhook_url = \"https://d.example/h\"\n[[route]]\nto = [\"elsewhere\"]",
			`stet.toml:6: route[1].to[1]: no destination is named "elsewhere"; the destinations are desk`},
		{"a route to nowhere", "[[route]]\nmatch = { silent = true }",
			"stet.toml:1: route[1].to: is missing; name the destinations that the route sends to"},
		{"a weight that is none, in a match", "[[route]]\nto = [\"console\"]\n[route.match]\nsilent = true\nweight = [\"minor\", \"heavy\"]",
			`stet.toml:5: route[1].match.weight: "heavy" is unknown; it can be cosmetic, minor, substantive or rewrite`},
		{"news for a destination that is not there", "[operator]\nto = [\"ops\"]",
			`stet.toml:2: operator.to[1]: no destination is named "ops"; the destinations are console`},

		{"a watch without a URL", "[[watch]]\nlabel = \"A\"",
			"stet.toml:1: watch[1].url: is missing; it must be the story's URL"},
		{"a story twice, by another spelling", "[[watch]]\nurl = \"https://a.example/x\"\n[[watch]]\nurl = \"http://www.a.example/x?utm_source=desk#top\"",
			"stet.toml:4: watch[2].url: is the story of watch[1] too; one watch is enough"},
		{"an empty tag", "[[watch]]\nurl = \"https://a.example/x\"\ntags = [\"a\", \" \"]",
			"stet.toml:3: watch[1].tags[2]: is empty"},

		{"many mistakes are told together, by line", "[web]\nlisten = 7\n[fetch]\nretries = 3\ntimeout = \"soon\"\n[log]\nlevel = \"loud\"",
			"stet.toml:2: web.listen: is the number 7; it must be a string in quotes\n" +
				"stet.toml:4: fetch.retries: unknown key; fetch has user_agent, timeout, max_body, per_host_interval, per_host_parallel, respect_robots, allow_private, allow_ports, proxy\n" +
				`stet.toml:5: fetch.timeout: is "soon", which is no duration; write hours, minutes and seconds, such as "2h", "1m30s" or "500ms"` + "\n" +
				`stet.toml:7: log.level: is "loud"; it can be debug, info, warn or error`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			clearEnvironment(t)
			c, err := parse("stet.toml", []byte(tt.file))
			if err == nil {
				t.Fatalf("no mistake found in\n%s\ngot %+v", tt.file, c)
			}
			if err.Error() != tt.want {
				t.Errorf("mistakes of\n%s\n\ngot\n%v\n\nwant\n%s", tt.file, err, tt.want)
			}
			if strings.Contains(err.Error(), "hunter2") {
				t.Errorf("the error shows a secret: %v", err)
			}
			var key *KeyError
			if !errors.As(err, &key) {
				t.Errorf("the error %T is no *KeyError", err)
			}
		})
	}
}

func TestWatchThatIsNoWebPage(t *testing.T) {
	_, err := parse("stet.toml", []byte("[[watch]]\nurl = \"ftp://a.example/x\""))
	if err == nil || !strings.HasPrefix(err.Error(), "stet.toml:2: watch[1].url: ") || !strings.Contains(err.Error(), "http") {
		t.Errorf("a watch of ftp://a.example/x: %v, want line, key and the schemes that work", err)
	}
}

func TestNotTOML(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"a string without an end", "[web]\nlisten = \"x\n", "stet.toml:2: cannot be read as TOML at character "},
		{"a key twice", "[web]\nlisten = \"a\"\nlisten = \"b\"\n", "stet.toml:3: cannot be read as TOML at character "},
		{"bytes that are no text", "\x00\xff", "stet.toml:1: cannot be read as TOML at character "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := parse("stet.toml", []byte(tt.file)); err == nil || !strings.HasPrefix(err.Error(), tt.want) {
				t.Errorf("parse(%q): %v, want %s…", tt.file, err, tt.want)
			}
		})
	}
}

func TestFileTooLarge(t *testing.T) {
	path := write(t, t.TempDir(), "stet.toml", strings.Repeat("#\n", 600_000))
	if _, err := Load(path); err == nil || !strings.Contains(err.Error(), "over 1 MiB") {
		t.Errorf("Load of a file of 1.2 MB: %v", err)
	}
}

func TestByteOrderMark(t *testing.T) {
	clearEnvironment(t)
	c, err := parse("stet.toml", []byte("\xef\xbb\xbf[log]\nformat = \"json\""))
	if err != nil || c.Log.Format != "json" {
		t.Errorf("a file as Windows saves it: %v, %v", c, err)
	}
}

func TestEnvironment(t *testing.T) {
	const hook, other = "https://discord.com/api/webhooks/1/env", "https://discord.com/api/webhooks/1/file"
	tests := []struct {
		name, file string
		webhook    string
		token      string
		want       string // names, webhook of "discord", token
		wantErr    string
	}{
		{name: "a webhook makes a destination beside the console", webhook: hook,
			want: "[console discord] " + hook + " "},
		{name: "a webhook makes a destination beside the file's", webhook: hook,
			file: "[[destination]]\nname = \"t\"\ntype = \"console\"",
			want: "[t discord] " + hook + " "},
		{name: "a webhook counts before the file's", webhook: hook,
			file: "[[destination]]\nname = \"discord\"\ntype = \"discord\"\nwebhook_url = \"" + other + "\"",
			want: "[discord] " + hook + " "},
		{name: "a webhook completes the file's destination", webhook: " " + hook + "\n",
			file: "[[destination]]\nname = \"discord\"\ntype = \"discord\"",
			want: "[discord] " + hook + " "},
		{name: "a webhook beside a bot's destination of that name", webhook: hook, token: "t",
			file:    "[[destination]]\nname = \"discord\"\ntype = \"discord\"\nchannel = \"123456789012345678\"",
			wantErr: "stet.toml:2: destination[1].name: \"discord\" is the destination of $STET_DISCORD_WEBHOOK, which is set; choose another name here"},
		{name: "a webhook that is no URL", webhook: "hunter2",
			wantErr: "$STET_DISCORD_WEBHOOK: is no URL of a webhook; copy it again from the channel's settings, Integrations, Webhooks"},
		{name: "a token counts before the file's", token: "env-token", file: "[discord]\ntoken = \"file-token\"",
			want: "[console]  env-token"},
		{name: "a token with Bot before it", token: "Bot hunter2",
			wantErr: `$STET_DISCORD_TOKEN: must stand without "Bot " before it`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			clearEnvironment(t)
			t.Setenv("STET_DISCORD_WEBHOOK", tt.webhook)
			t.Setenv("STET_DISCORD_TOKEN", tt.token)
			c, err := parse("stet.toml", []byte(tt.file))
			if tt.wantErr != "" {
				if err == nil || err.Error() != tt.wantErr || strings.Contains(err.Error(), "hunter2") {
					t.Fatalf("got %v, want %s", err, tt.wantErr)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			address := ""
			for _, d := range c.Destinations {
				if d.Name == "discord" {
					address = d.WebhookURL.Reveal()
				}
			}
			if got := fmt.Sprint(c.DestinationNames(), " ", address, " ", c.Discord.Token.Reveal()); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestUserAgentNamesTheOperator(t *testing.T) {
	clearEnvironment(t)
	for file, want := range map[string]string{
		"": Default().Fetch.UserAgent,
		"[web]\nbase_url = \"https://stet.desk.example\"":                         "stet (+https://stet.desk.example)",
		"[web]\nbase_url = \"http://127.0.0.1:8321\"":                             Default().Fetch.UserAgent,
		"[fetch]\nuser_agent = \"x\"\n[web]\nbase_url = \"https://stet.example\"": "x",
	} {
		if c := parseString(t, file); c.Fetch.UserAgent != want {
			t.Errorf("with %q the user agent is %q, want %q", file, c.Fetch.UserAgent, want)
		}
	}
}

func TestFind(t *testing.T) {
	clearEnvironment(t)
	home, cwd := t.TempDir(), t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", home)
	t.Setenv("HOME", home)
	t.Chdir(cwd)
	find := func(flag, want string) {
		t.Helper()
		if got, err := Find(flag); got != want || err != nil {
			t.Errorf("Find(%q) = %q, %v; want %q", flag, got, err, want)
		}
	}
	find("", "")
	folder, err := os.UserConfigDir()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(folder, "stet"), 0o700); err != nil {
		t.Fatal(err)
	}
	users := write(t, filepath.Join(folder, "stet"), "stet.toml", "")
	find("", users)
	write(t, cwd, "stet.toml", "")
	find("", "stet.toml")
	named := write(t, home, "other.toml", "")
	t.Setenv("STET_CONFIG", named)
	find("", named)
	flagged := write(t, home, "flagged.toml", "")
	find(flagged, flagged)

	if got, err := Find(filepath.Join(home, "missing.toml")); err == nil || !strings.Contains(err.Error(), "--config") {
		t.Errorf("Find of a file that is not there = %q, %v", got, err)
	}
	t.Setenv("STET_CONFIG", filepath.Join(home, "missing.toml"))
	if got, err := Find(""); err == nil || !strings.Contains(err.Error(), "$STET_CONFIG") {
		t.Errorf("Find with $STET_CONFIG not there = %q, %v", got, err)
	}
}

func TestDataFolder(t *testing.T) {
	tests := []struct {
		name, system string
		env          map[string]string
		want         string
	}{
		{"Linux", "linux", map[string]string{"HOME": "/home/a"}, "/home/a/.local/share/stet"},
		{"Linux with a data folder", "linux", map[string]string{"HOME": "/home/a", "XDG_DATA_HOME": "/data"}, "/data/stet"},
		{"Linux with a relative one, which does not count", "linux", map[string]string{"HOME": "/home/a", "XDG_DATA_HOME": "data"}, "/home/a/.local/share/stet"},
		{"macOS", "darwin", map[string]string{"HOME": "/Users/a"}, "/Users/a/Library/Application Support/stet"},
		{"no home", "linux", nil, ""},
		{"Windows without its folder", "windows", map[string]string{"HOME": "/home/a"}, ""},
		{"Windows", "windows", map[string]string{"LocalAppData": "/local"}, "/local/stet"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := dataFolder(tt.system, func(name string) string { return tt.env[name] })
			if filepath.ToSlash(got) != tt.want || (err == nil) != (tt.want != "") {
				t.Errorf("dataFolder = %q, %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestSecretsAreNotPrinted(t *testing.T) {
	c := Default()
	c.Discord.Token = NewSecret("hunter2")
	c.Destinations = []Destination{{Name: "a", WebhookURL: NewSecret("hunter2"), URL: NewSecret("hunter2"), Secret: NewSecret("hunter2")}}
	c.Fetch.Proxy = NewSecret("http://a:hunter2@proxy.example")
	type private struct{ inner Secret }
	var log strings.Builder
	logger := slog.New(slog.NewJSONHandler(&log, nil))
	logger.Info("config", "token", c.Discord.Token, "all", c)
	encoded, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{log.String(), string(encoded)}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		shown = append(shown, fmt.Sprintf(verb, c.Discord.Token), fmt.Sprintf(verb, c), fmt.Sprintf(verb, *c),
			fmt.Sprintf(verb, private{c.Discord.Token}), fmt.Sprintf(verb, fmt.Errorf("post: %v", c.Discord.Token)))
	}
	for _, s := range shown {
		if strings.Contains(s, "hunter2") || strings.Contains(s, "68756e74657232") {
			t.Errorf("a secret is shown in %s", s)
		}
	}
	if got := fmt.Sprint(c.Discord.Token, "/", NewSecret("")); got != "[secret]/" {
		t.Errorf("a secret and an empty one print as %q, want [secret]/", got)
	}
}

func TestFingerprintChangesWithTheSettings(t *testing.T) {
	bot := Bot{Token: NewSecret("a")}
	channel := Destination{Name: "x", Type: Discord, Channel: "123456789012345678"}
	renamed, moved := channel, channel
	renamed.Name, moved.Channel = "y", "123456789012345679"
	same := channel.Fingerprint(bot)
	if renamed.Fingerprint(bot) != same {
		t.Error("a destination's name changes its fingerprint")
	}
	if moved.Fingerprint(bot) == same || channel.Fingerprint(Bot{Token: NewSecret("b")}) == same {
		t.Error("another channel or another token leaves the fingerprint as it was")
	}
	hook := Destination{Type: Discord, WebhookURL: NewSecret("https://d.example/1")}
	if hook.Fingerprint(bot) != hook.Fingerprint(Bot{}) {
		t.Error("the bot's token changes the fingerprint of a webhook")
	}
}

func TestNearest(t *testing.T) {
	words := []string{"timeout", "max_body", "proxy", "to"}
	for word, want := range map[string]string{
		"timout": "timeout", "Timeout": "timeout", "maxbody": "max_body", "poxry": "proxy", "too": "to",
		"completely_else": "", "abc": "", "": "",
	} {
		if got := nearest(word, words); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestNetworks(t *testing.T) {
	if got, err := parseNetwork("fe80::1%eth0"); err == nil {
		t.Errorf("an address with a zone is taken for the network %s", got)
	}
	if got, err := parseNetwork("::1"); err != nil || got != netip.MustParsePrefix("::1/128") {
		t.Errorf("parseNetwork(::1) = %s, %v", got, err)
	}
}

func FuzzParse(f *testing.F) {
	for _, doc := range []string{Example, uncomment(true, true), "[fetch]\ntimeout = 20", "[[watch]]\n[watch.x]\ny = [[{a=1}]]",
		"a.b.c = 1\n[[a.d]]", "\"a\\nb\" = {c = [1, {d = 2}]}", "[fetch]\nallow_private = [\"::/0\", \"::/0\"]"} {
		f.Add([]byte(doc))
	}
	clearEnvironment(f)
	f.Fuzz(func(t *testing.T, doc []byte) {
		c, err := parse("stet.toml", doc)
		if (c == nil) == (err == nil) {
			t.Fatalf("parse gives %v, %v", c, err)
		}
		if err == nil {
			return
		}
		for line := range strings.SplitSeq(err.Error(), "\n") {
			if !strings.HasPrefix(line, "stet.toml:") {
				t.Errorf("the mistake %q does not name its file", line)
			}
		}
	})
}

func write(t *testing.T, dir, name, text string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
