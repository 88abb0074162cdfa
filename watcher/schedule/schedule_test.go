package schedule

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func at(t testing.TB, s string) time.Time {
	t.Helper()
	tm, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return tm
}

func mustParse(t testing.TB, spec string) Spec {
	t.Helper()
	s, err := ParseAtLeast(spec, nil, time.Second)
	if err != nil {
		t.Fatalf("ParseAtLeast(%q): %v", spec, err)
	}
	return s
}

// firings returns the times at which a cron spec fires, not spread.
func firings(s Spec, n int, after time.Time) string {
	var out []string
	for range n {
		after = fire(s.cron, after)
		out = append(out, after.Format(time.RFC3339))
	}
	return strings.Join(out, " ")
}

func TestCronFirings(t *testing.T) {
	tests := []struct {
		name, spec, after, want string
	}{
		{"every ten minutes", "*/10 * * * *", "2026-03-04T10:05:00Z",
			"2026-03-04T10:10:00Z 2026-03-04T10:20:00Z"},
		{"the very time asked about is over", "0 9 * * *", "2026-03-04T09:00:00Z",
			"2026-03-05T09:00:00Z"},
		{"nine in Tokyo is midnight in UTC", "CRON_TZ=Asia/Tokyo 0 9 * * *", "2026-03-04T10:00:00Z",
			"2026-03-05T09:00:00+09:00"},
		{"TZ= means the same", "TZ=Asia/Tokyo 0 9 * * *", "2026-03-04T10:00:00Z",
			"2026-03-05T09:00:00+09:00"},
		{"working days by name", "0 9 * * MON-FRI", "2026-03-06T10:00:00Z",
			"2026-03-09T09:00:00Z"},
		{"a day of month and a day of week means either", "0 9 13 * FRI", "2026-03-07T10:00:00Z",
			"2026-03-13T09:00:00Z 2026-03-20T09:00:00Z"},
		{"leap day waits four years", "0 0 29 2 *", "2026-03-04T10:00:00Z",
			"2028-02-29T00:00:00Z 2032-02-29T00:00:00Z"},
		{"leap day waits eight years around 2100", "0 0 29 2 *", "2096-03-01T00:00:00Z",
			"2104-02-29T00:00:00Z"},
		{"hourly", "@hourly", "2026-03-04T10:05:00Z", "2026-03-04T11:00:00Z"},
		{"weekly is Sunday", "@weekly", "2026-03-04T10:05:00Z", "2026-03-08T00:00:00Z"},

		{"in Berlin 02:30 does not come on the day clocks go forward", "CRON_TZ=Europe/Berlin 30 2 * * *", "2026-03-28T00:00:00Z",
			"2026-03-28T02:30:00+01:00 2026-03-30T02:30:00+02:00"},
		{"in Berlin 02:30 comes twice on the day clocks go back", "CRON_TZ=Europe/Berlin 30 2 * * *", "2026-10-24T12:00:00Z",
			"2026-10-25T02:30:00+02:00 2026-10-25T02:30:00+01:00 2026-10-26T02:30:00+01:00"},
		{"a half-hour schedule keeps its pace while clocks go back", "CRON_TZ=Europe/Berlin */30 * * * *", "2026-10-25T00:10:00Z",
			"2026-10-25T02:30:00+02:00 2026-10-25T02:00:00+01:00 2026-10-25T02:30:00+01:00 2026-10-25T03:00:00+01:00"},
		{"noon in Cairo comes on the Friday whose midnight is left out", "CRON_TZ=Africa/Cairo 0 12 * * FRI", "2026-04-22T12:00:00Z",
			"2026-04-24T12:00:00+03:00 2026-05-01T12:00:00+03:00"},
		{"Lord Howe's clocks move by half an hour", "CRON_TZ=Australia/Lord_Howe 0,30 1,2 * * *", "2026-10-03T13:00:00Z",
			"2026-10-04T01:00:00+10:30 2026-10-04T01:30:00+10:30 2026-10-04T02:30:00+11:00 2026-10-05T01:00:00+11:00"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustParse(t, tt.spec)
			n := len(strings.Fields(tt.want))
			if got := firings(s, n, at(t, tt.after)); got != tt.want {
				t.Errorf("%q after %s fires at\n%s, want\n%s", tt.spec, tt.after, got, tt.want)
			}
		})
	}
}

