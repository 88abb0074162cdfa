package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"stet/watcher"
	"stet/watcher/fetch"
)

// storiesOf is how many stories one page lists.
const storiesOf = 50

// needsPerson is how many looks in a row must go wrong before a watch is said
// to need a person, as in watcher.Status.
const needsPerson = 3

// storiesPage is the list of watches, troubles first.
type storiesPage struct {
	Status   statusLine
	Chosen   string // what the filter chose, in words; "" for all
	Need     []storyRow
	Rows     []storyRow
	Total    int
	First    int // the first of Rows, counted from 1
	Last     int
	Previous string // addresses of the pages before and after
	Next     string
}

// A storyRow is one watch in a list of many.
type storyRow struct {
	Story    string
	Headline string
	Address  string // the story's, without its scheme; "" where it stands for the headline
	Tags     []string
	State    watchState
	Edits    string
	Schedule string
}

// A watchState says how it goes with a watch.
type watchState struct {
	Word  string
	Icon  string
	Class string // "ok", "warn", "ill" or "hold"
	Last  moment
	Did   string // what the last look found, in words
	Next  string // when the next one is
	Rank  int    // worst first
}

func (s *Server) stories(ctx context.Context, r *http.Request) (view, error) {
	query := r.URL.Query()
	f := watcher.Filter{State: watcher.State(query.Get("state")), Tag: query.Get("tag"), Host: query.Get("host")}
	if err := checkState(f.State); err != nil {
		return view{}, err
	}
	page := 1
	if text := query.Get("page"); text != "" {
		n, ok := number(text)
		if !ok || n > maxPage {
			return view{}, &problem{http.StatusBadRequest, "There is no such page of stories", "Pages are counted from 1."}
		}
		page = int(n)
	}
	status, err := s.status(ctx)
	if err != nil {
		return view{}, err
	}
	watches, err := s.ranked(ctx, f)
	if err != nil {
		return view{}, err
	}
	p := storiesPage{
		Status: status,
		Chosen: chosen(f),
		Total:  len(watches),
	}
	start := min((page-1)*storiesOf, len(watches))
	end := min(start+storiesOf, len(watches))
	p.First, p.Last = start+1, end
	if start > 0 {
		p.Previous = storiesPath(query, page-1)
	}
	if end < len(watches) {
		p.Next = storiesPath(query, page+1)
	}
	for _, w := range watches[start:end] {
		row, err := s.storyRow(ctx, w.id)
		if err != nil {
			return view{}, err
		}
		if row.State.Rank == rankNeed {
			p.Need = append(p.Need, row)
			continue
		}
		p.Rows = append(p.Rows, row)
	}
	return view{page: "stories", Title: "Stories", Section: "stories", Main: p}, nil
}

func checkState(state watcher.State) error {
	switch state {
	case "", watcher.Active, watcher.Paused, watcher.Removed:
		return nil
	}
	return &problem{http.StatusBadRequest, "There is no such state", "A watch is active, paused or removed."}
}

func chosen(f watcher.Filter) string {
	var words []string
	if f.State != "" {
		words = append(words, string(f.State))
	}
	if f.Tag != "" {
		words = append(words, "tagged “"+f.Tag+"”")
	}
	if f.Host != "" {
		words = append(words, "at "+f.Host)
	}
	return strings.Join(words, ", ")
}

func storiesPath(query url.Values, page int) string {
	q := url.Values{"page": {fmt.Sprint(page)}}
	for _, key := range []string{"state", "tag", "host"} {
		if v := query.Get(key); v != "" {
			q.Set(key, v)
		}
	}
	return "/stories?" + q.Encode()
}

func (s *Server) storyRow(ctx context.Context, watch int64) (storyRow, error) {
	w, err := s.library.Watch(ctx, watch)
	if err != nil {
		return storyRow{}, fmt.Errorf("read watch %d: %w", watch, err)
	}
	revisions, err := s.library.Earlier(ctx, watch)
	if err != nil {
		return storyRow{}, fmt.Errorf("read the headlines of watch %d: %w", watch, err)
	}
	row := storyRow{
		Story:    storyPath(w.ID),
		Headline: w.Label,
		Address:  shortURL(w.URL),
		Tags:     w.Tags,
		State:    s.stateOf(w),
		Schedule: scheduleName(w),
	}
	if n := len(revisions); n > 0 {
		row.Headline = cmp.Or(row.Headline, revisions[n-1].Headline)
		if n > 1 {
			row.Edits = count(n, "revision", "revisions")
		}
	}
	if row.Headline == "" {
		row.Headline, row.Address = row.Address, ""
	}
	return row, nil
}

