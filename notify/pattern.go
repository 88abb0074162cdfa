package notify

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxPattern is the most characters of a pattern: room for a list of some
// sixty names. What is longer is better parted into several.
const maxPattern = 1000

// A Pattern is what a route looks for in the texts of a change: an RE2 pattern,
// as package regexp has them, in any case. One without a character that means
// something to RE2 is a word or phrase, and must stand whole, except in scripts
// that part no words. Make one with [ParsePattern]; the zero Pattern is found
// nowhere.
type Pattern struct {
	source string
	plain  string         // folded, of a word or phrase
	re     *regexp.Regexp // nil for a word or phrase
}

// ParsePattern compiles a pattern, or says what is wrong with it.
func ParsePattern(s string) (Pattern, error) {
	switch {
	case strings.TrimSpace(s) == "":
		return Pattern{}, errors.New("an empty value; leave the key out to match everything")
	case utf8.RuneCountInString(s) > maxPattern:
		return Pattern{}, fmt.Errorf("%.40q… has %d characters; a pattern can have %d", s, utf8.RuneCountInString(s), maxPattern)
	case regexp.QuoteMeta(s) == s:
		return Pattern{source: s, plain: fold(s)}, nil
	}
	if _, err := regexp.Compile(s); err != nil { // as it was written, for the complaint's sake
		return Pattern{}, fmt.Errorf("%.80q is no RE2 pattern: %s", s, complaint(err))
	}
	re, err := regexp.Compile("(?i)" + letters(s))
	if err != nil { // it has grown by the other case of each letter
		return Pattern{}, fmt.Errorf("%.80q is no RE2 pattern: %s", s, complaint(err))
	}
	if re.MatchString("") {
		return Pattern{}, fmt.Errorf("%.80q is found in every text, as it matches an empty one", s)
	}
	return Pattern{source: s, re: re}, nil
}

// complaint is what RE2 says of a pattern.
func complaint(err error) string {
	if e := (*syntax.Error)(nil); errors.As(err, &e) {
		return fmt.Sprintf("%s: %.80q", e.Code, e.Expr)
	}
	return err.Error()
}

// String returns the pattern as it was written.
func (p Pattern) String() string { return p.source }

// Find returns the first words of the text that the pattern finds, and whether
// it finds any. In the text every apostrophe is straight, every run of white
// space one space, and every letter one character where Unicode has it.
func (p Pattern) Find(text string) (found string, ok bool) {
	if p.re == nil {
		return p.plain, containsWord(fold(text), p.plain)
	}
	text = level(text)
	at := p.re.FindStringIndex(text)
	if at == nil {
		return "", false
	}
	return text[at[0]:at[1]], true
}

// in says where a pattern was found, in words.
func (p Pattern) in(found, where string) string {
	if p.re == nil {
		return fmt.Sprintf("%q stands in %s", p.source, where)
	}
	return fmt.Sprintf("%q finds %.80q in %s", p.source, found, where)
}

// letters brings ways to write the same letters together: NFC, straight
// apostrophes.
func letters(s string) string { return strings.ReplaceAll(norm.NFC.String(s), "’", "'") }

// level is letters, and single spaces.
func level(s string) string { return strings.Join(strings.Fields(letters(s)), " ") }

// fold is level without the differences of case.
func fold(s string) string { return strings.ToLower(level(s)) }

// containsWord reports whether w stands in text as whole words. Where words
// are not parted by spaces, as in Chinese, any occurrence counts.
func containsWord(text, w string) bool {
	if w == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], w)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(w)
		if !joined(text[:start], w) && !joined(w, text[end:]) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[start:])
		from = start + size
	}
}

// joined reports whether the end of one string and the start of the next are
// parts of one word.
func joined(left, right string) bool {
	l, _ := utf8.DecodeLastRuneInString(left)
	r, _ := utf8.DecodeRuneInString(right)
	return wordRune(l) && wordRune(r)
}

// wordRune reports whether r belongs to a word whose ends are marked by
// spaces or punctuation.
func wordRune(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)) && r != utf8.RuneError &&
		!unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
