package article

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
)

// A StampSource is where a time of update stands that readers do not see.
type StampSource string

// The sources of hidden stamps. Read finds the first two; who fetches a page
// adds its header. FromFeed and FromSitemap are for the dates that a story's
// source gives it: nothing fills them yet.
const (
	FromJSONLD  StampSource = "json_ld"       // dateModified
	FromMeta    StampSource = "meta"          // article:modified_time and its like
	FromHeader  StampSource = "last_modified" // the HTTP header
	FromFeed    StampSource = "feed"
	FromSitemap StampSource = "sitemap"
)

// Words names a source as it stands in a sentence.
func (s StampSource) Words() string {
	switch s {
	case FromJSONLD:
		return "JSON-LD dateModified"
	case FromMeta:
		return "the page's meta time"
	case FromHeader:
		return "Last-Modified"
	case FromFeed:
		return "the feed's date"
	case FromSitemap:
		return "the sitemap's date"
	}
	return string(s)
}

// A Stamp is a time of update that readers do not see. It discloses nothing.
type Stamp struct {
	Source StampSource `json:"source"`
	Time   time.Time   `json:"time"` // with the page's own offset
}

// A StampMove is a hidden stamp that is not what it was.
type StampMove struct {
	Source   StampSource
	From, To time.Time
}

// Back reports whether the stamp was put back to an earlier time.
func (m StampMove) Back() bool { return m.To.Before(m.From) }

// String says what moved: "Last-Modified moved from 2026-11-17 14:05 to …".
func (m StampMove) String() string {
	const minute = "2006-01-02 15:04"
	layout, verb := minute, "moved"
	if m.From.UTC().Format(minute) == m.To.UTC().Format(minute) {
		layout = time.DateTime
	}
	if m.Back() {
		verb = "was put back"
	}
	return fmt.Sprintf("%s %s from %s to %s UTC", m.Source.Words(), verb, m.From.UTC().Format(layout), m.To.UTC().Format(layout))
}

// HiddenMoves returns the hidden stamps that moved between two readings of a
// story, in the order of now. A source that only one of them has says nothing.
func HiddenMoves(before, now []Stamp) []StampMove {
	var moves []StampMove
	for _, s := range now {
		for _, b := range before {
			if b.Source == s.Source && !b.Time.Equal(s.Time) {
				moves = append(moves, StampMove{s.Source, b.Time, s.Time})
			}
		}
	}
	return moves
}

// StampMoved reports whether the time that readers see on a story is another
// one now. A time that is no longer shown has not moved, and neither has one
// that is shown in other words.
func StampMoved(before, now Article) bool {
	if now.Stamp == "" || now.Stamp == before.Stamp {
		return false
	}
	from, to := before.shown(), now.shown()
	return from.IsZero() || to.IsZero() || !from.Equal(to) && !wall(from).Equal(wall(to))
}

// shownPrecision is what readers see of a time: its minutes. A time element
// may give seconds where the words do not.
const shownPrecision = time.Minute

// PutBack reports whether the time that readers see on a story was put back:
// now shows an earlier one than before. Where the order of the two is not
// known, it was not: a clock without its day, a day that can be read two ways,
// zones that would turn the order round.
func PutBack(before, now Article) bool {
	from, to := before.shown(), now.shown()
	if from.IsZero() || to.IsZero() || !StampMoved(before, now) {
		return false
	}
	wallFrom, wallTo := wall(from), wall(to)
	if daily(from) || daily(to) { // a day alone is before no clock of the same day
		wallFrom, wallTo = wallFrom.Truncate(24*time.Hour), wallTo.Truncate(24*time.Hour)
	}
	return wallTo.Before(wallFrom) && to.Before(from)
}

// shown returns the time that the story's stamp shows, to the minute; zero if it
// is not known.
func (a Article) shown() time.Time {
	if a.Shown.IsZero() {
		return ParseStamp(a.Stamp, a.Language).Truncate(shownPrecision)
	}
	return a.Shown.Truncate(shownPrecision)
}

// wall returns a time as clocks on a wall of its zone have it.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

// daily reports whether a time may be a day without a clock.
func daily(t time.Time) bool { return wall(t).Equal(wall(t).Truncate(24 * time.Hour)) }

// ParseStamp reads a time of update as a page shows it, such as "17 November
// 2026, 2.05pm GMT". language is the page's, a BCP 47 tag or "". It returns
// midnight for a day alone, UTC where no zone is named or its name is not
// known, and the zero time where there is no day or it can be read two ways.
func ParseStamp(text, language string) time.Time {
	text = text[:min(len(text), maxStamp)]
	if at, only, ok := parseTime(text); ok && !only {
		return at
	}
	if at := publishLabel.FindStringIndex(text); at != nil {
		text = text[:at[0]] // what follows is another time
	}
	d, ok := findDate(text, monthFirst(language))
	if !ok || d.loose {
		return time.Time{}
	}
	c, shows := findClock(text)
	switch {
	case !shows:
		return d.time()
	case c.unclear:
		return time.Time{}
	}
	return time.Date(d.y, time.Month(d.m), d.d, c.hour, c.minute, 0, 0, c.zone)
}

