package web

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"stet/watcher/article"
	"stet/watcher/compare"
)

// A shape is how a passage of a diff is drawn.
type shape string

const (
	same    shape = "same"
	edited  shape = "edited"
	added   shape = "added"
	removed shape = "removed"
	from    shape = "from"   // where a passage stood that moved
	to      shape = "to"     // where it stands now
	folded  shape = "folded" // a run of passages that are the same
)

// A passage is one part of a diff, from top to bottom as a reader meets it.
type passage struct {
	ID     string // to link to
	Part   string // the kind of block: "headline", "paragraph", "caption" …
	Place  int    // among the new article's blocks, counted from 1; 0 if not there
	Shape  shape
	Label  string  // "Headline", "¶ 4", "¶ 4 before, removed"
	Pieces []piece // its words; empty when folded
	Old    string  // where it moved and its words changed too: what they were

	Other, OtherLabel string // of a moved passage: the other place's id and name
	Verb              string // "moved down to", "moved here from"

	Folded []passage // of a folded run
	Line   string    // the line between two places of a moved passage: "", "start", "through", "end"
}

// A piece is a run of words in a passage.
type piece struct {
	Op   compare.Op // Equal, Add or Remove
	Text string
}

// keepAround is how many unchanged passages stay open beside a changed one,
// and foldFrom how many there must be to be worth folding.
const (
	keepAround = 1
	foldFrom   = 2
)

// passagesOf lays out the blocks of a change: headline and standfirst first,
// a mark where each moved block stood, and runs of unchanged blocks folded.
func passagesOf(blocks []compare.Block) []passage {
	var moved []compare.Block
	for _, b := range blocks {
		if b.Op == compare.Move {
			moved = append(moved, b)
		}
	}
	slices.SortFunc(moved, func(a, b compare.Block) int { return a.OldPlace - b.OldPlace })

	var all []passage
	for i, b := range blocks {
		if b.Op == compare.Equal && b.Kind == "byline" {
			continue
		}
		// What moved away from before this block left its mark here.
		for len(moved) > 0 && b.Op != compare.Move && b.OldPlace > moved[0].OldPlace {
			all = append(all, movedFrom(moved[0]))
			moved = moved[1:]
		}
		all = append(all, passageOf(b, i))
	}
	for _, b := range moved {
		all = append(all, movedFrom(b))
	}
	drawLine(all)
	return fold(all)
}

func passageOf(b compare.Block, index int) passage {
	p := passage{ID: placeID(b, index), Part: b.Kind, Place: b.NewPlace, Shape: same, Label: placeName(b.Kind, b.NewPlace)}
	switch b.Op {
	case compare.Add:
		p.Shape, p.Label, p.Pieces = added, p.Label+", added", words(b.New)
	case compare.Remove:
		p.Shape, p.Label, p.Pieces = removed, before(b)+", removed", words(b.Old)
	case compare.Replace:
		p.Shape, p.Pieces = edited, piecesOf(b)
	case compare.Move:
		p.Shape, p.Pieces = to, piecesOf(b)
		p.Other, p.OtherLabel, p.Verb = movedID(b), placeName(b.Kind, b.OldPlace), "moved here from"
	default:
		p.Pieces = words(b.New)
	}
	return p
}

// movedFrom is the mark that a moved block left where it stood.
func movedFrom(b compare.Block) passage {
	verb := "moved up to"
	if b.NewPlace > b.OldPlace {
		verb = "moved down to"
	}
	return passage{
		ID: movedID(b), Part: b.Kind, Shape: from, Label: placeName(b.Kind, b.OldPlace), Pieces: words(opening(b.Old)),
		Other: placeID(b, 0), OtherLabel: placeName(b.Kind, b.NewPlace), Verb: verb,
	}
}

// opening returns a passage's first words, enough to know it by.
func opening(text string) string {
	const most = 8
	words := strings.Fields(text)
	if len(words) <= most {
		return text
	}
	return strings.Join(words[:most], " ") + " …"
}

func words(text string) []piece { return []piece{{compare.Equal, text}} }

