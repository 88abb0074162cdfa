package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stet/cmd/stet/config"
	"stet/watcher/article"
	"stet/watcher/compare"
)

func (a *app) compareCommand() *cobra.Command {
	var pairs, sequence, address, format string
	cmd := &cobra.Command{
		Use:   "compare OLD NEW",
		Short: "Compare two pages or texts and judge the edit",
		Long: `Compare two HTML or text files and judge the edit. NEW is read as the watcher
reads a story again: with what the reading of OLD learned of the page. A page is
read by the rules of the config's [[site]] that its address belongs to.

--pairs compares many: lines {"id","old","new","url"}, where old and new are
paths, or text given inline as old_text and new_text (with old_headline and
new_headline); prints a line for each, in order.

--sequence judges histories: lines {"id","url","revisions":[{"file" or "text",
"seen","headline","modified"}]}; prints {"id","changes":[…]} for each.`,
		Example: `  stet compare monday.html tuesday.html
  stet compare --pairs pairs.jsonl`,
		Args: cobra.MaximumNArgs(2),
	}
	cmd.Flags().StringVar(&pairs, "pairs", "", "compare the pairs named in this `file` (JSON lines)")
	cmd.Flags().StringVar(&sequence, "sequence", "", "judge the histories in this `file` (JSON lines)")
	cmd.Flags().StringVar(&address, "url", "", "the `address` that the pages were at")
	a.addFormat(cmd, &format)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case pairs != "" && sequence != "" || (pairs != "" || sequence != "") && len(args) > 0:
			return usagef("give two files, --pairs or --sequence")
		case pairs == "" && sequence == "" && len(args) != 2:
			return usagef("give two files: OLD and NEW")
		}
		cfg, err := a.config()
		switch {
		case err != nil:
			return err
		case pairs != "":
			return eachLine(pairs, comparePair(cfg), a.printJSON)
		case sequence != "":
			return eachLine(sequence, judgeSequence(cfg), a.printJSON)
		}
		change, err := pair{Old: args[0], New: args[1], URL: address}.compare(cfg)
		if err != nil {
			return err
		}
		return a.printChange(change, format, args[0], args[1])
	}
	return cmd
}

// A pair is a line of `compare --pairs`.
type pair struct {
	ID          string  `json:"id"`
	URL         string  `json:"url"`
	Old         string  `json:"old"` // paths
	New         string  `json:"new"`
	OldText     *string `json:"old_text"`
	NewText     *string `json:"new_text"`
	OldHeadline string  `json:"old_headline"`
	NewHeadline string  `json:"new_headline"`
}

// pairRow is a line of `compare --pairs`'s answer.
type pairRow struct {
	ID string `json:"id"`
	compare.Change
}

// comparePair returns what works on a line of `compare --pairs`.
func comparePair(cfg *config.Config) func(line []byte) (any, error) {
	return func(line []byte) (any, error) {
		var p pair
		if err := json.Unmarshal(line, &p); err != nil {
			return nil, err
		}
		change, err := p.compare(cfg)
		if err != nil {
			return nil, err
		}
		return pairRow{ID: p.ID, Change: change}, nil
	}
}

func (p pair) compare(cfg *config.Config) (compare.Change, error) {
	before, outline, err := source{File: p.Old, Text: p.OldText, Headline: p.OldHeadline}.read(cfg, p.URL, article.Outline{})
	if err != nil {
		return compare.Change{}, err
	}
	after, _, err := source{File: p.New, Text: p.NewText, Headline: p.NewHeadline}.read(cfg, p.URL, outline)
	if err != nil {
		return compare.Change{}, err
	}
	return compare.Compare(before, after), nil
}

// A source is where one version of an article comes from: a page or text in a
// file, or text given inline.
type source struct {
	File     string     `json:"file"`
	Text     *string    `json:"text"`
	Headline string     `json:"headline"`
	Seen     *time.Time `json:"seen"`
	Modified string     `json:"modified"` // the time shown
}

// read reads the article, a page with what an earlier reading left.
func (s source) read(cfg *config.Config, address string, o article.Outline) (article.Article, article.Outline, error) {
	var art article.Article
	var outline article.Outline
	switch {
	case s.Text != nil:
		art = textArticle(address, *s.Text, s.Headline)
	case s.File != "":
		page, err := readPage(cfg, s.File, address)
		if err != nil {
			return art, outline, err
		}
		if looksLikeHTML.Match(page.Body[:min(len(page.Body), 4096)]) {
			art, outline = article.Reread(page, o)
		} else {
			art = textArticle(address, string(page.Body), s.Headline)
		}
	default:
		return art, outline, errors.New("a version needs a file or a text")
	}
	if s.Headline != "" {
		art.Headline = s.Headline
	}
	if s.Modified != "" {
		art.Stamp, art.Shown = s.Modified, article.ParseStamp(s.Modified, art.Language)
	}
	return art, outline, nil
}

var (
	looksLikeHTML = regexp.MustCompile(`(?i)<(!doctype|html|head|body|meta|div|article|p|h1|span|table)[\s>]`)
	blankLines    = regexp.MustCompile(`\r?\n[ \t]*\r?\n`)
)

// textArticle makes an article of plain text: a block for each passage between
// blank lines.
func textArticle(address, text, headline string) article.Article {
	art := article.Article{URL: address, Kind: article.KindArticle, Headline: headline}
	for _, passage := range blankLines.Split(text, -1) {
		if passage = strings.Join(strings.Fields(passage), " "); passage != "" {
			art.Blocks = append(art.Blocks, article.Block{Kind: article.Paragraph, Text: passage})
		}
	}
	return art
}

// A history is a line of `compare --sequence`.
type history struct {
	ID        string   `json:"id"`
	URL       string   `json:"url"`
	Revisions []source `json:"revisions"`
}

// historyJudged is a line of `compare --sequence`'s answer.
type historyJudged struct {
	ID      string           `json:"id"`
	Changes []compare.Change `json:"changes"`
}

// judgeSequence returns what works on a line of `compare --sequence`.
func judgeSequence(cfg *config.Config) func(line []byte) (any, error) {
	return func(line []byte) (any, error) {
		var h history
		if err := json.Unmarshal(line, &h); err != nil {
			return nil, err
		}
		return h.judge(cfg)
	}
}

func (h history) judge(cfg *config.Config) (any, error) {
	var outline article.Outline
	var revisions []compare.Revision
	for i, s := range h.Revisions {
		art, o, err := s.read(cfg, h.URL, outline)
		if err != nil {
			return nil, fmt.Errorf("revision %d: %w", i+1, err)
		}
		r := compare.Revision{Article: art}
		if s.Seen != nil {
			r.Seen = *s.Seen
		}
		revisions, outline = append(revisions, r), o
	}
	out := historyJudged{ID: h.ID, Changes: []compare.Change{}}
	for _, j := range compare.Sequence(revisions) {
		out.Changes = append(out.Changes, j.Change)
	}
	return out, nil
}
