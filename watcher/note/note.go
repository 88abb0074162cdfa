// Package note knows a publisher's note when it reads one: the words by which
// an outlet tells its readers that it changed a story, in twelve languages.
// Start with [KindOf].
//
// A note is told by how it opens ("Correction:", "(Adds share move)"), by a
// phrase that only notes have ("an earlier version of this article"), or by
// what it says together: that this very story, or a part of it such as its
// headline, was changed or was wrong. News of other people's corrections,
// updates and apologies has the same words but does not speak of itself.
package note

import (
	"strings"
	"unicode"
)

// The kinds of note.
const (
	Correction    = "correction"
	Clarification = "clarification"
	Update        = "update"
	Editors       = "editors_note"
	Retraction    = "retraction"
)

// longest is how much of a text is looked at, in bytes; a note is short, and
// says what it is at its start.
const longest = 1600

// KindOf returns the kind of publisher's note that text is, or "" if it reads
// as none. marked says that the page marks it as a note, so that it is one of
// some kind whatever its words.
func KindOf(text string, marked bool) string {
	if len(text) > longest && !marked {
		return ""
	}
	low := fold(text[:cutAt(text, longest)])
	found, cued := phraseIndex().find(articleOfLaw.Replace(padded(low)))
	if !marked && (IsStamp(text) || found&saysPolicy != 0) {
		return ""
	}
	if kind := wireKind(text, low); kind != "" {
		return kind
	}
	kind, labelled := label(low)
	e := evidenceOf(low, found)
	own, said := "", false
	if !labelled || kind != Retraction {
		own, said = selfReference(low, cued)
	}
	said = said || e.speaksOfItself()
	switch {
	case marked:
	case e.has(warns) && !e.has(errs) && (kind == Editors || !labelled), e.has(promises) && !labelled:
		return ""
	case !labelled && !said:
		return ""
	}
	switch kind {
	case Correction, Clarification, Retraction:
		return kind
	}
	return refine(found, e, kind, own, labelled)
}

// refine tells by its words what a note is that has no label of its own kind.
// own is what it is by the way it speaks of itself, or "".
func refine(found finding, e evidence, kind, own string, labelled bool) string {
	switch {
	case found&saysRetracted != 0, kind != Editors && e.has(removes) && e.has(itself) && !e.has(parts) && found&saysOutOfIt == 0:
		return Retraction
	case found&saysErred != 0:
		return Correction
	case found&saysClarified != 0:
		return Clarification
	case labelled && kind != Editors:
		return kind
	case found&saysUpdated != 0:
		return Update
	case labelled:
		return kind
	case own != "":
		return own
	case e.has(errs) || e.has(contrasts) || e.has(apologises):
		return Correction
	}
	return Editors
}

// evidence is what a text says, by sort.
type evidence uint16

// The sorts of evidence.
const (
	itself     evidence = 1 << iota // names this very story
	parts                           // opens with the story or a part of it: "The headline"
	changes                         // was corrected, changed, updated
	removes                         // was removed or withdrawn
	errs                            // was wrong
	we                              // the publisher speaks
	before                          // how it stood at first
	contrasts                       // this and not that
	apologises                      // asks for pardon
	warns                           // of what is told in it, or says what it is a part of
	promises                        // that it will be updated
	quotes                          // opens with somebody's words
	weDid                           // the publisher says what it did
)

func (e evidence) has(sort evidence) bool { return e&sort != 0 }

// evidenceOf returns the evidence in what was found in a folded text.
func evidenceOf(low string, found finding) evidence {
	e := evidence(found)
	if r := strings.TrimLeft(low, " *(["); strings.HasPrefix(r, `"`) || strings.HasPrefix(r, "'") || strings.HasPrefix(r, "「") {
		e |= quotes
	}
	return e
}

// speaksOfItself reports whether a text without a label tells of a change or
// an error of its own.
func (e evidence) speaksOfItself() bool {
	told := e.has(before) || e.has(errs) || e.has(contrasts) || e.has(we) || e.has(apologises)
	switch {
	case e.has(quotes):
		return false
	case e.has(itself) && (e.has(changes) || e.has(errs) && (e.has(we) || e.has(before) || e.has(contrasts))):
		return true
	case e.has(itself) && e.has(removes):
		return e.has(we) || e.has(apologises) || e.has(errs)
	case e.has(parts) && (e.has(changes) || e.has(removes) && e.has(we)):
		return told
	case e.has(we) && e.has(errs):
		return e.has(before) || e.has(parts) || e.has(contrasts) && e.has(apologises)
	case e.has(we) && e.has(changes):
		return e.has(itself) || e.has(parts) || e.has(errs) && e.has(weDid) || e.has(before) && (e.has(errs) || e.has(weDid)) && !e.has(promises)
	case e.has(we) && e.has(apologises):
		return e.has(parts) || e.has(before)
	}
	return false
}

// wireKind returns the kind of a line in the style of news agencies and of
// forums, which open in ways that nothing else does.
func wireKind(text, low string) string {
	bare := strings.TrimLeft(text, " *([（【-–")
	lowBare := strings.TrimLeft(low, " *([（【-")
	for _, w := range wireOpenings {
		switch {
		case w.capitals && strings.HasPrefix(bare, w.opening), !w.capitals && strings.HasPrefix(lowBare, w.opening) && len(bare) < len(text):
			return w.kind
		}
	}
	return ""
}

// padded returns a folded text with its marks made spaces, in single spaces,
// one at each end, so that words can be looked for with the spaces around them.
// Marks of scripts without spaces stay.
func padded(low string) string {
	var b strings.Builder
	b.Grow(len(low) + 2)
	b.WriteByte(' ')
	space := true
	for _, r := range low {
		if r == '\'' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '@' {
			b.WriteRune(r)
			space = false
		} else if !space {
			b.WriteByte(' ')
			space = true
		}
	}
	if !space {
		b.WriteByte(' ')
	}
	return b.String()
}

// cutAt returns the most bytes of s up to n that end with a whole character.
func cutAt(s string, n int) int {
	if len(s) <= n {
		return len(s)
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// fold lowers s and makes quotes and dashes plain.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '‘', '’', '‚', '‛', '‹', '›', '`', '´', '＇':
			return '\''
		case '“', '”', '„', '‟', '«', '»':
			return '"'
		case '‐', '‑', '‒', '–', '—', '―', '−':
			return '-'
		case '：':
			return ':'
		case '\u00A0', '\u202F', '\u2009':
			return ' '
		}
		return unicode.ToLower(r)
	}, s)
}

// selfReference reports whether text speaks of an earlier version of itself,
// or of a change made to itself. This story, not the story: the bill's earlier
// version is news. What stood in an earlier version was an error, unless other
// words of the note say better what it is.
func selfReference(low string, cued cues) (kind string, ok bool) {
	for i, p := range selfPhrases {
		if cued.has(i) && p.re.MatchString(low) {
			return p.kind, true
		}
	}
	return "", false
}
