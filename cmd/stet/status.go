package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"stet/notify"
	"stet/watcher"
)

func (a *app) statusCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "status",
		Short:   "Show what is watched, due, late, failing and waiting to be sent",
		Example: "  stet status --json",
		Args:    cobra.NoArgs,
	}
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		ctx := cmd.Context()
		_, db, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer db.Close()
		now := time.Now()
		s, err := db.Status(ctx, now)
		if err != nil {
			return err
		}
		var g gathered
		if g.updates, g.until, err = db.Gathering(ctx, now); err != nil {
			return err
		}
		off, err := db.Outbox().SwitchedOff(ctx)
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(statusJSON(s, g, off))
		}
		a.printStatus(s, g, off)
		return nil
	}
	return cmd
}

// statusRow is the JSON of `status`.
type statusRow struct {
	watcher.Status
	NextCheck     *string    `json:"next_check"`
	Gathered      int        `json:"gathered"`       // updates of live stories that wait to be told together; their deliveries are among the waiting
	GatheredUntil *string    `json:"gathered_until"` // when the first of them are told
	Troubles      []watchRow `json:"troubles"`
	SwitchedOff   []offRow   `json:"switched_off"`
}

// gathered counts updates that wait to be told together.
type gathered struct {
	updates int
	until   time.Time // when the first of them are told
}

func (g gathered) String() string {
	if g.updates == 0 {
		return ""
	}
	return fmt.Sprintf(" (live stories’ updates that gather: %d, told from %s on)", g.updates, when(g.until))
}

type offRow struct {
	Destination string  `json:"destination"`
	Reason      string  `json:"reason"`
	Since       *string `json:"since"`
}

func statusJSON(s watcher.Status, g gathered, off []notify.Off) statusRow {
	row := statusRow{Status: s, NextCheck: stamp(s.NextCheck), Gathered: g.updates, GatheredUntil: stamp(g.until), Troubles: []watchRow{}, SwitchedOff: []offRow{}}
	for _, w := range s.Troubles {
		row.Troubles = append(row.Troubles, watchJSON(w))
	}
	for _, o := range off {
		row.SwitchedOff = append(row.SwitchedOff, offRow{o.Destination, o.Why, stamp(o.At)})
	}
	return row
}

func (a *app) printStatus(s watcher.Status, g gathered, off []notify.Off) {
	a.printf("Stories:     %d watched, %d paused, %d gone\n", s.Active, s.Paused, s.Gone)
	a.printf("Looks:       %d due, %d late; next %s\n", s.Due, s.Late, when(s.NextCheck))
	a.printf("Trouble:     %d failing, %d quarantined\n", s.Failing, s.Quarantined)
	a.printf("Kept:        %d revisions, %d changes\n", s.Revisions, s.Changes)
	a.printf("Deliveries:  %d waiting%s, %d not delivered\n", s.Waiting, g, s.Undelivered)
	for _, o := range off {
		a.printf("\nDestination %s is switched off since %s: %s\n  Its deliveries are kept. stet doctor says how to mend it.\n", o.Destination, when(o.At), plain(o.Why))
	}
	if len(s.Troubles) > 0 {
		a.printf("\nNeed you:\n")
		a.printWatches(s.Troubles)
	}
}
