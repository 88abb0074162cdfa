package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/notify"
	"stet/notify/console"
	"stet/store"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

func (a *app) whyCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "why URL|CHANGE",
		Short: "Say how stet came to tell a change, or not to: each step, and by which rule",
		Long: `Say how stet came to tell a change, or not to: each step from the fetch to the
delivery, with what was kept, left out, judged and routed, and by which rule.
Of a URL: the latest look at it and the latest change found there. Of a CHANGE,
by its number, as on its page and in the JSON of history: the look that found
it, the judgements it had before the one that holds, and where it went.

Steps and routes are those of then. What was left out of the page is told as it
is read today; "stet extract URL --explain" shows every block.`,
		Example: `  stet why https://outlet.example/story
  stet why 12 --json`,
		Args: cobra.ExactArgs(1),
	}
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		cfg, db, err := a.open(cmd.Context())
		if err != nil {
			return err
		}
		defer db.Close()
		row, err := (&inquiry{cfg, db}).answer(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		if a.json {
			return a.printJSON(row)
		}
		a.printWhy(row)
		return nil
	}
	return cmd
}

// whyRow is the JSON of `why`.
type whyRow struct {
	URL    string     `json:"url"`
	Look   *whyLook   `json:"look"`   // the latest; null where a change was asked for
	Change *whyChange `json:"change"` // the latest, or the one asked for; null before the first
}

// whyLook is a look in the JSON of `why`.
type whyLook struct {
	At        *string        `json:"at"`
	Result    watcher.Result `json:"result"`
	Reason    string         `json:"reason"`
	NextCheck *string        `json:"next_check"`
	Steps     []watcher.Step `json:"steps"`
	LeftOut   []leftOutRow   `json:"left_out"`

	at time.Time
}

// whyChange is a change in the JSON of `why`.
type whyChange struct {
	ID   int64   `json:"id"`
	From int     `json:"from"`
	To   int     `json:"to"`
	Seen *string `json:"seen"`
	verdictRow
	Rules      []compare.Rule    `json:"rules"`
	Steps      []watcher.Step    `json:"steps"`
	LeftOut    []leftOutRow      `json:"left_out"`
	Kept       *keptRow          `json:"kept"` // null where the change led to no revision
	Former     []formerRow       `json:"former"`
	Routed     bool              `json:"routed"`
	Decisions  []notify.Decision `json:"decisions"` // null if they were not kept
	Deliveries []deliveryRow     `json:"deliveries"`

	change watcher.Change
	former []watcher.FormerVerdict
	routed notify.Routed
	kept   string
}

// verdictRow is a judgement in the JSON of `why`.
type verdictRow struct {
	Told           bool               `json:"told"`
	Weight         compare.Weight     `json:"weight"`
	Nature         compare.Nature     `json:"nature"`
	Disclosure     compare.Disclosure `json:"disclosure"`
	Silent         bool               `json:"silent"`
	Summary        string             `json:"summary"`
	Reasons        []string           `json:"reasons"`
	DisclosedBy    int                `json:"disclosed_by,omitempty"`
	DisclosedAfter int64              `json:"disclosed_after,omitempty"`
}

func verdictJSON(c compare.Change) verdictRow {
	return verdictRow{c.Told, c.Weight, c.Nature, c.Disclosure, c.Silent, c.Summary, c.Reasons, c.DisclosedBy, c.DisclosedAfter}
}

// leftOutRow counts the blocks of a page that are left out for one reason.
type leftOutRow struct {
	Reason  string `json:"reason"`
	Blocks  int    `json:"blocks"`
	Example string `json:"example"`
}

// keptRow is the revision that a change led to.
type keptRow struct {
	Revision int    `json:"revision"`
	Leaf     int64  `json:"leaf"`
	LeafHash string `json:"leaf_hash"`
	Page     int    `json:"page"` // its bytes; 0 if none is kept
}

// formerRow is a judgement that a change had before.
type formerRow struct {
	At  *string `json:"at"` // when it was judged anew
	Why string  `json:"why"`
	verdictRow
}

// deliveryRow is a delivery in the JSON of `why`.
type deliveryRow struct {
	ID          string               `json:"id"`
	Destination string               `json:"destination"`
	State       notify.DeliveryState `json:"state"`
	Attempts    int                  `json:"attempts"`
	FirstTried  *string              `json:"first_tried"`
	NextTry     *string              `json:"next_try"`
	Gathers     bool                 `json:"gathers"` // until next_try, with the story's other updates
	Others      int                  `json:"others"`  // updates that are told with it
	Sent        *string              `json:"sent"`
	Message     string               `json:"message"`
	Why         string               `json:"why"`
}

