package compare

import (
	"strconv"
	"strings"
	"time"
)

// A date is what a text says of a day or a time of day; fields it does not
// name are zero, and agree with any.
type date struct {
	year, month, day int
	weekday          int // 1 is Monday
	relative         bool
	offset           int    // days from publication, if relative
	clock            int    // minutes from midnight, plus one
	phrase           string // "next week", "2 y ago": agrees with itself alone
}

// same reports whether nothing in a contradicts b, and they name something in
// common.
func (a date) same(b date) bool {
	if a.phrase != "" || b.phrase != "" {
		return a.phrase == b.phrase
	}
	common := false
	agree := func(x, y int) bool {
		common = common || x != 0 && x == y
		return x == 0 || y == 0 || x == y
	}
	ok := agree(a.year, b.year) && agree(a.month, b.month) && agree(a.day, b.day) && agree(a.weekday, b.weekday) && agree(a.clock, b.clock)
	if a.relative && b.relative {
		return ok && a.offset == b.offset
	}
	return ok && common
}

// resolved reports whether the day of publication settles that a relative day
// and the other are different days.
func (j *judge) resolved(a, b date) bool {
	if b.relative {
		a, b = b, a
	}
	return !j.published.IsZero() && (b.weekday != 0 || b.day != 0) && a.offset <= 0
}

// onCalendar gives a relative day its weekday and date, if the day of
// publication is known.
func onCalendar(d date, published time.Time) date {
	if !d.relative || published.IsZero() {
		return d
	}
	day := published.AddDate(0, 0, d.offset)
	d.weekday = (int(day.Weekday())+6)%7 + 1
	d.year, d.month, d.day = day.Year(), int(day.Month()), day.Day()
	return d
}

// dateAt reads the date or clock time that starts at token i.
func (j *judge) dateAt(toks []token, i int) (mention, bool) {
	d, to := j.clockAt(toks, i)
	if to == i {
		d, to = j.spokenClock(toks, i)
	}
	if to == i {
		d, to = dateInSigns(toks, i)
	}
	if to == i {
		d, to = j.spanAt(toks, i)
	}
	if to == i {
		d, to = j.dayAt(toks, i)
	}
	if to == i {
		return mention{}, false
	}
	return mention{kind: factDate, from: i, to: to, date: onCalendar(d, j.published)}, true
}

// spanAt reads the English dates that name a stretch of time by where it lies
// from now: "next week", "the end of the month", "two years ago", "in the spring".
func (j *judge) spanAt(toks []token, i int) (date, int) {
	if i > 0 && partsOfDays[toks[i].key] && (j.lex.weekdays[before(toks, i)] > 0 || j.follows(toks, i)) {
		return date{phrase: toks[i].key}, i + 1
	}
	if j.lex.code != "en" {
		return date{}, i
	}
	key := func(k int) string {
		if k < len(toks) {
			return toks[k].key
		}
		return ""
	}
	if !opensSpan[key(i)] && (toks[i].kind != digitsToken && j.lex.numbers[key(i)] == 0 && j.lex.ordinals[key(i)] == 0 || !agoFollows(toks, i)) {
		return date{}, i
	}
	switch {
	case spanWords[key(i)] && spanUnits[key(i+1)]:
		return date{phrase: key(i) + " " + key(i+1)}, i + 2
	case edgeWords[key(i)] && key(i+1) == "of" && (key(i+2) == "the" || spanWords[key(i+2)]) && spanUnits[key(i+3)]:
		return date{phrase: key(i) + " of " + key(i+3)}, i + 4
	case (seasons[key(i)] || partsOfDay[key(i)]) && i > 0 && (key(i-1) == "the" || key(i-1) == "this" || key(i-1) == "in" || key(i-1) == "early" || key(i-1) == "late"):
		return date{phrase: key(i)}, i + 1
	}
	if d, to := decadeAt(toks, i); to > i {
		return d, to
	}
	value, to, _ := j.quantityAt(toks, i, false)
	if to > i && strings.HasPrefix(value, "#") && (key(to) == "quarter" || key(to) == "half" || key(to) == "century" || key(to) == "millennium") {
		return date{phrase: value + " " + key(to)}, to + 1
	}
	if to > i && fromThen[key(to+1)] {
		if unit := units[key(to)]; durations[unit] {
			return date{phrase: value + " " + unit + " " + key(to+1)}, to + 2
		}
	}
	return date{}, i
}

