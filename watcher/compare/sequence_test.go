package compare

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const (
	onFigure = "Correction: An earlier version of this article gave the number of people injured as 12. It is 19."
	onDay    = "Correction: An earlier version of this article said that the inquiry opens on 4 May. It opens on 14 May."
)

// told makes a history of texts seen 5 h 21 min apart.
func told(texts ...string) []Judgement {
	at := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	var revisions []Revision
	for i, text := range texts {
		revisions = append(revisions, Revision{story("en", text), at.Add(time.Duration(i) * (5*time.Hour + 21*time.Minute))})
	}
	return Sequence(revisions)
}

func TestLateNotes(t *testing.T) {
	figure := strings.Replace(ferry, "rose to 12", "rose to 19", 1)
	both := strings.Replace(figure, "4 May", "14 May", 1)
	welder := strings.Replace(figure, "a welder", "a miner", 1)
	vague := "This article has been corrected."
	tests := []struct {
		name       string
		texts      []string
		disclosure []Disclosure
		reasons    []string // one for each change, or part of one
	}{
		{"a note comes a revision late", []string{ferry, figure, figure + "\n\n" + onFigure}, []Disclosure{Disclosed, Disclosed},
			[]string{"A correction came 5 h 21 min after the edit, in revision 3. It covers injured 12 → 19.",
				"The correction speaks of the edit of revision 2, 5 h 21 min before: injured 12 → 19."}},
		{"a note comes after another edit", []string{ferry, figure, welder, welder + "\n\n" + onFigure}, []Disclosure{Disclosed, Silent, Disclosed},
			[]string{"A correction came 10 h 42 min after the edit, in revision 4.", "", "speaks of the edit of revision 2, 10 h 42 min before"}},
		{"a late note covers one fact of two", []string{ferry, both, both + "\n\n" + onFigure}, []Disclosure{Partly, Disclosed},
			[]string{"It does not cover 4 May → 14 May.", "speaks of the edit of revision 2"}},
		{"two late notes cover one fact each", []string{ferry, both, both + "\n\n" + onFigure, both + "\n\n" + onFigure + "\n\n" + onDay}, []Disclosure{Disclosed, Disclosed, Disclosed},
			[]string{"A correction came 10 h 42 min after the edit, in revision 4. It covers 4 May → 14 May.", "injured 12 → 19.", "4 May → 14 May."}},
		{"a late note comes with an edit of its own", []string{ferry, figure, strings.Replace(figure, "twice that", "three times that", 1) + "\n\n" + onFigure}, []Disclosure{Disclosed, Silent},
			[]string{"in revision 3", "The correction speaks of the edit of revision 2"}},
		{"a late note on something else", []string{ferry, figure, figure + "\n\n" + onDay}, []Disclosure{Silent, Disclosed},
			[]string{"", "The correction speaks of no edit that stet has seen."}},
		{"a vague note and one edit before it", []string{ferry, figure, figure + "\n\n" + vague}, []Disclosure{Disclosed, Disclosed},
			[]string{"in revision 3", "it is taken to speak of the edit of revision 2"}},
		{"a vague note and two edits before it", []string{ferry, figure, welder, welder + "\n\n" + vague}, []Disclosure{Silent, Silent, Disclosed},
			[]string{"", "", "does not say what was changed."}},
		{"a note that is taken away again", []string{ferry, figure + "\n\n" + onFigure, figure}, []Disclosure{Disclosed, Silent},
			[]string{"", "The correction spoke of the edit of revision 2"}},
		{"a note of the first step of two", []string{ferry, figure, strings.Replace(figure, "rose to 19", "rose to 21", 1), strings.Replace(figure, "rose to 19", "rose to 21", 1) + "\n\n" + onFigure},
			[]Disclosure{Disclosed, Silent, Disclosed}, []string{"in revision 4", "", "the edit of revision 2"}},
		{"a note that grows to cover another edit", []string{ferry, figure + "\n\n" + onFigure, both + "\n\n" + onFigure, both + "\n\n" + onFigure + " The inquiry opens on 14 May, not on 4 May."},
			[]Disclosure{Disclosed, Disclosed, Disclosed}, []string{"", "A correction was changed 5 h 21 min after the edit, in revision 4. It covers 4 May → 14 May.", "speaks of the edit of revision 3"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := told(tt.texts...)
			if len(got) != len(tt.disclosure) {
				t.Fatalf("%d changes, want %d: %+v", len(got), len(tt.disclosure), got)
			}
			for i, g := range got {
				c := g.Change
				says := slices.ContainsFunc(c.Reasons, func(r string) bool { return strings.Contains(strings.ToLower(r), strings.ToLower(tt.reasons[i])) })
				if c.Disclosure != tt.disclosure[i] || c.Silent && c.Disclosure != Silent || !says {
					t.Errorf("revision %d: %s, silent %t, reasons %q; want %s, a reason with %q", g.Revision, c.Disclosure, c.Silent, c.Reasons, tt.disclosure[i], tt.reasons[i])
				}
			}
		})
	}
}

