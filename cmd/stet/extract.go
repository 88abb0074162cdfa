package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/watcher"
	"stet/watcher/article"
	"stet/watcher/fetch"
)

// maxPage is the most of a page file that is read, as for pages fetched.
const maxPage = 5 << 20

func (a *app) extractCommand() *cobra.Command {
	var address, list, format string
	var explain bool
	cmd := &cobra.Command{
		Use:   "extract FILE|URL",
		Short: "Read one page and print its article",
		Long: `Read one page and print its article: headline, standfirst, authors, times and
text. With --explain, print each block of the page with why it is printed,
watched or left out; --format html makes of it a page to open in a browser, in
which the parts left out are grey. With --list, read many: lines
{"id","file","url"}, where the file may be compressed by gzip; prints a line for
each, in order. A page is read by the rules of the config's [[site]] that its
address belongs to.`,
		Example: `  stet extract page.html --url https://outlet.example/story
  stet extract --json https://outlet.example/story
  stet extract https://outlet.example/story --explain --format html > why.html
  stet extract --list pages.jsonl`,
		Args: cobra.MaximumNArgs(1),
	}
	cmd.Flags().StringVar(&address, "url", "", "the `address` that a file's page was at")
	cmd.Flags().BoolVar(&explain, "explain", false, "print each block of the page with why it is kept or left out")
	cmd.Flags().StringVar(&list, "list", "", "read the pages named in this `file` (JSON lines)")
	a.addFormat(cmd, &format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case list != "" && len(args) > 0:
			return usagef("give a page or --list, not both")
		case list != "" && explain:
			return usagef("--explain is for one page")
		case list != "" && format != formatText && format != formatJSON:
			return usagef("--list prints JSON lines; --format %s is for one page", format)
		case explain && (format == formatMarkdown || format == formatUnified):
			return usagef("--explain prints text, json or html, not %s", format)
		case list == "" && len(args) == 0:
			return usagef("give a FILE, a URL or --list")
		}
		cfg, err := a.config()
		if err != nil {
			return err
		}
		if list != "" {
			return a.extractList(cfg, list)
		}
		page, err := a.page(cmd.Context(), cfg, args[0], address)
		if err != nil {
			return err
		}
		if explain {
			return a.explain(page, format)
		}
		art, _ := article.Read(page)
		if format == formatJSON {
			return a.printJSON(articleJSON("", art))
		}
		return a.printArticle(art, format)
	}
	return cmd
}

// page gets the page of a file or a URL.
func (a *app) page(ctx context.Context, cfg *config.Config, name, address string) (article.Page, error) {
	if !strings.HasPrefix(name, "http://") && !strings.HasPrefix(name, "https://") {
		return readPage(cfg, name, address)
	}
	c, err := client(cfg, quiet())
	if err != nil {
		return article.Page{}, err
	}
	defer c.Close()
	return fetchPage(ctx, cfg, c, name)
}

// fetchPage gets the page of a URL.
func fetchPage(ctx context.Context, cfg *config.Config, c *fetch.Client, raw string) (article.Page, error) {
	address, err := watcher.ParseAddress(raw)
	if err != nil {
		return article.Page{}, err
	}
	capture, err := c.Get(ctx, fetch.Request{URL: address.URL})
	if err != nil {
		return article.Page{}, err
	}
	return ruled(cfg, watcher.Page(capture)), nil
}

// readPage reads a page from a file, which may be compressed by gzip.
func readPage(cfg *config.Config, file, address string) (article.Page, error) {
	f, err := os.Open(file)
	if err != nil {
		return article.Page{}, err
	}
	defer f.Close()
	in := bufio.NewReader(f)
	var src io.Reader = in
	if magic, _ := in.Peek(2); string(magic) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return article.Page{}, fmt.Errorf("read %s: %w", file, err)
		}
		defer z.Close()
		src = z
	}
	body, err := io.ReadAll(io.LimitReader(src, maxPage+1))
	if err != nil {
		return article.Page{}, fmt.Errorf("read %s: %w", file, err)
	}
	if len(body) > maxPage {
		return article.Page{}, fmt.Errorf("read %s: the page is over %d MiB", file, maxPage>>20)
	}
	return ruled(cfg, article.Page{URL: address, Body: body}), nil
}

