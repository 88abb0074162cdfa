// Package notify decides who hears of a change and sees that they do. A change
// row is the outbox: [Dispatcher] turns it, by the routes, into one delivery a
// destination, in one transaction, and sends each delivery through its
// destination's [Sender] until that accepts it. Everything can be killed at
// any moment and picked up from the [Outbox] again.
package notify

import (
	"context"
	"fmt"
	"time"

	"stet/watcher/compare"
)

// An Alert is a change and the little more that a message about it needs.
type Alert struct {
	ID       int64 // the change's
	Watch    int64
	From, To int // revision numbers; equal for gone, restored and moved
	URL      string
	Label    string
	Tags     []string
	Source   string
	WatchTo  []string // destinations named by the watch itself

	Headline string // as it stands now
	Site     string // the outlet's name, or else its host
	Language string
	Authors  []string

	Published time.Time // as the page says, or zero
	FirstSeen time.Time // when stet first saw the story
	Previous  time.Time // when the revision before was last seen
	Seen      time.Time // when stet saw the change
	Ledger    string    // first 12 hex digits of the revision's ledger leaf hash

	// Story and Diff are addresses of the history pages; "" without any.
	Story string
	Diff  string

	compare.Change
}

// News is a message for the operator: what goes wrong with stet or a watch.
type News struct {
	ID    int64
	Watch int64 // 0 where it is about stet itself
	URL   string
	Text  string
	At    time.Time
}

// A Delivery is one alert, or one piece of news, to one destination. An alert
// may tell several updates of one story together.
type Delivery struct {
	ID          string  // at most 25 characters of [0-9a-z]; a message's nonce
	Destination string  // its name
	Alert       *Alert  // the newest change; nil for news
	Gathered    []Alert // all updates that are told together, oldest first, the newest included; nil for one alone
	News        *News   // nil for an alert
	Attempts    int     // tries before this one
	FirstTried  time.Time
}

// A Sender sends deliveries to one destination.
type Sender interface {
	// Send sends d and returns the destination's id for the message. It is
	// safe to call again for the same delivery, whose ID is the message's
	// nonce. A *LaterError is tried again; a *GoneError switches the
	// destination off and keeps its deliveries; any other error ends this one.
	Send(ctx context.Context, d Delivery) (id string, err error)
}

// A LaterError says that the destination cannot take the delivery now.
type LaterError struct {
	After time.Duration // what the destination asked for; 0 leaves it to the caller
	Err   error
}

func (e *LaterError) Error() string { return fmt.Sprintf("try again later: %v", e.Err) }
func (e *LaterError) Unwrap() error { return e.Err }

// A GoneError says that the destination takes no deliveries any more: it was
// deleted, or stet may not post there.
type GoneError struct{ Err error }

func (e *GoneError) Error() string { return e.Err.Error() }
func (e *GoneError) Unwrap() error { return e.Err }

// A Destination is a place alerts go.
type Destination struct {
	Name string
	Sender
	// Fingerprint changes when the destination's settings do; one that was
	// switched off is then tried again.
	Fingerprint string
}

// An Outbox keeps what is to be told.
type Outbox interface {
	// Unrouted returns changes that were not routed yet, oldest first, and
	// likewise news for the operator.
	Unrouted(ctx context.Context, limit int) ([]Alert, error)
	UnroutedNews(ctx context.Context, limit int) ([]News, error)
	// Route marks a change as routed, adds one delivery for each destination
	// and keeps why it goes there, and not elsewhere, in one transaction.
	// Routing it again changes nothing.
	Route(ctx context.Context, change int64, to []string, why []Decision) error
	RouteNews(ctx context.Context, news int64, to []string) error
	// Gather is Route for an update of a story. It joins the story's delivery
	// to the destination that waits and was not claimed yet, if it has room
	// for another of MostGathered. Else it becomes a delivery that is due once
	// GatherFor has passed since the story's updates were last told there: now
	// where they were not.
	Gather(ctx context.Context, change int64, to []string, why []Decision, now time.Time) error
	// Claim hands out up to limit unsent deliveries to the destination that
	// are due at now, oldest first; nobody else gets them before the lease
	// ends. It counts the attempt. What is behind a delivery that is to be
	// tried again waits for it until its Patience-th try; nothing waits for
	// one that gathers.
	Claim(ctx context.Context, destination string, now time.Time, lease time.Duration, limit int) ([]Delivery, error)
	// Sent marks a delivery as accepted under the destination's message id.
	// Where it told updates, the story's next ones wait GatherFor from then.
	Sent(ctx context.Context, id, message string, at time.Time) error
	// Postpone makes a delivery due again at next, for the reason why.
	Postpone(ctx context.Context, id string, next time.Time, why string) error
	// Fail ends a delivery that the destination will never take.
	Fail(ctx context.Context, id string, why string) error
	// SwitchOff holds a destination's deliveries; SwitchOn lets them go, at
	// once but for those that gather.
	// SwitchedOff returns the ones that are off, by name.
	SwitchOff(ctx context.Context, o Off) error
	SwitchOn(ctx context.Context, destination string) error
	SwitchedOff(ctx context.Context) ([]Off, error)
}

// An Off is a destination that is switched off.
type Off struct {
	Destination string
	Fingerprint string // of its settings at that time
	Why         string
	At          time.Time
}
