package console

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"stet/notify/excerpt"
	"stet/watcher/compare"
)

// unifiedContext is how many unchanged lines stand around a changed one, as
// diff -u has it.
const unifiedContext = 3

// A diffLine is a line of a unified diff.
type diffLine struct {
	op   byte // ' ', '-' or '+'
	text string
}

// WriteUnified writes a change as a unified diff of the two articles, one
// block a line: headline, standfirst and byline, then the body. The names
// stand in its head, such as "https://paper.example/x (revision 2)". An article
// moved within is removed at its old place and added at its new one.
func WriteUnified(w io.Writer, c compare.Change, oldName, newName string) error {
	lines := diffLines(c.Blocks)
	if !slices.ContainsFunc(lines, func(l diffLine) bool { return l.op != ' ' }) {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "--- %s\n+++ %s\n", excerpt.Clean(oldName), excerpt.Clean(newName))
	for from := 0; from < len(lines); {
		start, end := hunkBounds(lines, from)
		if start == end {
			break
		}
		writeHunk(&b, lines, start, end)
		from = end
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write unified diff: %w", err)
	}
	return nil
}

// diffLines turns blocks into lines. Blocks are in the order of the new
// article, so a moved block's old line is put in where it stood.
func diffLines(blocks []compare.Block) []diffLine {
	var moved []compare.Block // whose old line is still to come
	for _, b := range blocks {
		if b.Op == compare.Move {
			moved = append(moved, b)
		}
	}
	slices.SortStableFunc(moved, func(a, b compare.Block) int { return a.OldPlace - b.OldPlace })
	var lines []diffLine
	add := func(op byte, text string) { lines = append(lines, diffLine{op, excerpt.Clean(text)}) }
	for _, b := range blocks {
		for b.Op != compare.Move && b.OldPlace > 0 && len(moved) > 0 && moved[0].OldPlace < b.OldPlace {
			add('-', moved[0].Old)
			moved = moved[1:]
		}
		switch b.Op {
		case compare.Equal:
			add(' ', b.New)
		case compare.Remove:
			add('-', b.Old)
		case compare.Replace:
			add('-', b.Old)
			add('+', b.New)
		default: // added, or moved here
			add('+', b.New)
		}
	}
	for _, b := range moved {
		add('-', b.Old)
	}
	return lines
}

// hunkBounds returns the lines of the next hunk at or after from: changed
// lines with their context, joined where contexts meet; equal if there is none.
func hunkBounds(lines []diffLine, from int) (start, end int) {
	first := slices.IndexFunc(lines[from:], func(l diffLine) bool { return l.op != ' ' })
	if first < 0 {
		return from, from
	}
	start = max(from, from+first-unifiedContext)
	last := from + first
	for i := last; i < len(lines) && i-last <= 2*unifiedContext; i++ {
		if lines[i].op != ' ' {
			last = i
		}
	}
	return start, min(len(lines), last+unifiedContext+1)
}

func writeHunk(b *strings.Builder, lines []diffLine, start, end int) {
	oldStart, newStart := count(lines[:start])
	oldLen, newLen := count(lines[start:end])
	fmt.Fprintf(b, "@@ -%s +%s @@\n", extent(oldStart, oldLen), extent(newStart, newLen))
	for _, l := range lines[start:end] {
		b.WriteByte(l.op)
		b.WriteString(l.text)
		b.WriteByte('\n')
	}
}

// count returns how many of the lines stand in the old and in the new article.
func count(lines []diffLine) (old, new int) {
	for _, l := range lines {
		if l.op != '+' {
			old++
		}
		if l.op != '-' {
			new++
		}
	}
	return old, new
}

// extent is a hunk's start and length, as diff -u writes them: an empty one
// names the line before it.
func extent(before, length int) string {
	if length == 0 {
		return fmt.Sprintf("%d,0", before)
	}
	return fmt.Sprintf("%d,%d", before+1, length)
}