func TestRediscloseLeavesItsArgumentsAlone(t *testing.T) {
	figure := strings.Replace(ferry, "rose to 12", "rose to 19", 1)
	edit := Judgement{Revision: 2, Change: Compare(story("en", ferry), story("en", figure))}
	note := Judgement{Revision: 3, Change: Compare(story("en", figure), story("en", figure+"\n\n"+onFigure))}
	before, noteBefore := slices.Clone(edit.Change.Reasons), slices.Clone(note.Change.Reasons)
	change, anew := Redisclose(note, []Judgement{edit})
	if len(anew) != 1 || anew[0].Change.Disclosure != Disclosed || anew[0].Change.Silent || len(change.Reasons) != len(noteBefore)+1 {
		t.Fatalf("Redisclose: %+v, %+v", change.Reasons, anew)
	}
	if want := "A correction came later, in revision 3. It covers injured 12 → 19."; anew[0].Change.Reasons[len(before)] != want {
		t.Errorf("reasons are %q, want %q behind the old ones", anew[0].Change.Reasons, want)
	}
	if edit.Change.Disclosure != Silent || !edit.Change.Silent || !slices.Equal(edit.Change.Reasons, before) || !slices.Equal(note.Change.Reasons, noteBefore) {
		t.Errorf("Redisclose changed what it was given: %+v", edit.Change)
	}
	if _, again := Redisclose(note, anew); len(again) > 0 {
		t.Errorf("the same note disclosed the edit twice: %+v", again)
	}
}

func TestHowLongDisclosureTook(t *testing.T) {
	figure := strings.Replace(ferry, "rose to 12", "rose to 19", 1)
	both := strings.Replace(figure, "4 May", "14 May", 1)
	tests := []struct {
		name  string
		texts []string
		late  string // of the first change
		by    int
		after time.Duration
	}{
		{"no note comes", []string{ferry, figure}, "", 0, 0},
		{"the note comes with the edit", []string{ferry, figure + "\n\n" + onFigure}, "", 0, 0},
		{"the note comes a revision late", []string{ferry, figure, figure + "\n\n" + onFigure},
			"silent for 5 h 21 min, then disclosed by the note of revision 3", 3, 5*time.Hour + 21*time.Minute},
		{"the note covers one fact of two", []string{ferry, both, both + "\n\n" + onFigure},
			"silent for 5 h 21 min, then partly disclosed by the note of revision 3", 3, 5*time.Hour + 21*time.Minute},
		{"two notes come at once", []string{ferry, both, both + "\n\n" + onFigure + "\n\n" + onDay},
			"silent for 5 h 21 min, then disclosed by the note of revision 3", 3, 5*time.Hour + 21*time.Minute},
		{"a second note covers the rest", []string{ferry, both, both + "\n\n" + onFigure, both + "\n\n" + onFigure + "\n\n" + onDay},
			"partly disclosed for 10 h 42 min, then disclosed by the note of revision 4", 4, 10*time.Hour + 42*time.Minute},
		{"the note is taken away again and comes back", []string{ferry, figure, figure + "\n\n" + onFigure, figure, figure + "\n\n" + onFigure},
			"silent for 5 h 21 min, then disclosed by the note of revision 3", 3, 5*time.Hour + 21*time.Minute},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := told(tt.texts...)[0].Change
			if got := c.LateDisclosure(); got != tt.late || c.DisclosedBy != tt.by || c.DisclosedAfter != int64(tt.after/time.Second) {
				t.Errorf("LateDisclosure() = %q, by revision %d after %d s; want %q, %d, %s", got, c.DisclosedBy, c.DisclosedAfter, tt.late, tt.by, tt.after)
			}
		})
	}
	stamped := Change{Disclosure: Disclosed, DisclosedBy: 3, DisclosedFrom: Stamped, DisclosedAfter: 20}
	if got, want := stamped.LateDisclosure(), "only stamped for 20 s, then disclosed by the note of revision 3"; got != want {
		t.Errorf("LateDisclosure() = %q, want %q", got, want)
	}
	unknown := Change{Disclosure: Partly, DisclosedBy: 3, DisclosedFrom: Partly}
	if got, want := unknown.LateDisclosure(), "partly disclosed, then disclosed further by the note of revision 3"; got != want {
		t.Errorf("LateDisclosure() = %q, want %q", got, want)
	}
}