func TestRefused(t *testing.T) {
	tests := []struct {
		name, spec string
		want       string // what the error must say
	}{
		{"a rate under a minute", "@every 59s", "looks every 59s; the least is 1m0s"},
		{"a negative rate", "@every -5m", "the least is 1m0s"},
		{"a rate of none", "@every 0s", "the least is 1m0s"},
		{"a rate of more than a year", "@every 9000h", "the most is 8784h0m0s"},
		{"a rate in days", "@every 1d", `"1d" is no interval; write hours`},
		{"a rate without one", "@every", `"" is no interval`},
		{"30 February", "0 0 30 2 *", "never fires"},
		{"31 April", "0 0 31 4 *", "never fires"},
		{"a zone without a name", "TZ=", "names no time zone"},
		{"a zone without a name before a spec", "CRON_TZ= 0 9 * * *", "names no time zone"},
		{"a zone alone", "TZ=Europe/Paris", "a time zone alone"},
		{"a zone that is none", "CRON_TZ=Europe/Atlantis 0 9 * * *", `"Europe/Atlantis" is not known`},
		{"a zone that climbs out of its folder", "TZ=../../etc/passwd 0 9 * * *", "is not known"},
		{"six fields", "0 */5 * * * *", "has six fields; stet takes five"},
		{"four fields", "*/5 * * *", "has 4 of the five fields"},
		{"a bare number", "15", "has 1 of the five fields"},
		{"a duration without @every", "15m", `write "@every 15m"`},
		{"minute 60", "60 * * * *", `the minute "60" cannot be (end of range (60) above maximum (59)); it takes 0 to 59`},
		{"Sunday as 7", "0 9 * * 7", "it takes 0 (Sunday) to 6, or SUN to SAT"},
		{"a name that is none", "0 9 * * FUNDAY", `the day of week "FUNDAY" cannot be (a value is no number)`},
		{"a range that runs backwards", "0 18-6 * * *", `the hour "18-6" cannot be (beginning of range (18) beyond end of range (6))`},
		{"a step of none", "*/0 * * * *", "step of range should be a positive number"},
		{"a comma alone", ", * * * *", "comma without a value"},
		{"a comma at the end", "1, * * * *", "comma without a value"},
		{"@reboot", "@reboot", "@reboot is no time"},
		{"a name behind @ that is none", "@fortnightly", "@fortnightly is not known; stet knows @every"},
		{"something behind @hourly", "@hourly please", "nothing may follow @hourly"},
		{"adaptive in a zone", "CRON_TZ=Europe/Paris adaptive", "leave the time zone out"},
		{"a spec without end", strings.Repeat("1,", 500) + "1 * * * *", "is 1009 bytes long; the most is 256"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, err := Parse(tt.spec, nil)
			if err == nil {
				t.Fatalf("Parse(%q) = %v, want an error", tt.spec, s)
			}
			if s != (Spec{}) {
				t.Errorf("Parse(%q) returned %#v beside its error", tt.spec, s)
			}
			if !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse(%q): %v\nwant it to say %q", tt.spec, err, tt.want)
			}
			if head := tt.spec[:min(10, len(tt.spec))]; !strings.Contains(err.Error(), head) {
				t.Errorf("Parse(%q): %v\nwant it to name the spec", tt.spec, err)
			}
		})
	}
}

