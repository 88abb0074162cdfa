package discord

import (
	"slices"
	"strings"

	"stet/notify/excerpt"
	"stet/watcher/article"
	"stet/watcher/compare"
)

// How much of a change a message shows, in UTF-16 units: enough to understand
// it on a phone. The rest is counted in its last line and stands on the
// history pages.
const (
	wordsAround  = 4
	mostPassages = 4
	mostHunks    = 1600 // of a description
	mostHunk     = 700  // of one passage
	mostSpan     = 280  // of one run of old or new words
	mostQuote    = 400  // of a passage that came or went
)

// hunks describes what changed in up to so many passages and units: labels as subtext, old
// words struck through, new ones bold, in this order; a passage that came or
// went is quoted unstruck with + or −, so that it can be read.
func hunks(c compare.Change, most, room int) string {
	passages := excerpt.Passages(c, wordsAround)
	if len(c.Notes) > 0 { // they have their own fields
		passages = slices.DeleteFunc(passages, func(p excerpt.Passage) bool { return p.Kind == string(article.Note) })
	}
	picked, rest := excerpt.Choose(passages, most)
	var lines []string
	for i, p := range picked {
		text := "-# " + p.Label + "\n" + hunk(p)
		if room -= excerpt.Len(text) + 1; room < 0 {
			rest = append(picked[i:], rest...)
			break
		}
		lines = append(lines, text)
	}
	if also := excerpt.Also(rest); also != "" {
		lines = append(lines, "-# "+also)
	}
	return strings.Join(lines, "\n")
}

// hunk shows one passage.
func hunk(p excerpt.Passage) string {
	switch p.Op {
	case compare.Add:
		return "> + " + fit(p.Spans[0].Text, mostQuote, false)
	case compare.Remove:
		return "> − " + fit(p.Spans[0].Text, mostQuote, false)
	}
	var b strings.Builder
	for i := range p.Spans {
		piece := span(p.Spans, i)
		if excerpt.Len(b.String())+excerpt.Len(piece) > mostHunk {
			b.WriteString(" …")
			break
		}
		b.WriteString(piece)
	}
	return b.String()
}

// span marks the i-th run of words.
func span(spans []compare.Span, i int) string {
	marks := map[compare.Op]string{compare.Remove: "~~", compare.Add: "**"}[spans[i].Op]
	before, core, after := excerpt.Apart(spans, i)
	if marks == "" || core == "" {
		return escape(excerpt.Cut(spans[i].Text, mostSpan), i == 0)
	}
	return before + marks + escape(excerpt.Cut(core, mostSpan), false) + marks + after
}
