package console

import (
	"fmt"
	"io"
	"strings"

	"stet/notify"
	"stet/notify/excerpt"
	"stet/watcher/compare"
)

// WriteMarkdown writes a change as CommonMark with GitHub's strikethrough:
// old words ~~struck~~, new ones **bold**, the words of the page escaped.
func WriteMarkdown(w io.Writer, c compare.Change) error {
	var p page
	p.set(Options{})
	v := notify.VerdictOf(c)
	if c.Changed {
		fmt.Fprintf(&p, "**%s %s**", v.Mark, v.Word)
	} else {
		p.WriteString("**Nothing changed**")
	}
	if s := excerpt.Clean(c.Summary); s != "" {
		p.WriteString(" · " + Markdown(s))
	}
	p.WriteString("\n")
	p.passages(c)
	p.list("Not covered by the note", c.Undisclosed)
	p.list("Why", c.Reasons)
	if _, err := io.WriteString(w, p.String()); err != nil {
		return fmt.Errorf("write Markdown: %w", err)
	}
	return nil
}

func (p *page) passages(c compare.Change) {
	for _, passage := range excerpt.Passages(c, p.opts.Around) {
		fmt.Fprintf(p, "\n#### %s\n\n%s\n", passage.Label, markdownHunk(passage))
	}
}

func (p *page) list(title string, items []string) {
	if len(items) == 0 {
		return
	}
	fmt.Fprintf(p, "\n%s:\n\n", title)
	for _, item := range items {
		fmt.Fprintf(p, "- %s\n", Markdown(item))
	}
}

// markdownHunk shows one passage on one line.
func markdownHunk(passage excerpt.Passage) string {
	switch passage.Op {
	case compare.Add:
		return "> \\+ " + escapeMarkdown(passage.Spans[0].Text)
	case compare.Remove:
		return "> − " + escapeMarkdown(passage.Spans[0].Text)
	}
	var b strings.Builder
	for i, s := range passage.Spans {
		before, core, after := excerpt.Apart(passage.Spans, i)
		switch {
		case s.Op == compare.Equal || core == "":
			b.WriteString(escapeMarkdown(s.Text))
		case s.Op == compare.Remove:
			b.WriteString(before + "~~" + escapeMarkdown(core) + "~~" + after)
		default:
			b.WriteString(before + "**" + escapeMarkdown(core) + "**" + after)
		}
	}
	return b.String()
}

// Markdown returns text of a page as one line that Markdown shows as it is.
func Markdown(s string) string { return escapeMarkdown(excerpt.Clean(s)) }

// escapeMarkdown escapes what CommonMark, GitHub's tables and HTML give a
// meaning to, also at a line's start.
func escapeMarkdown(s string) string {
	var b strings.Builder
	digits := true // only digits so far: a list's number
	for i, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
			continue
		case strings.ContainsRune("\\`*_[]<>~|#", r),
			i == 0 && (r == '-' || r == '+' || r == '='),
			i > 0 && digits && (r == '.' || r == ')'),
			r == ':' && strings.HasPrefix(s[i:], "://"):
			b.WriteByte('\\')
		}
		digits = digits && r >= '0' && r <= '9'
		b.WriteRune(r)
	}
	return b.String()
}
