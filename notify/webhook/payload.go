package webhook

import (
	"time"

	"stet/notify"
	"stet/watcher/compare"
)

// A Payload is the body of a request. Its form is stable: fields are added,
// never renamed or removed, and a receiver ignores what it does not know.
type Payload struct {
	// Type is "change", "news" (for the operator) or "ping" (from `stet doctor`).
	Type string    `json:"type"`
	At   time.Time `json:"timestamp"` // when what it tells of was seen, UTC
	Data any       `json:"data"`      // a Change, a News, or {}
}

// A Change is the data of a "change". Where it tells several updates of a
// story, it is the newest, and Gathered lists all.
type Change struct {
	ID        int64          `json:"id"`    // the change's
	Watch     int64          `json:"watch"` // the story's
	URL       string         `json:"url"`
	Label     string         `json:"label"` // the user's own name for the story, or ""
	Tags      []string       `json:"tags"`
	Source    string         `json:"source"` // the source it was found by, or ""
	Site      string         `json:"site"`   // the outlet
	Headline  string         `json:"headline"`
	Authors   []string       `json:"authors"`
	Language  string         `json:"language"`
	From      int            `json:"from"` // revision numbers; equal for gone, restored and moved
	To        int            `json:"to"`
	Published *time.Time     `json:"published"`  // as the page says, with its own offset; null if it does not
	FirstSeen *time.Time     `json:"first_seen"` // the story
	Previous  *time.Time     `json:"previous"`   // the old revision was last seen
	Seen      *time.Time     `json:"seen"`       // the change was seen
	Ledger    string         `json:"ledger"`     // first 12 hex digits of the revision's ledger leaf
	Story     string         `json:"story_url"`  // history pages, "" without any
	Diff      string         `json:"diff_url"`
	Change    compare.Change `json:"change"` // as `stet compare --json` prints it, changed blocks only
	// Gathered are the updates of the story that are told together, oldest
	// first, the newest included; [] for a change alone.
	Gathered []Update `json:"gathered"`
}

// An Update is one of several updates that are told together.
type Update struct {
	ID       int64          `json:"id"`
	Headline string         `json:"headline"` // as it stood then
	From     int            `json:"from"`
	To       int            `json:"to"`
	Previous *time.Time     `json:"previous"`
	Seen     *time.Time     `json:"seen"`
	Ledger   string         `json:"ledger"`
	Diff     string         `json:"diff_url"`
	Change   compare.Change `json:"change"`
}

// A News is the data of "news".
type News struct {
	ID    int64  `json:"id"`
	Watch int64  `json:"watch"` // 0 where it is about stet itself
	URL   string `json:"url"`
	Text  string `json:"text"`
}

func payload(d notify.Delivery) Payload {
	if n := d.News; n != nil {
		return Payload{Type: "news", At: n.At.UTC(), Data: News{n.ID, n.Watch, n.URL, n.Text}}
	}
	a := d.Alert
	return Payload{Type: "change", At: a.Seen.UTC(), Data: Change{
		ID: a.ID, Watch: a.Watch, URL: a.URL, Label: a.Label, Tags: notNil(a.Tags), Source: a.Source,
		Site: a.Site, Headline: a.Headline, Authors: notNil(a.Authors), Language: a.Language,
		From: a.From, To: a.To,
		Published: known(a.Published), FirstSeen: known(a.FirstSeen.UTC()), Previous: known(a.Previous.UTC()), Seen: known(a.Seen.UTC()),
		Ledger: a.Ledger, Story: a.Story, Diff: a.Diff, Change: told(a.Change),
		Gathered: updates(d.Gathered),
	}}
}

func updates(as []notify.Alert) []Update {
	us := []Update{}
	for _, a := range as {
		us = append(us, Update{
			ID: a.ID, Headline: a.Headline, From: a.From, To: a.To, Previous: known(a.Previous.UTC()), Seen: known(a.Seen.UTC()),
			Ledger: a.Ledger, Diff: a.Diff, Change: told(a.Change),
		})
	}
	return us
}

// told is a change with its changed blocks only.
func told(c compare.Change) compare.Change {
	c.Blocks = changed(c.Blocks)
	return c
}

// changed leaves out the blocks that stayed as they were: a receiver is told
// of a change, and does not need the whole article each time.
func changed(blocks []compare.Block) []compare.Block {
	out := []compare.Block{}
	for _, b := range blocks {
		if b.Op != compare.Equal {
			out = append(out, b)
		}
	}
	return out
}

// known returns a time, or nil for one that is unknown or that JSON has no
// form for, such as a page's year 20260.
func known(t time.Time) *time.Time {
	if _, err := t.MarshalJSON(); t.IsZero() || err != nil {
		return nil
	}
	return &t
}

func notNil(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
