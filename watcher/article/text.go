package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tidy returns s in NFC, white space folded to single spaces and trimmed,
// without invisible characters.
func tidy(s string) string {
	if plain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	var last rune
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case invisible(r):
			if !joins(r, last, s[i:]) {
				continue
			}
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
		last = r
	}
	out := ligatures.Replace(b.String())
	if norm.NFC.IsNormalString(out) {
		return out
	}
	return norm.NFC.String(out)
}

// ligatures are single characters that print several letters.
var ligatures = strings.NewReplacer("ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "st", "ﬆ", "st")

// plain reports whether tidy would give s back, judged by its bytes alone.
func plain(s string) bool {
	space := true
	for i := range len(s) {
		c := s[i]
		if c >= 0x7f || c < 0x20 || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || s == ""
}

// invisible reports whether r shows nothing: soft hyphens, zero widths, marks
// of direction, control characters.
func invisible(r rune) bool {
	switch {
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xad, r == 0x34f, r == 0x61c, r == 0x180e, r == 0xfeff:
		return true
	case r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x206f:
		return true
	case r == utf8.RuneError:
		return false
	}
	return false
}

// joins reports whether r is a joiner that shapes the letters around it, as
// Persian and Hindi need it.
func joins(r, before rune, rest string) bool {
	if r != 0x200c && r != 0x200d || before < 0x600 {
		return false
	}
	after, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(r):])
	return after >= 0x600
}

// Parameters of FNV-1a, 64 bits.
// Source: http://www.isthe.com/chongo/tech/comp/fnv/
const (
	fnvOffset = 14695981039346656037
	fnvPrime  = 1099511628211
)

// eachWord calls f for each word of s: a run of letters and digits, or one
// ideograph, kana or Thai letter. hash is that of the word in lower case,
// size its bytes.
func eachWord(s string, f func(hash uint64, size int, single bool)) {
	h, size := uint64(fnvOffset), 0
	flush := func() {
		if size > 0 {
			f(h, size, false)
			h, size = fnvOffset, 0
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c >= 'A' && c <= 'Z':
				c += 'a' - 'A'
				fallthrough
			case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
				h = (h ^ uint64(c)) * fnvPrime
				size++
			case c == '\'' && size > 0: // don't, l'eau: one word with the apostrophe left out
			default:
				flush()
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case unspaced(r):
			flush()
			f((fnvOffset^uint64(r))*fnvPrime, n, true)
		case r == '’' && size > 0:
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
			size += n
		default:
			flush()
		}
	}
	flush()
}

// unspaced reports whether r belongs to a script that puts no spaces between
// words.
func unspaced(r rune) bool {
	return r >= 0x2e80 && r <= 0x9fff && r != 0x3000 && r != 0x3001 && r != 0x3002 && (r < 0x3008 || r > 0x301f) && r != 0x30fb ||
		r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff || r >= 0xe00 && r <= 0xeff
}

// hashWord returns the hash eachWord gives for a word in lower case.
func hashWord(w string) uint64 {
	h := uint64(fnvOffset)
	for _, r := range w {
		if r < utf8.RuneSelf {
			h = (h ^ uint64(r)) * fnvPrime
			continue
		}
		h = (h ^ uint64(unicode.ToLower(r))) * fnvPrime
	}
	return h
}

// wordSet is the words of a text by hash.
type wordSet map[uint64]struct{}

func words(s string) wordSet {
	set := wordSet{}
	eachWord(s, func(h uint64, _ int, _ bool) { set[h] = struct{}{} })
	return set
}

// within returns the share of a's words that are in b, from 0 to 1; 0 for
// none.
func (a wordSet) within(b wordSet) float64 {
	if len(a) == 0 {
		return 0
	}
	n := 0
	for h := range a {
		if _, ok := b[h]; ok {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// alike returns the words that a and b share as a share of all, from 0 to 1.
func (a wordSet) alike(b wordSet) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	n := a.within(b) * float64(len(a))
	return n / (float64(len(a)+len(b)) - n)
}

// endsSentence reports whether s ends as a sentence does, closing quotes and
// brackets aside.
func endsSentence(s string) bool {
	s = strings.TrimRight(s, " \"'”’»«“‘)]）」』*")
	r, _ := utf8.DecodeLastRuneInString(s)
	switch r {
	case '.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '．', '។':
		return true
	}
	return false
}

// fold returns s in lower case with typographic apostrophes made plain, for
// looking phrases up in.
func fold(s string) string {
	return strings.ReplaceAll(strings.ToLower(s), "’", "'")
}
