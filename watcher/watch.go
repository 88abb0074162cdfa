// Package watcher is the loop that stet is named for: look at a story, read
// it, compare it with the stored revision, judge the edit, and keep both.
//
// A [Checker] makes one look at one [Watch] and says what came of it as a
// [Look]; a [Runner] claims due watches and hands them to a Checker, host by
// host. What they need kept they ask of a [Keeper], which the store
// implements: a Look that found a change is written with its revision, its
// change and its ledger leaf in one transaction.
package watcher

import (
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// A State says whether stet looks at a watch.
type State string

// The states of a watch.
const (
	Active  State = "active"
	Paused  State = "paused"
	Removed State = "removed" // no longer looked at; its history stays
)

// A Watch is one URL that stet looks at, its schedule, tags and state.
type Watch struct {
	ID       int64
	URL      string   // as it is fetched
	Key      string   // the story's identity: the same for every spelling of its address
	Label    string   // the user's own name for it, or ""
	Tags     []string // sorted, each once
	To       []string // destinations its changes go to besides the routes'
	Schedule string   // a schedule spec; "" means the default
	State    State
	Source   string // the source it was found by, or ""
	Added    time.Time

	NextCheck time.Time
	LastCheck time.Time // zero before the first
	LastSeen  time.Time // when the story was last read as an article; zero before
	// LastResult and LastReason are those of the latest check; LastFailure is
	// its kind where the result is Failed or Refused.
	LastResult  Result
	LastReason  string
	LastFailure fetch.FailureKind
	Troubles    int  // failed, refused or quarantined checks in a row
	Gone        bool // the address no longer serves the story, and that was told
	Walls       int  // looks in a row that met a wall in the place of a story that had been read; see Walled
	MovedTo     string
	Checks      int64 // looks so far

	// What the latest answer said of itself, for the next conditional request.
	FinalURL     string // after redirects
	ETag         string
	LastModified string
	BodyHash     [32]byte // SHA-256 of the latest body read as this story; zero if none

	// The stamps are the latest reading's; they move without a revision.
	Stamp     string
	Shown     time.Time // what Stamp says; zero if that is not known
	Modified  time.Time
	Hidden    []article.Stamp
	Published time.Time // as the page says, or zero
	// StampChanged is when a stamp that moved by itself was recorded, if it is
	// the last change that was; else zero.
	StampChanged time.Time

	Pending Pending // a change that waits for its second look

	// Lease is the number of the claim that this Watch was handed out with.
	// A Look that carries an older one is refused.
	Lease int64
}

// Name returns what to call the watch: its label, or else its URL.
func (w Watch) Name() string {
	if w.Label != "" {
		return w.Label
	}
	return w.URL
}

// Walled reports whether a wall has stood in the story's place for so many
// looks in a row that it was recorded.
func (w Watch) Walled() bool { return w.Walls >= wallsRecorded }

// A Pending is what a first look found that must be seen twice before it is
// told. The zero Pending is none.
type Pending struct {
	Reason string // what was found, in words; "" for none
	Sign   string // tells two findings apart: the same finding has the same sign
	Since  time.Time
	Turns  int // second looks in a row that found neither what the first did nor the story as it was
}

// A Result is what came of a check.
type Result string

// The results of a check.
const (
	Unchanged   Result = "unchanged"
	Changed     Result = "changed"
	Gone        Result = "gone"
	Quarantined Result = "quarantined" // not the article: a wall, an error page, half a page
	Refused     Result = "refused"     // by robots.txt or the guard; no request was made
	Failed      Result = "failed"
)

// A Revision is an article as it stood from a first to a last time seen.
type Revision struct {
	ID        int64
	Watch     int64
	Number    int // counted from 1 within the watch
	FirstSeen time.Time
	LastSeen  time.Time
	Article   article.Article
	Outline   article.Outline // what the next reading starts from
	Hash      [32]byte        // SHA-256 of the article as readers see it
	Leaf      int64           // index of its leaf in the ledger
	LeafHash  [32]byte        // the leaf's hash
}

// A Change is a compare.Change that was kept, from one revision of a watch to
// another, or to itself when From equals To (gone, restored, moved).
type Change struct {
	ID    int64
	Watch int64
	From  int // revision numbers
	To    int
	Seen  time.Time
	compare.Change
}

// A Rejudgement is a kept change judged anew, as when a note that came later
// speaks of it.
type Rejudgement struct {
	ID  int64  // the change's
	Why string // why it was judged anew, in words
	compare.Change
}

// A FormerVerdict is a judgement of a change that a later one took the place of.
type FormerVerdict struct {
	At  time.Time // when the change was judged anew
	Why string    // why, in words
	compare.Change
}

// An Entry is one line of a story's history: a revision, without its blocks,
// and the changes that were seen with it: the edit that led to it first, then
// those from it to itself.
type Entry struct {
	Revision Revision // Article has no Blocks; Outline is empty
	Changes  []Change
}
