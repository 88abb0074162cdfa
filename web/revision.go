package web

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"

	"stet/watcher"
	"stet/watcher/article"
)

// The greatest numbers that an address may have.
const (
	maxRevision = 1_000_000_000
	maxPage     = 1_000_000
	maxChange   = math.MaxInt64 - 1
)

// articleText is an article as a page shows it.
type articleText struct {
	Headline  string
	Standing  string // the standfirst
	Language  string
	Site      string
	Byline    string
	Published moment
	Stamp     string
	Blocks    []article.Block
	Asides    []article.Block // watched, but perhaps not the article's
}

func textOf(a article.Article) articleText {
	t := articleText{
		Headline:  cmp.Or(a.Headline, shortURL(a.URL), "No headline"),
		Standing:  a.Standfirst,
		Language:  language(a.Language),
		Site:      a.Site,
		Byline:    byline(a.Authors),
		Published: momentIn(a.Published, a.Published.Location(), fullLayout+" MST"),
		Stamp:     a.Stamp,
	}
	for _, b := range a.Blocks {
		if b.Aside {
			t.Asides = append(t.Asides, b)
			continue
		}
		t.Blocks = append(t.Blocks, b)
	}
	return t
}

// revisionPage is an article as it stood, and what is kept of it.
type revisionPage struct {
	articleText
	Story    string
	StoryURL string
	Number   int
	Seen     string
	Degraded bool
	Reasons  []string
	Leaf     int64
	LeafHash string
	Source   string
}

func (s *Server) revision(ctx context.Context, r *http.Request) (view, error) {
	rev, err := s.readRevision(ctx, r)
	if err != nil {
		return view{}, err
	}
	p := revisionPage{
		articleText: textOf(rev.Article),
		Story:       storyPath(rev.Watch),
		StoryURL:    webURL(rev.Article.URL),
		Number:      rev.Number,
		Seen:        "Seen from " + s.stretch(rev.FirstSeen, rev.LastSeen, " to "),
		Degraded:    rev.Article.Degraded,
		Reasons:     rev.Article.Reasons,
		Leaf:        rev.Leaf,
		Source:      revisionPath(rev.Watch, rev.Number) + "/source",
	}
	p.Published = s.full(rev.Article.Published)
	if rev.LeafHash != ([32]byte{}) {
		p.LeafHash = fmt.Sprintf("%x", rev.LeafHash)
	}
	return view{page: "revision", Title: fmt.Sprintf("r%d: %s", p.Number, p.Headline), Section: "stories", Main: p}, nil
}

// readRevision reads the revision that a request's path names.
func (s *Server) readRevision(ctx context.Context, r *http.Request) (watcher.Revision, error) {
	watch, err := id(r, "watch")
	if err != nil {
		return watcher.Revision{}, err
	}
	n, err := id(r, "number")
	if err != nil {
		return watcher.Revision{}, err
	}
	if n > maxRevision {
		return watcher.Revision{}, watcher.ErrNoRevision
	}
	rev, err := s.library.Revision(ctx, watch, int(n))
	if err != nil {
		return watcher.Revision{}, fmt.Errorf("read revision %d of watch %d: %w", n, watch, err)
	}
	return rev, nil
}

// source sends the page that a revision was read from, byte for byte. It goes
// out as plain text, which no browser runs, under a name made of numbers.
func (s *Server) source(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), storeTimeout)
	defer cancel()
	rev, err := s.readRevision(ctx, r)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	c, err := s.library.Capture(ctx, rev.ID)
	if err != nil {
		s.fail(w, r, fmt.Errorf("read the source of revision %d: %w", rev.ID, err))
		return
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Content-Disposition", fmt.Sprintf(`inline; filename="story-%d-revision-%d.html.txt"`, rev.Watch, rev.Number))
	h.Set("Content-Security-Policy", policy+"; sandbox")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", strconv.Itoa(len(c.Body)))
	w.Write(c.Body) // an error means that the reader is gone
}