// An inquiry looks up why something was told, or not.
type inquiry struct {
	cfg *config.Config
	db  *store.DB
}

// answer answers for a change, where the name is a number, or else for a URL.
func (q *inquiry) answer(ctx context.Context, name string) (whyRow, error) {
	if id, err := strconv.ParseInt(name, 10, 64); err == nil {
		c, err := q.db.Change(ctx, id)
		if errors.Is(err, store.ErrNoChange) {
			return whyRow{}, fmt.Errorf("change %d: %w (stet history URL --json has the numbers of a story's changes)", id, store.ErrNoChange)
		}
		if err != nil {
			return whyRow{}, err
		}
		w, err := q.db.Watch(ctx, c.Watch)
		if err != nil {
			return whyRow{}, err
		}
		change, err := q.change(ctx, c)
		return whyRow{URL: w.URL, Change: change}, err
	}
	w, err := find(ctx, q.db, name)
	if err != nil {
		return whyRow{}, err
	}
	row := whyRow{URL: w.URL}
	if row.Look, err = q.look(ctx, w); err != nil {
		return row, err
	}
	latest, err := q.db.Changes(ctx, w.ID, 1)
	if err == nil && len(latest) > 0 {
		row.Change, err = q.change(ctx, latest[0])
	}
	return row, err
}

// look looks up the latest look at a watch; nil before the first.
func (q *inquiry) look(ctx context.Context, w watcher.Watch) (*whyLook, error) {
	steps, at, err := q.db.Steps(ctx, w.ID)
	if err != nil || at.IsZero() {
		return nil, err
	}
	page, err := q.db.LatestCapture(ctx, w.ID)
	if err != nil && !errors.Is(err, watcher.ErrNoCapture) {
		return nil, err
	}
	return &whyLook{At: stamp(at), Result: w.LastResult, Reason: w.LastReason, NextCheck: stamp(w.NextCheck), Steps: steps, LeftOut: q.leftOut(page), at: at}, nil
}

// change looks up all there is of a change.
func (q *inquiry) change(ctx context.Context, c watcher.Change) (*whyChange, error) {
	row := &whyChange{
		ID: c.ID, From: c.From, To: c.To, Seen: stamp(c.Seen), verdictRow: verdictJSON(c.Change), Rules: c.Rules(),
		LeftOut: []leftOutRow{}, Former: []formerRow{}, Deliveries: []deliveryRow{}, change: c,
	}
	var err error
	if row.Steps, err = q.db.ChangeSteps(ctx, c.ID); err != nil {
		return nil, err
	}
	if row.former, err = q.db.FormerVerdicts(ctx, c.ID); err != nil {
		return nil, err
	}
	for _, f := range row.former {
		row.Former = append(row.Former, formerRow{stamp(f.At), f.Why, verdictJSON(f.Change)})
	}
	if row.routed, err = q.db.Routed(ctx, c.ID); err != nil {
		return nil, err
	}
	row.Routed, row.Decisions = row.routed.Done, row.routed.Decisions
	for _, d := range row.routed.Deliveries {
		row.Deliveries = append(row.Deliveries, deliveryJSON(d))
	}
	return row, q.kept(ctx, row)
}

func deliveryJSON(d notify.Progress) deliveryRow {
	row := deliveryRow{ID: d.ID, Destination: d.Destination, State: d.State, Attempts: d.Attempts,
		FirstTried: stamp(d.FirstTried), Sent: stamp(d.Sent), Message: d.Message, Why: d.Why, Gathers: d.Gathers, Others: d.Others}
	if d.State == notify.Waiting {
		row.NextTry = stamp(d.Due)
	}
	return row
}

// kept looks up the revision that a change led to, and its page.
func (q *inquiry) kept(ctx context.Context, row *whyChange) error {
	c := row.change
	if c.From == c.To {
		return nil
	}
	r, err := q.db.Revision(ctx, c.Watch, c.To)
	if err != nil {
		return err
	}
	page, err := q.db.Capture(ctx, r.ID)
	if err != nil && !errors.Is(err, watcher.ErrNoCapture) {
		return err
	}
	row.Kept = &keptRow{Revision: r.Number, Leaf: r.Leaf, LeafHash: fmt.Sprintf("%x", r.LeafHash), Page: len(page.Body)}
	row.kept = r.Kept()
	row.LeftOut = q.leftOut(page)
	return nil
}

