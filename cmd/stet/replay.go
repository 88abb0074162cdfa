package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/notify"
	"stet/store"
	"stet/watcher"
	"stet/watcher/compare"
)

func (a *app) replayCommand() *cobra.Command {
	var since, rules string
	var apply bool
	cmd := &cobra.Command{
		Use:   "replay [URL…]",
		Short: "Judge the history again by today's code or another config, and show which alerts would differ",
		Long: `Read the pages that were kept once more, judge what changed by today's code, and
show which changes and alerts would differ from those that were kept: of the
stories given, or of all. Nothing is fetched, sent or changed.

--rules tries another config: its [[site]], [[route]] and [[destination]] tables
hold in the place of the config's. A kind of table that it does not have stays
as configured ("route = []" stands for none). It needs no secrets, and of a
destination no more than the name.

--apply writes what is judged otherwise in the place of what was judged then,
which is kept beside it. It makes no revisions and sends nothing.

Where a page is not kept any more, what it changed cannot be replayed.`,
		Example: `  stet replay --since 7d
  stet replay --rules new.toml
  stet replay https://outlet.example/story --apply`,
	}
	cmd.Flags().StringVar(&since, "since", "", "only what was seen since this `time`: RFC 3339, a date, or how long ago, such as 24h or 7d")
	cmd.Flags().StringVar(&rules, "rules", "", "try the routes, sites and destinations of this config `file`")
	cmd.Flags().BoolVar(&apply, "apply", false, "put the new judgements in the place of the old ones, which are kept")
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		from, err := momentSince("--since", since, time.Now())
		if err != nil {
			return err
		}
		cfg, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		r := &replayer{app: a, db: db, since: from, apply: apply, then: routing(cfg), why: replayWhy}
		if rules != "" {
			if cfg, err = a.try(cfg, rules); err != nil {
				return err
			}
			r.why += " and the rules of " + filepath.Base(rules)
		}
		r.now = routing(cfg)
		r.replay = watcher.Replay{Archive: db, Rules: cfg.Rules, RevisionsOnly: apply}
		return r.run(cmd.Context(), args)
	}
	return cmd
}

// try returns the config with the tables of another, and says which.
func (a *app) try(cfg *config.Config, path string) (*config.Config, error) {
	tried, taken, err := cfg.Try(path)
	switch {
	case err != nil || a.json:
	case len(taken) == 0:
		a.printf("%s has no [[site]], [[route]] or [[destination]]: all is as configured.\n\n", plain(path))
	default:
		a.printf("Trying %s: its %s; all else is as configured.\n\n", plain(path), strings.Join(taken, ", "))
	}
	return tried, err
}

func routing(cfg *config.Config) notify.Routing {
	return notify.Routing{Routes: cfg.Routes, Destinations: cfg.DestinationNames()}
}

// replayWhy begins the reason of a judgement that a replay wrote.
const replayWhy = "a replay by the code of that day"

// A replayer is one run of `stet replay`.
type replayer struct {
	app       *app
	db        *store.DB
	replay    watcher.Replay
	then, now notify.Routing
	since     time.Time
	apply     bool
	why       string // of what is applied, for the record
	total     replayTotal
}

// replayTotal is the last line in the JSON of `replay`.
type replayTotal struct {
	Replayed int `json:"replayed"` // kept changes that were judged again
	Differ   int `json:"differ"`
	More     int `json:"alerts_more"`
	Fewer    int `json:"alerts_fewer"`
	Unknown  int `json:"cannot_be_replayed"`
	Applied  int `json:"applied"`
}

// replayRow is a change that would differ in the JSON of `replay`.
type replayRow struct {
	Change   *int64          `json:"change"` // null for one that was not kept
	URL      string          `json:"url"`
	Revision *int            `json:"revision"` // null for none
	Seen     *string         `json:"seen"`
	Result   string          `json:"result"` // judged (otherwise), found, no_edit or routed (otherwise)
	Differs  []string        `json:"differs"`
	Then     *replayedChange `json:"then"`
	Now      *replayedChange `json:"now"`
	Reason   string          `json:"reason"`
	ThenTo   []string        `json:"then_to"`
	NowTo    []string        `json:"now_to"`
	More     []string        `json:"more"`  // destinations that would be told, and were not
	Fewer    []string        `json:"fewer"` // destinations that were told, and would not be
	Applied  bool            `json:"applied"`

	at time.Time // Seen
}

