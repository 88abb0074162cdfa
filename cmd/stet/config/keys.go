package config

import (
	"reflect"
	"slices"
	"strings"
)

// later are keys that stet is going to have. They are refused for now: a
// setting that does nothing would be a promise not kept.
var later = []string{
	"store.key_file", "keep", "schedule.budget", "schedule.aim",
	"discord.guilds", "discord.gateway_url", "source",
	"web.password_file", "web.public", "web.public_full", "web.contact",
}

// unknown notes a key that its table does not have.
func (m *mistakes) unknown(path, key string, table reflect.Type) {
	at := join(path, key)
	name := withoutNumbers(at)
	if slices.Contains(later, name) {
		m.add(at, "not yet known to this version of stet; take it out")
		return
	}
	siblings := keysOf(table)
	if near := nearest(key, siblings); near != "" {
		m.add(at, "unknown key; did you mean %s?", join(path, near))
		return
	}
	for _, known := range allKeys(reflect.TypeFor[Config](), "") {
		if strings.HasSuffix(known, "."+key) {
			m.add(at, "unknown key here; did you mean %s?", known)
			return
		}
	}
	m.add(at, "unknown key; %s", knows(path, siblings))
}

func knows(path string, siblings []string) string {
	if path == "" {
		return "the tables are " + strings.Join(siblings, ", ")
	}
	return withoutNumbers(path) + " has " + strings.Join(siblings, ", ")
}

// keysOf returns the keys of a struct, in order.
func keysOf(t reflect.Type) []string {
	var keys []string
	for i := range t.NumField() {
		if key := t.Field(i).Tag.Get("toml"); key != "" && key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
}

// allKeys returns the keys of a struct and of the tables in it, as
// "table.key"; the elements of a list share theirs.
func allKeys(t reflect.Type, path string) []string {
	var keys []string
	for i := range t.NumField() {
		key, field := t.Field(i).Tag.Get("toml"), t.Field(i).Type
		if key == "" || key == "-" {
			continue
		}
		if field.Kind() == reflect.Slice {
			field = field.Elem()
		}
		if isTable(field) {
			keys = append(keys, allKeys(field, join(path, key))...)
			continue
		}
		keys = append(keys, join(path, key))
	}
	return keys
}

// isTable reports whether a type is written as a table of its own.
func isTable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && len(keysOf(t)) > 0
}

// withoutNumbers turns "watch[2].url" into "watch.url".
func withoutNumbers(path string) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(path, "[")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, path, _ = strings.Cut(rest, "]")
	}
}
