package main

import (
	"context"
	"fmt"
	"html"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/notify/console"
	"stet/store"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/compare"
	"stet/web"
)

// The formats of history, show and diff.
const (
	formatText     = "text"
	formatJSON     = "json"
	formatHTML     = "html"
	formatMarkdown = "markdown"
	formatUnified  = "unified"
)

// addFormat gives a command --format, and --json as another word for its JSON.
func (a *app) addFormat(cmd *cobra.Command, format *string) {
	cmd.Flags().StringVar(format, "format", formatText, "`form` to print in: text, json, html, markdown or unified")
	a.addJSON(cmd)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		if a.json {
			*format = formatJSON
		}
		switch *format {
		case formatText, formatJSON, formatHTML, formatMarkdown, formatUnified:
			return nil
		}
		return usagef("--format: %q is no format; there are text, json, html, markdown and unified", *format)
	}
}

func (a *app) historyCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "history URL",
		Short:   "List a story's revisions and what changed from one to the next",
		Example: "  stet history https://outlet.example/story",
		Args:    cobra.ExactArgs(1),
	}
	a.addFormat(cmd, &format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w, db, err := a.story(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		defer db.Close()
		entries, err := db.History(cmd.Context(), w.ID)
		if err != nil {
			return err
		}
		if len(entries) == 0 && format != formatJSON {
			return fmt.Errorf("%s: %w; last look: %s", w.URL, watcher.ErrNoRevision, orWord(w.LastReason, "none yet"))
		}
		return a.printHistory(w, entries, format)
	}
	return cmd
}

func orWord(s, word string) string {
	if s == "" {
		return word
	}
	return s
}

// story opens the store and finds the watch of a URL in it.
func (a *app) story(ctx context.Context, raw string) (watcher.Watch, *store.DB, error) {
	_, db, err := a.open(ctx)
	if err != nil {
		return watcher.Watch{}, nil, err
	}
	w, err := find(ctx, db, raw)
	if err != nil {
		db.Close()
		return watcher.Watch{}, nil, err
	}
	return w, db, nil
}

// historyRow is a revision in the JSON of `history`: the change that led to
// it, and what was seen of it later (gone, restored, moved, walled, a stamp alone).
type historyRow struct {
	Revision  int         `json:"revision"`
	FirstSeen *string     `json:"first_seen"`
	LastSeen  *string     `json:"last_seen"`
	Headline  string      `json:"headline"`
	Change    *changeRow  `json:"change"`
	Later     []changeRow `json:"later,omitempty"`
}

func historyJSON(e watcher.Entry) historyRow {
	row := historyRow{
		Revision: e.Revision.Number, FirstSeen: stamp(e.Revision.FirstSeen), LastSeen: stamp(e.Revision.LastSeen),
		Headline: e.Revision.Article.Headline,
	}
	for _, c := range e.Changes {
		if c.From != c.To {
			row.Change = &changeRow{ID: c.ID, Change: c.Change}
		} else {
			row.Later = append(row.Later, changeRow{ID: c.ID, Change: c.Change})
		}
	}
	return row
}

func (a *app) printHistory(w watcher.Watch, entries []watcher.Entry, format string) error {
	switch format {
	case formatJSON:
		for _, e := range entries {
			if err := a.printJSON(historyJSON(e)); err != nil {
				return err
			}
		}
	case formatHTML:
		a.printf("<!doctype html>\n<meta charset=\"utf-8\">\n<title>%s</title>\n<h1>%[1]s</h1>\n<ol>\n", html.EscapeString(w.Name()))
		for _, e := range entries {
			a.printf("<li><h2>%s</h2>\n<p>%s</p>\n", html.EscapeString(plain(e.Revision.Article.Headline)), html.EscapeString(seen(e)))
			for _, c := range e.Changes {
				a.printf("<p>%s</p>\n", html.EscapeString(plain(verdict(c))))
			}
			a.printf("</li>\n")
		}
		a.printf("</ol>\n")
	case formatMarkdown:
		a.printf("# %s\n", console.Markdown(w.Name()))
		for _, e := range entries {
			a.printf("\n## Revision %d: %s\n\n%s\n", e.Revision.Number, console.Markdown(e.Revision.Article.Headline), console.Markdown(seen(e)))
			for _, c := range e.Changes {
				a.printf("\n- %s\n", console.Markdown(verdict(c)))
			}
		}
	default:
		a.printf("%s\n", plain(w.URL))
		for _, e := range entries {
			a.printf("\nr%-3d %s\n     %s\n", e.Revision.Number, plain(e.Revision.Article.Headline), seen(e))
			for _, c := range e.Changes {
				a.printf("     %s\n", plain(verdict(c)))
			}
		}
	}
	return nil
}