// The results of a replayRow.
const (
	replayJudged = "judged"
	replayFound  = "found"
	replayNoEdit = "no_edit"
	replayRouted = "routed"
)

// replayedChange is what a replay compares of a change.
type replayedChange struct {
	Weight     compare.Weight     `json:"weight"`
	Disclosure compare.Disclosure `json:"disclosure"`
	Nature     compare.Nature     `json:"nature"`
	Silent     bool               `json:"silent"`
	Told       bool               `json:"told"`
	Summary    string             `json:"summary"`
}

func briefly(c compare.Change) *replayedChange {
	return &replayedChange{c.Weight, c.Disclosure, c.Nature, c.Silent, c.Told, c.Summary}
}

// differs names the parts in which two judgements differ.
func (c *replayedChange) differs(other *replayedChange) []string {
	parts := []string{}
	for _, p := range []struct {
		name    string
		differs bool
	}{
		{"weight", c.Weight != other.Weight},
		{"disclosure", c.Disclosure != other.Disclosure},
		{"nature", c.Nature != other.Nature},
		{"silent", c.Silent != other.Silent},
		{"told", c.Told != other.Told},
		{"summary", c.Summary != other.Summary},
	} {
		if p.differs {
			parts = append(parts, p.name)
		}
	}
	return parts
}

func (c *replayedChange) String() string {
	told := "told"
	if !c.Told {
		told = "not told"
	}
	return fmt.Sprintf("%s, %s, %s, %s: %s", c.Weight, c.Disclosure, c.Nature, told, plain(c.Summary))
}

// run replays the stories given, or all, removed ones too.
func (r *replayer) run(ctx context.Context, urls []string) error {
	for _, url := range urls {
		w, err := find(ctx, r.db, url)
		if err == nil {
			err = r.story(ctx, w)
		}
		if err != nil {
			return err
		}
	}
	if len(urls) == 0 {
		for _, f := range []watcher.Filter{{}, {State: watcher.Removed}} {
			for w, err := range r.db.Watches(ctx, f) {
				if err == nil {
					err = r.story(ctx, w)
				}
				if err != nil {
					return err
				}
			}
		}
	}
	return r.printTotal()
}

// story replays one story and prints what would differ.
func (r *replayer) story(ctx context.Context, w watcher.Watch) error {
	if w.LastCheck.Before(r.since) {
		return nil
	}
	all, err := r.replay.Watch(ctx, w)
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.At.Before(r.since) {
			continue
		}
		row, err := r.hold(ctx, w, p)
		if err != nil {
			return err
		}
		if row == nil {
			continue
		}
		r.total.Differ++
		r.total.More += len(row.More)
		r.total.Fewer += len(row.Fewer)
		if err := r.print(*row); err != nil {
			return err
		}
	}
	return nil
}

// hold holds what was replayed against what was kept. It returns nil where
// nothing differs.
func (r *replayer) hold(ctx context.Context, w watcher.Watch, p watcher.Replayed) (*replayRow, error) {
	switch {
	case p.Outcome == watcher.Unknown:
		r.total.Unknown++
		return nil, nil
	case p.Kept.Change == 0:
		return r.found(w, p), nil
	}
	then, err := r.db.Alert(ctx, p.Kept.Change)
	if errors.Is(err, store.ErrNoChange) {
		return nil, nil // erased meanwhile
	}
	if err != nil {
		return nil, err
	}
	former, err := r.db.FormerVerdicts(ctx, then.ID)
	if err != nil {
		return nil, err
	}
	r.total.Replayed++
	now := verdictNow(then, p)
	row := &replayRow{
		Change: &then.ID, URL: then.URL, Revision: numbered(p.Revision), Seen: stamp(then.Seen), at: then.Seen, Result: replayJudged, Reason: p.Reason,
		Then: briefly(then.Change), Now: briefly(now.Change),
	}
	row.Differs = row.Then.differs(row.Now)
	atFirst, first := now, then
	if p.Outcome == watcher.Judged {
		atFirst.Change = p.First
	}
	first.Change = firstVerdict(then.Change, former, now.Change, atFirst.Change)
	if p.Outcome == watcher.Carried {
		atFirst.Change = first.Change
	}
	row.route(r.then.To(first), r.now.To(atFirst))
	switch {
	case len(row.Differs)+len(row.More)+len(row.Fewer) == 0:
		return nil, nil
	case len(row.Differs) == 0:
		row.Result = replayRouted
	case p.Outcome == watcher.Nothing:
		row.Result = replayNoEdit
	}
	if r.apply && len(row.Differs) > 0 {
		if err := r.db.Rejudge(ctx, then.ID, now.Change, r.why, time.Now()); err != nil {
			return nil, err
		}
		row.Applied = true
		r.total.Applied++
	}
	return row, nil
}

