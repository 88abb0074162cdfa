package web

import (
	"fmt"
	"net/url"
	"strings"
	"time"
)

// A moment is a point in time as a page shows it. The zero moment is none.
type moment struct {
	ISO  string // for programs, RFC 3339 in UTC
	Text string // for people, in the page's zone
}

// clock shows the time of day: "09:41".
func (s *Server) clock(t time.Time) moment { return s.moment(t, "15:04") }

// day shows the day: "Tuesday 17 November 2026".
func (s *Server) day(t time.Time) string { return t.In(s.zone).Format("Monday 2 January 2006") }

// full shows day and time: "Tue 17 Nov 2026, 09:41".
func (s *Server) full(t time.Time) moment { return s.moment(t, fullLayout) }

const fullLayout = "Mon 2 Jan 2006, 15:04"

// near shows the time, with the day unless that is today: "09:41",
// "16 Nov, 09:41", "16 Nov 2025, 09:41".
func (s *Server) near(t time.Time) moment {
	now := s.now().In(s.zone)
	then := t.In(s.zone)
	switch {
	case then.Year() == now.Year() && then.YearDay() == now.YearDay():
		return s.moment(t, "15:04")
	case then.Year() == now.Year():
		return s.moment(t, "2 Jan, 15:04")
	}
	return s.moment(t, "2 Jan 2006, 15:04")
}

// stretch names a stretch of time: "09:35 to 09:41 on Tue 17 Nov 2026".
func (s *Server) stretch(start, end time.Time, to string) string {
	if s.day(start) == s.day(end) {
		return s.clock(start).Text + to + s.clock(end).Text + " on " + end.In(s.zone).Format("Mon 2 Jan 2006")
	}
	return s.full(start).Text + to + s.full(end).Text
}

func (s *Server) moment(t time.Time, layout string) moment { return momentIn(t, s.zone, layout) }

func momentIn(t time.Time, zone *time.Location, layout string) moment {
	if t.IsZero() {
		return moment{}
	}
	return moment{ISO: t.UTC().Format(time.RFC3339), Text: t.In(zone).Format(layout)}
}

// zoneName names the zone of the times: "UTC", "CET, UTC+1".
func (s *Server) zoneName() string {
	name, offset := s.now().In(s.zone).Zone()
	if offset == 0 {
		return "UTC"
	}
	sign, minutes := "+", offset/60
	if offset < 0 {
		sign, minutes = "-", -minutes
	}
	utc := fmt.Sprintf("UTC%s%d", sign, minutes/60)
	if m := minutes % 60; m != 0 {
		utc += fmt.Sprintf(":%02d", m)
	}
	if strings.ContainsAny(name, "+-") {
		return utc // a zone without a name
	}
	return name + ", " + utc
}

// span puts a length of time in words, rounded down: "4 s", "26 min",
// "5 h 21 min", "1 day 3 h", "12 days".
func span(d time.Duration) string {
	d = max(d, 0)
	days, hours, minutes := int(d/(24*time.Hour)), int(d/time.Hour)%24, int(d/time.Minute)%60
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", d/time.Second)
	case d < time.Hour:
		return fmt.Sprintf("%d min", minutes)
	case days == 0:
		return joined(fmt.Sprintf("%d h", hours), minutes, "min")
	case days == 1:
		return joined("1 day", hours, "h")
	}
	return fmt.Sprintf("%d days", days)
}

func joined(large string, n int, unit string) string {
	if n == 0 {
		return large
	}
	return fmt.Sprintf("%s %d %s", large, n, unit)
}

// afterPublication says how long after publication something was seen, or ""
// where the page gives no time or a later one.
func afterPublication(published, seen time.Time) string {
	if published.IsZero() || seen.Before(published) {
		return ""
	}
	return span(seen.Sub(published)) + " after publication"
}

// count puts a number before its noun: "1 story", "2,318 stories".
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return grouped(n) + " " + many
}

// grouped writes n with commas between thousands.
func grouped(n int) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0 && digits[i-1] != '-'; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// listed joins words as a sentence does: "a", "a and b", "a, b and c".
func listed(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " and " + words[last]
}

// upperFirst writes a first letter from a to z large.
func upperFirst(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// language returns a BCP 47 tag as the lang attribute takes it, or "" where
// the page gave something else.
func language(tag string) string {
	if len(tag) > 35 {
		return ""
	}
	for _, r := range tag {
		if r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') {
			return ""
		}
	}
	return tag
}

// webURL returns an address that a page may link to, or "" where a publisher
// or a user gave something else.
func webURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return address
}
