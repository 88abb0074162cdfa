package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"stet/watcher/article"
)

// explained is how a page was read: what was made of it, and what became of
// each of its blocks.
type explained struct {
	Headline string
	Language string
	Terms    []term
	Degraded bool
	Reasons  []string
	Warning  string    // what the marks do not say, or ""
	Legend   []counted // the marks that stand on the page, with how often
	Toggle   bool      // some of its blocks are left out, others are not
	Runs     []run
}

// A mark is what became of a block.
type mark struct {
	Class string // for the stylesheet
	Word  string
	Means string // in the legend
}

// A counted is a mark and how many blocks have it.
type counted struct {
	mark
	Count string
}

// marks are the labels of [article.Explain], in the legend's order.
var marks = []mark{
	{Class: "headline", Word: "headline", Means: "printed, and watched for edits"},
	{Class: "standfirst", Word: "standfirst", Means: "printed, and watched for edits"},
	{Class: "printed", Word: "printed", Means: "the article’s text, watched for edits"},
	{Class: "watched", Word: "watched", Means: "not printed, but watched for edits: perhaps the article’s"},
	{Class: "out", Word: "left out", Means: "neither printed nor watched"},
}

// A run is the blocks in a row that were judged alike, for the same reason.
type run struct {
	mark
	Reason string
	First  bool // the first that is not left out
	Blocks []part
}

// A part is one block as the page shows it.
type part struct {
	Kind article.BlockKind
	Name string // of the kind, where it is to be named
	Text string
}

func explainedOf(a article.Article, blocks []article.Judgement) explained {
	e := explained{
		Headline: cmp.Or(a.Headline, shortURL(a.URL), "No headline"),
		Language: language(a.Language),
		Terms:    readings(a),
		Degraded: a.Degraded,
		Reasons:  a.Reasons,
	}
	counts := map[string]int{}
	for _, b := range blocks {
		counts[b.Label]++
		e.add(b)
	}
	if i := slices.IndexFunc(e.Runs, func(r run) bool { return r.Class != "out" }); i >= 0 {
		e.Runs[i].First = true
	}
	for _, m := range marks {
		if n := counts[m.Word]; n > 0 {
			e.Legend = append(e.Legend, counted{m, grouped(n)})
		}
	}
	e.Toggle = counts["left out"] > 0 && counts["left out"] < len(blocks)
	if !a.Kind.Story() && len(blocks) > 0 {
		e.Warning = "This page is no story, so nothing of it is kept or printed. The marks below say how its parts were judged all the same."
	}
	return e
}

// add adds a block to the last run, or begins a new one.
func (e *explained) add(b article.Judgement) {
	last := len(e.Runs) - 1
	if last < 0 || e.Runs[last].Word != b.Label || e.Runs[last].Reason != b.Reason {
		e.Runs = append(e.Runs, run{mark: markOf(b.Label), Reason: b.Reason})
		last++
	}
	p := part{Kind: b.Kind, Text: b.Text}
	if b.Kind != article.Paragraph && b.Label != "headline" && b.Label != "standfirst" {
		p.Name = strings.ReplaceAll(string(b.Kind), "_", " ")
	}
	e.Runs[last].Blocks = append(e.Runs[last].Blocks, p)
}

func markOf(label string) mark {
	for _, m := range marks {
		if m.Word == label {
			return m
		}
	}
	return mark{Word: label}
}

// Count says how many blocks a run has, or nothing of one.
func (r run) Count() string {
	if len(r.Blocks) == 1 {
		return ""
	}
	return count(len(r.Blocks), "part", "parts")
}

// readings says what was read out of the page besides its blocks. What was not
// found is said too, where a reader would look for it.
func readings(a article.Article) []term {
	terms := []term{
		{"Kind", string(a.Kind)},
		{"Standfirst", cmp.Or(a.Standfirst, "none")},
		{"Authors", cmp.Or(strings.Join(a.Authors, ", "), "none")},
		{"Published", cmp.Or(pageTime(a.Published), a.Date, "no time given")},
		{"Modified", cmp.Or(pageTime(a.Modified), "no time given")},
		{"Time shown", cmp.Or(a.Stamp, "none")},
		{"Language", cmp.Or(a.Language, "not given")},
		{"Site", cmp.Or(a.Site, "not given")},
		{"Address", cmp.Or(a.URL, "not given")},
	}
	if a.CanonicalURL != "" && a.CanonicalURL != a.URL {
		terms = append(terms, term{"Calls itself", a.CanonicalURL})
	}
	return terms
}

// pageTime shows a time in the page's own offset, or "" for none.
func pageTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s (%s)", t.Format(fullLayout), t.Format("-07:00"))
}
