package watcher

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"stet/watcher/compare"
	"stet/watcher/fetch"
)

func (l *Look) step(name, format string, args ...any) {
	l.Steps = append(l.Steps, Step{Name: name, Detail: fmt.Sprintf(format, args...)})
}

// clock is a time within a step.
func clock(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

// maxValue is the most bytes of a header's value, or of an address, that a
// step says.
const maxValue = 120

func brief(s string) string {
	if len(s) <= maxValue {
		return s
	}
	n := maxValue
	for !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

// asked says what was asked for and how.
func (l *Look) asked(fresh bool) {
	w, how := l.Watch, "unconditionally"
	switch {
	case fresh:
		how = "from a new connection, past caches"
	case w.ETag != "" && w.LastModified != "":
		how = "unless it has the ETag " + brief(w.ETag) + " or is unmodified since " + brief(w.LastModified)
	case w.ETag != "":
		how = "unless it has the ETag " + brief(w.ETag)
	case w.LastModified != "":
		how = "unless it is unmodified since " + brief(w.LastModified)
	}
	l.step("fetch", "asked for %s, %s", brief(fetch.Redact(w.URL)), how)
}

// answered says what the server answered, if one did.
func (l *Look) answered() {
	c := l.Capture
	if c == nil {
		return
	}
	if c.NotModified {
		l.step("fetch", "304 from %s in %d ms: not modified since the last look", c.Peer, c.Took.Milliseconds())
		return
	}
	text := fmt.Sprintf("%d from %s in %d ms, %d KB", c.Status, c.Peer, c.Took.Milliseconds(), (len(c.Body)+1023)/1024)
	if kind, _, _ := strings.Cut(c.Header.Get("Content-Type"), ";"); kind != "" {
		text += " of " + brief(kind)
	}
	if tag := c.Header.Get("ETag"); tag != "" {
		text += ", ETag " + brief(tag)
	}
	if modified := c.Header.Get("Last-Modified"); modified != "" {
		text += ", Last-Modified " + brief(modified)
		if c.Status == http.StatusOK && lastModified(c) == "" {
			text += ", not to be asked by: too fresh to tell two versions apart, or no time"
		}
	}
	l.step("fetch", "%s", text)
	switch {
	case c.MovedTo != "":
		l.step("fetch", "redirected for good to %s", brief(fetch.Redact(c.MovedTo)))
	case c.FinalURL != c.URL:
		l.step("fetch", "redirected to %s", brief(fetch.Redact(c.FinalURL)))
	}
}

// compared says how much of the text differs from the latest revision's, and
// where.
func (l *Look) compared(number int, c compare.Change) {
	if !c.Changed {
		l.step("compare", "the same as revision %d", number)
		for _, reason := range c.Reasons {
			l.step("compare", "%s", reason)
		}
		return
	}
	counts := map[compare.Op]int{}
	for _, b := range c.Blocks {
		counts[b.Op]++
	}
	var ops []string
	for _, op := range []struct {
		op   compare.Op
		done string
	}{{compare.Replace, "changed"}, {compare.Add, "added"}, {compare.Remove, "removed"}, {compare.Move, "moved"}, {compare.Equal, "the same"}} {
		if n := counts[op.op]; n > 0 {
			ops = append(ops, fmt.Sprintf("%d %s", n, op.done))
		}
	}
	fields := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		fields[i] = string(f)
	}
	l.step("compare", "with revision %d: %d words added, %d removed; of the passages %s; it touches the %s",
		number, c.Stats.WordsAdded, c.Stats.WordsRemoved, strings.Join(ops, ", "), strings.Join(fields, ", "))
}

// judged says how a change was judged, by which rules, and what was found.
func (l *Look) judged(c compare.Change) {
	for _, r := range c.Rules() {
		l.step("judge", "%s", r)
	}
	for _, reason := range c.Reasons {
		l.step("judge", "%s", reason)
	}
}

// found adds a change from the latest revision to itself.
func (l *Look) found(c compare.Change) {
	l.judged(c)
	l.Changes = append(l.Changes, c)
}

// kept says what is to be kept of the look.
func (l *Look) kept() {
	kept := "times and counters alone"
	switch {
	case l.Revision != nil:
		kept = "a revision, with its page and a leaf of the ledger"
	case l.Capture != nil && l.KeepCapture:
		kept = "the page, as the latest of the watch; no revision"
	}
	if n := len(l.Changes); n > 0 {
		kept += fmt.Sprintf("; changes to be routed: %d", n)
	}
	if n := len(l.Rejudged); n > 0 {
		kept += fmt.Sprintf("; earlier ones judged anew: %d", n)
	}
	l.step("keep", "%s", kept)
}
