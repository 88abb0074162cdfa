package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"time"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/compare"
)

// pageOf is how many changes one page lists.
const pageOf = 40

// changesPage is the list of the newest changes.
type changesPage struct {
	Days   []changesDay
	Silent int // listed silent edits
	Listed int
	Hidden int // changes of this page that are too slight to be told
	All    bool
	Here   string // this page with the hidden ones, or without
	Newest bool
	Older  string // address of the next page, "" at the end
	Status statusLine
}

type changesDay struct {
	Name string
	Rows []changeRow
}

// A changeRow is one change in a list of many.
type changeRow struct {
	Verdict  verdict
	At       moment
	Site     string
	After    string // "3 h after publication", or ""
	Headline []piece
	Language string
	Summary  []piece
	Story    string
	Diff     string
	DiffName string // what the link to it is called
	Traits   []string
	Steps    string
}

// statusLine says in numbers how the watching goes.
type statusLine struct {
	Watched int // active and paused
	Paused  int
	Need    int // watches that need a person
	Next    string
}

func (s *Server) changes(ctx context.Context, r *http.Request) (view, error) {
	query := r.URL.Query()
	var before int64
	if text := query.Get("before"); text != "" {
		n, ok := number(text)
		if !ok {
			return view{}, &problem{http.StatusBadRequest, "There is no such page of changes",
				"The number after before= is that of a change, counted from 1."}
		}
		before = n
	}
	alerts, err := s.library.Alerts(ctx, before, pageOf+1)
	if err != nil {
		return view{}, fmt.Errorf("read changes before %d: %w", before, err)
	}
	p := changesPage{Newest: before == 0, All: query.Get("all") == "1"}
	if p.Status, err = s.status(ctx); err != nil {
		return view{}, err
	}
	if len(alerts) > pageOf {
		alerts = alerts[:pageOf]
		p.Older = changesPath(alerts[pageOf-1].ID, p.All)
	}
	p.Here = changesPath(before, !p.All)
	s.list(&p, alerts)
	return view{page: "changes", Title: "Changes", Section: "changes", Main: p}, nil
}

// list puts alerts under their days, and counts those left out.
func (s *Server) list(p *changesPage, alerts []notify.Alert) {
	for _, a := range alerts {
		if !a.Told && !p.All {
			p.Hidden++
			continue
		}
		p.Listed++
		if a.Silent {
			p.Silent++
		}
		day := s.day(a.Seen)
		if len(p.Days) == 0 || p.Days[len(p.Days)-1].Name != day {
			p.Days = append(p.Days, changesDay{Name: day})
		}
		last := &p.Days[len(p.Days)-1]
		last.Rows = append(last.Rows, s.changeRow(a))
	}
}

func (s *Server) changeRow(a notify.Alert) changeRow {
	name := "See the diff"
	if a.From == a.To {
		name = "See what was seen"
	}
	return changeRow{
		Verdict:  verdictOf(a.Change),
		At:       s.clock(a.Seen),
		Site:     a.Site,
		After:    afterPublication(a.Published, a.Seen),
		Headline: markedHeadline(a.Change, cmp.Or(a.Headline, a.Label, a.URL)),
		Language: language(a.Language),
		Summary:  summaryOf(a.Change),
		Story:    storyPath(a.Watch),
		Diff:     diffPath(a.ID),
		DiffName: name,
		Traits:   traits(a.Change),
		Steps:    steps(a.From, a.To),
	}
}

// markedHeadline returns the headline with its edit marked, if it had one.
func markedHeadline(c compare.Change, headline string) []piece {
	for _, b := range c.Blocks {
		if b.Kind == "headline" && b.Op == compare.Replace {
			return piecesOf(b)
		}
	}
	return words(headline)
}

func (s *Server) status(ctx context.Context) (statusLine, error) {
	now := s.now()
	st, err := s.library.Status(ctx, now)
	if err != nil {
		return statusLine{}, fmt.Errorf("read the status: %w", err)
	}
	return statusLine{Watched: st.Active + st.Paused, Paused: st.Paused, Need: st.Failing + st.Quarantined, Next: nextLook(st, now)}, nil
}

// nextLook says when the next check is due, or "" if none is.
func nextLook(st watcher.Status, now time.Time) string {
	left := st.NextCheck.Sub(now)
	switch {
	case st.Due == 0 && st.NextCheck.IsZero():
		return ""
	case st.Due > 0 || left < time.Second:
		return "now"
	}
	return "in " + span(left)
}

func changesPath(before int64, all bool) string {
	path, sep := "/changes", "?"
	if before > 0 {
		path, sep = fmt.Sprintf("%s?before=%d", path, before), "&"
	}
	if all {
		path += sep + "all=1"
	}
	return path
}
