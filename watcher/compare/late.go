package compare

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Judgement is a change of a story, and the revision that it led to.
type Judgement struct {
	Revision int       // its number, counted from 1
	Seen     time.Time // when it was first seen; zero if unknown
	Change   Change
}

// Redisclose lets the notes of the newest change speak of earlier edits, as
// notes that come late do. earlier are the changes before it, oldest first;
// only their edits matter, so any may be left out. It returns the newest
// change with what its notes speak of added to its reasons, and those of
// earlier that the notes disclose, wholly or partly, judged anew. A change is
// read again from its blocks alone.
func Redisclose(newest Judgement, earlier []Judgement) (Change, []Judgement) {
	c := newest.Change
	c.Reasons = slices.Clip(c.Reasons)
	if !c.MayDisclose() {
		return c, nil
	}
	own, j := reread(c)
	pasts := readPasts(earlier)
	if plain := plainNotes(c, j, pasts); len(plain) > 0 {
		c = c.withNotes(plain)
		own, j = reread(c)
	}
	for _, n := range c.Notes {
		l := lateNote{note: n, at: newest, reading: j.readNote(n), alone: own.onlyCosmetic(), owned: own.covers(n)}
		if n.Op == Replace {
			l.before = j.readNote(NoteChange{Text: formerText(c, n)})
		}
		reason, discloses := l.hold(pasts)
		if reason != "" {
			c.Reasons = append(c.Reasons, reason)
		}
		if discloses && l.alone {
			c.Summary = l.summary()
			c.Disclosure, c.Nature, c.Silent = Disclosed, Correction, false
		}
	}
	var anew []Judgement
	for _, p := range pasts {
		if p.disclosed {
			anew = append(anew, p.Judgement)
		}
	}
	return c, anew
}

// A past is an earlier change while a note is held against it.
type past struct {
	Judgement
	judge     *judge
	owed      []*item // what no note has spoken of yet
	told      []*item // what one has
	disclosed bool    // judged anew
}

// readPasts reads the earlier edits that a note can speak of. A revert owes no
// note: it takes an edit back.
func readPasts(earlier []Judgement) []*past {
	var pasts []*past
	for _, e := range earlier {
		c := e.Change
		if !c.Changed || c.Weight.Rank() < Minor.Rank() || len(c.Blocks) == 0 || c.Nature == Revert {
			continue
		}
		v, j := reread(c)
		p := &past{Judgement: e, judge: j}
		for _, it := range v.owed() {
			if c.Disclosure == Disclosed || c.Disclosure == Partly && !slices.Contains(c.Undisclosed, it.String()) {
				p.told = append(p.told, it)
			} else {
				p.owed = append(p.owed, it)
			}
		}
		pasts = append(pasts, p)
	}
	return pasts
}

// reread judges the edit of a change again from its blocks. The language is
// guessed from the text: a change does not keep it.
func reread(c Change) (*verdict, *judge) {
	pairs := make([]pair, len(c.Blocks))
	for i, b := range c.Blocks {
		pairs[i] = b.pair()
	}
	j := newJudge("", pairs)
	v := &verdict{}
	v.judge(j, pairs)
	return v, j
}

// pair is the reverse of [pair.block].
func (b Block) pair() pair {
	p := pair{op: b.Op, moved: b.Op == Move}
	if b.Op != Add {
		p.old = &passage{kind: b.Kind, text: b.Old, place: b.OldPlace}
	}
	if b.Op != Remove {
		p.new = &passage{kind: b.Kind, text: b.New, place: b.NewPlace}
	}
	if b.Op == Replace {
		p.hunks = diffTokens(p.old.tokens(), p.new.tokens())
	}
	return p
}

// formerText returns what a note said before it was changed.
func formerText(c Change, n NoteChange) string {
	for _, b := range c.Blocks {
		if b.Op == Replace && b.New == n.Text {
			return b.Old
		}
	}
	return ""
}