// verdictNow is the alert of a kept change as it is judged now.
func verdictNow(then notify.Alert, p watcher.Replayed) notify.Alert {
	now := then
	switch p.Outcome {
	case watcher.Nothing:
		now.Change = watcher.NoEdit(then.Change, p.Reason)
	case watcher.Judged:
		now.Change, now.Headline, now.Language = p.Change, p.Article.Headline, p.Article.Language
	}
	return now
}

// firstVerdict is how a kept change was judged at first, which its alerts went
// by: before notes that came later spoke of it. What a replay wrote holds from
// the beginning; where it is what holds now, it began as what begins now.
func firstVerdict(kept compare.Change, former []watcher.FormerVerdict, now, nowFirst compare.Change) compare.Change {
	first := kept
	for _, f := range slices.Backward(former) {
		if strings.HasPrefix(f.Why, replayWhy) {
			if len(briefly(first).differs(briefly(now))) == 0 {
				return nowFirst
			}
			return first
		}
		first = f.Change
	}
	return first
}

// found is the row of a change that was not kept and would be.
func (r *replayer) found(w watcher.Watch, p watcher.Replayed) *replayRow {
	a := notify.Alert{
		Watch: w.ID, URL: w.URL, Label: w.Label, Tags: w.Tags, Source: w.Source, WatchTo: w.To,
		Headline: p.Article.Headline, Language: p.Article.Language, Seen: p.At, Change: p.First,
	}
	row := &replayRow{URL: w.URL, Revision: numbered(p.Revision), Seen: stamp(p.At), at: p.At, Result: replayFound, Differs: []string{}, Now: briefly(p.Change)}
	row.route(nil, r.now.To(a))
	return row
}

// numbered is a revision's number for JSON, nil for none.
func numbered(revision int) *int {
	if revision == 0 {
		return nil
	}
	return &revision
}

// route notes where the alert went and where it would go.
func (row *replayRow) route(then, now []string) {
	row.ThenTo, row.NowTo = append([]string{}, then...), append([]string{}, now...)
	row.More = slices.DeleteFunc(slices.Clone(row.NowTo), func(name string) bool { return slices.Contains(then, name) })
	row.Fewer = slices.DeleteFunc(slices.Clone(row.ThenTo), func(name string) bool { return slices.Contains(now, name) })
}

func (r *replayer) print(row replayRow) error {
	a := r.app
	if a.json {
		if row.Result == replayNoEdit {
			row.Now = nil
		}
		return a.printJSON(row)
	}
	name, then, now := "a change that was not kept", "nothing was found", row.Now.String()
	if row.Change != nil {
		name = fmt.Sprintf("change %d", *row.Change)
	}
	if row.Revision != nil {
		name += fmt.Sprintf(", revision %d", *row.Revision)
	}
	if row.Then != nil {
		then = row.Then.String()
	}
	if row.Result == replayNoEdit {
		now = "no edit: " + plain(row.Reason)
	}
	a.printf("%s, %s, seen %s\n  then: %s\n", name, plain(row.URL), when(row.at), then)
	if row.Result == replayRouted {
		now = "the same"
	}
	a.printf("  now:  %s\n", now)
	if len(row.More) > 0 {
		a.printf("  alerts that would come:     %s\n", strings.Join(row.More, ", "))
	}
	if len(row.Fewer) > 0 {
		a.printf("  alerts that would not come: %s\n", strings.Join(row.Fewer, ", "))
	}
	a.printf("\n")
	return nil
}

func (r *replayer) printTotal() error {
	a, t := r.app, r.total
	if a.json {
		return a.printJSON(t)
	}
	a.printf("%s replayed, %d would differ, %s more, %d fewer\n", counted(t.Replayed, "change"), t.Differ, counted(t.More, "alert"), t.Fewer)
	if t.Unknown > 0 {
		a.printf("%s cannot be replayed, as pages of theirs are not kept\n", counted(t.Unknown, "change"))
	}
	if r.apply {
		a.printf("%s judged anew; what was judged before is kept\n", counted(t.Applied, "change"))
	}
	return nil
}
