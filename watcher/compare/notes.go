package compare

import "stet/watcher/note"

// The kinds of NoteChange.
const (
	NoteCorrection    = note.Correction
	NoteClarification = note.Clarification
	NoteUpdate        = note.Update
	NoteEditors       = note.Editors
	NoteRetraction    = note.Retraction
)

// noteChange returns what happened to a note, if p is one.
func noteChange(p pair) (NoteChange, bool) {
	switch {
	case p.op == Move:
		return NoteChange{}, false
	case p.new != nil && p.new.kind == kindNote:
		return NoteChange{Op: p.op, Kind: p.new.noteKind(), Text: p.new.text}, true
	case p.new == nil && p.old.kind == kindNote:
		return NoteChange{Op: p.op, Kind: p.old.noteKind(), Text: p.old.text}, true
	}
	return NoteChange{}, false
}

// noteKind returns the kind of note that p, which is one, is.
func (p *passage) noteKind() string {
	if p.note == "" {
		p.note = note.KindOf(p.text, true)
	}
	return p.note
}

// stampMove reports whether p is a line of the body that shows the time of an
// update, and from what to what it moved.
func stampMove(p pair) (from, to string, ok bool) {
	if fieldOfPair(p) != FieldBody || p.op == Move {
		return "", "", false
	}
	if p.old != nil {
		if from = p.old.text; !note.IsStamp(from) {
			return "", "", false
		}
	}
	if p.new != nil {
		if to = p.new.text; !note.IsStamp(to) {
			return "", "", false
		}
	}
	return from, to, true
}
