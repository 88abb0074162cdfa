package compare

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"stet/watcher/article"
)

// A Version is what is known of a revision without its text.
type Version struct {
	Number   int
	Hash     [32]byte // of the article as readers see it
	Headline string
	Seen     time.Time // when it was first seen; zero if unknown
}

// Settle adds to a change what follows from the story's history. earlier are
// the revisions before now, oldest first, the one that c starts from last. An
// earlier revision that is back makes c a revert: the first is told, further
// turns of the same two variants are not. A note taken away stays a removal,
// though the text of before is back: that is worth telling by itself.
func Settle(c Change, earlier []Version, now Version) Change {
	if !c.Changed || len(earlier) < 2 {
		return c
	}
	at := none
	for i, v := range earlier[:len(earlier)-1] {
		if v.Hash == now.Hash {
			at = i
		}
	}
	if at == none {
		return c
	}
	turns := flaps(earlier, now)
	if !c.notesAlone() || turns > 1 {
		c.Nature, c.Silent, c.Told = Revert, false, c.Weight != Cosmetic
	}
	back := earlier[at]
	when := ""
	if !now.Seen.IsZero() && !back.Seen.IsZero() {
		when = ", first seen " + back.Seen.UTC().Format("2 January 2006 15:04") + " UTC, " + span(now.Seen.Sub(back.Seen)) + " before"
	}
	reasons := []string{fmt.Sprintf("Revision %d is back%s.", back.Number, when)}
	if turns > 1 {
		c.Told = false
		reasons = append(reasons, fmt.Sprintf("Two variants in turn, %d times back by now. An A/B test, told once.", turns))
	}
	c.Reasons = append(reasons, c.Reasons...)
	return c
}

// notesAlone reports whether nothing but notes changed.
func (c Change) notesAlone() bool {
	return len(c.Fields) == 1 && c.Fields[0] == FieldNote
}

// flaps counts how often, now included, the story turned back to one of the
// two variants that it turns between now.
func flaps(earlier []Version, now Version) int {
	last := earlier[len(earlier)-1]
	turns, seen := 0, map[[32]byte]bool{}
	before := Version{}
	for _, v := range append(earlier[:len(earlier):len(earlier)], now) {
		pair := v.Hash == now.Hash && before.Hash == last.Hash || v.Hash == last.Hash && before.Hash == now.Hash
		if seen[v.Hash] && pair {
			turns++
		}
		seen[v.Hash] = true
		before = v
	}
	return turns
}

// span says how long, in the two greatest units; below a minute in seconds.
func span(d time.Duration) string {
	if d = max(d, 0); d < time.Minute {
		return fmt.Sprintf("%d s", int(d.Round(time.Second).Seconds()))
	}
	d = d.Round(time.Minute)
	days, hours, minutes := int(d.Hours())/24, int(d.Hours())%24, int(d.Minutes())%60
	switch {
	case days > 0:
		return fmt.Sprintf("%d d %d h", days, hours)
	case hours > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	}
	return fmt.Sprintf("%d min", minutes)
}

// SelfChange is a change from a revision to itself, without edits: the story
// is gone, was restored, moved, or is walled. reason says what was seen. Gone
// and restored are told, moved and walled are not.
func SelfChange(nature Nature, reason string) Change {
	c := empty()
	c.Changed, c.Nature, c.Summary = true, nature, shorten(reason, maxSummary)
	c.Weight, c.Disclosure = Substantive, Silent
	c.Told = nature == Gone || nature == Restored
	if nature == Moved || nature == Walled {
		c.Weight = Cosmetic
	}
	c.Reasons = append(c.Reasons, sentence(reason))
	return c
}

// Unwalled is the change from a revision to itself of a story that was walled
// and can be read again: restored, and told no more than the wall was.
func Unwalled(reason string) Change {
	c := SelfChange(Restored, reason)
	c.Weight, c.Told = Cosmetic, false
	return c
}

// sentence gives words a capital and a full stop.
func sentence(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(r)) + s[n:]
	if strings.HasSuffix(s, ".") || s == "" {
		return s
	}
	return s + "."
}

// StampMove is a change from a revision to itself: only the time that readers
// see moved from before to now, two readings of the same text. It says if the
// time was put back, and which hidden ones moved with it. It is not told.
func StampMove(before, now article.Article) Change {
	c := empty()
	v := verdict{old: before, new: now, stamps: [2]string{visible(before.Stamp), visible(now.Stamp)}, putBack: article.PutBack(before, now)}
	c.Changed, c.Nature, c.Weight, c.Disclosure = true, Update, Cosmetic, Stamped
	c.Summary = shorten(v.stampSentence(), maxSummary)
	c.Reasons = append(append(c.Reasons, v.stampSentence()+"; nothing else changed."), v.hiddenReasons()...)
	return c
}

// SecondLook says why a change must be seen twice before it is told: much
// was removed, or a headline that stood there before is back. It returns "" if
// it need not. earlier are the revisions before, oldest first, the one that c
// starts from last.
func SecondLook(c Change, earlier []Version) string {
	const third = 3
	if !c.Changed {
		return ""
	}
	old := 0
	for _, b := range c.Blocks {
		if b.Old != "" {
			old += roughWords(b.Old)
		}
	}
	if c.Stats.WordsRemoved*third > old {
		return fmt.Sprintf("%d of %d words went at once", c.Stats.WordsRemoved, max(old, c.Stats.WordsRemoved))
	}
	for _, b := range c.Blocks {
		if b.Kind != kindHeadline || b.Old == b.New || b.New == "" {
			continue
		}
		for _, v := range earlier[:max(len(earlier)-1, 0)] {
			if visible(v.Headline) == b.New {
				return fmt.Sprintf("the headline of revision %d is back", v.Number)
			}
		}
	}
	return ""
}
