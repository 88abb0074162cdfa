package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"stet/watcher"
)

// A view is one page before it is rendered.
type view struct {
	page    string // the template in templates/, without ".html"
	Title   string
	Section string // which entry of the head's menu it belongs to: "changes", "stories" or ""
	Zone    string // the zone of all times on the page, in words
	Main    any    // what the page's own template is filled with

	redirect string // where to go instead
}

// storeTimeout is how long the store may take for one page.
const storeTimeout = 5 * time.Second

// page makes a handler of a function that looks a page up.
func (s *Server) page(look func(context.Context, *http.Request) (view, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), storeTimeout)
		defer cancel()
		v, err := s.lookUp(ctx, r, look)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case v.redirect != "":
			http.Redirect(w, r, v.redirect, http.StatusSeeOther)
		default:
			s.render(w, r, http.StatusOK, v)
		}
	}
}

// lookUp calls look and makes an error of a panic, so that one page that
// cannot be shown is a page that says so.
func (s *Server) lookUp(ctx context.Context, r *http.Request, look func(context.Context, *http.Request) (view, error)) (v view, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return look(ctx, r)
}

func (s *Server) render(w http.ResponseWriter, r *http.Request, status int, v view) {
	v.Zone = s.zoneName()
	var b bytes.Buffer
	if err := s.pages[v.page].ExecuteTemplate(&b, "layout", v); err != nil {
		s.log.ErrorContext(r.Context(), "page not rendered", "path", r.URL.Path, "err", err)
		http.Error(w, "This page could not be shown. Nothing is lost and watching goes on.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(legible(b.Bytes())) // an error means that the reader is gone
}

// A problem is an error with the page that tells of it.
type problem struct {
	Status int
	Head   string
	Text   string
}

func (p *problem) Error() string { return p.Head + ": " + p.Text }

var errNoChange = missing("This change is not kept here", "No change has this number.")

func missing(head, text string) *problem { return &problem{http.StatusNotFound, head, text} }

// fail answers with a page that says what went wrong.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if r.Context().Err() != nil {
		return // the reader is gone
	}
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		s.log.ErrorContext(r.Context(), "page not read", "path", r.URL.Path, "err", err)
	}
	s.render(w, r, p.Status, view{page: "problem", Title: p.Head, Main: p})
}

func problemOf(err error) *problem {
	var p *problem
	switch {
	case errors.As(err, &p):
		return p
	case errors.Is(err, watcher.ErrNoWatch):
		return missing("This story is not kept here", "No watch has this number.")
	case errors.Is(err, watcher.ErrNoRevision):
		return missing("This revision is not kept here", "The story has no revision of this number.")
	case errors.Is(err, context.DeadlineExceeded):
		return &problem{http.StatusServiceUnavailable, "This page could not be read",
			fmt.Sprintf("The store did not answer within %d seconds. Nothing is lost and watching goes on. If it stays, run stet doctor.", storeTimeout/time.Second)}
	}
	return &problem{http.StatusInternalServerError, "This page could not be shown",
		"Something went wrong here; what it was is in stet’s log. Nothing is lost and watching goes on."}
}

// id reads an id from the path: a positive whole number, written plainly.
func id(r *http.Request, name string) (int64, error) {
	text := r.PathValue(name)
	if n, ok := number(text); ok {
		return n, nil
	}
	return 0, missing("There is no page at this address", "A story, a revision or a change has a whole number, counted from 1.")
}

// number reads a whole number from 1 up, without sign or leading zeros.
func number(text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || strconv.FormatInt(n, 10) != text {
		return 0, false
	}
	return n, true
}

// parsePages reads every page's template, each together with the layout and
// the parts that pages share.
func parsePages() (map[string]*template.Template, error) {
	shared, err := template.New("").ParseFS(files, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("read the pages' layout: %w", err)
	}
	names, err := files.ReadDir("templates")
	if err != nil {
		return nil, err
	}
	pages := make(map[string]*template.Template)
	for _, f := range names {
		name := strings.TrimSuffix(f.Name(), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := shared.Clone()
		if err == nil {
			t, err = t.ParseFS(files, "templates/"+f.Name())
		}
		if err != nil {
			return nil, fmt.Errorf("read the page %s: %w", name, err)
		}
		pages[name] = t
	}
	return pages, nil
}

// legible takes out of a page the characters that no publisher's words should
// bring to it: controls, and those that override the direction of what
// follows (Unicode UAX #9, 2.1 to 2.5). Marks that only belong to a script, such as
// U+200F, stay.
func legible(page []byte) []byte {
	return bytes.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r < ' ' || r >= 0x7f && r < 0xa0:
			return -1
		case r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, page)
}

// static serves the stylesheet and the icon.
func (s *Server) static(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("file")
	data, err := files.ReadFile(path.Join("static", name))
	if err != nil {
		s.fail(w, r, missing("There is no page at this address", "The changes and the stories are linked above."))
		return
	}
	sum := sha256.Sum256(data)
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	w.Header().Set("Cache-Control", "no-cache")
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(data))
}

// healthz says that the process answers.
func (s *Server) healthz(w http.ResponseWriter, _ *http.Request) { plain(w, http.StatusOK, "ok\n") }

// readyz says whether the store answers.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), storeTimeout)
	defer cancel()
	if _, err := s.library.Status(ctx, s.now()); err != nil {
		s.log.ErrorContext(r.Context(), "not ready", "err", err)
		plain(w, http.StatusServiceUnavailable, "not ready: the store does not answer; stet's log says why\n")
		return
	}
	plain(w, http.StatusOK, "ready\n")
}

func (s *Server) writeMetrics(w http.ResponseWriter, _ *http.Request) {
	// Source: https://prometheus.io/docs/instrumenting/exposition_formats/
	w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	s.metrics(w)
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, text)
}
