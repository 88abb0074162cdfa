package compare

import (
	"fmt"
	"strings"

	"stet/watcher/article"
)

// maxReasons is the most sentences that name single facts.
const maxReasons = 6

// reasons explains the judgement in words, most telling first.
func (v *verdict) reasons() []string {
	list := v.factReasons()
	list = append(list, v.weightReasons()...)
	list = append(list, v.disclosureReasons()...)
	return list
}

// factReasons says which fact became what, and where.
func (v *verdict) factReasons() []string {
	var list []string
	more := 0
	for _, it := range v.items {
		if it.fact == nil {
			continue
		}
		if len(list) == maxReasons {
			more++
			continue
		}
		list = append(list, factSentence(it))
	}
	if more > 0 {
		list = append(list, fmt.Sprintf("%d more facts changed.", more))
	}
	return list
}

func factSentence(it item) string {
	f := it.fact
	old, new := shorten(f.Old, 80), shorten(f.New, 80)
	name := map[string]string{factNumber: "figure", factDate: "date", factName: "name", factQuote: "quotation", factNegation: "words", factCertainty: "words"}[f.Kind]
	verb := "was"
	if f.Kind == factNegation || f.Kind == factCertainty {
		old, new = quoted(old), quoted(new)
		verb = "were"
	}
	s := ""
	switch {
	case old == "":
		s = fmt.Sprintf("The %s %s %s added in %s", name, new, verb, it.edit.where())
	case new == "":
		s = fmt.Sprintf("The %s %s %s removed from %s", name, old, verb, it.edit.where())
	default:
		s = fmt.Sprintf("The %s %s became %s in %s", name, old, new, it.edit.where())
	}
	switch {
	case f.Kind == factNegation:
		s += ": a negation came or went"
	case f.Kind == factCertainty:
		s += ": how sure it is, or who says it, changed"
	}
	if !f.sure && f.note != "" {
		s += "; " + f.note
	}
	return s + "."
}

// weightReasons says what else was changed.
func (v *verdict) weightReasons() []string {
	if v.weight == Rewrite {
		return []string{"Hardly any of the earlier text is left: another text stands at this address."}
	}
	var list []string
	count := map[Op]int{}
	for i := range v.edits {
		e := &v.edits[i]
		switch {
		case e.op == Equal:
			list = append(list, sentence(e.where()+": "+e.why))
		case e.op != Replace && e.field == FieldBody:
			count[e.op]++
		case e.op != Replace:
			list = append(list, fmt.Sprintf("The %s was %s.", e.field, pastOf(e.op)))
		case len(e.facts) == 0:
			list = append(list, e.wordingReason())
		}
	}
	for _, op := range []Op{Remove, Add, Move} {
		if n := count[op]; n > 0 {
			list = append(list, v.passages(op, n))
		}
	}
	if len(list) > maxReasons {
		rest := len(list) - maxReasons
		list = append(list[:maxReasons], fmt.Sprintf("%d more passages changed.", rest))
	}
	return list
}

func pastOf(op Op) string {
	return map[Op]string{Add: "added", Remove: "removed", Move: "moved", Replace: "changed"}[op]
}

// passages names the passages that came, went or moved as a whole.
func (v *verdict) passages(op Op, n int) string {
	what := fmt.Sprintf("%d paragraphs were", n)
	if n == 1 {
		for i := range v.edits {
			if e := &v.edits[i]; e.op == op && e.field == FieldBody {
				where := e.where()
				what = strings.ToUpper(where[:1]) + where[1:] + " was"
			}
		}
	}
	s := what + " " + pastOf(op)
	if op == Move {
		s += ", the words unchanged"
	}
	return s + "."
}