// maxStamp is the most bytes of a stamp that are read.
const maxStamp = 300

// monthFirst says whether a language writes March the fourth as 03/04.
func monthFirst(language string) bool { return language == "en-US" || language == "en" }

// A dayTime is a time of day found in text.
type dayTime struct {
	hour, minute int
	zone         *time.Location // UTC if none is named
	unclear      bool           // it may be meant twelve hours later
}

// The forms of a time of day: 14:05, 14h05, 2:05 p.m. GMT · 2.05pm, 2 pm ·
// 14.05 Uhr · 14.05 GMT · kl. 14.05, alle 14.05.
var clockForms = []*regexp.Regexp{
	regexp.MustCompile(`(?i)(?:^|[^\d:.])(\d{1,2})[:h](\d\d)(?::\d\d)?(?: ?([ap])\.? ?m\b\.?)?(?:(?: uhr)?,? ?\(?([a-z]{3,4})\b)?`),
	regexp.MustCompile(`(?i)(?:^|[^\d:.])(\d{1,2})(?:\.(\d\d))? ?([ap])\.? ?m\b\.?(?:,? ?\(?([a-z]{3,4})\b)?`),
	regexp.MustCompile(`(?i)(?:^|[^\d:.])(\d{1,2})(?:\.(\d\d))? ?()uhr\b(?:,? ?\(?([a-z]{3,4})\b)?`),
	regexp.MustCompile(`(?i)(?:^|[^\d:.])(\d{1,2})\.(\d\d)() (gmt|utc|bst|cest|cet|mesz|mez)\b`),
	regexp.MustCompile(`(?i)\b(?:kl\.?|kello|alle(?: ore)?|ore) ?(\d{1,2})\.(\d\d)\b()()`),
}

// zones are the abbreviations that mean one zone in the news, in hours.
var zones = map[string]int{
	"gmt": 0, "utc": 0, "bst": 1, "wet": 0, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
	"est": -5, "edt": -4, "cdt": -5, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "aest": 10, "aedt": 11, "jst": 9, "kst": 9,
}

// findClock finds the first time of day in a text.
func findClock(text string) (c dayTime, ok bool) {
	text = asciiDigits(text)
	for _, form := range clockForms {
		m := form.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		c = dayTime{hour: atoi(m[1]), minute: atoi(m[2]), zone: time.UTC}
		switch half := strings.ToLower(m[3]); {
		case half == "p" && c.hour < 12:
			c.hour += 12
		case half == "a" && c.hour == 12:
			c.hour = 0
		case half == "":
			c.unclear = c.hour <= 12 && strings.ContainsFunc(text, halvesTheDay)
		}
		if hours, known := zones[strings.ToLower(m[4])]; known && hours != 0 {
			c.zone = time.FixedZone("", hours*3600)
		}
		return c, c.hour < 24 && c.minute < 60
	}
	return c, false
}

// halvesTheDay reports whether a letter may be of words for the half of a day
// that are not read here, such as 午後, 오후 or μ.μ.
func halvesTheDay(r rune) bool {
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Cyrillic) && !strings.ContainsRune("年月日時分更新最終后间", r)
}

// stampTime returns the time that the stamp of block i shows: as the time
// element there gives it, else as its words say, else, where they are a clock
// without a day, the hidden time of update if that has the same clock.
func (p *page) stampTime(i int32, stamp string, modified time.Time) time.Time {
	c, shows := findClock(stamp) // of 60 characters at most
	shows = shows && !c.unclear
	for j := range p.shown {
		s := &p.shown[j]
		if s.at < i || s.at > i+1 || s.text == "" || !strings.Contains(stamp, s.text) && !strings.Contains(s.text, stamp) {
			continue
		}
		if at, only, ok := parseTime(s.when); ok && !only && shows && c.agrees(at) {
			return at
		}
	}
	if at := ParseStamp(stamp, p.meta.language()); !at.IsZero() {
		return at
	}
	if _, dated := findDate(stamp, false); !dated && shows && !modified.IsZero() && c.agrees(modified) {
		return modified
	}
	return time.Time{}
}

// agrees reports whether a clock that is shown can be that of a time: the same
// in its zone, or in any where the time is given in UTC.
func (c dayTime) agrees(t time.Time) bool {
	_, offset := t.Zone()
	return c.minute == t.Minute() && (c.hour == t.Hour() || offset == 0)
}
