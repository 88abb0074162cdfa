package main

import (
	"testing"
	"time"
)

func TestATimeIsGivenAsADateOrAsHowLongAgo(t *testing.T) {
	now := time.Date(2026, 11, 17, 9, 41, 0, 0, time.UTC)
	const day = 24 * time.Hour
	for _, tt := range []struct {
		text string
		want time.Time
	}{
		{"2026-11-16T08:00:00Z", time.Date(2026, 11, 16, 8, 0, 0, 0, time.UTC)},
		{"2026-11-16T08:00:00+01:00", time.Date(2026, 11, 16, 7, 0, 0, 0, time.UTC)},
		{"2026-11-16", time.Date(2026, 11, 16, 0, 0, 0, 0, time.Local)},
		{"24h", now.Add(-day)},
		{"90m", now.Add(-90 * time.Minute)},
		{"7d", now.Add(-7 * day)},
		{"2w", now.Add(-14 * day)},
		{"1w1d1h30m", now.Add(-8*day - 90*time.Minute)},
		{"", time.Time{}},
	} {
		if got, err := momentSince("--since", tt.text, now); err != nil || !got.Equal(tt.want) {
			t.Errorf("momentSince(%q) = %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
	for _, text := range []string{"yesterday", "7", "d", "-1d", "-24h", "1.5d", "7d d", "1d1w", "99999999d", "60000w", "5217w36525d876600h"} {
		if got, err := momentSince("--since", text, now); err == nil {
			t.Errorf("momentSince(%q) = %v, want an error", text, got)
		}
	}
}

func FuzzMomentSince(f *testing.F) {
	for _, text := range []string{"2026-11-17", "2026-11-17T09:41:00+01:00", "1w2d3h", "7d", "-1h", "d"} {
		f.Add(text)
	}
	now := time.Date(2026, 11, 17, 9, 41, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if d, ok := ago(text); ok && (d < 0 || now.Add(-d).After(now)) {
			t.Errorf("ago(%q) = %v, which is no time ago", text, d)
		}
		if _, err := momentSince("--since", text, now); err != nil && text == "" {
			t.Errorf("no time was refused: %v", err)
		}
	})
}
