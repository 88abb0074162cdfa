package compare

import (
	"slices"
	"strings"
)

// speltAnew reports whether two names can be one, written otherwise: each word
// that differs sounds nearly alike.
func speltAnew(a, b string) bool {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x) != len(y) {
		return strings.Join(x, "") == strings.Join(y, "") // "Mc Gill", "McGill"
	}
	for i := range x {
		if x[i] != y[i] && !soundsAlike(x[i], y[i], i+1 < len(x)) {
			return false
		}
	}
	return true
}

// soundsAlike weighs the letters that two words differ by: one left out, added
// or swapped with its neighbour costs 1, one written for another of like sound
// 1, any other 3; the start of a word is seldom misspelt.
// given says that the word is a given name, whose last vowel tells Mario from
// Maria.
func soundsAlike(a, b string, given bool) bool {
	const (
		longest = 40
		long    = 6 // letters from which two are forgiven
	)
	x, y := []rune(a), []rune(b)
	limit := 1
	if min(len(x), len(y)) >= long {
		limit = 2
	}
	n, m := len(x), len(y)
	if n == 0 || m == 0 || n > longest || m > longest || n-m > limit || m-n > limit {
		return false
	}
	if given && n == m && a[:len(a)-1] == b[:len(b)-1] && strings.ContainsRune("ao", x[n-1]) && strings.ContainsRune("ao", y[m-1]) {
		return false
	}
	return edits(x, y, 2, func(i, k int) int { return soundCost(x[i], y[k], i == 0 && k == 0) }) <= limit
}

// soundCost is what one letter in the place of another costs.
func soundCost(a, b rune, start bool) int {
	if a == b {
		return 0
	}
	groups := []string{"aeiouy", "ckq", "szc", "vwf", "dt", "gj", "mn", "ijy", "bp"}
	if start {
		groups = []string{"ckq", "sz", "vwf", "gj", "ijy"}
	}
	for _, g := range groups {
		if strings.ContainsRune(g, a) && strings.ContainsRune(g, b) {
			return 1
		}
	}
	return 3
}

// otherCompass reports whether the names differ in a word such as "North".
func otherCompass(a, b string) bool {
	words := strings.Fields(b)
	for _, w := range strings.Fields(a) {
		if compass[w] && !slices.Contains(words, w) {
			return true
		}
	}
	return false
}

// nearAlike are names of places a letter or two from another's.
var nearAlike = wordSet(`iran iraq niger nigeria austria australia mali malawi slovakia slovenia gambia zambia guinea guyana dominica
	chad mauritania mauritius oman amman paris parma bonn bern berlin bergen lyon leon kiel kiev turin tours chile china cali calais
	granada grenada georgia genoa geneva latvia lithuania libya syria sudan swaziland switzerland sweden monaco morocco moldova
	montana monterrey monterey valencia venezia vienna vilnius yerevan york cork`)
