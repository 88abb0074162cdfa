package web

import (
	"context"
	"errors"
	"iter"
	"net/http"
	"slices"
	"time"

	"stet/notify"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// now is when the tests look at the pages.
var now = time.Date(2026, 11, 17, 18, 52, 0, 0, time.UTC)

// A newsroom is a Library of invented stories.
type newsroom struct {
	watches  []watcher.Watch
	history  map[int64][]watcher.Entry
	articles map[[2]int64]article.Article // by watch and number
	alerts   []notify.Alert               // newest first
	captures map[int64]fetch.Capture
	steps    map[int64][]watcher.Step // of changes
	former   map[int64][]watcher.FormerVerdict
	routed   map[int64]notify.Routed
	err      error         // what every method answers, if set
	slow     chan struct{} // what every method waits for, if set
}

var errNoCapture = errors.New("no such capture")

func (n *newsroom) wait(ctx context.Context) error {
	if n.slow != nil {
		select {
		case <-n.slow:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return n.err
}

func (n *newsroom) Watches(ctx context.Context, f watcher.Filter) iter.Seq2[watcher.Watch, error] {
	return func(yield func(watcher.Watch, error) bool) {
		if err := n.wait(ctx); err != nil {
			yield(watcher.Watch{}, err)
			return
		}
		for _, w := range n.watches {
			if (f.State == "" || f.State == w.State) && (f.Tag == "" || slices.Contains(w.Tags, f.Tag)) && !yield(w, nil) {
				return
			}
		}
	}
}

func (n *newsroom) Watch(ctx context.Context, id int64) (watcher.Watch, error) {
	if err := n.wait(ctx); err != nil {
		return watcher.Watch{}, err
	}
	for _, w := range n.watches {
		if w.ID == id {
			return w, nil
		}
	}
	return watcher.Watch{}, watcher.ErrNoWatch
}

func (n *newsroom) Earlier(ctx context.Context, watch int64) ([]compare.Version, error) {
	var ds []compare.Version
	for _, e := range n.history[watch] {
		ds = append(ds, compare.Version{Number: e.Revision.Number, Headline: e.Revision.Article.Headline})
	}
	return ds, n.wait(ctx)
}

func (n *newsroom) History(ctx context.Context, watch int64) ([]watcher.Entry, error) {
	return n.history[watch], n.wait(ctx)
}

func (n *newsroom) Revision(ctx context.Context, watch int64, number int) (watcher.Revision, error) {
	if err := n.wait(ctx); err != nil {
		return watcher.Revision{}, err
	}
	for _, e := range n.history[watch] {
		if e.Revision.Number == number {
			r := e.Revision
			r.Article = n.articles[[2]int64{watch, int64(number)}]
			return r, nil
		}
	}
	return watcher.Revision{}, watcher.ErrNoRevision
}

func (n *newsroom) Alerts(ctx context.Context, before int64, limit int) ([]notify.Alert, error) {
	var as []notify.Alert
	for _, a := range n.alerts {
		if (before == 0 || a.ID < before) && len(as) < limit {
			as = append(as, a)
		}
	}
	return as, n.wait(ctx)
}

func (n *newsroom) Steps(ctx context.Context, watch int64) ([]watcher.Step, time.Time, error) {
	w, err := n.Watch(ctx, watch)
	if err != nil || w.LastCheck.IsZero() {
		return nil, time.Time{}, err
	}
	return []watcher.Step{{Name: "fetch", Detail: "304 from 192.0.2.7:443"}, {Name: "result", Detail: w.LastReason}}, w.LastCheck, nil
}

func (n *newsroom) ChangeSteps(ctx context.Context, change int64) ([]watcher.Step, error) {
	return n.steps[change], n.wait(ctx)
}

func (n *newsroom) FormerVerdicts(ctx context.Context, change int64) ([]watcher.FormerVerdict, error) {
	return n.former[change], n.wait(ctx)
}

func (n *newsroom) Routed(ctx context.Context, change int64) (notify.Routed, error) {
	return n.routed[change], n.wait(ctx)
}

func (n *newsroom) Capture(ctx context.Context, revision int64) (fetch.Capture, error) {
	if c, ok := n.captures[revision]; ok {
		return c, n.wait(ctx)
	}
	return fetch.Capture{}, errNoCapture
}

func (n *newsroom) Status(ctx context.Context, now time.Time) (watcher.Status, error) {
	var st watcher.Status
	for _, w := range n.watches {
		switch {
		case w.State == watcher.Paused:
			st.Paused++
			continue
		case w.Troubles >= 3 && w.LastResult == watcher.Quarantined:
			st.Quarantined++
		case w.Troubles >= 3:
			st.Failing++
		}
		st.Active++
		if st.NextCheck.IsZero() || w.NextCheck.Before(st.NextCheck) {
			st.NextCheck = w.NextCheck
		}
	}
	return st, n.wait(ctx)
}

// add keeps a watch.
func (n *newsroom) add(w watcher.Watch) {
	w.State = watcher.State(or(string(w.State), string(watcher.Active)))
	w.Added = now.Add(-72 * time.Hour)
	n.watches = append(n.watches, w)
}

// revise keeps an article as the watch's next revision, seen first and last at
// so many minutes before now, and the change that led to it.
func (n *newsroom) revise(watch int64, a article.Article, first, last int, c *compare.Change) {
	number := len(n.history[watch]) + 1
	short := a
	short.Blocks = nil
	r := watcher.Revision{
		ID: watch*100 + int64(number), Watch: watch, Number: number, Article: short,
		FirstSeen: minutesAgo(first), LastSeen: minutesAgo(last),
		Leaf: watch*100 + int64(number), LeafHash: [32]byte{0x9f, 0x3a, 0xc1, 0xd0, 0x7b, 0xe4, byte(number)},
	}
	n.history[watch] = append(n.history[watch], watcher.Entry{Revision: r})
	n.articles[[2]int64{watch, int64(number)}] = a
	n.captures[r.ID] = fetch.Capture{Status: 200, Header: http.Header{"Content-Type": {"text/html"}},
		Body: []byte("<!doctype html><title>" + a.Headline + "</title>\r\n<script>alert('page')</script>")}
	if c != nil {
		n.change(watch, number-1, number, *c)
	}
}

// change keeps a change of the watch's newest revision.
func (n *newsroom) change(watch int64, from, to int, c compare.Change) {
	history := n.history[watch]
	e := &history[len(history)-1]
	seen := e.Revision.FirstSeen
	if from == to {
		seen = e.Revision.LastSeen.Add(40 * time.Minute)
	}
	id := int64(len(n.alerts) + 1)
	e.Changes = append(e.Changes, watcher.Change{ID: id, Watch: watch, From: from, To: to, Seen: seen, Change: c})
	w, _ := n.Watch(context.Background(), watch)
	a := e.Revision.Article
	alert := notify.Alert{ID: id, Watch: watch, From: from, To: to, URL: w.URL, Label: w.Label, Headline: a.Headline, Site: a.Site,
		Language: a.Language, Authors: a.Authors, Published: a.Published, FirstSeen: history[0].Revision.FirstSeen, Seen: seen, Change: c}
	if from != to {
		alert.Previous = history[len(history)-2].Revision.LastSeen
	}
	n.alerts = slices.Insert(n.alerts, 0, alert)
}

func minutesAgo(n int) time.Time { return now.Add(-time.Duration(n) * time.Minute) }

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}
