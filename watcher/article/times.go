package article

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// times are when the story was published and modified, as far as the page
// says.
type times struct {
	published, modified time.Time
	stamp               string
	date                string
}

// layouts are the forms of a full time that pages use in metadata.
var layouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 Z0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02", "20060102", "20060102T150405Z0700", "2006/01/02", "2006/01/02 15:04:05",
	time.RFC1123Z, time.RFC1123, "Mon, 2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST", "Mon Jan 2 15:04:05 MST 2006", "Mon Jan 2 15:04:05 -0700 2006",
}

// parseTime reads a time as metadata gives it. dateOnly says that it has no
// clock.
func parseTime(s string) (t time.Time, dateOnly, ok bool) {
	s = strings.TrimSpace(s)
	if len(s) < 8 || len(s) > 60 {
		return time.Time{}, false, false
	}
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil && plausible(t) {
			return t, len(l) <= 10, true
		}
	}
	if d, ok := findDate(s, false); ok {
		return d.time(), true, true
	}
	return time.Time{}, false, false
}

// plausible reports whether a time can be that of a story on the web.
func plausible(t time.Time) bool { return t.Year() >= 1990 && t.Year() <= 2100 }

// A day is a date found in text. loose says that day and month might be
// meant the other way round.
type day struct {
	y, m, d int
	loose   bool
}

func (d day) String() string { return d.time().Format(time.DateOnly) }

func (d day) time() time.Time { return time.Date(d.y, time.Month(d.m), d.d, 0, 0, 0, 0, time.UTC) }

// swapped returns the date with day and month exchanged.
func (d day) swapped() day { return day{d.y, d.d, d.m, d.loose} }

// monthNames are the beginnings of the months' names in several languages.
var monthNames = map[string]int{
	"jan": 1, "janv": 1, "ene": 1, "gen": 1, "jän": 1, "styc": 1, "янв": 1, "oca": 1,
	"feb": 2, "fév": 2, "fev": 2, "févr": 2, "fevr": 2, "lut": 2, "фев": 2, "şub": 2, "febb": 2,
	"mar": 3, "mär": 3, "mrz": 3, "mars": 3, "maa": 3, "мар": 3, "maart": 3, "março": 3,
	"apr": 4, "avr": 4, "abr": 4, "апр": 4, "nis": 4, "kwi": 4,
	"may": 5, "mai": 5, "mei": 5, "mag": 5, "maj": 5, "maio": 5, "mayo": 5, "мая": 5,
	"jun": 6, "juin": 6, "giu": 6, "czer": 6, "июн": 6, "haz": 6,
	"jul": 7, "juil": 7, "lug": 7, "июл": 7, "tem": 7, "lip": 7,
	"aug": 8, "aoû": 8, "aou": 8, "ago": 8, "août": 8, "авг": 8, "ağu": 8, "sie": 8,
	"sep": 9, "set": 9, "sept": 9, "сен": 9, "eyl": 9, "wrz": 9,
	"oct": 10, "okt": 10, "ott": 10, "out": 10, "окт": 10, "eki": 10, "paź": 10,
	"nov": 11, "ноя": 11, "kas": 11, "lis": 11,
	"dec": 12, "dez": 12, "déc": 12, "dic": 12, "des": 12, "дек": 12, "ara": 12, "gru": 12,
}

// month returns the number of a month's name, whole or cut, or 0.
func month(s string) int {
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	r := []rune(s)
	if len(r) < 3 || len(r) > 11 {
		return 0
	}
	return monthNames[string(r[:3])]
}

var (
	dateISO   = regexp.MustCompile(`\b((?:19|20)\d\d)[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?:日|\b|T)`)
	dateKR    = regexp.MustCompile(`((?:19|20)\d\d)년 ?(\d{1,2})월 ?(\d{1,2})일`)
	dateMDY   = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:at )?((?:19|20)\d\d)\b`)
	dateDMY   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|er|º|\.)?(?: de| of|,|-)? ?-?(\p{L}{3,10})\.?,?(?: de| del|-)? ?-?((?:19|20)\d\d)\b`)
	dateDigit = regexp.MustCompile(`\b(\d{1,2})([./-])(\d{1,2})[./-]((?:19|20)\d\d|\d\d)\b`)
)

