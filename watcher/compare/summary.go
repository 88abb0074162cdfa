package compare

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSummary is the most characters of a summary: what a phone's lock screen
// shows of an alert.
const maxSummary = 199

// summarize says in one line what became what, most grave first, and then, as
// the tail, whether readers were told.
func summarize(items []item, notes []NoteChange, tail string) string {
	parts := toldNotes(notes)
	if len(items) > 0 {
		parts = append(itemParts(items), goneNotes(notes)...)
	}
	room := maxSummary - utf8.RuneCountInString(tail)
	var b strings.Builder
	for i, p := range parts {
		more := ""
		if rest := len(parts) - i - 1; rest > 0 {
			more = fmt.Sprintf("; %d more", rest)
		}
		if i > 0 {
			p = "; " + p
		}
		if utf8.RuneCountInString(b.String()+p+more) > room {
			if b.Len() > 0 {
				fmt.Fprintf(&b, "; %d more", len(parts)-i)
				break
			}
			p = shorten(p, room-utf8.RuneCountInString(more))
		}
		b.WriteString(p)
	}
	return b.String() + tail
}

// The tails of summaries.
const (
	tailSilent  = ", without a note"
	tailStamped = ", without a note; the time shown moved"
	tailOther   = ", with a note on something else"
	notedLater  = ", noted later"
)

// BareSummary is the summary without the words that no note came, for a message
// that says so by itself.
func (c Change) BareSummary() string {
	return strings.TrimSuffix(c.Summary, tailSilent)
}

// tail says in a few words whether readers were told. What needs no telling has
// none.
func (c Change) tail() string {
	came := slices.IndexFunc(c.Notes, func(n NoteChange) bool { return n.Op != Remove })
	if c.Weight == Cosmetic || c.notesAlone() || c.Nature == Update && c.Disclosure != Disclosed {
		return ""
	}
	switch c.Disclosure {
	case Disclosed, Partly:
		if came < 0 {
			return ""
		}
		some := ""
		if c.Disclosure == Partly {
			some = " on some of it"
		}
		return ", with " + withArticle(c.Notes[came].Kind) + some
	}
	if came >= 0 {
		return tailOther
	}
	if c.Disclosure == Stamped {
		return tailStamped
	}
	return tailSilent
}

// withArticle is a kind of note within a sentence.
func withArticle(kind string) string {
	t := noteTitle(kind)
	return strings.ToLower(t[:1]) + t[1:]
}

// toldNotes names notes that came, changed or went alone, each with its words.
func toldNotes(notes []NoteChange) []string {
	const most = 120 // characters of each
	parts := noteParts(notes)
	for i, n := range notes {
		parts[i] += ": " + inQuotes(shorten(n.Text, most))
	}
	return parts
}

// goneNotes names the notes that went; the tail speaks of those that came.
func goneNotes(notes []NoteChange) []string {
	var parts []string
	for _, n := range notes {
		if n.Op != Add {
			parts = append(parts, noteParts([]NoteChange{n})...)
		}
	}
	return parts
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
		if it.fact != nil && speaks(it.fact, items) {
			continue // the quotation's fact says it
		}
		s := ""
		if n := together[it.op]; it.op != "" && it.edit.field == FieldBody && n > 1 {
			s = fmt.Sprintf("%d paragraphs %s", n, pastOf(it.op))
		} else {
			s = it.phrase()
		}
		if !seen[s] {
			seen[s] = true
			parts = append(parts, s)
		}
	}
	return parts
}

// speaks reports whether f is the name of a speaker that another fact tells of.
func speaks(f *finding, items []item) bool {
	return f.Kind == factName && slices.ContainsFunc(items, func(it item) bool {
		return it.fact != nil && it.fact.speakers == [2]string{f.Old, f.New}
	})
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
