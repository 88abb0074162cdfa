package compare

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// visible returns s as readers see it: valid UTF-8 in NFC, white space folded
// to single spaces, invisible characters dropped. Everything else stays: NFKC
// would turn "m²" into "m2".
func visible(s string) string {
	if tidyASCII(s) {
		return s
	}
	s = norm.NFC.String(strings.ToValidUTF8(s, "\uFFFD"))
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case invisible(r):
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	// Dropping a character can leave a letter beside a mark.
	return norm.NFC.String(b.String())
}

// tidyASCII reports whether visible has nothing to do.
func tidyASCII(s string) bool {
	for i := range len(s) {
		if s[i]-' ' >= 0x7F-' ' { // below a space, DEL, or no ASCII
			return false
		}
	}
	return s == "" || s[0] != ' ' && s[len(s)-1] != ' ' && !strings.Contains(s, "  ")
}

// invisible reports whether r leaves no ink: soft hyphens, zero widths, marks
// of direction, variation selectors and control characters.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector)
}

// A tokenKind tells words from digits and marks.
type tokenKind uint8

const (
	wordToken tokenKind = iota
	digitsToken
	quoteToken // a mark that may open or close a quotation
	markToken  // any other punctuation or symbol
)

// A token is a word, a number in digits or a mark of one block's text.
type token struct {
	text  string // as it stands
	key   string // folded: lower case, plain quotes and dashes, ASCII widths
	kind  tokenKind
	start int  // byte offset in the block's text
	space bool // white space stands before it
	first bool // starts a sentence
	upper bool // starts with a capital letter
}

func (t token) end() int { return t.start + len(t.text) }

// tokenize splits s, which visible has cleaned, into tokens. White space is
// in no token.
func tokenize(s string) []token {
	toks := make([]token, 0, len(s)/5+4)
	space := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if unicode.IsSpace(r) {
			space = true
			i += size
			continue
		}
		t := token{start: i, space: space, kind: kindOf(r)}
		end := i + size
		switch t.kind {
		case wordToken:
			end = wordEnd(s, i)
			t.upper = unicode.IsUpper(r) || unicode.IsTitle(r)
		case digitsToken:
			end = digitsEnd(s, i)
		}
		t.text = s[i:end]
		t.key = fold(t.text)
		toks = append(toks, t)
		i, space = end, false
	}
	markSentences(toks)
	return toks
}

func kindOf(r rune) tokenKind {
	switch {
	case r|0x20 >= 'a' && r|0x20 <= 'z':
		return wordToken
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return wordToken
	case unicode.IsDigit(r):
		return digitsToken
	case strings.ContainsRune(`"'‘’‚‛“”„‟«»‹›「」『』＂＇`, r):
		return quoteToken
	}
	return markToken
}

// elided are the words that French and Italian join to the next by an
// apostrophe; the next word is then a token of its own.
var elided = wordSet("l d j n s c m t qu un all dell nell sull dall lorsqu puisqu jusqu quest")

// firstUnspaced is the first letter of the scripts without spaces: Thai's.
const firstUnspaced = 0x0E00

// wordEnd returns where the word at i ends. An apostrophe inside a word
// belongs to it ("don't"), and ends a token after an elision ("l'accident").
// A letter of a script without spaces is a word by itself.
func wordEnd(s string, i int) int {
	start := i
	for i < len(s) {
		if s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r >= firstUnspaced && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
			if i == start {
				return wordMarksEnd(s, i+size)
			}
			return i
		case unicode.IsLetter(r) || unicode.IsMark(r):
			i += size
		case (r == '\'' || r == '’') && letterAt(s, i+size):
			if elided[strings.ToLower(s[start:i])] {
				return i + size
			}
			i += size
		default:
			return i
		}
	}
	return i
}

func wordMarksEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsMark(r) {
			return i
		}
		i += size
	}
	return i
}

func letterAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// digitsEnd returns where the number at i ends: digits, and points, commas,
// colons and apostrophes between two of them.
func digitsEnd(s string, i int) int {
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsDigit(r):
			i += size
		case strings.ContainsRune(".,:'’", r) && digitAt(s, i+size):
			i += size
		default:
			return i
		}
	}
	return i
}

func digitAt(s string, i int) bool {
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsDigit(r)
}

// fold returns the form in which tokens that differ only in case, width or
// the style of quotes and dashes are alike.
func fold(s string) string {
	if lowerASCII(s) {
		return s
	}
	return strings.Map(foldRune, strings.ToLower(s))
}

func lowerASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf || 'A' <= s[i] && s[i] <= 'Z' {
			return false
		}
	}
	return true
}

func foldRune(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - 0xFEE0
	case r == '‘' || r == '’' || r == '‚' || r == '‛' || r == '‹' || r == '›' || r == '`' || r == '´':
		return '\''
	case r == '“' || r == '”' || r == '„' || r == '‟' || r == '«' || r == '»':
		return '"'
	case r == '‐' || r == '‑' || r == '‒' || r == '–' || r == '—' || r == '―' || r == '−':
		return '-'
	case r == '。':
		return '.'
	case unicode.IsDigit(r) && r > 0x7F:
		return '0' + digitValue(r)
	}
	return r
}

// digitValue returns the value of a decimal digit of any script: Unicode keeps
// the ten digits of a script side by side, in order.
func digitValue(r rune) rune {
	low := r
	for low > 0 && r-low < 9 && unicode.IsDigit(low-1) {
		low--
	}
	if unicode.Is(unicode.Nd, r) && r-low <= 9 {
		return r - low
	}
	return 0
}

// abbreviations end with a point that ends no sentence.
var abbreviations = wordSet("mr mrs ms dr prof st sen rep gov gen lt col sgt jr sr vs no inc co ltd hr fr bzw ca nr str mme mlle m sra srta ud sig dott dhr mevr")

// markSentences finds the tokens that start a sentence: the first one, and a
// capital, digit or quotation mark behind a mark that ends one. The point of
// an initial, an abbreviation or a German date ("4. Mai") ends none.
func markSentences(toks []token) {
	start := true
	for i := range toks {
		t := &toks[i]
		if start && (t.kind == quoteToken || t.key == "(" || t.key == "¿" || t.key == "¡") {
			t.first = true
			continue
		}
		if start {
			t.first = t.kind == digitsToken || t.upper || i == 0 || !strings.ContainsAny(t.text, "abcdefghijklmnopqrstuvwxyz")
			start = false
		}
		if ends(toks, i) {
			start = true
		}
	}
}

// ends reports whether a sentence ends at token i.
func ends(toks []token, i int) bool {
	switch toks[i].key {
	case "!", "?", "…":
		return true
	case ".":
		if i == 0 || toks[i].space {
			return true
		}
		before := toks[i-1]
		if before.kind == digitsToken {
			return i+1 == len(toks) || !toks[i+1].upper || len(before.text) > 2
		}
		return !abbreviations[before.key] && utf8.RuneCountInString(before.text) > 1
	}
	return false
}

// wordSet splits s at white space.
func wordSet(s string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		set[w] = true
	}
	return set
}

// words counts the words and numbers among toks.
func words(toks []token) int {
	n := 0
	for _, t := range toks {
		if t.kind <= digitsToken {
			n++
		}
	}
	return n
}
