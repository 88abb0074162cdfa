// Package web serves the history pages: the newest changes, the watched
// stories, one story's revisions and changes, and the differences between two
// of them, word by word.
//
// Start with [New], which gives a [Server] over a [Library], and [Server.Serve].
// Every page is one template, filled on the server and sent with one
// stylesheet and no script; nothing is loaded from elsewhere. Whatever a
// publisher wrote is hostile: it reaches a page through html/template alone,
// and letters that turn the order of text around are taken out on the way.
//
// Pages are for the machine that stet runs on, without a password: a listener
// on another address ([CheckListen]), a request under another name and one
// that came through a proxy are refused.
package web

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"
)

//go:embed templates static
var files embed.FS

// Options are what a Server may be told besides its Library. The zero Options
// are fine.
type Options struct {
	// BaseURL is the address that readers know the pages by, such as
	// "http://stet.local:8321"; requests under its host name are answered
	// besides those under localhost. Optional.
	BaseURL string
	// Zone is the time zone that times are shown in; default [time.Local].
	Zone *time.Location
	// Now is the clock; default [time.Now].
	Now func() time.Time
	// Metrics writes what /metrics answers, in Prometheus' text format.
	// Without it /metrics is not found.
	Metrics func(io.Writer)
	// Log gets what goes wrong; default none.
	Log *slog.Logger
}

// A Server answers requests for the history pages. It is safe for use by many
// goroutines at once.
type Server struct {
	library Library
	host    string // of Options.BaseURL, in lower case; "" if none
	zone    *time.Location
	now     func() time.Time
	metrics func(io.Writer)
	log     *slog.Logger
	pages   map[string]*template.Template
	handler http.Handler
}

// New returns a Server of what the library holds.
func New(library Library, o Options) (*Server, error) {
	s := &Server{
		library: library,
		zone:    o.Zone,
		now:     o.Now,
		metrics: o.Metrics,
		log:     o.Log,
	}
	if s.zone == nil {
		s.zone = time.Local
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if o.BaseURL != "" {
		u, err := url.Parse(o.BaseURL)
		if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
			return nil, fmt.Errorf("web.base_url is %q: give an address such as http://127.0.0.1:8321", o.BaseURL)
		}
		s.host = hostname(u.Host)
	}
	var err error
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/{$}", s.page(s.changes))
	mux.Handle("/changes", s.page(s.changes))
	mux.Handle("/stories", s.page(s.stories))
	mux.Handle("/story/{watch}", s.page(s.story))
	mux.Handle("/story/{watch}/diff", s.page(s.pair))
	mux.Handle("/story/{watch}/revision/{number}", s.page(s.revision))
	mux.HandleFunc("/story/{watch}/revision/{number}/source", s.source)
	mux.Handle("/diff/{change}", s.page(s.diff))
	mux.HandleFunc("/healthz", s.healthz)
	mux.HandleFunc("/readyz", s.readyz)
	if s.metrics != nil {
		mux.HandleFunc("/metrics", s.writeMetrics)
	}
	mux.HandleFunc("/static/{file}", s.static)
	mux.Handle("/", s.page(func(context.Context, *http.Request) (view, error) {
		return view{}, missing("There is no page at this address", "The changes and the stories are linked above.")
	}))
	return mux
}
