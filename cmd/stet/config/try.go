package config

import (
	"os"
	"slices"
)

// Try returns the config as it would be with the [[site]], [[route]] and
// [[destination]] tables of another file in the place of its own. A kind of
// table that the file does not have stays as it is; "route = []" stands for
// none. The rest of the file is checked as [Load] checks it, and not used. No
// secrets are read, and a destination needs no more than a name: what it
// returns is for asking what would be, not for fetching or sending. taken names
// the kinds of tables that the file has.
func (c *Config) Try(path string) (tried *Config, taken []string, err error) {
	doc, err := read(path)
	if err != nil {
		return nil, nil, err
	}
	t, m, given, err := decode(path, doc)
	if err != nil {
		return nil, nil, err
	}
	m.trial = true
	if _, ok := given["destination"]; !ok {
		t.Destinations = slices.Clone(c.Destinations)
	}
	if _, ok := given["route"]; !ok {
		t.Routes = c.Routes
	}
	if len(t.Destinations) == 0 {
		t.Destinations = []Destination{{Name: "console", Type: Console}}
	}
	if os.Getenv("STET_DISCORD_WEBHOOK") != "" && !slices.Contains(t.DestinationNames(), "discord") {
		t.Destinations = append(t.Destinations, Destination{Name: "discord", Type: Discord})
	}
	m.readSites(t)
	m.check(t)
	if err := m.err(); err != nil {
		return nil, nil, err
	}
	out := *c
	out.File, out.Destinations, out.Routes = path, t.Destinations, t.Routes
	if _, ok := given["site"]; ok {
		out.Sites, out.byHost = t.Sites, t.byHost
	}
	for _, kind := range []string{"site", "route", "destination"} {
		if _, ok := given[kind]; ok {
			taken = append(taken, "[["+kind+"]]")
		}
	}
	return &out, taken, nil
}