// wordingReason explains the weight of an edit without facts.
func (e *edit) wordingReason() string {
	where := e.where()
	start := strings.ToUpper(where[:1]) + where[1:]
	switch {
	case e.field == FieldByline:
		return "The byline reads differently."
	case e.weight == Cosmetic && e.typo:
		return "Only a misspelling changed in " + where + "."
	case e.weight == Cosmetic:
		return "Only spelling, punctuation or notation changed in " + where + "."
	case e.weight == Substantive && e.content < manyWords:
		return start + " was reworded: the new words mean something else."
	case e.weight == Substantive:
		return fmt.Sprintf("%s was reworded: %d words with a meaning of their own changed.", start, e.content)
	case e.why != "" && e.content == 0:
		return start + " " + e.why + "."
	}
	return "Other words in " + where + ", no fact that stet knows of changed."
}

// What is said where readers were told nothing.
const (
	noNoteCame   = "No note came; the time shown did not move."
	noStampMoved = "The time shown did not move."
)

// disclosureReasons says what readers were told.
func (v *verdict) disclosureReasons() []string {
	var list []string
	for _, n := range v.notes {
		list = append(list, v.noteSentence(n))
	}
	if v.disclosure == Partly {
		list = append(list, "It does not cover "+strings.Join(v.undisclosed, "; ")+".")
	}
	switch {
	case v.stamps[1] != "" && len(v.notes) == 0:
		list = append(list, v.stampSentence()+"; no note says what changed.")
	case v.stamps[1] != "":
		list = append(list, v.stampSentence()+".")
	case len(v.notes) == 0:
		list = append(list, noNoteCame)
	default:
		list = append(list, noStampMoved)
	}
	list = append(list, v.hiddenReasons()...)
	return list
}

// hiddenReasons says which times moved that readers do not see. They disclose
// nothing.
func (v *verdict) hiddenReasons() []string {
	var moves, list []string
	for _, m := range article.HiddenMoves(v.old.Hidden, v.new.Hidden) {
		if m.Back() {
			list = append(list, "Where readers do not see it, "+m.String()+".")
			continue
		}
		moves = append(moves, m.Source.Words())
	}
	if len(moves) > 0 {
		list = append(list, "A time moved only where readers do not see it: "+strings.Join(moves, ", ")+".")
		if v.stamps[1] != "" {
			list[len(list)-1] = "Times that readers do not see moved with it: " + strings.Join(moves, ", ") + "."
		}
	}
	if len(list) == 0 && v.stamps[1] == "" && !v.old.Modified.Equal(v.new.Modified) {
		list = append(list, "The hidden time in the page moved, the time readers see did not.")
	}
	return list
}

func (v *verdict) stampSentence() string {
	if v.putBack {
		return "The time shown was put back from " + shorten(v.stamps[0], 60) + " to " + shorten(v.stamps[1], 60)
	}
	if v.stamps[0] == "" {
		return "A time came to be shown, " + shorten(v.stamps[1], 60)
	}
	return "The time shown moved from " + shorten(v.stamps[0], 60) + " to " + shorten(v.stamps[1], 60)
}

// noteSentence says what a note did.
func (v *verdict) noteSentence(n NoteChange) string {
	name := noteTitle(n.Kind)
	switch n.Op {
	case Remove:
		return name + " was taken away."
	case Replace:
		name += " was changed"
	default:
		name += " came"
	}
	switch {
	case len(v.edits) == 0 || v.onlyCosmetic():
		return name + "; no other text changed with it."
	case !v.covers(n):
		return name + ", on something else: it does not speak of this edit."
	}
	var what []string
	for _, it := range v.items {
		if it.covered && len(what) < 3 {
			what = append(what, it.String())
		}
	}
	return name + ". It covers " + strings.Join(what, "; ") + "."
}

// noteTitle is a kind of note at the start of a sentence.
func noteTitle(kind string) string {
	return map[string]string{NoteCorrection: "A correction", NoteClarification: "A clarification", NoteUpdate: "An update note",
		NoteEditors: "An editor’s note", NoteRetraction: "A retraction"}[kind]
}

func (v *verdict) covers(n NoteChange) bool {
	for _, c := range v.covering {
		if c == n {
			return true
		}
	}
	return false
}
