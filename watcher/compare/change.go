// Package compare finds what changed between two revisions of an article, and
// judges it: how heavy the edit is, whether the publisher said so, and why.
// Start with [Compare]; a story's whole history is judged by [Sequence]. All are
// functions of values: the same pair always gives the same Change, and nothing
// is dropped by size.
//
// Passages are paired whole, then word by word; in each pair that differs,
// numbers, dates, names, quotations and claims are read on both sides, and what
// means the same is struck out before the rest is called a fact. Words in the
// place of others are told apart by a list of English words (a slip of the pen)
// and a thesaurus (another meaning). Notes are what package note finds, and what
// names an edit's old and new value; each is held against the edits that it may
// speak of.
package compare

import "stet/watcher/article"

// A Weight says how heavy an edit is.
type Weight string

// The weights, from light to heavy.
const (
	Cosmetic    Weight = "cosmetic"    // same words and values: spelling, punctuation, spacing, case, notation
	Minor       Weight = "minor"       // other words or another order of paragraphs, same facts
	Substantive Weight = "substantive" // a fact, quote, name, claim or paragraph
	Rewrite     Weight = "rewrite"     // another text at the same address
)

// Rank orders weights: 1 for Cosmetic to 4 for Rewrite, 0 for none.
func (w Weight) Rank() int {
	switch w {
	case Cosmetic:
		return 1
	case Minor:
		return 2
	case Substantive:
		return 3
	case Rewrite:
		return 4
	}
	return 0
}

// A Disclosure says whether readers were told of an edit.
type Disclosure string

// The disclosures.
const (
	Disclosed Disclosure = "disclosed" // a note speaks of it
	Partly    Disclosure = "partly"    // a note covers some of the changed facts
	Stamped   Disclosure = "stamped"   // a time that readers can see moved, no note
	Silent    Disclosure = "silent"    // neither
)

// A Nature says what sort of change it is.
type Nature string

// The natures.
const (
	Update     Nature = "update"     // the story goes on: text added, live blog
	Edit       Nature = "edit"       // what stood there reads differently
	Removal    Nature = "removal"    // something is no longer there
	Correction Nature = "correction" // a note of correction came
	Revert     Nature = "revert"     // an earlier version is back
	Gone       Nature = "gone"       // the address no longer serves the story
	Restored   Nature = "restored"   // a story that was gone is back, or one that was walled can be read again
	Moved      Nature = "moved"      // the story has another address
	Walled     Nature = "walled"     // a login, consent or captcha page stands in the story's place
)

// A Field is a part of an article that a change touches.
type Field string

// The fields.
const (
	FieldHeadline   Field = "headline"
	FieldStandfirst Field = "standfirst"
	FieldByline     Field = "byline"
	FieldBody       Field = "body"
	FieldCaption    Field = "caption"
	FieldNote       Field = "note"
)

// An Op says what happened to a block or a span of words.
type Op string

// The operations. Spans use only Equal, Add and Remove.
const (
	Equal   Op = "equal"
	Add     Op = "add"
	Remove  Op = "remove"
	Replace Op = "change"
	Move    Op = "move"
)

// A Span is a run of words within a changed block. The Equal and Remove spans
// of a block together spell its old text, the Equal and Add spans its new one.
type Span struct {
	Op   Op     `json:"op"`
	Text string `json:"text"`
}

// A Block is one passage of the two articles side by side. Headline,
// standfirst and byline come first, with the kinds "headline", "standfirst"
// and "byline"; body blocks keep the article's kind.
type Block struct {
	Op    Op     `json:"op"`
	Kind  string `json:"kind"`
	Old   string `json:"old"`
	New   string `json:"new"`
	Spans []Span `json:"spans"` // for Replace only

	// OldPlace and NewPlace count body blocks of the old and the new article
	// from 1; 0 where the block does not stand there.
	OldPlace int `json:"old_place,omitempty"`
	NewPlace int `json:"new_place,omitempty"`
}

// A Fact is a meaning-bearing term that changed.
type Fact struct {
	Kind string `json:"kind"` // number, date, name, quote, negation or certainty
	Old  string `json:"old"`  // "" where it was added
	New  string `json:"new"`  // "" where it was removed
}

// A NoteChange is a publisher's note that came, changed or went.
type NoteChange struct {
	Op   Op     `json:"op"`   // Add, Replace or Remove
	Kind string `json:"kind"` // correction, clarification, update, editors_note or retraction
	Text string `json:"text"` // as it stands now, or stood before it went
}

// Stats counts words.
type Stats struct {
	WordsAdded   int `json:"words_added"`
	WordsRemoved int `json:"words_removed"`
}

// A Change is what differs between two successive revisions of an article,
// with its judgement. Its JSON form is the one that `stet compare` prints.
type Change struct {
	Changed     bool         `json:"changed"` // false for noise
	Told        bool         `json:"told"`    // whether the default route sends it
	Weight      Weight       `json:"weight"`
	Disclosure  Disclosure   `json:"disclosure"`
	Undisclosed []string     `json:"undisclosed"` // with Partly: the changes that no note covers
	Nature      Nature       `json:"nature"`
	Silent      bool         `json:"silent"`  // weight ≥ minor, disclosure silent, nature edit or removal
	Reasons     []string     `json:"reasons"` // the judgement explained, in words
	Summary     string       `json:"summary"` // one line: what became what
	Fields      []Field      `json:"fields"`
	Blocks      []Block      `json:"blocks"` // the whole article, unchanged blocks included
	Facts       []Fact       `json:"facts"`
	Notes       []NoteChange `json:"notes"`
	NewKind     article.Kind `json:"new_kind"` // what sort of page the new one is
	Stats       Stats        `json:"stats"`

	// DisclosedBy is the number of the later revision whose note disclosed the
	// edit, wholly or partly; 0 if none did. See [Redisclose].
	DisclosedBy int `json:"disclosed_by,omitempty"`
	// DisclosedAfter is how many seconds that took, counted between the two
	// times that were seen; 0 if that is not known.
	DisclosedAfter int64 `json:"disclosed_after,omitempty"`
	// DisclosedFrom is the disclosure until then: silent, stamped or partly.
	DisclosedFrom Disclosure `json:"disclosed_from,omitempty"`
}