// seen says from when to when a revision stood.
func seen(e watcher.Entry) string {
	return fmt.Sprintf("seen from %s to %s", when(e.Revision.FirstSeen), when(e.Revision.LastSeen))
}

// verdict says what a change was in one line.
func verdict(c watcher.Change) string {
	parts := []string{when(c.Seen), string(c.Nature)}
	if c.From != c.To {
		parts = append(parts, string(c.Weight), string(c.Disclosure))
	}
	line := strings.Join(parts, ", ") + ": " + c.Summary
	if late := c.LateDisclosure(); late != "" {
		line += " (" + late + ")"
	}
	return line
}

func (a *app) showCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:     "show URL [REV]",
		Short:   "Print one revision of a story",
		Long:    "Print one revision of a story. REV is a number, \"latest\" (the default), or a time\n(RFC 3339, or 2006-01-02 15:04 in your zone): the revision that stood then.",
		Example: "  stet show https://outlet.example/story 2",
		Args:    cobra.RangeArgs(1, 2),
	}
	a.addFormat(cmd, &format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		w, db, err := a.story(cmd.Context(), args[0])
		if err != nil {
			return err
		}
		defer db.Close()
		r, err := revision(cmd.Context(), db, w, optional(args, 1, "latest"))
		if err != nil {
			return err
		}
		return a.printRevision(r, format)
	}
	return cmd
}

func optional(args []string, i int, otherwise string) string {
	if len(args) > i {
		return args[i]
	}
	return otherwise
}

// revision finds the revision that the user named.
func revision(ctx context.Context, db *store.DB, w watcher.Watch, name string) (watcher.Revision, error) {
	if name == "latest" {
		r, err := db.Latest(ctx, w.ID)
		return r, named(err, w, name)
	}
	if n, err := strconv.Atoi(name); err == nil {
		r, err := db.Revision(ctx, w.ID, n)
		return r, named(err, w, name)
	}
	if t, ok := moment(name); ok {
		r, err := db.RevisionAt(ctx, w.ID, t)
		return r, named(err, w, name)
	}
	return watcher.Revision{}, usagef("%q is no revision; give a number, \"latest\", or a time such as 2026-11-17T09:41:00Z", name)
}

func named(err error, w watcher.Watch, name string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("revision %s of %s: %w (stet history lists what there is)", name, w.URL, err)
}

// revisionRow is a revision in the JSON of `show`.
type revisionRow struct {
	Revision int `json:"revision"`
	articleRow
}

func (a *app) printRevision(r watcher.Revision, format string) error {
	switch format {
	case formatJSON:
		return a.printJSON(revisionRow{Revision: r.Number, articleRow: articleJSON("", r.Article)})
	case formatText, formatUnified:
		a.printf("Revision %d, seen from %s to %s\n\n", r.Number, when(r.FirstSeen), when(r.LastSeen))
	}
	return a.printArticle(r.Article, format)
}

func markdownMark(k article.BlockKind) string {
	switch k {
	case article.Heading:
		return "## "
	case article.Quote:
		return "> "
	case article.ListItem:
		return "- "
	}
	return ""
}

