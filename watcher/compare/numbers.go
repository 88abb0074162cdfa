package compare

import (
	"math"
	"strconv"
	"strings"
)

// numberAt reads the number that starts at token i, with its currency or
// unit, which are part of its value: "5 miles" is not "5 km".
func (j *judge) numberAt(toks []token, i int) (mention, bool) {
	from, unit, sign := i, "", ""
	if toks[i].key == "-" && meaningful(toks, i) {
		sign, i = "-", i+1
	}
	if c, n := currencyAt(toks, i); n > 0 {
		unit, i = c, i+n
	}
	value, to, weak := j.quantityAt(toks, i, unit != "")
	if to == i {
		return j.wordQuantity(toks, from)
	}
	m := mention{kind: factNumber, from: from, to: to, weak: weak}
	if c, n := unitAt(toks, to); n > 0 {
		if unit == "" {
			unit = c
		}
		m.to += n
		m.weak = false
	}
	m.value = sign + value + " " + unit
	return m, true
}

// wordQuantity reads a word that counts without a number, such as "most". It
// means something only beside another.
func (j *judge) wordQuantity(toks []token, i int) (mention, bool) {
	if n, ok := spansOfYears[toks[i].key]; ok && i > 0 && (toks[i-1].key == "a" || toks[i-1].key == "one") {
		return mention{kind: factNumber, from: i - 1, to: i + 1, value: n}, true // "a decade"
	}
	if toks[i].kind != wordToken || !j.lex.quantities[toks[i].key] {
		return mention{}, false
	}
	if i+1 < len(toks) && toks[i+1].kind == digitsToken {
		return mention{}, false // "some 200 people"
	}
	return mention{kind: factNumber, from: i, to: i + 1, value: "~" + toks[i].key, weak: true, worded: true}, true
}

// spansOfYears are the values of spans that have a name.
var spansOfYears = map[string]string{"decade": "10 y", "century": "100 y", "fortnight": "2 w"}

// quantityAt reads digits or spelt numbers from token i and the magnitudes
// behind them ("4 million"). Its value is a canonical decimal, led by "#" for
// an ordinal, which is another thing than a number.
func (j *judge) quantityAt(toks []token, i int, money bool) (value string, to int, weak bool) {
	n, to, weak, ok := 0.0, i, false, false
	if i < len(toks) && toks[i].kind == digitsToken {
		digits, end := digitGroups(toks, i)
		n, ok = j.decimal(digits)
		if !ok {
			return digits, end, false
		}
		to = end
		if to < len(toks) && fractions[toks[to].key] > 0 {
			n, to = n+fractions[toks[to].key], to+1
		}
		if to < len(toks) && !toks[to].space && ordinalEnding[toks[to].key] {
			return "#" + number(n), to + 1, false
		}
	} else if n, to, weak, ok = j.spelt(toks, i); !ok {
		if v, found := j.ordinal(toks, i); found {
			return "#" + number(v), i + 1, toks[i].key == "second" || toks[i].key == "segunda" || toks[i].key == "seconda" || v == 1
		}
		return "", i, false
	}
	for to < len(toks) && toks[to].kind == wordToken {
		by, found := j.lex.magnitudes[toks[to].key]
		if !found && toks[to].key == "m" && to+1 < len(toks) && currencies[toks[to+1].key] != "" {
			by, found, money = 1e6, true, true // "18 M€"
		}
		if !found || len(toks[to].key) == 1 && (toks[to].space && !(to+1 < len(toks) && !toks[to+1].space && currencies[toks[to+1].key] != "") || !money && toks[to].key != "k" && !pluralAt(toks, to+1)) {
			break
		}
		n, to, weak = n*by, to+1, false
	}
	return number(n), to, weak
}

// pluralAt reports whether the word at i is a plural, so that the "m" before it
// means millions, not metres.
func pluralAt(toks []token, i int) bool {
	if i >= len(toks) || toks[i].kind != wordToken {
		return false
	}
	k := toks[i].key
	return k == "people" || len(k) > 3 && strings.HasSuffix(k, "s") && !strings.HasSuffix(k, "ss")
}

