package notify

import (
	"fmt"
	"strings"
	"time"
)

// A DeliveryState says how far a delivery came.
type DeliveryState string

// The states of a delivery. Held ones wait for a destination that is switched
// off.
const (
	Waiting DeliveryState = "waiting"
	Held    DeliveryState = "held"
	Sent    DeliveryState = "sent"
	Failed  DeliveryState = "failed"
)

// A Progress says how far one delivery came.
type Progress struct {
	ID          string
	Destination string
	State       DeliveryState
	Change      int64 // the change's ID; 0 for news
	News        int64 // the news' ID; 0 for a change
	Attempts    int
	Due         time.Time // when it may be tried next, if it waits; zero for at once
	FirstTried  time.Time // zero before the first try
	Sent        time.Time // when it was accepted; zero if it was not
	Message     string    // the destination's id for the message, once sent
	Why         string    // why it was postponed or given up, or ""

	// Gathers is set while an update of a live story waits until Due to be told
	// together with those that come until then.
	Gathers bool
	Others  int // changes that the delivery tells besides this one
}

// A Routed says where a change went: what the routes decided, and how far each
// delivery came.
type Routed struct {
	// Done is false while the change waits to be routed.
	Done bool
	// Decisions are those that were made then, by the config of then; nil if
	// they were made by a stet that did not keep them.
	Decisions  []Decision
	Deliveries []Progress
}

// Explain says in words where the change goes and where not, each with the
// condition that decided it.
func (r Routed) Explain() []string {
	switch {
	case !r.Done:
		return []string{"not routed yet; stet run does that, or the next stet check"}
	case r.Decisions == nil:
		return []string{"routed by a stet that did not keep why"}
	case len(r.Decisions) == 0:
		return []string{"nowhere: no destination is configured"}
	}
	lines := make([]string, len(r.Decisions))
	for i, d := range r.Decisions {
		lines[i] = d.String()
	}
	return lines
}

// String says of whom the decision is, what it is, and which condition decided
// it: "discord: no, by route 2: weight is minor; wanted: substantive".
func (d Decision) String() string {
	by := fmt.Sprintf("by route %d", d.Route)
	if d.Route == 0 {
		by = "by the default route"
	}
	answer := "yes"
	if !d.Sends {
		answer = "no"
	}
	return fmt.Sprintf("%s: %s, %s: %s", d.Destination, answer, by, strings.Join(d.texts(d.Sends), "; and "))
}

// texts returns the texts of the conditions that held, or of those that did not.
func (d Decision) texts(holds bool) []string {
	var texts []string
	for _, r := range d.Reasons {
		if r.Holds == holds {
			texts = append(texts, r.Text)
		}
	}
	return texts
}

// String says how far the delivery came, without times: "discord: sent as
// message 118, at the first try".
func (p Progress) String() string {
	text := p.Destination + ": " + string(p.State)
	switch {
	case p.State == Sent && p.Message != "":
		text += " as message " + p.Message
	case p.State == Held:
		text += ", the destination is switched off"
	case p.Gathers:
		text += ", gathered to be told with the story’s next updates"
	}
	switch {
	case p.Others == 1:
		text += ", together with 1 other update"
	case p.Others > 1:
		text += fmt.Sprintf(", together with %d other updates", p.Others)
	}
	switch {
	case p.Attempts == 1:
		text += ", tried once"
	case p.Attempts > 1:
		text += fmt.Sprintf(", tried %d times", p.Attempts)
	case p.State != Sent:
		text += ", not tried yet"
	}
	if p.Why != "" {
		text += ": " + p.Why
	}
	return text
}
