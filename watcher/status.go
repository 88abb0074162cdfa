package watcher

import "time"

// A Filter chooses watches. The zero Filter chooses all that are not removed.
type Filter struct {
	State State  // "" for any but Removed
	Tag   string // "" for any
	Host  string // "" for any
}

// A Status counts what stet does now.
type Status struct {
	Active      int       `json:"active"`
	Paused      int       `json:"paused"`
	Gone        int       `json:"gone"`
	Failing     int       `json:"failing"`     // three or more failed or refused checks in a row
	Quarantined int       `json:"quarantined"` // three or more quarantined checks in a row
	Due         int       `json:"due"`         // due now
	Late        int       `json:"late"`        // due for more than a minute
	NextCheck   time.Time `json:"next_check"`  // the earliest to come; zero if none
	Revisions   int       `json:"revisions"`
	Changes     int       `json:"changes"`
	Waiting     int       `json:"waiting"`     // deliveries not sent yet
	Undelivered int       `json:"undelivered"` // deliveries given up, or held for a destination that is switched off
	Troubles    []Watch   `json:"-"`           // the watches that need a person, worst first, at most 20
}
