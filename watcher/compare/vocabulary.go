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

// englishWords is the list, a word a line, sorted; unpacked when first needed.
// It is embedded, so an error cannot be mended by a caller: an empty list then
// makes every typo minor.
var englishWords = sync.OnceValue(func() string {
	r, err := gzip.NewReader(bytes.NewReader(englishGzip))
	if err != nil {
		return ""
	}
	list, err := io.ReadAll(r)
	if err != nil {
		return ""
	}
	return string(list)
})

// englishWord reports whether w, in plain lower-case letters, is an English
// word. It halves the list until one line is left.
func englishWord(w string) bool {
	list := englishWords()
	lo, hi := 0, len(list)
	for lo < hi {
		start := strings.LastIndexByte(list[lo:(lo+hi)/2], '\n') + 1 + lo
		line, _, _ := strings.Cut(list[start:], "\n")
		switch {
		case line == w:
			return true
		case line < w:
			lo = start + len(line) + 1
		default:
			hi = start
		}
	}
	return false
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
	if a.kind != wordToken || b.kind != wordToken || a.upper || b.upper || !letters(x) || !letters(y) {
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
	return englishWord(x) != englishWord(y)
}

// slip reports whether two words of a language without a list are so alike that
// only a slip of the pen can part them: in a long word two neighbours swapped,
// or a letter missing or doubled inside. Endings are left alone, which inflect,
// and so are letters in the place of others, which make other words.
func (j *judge) slip(a, b token) bool {
	const (
		swapped = 6 // letters from which two may be swapped
		missing = 7 // from which one may be missing
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

// distance is the number of letters to change, add, drop or swap to make b of
// a (optimal string alignment), or limit+1 if it is more than limit.
func distance(a, b string, limit int) int {
	const longest = 60
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest || len(x)-len(y) > limit || len(y)-len(x) > limit {
		return limit + 1
	}
	var d [longest + 1][longest + 1]int
	for i := range len(x) + 1 {
		d[i][0] = i
	}
	for k := range len(y) + 1 {
		d[0][k] = k
	}
	for i := 1; i <= len(x); i++ {
		for k := 1; k <= len(y); k++ {
			cost := 1
			if x[i-1] == y[k-1] {
				cost = 0
			}
			d[i][k] = min(d[i-1][k]+1, d[i][k-1]+1, d[i-1][k-1]+cost)
			if i > 1 && k > 1 && x[i-1] == y[k-2] && x[i-2] == y[k-1] {
				d[i][k] = min(d[i][k], d[i-2][k-2]+1)
			}
		}
	}
	return min(d[len(x)][len(y)], limit+1)
}