// agoFollows reports whether the number at i may be of years ago, or of a
// quarter.
func agoFollows(toks []token, i int) bool {
	const within = 4 // tokens
	for k := i + 1; k < len(toks) && k <= i+within; k++ {
		switch toks[k].key {
		case "ago", "before", "after", "earlier", "later", "quarter", "half", "century", "millennium":
			return true
		}
	}
	return false
}

// follows reports whether a word for a day, such as "tomorrow", stands before i.
func (j *judge) follows(toks []token, i int) bool {
	_, ok := j.lex.relative[before(toks, i)]
	return ok
}

func before(toks []token, i int) string {
	if i == 0 {
		return ""
	}
	return toks[i-1].key
}

// decadeAt reads a decade: "the 1960s", "the nineteen-sixties", "the late
// sixties".
func decadeAt(toks []token, i int) (date, int) {
	part := ""
	if k := toks[i].key; (k == "early" || k == "late" || k == "mid") && i+1 < len(toks) {
		part, i = k+" ", i+1
		if toks[i].key == "-" && i+1 < len(toks) {
			i++
		}
	}
	switch {
	case toks[i].key == "nineteen" && i+2 < len(toks) && toks[i+1].key == "-" && decades[toks[i+2].key] > 0:
		return date{phrase: part + strconv.Itoa(decades[toks[i+2].key]) + "s"}, i + 3
	case decades[toks[i].key] > 0 && (part != "" || before(toks, i) == "the"):
		return date{phrase: part + strconv.Itoa(decades[toks[i].key]) + "s"}, i + 1
	case toks[i].kind == digitsToken && len(toks[i].key) == 4 && strings.HasSuffix(toks[i].key, "0") && i+1 < len(toks) && toks[i+1].key == "s" && !toks[i+1].space:
		return date{phrase: part + strings.TrimPrefix(toks[i].key, "19") + "s"}, i + 2
	}
	return date{}, i
}

