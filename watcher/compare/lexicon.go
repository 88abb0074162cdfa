package compare

import (
	"strings"
	"sync"
)

// A lexicon holds what the judge must know of one language. All words are in
// the form that fold gives. It is never changed once built.
type lexicon struct {
	code     string // "en"; "" for a language that has none
	articles map[string]bool
	stop     map[string]bool // words without content of their own, articles included
	negation map[string]bool
	refusal  map[string]bool  // verbs and prepositions that negate by their meaning
	hedges   map[string]bool  // words that make a statement less certain
	says     map[string]bool  // neutral verbs of saying
	claims   map[string]bool  // loaded ones
	linkers  map[string]bool  // small words inside names, such as "van de"
	outcomes map[string][]int // stems of words that are a claim of their own, and their groups

	numbers    map[string]float64 // spelt numbers below a hundred, and round ones
	quantities map[string]bool    // words that count without a number, such as "most"
	magnitudes map[string]float64 // words that multiply the number before them
	ordinals   map[string]float64
	// compound reads a number written as one word of those in numbers; or nil.
	compound func(w string, numbers map[string]float64) (float64, bool)
	months   map[string]int
	weekdays map[string]int // 1 is Monday
	relative map[string]int // days from the day of publication
	comma    bool           // a comma parts decimals, a point thousands
}

// lexiconFor returns the lexicon of a BCP 47 language tag, or else of the
// language that text seems to be in.
func lexiconFor(tag, text string) *lexicon {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	code, _, _ = strings.Cut(code, "_")
	if code == "" || code == "und" {
		return guess(text)
	}
	if l := lexicons()[code]; l != nil {
		return l
	}
	return lexicons()[""]
}

// lexicons builds the lexicons when they are first needed.
var lexicons = sync.OnceValue(func() map[string]*lexicon {
	all := map[string]*lexicon{"": {}}
	for _, l := range []*lexicon{english(), german(), french(), spanish(), italian(), portuguese(), dutch(), polish(), turkish(), russian()} {
		for w := range l.articles {
			l.stop[w] = true
		}
		all[l.code] = l
	}
	return all
})

// numbered makes a table of words whose values count up from first.
func numbered[N int | float64](first N, s string) map[string]N {
	m := map[string]N{}
	for w := range strings.FieldsSeq(s) {
		for alias := range strings.SplitSeq(w, "/") {
			if alias != "_" {
				m[alias] = first
			}
		}
		first++
	}
	return m
}

// with adds words whose values are given one by one.
func with[N int | float64](m map[string]N, values map[string]N) map[string]N {
	for w, v := range values {
		m[w] = v
	}
	return m
}

// tens makes a table of the tens from twenty, with more words added.
func tens(s string, more map[string]float64) map[string]float64 {
	for w, v := range numbered(2.0, s) {
		more[w] = v * 10
	}
	return more
}

// ordinalForms makes a table of ordinals from first on, each with endings.
func ordinalForms(s string, endings ...string) map[string]float64 {
	m := numbered(1.0, s)
	for w, v := range numbered(1.0, s) {
		for _, e := range endings {
			m[w+e] = v
		}
	}
	return m
}
