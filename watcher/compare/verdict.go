package compare

import (
	"strings"
	"unicode/utf8"

	"stet/watcher/article"
)

// A verdict is what the judge found out about a pair of articles.
type verdict struct {
	old, new article.Article
	stats    Stats
	body     sizes
	edits    []edit
	notes    []NoteChange
	stamps   [2]string // the time shown before and after, where one moved
	putBack  bool      // to an earlier time

	items       []item // what changed, most grave first
	weight      Weight
	nature      Nature
	disclosure  Disclosure
	undisclosed []string
	covering    []NoteChange // the notes that speak of one of items
}

// sizes counts words of the body, roughly.
type sizes struct{ old, new, kept int }

// judgePairs weighs every pair that differs, and then all of them together.
func judgePairs(old, new article.Article, pairs []pair) *verdict {
	v := &verdict{old: old, new: new}
	if article.StampMoved(old, new) {
		v.stamps = [2]string{visible(old.Stamp), visible(new.Stamp)}
		v.putBack = article.PutBack(old, new)
	}
	if allEqual(pairs) {
		return v
	}
	tag := new.Language
	if tag == "" {
		tag = old.Language
	}
	j := newJudge(tag, pairs)
	j.published = new.Published
	v.judge(j, pairs)
	return v
}

// judge weighs pairs, those that are better read as one together.
func (v *verdict) judge(j *judge, pairs []pair) {
	for i := 0; i < len(pairs); {
		n, p, ok := rejoined(pairs, i)
		if !ok {
			p = pairs[i]
		}
		v.take(j, p, ok)
		i += n
	}
	v.settle(j)
}

// take weighs one pair. A rejoined one differs even if its words are equal.
func (v *verdict) take(j *judge, p pair, rejoined bool) {
	v.count(p)
	if p.op == Equal && !rejoined {
		return
	}
	if n, ok := noteChange(p); ok {
		v.notes = append(v.notes, n)
		return
	}
	if from, to, ok := stampMove(p); ok && !rejoined {
		v.stamps = [2]string{from, to}
		return
	}
	v.edits = append(v.edits, j.weigh(p))
}

// wholeText returns all that stands in the old and in the new article, and
// where each goes on behind its headline.
func wholeText(pairs []pair) (was, is string, wasBody, isBody int) {
	var a, b strings.Builder
	oldLen, newLen := 0, 0
	for _, p := range pairs {
		if p.old != nil {
			oldLen += len(p.old.text) + 1
		}
		if p.new != nil {
			newLen += len(p.new.text) + 1
		}
	}
	a.Grow(oldLen)
	b.Grow(newLen)
	for _, p := range pairs {
		if p.old != nil {
			a.WriteString(p.old.text)
			a.WriteByte('\n')
			if p.old.kind == kindHeadline {
				wasBody = a.Len()
			}
		}
		if p.new != nil {
			b.WriteString(p.new.text)
			b.WriteByte('\n')
			if p.new.kind == kindHeadline {
				isBody = b.Len()
			}
		}
	}
	return a.String(), b.String(), wasBody, isBody
}

func allEqual(pairs []pair) bool {
	for _, p := range pairs {
		if p.op != Equal {
			return false
		}
	}
	return true
}

// settle weighs the edits together.
func (v *verdict) settle(j *judge) {
	v.takePlainNotes(j)
	if len(v.edits) == 0 && len(v.notes) == 0 {
		return
	}
	v.weight = v.heaviest()
	v.items = listItems(v.edits)
	v.disclose(j)
	v.nature = v.natureOf()
}

// count adds a pair to the statistics.
func (v *verdict) count(p pair) {
	oldWords, newWords, kept := 0, 0, 0
	switch p.op {
	case Equal, Move:
		oldWords = roughWords(p.old.text)
		newWords, kept = oldWords, oldWords
	case Add:
		newWords = words(p.new.tokens())
	case Remove:
		oldWords = words(p.old.tokens())
	case Replace:
		oldWords, newWords = words(p.old.tokens()), words(p.new.tokens())
		kept = oldWords
		for _, h := range p.hunks {
			kept -= words(p.old.tokens()[h.oldFrom:h.oldTo])
		}
	}
	v.stats.WordsAdded += newWords - kept
	v.stats.WordsRemoved += oldWords - kept
	if fieldOfPair(p) == FieldBody {
		v.body.old += oldWords
		v.body.new += newWords
		v.body.kept += kept
	}
}

// fieldOfPair returns the part of an article that a pair belongs to.
func fieldOfPair(p pair) Field {
	if p.new != nil {
		return fieldOf(p.new.kind)
	}
	return fieldOf(p.old.kind)
}

// roughWords counts the words of a text that need not be split: by its spaces,
// or by its length in scripts without them.
func roughWords(s string) int {
	n := strings.Count(s, " ") + 1
	if len(s) > 30*n {
		n = utf8.RuneCountInString(s)
	}
	return n
}

