package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"stet/cmd/stet/config"
	"stet/store"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/watcher/fetch"
)

// secondLookAfter is how long `stet check` waits before it looks a second time
// at what must be seen twice.
const secondLookAfter = 2 * time.Second

// checkLease is how long `stet check` holds a watch.
const checkLease = 5 * time.Minute

func (a *app) checkCommand() *cobra.Command {
	var all, due, changedCode bool
	cmd := &cobra.Command{
		Use:   "check [URL…]",
		Short: "Look at stories now, print what changed, and send the alerts that it caused",
		Long: `Look at stories now, print what changed, and send the alerts that it caused.
A URL that is not watched is read and printed; nothing is added. What must be
seen twice before it is told is looked at again two seconds later. An update of
a live story that was told of within the last half-hour is kept and told together
with others, by stet run or the next check. The exit code is 1 when every look
failed.`,
		Example: `  stet check https://outlet.example/story
  stet check --all`,
	}
	cmd.Flags().BoolVar(&all, "all", false, "look at every active watch")
	cmd.Flags().BoolVar(&due, "due", false, "look at the watches that are due")
	cmd.Flags().BoolVar(&changedCode, "exit-code", false, "exit with 3 if anything changed")
	a.addJSON(cmd)
	cmd.RunE = func(cmd *cobra.Command, urls []string) error {
		if len(urls) == 0 && !all && !due {
			return usagef("nothing to look at: give a URL, --all or --due")
		}
		if all && due || (all || due) && len(urls) > 0 {
			return usagef("give one of: URLs, --all, --due")
		}
		ctx := cmd.Context()
		cfg, db, err := a.open(ctx)
		if err != nil {
			return err
		}
		defer db.Close()
		c, err := a.newCheck(cfg, db)
		if err != nil {
			return err
		}
		defer c.client.Close()
		targets, err := c.targets(ctx, urls, all, due)
		if err != nil {
			return err
		}
		c.run(ctx, targets)
		if err := c.tell(ctx); err != nil {
			return err
		}
		switch {
		case ctx.Err() != nil:
			return errors.New("stopped before every look was made")
		case c.looks > 0 && c.failed == c.looks:
			return exitCode(exitFailed)
		case changedCode && c.changed > 0:
			return exitCode(exitChanged)
		}
		return nil
	}
	return cmd
}

// A check is one run of `stet check`.
type check struct {
	*app
	cfg     *config.Config
	db      *store.DB
	client  *fetch.Client
	checker *watcher.Checker

	mu                     sync.Mutex
	looks, failed, changed int
}

func (a *app) newCheck(cfg *config.Config, db *store.DB) (*check, error) {
	httpClient, err := client(cfg, quiet())
	if err != nil {
		return nil, err
	}
	chk, err := checker(cfg, db, httpClient)
	if err != nil {
		return nil, err
	}
	return &check{app: a, cfg: cfg, db: db, client: httpClient, checker: chk}, nil
}

// A target is a story to look at: one that is watched, or just an address.
type target struct {
	watch   watcher.Watch
	address watcher.Address
}

func (c *check) targets(ctx context.Context, urls []string, all, due bool) ([]target, error) {
	var out []target
	for _, raw := range urls {
		address, err := watcher.ParseAddress(raw)
		if err != nil {
			return nil, err
		}
		w, err := c.db.WatchByKey(ctx, address.Key)
		if err != nil && !errors.Is(err, watcher.ErrNoWatch) {
			return nil, err
		}
		if w.State == watcher.Removed {
			w = watcher.Watch{}
		}
		out = append(out, target{watch: w, address: address})
	}
	if !all && !due {
		return out, nil
	}
	found, err := watches(ctx, c.db, watcher.Filter{State: watcher.Active})
	if err != nil {
		return nil, err
	}
	now := time.Now()
	for _, w := range found {
		if all || !w.NextCheck.After(now) {
			out = append(out, target{watch: w})
		}
	}
	return out, nil
}

// run looks at all targets, several at once; politeness to a host is the
// client's business.
func (c *check) run(ctx context.Context, targets []target) {
	bar := c.progress(len(targets))
	defer bar.end()
	var wg sync.WaitGroup
	slots := make(chan struct{}, 64)
	for _, t := range targets {
		select {
		case <-ctx.Done():
		case slots <- struct{}{}:
			wg.Go(func() {
				defer func() { <-slots }()
				c.one(ctx, t)
				bar.step()
			})
		}
	}
	wg.Wait()
}

// one looks at one target, a second time where that must be.
func (c *check) one(ctx context.Context, t target) {
	if t.watch.ID == 0 {
		c.unwatched(ctx, t.address)
		return
	}
	l, changes, err := c.look(ctx, t.watch)
	for err == nil && l.Watch.Pending.Reason != "" && wait(ctx, secondLookAfter) {
		var more []watcher.Change
		l, more, err = c.look(ctx, t.watch)
		changes = append(changes, more...)
		if l.Result == watcher.Failed || l.Result == watcher.Quarantined {
			break // the next look of stet run will decide
		}
	}
	if err != nil {
		c.report(lookRow{URL: t.watch.URL, Result: string(watcher.Failed), Reason: err.Error()}, nil)
		return
	}
	c.report(lookRow{URL: t.watch.URL, Result: string(l.Result), Reason: l.Reason}, changes)
}

