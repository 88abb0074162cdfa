package article

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

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

// plausible reports whether a time can be that of a story on the web: within
// its years, and of a zone that RFC 3339 can write again.
func plausible(t time.Time) bool {
	const day = 24 * 60 * 60
	_, offset := t.Zone()
	return t.Year() >= 1990 && t.Year() <= 2100 && -day < offset && offset < day
}

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

// monthNames are the beginnings of the months' names in several languages, of
// three letters, or four where three fit two months.
var monthNames = map[string]int{
	"jan": 1, "ene": 1, "gen": 1, "jän": 1, "sty": 1, "янв": 1, "січ": 1, "oca": 1, "led": 1, "ian": 1, "ιαν": 1, "ينا": 1, "كان": 1, "जनव": 1, "มกร": 1, "sij": 1, "ינו": 1,
	"feb": 2, "fév": 2, "fev": 2, "fèv": 2, "lut": 2, "фев": 2, "лют": 2, "şub": 2, "úno": 2, "φεβ": 2, "فبر": 2, "شبا": 2, "फरव": 2, "กุม": 2, "velj": 2, "פבר": 2,
	"mar": 3, "mär": 3, "mrz": 3, "maa": 3, "мар": 3, "бер": 3, "már": 3, "bře": 3, "μαρ": 3, "مار": 3, "آذا": 3, "मार्": 3, "มีน": 3, "ožu": 3, "מרץ": 3, "mrt": 3,
	"apr": 4, "avr": 4, "abr": 4, "апр": 4, "кві": 4, "nis": 4, "kwi": 4, "ápr": 4, "dub": 4, "απρ": 4, "أبر": 4, "نيس": 4, "अप्र": 4, "เมษ": 4, "tra": 4, "אפר": 4,
	"may": 5, "mai": 5, "mei": 5, "mag": 5, "maj": 5, "мая": 5, "май": 5, "тра": 5, "máj": 5, "kvě": 5, "μαΐ": 5, "μάι": 5, "μαι": 5, "ماي": 5, "أيا": 5, "मई": 5, "พฤษภ": 5, "svi": 5, "מאי": 5,
	"jun": 6, "juin": 6, "giu": 6, "cze": 6, "июн": 6, "чер": 6, "haz": 6, "jún": 6, "iun": 6, "červn": 6, "ιου": 6, "ιούν": 6, "ιουν": 6, "يون": 6, "حزي": 6, "जून": 6, "มิถ": 6, "lip": 7, "יונ": 6, "kesä": 6,
	"jul": 7, "juil": 7, "lug": 7, "июл": 7, "лип": 7, "tem": 7, "júl": 7, "iul": 7, "červe": 7, "ιούλ": 7, "ιουλ": 7, "يول": 7, "تمو": 7, "जुला": 7, "กรก": 7, "srp": 8, "יול": 7, "hein": 7,
	"aug": 8, "aoû": 8, "aou": 8, "ago": 8, "agu": 8, "авг": 8, "сер": 8, "ağu": 8, "sie": 8, "αυγ": 8, "أغس": 8, "آب": 8, "अगस": 8, "สิง": 8, "kol": 8, "אוג": 8, "elok": 8,
	"sep": 9, "set": 9, "сен": 9, "вер": 9, "eyl": 9, "wrz": 9, "sze": 9, "zář": 9, "σεπ": 9, "سبت": 9, "أيل": 9, "सित": 9, "กันย": 9, "ruj": 9, "ספט": 9, "syys": 9,
	"oct": 10, "okt": 10, "ott": 10, "out": 10, "окт": 10, "жов": 10, "eki": 10, "paź": 10, "říj": 10, "οκτ": 10, "أكت": 10, "अक्ट": 10, "ตุล": 10, "אוק": 10, "loka": 10,
	"nov": 11, "ноя": 11, "лис": 11, "kas": 11, "lis": 11, "noi": 11, "νοέ": 11, "νοε": 11, "نوف": 11, "नवं": 11, "พฤศจ": 11, "stu": 11, "נוב": 11, "marr": 11,
	"dec": 12, "dez": 12, "déc": 12, "dic": 12, "des": 12, "дек": 12, "гру": 12, "ara": 12, "gru": 12, "pro": 12, "δεκ": 12, "ديس": 12, "दिस": 12, "ธัน": 12, "דצמ": 12, "joul": 12,
}

// month returns the number of a month's name, whole or cut, or 0.
func month(s string) int {
	s = strings.ToLower(strings.TrimSuffix(s, "."))
	r := []rune(s)
	if len(r) < 3 || len(r) > 14 {
		return monthNames[s]
	}
	for n := min(len(r), 5); n >= 3; n-- {
		if m := monthNames[string(r[:n])]; m > 0 {
			return m
		}
	}
	return 0
}

