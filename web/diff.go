package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/compare"
)

// A difference is what a diff page shows of a change.
type difference struct {
	Story    string // address of the story's page, "" without one
	StoryURL string // of the story itself
	Title    string // the story's headline as it stands after the change
	Site     string
	Language string
	Steps    string // "r2 → r3", or "r3" where nothing was edited
	Verdict  verdict
	Summary  []piece
	Facts    []string // of the look, in words: when, how long after publication, how heavy, how late disclosed
	Kept     bool     // a change that was seen, not two revisions chosen by a reader

	Passages []passage
	Moved    bool // some passage moved

	Changed     []fact
	Notes       []note
	Undisclosed []string
	Reasons     []string
	Texts       []link // the revisions' texts and sources

	Previous, Next *link // the story's changes before and after this one

	Trail trail // how it was found and where it went; none for revisions that a reader chose
}

// A link is an address and what it is called.
type link struct{ URL, Text string }

// differenceOf shows a change's judgement and words.
func differenceOf(c compare.Change) difference {
	d := difference{
		Verdict:     verdictOf(c),
		Summary:     summaryOf(c),
		Changed:     factsOf(c),
		Notes:       notesOf(c),
		Undisclosed: c.Undisclosed,
		Reasons:     c.Reasons,
	}
	d.Title = headlineOf(c.Blocks)
	if hasEdits(c.Blocks) {
		d.Passages = passagesOf(c.Blocks)
	}
	for _, b := range c.Blocks {
		d.Moved = d.Moved || b.Op == compare.Move
	}
	return d
}

func headlineOf(blocks []compare.Block) string {
	for _, b := range blocks {
		if b.Kind == "headline" && b.New != "" {
			return b.New
		}
	}
	return ""
}

func hasEdits(blocks []compare.Block) bool {
	for _, b := range blocks {
		if b.Op != compare.Equal {
			return true
		}
	}
	return false
}

// weighed puts weight and nature in words, how long readers were not told where
// a note came late, and how many words came and went.
func weighed(c compare.Change) []string {
	var facts []string
	if c.Weight != "" {
		facts = append(facts, strings.TrimSpace(string(c.Weight)+" "+string(c.Nature)))
	}
	if late := c.LateDisclosure(); late != "" {
		facts = append(facts, late)
	}
	if c.Stats != (compare.Stats{}) {
		facts = append(facts, fmt.Sprintf("%s out, %s in",
			count(c.Stats.WordsRemoved, "word", "words"), grouped(c.Stats.WordsAdded)))
	}
	return facts
}

// diff shows one change that was kept.
func (s *Server) diff(ctx context.Context, r *http.Request) (view, error) {
	change, err := id(r, "change")
	if err != nil {
		return view{}, err
	}
	a, err := s.alert(ctx, change)
	if err != nil {
		return view{}, err
	}
	history, err := s.library.History(ctx, a.Watch)
	if err != nil {
		return view{}, fmt.Errorf("read the history of watch %d: %w", a.Watch, err)
	}
	d := differenceOf(a.Change)
	d.Kept = true
	d.Story, d.StoryURL, d.Site = storyPath(a.Watch), webURL(a.URL), a.Site
	d.Title, d.Language = cmp.Or(a.Headline, a.Label, a.URL), language(a.Language)
	d.Steps = steps(a.From, a.To)
	d.Facts = append(s.whenSeen(a), weighed(a.Change)...)
	d.Texts = textLinks(a.Watch, a.From, a.To)
	d.Previous, d.Next = neighbours(history, a.ID)
	if d.Trail, err = s.changeTrail(ctx, a, history); err != nil {
		return view{}, err
	}
	return view{page: "diff", Title: d.Steps + ": " + d.Title, Section: "changes", Main: d}, nil
}

// alert reads one change: the newest of those up to its id.
func (s *Server) alert(ctx context.Context, change int64) (notify.Alert, error) {
	if change > maxChange {
		return notify.Alert{}, errNoChange
	}
	as, err := s.library.Alerts(ctx, change+1, 1)
	if err != nil {
		return notify.Alert{}, fmt.Errorf("read change %d: %w", change, err)
	}
	if len(as) == 0 || as[0].ID != change {
		return notify.Alert{}, errNoChange
	}
	return as[0], nil
}

