package config

import (
	"fmt"
	"log/slog"
	"net/netip"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"stet/notify"
)

// decode fills a struct from a table, by the structs' toml tags, and notes
// every unknown key and wrong type. Keys that the table leaves out keep what
// the struct holds.
func (m *mistakes) decode(path string, table map[string]any, into reflect.Value) {
	for _, key := range sortedKeys(table) {
		field, unit, ok := fieldOf(into, key)
		if !ok {
			m.unknown(path, key, into.Type())
			continue
		}
		m.value(join(path, key), table[key], field, unit)
	}
}

// value fills one value, if its type is the one wanted.
func (m *mistakes) value(path string, v any, into reflect.Value, unit string) {
	var fits bool
	var err error
	switch v := v.(type) {
	case string:
		if into.Type() == reflect.TypeFor[OneOrMore]() {
			into.Set(reflect.ValueOf(OneOrMore{v}))
			return
		}
		fits, err = setText(into, unit, v)
	case bool:
		fits = setBool(into, v)
	case int64:
		fits = setInt(into, v)
	case []any:
		if fits = into.Kind() == reflect.Slice; fits {
			m.list(path, v, into)
		}
	case map[string]any:
		if fits = isTable(into.Type()); fits {
			m.decode(path, v, into)
		} else if fits = into.Kind() == reflect.Map; fits {
			m.entries(path, v, into)
		}
	}
	if err != nil {
		m.add(path, "%v", err)
	} else if !fits {
		isSecret := into.Type() == reflect.TypeFor[Secret]() || into.Type() == reflect.TypeFor[HeaderValue]()
		m.add(path, "is %s; it must be %s", describe(v, isSecret), wanted(into.Type(), unit))
	}
}

func (m *mistakes) list(path string, vs []any, into reflect.Value) {
	list := reflect.MakeSlice(into.Type(), len(vs), len(vs))
	for i, v := range vs {
		m.value(element(path, i+1), v, list.Index(i), "")
	}
	into.Set(list)
}

// entries fills a map whose keys the file chooses.
func (m *mistakes) entries(path string, table map[string]any, into reflect.Value) {
	into.Set(reflect.MakeMap(into.Type()))
	for _, key := range sortedKeys(table) {
		v := reflect.New(into.Type().Elem()).Elem()
		m.value(join(path, key), table[key], v, "")
		into.SetMapIndex(reflect.ValueOf(key), v)
	}
}

// setBool sets a bool, or a pointer to one, which is nil for "not given".
func setBool(into reflect.Value, v bool) (fits bool) {
	switch into.Type() {
	case reflect.TypeFor[bool]():
		into.SetBool(v)
	case reflect.TypeFor[*bool]():
		into.Set(reflect.ValueOf(&v))
	default:
		return false
	}
	return true
}

func setInt(into reflect.Value, v int64) (fits bool) {
	if into.Type() != reflect.TypeFor[int]() || into.OverflowInt(v) {
		return false
	}
	into.SetInt(v)
	return true
}

// setText sets a string, or what the file writes as one.
func setText(into reflect.Value, unit, s string) (fits bool, err error) {
	parsed, fits, err := parseText(into.Type(), unit, s)
	switch {
	case err != nil:
		return fits, err
	case fits:
		into.Set(reflect.ValueOf(parsed))
	case into.Kind() == reflect.String:
		into.SetString(s)
		return true, nil
	}
	return fits, nil
}

// parseText reads the types that the file writes as strings. It reports
// whether the type is one of them.
func parseText(t reflect.Type, unit, s string) (v any, known bool, err error) {
	switch {
	case t == reflect.TypeFor[Secret]():
		return NewSecret(s), true, nil
	case t == reflect.TypeFor[HeaderValue]():
		return HeaderValue{Text: NewSecret(s)}, true, nil
	case t == reflect.TypeFor[time.Duration]():
		v, err = parseDuration(s)
	case t == reflect.TypeFor[*time.Location]():
		v, err = parseZone(s)
	case t == reflect.TypeFor[netip.Prefix]():
		v, err = parseNetwork(s)
	case t == reflect.TypeFor[slog.Level]():
		v, err = parseLevel(s)
	case t == reflect.TypeFor[notify.Pattern]():
		v, err = notify.ParsePattern(s)
	case unit == "bytes":
		v, err = parseSize(s)
	default:
		return nil, false, nil
	}
	return v, true, err
}

