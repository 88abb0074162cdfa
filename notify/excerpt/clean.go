package excerpt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// maxMarks is the most combining marks kept on one letter. Real scripts stack
// four or five; more is there to overflow the line ("Zalgo").
const maxMarks = 6

const (
	zwnj = '\u200c'
	zwj  = '\u200d'
)

// Clean makes text from the network fit to be shown on one line: white space
// becomes single spaces; control and format characters, which can turn the
// reading direction or forge a terminal's output, are taken out, and so are
// private-use characters and broken UTF-8. Joiners stay where they belong,
// between characters that are not ASCII.
func Clean(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var prev rune
	marks, space := 0, false
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case dropped(r) && !joinerFits(r, prev, s[i:]):
			continue
		case unicode.In(r, unicode.Mn, unicode.Me):
			if marks++; marks > maxMarks {
				continue
			}
		default:
			marks = 0
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
		prev = r
	}
	return b.String()
}

// dropped reports whether r is never shown: control, format (bidi overrides,
// zero-width, tags) and private-use characters, and what is no character.
func dropped(r rune) bool {
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs) || unicode.Is(unicode.Noncharacter_Code_Point, r)
}

// joinerFits reports whether r is a joiner within a word of a script that
// uses them, or within an emoji.
func joinerFits(r, prev rune, rest string) bool {
	if r != zwj && r != zwnj || prev < utf8.RuneSelf || unicode.IsSpace(prev) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(r):])
	return next >= utf8.RuneSelf && !unicode.IsSpace(next) && !dropped(next)
}

// Sentence cleans a reason and gives it its capital and its full stop.
func Sentence(s string) string {
	s = Clean(s)
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return ""
	}
	s = string(unicode.ToUpper(r)) + s[size:]
	if last, _ := utf8.DecodeLastRuneInString(s); !strings.ContainsRune(".!?…。！？", last) {
		s += "."
	}
	return s
}

// Len counts s in UTF-16 units. That is never less than its characters, so a
// limit held in these units is held however the other side counts.
func Len(s string) int {
	n := 0
	for _, r := range s {
		n += max(1, utf16Len(r))
	}
	return n
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Cut shortens s to at most most UTF-16 units, at a word border if there is
// one in the latter half and else between two graphemes, and says so by "…".
func Cut(s string, most int) string {
	if Len(s) <= most {
		return s
	}
	if most < 1 {
		return ""
	}
	room := most - len([]rune(" …"))
	used, fits, word := 0, 0, 0
	for g := graphemes.FromString(s); g.Next(); {
		if used += Len(g.Value()); used > room {
			break
		}
		if strings.TrimSpace(g.Value()) == "" {
			word = g.Start()
		}
		fits = g.End()
	}
	if word > fits/2 {
		return strings.TrimRight(s[:word], " ,;:–—-") + " …"
	}
	return s[:fits] + "…"
}

// CutTo is like Cut for a text that grows when it is marked or escaped: width
// gives the units it then takes.
func CutTo(s string, most int, width func(string) int) string {
	for room := most; room > 0; {
		t := Cut(s, room)
		over := width(t) - most
		if over <= 0 {
			return t
		}
		room = min(room, Len(t)) - (over+1)/2
	}
	return ""
}