// decades maps the names of decades to their years within the century.
var decades = map[string]int{"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

// The words of spans of time.
var (
	spanWords  = wordSet("this next last previous coming past")
	spanUnits  = wordSet("week weekend month year decade century quarter spring summer autumn fall winter season morning afternoon evening night term january february march april may june july august september october november december")
	edgeWords  = wordSet("end beginning start middle close")
	seasons    = wordSet("spring summer autumn winter")
	partsOfDay = wordSet("morning afternoon evening")
	// partsOfDays are those of the other languages too, behind a day.
	partsOfDays = wordSet(`morning afternoon evening night früh vormittag mittag nachmittag abend nacht matin soir après-midi midi nuit mañana tarde noche mattina mattino pomeriggio sera notte
		manhã noite ochtend middag avond`)
	durations = wordSet("s min h d w mo y") // of units
	fromThen  = wordSet("ago before after earlier later")
	opensSpan = wordSet(`this next last previous coming past end beginning start middle close spring summer autumn winter morning afternoon evening
		early late mid nineteen twenties thirties forties fifties sixties seventies eighties nineties 1900 1910 1920 1930 1940 1950 1960 1970 1980 1990
		2000 2010 2020`)
)

// dateInSigns reads a date or time whose parts are marked by signs behind the
// digits, as Chinese, Japanese and Korean write it: "5月3日", "午後3時".
func dateInSigns(toks []token, i int) (date, int) {
	var d date
	to := i
	for k := i; k+1 < len(toks) && toks[k].kind == digitsToken; k += 2 {
		n := atoi(toks[k].key)
		switch toks[k+1].key {
		case "年", "년":
			d.year = n
		case "月", "월":
			d.month = n
		case "日", "日に", "号", "號", "일":
			d.day = n
		case "時", "时", "点", "點", "시":
			d.clock = n*60 + 1
		case "分", "분":
			if d.clock == 0 {
				return d, to
			}
			d.clock += n
		default:
			return d, to
		}
		to = k + 2
	}
	return d, to
}

// dayAt reads weekdays, days, months and years in their usual orders.
func (j *judge) dayAt(toks []token, i int) (date, int) {
	if off, ok := j.lex.relative[toks[i].key]; ok {
		return date{relative: true, offset: off}, i + 1
	}
	var d date
	to := i
	if filler(toks[i]) {
		return d, i
	}
	for k := i; k < len(toks) && k < i+9; k = max(k+1, to) {
		if !j.datePart(&d, toks, k, &to) && !filler(toks[k]) {
			break
		}
	}
	if d.month == 0 && d.weekday == 0 && d.year == 0 {
		return date{}, i
	}
	if d.month == 0 && d.day != 0 {
		return date{}, i
	}
	if d.month != 0 && d.day == 0 && d.year == 0 && (!toks[i].upper && j.lex.code == "en" || toks[i].first && toks[i].key == "may") {
		return date{}, i
	}
	return d, to
}

// filler reports whether t may stand between the parts of a date.
func filler(t token) bool {
	switch t.key {
	case ",", ".", "the", "of", "de", "der", "den", "del", "di", "le", "el", "st", "nd", "rd", "th", "er":
		return true
	}
	return false
}

// datePart reads one part of a date at token k, and moves to behind it.
func (j *judge) datePart(d *date, toks []token, k int, to *int) bool {
	t := toks[k]
	first := *to == k && d.month == 0 && d.weekday == 0 && d.day == 0
	switch {
	case t.kind == wordToken && d.month == 0 && j.lex.months[t.key] > 0:
		d.month = j.lex.months[t.key]
	case t.kind == wordToken && d.weekday == 0 && d.month == 0 && j.lex.weekdays[t.key] > 0:
		d.weekday = j.lex.weekdays[t.key]
	case t.kind == wordToken && d.weekday == 0 && d.month == 0 && k+2 < len(toks) && toks[k+1].key == "-" && j.lex.weekdays[t.key+"-"+toks[k+2].key] > 0:
		d.weekday = j.lex.weekdays[t.key+"-"+toks[k+2].key]
		*to = k + 3
		return true
	case t.kind != digitsToken:
		return false
	case len(t.key) <= 2 && d.day == 0 && atoi(t.key) >= 1 && atoi(t.key) <= 31 && (d.month > 0 || j.monthFollows(toks, k+1)):
		d.day = atoi(t.key)
	case len(t.key) == 4 && d.year == 0 && (d.month > 0 || first && j.bareYear(toks, k)):
		d.year = atoi(t.key)
		if d.year < 1000 || d.year > 2199 {
			d.year = 0
			return false
		}
	default:
		return false
	}
	*to = k + 1
	return true
}

// monthFollows reports whether a month stands at i, behind fillers.
func (j *judge) monthFollows(toks []token, i int) bool {
	for ; i < len(toks) && filler(toks[i]) && toks[i].key != ","; i++ {
	}
	return i < len(toks) && toks[i].kind == wordToken && j.lex.months[toks[i].key] > 0 && (toks[i].upper || j.lex.code != "en")
}

// beforeYear are the words that stand before a year, so that one before 1900 is
// no count either.
var beforeYear = wordSet("in since from until till by during before after circa seit bis jahr en depuis dès desde hasta nel dal fino em até sinds uit tot")

// bareYear reports whether the four digits at i are a year and no count:
// from 1900 to 2099, no unit and no plural behind them.
func (j *judge) bareYear(toks []token, i int) bool {
	year := atoi(toks[i].key)
	if year < 1900 && !beforeYear[before(toks, i)] || year < 1000 || year > 2099 || i > 0 && currencies[toks[i-1].key] != "" {
		return false
	}
	if _, n := unitAt(toks, i+1); n > 0 {
		return false
	}
	if i+1 < len(toks) && toks[i+1].kind == wordToken && !toks[i+1].upper {
		k := toks[i+1].key
		return j.lex.stop[k] || !strings.HasSuffix(k, "s") && k != "people" && k != "jobs"
	}
	return true
}

// atoi reads digits; 0 for what is no number.
func atoi(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