// heaviest returns the weight of all edits together. A change of notes alone
// is minor; a body of which little is left is another text.
func (v *verdict) heaviest() Weight {
	const (
		least = 80   // words of the longer body; a shorter one can be edited through
		left  = 0.25 // of the shorter body's words
	)
	shorter, longer := min(v.body.old, v.body.new), max(v.body.old, v.body.new)
	if longer > least && shorter > least/4 && float64(v.body.kept) < left*float64(shorter) {
		return Rewrite
	}
	w := Cosmetic
	if len(v.notes) > 0 {
		w = Minor
	}
	for _, e := range v.edits {
		if e.weight.Rank() > w.Rank() {
			w = e.weight
		}
	}
	return w
}

// natureOf says what sort of change it is.
func (v *verdict) natureOf() Nature {
	if len(v.edits) == 0 || v.onlyCosmetic() && len(v.notes) > 0 {
		return natureOfNotes(v.notes)
	}
	for _, n := range v.covering {
		if n.Kind != NoteUpdate {
			return Correction
		}
	}
	switch {
	case v.weight == Rewrite:
		return Edit
	case v.goesOn():
		return Update
	case v.onlyRemoves():
		return Removal
	}
	return Edit
}

func (v *verdict) onlyCosmetic() bool {
	for _, e := range v.edits {
		if e.weight != Cosmetic {
			return false
		}
	}
	return true
}

// natureOfNotes is the nature of a change of notes alone.
func natureOfNotes(notes []NoteChange) Nature {
	nature := Removal
	for _, n := range notes {
		switch n.Op {
		case Add:
			return Correction
		case Replace:
			nature = Edit
		}
	}
	return nature
}

// goesOn reports whether the story went on: a live page, or text added and no
// stated fact changed on the way.
func (v *verdict) goesOn() bool {
	added := v.new.Kind == article.KindLive
	for _, e := range v.edits {
		switch {
		case e.changesFact():
			return false
		case e.weight == Cosmetic:
		case e.addsText():
			added = true
		case e.weight == Minor && len(e.facts) == 0 && e.field == FieldBody && e.op == Replace:
		case v.new.Kind == article.KindLive && e.field == FieldBody:
		default:
			return false
		}
	}
	return added
}

// changesFact reports whether a fact that stood there reads differently now.
func (e edit) changesFact() bool {
	if e.op != Replace {
		return false
	}
	for _, f := range e.facts {
		stated := f.Old != "" || f.Kind == factNegation || f.Kind == factCertainty || !e.wholly
		if f.sure && stated {
			return true
		}
	}
	return false
}

// addsText reports whether e adds a passage or whole sentences, and nothing else.
func (e edit) addsText() bool {
	if e.op == Add {
		return e.field != FieldHeadline && !e.shifted
	}
	return e.op == Replace && e.wholly && e.hunks[0].inserts() && e.each(hunk.inserts)
}

// removesText reports whether e removes a passage, whole sentences or many
// words, and adds none.
func (e edit) removesText() bool {
	if e.op == Remove {
		return true
	}
	return e.op == Replace && e.each(hunk.deletes) && (e.wholly || e.content >= manyWords)
}

func (e edit) each(is func(hunk) bool) bool {
	for _, h := range e.hunks {
		if !is(h) {
			return false
		}
	}
	return true
}

func (v *verdict) onlyRemoves() bool {
	removes := false
	for _, e := range v.edits {
		switch {
		case e.weight == Cosmetic:
		case e.removesText():
			removes = true
		default:
			return false
		}
	}
	return removes
}

// write puts the verdict into c.
func (v *verdict) write(c *Change) {
	c.Changed = len(v.edits) > 0 || len(v.notes) > 0
	if !c.Changed {
		if v.stamps[1] != "" {
			c.Reasons = append(c.Reasons, v.stampSentence()+"; nothing else changed.")
		}
		c.Reasons = append(c.Reasons, v.hiddenReasons()...)
		return
	}
	c.Weight, c.Nature, c.Disclosure = v.weight, v.nature, v.disclosure
	c.Undisclosed = append(c.Undisclosed, v.undisclosed...)
	c.Notes = append(c.Notes, v.notes...)
	c.Stats = v.stats
	c.Told = v.weight.Rank() >= Minor.Rank() || len(v.notes) > 0
	c.Silent = c.silentEdit()
	for _, it := range v.items {
		if it.fact != nil {
			c.Facts = append(c.Facts, it.fact.Fact)
		}
	}
	c.Fields = append(c.Fields, v.fields()...)
	c.Summary = summarize(v.items, v.notes, c.tail())
	c.Reasons = append(c.Reasons, v.reasons()...)
}

// silentEdit reports whether readers were not told of an edit that matters.
func (c Change) silentEdit() bool {
	return c.Weight.Rank() >= Minor.Rank() && c.Disclosure == Silent && (c.Nature == Edit || c.Nature == Removal)
}

// fields lists the parts that changed, in the order of a page.
func (v *verdict) fields() []Field {
	touched := map[Field]bool{FieldNote: len(v.notes) > 0}
	for _, e := range v.edits {
		touched[e.field] = true
	}
	var list []Field
	for _, f := range [...]Field{FieldHeadline, FieldStandfirst, FieldByline, FieldBody, FieldCaption, FieldNote} {
		if touched[f] {
			list = append(list, f)
		}
	}
	return list
}
