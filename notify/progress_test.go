package notify

import "testing"

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
		{"a delivery failed", Progress{Destination: "desk", State: Failed, Attempts: 1, Why: "400"}, "desk: failed, tried once: 400"},
	} {
		if got := tt.said.String(); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}
