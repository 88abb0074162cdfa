package excerpt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"stet/watcher/compare"
)

// tidy returns a replaced block's spans, cleaned, without empty ones, and with
// the spaces between them kept. A block without spans becomes its whole old
// text and its whole new one.
func tidy(b compare.Block) []compare.Span {
	spans := b.Spans
	if len(spans) == 0 {
		spans = []compare.Span{{Op: compare.Remove, Text: b.Old}, {Op: compare.Add, Text: b.New}}
	}
	var out []compare.Span
	for _, s := range spans {
		text := cleanInside(s.Text)
		if text == "" {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Op == s.Op {
			out[n-1].Text += text
			continue
		}
		out = append(out, compare.Span{Op: s.Op, Text: text})
		if n := len(out); n > 1 && out[n-1].Op == compare.Remove && out[n-2].Op == compare.Add {
			out[n-2], out[n-1] = out[n-1], out[n-2] // old words come first, always
		}
	}
	return out
}

// cleanInside is Clean for a part of a text: white space at its ends stays,
// as one space.
func cleanInside(s string) string {
	c := Clean(s)
	if c == "" {
		if s != "" && strings.TrimSpace(s) == "" {
			return " "
		}
		return ""
	}
	if r, _ := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		c = " " + c
	}
	if r, _ := utf8.DecodeLastRuneInString(s); unicode.IsSpace(r) {
		c += " "
	}
	return c
}

// Apart parts the i-th span's words from the spaces around them, so that marks cling
// to words. New words right behind old ones get a space.
func Apart(spans []compare.Span, i int) (before, core, after string) {
	text := spans[i].Text
	core = strings.TrimSpace(text)
	before, after, _ = strings.Cut(text, core)
	follows := i > 0 && spans[i].Op == compare.Add && spans[i-1].Op == compare.Remove
	if follows && before == "" && !strings.HasSuffix(spans[i-1].Text, " ") {
		before = " "
	}
	return before, core, after
}

// Elide keeps up to around words of unchanged text on each side of a change
// and puts "…" for the rest.
func Elide(spans []compare.Span, around int) []compare.Span {
	out := make([]compare.Span, 0, len(spans))
	for i, s := range spans {
		if s.Op == compare.Equal {
			s.Text = elideRun(s.Text, around, i > 0, i < len(spans)-1)
		}
		out = append(out, s)
	}
	return out
}

// elideRun cuts an unchanged run that has a change before it, after it, or both.
func elideRun(text string, around int, before, after bool) string {
	var head, tail string
	if before {
		head = firstWords(text, around)
	}
	if after {
		tail = lastWords(text, around)
	}
	// What stands in the place of the words between must be shorter than they.
	if len(head)+len(tail)+len(" … ") >= len(text) {
		return text
	}
	// Left out are whole words, so the ellipsis stands apart.
	switch {
	case head == "":
		return "… " + strings.TrimLeft(tail, " ")
	case tail == "":
		return strings.TrimRight(head, " ") + " …"
	}
	return strings.TrimRight(head, " ") + " … " + strings.TrimLeft(tail, " ")
}

// wordWeight is the weight of a word, of which a character of a script
// without spaces, which UAX #29 takes for a word, has a third.
const wordWeight = 3

// weigh returns the weight of a segment of text: 0 for what is no word.
func weigh(segment string) int {
	r, _ := utf8.DecodeRuneInString(segment)
	switch {
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return 1
	case strings.ContainsFunc(segment, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }):
		return wordWeight
	}
	return 0
}

// firstWords returns the start of text up to its n-th word, and the
// punctuation that clings to that.
func firstWords(text string, n int) string {
	end, left := 0, n*wordWeight
	for w := words.FromString(text); w.Next(); {
		if left -= weigh(w.Value()); left < 0 {
			break
		}
		end = w.End()
	}
	return text[:end]
}

// lastWords returns the end of text from its n-th last word on.
func lastWords(text string, n int) string {
	type word struct{ start, weight int }
	var all []word
	for w := words.FromString(text); w.Next(); {
		if weight := weigh(w.Value()); weight > 0 {
			all = append(all, word{w.Start(), weight})
		}
	}
	start, left := len(text), n*wordWeight
	for i := len(all) - 1; i >= 0; i-- {
		if left -= all[i].weight; left < 0 {
			break
		}
		start = all[i].start
		if i == 0 {
			return text
		}
	}
	// An opening quote or bracket clings to the word after it.
	for start > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:start])
		if !unicode.In(r, unicode.Ps, unicode.Pi) && r != '"' && r != '\'' {
			break
		}
		start -= size
	}
	return text[start:]
}