func TestString(t *testing.T) {
	for spec, want := range map[string]string{
		"":                       "adaptive",
		"adaptive":               "adaptive",
		" \t*/5  * * * * ":       "*/5 * * * *",
		"CRON_TZ=UTC\t0 9 * * *": "CRON_TZ=UTC 0 9 * * *",
		"@every  90s":            "@every 90s",
	} {
		if got := mustParse(t, spec).String(); got != want {
			t.Errorf("Parse(%q).String() = %q, want %q", spec, got, want)
		}
	}
}

func TestZoneOfSpecsWithoutOne(t *testing.T) {
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	after := at(t, "2026-07-01T00:00:00Z")
	for spec, want := range map[string]string{
		"0 9 * * *":             "2026-07-01T09:00:00+02:00",
		"CRON_TZ=UTC 0 9 * * *": "2026-07-01T09:00:00Z",
	} {
		s, err := Parse(spec, paris)
		if err != nil {
			t.Fatal(err)
		}
		if got := firings(s, 1, after); got != want {
			t.Errorf("%q in Paris fires at %s, want %s", spec, got, want)
		}
	}
}

func TestSpread(t *testing.T) {
	tests := []struct {
		name, spec string
		bound      time.Duration
	}{
		{"each minute: 6 s", "* * * * *", 6 * time.Second},
		{"every five minutes: 30 s", "*/5 * * * *", 30 * time.Second},
		{"hourly: 5 minutes", "@hourly", 5 * time.Minute},
		{"once a day: 5 minutes", "0 9 * * *", 5 * time.Minute},
		{"two minutes side by side: the first never past the second", "0,1 9 * * *", 5 * time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := mustParse(t, tt.spec)
			start := at(t, "2026-03-04T08:59:30Z")
			for i := range 300 {
				key := fmt.Sprint("https://paper.example/", i)
				firing, after := start, start
				for range 6 {
					firing = fire(s.cron, firing)
					after = s.Next(after, key, time.Time{})
					late := after.Sub(firing)
					if late < 0 || late >= tt.bound || !after.Before(fire(s.cron, firing)) {
						t.Fatalf("%q fires at %s; %s is due %s later, want under %s and before the next",
							tt.spec, firing, key, late, tt.bound)
					}
				}
			}
		})
	}
}

// Equal schedules must not fall due at once: of 1,000 watches no second may
// get more than a few times its share.
func TestEqualSchedulesAreSpreadEvenly(t *testing.T) {
	tests := []struct {
		spec  string
		width time.Duration
	}{
		{"@hourly", 5 * time.Minute},
		{"@every 1h", time.Hour},
		{"@every 5m", 5 * time.Minute},
		{"adaptive", 7 * time.Minute}, // a tenth of the 76 minutes of a story of a day
	}
	for _, tt := range tests {
		s := mustParse(t, tt.spec)
		start := at(t, "2026-03-04T08:59:30Z")
		tenths := map[int64]int{}
		for i := range 1000 {
			due := s.Next(start, fmt.Sprint(i), time.Time{})
			tenths[due.UnixNano()/int64(tt.width/10)]++
		}
		for tenth, n := range tenths {
			if n > 160 {
				t.Errorf("%s: %d of 1,000 watches are due in the same tenth (%d), want about 100", tt.spec, n, tenth)
			}
		}
	}
}

