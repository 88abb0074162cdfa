// Package console shows changes on a terminal and in files: [WriteChange] as
// wrapped text, in colour if asked and readable without, [WriteUnified] as a
// unified diff, [WriteMarkdown] as Markdown. [Sender] prints alerts. What a
// page could use to forge a terminal's output, such as control characters and
// bidi overrides, is taken out.
package console

import (
	"context"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"

	"stet/notify"
	"stet/notify/excerpt"
	"stet/watcher/compare"
)

// Options say how text is laid out.
type Options struct {
	Color    bool // mark with colours instead of [-old-] {+new+}
	Width    int  // columns to wrap at; 0 means 80, less than 0 no wrapping
	Around   int  // words shown around changed ones; 0 means 8, less than 0 whole passages
	Passages int  // the most passages shown, the rest counted; 0 means all
}

// senderPassages is the most passages that an alert shows.
const senderPassages = 8

// A Sender prints alerts and news to a terminal or file.
type Sender struct {
	out  io.Writer
	opts Options
	mu   sync.Mutex
}

// New returns a sender that prints to out.
func New(out io.Writer, o Options) *Sender {
	if o.Passages == 0 {
		o.Passages = senderPassages
	}
	return &Sender{out: out, opts: o}
}

// Fingerprint is always the same: a console has no settings.
func (s *Sender) Fingerprint() string { return "console" }

// Check says that a console is always there.
func (s *Sender) Check(context.Context) (string, error) { return "prints to the terminal", nil }

// Send implements notify.Sender. An alert is printed in one write. If that
// fails, it is tried again later.
func (s *Sender) Send(ctx context.Context, d notify.Delivery) (string, error) {
	var p page
	p.set(s.opts)
	switch {
	case len(d.Gathered) > 1:
		p.gathered(d)
	case d.Alert != nil:
		p.alert(*d.Alert)
	case d.News != nil:
		p.news(*d.News)
	}
	p.blank()
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return "", &notify.LaterError{Err: err}
	}
	if _, err := io.WriteString(s.out, p.String()); err != nil {
		return "", &notify.LaterError{Err: fmt.Errorf("print alert: %w", err)}
	}
	return d.ID, nil
}

// WriteChange prints what changed, old and new in context, whether readers
// were told, and why it is judged so.
func WriteChange(w io.Writer, c compare.Change, o Options) error {
	var p page
	p.set(o)
	p.change(c)
	if _, err := io.WriteString(w, p.String()); err != nil {
		return fmt.Errorf("write change: %w", err)
	}
	return nil
}

// alert prints an alert: who and when, the headline, then the change.
func (p *page) alert(a notify.Alert) {
	v := a.Verdict()
	p.head(a, run{v.Mark + " " + v.Word, verdictStyle(a.Change)})
	p.body(a.Change)
	p.link("Full diff: ", a.Diff)
}

// gathered prints several updates of a story under one head, oldest first, the
// passages of each the fewer the more they are.
func (p *page) gathered(d notify.Delivery) {
	newest := *d.Alert
	newest.From = d.Gathered[0].From
	p.head(newest, run{"○ " + d.Tally(), styleBold})
	if p.opts.Passages > 0 {
		p.opts.Passages = max(1, p.opts.Passages/len(d.Gathered))
	}
	for _, a := range d.Gathered {
		c := a.Change
		c.Summary = a.Verdict().Mark + " " + a.Seen.UTC().Format("15:04:05") + " " + c.Summary
		p.body(c)
	}
	p.link("Latest diff: ", newest.Diff)
}

// head prints the verdict with outlet, time and revisions, the headline and
// the address.
func (p *page) head(a notify.Alert, verdict run) {
	rest := " · " + firstOf(a.Site, hostOf(a.URL))
	if !a.Seen.IsZero() {
		rest += " · " + a.Seen.UTC().Format("2 Jan 2006 15:04:05") + " UTC"
	}
	if revs := revisions(a); revs != "" {
		rest += " · " + revs
	}
	p.text(0, verdict, run{rest, styleDim})
	p.text(0, run{firstOf(a.Headline, a.URL), styleBold})
	p.text(0, run{excerpt.Clean(a.URL), styleDim})
}

func (p *page) link(label, address string) {
	if address != "" {
		p.text(2, run{label, styleDim}, run{excerpt.Clean(address), stylePlain})
	}
}

func (p *page) news(n notify.News) {
	head := "! For the operator"
	if !n.At.IsZero() {
		head += " · " + n.At.UTC().Format("2 Jan 2006 15:04:05") + " UTC"
	}
	p.text(0, run{head, styleBold})
	p.text(2, run{excerpt.Clean(n.Text), stylePlain})
	if n.URL != "" {
		p.text(2, run{excerpt.Clean(n.URL), styleDim})
	}
}

func revisions(a notify.Alert) string {
	switch {
	case a.To == 0:
		return ""
	case a.From == a.To || a.FirstLook():
		return fmt.Sprintf("r%d", a.To)
	}
	return fmt.Sprintf("r%d → r%d", a.From, a.To)
}

// change prints a change that stands alone, with its verdict.
func (p *page) change(c compare.Change) {
	if !c.Changed {
		p.text(0, run{"Nothing changed.", styleBold})
		p.why(c.Reasons)
		return
	}
	v := notify.VerdictOf(c)
	var rest []string
	for _, s := range []string{string(c.Weight), string(c.Nature)} {
		if s != "" && !strings.EqualFold(s, v.Word) {
			rest = append(rest, s)
		}
	}
	p.text(0, run{v.Mark + " " + v.Word, verdictStyle(c)}, run{dotted(rest), styleDim})
	p.body(c)
}

func dotted(parts []string) string {
	if len(parts) == 0 {
		return ""
	}
	return " · " + strings.Join(parts, " · ")
}

// body prints the summary, the passages, the notes and the reasons.
func (p *page) body(c compare.Change) {
	if s := excerpt.Clean(c.Summary); s != "" {
		p.text(0, run{s, stylePlain})
	}
	passages := excerpt.Passages(c, p.opts.Around)
	var rest []excerpt.Passage
	if p.opts.Passages > 0 {
		passages, rest = excerpt.Choose(passages, p.opts.Passages)
	}
	for _, passage := range passages {
		p.text(2, run{passage.Label, styleLabel})
		p.text(4, p.spans(passage)...)
	}
	if also := excerpt.Also(rest); also != "" {
		p.text(2, run{also, styleDim})
	}
	if len(c.Undisclosed) > 0 {
		p.text(2, run{"Not covered by the note: ", styleLabel}, run{excerpt.Clean(strings.Join(c.Undisclosed, "; ")), stylePlain})
	}
	p.why(c.Reasons)
}

func (p *page) why(reasons []string) {
	var sentences []string
	for _, r := range reasons {
		sentences = append(sentences, excerpt.Sentence(r))
	}
	if len(sentences) > 0 {
		p.text(2, run{"Why: ", styleLabel}, run{strings.Join(sentences, " "), stylePlain})
	}
}

// firstOf returns the first text that has anything to show.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if c := excerpt.Clean(t); c != "" {
			return c
		}
	}
	return ""
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Hostname()
}
