package config

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stet/watcher/compare"
	"stet/watcher/fetch"
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
	c.Sites = []Site{{Hosts: []string{"paper.example"}, Headers: map[string]HeaderValue{"X-Key": {Text: NewSecret("hunter2")}}, Identity: &fetch.Identity{
		Headers: http.Header{"X-Key": {"hunter2"}}, Cookies: []fetch.Cookie{{Domain: "paper.example", Name: "id", Value: "hunter2"}}}}}
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
