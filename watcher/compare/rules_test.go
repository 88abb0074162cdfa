package compare

import (
	"slices"
	"strings"
	"testing"

	"stet/watcher/article"
)

func TestRules(t *testing.T) {
	figure := strings.Replace(ferry, "rose to 12", "rose to 19", 1)
	both := strings.Replace(figure, "4 May", "14 May", 1)
	note := "\n\n" + onFigure
	last := func(texts ...string) Change {
		judged := told(texts...)
		return judged[len(judged)-1].Change
	}
	tests := []struct {
		name   string
		change Change
		want   []string
	}{
		{"a figure changed in silence", last(ferry, figure), []string{
			"weight substantive: a fact changed: number 12 → 19",
			"disclosure silent: no note came, and no time that readers see moved",
			"nature edit: what stood there reads differently",
			"silent yes: weight is minor or more, disclosure is silent, nature is edit or removal",
			"told yes: weight is minor or more"}},
		{"a comma moved", last(ferry, strings.Replace(ferry, ",", "", 1)), []string{
			"weight cosmetic: the same words and values: spelling, punctuation, spacing, case or notation alone",
			"silent no: weight is below minor",
			"told no: a cosmetic change is told only where a route asks for it"}},
		{"a note on one fact of two", last(ferry, both+note), []string{
			"disclosure partly: a note speaks of some of what changed; it does not cover 4 May → 14 May",
			"told yes: a note came, changed or went"}},
		{"a late note", told(ferry, figure, figure+note)[0].Change, []string{
			"disclosure disclosed: silent for 5 h 21 min, then disclosed by the note of revision 3",
			"silent no: disclosure is disclosed"}},
		{"a note on something else", last(ferry, figure+"\n\n"+onDay), []string{
			"disclosure silent: the note does not speak of what changed, and no time that readers see moved"}},
		{"a note taken away", last(ferry, figure+note, figure), []string{
			"weight minor: nothing changed but notes", "disclosure silent: a note went, and no time that readers see moved",
			"nature removal: a note was taken away"}},
		{"a revert", last(ferry, figure, ferry), []string{"nature revert: an earlier revision is back", "told yes: it is the first revert"}},
		{"a further turn", last(ferry, figure, ferry, figure, ferry), []string{"told no: a further turn of two variants is told only once"}},
		{"a story gone", SelfChange(Gone, "it is gone"), []string{
			"nature gone: the address no longer serves the story, seen on two looks", "told yes: a story that is gone, or back, is told"}},
		{"a story moved", SelfChange(Moved, "it moved"), []string{
			"nature moved: the address leads elsewhere for good", "told no: a move is told only where a route asks for it"}},
		{"a wall", SelfChange(Walled, "it asks readers to log in"), []string{
			"nature walled: a wall stood in the story's place on several looks in a row", "told no: a wall is told only where a route asks for it"}},
		{"a wall that went", Unwalled("it can be read again"), []string{
			"nature restored: the story can be read at its address again", "told no: a wall that went is told no more than the wall was"}},
		{"a stamp alone", StampMove(article.Article{Stamp: "Updated 14:00"}, article.Article{Stamp: "Updated 14:30"}), []string{
			"nature update: only the time that readers see moved", "told no: a time that moves by itself is told only where a route asks for it"}},
		{"nothing", empty(), []string{"told no: nothing of the article changed"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, r := range tt.change.Rules() {
				got = append(got, r.String())
				if r.Answer == "" || r.Rule == "" {
					t.Errorf("a rule says nothing: %+v", r)
				}
			}
			for _, w := range tt.want {
				if !slices.Contains(got, w) {
					t.Errorf("Rules() = %q, want %q among them", got, w)
				}
			}
		})
	}
}
