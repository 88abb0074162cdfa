package main

import (
	"strconv"
	"strings"
	"time"
)

// moment reads a time as users write it: RFC 3339, or a date, with or without a
// time of day, in their own zone.
func moment(text string) (t time.Time, ok bool) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, text, time.Local); err == nil {
			return t, true
		}
	}
	return t, false
}

// momentSince reads the time that a flag gives as a moment, or as how long ago
// it was: "24h", "7d", "2w", "1d12h". "" is the zero time.
func momentSince(flag, text string, now time.Time) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, ok := moment(text); ok {
		return t, nil
	}
	if d, ok := ago(text); ok {
		return now.Add(-d), nil
	}
	return time.Time{}, usagef("%s: %q is no time; give one such as 2026-11-17, 2026-11-17T09:41:00Z, or how long ago: 24h, 7d", flag, text)
}

// ago reads a duration of up to 100 years that may begin with weeks and days.
func ago(text string) (time.Duration, bool) {
	const day, most = 24 * time.Hour, 36525 * 24 * time.Hour
	total := time.Duration(0)
	for _, unit := range []struct {
		mark string
		is   time.Duration
	}{{"w", 7 * day}, {"d", day}} {
		number, rest, found := strings.Cut(text, unit.mark)
		if !found {
			continue
		}
		n, err := strconv.ParseUint(number, 10, 16)
		if err != nil || n > uint64(most/unit.is) {
			return 0, false
		}
		if total, text = total+time.Duration(n)*unit.is, rest; total > most {
			return 0, false
		}
	}
	if text != "" {
		d, err := time.ParseDuration(text)
		if err != nil || d < 0 || d > most {
			return 0, false
		}
		total += d
	}
	return total, total <= most
}