// A lateNote is a note on its way through the edits before it.
type lateNote struct {
	note    NoteChange
	at      Judgement
	reading noteReading
	before  noteReading // of a note that was changed: what it said before
	alone   bool        // nothing else of weight changed with it
	owned   bool        // it speaks of an edit of its own revision
	told    []match     // what it was found to disclose
}

// summary says which edit the note owns up to: "correction note added: ‘12
// people’ became ‘19 people’ 5 h 21 min before".
func (l lateNote) summary() string {
	s := noteParts([]NoteChange{l.note})[0] + ": " + l.told[0].item.phrase()
	if after := l.after(l.told[0].past); after >= 0 {
		s += " " + span(after) + " before"
	}
	if more := len(l.told) - 1; more > 0 {
		s += fmt.Sprintf("; %d more", more)
	}
	return shorten(s, maxSummary)
}

// A match is an item of an earlier edit that a note speaks of.
type match struct {
	past   *past
	item   *item
	values float64 // how much of its old and new value the note names
}

// hold holds the note against the earlier edits, discloses those it speaks of,
// and returns what the newest change has to say about it, or "".
func (l *lateNote) hold(pasts []*past) (reason string, discloses bool) {
	name := "The " + noteName(l.note.Kind)
	if l.note.Kind == NoteEditors || l.note.Kind == NoteUpdate {
		name += " note"
	}
	if l.note.Op == Remove {
		if found := l.matches(pasts, (*past).disclosedItems); len(found) > 0 {
			return name + " spoke of " + l.editsOf(found) + ".", false
		}
		return "", false
	}
	if found := l.matches(pasts, (*past).openItems); len(found) > 0 {
		l.told = found
		l.disclose(found)
		return name + " speaks of " + l.editsOf(found) + ".", true
	}
	if !l.alone || l.note.Op != Add || len(l.matches(pasts, (*past).disclosedItems)) > 0 {
		return "", false
	}
	if !l.reading.vague() {
		return name + " speaks of no edit that stet has seen.", false
	}
	reason = name + " does not say what was changed"
	if found := onlyOpen(pasts); len(found) > 0 && l.reading.category(found[0].item) >= 0 {
		l.told = found
		l.disclose(found)
		return reason + "; it is taken to speak of " + l.editsOf(found) + ", the only one before it.", true
	}
	return reason + ".", false
}

func (p *past) openItems() []*item      { return p.owed }
func (p *past) disclosedItems() []*item { return p.told }

