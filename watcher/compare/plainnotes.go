package compare

import (
	"slices"
	"strings"
)

// A note may have none of the words of one: "The judge is Ana Ruiz, not Ana
// Luiz." What makes it a note is the edit: it came newly, it is short, it sets
// one thing against another, and it names both what stood there and what stands
// there now.

// longestPlain is the most words of such a note.
const longestPlain = 45

// contrasting are the words that set one thing against another, as fold gives
// them, with spaces round them.
var contrasting = []string{" not ", " rather than ", " instead of ", " and not ", " nicht ", " sondern ", " statt ", " et non ", " pas ", " au lieu ", " no ", " en lugar de ", " e non ", " anziché ", " invece di ", " não ",
	" em vez de ", " niet ", " in plaats van ", " nie ", " zamiast ", " değil", " а не ", " вместо ", "而非", "而不是", "ではなく"}

// mayBePlainNote reports whether a passage that came newly can be a note by its
// length and contrast.
func mayBePlainNote(b Block) bool {
	if b.Op != Add || b.Kind == kindHeadline || b.Kind == kindStandfirst || b.Kind == kindByline || strings.Count(b.New, " ") > longestPlain {
		return false
	}
	low := " " + strings.NewReplacer(",", " ", ".", " ", ";", " ", "  ", " ").Replace(fold(b.New)) + " "
	return slices.ContainsFunc(contrasting, func(w string) bool { return strings.Contains(low, w) })
}

// takePlainNotes makes notes of the added passages that name the old and the
// new value of something else that changed.
func (v *verdict) takePlainNotes(j *judge) {
	items := listItems(v.edits)
	v.edits = slices.DeleteFunc(v.edits, func(e edit) bool {
		if e.op != Add || !mayBePlainNote(e.pair.block()) {
			return false
		}
		n := NoteChange{Op: Add, Kind: NoteCorrection, Text: e.new.text}
		if !namesBoth(j, j.readNote(n), items) {
			return false
		}
		e.new.kind = kindNote
		v.notes = append(v.notes, n)
		return true
	})
}

// namesBoth reports whether a note names the old and the new value of an item.
func namesBoth(j *judge, r noteReading, items []item) bool {
	return slices.ContainsFunc(items, func(it item) bool {
		return it.op == "" && it.old != "" && it.new != "" && r.values(j, &it) >= 0.99
	})
}

// MayDisclose reports whether c can speak of earlier edits, so that
// [Redisclose] is worth the reading of them: a note came, changed or went, or a
// passage came that may be one.
func (c Change) MayDisclose() bool {
	return c.Changed && (len(c.Notes) > 0 || slices.ContainsFunc(c.Blocks, mayBePlainNote))
}

// plainNotes returns the passages of the newest change that name the old and
// the new value of an earlier edit.
func plainNotes(c Change, j *judge, pasts []*past) []NoteChange {
	var notes []NoteChange
	for _, b := range c.Blocks {
		if !mayBePlainNote(b) || b.Kind == kindNote {
			continue
		}
		n := NoteChange{Op: Add, Kind: NoteCorrection, Text: b.New}
		r := j.readNote(n)
		for _, p := range pasts {
			if slices.ContainsFunc(p.owed, func(it *item) bool { return namesBoth(p.judge, r, []item{*it}) }) {
				notes = append(notes, n)
				break
			}
		}
	}
	return notes
}

// withNotes is c once passages that were taken for text are known for notes.
func (c Change) withNotes(notes []NoteChange) Change {
	if len(notes) == 0 {
		return c
	}
	was := c
	c.Blocks = slices.Clone(c.Blocks)
	for i, b := range c.Blocks {
		if slices.ContainsFunc(notes, func(n NoteChange) bool { return b.Op == Add && b.New == n.Text }) {
			c.Blocks[i].Kind = kindNote
		}
	}
	v, _ := reread(c)
	v.stats = c.Stats
	again := empty()
	again.Blocks, again.NewKind = c.Blocks, c.NewKind
	v.write(&again)
	if again.Disclosure == Silent {
		again.Disclosure = was.Disclosure
	}
	again.Silent = again.silentEdit()
	again.Reasons = []string{}
	for _, n := range notes {
		again.Reasons = append(again.Reasons, v.noteSentence(n))
	}
	for _, r := range was.Reasons {
		if r == noNoteCame {
			r = noStampMoved
		}
		again.Reasons = append(again.Reasons, r)
	}
	return again
}