func TestEvery(t *testing.T) {
	s := mustParse(t, "@every 15m")
	for _, start := range []string{"2026-03-04T08:59:30Z", "1953-03-04T08:59:30Z"} {
		after := at(t, start)
		first := s.Next(after, "key", time.Time{})
		if wait := first.Sub(after); wait <= 0 || wait > 15*time.Minute {
			t.Errorf("the first look after %s comes %s later, want within 15m", start, wait)
		}
		for _, late := range []time.Duration{0, time.Second, 14*time.Minute + 59*time.Second} {
			if got, want := s.Next(first.Add(late), "key", time.Time{}), first.Add(15*time.Minute); !got.Equal(want) {
				t.Errorf("after a look %s late the next is %s, want %s", late, got, want)
			}
		}
		week := first.Add(7*24*time.Hour + time.Minute)
		if got, want := s.Next(week, "key", time.Time{}), first.Add(7*24*time.Hour+15*time.Minute); !got.Equal(want) {
			t.Errorf("after a week without looks the next is %s, want %s", got, want)
		}
	}
	fast := mustParse(t, "@every 2s")
	if got := fast.Next(at(t, "2026-03-04T08:59:30Z"), "key", time.Time{}); got.Sub(at(t, "2026-03-04T08:59:30Z")) > 2*time.Second {
		t.Errorf("@every 2s gives %s", got)
	}
}

func TestAdaptive(t *testing.T) {
	now := at(t, "2026-03-04T09:00:00Z")
	const day = 24 * time.Hour
	tests := []struct {
		name string
		age  time.Duration // how long before now the story was published
		want time.Duration
	}{
		{"just out", 0, 2 * time.Minute},
		{"the publisher's clock is ahead", -20 * time.Minute, 2 * time.Minute},
		{"an hour old", time.Hour, 15*time.Minute + 29*time.Second},
		{"a day old", day, 75*time.Minute + 53*time.Second},
		{"a week old", 7 * day, 3*time.Hour + 20*time.Minute + 48*time.Second},
		{"a month old", 30 * day, 6*time.Hour + 55*time.Minute + 42*time.Second},
		{"ten years old", 3650 * day, day},
		{"of tomorrow, which nobody believes: as if a day old", -day, 75*time.Minute + 53*time.Second},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range 100 {
				got := Spec{}.Next(now, fmt.Sprint(i), now.Add(-tt.age)).Sub(now)
				least := max(tt.want*9/10, shortest)
				if got < least-time.Second || got > tt.want+time.Second {
					t.Fatalf("the next look comes %s later, want %s to %s", got, least, tt.want)
				}
			}
		})
	}
	unknown := Spec{}.Next(now, "key", time.Time{})
	if dayOld := (Spec{}).Next(now, "key", now.Add(-day)); !unknown.Equal(dayOld) {
		t.Errorf("a story of unknown age is due at %s, want %s as for one a day old", unknown, dayOld)
	}
}

func TestAdaptiveSlowsDown(t *testing.T) {
	published := at(t, "2026-03-04T09:00:00Z")
	times := Spec{}.Upcoming(400, published, "key", published)
	var before time.Duration
	last := published
	for _, due := range times {
		wait := due.Sub(last)
		if wait < before {
			t.Fatalf("the look at %s comes %s after the one before it, which had waited %s", due, wait, before)
		}
		last, before = due, wait
	}
	n := 0
	for _, due := range times {
		if due.Sub(published) < 30*24*time.Hour {
			n++
		}
	}
	if n < 200 || n > 240 {
		t.Errorf("%d looks in the first 30 days, want 200 to 240", n)
	}
}

func TestUpcoming(t *testing.T) {
	after := at(t, "2026-03-04T09:00:00Z")
	for _, spec := range []string{"*/5 * * * *", "@every 15m", "adaptive"} {
		s := mustParse(t, spec)
		times := s.Upcoming(5, after, "key", after)
		if len(times) != 5 {
			t.Fatalf("%s: Upcoming(5) gives %d times", spec, len(times))
		}
		last := after
		for _, due := range times {
			if want := s.Next(last, "key", after); !due.Equal(want) {
				t.Errorf("%s: %s follows %s, want %s", spec, due, last, want)
			}
			last = due
		}
	}
	if got := (Spec{}).Upcoming(0, after, "key", after); len(got) != 0 {
		t.Errorf("Upcoming(0) = %v", got)
	}
}

