package discord

import (
	"strings"
	"unicode"

	"stet/notify/excerpt"
)

// escape returns cleaned text so that Discord shows it as it is, without
// marks, links, mentions or emoji. A backslash goes only where a character
// would mean something, as lock screens may show it. first says that the text
// starts a line, where some characters mean more.
func escape(text string, first bool) string {
	runes := []rune(text)
	var b strings.Builder
	dotted := false // the word so far has a dot: "discord.gg/x" would be an invitation
	for i, r := range runes {
		var next rune
		if i+1 < len(runes) {
			next = runes[i+1]
		}
		switch {
		case strings.ContainsRune("\\*_~|`[]<@", r),
			r == ':' && (next == '/' || next == '+' || next == '_' || isLetter(next)), // https://, :name:
			r == '/' && dotted,
			first && i == 0 && strings.ContainsRune("#->+", r), // heading, list, quote
			first && (r == '.' || r == ')') && allDigits(runes[:i]):
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		dotted = !unicode.IsSpace(r) && (dotted || r == '.')
	}
	return b.String()
}

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func allDigits(rs []rune) bool {
	for _, r := range rs {
		if r < '0' || r > '9' {
			return false
		}
	}
	return len(rs) > 0
}

// fit cleans text, shortens it so that its escaped form takes at most most
// units, and escapes it.
func fit(text string, most int, first bool) string {
	cut := excerpt.CutTo(excerpt.Clean(text), most, func(s string) int { return excerpt.Len(escape(s, first)) })
	return escape(cut, first)
}

// plain is fit for places where Discord knows no marks, such as footers: a
// backslash would show there.
func plain(text string, most int) string {
	return excerpt.Cut(excerpt.Clean(text), most)
}
