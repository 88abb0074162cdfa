package article

import (
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// A literalReader reads the literals of a script: JSON, and what JavaScript
// allows beyond it: keys without quotes, strings in any quotes, undefined,
// names of variables, trailing commas. Names and calls are read as nil. It
// reads what it is given once, from left to right.
type literalReader struct {
	in    string
	at    int
	nodes int // values that may still be read
}

// maxLiteralDepth is the deepest nesting that is read.
const maxLiteralDepth = 100

// value reads one value: map[string]any, []any, string, float64, bool or nil.
// ok is false where none stands.
func (l *literalReader) value(depth int) (v any, ok bool) {
	l.space()
	if l.nodes--; l.nodes < 0 || depth > maxLiteralDepth || l.at >= len(l.in) {
		return nil, false
	}
	switch c := l.in[l.at]; {
	case c == '{':
		return l.object(depth)
	case c == '[':
		return l.array(depth)
	case c == '"' || c == '\'' || c == '`':
		return l.text()
	}
	return l.word()
}

// object reads from "{" to "}".
func (l *literalReader) object(depth int) (any, bool) {
	l.at++
	m := map[string]any{}
	for {
		l.space()
		if l.next('}') {
			return m, true
		}
		key, ok := l.key()
		if !ok || !l.next(':') {
			return nil, false
		}
		v, ok := l.value(depth + 1)
		if !ok {
			return nil, false
		}
		m[key] = v
		if !l.next(',') && !l.peek('}') {
			return nil, false
		}
	}
}

// array reads from "[" to "]".
func (l *literalReader) array(depth int) (any, bool) {
	l.at++
	var list []any
	for {
		if l.next(']') {
			return list, true
		}
		v, ok := l.value(depth + 1)
		if !ok {
			return nil, false
		}
		list = append(list, v)
		if !l.next(',') && !l.peek(']') {
			return nil, false
		}
	}
}

// key reads an object's key.
func (l *literalReader) key() (string, bool) {
	if l.peek('"') || l.peek('\'') {
		return l.text()
	}
	from := l.at
	for l.at < len(l.in) && isNameByte(l.in[l.at]) {
		l.at++
	}
	return l.in[from:l.at], l.at > from
}

// word reads a number, a constant, or a name or call, which is nil.
func (l *literalReader) word() (any, bool) {
	from := l.at
	for l.at < len(l.in) && (isNameByte(l.in[l.at]) || strings.IndexByte("+-.!", l.in[l.at]) >= 0) {
		l.at++
	}
	w := l.in[from:l.at]
	switch w {
	case "":
		return nil, false
	case "true", "!0":
		return true, true
	case "false", "!1":
		return false, true
	case "void", "new":
		l.space()
		_, ok := l.word()
		return nil, ok
	}
	if l.peek('(') && !l.call() {
		return nil, false
	}
	if n, err := strconv.ParseFloat(w, 64); err == nil {
		return n, true
	}
	return nil, true
}

// call passes over the brackets of a call that has only one short argument,
// as a date's.
func (l *literalReader) call() bool {
	end := strings.IndexByte(l.in[l.at:min(len(l.in), l.at+60)], ')')
	l.at += end + 1
	return end > 0
}

// text reads a string in quotes and resolves its escapes.
func (l *literalReader) text() (string, bool) {
	quote := l.in[l.at]
	l.at++
	rest := l.in[l.at:]
	end := strings.IndexByte(rest, quote)
	if end < 0 {
		return "", false
	}
	if strings.IndexByte(rest[:end], '\\') < 0 {
		l.at += end + 1
		return rest[:end], true
	}
	var b strings.Builder
	for l.at < len(l.in) {
		switch c := l.in[l.at]; c {
		case quote:
			l.at++
			return b.String(), true
		case '\\':
			l.escape(&b)
		default:
			b.WriteByte(c)
			l.at++
		}
	}
	return "", false
}

// escape writes what the escape at l.at stands for.
func (l *literalReader) escape(b *strings.Builder) {
	l.at++
	if l.at >= len(l.in) {
		return
	}
	c := l.in[l.at]
	l.at++
	switch c {
	case 'n', 'r', '\n':
		b.WriteByte('\n')
	case 't', 'b', 'f', 'v', '0':
		b.WriteByte(' ')
	case 'x':
		b.WriteRune(l.hex(2))
	case 'u':
		r := l.hex(4)
		if utf16.IsSurrogate(r) && strings.HasPrefix(l.in[l.at:], `\u`) {
			l.at += 2
			r = utf16.DecodeRune(r, l.hex(4))
		}
		b.WriteRune(r)
	default:
		b.WriteByte(c)
	}
}

// hex reads a character's number of n hexadecimal digits.
func (l *literalReader) hex(n int) rune {
	end := min(l.at+n, len(l.in))
	r, err := strconv.ParseUint(l.in[l.at:end], 16, 32)
	l.at = end
	if err != nil {
		return utf8.RuneError
	}
	return rune(r)
}

// next passes over c, white space before it aside, if it stands there.
func (l *literalReader) next(c byte) bool {
	if !l.peek(c) {
		return false
	}
	l.at++
	return true
}

// peek reports whether c stands next, white space aside.
func (l *literalReader) peek(c byte) bool {
	l.space()
	return l.at < len(l.in) && l.in[l.at] == c
}

func (l *literalReader) space() {
	for l.at < len(l.in) && isSpaceOr(l.in[l.at], ' ') {
		l.at++
	}
}

// isNameByte reports whether c may stand in the name of a variable or in a
// number.
func isNameByte(c byte) bool {
	return isASCIILetter(c) || c >= '0' && c <= '9' || c == '_' || c == '$'
}
