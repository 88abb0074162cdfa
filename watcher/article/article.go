// Package article says what a news article is and reads one out of a page.
//
// [Read] reads a page that was never seen before. [Reread] reads a page again
// with the [Outline] that an earlier reading left: what stood there before
// keeps its label, and only what is new is judged, against its neighbours.
// Both are functions of values: no clock, no network, no state.
package article

import (
	"strings"
	"time"
)

// A Kind says what sort of page was read. Only Article and Live pages become
// revisions; the rest is quarantined.
type Kind string

// The kinds of page.
const (
	KindArticle Kind = "article" // one story
	KindLive    Kind = "live"    // one story that is being written: a live blog or ticker
	KindListing Kind = "listing" // a front page, section page or search result
	KindWall    Kind = "wall"    // a login, consent or captcha page in the story's place
	KindError   Kind = "error"   // an error page, whatever its HTTP status
	KindEmpty   Kind = "empty"   // no article text: not HTML, broken off, or filled in by scripts
)

// Story reports whether a page of this kind can be a revision.
func (k Kind) Story() bool { return k == KindArticle || k == KindLive }

// A BlockKind says what part of an article a block is.
type BlockKind string

// The kinds of block.
const (
	Paragraph BlockKind = "paragraph"
	Heading   BlockKind = "heading"
	Quote     BlockKind = "quote"
	ListItem  BlockKind = "list_item"
	Caption   BlockKind = "caption"
	TableRow  BlockKind = "table_row"
	Note      BlockKind = "note" // the publisher's own words on an edit
)

// A Block is one passage of an article, in reading order.
type Block struct {
	Kind BlockKind `json:"kind"`
	// Text is the passage's words in NFC, white space folded to single
	// spaces, without invisible characters. It is never empty.
	Text string `json:"text"`
	// Aside marks a block that is watched for edits but left out of the
	// printed article, because the reader is not sure that it belongs there.
	Aside bool `json:"aside,omitempty"`
}

// An Article is the headline, standfirst, byline, times and blocks read out of
// one page. The zero Article is an empty page.
type Article struct {
	URL          string   `json:"url"`           // the address the page was read from
	CanonicalURL string   `json:"canonical_url"` // what the page calls its own address, or ""
	Kind         Kind     `json:"kind"`
	Headline     string   `json:"headline"` // as shown to readers, without the site's name
	Standfirst   string   `json:"standfirst"`
	Authors      []string `json:"authors"` // people only, each once

	// Published and Modified keep the page's own offset; zero where the page
	// does not say. Modified may come from hidden metadata alone.
	Published time.Time `json:"published"`
	Modified  time.Time `json:"modified"`
	// Stamp is the time of update as readers see it on the page ("Updated
	// 14:05"), or "" where none is shown. A hidden time is never a Stamp.
	Stamp string `json:"stamp,omitempty"`
	// Shown is the time that Stamp says, zero where none is shown or its day
	// is not known. Use [PutBack] to order two of them.
	Shown time.Time `json:"shown,omitzero"`
	// Hidden are the times of update that readers do not see, each by its
	// source: see [HiddenMoves]. Neither they nor Stamp are in the Hash.
	Hidden []Stamp `json:"hidden,omitempty"`
	// Date is the day of publication as the page's own zone has it,
	// YYYY-MM-DD, or "".
	Date string `json:"date"`

	Language string  `json:"language"` // BCP 47, such as "en" or "pt-BR"; "" if unknown
	Site     string  `json:"site"`     // the outlet's name
	Blocks   []Block `json:"blocks"`

	Degraded bool     `json:"degraded"` // read, but not to be trusted fully
	Reasons  []string `json:"reasons"`  // why the kind and the parts are what they are, in words
}

// Text returns the printed body: no headline, byline, captions or asides,
// blocks parted by blank lines.
func (a Article) Text() string {
	var b strings.Builder
	for _, bl := range a.Blocks {
		if bl.Aside || bl.Kind == Caption {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(bl.Text)
	}
	return b.String()
}

// A Page is what a reading starts from.
type Page struct {
	URL         string // absolute; relative links are resolved against it
	ContentType string // the Content-Type header, or ""; its charset comes first
	Status      int    // the HTTP status, or 0 if unknown
	Body        []byte // as sent, in the page's own charset, content coding removed
	Rules       *Rules // how the site's pages are to be read; nil for no rules
}
