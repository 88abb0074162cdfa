package config

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A KeyError is one mistake in a config file: what is wrong with which key,
// and how to mend it.
type KeyError struct {
	File    string // "" where the mistake is in the environment
	Line    int    // counted from 1; 0 if unknown
	Key     string // such as "destination[2].url", counted from 1; "" for the file as a whole
	Problem string
}

func (e *KeyError) Error() string {
	var b strings.Builder
	if e.File != "" {
		b.WriteString(e.File + ":")
		if e.Line > 0 {
			fmt.Fprintf(&b, "%d:", e.Line)
		}
		b.WriteString(" ")
	}
	if e.Key != "" {
		b.WriteString(e.Key + ": ")
	}
	return b.String() + e.Problem
}

// mistakes collects what is wrong with a file, one mistake a key.
type mistakes struct {
	file  string
	lines map[string]int // of keys
	found []*KeyError

	// trial says that nothing will be fetched or sent: secrets need not be
	// there, and a destination needs no more than its name.
	trial bool
}

// add notes what is wrong with a key, unless something is known to be. A key
// that starts with "$" is a variable of the environment.
func (m *mistakes) add(key, problem string, args ...any) {
	if slices.ContainsFunc(m.found, func(e *KeyError) bool { return e.Key == key }) {
		return
	}
	file := m.file
	if strings.HasPrefix(key, "$") {
		file = ""
	}
	m.found = append(m.found, &KeyError{file, m.line(key), key, fmt.Sprintf(problem, args...)})
}

// line returns the line of a key, or of the nearest table around it.
func (m *mistakes) line(key string) int {
	for key != "" {
		if line, ok := m.lines[key]; ok {
			return line
		}
		key = key[:max(strings.LastIndexAny(key, ".["), 0)]
	}
	return 0
}

// err returns all mistakes as one error, by line; nil if there are none.
func (m *mistakes) err() error {
	slices.SortStableFunc(m.found, func(a, b *KeyError) int { return cmp.Compare(a.Line, b.Line) })
	var errs []error
	for _, e := range m.found {
		errs = append(errs, e)
	}
	return errors.Join(errs...)
}

// nearest returns the candidate that the word was most likely meant to be, or
// "" if none is near.
func nearest(word string, candidates []string) string {
	best, least := "", min(max(len(word)/2, 1), 3)+1 // up to half of the letters wrong, or three
	for _, c := range candidates {
		if d := distance(word, c, least); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace to turn a into b
// (Levenshtein's), or returns bound if there are that many.
func distance(a, b string, bound int) int {
	if len(a)-len(b) >= bound || len(b)-len(a) >= bound {
		return bound
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, row[j+1]+1)
		}
	}
	return min(row[len(b)], bound)
}
