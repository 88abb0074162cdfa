package compare

import "strings"

// clockAt reads a time of day: "14:05", "3.10pm", "3 p.m.", "15 Uhr", "14h30".
func (j *judge) clockAt(toks []token, i int) (date, int) {
	t := toks[i]
	if t.kind != digitsToken {
		switch t.key {
		case "noon", "midday":
			return date{clock: 12*60 + 1}, i + 1
		case "midnight", "mitternacht", "minuit", "medianoche", "mezzanotte":
			return date{clock: 24*60 + 1}, i + 1
		}
		return date{}, i
	}
	hour, minute, exact := clockDigits(t.key)
	if hour < 0 {
		return date{}, i
	}
	half, to := j.halfOfDay(toks, i+1)
	switch {
	case half >= 0 && hour <= 12:
		return date{clock: (hour%12+12*half)*60 + minute + 1}, to
	case i+1 < len(toks) && (toks[i+1].key == "uhr" || toks[i+1].key == "uur"):
		to = i + 2
		if to < len(toks) && minute == 0 && toks[to].kind == digitsToken && len(toks[to].key) == 2 {
			minute, to = atoi(toks[to].key), to+1
		}
		return date{clock: hour*60 + minute + 1}, to
	case i+1 < len(toks) && toks[i+1].key == "h" && !toks[i+1].space:
		to = i + 2
		if to < len(toks) && !toks[to].space && toks[to].kind == digitsToken {
			minute, to = atoi(toks[to].key), to+1
		}
		return date{clock: hour*60 + minute + 1}, to
	case exact, len(t.key) >= 4 && i > 0 && beforeClock[toks[i-1].key] && j.lex.code != "en":
		return date{clock: hour*60 + minute + 1}, i + 1
	}
	return date{}, i
}

// beforeClock are the words that stand before a time written with a point, as
// in "alle 21.15".
var beforeClock = wordSet("alle dalle ore um gegen ab bis às as las om rond vanaf tot kl vers à dès après avant o godz около в")

// spokenClock reads a time of day in words: "half past three", "halb drei",
// "kwart over drie", "three o'clock", "à quinze heures".
func (j *judge) spokenClock(toks []token, i int) (date, int) {
	k, shift := i, 0
	for _, p := range clockPhrases[j.lex.code] {
		if n := len(p.words); i+n < len(toks) && sameKeys(toks[i:i+n], p.words) {
			k, shift = i+n, p.minutes
			break
		}
	}
	if k == i && !j.numeral(toks[i]) {
		return date{}, i
	}
	hour, to, ok := j.hourAt(toks, k)
	if !ok {
		return date{}, i
	}
	oclock := to < len(toks) && (toks[to].key == "o'clock" || toks[to].key == "uhr" || toks[to].key == "uur")
	heures := to < len(toks) && (toks[to].key == "heures" || toks[to].key == "horas" || toks[to].key == "h") && i > 0 && beforeClock[toks[i-1].key]
	switch {
	case oclock || heures:
		to++
	case k == i || k == i+1 && j.lex.code == "en":
		return date{}, i
	}
	return date{clock: (hour*60+shift+24*60)%(24*60) + 1}, to
}

// hourAt reads an hour in digits or in words.
func (j *judge) hourAt(toks []token, i int) (hour, to int, ok bool) {
	if i >= len(toks) {
		return 0, i, false
	}
	if toks[i].kind == digitsToken {
		hour, to = atoi(toks[i].key), i+1
		return hour, to, len(toks[i].key) <= 2 && hour <= 24
	}
	n, to, _, ok := j.spelt(toks, i)
	return int(n), to, ok && n >= 1 && n <= 24 && n == float64(int(n))
}

// A clockPhrase stands before an hour and moves it.
type clockPhrase struct {
	words   []string
	minutes int
}

var clockPhrases = map[string][]clockPhrase{
	"en": {{[]string{"half", "past"}, 30}, {[]string{"quarter", "past"}, 15}, {[]string{"quarter", "to"}, -15}},
	"de": {{[]string{"halb"}, -30}, {[]string{"viertel", "nach"}, 15}, {[]string{"viertel", "vor"}, -15}},
	"nl": {{[]string{"half"}, -30}, {[]string{"kwart", "over"}, 15}, {[]string{"kwart", "voor"}, -15}},
}

func sameKeys(toks []token, words []string) bool {
	for i, w := range words {
		if toks[i].key != w {
			return false
		}
	}
	return true
}

// clockDigits reads "14:05", "3.10" or "3"; exact says that it can be nothing
// but a time. The hour is -1 if it is none.
func clockDigits(s string) (hour, minute int, exact bool) {
	mark := strings.IndexAny(s, ":.")
	if mark < 0 {
		mark = len(s)
	}
	h, rest := s[:mark], strings.TrimLeft(s[mark:], ":.")
	if len(h) > 2 || mark < len(s) && len(rest) != 2 {
		return -1, 0, false
	}
	hour, minute = atoi(h), atoi(rest)
	if hour > 24 || minute > 59 {
		return -1, 0, false
	}
	return hour, minute, strings.Contains(s, ":")
}

// halfOfDay reads am or pm in its spellings: 0, 1, or -1 for neither.
func (j *judge) halfOfDay(toks []token, i int) (half, to int) {
	if i >= len(toks) {
		return -1, i
	}
	switch toks[i].key {
	case "am":
		if j.lex.code == "de" {
			return -1, i // "3 am" is "3 on the" there
		}
		return 0, i + 1
	case "pm":
		return 1, i + 1
	case "a", "p":
		if i+2 < len(toks) && toks[i+1].key == "." && toks[i+2].key == "m" {
			to = i + 3
			if to < len(toks) && toks[to].key == "." && !toks[to].space {
				to++
			}
			return map[string]int{"a": 0, "p": 1}[toks[i].key], to
		}
	}
	return -1, i
}
