package config

import (
	"errors"
	"strings"
	"testing"
)

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
			"stet.toml:1: quux_quux_quux: unknown key; the tables are store, fetch, schedule, discord, destination, route, watch, site, operator, web, log"},
		{"a key of a later version", "[web]\npassword_file = \"p\"",
			"stet.toml:2: web.password_file: not yet known to this version of stet; take it out"},
		{"a table of a later version, told once", "[keep]\nrevisions = \"1y\"\ncaptures = \"1y\"\n[[source]]\nurl = \"https://a.example/feed\"",
			"stet.toml:1: keep: not yet known to this version of stet; take it out\n" +
				"stet.toml:4: source: not yet known to this version of stet; take it out"},
		{"a key of the second destination", discord + "webhook_url = \"https://d.example/h\"\n[[destination]]\nname = \"b\"\ntype = \"console\"\nchanel = \"1\"",
			"stet.toml:8: destination[2].chanel: unknown key; did you mean destination[2].channel?"},
		{"a key within a match", "[[destination]]\nname=\"t\"\ntype=\"console\"\n[[route]]\nto=[\"t\"]\nmatch = { wieght = [\"minor\"] }",
			"stet.toml:6: route[1].match.wieght: unknown key; did you mean route[1].match.weight?"},
		{"a key with a line break in it", "\"a\\nb\" = 1",
			"stet.toml:1: \"a\\nb\": unknown key; the tables are store, fetch, schedule, discord, destination, route, watch, site, operator, web, log"},

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
		{"words that are no pattern, in a match", "[[route]]\nto = [\"console\"]\n[route.match]\nwords = [\n  \"mayor\",\n  'minister(s',\n]",
			`stet.toml:6: route[1].match.words[2]: "minister(s" is no RE2 pattern: missing closing ): "minister(s"`},
		{"words that are empty, in a match", "[[route]]\nto = [\"console\"]\nmatch = { words = [\"\"] }",
			"stet.toml:3: route[1].match.words[1]: an empty value; leave the key out to match everything"},
		{"words that are a number", "[[route]]\nto = [\"console\"]\nmatch = { words = [7] }",
			"stet.toml:3: route[1].match.words[1]: is the number 7; it must be a string in quotes"},
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