func TestWarnings(t *testing.T) {
	tests := []struct {
		name, spec string
		want       []string
	}{
		{"02:30 in Berlin is left out and doubled", "CRON_TZ=Europe/Berlin 30 2 * * *", []string{
			"on 2026-03-29 the clocks of Europe/Berlin are put forward, so its look at 02:30 does not come that day",
			"on 2026-10-25 the clocks of Europe/Berlin are put back, so its look at 02:30 comes twice",
		}},
		{"01:30 in New York is doubled only", "CRON_TZ=America/New_York 30 1 * * *", []string{
			"on 2026-11-01 the clocks of America/New_York are put back, so its look at 01:30 comes twice",
		}},
		{"midnight in Cairo is left out", "CRON_TZ=Africa/Cairo 0 0 * * *", []string{
			"on 2026-04-24 the clocks of Africa/Cairo are put forward, so its look at 00:00 does not come that day",
		}},
		{"02:15 on Lord Howe is left out", "CRON_TZ=Australia/Lord_Howe 15 2 * * *", []string{
			"on 2026-10-04 the clocks of Australia/Lord_Howe are put forward, so its look at 02:15 does not come that day",
		}},
		{"a Wednesday is no day of clock changes", "CRON_TZ=Europe/Berlin 30 2 * * WED", nil},
		{"noon is no hour of clock changes", "CRON_TZ=Europe/Berlin 0 12 * * *", nil},
		{"every hour goes on through them", "CRON_TZ=Europe/Berlin 30 * * * *", nil},
		{"Tokyo's clocks do not change", "CRON_TZ=Asia/Tokyo 30 2 * * *", nil},
		{"UTC does not change", "30 2 * * *", nil},
		{"a rate does not go by clocks", "@every 24h", nil},
		{"age does not go by clocks", "adaptive", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := mustParse(t, tt.spec).Warnings(at(t, "2026-03-04T09:00:00Z"))
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("Warnings of %q = %q, want %q", tt.spec, got, tt.want)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, spec := range []string{
		"", "adaptive", "*/5 * * * *", "@every 90s", "@hourly", "TZ=", "TZ=\t", "CRON_TZ=Europe/Berlin 30 2 * * *",
		"CRON_TZ=Africa/Cairo 0 12 * * FRI", "0 0 29 2 *", "0 0 30 2 *", "0 0 * * * *", "@reboot", ",,, , , , ,",
		"1-5/9223372036854775807 * * * *", "? ? ? ? ?", "CRON_TZ=Australia/Lord_Howe 0,30 1,2 * * *",
	} {
		f.Add(spec, int64(1772614770), "key")
	}
	f.Fuzz(func(t *testing.T, spec string, unix int64, key string) {
		s, err := Parse(spec, nil)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "schedule ") {
				t.Errorf("Parse(%q): %v, want the spec named", spec, err)
			}
			return
		}
		const year2500 = 16725225600
		after := time.Unix(unix%year2500, 0).UTC()
		first := s.Next(after, key, time.Time{})
		if !first.After(after) {
			t.Fatalf("%q: Next(%s) = %s, not after it", spec, after, first)
		}
		if again := s.Next(first.Add(-time.Second), key, time.Time{}); s.cron != nil && again.After(first) {
			t.Fatalf("%q: Next(%s) = %s, past the due time %s", spec, first.Add(-time.Second), again, first)
		}
		if second, err := Parse(s.String(), nil); err != nil || second.String() != s.String() {
			t.Fatalf("%q does not parse again: %v, %v", s, second, err)
		}
		s.Warnings(after)
	})
}

func BenchmarkNext(b *testing.B) {
	for _, spec := range []string{"adaptive", "@every 15m", "*/5 * * * *", "CRON_TZ=Europe/Berlin 30 2 * * MON"} {
		b.Run(spec, func(b *testing.B) {
			s := mustParse(b, spec)
			after := time.Unix(1772614770, 0)
			for b.Loop() {
				s.Next(after, "https://paper.example/story", after)
			}
		})
	}
}
