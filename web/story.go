package web

import (
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"net/http"
	"slices"
	"time"

	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
)

// storyPage is one story: what became of it, newest first.
type storyPage struct {
	Headline  string
	Language  string
	Site      string
	Address   string // of the story itself
	URL       string // the same, to link to; "" if it cannot be
	Byline    string
	Published moment
	Told      string // what happened, in one or two sentences
	Silent    int    // silent edits
	Latest    int    // number of the newest revision, 0 before the first
	Text      string // address of its text
	FirstLast string // address of the difference of all edits, "" with fewer than two
	DiffForm  string // where the choice of two revisions is sent, "" with fewer than two
	Choices   []choice
	State     watchState
	Events    []event
	Facts     []fact
	Revisions string // how many, in words
	Leaf      string // first 12 hex digits of the newest ledger leaf, or ""
	Schedule  string
	Waits     string // what must be seen twice before it is told, or ""
	MovedTo   string // where the address leads to now, or ""
	Tags      []string
	Trail     trail // how the latest look went
}

// A choice is a revision to choose.
type choice struct {
	Number   int
	Text     string
	From, To bool // chosen at first
}

// An event is one thing that was seen of a story: its first revision, or a change.
type event struct {
	ID          string
	At          moment
	Verdict     verdict
	Summary     []piece
	Notes       []note
	Undisclosed []string
	Terms       []term
	Links       []link
}

// A term is a line of small print: what it is about, and what is known of it.
type term struct{ Name, Text string }

func (s *Server) story(ctx context.Context, r *http.Request) (view, error) {
	watch, err := id(r, "watch")
	if err != nil {
		return view{}, err
	}
	w, err := s.library.Watch(ctx, watch)
	if err != nil {
		return view{}, fmt.Errorf("read watch %d: %w", watch, err)
	}
	history, err := s.library.History(ctx, watch)
	if err != nil {
		return view{}, fmt.Errorf("read the history of watch %d: %w", watch, err)
	}
	p := storyPage{
		Headline: w.Name(),
		Address:  w.URL,
		URL:      webURL(w.URL),
		State:    s.stateOf(w),
		Schedule: scheduleName(w),
		Waits:    w.Pending.Reason,
		MovedTo:  w.MovedTo,
		Tags:     w.Tags,
		Told:     "No revision is kept yet: the story was not read as an article so far.",
	}
	if p.Trail, err = s.lookTrail(ctx, watch); err != nil {
		return view{}, err
	}
	if len(history) > 0 {
		s.fillStory(&p, w, history)
	}
	return view{page: "story", Title: p.Headline, Section: "stories", Main: p}, nil
}

func (s *Server) fillStory(p *storyPage, w watcher.Watch, history []watcher.Entry) {
	first, latest := history[0].Revision, history[len(history)-1].Revision
	a := latest.Article
	p.Headline, p.Language, p.Site = cmp.Or(a.Headline, w.Name()), language(a.Language), a.Site
	p.Byline, p.Published = byline(a.Authors), s.full(a.Published)
	p.Latest, p.Text = latest.Number, revisionPath(w.ID, latest.Number)
	p.Revisions = count(len(history), "revision", "revisions")
	if latest.LeafHash != ([32]byte{}) {
		p.Leaf = hex.EncodeToString(latest.LeafHash[:6])
	}
	if len(history) > 1 {
		p.DiffForm = storyPath(w.ID) + "/diff"
		p.Choices = s.choices(history)
	}
	if len(history) > 2 {
		p.FirstLast = fmt.Sprintf("%s?from=%d&to=%d", p.DiffForm, first.Number, latest.Number)
	}
	p.Events, p.Facts = s.events(w, history)
	p.Told, p.Silent = told(w, history)
}

// told sums a story up, and counts its silent edits.
func told(w watcher.Watch, history []watcher.Entry) (string, int) {
	edits, silent := 0, 0
	for _, e := range history {
		for _, c := range e.Changes {
			if c.From != c.To && c.Weight != compare.Cosmetic {
				edits++
			}
			if c.Silent {
				silent++
			}
		}
	}
	first, last := history[0].Revision.FirstSeen, history[len(history)-1].Revision.LastSeen
	text := fmt.Sprintf("Changed %s in %s.", times(edits), span(last.Sub(first)))
	if edits == 0 {
		text = fmt.Sprintf("Not changed in the %s that it was seen.", span(last.Sub(first)))
	}
	switch {
	case w.Gone:
		text += " The address no longer serves it; the last text seen is kept."
	case w.Walled() && w.State == watcher.Active:
		text += " A login, consent or captcha page stands in its place now; the last text seen is kept."
	case w.State == watcher.Paused:
		text += " It is not looked at now: the watch is paused."
	case w.State == watcher.Removed:
		text += " It is no longer looked at; what was seen is kept."
	}
	return text, silent
}

