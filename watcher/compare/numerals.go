package compare

import "strings"

// germanNumber reads a number below a million that is written as one word,
// such as "siebenundvierzig" or "zweihundertfünfzigtausend".
func germanNumber(w string, numbers map[string]float64) (float64, bool) {
	return compoundNumber(w, compounds{"tausend", "hundert", "und", numbers})
}

// dutchNumber does so for Dutch, such as "zevenenveertig".
func dutchNumber(w string, numbers map[string]float64) (float64, bool) {
	return compoundNumber(strings.ReplaceAll(w, "ë", "e"), compounds{"duizend", "honderd", "en", numbers})
}

// compounds are the joints of Germanic numbers.
type compounds struct {
	thousand, hundred, and string
	numbers                map[string]float64
}

func compoundNumber(w string, c compounds) (float64, bool) {
	if v, ok := c.numbers[w]; ok {
		return v, true
	}
	for _, joint := range []struct {
		word  string
		value float64
	}{{c.thousand, 1000}, {c.hundred, 100}} {
		before, after, found := strings.Cut(w, joint.word)
		if !found {
			continue
		}
		n, ok := 1.0, true
		if before != "" {
			n, ok = compoundNumber(before, c)
		}
		rest := 0.0
		if after = strings.TrimPrefix(after, c.and); ok && after != "" {
			rest, ok = compoundNumber(after, c)
		}
		return n*joint.value + rest, ok && rest < joint.value
	}
	// Units stand before the tens: "sieben-und-vierzig".
	for i := 1; i+len(c.and) < len(w); i++ {
		if w[i:i+len(c.and)] != c.and {
			continue
		}
		unit, ok1 := c.numbers[w[:i]]
		ten, ok2 := c.numbers[w[i+len(c.and):]]
		if ok1 && ok2 && unit < 10 && ten >= 20 && ten < 100 {
			return unit + ten, true
		}
	}
	return 0, false
}

// italianNumber reads a number below a million that is written as one word,
// such as "quarantasette" or "duecentomila".
func italianNumber(w string, numbers map[string]float64) (float64, bool) {
	if v, ok := numbers[strings.ReplaceAll(w, "é", "e")]; ok {
		return v, true
	}
	for _, joint := range []struct {
		word  string
		value float64
	}{{"mila", 1000}, {"mille", 1000}, {"cento", 100}} {
		before, after, found := strings.Cut(w, joint.word)
		if !found {
			continue
		}
		n, rest, ok := 1.0, 0.0, true
		if before != "" {
			n, ok = italianNumber(before, numbers)
		}
		if ok && after != "" {
			rest, ok = italianNumber(after, numbers)
		}
		return n*joint.value + rest, ok && rest < joint.value
	}
	for i, ten := range [...]string{"vent", "trent", "quarant", "cinquant", "sessant", "settant", "ottant", "novant"} {
		value := float64(i+2) * 10
		unit, found := strings.CutPrefix(w, ten)
		if !found {
			continue
		}
		if unit == "i" || unit == "a" {
			return value, true
		}
		// The vowel falls out before "uno" and "otto".
		unit = strings.TrimPrefix(strings.TrimPrefix(unit, "i"), "a")
		if v, ok := numbers[strings.ReplaceAll(unit, "é", "e")]; ok && v < 10 {
			return value + v, true
		}
	}
	return 0, false
}
