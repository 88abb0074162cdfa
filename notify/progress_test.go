package notify

import (
	"slices"
	"testing"
)

func TestDecisionsAndDeliveriesInWords(t *testing.T) {
	told := Reason{"told", true, "it is a change that the default route tells"}
	for _, tt := range []struct {
		name string
		said interface{ String() string }
		want string
	}{
		{"a route sends", Decision{"desk", 2, true, []Reason{told, {"tag", true, "tag is sea; wanted: sea"}}},
			"desk: yes, by route 2: it is a change that the default route tells; and tag is sea; wanted: sea"},
		{"a route does not, and the condition that failed is named alone", Decision{"desk", 2, false, []Reason{told, {"tag", false, "tag is none; wanted: sea"}}},
			"desk: no, by route 2: tag is none; wanted: sea"},
		{"no route is configured", Decision{"console", 0, false, []Reason{{"told", false, "it is cosmetic; only a weight that lists cosmetic asks for those"}, {"to", true, "no route"}}},
			"console: no, by the default route: it is cosmetic; only a weight that lists cosmetic asks for those"},
		{"a delivery waits", Progress{Destination: "desk", State: Waiting}, "desk: waiting, not tried yet"},
		{"a delivery was postponed", Progress{Destination: "desk", State: Waiting, Attempts: 3, Why: "429"}, "desk: waiting, tried 3 times: 429"},
		{"a delivery was sent", Progress{Destination: "desk", State: Sent, Attempts: 1, Message: "118"}, "desk: sent as message 118, tried once"},
		{"an update gathers", Progress{Destination: "desk", State: Waiting, Gathers: true}, "desk: waiting, gathered to be told with the story’s next updates, not tried yet"},
		{"an update gathers for a destination that is off", Progress{Destination: "desk", State: Held, Gathers: true, Others: 1},
			"desk: held, the destination is switched off, together with 1 other update, not tried yet"},
		{"an update was told with others", Progress{Destination: "desk", State: Sent, Attempts: 1, Message: "118", Others: 2},
			"desk: sent as message 118, together with 2 other updates, tried once"},
		{"a delivery failed", Progress{Destination: "desk", State: Failed, Attempts: 1, Why: "400"}, "desk: failed, tried once: 400"},
	} {
		if got := tt.said.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestRoutedInWords(t *testing.T) {
	d := Decision{"desk", 1, true, []Reason{{"told", true, "it is told"}}}
	for _, tt := range []struct {
		name   string
		routed Routed
		want   []string
	}{
		{"not yet", Routed{}, []string{"not routed yet; stet run does that, or the next stet check"}},
		{"by an older stet", Routed{Done: true}, []string{"routed by a stet that did not keep why"}},
		{"with no destination", Routed{Done: true, Decisions: []Decision{}}, []string{"nowhere: no destination is configured"}},
		{"by a route", Routed{Done: true, Decisions: []Decision{d}}, []string{"desk: yes, by route 1: it is told"}},
	} {
		if got := tt.routed.Explain(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