// mostReasons is how many reasons for leaving blocks out are told, those of
// most blocks first.
const mostReasons = 8

// leftOut reads a page as it would be read for the first time today, and
// counts what of it is left out.
func (q *inquiry) leftOut(c fetch.Capture) []leftOutRow {
	rows := []leftOutRow{}
	if len(c.Body) == 0 {
		return rows
	}
	_, judgements := article.Explain(ruled(q.cfg, watcher.Page(&c)))
	for _, j := range judgements {
		if j.Label != "left out" {
			continue
		}
		i := slices.IndexFunc(rows, func(r leftOutRow) bool { return r.Reason == j.Reason })
		if i < 0 {
			i, rows = len(rows), append(rows, leftOutRow{Reason: j.Reason, Example: oneLine(j.Text, 60)})
		}
		rows[i].Blocks++
	}
	slices.SortStableFunc(rows, func(a, b leftOutRow) int { return b.Blocks - a.Blocks })
	return rows[:min(len(rows), mostReasons)]
}

// printWhy prints an answer for people.
func (a *app) printWhy(row whyRow) {
	a.printf("%s\n", plain(row.URL))
	if l, c := row.Look, row.Change; l != nil && c != nil && c.change.Seen.Equal(l.at) {
		a.printf("\nThe latest look found the latest change.\n")
	} else if l != nil {
		a.printf("\nThe latest look\n")
		a.printSteps(l.Steps)
		a.printLeftOut(l.LeftOut)
	} else if row.Change == nil {
		a.printf("\nNot looked at yet.\n")
	}
	if c := row.Change; c != nil {
		a.printWhyChange(c)
	} else if row.Look != nil {
		a.printf("\nNo change was found yet.\n")
	}
}

func (a *app) printWhyChange(row *whyChange) {
	c := row.change
	led := fmt.Sprintf("from revision %d to %d", c.From, c.To)
	if c.From == c.To {
		led = fmt.Sprintf("at revision %d", c.To)
	}
	a.printf("\nChange %d, %s, seen %s\n%s\n", c.ID, led, when(c.Seen), console.Wrap(c.Summary, a.style().Width))
	if row.Steps == nil {
		a.printSteps([]watcher.Step{{Name: "look", Detail: "found by a stet that did not keep its steps"}})
	} else {
		a.printSteps(row.Steps)
	}
	a.printLeftOut(row.LeftOut)
	var steps []watcher.Step
	add := func(name, detail string) { steps = append(steps, watcher.Step{Name: name, Detail: detail}) }
	if row.Kept != nil {
		add("kept", fmt.Sprintf("%s, with its page of %d KB", row.kept, (row.Kept.Page+1023)/1024))
	}
	for _, text := range row.routed.Explain() {
		add("routed", text)
	}
	for _, d := range row.routed.Deliveries {
		add("delivered", d.String()+times(d))
	}
	for _, f := range row.former {
		add("judged anew", when(f.At)+": "+f.String())
	}
	if len(row.former) > 0 || row.Steps == nil {
		for _, r := range row.Rules {
			add("judged now", r.String())
		}
	}
	a.printSteps(steps)
}

// times says when a delivery was tried.
func times(d notify.Progress) string {
	var parts []string
	for _, p := range []struct {
		what string
		at   time.Time
	}{{"first tried", d.FirstTried}, {"accepted", d.Sent}} {
		if !p.at.IsZero() {
			parts = append(parts, p.what+" "+when(p.at))
		}
	}
	switch {
	case d.State == notify.Waiting && d.Gathers:
		parts = append(parts, "until "+when(d.Due))
	case d.State == notify.Waiting && d.Attempts > 0:
		parts = append(parts, "next try "+when(d.Due))
	}
	if len(parts) == 0 {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func (a *app) printLeftOut(rows []leftOutRow) {
	var steps []watcher.Step
	for _, r := range rows {
		steps = append(steps, watcher.Step{Name: "left out", Detail: fmt.Sprintf("%d × %s, such as “%s”", r.Blocks, r.Reason, r.Example)})
	}
	a.printSteps(steps)
}

// nameColumn is the width of a step's name.
const nameColumn = 13

// printSteps prints steps, each name once for those that follow one another.
func (a *app) printSteps(steps []watcher.Step) {
	last := ""
	for _, s := range steps {
		name := s.Name
		if name == last {
			name = ""
		}
		last = s.Name
		text := console.Wrap(s.Detail, max(a.style().Width-nameColumn-2, 20))
		a.printf("  %-*s%s\n", nameColumn, plain(name), strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", nameColumn+2)))
	}
}