// whenSeen says between which two looks a change was made, and how long after
// publication.
func (s *Server) whenSeen(a notify.Alert) []string {
	facts := []string{"Seen on " + s.full(a.Seen).Text}
	if !a.Previous.IsZero() && a.Seen.Sub(a.Previous) >= time.Minute {
		facts[0] = "Changed between " + s.stretch(a.Previous, a.Seen, " and ")
	}
	if after := afterPublication(a.Published, a.Seen); after != "" {
		facts = append(facts, after)
	}
	return facts
}

// neighbours returns links to the changes before and after one, nil where
// there is none.
func neighbours(history []watcher.Entry, change int64) (previous, next *link) {
	var all []watcher.Change
	for _, e := range history {
		all = append(all, e.Changes...)
	}
	for i, c := range all {
		if c.ID != change {
			continue
		}
		if i > 0 {
			previous = &link{diffPath(all[i-1].ID), steps(all[i-1].From, all[i-1].To)}
		}
		if i+1 < len(all) {
			next = &link{diffPath(all[i+1].ID), steps(all[i+1].From, all[i+1].To)}
		}
	}
	return previous, next
}

// pair shows the difference between any two revisions of a story. Two that
// follow one another have a change that was kept; that is shown instead.
func (s *Server) pair(ctx context.Context, r *http.Request) (view, error) {
	watch, err := id(r, "watch")
	if err != nil {
		return view{}, err
	}
	query := r.URL.Query()
	a, okA := number(query.Get("from"))
	b, okB := number(query.Get("to"))
	if !okA || !okB || a == b || max(a, b) > maxRevision {
		return view{}, &problem{http.StatusBadRequest, "These two cannot be compared",
			"Choose two different revisions of the story, by their numbers, as on the story’s page."}
	}
	from, to := int(min(a, b)), int(max(a, b))
	w, err := s.library.Watch(ctx, watch)
	if err != nil {
		return view{}, fmt.Errorf("read watch %d: %w", watch, err)
	}
	if to == from+1 {
		history, err := s.library.History(ctx, watch)
		if err != nil {
			return view{}, fmt.Errorf("read the history of watch %d: %w", watch, err)
		}
		if c, ok := changeBetween(history, from, to); ok {
			return view{redirect: diffPath(c.ID)}, nil
		}
	}
	older, err := s.library.Revision(ctx, watch, from)
	if err != nil {
		return view{}, fmt.Errorf("read revision %d of watch %d: %w", from, watch, err)
	}
	newer, err := s.library.Revision(ctx, watch, to)
	if err != nil {
		return view{}, fmt.Errorf("read revision %d of watch %d: %w", to, watch, err)
	}
	c := compare.Compare(older.Article, newer.Article)
	d := differenceOf(c)
	d.Story, d.StoryURL, d.Site = storyPath(watch), webURL(w.URL), newer.Article.Site
	d.Title, d.Language = cmp.Or(newer.Article.Headline, w.Label, w.URL), language(newer.Article.Language)
	d.Steps = steps(from, to)
	d.Facts = append([]string{
		fmt.Sprintf("r%d was first seen on %s, r%d on %s", from, s.full(older.FirstSeen).Text, to, s.full(newer.FirstSeen).Text),
	}, weighed(c)...)
	d.Texts = textLinks(watch, from, to)
	return view{page: "diff", Title: d.Steps + ": " + d.Title, Section: "stories", Main: d}, nil
}

func changeBetween(history []watcher.Entry, from, to int) (watcher.Change, bool) {
	for _, e := range history {
		for _, c := range e.Changes {
			if c.From == from && c.To == to {
				return c, true
			}
		}
	}
	return watcher.Change{}, false
}

// textLinks links to the texts of two revisions and to the source of the
// later one. A story that went before it was ever read has none.
func textLinks(watch int64, from, to int) []link {
	if to < 1 {
		return nil
	}
	links := []link{{revisionPath(watch, to), fmt.Sprintf("Text of r%d", to)}}
	if from != to {
		links = []link{{revisionPath(watch, from), fmt.Sprintf("Text of r%d", from)}, links[0]}
	}
	return append(links, link{revisionPath(watch, to) + "/source", fmt.Sprintf("Source of r%d", to)})
}

// steps names the revisions that a change leads from and to.
func steps(from, to int) string {
	if to < 1 {
		return "never read"
	}
	if from == to {
		return fmt.Sprintf("r%d", to)
	}
	return fmt.Sprintf("r%d → r%d", from, to)
}

func storyPath(watch int64) string { return fmt.Sprintf("/story/%d", watch) }
func diffPath(change int64) string { return fmt.Sprintf("/diff/%d", change) }
func revisionPath(watch int64, number int) string {
	return fmt.Sprintf("/story/%d/revision/%d", watch, number)
}
