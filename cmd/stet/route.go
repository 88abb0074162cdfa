package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"stet/notify"
)

func (a *app) routeCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "route",
		Short:   "Show which changes go where",
		Example: "  stet route list\n  stet route test",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(a.routeListCommand(), a.routeTestCommand())
	return cmd
}

// routeRow is a route in the JSON of `route list`.
type routeRow struct {
	Route int      `json:"route"` // counted from 1; 0 for what holds without any
	To    []string `json:"to"`
	Match []string `json:"match"` // the conditions, in words; none for the default route
}

func (a *app) routeListCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List the routes",
		Example: "  stet route list",
		Args:    cobra.NoArgs,
	}
	a.addJSON(cmd)
	cmd.RunE = func(*cobra.Command, []string) error {
		cfg, err := a.config()
		if err != nil {
			return err
		}
		rows := []routeRow{}
		for i, r := range cfg.Routes {
			rows = append(rows, routeRow{Route: i + 1, To: r.To, Match: conditions(r.Match)})
		}
		if len(rows) == 0 {
			rows = append(rows, routeRow{To: cfg.DestinationNames(), Match: []string{}})
		}
		for _, r := range rows {
			if a.json {
				if err := a.printJSON(r); err != nil {
					return err
				}
				continue
			}
			a.printf("%d  to %s: %s\n", r.Route, orNone(r.To), orWord(strings.Join(r.Match, "; "),
				"every change of weight minor or more, every note, gone, restored, the first revert"))
		}
		return nil
	}
	return cmd
}

// conditions says what a match asks for, a condition each.
func conditions(m notify.Match) []string {
	out, words := []string{}, []string(nil)
	add := func(key string, values []string) {
		if len(values) > 0 {
			out = append(out, key+" is "+strings.Join(values, " or "))
		}
	}
	add("weight", texts(m.Weight))
	if m.Silent != nil {
		out = append(out, fmt.Sprintf("silent is %v", *m.Silent))
	}
	add("disclosure", texts(m.Disclosure))
	add("nature", texts(m.Nature))
	add("field", texts(m.Field))
	add("fact", m.Fact)
	add("host", m.Host)
	add("tag", m.Tag)
	add("source", m.Source)
	add("language", m.Language)
	for _, p := range m.Words {
		words = append(words, p.String())
	}
	if len(words) > 0 {
		out = append(out, "words match "+strings.Join(words, " or "))
	}
	return out
}

func texts[T ~string](values []T) []string {
	var out []string
	for _, v := range values {
		out = append(out, string(v))
	}
	return out
}

// decisionRow is a change and where it goes in the JSON of `route test`.
type decisionRow struct {
	Change    int64             `json:"change"`
	URL       string            `json:"url"`
	Summary   string            `json:"summary"`
	To        []string          `json:"to"`
	Gathers   bool              `json:"gathers"` // told together with the story's other updates, where one was told within the half-hour before
	Decisions []notify.Decision `json:"decisions"`
}

func (a *app) routeTestCommand() *cobra.Command {
	var limit int
	cmd := &cobra.Command{
		Use:     "test",
		Short:   "Show where the latest kept changes would go, and why, without sending anything",
		Example: "  stet route test --last 20",
		Args:    cobra.NoArgs,
	}
	cmd.Flags().IntVar(&limit, "last", 10, "how many of the latest changes to try, at most 1000")
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if limit < 1 || limit > 1000 {
			return usagef("--last: %d is not from 1 to 1000", limit)
		}
		ctx := cmd.Context()
		cfg, db, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer db.Close()
		httpClient, err := client(cfg, quiet())
		if err != nil {
			return err
		}
		defer httpClient.Close()
		d, err := a.dispatcher(cfg, db, httpClient, io.Discard, quiet())
		if err != nil {
			return err
		}
		alerts, err := db.Alerts(ctx, 0, limit)
		if err != nil {
			return err
		}
		for _, alert := range alerts {
			routing := d.Routing()
			row := decisionRow{Change: alert.ID, URL: alert.URL, Summary: alert.Summary, To: routing.To(alert), Decisions: routing.Explain(alert)}
			row.Gathers = alert.Gathers() && len(row.To) > 0
			if err := a.printDecision(row); err != nil {
				return err
			}
		}
		if len(alerts) == 0 && !a.json {
			a.printf("No change is kept yet.\n")
		}
		return nil
	}
	return cmd
}

func (a *app) printDecision(row decisionRow) error {
	if row.To == nil {
		row.To = []string{}
	}
	if a.json {
		return a.printJSON(row)
	}
	a.printf("change %d, %s\n  %s\n  goes to: %s\n", row.Change, plain(row.URL), plain(row.Summary), orNone(row.To))
	if row.Gathers {
		a.printf("    an update of a live story: within %.0f min of the alert before, it is gathered and told with the others at their end\n", notify.GatherFor.Minutes())
	}
	for _, d := range row.Decisions {
		for _, r := range d.Reasons {
			mark := "yes"
			if !r.Holds {
				mark = "no"
			}
			a.printf("    %s, route %d, %s: %s (%s)\n", d.Destination, d.Route, r.Key, plain(r.Text), mark)
		}
	}
	return nil
}
