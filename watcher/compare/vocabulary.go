package compare

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"strings"
	"sync"
)

// englishGzip is the list of English words that tells a slip of the pen from
// another word. See vocabulary/LICENSE for where it is from.
//
//go:embed vocabulary/english.txt.gz
var englishGzip []byte

// englishWords is the list, a word a line, sorted.
var englishWords = wordList(englishGzip)

// wordList returns what unpacks a list of words when it is first needed. It is
// embedded, so an error cannot be mended by a caller: an empty list then only
// makes the judge more careful.
func wordList(packed []byte) func() string {
	return sync.OnceValue(func() string {
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			return ""
		}
		list, err := io.ReadAll(r)
		if err != nil {
			return ""
		}
		return string(list)
	})
}

// englishWord reports whether w, in plain lower-case letters, is an English
// word.
func englishWord(w string) bool {
	_, ok := lookUp(englishWords(), w)
	return ok
}

// lookUp returns what stands behind the tab of w's line in a sorted list. It
// halves the list until one line is left.
func lookUp(list, w string) (rest string, ok bool) {
	lo, hi := 0, len(list)
	for lo < hi {
		start := strings.LastIndexByte(list[lo:(lo+hi)/2], '\n') + 1 + lo
		line, _, _ := strings.Cut(list[start:], "\n")
		word, rest, _ := strings.Cut(line, "\t")
		switch {
		case word == w:
			return rest, true
		case word < w:
			lo = start + len(line) + 1
		default:
			hi = start
		}
	}
	return "", false
}

// misspelling reports whether one of two words is a slip of the pen for the
// other: it is no English word, the other is, and they are a letter apart, or
// two if they are long. Distance alone would not do: "trial" and "trail" are
// one slip apart. Words with a capital may be names and are never slips.
func (j *judge) misspelling(a, b token) bool {
	const (
		short = 3 // letters from which two may be swapped
		one   = 4 // from which one may be wrong
		two   = 8 // from which two may be wrong
	)
	x, y := unaccented(a.key), unaccented(b.key)
	if j.lex.code != "en" {
		return j.slip(a, b)
	}
	n := min(len(x), len(y))
	if confusable[x] != 0 && confusable[x] == confusable[y] {
		return true
	}
	if a.kind != wordToken || b.kind != wordToken || !j.plainCapital(a) || !j.plainCapital(b) || !letters(x) || !letters(y) {
		return false
	}
	limit := 1
	if n >= two {
		limit = 2
	}
	if n == 2 && len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0] {
		return j.lex.stop[x] != j.lex.stop[y] && englishWord(x) != englishWord(y) // "ot" for "to"
	}
	if n < short {
		return false
	}
	if n < one && (len(x) != len(y) || x[0] == y[0] && x[1] == y[1]) || distance(x, y, limit) > limit {
		return false
	}
	return j.knownWord(x) != j.knownWord(y)
}

// confusable are the English words that are written for each other by mistake.
var confusable = func() map[string]int {
	m := map[string]int{}
	for i, group := range [...]string{"from form", "than then", "their there theyre", "too to", "lose loose", "off of", "were where", "your youre", "whose whos", "its it's", "affect effect", "affected effected",
		"principal principle", "complement compliment", "led lead", "breath breathe", "quite quiet", "though thought", "through thorough", "who's whose", "you're your", "they're their", "and an", "been being"} {
		for w := range strings.FieldsSeq(group) {
			m[w] = i + 1
		}
	}
	return m
}()

// knownWord reports whether w is an English word, month or weekday.
func (j *judge) knownWord(w string) bool {
	return englishWord(w) || j.lex.months[w] > 0 || j.lex.weekdays[w] > 0
}

// plainCapital reports whether t can be an ordinary word: it has no capital, or
// only because it starts a sentence, or it looks like a month.
func (j *judge) plainCapital(t token) bool {
	return !t.upper || t.first && !j.isName(t) || nearMonth(t.key)
}

// nearMonth reports whether w is the name of a longer month, or a slip for one.
func nearMonth(w string) bool {
	for _, m := range [...]string{"january", "february", "august", "september", "october", "november", "december", "wednesday", "thursday", "saturday"} {
		if distance(w, m, 1) <= 1 {
			return true
		}
	}
	return false
}

// slip reports whether two words of a language without a list are so alike that
// only a slip of the pen can part them: in a long word two neighbours swapped,
// or a letter missing or doubled inside. Endings are left alone, which inflect,
// and so are letters in the place of others, which make other words.
func (j *judge) slip(a, b token) bool {
	const (
		swapped = 6 // letters from which two may be swapped
		missing = 7 // from which one may be missing
		wrong   = 9 // from which one may be wrong
		ending  = 2 // letters at the end, where none may be missing
	)
	if a.kind != wordToken || b.kind != wordToken || a.upper != b.upper || a.upper && j.lex.code != "de" {
		return false
	}
	x, y := []rune(unaccented(a.key)), []rune(unaccented(b.key))
	if len(x) > len(y) {
		x, y = y, x
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	switch {
	case len(x) == len(y) && len(x) >= wrong && i >= ending && i < len(x)-ending-1 && string(x[i+1:]) == string(y[i+1:]):
		return true
	case len(x) == len(y):
		return len(x) >= swapped && i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
	case len(x)+1 == len(y):
		return len(x) >= missing && i > 0 && i <= len(x)-ending && string(x[i:]) == string(y[i+1:])
	}
	return false
}

// letters reports whether s is all of a to z.
func letters(s string) bool {
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}

// mostLetters is the longest word whose letters are held against another's.
const mostLetters = 60

// distance is the number of letters to change, add, drop or swap to make b of
// a, or limit+1 if it is more than limit.
func distance(a, b string, limit int) int {
	x, y := []rune(a), []rune(b)
	if len(x) > mostLetters || len(y) > mostLetters || len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	return min(limit+1, edits(x, y, 1, func(i, k int) int {
		if x[i] == y[k] {
			return 0
		}
		return 1
	}))
}

// edits is the least cost of making y of x, neither longer than mostLetters
// (optimal string alignment). To add, drop or swap letters costs 1, at the
// start edge; replaced is what it costs to put y[k] in the place of x[i].
func edits(x, y []rune, edge int, replaced func(i, k int) int) int {
	var d [mostLetters + 1][mostLetters + 1]int
	for i := range len(x) + 1 {
		d[i][0] = edge * i
	}
	for k := range len(y) + 1 {
		d[0][k] = edge * k
	}
	for i := 1; i <= len(x); i++ {
		for k := 1; k <= len(y); k++ {
			d[i][k] = min(d[i-1][k]+1, d[i][k-1]+1, d[i-1][k-1]+replaced(i-1, k-1))
			if i > 1 && k > 1 && x[i-1] == y[k-2] && x[i-2] == y[k-1] {
				d[i][k] = min(d[i][k], d[i-2][k-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