// findDate finds the first date in a text. monthFirst says how to read
// 03/04/2026.
func findDate(s string, monthFirst bool) (day, bool) {
	if len(s) > 300 {
		s = s[:300]
	}
	if !hasDigit(s) {
		return day{}, false
	}
	for _, rx := range []*regexp.Regexp{dateISO, dateKR} {
		if m := rx.FindStringSubmatch(s); m != nil {
			return dayOf(m[1], atoi(m[2]), m[3])
		}
	}
	for _, m := range dateMDY.FindAllStringSubmatch(s, 3) {
		if n := month(m[1]); n > 0 {
			return dayOf(m[3], n, m[2])
		}
	}
	for _, m := range dateDMY.FindAllStringSubmatch(s, 3) {
		if n := month(m[2]); n > 0 {
			return dayOf(m[3], n, m[1])
		}
	}
	if m := dateDigit.FindStringSubmatch(s); m != nil {
		y, a, b := m[4], atoi(m[1]), atoi(m[3])
		if len(y) == 2 {
			y = "20" + y
		}
		d := day{atoi(y), b, a, m[2] != "." && a <= 12 && b <= 12 && a != b}
		if a > 12 && b > 12 {
			return day{}, false
		}
		if b > 12 || d.loose && monthFirst {
			d = d.swapped()
		}
		return d, d.m >= 1 && d.d >= 1 && d.d <= 31 && d.y >= 1990
	}
	return day{}, false
}

// dayOf makes a day of digits; false if there is no such day.
func dayOf(y string, m int, d string) (day, bool) {
	out := day{y: atoi(y), m: m, d: atoi(d)}
	t := out.time()
	return out, m >= 1 && out.d >= 1 && t.Day() == out.d && int(t.Month()) == m && plausible(t)
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

// urlDate finds the day in an address such as /2026/03/04/.
var urlDate = regexp.MustCompile(`[/_-]((?:19|20)\d\d)[/_-]?(\d\d)[/_-]?(\d\d)(?:[/_.-]|$)|/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/|/((?:19|20)\d\d)/(\p{L}{3})/(\d{1,2})/`)

// updateLabel finds the words that go before the time of an update, in a line
// that readers see.
var updateLabel = regexp.MustCompile(`(?i)\b(?:(?:last |latest )?updated?(?: on| at)?|last (?:modified|edited|changed)|modified|revised|aktualisiert(?: am)?|zuletzt (?:aktualisiert|bearbeitet|geändert)|letzte (?:aktualisierung|änderung)|stand|update vom|mis(?:e)? à jour|modifié|actualisé|actualizad[oa]|última actualización|modificad[oa]|aggiornat[oa]|ultimo aggiornamento|atualizad[oa]|bijgewerkt|laatste update|oppdatert|uppdaterad|opdateret|обновлено)\b|更新|업데이트|(?:آخر تحديث|تحديث)`)

// relativeAge finds times that grow by themselves: "3 minutes ago".
var relativeAge = regexp.MustCompile(`(?i)\b(?:ago|just now|vor \d+|vor (?:einer|wenigen)|il y a|hace \d+|há \d+|fa\b|geleden|today|heute|yesterday|gestern)\b|前`)

// times finds when the story was published and modified: by a vote among the
// line shown at the headline, the address, time elements and metadata.
func (p *page) times(title, first int32, pageURL string) times {
	var t times
	votes := &dayVotes{sum: map[string]float64{}}
	published := []string{p.meta.ldText("datePublished"), p.meta.first("article:published_time", "og:article:published_time"), p.meta.first("datepublished", "date", "dc.date", "dc.date.issued", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "originalpublicationdate", "article.published", "dcterms.created")}
	weights := []float64{1.5, 1.5, 1}
	for i, s := range published {
		if at, only, ok := parseTime(s); ok {
			votes.add(at.Format(time.DateOnly), weights[i])
			if t.published.IsZero() || !only && t.published.Equal(t.published.Truncate(24*time.Hour)) {
				t.published = at
			}
		}
	}
	if d, ok := dateInURL(pageURL); ok {
		votes.add(d.String(), 2.5)
	}
	monthFirst := p.meta.language() == "en-US" || p.meta.language() == "en"
	p.shownTimes(&t, votes, title, first, monthFirst)
	t.date = votes.winner()
	if t.published.IsZero() && t.date != "" {
		t.published, _ = time.Parse(time.DateOnly, t.date)
	}
	for _, s := range []string{p.meta.ldText("dateModified"), p.meta.first("article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "dc.date.modified", "lastmod", "revised")} {
		if at, _, ok := parseTime(s); ok && at.After(t.modified) {
			t.modified = at
		}
	}
	return t
}

// shownTimes reads the times that stand around the headline: blocks between
// four before it and the story's first sentence, and time elements there.
func (p *page) shownTimes(t *times, votes *dayVotes, title, first int32, monthFirst bool) {
	from, to := max(title-6, 0), min(max(title+14, first+1), int32(len(p.blocks)))
	seen := 0
	for i := from; i < to; i++ {
		b := &p.blocks[i]
		e := &p.elems[b.elem]
		marked := (e.other|b.hints)&(hintDate|hintUpdated|hintByline) != 0 || isDateline(b)
		if i == title || b.words > 30 || !marked && (b.words > 14 || b.good && i >= first) || e.noise&(hintRelated|hintComments|hintHidden) != 0 {
			continue
		}
		if !hasDigit(b.text) && (i+1 == to || !hasDigit(p.blocks[i+1].text)) {
			continue // neither a time nor the label of one
		}
		label := updateLabel.FindStringIndex(b.text)
		if t.stamp == "" && (label != nil || (e.other|b.hints)&hintUpdated != 0) {
			t.stamp = p.stamp(i, label)
		}
		text := b.text
		if label != nil {
			text = text[:label[0]] // what stands before "updated" is the publication
		}
		if d, ok := findDate(text, monthFirst); ok && seen < 2 {
			weight := 4.0
			if seen > 0 || i < title {
				weight = 1
			}
			seen++
			votes.add(d.String(), weight)
			if d.loose {
				votes.either(d)
			}
		}
	}
	n := 0
	for _, s := range p.shown {
		if s.at < from || s.at > to || s.own&hintUpdated != 0 || updateLabel.MatchString(s.text) {
			continue
		}
		if at, only, ok := parseTime(s.when); ok && n == 0 {
			n++
			votes.add(at.Format(time.DateOnly), 1.5)
			if t.published.IsZero() || !only && t.published.Equal(t.published.Truncate(24*time.Hour)) {
				t.published = at
			}
		}
	}
}

// stamp returns the time of update that block i shows, without its label and
// without what grows by itself; "" if it shows no clock or date.
func (p *page) stamp(i int32, label []int) string {
	text := p.blocks[i].text
	if label != nil {
		text = text[label[1]:]
	}
	text = strings.TrimLeftFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || r == '|' })
	if r := []rune(text); len(r) > 60 {
		text = string(r[:60])
	}
	if text == "" && i+1 < int32(len(p.blocks)) && p.blocks[i+1].words <= 12 {
		text = p.blocks[i+1].text
	}
	if relativeAge.MatchString(text) {
		for _, s := range p.shown {
			if s.at == i && s.when != "" && relativeAge.MatchString(s.text) {
				return s.when
			}
		}
		return ""
	}
	if !hasDigit(text) {
		return ""
	}
	return untilClock(text)
}

