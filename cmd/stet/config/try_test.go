package config

import (
	"slices"
	"strings"
	"testing"
)

func TestTry(t *testing.T) {
	clearEnvironment(t)
	dir := t.TempDir()
	c, err := Load(write(t, dir, "stet.toml", `
[[destination]]
name = "desk"
type = "console"
[[route]]
to = ["desk"]
match = { silent = true }
[[site]]
hosts = ["paper.example"]
ignore = ".ask"
[fetch]
timeout = "20s"
`))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, doc    string
		destinations string
		routes       int
		site         string // one that has rules; "" for none
	}{
		{"an empty file changes nothing", "", "desk", 1, "paper.example"},
		{"routes alone, to what the config has", "[[route]]\nto = [\"desk\"]\n[[route]]\nto = [\"desk\"]\nmatch = { tag = [\"city\"] }\n", "desk", 2, "paper.example"},
		{"no routes", "route = []\n", "desk", 0, "paper.example"},
		{"no sites", "site = []\n", "desk", 1, ""},
		{"other sites, whose secrets are not there", "[[site]]\nhosts = [\"other.example\"]\narticle = \"main\"\ncookie_file = \"nowhere.txt\"\nheaders = { X-Key = { env = \"NOT_SET\" } }\n", "desk", 1, "other.example"},
		{"destinations by name alone", "[[destination]]\nname = \"ops\"\n[[destination]]\nname = \"hall\"\ntype = \"discord\"\nwebhook_file = \"nowhere\"\n[[route]]\nto = [\"hall\"]\n", "ops hall", 1, "paper.example"},
		{"the rest of the file is not used", "[fetch]\ntimeout = \"99s\"\n[store]\nurl = \"sqlite:other.db\"\n", "desk", 1, "paper.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, taken, err := c.Try(write(t, dir, "new.toml", tt.doc))
			if err != nil {
				t.Fatal(err)
			}
			for _, kind := range []string{"site", "route", "destination"} {
				if in := slices.Contains(taken, "[["+kind+"]]"); in != strings.Contains(tt.doc, kind) {
					t.Errorf("%s was taken: %t", kind, in)
				}
			}
			if names := strings.Join(got.DestinationNames(), " "); names != tt.destinations || len(got.Routes) != tt.routes {
				t.Errorf("destinations %q, %d routes; want %q, %d", names, len(got.Routes), tt.destinations, tt.routes)
			}
			for _, host := range []string{"paper.example", "other.example"} {
				if ruled := got.Rules(host) != nil; ruled != (host == tt.site) {
					t.Errorf("%s has rules: %t", host, ruled)
				}
			}
			if got.Fetch.Timeout != c.Fetch.Timeout || got.Store != c.Store {
				t.Error("what is no site, route or destination was taken from the file, too")
			}
		})
	}
	if len(c.Routes) != 1 || !slices.Equal(c.DestinationNames(), []string{"desk"}) || c.Rules("paper.example") == nil {
		t.Error("the config itself was changed")
	}
	for _, tt := range []struct{ doc, want string }{
		{"[[rout]]\nto = [\"desk\"]\n", `new.toml:1: rout: `},
		{"[[route]]\nto = [\"desc\"]\n", `new.toml:2: route[1].to[1]: no destination is named "desc"; did you mean "desk"?`},
		{"[[route]]\nto = [\"desk\"]\nmatch = { weight = [\"heavy\"] }\n", `"heavy" is unknown`},
		{"[[site]]\nhosts = [\"paper.example\"]\nignore = \"p >\"\n", `new.toml:3: site[1].ignore: is "p >", which is no CSS selector`},
		{"[[destination]]\nname = \"desk\"\ntype = \"carrier pigeon\"\n", `new.toml:3: destination[1].type`},
		{"[fetch]\ntimeout = \"0s\"\n", "new.toml:2: fetch.timeout"},
		{"[[route]\n", "cannot be read as TOML"},
	} {
		if _, _, err := c.Try(write(t, dir, "new.toml", tt.doc)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("Try(%q) = %v, want %q in it", tt.doc, err, tt.want)
		}
	}
	if _, _, err := c.Try("nowhere.toml"); err == nil {
		t.Error("Try took a file that is not there")
	}
}