// events turns a history into a timeline, newest first, and gathers the facts
// that changed, oldest first.
func (s *Server) events(w watcher.Watch, history []watcher.Entry) (events []event, facts []fact) {
	for i, e := range history {
		if i == 0 {
			events = append(events, s.firstSeen(w, e.Revision))
		}
		for _, c := range e.Changes {
			ev := s.event(c, history, i)
			events = append(events, ev)
			for _, f := range factsOf(c.Change) {
				f.At, f.Anchor = ev.At, ev.ID
				facts = append(facts, f)
			}
		}
	}
	slices.Reverse(events)
	return events, facts
}

func (s *Server) firstSeen(w watcher.Watch, r watcher.Revision) event {
	text := "What stood there before is not known."
	if p := r.Article.Published; !p.IsZero() && !r.FirstSeen.Before(p) {
		text = span(r.FirstSeen.Sub(p)) + " after the time of publication that the page gives. " + text
	}
	return event{
		ID:      "first",
		At:      s.near(r.FirstSeen),
		Verdict: verdict{"First seen", "first", "plain"},
		Summary: words(text),
		Terms:   s.terms(r, article.Article{}),
		Links:   []link{{revisionPath(w.ID, r.Number), fmt.Sprintf("Text of r%d", r.Number)}},
	}
}

func (s *Server) event(c watcher.Change, history []watcher.Entry, i int) event {
	ev := event{
		ID:          fmt.Sprintf("change%d", c.ID),
		At:          s.near(c.Seen),
		Verdict:     verdictOf(c.Change),
		Summary:     summaryOf(c.Change),
		Notes:       notesOf(c.Change),
		Undisclosed: c.Undisclosed,
		Links:       []link{{diffPath(c.ID), "Diff " + steps(c.From, c.To)}, {diffPath(c.ID) + "#trail", "Why"}},
	}
	if c.From == c.To {
		ev.Links[0].Text = "Details"
		return ev
	}
	r := history[i].Revision
	var earlier article.Article
	if i > 0 {
		before := history[i-1].Revision
		earlier = before.Article
		if c.Seen.Sub(before.LastSeen) >= time.Minute {
			ev.Terms = append(ev.Terms, term{"Changed between", s.near(before.LastSeen).Text + " and " + s.near(c.Seen).Text})
		}
	}
	if late := c.LateDisclosure(); late != "" {
		ev.Terms = append(ev.Terms, term{"Readers were told late", late})
	}
	ev.Terms = append(ev.Terms, s.terms(r, earlier)...)
	ev.Links = append(ev.Links, link{revisionPath(c.Watch, c.To), fmt.Sprintf("Text of r%d", c.To)})
	return ev
}

// terms says what time the page showed with a revision, and how long the
// revision stood.
func (s *Server) terms(r watcher.Revision, earlier article.Article) []term {
	var terms []term
	if stamp := r.Article.Stamp; stamp != "" {
		if stamp == earlier.Stamp {
			stamp += ", unmoved"
		}
		terms = append(terms, term{"The page said", stamp})
	}
	if stood := r.LastSeen.Sub(r.FirstSeen); stood >= time.Second {
		terms = append(terms, term{"Seen until", fmt.Sprintf("%s, for %s", s.near(r.LastSeen).Text, span(stood))})
	}
	return terms
}

// choices offers the revisions, the last two chosen.
func (s *Server) choices(history []watcher.Entry) []choice {
	choices := make([]choice, len(history))
	for i, e := range history {
		choices[i] = choice{
			Number: e.Revision.Number,
			Text:   fmt.Sprintf("r%d · %s", e.Revision.Number, s.near(e.Revision.FirstSeen).Text),
			From:   i == len(history)-2,
			To:     i == len(history)-1,
		}
	}
	return choices
}

// times says how often: "once", "twice", "3 times".
func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return grouped(n) + " times"
}

func byline(authors []string) string {
	if len(authors) == 0 {
		return ""
	}
	return "By " + listed(authors)
}
