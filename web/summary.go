package web

import (
	"strings"

	"stet/watcher/compare"
)

// arrow stands in a summary between what a passage said and what it says.
const arrow = " → "

// summaryOf returns a change's summary with the words marked that went and
// came, as a diff marks them: those beside an arrow that stand in quotation
// marks or are the facts that changed.
func summaryOf(c compare.Change) []piece {
	var ps []piece
	rest := c.Summary
	for {
		at := strings.Index(rest, arrow)
		if at < 0 {
			break
		}
		before, after := rest[:at], rest[at+len(arrow):]
		old, now := oldEnd(before, c.Facts), newStart(after, c.Facts)
		if old == "" || now == "" {
			ps = appendPiece(ps, compare.Equal, before+arrow)
			rest = after
			continue
		}
		ps = appendPiece(ps, compare.Equal, before[:len(before)-len(old)])
		ps = appendPiece(ps, compare.Remove, old)
		ps = appendPiece(ps, compare.Equal, arrow)
		ps = appendPiece(ps, compare.Add, now)
		rest = after[len(now):]
	}
	ps = appendPiece(ps, compare.Equal, rest)
	if len(ps) > 0 && ps[0].Op == compare.Equal {
		ps[0].Text = upperFirst(ps[0].Text)
	}
	return ps
}

// oldEnd returns the old words that text ends in, or "".
func oldEnd(text string, facts []compare.Fact) string {
	if strings.HasSuffix(text, "”") {
		if at := strings.LastIndex(text, "“"); at >= 0 {
			return text[at:]
		}
	}
	longest := ""
	for _, f := range facts {
		if len(f.Old) > len(longest) && strings.HasSuffix(text, f.Old) {
			longest = f.Old
		}
	}
	return longest
}

// newStart returns the new words that text starts with, or "".
func newStart(text string, facts []compare.Fact) string {
	if strings.HasPrefix(text, "“") {
		if at := strings.Index(text, "”"); at >= 0 {
			return text[:at+len("”")]
		}
	}
	longest := ""
	for _, f := range facts {
		if len(f.New) > len(longest) && strings.HasPrefix(text, f.New) {
			longest = f.New
		}
	}
	return longest
}