// look makes one look at a watch, waiting for one that is under way elsewhere.
func (c *check) look(ctx context.Context, w watcher.Watch) (watcher.Look, []watcher.Change, error) {
	for {
		claimed, err := c.db.ClaimWatch(ctx, w.ID, time.Now(), checkLease)
		if errors.Is(err, watcher.ErrLeased) && wait(ctx, 100*time.Millisecond) {
			continue
		}
		if err != nil {
			return watcher.Look{}, nil, err
		}
		l, changes, err := c.checker.Check(ctx, claimed)
		if errors.Is(err, watcher.ErrLeaseLost) {
			continue
		}
		if err != nil {
			return l, nil, errors.Join(err, c.db.Release(context.WithoutCancel(ctx), []watcher.Watch{claimed}))
		}
		return l, changes, c.db.Flush(ctx)
	}
}

// wait waits, and reports whether the time passed before ctx ended.
func wait(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

// unwatched reads a story that is not watched and prints it.
func (c *check) unwatched(ctx context.Context, address watcher.Address) {
	var a article.Article
	page, err := fetchPage(ctx, c.cfg, c.client, address.URL)
	if err == nil {
		a, _ = article.Read(page)
	}
	row := lookRow{URL: address.URL, Result: string(watcher.Unchanged), Reason: "not watched: read and printed, nothing kept"}
	switch {
	case err != nil:
		row.Result, row.Reason = string(watcher.Failed), err.Error()
		var f *fetch.Failure
		if errors.As(err, &f) && f.Refused() {
			row.Result = string(watcher.Refused)
		}
	case !a.Kind.Story():
		row.Result, row.Reason = string(watcher.Quarantined), fmt.Sprintf("the page is no article but: %s", a.Kind)
	}
	c.report(row, nil)
	if err == nil && !c.json {
		c.mu.Lock()
		defer c.mu.Unlock()
		writeArticle(c.stdout, a, c.style())
	}
}

// lookRow is a look in the JSON of `check`.
type lookRow struct {
	URL    string     `json:"url"`
	Result string     `json:"result"`
	Reason string     `json:"reason"`
	Change *changeRow `json:"change"`
}

// changeRow is a kept change in JSON.
type changeRow struct {
	ID int64 `json:"id"`
	compare.Change
}

func (c *check) report(row lookRow, changes []watcher.Change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.looks++
	switch watcher.Result(row.Result) {
	case watcher.Failed, watcher.Refused, watcher.Quarantined:
		c.failed++
	}
	if len(changes) > 0 {
		last := changes[len(changes)-1]
		row.Change = &changeRow{ID: last.ID, Change: last.Change}
		if row.Result != string(watcher.Unchanged) { // not only a stamp that moved
			c.changed++
		}
	}
	if c.json {
		c.printJSON(row)
		return
	}
	c.printf("%-11s  %s\n             %s\n", row.Result, plain(row.URL), plain(row.Reason))
}

// tell sends the alerts that the looks caused, and any others that are due, and
// says which are not.
func (c *check) tell(ctx context.Context) error {
	out := c.stdout
	if c.json {
		out = c.stderr // standard output holds JSON alone
	}
	d, err := c.dispatcher(c.cfg, c.db, c.client, out, quiet())
	if err != nil {
		return err
	}
	if err := d.Flush(ctx); err != nil {
		return err
	}
	updates, next, err := c.db.Gathering(ctx, time.Now())
	if err == nil && updates > 0 {
		fmt.Fprintf(out, "%s\n", gathering(updates, next))
	}
	return err
}

// gathering says what becomes of updates that are not told yet.
func gathering(updates int, next time.Time) string {
	what := "1 update of a live story is gathered and will"
	if updates > 1 {
		what = fmt.Sprintf("%d updates of live stories are gathered and will", updates)
	}
	return fmt.Sprintf("%s be sent at %s, by stet run or the next check", what, next.Local().Format("15:04"))
}

// A progress shows on a terminal how far long work has come.
type progress struct {
	app   *app
	total int
	shown bool
	mu    sync.Mutex
	done  int
}

// progress starts a progress line on standard error where that is a terminal
// and there is more than a handful to do.
func (a *app) progress(total int) *progress {
	f, ok := a.stderr.(*os.File)
	return &progress{app: a, total: total, shown: ok && total > 5 && term.IsTerminal(int(f.Fd()))}
}

func (p *progress) step() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done++
	if p.shown {
		fmt.Fprintf(p.app.stderr, "\r%d of %d looks", p.done, p.total)
	}
}

func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.app.stderr, "\r\x1b[K")
	}
}