// clockEnd finds a time of day and its zone, whatever follows without a space.
var clockEnd = regexp.MustCompile(`(?i)\d{1,2}[:h]\d\d(?: ?(?:uhr|[ap]\.?m\.?|gmt|utc|bst|ce?s?t|[ecmp][ds]t)\b)?`)

// untilClock cuts off what follows the time of day and is no date, such as how
// long the story takes to read.
func untilClock(text string) string {
	at := clockEnd.FindStringIndex(text)
	if at == nil {
		return text
	}
	rest := text[at[1]:]
	if _, dated := findDate(rest, false); dated || !hasDigit(rest) {
		return text
	}
	return text[:at[1]]
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }

// dateInURL finds the day of publication in an address.
func dateInURL(s string) (day, bool) {
	m := urlDate.FindStringSubmatch(s)
	switch {
	case m == nil:
		return day{}, false
	case m[1] != "":
		return dayOf(m[1], atoi(m[2]), m[3])
	case m[4] != "":
		return dayOf(m[4], atoi(m[5]), m[6])
	}
	return dayOf(m[7], month(m[8]), m[9])
}

// dayVotes counts what speaks for each day.
type dayVotes struct {
	sum   map[string]float64
	order []string
	loose []day
}

func (v *dayVotes) add(d string, weight float64) {
	if _, ok := v.sum[d]; !ok {
		v.order = append(v.order, d)
	}
	v.sum[d] += weight
}

// either says that a day might be meant with day and month exchanged.
func (v *dayVotes) either(d day) { v.loose = append(v.loose, d) }

// winner returns the day with the most votes, the first named on a tie.
func (v *dayVotes) winner() string {
	for _, d := range v.loose {
		if other := d.swapped().String(); v.sum[other] > 0 {
			v.sum[other] += v.sum[d.String()]
			v.sum[d.String()] = 0
		}
	}
	best, top := "", 0.0
	for _, d := range v.order {
		if v.sum[d] > top {
			best, top = d, v.sum[d]
		}
	}
	return best
}