// articleRow is an article in JSON.
type articleRow struct {
	ID           string          `json:"id"`
	URL          string          `json:"url"`
	CanonicalURL string          `json:"canonical_url"`
	Kind         article.Kind    `json:"kind"`
	Headline     string          `json:"headline"`
	Standfirst   string          `json:"standfirst"`
	Authors      []string        `json:"authors"`
	Published    *string         `json:"published"`
	Modified     *string         `json:"modified"`
	Date         string          `json:"date"`
	Language     string          `json:"language"`
	Site         string          `json:"site"`
	Blocks       []article.Block `json:"blocks"`
	Text         string          `json:"text"`
	Degraded     bool            `json:"degraded"`
	Reasons      []string        `json:"reasons"`
}

// articleJSON returns the printed article: without the blocks that are only watched.
func articleJSON(id string, a article.Article) articleRow {
	row := articleRow{
		ID: id, URL: a.URL, CanonicalURL: a.CanonicalURL, Kind: a.Kind, Headline: a.Headline, Standfirst: a.Standfirst,
		Authors: a.Authors, Published: pageTime(a.Published), Modified: pageTime(a.Modified), Date: a.Date,
		Language: a.Language, Site: a.Site, Blocks: []article.Block{}, Text: a.Text(), Degraded: a.Degraded, Reasons: a.Reasons,
	}
	for _, b := range a.Blocks {
		if !b.Aside {
			row.Blocks = append(row.Blocks, b)
		}
	}
	if row.Authors == nil {
		row.Authors = []string{}
	}
	if row.Reasons == nil {
		row.Reasons = []string{}
	}
	return row
}

// pageTime returns a page's own time for JSON, in the page's own offset.
func pageTime(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	s := t.Format(time.RFC3339)
	return &s
}

// A listed is a line of `extract --list`.
type listed struct {
	ID   string `json:"id"`
	File string `json:"file"`
	URL  string `json:"url"`
}

// extractRow is a line of `extract --list`'s answer.
type extractRow struct {
	articleRow
	Error string `json:"error,omitempty"` // why the page could not be read
}

func (a *app) extractList(cfg *config.Config, list string) error {
	failed := 0
	err := eachLine(list, func(line []byte) (any, error) {
		var l listed
		if err := json.Unmarshal(line, &l); err != nil {
			return nil, err
		}
		page, err := readPage(cfg, l.File, l.URL)
		if err != nil {
			row := extractRow{articleRow: articleJSON(l.ID, article.Article{URL: l.URL, Kind: article.KindEmpty}), Error: err.Error()}
			row.Reasons = []string{err.Error()}
			return row, nil
		}
		art, _ := article.Read(page)
		return extractRow{articleRow: articleJSON(l.ID, art)}, nil
	}, func(v any) error {
		if row, ok := v.(extractRow); ok && row.Error != "" {
			failed++
		}
		return a.printJSON(v)
	})
	if err == nil && failed > 0 {
		err = fmt.Errorf("%d of the pages could not be read; each line's \"error\" says why", failed)
	}
	return err
}

// eachLine works on the lines of a file, several at once, and hands each
// result to print in the order of the lines. The error of a line names it.
func eachLine(file string, work func(line []byte) (any, error), print func(any) error) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	type result struct {
		value any
		err   error
	}
	order := make(chan chan result, 2*runtime.GOMAXPROCS(0))
	quit := make(chan struct{})
	var scanErr error
	go func() {
		defer close(order)
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 64<<20)
		var wg sync.WaitGroup
		defer wg.Wait()
		for n := 1; lines.Scan(); n++ {
			line := append([]byte(nil), lines.Bytes()...)
			if len(strings.TrimSpace(string(line))) == 0 {
				continue
			}
			out := make(chan result, 1)
			select {
			case order <- out:
			case <-quit:
				return
			}
			number := n
			wg.Go(func() {
				v, err := work(line)
				if err != nil {
					err = fmt.Errorf("%s:%d: %w", file, number, err)
				}
				out <- result{v, err}
			})
		}
		scanErr = lines.Err()
	}()
	defer close(quit)
	for out := range order {
		r := <-out
		if r.err != nil {
			return r.err
		}
		if err := print(r.value); err != nil {
			return err
		}
	}
	if errors.Is(scanErr, bufio.ErrTooLong) {
		return fmt.Errorf("read %s: a line is over 64 MiB", file)
	}
	return scanErr
}
