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
	var parts []string
	seen := map[string]bool{}
	for _, it := range items {
		s := it.String()
		if n := alikeItems(items, it); n > 1 {
			s = fmt.Sprintf("%d paragraphs %s", n, map[Op]string{Add: "added", Remove: "removed", Move: "moved"}[it.op])
		}
		if !seen[s] {
			seen[s] = true
			parts = append(parts, s)
		}
	}
	return parts
}

// alikeItems counts the passages of the body that came, went or moved as it
// did; 0 for what is no whole passage of the body.
func alikeItems(items []item, it item) int {
	n := 0
	for _, other := range items {
		if it.op != "" && it.edit.field == FieldBody && other.op == it.op && other.edit.field == FieldBody {
			n++
		}
	}
	return n
}

func noteParts(notes []NoteChange) []string {
	var parts []string
	for _, n := range notes {
		parts = append(parts, noteName(n.Kind)+" note "+map[Op]string{Add: "added", Remove: "removed", Replace: "changed"}[n.Op])
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
