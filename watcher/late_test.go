package watcher

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"stet/watcher/compare"
)

func TestALateNoteDisclosesTheEditsBeforeIt(t *testing.T) {
	const (
		onHurt  = "Correction: An earlier version of this article gave the number of people taken to hospital as 12. It was 19."
		onStorm = "Correction: An earlier version of this article said that the storm took forty metres of the breakwater. It took sixty."
		unread  = "404" // in the place of a text: the story is gone
	)
	text := func(body []string, notes ...string) string {
		return strings.Join(append(slices.Clone(body), notes...), "\n")
	}
	first, hurt := paragraphs, with(1, "12 people", "19 people")
	both := slices.Clone(hurt)
	both[5] = strings.Replace(both[5], "forty metres", "sixty metres", 1)
	for _, tt := range []struct {
		name     string
		texts    []string
		rejudged [][]int64 // by the looks that judged changes anew: their ids
		want     []string  // of each change that was kept: its disclosure and how late that came
	}{
		{"no note", []string{text(first), text(hurt)}, nil, []string{"silent"}},
		{"a note with the edit", []string{text(first), text(hurt, onHurt)}, nil, []string{"disclosed"}},
		{"a note a look later", []string{text(first), text(hurt), text(hurt, onHurt)}, [][]int64{{1}},
			[]string{"disclosed, silent for 10 min, then disclosed by the note of revision 3", "disclosed"}},
		{"a note after the story was gone for a while", []string{text(first), text(hurt), unread, unread, text(hurt), text(hurt, onHurt)}, [][]int64{{1}},
			[]string{"disclosed, silent for", "silent", "silent", "disclosed"}},
		{"a note on one edit of two", []string{text(first), text(both), text(both, onHurt), text(both, onHurt, onStorm)}, [][]int64{{1}, {1}},
			[]string{"disclosed, partly disclosed for 20 min, then disclosed by the note of revision 4", "disclosed", "disclosed"}},
		{"a note that is taken away and comes back", []string{text(first), text(hurt), text(hurt, onHurt), text(hurt), text(hurt, onHurt)}, [][]int64{{1}},
			[]string{"disclosed, silent for 10 min, then disclosed by the note of revision 3", "disclosed", "silent", ""}},
		{"a figure that flaps until a note comes", []string{text(first), text(hurt), text(first), text(hurt), text(hurt, onHurt)}, [][]int64{{1}},
			[]string{"disclosed", "silent", "silent", "disclosed"}},
		{"a note on something else", []string{text(first), text(hurt), text(hurt, onStorm)}, nil, []string{"silent", "disclosed"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &shelf{watch: Watch{ID: 7, URL: "http://courier.example/quay", Key: "courier.example/quay", State: Active}}
			o := &outlet{}
			now := time.Date(2026, 11, 17, 9, 0, 0, 0, time.UTC)
			c := newChecker(t, o, s, &now)
			var rejudged [][]int64
			for i, x := range tt.texts {
				o.answers = []answer{ok(page(i, quayHeadline, strings.Split(x, "\n")))}
				if x == unread {
					o.answers[0] = status(404)
				}
				asked := s.asked
				l, _, err := c.Check(t.Context(), s.watch)
				if err != nil {
					t.Fatalf("look %d: %v", i+1, err)
				}
				notes := slices.ContainsFunc(l.Changes, func(c compare.Change) bool { return len(c.Notes) > 0 })
				if (s.asked > asked) != notes {
					t.Errorf("look %d: asked for the earlier changes %t, notes %t", i+1, s.asked > asked, notes)
				}
				var ids []int64
				for _, r := range l.Rejudged {
					ids = append(ids, r.ID)
					if !strings.HasPrefix(r.Why, "a note of revision ") {
						t.Errorf("look %d: why is %q", i+1, r.Why)
					}
				}
				if len(ids) > 0 {
					rejudged = append(rejudged, ids)
				}
				now = now.Add(10 * time.Minute)
			}
			if fmt.Sprint(rejudged) != fmt.Sprint(tt.rejudged) {
				t.Errorf("judged anew: %v, want %v", rejudged, tt.rejudged)
			}
			if len(s.changes) != len(tt.want) {
				t.Fatalf("%d changes, want %d: %+v", len(s.changes), len(tt.want), s.changes)
			}
			for i, c := range s.changes {
				got := string(c.Disclosure)
				if late := c.LateDisclosure(); late != "" {
					got += ", " + late
				}
				if !strings.HasPrefix(got, tt.want[i]) || c.Silent && c.Disclosure != compare.Silent {
					t.Errorf("change %d: %s, silent %t; want %s", c.ID, got, c.Silent, tt.want[i])
				}
			}
		})
	}
}