// How watches are ranked, worst first.
const (
	rankNeed = iota
	rankTrouble
	rankNew
	rankWell
	rankGone
	rankPaused
	rankRemoved
)

// A rank is what little of a watch its place in the list depends on: a
// hundred thousand of them are sorted to show fifty.
type rank struct {
	id       int64
	order    int
	troubles int
	seen     int64 // Unix time
}

// ranked returns the watches that f chooses, worst first, then those seen last.
func (s *Server) ranked(ctx context.Context, f watcher.Filter) ([]rank, error) {
	var all []rank
	for w, err := range s.library.Watches(ctx, f) {
		if err != nil {
			return nil, fmt.Errorf("read the watches: %w", err)
		}
		all = append(all, rank{w.ID, rankOf(w), w.Troubles, w.LastSeen.Unix()})
	}
	slices.SortFunc(all, func(a, b rank) int {
		return cmp.Or(cmp.Compare(a.order, b.order), cmp.Compare(b.troubles, a.troubles), cmp.Compare(b.seen, a.seen), cmp.Compare(b.id, a.id))
	})
	return all, nil
}

func rankOf(w watcher.Watch) int {
	switch {
	case w.State == watcher.Removed:
		return rankRemoved
	case w.State == watcher.Paused:
		return rankPaused
	case w.Troubles >= needsPerson:
		return rankNeed
	case w.Troubles > 0:
		return rankTrouble
	case w.Gone:
		return rankGone
	case w.LastCheck.IsZero():
		return rankNew
	}
	return rankWell
}

// stateOf puts a watch's state, last and next look in words.
func (s *Server) stateOf(w watcher.Watch) watchState {
	st := watchState{Last: s.near(w.LastCheck), Did: lastLook(w), Next: s.nextOf(w), Rank: rankOf(w)}
	switch st.Rank {
	case rankNeed:
		st.Word, st.Icon, st.Class = troubleName(w), "ill", "ill"
	case rankTrouble:
		st.Word, st.Icon, st.Class = troubleName(w), "ill", "warn"
	case rankNew:
		st.Word, st.Icon, st.Class = "Not looked at yet", "first", "hold"
	case rankGone:
		st.Word, st.Icon, st.Class = "Gone", "gone", "hold"
	case rankPaused:
		st.Word, st.Icon, st.Class = "Paused", "hold", "hold"
	case rankRemoved:
		st.Word, st.Icon, st.Class = "Removed", "gone", "hold"
	default:
		st.Word, st.Icon, st.Class = "Well", "ok", "ok"
	}
	return st
}

// troubleName puts what went wrong with a watch in few words.
func troubleName(w watcher.Watch) string {
	if w.LastResult == watcher.Quarantined {
		return "Not the article"
	}
	switch w.LastFailure {
	case fetch.FailDNS:
		return "Host not found"
	case fetch.FailRefused:
		return "Nobody answers"
	case fetch.FailTLS:
		return "No secure connection"
	case fetch.FailTimeout:
		return "Too slow"
	case fetch.FailTooLarge:
		return "Page too large"
	case fetch.FailTruncated:
		return "Broken off"
	case fetch.FailEncoding:
		return "Unreadable coding"
	case fetch.FailRedirect:
		return "Redirected in vain"
	case fetch.FailClientError:
		return "Page refused"
	case fetch.FailServerError:
		return "Site in trouble"
	case fetch.FailRobots:
		return "Not allowed by robots.txt"
	case fetch.FailGuard:
		return "Address not allowed"
	case fetch.FailURL:
		return "No address to fetch"
	}
	return "Not reached"
}

// lastLook says what the last look found, and of how many in a row that holds.
func lastLook(w watcher.Watch) string {
	if w.LastCheck.IsZero() {
		return ""
	}
	text := strings.TrimSuffix(cmp.Or(w.LastReason, string(w.LastResult)), ".")
	text = upperFirst(text) + "."
	if w.Troubles > 1 {
		text += fmt.Sprintf(" So it was for %s in a row.", count(w.Troubles, "look", "looks"))
	}
	return text
}

func (s *Server) nextOf(w watcher.Watch) string {
	if w.State != watcher.Active || w.NextCheck.IsZero() {
		return "none"
	}
	left := w.NextCheck.Sub(s.now())
	switch {
	case left < time.Second:
		return "due now"
	case left < 12*time.Hour:
		return "in " + span(left)
	}
	return s.near(w.NextCheck).Text
}

func scheduleName(w watcher.Watch) string { return cmp.Or(w.Schedule, "default schedule") }

// shortURL leaves the scheme of an address out.
func shortURL(address string) string {
	_, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	return strings.TrimSuffix(rest, "/")
}
