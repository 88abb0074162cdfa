package watcher

import (
	"crypto/sha256"
	"fmt"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// A finding is what a first look found that must be seen twice before it is
// told. The second look confirms it only if it comes to the same sign; what
// else it finds is told, or held as a finding of its own. The zero finding is
// none.
type finding struct {
	sign   string
	reason string // in words
}

// secondLook says why a change must be seen twice before it is told.
func secondLook(change compare.Change, earlier []compare.Version, before, now article.Article) finding {
	switch reason := compare.SecondLook(change, earlier); {
	case now.Degraded && !before.Degraded: // never taken for granted but word by word
		return finding{"degraded " + short(now.Hash()), "the page could not be read as well as before"}
	case change.Weight == compare.Rewrite:
		return finding{"rewrite " + digest(now.Headline, opening(now)), "another text, " + headline(now) + ", stands at the address"}
	case reason != "":
		return finding{signOf(change, now), reason}
	}
	return finding{}
}

// signOf is the sign of a change of which much was removed, or whose headline
// is back: the passages that went, and the headline that came. So another edit
// beside it does not put it off; a page that lacks other passages is another
// finding.
func signOf(c compare.Change, now article.Article) string {
	var parts []string
	for _, b := range c.Blocks {
		switch {
		case b.Op == compare.Remove:
			parts = append(parts, "-"+b.Old)
		case b.Kind == "headline" && b.Old != b.New:
			parts = append(parts, "+"+b.New)
		}
	}
	if len(parts) == 0 { // the words went from within passages
		return "text " + short(now.Hash())
	}
	return "passages " + digest(parts...)
}

// opening returns an article's first passage.
func opening(a article.Article) string {
	if len(a.Blocks) == 0 {
		return ""
	}
	return a.Blocks[0].Text
}

func digest(parts ...string) string { return short(sha256.Sum256(fmt.Appendf(nil, "%q", parts))) }

func short(hash [32]byte) string { return fmt.Sprintf("%x", hash[:8]) }

// mostTurns bounds how far apart the looks at a page come that is another one
// each time: Confirm doubled so often.
const mostTurns = 6

// hold leaves a finding to a second look, and keeps it until then. A second
// look that is a first one again is followed by another only after twice the
// time: some pages never come to rest.
func (c *Checker) hold(l *Look, f finding) {
	turns := 0
	if p := l.Watch.Pending; p.Reason != "" {
		turns = min(p.Turns+1, mostTurns)
		l.step("second look", "it shows something else: not seen again: %s", p.Reason)
	}
	l.Watch.Pending = Pending{Reason: f.reason, Sign: f.sign, Since: l.At, Turns: turns}
	l.Watch.NextCheck = l.At.Add(c.Confirm << turns)
	l.Reason = f.reason + "; to be seen once more before it is told"
	l.KeepCapture = true
	l.step("hold", "told only if it is seen twice: %s; looking again at %s", f.reason, clock(l.Watch.NextCheck))
}

// between says how far apart two looks were.
func between(first, second time.Time) string {
	return second.Sub(first).Round(time.Second).String() + " apart"
}
