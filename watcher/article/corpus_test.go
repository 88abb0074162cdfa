package article

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sort"
	"strings"
	"testing"
	"unicode"
)

// The tests of this file read real pages, which are not ours to publish:
// STET_CORPUS names a folder in the layout of the article-extraction-benchmark
// (html/ID.html.gz, ground-truth.json), STET_PAIRS one with a pairs.jsonl of
// old and new pages. Without them the tests skip.

func corpusDir(t testing.TB) string {
	dir := os.Getenv("STET_CORPUS")
	if dir == "" {
		t.Skip("STET_CORPUS names no folder of real pages")
	}
	return dir
}

type truePage struct {
	id, url, body string
	page          []byte
}

func corpus(t testing.TB) []truePage {
	dir := corpusDir(t)
	raw, err := os.ReadFile(filepath.Join(dir, "ground-truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var truth map[string]struct{ ArticleBody, URL string }
	if err := json.Unmarshal(raw, &truth); err != nil {
		t.Fatal(err)
	}
	var pages []truePage
	for id, v := range truth {
		f, err := os.Open(filepath.Join(dir, "html", id+".html.gz"))
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
		pages = append(pages, truePage{id, v.URL, v.ArticleBody, body})
	}
	sort.Slice(pages, func(i, k int) bool { return pages[i].id < pages[k].id })
	return pages
}

var wordRun = regexp.MustCompile(`[\p{L}\p{N}\p{M}_]+`)

// grams counts the word 4-grams of a text, as the benchmark does.
func grams(s string) map[string]int {
	w := wordRun.FindAllString(s, -1)
	out := map[string]int{}
	if len(w) > 0 && len(w) < 4 {
		out[strings.Join(w, " ")]++
	}
	for i := 0; i+4 <= len(w); i++ {
		out[strings.Join(w[i:i+4], " ")]++
	}
	return out
}

// overlap returns a page's precision and recall by 4-grams.
func overlap(truth, got string) (precision, recall float64) {
	a, b := grams(truth), grams(got)
	var tp, na, nb int
	for g, n := range a {
		tp += min(n, b[g])
		na += n
	}
	for _, n := range b {
		nb += n
	}
	if nb > 0 {
		precision = float64(tp) / float64(nb)
	}
	if na > 0 {
		recall = float64(tp) / float64(na)
	}
	return precision, recall
}

func TestBodyOfRealPagesIsFound(t *testing.T) {
	type row struct {
		f, p, r float64
		url, id string
	}
	var rows []row
	var sumP, sumR float64
	var nP int
	pages := corpus(t)
	for _, pg := range pages {
		a, _ := Read(Page{URL: pg.url, Status: 200, Body: pg.page})
		p, r := overlap(pg.body, a.Text())
		if a.Text() != "" {
			sumP += p
			nP++
		}
		sumR += r
		rows = append(rows, row{2 * p * r / max(p+r, 1e-9), p, r, pg.url, pg.id[:8]})
		if !a.Kind.Story() {
			t.Logf("%s is %s: %v", pg.url, a.Kind, a.Reasons)
		}
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.f < b.f {
			return -1
		}
		return 1
	})
	for _, r := range rows[:min(25, len(rows))] {
		t.Logf("%.3f  p %.3f  r %.3f  %s %s", r.f, r.p, r.r, r.id, r.url)
	}
	p, r := sumP/float64(nP), sumR/float64(len(pages))
	f := 2 * p * r / (p + r)
	t.Logf("pages %d  F1 %.4f  precision %.4f  recall %.4f", len(pages), f, p, r)
	if f < 0.97 {
		t.Errorf("F1 of the body = %.4f, want 0.97 or more", f)
	}
}

func TestNoiseOnRealPagesIsNotTold(t *testing.T) {
	dir := os.Getenv("STET_PAIRS")
	if dir == "" {
		t.Skip("STET_PAIRS names no folder of pairs of pages")
	}
	f, err := os.Open(filepath.Join(dir, "pairs.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	wrong := map[string]int{}
	var noise, edits, told, missed int
	for lines.Scan() {
		var pair struct{ ID, Old, New, URL, Kind, Expect, Was, Now string }
		if err := json.Unmarshal(lines.Bytes(), &pair); err != nil {
			t.Fatal(err)
		}
		before, err := os.ReadFile(pair.Old)
		if err != nil {
			t.Fatal(err)
		}
		after, err := os.ReadFile(pair.New)
		if err != nil {
			t.Fatal(err)
		}
		a, o := Read(Page{URL: pair.URL, Status: 200, Body: before})
		b, _ := Reread(Page{URL: pair.URL, Status: 200, Body: after}, o)
		differs := a.Hash() != b.Hash()
		if pair.Expect == "none" {
			noise++
			if differs {
				told++
				wrong[pair.Kind]++
				t.Logf("told: %s %s: %s", pair.ID, pair.URL, firstDifference(a, b))
			}
			continue
		}
		edits++
		if !differs || !b.Kind.Story() {
			missed++
			wrong[pair.Kind]++
			t.Logf("missed: %s %s: %q -> %q, %s", pair.ID, pair.URL, pair.Was, pair.Now, b.Kind)
		}
	}
	t.Logf("noise %d told %d (%.2f %%), edits %d missed %d (%.2f %%): %v", noise, told, 100*float64(told)/float64(noise), edits, missed, 100*float64(missed)/float64(edits), wrong)
	if float64(told) > 0.001*float64(noise) {
		t.Errorf("%d of %d pages with other noise read as edited, want 0.1 %% or fewer", told, noise)
	}
	if float64(missed) > 0.01*float64(edits) {
		t.Errorf("%d of %d edited pages read as the same, want 1 %% or fewer", missed, edits)
	}
}

// firstDifference says where two readings differ first.
func firstDifference(a, b Article) string {
	switch {
	case a.Kind != b.Kind:
		return string(a.Kind) + " became " + string(b.Kind) + ": " + strings.Join(b.Reasons, "; ")
	case a.Headline != b.Headline:
		return "headline " + a.Headline + " became " + b.Headline
	case a.Standfirst != b.Standfirst:
		return "standfirst " + a.Standfirst + " became " + b.Standfirst
	case !slices.Equal(a.Authors, b.Authors):
		return "authors " + strings.Join(a.Authors, ", ") + " became " + strings.Join(b.Authors, ", ")
	}
	for i := range max(len(a.Blocks), len(b.Blocks)) {
		var x, y Block
		if i < len(a.Blocks) {
			x = a.Blocks[i]
		}
		if i < len(b.Blocks) {
			y = b.Blocks[i]
		}
		if x != y {
			return string(x.Kind) + " “" + x.Text + "” became " + string(y.Kind) + " “" + y.Text + "”"
		}
	}
	return "nothing"
}

func BenchmarkReadRealPages(b *testing.B)   { benchmarkReal(b, false) }
func BenchmarkRereadRealPages(b *testing.B) { benchmarkReal(b, true) }

func benchmarkReal(b *testing.B, again bool) {
	pages := corpus(b)
	outlines := make([]Outline, len(pages))
	size, kept := 0, 0
	for i, p := range pages {
		size += len(p.page)
		_, outlines[i] = Read(Page{URL: p.url, Status: 200, Body: p.page})
		kept += len(outlines[i].data)
	}
	b.ReportMetric(float64(size)/float64(len(pages))/1000, "KB/page")
	b.ReportMetric(float64(kept)/float64(len(pages)), "outline-B/page")
	i := 0
	for b.Loop() {
		p := pages[i%len(pages)]
		if again {
			Reread(Page{URL: p.url, Status: 200, Body: p.page}, outlines[i%len(pages)])
		} else {
			Read(Page{URL: p.url, Status: 200, Body: p.page})
		}
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// A pageLabel is what a person read on a real page: testdata/labels.jsonl. The
// words are others', so only their SHA-256 is kept, of lower case letters and
// digits with single spaces between words, 16 hex digits of it.
type pageLabel struct {
	ID, Headline, Date string
	Authors            []string
}

// labelOf returns the mark by which labels know a headline or a name.
func labelOf(s string) string {
	bare := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(bare, " "))))[:16]
}

func TestHeadlineDateAndBylineOfRealPagesAreAsLabelledByHand(t *testing.T) {
	pages := map[string]truePage{}
	for _, pg := range corpus(t) {
		pages[pg.id] = pg
	}
	f, err := os.Open("testdata/labels.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all, headlines, dates, bylines int
	for in := json.NewDecoder(f); in.More(); all++ {
		var want pageLabel
		if err := in.Decode(&want); err != nil {
			t.Fatal(err)
		}
		pg, ok := pages[want.ID]
		if !ok {
			t.Fatalf("no page %s in the corpus", want.ID)
		}
		a, _ := Read(Page{URL: pg.url, Status: 200, Body: pg.page})
		if labelOf(a.Headline) == want.Headline {
			headlines++
		} else {
			t.Logf("%s headline: got %q", pg.url, a.Headline)
		}
		if a.Date == want.Date {
			dates++
		} else {
			t.Logf("%s date: got %s, want %s: %v", pg.url, a.Date, want.Date, a.Reasons)
		}
		var authors []string
		for _, name := range a.Authors {
			authors = append(authors, labelOf(name))
		}
		slices.Sort(authors)
		slices.Sort(want.Authors)
		if slices.Equal(authors, want.Authors) {
			bylines++
		} else {
			t.Logf("%s byline: got %q", pg.url, a.Authors)
		}
	}
	t.Logf("of %d pages right: headline %d, date %d, byline %d", all, headlines, dates, bylines)
	for what, n := range map[string]int{"headline": headlines, "date": dates, "byline": bylines} {
		if all < 60 || 100*n < 95*all {
			t.Errorf("%s right on %d of %d pages, want 95 in 100", what, n, all)
		}
	}
}
