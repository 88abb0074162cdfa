package compare

import (
	"strings"
	"sync"
)

// The kinds of NoteChange.
const (
	NoteCorrection    = "correction"
	NoteClarification = "clarification"
	NoteUpdate        = "update"
	NoteEditors       = "editors_note"
	NoteRetraction    = "retraction"
)

// noteChange returns what happened to a note, if p is one.
func noteChange(p pair) (NoteChange, bool) {
	switch {
	case p.op == Move:
		return NoteChange{}, false
	case p.new != nil && p.new.kind == kindNote:
		return NoteChange{Op: p.op, Kind: noteKind(p.new.text, true), Text: p.new.text}, true
	case p.new == nil && p.old.kind == kindNote:
		return NoteChange{Op: p.op, Kind: noteKind(p.old.text, true), Text: p.old.text}, true
	}
	return NoteChange{}, false
}

// noteKind says which kind of publisher's note text is; "" if it reads as
// none. marked says that the page marks it as a note, so that it is one of
// some kind whatever its words.
func noteKind(text string, marked bool) string {
	const longest = 1600 // bytes; a note is short
	if len(text) > longest && !marked {
		return ""
	}
	low := fold(text[:min(len(text), longest)])
	kind, labelled := noteLabel(low)
	own, said := "", false
	if !labelled || kind != NoteRetraction {
		own, said = selfReference(low)
	}
	if says(low, policyWords) && !labelled {
		said = false
	}
	switch {
	case !labelled && !said && !marked:
		return ""
	case kind == NoteCorrection || kind == NoteClarification || kind == NoteRetraction:
		return kind
	}
	return refineKind(low, kind, own, labelled)
}

// refineKind tells by its words what a note is that has no label of its own
// kind. own is what it is by the way it speaks of itself, or "".
func refineKind(low, kind, own string, labelled bool) string {
	switch {
	case says(low, retractedWords):
		return NoteRetraction
	case says(" "+low, erredWords):
		return NoteCorrection
	case says(low, clarifiedWords):
		return NoteClarification
	case labelled:
		return kind
	case says(low, updatedWords):
		return NoteUpdate
	case own != "":
		return own
	}
	return NoteEditors
}

// noteLabel reads the label that a note starts with.
func noteLabel(low string) (kind string, ok bool) {
	low = strings.TrimPrefix(strings.TrimLeft(low, " *[(-+#"), "a ")
	if strings.HasPrefix(low, "corrects ") {
		return NoteCorrection, true // agencies write "(Corrects spelling in third paragraph)"
	}
	head, _, found := cutLabel(low)
	if !found {
		return "", false
	}
	for _, l := range labels {
		for _, w := range l.words {
			if rest, is := strings.CutPrefix(head, w); is && (rest == "" || !letterAt(rest, 0)) && onlyTimes(rest) {
				return l.kind, true
			}
		}
	}
	return "", false
}

// cutLabel parts the head of a note from its text, at the first mark that can
// end a label.
func cutLabel(low string) (head, text string, ok bool) {
	const longest = 80 // bytes
	for i, r := range low {
		if i > longest {
			return "", "", false
		}
		switch r {
		case ':':
			if i > 0 && digitBefore(low, i) && digitAt(low, i+1) {
				continue // a clock time
			}
			return low[:i], low[i+1:], true
		case ']', ')', '|', '\n':
			return low[:i], low[i+1:], true
		case '-':
			if i > 0 && low[i-1] == ' ' {
				return low[:i], low[i+1:], true
			}
		case '.':
			if !strings.HasPrefix(low, "anm.") && !digitBefore(low, i) && !letterAt(low, i+1) && i > 5 {
				return low[:i], low[i+1:], true
			}
		}
	}
	return "", "", false
}

func digitBefore(s string, i int) bool { return i > 0 && s[i-1] >= '0' && s[i-1] <= '9' }

// onlyTimes reports whether a text says nothing but a time: digits, months,
// zones and small words.
func onlyTimes(s string) bool {
	for _, t := range tokenize(s) {
		if t.kind == wordToken && !timeWords()[t.key] {
			return false
		}
	}
	return true
}

// timeWords are the words that may stand in a time.
var timeWords = sync.OnceValue(func() map[string]bool {
	set := wordSet(`on at the of to this story article note and am pm a m p h um uhr uur vom am zum den der du le el il de del di do da em à a
		utc gmt bst cet cest est edt et pt pst pdt ist june july th st nd rd was ultima ultimo última último modifica modification last
		latest stand hr kl o alle ore las o'clock ago minutes hours vor minuten stunden geändert`)
	for _, l := range lexicons() {
		for w := range l.months {
			set[w] = true
		}
		for w := range l.weekdays {
			set[w] = true
		}
		for w := range l.relative {
			set[w] = true
		}
	}
	return set
})

// selfReference reports whether text speaks of an earlier version of itself,
// or of a change made to itself. This story, not the story: the bill's earlier
// version is news. What stood in an earlier version was an error, unless other
// words of the note say better what it is.
func selfReference(low string) (kind string, ok bool) {
	for _, p := range selfPhrases {
		if p.cued(low) && p.re.MatchString(low) {
			return p.kind, true
		}
	}
	return "", false
}

// cued is a cheap test that a text must pass to match at all.
func (p phrase) cued(low string) bool {
	for _, c := range p.cues {
		if strings.Contains(low, c) {
			return true
		}
	}
	return false
}

// says reports whether low has one of the word stems.
func says(low string, stems []string) bool {
	for _, s := range stems {
		if strings.Contains(low, s) {
			return true
		}
	}
	return false
}

// isStamp reports whether text is a label with nothing but a time after it.
func isStamp(text string) bool {
	const longest = 90 // bytes
	if len(text) > longest || !strings.ContainsAny(text, "0123456789") {
		return false
	}
	low := strings.TrimLeft(fold(text), " *[(")
	for _, l := range stampLabels {
		if rest, is := strings.CutPrefix(low, l); is && !letterAt(rest, 0) && onlyTimes(rest) {
			return true
		}
	}
	return false
}

// stampMove reports whether p is a line of the body that shows the time of an
// update, and from what to what it moved.
func stampMove(p pair) (from, to string, ok bool) {
	if fieldOfPair(p) != FieldBody || p.op == Move {
		return "", "", false
	}
	if p.old != nil {
		if from = p.old.text; !isStamp(from) {
			return "", "", false
		}
	}
	if p.new != nil {
		if to = p.new.text; !isStamp(to) {
			return "", "", false
		}
	}
	return from, to, true
}
