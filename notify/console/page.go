package console

import (
	"strings"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/width"

	"stet/notify/excerpt"
	"stet/watcher/compare"
)

// A style is how a run of text looks: an SGR code of ECMA-48 without the
// "\x1b[" and "m". Old words are ochre and struck, new ones blue, bold and
// underlined: new is not good and old is not bad, and colour-blind readers can
// tell them apart.
type style string

const (
	stylePlain  style = ""
	styleBold   style = "1"
	styleDim    style = "2"
	styleLabel  style = "3"
	styleOld    style = "9;33"
	styleNew    style = "1;4;94"
	styleSilent style = "1;97;41"
)

func verdictStyle(c compare.Change) style {
	if c.Silent {
		return styleSilent
	}
	return styleBold
}

// A run is text in one style.
type run struct {
	text  string
	style style
}

// A page is text laid out line by line.
type page struct {
	strings.Builder
	opts Options
}

func (p *page) set(o Options) {
	if o.Width == 0 {
		o.Width = 80
	}
	switch {
	case o.Around == 0:
		o.Around = 8
	case o.Around < 0:
		o.Around = 1 << 20
	}
	p.opts = o
}

func (p *page) blank() { p.WriteByte('\n') }

// spans returns the runs of a passage, old and new words marked by style or,
// without colour, by [-old-] {+new+}.
func (p *page) spans(passage excerpt.Passage) []run {
	switch passage.Op {
	case compare.Add:
		return []run{{"+ " + passage.Spans[0].Text, p.coloured(styleNew)}}
	case compare.Remove:
		return []run{{"− " + passage.Spans[0].Text, p.coloured(styleOld)}}
	}
	var runs []run
	for i, s := range passage.Spans {
		before, core, after := excerpt.Apart(passage.Spans, i)
		if s.Op == compare.Equal || core == "" {
			runs = append(runs, run{s.Text, stylePlain})
			continue
		}
		runs = append(runs, run{before, stylePlain}, p.marked(s.Op, core), run{after, stylePlain})
	}
	return runs
}

func (p *page) marked(op compare.Op, text string) run {
	switch {
	case p.opts.Color && op == compare.Remove:
		return run{text, styleOld}
	case p.opts.Color:
		return run{text, styleNew}
	case op == compare.Remove:
		return run{"[-" + text + "-]", stylePlain}
	}
	return run{"{+" + text + "+}", stylePlain}
}

// coloured is s without the strike and underline, in which whole passages
// could not be read.
func (p *page) coloured(s style) style {
	if s == styleOld {
		return "33"
	}
	return "94"
}

// A cell is one grapheme, its columns and its style.
type cell struct {
	text  string
	cols  int
	style style
}

// text writes runs as a paragraph, indented and wrapped.
func (p *page) text(indent int, runs ...run) {
	var cells []cell
	for _, r := range runs {
		for g := graphemes.FromString(r.text); g.Next(); {
			cells = append(cells, cell{g.Value(), columns(g.Value()), r.style})
		}
	}
	room := len(cells)*2 + 1
	if p.opts.Width > 0 {
		room = max(p.opts.Width-indent, 10)
	}
	for len(cells) > 0 {
		line, rest := breakLine(cells, room)
		p.WriteString(strings.Repeat(" ", indent))
		p.line(line)
		p.WriteByte('\n')
		cells = rest
	}
}

// Wrap returns text of a page as lines of at most width columns; less than 1
// does not wrap. The last line has no line break.
func Wrap(s string, width int) string {
	var p page
	p.opts.Width = width
	p.text(0, run{excerpt.Clean(s), stylePlain})
	return strings.TrimSuffix(p.String(), "\n")
}

// breakLine takes the cells of one line, up to the last space or, where words
// are not parted by spaces, the last wide character that fits.
func breakLine(cells []cell, room int) (line, rest []cell) {
	used, at := 0, 0
	for i, c := range cells {
		if c.text == " " {
			at = i
		}
		if used += c.cols; used > room {
			if at == 0 {
				at = max(i, 1)
			}
			line, rest = cells[:at], cells[at:]
			for len(rest) > 0 && rest[0].text == " " {
				rest = rest[1:]
			}
			return line, rest
		}
		if c.cols == 2 {
			at = i + 1
		}
	}
	return cells, nil
}

// line writes cells, with a style's code where it changes.
func (p *page) line(cells []cell) {
	now := stylePlain
	for _, c := range cells {
		if p.opts.Color && c.style != now {
			if now != stylePlain {
				p.WriteString("\x1b[0m")
			}
			if c.style != stylePlain {
				p.WriteString("\x1b[" + string(c.style) + "m")
			}
			now = c.style
		}
		p.WriteString(c.text)
	}
	if now != stylePlain {
		p.WriteString("\x1b[0m")
	}
}

// columns returns how many columns of a terminal a grapheme takes: two if its
// first character is East Asian wide or an emoji, else one. Source: UAX #11.
func columns(g string) int {
	first, _ := utf8.DecodeRuneInString(g)
	switch width.LookupRune(first).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
