package web

import (
	"net/http"
	"strings"
	"testing"

	"stet/watcher/compare"
)

func TestALateNoteIsSaidWithTheEditItDiscloses(t *testing.T) {
	n := invented()
	const late = "silent for 5 h 21 min, then disclosed by the note of revision 4"
	for i := range n.alerts {
		c := &n.alerts[i].Change
		if n.alerts[i].ID == 2 { // the ferry's silent edit
			c.Disclosure, c.Silent, c.DisclosedBy, c.DisclosedAfter, c.DisclosedFrom = compare.Disclosed, false, 4, 19260, compare.Silent
			n.history[1][2].Changes[0].Change = *c
		}
	}
	s := serve(t, n)
	for _, path := range []string{"/story/1", "/diff/2"} {
		page := get(s, path)
		if got := page.Body.String(); page.Code != http.StatusOK || !strings.Contains(got, late) {
			t.Errorf("GET %s = %d, want %q in it", path, page.Code, late)
		}
	}
	if got := get(s, "/diff/1").Body.String(); strings.Contains(got, "then disclosed") {
		t.Error("GET /diff/1 says that a note came late, which none did")
	}
}