// piecesOf returns a block's words with those marked that came or went. White
// space at a mark's edge stays outside, so that no mark ends in a gap.
func piecesOf(b compare.Block) []piece {
	if len(b.Spans) == 0 {
		if b.Old == b.New {
			return words(b.New)
		}
		return []piece{{compare.Remove, b.Old}, {compare.Equal, " "}, {compare.Add, b.New}}
	}
	var ps []piece
	for _, s := range b.Spans {
		inner := strings.TrimSpace(s.Text)
		if s.Op == compare.Equal || inner == "" {
			ps = appendPiece(ps, compare.Equal, s.Text)
			continue
		}
		at := strings.Index(s.Text, inner)
		ps = appendPiece(ps, compare.Equal, s.Text[:at])
		ps = appendPiece(ps, s.Op, inner)
		ps = appendPiece(ps, compare.Equal, s.Text[at+len(inner):])
	}
	return ps
}

// appendPiece adds text to pieces, with a gap between an old and a new word
// that would otherwise touch.
func appendPiece(ps []piece, op compare.Op, text string) []piece {
	if text == "" {
		return ps
	}
	if len(ps) == 0 {
		return append(ps, piece{op, text})
	}
	last := &ps[len(ps)-1]
	switch {
	case last.Op == op:
		last.Text += text
		return ps
	case last.Op != compare.Equal && op != compare.Equal:
		return append(ps, piece{compare.Equal, " "}, piece{op, text})
	case last.Op == compare.Equal && endsInSpace(last.Text) && op == compare.Equal:
		text = strings.TrimLeftFunc(text, unicode.IsSpace)
	}
	return append(ps, piece{op, text})
}

func endsInSpace(s string) bool { return strings.TrimRightFunc(s, unicode.IsSpace) != s }

// placeID names a block's place in the new article, or in the old one where
// it was removed.
func placeID(b compare.Block, index int) string {
	switch {
	case b.NewPlace > 0:
		return fmt.Sprintf("p%d", b.NewPlace)
	case b.OldPlace > 0:
		return fmt.Sprintf("p%d-old", b.OldPlace)
	}
	return fmt.Sprintf("part%d", index+1) // headline, standfirst, byline
}

func movedID(b compare.Block) string { return fmt.Sprintf("p%d-old", b.OldPlace) }

func before(b compare.Block) string {
	name := placeName(b.Kind, b.OldPlace)
	if b.OldPlace > 0 {
		name += " before"
	}
	return name
}

// placeName says what a block is, and where: "¶ 4", "Caption", "Quote, ¶ 5".
func placeName(kind string, place int) string {
	mark := fmt.Sprintf("¶ %d", place)
	switch article.BlockKind(kind) {
	case article.Paragraph:
		if place > 0 {
			return mark
		}
	case article.Heading:
		return "Heading, " + mark
	case article.Quote:
		return "Quote, " + mark
	case article.ListItem:
		return "List item, " + mark
	case article.TableRow:
		return "Table row, " + mark
	case article.Note:
		return "The publisher’s note"
	}
	return upperFirst(kind)
}

// drawLine marks the passages between the two places of the first moved
// passage, for a line beside them. Where several moved, the lines would cross:
// their names alone tell where they went.
func drawLine(all []passage) {
	start := slices.IndexFunc(all, func(p passage) bool { return p.Shape == from || p.Shape == to })
	if start < 0 {
		return
	}
	end := slices.IndexFunc(all, func(p passage) bool { return p.ID == all[start].Other })
	if end < start {
		return
	}
	for i := start; i <= end; i++ {
		all[i].Line = "through"
	}
	all[start].Line, all[end].Line = "start", "end"
}

// fold puts runs of unchanged passages together, apart from those beside a
// changed one. Headline and standfirst stay.
func fold(all []passage) []passage {
	var out []passage
	for i := 0; i < len(all); {
		n := 0
		for i+n < len(all) && foldable(all[i+n]) {
			n++
		}
		run := all[i : i+n]
		i += n
		head, tail := keepAround, keepAround
		if len(out) == 0 || out[len(out)-1].Shape == same {
			head = 0 // nothing changed before it
		}
		if i == len(all) {
			tail = 0
		}
		if inner := len(run) - head - tail; inner >= foldFrom {
			out = append(out, run[:head]...)
			out = append(out, foldedRun(run[head:head+inner]))
			run = run[head+inner:]
		}
		out = append(out, run...)
		if i < len(all) {
			out = append(out, all[i])
			i++
		}
	}
	return out
}

func foldable(p passage) bool {
	return p.Shape == same && p.Place > 0 // not headline or standfirst
}

func foldedRun(run []passage) passage {
	first, last := run[0], run[len(run)-1]
	return passage{
		Part: "folded", Shape: folded, Folded: slices.Clone(run), Line: first.Line,
		Label: fmt.Sprintf("%d passages unchanged (¶ %d to ¶ %d)", len(run), first.Place, last.Place),
	}
}