var (
	dateISO   = regexp.MustCompile(`\b((?:19|20)\d\d) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?: ?日|\b|T)`)
	dateKR    = regexp.MustCompile(`((?:19|20)\d\d)년 ?(\d{1,2})월 ?(\d{1,2})일`)
	dateYMD   = regexp.MustCompile(`\b((?:19|20)\d\d)\.?,? (\p{L}{3,12})\.? (\d{1,2})\b`)
	dateMDY   = regexp.MustCompile(`(?i)\b([\p{L}\p{M}]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:at )?((?:19|20|25)\d\d)(?:\D|$)`)
	dateDMY   = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?(?: de| of|,|-)? ?-?([\p{L}\p{M}]{2,14})\.?,?(?: de| del|-)? ?-?((?:19|20|25)\d\d)`)
	dateDigit = regexp.MustCompile(`\b(\d{1,2})(\.|/|-) ?(\d{1,2})[./-] ?((?:19|20)\d\d|\d\d)(?:\D|$)`)
)

// asciiDigits turns the digits of other scripts into ours.
func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{'٠', '۰', '०', '๐', '০', '０'} {
			if r >= zero && r <= zero+9 {
				return '0' + r - zero
			}
		}
		return r
	}, s)
}

// findDate finds the first date in a text. monthFirst says how to read
// 03/04/2026.
func findDate(s string, monthFirst bool) (day, bool) {
	if len(s) > 300 {
		s = s[:300]
	}
	if !hasDigit(s) {
		return day{}, false
	}
	s = asciiDigits(s)
	for _, rx := range []*regexp.Regexp{dateISO, dateKR} {
		if m := rx.FindStringSubmatch(s); m != nil {
			return dayOf(m[1], atoi(m[2]), m[3])
		}
	}
	for _, named := range []struct {
		rx               *regexp.Regexp
		year, month, day int
	}{{dateMDY, 3, 1, 2}, {dateDMY, 3, 2, 1}, {dateYMD, 1, 2, 3}} {
		for _, m := range named.rx.FindAllStringSubmatch(s, 3) {
			if n := month(m[named.month]); n > 0 {
				return dayOf(m[named.year], n, m[named.day])
			}
		}
	}
	if m := dateDigit.FindStringSubmatch(s); m != nil {
		return digitDay(m[4], atoi(m[1]), atoi(m[3]), m[2] != ".", monthFirst)
	}
	return day{}, false
}

// digitDay makes a day of three numbers; loose says that the marks between
// them do not tell whether the day or the month comes first.
func digitDay(y string, a, b int, loose, monthFirst bool) (day, bool) {
	if len(y) == 2 {
		y = "20" + y
	}
	if a > 12 && b > 12 {
		return day{}, false
	}
	d := day{atoi(y), b, a, loose && a <= 12 && b <= 12 && a != b}
	if b > 12 || d.loose && monthFirst {
		d = d.swapped()
	}
	return d, d.m >= 1 && d.d >= 1 && d.d <= 31 && d.y >= 1990
}

// dayOf makes a day of digits; false if there is no such day.
func dayOf(y string, m int, d string) (day, bool) {
	out := day{y: atoi(y), m: m, d: atoi(d)}
	if out.y >= 2500 {
		out.y -= 543 // the Thai calendar counts from the Buddha's death
	}
	t := out.time()
	return out, m >= 1 && out.d >= 1 && t.Day() == out.d && int(t.Month()) == m && plausible(t)
}

// The forms of a day in an address: /2026/03/04/, /2026-3-4-, /2026/mar/04/,
// /04-03-2026.
var (
	urlDate     = regexp.MustCompile(`[/_-]((?:19|20)\d\d)[/_-]?(\d\d)[/_-]?(\d\d)(?:[/_.-]|$)|/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})[/-]|/((?:19|20)\d\d)/(\p{L}{3})/(\d{1,2})/`)
	urlDayFirst = regexp.MustCompile(`[/_-](\d\d)[-.](\d\d)[-.](20\d\d)(?:[/_.-]|$)`)
)

// dateInURL finds the day of publication in an address.
func dateInURL(s string) (day, bool) {
	if m := urlDate.FindStringSubmatch(s); m != nil {
		switch {
		case m[1] != "":
			return dayOf(m[1], atoi(m[2]), m[3])
		case m[4] != "":
			return dayOf(m[4], atoi(m[5]), m[6])
		}
		return dayOf(m[7], month(m[8]), m[9])
	}
	if m := urlDayFirst.FindStringSubmatch(s); m != nil {
		return dayOf(m[3], atoi(m[2]), m[1])
	}
	return day{}, false
}
func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