func (a *app) diffCommand() *cobra.Command {
	var format string
	cmd := &cobra.Command{
		Use:   "diff URL [FROM [TO]]",
		Short: "Show what changed between two revisions of a story",
		Long: `Show what changed between two revisions of a story: by default from the last
but one to the latest; with FROM alone, from that to the latest. FROM and TO
are numbers, "latest", or times.`,
		Example: `  stet diff https://outlet.example/story
  stet diff https://outlet.example/story 1 latest --format markdown`,
		Args: cobra.RangeArgs(1, 3),
	}
	a.addFormat(cmd, &format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		ctx := cmd.Context()
		w, db, err := a.story(ctx, args[0])
		if err != nil {
			return err
		}
		defer db.Close()
		to, err := revision(ctx, db, w, optional(args, 2, "latest"))
		if err != nil {
			return err
		}
		from := max(1, to.Number-1)
		before, err := revision(ctx, db, w, optional(args, 1, strconv.Itoa(from)))
		if err != nil {
			return err
		}
		change, err := changeBetween(ctx, db, before, to)
		if err != nil {
			return err
		}
		return a.printChange(change, format, fmt.Sprintf("r%d", before.Number), fmt.Sprintf("r%d", to.Number))
	}
	return cmd
}

// changeBetween returns the change from one revision to another: the one that
// was judged and kept where they are successive, else a new comparison.
func changeBetween(ctx context.Context, db *store.DB, from, to watcher.Revision) (compare.Change, error) {
	if to.Number == from.Number+1 {
		entries, err := db.History(ctx, to.Watch)
		if err != nil {
			return compare.Change{}, err
		}
		for _, e := range entries {
			for _, c := range e.Changes {
				if c.From == from.Number && c.To == to.Number {
					return c.Change, nil
				}
			}
		}
	}
	return compare.Compare(from.Article, to.Article), nil
}

func (a *app) printChange(c compare.Change, format, from, to string) error {
	switch format {
	case formatJSON:
		return a.printJSON(c)
	case formatHTML:
		return web.WriteDiff(a.stdout, c)
	case formatMarkdown:
		return console.WriteMarkdown(a.stdout, c)
	case formatUnified:
		return console.WriteUnified(a.stdout, c, from, to)
	}
	if !c.Changed {
		a.printf("No difference.\n")
		return nil
	}
	return console.WriteChange(a.stdout, c, a.style())
}

// printArticle prints an article for people: as a page, as Markdown or, with
// any other format, as text.
func (a *app) printArticle(art article.Article, format string) error {
	switch format {
	case formatHTML:
		return web.WriteArticle(a.stdout, art)
	case formatMarkdown:
		a.printf("# %s\n", console.Markdown(art.Headline))
		if art.Standfirst != "" {
			a.printf("\n*%s*\n", console.Markdown(art.Standfirst))
		}
		for _, b := range art.Blocks {
			if !b.Aside {
				a.printf("\n%s%s\n", markdownMark(b.Kind), console.Markdown(b.Text))
			}
		}
		return nil
	}
	writeArticle(a.stdout, art, a.style())
	return nil
}

func writeArticle(w io.Writer, art article.Article, o console.Options) {
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(w, "%-12s %s\n", name+":", plain(text))
		}
	}
	line("Headline", art.Headline)
	line("Standfirst", art.Standfirst)
	line("By", strings.Join(art.Authors, ", "))
	if !art.Published.IsZero() {
		line("Published", art.Published.Format(time.RFC1123Z))
	}
	if !art.Modified.IsZero() {
		line("Modified", art.Modified.Format(time.RFC1123Z))
	}
	line("Time shown", art.Stamp)
	line("Site", art.Site)
	line("Language", art.Language)
	line("Kind", string(art.Kind))
	if art.Degraded {
		line("Degraded", strings.Join(art.Reasons, "; "))
	}
	for _, b := range art.Blocks {
		if !b.Aside {
			fmt.Fprintf(w, "\n%s\n", console.Wrap(markdownMark(b.Kind)+plain(b.Text), o.Width))
		}
	}
}
