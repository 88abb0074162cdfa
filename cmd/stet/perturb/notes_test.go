package perturb

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// noteEdits are the publisher's own words on an edit: that one comes, changes
// or goes is told.
func noteEdits() []perturbation {
	var out []perturbation
	places := map[string]func(*trial, string) bool{
		"top":    func(t *trial, note string) bool { insertBefore(t.paras[0], t.noteLine(t.paras[0], note)); return true },
		"end":    (*trial).noteAtEnd,
		"box":    (*trial).noteInBox,
		"footer": (*trial).noteInFooter,
	}
	for _, place := range slices.Sorted(maps.Keys(places)) {
		for _, kind := range []string{"correction", "clarification", "update", "editors_note", "retraction"} {
			out = append(out, perturbation{kind: "note-" + place + "-" + kind, field: "note", make: func(t *trial) bool {
				t.now = t.note(kind)
				return places[place](t, t.now)
			}})
		}
	}
	return append(out,
		perturbation{kind: "note-changed", field: "note", make: (*trial).noteChanged},
		perturbation{kind: "note-dropped", field: "note", heldOut: true, make: (*trial).noteDropped},
	)
}

// note draws a note of a kind, more often than not in the page's language.
func (t *trial) note(kind string) string {
	var of []noteWording
	for _, n := range notes {
		if n.kind == kind {
			of = append(of, n)
		}
	}
	n := of[t.drawIndex(len(of), func(i int) string { return of[i].lang })]
	return t.fill(n.lang, n.text)
}

// noteLine sets a note like a paragraph of the story.
func (t *trial) noteLine(p *html.Node, note string) *html.Node {
	note = html.EscapeString(note)
	head, rest, found := strings.Cut(note, ":")
	bold := note
	if found {
		bold = "<strong>" + head + ":</strong>" + rest
	}
	return likeWith(p, pick(t.rng, note, "<em>"+note+"</em>", "<i>"+note+"</i>", bold))
}

func (t *trial) noteAtEnd(note string) bool {
	last := t.lastPara()
	if last == nil {
		return false
	}
	line := []*html.Node{t.noteLine(last, note)}
	if t.rng.IntN(3) == 0 {
		line = append(markup("<hr>"), line...)
	}
	insertAfter(last, line...)
	return true
}

func (t *trial) noteInBox(note string) bool {
	last := t.lastPara()
	if last == nil {
		return false
	}
	source := fmt.Sprintf(pick(t.rng, `<div%s><p>%s</p></div>`, `<aside%s><p>%s</p></aside>`, `<div%s>%s</div>`, `<section%s><p><small>%s</small></p></section>`), t.class("note"), html.EscapeString(note))
	if t.rng.IntN(2) == 0 {
		insertAfter(last, markup(source)...)
	} else {
		insertBefore(t.paras[0], markup(source)...)
	}
	return true
}

func (t *trial) noteInFooter(note string) bool {
	last := t.lastPara()
	if last == nil {
		return false
	}
	insertAfter(last, markup(fmt.Sprintf(`<footer%s><p>%s</p></footer>`, t.class("end"), html.EscapeString(note)))...)
	return true
}

// onBoth sets a note below the story of both pages.
func (t *trial) onBoth(before, after string) bool {
	last := t.lastPara()
	if last == nil {
		return false
	}
	t.was, t.now = before, after
	was := t.before.paras[len(t.paras)-1]
	insertAfter(was, likeWith(last, "<em>"+html.EscapeString(before)+"</em>"))
	if after != "" {
		insertAfter(last, likeWith(last, "<em>"+html.EscapeString(after)+"</em>"))
	}
	return true
}

func (t *trial) noteChanged() bool {
	note := t.note("correction")
	return t.onBoth(note, note+t.fill("en", " It also misspelled the name of {name}."))
}

func (t *trial) noteDropped() bool { return t.onBoth(t.note("correction"), "") }

// mixedKinds do several things at once.
func mixedKinds() []perturbation {
	noise := slices.Concat(insertedLines(), insertedBoxes(), changedMetadata())
	edits := slices.DeleteFunc(textEdits(), func(p perturbation) bool { return p.field != "body" })
	return []perturbation{
		{kind: "line-gone", make: func(t *trial) bool {
			return t.turned(func(t *trial) bool { return t.several(insertedLines(), 1) })
		}},
		{kind: "box-gone", make: func(t *trial) bool { return t.turned(func(t *trial) bool { return t.several(insertedBoxes(), 1) }) }},
		{kind: "mixed-noise", make: func(t *trial) bool { return t.several(noise, 4) }},
		{kind: "mixed-noise-and-edit", field: "body", make: func(t *trial) bool { return t.someEdit(edits) && t.several(noise, 3) }},
		{kind: "redesign-and-edit", field: "body", make: func(t *trial) bool {
			return t.redesign((*trial).classesHashed) && t.someEdit(edits)
		}},
		{kind: "redesign-opaque-and-edit", field: "body", heldOut: true, make: func(t *trial) bool {
			return t.redesign((*trial).classesOpaque) && t.someEdit(edits)
		}},
	}
}

// turned makes a change the other way round: what it adds goes.
func (t *trial) turned(make func(*trial) bool) bool {
	t.sheet, t.before = t.before, t.sheet
	ok := make(t)
	t.sheet, t.before = t.before, t.sheet
	t.was, t.now = t.now, t.was
	return ok
}

// several makes n kinds, those that the page has a place for.
func (t *trial) several(kinds []perturbation, n int) bool {
	was, now := t.was, []string{t.now}
	made := 0
	for _, i := range t.rng.Perm(len(kinds)) {
		if made == n {
			break
		}
		if (t.heldOut || !kinds[i].heldOut) && kinds[i].make(t) {
			made++
			now = append(now, kinds[i].kind+": "+t.now)
		}
	}
	t.was, t.now = was, strings.Join(now, "\n\t")
	return made == n
}

// someEdit makes the first edit of a drawn order that the page has a place for.
func (t *trial) someEdit(kinds []perturbation) bool {
	for _, i := range t.rng.Perm(len(kinds)) {
		if (t.heldOut || !kinds[i].heldOut) && kinds[i].make(t) {
			return true
		}
	}
	return false
}
