package notify

import "stet/watcher/compare"

// A Verdict is a judgement in the shape that every message shows it: a mark
// that can be told apart without colour, and its words.
type Verdict struct {
	Mark   string // one character, such as "◆"
	Word   string // "Silent"
	Adverb string // "silently", as in "Marlhaven Post, silently: …"
}

// The verdicts.
var (
	verdictSilent    = Verdict{"◆", "Silent", "silently"}
	verdictStamped   = Verdict{"◷", "Stamped", "stamped"}
	verdictPartly    = Verdict{"◐", "Partly disclosed", "partly disclosed"}
	verdictDisclosed = Verdict{"●", "Disclosed", "disclosed"}
	verdictGone      = Verdict{"✕", "Gone", "gone"}
	verdictRestored  = Verdict{"○", "Restored", "restored"}
	verdictMoved     = Verdict{"○", "Moved", "moved"}
	verdictWalled    = Verdict{"▤", "Behind a wall", "behind a wall"}
	verdictRevert    = Verdict{"⇄", "Back to an earlier version", "back to an earlier version"}
	verdictUpdate    = Verdict{"○", "Update", "update"}
	verdictCosmetic  = Verdict{"•", "Cosmetic", "cosmetic"}
	verdictFirst     = Verdict{"○", "First seen", "first seen"}
)

// FirstLook reports whether an alert tells that a story is watched from now on.
func (a Alert) FirstLook() bool { return a.From == 0 && a.To > 0 }

// Verdict returns the verdict that an alert is headed by.
func (a Alert) Verdict() Verdict {
	if a.FirstLook() {
		return verdictFirst
	}
	return VerdictOf(a.Change)
}

// VerdictOf returns the verdict on a change: what happened to the story where
// that is the news, and else whether readers were told.
func VerdictOf(c compare.Change) Verdict {
	switch c.Nature {
	case compare.Gone:
		return verdictGone
	case compare.Restored:
		return verdictRestored
	case compare.Moved:
		return verdictMoved
	case compare.Walled:
		return verdictWalled
	}
	switch {
	case c.Silent:
		return verdictSilent
	case c.Weight == compare.Cosmetic:
		return verdictCosmetic
	case c.Disclosure == compare.Disclosed:
		return verdictDisclosed
	case c.Disclosure == compare.Partly:
		return verdictPartly
	case c.Nature == compare.Revert:
		return verdictRevert
	case c.Disclosure == compare.Stamped:
		return verdictStamped
	}
	return verdictUpdate
}
