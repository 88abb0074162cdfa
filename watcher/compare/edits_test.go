package compare

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// A labelled edit is one sentence of a story before and after, with the
// weight and the kinds of facts that a reader would give it.
type labelledEdit struct {
	name, language string
	weight         Weight
	facts          []string
	old, new       string
}

// readEdits reads testdata/edits.txt: a name, a line of language, weight and
// kinds of facts, and the two sentences.
func readEdits(t testing.TB) []labelledEdit {
	t.Helper()
	data, err := os.ReadFile("testdata/edits.txt")
	if err != nil {
		t.Fatal(err)
	}
	var edits []labelledEdit
	for entry := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n\n") {
		lines := strings.Split(entry, "\n")
		if len(lines) != 4 {
			t.Fatalf("edits.txt: %q has %d lines, want 4", lines[0], len(lines))
		}
		labels := strings.Fields(lines[1])
		edits = append(edits, labelledEdit{
			name: strings.TrimPrefix(lines[0], "# "), language: labels[0], weight: Weight(labels[1]), facts: labels[2:],
			old: strings.TrimPrefix(lines[2], "- "), new: strings.TrimPrefix(lines[3], "+ "),
		})
	}
	return edits
}

// around is what stands round every labelled sentence and does not change.
var around = map[string]string{
	"en": "The harbour office will give details later this week, once reports from Ostrey, Tarrow and Pell Head are in.",
	"de": "Das Hafenamt will im Lauf der Woche mehr sagen, sobald alle Berichte da sind.",
	"fr": "La capitainerie en dira plus dans la semaine, quand tous les rapports seront là.",
	"es": "La capitanía dará más detalles esta semana, cuando lleguen todos los informes.",
}

func TestLabelledEdits(t *testing.T) {
	for _, e := range readEdits(t) {
		t.Run(e.language+" "+e.name, func(t *testing.T) {
			rest := around[e.language]
			if rest == "" {
				rest = "Marlhaven 2026."
			}
			c := Compare(story(e.language, e.old+"\n\n"+rest), story(e.language, e.new+"\n\n"+rest))
			checkSpans(t, c)
			var kinds []string
			for _, f := range c.Facts {
				if !slices.Contains(kinds, f.Kind) {
					kinds = append(kinds, f.Kind)
				}
			}
			missing := slices.ContainsFunc(e.facts, func(k string) bool { return !slices.Contains(kinds, k) })
			if c.Weight != e.weight || missing || len(kinds) > len(e.facts)+1 {
				t.Errorf("%q became %q: %s with facts %v, want %s with %v; reasons %q", e.old, e.new, c.Weight, c.Facts, e.weight, e.facts, c.Reasons)
			}
		})
	}
}
