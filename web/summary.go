package web

import (
	"strings"

	"stet/watcher/compare"
)

// turns stand in a summary between what a passage said and what it says; those
// of changes that were kept long ago have an arrow.
var turns = [...]string{" became ", " → "}

// summaryOf returns a change's summary with the words marked that went and
// came, as a diff marks them: those on both sides of a turn that are facts that
// changed or, where no fact is among them, stand in quotation marks.
func summaryOf(c compare.Change) []piece {
	var ps []piece
	rest := c.Summary
	for {
		at, turn := nextTurn(rest)
		if at < 0 {
			break
		}
		before, after := rest[:at], rest[at+len(turn):]
		lead, old, tail := oldWords(before, c.Facts)
		start, now, end := newWords(after, c.Facts)
		if old == "" || now == "" {
			ps = appendPiece(ps, compare.Equal, before+turn)
			rest = after
			continue
		}
		ps = appendPiece(ps, compare.Equal, lead)
		ps = appendPiece(ps, compare.Remove, old)
		ps = appendPiece(ps, compare.Equal, tail+turn+start)
		ps = appendPiece(ps, compare.Add, now)
		rest = end
	}
	ps = appendPiece(ps, compare.Equal, rest)
	if len(ps) > 0 && ps[0].Op == compare.Equal {
		ps[0].Text = upperFirst(ps[0].Text)
	}
	return ps
}

// nextTurn returns where the first turn of a text is, and which; -1 if none is.
func nextTurn(text string) (at int, turn string) {
	at = -1
	for _, t := range turns {
		if i := strings.Index(text, t); i >= 0 && (at < 0 || i < at) {
			at, turn = i, t
		}
	}
	return at, turn
}

// quotes are the quotation marks that summaries have, opening and closing.
var quotes = [...][2]string{{"‘", "’"}, {"“", "”"}, {"„", "“"}, {"«", "»"}, {"»", "«"}, {"「", "」"}, {"『", "』"}, {`"`, `"`}, {"'", "'"}}

// oldWords takes the text before a turn apart: old is the old fact that it ends
// in, or that stands in the quotation marks that it ends in, or all of those;
// "" if there is none.
func oldWords(text string, facts []compare.Fact) (lead, old, tail string) {
	olds := make([]string, len(facts))
	for i, f := range facts {
		olds[i] = f.Old
	}
	for _, q := range quotes {
		inner, closed := strings.CutSuffix(text, q[1])
		at := strings.LastIndex(inner, q[0])
		if !closed || at < 0 {
			continue
		}
		if i, fact := longest(inner[at+len(q[0]):], olds, strings.Index); fact != "" {
			i += at + len(q[0])
			return text[:i], fact, text[i+len(fact):]
		}
		return text[:at], text[at:], ""
	}
	_, fact := longest(text, olds, func(s, fact string) int {
		if strings.HasSuffix(s, fact) {
			return len(s) - len(fact)
		}
		return -1
	})
	return text[:len(text)-len(fact)], fact, ""
}

// newWords takes the text after a turn apart likewise.
func newWords(text string, facts []compare.Fact) (lead, now, rest string) {
	news := make([]string, len(facts))
	for i, f := range facts {
		news[i] = f.New
	}
	for _, q := range quotes {
		inner, opened := strings.CutPrefix(text, q[0])
		at := strings.Index(inner, q[1])
		if !opened || at < 0 {
			continue
		}
		if i, fact := longest(inner[:at], news, strings.Index); fact != "" {
			i += len(q[0])
			return text[:i], fact, text[i+len(fact):]
		}
		end := len(q[0]) + at + len(q[1])
		return "", text[:end], text[end:]
	}
	_, fact := longest(text, news, func(s, fact string) int {
		if strings.HasPrefix(s, fact) {
			return 0
		}
		return -1
	})
	return "", fact, text[len(fact):]
}

// longest returns the longest of words that find finds in text, and where.
func longest(text string, words []string, find func(text, word string) int) (at int, word string) {
	for _, w := range words {
		if len(w) <= len(word) {
			continue
		}
		if i := find(text, w); i >= 0 {
			at, word = i, w
		}
	}
	return at, word
}