// wanted says in words what a type is written as.
func wanted(t reflect.Type, unit string) string {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return `a string with a unit, such as "90s"`
	case t == reflect.TypeFor[netip.Prefix]():
		return `a string, such as "10.20.0.0/16"`
	case t == reflect.TypeFor[slog.Level](), t == reflect.TypeFor[Secret](), t == reflect.TypeFor[*time.Location](), t == reflect.TypeFor[notify.Pattern]():
		return "a string in quotes"
	case t == reflect.TypeFor[HeaderValue]():
		return `a string in quotes, or { env = "NAME" } or { file = "PATH" }`
	case t == reflect.TypeFor[OneOrMore]():
		return "a string in quotes or a list of them"
	case t.Kind() == reflect.Map:
		return `a table, such as { Name = "value" }`
	case unit == "bytes":
		return `a string with a unit, such as "5 MiB"`
	case t == reflect.TypeFor[*bool](), t == reflect.TypeFor[bool]():
		return "true or false"
	case t.Kind() == reflect.String:
		return "a string in quotes"
	case t == reflect.TypeFor[int]():
		return "a whole number"
	case t.Kind() == reflect.Slice && isTable(t.Elem()):
		return "a list of tables, each under its own [[name]]"
	case t.Kind() == reflect.Slice:
		return `a list, such as ["a", "b"]`
	}
	return "a table"
}

// describe says in words what stands in the file; of a secret, only its type.
func describe(v any, isSecret bool) string {
	switch v := v.(type) {
	case string:
		return fmt.Sprintf("the string %.40q", v)
	case int64, float64:
		if isSecret {
			return "a number"
		}
		return fmt.Sprintf("the number %v", v)
	case bool:
		return strconv.FormatBool(v)
	case []any:
		return "a list"
	case map[string]any:
		return "a table"
	}
	return "a date or time"
}

func parseDuration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		return 0, fmt.Errorf(`is %.40q, which is no duration; write hours, minutes and seconds, such as "2h", "1m30s" or "500ms"`, s)
	}
	return d, nil
}

// parseSize reads "5 MiB", "200kB" or "1000000", in bytes.
func parseSize(s string) (int64, error) {
	digits := strings.TrimRight(s, "BKMGTikmgt ")
	unit, known := map[string]int64{
		"": 1, "b": 1, "kb": 1000, "mb": 1000_000, "gb": 1000_000_000,
		"kib": 1 << 10, "mib": 1 << 20, "gib": 1 << 30,
	}[strings.ToLower(strings.TrimSpace(s[len(digits):]))]
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !known || n < 0 || n > 1<<20 {
		return 0, fmt.Errorf(`is %.40q, which is no size; write a number and a unit, such as "5 MiB"`, s)
	}
	return int64(n * float64(unit)), nil
}

func parseZone(s string) (*time.Location, error) {
	zone, err := time.LoadLocation(s)
	if err != nil || s == "" {
		return nil, fmt.Errorf(`is %.40q, which is no time zone known here; use a name of the IANA database, such as "Europe/Paris", or "UTC" or "Local"`, s)
	}
	return zone, nil
}

func parseNetwork(s string) (netip.Prefix, error) {
	if addr, err := netip.ParseAddr(s); err == nil && addr.Zone() == "" {
		return netip.PrefixFrom(addr, addr.BitLen()), nil
	}
	p, err := netip.ParsePrefix(s)
	if err != nil {
		return p, fmt.Errorf(`is %.50q, which is no network; write an address and the length of its prefix, such as "10.20.0.0/16" or "fd00::/8"`, s)
	}
	if p != p.Masked() {
		return p, fmt.Errorf("is %q, an address within a network; for all of that network write %q", s, p.Masked())
	}
	return p, nil
}

func parseLevel(s string) (slog.Level, error) {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, ok := levels[s]
	if !ok {
		return 0, fmt.Errorf("is %.40q; it can be debug, info, warn or error", s)
	}
	return level, nil
}

// fieldOf returns the field of a struct that has the key, and its unit.
func fieldOf(v reflect.Value, key string) (field reflect.Value, unit string, ok bool) {
	for i := range v.NumField() {
		if tag := v.Type().Field(i).Tag; tag.Get("toml") == key && key != "" && key != "-" {
			return v.Field(i), tag.Get("unit"), true
		}
	}
	return reflect.Value{}, "", false
}

func sortedKeys(table map[string]any) []string {
	keys := make([]string, 0, len(table))
	for key := range table {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
