package watcher

import (
	"net/http"
	"slices"
	"time"

	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// withHeader adds a capture's Last-Modified to the hidden stamps of its page. A
// server that gives the time of the request instead gives none.
func withHeader(hidden []article.Stamp, c *fetch.Capture) []article.Stamp {
	at, err := http.ParseTime(lastModified(c))
	if err != nil {
		return hidden
	}
	return append(slices.Clip(hidden), article.Stamp{Source: article.FromHeader, Time: at})
}

// stampsApart is how far apart two changes of nothing but the time shown are
// recorded that no other change parts.
const stampsApart = 24 * time.Hour

// stamped records that the time shown moved and nothing else did. Some pages
// show a new one with every comment, or by turns that of this server and of
// that: so such a move is recorded once between two other changes, and then
// once a day. What readers see now is kept all the same, for the next verdict.
func stamped(l *Look, before, now article.Article) {
	if !article.StampMoved(before, now) {
		return
	}
	w := &l.Watch
	change := compare.StampMove(before, now)
	if last := w.StampChanged; !last.IsZero() && l.At.Sub(last) < stampsApart {
		l.step("stamp", "%s; not recorded: the last change was such a move too, within a day", change.Summary)
		return
	}
	l.step("stamp", "%s; recorded, not told", change.Summary)
	l.found(change)
	w.StampChanged = l.At
}
