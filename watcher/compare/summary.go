package compare

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxSummary is the most characters of a summary: what a phone's lock screen
// shows of an alert.
const maxSummary = 199

// summarize says in one line what became what, most grave first.
func summarize(items []item, notes []NoteChange) string {
	parts := append(noteParts(notes), itemParts(items)...)
	if len(items) > 0 {
		parts = append(itemParts(items), noteParts(notes)...)
	}
	var b strings.Builder
	for i, p := range parts {
		more := ""
		if rest := len(parts) - i - 1; rest > 0 {
			more = fmt.Sprintf("; %d more", rest)
		}
		if i > 0 {
			p = "; " + p
		}
		if utf8.RuneCountInString(b.String()+p+more) > maxSummary {
			if b.Len() > 0 {
				fmt.Fprintf(&b, "; %d more", len(parts)-i)
				break
			}
			p = shorten(p, maxSummary-utf8.RuneCountInString(more))
		}
		b.WriteString(p)
	}
	return b.String()
}

// itemParts names the items, those that came, went or moved together as one.
func itemParts(items []item) []string {
	together := map[Op]int{}
	for _, it := range items {
		if it.edit.field == FieldBody {
			together[it.op]++
		}
	}
	var parts []string
	seen := map[string]bool{}
	for _, it := range items {
		if it.edit.op == Add && it.fact != nil {
			continue // goes with its passage
		}
		s := ""
		if n := together[it.op]; it.op != "" && it.edit.field == FieldBody && n > 1 {
			s = fmt.Sprintf("%d paragraphs %s", n, pastOf(it.op))
		} else {
			s = it.String()
		}
		if !seen[s] {
			seen[s] = true
			parts = append(parts, s)
		}
	}
	return parts
}

func noteParts(notes []NoteChange) []string {
	var parts []string
	for _, n := range notes {
		parts = append(parts, noteName(n.Kind)+" note "+pastOf(n.Op))
	}
	return parts
}

// noteName is how people call a kind of note.
func noteName(kind string) string {
	if kind == NoteEditors {
		return "editor’s"
	}
	return kind
}
