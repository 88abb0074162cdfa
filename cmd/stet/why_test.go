package main

import (
	"strings"
	"testing"
)

func TestWhyLetsNoPageForgeTheTerminal(t *testing.T) {
	o := newOutlet(t)
	evil := "Quay\x1b[2J\x1b]0;owned\x07 &#27;[31m\u202elive\u009b5m "
	forge := func(page string) string {
		page = strings.ReplaceAll(page, "Quay collapse", evil+"collapse")
		return strings.ReplaceAll(page, "Bus fares", evil+"fares")
	}
	r := newRoom(t, "")
	o.set("/quay", forge(storyPage("12")))
	r.stet("watch", "add", o.URL+"/quay")
	r.stet("check", "--all")
	o.set("/quay", forge(strings.ReplaceAll(storyPage("19 "+evil), "the harbour office", evil)))
	r.stet("check", "--all")
	for _, args := range [][]string{{"why", o.URL + "/quay"}, {"why", "1"}, {"history", o.URL + "/quay"}} {
		got := r.stet(args...)
		if i := strings.IndexFunc(got, func(r rune) bool {
			return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e
		}); i >= 0 {
			t.Errorf("stet %s prints a control character: %q", strings.Join(args, " "), got[max(0, i-40):min(len(got), i+40)])
		}
	}
}