// fractions are the signs that may follow a whole number, as in "5½".
var fractions = map[string]float64{"½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1.0 / 3, "⅔": 2.0 / 3, "⅛": 0.125}

// ordinalEnding are the letters that make an ordinal of digits.
var ordinalEnding = wordSet("st nd rd th er ère ème e º ª o a")

// digitGroups joins groups of three digits parted by spaces, as in "1 250 000".
func digitGroups(toks []token, i int) (digits string, to int) {
	digits, to = toks[i].key, i+1
	if len(digits) > 3 {
		return digits, to
	}
	for to < len(toks) && toks[to].kind == digitsToken && toks[to].space && grouped(toks[to].key) {
		digits += toks[to].key
		to++
	}
	return digits, to
}

// grouped reports whether s has three digits, and maybe decimals.
func grouped(s string) bool {
	whole, _, _ := strings.Cut(s, ",")
	return len(whole) == 3 && strings.Trim(whole, "0123456789") == ""
}

// decimal reads digits with the marks of the language: which of point and
// comma parts thousands is a matter of the language, unless both stand there.
func (j *judge) decimal(s string) (float64, bool) {
	if len(s) > 40 || strings.Contains(s, ":") {
		return 0, false
	}
	s = strings.ReplaceAll(s, "'", "")
	point := "."
	last := strings.LastIndexAny(s, ".,")
	switch {
	case last < 0:
	case strings.Contains(s, ".") && strings.Contains(s, ","):
		point = s[last : last+1]
	case strings.Count(s, s[last:last+1]) > 1:
		point = ""
	case len(s)-last-1 != 3:
		point = s[last : last+1]
	case j.lex.comma:
		point = ","
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case string(r) == point:
			b.WriteByte('.')
		case r != '.' && r != ',':
			b.WriteRune(r)
		}
	}
	n, err := strconv.ParseFloat(b.String(), 64)
	return n, err == nil && n < 1e15
}

// number writes a number so that equal ones are written alike.
func number(n float64) string {
	return strconv.FormatFloat(math.Round(n*1e6)/1e6, 'f', -1, 64)
}

// spelt reads a number in words from token i: "one hundred and twenty-one",
// "quatre-vingt-dix", "zweihundertfünfzig". An article alone is no number, and
// "one" alone a weak one.
func (j *judge) spelt(toks []token, i int) (n float64, to int, weak, ok bool) {
	total, part := 0.0, 0.0
	to = i
	for k := i; k < len(toks); k++ {
		t := toks[k]
		if k > i && joinsNumber(t) {
			continue
		}
		v, found := j.numberWord(t)
		if !found || t.kind != wordToken || k > to && k > i && !joined(toks[to:k]) {
			break
		}
		switch {
		case v >= 1000:
			total, part = total+max(part, 1)*v, 0
		case v == 100 && part > 0 && part < 100, v == 20 && part == 4, v == 12 && part > 0:
			part *= v
		case part > 0 && v >= part:
			return total + part, to, weak, ok // a number of its own: "two three"
		default:
			part += v
		}
		to, ok = k+1, true
	}
	n = total + part
	weak = to == i+1 && (n == 1 || n == 0.5)
	if ok && to == i+1 && j.lex.articles[toks[i].key] {
		return 0, i, false, false
	}
	return n, to, weak, ok
}

// joinsNumber reports whether t may stand between the words of one number.
func joinsNumber(t token) bool {
	switch t.key {
	case "-", "and", "et", "y", "e", "und", "en":
		return true
	}
	return false
}

// joined reports whether all of toks may stand inside a number, one at a time.
func joined(toks []token) bool {
	return len(toks) == 0 || len(toks) == 1 && joinsNumber(toks[0])
}

func (j *judge) numberWord(t token) (float64, bool) {
	if v, ok := j.lex.numbers[t.key]; ok {
		return v, true
	}
	if v, ok := j.lex.magnitudes[t.key]; ok && len(t.key) > 3 && v >= 100 {
		return v, true
	}
	if j.lex.compound != nil && len(t.key) >= 6 && len(t.key) <= 60 {
		return j.lex.compound(t.key, j.lex.numbers)
	}
	return 0, false
}

func (j *judge) ordinal(toks []token, i int) (float64, bool) {
	if i >= len(toks) {
		return 0, false
	}
	v, ok := j.lex.ordinals[toks[i].key]
	return v, ok
}

// currencyAt reads a currency that stands before its number.
func currencyAt(toks []token, i int) (code string, n int) {
	for k := i; k < len(toks) && k < i+2; k++ {
		if c, ok := currencies[toks[k].key]; ok && k+1 < len(toks) && toks[k+1].kind == digitsToken {
			return c, k + 1 - i
		}
		if !(toks[k].key == "us" || toks[k].key == "a" || toks[k].key == "c") {
			return "", 0
		}
	}
	return "", 0
}

