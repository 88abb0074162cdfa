package web

import (
	"fmt"
	"strings"
	"testing"

	"stet/watcher/compare"
)

// sketch writes passages as one line: a sign for the shape, the label, and for
// a line beside them "(", "|" or ")".
func sketch(ps []passage) string {
	signs := map[shape]string{same: "=", edited: "~", added: "+", removed: "-", from: "<", to: ">", folded: "…"}
	lines := map[string]string{"start": "(", "through": "|", "end": ")"}
	var parts []string
	for _, p := range ps {
		label, _, _ := strings.Cut(p.Label, ",")
		if p.Shape == folded {
			label = fmt.Sprint(len(p.Folded))
		}
		parts = append(parts, lines[p.Line]+signs[p.Shape]+label)
	}
	return strings.Join(parts, " ")
}

func TestPassages(t *testing.T) {
	add := func(place int) compare.Block {
		return compare.Block{Op: compare.Add, Kind: "paragraph", New: "new", NewPlace: place}
	}
	remove := func(place int) compare.Block {
		return compare.Block{Op: compare.Remove, Kind: "paragraph", Old: "old", OldPlace: place}
	}
	move := func(from, to int) compare.Block {
		return compare.Block{Op: compare.Move, Kind: "paragraph", Old: "x", New: "x", OldPlace: from, NewPlace: to}
	}
	headline := compare.Block{Op: compare.Equal, Kind: "headline", Old: "H", New: "H"}
	run := func(old, now, n int) []compare.Block {
		return equal(old, now, strings.Split(strings.Repeat("x", n), "")...)
	}
	join := func(parts ...[]compare.Block) (all []compare.Block) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	one := func(b compare.Block) []compare.Block { return []compare.Block{b} }
	tests := []struct {
		name   string
		blocks []compare.Block
		want   string
	}{
		{"a run before the first edit leaves one passage open", join(one(headline), run(1, 1, 4), one(add(5))), "=Headline …3 =¶ 4 +¶ 5"},
		{"a run after the last edit too", join(one(headline), one(add(1)), run(1, 2, 4)), "=Headline +¶ 1 =¶ 2 …3"},
		{"one passage alone is not worth folding", join(one(headline), run(1, 1, 2), one(add(3))), "=Headline =¶ 1 =¶ 2 +¶ 3"},
		{"a run between edits leaves one open at either end", join(one(add(1)), run(1, 2, 5), one(remove(6))), "+¶ 1 =¶ 2 …3 =¶ 6 -¶ 6 before"},
		{"everything is new", one(add(1)), "+¶ 1"},
		{"a passage that moved down leaves a mark where it stood", join(run(1, 1, 1), run(3, 2, 1), one(move(2, 3))), "=¶ 1 (<¶ 2 |=¶ 2 )>¶ 3"},
		{"one that moved up leaves its mark further down", join(one(move(3, 1)), run(1, 2, 2)), "(>¶ 1 |=¶ 2 |=¶ 3 )<¶ 3"},
		{"the line runs beside a folded run", join(one(move(6, 1)), run(1, 2, 5)), "(>¶ 1 |=¶ 2 |…3 |=¶ 6 )<¶ 6"},
		{"only one line is drawn where two would cross", join(run(3, 1, 1), one(move(1, 2)), one(move(2, 3))), "(<¶ 1 |<¶ 2 |=¶ 1 )>¶ 2 >¶ 3"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := sketch(passagesOf(tt.blocks)); got != tt.want {
				t.Errorf("passages are\n%s, want\n%s", got, tt.want)
			}
		})
	}
}

// marked writes pieces as one line: "[-old] [+new]".
func marked(ps []piece) string {
	var b strings.Builder
	for _, p := range ps {
		switch p.Op {
		case compare.Add:
			b.WriteString("[+" + p.Text + "]")
		case compare.Remove:
			b.WriteString("[-" + p.Text + "]")
		default:
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestPieces(t *testing.T) {
	tests := []struct {
		name  string
		block compare.Block
		want  string
	}{
		{"a word changed", edit("paragraph", 1, 1, "rose to ", "12", "19", "."), "rose to [-12] [+19]."},
		{"white space stays outside the marks", edit("paragraph", 1, 1, "A", " big", " small", " boat"), "A [-big] [+small] boat"},
		{"a gap that came is no word", edit("paragraph", 1, 1, "so", "", " ", "called"), "so called"},
		{"nothing is the same", edit("paragraph", 1, 1, "", "old", "new"), "[-old] [+new]"},
		{"an edit without spans is told whole", compare.Block{Op: compare.Replace, Old: "old", New: "new"}, "[-old] [+new]"},
		{"a passage that moved and stayed as it was", compare.Block{Op: compare.Move, Old: "same", New: "same"}, "same"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(piecesOf(tt.block)); got != tt.want {
				t.Errorf("piecesOf(%+v) = %q, want %q", tt.block, got, tt.want)
			}
		})
	}
}