// matches returns the items of the given sort that the note speaks of.
func (l lateNote) matches(pasts []*past, sort func(*past) []*item) []match {
	var found []match
	for _, p := range pasts {
		for _, it := range sort(p) {
			if m, ok := l.match(p, it); ok {
				found = append(found, m)
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(found), func(m match) bool { return m.outdone(found) })
}

// match reports whether the note speaks of an item. One that speaks of an edit
// of its own revision must name a value of it, and one that was only reworded
// must not have spoken of it before.
func (l lateNote) match(p *past, it *item) (match, bool) {
	m := match{p, it, l.reading.values(p.judge, it)}
	switch {
	case l.reading.score(p.judge, it) < enough,
		l.owned && m.values == 0,
		l.note.Op == Replace && l.before.score(p.judge, it) >= enough:
		return m, false
	}
	return m, true
}

// outdone reports whether the note says more of another edit of the same
// value: of 12 → 19 → 21 a note on 12 and 19 means the first step.
func (m match) outdone(all []match) bool {
	for _, o := range all {
		if o.past != m.past && o.values > m.values && (o.item.new == m.item.old || o.item.old == m.item.new) {
			return true
		}
	}
	return false
}

// onlyOpen returns the one thing that earlier edits left untold, if it is one.
func onlyOpen(pasts []*past) []match {
	var found []match
	for _, p := range pasts {
		for _, it := range p.owed {
			found = append(found, match{past: p, item: it})
		}
	}
	var items []*item
	for _, m := range found {
		items = append(items, m.item)
	}
	if !oneThing(items) {
		return nil
	}
	return found
}

// editsOf names the edits that were found: "the edit of revision 2, 5 h 21 min
// before: injured 12 → 19".
func (l lateNote) editsOf(found []match) string {
	var edits []string
	for _, p := range pastsOf(found) {
		s := fmt.Sprintf("the edit of revision %d", p.Revision)
		if after := l.after(p); after >= 0 {
			s += ", " + span(after) + " before"
		}
		edits = append(edits, s+": "+strings.Join(itemsOf(found, p), ", "))
	}
	return strings.Join(edits, "; and of ")
}

// after is the time from an edit to the note; negative if it is not known.
func (l lateNote) after(p *past) time.Duration {
	if l.at.Seen.IsZero() || p.Seen.IsZero() {
		return -1
	}
	return max(l.at.Seen.Sub(p.Seen), 0)
}

func pastsOf(found []match) []*past {
	var list []*past
	for _, m := range found {
		if !slices.Contains(list, m.past) {
			list = append(list, m.past)
		}
	}
	return list
}

func itemsOf(found []match, p *past) []string {
	var list []string
	for _, m := range found {
		if m.past == p {
			list = append(list, m.item.String())
		}
	}
	return list
}

// disclose judges the edits anew that the note was found to speak of.
func (l lateNote) disclose(found []match) {
	for _, p := range pastsOf(found) {
		p.Change = l.rejudged(p, itemsOf(found, p))
		p.disclosed = true
		for _, m := range found {
			if m.past == p {
				p.told = append(p.told, m.item)
				p.owed = slices.DeleteFunc(p.owed, func(it *item) bool { return it == m.item })
			}
		}
		p.Change.Undisclosed = []string{}
		p.Change.Disclosure = Disclosed
		for _, it := range p.owed {
			p.Change.Disclosure = Partly
			p.Change.Undisclosed = append(p.Change.Undisclosed, it.String())
		}
		if len(p.owed) > 0 {
			p.Change.Reasons = append(p.Change.Reasons, "It does not cover "+strings.Join(p.Change.Undisclosed, "; ")+".")
		}
	}
}

// rejudged is an earlier change with what the note says of it; what was said
// before stays.
func (l lateNote) rejudged(p *past, covered []string) Change {
	c := p.Change
	verb, when := "came", "later"
	if l.note.Op == Replace {
		verb = "was changed"
	}
	if after := l.after(p); after >= 0 {
		when = span(after) + " after the edit"
	}
	if !p.disclosed { // by another note of the same revision
		c.DisclosedFrom = c.Disclosure
	}
	c.Silent = false
	for _, tail := range []string{tailSilent, tailStamped, tailOther} {
		if rest, is := strings.CutSuffix(c.Summary, tail); is {
			c.Summary = shorten(rest, maxSummary-len(tailStamped)) + notedLater
			break
		}
	}
	c.DisclosedBy, c.DisclosedAfter = l.at.Revision, max(int64(l.after(p).Round(time.Second)/time.Second), 0)
	c.Reasons = append(slices.Clip(c.Reasons), fmt.Sprintf("%s %s %s, in revision %d. It covers %s.", noteTitle(l.note.Kind), verb, when, l.at.Revision, strings.Join(covered, "; ")))
	return c
}

// LateDisclosure says how long readers were not told of an edit that a later
// note disclosed, such as "silent for 5 h 21 min, then disclosed by the note of
// revision 3"; "" if none did.
func (c Change) LateDisclosure() string {
	if c.DisclosedBy == 0 {
		return ""
	}
	before := map[Disclosure]string{Silent: "silent", Stamped: "only stamped", Partly: "partly disclosed"}[c.DisclosedFrom]
	if c.DisclosedAfter > 0 {
		before += " for " + span(time.Duration(c.DisclosedAfter)*time.Second)
	}
	now := "disclosed"
	switch {
	case c.Disclosure == Partly && c.DisclosedFrom == Partly:
		now = "disclosed further"
	case c.Disclosure == Partly:
		now = "partly disclosed"
	}
	return fmt.Sprintf("%s, then %s by the note of revision %d", before, now, c.DisclosedBy)
}
