package compare

// enough is the least score at which a note speaks of an edit. (At 0.35 notes
// that name values matched 16 of 16 edits, and other facts of the same story
// were matched wrongly in 3 of 168.)
const enough = 0.35

// disclose finds out whether readers were told of the edits.
func (v *verdict) disclose(j *judge) {
	v.disclosure = Silent
	if v.stamps[1] != "" {
		v.disclosure = Stamped
	}
	if len(v.edits) == 0 || v.onlyCosmetic() {
		if v.noteCame() {
			v.disclosure = Disclosed
		}
		return
	}
	owed := v.owed()
	for _, n := range v.notes {
		if n.Op != Remove && v.cover(j, n, owed) {
			v.covering = append(v.covering, n)
		}
	}
	if len(v.covering) == 0 {
		return
	}
	v.disclosure = Disclosed
	for _, it := range owed {
		if !it.covered {
			v.disclosure = Partly
			v.undisclosed = append(v.undisclosed, it.String())
		}
	}
}

func (v *verdict) noteCame() bool {
	for _, n := range v.notes {
		if n.Op == Add {
			return true
		}
	}
	return false
}

// owed returns the items that a note ought to speak of: those of substantive
// edits, or else all. Passages that were added need no note beside an edit.
func (v *verdict) owed() []*item {
	var grave, rest, added []*item
	for i := range v.items {
		it := &v.items[i]
		switch {
		case it.edit.op == Add && it.fact != nil: // goes with its passage
		case it.op == Add:
			added = append(added, it)
		case it.edit.weight == Cosmetic:
		case it.edit.weight.Rank() >= Substantive.Rank() && it.substantive():
			grave = append(grave, it)
		default:
			rest = append(rest, it)
		}
	}
	switch {
	case len(grave) > 0:
		return grave
	case len(rest) > 0:
		return rest
	}
	return added
}

// substantive reports whether the item by itself changes meaning, rather than
// standing in a passage where another does.
func (it item) substantive() bool {
	if it.fact != nil {
		return it.fact.sure
	}
	return it.hunk == nil || !it.edit.surely()
}

// cover marks the items that n speaks of, and reports whether there are any.
// A vague note is taken to speak of the only one there is.
func (v *verdict) cover(j *judge, n NoteChange, owed []*item) bool {
	r := j.readNote(n)
	any := false
	for _, it := range owed {
		if r.score(j, it) >= enough || r.tellsPassage(j, it.edit) {
			it.covered, any = true, true
		}
	}
	if any {
		return true
	}
	covered := owed
	switch {
	case n.Kind == NoteUpdate && len(owed) > 0 && owed[0].edit.op == Add: // it tells what was added
	case len(r.stems) > 0 && n.Kind == NoteUpdate:
		return false
	case oneThing(owed) && r.vague() && r.category(owed[0]) >= 0:
	default:
		covered = r.onlyOfItsSort(owed)
	}
	for _, it := range covered {
		it.covered = true
	}
	return len(covered) > 0
}

// oneThing reports whether all items are the same change, such as one of the
// headline and of the text below.
func oneThing(items []*item) bool {
	for _, it := range items {
		if it.old != items[0].old || it.new != items[0].new || it.old == "" && it.new == "" && len(items) > 1 {
			return false
		}
	}
	return len(items) > 0
}

// onlyOfItsSort returns the one thing that is of the sort that the note names
// ("misstated the prize money"), where it names no value and none of another
// sort fits.
func (r noteReading) onlyOfItsSort(owed []*item) []*item {
	for _, m := range r.mentions {
		if m.kind == factNumber && !m.weak {
			return nil
		}
	}
	var fit []*item
	for _, it := range owed {
		if r.category(it) == 1 && (!r.named || len(r.sorts) == 1 || r.context(it) > 0) {
			fit = append(fit, it)
		}
	}
	if !oneThing(fit) {
		return nil
	}
	return fit
}

// tellsPassage reports whether the note has most of the words that an edit took
// out of its passage, or put into it.
func (r noteReading) tellsPassage(j *judge, e *edit) bool {
	const (
		least = 2 // words of either side
		most  = 0.6
	)
	if e.op != Replace || e.field == FieldByline {
		return false
	}
	s := e.heldAgainst(j)
	return len(s.onlyOld) >= least && r.share(s.onlyOld) >= most || len(s.onlyNew) >= least && r.share(s.onlyNew) >= most
}