// unitAt reads a unit or currency that stands behind its number.
func unitAt(toks []token, i int) (code string, n int) {
	if i >= len(toks) {
		return "", 0
	}
	if toks[i].key == "per" && i+1 < len(toks) && toks[i+1].key == "cent" || toks[i].key == "por" && i+1 < len(toks) && toks[i+1].key == "ciento" ||
		toks[i].key == "pour" && i+1 < len(toks) && toks[i+1].key == "cent" || toks[i].key == "por" && i+1 < len(toks) && toks[i+1].key == "cento" ||
		toks[i].key == "per" && i+1 < len(toks) && toks[i+1].key == "cento" {
		return "%", 2
	}
	if c, ok := currencies[toks[i].key]; ok {
		return c, 1
	}
	if k := toks[i].key; (k == "d'" || k == "de" || k == "di") && i+1 < len(toks) && currencies[toks[i+1].key] != "" {
		return currencies[toks[i+1].key], 2 // "18 millions d'euros"
	}
	if k := toks[i].key; k == "m" && toks[i].space {
		return "m", 1
	}
	if c, ok := units[toks[i].key]; ok {
		return c, 1
	}
	return "", 0
}

// currencies maps signs, codes and names of money to one code each.
var currencies = map[string]string{
	"$": "$", "usd": "$", "dollar": "$", "dollars": "$", "dólares": "$", "dollari": "$", "£": "£", "gbp": "£", "pound": "£", "pounds": "£",
	"pfund": "£", "livres": "£", "libras": "£", "€": "€", "eur": "€", "euro": "€", "euros": "€", "¥": "¥", "jpy": "¥", "yen": "¥", "chf": "chf",
	"franken": "chf", "francs": "fr", "₹": "₹", "rupees": "₹", "inr": "₹", "zł": "zł", "pln": "zł", "₽": "₽", "roubles": "₽", "rubles": "₽",
	"pesos": "peso", "reais": "real", "cents": "c", "pence": "p", "kronor": "kr", "kroner": "kr", "yuan": "yuan", "lira": "lira", "won": "won",
}

// units maps units to one code each.
var units = map[string]string{
	"%": "%", "percent": "%", "prozent": "%", "procent": "%", "pc": "%", "‰": "‰", "km": "km", "kilometre": "km", "kilometres": "km",
	"kilometer": "km", "kilometers": "km", "kilometern": "km", "kilómetros": "km", "kilomètres": "km", "chilometri": "km", "quilômetros": "km",
	"mile": "mi", "miles": "mi", "meilen": "mi", "millas": "mi", "metre": "m", "metres": "m", "meter": "m", "meters": "m", "metern": "m",
	"metros": "m", "mètres": "m", "metri": "m", "cm": "cm", "mm": "mm", "feet": "ft", "foot": "ft", "ft": "ft", "inches": "in", "inch": "in",
	"kg": "kg", "kilograms": "kg", "kilos": "kg", "kilogramm": "kg", "tonnes": "t", "tonne": "t", "tons": "t", "tonnen": "t", "toneladas": "t",
	"grams": "g", "gram": "g", "gramm": "g", "litres": "l", "liters": "l", "liter": "l", "hectares": "ha", "hektar": "ha", "acres": "ac",
	"lb": "lb", "lbs": "lb", "oz": "oz", "ounces": "oz", "stone": "st", "min": "min", "mins": "min", "hr": "h", "hrs": "h", "secs": "s", "sec": "s", "mph": "mph", "km/h": "kmh", "kph": "kmh", "°c": "°c", "°": "°", "degrees": "°", "grad": "°", "mw": "mw", "gw": "gw", "kw": "kw", "megawatts": "mw",
	"seconds": "s", "minutes": "min", "minuten": "min", "minutos": "min", "minuti": "min", "hours": "h", "hour": "h", "stunden": "h", "heures": "h",
	"horas": "h", "ore": "h", "uur": "h", "days": "d", "day": "d", "tage": "d", "tagen": "d", "jours": "d", "días": "d", "giorni": "d", "dagen": "d",
	"weeks": "w", "week": "w", "wochen": "w", "semaines": "w", "semanas": "w", "settimane": "w", "weken": "w", "months": "mo", "month": "mo",
	"monate": "mo", "monaten": "mo", "mois": "mo", "meses": "mo", "mesi": "mo", "maanden": "mo", "years": "y", "year": "y", "jahre": "y",
	"jahren": "y", "ans": "y", "années": "y", "años": "y", "anni": "y", "anos": "y", "jaar": "y",
}
